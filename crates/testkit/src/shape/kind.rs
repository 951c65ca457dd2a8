//! The data types of elements ([MS-ASDTYPE] 2).

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use fieldpost_eas::wbxml::Node;
use jiff::Timestamp;

/// What an element holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Elements, or nothing; no text.
    Container,
    /// Text, which may be empty; no elements.
    Text,
    /// Nothing at all.
    Empty,
    /// A whole number of 32 bits.
    Integer,
    /// `0` or `1`.
    Boolean,
    /// 0 to 255.
    UnsignedByte,
    /// 0 to 65,535.
    UnsignedShort,
    /// A whole number of 32 bits without a sign.
    UnsignedInt,
    /// A number with a fraction.
    Double,
    /// `2026-11-02T08:30:00.000Z`.
    DateTime,
    /// `20261102T083000Z`.
    CompactDateTime,
    /// Text that is base64 of something.
    Base64,
    /// Bytes, as opaque data.
    Bytes,
    /// Base64 of the 172 bytes of a time zone.
    TimeZone,
    /// Addresses of mail, as in a header, or those of phones that a text message has: `[MOBILE:+49...]`.
    Addresses,
    /// `0-9`: two numbers, the second not below the first.
    Range,
    /// These characters only, at least one.
    Only(&'static str),
}

impl Kind {
    /// Whether this element holds it.
    pub fn holds(self, node: &Node) -> bool {
        let text = node.text.as_deref().unwrap_or_default();
        let is_leaf = node.children.is_empty();
        let is_plain = is_leaf && node.opaque.is_none();
        match self {
            Kind::Container => {
                node.text.as_deref().is_none_or(|text| text.trim().is_empty()) && node.opaque.is_none()
            }
            Kind::Text => is_leaf,
            Kind::Empty => is_plain && text.is_empty(),
            Kind::Bytes => is_leaf && node.opaque.is_some() && node.text.is_none(),
            Kind::Integer => is_plain && text.parse::<i32>().is_ok(),
            Kind::Boolean => is_plain && matches!(text, "0" | "1"),
            Kind::UnsignedByte => is_plain && text.parse::<u8>().is_ok(),
            Kind::UnsignedShort => is_plain && text.parse::<u16>().is_ok(),
            Kind::UnsignedInt => is_plain && text.parse::<u32>().is_ok(),
            Kind::Double => is_plain && text.parse::<f64>().is_ok_and(f64::is_finite),
            Kind::DateTime => is_plain && is_date_time(text),
            Kind::CompactDateTime => is_plain && is_compact(text),
            Kind::Base64 => is_plain && BASE64_STANDARD.decode(text).is_ok_and(|bytes| !bytes.is_empty()),
            Kind::TimeZone => is_plain && BASE64_STANDARD.decode(text).is_ok_and(|bytes| bytes.len() == 172),
            Kind::Addresses => is_plain && (text.contains('@') || text.contains("[MOBILE:")),
            Kind::Range => is_plain && is_range(text),
            Kind::Only(characters) => {
                is_plain && !text.is_empty() && text.chars().all(|c| characters.contains(c))
            }
        }
    }
}

/// All 24 characters, and a time that there is.
fn is_date_time(text: &str) -> bool {
    let mask: String = text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    mask == "0000-00-00T00:00:00.000Z" && text.parse::<Timestamp>().is_ok()
}

fn is_range(text: &str) -> bool {
    let ends = text.split_once('-').map(|(first, last)| (first.parse::<u32>(), last.parse::<u32>()));
    matches!(ends, Some((Ok(first), Ok(last))) if first <= last)
}

fn is_compact(text: &str) -> bool {
    let mask: String = text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    mask == "00000000T000000Z" && text.parse::<Timestamp>().is_ok()
}

#[cfg(test)]
mod tests {
    use fieldpost_eas::page::air_sync::STATUS;

    use super::*;

    #[test]
    fn values_are_told_from_what_looks_like_them() {
        let fits = [
            (Kind::Integer, "-1"),
            (Kind::Boolean, "1"),
            (Kind::UnsignedByte, "255"),
            (Kind::Double, "47.5"),
            (Kind::DateTime, "2026-02-28T23:59:59.000Z"),
            (Kind::CompactDateTime, "20260228T235959Z"),
            (Kind::Base64, "AAAA"),
            (Kind::Text, ""),
            (Kind::Empty, ""),
        ];
        let unfit = [
            (Kind::Integer, "1.5"),
            (Kind::Boolean, "true"),
            (Kind::UnsignedByte, "256"),
            (Kind::Double, "NaN"),
            (Kind::DateTime, "2026-02-28T23:59:59Z"),
            (Kind::DateTime, "2026-02-30T23:59:59.000Z"),
            (Kind::CompactDateTime, "2026-02-28T23:59:59.000Z"),
            (Kind::Base64, "A"),
            (Kind::TimeZone, "AAAA"),
            (Kind::Empty, "x"),
        ];
        let node = |text: &str| Node { text: Some(text.into()), ..Node::new(STATUS) };
        for (kind, text) in fits {
            assert!(kind.holds(&node(text)), "{kind:?} {text}");
        }
        for (kind, text) in unfit {
            assert!(!kind.holds(&node(text)), "{kind:?} {text}");
        }
        let parent = Node { children: vec![node("1")], ..Node::new(STATUS) };
        assert!(Kind::Container.holds(&parent) && !Kind::Text.holds(&parent));
        assert!(!Kind::Container.holds(&node("1")));
    }
}
