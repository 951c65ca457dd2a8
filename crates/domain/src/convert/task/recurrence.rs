//! Recurrence of a task ([MS-ASTASK] 2.2.2.20) and its `RRULE`.

use fieldpost_eas::date::DateTime;
use fieldpost_eas::item::TaskRecurrence;
use jiff::civil;
use jiff::tz::TimeZone;

use super::time::{as_local, as_utc};
use crate::calendar::Rule;
use crate::convert::InvalidItem;
use crate::convert::pattern::{self, Pattern};
use crate::object::{Component, Line, When};

/// Parameters of `RRULE` for what rules don't know.
const CALENDAR_TYPE: &str = "X-FIELDPOST-CALENDAR-TYPE";
const START: &str = "X-FIELDPOST-START";
const REGENERATE: &str = "X-FIELDPOST-REGENERATE";
const DEAD_OCCUR: &str = "X-FIELDPOST-DEAD-OCCUR";

/// Where the rule of a task begins: its start, or when it is due, or what a phone once said.
pub fn base(todo: &Component) -> Option<civil::DateTime> {
    let dated = todo.get("DTSTART").or(todo.get("DUE")).and_then(Line::when);
    let said = || When::parse(todo.get("RRULE")?.param(START)?);
    dated.or_else(said).map(When::civil)
}

/// Whether the next occurrence counts from the day on which this one is done.
pub fn regenerates(line: &Line) -> bool {
    line.param(REGENERATE) == Some("1")
}

/// Whether this is one occurrence that stands alone.
pub fn is_dead(line: &Line) -> bool {
    line.param(DEAD_OCCUR) == Some("1")
}

/// Lets a task stand alone.
pub fn kill(line: &mut Line) {
    line.set_param(DEAD_OCCUR, Some("1"));
}

/// How a task recurs; none where it does not, or in a way that phones can't say.
pub fn show(todo: &Component) -> Option<TaskRecurrence> {
    let line = todo.get("RRULE")?;
    let rule = Rule::parse(&line.value())?;
    let base = base(todo)?;
    let named = line.param(CALENDAR_TYPE).and_then(|n| n.parse().ok());
    let pattern = pattern::from_rule(&rule, base.date(), named)?;
    let start = line.param(START).and_then(When::parse).map_or(base, When::civil);
    let occurrences = pattern.occurrences.and_then(|n| u8::try_from(n).ok());
    let until = match (rule.until, pattern.occurrences) {
        (Some(until), None) => Some(until.civil()),
        // More than the element can say: the end says the same.
        (None, Some(_)) if occurrences.is_none() => {
            rule.occurrences(base, true, &TimeZone::UTC, civil::DateTime::MAX).last().copied()
        }
        _ => None,
    };
    Some(TaskRecurrence {
        r#type: pattern.r#type,
        start: Some(DateTime(as_utc(start))),
        until: until.map(|at| DateTime(as_utc(at))),
        occurrences,
        interval: pattern.interval,
        day_of_week: pattern.day_of_week.and_then(|mask| u8::try_from(mask).ok()),
        day_of_month: pattern.day_of_month,
        week_of_month: pattern.week_of_month,
        month_of_year: pattern.month_of_year,
        regenerate: Some(regenerates(line)),
        dead_occur: Some(is_dead(line)),
        calendar_type: pattern.calendar_type,
        is_leap_month: pattern.is_leap_month,
        first_day_of_week: pattern.first_day_of_week,
    })
}

/// The `RRULE` that a phone means.
pub fn read(said: &TaskRecurrence) -> Result<Line, InvalidItem> {
    // MS-ASTASK_R289, MS-ASTASK_R37011
    let kind = said.r#type.ok_or(InvalidItem::Missing("Type"))?;
    let start = as_local(said.start.ok_or(InvalidItem::Missing("Start"))?.0);
    // MS-ASTASK_R81
    if said.calendar_type.is_some() && !matches!(kind, 2 | 3 | 5 | 6) {
        return Err(InvalidItem::Misplaced("CalendarType"));
    }
    let pattern = Pattern {
        r#type: Some(kind),
        interval: said.interval,
        day_of_week: said.day_of_week.map(u16::from),
        day_of_month: said.day_of_month,
        week_of_month: said.week_of_month,
        month_of_year: said.month_of_year,
        occurrences: said.occurrences.map(u32::from),
        calendar_type: said.calendar_type,
        is_leap_month: said.is_leap_month,
        first_day_of_week: said.first_day_of_week,
    };
    let (mut rule, named) = pattern::to_rule(&pattern)?;
    // MS-ASTASK_R37013: of both, the number counts.
    if let (None, Some(until)) = (rule.count, said.until) {
        let until = as_local(until.0).date();
        if until < start.date() {
            return Err(InvalidItem::Wrong { element: "Until", reason: "before the start" });
        }
        rule.until = Some(When::Date(until));
    }
    let mut line = Line::new("RRULE", &rule.to_value());
    let start = When::Local(start).to_value();
    let number = named.map(|n| n.to_string());
    for (name, value) in [
        (START, Some(start.as_str())),
        (CALENDAR_TYPE, number.as_deref()),
        (REGENERATE, said.regenerate.filter(|is| *is).map(|_| "1")),
        (DEAD_OCCUR, said.dead_occur.filter(|is| *is).map(|_| "1")),
    ] {
        line.set_param(name, value);
    }
    Ok(line)
}
