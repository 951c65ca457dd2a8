//! Takes a message out of its dot-stuffing (RFC 5321 4.5.2).
//!
//! Only `CRLF.CRLF` ends a message. A line feed or carriage return on its own is content, and kept as
//! it is: a server that took one for the end of a line would let a sender hide a second message, with
//! an envelope of its own, in what the server before it took for one ("SMTP smuggling"). `smtp-proto`
//! has a reader too, but it ends a message at `CRLF.CRCRLF`, and never at a dot on the first line.

use memchr::memchr;

/// Where the reader stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum At {
    /// At the beginning of a line.
    LineStart,
    /// After a dot there, not yet kept.
    Dot,
    /// After a dot and a carriage return there, not yet kept.
    DotCr,
    /// Within a line.
    Text,
    /// After a carriage return, kept.
    Cr,
}

/// Reads one message, piece by piece.
#[derive(Debug)]
pub(super) struct DataReader {
    at: At,
}

impl DataReader {
    pub(super) fn new() -> DataReader {
        DataReader { at: At::LineStart }
    }

    /// Takes the next piece and gives its content to `keep`. At the end of the message, tells how much
    /// of the piece belonged to it.
    pub(super) fn push(&mut self, piece: &[u8], mut keep: impl FnMut(&[u8])) -> Option<usize> {
        let mut rest = piece;
        while let Some((&byte, after)) = rest.split_first() {
            let next = match (self.at, byte) {
                (At::DotCr, b'\n') => {
                    self.at = At::LineStart;
                    return Some(piece.len() - after.len());
                }
                (At::LineStart, b'.') => At::Dot,
                (At::Dot, b'\r') => At::DotCr,
                (At::Cr, b'\n') => {
                    keep(b"\n");
                    At::LineStart
                }
                (At::DotCr, _) => {
                    // The carriage return was content after all; the byte is looked at again after it.
                    keep(b"\r");
                    self.at = At::Cr;
                    continue;
                }
                (_, b'\r') => {
                    keep(b"\r");
                    At::Cr
                }
                _ => {
                    let length = memchr(b'\r', rest).unwrap_or(rest.len());
                    let (text, after) = rest.split_at(length);
                    keep(text);
                    self.at = At::Text;
                    rest = after;
                    continue;
                }
            };
            self.at = next;
            rest = after;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The content, and what followed the end.
    fn read<'a>(pieces: &[&'a [u8]]) -> Option<(Vec<u8>, &'a [u8])> {
        let (mut reader, mut content) = (DataReader::new(), Vec::new());
        for piece in pieces {
            if let Some(used) = reader.push(piece, |bytes| content.extend_from_slice(bytes)) {
                return Some((content, &piece[used..]));
            }
        }
        None
    }

    fn content(wire: &[u8]) -> Option<Vec<u8>> {
        read(&[wire]).map(|(content, _)| content)
    }

    #[test]
    fn dots() {
        assert_eq!(content(b".\r\n").unwrap(), b"");
        assert_eq!(content(b"\r\n.\r\n").unwrap(), b"\r\n");
        assert_eq!(content(b"..\r\n.\r\n").unwrap(), b".\r\n");
        assert_eq!(content(b"...a\r\n..\r\nb.\r\n.\r\n").unwrap(), b"..a\r\n.\r\nb.\r\n");
        assert_eq!(content(b".a\r\n.\r\n").unwrap(), b"a\r\n");
    }

    #[test]
    fn nothing_else_ends_a_message() {
        for lure in [
            &b"a\n.\nb"[..],
            b"a\n.\r\nb",
            b"a\r\n.\nb",
            b"a\r.\rb",
            b"a\r\n.\rb",
            b"a\r.\r\nb",
            b"a\n\n.\r\nb",
            b"a\r\n\x00.\r\nb",
            b"a\r\n.\r\r\nb",
        ] {
            assert_eq!(content(lure), None, "{}", lure.escape_ascii());
            let whole = [lure, b"\r\n.\r\nMAIL"].concat();
            let (content, rest) = read(&[&whole]).unwrap();
            assert_eq!(rest, b"MAIL");
            // All is kept, but for a dot at the beginning of a line.
            let expected = lure.escape_ascii().to_string().replace("\\r\\n.", "\\r\\n") + "\\r\\n";
            assert_eq!(content.escape_ascii().to_string(), expected);
        }
    }

    proptest! {
        /// What a sender stuffs comes out as it was, however it is cut into pieces.
        #[test]
        fn stuffing_is_undone(
            lines in proptest::collection::vec("[.a\n\r]{0,5}", 0..8),
            cuts in proptest::collection::vec(0usize..80, 0..6),
        ) {
            let mut message = Vec::new();
            for line in &lines {
                message.extend_from_slice(line.as_bytes());
                message.extend_from_slice(b"\r\n");
            }
            let mut wire = Vec::new();
            for (index, &byte) in message.iter().enumerate() {
                if byte == b'.' && (index == 0 || message[..index].ends_with(b"\r\n")) {
                    wire.push(b'.');
                }
                wire.push(byte);
            }
            wire.extend_from_slice(b".\r\nQUIT\r\n");
            let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| cut.min(wire.len())).collect();
            cuts.extend([0, wire.len()]);
            cuts.sort_unstable();
            let pieces: Vec<&[u8]> = cuts.windows(2).map(|cut| &wire[cut[0]..cut[1]]).collect();
            let (content, _) = read(&pieces).unwrap();
            prop_assert_eq!(content, message);
        }
    }
}
