//! Birthdays and anniversaries: days, which phones send as moments.
//!
//! Each means the day, and each names another time of it: midnight in UTC, noon, eight o'clock, or its own
//! midnight converted to UTC. What is kept and sent is the day, at midnight in UTC.

use fieldpost_eas::date::DateTime;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// The year that stands for none: a leap year that nobody was born in. Apple's address books use it.
const NO_YEAR: i16 = 1604;

/// Reads a value: `1996-04-15`, `19960415`, either with a time behind it, and `--0415` without a year.
pub fn read(value: &str) -> Option<Date> {
    let value = value.trim();
    let day = value.split(['T', 't', ' ']).next()?;
    let (year, rest) = match day.strip_prefix("--") {
        Some(rest) => (NO_YEAR, rest),
        None => {
            let year = day.get(..4).filter(|year| year.bytes().all(|b| b.is_ascii_digit()))?;
            let rest = day.get(4..)?;
            (year.parse().ok()?, rest.strip_prefix('-').unwrap_or(rest))
        }
    };
    let digits: String = rest.chars().filter(|c| *c != '-').collect();
    if digits.len() != 4 || !digits.bytes().all(|b| b.is_ascii_digit()) || year == 0 {
        return None;
    }
    Date::new(year, digits.get(..2)?.parse().ok()?, digits.get(2..)?.parse().ok()?).ok()
}

/// Writes a value, in the form of the one that it replaces; without one in that of the vCard version.
pub fn write(date: Date, old: Option<&str>, version: &str) -> String {
    let basic = match old {
        Some(old) => !old.trim_start_matches("--").contains('-'),
        None => version != "3.0",
    };
    let (year, month, day) = (date.year(), date.month(), date.day());
    match (year == NO_YEAR && (version == "4.0" || old.is_some_and(|old| old.starts_with("--"))), basic) {
        (true, _) => format!("--{month:02}{day:02}"),
        (false, true) => format!("{year:04}{month:02}{day:02}"),
        (false, false) => format!("{year:04}-{month:02}-{day:02}"),
    }
}

/// The day as phones get it.
pub fn to_wire(date: Date) -> Option<DateTime> {
    let midnight = date.to_zoned(TimeZone::UTC).ok()?;
    Some(DateTime(midnight.timestamp()))
}

/// The day that a phone means.
pub fn from_wire(at: Timestamp, zone: &TimeZone) -> Date {
    let utc = at.to_zoned(TimeZone::UTC);
    let local = at.to_zoned(zone.clone());
    if utc.hour() == 0 && utc.minute() == 0 {
        return utc.date();
    }
    // Its own midnight, where it lives in the zone that we know of.
    if local.hour() == 0 && local.minute() == 0 {
        return local.date();
    }
    // Midnight somewhere in the east is the afternoon before in UTC; nobody sends an afternoon otherwise.
    if utc.hour() > 12 { utc.date().tomorrow().unwrap_or_else(|_| utc.date()) } else { utc.date() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn values_of_all_versions_are_read_and_written() {
        for (value, day) in [
            ("1996-04-15", date(1996, 4, 15)),
            ("19960415", date(1996, 4, 15)),
            ("1953-10-15T23:10:00Z", date(1953, 10, 15)),
            ("19531015T231000Z", date(1953, 10, 15)),
            ("--0415", date(1604, 4, 15)),
            ("--04-15", date(1604, 4, 15)),
        ] {
            assert_eq!(read(value), Some(day), "{value}");
        }
        for bad in ["", "circa 1800", "1996", "1996-13-01", "19960230", "0000-01-01", "12345-01-01", "---15"]
        {
            assert_eq!(read(bad), None, "{bad}");
        }
        let day = date(1996, 4, 15);
        assert_eq!(write(day, None, "3.0"), "1996-04-15");
        assert_eq!(write(day, None, "4.0"), "19960415");
        assert_eq!(write(day, Some("1990-01-01"), "4.0"), "1996-04-15");
        assert_eq!(write(date(1604, 4, 15), Some("--0101"), "4.0"), "--0415");
        assert_eq!(write(date(1604, 4, 15), None, "3.0"), "1604-04-15");
    }

    #[test]
    fn every_phone_means_the_day() {
        let berlin = TimeZone::get("Europe/Berlin").unwrap();
        for sent in [
            "1984-05-06T00:00:00Z",
            "1984-05-05T22:00:00Z",
            "1984-05-06T08:00:00Z",
            "1984-05-06T11:00:00Z",
            "1984-05-06T12:00:00Z",
            "1984-05-05T15:00:00Z",
            "1984-05-06T01:00:00Z",
        ] {
            assert_eq!(from_wire(sent.parse().unwrap(), &berlin), date(1984, 5, 6), "{sent}");
        }
        let auckland = TimeZone::get("Pacific/Auckland").unwrap();
        assert_eq!(from_wire("1984-05-05T12:00:00Z".parse().unwrap(), &auckland), date(1984, 5, 6));
    }

    proptest::proptest! {
        #[test]
        fn a_day_comes_back(days in 0_i32..800_000, version in "[234]\\.[01]") {
            let day = date(1, 1, 1).checked_add(jiff::Span::new().days(days)).unwrap();
            let value = write(day, None, &version);
            proptest::prop_assert_eq!(read(&value), Some(day));
            let sent = to_wire(day).unwrap();
            proptest::prop_assert_eq!(from_wire(sent.0, &TimeZone::UTC), day);
        }
    }
}
