//! The structure of 172 bytes ([MS-ASDTYPE] 2.7.6) and zones of the tz database.
//!
//! The structure holds one pair of rules, so it says what holds in a year or in some years. To read it
//! means to find the zone that follows these rules then; the event's own zone and the user's come
//! first, since many zones share their rules.

use std::fmt::Write as _;

use fieldpost_eas::time_zone::{SystemTime, TimeZone as Structure};
use jiff::civil::{self, Date, Weekday};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::{Zone, by_name, windows};

/// Zones that are taken first of those with the same rules: those of most people.
const PROMINENT: &[&str] = &[
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
    "America/Phoenix",
    "America/Sao_Paulo",
    "Europe/Berlin",
    "Europe/London",
    "Europe/Athens",
    "Europe/Istanbul",
    "Europe/Moscow",
    "Asia/Dubai",
    "Asia/Karachi",
    "Asia/Kolkata",
    "Asia/Dhaka",
    "Asia/Bangkok",
    "Asia/Shanghai",
    "Asia/Tokyo",
    "Australia/Sydney",
    "Australia/Brisbane",
    "Pacific/Auckland",
    "Africa/Lagos",
];

/// Years over which a rule is looked at to tell the fourth weekday of a month from the last.
const YEARS: i16 = 8;

/// Difference at which two changes are still the same, in seconds: Windows lets days end a moment
/// before midnight.
const TOLERANCE: i64 = 60;

/// A structure that is nonsense.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a time zone that can't be")]
pub struct BadZone;

/// A change of the offset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Change {
    at: Timestamp,
    /// Seconds east of Greenwich before and after.
    before: i32,
    after: i32,
}

impl Change {
    /// Whether clocks are put forward.
    fn is_forward(&self) -> bool {
        self.after > self.before
    }

    /// The time that clocks show when they are put.
    fn civil(&self) -> Option<civil::DateTime> {
        let offset = jiff::tz::Offset::from_seconds(self.before).ok()?;
        Some(offset.to_datetime(self.at))
    }
}

/// The changes of a zone in a year, in order.
fn changes(rules: &TimeZone, year: i16) -> Vec<Change> {
    let begin = |year| Date::new(year, 1, 1).ok()?.to_zoned(TimeZone::UTC).ok().map(|z| z.timestamp());
    let (Some(from), Some(to)) = (begin(year), begin(year + 1)) else { return Vec::new() };
    let mut before = rules.to_offset(from).seconds();
    let mut found = Vec::new();
    // No zone has changed more often than this in a year.
    for change in rules.following(from).take(12).take_while(|change| change.timestamp() < to) {
        let after = change.offset().seconds();
        if after != before {
            found.push(Change { at: change.timestamp(), before, after });
        }
        before = after;
    }
    found
}

/// The structure for a zone as it is at a time: its offset, and the rules of that time's year.
pub fn to_wire(zone: &Zone, at: Timestamp) -> Structure {
    let rules = &zone.rules;
    let year = rules.to_datetime(at).year();
    let offset = rules.to_offset(at).seconds();
    let mut out = Structure { bias: -offset / 60, ..Structure::default() };
    let all = changes(rules, year);
    let forward = all.iter().find(|c| c.is_forward());
    let back = all.iter().find(|c| !c.is_forward());
    // A year in which clocks are put once only has no rule; the structure tells the offset then.
    if let (Some(forward), Some(back)) = (forward, back) {
        out.bias = -back.after / 60;
        out.daylight_bias = -(forward.after - back.after) / 60;
        out.daylight_date = rule(rules, forward, year);
        out.standard_date = rule(rules, back, year);
    }
    // With a name it is never all zero, which some phones take for no zone at all.
    let name = if zone.is_utc() { "UTC" } else { windows::from_iana(&zone.id).unwrap_or(&zone.id) };
    out.standard_name = name.to_owned();
    out.daylight_name = name.replace("Standard Time", "Daylight Time");
    out
}

/// The rule that a change follows, as well as the structure can say it.
fn rule(rules: &TimeZone, change: &Change, year: i16) -> SystemTime {
    let Some(at) = change.civil() else { return SystemTime::default() };
    let mut candidates = nth(at.date(), at.time(), 0);
    if at.time() == civil::Time::midnight() {
        // "Saturday at 24 o'clock" is said as the end of that day.
        let eve = at.date().yesterday().map(|eve| nth(eve, civil::time(23, 59, 59, 0), 999));
        candidates.extend(eve.unwrap_or_default());
    }
    let same_way: Vec<Change> = (year..year.saturating_add(YEARS))
        .filter_map(|year| changes(rules, year).into_iter().find(|c| c.is_forward() == change.is_forward()))
        .collect();
    let fits = |candidate: &SystemTime| {
        let fits = same_way.iter().filter(|c| {
            let year = c.civil().map_or(year, civil::DateTime::year);
            occurs(candidate, year, c.before).is_some_and(|at| is_near(at, c.at))
        });
        fits.count()
    };
    // Of equals the first.
    candidates.into_iter().rev().max_by_key(fits).unwrap_or_default()
}

/// A date as the n-th of its weekday, and as the last one where it is that.
fn nth(date: Date, time: civil::Time, millisecond: u16) -> Vec<SystemTime> {
    let unsigned = |n: i8| u16::from(n.unsigned_abs());
    let numbered = SystemTime {
        year: 0,
        month: unsigned(date.month()),
        day_of_week: unsigned(date.weekday().to_sunday_zero_offset()),
        day: unsigned((date.day() - 1) / 7 + 1),
        hour: unsigned(time.hour()),
        minute: unsigned(time.minute()),
        second: unsigned(time.second()),
        millisecond,
    };
    let last = SystemTime { day: 5, ..numbered };
    if date.day() + 7 > date.days_in_month() { vec![last, numbered] } else { vec![numbered] }
}

fn is_near(a: Timestamp, b: Timestamp) -> bool {
    a.duration_since(b).abs() <= SignedDuration::from_secs(TOLERANCE)
}

/// When a rule strikes in a year, clocks being `before` seconds ahead until then.
fn occurs(rule: &SystemTime, year: i16, before: i32) -> Option<Timestamp> {
    let small = |n: u16| i8::try_from(n).ok();
    let month = small(rule.month)?;
    let date = if rule.year == 0 {
        let first = Date::new(year, month, 1).ok()?;
        let weekday = Weekday::from_sunday_zero_offset(small(rule.day_of_week)?).ok()?;
        let n = if rule.day == 5 { -1 } else { small(rule.day)? };
        first.nth_weekday_of_month(n, weekday).ok()?
    } else if i32::from(rule.year) == i32::from(year) {
        Date::new(year, month, small(rule.day)?).ok()?
    } else {
        return None;
    };
    let at = date.at(small(rule.hour)?, small(rule.minute)?, small(rule.second)?.min(59), 0);
    jiff::tz::Offset::from_seconds(before).ok()?.to_timestamp(at).ok()
}

/// What a structure says, checked.
struct Rules<'a> {
    /// Seconds east of Greenwich.
    standard: i32,
    daylight: i32,
    /// The beginnings of summer and of winter time.
    dates: Option<(&'a SystemTime, &'a SystemTime)>,
}

impl<'a> Rules<'a> {
    fn new(wire: &'a Structure) -> Result<Self, BadZone> {
        let offset = |extra: i32| {
            let minutes = wire.bias.checked_add(extra).ok_or(BadZone)?;
            // No place is further from Greenwich than 14 hours; some were, by a day.
            if (-1080..=1080).contains(&minutes) { Ok(-minutes * 60) } else { Err(BadZone) }
        };
        if !wire.has_daylight() {
            let standard = offset(wire.standard_bias)?;
            return Ok(Rules { standard, daylight: standard, dates: None });
        }
        let (standard, daylight) = (offset(wire.standard_bias)?, offset(wire.daylight_bias)?);
        for date in [&wire.standard_date, &wire.daylight_date] {
            let days = if date.year == 0 { 1..=5 } else { 1..=31 };
            let is_date = (1..=12).contains(&date.month) && days.contains(&date.day) && date.day_of_week <= 6;
            let is_time = date.hour <= 23 && date.minute <= 59 && date.second <= 59;
            if !is_date || !is_time {
                return Err(BadZone);
            }
        }
        let dates = (standard != daylight).then_some((&wire.daylight_date, &wire.standard_date));
        Ok(Rules { standard, daylight, dates })
    }

    /// The changes of a year.
    fn changes(&self, year: i16) -> Vec<Change> {
        let Some((daylight, standard)) = self.dates else { return Vec::new() };
        let change = |rule, before, after| Some(Change { at: occurs(rule, year, before)?, before, after });
        let mut all: Vec<Change> =
            [change(daylight, self.standard, self.daylight), change(standard, self.daylight, self.standard)]
                .into_iter()
                .flatten()
                .collect();
        all.sort_by_key(|change| change.at);
        all
    }

    /// Whether a zone follows these rules in a year.
    fn hold_in(&self, zone: &TimeZone, year: i16) -> bool {
        let Ok(begin) = civil::date(year, 1, 1).to_zoned(zone.clone()) else { return false };
        let mine = self.changes(year);
        let at_begin = mine.first().map_or(self.standard, |change| change.before);
        if begin.offset().seconds() / 60 * 60 != at_begin {
            return false;
        }
        let theirs = changes(zone, year);
        mine.len() == theirs.len()
            && mine.iter().zip(&theirs).all(|(a, b)| is_near(a.at, b.at) && a.after == b.after / 60 * 60)
    }

    /// As many years as a zone follows these rules from the given one on, up to four.
    fn years(&self, zone: &TimeZone, year: i16) -> i16 {
        (0..4).take_while(|n| self.hold_in(zone, year.saturating_add(*n))).count() as i16
    }
}

/// Seconds east of Greenwich that a structure tells for a time; `None` where it is nonsense.
pub fn offset(wire: &Structure, at: Timestamp) -> Option<i32> {
    let rules = Rules::new(wire).ok()?;
    let year = TimeZone::UTC.to_datetime(at).year();
    let changes: Vec<Change> =
        [year.saturating_sub(1), year].into_iter().flat_map(|y| rules.changes(y)).collect();
    let last = changes.iter().rfind(|change| change.at <= at);
    Some(last.map_or(rules.standard, |change| change.after))
}

/// The zone that a structure means at a time: one of the preferred ones if it follows these rules then,
/// else one that the structure names, else any that does, else one made of the rules.
pub fn from_wire(wire: &Structure, at: Timestamp, preferred: &[&Zone]) -> Result<Zone, BadZone> {
    let rules = Rules::new(wire)?;
    let year = TimeZone::UTC.to_datetime(at).year().clamp(1970, 9900);
    // What we say of a zone is understood again also in years that have no rule.
    let is_said_so = |zone: &Zone| {
        let ours = to_wire(zone, at);
        let names = (wire.standard_name.clone(), wire.daylight_name.clone());
        Structure { standard_name: names.0, daylight_name: names.1, ..ours } == *wire
    };
    let named = || [&wire.standard_name, &wire.daylight_name].into_iter().filter_map(|name| by_name(name));
    let first = preferred.iter().map(|zone| (*zone).clone()).chain(named());
    if let Some(zone) = first.into_iter().find(|zone| rules.hold_in(&zone.rules, year) || is_said_so(zone)) {
        return Ok(zone);
    }
    if rules.dates.is_none() && rules.standard == 0 {
        return Ok(Zone { id: "UTC".to_owned(), rules: TimeZone::UTC });
    }
    let known = PROMINENT.iter().copied().chain(windows::zones());
    let others = jiff::tz::db().available().map(|name| name.to_string()).filter(|name| name.contains('/'));
    // One that follows the rules for years is better than one that happens to do so in this one.
    let mut best: Option<(i16, Zone)> = None;
    for name in known.map(str::to_owned).chain(others) {
        let Some(zone) = Zone::get(&name) else { continue };
        let years = rules.years(&zone.rules, year);
        if years == 4 {
            return Ok(zone);
        }
        if years > best.as_ref().map_or(0, |(most, _)| *most) {
            best = Some((years, zone));
        }
    }
    match best {
        Some((_, zone)) => Ok(zone),
        None => made_of(&rules).ok_or(BadZone),
    }
}

/// A zone of these rules, for places that the tz database does not have.
fn made_of(rules: &Rules<'_>) -> Option<Zone> {
    let mut posix = String::new();
    let mut id = format!("UTC{}", clock(rules.standard, '+'));
    // POSIX counts west of Greenwich.
    write!(posix, "<STD>{}", clock(-rules.standard, '+')).ok()?;
    if let Some((daylight, standard)) = rules.dates {
        write!(posix, "<DST>{}", clock(-rules.daylight, '+')).ok()?;
        for rule in [daylight, standard] {
            let (month, n, day) = (rule.month, rule.day.min(5), rule.day_of_week);
            write!(posix, ",M{month}.{n}.{day}/{:02}:{:02}:{:02}", rule.hour, rule.minute, rule.second)
                .ok()?;
        }
        id = format!("{id} {}", posix.split_once(',').map_or("", |(_, dates)| dates));
    }
    let rules = TimeZone::posix(&posix).ok()?;
    Some(Zone { id, rules })
}

/// `+05:20`.
fn clock(seconds: i32, plus: char) -> String {
    let sign = if seconds < 0 { '-' } else { plus };
    format!("{sign}{:02}:{:02}", seconds.abs() / 3600, seconds.abs() / 60 % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn rule_of(st: &SystemTime) -> (u16, u16, u16, u16, u16) {
        (st.month, st.day, st.day_of_week, st.hour, st.minute)
    }

    // MS-ASCAL_R44511, MS-ASCAL_R447
    #[test]
    fn zones_become_structures() {
        let july = at("2026-07-01T00:00:00Z");
        let wire = to_wire(&Zone::get("Europe/Berlin").unwrap(), july);
        assert_eq!((wire.bias, wire.standard_bias, wire.daylight_bias), (-60, 0, -60));
        assert_eq!(rule_of(&wire.daylight_date), (3, 5, 0, 2, 0));
        assert_eq!(rule_of(&wire.standard_date), (10, 5, 0, 3, 0));
        assert_eq!(wire.standard_name, "W. Europe Standard Time");

        let wire = to_wire(&Zone::get("America/New_York").unwrap(), july);
        assert_eq!(rule_of(&wire.daylight_date), (3, 2, 0, 2, 0));
        assert_eq!(rule_of(&wire.standard_date), (11, 1, 0, 2, 0));

        // Summer is in January there.
        let wire = to_wire(&Zone::get("Australia/Sydney").unwrap(), july);
        assert_eq!((wire.bias, wire.daylight_bias), (-600, -60));
        assert_eq!(rule_of(&wire.daylight_date), (10, 1, 0, 2, 0));
        assert_eq!(rule_of(&wire.standard_date), (4, 1, 0, 3, 0));

        // Rules are those of the year: in 2005 the United States had others.
        let wire = to_wire(&Zone::get("America/New_York").unwrap(), at("2005-07-01T00:00:00Z"));
        assert_eq!(rule_of(&wire.daylight_date), (4, 1, 0, 2, 0));
        assert_eq!(rule_of(&wire.standard_date), (10, 5, 0, 2, 0));

        let wire = to_wire(&Zone::get("Asia/Kolkata").unwrap(), july);
        assert_eq!((wire.bias, wire.has_daylight()), (-330, false));
    }

    #[test]
    fn no_structure_is_all_zero() {
        let july = at("2026-07-01T00:00:00Z");
        for name in ["UTC", "Africa/Abidjan", "Etc/GMT"] {
            let wire = to_wire(&Zone::get(name).unwrap(), july);
            assert_ne!(wire.to_bytes(), [0; 172], "{name}");
            assert_eq!(
                from_wire(&wire, july, &[]).unwrap().rules.to_offset(at("2026-07-01T00:00:00Z")).seconds(),
                0
            );
        }
    }

    #[test]
    fn zones_come_back_by_their_rules() {
        let mut others = Vec::new();
        for name in jiff::tz::db().available().step_by(3) {
            let Some(zone) = Zone::get(name.as_str()) else { continue };
            let july = at("2029-07-01T00:00:00Z");
            let wire = to_wire(&zone, july);
            assert_eq!(from_wire(&wire, july, &[&zone]).unwrap(), zone);
            let wire = Structure { standard_name: String::new(), daylight_name: String::new(), ..wire };
            let back = from_wire(&wire, july, &[]).unwrap();
            let hours = (0..365 * 24).map(|h| at("2029-01-01T00:00:00Z") + SignedDuration::from_hours(h));
            for t in hours.step_by(7) {
                if back.rules.to_offset(t) != zone.rules.to_offset(t) {
                    others.push((name.to_string(), back.id.clone(), t.to_string()));
                    break;
                }
            }
        }
        assert_eq!(others, []);
    }

    #[test]
    fn names_and_preferences_decide_between_equals() {
        let july = at("2026-07-01T00:00:00Z");
        let rome = Zone::get("Europe/Rome").unwrap();
        let wire = to_wire(&rome, july);
        assert_eq!(from_wire(&wire, july, &[]).unwrap().id, "Europe/Rome");
        let nameless =
            Structure { standard_name: "CET".into(), daylight_name: "CEST".into(), ..wire.clone() };
        assert_eq!(from_wire(&nameless, july, &[&rome]).unwrap().id, "Europe/Rome");
        let misnamed = Structure { standard_name: "Tokyo Standard Time".into(), ..nameless };
        assert_eq!(from_wire(&misnamed, july, &[]).unwrap().id, "Europe/Berlin");
        assert_eq!(from_wire(&Structure::default(), july, &[&rome]).unwrap().id, "UTC");
    }

    // A year in which clocks are put once: no rule can say it, but the zone is understood again.
    #[test]
    fn a_zone_that_changes_its_rules_is_kept() {
        let zone = Zone::get("Africa/Casablanca").unwrap();
        let at = at("2026-12-01T00:00:00Z");
        assert_eq!(from_wire(&to_wire(&zone, at), at, &[]).unwrap(), zone);
    }

    #[test]
    fn places_that_do_not_exist_have_a_zone_too() {
        let july = at("2026-07-01T00:00:00Z");
        let rule = |month, day, hour| SystemTime { month, day, hour, ..SystemTime::default() };
        let wire = Structure {
            bias: 125,
            daylight_bias: -30,
            daylight_date: rule(2, 1, 4),
            standard_date: rule(9, 5, 5),
            ..Structure::default()
        };
        let zone = from_wire(&wire, july, &[]).unwrap();
        assert_eq!(zone.rules.to_offset(at("2026-01-01T12:00:00Z")).seconds(), -125 * 60);
        assert_eq!(zone.rules.to_offset(at("2026-07-01T12:00:00Z")).seconds(), -95 * 60);
        let back = to_wire(&zone, at("2026-07-01T00:00:00Z"));
        assert_eq!((back.bias, back.daylight_bias), (125, -30));
        assert_eq!((back.daylight_date, back.standard_date), (wire.daylight_date, wire.standard_date));
    }

    // Bad input: zones of nonsense.
    #[test]
    fn nonsense_is_refused() {
        let july = at("2026-07-01T00:00:00Z");
        let good = to_wire(&Zone::get("Europe/Berlin").unwrap(), july);
        let date = good.daylight_date;
        for bad in [
            Structure { bias: i32::MAX, ..good.clone() },
            Structure { bias: 9999, ..good.clone() },
            Structure { daylight_bias: i32::MIN, ..good.clone() },
            Structure { daylight_date: SystemTime { month: 13, ..date }, ..good.clone() },
            Structure { daylight_date: SystemTime { day: 6, ..date }, ..good.clone() },
            Structure { daylight_date: SystemTime { day: 0, ..date }, ..good.clone() },
            Structure { daylight_date: SystemTime { day_of_week: 7, ..date }, ..good.clone() },
            Structure { standard_date: SystemTime { hour: 24, ..date }, ..good.clone() },
        ] {
            assert_eq!(from_wire(&bad, july, &[]), Err(BadZone));
        }
    }
}
