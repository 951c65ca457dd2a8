//! The structure in which ActiveSync says a time zone ([MS-ASDTYPE] 2.7.6): 172 bytes, as base64.
//!
//! It holds offsets and at most one pair of rules, that of the year in question. Which zone of the
//! tz database it is, is decided in `fieldpost_domain`.

use base64::Engine as _;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};
use base64::prelude::BASE64_STANDARD;

use crate::codec::{DecodeError, Element};
use crate::page::Tag;
use crate::wbxml::{Reader, Writer};

/// Bytes of the structure.
pub const SIZE: usize = 172;

/// Bytes of a name: 32 units of UTF-16, the unused ones 0.
const NAME_SIZE: usize = 64;

/// Bytes of a [`SystemTime`].
const DATE_SIZE: usize = 16;

/// A time zone. Offsets are minutes west of Greenwich: UTC = local time + bias.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TimeZone {
    /// Minutes from local time to UTC; −60 for Berlin.
    pub bias: i32,
    /// Name of standard time, at most 32 units of UTF-16; often empty, often in the phone's language.
    pub standard_name: String,
    /// When standard time begins.
    pub standard_date: SystemTime,
    /// Added to `bias` in standard time; 0 as a rule.
    pub standard_bias: i32,
    /// Name of summer time.
    pub daylight_name: String,
    /// When summer time begins.
    pub daylight_date: SystemTime,
    /// Added to `bias` in summer time; −60 as a rule.
    pub daylight_bias: i32,
}

/// A date and time of Windows ([MS-DTYP] 2.3.13). As the beginning of a period it is a rule where
/// the year is 0: the month, the day of the week, and which of those in the month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SystemTime {
    /// 0: the date is a rule for every year.
    pub year: u16,
    /// 1 to 12; 0: there is no such period.
    pub month: u16,
    /// Sunday 0 to Saturday 6.
    pub day_of_week: u16,
    /// In a rule 1 to 4, and 5 for the last; else the day of the month.
    pub day: u16,
    /// 0 to 23.
    pub hour: u16,
    /// 0 to 59.
    pub minute: u16,
    /// 0 to 59.
    pub second: u16,
    /// 0 to 999.
    pub millisecond: u16,
}

impl TimeZone {
    /// Greenwich, without summer time.
    pub fn utc() -> TimeZone {
        TimeZone::default()
    }

    /// Whether it has summer time.
    pub fn has_daylight(&self) -> bool {
        self.standard_date.month != 0 && self.daylight_date.month != 0
    }

    /// Reads the structure; `None` if it has another size. Names end at their first 0; what is not
    /// UTF-16 in them is replaced.
    pub fn from_bytes(bytes: &[u8]) -> Option<TimeZone> {
        let bytes: &[u8; SIZE] = bytes.try_into().ok()?;
        let mut rest = &bytes[..];
        Some(TimeZone {
            bias: i32::from_le_bytes(take(&mut rest)?),
            standard_name: name_from(take(&mut rest)?),
            standard_date: SystemTime::from_bytes(take(&mut rest)?),
            standard_bias: i32::from_le_bytes(take(&mut rest)?),
            daylight_name: name_from(take(&mut rest)?),
            daylight_date: SystemTime::from_bytes(take(&mut rest)?),
            daylight_bias: i32::from_le_bytes(take(&mut rest)?),
        })
    }

    /// The structure. Names are cut to 32 units of UTF-16.
    pub fn to_bytes(&self) -> [u8; SIZE] {
        let mut all = Vec::with_capacity(SIZE);
        all.extend_from_slice(&self.bias.to_le_bytes());
        all.extend_from_slice(&name_to(&self.standard_name));
        all.extend_from_slice(&self.standard_date.to_bytes());
        all.extend_from_slice(&self.standard_bias.to_le_bytes());
        all.extend_from_slice(&name_to(&self.daylight_name));
        all.extend_from_slice(&self.daylight_date.to_bytes());
        all.extend_from_slice(&self.daylight_bias.to_le_bytes());
        let mut out = [0; SIZE];
        out.copy_from_slice(&all);
        out
    }

    /// Reads the base64 form, with or without padding and white space.
    pub fn from_base64(text: &str) -> Option<TimeZone> {
        const LENIENT: GeneralPurpose = GeneralPurpose::new(
            &base64::alphabet::STANDARD,
            GeneralPurposeConfig::new()
                .with_decode_padding_mode(DecodePaddingMode::Indifferent)
                .with_decode_allow_trailing_bits(true),
        );
        // 172 bytes are 232 characters; phones that break lines add few to that.
        if text.len() > 2 * SIZE {
            return None;
        }
        let text: String = text.chars().filter(|c| !c.is_ascii_whitespace()).collect();
        TimeZone::from_bytes(&LENIENT.decode(text).ok()?)
    }

    /// The base64 form.
    pub fn to_base64(&self) -> String {
        BASE64_STANDARD.encode(self.to_bytes())
    }
}

impl SystemTime {
    fn from_bytes(bytes: [u8; DATE_SIZE]) -> SystemTime {
        let at = |i: usize| u16::from_le_bytes([bytes[2 * i], bytes[2 * i + 1]]);
        SystemTime {
            year: at(0),
            month: at(1),
            day_of_week: at(2),
            day: at(3),
            hour: at(4),
            minute: at(5),
            second: at(6),
            millisecond: at(7),
        }
    }

    fn to_bytes(self) -> [u8; DATE_SIZE] {
        let units = [
            self.year,
            self.month,
            self.day_of_week,
            self.day,
            self.hour,
            self.minute,
            self.second,
            self.millisecond,
        ];
        let mut out = [0; DATE_SIZE];
        for (place, unit) in out.chunks_exact_mut(2).zip(units) {
            place.copy_from_slice(&unit.to_le_bytes());
        }
        out
    }
}

/// The first `N` bytes, taken off the front.
fn take<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (first, others) = rest.split_first_chunk::<N>()?;
    *rest = others;
    Some(*first)
}

fn name_from(bytes: [u8; NAME_SIZE]) -> String {
    let units = bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
    char::decode_utf16(units.take_while(|unit| *unit != 0))
        .map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect()
}

fn name_to(name: &str) -> [u8; NAME_SIZE] {
    let mut out = [0; NAME_SIZE];
    let mut at = 0;
    for c in name.chars() {
        let mut units = [0; 2];
        let units = c.encode_utf16(&mut units);
        // A character is written whole or not at all.
        if at + 2 * units.len() > NAME_SIZE {
            break;
        }
        for unit in units {
            out[at..at + 2].copy_from_slice(&unit.to_le_bytes());
            at += 2;
        }
    }
    out
}

impl Element for TimeZone {
    fn read(tag: Tag, r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let text = crate::codec::text(r)?;
        TimeZone::from_base64(&text).ok_or(DecodeError::Value { tag, expected: "a time zone of 172 bytes" })
    }

    fn write(&self, tag: Tag, w: &mut Writer) {
        w.element(tag, &self.to_base64());
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Berlin, as phones send it.
    const BERLIN: &str = "xP///0MARQBUAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\
        AAAAAAAAAAAAAAoAAAAFAAMAAAAAAAAAAAAAAEMARQBTAFQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\
        AAAAAAAAAAAAAAAAAAAAAAAAAAMAAAAFAAIAAAAAAAAAxP///w==";

    // MS-ASDTYPE_R103 to R122: sizes, order and meaning of the fields.
    #[test]
    fn berlin_is_read_and_written() {
        let zone = TimeZone::from_base64(BERLIN).unwrap();
        let rule = |month, hour| SystemTime { month, day: 5, hour, ..SystemTime::default() };
        let expected = TimeZone {
            bias: -60,
            standard_name: "CET".into(),
            standard_date: rule(10, 3),
            standard_bias: 0,
            daylight_name: "CEST".into(),
            daylight_date: rule(3, 2),
            daylight_bias: -60,
        };
        assert_eq!(zone, expected);
        assert!(zone.has_daylight());
        assert_eq!(zone.to_base64(), BERLIN);
        assert_eq!(zone.to_bytes().len(), SIZE);
        assert!(!TimeZone::utc().has_daylight());
    }

    #[test]
    fn what_is_not_172_bytes_is_no_time_zone() {
        for text in ["", "AAAA", "!", &BERLIN[..228], &format!("{BERLIN}AAAA"), &"A".repeat(10_000)] {
            assert_eq!(TimeZone::from_base64(text), None, "{text}");
        }
        assert!(TimeZone::from_base64(BERLIN.trim_end_matches('=')).is_some());
        assert!(TimeZone::from_base64(&format!("{}\r\n{}", &BERLIN[..76], &BERLIN[76..])).is_some());
    }

    #[test]
    fn long_names_are_cut_between_characters() {
        let zone = TimeZone { standard_name: format!("a{}", "\u{1F600}".repeat(20)), ..TimeZone::utc() };
        let read = TimeZone::from_bytes(&zone.to_bytes()).unwrap();
        assert_eq!(read.standard_name, format!("a{}", "\u{1F600}".repeat(15)));
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), SIZE), text in ".{0,300}") {
            let zone = TimeZone::from_bytes(&bytes).unwrap();
            prop_assert_eq!(TimeZone::from_base64(&zone.to_base64()).unwrap(), zone);
            TimeZone::from_base64(&text);
        }
    }
}
