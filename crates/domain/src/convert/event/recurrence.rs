//! Recurrence of an event ([MS-ASCAL] 2.2.2.37) and its `RRULE`.

use fieldpost_eas::Version;
use fieldpost_eas::date::CompactDateTime;
use fieldpost_eas::item::Recurrence;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;

use super::time::{self, Start};
use crate::calendar::{Rule, Series};
use crate::convert::InvalidItem;
use crate::convert::pattern::{self, MAX_OCCURRENCES, Pattern};
use crate::object::{Line, When};

/// Parameter of `RRULE`: which Gregorian calendar a phone named, since all count alike.
const CALENDAR_TYPE: &str = "X-FIELDPOST-CALENDAR-TYPE";

/// How a series recurs; none where it does not, or in a way that phones can't say.
pub fn show(series: &Series<'_>, version: Version) -> Option<Recurrence> {
    let rule = series.rule.as_ref()?;
    let named = series.master.get("RRULE").and_then(|line| line.param(CALENDAR_TYPE)?.parse().ok());
    let start = time::start(series.master, series);
    let pattern = pattern::from_rule(rule, start.civil().date(), named)?;
    let mut until = rule.until.map(|until| last_time(until, &start, version));
    if until.is_some_and(|until| until < last_time(start.when, &start, version)) {
        // A series that ends before it begins is none.
        return None;
    }
    let mut occurrences = pattern.occurrences;
    if until.is_some() || occurrences.is_some_and(|n| n > MAX_OCCURRENCES) {
        // The last occurrence itself, since some phones take an end for a day and others for a time.
        let all = rule.occurrences(start.civil(), start.is_date(), &start.zone, DateTime::MAX);
        until = all.last().map(|at| last_time(When::Local(*at), &start, version));
        occurrences = None;
    }
    Some(Recurrence {
        r#type: pattern.r#type,
        interval: pattern.interval,
        day_of_week: pattern.day_of_week,
        day_of_month: pattern.day_of_month,
        week_of_month: pattern.week_of_month,
        month_of_year: pattern.month_of_year,
        // MS-ASCAL_R341, R467: one or the other.
        until: until.filter(|_| occurrences.is_none()).map(CompactDateTime),
        occurrences: occurrences.and_then(|n| u16::try_from(n).ok()),
        calendar_type: pattern.calendar_type,
        is_leap_month: pattern.is_leap_month,
        first_day_of_week: pattern.first_day_of_week,
    })
}

/// An end as phones are told: of days the last one.
fn last_time(until: When, start: &Start, version: Version) -> Timestamp {
    let in_zone = |at: Timestamp| start.zone.to_datetime(at).date();
    if start.is_date() {
        let date = match until {
            When::Utc(at) => in_zone(at),
            other => other.date(),
        };
        return time::midnight(date, &start.zone, version);
    }
    match until {
        When::Utc(at) => at,
        When::Local(at) => When::Local(at).at(&start.zone),
        When::Date(date) => When::Local(date.to_datetime(start.civil().time())).at(&start.zone),
    }
}

/// Whether an element says that there is no recurrence any more (MS-ASCAL_R2180002).
pub fn is_empty(recurrence: &Recurrence) -> bool {
    *recurrence == Recurrence::default()
}

/// The `RRULE` that a phone means for an event with that start.
pub fn read(recurrence: &Recurrence, start: &Start, version: Version) -> Result<Line, InvalidItem> {
    let pattern = Pattern {
        r#type: recurrence.r#type,
        interval: recurrence.interval,
        day_of_week: recurrence.day_of_week,
        day_of_month: recurrence.day_of_month,
        week_of_month: recurrence.week_of_month,
        month_of_year: recurrence.month_of_year,
        occurrences: recurrence.occurrences.map(u32::from),
        calendar_type: recurrence.calendar_type,
        is_leap_month: recurrence.is_leap_month,
        first_day_of_week: recurrence.first_day_of_week,
    };
    let (mut rule, named) = pattern::to_rule(&pattern)?;
    // MS-ASCAL_R53911: of both, the number counts.
    if let (None, Some(until)) = (rule.count, recurrence.until) {
        rule.until = Some(end(until.0, start, version)?);
    }
    let line = Line::new("RRULE", &rule.to_value());
    Ok(match named {
        Some(number) => line.with(CALENDAR_TYPE, &number.to_string()),
        None => line,
    })
}

/// An end as rules have it: the day of an event that lasts whole days, else a time in UTC. Phones that
/// name a day mean that its occurrence is still one.
fn end(until: Timestamp, start: &Start, version: Version) -> Result<When, InvalidItem> {
    let wrong = InvalidItem::Wrong { element: "Until", reason: "before the start" };
    let local = start.zone.to_datetime(until);
    if start.is_date() {
        let date = day(until, local, version);
        return if date < start.civil().date() { Err(wrong) } else { Ok(When::Date(date)) };
    }
    let of_day = When::Local(local.date().to_datetime(start.civil().time())).at(&start.zone);
    let until = until.max(of_day);
    if until < When::Local(start.civil()).at(&start.zone) { Err(wrong) } else { Ok(When::Utc(until)) }
}

/// The day that an end names: in 16.x and with phones that don't know better midnight in UTC.
fn day(until: Timestamp, local: DateTime, version: Version) -> Date {
    let utc = TimeZone::UTC.to_datetime(until);
    let is_utc =
        version >= Version::V16_0 || (utc.time() == Time::midnight() && local.time() != Time::midnight());
    if is_utc { utc.date() } else { local.date() }
}

/// Whether two rules say the same, whatever is left to be understood.
pub fn is_same(a: &Line, b: &Line) -> bool {
    let plain = |line: &Line| {
        let rule = Rule::parse(&line.value())?;
        let week_start = rule.week_start.or(Some(jiff::civil::Weekday::Monday));
        Some((Rule { week_start, ..rule }, line.param(CALENDAR_TYPE).map(str::to_owned)))
    };
    plain(a) == plain(b)
}
