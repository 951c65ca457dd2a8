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
    let mut buffer = [0; 30];
    let mut length = 0;
    for b in text.bytes().filter(|b| !matches!(b, b'-' | b':')) {
        buffer[length] = b;
        length += 1;
    }
    let digits = std::str::from_utf8(&buffer[..length]).ok()?;
    let digits = digits.strip_suffix(['Z', 'z']).unwrap_or(digits);
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
    let nanoseconds =
        (0..9).fold(0, |sum, i| sum * 10 + fraction.as_bytes().get(i).map_or(0, |b| i32::from(b - b'0')));
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
    let mut out = String::with_capacity(24);
    push(&mut out, t.year(), 4, "-");
    push(&mut out, t.month().into(), 2, "-");
    push(&mut out, t.day().into(), 2, "T");
    push(&mut out, t.hour().into(), 2, ":");
    push(&mut out, t.minute().into(), 2, ":");
    push(&mut out, t.second().into(), 2, ".");
    push(&mut out, t.millisecond(), 3, "Z");
    out
}

/// The compact form.
pub fn compact(at: Timestamp) -> String {
    let t = TimeZone::UTC.to_datetime(at);
    let mut out = String::with_capacity(16);
    push(&mut out, t.year(), 4, "");
    push(&mut out, t.month().into(), 2, "");
    push(&mut out, t.day().into(), 2, "T");
    push(&mut out, t.hour().into(), 2, "");
    push(&mut out, t.minute().into(), 2, "");
    push(&mut out, t.second().into(), 2, "Z");
    out
}

/// Appends a number of at least `width` digits and what follows it. Every message has a date, so
/// this does without the formatting machinery.
fn push(out: &mut String, number: i16, width: u32, then: &str) {
    // Timestamps are of the years 0000 to 9999 wherever phones are told of them.
    let number = number.unsigned_abs();
    for place in (0..width).rev() {
        out.push(char::from(b'0' + (number / 10u16.pow(place) % 10) as u8));
    }
    out.push_str(then);
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
