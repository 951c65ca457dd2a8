//! Which characters text may have. WBXML carries XML text: NUL would end a string too early, other
//! characters that XML 1.0 forbids make some phones drop the whole answer.

/// XML 1.0 2.2: the characters that a document may hold.
pub(crate) fn is_xml_char(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

/// The text without the characters that XML forbids.
pub fn xml_text(text: String) -> String {
    if clean_length(text.as_bytes()) == text.len() {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    for_each_clean(&text, |part| out.push_str(part));
    out
}

/// Calls `each` for every longest part of `text` between characters that XML forbids.
pub(crate) fn for_each_clean<'a>(mut text: &'a str, mut each: impl FnMut(&'a str)) {
    loop {
        let (clean, rest) = text.split_at(clean_length(text.as_bytes()));
        if !clean.is_empty() {
            each(clean);
        }
        let mut rest = rest.chars();
        if rest.next().is_none() {
            return;
        }
        text = rest.as_str();
    }
}

/// Bytes before the first forbidden character. Most text has none and is mostly longer than a
/// chunk, so whole chunks are looked at without branches, which the compiler turns into vectors.
fn clean_length(bytes: &[u8]) -> usize {
    const CHUNK: usize = 64;
    let mut at = 0;
    for chunk in bytes.chunks_exact(CHUNK) {
        let suspect = chunk.iter().fold(false, |found, b| found | is_suspect(*b));
        if suspect && let Some(bad) = first_forbidden(bytes, at, at + CHUNK) {
            return bad;
        }
        at += CHUNK;
    }
    first_forbidden(bytes, at, bytes.len()).unwrap_or(bytes.len())
}

/// A control character, or the first byte of U+F000 to U+FFFF, of which two are forbidden.
const fn is_suspect(b: u8) -> bool {
    (b < 0x20 && b != b'\t' && b != b'\n' && b != b'\r') || b == 0xEF
}

/// The first forbidden character that begins within `from..to`.
fn first_forbidden(bytes: &[u8], from: usize, to: usize) -> Option<usize> {
    (from..to).find(|at| match bytes[*at] {
        0xEF => matches!(bytes.get(at + 1..at + 3), Some([0xBF, 0xBE | 0xBF])),
        b => is_suspect(b),
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_left_is_what_xml_allows(text in "([a-z\\t\\n\\r]{0,90}|[\\x00-\\x1F]|\u{FFFD}|\u{FFFE}|\u{FFFF}|\u{F000}|\u{1F600}|ß){0,8}") {
            let expected: String = text.chars().filter(|c| is_xml_char(*c)).collect();
            prop_assert_eq!(xml_text(text), expected);
        }
    }
}
