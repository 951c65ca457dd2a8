//! Which occurrences a stored event has: the rule, further dates (`RDATE`), dates left out (`EXDATE`)
//! and occurrences that were changed (`RECURRENCE-ID`).

use std::collections::HashSet;

use jiff::Timestamp;

use super::series::{Series, Span};
use crate::object::When;

/// Most occurrences in one answer.
pub const MAX_IN_WINDOW: usize = 10_000;

/// One occurrence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Occurrence {
    /// When the series would let it begin: by this it is known.
    pub id: Timestamp,
    /// The beginning.
    pub start: Timestamp,
    /// The end, exclusive.
    pub end: Timestamp,
    /// Whether it lasts whole days.
    pub is_all_day: bool,
    /// Its place in [`Series::overrides`], where it was changed.
    pub changed: Option<usize>,
}

impl Series<'_> {
    /// The occurrences as the rule and the further dates have them until `last`, in order, none left
    /// out or changed.
    pub fn regular(&self, last: Timestamp) -> Vec<Timestamp> {
        let start = self.span.from;
        // Of a start in UTC the rule goes by UTC.
        let zone = if let When::Utc(_) = start { &jiff::tz::TimeZone::UTC } else { &self.zone.rules };
        let mut all = match &self.rule {
            Some(rule) => {
                // The clocks are put by less than a day.
                let last = zone.to_datetime(last).saturating_add(jiff::Span::new().days(1));
                let all = rule.occurrences(start.civil(), start.is_date(), zone, last);
                all.into_iter().map(|at| When::Local(at).at(zone)).collect()
            }
            None => vec![self.span.start],
        };
        if self.has_master {
            all.extend(self.further());
        }
        all.sort_unstable();
        all.dedup();
        all.retain(|at| *at <= last);
        all
    }

    fn further(&self) -> Vec<Timestamp> {
        let lines = self.master.get_all("RDATE");
        lines
            .flat_map(|line| {
                let zone = self.zones.of(line);
                line.whens().into_iter().map(|when| when.at(&zone.rules)).collect::<Vec<_>>()
            })
            .take(MAX_IN_WINDOW)
            .collect()
    }

    /// The occurrences that lie in a window at least in part, by their beginning; at most
    /// [`MAX_IN_WINDOW`].
    pub fn occurrences(&self, from: Timestamp, to: Timestamp) -> Vec<Occurrence> {
        let mut all: Vec<Occurrence> = Vec::new();
        let in_window =
            |o: &Occurrence| o.start < to && (o.end > from || (o.end == o.start && o.start >= from));
        for (at, one) in self.overrides.iter().enumerate() {
            let span = self.span_of(one);
            all.push(Occurrence { changed: Some(at), ..occurrence(one.id, &span) });
        }
        all.retain(in_window);
        if self.has_master {
            let gone = self.gone();
            let regular = self.regular(to).into_iter().filter(|at| !gone.contains(at));
            let regular = regular.map(|id| {
                let end = self.span.end_from(self.when(id), &self.zone.rules);
                Occurrence { id, start: id, end, is_all_day: self.span.days.is_some(), changed: None }
            });
            all.extend(regular.filter(in_window).take(MAX_IN_WINDOW));
        }
        all.sort_by_key(|o| (o.start, o.id));
        all.truncate(MAX_IN_WINDOW);
        all
    }

    /// Original starts that the series does not have any more by itself.
    fn gone(&self) -> HashSet<Timestamp> {
        self.left_out().chain(self.overrides.iter().map(|o| o.id)).collect()
    }

    /// Whether the series has an occurrence with that original start, changed or not.
    pub fn has(&self, id: Timestamp) -> bool {
        if self.overrides.iter().any(|o| o.id == id) {
            return true;
        }
        self.has_master && !self.left_out().any(|at| at == id) && self.regular(id).binary_search(&id).is_ok()
    }

    /// Whether the rule or a further date gives the series an occurrence there, left out or not.
    pub fn is_regular(&self, id: Timestamp) -> bool {
        self.has_master && self.regular(id).binary_search(&id).is_ok()
    }

    /// The end of the last occurrence; `None` where it recurs without end.
    pub fn last_end(&self) -> Option<Timestamp> {
        let changed = self.overrides.iter().map(|o| self.span_of(o).end).max();
        if !self.has_master {
            return Some(changed.unwrap_or(self.span.end));
        }
        if self.rule.as_ref().is_some_and(|rule| rule.is_endless() || rule.scale.is_some()) {
            return None;
        }
        let gone = self.gone();
        let ends = self.regular(Timestamp::MAX).into_iter().rfind(|at| !gone.contains(at));
        let regular = ends.map(|at| self.span.end_from(self.when(at), &self.zone.rules));
        Some(regular.max(changed).unwrap_or(self.span.end))
    }
}

fn occurrence(id: Timestamp, span: &Span) -> Occurrence {
    Occurrence { id, start: span.start, end: span.end, is_all_day: span.days.is_some(), changed: None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::object::Component;
    use jiff::tz::TimeZone;

    fn starts(lines: &str, from: &str, to: &str) -> Vec<String> {
        let calendar =
            Component::parse_one(format!("BEGIN:VCALENDAR\n{lines}\nEND:VCALENDAR").as_bytes(), "VCALENDAR")
                .unwrap();
        let berlin = TimeZone::get("Europe/Berlin").unwrap();
        let series = Series::new(&calendar, "VEVENT", &berlin).unwrap();
        let at = |text: &str| text.parse().unwrap();
        series.occurrences(at(from), at(to)).iter().map(|o| o.start.to_string()).collect()
    }

    fn event(lines: &str) -> String {
        format!("BEGIN:VEVENT\nUID:1\n{lines}\nEND:VEVENT")
    }

    #[test]
    fn a_series_keeps_its_hour_when_clocks_change() {
        let daily = event(
            "DTSTART;TZID=America/New_York:20260306T090000\nDTEND;TZID=America/New_York:20260306T100000\nRRULE:FREQ=DAILY",
        );
        let expected = ["2026-03-07T14:00:00Z", "2026-03-08T13:00:00Z", "2026-03-09T13:00:00Z"];
        assert_eq!(starts(&daily, "2026-03-07T00:00:00Z", "2026-03-10T00:00:00Z"), expected);
        // In UTC there is no summer.
        let daily = event("DTSTART:20260306T140000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY");
        let expected = ["2026-03-07T14:00:00Z", "2026-03-08T14:00:00Z"];
        assert_eq!(starts(&daily, "2026-03-07T00:00:00Z", "2026-03-09T00:00:00Z"), expected);
    }

    #[test]
    fn dates_are_added_left_out_and_moved() {
        let master = event(
            "DTSTART;TZID=Europe/Berlin:20260302T090000\nDURATION:PT30M\nRRULE:FREQ=WEEKLY;COUNT=5\n\
             EXDATE;TZID=Europe/Berlin:20260309T090000\nEXDATE;VALUE=DATE:20260330\n\
             RDATE;TZID=Europe/Berlin:20260304T120000,20260302T090000",
        );
        let moved = event(
            "RECURRENCE-ID;TZID=Europe/Berlin:20260316T090000\nDTSTART;TZID=Europe/Berlin:20260317T100000\nDURATION:PT1H",
        );
        let expected =
            ["2026-03-02T08:00:00Z", "2026-03-04T11:00:00Z", "2026-03-17T09:00:00Z", "2026-03-23T08:00:00Z"];
        assert_eq!(
            starts(&format!("{master}\n{moved}"), "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z"),
            expected
        );
    }

    #[test]
    fn whole_days_last_whole_days() {
        let days = event("DTSTART;VALUE=DATE:20260327\nDTEND;VALUE=DATE:20260330\nRRULE:FREQ=YEARLY");
        let calendar =
            Component::parse_one(format!("BEGIN:VCALENDAR\n{days}\nEND:VCALENDAR").as_bytes(), "VCALENDAR")
                .unwrap();
        let berlin = TimeZone::get("Europe/Berlin").unwrap();
        let series = Series::new(&calendar, "VEVENT", &berlin).unwrap();
        let all = series
            .occurrences("2026-03-01T00:00:00Z".parse().unwrap(), "2026-04-01T00:00:00Z".parse().unwrap());
        // The clocks are put forward within them.
        assert_eq!(
            (all[0].start.to_string(), all[0].end.to_string()),
            ("2026-03-26T23:00:00Z".into(), "2026-03-29T22:00:00Z".into())
        );
        assert!(all[0].is_all_day && series.last_end().is_none());
    }

    #[test]
    fn the_last_end_is_known_where_there_is_one() {
        for (lines, end) in [
            ("DTSTART:20260302T090000Z\nDURATION:PT1H", Some("2026-03-02T10:00:00Z")),
            (
                "DTSTART:20260302T090000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=3",
                Some("2026-03-04T10:00:00Z"),
            ),
            (
                "DTSTART:20260302T090000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=3\nEXDATE:20260304T090000Z",
                Some("2026-03-03T10:00:00Z"),
            ),
            (
                "DTSTART:20260302T090000Z\nRRULE:FREQ=DAILY;UNTIL=20260305T090000Z",
                Some("2026-03-05T09:00:00Z"),
            ),
            ("DTSTART:20260302T090000Z\nRRULE:FREQ=DAILY", None),
            ("DTSTART:20260302T090000Z\nRRULE:FREQ=NEVER", Some("2026-03-02T09:00:00Z")),
        ] {
            let text = format!("BEGIN:VCALENDAR\n{}\nEND:VCALENDAR", event(lines));
            let calendar = Component::parse_one(text.as_bytes(), "VCALENDAR").unwrap();
            let series = Series::new(&calendar, "VEVENT", &TimeZone::UTC).unwrap();
            assert_eq!(series.last_end().map(|at| at.to_string()).as_deref(), end, "{lines}");
        }
    }
}
