//! The two forms of dates ([MS-ASDTYPE] 2.3): with dashes (Email, Contacts, Tasks, Settings) and
//! compact (Calendar, Notes). Both are read wherever either is due; each is written where it is due.

use jiff::Timestamp;
use jiff::civil;
use jiff::tz::TimeZone;

use crate::codec::{DecodeError, Element};
use crate::page::Tag;
use crate::wbxml::{Reader, Writer};

/// `2026-03-01T08:30:00.000Z` ([MS-ASDTYPE] 2.3), to the millisecond.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DateTime(pub Timestamp);

/// `20260301T083000Z` ([MS-ASDTYPE] 2.7.2), to the second.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CompactDateTime(pub Timestamp);

/// Reads either form. Years are 0000 to 9999; the closing `Z` may be missing.
pub fn parse(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    if !(8..=30).contains(&text.len()) || !text.is_ascii() {
        return None;
    }
    let digits: String = text.chars().filter(|c| !matches!(c, '-' | ':')).collect();
    let digits = digits.strip_suffix(['Z', 'z']).unwrap_or(&digits);
    let (date, time) = digits.split_once(['T', 't']).unwrap_or((digits, "000000"));
    let (time, fraction) = time.split_once('.').unwrap_or((time, ""));
    let all_digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if date.len() != 8 || time.len() != 6 || fraction.len() > 9 {
        return None;
    }
    if ![date, time, fraction].into_iter().all(all_digits) {
        return None;
    }
    let number = |s: &str| s.parse::<i16>().ok();
    let small = |s: &str| s.parse::<i8>().ok();
    let nanoseconds: i32 = format!("{fraction:0<9}").parse().ok()?;
    let at = civil::DateTime::new(
        number(&date[..4])?,
        small(&date[4..6])?,
        small(&date[6..])?,
        small(&time[..2])?,
        small(&time[2..4])?,
        // A leap second is taken for the second before it.
        small(&time[4..])?.min(59),
        nanoseconds,
    )
    .ok()?;
    at.to_zoned(TimeZone::UTC).ok().map(|z| z.timestamp())
}

/// The form with dashes.
pub fn dashed(at: Timestamp) -> String {
    let t = TimeZone::UTC.to_datetime(at);
    format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z",
        t.year(),
        t.month(),
        t.day(),
        t.hour(),
        t.minute(),
        t.second(),
        t.millisecond()
    )
}

/// The compact form.
pub fn compact(at: Timestamp) -> String {
    let t = TimeZone::UTC.to_datetime(at);
    format!(
        "{:04}{:02}{:02}T{:02}{:02}{:02}Z",
        t.year(),
        t.month(),
        t.day(),
        t.hour(),
        t.minute(),
        t.second()
    )
}

impl Element for DateTime {
    fn read(tag: Tag, r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let text = crate::codec::text(r)?;
        parse(&text).map(DateTime).ok_or(DecodeError::Value { tag, expected: "a date and time" })
    }

    fn write(&self, tag: Tag, w: &mut Writer) {
        w.element(tag, &dashed(self.0));
    }
}

impl Element for CompactDateTime {
    fn read(tag: Tag, r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let text = crate::codec::text(r)?;
        parse(&text).map(CompactDateTime).ok_or(DecodeError::Value { tag, expected: "a date and time" })
    }

    fn write(&self, tag: Tag, w: &mut Writer) {
        w.element(tag, &compact(self.0));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_are_read_and_written() {
        let at = parse("2026-03-01T08:30:05.250Z").unwrap();
        assert_eq!(dashed(at), "2026-03-01T08:30:05.250Z");
        assert_eq!(compact(at), "20260301T083005Z");
        assert_eq!(parse("20260301T083005.25Z"), Some(at));
        assert_eq!(parse("2026-03-01"), parse("20260301T000000Z"));
    }

    #[test]
    fn nonsense_is_refused() {
        for bad in ["", "yesterday", "2026-13-01T00:00:00Z", "20260301T250000Z", "9".repeat(60).as_str()] {
            assert_eq!(parse(bad), None, "{bad}");
        }
    }
}
