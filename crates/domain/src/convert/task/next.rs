//! What follows when a recurring task is done: the task stands alone from then on, and there is a new one
//! for the next occurrence ([MS-ASTASK] 2.2.2.11, 2.2.2.21).

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};

use super::{is_complete, recurrence, todo, todo_mut};
use crate::calendar::Zones;
use crate::calendar::rule::{Frequency, Rule};
use crate::convert::property::{self, stamp};
use crate::convert::{ConvertError, CreateContext};
use crate::object::{Component, Line, When};

/// A recurring task that was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// The task that was done, which recurs no more.
    pub done: Vec<u8>,
    /// The next one; none after the last.
    pub next: Option<Vec<u8>>,
}

/// What follows from a change of a task, whose object was `before` and is `after`; `None` where nothing
/// does: the task does not recur, is not done, or was before. The next one gets the context's UID.
///
/// # Errors
/// One of the objects holds no VTODO.
pub fn next(before: &[u8], after: &[u8], cx: &CreateContext<'_>) -> Result<Option<Done>, ConvertError> {
    let old = Component::parse_one(before, "VCALENDAR")?;
    let mut new = Component::parse_one(after, "VCALENDAR")?;
    let was_complete = is_complete(todo(&old)?);
    let task = todo(&new)?;
    let line = task.get("RRULE").filter(|line| !recurrence::is_dead(line)).cloned();
    let Some(line) = line.filter(|_| !was_complete && is_complete(task)) else { return Ok(None) };
    let (Some(rule), Some(base)) = (Rule::parse(&line.value()), recurrence::base(task)) else {
        return Ok(None);
    };
    let completed = task.get("COMPLETED").and_then(Line::when).map_or(cx.now, |at| at.at(&cx.user.zone));
    let at = if recurrence::regenerates(&line) {
        regenerated(&rule, base, cx.user.zone.to_datetime(completed))
    } else {
        following(&rule, base)
    };
    let next = at.map(|at| successor(&new, &line, &rule, (base, at), cx)).transpose()?;
    if let Some(line) = todo_mut(&mut new)?.get_mut("RRULE") {
        recurrence::kill(line);
    }
    Ok(Some(Done { done: new.to_bytes(), next }))
}

/// The occurrence after the one at `base`.
fn following(rule: &Rule, base: DateTime) -> Option<DateTime> {
    // Of a rule that counts, this one may be the last.
    if rule.count == Some(1) {
        return None;
    }
    // The rarest of rules strikes every eighth year, around a century without a leap day.
    let years = i64::from(rule.interval).min(999) * 8 + 8;
    let last = base.saturating_add(Span::new().years(years));
    rule.occurrences(base, false, &TimeZone::UTC, last).into_iter().find(|at| *at > base)
}

/// The occurrence that counts from the day on which the last one was done.
fn regenerated(rule: &Rule, base: DateTime, done: DateTime) -> Option<DateTime> {
    let n = i64::from(rule.interval);
    let step = match rule.frequency {
        Frequency::Weekly => Span::new().weeks(n),
        Frequency::Monthly => Span::new().months(n),
        Frequency::Yearly => Span::new().years(n),
        _ => Span::new().days(n),
    };
    let at = done.date().checked_add(step).ok()?.to_datetime(base.time());
    let is_over = rule.until.is_some_and(|until| until.date() < at.date()) || rule.count == Some(1);
    (!is_over).then_some(at)
}

/// The object of the next task: like the one that was done, later by so many days.
fn successor(
    done: &Component,
    line: &Line,
    rule: &Rule,
    (from, to): (DateTime, DateTime),
    cx: &CreateContext<'_>,
) -> Result<Vec<u8>, ConvertError> {
    let zone = &cx.user.zone;
    let mut calendar = done.clone();
    calendar.retain_components(|c| !c.is("VTODO") || c.get("RECURRENCE-ID").is_none());
    let days = from.date().until(to.date()).map_or(0, |span| span.get_days());
    let alarm = property::reminder_time(todo(done)?, &Zones::new(done, zone));
    let todo = todo_mut(&mut calendar)?;
    todo.set(Line::text_line("UID", cx.uid));
    for name in ["COMPLETED", "PERCENT-COMPLETE", "RELATED-TO", "EXDATE", "LAST-MODIFIED"] {
        todo.remove(name);
    }
    todo.set(Line::new("STATUS", "NEEDS-ACTION"));
    for name in ["DTSTAMP", "CREATED"] {
        todo.set(Line::new(name, &stamp(cx.now)));
    }
    for name in ["DTSTART", "DUE"] {
        if let Some(line) = todo.get_mut(name)
            && let Some(when) = line.when()
        {
            line.set_value(&later(when, days, zone).to_value());
        }
    }
    // An alarm that follows the dates has moved with them.
    let is_absolute =
        todo.children().filter_map(|c| c.get("TRIGGER")).any(|trigger| trigger.when().is_some());
    if let Some(at) = alarm.filter(|_| is_absolute) {
        let at = later(When::Utc(at), days, zone).at(zone);
        property::set_alarm(todo, Line::new("TRIGGER", &stamp(at)).with("VALUE", "DATE-TIME"));
    }
    let mut line = line.clone();
    let count = rule.count.map(|n| n.saturating_sub(1));
    line.set_value(&Rule { count, ..rule.clone() }.to_value());
    todo.set(line);
    Ok(calendar.to_bytes())
}

/// A date so many days later; of a time in UTC by the clock of the zone.
fn later(when: When, days: i32, zone: &TimeZone) -> When {
    let by = Span::new().days(days);
    match when {
        When::Date(date) => When::Date(date.saturating_add(by)),
        When::Local(at) => When::Local(at.saturating_add(by)),
        When::Utc(at) => {
            let moved: Timestamp = When::Local(zone.to_datetime(at).saturating_add(by)).at(zone);
            When::Utc(moved)
        }
    }
}
