//! Time zones: what an object says by TZID, what ActiveSync says by a structure of 172 bytes, and the
//! zone of the tz database that is meant.
//!
//! [`Zones`] finds the zones that an object names; [`to_wire`] and [`from_wire`] translate the structure;
//! [`vtimezone`] writes the definition that goes with a TZID.

mod definition;
mod structure;
mod windows;

use std::cell::RefCell;
use std::collections::BTreeMap;

use jiff::tz::TimeZone;

use crate::object::{Component, Line, When};

pub use definition::vtimezone;
pub use structure::{BadZone, from_wire, offset, to_wire};

/// Most zones that are looked up for one object.
const MAX_ZONES: usize = 64;

/// A zone and the name by which objects refer to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Zone {
    /// The TZID: a name of the tz database, or one of our own for a zone that it does not have.
    pub id: String,
    /// Its rules.
    pub rules: TimeZone,
}

impl Zone {
    /// The zone with that name in the tz database.
    pub fn get(name: &str) -> Option<Zone> {
        let rules = TimeZone::get(name).ok()?;
        let id = rules.iana_name()?.to_owned();
        Some(Zone { id, rules })
    }

    /// The zone with these rules; UTC where they have no name.
    pub fn of(rules: &TimeZone) -> Zone {
        match rules.iana_name() {
            Some(name) => Zone { id: name.to_owned(), rules: rules.clone() },
            None => Zone { id: "UTC".to_owned(), rules: TimeZone::UTC },
        }
    }

    /// Whether it is UTC, which is written as such and needs no definition.
    pub fn is_utc(&self) -> bool {
        matches!(self.id.as_str(), "UTC" | "Etc/UTC")
    }
}

/// The zones that an object names.
#[derive(Debug)]
pub struct Zones<'a> {
    calendar: &'a Component,
    user: Zone,
    found: RefCell<BTreeMap<String, Zone>>,
}

impl<'a> Zones<'a> {
    /// For an object of a user who lives in that zone.
    pub fn new(calendar: &'a Component, user: &TimeZone) -> Self {
        Zones { calendar, user: Zone::of(user), found: RefCell::default() }
    }

    /// The zone for dates and times that name none.
    pub fn user(&self) -> &Zone {
        &self.user
    }

    /// The zone of a line with a date or time: what its TZID means, UTC for times in UTC, the user's
    /// for those that name no zone.
    pub fn of(&self, line: &Line) -> Zone {
        match (line.when(), line.param("TZID")) {
            (Some(When::Utc(_)), _) => Zone { id: "UTC".to_owned(), rules: TimeZone::UTC },
            (Some(When::Local(at)), Some(id)) => self.get(id, at.year()),
            _ => self.user.clone(),
        }
    }

    /// The zone that a TZID means; the user's where it means nothing. Rules of definitions are those of
    /// the given year.
    pub fn get(&self, id: &str, year: i16) -> Zone {
        if let Some(zone) = self.found.borrow().get(id) {
            return zone.clone();
        }
        let zone = self.look_up(id, year).unwrap_or_else(|| self.user.clone());
        let mut found = self.found.borrow_mut();
        if found.len() < MAX_ZONES {
            found.insert(id.to_owned(), zone.clone());
        }
        zone
    }

    fn look_up(&self, id: &str, year: i16) -> Option<Zone> {
        let defined =
            self.calendar.children_named("VTIMEZONE").find(|zone| zone.text("TZID").as_deref() == Some(id));
        let location = || defined.and_then(|zone| zone.text("X-LIC-LOCATION"));
        by_name(id)
            .or_else(|| location().and_then(|name| by_name(&name)))
            .or_else(|| definition::rules(defined?, year, &self.user))
    }
}

/// A zone by the names that it goes by in the wild: that of the tz database, the same behind a path
/// (`/mozilla.org/20050126_1/Europe/Berlin`), that of Windows.
pub(super) fn by_name(name: &str) -> Option<Zone> {
    let name = name.trim();
    if let Some(zone) = Zone::get(name).or_else(|| windows::to_iana(name).and_then(Zone::get)) {
        return Some(zone);
    }
    // Names of the tz database have up to three parts.
    let starts: Vec<usize> = name.match_indices('/').map(|(at, _)| at + 1).collect();
    starts.iter().rev().take(3).rev().find_map(|start| Zone::get(name.get(*start..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone(object: &str, id: &str) -> String {
        let calendar = Component::parse_one(object.as_bytes(), "VCALENDAR").unwrap();
        Zones::new(&calendar, &TimeZone::get("Asia/Tokyo").unwrap()).get(id, 2026).id
    }

    #[test]
    fn zones_are_found_by_every_name() {
        for (id, expected) in [
            ("europe/berlin", "Europe/Berlin"),
            ("W. Europe Standard Time", "Europe/Berlin"),
            ("/mozilla.org/20050126_1/America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"),
            ("/freeassociation.sourceforge.net/Tzfile/Europe/Paris", "Europe/Paris"),
            ("Atlantis", "Asia/Tokyo"),
            ("UTC", "UTC"),
        ] {
            assert_eq!(zone("BEGIN:VCALENDAR\nEND:VCALENDAR", id), expected, "{id}");
        }
    }

    #[test]
    fn a_definition_is_understood_by_location_or_rules() {
        let object = "BEGIN:VCALENDAR\nBEGIN:VTIMEZONE\nTZID:a\nX-LIC-LOCATION:Europe/Rome\nEND:VTIMEZONE\n\
            BEGIN:VTIMEZONE\nTZID:Customized Time Zone\n\
            BEGIN:STANDARD\nDTSTART:16010101T020000\nTZOFFSETFROM:-0400\nTZOFFSETTO:-0500\n\
            RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=1SU;BYMONTH=11\nEND:STANDARD\n\
            BEGIN:DAYLIGHT\nDTSTART:16010101T020000\nTZOFFSETFROM:-0500\nTZOFFSETTO:-0400\n\
            RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=2SU;BYMONTH=3\nEND:DAYLIGHT\nEND:VTIMEZONE\n\
            BEGIN:VTIMEZONE\nTZID:odd\nBEGIN:STANDARD\nDTSTART:16010101T020000\nTZOFFSETFROM:+0520\n\
            TZOFFSETTO:+0520\nEND:STANDARD\nEND:VTIMEZONE\nEND:VCALENDAR";
        assert_eq!(zone(object, "a"), "Europe/Rome");
        assert_eq!(zone(object, "Customized Time Zone"), "America/New_York");
        assert_eq!(zone(object, "odd"), "UTC+05:20");
    }
}
