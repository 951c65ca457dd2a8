//! Server and phone agree on when an event takes place: each works it out by itself, the server from what is
//! stored, the phone from what it is told, over ten years in forty zones.

use fieldpost_domain::calendar::Series;
use fieldpost_domain::convert::mail::BodyOptions;
use fieldpost_domain::convert::{ItemContext, User, event};
use fieldpost_domain::id::ItemId;
use fieldpost_domain::object::Component;
use fieldpost_eas::Version;
use fieldpost_phone::agenda;
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// Zones whose rules a time zone structure can say: the same pair of rules in each year.
const ZONES: [&str; 42] = [
    "UTC",
    "Europe/Berlin",
    "Europe/London",
    "Europe/Lisbon",
    "Europe/Helsinki",
    "Europe/Chisinau",
    "Europe/Moscow",
    "Europe/Istanbul",
    "Atlantic/Azores",
    "Atlantic/Bermuda",
    "Atlantic/Reykjavik",
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Phoenix",
    "America/Los_Angeles",
    "America/Anchorage",
    "America/Adak",
    "America/St_Johns",
    "America/Halifax",
    "America/Toronto",
    "America/Sao_Paulo",
    "America/Argentina/Buenos_Aires",
    "America/Bogota",
    "America/Caracas",
    "Pacific/Honolulu",
    "Pacific/Auckland",
    "Pacific/Chatham",
    "Pacific/Kiritimati",
    "Pacific/Norfolk",
    "Australia/Sydney",
    "Australia/Adelaide",
    "Australia/Brisbane",
    "Australia/Lord_Howe",
    "Asia/Tokyo",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Asia/Tehran",
    "Asia/Beirut",
    "Asia/Shanghai",
    "Africa/Johannesburg",
    "Antarctica/Troll",
];

/// Rules, each with a day on which the series may begin.
const RULES: [(&str, &str); 18] = [
    ("FREQ=DAILY;INTERVAL=3", "20260105"),
    ("FREQ=DAILY;UNTIL=20300101T000000Z", "20260706"),
    ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "20260105"),
    ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE,SU;WKST=MO", "20260105"),
    ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU;WKST=SU", "20260706"),
    ("FREQ=WEEKLY;COUNT=100", "20260708"),
    ("FREQ=MONTHLY;BYMONTHDAY=5", "20260105"),
    ("FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=30", "20260730"),
    ("FREQ=MONTHLY;BYMONTHDAY=31", "20260131"),
    ("FREQ=MONTHLY;BYDAY=1MO", "20260105"),
    ("FREQ=MONTHLY;BYDAY=-1SU", "20260329"),
    ("FREQ=MONTHLY;INTERVAL=3;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "20260130"),
    ("FREQ=MONTHLY;BYDAY=SU,SA;BYSETPOS=2", "20260104"),
    ("FREQ=YEARLY", "20261025"),
    ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "20280229"),
    ("FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", "20260329"),
    ("FREQ=YEARLY;INTERVAL=2;BYMONTH=11;BYDAY=1SU", "20261101"),
    ("FREQ=YEARLY;BYMONTH=4;BYDAY=1SU;COUNT=5", "20260405"),
];

/// Also such at which clocks are put.
const TIMES: [&str; 5] = ["T000000", "T023000", "T090000", "T013000", "T234500"];

fn object(zone: &str, rule: &str, day: &str, time: Option<&str>) -> String {
    let times = match time {
        Some(time) => format!("DTSTART;TZID={zone}:{day}{time}\r\nDURATION:PT45M"),
        None => format!("DTSTART;VALUE=DATE:{day}"),
    };
    [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:test",
        "BEGIN:VEVENT",
        "UID:agenda@example.org",
        "DTSTAMP:20260101T000000Z",
        "SUMMARY:stand-up",
        &times,
        &format!("RRULE:{rule}"),
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]
    .join("\r\n")
}

/// Starts and ends in ten years as the server has them, and as a phone of that version has them.
fn both(content: &str, zone: &TimeZone, version: Version) -> [Vec<(Timestamp, Timestamp)>; 2] {
    let now: Timestamp = "2026-01-01T00:00:00Z".parse().unwrap();
    let end: Timestamp = "2036-01-01T00:00:00Z".parse().unwrap();
    let object = Component::parse(content.as_bytes()).unwrap().remove(0);
    let series = Series::new(&object, "VEVENT", zone).unwrap();
    let server = series.occurrences(now, end).into_iter().map(|o| (o.start, o.end)).collect();

    let user = User { addresses: vec!["ann@example.org".into()], name: "Ann".into(), zone: zone.clone() };
    let body = BodyOptions::new(version);
    let cx = ItemContext { body: &body, user: &user, item: ItemId(1), now };
    let told = event::to_wire(content.as_bytes(), &cx).unwrap();
    let phone = agenda::occurrences(&told, now, end).into_iter().map(|o| (o.start, o.end)).collect();
    [server, phone]
}

/// Whether there is such a time on the clocks. A series that begins in the hour that is left out when clocks are
/// put forward can't be told: a phone is told when that is in UTC, which is another time on the clocks.
fn exists(civil: &str, zone: &TimeZone) -> bool {
    let civil: jiff::civil::DateTime = civil.parse().unwrap();
    zone.to_datetime(zone.to_timestamp(civil).unwrap()) == civil
}

#[test]
fn server_and_phone_agree_over_ten_years_in_forty_zones() {
    let mut checked = 0;
    for (z, name) in ZONES.into_iter().enumerate() {
        let zone = TimeZone::get(name).unwrap();
        for (r, (rule, day)) in RULES.into_iter().enumerate() {
            // Two times of the day each, so that every zone and every rule meets every time.
            for time in [TIMES[(z + r) % TIMES.len()], TIMES[(z + r + 2) % TIMES.len()]] {
                if !exists(&format!("{day}{time}"), &zone) {
                    continue;
                }
                let content = object(name, rule, day, Some(time));
                let version = if (z + r) % 2 == 0 { Version::V14_1 } else { Version::V16_1 };
                let [server, phone] = both(&content, &zone, version);
                assert!(!server.is_empty(), "{name} {rule} {day}{time}");
                let differs = server.iter().zip(&phone).find(|(server, phone)| server != phone);
                assert_eq!(differs, None, "{name} {rule} {day}{time} {version}");
                assert_eq!(server.len(), phone.len(), "{name} {rule} {day}{time} {version}");
                checked += server.len();
            }
        }
    }
    assert!(checked > 200_000, "{checked}");
}

#[test]
fn days_are_days_on_both_sides() {
    for name in
        ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Auckland", "Asia/Kathmandu"]
    {
        let zone = TimeZone::get(name).unwrap();
        for (rule, day) in RULES.into_iter().filter(|(rule, _)| !rule.contains("UNTIL")) {
            let content = object(name, rule, day, None);
            for version in [Version::V14_1, Version::V16_1] {
                let [server, phone] = both(&content, &zone, version);
                // In 16.x a phone is told days, wherever it is; before, midnights of the user's zone.
                let of = |zone: &TimeZone, all: Vec<(Timestamp, Timestamp)>| {
                    let day = |at: Timestamp| zone.to_datetime(at);
                    all.into_iter().map(|(start, end)| (day(start), day(end))).collect::<Vec<_>>()
                };
                let phones = if version >= Version::V16_0 { &TimeZone::UTC } else { &zone };
                let (mut server, mut phone) = (of(&zone, server), of(phones, phone));
                // At the end of the ten years the days of two zones differ.
                let last = jiff::civil::date(2035, 12, 30).at(0, 0, 0, 0);
                server.retain(|(start, _)| *start < last);
                phone.retain(|(start, _)| *start < last);
                assert_eq!(server, phone, "{name} {rule} {day} {version}");
            }
        }
    }
}
