//! A stored event or an iTIP message, looked at as a meeting: the series (or the one event), its
//! instances that differ, who organizes it and who comes.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::person::Person;
use super::times::Zones;
use crate::calendar::Series;
use crate::convert::User;
use crate::object::{Component, Line, ParseError, When};

/// Most attendees that are looked at; those beyond are not written to.
pub const MAX_ATTENDEES: usize = 1_000;
/// Most components of one object.
pub const MAX_COMPONENTS: usize = 2_000;

/// An object that is no meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// Its lines can't be read.
    #[error(transparent)]
    Lines(#[from] ParseError),
    /// No calendar, or no event in it.
    #[error("there is no event in it")]
    NoEvent,
    /// An event without `UID`, or with one of more than 1,000 characters.
    #[error("the event has no usable UID")]
    NoUid,
    /// More than [`MAX_COMPONENTS`].
    #[error("it has more than {MAX_COMPONENTS} components")]
    TooMany,
}

/// A calendar with the events of one `UID`.
#[derive(Debug, Clone)]
pub struct Meeting {
    /// The whole object.
    pub calendar: Component,
    /// Its time zones.
    pub zones: Zones,
    uid: String,
}

impl Meeting {
    /// Reads an object. Events of other UIDs than the first one's are left out: a message speaks of one
    /// meeting (RFC 5546 3.2.2).
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn read(bytes: &[u8]) -> Result<Meeting, Unreadable> {
        let mut calendar = Component::parse_one(bytes, "VCALENDAR")?;
        if calendar.children().count() > MAX_COMPONENTS {
            return Err(Unreadable::TooMany);
        }
        let first = calendar.children_named("VEVENT").next().ok_or(Unreadable::NoEvent)?;
        let uid = first.text("UID").map(|uid| uid.trim().to_owned()).unwrap_or_default();
        if uid.is_empty() || uid.chars().count() > 1_000 {
            return Err(Unreadable::NoUid);
        }
        calendar
            .retain_components(|c| !c.is("VEVENT") || c.text("UID").is_some_and(|other| other.trim() == uid));
        let zones = Zones::of(&calendar);
        Ok(Meeting { calendar, zones, uid })
    }

    /// The meeting's `UID`.
    pub fn uid(&self) -> &str {
        &self.uid
    }

    /// The events, the series first where it stands first.
    pub fn events(&self) -> impl Iterator<Item = &Component> {
        self.calendar.children_named("VEVENT")
    }

    /// The events, to be changed.
    pub fn events_mut(&mut self) -> impl Iterator<Item = &mut Component> {
        self.calendar.children_mut().filter(|c| c.is("VEVENT"))
    }

    /// The series, or the event where there is one alone.
    pub fn master(&self) -> Option<&Component> {
        self.events().find(|event| event.get("RECURRENCE-ID").is_none())
    }

    /// The same, to be changed.
    pub fn master_mut(&mut self) -> Option<&mut Component> {
        self.events_mut().find(|event| event.get("RECURRENCE-ID").is_none())
    }

    /// The series or, where the object has only instances, the first of them.
    pub fn chief(&self) -> Option<&Component> {
        self.master().or_else(|| self.events().next())
    }

    /// The instances that differ, with their original starts.
    pub fn overrides(&self) -> impl Iterator<Item = (Timestamp, &Component)> {
        self.events().filter_map(|event| Some((self.recurrence_id(event)?, event)))
    }

    /// The instance with that original start, where it differs.
    pub fn instance(&self, start: Timestamp) -> Option<&Component> {
        self.overrides().find(|(id, _)| *id == start).map(|(_, event)| event)
    }

    /// The same, to be changed.
    pub fn instance_mut(&mut self, start: Timestamp) -> Option<&mut Component> {
        let at = self.events().position(|event| self.recurrence_id(event) == Some(start))?;
        self.events_mut().nth(at)
    }

    /// Takes an instance that differs away.
    pub fn remove_instance(&mut self, start: Timestamp) {
        let zones = self.zones.clone();
        let is_it = |event: &Component| {
            event.is("VEVENT") && event.get("RECURRENCE-ID").and_then(|line| zones.at(line)) == Some(start)
        };
        self.calendar.retain_components(|event| !is_it(event));
    }

    /// The original start of an instance that differs.
    pub fn recurrence_id(&self, event: &Component) -> Option<Timestamp> {
        self.zones.at(event.get("RECURRENCE-ID")?)
    }

    /// The point in time that a line tells.
    pub fn at(&self, line: &Line) -> Option<Timestamp> {
        self.zones.at(line)
    }

    /// When an event begins.
    pub fn start(&self, event: &Component) -> Option<Timestamp> {
        self.zones.at(event.get("DTSTART")?)
    }

    /// When it ends (RFC 5545 3.6.1: a day without an end lasts a day, a time without one no time).
    pub fn end(&self, event: &Component) -> Option<Timestamp> {
        if let Some(end) = event.get("DTEND") {
            return self.zones.at(end);
        }
        let begin = event.get("DTSTART")?;
        let start = self.zones.at(begin)?;
        let lasts = match event.get("DURATION").and_then(Line::duration) {
            Some(duration) => duration.exact(),
            None if begin.when().is_some_and(When::is_date) => jiff::SignedDuration::from_hours(24),
            None => jiff::SignedDuration::ZERO,
        };
        start.checked_add(lasts).ok()
    }

    /// Whether it repeats.
    pub fn is_series(&self) -> bool {
        self.master().is_some_and(|master| master.get("RRULE").is_some() || master.get("RDATE").is_some())
    }

    /// Whether the series has an instance with that original start.
    pub fn has_instance(&self, start: Timestamp) -> bool {
        self.series().is_some_and(|series| series.has(start))
    }

    fn series(&self) -> Option<Series<'_>> {
        Series::new(&self.calendar, "VEVENT", &TimeZone::UTC)
    }

    /// The original starts of the instances that were taken out of the series.
    pub fn excluded(&self) -> Vec<Timestamp> {
        let Some(master) = self.master() else { return Vec::new() };
        master.get_all("EXDATE").flat_map(|line| self.zones.all(line)).collect()
    }

    /// Takes an instance out of the series.
    pub fn exclude(&mut self, start: Timestamp) {
        self.remove_instance(start);
        if self.excluded().contains(&start) {
            return;
        }
        let zones = self.zones.clone();
        if let Some(master) = self.master_mut() {
            let Some(line) = master.get("DTSTART").map(|begin| zones.line_like("EXDATE", begin, start))
            else {
                return;
            };
            master.push(line);
        }
    }

    /// Puts an instance that was taken out back.
    pub fn include(&mut self, start: Timestamp) {
        let zones = self.zones.clone();
        let Some(master) = self.master_mut() else { return };
        let lines: Vec<Line> = master
            .get_all("EXDATE")
            .filter_map(|line| {
                let kept: Vec<When> = line
                    .whens()
                    .into_iter()
                    .filter(|when| zones.resolve(*when, line) != Some(start))
                    .collect();
                let values: Vec<String> = kept.iter().map(|when| when.to_value()).collect();
                let mut line = line.clone();
                if kept.len() < line.whens().len() {
                    line.set_value(&values.join(","));
                }
                (!values.is_empty()).then_some(line)
            })
            .collect();
        master.set_all("EXDATE", lines);
    }

    /// Who organizes it, as its first event says.
    pub fn organizer(&self) -> Option<Person> {
        Person::of(self.chief()?.get("ORGANIZER")?)
    }

    /// Whether the user organizes it.
    pub fn is_organized_by(&self, user: &User) -> bool {
        self.organizer().is_some_and(|organizer| user.has_address(&organizer.address))
    }

    /// The greatest `SEQUENCE` in it.
    pub fn sequence(&self) -> u32 {
        self.events().map(sequence).max().unwrap_or(0)
    }

    /// Whether the last of it is over.
    pub fn is_over(&self, now: Timestamp) -> bool {
        self.series().and_then(|series| series.last_end()).is_some_and(|end| end < now)
    }
}

/// `SEQUENCE`, 0 where there is none (RFC 5545 3.8.7.4).
pub fn sequence(event: &Component) -> u32 {
    event.get("SEQUENCE").and_then(|line| line.value().trim().parse().ok()).unwrap_or(0)
}

/// `DTSTAMP`.
pub fn stamp(event: &Component) -> Option<Timestamp> {
    match event.get("DTSTAMP")?.when()? {
        When::Utc(at) => Some(at),
        // Others are wrong (RFC 5545 3.8.7.2), but better than none.
        other => Some(other.at(&TimeZone::UTC)),
    }
}

/// The lines of those who are invited and can be written to, each once.
pub fn attendees(event: &Component) -> Vec<(&Line, Person)> {
    let mut found: Vec<(&Line, Person)> = Vec::new();
    for line in event.get_all("ATTENDEE").take(MAX_ATTENDEES) {
        let Some(person) = Person::of(line) else { continue };
        if !found.iter().any(|(_, known)| known.is(&person.address)) {
            found.push((line, person));
        }
    }
    found
}

/// The line of one who is invited.
pub fn attendee_mut(event: &mut Component, is_it: impl Fn(&str) -> bool) -> Option<&mut Line> {
    event.lines_mut().find(|line| {
        line.name() == "ATTENDEE" && Person::of(line).is_some_and(|person| is_it(&person.address))
    })
}

/// The line of one who is invited.
pub fn attendee(event: &Component, is_it: impl Fn(&str) -> bool) -> Option<&Line> {
    event.get_all("ATTENDEE").find(|line| Person::of(line).is_some_and(|person| is_it(&person.address)))
}

/// Whether `STATUS` says that it does not take place.
pub fn is_cancelled(event: &Component) -> bool {
    event.get("STATUS").is_some_and(|line| line.value().trim().eq_ignore_ascii_case("CANCELLED"))
}

/// Marks when an event was last written, and how often it was changed in what matters.
pub fn mark(event: &mut Component, sequence: u32, now: Timestamp) {
    event.set(Line::new("SEQUENCE", &sequence.to_string()));
    event.set(Line::new("DTSTAMP", &When::Utc(now).to_value()));
}
