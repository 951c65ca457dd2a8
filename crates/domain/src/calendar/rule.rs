//! Recurrence rules (RFC 5545 3.3.10): read, written, and counted out.
//!
//! The counting is that of the `rrule` crate, on the clock on the wall: it is told nothing of zones, so
//! that a meeting at nine is at nine whatever the clocks do. The zone comes in behind it.

use std::fmt::Write as _;
use std::str::FromStr;

use jiff::civil::{DateTime, Time, Weekday};
use jiff::tz::TimeZone;
use rrule::RRuleSet;

use crate::object::When;

/// Most occurrences that are counted out of one rule.
pub const MAX_OCCURRENCES: usize = 50_000;

/// Most values of one part of a rule.
const MAX_VALUES: usize = 400;

/// How often a rule strikes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "they are what they are called")]
pub enum Frequency {
    Secondly,
    Minutely,
    Hourly,
    Daily,
    Weekly,
    Monthly,
    Yearly,
}

const FREQUENCIES: [(Frequency, &str); 7] = [
    (Frequency::Secondly, "SECONDLY"),
    (Frequency::Minutely, "MINUTELY"),
    (Frequency::Hourly, "HOURLY"),
    (Frequency::Daily, "DAILY"),
    (Frequency::Weekly, "WEEKLY"),
    (Frequency::Monthly, "MONTHLY"),
    (Frequency::Yearly, "YEARLY"),
];

/// Days of the week as rules call them, from Sunday.
pub const DAYS: [(Weekday, &str); 7] = [
    (Weekday::Sunday, "SU"),
    (Weekday::Monday, "MO"),
    (Weekday::Tuesday, "TU"),
    (Weekday::Wednesday, "WE"),
    (Weekday::Thursday, "TH"),
    (Weekday::Friday, "FR"),
    (Weekday::Saturday, "SA"),
];

/// A recurrence rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// How often.
    pub frequency: Frequency,
    /// From one period to the next, 1 or more.
    pub interval: u16,
    /// Number of occurrences.
    pub count: Option<u32>,
    /// The last occurrence, or a time before which it is.
    pub until: Option<When>,
    /// First day of the week, where it is named.
    pub week_start: Option<Weekday>,
    /// Days of the week with their number in the month or year; 0 for every such day.
    pub by_day: Vec<(i16, Weekday)>,
    /// Days of the month, counted from its end where negative.
    pub by_month_day: Vec<i8>,
    /// Months.
    pub by_month: Vec<u8>,
    /// The month named is the leap month after that of its number (RFC 7529 4.2).
    pub is_leap_month: bool,
    /// Which of what a period yields, counted from its end where negative.
    pub by_set_pos: Vec<i16>,
    /// The calendar that months and years are of, where it is not the Gregorian (RFC 7529 4.1).
    pub scale: Option<String>,
    /// Other parts, as written: `BYYEARDAY`, `BYWEEKNO`, `BYHOUR`, `BYMINUTE`, `BYSECOND`.
    pub others: Vec<(String, String)>,
}

impl Rule {
    /// A rule that strikes in every period.
    pub fn new(frequency: Frequency) -> Rule {
        Rule {
            frequency,
            interval: 1,
            count: None,
            until: None,
            week_start: None,
            by_day: Vec::new(),
            by_month_day: Vec::new(),
            by_month: Vec::new(),
            is_leap_month: false,
            by_set_pos: Vec::new(),
            scale: None,
            others: Vec::new(),
        }
    }

    /// Reads the value of an `RRULE`; `None` for one that makes no sense.
    pub fn parse(value: &str) -> Option<Rule> {
        let mut rule = Rule::new(Frequency::Daily);
        let mut has_frequency = false;
        for part in value.trim().split(';').filter(|part| !part.trim().is_empty()) {
            let (name, value) = part.split_once('=')?;
            let (name, value) = (name.trim().to_ascii_uppercase(), value.trim().to_ascii_uppercase());
            match name.as_str() {
                "FREQ" => {
                    rule.frequency = FREQUENCIES.iter().find(|(_, name)| *name == value)?.0;
                    has_frequency = true;
                }
                "INTERVAL" => rule.interval = value.parse().ok().filter(|n| *n > 0)?,
                "COUNT" => rule.count = Some(value.parse().ok().filter(|n| *n > 0)?),
                "UNTIL" => rule.until = Some(When::parse(&value)?),
                "WKST" => rule.week_start = Some(weekday(&value)?),
                "BYDAY" => rule.by_day = list(&value, by_day)?,
                "BYMONTHDAY" => rule.by_month_day = list(&value, |v| nonzero(v, 31))?,
                "BYMONTH" => {
                    rule.is_leap_month = value.ends_with('L');
                    rule.by_month = list(&value, |v| {
                        v.trim_end_matches('L').parse().ok().filter(|m| (1..=13).contains(m))
                    })?;
                }
                "BYSETPOS" => rule.by_set_pos = list(&value, |v| nonzero(v, 366))?,
                "RSCALE" => rule.scale = Some(value).filter(|scale| scale != "GREGORIAN"),
                "SKIP" => {}
                "BYYEARDAY" => others(&mut rule, name, &value, -366..=366)?,
                "BYWEEKNO" => others(&mut rule, name, &value, -53..=53)?,
                "BYHOUR" => others(&mut rule, name, &value, 0..=23)?,
                "BYMINUTE" | "BYSECOND" => others(&mut rule, name, &value, 0..=59)?,
                // Parts of experiments say nothing to us.
                _ => {}
            }
        }
        has_frequency.then_some(rule)
    }

    /// The value of an `RRULE`.
    pub fn to_value(&self) -> String {
        let mut out = String::new();
        if let Some(scale) = &self.scale {
            let _ = write!(out, "RSCALE={scale};");
        }
        out.push_str(&self.parts(self.until.map(When::to_value)));
        out
    }

    fn parts(&self, until: Option<String>) -> String {
        let frequency =
            FREQUENCIES.iter().find(|(f, _)| *f == self.frequency).map_or("DAILY", |(_, name)| name);
        let mut out = format!("FREQ={frequency}");
        let mut part = |name: &str, value: String| {
            if !value.is_empty() {
                let _ = write!(out, ";{name}={value}");
            }
        };
        part("INTERVAL", if self.interval == 1 { String::new() } else { self.interval.to_string() });
        part("COUNT", self.count.map_or_else(String::new, |n| n.to_string()));
        part("UNTIL", until.unwrap_or_default());
        let leap = if self.is_leap_month { "L" } else { "" };
        part("BYMONTH", join(&self.by_month, |m| format!("{m}{leap}")));
        part("BYMONTHDAY", join(&self.by_month_day, i8::to_string));
        part(
            "BYDAY",
            join(&self.by_day, |(n, day)| match n {
                0 => name(*day).to_owned(),
                n => format!("{n}{}", name(*day)),
            }),
        );
        for (name, value) in &self.others {
            part(name, value.clone());
        }
        part("BYSETPOS", join(&self.by_set_pos, i16::to_string));
        part("WKST", self.week_start.map_or_else(String::new, |day| name(day).to_owned()));
        out
    }

    /// Whether it never ends.
    pub fn is_endless(&self) -> bool {
        self.count.is_none() && self.until.is_none()
    }

    /// The occurrences from the first one on until `last`, by the clock on the wall; at most
    /// [`MAX_OCCURRENCES`]. `zone` is that of the start, by which an end in UTC is understood. A rule
    /// whose months are not those of the Gregorian calendar is not counted out: only the start is known
    /// then.
    pub fn occurrences(
        &self,
        start: DateTime,
        is_date: bool,
        zone: &TimeZone,
        last: DateTime,
    ) -> Vec<DateTime> {
        let set = if self.scale.is_none() { self.set(start, is_date, zone) } else { None };
        let mut yields_any = false;
        let mut all: Vec<DateTime> = Vec::new();
        for at in set.iter().flatten().take(MAX_OCCURRENCES) {
            yields_any = true;
            let Ok(at) = jiff::Timestamp::from_second(at.timestamp()) else { break };
            let at = TimeZone::UTC.to_datetime(at);
            if at > last {
                break;
            }
            all.push(at);
        }
        // A rule that yields nothing, or that is refused, leaves the start.
        if !yields_any && start <= last {
            all.push(start);
        }
        all
    }

    fn set(&self, start: DateTime, is_date: bool, zone: &TimeZone) -> Option<RRuleSet> {
        let until = self.until.map(|until| match until {
            When::Utc(at) if is_date => zone.to_datetime(at).date().to_datetime(Time::midnight()),
            When::Utc(at) => zone.to_datetime(at),
            When::Local(at) => at,
            When::Date(date) => date.at(23, 59, 59, 0),
        });
        let stamp = |at: DateTime| at.strftime("%Y%m%dT%H%M%SZ").to_string();
        let text = format!("DTSTART:{}\nRRULE:{}", stamp(start), self.parts(until.map(stamp)));
        RRuleSet::from_str(&text).ok().map(RRuleSet::limit)
    }
}

fn name(day: Weekday) -> &'static str {
    DAYS.iter().find(|(d, _)| *d == day).map_or("SU", |(_, name)| name)
}

fn weekday(name: &str) -> Option<Weekday> {
    DAYS.iter().find(|(_, n)| *n == name).map(|(day, _)| *day)
}

fn join<T>(values: &[T], show: impl Fn(&T) -> String) -> String {
    values.iter().map(show).collect::<Vec<_>>().join(",")
}

fn list<T>(value: &str, read: impl Fn(&str) -> Option<T>) -> Option<Vec<T>> {
    let all: Option<Vec<T>> = value.split(',').map(|v| read(v.trim())).collect();
    all.filter(|all| all.len() <= MAX_VALUES)
}

fn nonzero<T: FromStr + Into<i32> + Copy>(value: &str, most: i32) -> Option<T> {
    let n: T = value.strip_prefix('+').unwrap_or(value).parse().ok()?;
    (n.into() != 0 && n.into().abs() <= most).then_some(n)
}

fn by_day(value: &str) -> Option<(i16, Weekday)> {
    let (n, day) = value.split_at_checked(value.len().checked_sub(2)?)?;
    let n = if n.is_empty() { 0 } else { nonzero::<i16>(n, 53)? };
    Some((n, weekday(day)?))
}

/// Keeps a part that only the counting needs, its numbers checked.
fn others(rule: &mut Rule, name: String, value: &str, range: std::ops::RangeInclusive<i32>) -> Option<()> {
    let numbers: Vec<i32> = list(value, |v| v.parse().ok().filter(|n| range.contains(n)))?;
    rule.others.push((name, join(&numbers, i32::to_string)));
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn count_out(rule: &str, start: &str, zone: &str, most: usize) -> Vec<String> {
        let start = When::parse(start).unwrap();
        let zone = TimeZone::get(zone).unwrap();
        let rule = Rule::parse(rule).unwrap();
        let all = rule.occurrences(start.civil(), start.is_date(), &zone, DateTime::MAX);
        all.into_iter().take(most).map(|at| at.strftime("%Y%m%dT%H%M").to_string()).collect()
    }

    #[test]
    fn rules_are_read_and_written() {
        for (text, written) in [
            ("FREQ=WEEKLY;INTERVAL=1;BYDAY=MO,WE", "FREQ=WEEKLY;BYDAY=MO,WE"),
            ("freq=monthly;byday=-1fr;count=5", "FREQ=MONTHLY;COUNT=5;BYDAY=-1FR"),
            (
                "FREQ=YEARLY;UNTIL=20301231;BYMONTH=2;BYMONTHDAY=29",
                "FREQ=YEARLY;UNTIL=20301231;BYMONTH=2;BYMONTHDAY=29",
            ),
            (
                "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;WKST=SU",
                "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;WKST=SU",
            ),
            (
                "RSCALE=CHINESE;FREQ=YEARLY;BYMONTH=5L;BYMONTHDAY=1",
                "RSCALE=CHINESE;FREQ=YEARLY;BYMONTH=5L;BYMONTHDAY=1",
            ),
        ] {
            let rule = Rule::parse(text).unwrap();
            assert_eq!(rule.to_value(), written);
            assert_eq!(Rule::parse(written).unwrap(), rule);
        }
    }

    // Bad input: broken rules.
    #[test]
    fn nonsense_is_no_rule() {
        let long = format!("FREQ=DAILY;BYMONTHDAY={}", ["1"; 500].join(","));
        for bad in [
            "",
            "BYDAY=MO",
            "FREQ=OFTEN",
            "FREQ=DAILY;INTERVAL=0",
            "FREQ=DAILY;INTERVAL=99999",
            "FREQ=DAILY;COUNT=-1",
            "FREQ=DAILY;UNTIL=soon",
            "FREQ=WEEKLY;BYDAY=XX",
            "FREQ=MONTHLY;BYMONTHDAY=32",
            "FREQ=YEARLY;BYMONTH=14",
            "FREQ=MONTHLY;BYDAY=99MO",
            "FREQ=DAILY;BYHOUR=24",
            "FREQ=DAILY;COUNT",
            &long,
            "FREQ=WEEKLY;BYDAY=\u{e4}\u{e4}",
        ] {
            assert_eq!(Rule::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn rules_are_counted_out_by_the_clock_on_the_wall() {
        let rule = "FREQ=MONTHLY;BYDAY=-1FR;COUNT=3";
        assert_eq!(
            count_out(rule, "20260227T090000", "Europe/Berlin", 9),
            ["20260227T0900", "20260327T0900", "20260424T0900"]
        );
        // An end in UTC is that of the zone: 07:00Z is nine in summer, eight in winter.
        let rule = "FREQ=DAILY;UNTIL=20260330T070000Z";
        assert_eq!(count_out(rule, "20260328T090000", "Europe/Berlin", 9).len(), 3);
        assert_eq!(count_out("FREQ=DAILY;UNTIL=20260330", "20260328", "Europe/Berlin", 9).len(), 3);
        assert_eq!(
            count_out("FREQ=YEARLY", "20240229", "UTC", 3),
            ["20240229T0000", "20280229T0000", "20320229T0000"]
        );
    }

    #[test]
    fn what_yields_nothing_leaves_the_start() {
        for rule in
            ["FREQ=DAILY;UNTIL=20200101", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "RSCALE=HEBREW;FREQ=YEARLY"]
        {
            assert_eq!(count_out(rule, "20260301T090000", "UTC", 5), ["20260301T0900"], "{rule}");
        }
    }

    #[test]
    fn counting_ends() {
        assert_eq!(count_out("FREQ=SECONDLY", "20260301T090000", "UTC", usize::MAX).len(), MAX_OCCURRENCES);
        assert!(count_out("FREQ=YEARLY", "99900301", "UTC", usize::MAX).len() < 20);
    }

    proptest! {
        #[test]
        fn any_text_is_a_rule_or_none(text in "(FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY|HOURLY);?)?([A-Z]{2,10}=[-+0-9A-Z,]{0,12};?){0,4}") {
            if let Some(rule) = Rule::parse(&text) {
                prop_assert_eq!(Rule::parse(&rule.to_value()), Some(rule.clone()));
                let start = When::parse("20260301T090000").unwrap();
                let last = When::parse("20260401").unwrap().civil();
                let all = rule.occurrences(start.civil(), false, &TimeZone::UTC, last);
                prop_assert!(all.is_sorted());
            }
        }
    }
}
