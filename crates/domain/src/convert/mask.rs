//! Attached messages that are themselves in base64 or quoted-printable. The standard forbids them
//! (RFC 2046 5.2.1), gateways make them.
//!
//! The parser reads on through such a message as if it were not encoded and loses the parts behind
//! it; told to decode, it unpacks what is within, and within that, at the sender's expense of a few
//! bytes and ours of gigabytes. So it is given a copy in which the subtype of such a part has its
//! last letter changed: to the parser it is a file then, at the same place.

use std::borrow::Cow;

use memchr::{memchr_iter, memmem};

/// Subtypes of attached messages, and what is written over them.
const MASKED: [(&[u8], &str); 2] = [(b"rfc822", "rfc82x"), (b"global", "globax")];
/// How far a header section of a part is looked at to either side of its content type.
const REACH: usize = 8 * 1024;

/// Whether the subtype of `message` is one that was masked.
pub fn is_masked(subtype: &str) -> bool {
    MASKED.iter().any(|(_, mask)| mask.eq_ignore_ascii_case(subtype))
}

/// The bytes with every encoded attached message masked; of the same length.
pub fn mask_encoded_messages(raw: &[u8]) -> Cow<'_, [u8]> {
    let mut masked = Cow::Borrowed(raw);
    for slash in memchr_iter(b'/', raw) {
        let (before, after) = raw.split_at(slash);
        let is_message = ends_with(before, b"message");
        let subtype = after.get(1..).unwrap_or_default();
        let mask = MASKED.iter().find(|(name, _)| starts_with(subtype, name)).filter(|_| is_message);
        if let Some((name, mask)) = mask
            && is_encoded(header_around(raw, slash))
        {
            let place = slash + 1..slash + 1 + name.len();
            if let Some(place) = masked.to_mut().get_mut(place) {
                place.copy_from_slice(mask.as_bytes());
            }
        }
    }
    masked
}

/// The lines around a place up to blank ones.
fn header_around(raw: &[u8], at: usize) -> &[u8] {
    let before = raw.get(at.saturating_sub(REACH)..at).unwrap_or_default();
    let after = raw.get(at..raw.len().min(at + REACH)).unwrap_or_default();
    let start = [&b"\n\n"[..], b"\n\r\n"].into_iter().filter_map(|blank| memmem::rfind(before, blank)).max();
    let end = [&b"\n\n"[..], b"\n\r\n"].into_iter().filter_map(|blank| memmem::find(after, blank)).min();
    let start = start.map_or(at - before.len(), |blank| at - before.len() + blank);
    raw.get(start..at + end.unwrap_or(after.len())).unwrap_or_default()
}

/// Whether the header section tells of a transfer encoding that is one.
fn is_encoded(header: &[u8]) -> bool {
    header.split(|b| *b == b'\n').any(|line| {
        let Some(colon) = memchr::memchr(b':', line) else { return false };
        let (name, value) = line.split_at(colon);
        let value = value.get(1..).unwrap_or_default().trim_ascii_start();
        name.trim_ascii().eq_ignore_ascii_case(b"content-transfer-encoding")
            && (starts_with(value, b"base64") || starts_with(value, b"quoted-printable"))
    })
}

fn starts_with(bytes: &[u8], word: &[u8]) -> bool {
    bytes.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
}

fn ends_with(bytes: &[u8], word: &[u8]) -> bool {
    let end = bytes.len().checked_sub(word.len()).and_then(|from| bytes.get(from..));
    end.is_some_and(|end| end.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_encoded_messages_are_masked() {
        let plain = b"A: b\n\n--x\nContent-Type: message/rfc822\n\nContent-Transfer-Encoding: base64\n\nx";
        assert!(matches!(mask_encoded_messages(plain), Cow::Borrowed(_)));
        for (header, masked) in [
            ("Content-Type: Message/RFC822\nContent-Transfer-Encoding: BASE64", "Message/rfc82x"),
            (
                "content-transfer-encoding : quoted-printable\r\nContent-Type: message/global; a=b",
                "message/globax",
            ),
        ] {
            let raw = format!("A: b\r\n\r\n--x\r\n{header}\r\n\r\nbody");
            let got = mask_encoded_messages(raw.as_bytes());
            assert_eq!(got.len(), raw.len());
            assert!(memmem::find(&got, masked.as_bytes()).is_some(), "{header}");
        }
        assert!(is_masked("rfc82X") && !is_masked("rfc822"));
    }
}
