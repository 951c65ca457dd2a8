//! Ranges that the types of Rust do not express: an item with a number outside is invalid.

use std::ops::RangeInclusive;

use crate::codec::DecodeError;
use crate::page::Tag;

/// Refuses a number that is outside of `range`.
pub(super) fn within<T: PartialOrd + Copy>(
    tag: Tag,
    value: Option<T>,
    range: RangeInclusive<T>,
    expected: &'static str,
) -> Result<(), DecodeError> {
    match value {
        Some(value) if !range.contains(&value) => Err(DecodeError::Value { tag, expected }),
        _ => Ok(()),
    }
}

/// Refuses text of more than `most` characters.
pub(super) fn longest(tag: Tag, value: Option<&str>, most: usize) -> Result<(), DecodeError> {
    match value {
        // A character has one to four bytes: only what is long in bytes needs counting.
        Some(text) if text.len() > most && text.chars().count() > most => {
            Err(DecodeError::Value { tag, expected: "short enough" })
        }
        _ => Ok(()),
    }
}
