//! The server's expansion of a stored series and the phone's of what it is told of it agree, over ten
//! years, across the changes of clocks in zones all over the world.

use fieldpost_domain::calendar::{Series, Zone, zone};
use fieldpost_domain::convert::mail::BodyOptions;
use fieldpost_domain::convert::{CreateContext, ItemContext, User, event};
use fieldpost_domain::id::ItemId;
use fieldpost_domain::object::Component;
use fieldpost_eas::Version;
use fieldpost_eas::date::CompactDateTime;
use fieldpost_eas::item::{Event, Exception, Recurrence};
use fieldpost_phone::agenda::occurrences;
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

/// Zones of every continent, on both hemispheres, with and without summer time, with changes at midnight,
/// at one, two and three, with half and quarter hours.
const ZONES: [&str; 44] = [
    "Africa/Cairo",
    "Africa/Johannesburg",
    "Africa/Lagos",
    "America/Adak",
    "America/Anchorage",
    "America/Argentina/Buenos_Aires",
    "America/Asuncion",
    "America/Bogota",
    "America/Chicago",
    "America/Denver",
    "America/Halifax",
    "America/Los_Angeles",
    "America/Mexico_City",
    "America/Miquelon",
    "America/New_York",
    "America/Phoenix",
    "America/Port-au-Prince",
    "America/Santiago",
    "America/Sao_Paulo",
    "America/St_Johns",
    "Asia/Beirut",
    "Asia/Dubai",
    "Asia/Kathmandu",
    "Asia/Kolkata",
    "Asia/Nicosia",
    "Asia/Shanghai",
    "Asia/Tokyo",
    "Atlantic/Azores",
    "Atlantic/Bermuda",
    "Australia/Adelaide",
    "Australia/Brisbane",
    "Australia/Lord_Howe",
    "Australia/Sydney",
    "Europe/Athens",
    "Europe/Berlin",
    "Europe/Chisinau",
    "Europe/Dublin",
    "Europe/Lisbon",
    "Europe/London",
    "Pacific/Apia",
    "Pacific/Auckland",
    "Pacific/Chatham",
    "Pacific/Easter",
    "UTC",
];

/// Hours that clocks skip and double somewhere, and one that they leave alone.
const HOURS: [&str; 4] = ["00:15:00", "01:45:00", "02:30:00", "17:00:00"];

fn patterns() -> Vec<Recurrence> {
    let p = |kind| Recurrence { r#type: Some(kind), interval: Some(1), ..Recurrence::default() };
    vec![
        p(0),
        Recurrence { interval: Some(17), ..p(0) },
        Recurrence { day_of_week: Some(62), ..p(0) },
        Recurrence { day_of_week: Some(1 | 8 | 64), first_day_of_week: Some(1), ..p(1) },
        Recurrence { day_of_week: Some(1 | 2), interval: Some(2), first_day_of_week: Some(0), ..p(1) },
        Recurrence { day_of_week: Some(1 | 2), interval: Some(2), first_day_of_week: Some(1), ..p(1) },
        Recurrence { day_of_month: Some(28), ..p(2) },
        Recurrence { day_of_month: Some(31), interval: Some(2), ..p(2) },
        Recurrence { day_of_week: Some(1), week_of_month: Some(5), ..p(3) },
        Recurrence { day_of_week: Some(64), week_of_month: Some(2), interval: Some(3), ..p(3) },
        Recurrence { day_of_week: Some(62), week_of_month: Some(5), ..p(3) },
        Recurrence { day_of_week: Some(65), week_of_month: Some(1), ..p(3) },
        Recurrence { day_of_week: Some(127), week_of_month: Some(5), ..p(3) },
        Recurrence { day_of_month: Some(29), month_of_year: Some(2), ..p(5) },
        Recurrence { day_of_month: Some(30), month_of_year: Some(10), ..p(5) },
        Recurrence { day_of_week: Some(1), week_of_month: Some(5), month_of_year: Some(3), ..p(6) },
        Recurrence { day_of_week: Some(62), week_of_month: Some(1), month_of_year: Some(11), ..p(6) },
        Recurrence { occurrences: Some(400), ..p(0) },
    ]
}

fn user(zone: &TimeZone) -> User {
    User { addresses: vec!["ann@example.org".into()], name: "Ann".into(), zone: zone.clone() }
}

/// Beginnings and ends.
type Times = Vec<(Timestamp, Timestamp)>;

/// Both expansions of what a phone of that version made, as beginnings and ends.
fn both(said: &Event, zone: &Zone, version: Version) -> (Times, Times) {
    let user = user(&zone.rules);
    let now = said.start_time.unwrap().0;
    let object = event::create(said, &CreateContext { version, user: &user, uid: "u", now }).unwrap();
    let body = BodyOptions::new(version);
    let told =
        event::to_wire(&object, &ItemContext { body: &body, user: &user, item: ItemId(1), now }).unwrap();
    let calendar = Component::parse_one(&object, "VCALENDAR").unwrap();
    let series = Series::new(&calendar, "VEVENT", &zone.rules).unwrap();
    let (from, to) = ("2028-01-01T00:00:00Z".parse().unwrap(), "2038-01-01T00:00:00Z".parse().unwrap());
    let server = series.occurrences(from, to).into_iter().filter(|o| o.start >= from);
    let phone = occurrences(&told, from, to).into_iter().filter(|o| o.start >= from && o.start < to);
    (server.map(|o| (o.start, o.end)).collect(), phone.map(|o| (o.start, o.end)).collect())
}

fn agree(said: &Event, zone: &Zone, version: Version) -> usize {
    let (server, phone) = both(said, zone, version);
    let first = server.iter().zip(&phone).find(|(a, b)| a != b);
    assert_eq!((first, server.len()), (None, phone.len()), "{} {version} {said:?}", zone.id);
    server.len()
}

fn series(zone: &Zone, start: &str, recurrence: Recurrence) -> Event {
    let start: DateTime = start.parse().unwrap();
    let start = zone.rules.to_ambiguous_timestamp(start).compatible().unwrap();
    let stamp = |at| Some(CompactDateTime(at));
    Event {
        timezone: Some(zone::to_wire(zone, start)),
        start_time: stamp(start),
        end_time: stamp(start + jiff::SignedDuration::from_mins(90)),
        recurrence: Some(recurrence),
        ..Event::default()
    }
}

// MS-ASCAL_R28011: the interval is what lies between occurrences.
#[test]
fn ten_years_in_every_zone() {
    let mut total = 0;
    for (at, name) in ZONES.into_iter().enumerate() {
        let zone = Zone::get(name).unwrap();
        for (n, recurrence) in patterns().into_iter().enumerate() {
            // Every pattern meets every hour somewhere, and every zone every hour.
            let start = format!("2028-01-03T{}", HOURS[(at + n) % HOURS.len()]);
            total += agree(&series(&zone, &start, recurrence), &zone, Version::V14_1);
        }
    }
    println!("{total} occurrences");
    assert!(total > 200_000);
}

#[test]
fn whole_days_in_every_zone() {
    let midnight = |zone: &Zone, date: &str, version| {
        let local: DateTime = format!("{date}T00:00:00").parse().unwrap();
        let zone = if version >= Version::V16_0 { &TimeZone::UTC } else { &zone.rules };
        Some(CompactDateTime(zone.to_ambiguous_timestamp(local).compatible().unwrap()))
    };
    for name in ZONES {
        let zone = Zone::get(name).unwrap();
        for version in [Version::V14_1, Version::V16_1] {
            // Days of 16.x have no zone; the agenda tells them by Greenwich.
            let zone = if version >= Version::V16_0 { Zone::get("UTC").unwrap() } else { zone.clone() };
            let recurrence = Recurrence {
                r#type: Some(1),
                interval: Some(1),
                day_of_week: Some(1 | 32),
                first_day_of_week: Some(1),
                until: midnight(&zone, "2032-06-04", version),
                ..Recurrence::default()
            };
            let said = Event {
                timezone: (version < Version::V16_0)
                    .then(|| zone::to_wire(&zone, "2028-01-03T00:00:00Z".parse().unwrap())),
                start_time: midnight(&zone, "2028-01-07", version),
                end_time: midnight(&zone, "2028-01-09", version),
                all_day_event: Some(true),
                recurrence: Some(recurrence),
                ..Event::default()
            };
            // A day that begins at a midnight that clocks skip is an hour shorter; some phones forget it.
            let (server, phone) = both(&said, &zone, version);
            let starts = |all: &Times| all.iter().map(|(start, _)| *start).collect::<Vec<_>>();
            assert_eq!((starts(&server), server.len()), (starts(&phone), 461), "{name} {version}");
        }
    }
}

#[test]
fn exceptions_in_every_zone() {
    for name in ZONES {
        let zone = Zone::get(name).unwrap();
        let daily = Recurrence { r#type: Some(0), interval: Some(1), ..Recurrence::default() };
        let mut said = series(&zone, "2028-03-01T02:30:00", daily);
        let day = |n: i64| {
            let local = said.start_time.map(|at| zone.rules.to_datetime(at.0)).unwrap();
            let local = local.checked_add(jiff::Span::new().days(n)).unwrap();
            Some(CompactDateTime(zone.rules.to_ambiguous_timestamp(local).compatible().unwrap()))
        };
        let gone =
            |n| Exception { deleted: Some(true), exception_start_time: day(n), ..Exception::default() };
        let later = |at: Option<CompactDateTime>, h| {
            at.map(|at| CompactDateTime(at.0 + jiff::SignedDuration::from_hours(h)))
        };
        let moved = |n| Exception {
            exception_start_time: day(n),
            start_time: later(day(n), 5),
            end_time: later(day(n), 8),
            ..Exception::default()
        };
        // Around the days on which clocks are put in most places.
        let exceptions = (0..250).filter_map(|n| match n % 7 {
            0 => Some(gone(n)),
            3 => Some(moved(n)),
            _ => None,
        });
        said.exceptions = Some(exceptions.collect());
        agree(&said, &zone, Version::V14_1);
    }
}
