//! `VTIMEZONE` (RFC 5545 3.6.5): written for the zones that we put into objects, read where its name
//! alone does not tell which zone is meant.

use fieldpost_eas::time_zone::{SystemTime, TimeZone as Structure};
use jiff::Timestamp;
use jiff::civil::{Date, Weekday};

use super::{Zone, from_wire, to_wire};
use crate::object::{Component, Line, When};

const DAYS: [&str; 7] = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];

/// The definition of a zone with the rules of that time's year.
pub fn vtimezone(zone: &Zone, at: Timestamp) -> Component {
    let wire = to_wire(zone, at);
    let standard = -(wire.bias + wire.standard_bias);
    let daylight = -(wire.bias + wire.daylight_bias);
    let mut out = Component::new("VTIMEZONE");
    out.push(Line::text_line("TZID", &zone.id));
    if wire.has_daylight() {
        out.push_component(observance("STANDARD", daylight, standard, Some(&wire.standard_date)));
        out.push_component(observance("DAYLIGHT", standard, daylight, Some(&wire.daylight_date)));
    } else {
        out.push_component(observance("STANDARD", standard, standard, None));
    }
    out
}

/// Offsets in minutes east of Greenwich.
fn observance(name: &str, from: i32, to: i32, rule: Option<&SystemTime>) -> Component {
    let mut out = Component::new(name);
    let mut start = "19700101T000000".to_owned();
    if let Some((rule, date)) = rule.and_then(|rule| Some((rule, first(rule)?))) {
        start = format!("{}T{:02}{:02}{:02}", date.strftime("%Y%m%d"), rule.hour, rule.minute, rule.second);
        let n = if rule.day == 5 { -1 } else { i32::from(rule.day) };
        let day = DAYS.get(usize::from(rule.day_of_week)).copied().unwrap_or("SU");
        out.push(Line::new("RRULE", &format!("FREQ=YEARLY;BYMONTH={};BYDAY={n}{day}", rule.month)));
    }
    out.push(Line::new("DTSTART", &start));
    out.push(Line::new("TZOFFSETFROM", &offset(from)));
    out.push(Line::new("TZOFFSETTO", &offset(to)));
    out
}

/// The first day of a rule since 1970.
fn first(rule: &SystemTime) -> Option<Date> {
    let small = |n: u16| i8::try_from(n).ok();
    let weekday = Weekday::from_sunday_zero_offset(small(rule.day_of_week)?).ok()?;
    let n = if rule.day == 5 { -1 } else { small(rule.day)? };
    Date::new(1970, small(rule.month)?, 1).ok()?.nth_weekday_of_month(n, weekday).ok()
}

fn offset(minutes: i32) -> String {
    let sign = if minutes < 0 { '-' } else { '+' };
    format!("{sign}{:02}{:02}", minutes.abs() / 60, minutes.abs() % 60)
}

/// The zone whose rules in a year are those of the definition.
pub fn rules(definition: &Component, year: i16, user: &Zone) -> Option<Zone> {
    let latest = |name| latest(definition, name, year);
    let (standard, daylight) = (latest("STANDARD"), latest("DAYLIGHT"));
    let minutes = |observance: &Component| read_offset(&observance.text("TZOFFSETTO")?);
    let base = standard.or(daylight)?;
    let mut wire = Structure { bias: -minutes(base)?, ..Structure::default() };
    if let (Some(standard), Some(daylight)) = (standard, daylight)
        && let (Some(to_standard), Some(to_daylight)) = (rule(standard), rule(daylight))
    {
        wire.daylight_bias = minutes(standard)? - minutes(daylight)?;
        (wire.standard_date, wire.daylight_date) = (to_standard, to_daylight);
    }
    let midyear = Date::new(year.clamp(1, 9998), 7, 1).ok()?.to_zoned(jiff::tz::TimeZone::UTC).ok()?;
    from_wire(&wire, midyear.timestamp(), &[user]).ok()
}

/// The observance of that kind that holds in a year: the last to begin of those that have not ended.
fn latest<'a>(definition: &'a Component, name: &'a str, year: i16) -> Option<&'a Component> {
    let begins = |c: &Component| c.get("DTSTART").and_then(Line::when).map_or(0, |at| at.date().year());
    let holds = |c: &&Component| {
        let ends = c.get("RRULE").and_then(|rule| When::parse(part(&rule.value(), "UNTIL")?));
        begins(c) <= year && ends.is_none_or(|at| at.date().year() >= year)
    };
    let all = || definition.children_named(name);
    all().filter(holds).max_by_key(|c| begins(c)).or_else(|| all().max_by_key(|c| begins(c)))
}

/// Minutes of `-0430`.
fn read_offset(text: &str) -> Option<i32> {
    let text = text.trim();
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    let digits = digits.replace(':', "");
    if !matches!(digits.len(), 4 | 6) || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let hours: i32 = digits.get(..2)?.parse().ok()?;
    let minutes: i32 = digits.get(2..4)?.parse().ok()?;
    Some(sign * (hours * 60 + minutes))
}

/// One part of a recurrence rule.
fn part<'a>(rule: &'a str, name: &str) -> Option<&'a str> {
    let mut parts = rule.split(';').filter_map(|part| part.split_once('='));
    parts.find(|(key, _)| key.trim().eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
}

/// The yearly rule of an observance.
fn rule(observance: &Component) -> Option<SystemTime> {
    let start = observance.get("DTSTART")?.when()?.civil();
    let line = observance.get("RRULE")?.value();
    let unsigned = |n: i8| u16::from(n.unsigned_abs());
    let month = part(&line, "BYMONTH").and_then(|m| m.parse().ok()).unwrap_or(unsigned(start.month()));
    let (n, weekday) = match part(&line, "BYDAY").filter(|day| day.is_ascii()) {
        Some(day) => {
            let (n, name) = day.split_at_checked(day.len().checked_sub(2)?)?;
            let weekday = DAYS.iter().position(|d| d.eq_ignore_ascii_case(name))?;
            // "The Sunday of the days from the 8th on" is the second one.
            let from = part(&line, "BYMONTHDAY").and_then(|days| days.split(',').next()?.parse::<i32>().ok());
            let n = if n.is_empty() { from.map_or(1, |day| (day - 1) / 7 + 1) } else { n.parse().ok()? };
            (n, weekday as u16)
        }
        None => {
            let weekday = start.date().weekday().to_sunday_zero_offset();
            (i32::from((start.day() - 1) / 7 + 1), unsigned(weekday))
        }
    };
    let day = if (1..=4).contains(&n) { n as u16 } else { 5 };
    Some(SystemTime {
        year: 0,
        month,
        day_of_week: weekday,
        day,
        hour: unsigned(start.hour()),
        minute: unsigned(start.minute()),
        second: unsigned(start.second()),
        millisecond: 0,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_understood() {
        for name in
            ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "America/St_Johns"]
        {
            let zone = Zone::get(name).unwrap();
            let written = vtimezone(&zone, "2026-07-01T00:00:00Z".parse().unwrap());
            let back = Component::parse_one(&written.to_bytes(), "VTIMEZONE").unwrap();
            assert_eq!(back.text("TZID").unwrap(), name);
            assert_eq!(rules(&back, 2026, &zone).unwrap().id, name);
        }
        let berlin = vtimezone(&Zone::get("Europe/Berlin").unwrap(), "2026-07-01T00:00:00Z".parse().unwrap());
        let daylight = berlin.children_named("DAYLIGHT").next().unwrap();
        assert_eq!(daylight.text("DTSTART").unwrap(), "19700329T020000");
        assert_eq!(daylight.get("RRULE").unwrap().value(), "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU");
        assert_eq!(daylight.text("TZOFFSETTO").unwrap(), "+0200");
    }

    #[test]
    fn the_rules_of_the_year_count() {
        let text = "BEGIN:VTIMEZONE\nTZID:x\n\
            BEGIN:DAYLIGHT\nDTSTART:19870405T020000\nTZOFFSETFROM:-0500\nTZOFFSETTO:-0400\n\
            RRULE:FREQ=YEARLY;BYMONTH=4;BYDAY=1SU;UNTIL=20060402T070000Z\nEND:DAYLIGHT\n\
            BEGIN:DAYLIGHT\nDTSTART:20070311T020000\nTZOFFSETFROM:-0500\nTZOFFSETTO:-0400\n\
            RRULE:FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=8,9,10,11,12,13,14;BYDAY=SU\nEND:DAYLIGHT\n\
            BEGIN:STANDARD\nDTSTART:20071104T020000\nTZOFFSETFROM:-0400\nTZOFFSETTO:-0500\n\
            RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU\nEND:STANDARD\nEND:VTIMEZONE";
        let definition = Component::parse_one(text.as_bytes(), "VTIMEZONE").unwrap();
        let utc = Zone::get("UTC").unwrap();
        assert_eq!(rules(&definition, 2026, &utc).unwrap().id, "America/New_York");
        assert_eq!(
            latest(&definition, "DAYLIGHT", 2000).unwrap().get("DTSTART").unwrap().value(),
            "19870405T020000"
        );
    }
}
