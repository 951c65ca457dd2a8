//! When an event takes place, as a phone works it out from what the server told: recurrence, time zone
//! structure and exceptions ([MS-ASCAL] 2.2.2.37, [MS-ASDTYPE] 2.7.6).
//!
//! This is written from the protocol's side alone and shares nothing with the server's calendar, so that
//! the two can be held against each other.

use jiff::civil::{Date, DateTime, Weekday};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Span, Timestamp};

use fieldpost_eas::date::CompactDateTime;
use fieldpost_eas::item::{Event, Exception, Recurrence};
use fieldpost_eas::time_zone::{SystemTime, TimeZone as Structure};

/// Most days that are looked at for one event: more than a thousand years.
const MAX_DAYS: usize = 400_000;

/// One occurrence of an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Occurrence {
    /// When the series would let it begin.
    pub original: Timestamp,
    /// When it begins.
    pub start: Timestamp,
    /// When it ends, exclusive.
    pub end: Timestamp,
    /// What is shown of it.
    pub subject: String,
}

/// The occurrences of an event that lie in a window at least in part, by their beginning. An event without
/// a start has none. All-day events of 16.x have no zone: their days are given as days of UTC.
pub fn occurrences(event: &Event, from: Timestamp, to: Timestamp) -> Vec<Occurrence> {
    let Some(CompactDateTime(start)) = event.start_time else { return Vec::new() };
    let end = event.end_time.map_or(start, |end| end.0);
    let zone = event.timezone.as_ref().map_or(TimeZone::UTC, rules);
    let lasts = Lasts::of(event, start, end, &zone);
    let subject = event.subject.clone().unwrap_or_default();
    let exceptions = event.exceptions.as_deref().unwrap_or_default();
    let regular = match &event.recurrence {
        Some(recurrence) if recurrence.r#type.is_some() => originals(recurrence, start, &zone, to),
        _ => vec![start],
    };
    let mut all: Vec<Occurrence> = regular
        .into_iter()
        .filter(|original| !exceptions.iter().any(|e| original_of(e) == Some(*original)))
        .map(|original| Occurrence {
            original,
            start: original,
            end: lasts.end_of(original, &zone),
            subject: subject.clone(),
        })
        .collect();
    for exception in exceptions.iter().filter(|e| e.deleted != Some(true)) {
        let Some(original) = original_of(exception) else { continue };
        let start = exception.start_time.map_or(original, |start| start.0);
        all.push(Occurrence {
            original,
            start,
            end: exception.end_time.map_or_else(|| lasts.end_of(start, &zone), |end| end.0),
            subject: exception.subject.clone().unwrap_or_else(|| subject.clone()),
        });
    }
    all.retain(|o| o.start < to && (o.end > from || (o.end == o.start && o.start >= from)));
    all.sort_by_key(|o| (o.start, o.original));
    all
}

fn original_of(exception: &Exception) -> Option<Timestamp> {
    exception.exception_start_time.or(exception.instance_id).map(|at| at.0)
}

/// How long an occurrence lasts.
enum Lasts {
    /// Whole days.
    Days(i32),
    /// A time, whatever the clocks do meanwhile.
    For(SignedDuration),
}

impl Lasts {
    fn of(event: &Event, start: Timestamp, end: Timestamp, zone: &TimeZone) -> Lasts {
        if event.all_day_event == Some(true) {
            let (start, end) = (zone.to_datetime(start).date(), zone.to_datetime(end).date());
            if let Ok(days) = start.until(end) {
                return Lasts::Days(days.get_days());
            }
        }
        Lasts::For(end.duration_since(start))
    }

    fn end_of(&self, start: Timestamp, zone: &TimeZone) -> Timestamp {
        let end = match self {
            Lasts::Days(days) => {
                let end = zone.to_datetime(start).checked_add(Span::new().days(*days));
                end.ok().and_then(|end| instant(end, zone))
            }
            Lasts::For(duration) => start.checked_add(*duration).ok(),
        };
        end.unwrap_or(start)
    }
}

fn instant(at: DateTime, zone: &TimeZone) -> Option<Timestamp> {
    zone.to_timestamp(at).ok()
}

/// The zone that a structure describes, by its rules alone.
fn rules(wire: &Structure) -> TimeZone {
    let posix = |text: String| TimeZone::posix(&text).ok();
    let standard = offset(wire.bias.saturating_add(wire.standard_bias));
    let zone = if wire.has_daylight() {
        let daylight = offset(wire.bias.saturating_add(wire.daylight_bias));
        let (begins, ends) = (rule(&wire.daylight_date), rule(&wire.standard_date));
        posix(format!("<STD>{standard}<DST>{daylight},{begins},{ends}"))
    } else {
        posix(format!("<STD>{standard}"))
    };
    zone.unwrap_or(TimeZone::UTC)
}

/// An offset as POSIX writes it: hours and minutes to the west.
fn offset(minutes: i32) -> String {
    let sign = if minutes < 0 { "-" } else { "" };
    format!("{sign}{}:{:02}", minutes.unsigned_abs() / 60, minutes.unsigned_abs() % 60)
}

/// The day and time of a change of clocks as POSIX writes it.
fn rule(date: &SystemTime) -> String {
    let week = date.day.clamp(1, 5);
    let mut minutes = u32::from(date.hour) * 60 + u32::from(date.minute);
    // 23:59:59.999 stands for the end of the day.
    if date.second == 59 && date.millisecond > 0 {
        minutes += 1;
    }
    format!("M{}.{week}.{}/{}:{:02}", date.month, date.day_of_week, minutes / 60, minutes % 60)
}

/// The starts that a recurrence gives a series, up to `to`.
fn originals(recurrence: &Recurrence, start: Timestamp, zone: &TimeZone, to: Timestamp) -> Vec<Timestamp> {
    let first = zone.to_datetime(start);
    let until = recurrence.until.map_or(Timestamp::MAX, |until| until.0);
    let most = recurrence.occurrences.map_or(usize::MAX, usize::from);
    let pattern = Pattern::of(recurrence, first.date());
    let mut found = Vec::new();
    let mut day = first.date();
    for _ in 0..MAX_DAYS {
        if pattern.has(day) {
            let Some(at) = instant(day.to_datetime(first.time()), zone) else { break };
            // The number wins over the last day ([MS-ASCAL] 2.2.2.37).
            let is_behind = recurrence.occurrences.is_none() && at > until;
            if at >= to || is_behind || found.len() == most {
                break;
            }
            found.push(at);
        }
        let Ok(next) = day.tomorrow() else { break };
        day = next;
    }
    found
}

/// Which days a recurrence chooses.
struct Pattern {
    first: Date,
    interval: i64,
    kind: Kind,
}

enum Kind {
    Daily,
    /// Days of the week as bits; the weekday that weeks begin with.
    Weekly(u16, Weekday),
    /// Day of the month.
    Monthly(i8),
    /// Days of the week as bits, and which of them in the month; 5 is the last.
    MonthlyNth(u16, u8),
    /// Month and day.
    Yearly(i8, i8),
    /// Month, days of the week as bits, which of them.
    YearlyNth(i8, u16, u8),
    /// A type that does not exist.
    Never,
}

impl Pattern {
    fn of(recurrence: &Recurrence, first: Date) -> Pattern {
        let days = recurrence.day_of_week.unwrap_or_else(|| bit(first));
        let day = recurrence.day_of_month.and_then(|day| i8::try_from(day).ok()).unwrap_or(first.day());
        let month = recurrence.month_of_year.and_then(|m| i8::try_from(m).ok()).unwrap_or(first.month());
        let week = recurrence.week_of_month.unwrap_or(1);
        let begins = recurrence.first_day_of_week.and_then(|day| i8::try_from(day).ok()).unwrap_or(0);
        let begins = Weekday::from_sunday_zero_offset(begins).unwrap_or(Weekday::Sunday);
        let kind = match recurrence.r#type {
            Some(0) if recurrence.day_of_week.is_none() => Kind::Daily,
            Some(0 | 1) => Kind::Weekly(days, begins),
            Some(2) => Kind::Monthly(day),
            Some(3) => Kind::MonthlyNth(days, week),
            Some(5) => Kind::Yearly(month, day),
            Some(6) => Kind::YearlyNth(month, days, week),
            _ => Kind::Never,
        };
        Pattern { first, interval: recurrence.interval.unwrap_or(1).max(1).into(), kind }
    }

    fn has(&self, day: Date) -> bool {
        let months = |date: Date| i64::from(date.year()) * 12 + i64::from(date.month());
        let in_step = |steps: i64| steps % self.interval == 0;
        let month_in_step = || in_step(months(day) - months(self.first));
        let year_in_step = || in_step(i64::from(day.year() - self.first.year()));
        match self.kind {
            Kind::Daily => in_step(days_between(self.first, day)),
            Kind::Weekly(days, begins) => {
                let week = |date: Date| days_since_week_began(date, begins);
                let weeks = (days_between(self.first, day) + week(self.first) - week(day)) / 7;
                days & bit(day) != 0 && in_step(weeks)
            }
            Kind::Monthly(number) => day.day() == number && month_in_step(),
            Kind::MonthlyNth(days, week) => is_nth(day, days, week) && month_in_step(),
            Kind::Yearly(month, number) => day.month() == month && day.day() == number && year_in_step(),
            Kind::YearlyNth(month, days, week) => {
                day.month() == month && is_nth(day, days, week) && year_in_step()
            }
            Kind::Never => false,
        }
    }
}

/// The bit of a day's weekday, Sunday 1 to Saturday 64.
fn bit(day: Date) -> u16 {
    1 << day.weekday().to_sunday_zero_offset()
}

fn days_between(first: Date, day: Date) -> i64 {
    first.until(day).map_or(0, |span| i64::from(span.get_days()))
}

fn days_since_week_began(day: Date, begins: Weekday) -> i64 {
    i64::from(day.weekday().since(begins))
}

/// Whether a day is the n-th of these weekdays in its month, or for 5 the last.
fn is_nth(day: Date, days: u16, week: u8) -> bool {
    if days & bit(day) == 0 {
        return false;
    }
    let in_month = |number: i8| Date::new(day.year(), day.month(), number).ok();
    let matches = |numbers: std::ops::RangeInclusive<i8>| {
        numbers.filter_map(in_month).filter(|other| days & bit(*other) != 0).count()
    };
    match week {
        5 => matches(day.day() + 1..=day.days_in_month()) == 0,
        n => matches(1..=day.day()) == usize::from(n),
    }
}

#[cfg(test)]
mod tests {
    use fieldpost_eas::date::parse;

    use super::*;

    fn at(text: &str) -> Timestamp {
        parse(text).unwrap()
    }

    fn berlin() -> Structure {
        let rule = |month, hour| SystemTime { month, day: 5, hour, ..SystemTime::default() };
        Structure {
            bias: -60,
            standard_date: rule(10, 3),
            daylight_date: rule(3, 2),
            daylight_bias: -60,
            ..Structure::utc()
        }
    }

    fn starts(event: &Event, to: &str) -> Vec<String> {
        let found = occurrences(event, at("20200101T000000Z"), at(to));
        found.iter().map(|o| fieldpost_eas::date::compact(o.start)).collect()
    }

    fn weekly() -> Event {
        Event {
            timezone: Some(berlin()),
            start_time: Some(CompactDateTime(at("20260322T090000Z"))),
            end_time: Some(CompactDateTime(at("20260322T100000Z"))),
            recurrence: Some(Recurrence { r#type: Some(1), day_of_week: Some(1), ..Recurrence::default() }),
            ..Event::default()
        }
    }

    #[test]
    fn the_clock_on_the_wall_counts() {
        // From 29 March on, ten o'clock is an hour earlier in UTC.
        let expected = ["20260322T090000Z", "20260329T080000Z", "20260405T080000Z"];
        assert_eq!(starts(&weekly(), "20260410T000000Z"), expected);
    }

    #[test]
    fn exceptions_move_and_remove() {
        let moved = Exception {
            exception_start_time: Some(CompactDateTime(at("20260329T080000Z"))),
            start_time: Some(CompactDateTime(at("20260330T120000Z"))),
            ..Exception::default()
        };
        let gone = Exception {
            deleted: Some(true),
            instance_id: Some(CompactDateTime(at("20260405T080000Z"))),
            ..Exception::default()
        };
        let event = Event { exceptions: Some(vec![moved, gone]), ..weekly() };
        assert_eq!(
            starts(&event, "20260413T000000Z"),
            ["20260322T090000Z", "20260330T120000Z", "20260412T080000Z"]
        );
        let all = occurrences(&event, at("20260330T123000Z"), at("20260331T000000Z"));
        assert_eq!((all.len(), all[0].end), (1, at("20260330T130000Z")));
    }

    #[test]
    fn a_series_ends_by_number_or_by_day() {
        let ending = |occurrences, until: Option<&str>| {
            let until = until.map(|until| CompactDateTime(at(until)));
            let recurrence = weekly().recurrence.map(|r| Recurrence { occurrences, until, ..r });
            starts(&Event { recurrence, ..weekly() }, "20300101T000000Z").len()
        };
        assert_eq!(ending(Some(3), None), 3);
        assert_eq!(ending(None, Some("20260329T080000Z")), 2);
        assert_eq!(ending(Some(4), Some("20260329T080000Z")), 4);
    }

    #[test]
    fn the_last_day_of_a_kind_is_the_fifth() {
        let nth = |week_of_month, day_of_week| {
            let recurrence = Recurrence {
                r#type: Some(3),
                week_of_month: Some(week_of_month),
                day_of_week: Some(day_of_week),
                ..Recurrence::default()
            };
            let start_time = Some(CompactDateTime(at("20260101T090000Z")));
            let event = Event { recurrence: Some(recurrence), start_time, ..Event::default() };
            starts(&event, "20260401T000000Z").iter().map(|at| at[4..8].to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(nth(5, 62), ["0130", "0227", "0331"]);
        assert_eq!(nth(1, 65), ["0103", "0201", "0301"]);
        assert_eq!(nth(5, 127), ["0131", "0228", "0331"]);
        assert_eq!(nth(2, 2), ["0112", "0209", "0309"]);
    }

    #[test]
    fn nonsense_ends() {
        let recurrence = Recurrence {
            r#type: Some(5),
            day_of_month: Some(31),
            month_of_year: Some(2),
            ..Recurrence::default()
        };
        let event = Event { recurrence: Some(recurrence), ..weekly() };
        assert!(starts(&event, "99990101T000000Z").is_empty());
        let zone = Structure { bias: i32::MAX, standard_bias: i32::MAX, ..Structure::utc() };
        assert_eq!(starts(&Event { timezone: Some(zone), ..weekly() }, "20260324T000000Z").len(), 1);
        assert!(occurrences(&Event::default(), Timestamp::MIN, Timestamp::MAX).is_empty());
    }
}
