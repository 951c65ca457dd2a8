//! Dates of tasks. Phones say each twice: by the clock on the wall, written as if it were UTC, and in UTC.
//! A date without a time is midnight.

use fieldpost_eas::codec::OrEmpty;
use fieldpost_eas::date::DateTime;
use jiff::Timestamp;
use jiff::civil::{self, Time};
use jiff::tz::TimeZone;

use crate::calendar::{Zone, Zones, zone};
use crate::convert::InvalidItem;
use crate::object::{Component, Line, When};

/// Years in which tasks are due.
const YEARS: std::ops::RangeInclusive<i16> = 1601..=4500;

/// A date as phones are told: local and in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    /// By the clock on the wall, as if it were UTC.
    pub local: Timestamp,
    /// In UTC.
    pub utc: Timestamp,
}

/// A local time as if it were UTC.
pub fn as_utc(local: civil::DateTime) -> Timestamp {
    When::Local(local).at(&TimeZone::UTC)
}

/// The local time that was written as if it were UTC.
pub fn as_local(at: Timestamp) -> civil::DateTime {
    TimeZone::UTC.to_datetime(at)
}

/// What a line says.
pub fn show(line: &Line, zones: &Zones<'_>) -> Option<Told> {
    let when = line.when()?;
    let utc = when.at(&zones.of(line).rules);
    let local = match when {
        When::Date(_) => when.civil(),
        // By the user's clock, wherever the one who wrote it lives.
        _ => zones.user().rules.to_datetime(utc),
    };
    Some(Told { local: as_utc(local), utc })
}

/// What a phone says of a date: nothing, that there is none, or when.
pub fn said(
    local: Option<OrEmpty<DateTime>>,
    utc: Option<OrEmpty<DateTime>>,
    user: &TimeZone,
) -> Option<Option<Told>> {
    let is_said = local.is_some() || utc.is_some();
    let given = |date: Option<OrEmpty<DateTime>>| date.and_then(|d| d.0).map(|d| d.0);
    match (given(local), given(utc)) {
        (Some(local), Some(utc)) => Some(Some(Told { local, utc })),
        (Some(local), None) => Some(Some(Told { local, utc: When::Local(as_local(local)).at(user) })),
        (None, Some(utc)) => Some(Some(Told { local: as_utc(user.to_datetime(utc)), utc })),
        (None, None) => is_said.then_some(None),
    }
}

/// Whether a date has no time of day.
pub fn is_day(told: Told) -> bool {
    as_local(told.local).time() == Time::midnight()
}

/// The line for a date: a day, or a time in the user's zone.
pub fn line(name: &'static str, told: Told, by_day: bool, user: &Zone) -> Result<Line, InvalidItem> {
    if !YEARS.contains(&as_local(told.local).year()) || !YEARS.contains(&as_local(told.utc).year()) {
        return Err(InvalidItem::Wrong { element: name, reason: "not in this age" });
    }
    if by_day {
        let when = When::Date(as_local(told.local).date());
        return Ok(Line::new(name, &when.to_value()).with("VALUE", "DATE"));
    }
    if user.is_utc() {
        return Ok(Line::new(name, &When::Utc(told.utc).to_value()));
    }
    let when = When::Local(user.rules.to_datetime(told.utc));
    Ok(Line::new(name, &when.to_value()).with("TZID", &user.id))
}

/// Defines the user's zone, where a task names it and the object does not define it.
pub fn define(calendar: &mut Component, user: &Zone, at: Timestamp) {
    let names_it = |c: &Component| c.lines().any(|line| line.param("TZID") == Some(user.id.as_str()));
    let is_needed = calendar.children_named("VTODO").any(names_it);
    let is_defined =
        calendar.children_named("VTIMEZONE").any(|z| z.text("TZID").as_deref() == Some(&user.id));
    if is_needed && !is_defined {
        calendar.push_component_first(zone::vtimezone(user, at));
    }
}
