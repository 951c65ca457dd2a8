//! Transfer encodings (RFC 2045 6). What is broken is decoded as far as it makes sense: a part with one
//! bad byte should still be read.

use std::borrow::Cow;

use mail_parser::Encoding;
use mail_parser::decoders::base64::base64_decode;
use memchr::memchr;

/// Undoes a transfer encoding.
pub fn decode(encoded: &[u8], encoding: Encoding) -> Cow<'_, [u8]> {
    match encoding {
        Encoding::None => Cow::Borrowed(encoded),
        Encoding::Base64 => match base64_decode(encoded).or_else(|| base64_prefix(encoded)) {
            Some(decoded) => Cow::Owned(decoded),
            None => Cow::Borrowed(encoded),
        },
        Encoding::QuotedPrintable => Cow::Owned(quoted_printable(encoded)),
    }
}

/// Base64 up to the first line with anything else in it, such as the footer that a mailing list
/// appended to an encoded part. None: it is no base64 at all.
fn base64_prefix(encoded: &[u8]) -> Option<Vec<u8>> {
    let is_base64 =
        |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'=' | b'\r' | b' ' | b'\t');
    let mut end = 0;
    for line in encoded.split_inclusive(|b| *b == b'\n') {
        if !line.strip_suffix(b"\n").unwrap_or(line).iter().all(is_base64) {
            break;
        }
        end += line.len();
    }
    encoded.get(..end).and_then(base64_decode).filter(|decoded| !decoded.is_empty())
}

/// Quoted-printable. White space at the end of a line was added on the way (RFC 2045 6.7 rule 3); an
/// escape that is none stands for itself (note 2). `mail-parser` gives up on those, and takes four
/// times as long on the others.
fn quoted_printable(encoded: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(encoded.len());
    let mut rest = encoded;
    while !rest.is_empty() {
        let end = memchr(b'\n', rest).map_or(rest.len(), |at| at + 1);
        let (line, after) = rest.split_at(end);
        rest = after;
        let content = line.strip_suffix(b"\n").unwrap_or(line);
        let content = content.strip_suffix(b"\r").unwrap_or(content);
        let line_end = line.get(content.len()..).unwrap_or_default();
        // The last line has no end of its own, so what stands at its end may be meant.
        let text = if line_end.is_empty() { content } else { content.trim_ascii_end() };
        match text.strip_suffix(b"=") {
            Some(soft) => unescape(soft, &mut out),
            None => {
                unescape(text, &mut out);
                out.extend_from_slice(line_end);
            }
        }
    }
    out
}

/// Appends a line with its escapes resolved.
fn unescape(line: &[u8], out: &mut Vec<u8>) {
    let mut rest = line;
    while let Some(at) = memchr(b'=', rest) {
        let (plain, escape) = rest.split_at(at);
        out.extend_from_slice(plain);
        match escape {
            [_, high, low, after @ ..] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
                out.push(hex(*high) << 4 | hex(*low));
                rest = after;
            }
            _ => {
                out.push(b'=');
                rest = escape.get(1..).unwrap_or_default();
            }
        }
    }
    out.extend_from_slice(rest);
}

/// The value of a hexadecimal digit.
fn hex(digit: u8) -> u8 {
    match digit {
        b'0'..=b'9' => digit - b'0',
        _ => (digit | 0x20).wrapping_sub(b'a' - 10),
    }
}

/// The size of a part's content, without decoding it: exact for well-formed base64 and for what is
/// not encoded, close for quoted-printable.
pub fn decoded_size(encoded: &[u8], encoding: Encoding) -> usize {
    match encoding {
        Encoding::None => encoded.len(),
        Encoding::Base64 => {
            let blank = memchr::memchr3_iter(b'\n', b'\r', b' ', encoded).count();
            let padding = encoded.trim_ascii_end().iter().rev().take_while(|b| **b == b'=').count();
            ((encoded.len() - blank).saturating_sub(padding) * 3) / 4
        }
        Encoding::QuotedPrintable => {
            encoded.len().saturating_sub(2 * memchr::memchr_iter(b'=', encoded).count())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_told_without_decoding() {
        for length in 0..200 {
            let content = vec![b'x'; length];
            let lines = b64(&content);
            assert_eq!(decoded_size(lines.as_bytes(), Encoding::Base64), length);
            assert_eq!(&*decode(lines.as_bytes(), Encoding::Base64), &content[..]);
        }
        assert_eq!(decoded_size(b"a=3Db", Encoding::QuotedPrintable), 3);
    }

    fn b64(content: &[u8]) -> String {
        use base64::Engine as _;
        let encoded = base64::prelude::BASE64_STANDARD.encode(content);
        let lines: Vec<_> = encoded.as_bytes().chunks(76).map(|l| std::str::from_utf8(l).unwrap()).collect();
        lines.join("\r\n") + "\r\n"
    }

    #[test]
    fn quoted_printable_as_the_standard_has_it() {
        let read = |encoded: &[u8]| String::from_utf8(quoted_printable(encoded)).unwrap();
        assert_eq!(read(b"a=3Db=c3=A4 c  \r\nd =\r\ne=\nf\n"), "a=b\u{e4} c\r\nd ef\n");
        assert_eq!(read(b"soft= \r\nbreak"), "softbreak");
        assert_eq!(read(b"50=% =4 =\r\n=g1="), "50=% =4 =g1");
        assert_eq!(read(b"at the end  "), "at the end  ");
        assert_eq!(read(b""), "");
    }
}
