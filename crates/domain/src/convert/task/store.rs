//! What a phone says of a task, put into an object.

use fieldpost_eas::item::Task;
use fieldpost_eas::page::{Tag, tasks as tag};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::show::{View, set_importance};
use super::{MAX_CATEGORIES, ORDINAL_DATE, SUB_ORDINAL_DATE, recurrence, time, todo, todo_mut};
use crate::calendar::{Zone, Zones};
use crate::convert::property::{self, stamp};
use crate::convert::text::single_line;
use crate::convert::text_body::StoredText;
use crate::convert::{CreateContext, Ghosting, InvalidItem, PatchContext};
use crate::object::{Component, Line, When};

/// The object of a task that a phone adds.
///
/// # Errors
/// What the phone says is no task: see [`InvalidItem`].
pub fn create(task: &Task, cx: &CreateContext<'_>) -> Result<Vec<u8>, InvalidItem> {
    let mut calendar = Component::calendar();
    let mut todo = Component::new("VTODO");
    todo.push(Line::text_line("UID", cx.uid));
    todo.push(Line::new("DTSTAMP", &stamp(cx.now)));
    todo.push(Line::new("CREATED", &stamp(cx.now)));
    calendar.push_component(todo);
    put(&mut calendar, task, &Ghosting::All, &cx.user.zone, cx.now)?;
    Ok(calendar.to_bytes())
}

/// The object after a phone's change. What the phone does not change stays byte for byte.
///
/// # Errors
/// What the phone says is no task, or the object can't be read; see [`InvalidItem`].
pub fn patch(content: &[u8], change: &Task, cx: &PatchContext<'_>) -> Result<Vec<u8>, InvalidItem> {
    let mut calendar = Component::parse_one(content, "VCALENDAR")?;
    put(&mut calendar, change, cx.ghosting, &cx.user.zone, cx.now)?;
    if calendar.to_bytes() != content {
        let todo = todo_mut(&mut calendar)?;
        todo.set(Line::new("DTSTAMP", &stamp(cx.now)));
        todo.set(Line::new("LAST-MODIFIED", &stamp(cx.now)));
    }
    Ok(calendar.to_bytes())
}

/// Writes what differs from what the phone was shown.
fn put(
    calendar: &mut Component,
    task: &Task,
    ghosting: &Ghosting,
    zone: &TimeZone,
    now: Timestamp,
) -> Result<(), InvalidItem> {
    let shown = View::of(todo(calendar)?, &Zones::new(calendar, zone));
    let user = Zone::of(zone);
    let gone = |tag: Tag| !ghosting.keeps(tag);
    let todo = todo_mut(calendar)?;
    let subject = task.subject.as_deref().map(single_line).or_else(|| gone(tag::SUBJECT).then(String::new));
    if let Some(subject) = subject.filter(|subject| *subject != shown.subject) {
        todo.set_text("SUMMARY", Some(subject.as_str()).filter(|s| !s.is_empty()));
    }
    // MS-ASTASK_R369: without the element it stays.
    if let Some(importance) = task.importance.filter(|importance| *importance != shown.importance) {
        set_importance(todo, importance);
    }
    let sensitivity = task.sensitivity.or_else(|| gone(tag::SENSITIVITY).then_some(0));
    if let Some(number) = sensitivity.filter(|number| *number != shown.sensitivity) {
        property::set_sensitivity(todo, number);
    }
    if let Some(list) = task.categories.clone().or_else(|| gone(tag::CATEGORIES).then(Vec::new)) {
        let list = property::read_categories(&list, MAX_CATEGORIES)?;
        if list != shown.categories {
            property::set_categories(todo, &list);
        }
    }
    put_dates(todo, task, &shown, &gone, &user)?;
    put_completion(todo, task, &shown, now);
    put_reminder(todo, task, &shown)?;
    put_recurrence(todo, task, &gone)?;
    put_order(todo, task, &shown, &gone);
    put_text(todo, task, &shown)?;
    time::define(calendar, &user, now);
    Ok(())
}

fn put_dates(
    todo: &mut Component,
    task: &Task,
    shown: &View,
    gone: &impl Fn(Tag) -> bool,
    user: &Zone,
) -> Result<(), InvalidItem> {
    let missing = |tags: [Tag; 2]| tags.into_iter().all(gone).then_some(None);
    let start = time::said(task.start_date, task.utc_start_date, &user.rules);
    let due = time::said(task.due_date, task.utc_due_date, &user.rules);
    let start = start.or_else(|| missing([tag::START_DATE, tag::UTC_START_DATE])).unwrap_or(shown.start);
    let due = due.or_else(|| missing([tag::DUE_DATE, tag::UTC_DUE_DATE])).unwrap_or(shown.due);
    if start == shown.start && due == shown.due {
        return Ok(());
    }
    if let (Some(start), Some(due)) = (start, due)
        && due.local < start.local
    {
        return Err(InvalidItem::Wrong { element: "DueDate", reason: "before the start" });
    }
    // Both are days or neither is (RFC 5545 3.8.2.3).
    let by_day = [start, due].into_iter().flatten().all(time::is_day);
    for (name, date) in [("DTSTART", start), ("DUE", due)] {
        match date {
            Some(date) => todo.set(time::line(name, date, by_day, user)?),
            None => todo.remove(name),
        }
    }
    todo.remove("DURATION");
    Ok(())
}

fn put_completion(todo: &mut Component, task: &Task, shown: &View, now: Timestamp) {
    let completed = task.date_completed.and_then(|date| date.0).map(|date| date.0);
    match task.complete {
        Some(true) if !shown.is_complete || completed.is_some_and(|at| Some(at) != shown.completed) => {
            todo.set(Line::new("STATUS", "COMPLETED"));
            todo.set(Line::new("PERCENT-COMPLETE", "100"));
            todo.set(Line::new("COMPLETED", &stamp(completed.unwrap_or(now))));
        }
        Some(false) if shown.is_complete => {
            todo.set(Line::new("STATUS", "NEEDS-ACTION"));
            todo.remove("PERCENT-COMPLETE");
            todo.remove("COMPLETED");
        }
        _ => {}
    }
}

fn put_reminder(todo: &mut Component, task: &Task, shown: &View) -> Result<(), InvalidItem> {
    let time = task.reminder_time.and_then(|time| time.0).map(|time| time.0);
    match (task.reminder_set, time) {
        (Some(false), _) if shown.reminder.is_some() => property::set_reminder(todo, None),
        (Some(true), None) if shown.reminder.is_none() => return Err(InvalidItem::Missing("ReminderTime")),
        // MS-ASTASK_R370: without the element it stays; a time alone moves what is set.
        (Some(true), Some(time)) if shown.reminder != Some(time) => set_alarm(todo, time),
        (None, Some(time)) if shown.reminder.is_some_and(|was| was != time) => set_alarm(todo, time),
        _ => {}
    }
    Ok(())
}

fn set_alarm(todo: &mut Component, time: Timestamp) {
    property::set_alarm(todo, Line::new("TRIGGER", &stamp(time)).with("VALUE", "DATE-TIME"));
}

fn put_recurrence(todo: &mut Component, task: &Task, gone: &impl Fn(Tag) -> bool) -> Result<(), InvalidItem> {
    let shown = recurrence::show(todo);
    let Some(said) = &task.recurrence else {
        if gone(tag::RECURRENCE) && shown.is_some() {
            todo.remove("RRULE");
        }
        return Ok(());
    };
    let mut said = said.clone();
    if let Some(shown) = shown.as_ref().filter(|shown| shown.r#type == said.r#type) {
        // What older versions can't say stays as it is.
        said.first_day_of_week = said.first_day_of_week.or(shown.first_day_of_week);
        said.calendar_type = said.calendar_type.or(shown.calendar_type);
        said.is_leap_month = said.is_leap_month.or(shown.is_leap_month);
    }
    let line = recurrence::read(&said)?;
    let repeated = shown.as_ref().and_then(|shown| recurrence::read(shown).ok());
    if repeated.is_none_or(|repeated| !repeated.says_the_same(&line)) {
        todo.set(line);
    }
    Ok(())
}

fn put_order(todo: &mut Component, task: &Task, shown: &View, gone: &impl Fn(Tag) -> bool) {
    let date =
        task.ordinal_date.map(|d| d.0.map(|d| d.0)).or_else(|| gone(tag::ORDINAL_DATE).then_some(None));
    match date.filter(|date| *date != shown.ordinal_date) {
        Some(Some(at)) => todo.set(Line::new(ORDINAL_DATE, &When::Utc(at).to_value())),
        Some(None) => todo.remove(ORDINAL_DATE),
        None => {}
    }
    let order = task.sub_ordinal_date.clone().or_else(|| gone(tag::SUB_ORDINAL_DATE).then(String::new));
    if let Some(order) = order.filter(|order| *order != shown.sub_ordinal_date.clone().unwrap_or_default()) {
        todo.set_text(SUB_ORDINAL_DATE, Some(order.as_str()).filter(|order| !order.is_empty()));
    }
}

fn put_text(todo: &mut Component, task: &Task, shown: &View) -> Result<(), InvalidItem> {
    let Some(said) =
        property::read_text(task.body.as_ref(), task.legacy_body.as_ref(), task.compressed_rtf.as_ref())?
    else {
        return Ok(());
    };
    if !said.is_shown(shown.text.as_ref()) {
        StoredText::put(said.text.as_ref(), todo);
    }
    Ok(())
}
