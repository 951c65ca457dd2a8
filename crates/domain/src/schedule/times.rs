//! Points in time as the lines of one calendar tell them.

use std::collections::HashMap;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::calendar;
use crate::object::{Component, Line, When};

/// Most zones that are looked up for one calendar.
const MAX_ZONES: usize = 64;

/// The time zones that a calendar names. What names none is taken as UTC.
#[derive(Debug, Clone, Default)]
pub struct Zones {
    known: HashMap<String, TimeZone>,
}

impl Zones {
    /// Finds the zones of a calendar.
    pub fn of(calendar: &Component) -> Zones {
        let mut known = HashMap::new();
        let zones = calendar::Zones::new(calendar, &TimeZone::UTC);
        for event in calendar.children().filter(|c| !c.is("VTIMEZONE")) {
            for line in event.lines() {
                let Some(name) = line.param("TZID").filter(|name| !known.contains_key(*name)) else {
                    continue;
                };
                if known.len() >= MAX_ZONES {
                    return Zones { known };
                }
                known.insert(name.to_owned(), zones.of(line).rules);
            }
        }
        Zones { known }
    }

    /// The zone of a line.
    pub fn zone(&self, line: &Line) -> TimeZone {
        let named = line.param("TZID").and_then(|name| self.known.get(name));
        named.cloned().unwrap_or(TimeZone::UTC)
    }

    /// The point in time that a line tells.
    pub fn at(&self, line: &Line) -> Option<Timestamp> {
        self.resolve(line.when()?, line)
    }

    /// The points in time that a line tells.
    pub fn all(&self, line: &Line) -> Vec<Timestamp> {
        line.whens().into_iter().filter_map(|when| self.resolve(when, line)).collect()
    }

    /// One of them.
    pub fn resolve(&self, when: When, line: &Line) -> Option<Timestamp> {
        Some(when.at(&self.zone(line)))
    }

    /// A line that tells a point in time in the way in which another one does: as a day, by the clock of
    /// its zone, or in UTC.
    pub fn line_like(&self, name: &str, like: &Line, at: Timestamp) -> Line {
        let zone = self.zone(like);
        match like.when() {
            Some(When::Date(_)) => {
                Line::new(name, &When::Date(zone.to_datetime(at).date()).to_value()).with("VALUE", "DATE")
            }
            Some(When::Local(_)) => {
                let line = Line::new(name, &When::Local(zone.to_datetime(at)).to_value());
                match like.param("TZID") {
                    Some(id) => line.with("TZID", id),
                    None => line,
                }
            }
            Some(When::Utc(_)) | None => Line::new(name, &When::Utc(at).to_value()),
        }
    }
}
