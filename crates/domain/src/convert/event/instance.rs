//! Single occurrences of a series: changed and left out, in 16.x by `InstanceId` ([MS-ASAIRS] 2.2.2.26),
//! before that by exceptions.

use fieldpost_eas::Version;
use fieldpost_eas::item::Event;
use jiff::Timestamp;

use super::show::View;
use super::store::{Said, master, touch};
use super::time::{self, Shown, Times};
use super::{MAX_EXCEPTIONS, attachment, series};
use crate::convert::{InvalidItem, PatchContext, User};
use crate::object::{Component, Line};

/// When an occurrence takes place, as far as the phone says it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Moved {
    pub start: Option<Timestamp>,
    pub end: Option<Timestamp>,
    pub is_all_day: Option<bool>,
    /// Whether what it does not say is as in the series; else as it is now.
    pub is_complete: bool,
}

/// The object after a phone's change of one occurrence in 16.x. What it does not say stays.
///
/// # Errors
/// [`InvalidItem::NoSuchInstance`] where the series has no such occurrence; else like
/// [`super::patch`].
pub fn patch_instance(
    content: &[u8],
    id: Timestamp,
    update: &Event,
    cx: &PatchContext<'_>,
) -> Result<Vec<u8>, InvalidItem> {
    if update.recurrence.is_some() {
        return Err(InvalidItem::Misplaced("Recurrence"));
    }
    if update.end_time.is_some() && update.start_time.is_none() {
        return Err(InvalidItem::Missing("StartTime"));
    }
    let mut calendar = Component::parse_one(content, "VCALENDAR")?;
    let times = Moved {
        start: update.start_time.map(|at| at.0),
        end: update.end_time.map(|at| at.0),
        is_all_day: update.all_day_event,
        is_complete: false,
    };
    let said = Said::of_event(update)?;
    change(&mut calendar, id, &times, &said, cx.user, cx.version, (cx.now, cx.now))?;
    if !update.attachments.is_empty() {
        let original = time::read_id(id, &series(&calendar, cx.user)?, cx.version);
        let occurrence = find(&mut calendar, original, cx.user)?.ok_or(InvalidItem::NoSuchInstance)?;
        attachment::change(occurrence, &update.attachments, cx.item)?;
    }
    Ok(calendar.to_bytes())
}

/// The object after a phone deleted one occurrence in 16.x.
///
/// # Errors
/// [`InvalidItem::NoSuchInstance`] where the series has no such occurrence, or was left out already.
pub fn delete_instance(content: &[u8], id: Timestamp, cx: &PatchContext<'_>) -> Result<Vec<u8>, InvalidItem> {
    let mut calendar = Component::parse_one(content, "VCALENDAR")?;
    {
        let series = series(&calendar, cx.user)?;
        if !series.has(time::read_id(id, &series, cx.version)) {
            return Err(InvalidItem::NoSuchInstance);
        }
    }
    leave_out(&mut calendar, id, cx.user, cx.version)?;
    touch(master(&mut calendar)?, cx.now, cx.now);
    Ok(calendar.to_bytes())
}

/// The component for an occurrence.
fn find<'c>(
    calendar: &'c mut Component,
    id: Timestamp,
    user: &User,
) -> Result<Option<&'c mut Component>, InvalidItem> {
    let line = {
        let series = series(calendar, user)?;
        let one = series.overrides.iter().find(|o| o.id == id);
        one.and_then(|o| o.component.get("RECURRENCE-ID")).map(|line| line.raw().to_vec())
    };
    let is_it =
        |c: &Component, raw: &[u8]| c.is("VEVENT") && c.get("RECURRENCE-ID").is_some_and(|l| l.raw() == raw);
    Ok(line.and_then(|raw| calendar.children_mut().find(|c| is_it(c, &raw))))
}

/// Leaves an occurrence out. One that is no occurrence is none afterwards either.
pub fn leave_out(
    calendar: &mut Component,
    told: Timestamp,
    user: &User,
    version: Version,
) -> Result<(), InvalidItem> {
    let (line, is_regular, id, is_out) = {
        let series = series(calendar, user)?;
        let id = time::read_id(told, &series, version);
        let is_out = series.left_out().any(|at| at == id);
        (time::id_line("EXDATE", id, &series), series.is_regular(id), id, is_out)
    };
    if let Some(occurrence) = find(calendar, id, user)? {
        let raw = occurrence.get("RECURRENCE-ID").map(|line| line.raw().to_vec());
        calendar.retain_components(|c| {
            !c.is("VEVENT") || c.get("RECURRENCE-ID").map(Line::raw) != raw.as_deref()
        });
    }
    if is_regular && !is_out {
        let vevent = master(calendar)?;
        if vevent.get_all("EXDATE").count() > 4 * MAX_EXCEPTIONS {
            return Err(InvalidItem::TooMany { element: "Exception", most: MAX_EXCEPTIONS });
        }
        vevent.push(line);
    }
    Ok(())
}

/// Changes an occurrence, which becomes a component of its own. `stamps` are those of the phone and of
/// now.
pub fn change(
    calendar: &mut Component,
    told: Timestamp,
    moved: &Moved,
    said: &Said,
    user: &User,
    version: Version,
    stamps: (Timestamp, Timestamp),
) -> Result<(), InvalidItem> {
    let id = time::read_id(told, &series(calendar, user)?, version);
    let is_new = find(calendar, id, user)?.is_none();
    if is_new {
        split_off(calendar, id, user)?;
    }
    let before = find(calendar, id, user)?.cloned().ok_or(InvalidItem::NoSuchInstance)?;
    let (shown, times) = {
        let series = series(calendar, user)?;
        let one = series.overrides.iter().find(|o| o.id == id).ok_or(InvalidItem::NoSuchInstance)?;
        let span = series.span_of(one);
        let shown = View::of(one.component, &span, &series, user, version);
        let was = if moved.is_complete {
            // As in the series, but for what is said.
            let end = series.span.end_from(series.when(id), &series.zone.rules);
            let regular =
                crate::calendar::Span { from: series.when(id), start: id, end, days: series.span.days };
            Shown::of(series.master, &regular, &series.zone.rules, version)
        } else {
            shown.times
        };
        let start = moved.start.unwrap_or(was.start);
        let kept = was.end.duration_since(was.start);
        let end = moved.end.unwrap_or_else(|| start.checked_add(kept).unwrap_or(start));
        let wanted = Shown { start, end, is_all_day: moved.is_all_day.unwrap_or(was.is_all_day) };
        let times = if wanted == shown.times {
            None
        } else {
            let zone = series.zone.clone();
            Some(Times::read(wanted, zone, Some((&series.zone, time::form(series.master))), version)?)
        };
        (shown, times)
    };
    let occurrence = find(calendar, id, user)?.ok_or(InvalidItem::NoSuchInstance)?;
    if let Some(times) = &times {
        times.put(occurrence);
    }
    said.put(occurrence, &shown, version)?;
    if is_new || *occurrence != before {
        touch(occurrence, stamps.0, stamps.1);
    }
    if let Some(times) = &times {
        times.define(calendar);
    }
    Ok(())
}

/// Makes a component for an occurrence that was none, like the whole in everything but its time.
fn split_off(calendar: &mut Component, id: Timestamp, user: &User) -> Result<(), InvalidItem> {
    let (occurrence, is_out) = {
        let series = series(calendar, user)?;
        if !series.is_recurring() || !series.is_regular(id) {
            return Err(InvalidItem::NoSuchInstance);
        }
        if series.overrides.len() >= crate::calendar::MAX_OVERRIDES {
            return Err(InvalidItem::TooMany { element: "Exception", most: crate::calendar::MAX_OVERRIDES });
        }
        let mut occurrence = series.master.clone();
        for name in ["RRULE", "RDATE", "EXDATE", "EXRULE"] {
            occurrence.remove(name);
        }
        let from = series.when(id);
        let end = series.span.end_from(from, &series.zone.rules);
        let times =
            Times { from, to: series.when(end), zone: series.zone.clone(), form: time::form(series.master) };
        times.put(&mut occurrence);
        occurrence.push(time::id_line("RECURRENCE-ID", id, &series));
        (occurrence, series.left_out().any(|at| at == id))
    };
    if is_out {
        // It takes place after all.
        put_back(calendar, id, user)?;
    }
    calendar.push_component(occurrence);
    Ok(())
}

/// Takes an original start out of those that are left out.
fn put_back(calendar: &mut Component, id: Timestamp, user: &User) -> Result<(), InvalidItem> {
    let lines = {
        let series = series(calendar, user)?;
        let others = series.left_out().filter(|at| *at != id);
        others.map(|at| time::id_line("EXDATE", at, &series)).collect()
    };
    master(calendar)?.set_all("EXDATE", lines);
    Ok(())
}
