//! Encodings of values: character sets, quoted-printable and base64 of vCard 2.1 and 3.0, `data:`
//! addresses of vCard 4.0.

use std::borrow::Cow;

use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use base64::prelude::BASE64_STANDARD;
use encoding_rs::{Encoding, WINDOWS_1252};

/// Base64 as people write it: padded or not.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// Bytes as text: UTF-8 where they are that, else the named character set, else Windows-1252.
pub fn to_text<'a>(bytes: &'a [u8], charset: Option<&str>) -> Cow<'a, str> {
    let named = charset.and_then(|label| Encoding::for_label(label.as_bytes()));
    match (std::str::from_utf8(bytes), named) {
        // A set that is no superset of ASCII would make sense of UTF-8 only by accident.
        (Ok(text), None) => Cow::Borrowed(text),
        (Ok(text), Some(named))
            if named == encoding_rs::UTF_8 || bytes.is_ascii() && named.is_ascii_compatible() =>
        {
            Cow::Borrowed(text)
        }
        (_, Some(named)) => named.decode_without_bom_handling(bytes).0,
        (Err(_), None) => WINDOWS_1252.decode_without_bom_handling(bytes).0,
    }
}

/// Decodes quoted-printable; escapes that are none stand for themselves.
pub fn quoted_printable(value: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(value.len());
    let mut rest = value;
    loop {
        match rest {
            [] => return out,
            [b'=', high, low, after @ ..] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
                out.push(hex(*high) << 4 | hex(*low));
                rest = after;
            }
            [b, after @ ..] => {
                out.push(*b);
                rest = after;
            }
        }
    }
}

fn hex(digit: u8) -> u8 {
    match digit {
        b'0'..=b'9' => digit - b'0',
        _ => (digit | 0x20).wrapping_sub(b'a' - 10),
    }
}

/// A text in quoted-printable, in one line, so that folding needs no soft line breaks.
pub fn to_quoted_printable(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for b in text.bytes() {
        match b {
            b'\n' => out.push_str("=0D=0A"),
            b'\r' => {}
            b'=' | b'\\' | 0..=31 | 127.. => {
                out.push('=');
                for nibble in [b >> 4, b & 15] {
                    out.push(char::from_digit(u32::from(nibble), 16).unwrap_or('0').to_ascii_uppercase());
                }
            }
            b => out.push(char::from(b)),
        }
    }
    out
}

/// Decodes base64 with blanks in it.
pub fn base64(value: &str) -> Option<Vec<u8>> {
    let dense: Vec<u8> = value.bytes().filter(|b| !b.is_ascii_whitespace()).collect();
    LENIENT.decode(dense).ok()
}

/// Bytes as base64.
pub fn to_base64(bytes: &[u8]) -> String {
    BASE64_STANDARD.encode(bytes)
}

/// The content type and the bytes of a `data:` address (RFC 2397) in base64.
pub fn data_uri(uri: &str) -> Option<(&str, Vec<u8>)> {
    let (scheme, rest) = uri.split_once(':')?;
    if !scheme.eq_ignore_ascii_case("data") {
        return None;
    }
    let (head, data) = rest.split_once(',')?;
    let head = head.strip_suffix(";base64")?;
    let media = head.split(';').next().unwrap_or_default();
    Some((media, base64(data)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_read_in_whatever_form_they_come() {
        assert_eq!(to_text(b"M\xFCller", None), "M\u{fc}ller");
        assert_eq!(to_text("M\u{fc}ller".as_bytes(), None), "M\u{fc}ller");
        assert_eq!(to_text(b"\xCF\xF0\xE8\xE2\xE5\xF2", Some("windows-1251")), "Привет");
        assert_eq!(quoted_printable(b"a=3D=C3=A4=0D=0Ab=zz="), "a=\u{e4}\r\nb=zz=".as_bytes());
        assert_eq!(
            quoted_printable(to_quoted_printable("a=\u{e4}\nb").as_bytes()),
            "a=\u{e4}\r\nb".as_bytes()
        );
    }

    #[test]
    fn bytes_are_read_in_both_forms() {
        assert_eq!(base64("AAEC\r\n Aw").unwrap(), [0, 1, 2, 3]);
        assert_eq!(data_uri("data:image/png;base64,AAECAw=="), Some(("image/png", vec![0, 1, 2, 3])));
        assert_eq!(data_uri("https://example.com/a,b"), None);
        assert_eq!(base64("not base64!"), None);
    }
}
