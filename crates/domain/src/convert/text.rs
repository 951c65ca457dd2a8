//! From bytes to text that a phone can take: character sets, the characters that XML forbids, and
//! cutting to a size.

use std::borrow::Cow;

use encoding_rs::{REPLACEMENT, UTF_8, WINDOWS_1252};
use mail_parser::decoders::charsets::map::charset_decoder;

/// Bytes to text by the name of a character set; without a name, or with one that nobody knows,
/// UTF-8 where the bytes are UTF-8 and windows-1252 where they are not. Senders say `us-ascii` of
/// anything.
pub fn decode_charset<'x>(bytes: Cow<'x, [u8]>, charset: Option<&str>) -> Cow<'x, str> {
    let unnamed = charset.is_none_or(|c| {
        c.is_empty() || c.eq_ignore_ascii_case("us-ascii") || c.eq_ignore_ascii_case("ascii")
    });
    let named = charset.filter(|_| !unnamed).map(str::as_bytes);
    match named.and_then(encoding_rs::Encoding::for_label) {
        Some(encoding) if encoding == UTF_8 => utf8_or(bytes, mislabelled),
        // Encodings that the web refuses to read, and would show as a single question mark.
        Some(encoding) if encoding == REPLACEMENT => utf8_or(bytes, western),
        Some(encoding) => Cow::Owned(encoding.decode_without_bom_handling(&bytes).0.into_owned()),
        None => match named.and_then(charset_decoder) {
            // UTF-7 and the code pages of DOS, which the web's list of encodings leaves out.
            Some(decode) => Cow::Owned(decode(&bytes)),
            None => utf8_or(bytes, western),
        },
    }
}

/// Bytes that are said to be UTF-8 and are not. With one character of it among them, they were once;
/// without any, the label is wrong.
fn mislabelled<'x>(bytes: &[u8]) -> Cow<'x, str> {
    let lossy = String::from_utf8_lossy(bytes);
    let is_utf8 = lossy.chars().any(|c| !c.is_ascii() && c != '\u{FFFD}');
    if is_utf8 { Cow::Owned(lossy.into_owned()) } else { western(bytes) }
}

fn western<'x>(bytes: &[u8]) -> Cow<'x, str> {
    Cow::Owned(WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned())
}

fn utf8_or<'x>(bytes: Cow<'x, [u8]>, otherwise: impl FnOnce(&[u8]) -> Cow<'x, str>) -> Cow<'x, str> {
    match bytes {
        Cow::Borrowed(b) => match std::str::from_utf8(b) {
            Ok(text) => Cow::Borrowed(text),
            Err(_) => otherwise(b),
        },
        Cow::Owned(b) => match String::from_utf8(b) {
            Ok(text) => Cow::Owned(text),
            Err(e) => otherwise(e.as_bytes()),
        },
    }
}

/// Whether XML 1.0 (section 2.2) allows the character. Phones drop a whole answer over one that it
/// does not.
fn is_xml_char(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

/// Removes characters that a phone can't take, and a byte order mark.
pub fn presentable(text: Cow<'_, str>) -> Cow<'_, str> {
    let suspect = |b: u8| (b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r')) || b == 0xEF;
    if !text.bytes().any(suspect) {
        return text;
    }
    let keep = |c: &char| is_xml_char(*c) && *c != '\u{FEFF}';
    if text.chars().all(|c| keep(&c)) { text } else { Cow::Owned(text.chars().filter(keep).collect()) }
}

/// One line: white space and line ends become single spaces, what can't be shown is removed.
pub fn single_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|w| !w.is_empty()) {
        if !line.is_empty() {
            line.push(' ');
        }
        line.extend(word.chars().filter(|c| is_xml_char(*c) && *c != '\u{FEFF}'));
    }
    line
}

/// The longest beginning of at most `limit` bytes that ends between characters.
pub fn cut(text: &str, limit: usize) -> &str {
    text.get(..text.floor_char_boundary(limit)).unwrap_or(text)
}

/// The same of bytes that may not be text: where they are UTF-8, the cut is between characters.
pub fn cut_bytes(bytes: &[u8], limit: usize) -> &[u8] {
    let Some(head) = bytes.get(..limit) else { return bytes };
    let is_continuation = |b: &u8| b & 0xC0 == 0x80;
    if !bytes.get(limit).is_some_and(is_continuation) {
        return head;
    }
    // The cut is within a character, if these bytes are text at all: back to its first byte.
    let tail = head.iter().rev().take(3).take_while(|b| is_continuation(b)).count();
    let start = head.len().saturating_sub(tail + 1);
    match head.get(start) {
        Some(lead) if *lead >= 0xC0 => head.get(..start).unwrap_or(head),
        _ => head,
    }
}

/// The longest beginning of at most `limit` UTF-16 units, which is how phones count characters.
pub fn cut_units(text: &str, limit: usize) -> &str {
    let mut units = 0;
    for (at, c) in text.char_indices() {
        units += c.len_utf16();
        if units > limit {
            return text.get(..at).unwrap_or(text);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_fall_between_characters() {
        let text = "a\u{20ac}\u{1f382}";
        let lengths: Vec<_> = (0..=9).map(|limit| cut(text, limit).len()).collect();
        assert_eq!(lengths, [0, 1, 1, 1, 4, 4, 4, 4, 8, 8]);
        let lengths: Vec<_> = (0..=9).map(|limit| cut_bytes(text.as_bytes(), limit).len()).collect();
        assert_eq!(lengths, [0, 1, 1, 1, 4, 4, 4, 4, 8, 8]);
        // Bytes that are no text are cut where it is said.
        assert_eq!(cut_bytes(&[0x80; 10], 5).len(), 5);
        let units: Vec<_> = (0..=5).map(|limit| cut_units(text, limit).encode_utf16().count()).collect();
        assert_eq!(units, [0, 1, 2, 2, 4, 4]);
    }

    #[test]
    fn labels_are_believed_where_they_can_be_true() {
        let read = |bytes: &'static [u8], label| decode_charset(Cow::Borrowed(bytes), label).into_owned();
        assert_eq!(read(b"\xe4", Some("iso-8859-1")), "ä");
        assert_eq!(read(b"\xa4", Some("ISO-8859-15")), "€");
        assert_eq!(read("ä".as_bytes(), Some("us-ascii")), "ä");
        assert_eq!(read(b"\xe4", Some("US-ASCII")), "ä");
        assert_eq!(read(b"\xe4", Some("utf-8")), "ä");
        assert_eq!(read(b"\xc3\xa4\xff", Some("utf-8")), "ä\u{fffd}");
        assert_eq!(read(b"\xe4", None), "ä");
        assert_eq!(read(b"\x84", Some("ibm850")), "ä");
        // A name that encoding_rs replaces by nothing at all.
        assert_eq!(read(b"plain", Some("hz-gb-2312")), "plain");
    }

    #[test]
    fn what_a_phone_cannot_take_is_left_out() {
        let clean = |text: &'static str| presentable(Cow::Borrowed(text)).into_owned();
        assert_eq!(clean("a\u{0}b\u{8}\tc\r\n\u{feff}d\u{ffff}"), "ab\tc\r\nd");
        assert!(matches!(presentable(Cow::Borrowed("\u{ff21} plain")), Cow::Borrowed(_)));
        assert_eq!(single_line(" a\r\n\tb\u{0}c\u{2028}d "), "a b c d");
    }
}
