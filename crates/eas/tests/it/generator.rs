//! Makes values out of random bytes, for one version: only elements that the version knows, so that
//! nothing of the value is left out on the wire. Bytes that ran out count as 0, which means "absent"
//! and "none": proptest makes a failing value smaller by making the bytes fewer.

use std::ops::RangeBounds;

use fieldpost_eas::Version;
use fieldpost_eas::codec::{Content, Empty, Opaque};
use fieldpost_eas::date::{CompactDateTime, DateTime};
use fieldpost_eas::page::Tag;

/// Random bytes to be made into a value.
pub struct Gen<'a> {
    bytes: &'a [u8],
    version: Version,
}

impl<'a> Gen<'a> {
    /// Bytes to be made into a value for `version`.
    pub fn new(bytes: &'a [u8], version: Version) -> Self {
        Gen { bytes, version }
    }

    /// The version.
    pub fn version(&self) -> Version {
        self.version
    }

    /// Whether the version has the tag.
    pub fn knows(&self, tag: Tag) -> bool {
        tag.entry().unwrap().versions.contains(self.version)
    }

    /// One byte.
    pub fn u8(&mut self) -> u8 {
        let Some((first, rest)) = self.bytes.split_first() else { return 0 };
        self.bytes = rest;
        *first
    }

    /// A number below `end`, which is 1 to 256.
    pub fn below(&mut self, end: usize) -> usize {
        usize::from(self.u8()) % end
    }

    /// One of some.
    pub fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }

    /// A number, small as a rule.
    pub fn u32(&mut self) -> u32 {
        match self.u8() {
            255 => u32::MAX,
            n if n > 128 => u32::from_le_bytes([self.u8(), self.u8(), self.u8(), self.u8()]),
            n => u32::from(n),
        }
    }

    /// A number with a sign.
    pub fn i32(&mut self) -> i32 {
        self.u32() as i32
    }

    /// Yes or no.
    pub fn bool(&mut self) -> bool {
        self.u8() & 1 == 1
    }

    /// Text that XML allows, perhaps empty.
    pub fn text(&mut self) -> String {
        const PARTS: &[&str] = &[
            "a",
            "1",
            "5:101",
            " ",
            "ß",
            "\r\n",
            "\t",
            "<p>&amp;</p>",
            "0",
            "\u{1F600}",
            "\u{FFFD}",
            "é",
            "-",
            "T",
            "\u{F000}",
            "Lunch?",
        ];
        let parts = self.below(6);
        (0..parts).map(|_| self.pick(PARTS)).collect()
    }

    /// Any bytes.
    pub fn data(&mut self) -> Vec<u8> {
        let length = self.below(40);
        (0..length).map(|_| self.u8()).collect()
    }

    /// Any bytes as a byte array.
    pub fn opaque(&mut self) -> Opaque {
        Opaque(self.data())
    }

    /// Text or bytes as body data.
    pub fn content(&mut self) -> Content {
        if self.bool() { Content(self.data()) } else { Content::from(self.text()) }
    }

    /// A date, to the millisecond, between 1970 and 2106.
    pub fn date(&mut self) -> DateTime {
        let ms = i64::from(self.u32()) * 1000 + i64::from(self.u8());
        DateTime(jiff::Timestamp::from_millisecond(ms).unwrap())
    }

    /// A date, to the second, between 1970 and 2106.
    pub fn compact(&mut self) -> CompactDateTime {
        CompactDateTime(jiff::Timestamp::from_second(i64::from(self.u32())).unwrap())
    }

    /// Perhaps a value, if the version has the tag.
    pub fn opt<T>(&mut self, tag: Tag, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        (self.knows(tag) && self.bool()).then(|| make(self))
    }

    /// Perhaps a value, if the version is one of those and has the tag.
    pub fn opt_in<T>(
        &mut self,
        tag: Tag,
        versions: impl RangeBounds<Version>,
        make: impl FnOnce(&mut Self) -> T,
    ) -> Option<T> {
        if versions.contains(&self.version) { self.opt(tag, make) } else { None }
    }

    /// Perhaps an element without content.
    pub fn flag(&mut self, tag: Tag) -> Option<Empty> {
        self.opt(tag, |_| Empty)
    }

    /// Some values, if the version has the tag.
    pub fn many<T>(&mut self, tag: Tag, mut make: impl FnMut(&mut Self) -> T) -> Vec<T> {
        let count = if self.knows(tag) { self.below(4) } else { 0 };
        (0..count).map(|_| make(self)).collect()
    }
}
