//! An event or task as it is stored: the component that stands for the whole, and those that stand for
//! single occurrences.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::rule::Rule;
use super::zone::{Zone, Zones};
use crate::object::{Component, Line, When};

/// Most components that stand for single occurrences.
pub const MAX_OVERRIDES: usize = 1_000;

/// A start and an end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The start as written.
    pub from: When,
    /// The beginning.
    pub start: Timestamp,
    /// The end, exclusive; not before the beginning.
    pub end: Timestamp,
    /// Days from the beginning to the end, of an event that lasts whole days.
    pub days: Option<i32>,
}

impl Span {
    /// The end of an occurrence that lasts as long and begins at another time.
    pub fn end_from(&self, start: When, zone: &TimeZone) -> Timestamp {
        match (self.days, start.date().checked_add(jiff::Span::new().days(self.days.unwrap_or(0)))) {
            (Some(_), Ok(end)) => When::Date(end).at(zone),
            _ => later(start.at(zone), self.end.duration_since(self.start)),
        }
    }
}

/// A time so much later; the last one that there is where that is beyond.
fn later(at: Timestamp, by: SignedDuration) -> Timestamp {
    at.checked_add(by).unwrap_or(Timestamp::MAX)
}

/// A component for one occurrence.
#[derive(Debug, Clone, Copy)]
pub struct Override<'a> {
    /// It.
    pub component: &'a Component,
    /// When the occurrence would begin.
    pub id: Timestamp,
}

/// A stored event or task.
#[derive(Debug)]
pub struct Series<'a> {
    /// Zones by name.
    pub zones: Zones<'a>,
    /// The component that stands for the whole; the first single occurrence where there is none, as in
    /// an invitation to one occurrence.
    pub master: &'a Component,
    /// Whether `master` stands for the whole.
    pub has_master: bool,
    /// Components for single occurrences, by their original start; at most [`MAX_OVERRIDES`].
    pub overrides: Vec<Override<'a>>,
    /// The zone of the start.
    pub zone: Zone,
    /// Start and end of the first occurrence.
    pub span: Span,
    /// How it recurs.
    pub rule: Option<Rule>,
}

impl<'a> Series<'a> {
    /// Looks into an object for components of that name (`VEVENT`, `VTODO`), of a user who lives in
    /// that zone. `None` where there are none, or none with a start that can be understood.
    pub fn new(calendar: &'a Component, name: &'a str, user: &TimeZone) -> Option<Series<'a>> {
        let zones = Zones::new(calendar, user);
        let is_master = |c: &&Component| c.get("RECURRENCE-ID").is_none();
        let all = || calendar.children_named(name);
        let (master, has_master) = match all().find(is_master) {
            Some(master) => (master, true),
            None => (all().next()?, false),
        };
        let span = span(master, &zones)?;
        let zone = master
            .get("DTSTART")
            .or(master.get("DUE"))
            .map_or_else(|| zones.user().clone(), |line| zones.of(line));
        let mut overrides: Vec<Override<'a>> = all()
            .filter(|c| !is_master(c))
            .filter_map(|component| {
                Some(Override { component, id: instant(component.get("RECURRENCE-ID")?, &zones, span.from)? })
            })
            .take(MAX_OVERRIDES)
            .collect();
        overrides.sort_by_key(|o| o.id);
        overrides.dedup_by_key(|o| o.id);
        let rule =
            if has_master { master.get("RRULE").and_then(|line| Rule::parse(&line.value())) } else { None };
        Some(Series { zones, master, has_master, overrides, zone, span, rule })
    }

    /// Whether there is, or may be, more than one occurrence.
    pub fn is_recurring(&self) -> bool {
        self.has_master && (self.rule.is_some() || self.master.get("RDATE").is_some())
    }

    /// Start and end of a component of this series; what an override does not say is as in the series.
    pub fn span_of(&self, one: &Override<'_>) -> Span {
        span(one.component, &self.zones).unwrap_or_else(|| {
            let from = self.when(one.id);
            Span {
                from,
                start: one.id,
                end: self.span.end_from(from, &self.zone.rules),
                days: self.span.days,
            }
        })
    }

    /// A point in time in the form in which the series says its start.
    pub fn when(&self, at: Timestamp) -> When {
        match self.span.from {
            When::Date(_) => When::Date(self.zone.rules.to_datetime(at).date()),
            When::Utc(_) => When::Utc(at),
            When::Local(_) => When::Local(self.zone.rules.to_datetime(at)),
        }
    }

    /// The original starts of occurrences that are left out.
    pub fn left_out(&self) -> impl Iterator<Item = Timestamp> + '_ {
        let lines = self.master.get_all("EXDATE");
        lines.flat_map(move |line| {
            let zone = self.zones.of(line);
            line.whens()
                .into_iter()
                .map(move |when| place(when, self.span.from, &zone.rules))
                .collect::<Vec<_>>()
        })
    }
}

/// The point in time that a line names, which says which occurrence of a series is meant.
fn instant(line: &Line, zones: &Zones<'_>, start: When) -> Option<Timestamp> {
    Some(place(line.when()?, start, &zones.of(line).rules))
}

/// A date names the occurrence of that day; of a series by the day a time names its day.
fn place(when: When, start: When, zone: &TimeZone) -> Timestamp {
    match (when, start) {
        (When::Date(date), When::Local(at)) => When::Local(date.to_datetime(at.time())).at(zone),
        (When::Date(date), When::Utc(at)) => {
            When::Local(date.to_datetime(zone.to_datetime(at).time())).at(zone)
        }
        (When::Utc(at), When::Date(_)) => When::Date(zone.to_datetime(at).date()).at(zone),
        (When::Local(at), When::Date(_)) => When::Date(at.date()).at(zone),
        (when, _) => when.at(zone),
    }
}

/// Start and end of a component: `DTSTART` with `DTEND`, `DUE` or `DURATION`; of a task without a start
/// its `DUE`.
pub fn span(component: &Component, zones: &Zones<'_>) -> Option<Span> {
    let due = component.get("DTEND").or(component.get("DUE"));
    let line = component.get("DTSTART").or(component.get("DUE"))?;
    let from = line.when()?;
    let zone = zones.of(line).rules;
    let start = from.at(&zone);
    let named_end = due.and_then(|line| Some((line.when()?, line)));
    let duration = component.get("DURATION").and_then(Line::duration);
    if let When::Date(first) = from {
        let days = match (named_end, duration) {
            (Some((end, _)), _) => first.until(end.date()).map_or(1, |span| span.get_days()),
            (None, Some(duration)) => duration.days + (duration.seconds / 86_400) as i32,
            (None, None) => 1,
        };
        // An event of a day that ends on it lasts that day, whatever it says.
        let days = days.max(1);
        let end =
            first.checked_add(jiff::Span::new().days(days)).map_or(start, |end| When::Date(end).at(&zone));
        return Some(Span { from, start, end, days: Some(days) });
    }
    let end = match (named_end, duration) {
        (Some((end, line)), _) => end.at(&zones.of(line).rules),
        (None, Some(duration)) => {
            let day = zone.to_datetime(start).checked_add(jiff::Span::new().days(duration.days));
            let day = day.map_or(start, |at| When::Local(at).at(&zone));
            later(day, SignedDuration::from_secs(duration.seconds))
        }
        (None, None) => start,
    };
    Some(Span { from, start, end: end.max(start), days: None })
}
