//! Dates, times and durations in values (RFC 5545 3.3.4 to 3.3.6).

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

/// Years that are taken; phones can say no others, and arithmetic stays in range.
const YEARS: std::ops::RangeInclusive<i16> = 1..=9998;

/// A date or a point in time as a calendar names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum When {
    /// A day, wherever one is.
    Date(Date),
    /// A time in UTC.
    Utc(Timestamp),
    /// A time by the clock on the wall: of the zone that `TZID` names, or wherever one is.
    Local(DateTime),
}

impl When {
    /// Reads `20260301`, `20260301T083000` or `20260301T083000Z`; dashes and colons may stand in it.
    /// Years 1 to 9998.
    pub fn parse(value: &str) -> Option<When> {
        let value = value.trim();
        if !value.is_ascii() || !(8..=30).contains(&value.len()) {
            return None;
        }
        let digits: String = value.chars().filter(|c| !matches!(c, '-' | ':')).collect();
        let Some((date, time)) = digits.split_once(['T', 't']) else {
            return parse_date(&digits).map(When::Date);
        };
        let date = parse_date(date)?;
        let (time, is_utc) = match time.strip_suffix(['Z', 'z']) {
            Some(time) => (time, true),
            None => (time, false),
        };
        let at = date.to_datetime(parse_time(time)?);
        if is_utc { TimeZone::UTC.to_timestamp(at).ok().map(When::Utc) } else { Some(When::Local(at)) }
    }

    /// The form in which it is written.
    pub fn to_value(self) -> String {
        match self {
            When::Date(date) => date.strftime("%Y%m%d").to_string(),
            When::Local(at) => at.strftime("%Y%m%dT%H%M%S").to_string(),
            When::Utc(at) => TimeZone::UTC.to_datetime(at).strftime("%Y%m%dT%H%M%SZ").to_string(),
        }
    }

    /// The day that is named; of a time in UTC the day there.
    pub fn date(self) -> Date {
        self.civil().date()
    }

    /// What the value says without regard to zones; midnight of a day.
    pub fn civil(self) -> DateTime {
        match self {
            When::Date(date) => date.to_datetime(Time::midnight()),
            When::Local(at) => at,
            When::Utc(at) => TimeZone::UTC.to_datetime(at),
        }
    }

    /// Whether a day is named, not a time.
    pub fn is_date(self) -> bool {
        matches!(self, When::Date(_))
    }

    /// The point in time, where a day begins at midnight and clocks show the time of `zone`. A time
    /// that the clocks skip is taken by the offset before, one that they show twice is the first
    /// (RFC 5545 3.3.5).
    pub fn at(self, zone: &TimeZone) -> Timestamp {
        match self {
            When::Utc(at) => at,
            When::Date(_) | When::Local(_) => {
                let at = zone.to_ambiguous_timestamp(self.civil());
                // Years 1 to 9998 are in range whatever the offset is.
                at.compatible().unwrap_or(Timestamp::UNIX_EPOCH)
            }
        }
    }
}

fn parse_date(digits: &str) -> Option<Date> {
    if digits.len() != 8 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let date = Date::new(
        digits.get(..4)?.parse().ok()?,
        digits.get(4..6)?.parse().ok()?,
        digits.get(6..)?.parse().ok()?,
    )
    .ok()?;
    YEARS.contains(&date.year()).then_some(date)
}

fn parse_time(digits: &str) -> Option<Time> {
    if !matches!(digits.len(), 4 | 6) || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let second: i8 = digits.get(4..).filter(|s| !s.is_empty()).map_or(Some(0), |s| s.parse().ok())?;
    // A leap second is taken for the second before it; midnight may be called 24 o'clock nowhere.
    Time::new(digits.get(..2)?.parse().ok()?, digits.get(2..4)?.parse().ok()?, second.min(59), 0).ok()
}

/// A length of time (RFC 5545 3.3.6): days follow the calendar, the rest the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct Duration {
    /// Days, weeks being seven of them.
    pub days: i32,
    /// Seconds.
    pub seconds: i64,
}

/// Longest duration that is taken: a hundred years.
const MAX_DAYS: i64 = 36_525;

impl Duration {
    /// Reads `P1W`, `-PT15M`, `P1DT2H30M`.
    pub fn parse(value: &str) -> Option<Duration> {
        let value = value.trim();
        let (sign, rest) = match value.as_bytes().first()? {
            b'-' => (-1, value.get(1..)?),
            b'+' => (1, value.get(1..)?),
            _ => (1, value),
        };
        let rest = rest.strip_prefix(['P', 'p'])?;
        let (mut days, mut seconds, mut number, mut is_time) = (0i64, 0i64, None::<i64>, false);
        for c in rest.chars() {
            if let Some(digit) = c.to_digit(10) {
                let all = number.unwrap_or(0).checked_mul(10)?.checked_add(i64::from(digit))?;
                number = Some(all);
                continue;
            }
            if matches!(c, 'T' | 't') && number.is_none() {
                is_time = true;
                continue;
            }
            let count = number.take()?;
            let (sum, unit) = match (c.to_ascii_uppercase(), is_time) {
                ('W', _) => (&mut days, 7),
                ('D', _) => (&mut days, 1),
                ('H', true) => (&mut seconds, 3600),
                ('M', true) => (&mut seconds, 60),
                ('S', true) => (&mut seconds, 1),
                _ => return None,
            };
            *sum = sum.checked_add(count.checked_mul(unit)?)?;
        }
        let in_range = number.is_none() && days <= MAX_DAYS && seconds <= MAX_DAYS * 86_400;
        in_range.then_some(Duration { days: (sign * days) as i32, seconds: sign * seconds })
    }

    /// The form in which it is written.
    pub fn to_value(self) -> String {
        let (days, seconds) = (i64::from(self.days), self.seconds);
        // One sign for both; a sum of different ones is written by the clock.
        let (days, seconds) =
            if days.signum() * seconds.signum() < 0 { (0, days * 86_400 + seconds) } else { (days, seconds) };
        let mut out = String::from(if days < 0 || seconds < 0 { "-P" } else { "P" });
        let (days, seconds) = (days.abs(), seconds.abs());
        if days != 0 {
            out.push_str(&format!("{days}D"));
        }
        if seconds != 0 || days == 0 {
            out.push('T');
            let parts = [(seconds / 3600, 'H'), (seconds / 60 % 60, 'M'), (seconds % 60, 'S')];
            for (count, unit) in parts.into_iter().filter(|(count, _)| *count != 0) {
                out.push_str(&format!("{count}{unit}"));
            }
            if seconds == 0 {
                out.push_str("0S");
            }
        }
        out
    }

    /// The length where every day has 24 hours.
    pub fn exact(self) -> SignedDuration {
        SignedDuration::from_secs(i64::from(self.days) * 86_400 + self.seconds)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_three_kinds_of_time() {
        for value in ["20260301", "20260301T083000", "20260301T083000Z", "00010101", "99981231T235959Z"] {
            assert_eq!(When::parse(value).unwrap().to_value(), value);
        }
        assert_eq!(When::parse("2026-03-01T08:30:00Z"), When::parse("20260301T083000Z"));
    }

    // Bad input: years of sixty digits, months and hours that are none.
    #[test]
    fn nonsense_is_no_time() {
        let years = format!("{}0301T083000Z", "9".repeat(60));
        let bad = ["", "0", "20261301", "20260230", "20260301T250000", "20260301T0830000Z", "00000101"];
        for value in bad.into_iter().chain([years.as_str(), "99990101", "\u{665}0260301"]) {
            assert_eq!(When::parse(value), None, "{value}");
        }
    }

    // RFC 5545 3.3.5: a skipped time by the offset before, a doubled one is the first.
    #[test]
    fn clocks_that_skip_and_repeat() {
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        let at = |value| When::parse(value).unwrap().at(&zone).to_string();
        assert_eq!(at("20260329T023000"), "2026-03-29T01:30:00Z");
        assert_eq!(at("20261025T023000"), "2026-10-25T00:30:00Z");
        assert_eq!(at("20260701"), "2026-06-30T22:00:00Z");
    }

    #[test]
    fn durations() {
        for (value, days, seconds) in [
            ("P7D", 7, 0),
            ("-PT15M", 0, -900),
            ("P1DT2H30M", 1, 9000),
            ("PT0S", 0, 0),
            ("-P1D", -1, 0),
            ("PT1H1S", 0, 3601),
        ] {
            let duration = Duration { days, seconds };
            assert_eq!(Duration::parse(value), Some(duration));
            assert_eq!(duration.to_value(), value);
        }
        assert_eq!(Duration::parse("P2W").unwrap().days, 14);
        for bad in ["", "P", "PT", "1D", "P1", "P1H", "PT1D2", "P99999999999999999999D", "P999999D", "PTS"] {
            assert!(Duration::parse(bad).is_none_or(|d| d == Duration::default()), "{bad}");
        }
    }
}
