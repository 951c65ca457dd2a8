//! When an event takes place: start, end and zone as phones say them and as objects have them.
//!
//! Up to 14.1 an event of whole days begins at midnight of its zone, told in UTC. From 16.0 on it has no
//! zone: its dates are told as if they were UTC (MS-ASCAL_R2005 to R2008).

use fieldpost_eas::Version;
use fieldpost_eas::time_zone::TimeZone as Structure;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Span as Days, Timestamp};

use crate::calendar::{Series, Span, Zone, Zones, zone};
use crate::convert::InvalidItem;
use crate::convert::property::flag;
use crate::object::{Component, Line, When};

/// Years in which events take place: from the first that Windows can tell to the last that Outlook can.
const YEARS: std::ops::RangeInclusive<i16> = 1601..=4500;

/// The start of a series, as its rule counts.
#[derive(Debug, Clone)]
pub struct Start {
    /// As it is written.
    pub when: When,
    /// The zone in which the rule counts.
    pub zone: TimeZone,
}

impl Start {
    /// By the clock on the wall.
    pub fn civil(&self) -> DateTime {
        self.when.civil()
    }

    /// Whether the event lasts whole days.
    pub fn is_date(&self) -> bool {
        self.when.is_date()
    }
}

/// The start of a component of a series.
pub fn start(component: &Component, series: &Series<'_>) -> Start {
    let when = component.get("DTSTART").and_then(Line::when).unwrap_or(series.span.from);
    Start { when, zone: series.zone.rules.clone() }
}

/// Midnight as phones are told it.
pub fn midnight(date: Date, zone: &TimeZone, version: Version) -> Timestamp {
    if version >= Version::V16_0 { When::Date(date).at(&TimeZone::UTC) } else { When::Date(date).at(zone) }
}

/// When a component takes place, as phones are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shown {
    /// The beginning.
    pub start: Timestamp,
    /// The end, exclusive.
    pub end: Timestamp,
    /// Whether it lasts whole days.
    pub is_all_day: bool,
}

impl Shown {
    /// That of a component with that span.
    pub fn of(component: &Component, span: &Span, zone: &TimeZone, version: Version) -> Shown {
        let (from, to) = (zone.to_datetime(span.start), zone.to_datetime(span.end));
        let is_midnight = |at: DateTime| at.time() == Time::midnight();
        let is_all_day = span.days.is_some()
            || (flag(component, "X-MICROSOFT-CDO-ALLDAYEVENT")
                && is_midnight(from)
                && is_midnight(to)
                && from < to);
        if is_all_day && version >= Version::V16_0 {
            let stamp = |at: DateTime| midnight(at.date(), zone, version);
            return Shown { start: stamp(from), end: stamp(to), is_all_day };
        }
        Shown { start: span.start, end: span.end, is_all_day }
    }
}

/// An original start as phones are told it: `ExceptionStartTime`, `InstanceId`.
pub fn show_id(id: Timestamp, series: &Series<'_>, version: Version) -> Timestamp {
    match series.span.from {
        When::Date(_) => midnight(series.zone.rules.to_datetime(id).date(), &series.zone.rules, version),
        _ => id,
    }
}

/// The original start that a phone means.
pub fn read_id(told: Timestamp, series: &Series<'_>, version: Version) -> Timestamp {
    let zone = &series.zone.rules;
    match series.span.from {
        When::Date(_) => When::Date(nearest_day(told, zone, version)).at(zone),
        _ => told,
    }
}

/// The day that a phone means by a midnight. Phones that are in another zone than they say are out by
/// some hours.
fn nearest_day(told: Timestamp, zone: &TimeZone, version: Version) -> Date {
    if version >= Version::V16_0 {
        return TimeZone::UTC.to_datetime(told).date();
    }
    let local = zone.to_datetime(told);
    local.checked_add(Days::new().hours(12)).map_or(local.date(), DateTime::date)
}

/// The zone as phones are told. A series that goes on is told by present rules, if these hold for its
/// first occurrence too; phones know only one pair of rules.
pub fn show_zone(series: &Series<'_>, now: Timestamp) -> Structure {
    let start = series.span.start;
    let of_start = zone::to_wire(&series.zone, start);
    if !series.is_recurring() || start >= now {
        return of_start;
    }
    let of_now = zone::to_wire(&series.zone, now);
    let real = series.zone.rules.to_offset(start).seconds() / 60 * 60;
    if zone::offset(&of_now, start) == Some(real) { of_now } else { of_start }
}

/// Whether a phone repeats the zone that it was shown; names it may have translated.
pub fn is_zone_shown(told: &Structure, series: &Series<'_>, now: Timestamp) -> bool {
    let shown = show_zone(series, now);
    let names = (told.standard_name.clone(), told.daylight_name.clone());
    Structure { standard_name: names.0, daylight_name: names.1, ..shown } == *told
}

/// How times are written: in UTC, by the clock on the wall of a zone that is named, or wherever one is.
#[derive(Debug, Clone, PartialEq)]
pub enum Form {
    /// With `Z`.
    Utc,
    /// Without a zone.
    Floating,
    /// With a `TZID`.
    Named(String),
}

/// When an event is to take place, as it will be stored.
#[derive(Debug, Clone)]
pub struct Times {
    /// The start.
    pub from: When,
    /// The end, exclusive, in the same form.
    pub to: When,
    /// The zone of both.
    pub zone: Zone,
    /// How they are written, unless they are dates.
    pub form: Form,
}

impl Times {
    /// What a phone means by its times; `old` is the zone in which the event was, and how its times
    /// were written.
    pub fn read(
        told: Shown,
        zone: Zone,
        old: Option<(&Zone, Form)>,
        version: Version,
    ) -> Result<Times, InvalidItem> {
        let wrong = |element, reason| InvalidItem::Wrong { element, reason };
        for (element, at) in [("StartTime", told.start), ("EndTime", told.end)] {
            if !YEARS.contains(&TimeZone::UTC.to_datetime(at).year()) {
                return Err(wrong(element, "not in this age"));
            }
        }
        if told.end < told.start {
            return Err(wrong("EndTime", "before the start"));
        }
        let form = match old {
            Some((old, form)) if *old == zone => form,
            _ if zone.is_utc() => Form::Utc,
            _ => Form::Named(zone.id.clone()),
        };
        if told.is_all_day {
            let from = nearest_day(told.start, &zone.rules, version);
            let to = nearest_day(told.end, &zone.rules, version);
            let next = from.tomorrow().unwrap_or(from);
            return Ok(Times { from: When::Date(from), to: When::Date(to.max(next)), zone, form });
        }
        let place = |at: Timestamp| match form {
            Form::Utc => When::Utc(at),
            _ => When::Local(zone.rules.to_datetime(at)),
        };
        // To the second, as objects have it.
        let whole = |at: Timestamp| Timestamp::from_second(at.as_second()).unwrap_or(at);
        let (from, to) = (place(whole(told.start)), place(whole(told.end)));
        Ok(Times { from, to, zone, form })
    }

    /// The start, as rules count.
    pub fn start(&self) -> Start {
        Start { when: self.from, zone: self.zone.rules.clone() }
    }

    /// Puts them into a component.
    pub fn put(&self, component: &mut Component) {
        component.remove("DURATION");
        for (name, when) in [("DTSTART", self.from), ("DTEND", self.to)] {
            let line = component.get(name).cloned();
            component.set(self.write(line.unwrap_or_else(|| Line::new(name, "")), when));
        }
        if component.get("X-MICROSOFT-CDO-ALLDAYEVENT").is_some() {
            let is = if self.from.is_date() { "TRUE" } else { "FALSE" };
            component.set_text("X-MICROSOFT-CDO-ALLDAYEVENT", Some(is));
        }
    }

    fn write(&self, mut line: Line, when: When) -> Line {
        let zone = match &self.form {
            Form::Named(id) if !when.is_date() => Some(id.as_str()),
            _ => None,
        };
        line.set_param("VALUE", when.is_date().then_some("DATE"));
        line.set_param("TZID", zone);
        line.set_value(&when.to_value());
        line
    }

    /// Defines the zone that they name, where the object does not.
    pub fn define(&self, calendar: &mut Component) {
        let Form::Named(id) = &self.form else { return };
        let is_defined = calendar.children_named("VTIMEZONE").any(|z| z.text("TZID").as_ref() == Some(id));
        if self.from.is_date() || is_defined {
            return;
        }
        let definition = zone::vtimezone(&self.zone, self.from.at(&self.zone.rules));
        calendar.push_component_first(definition);
    }
}

/// How a component's times are written.
pub fn form(component: &Component) -> Form {
    let Some(line) = component.get("DTSTART") else { return Form::Utc };
    match (line.when(), line.param("TZID")) {
        (Some(When::Local(_)), Some(id)) => Form::Named(id.to_owned()),
        (Some(When::Local(_)), None) => Form::Floating,
        _ => Form::Utc,
    }
}

/// The zone that a phone means: that of the event or of the user if it may be one of these.
pub fn read_zone(
    told: Option<&Structure>,
    at: Timestamp,
    old: &Zone,
    zones: &Zones<'_>,
) -> Result<Zone, InvalidItem> {
    match told {
        Some(told) => zone::from_wire(told, at, &[old, zones.user()])
            .map_err(|_| InvalidItem::Wrong { element: "Timezone", reason: "no such zone" }),
        None => Ok(old.clone()),
    }
}

/// A line that names an original start in the form in which the series says its start.
pub fn id_line(name: &str, id: Timestamp, series: &Series<'_>) -> Line {
    let when = series.when(id);
    let mut line = Line::new(name, "");
    if when.is_date() {
        line.set_param("VALUE", Some("DATE"));
    } else if let (When::Local(_), Form::Named(zone)) = (when, form(series.master)) {
        line.set_param("TZID", Some(&zone));
    }
    line.set_value(&when.to_value());
    line
}

/// Half an hour.
pub const HALF_HOUR: SignedDuration = SignedDuration::from_mins(30);

/// The start and end of an event that a phone adds without one of them (MS-ASCAL_R52511 to R52518).
pub fn defaults(
    start: Option<Timestamp>,
    end: Option<Timestamp>,
    now: Timestamp,
) -> Result<(Timestamp, Timestamp), InvalidItem> {
    const STEP: i64 = 1800;
    let seconds = (now.as_second() + STEP / 2).div_euclid(STEP) * STEP;
    let rounded = Timestamp::from_second(seconds).unwrap_or(now);
    let later = rounded.checked_add(HALF_HOUR).unwrap_or(rounded);
    match (start, end) {
        (Some(start), Some(end)) => Ok((start, end)),
        (None, None) => Ok((rounded, later)),
        (None, Some(end)) if end < now || rounded > end => {
            Err(InvalidItem::Wrong { element: "EndTime", reason: "past, and there is no start" })
        }
        (None, Some(end)) => Ok((rounded, end)),
        (Some(start), None) if start > now => Err(InvalidItem::Missing("EndTime")),
        (Some(start), None) => Ok((start, later)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    // MS-ASCAL_R52511, MS-ASCAL_R52514, MS-ASCAL_R52515, MS-ASCAL_R52516, MS-ASCAL_R5251611
    // MS-ASCAL_R52517, MS-ASCAL_R52518
    #[test]
    fn what_is_missing_is_made_of_now() {
        let now = at("2026-11-23T10:14:00Z");
        let (past, future) = (at("2026-11-23T08:00:00Z"), at("2026-11-23T12:00:00Z"));
        let (rounded, later) = (at("2026-11-23T10:00:00Z"), at("2026-11-23T10:30:00Z"));
        assert_eq!(defaults(Some(past), Some(future), now), Ok((past, future)));
        assert_eq!(defaults(None, None, now), Ok((rounded, later)));
        assert_eq!(defaults(None, None, at("2026-11-23T10:16:00Z")).unwrap().0, later);
        assert!(defaults(None, Some(past), now).is_err());
        assert_eq!(defaults(None, Some(future), now), Ok((rounded, future)));
        // The end is to come, but the rounded time is later still.
        assert!(defaults(None, Some(at("2026-11-23T10:20:00Z")), at("2026-11-23T10:16:00Z")).is_err());
        assert_eq!(defaults(Some(past), None, now), Ok((past, later)));
        assert!(defaults(Some(future), None, now).is_err());
    }
}
