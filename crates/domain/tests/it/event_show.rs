//! Events as phones see them, against [MS-ASCAL].

use fieldpost_domain::convert::event;
use fieldpost_eas::Version;
use fieldpost_eas::codec::OrEmpty;
use fieldpost_eas::item::{BodyType, Event, Exception};
use fieldpost_eas::page::{air_sync_base as base, calendar};
use fieldpost_eas::wbxml::Node;

use crate::events::{VERSIONS, encoded, options, sent, showing, user};

/// An object with one event that says these lines.
fn object(lines: &str) -> String {
    format!(
        "BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nUID:u-1\nDTSTAMP:20260101T000000Z\n{lines}\nEND:VEVENT\nEND:VCALENDAR\n"
    )
}

const TIMES: &str = "DTSTART;TZID=Europe/Berlin:20260309T090000\nDTEND;TZID=Europe/Berlin:20260309T093000";

fn event(lines: &str) -> String {
    object(&format!("{TIMES}\n{lines}"))
}

fn shown(content: &str, version: Version) -> Event {
    let event =
        event::to_wire(content.as_bytes(), &showing(&options(version, BodyType::Text), &user())).unwrap();
    sent(&event, version)
}

fn stamp(at: Option<fieldpost_eas::date::CompactDateTime>) -> String {
    at.map(|at| at.0.to_string()).unwrap_or_default()
}

// MS-ASCAL_R42911, MS-ASCAL_R434, MS-ASCAL_R438, MS-ASCAL_R23311, MS-ASCAL_R235, MS-ASCAL_R240
// MS-ASCAL_R21911, MS-ASCAL_R224, MS-ASCAL_R43911, MS-ASCAL_R444, MS-ASCAL_R46011, MS-ASCAL_R462
// MS-ASCAL_R44511, MS-ASCAL_R447, MS-ASCAL_R7911, MS-ASCAL_R85, MS-ASCAL_R86, MS-ASCAL_R564
#[test]
fn what_every_event_says() {
    for version in VERSIONS {
        let e = shown(&event("SUMMARY:Stand-up\\, daily"), version);
        assert_eq!(stamp(e.start_time), "2026-03-09T08:00:00Z");
        assert_eq!(stamp(e.end_time), "2026-03-09T08:30:00Z");
        assert_eq!(stamp(e.dt_stamp), "2026-01-01T00:00:00Z");
        assert_eq!((e.subject.as_deref(), e.uid.as_deref()), (Some("Stand-up, daily"), Some("u-1")));
        assert_eq!((e.all_day_event, e.meeting_status, e.sensitivity), (Some(false), Some(0), Some(0)));
        assert_eq!(e.busy_status, Some(2));
        let zone = e.timezone.unwrap();
        assert_eq!((zone.bias, zone.daylight_bias, zone.daylight_date.month), (-60, -60, 3));
        let days = object("DTSTART;VALUE=DATE:20260309\nDTEND;VALUE=DATE:20260310");
        assert_eq!(shown(&days, version).all_day_event, Some(true));
    }
}

// Whole days: midnight of the zone up to 14.1, dates without a zone from 16.0 on.
#[test]
fn whole_days_in_each_form() {
    let days =
        object("DTSTART;VALUE=DATE:20260309\nDTEND;VALUE=DATE:20260311\nRRULE:FREQ=WEEKLY;UNTIL=20260323");
    for version in VERSIONS {
        let e = shown(&days, version);
        let until = stamp(e.recurrence.unwrap().until);
        if version >= Version::V16_0 {
            assert_eq!(
                (stamp(e.start_time), stamp(e.end_time)),
                ("2026-03-09T00:00:00Z".into(), "2026-03-11T00:00:00Z".into())
            );
            assert_eq!((e.timezone, until), (None, "2026-03-23T00:00:00Z".into()));
        } else {
            assert_eq!(
                (stamp(e.start_time), stamp(e.end_time)),
                ("2026-03-08T23:00:00Z".into(), "2026-03-10T23:00:00Z".into())
            );
            assert_eq!(until, "2026-03-22T23:00:00Z");
            assert_eq!(e.timezone.unwrap().bias, -60);
        }
    }
}

// MS-ASCAL_R13111, MS-ASCAL_R137, MS-ASCAL_R138, MS-ASCAL_R2235, MS-ASCAL_R2043, MS-ASCAL_R2044
// MS-ASCAL_R42111, MS-ASCAL_R427, MS-ASCAL_R428, MS-ASCAL_R610, MS-ASCAL_R611, MS-ASCAL_R612, MS-ASCAL_R613
#[test]
fn busy_and_private() {
    for version in VERSIONS {
        let busy = |lines: &str| shown(&event(lines), version).busy_status;
        assert_eq!(busy("TRANSP:TRANSPARENT"), Some(0));
        assert_eq!(busy("STATUS:TENTATIVE"), Some(1));
        assert_eq!(busy("TRANSP:OPAQUE"), Some(2));
        assert_eq!(busy("X-MICROSOFT-CDO-BUSYSTATUS:OOF"), Some(3));
        let elsewhere = if version >= Version::V16_0 { 4 } else { 0 };
        assert_eq!(busy("X-MICROSOFT-CDO-BUSYSTATUS:WORKINGELSEWHERE"), Some(elsewhere));
        for (class, number) in
            [("PUBLIC", 0), ("X-PERSONAL", 1), ("PRIVATE", 2), ("CONFIDENTIAL", 3), ("X-ODD", 2)]
        {
            assert_eq!(shown(&event(&format!("CLASS:{class}")), version).sensitivity, Some(number));
        }
    }
}

// MS-ASCAL_R39011, MS-ASCAL_R39511
#[test]
fn reminders() {
    let alarm = |trigger: &str| format!("BEGIN:VALARM\nACTION:DISPLAY\n{trigger}\nEND:VALARM");
    for (trigger, minutes) in [
        ("TRIGGER:-PT15M", Some(15)),
        ("TRIGGER:-P1D", Some(1440)),
        ("TRIGGER:PT0S", Some(0)),
        ("TRIGGER;RELATED=END:-PT45M", Some(15)),
        ("TRIGGER;VALUE=DATE-TIME:20260309T070000Z", Some(60)),
        ("TRIGGER:PT15M", None),
        ("TRIGGER:soon", None),
    ] {
        let reminder = shown(&event(&alarm(trigger)), Version::V14_1).reminder;
        assert_eq!(reminder, minutes.map(|m| OrEmpty(Some(m))), "{trigger}");
    }
    let mail = alarm("TRIGGER:-PT15M").replace("DISPLAY", "EMAIL");
    assert_eq!(shown(&event(&mail), Version::V14_1).reminder, None);
}

const MEETING: &str = "ORGANIZER;CN=Bob:mailto:bob@example.net\nATTENDEE;CN=Bob;PARTSTAT=ACCEPTED:mailto:bob@example.net\n\
    ATTENDEE;CN=Ann;PARTSTAT=TENTATIVE;RSVP=TRUE:MAILTO:Ann@example.org\n\
    ATTENDEE;CUTYPE=ROOM;PARTSTAT=DECLINED:mailto:room@example.net\n\
    ATTENDEE;ROLE=OPT-PARTICIPANT;CN=\"Doe, Jo\";PARTSTAT=NEEDS-ACTION:mailto:jo@example.net\n\
    ATTENDEE;CN=Eve:mailto:eve@example.net";

// MS-ASCAL_R98011, MS-ASCAL_R99, MS-ASCAL_R100, MS-ASCAL_R101, MS-ASCAL_R10411, MS-ASCAL_R11311
// MS-ASCAL_R116, MS-ASCAL_R117, MS-ASCAL_R118, MS-ASCAL_R568, MS-ASCAL_R569, MS-ASCAL_R570, MS-ASCAL_R571
// MS-ASCAL_R572, MS-ASCAL_R11911, MS-ASCAL_R121, MS-ASCAL_R122, MS-ASCAL_R123, MS-ASCAL_R573
// MS-ASCAL_R574, MS-ASCAL_R575, MS-ASCAL_R225, MS-ASCAL_R227, MS-ASCAL_R22811, MS-ASCAL_R329
// MS-ASCAL_R331, MS-ASCAL_R33211, MS-ASCAL_R36211, MS-ASCAL_R364, MS-ASCAL_R36711, MS-ASCAL_R369
#[test]
fn people() {
    for version in VERSIONS {
        let e = shown(&event(MEETING), version);
        assert_eq!(
            (e.organizer_name.as_deref(), e.organizer_email.as_deref()),
            (Some("Bob"), Some("bob@example.net"))
        );
        let list = e.attendees.unwrap();
        let seen: Vec<_> = list
            .iter()
            .map(|a| {
                (a.name.as_deref().unwrap(), a.email.as_deref().unwrap(), a.attendee_status, a.attendee_type)
            })
            .collect();
        let known = version >= Version::V12_0;
        let number = |n| Some(n).filter(|_| known);
        let expected = [
            ("Ann", "Ann@example.org", number(2), number(1)),
            ("room@example.net", "room@example.net", number(4), number(3)),
            ("Doe, Jo", "jo@example.net", number(5), number(2)),
            ("Eve", "eve@example.net", number(0), number(1)),
        ];
        assert_eq!(seen, expected, "{version}");
        let own = event("").replace("BEGIN:VEVENT", "BEGIN:VEVENT\nATTENDEE;PARTSTAT=ACCEPTED:mailto:x@y.z");
        assert_eq!(shown(&own, version).organizer_email.as_deref(), Some("ann@example.org"));
    }
}

// MS-ASCAL_R30311, MS-ASCAL_R308, MS-ASCAL_R309, MS-ASCAL_R310, MS-ASCAL_R311, MS-ASCAL_R312
// MS-ASCAL_R313, MS-ASCAL_R314, MS-ASCAL_R405, MS-ASCAL_R407, MS-ASCAL_R40111, MS-ASCAL_R40611
// MS-ASCAL_R410, MS-ASCAL_R412, MS-ASCAL_R414, MS-ASCAL_R418, MS-ASCAL_R396, MS-ASCAL_R39611
// MS-ASCAL_R398
#[test]
fn what_the_user_is_in_it() {
    let guest = |status: &str| MEETING.replace("PARTSTAT=TENTATIVE", &format!("PARTSTAT={status}"));
    let own = "ORGANIZER:mailto:ann@example.org\nATTENDEE;RSVP=TRUE:mailto:bob@example.net";
    for (lines, status, response, wanted) in [
        (String::new(), 0, 0, None),
        (own.to_owned(), 1, 1, Some(true)),
        (own.replace("RSVP=TRUE", "RSVP=FALSE"), 1, 1, Some(false)),
        (guest("TENTATIVE"), 3, 2, Some(true)),
        (guest("ACCEPTED"), 3, 3, Some(true)),
        (guest("DECLINED"), 3, 4, Some(true)),
        (guest("NEEDS-ACTION"), 3, 5, Some(true)),
        (format!("{own}\nSTATUS:CANCELLED"), 5, 1, Some(true)),
        (format!("{}\nSTATUS:CANCELLED", guest("ACCEPTED")), 7, 3, Some(true)),
    ] {
        for version in VERSIONS {
            let e = shown(&event(&lines), version);
            let is_new = version >= Version::V14_0;
            assert_eq!(e.meeting_status, Some(status), "{lines}");
            assert_eq!(e.response_type, Some(response).filter(|_| is_new), "{version} {lines}");
            assert_eq!(e.response_requested, wanted.filter(|_| is_new), "{version} {lines}");
        }
    }
}

// MS-ASCAL_R88011, MS-ASCAL_R91, MS-ASCAL_R566, MS-ASCAL_R52522
// MS-ASCAL_R21111, MS-ASCAL_R215, MS-ASCAL_R216, MS-ASCAL_R35111
#[test]
fn answers_and_links() {
    let answered = format!(
        "{MEETING}\nX-MICROSOFT-CDO-REPLYTIME:20260202T101112Z\nX-MICROSOFT-DISALLOW-COUNTER:TRUE\n\
        X-MICROSOFT-ONLINEMEETINGCONFLINK:conf:sip:ann@example.org\nX-MICROSOFT-ONLINEMEETINGEXTERNALLINK:https://meet.example/1"
    );
    for version in VERSIONS {
        let e = shown(&event(&answered), version);
        let reply = if version >= Version::V14_0 { "2026-02-02T10:11:12Z" } else { "" };
        assert_eq!(stamp(e.appointment_reply_time), reply);
        assert_eq!(e.disallow_new_time_proposal, (version >= Version::V14_0).then_some(true));
        let links = (e.online_meeting_conf_link.as_deref(), e.online_meeting_external_link.as_deref());
        let expected = (Some("conf:sip:ann@example.org"), Some("https://meet.example/1"));
        assert_eq!(links, if version >= Version::V14_1 { expected } else { (None, None) });
    }
    // Where nobody answered there is no time of it.
    let open = answered.replace("PARTSTAT=TENTATIVE", "PARTSTAT=NEEDS-ACTION");
    assert_eq!(shown(&event(&open), Version::V16_1).appointment_reply_time, None);
    assert_eq!(shown(&event(""), Version::V14_1).disallow_new_time_proposal, Some(false));
}

// MS-ASCAL_R12411, MS-ASCAL_R33411, MS-ASCAL_R336, MS-ASCAL_R17711, MS-ASCAL_R182, MS-ASCAL_R18311
// MS-ASCAL_R185, MS-ASCAL_R29411, MS-ASCAL_R300, MS-ASCAL_R2135, MS-ASCAL_R2135001, MS-ASCAL_R11026
#[test]
fn texts_places_and_categories() {
    let lines = "DESCRIPTION:one\\ntwo\nCATEGORIES:a\\,b,c\nCATEGORIES:c,d\nLOCATION:Room 4\nGEO:52.5;13.4";
    for version in VERSIONS {
        let e = shown(&event(lines), version);
        assert_eq!(e.categories.unwrap(), ["a,b", "c", "d"]);
        if version == Version::V2_5 {
            assert_eq!(
                (e.legacy_body.unwrap().0, e.body, e.native_body_type),
                (b"one\r\ntwo".to_vec(), None, None)
            );
        } else {
            assert_eq!(
                (e.body.unwrap().data.unwrap().0, e.native_body_type),
                (b"one\r\ntwo".to_vec(), Some(1))
            );
        }
        let place = e.place.map(|p| (p.display_name, p.latitude, p.longitude));
        if version >= Version::V16_0 {
            assert_eq!((place, e.location), (Some((Some("Room 4".into()), Some(52.5), Some(13.4))), None));
        } else {
            assert_eq!((place, e.location.as_deref()), (None, Some("Room 4")));
        }
    }
    let html = event("DESCRIPTION:bold\nX-ALT-DESC;FMTTYPE=text/html:<b>bold</b>");
    assert_eq!(shown(&html, Version::V14_1).native_body_type, Some(2));
    let many = (0..400).map(|n| format!("CATEGORIES:c{n}\n")).collect::<String>();
    assert_eq!(shown(&event(many.trim_end()), Version::V14_1).categories.unwrap().len(), 300);
}

const SERIES: &str = "SUMMARY:Weekly\nLOCATION:Room 4\nCATEGORIES:a\nDESCRIPTION:text\nRRULE:FREQ=WEEKLY;COUNT=10\n\
    EXDATE;TZID=Europe/Berlin:20260316T090000\nEXDATE;TZID=Europe/Berlin:20260317T090000\n\
    BEGIN:VALARM\nACTION:DISPLAY\nTRIGGER:-PT15M\nEND:VALARM";

/// The series with an occurrence that was changed: that of 30 March, when the clocks had been put.
fn series(changed: &str) -> String {
    let all = event(SERIES);
    let one = format!(
        "BEGIN:VEVENT\nUID:u-1\nDTSTAMP:20260102T000000Z\nRECURRENCE-ID;TZID=Europe/Berlin:20260330T090000\n{changed}\nEND:VEVENT\nEND:VCALENDAR"
    );
    all.replace("END:VCALENDAR", &one)
}

const SAME_TIME: &str =
    "DTSTART;TZID=Europe/Berlin:20260330T090000\nDTEND;TZID=Europe/Berlin:20260330T093000";
const SAME_REST: &str = "SUMMARY:Weekly\nLOCATION:Room 4\nCATEGORIES:a\nDESCRIPTION:text\n\
    BEGIN:VALARM\nACTION:DISPLAY\nTRIGGER:-PT15M\nEND:VALARM";

fn exceptions(content: &str, version: Version) -> Vec<Exception> {
    shown(content, version).exceptions.unwrap()
}

// MS-ASCAL_R24111, MS-ASCAL_R242, MS-ASCAL_R246, MS-ASCAL_R2106, MS-ASCAL_R26111, MS-ASCAL_R264
// MS-ASCAL_R26711, MS-ASCAL_R268, MS-ASCAL_R20611, MS-ASCAL_R20811, MS-ASCAL_R209, MS-ASCAL_R210
// MS-ASCAL_R2083, MS-ASCAL_R22111, MS-ASCAL_R22211, MS-ASCAL_R44111, MS-ASCAL_R43511, MS-ASCAL_R23611
// MS-ASCAL_R23711, MS-ASCAL_R29611, MS-ASCAL_R29711
#[test]
fn occurrences_that_differ() {
    let moved = series(&format!(
        "DTSTART;TZID=Europe/Berlin:20260331T100000\nDTEND;TZID=Europe/Berlin:20260331T110000\n{}",
        SAME_REST.replace("Weekly", "Moved").replace("Room 4", "Room 5")
    ));
    for version in VERSIONS {
        let all = exceptions(&moved, version);
        // The seventeenth is no Monday, so leaving it out says nothing.
        assert_eq!(all.len(), 2, "{version}");
        let ids = |e: &Exception| (stamp(e.exception_start_time), stamp(e.instance_id));
        let is_new = version >= Version::V16_0;
        let id =
            |at: &str| if is_new { (String::new(), at.to_owned()) } else { (at.to_owned(), String::new()) };
        assert_eq!((ids(&all[0]), all[0].deleted), (id("2026-03-16T08:00:00Z"), Some(true)));
        assert_eq!((ids(&all[1]), all[1].deleted), (id("2026-03-30T07:00:00Z"), None));
        let one = &all[1];
        assert_eq!(
            (stamp(one.start_time), stamp(one.end_time)),
            ("2026-03-31T08:00:00Z".into(), "2026-03-31T09:00:00Z".into())
        );
        assert_eq!(stamp(one.dt_stamp), "2026-01-02T00:00:00Z");
        assert_eq!(one.subject.as_deref(), Some("Moved"));
        if is_new {
            assert_eq!(one.place.as_ref().unwrap().display_name.as_deref(), Some("Room 5"));
        } else {
            assert_eq!(one.location.as_deref(), Some("Room 5"));
        }
        // What is as in the series is not said.
        assert_eq!((&one.categories, &one.reminder, &one.body, one.busy_status), (&None, &None, &None, None));
        assert_eq!((&one.attendees, one.all_day_event, one.sensitivity), (&None, None, None));
    }
}

// MS-ASCAL_R539, MS-ASCAL_R543, MS-ASCAL_R2242, MS-ASCAL_R3951111, MS-ASCAL_R2185, MS-ASCAL_R351
#[test]
fn what_an_occurrence_has_not_is_said_by_an_empty_element() {
    let bare = series(SAME_TIME);
    for version in VERSIONS {
        let one = exceptions(&bare, version).pop().unwrap();
        assert_eq!((one.start_time, one.subject.as_deref()), (None, Some("")));
        assert_eq!(one.categories, Some(vec![]));
        // Empty reminders are known from 14.1 on.
        assert_eq!(one.reminder, (version >= Version::V14_1).then_some(OrEmpty(None)));
        if version == Version::V2_5 {
            assert_eq!(one.legacy_body.unwrap().0, b"");
        } else {
            assert_eq!(one.body, Some(OrEmpty(None)));
        }
    }
    let tree = encoded(
        &event::to_wire(bare.as_bytes(), &showing(&options(Version::V14_1, BodyType::Text), &user()))
            .unwrap(),
        Version::V14_1,
    );
    let exception = tree.child(calendar::EXCEPTIONS).unwrap().children.last().unwrap();
    for tag in [calendar::SUBJECT, calendar::LOCATION, calendar::REMINDER, calendar::CATEGORIES, base::BODY] {
        let empty = exception.child(tag).unwrap_or_else(|| panic!("{tag}"));
        assert!(is_empty(empty), "{tag}");
    }
    let linked = series(&format!("{SAME_TIME}\n{SAME_REST}")).replacen(
        "SUMMARY:Weekly",
        "SUMMARY:Weekly\nX-MICROSOFT-ONLINEMEETINGCONFLINK:conf:x",
        1,
    );
    assert_eq!(exceptions(&linked, Version::V14_1)[1].online_meeting_conf_link.as_deref(), Some(""));
}

fn is_empty(node: &Node) -> bool {
    node.text.is_none() && node.children.is_empty()
}

// MS-ASCAL_R10611, MS-ASCAL_R10711, MS-ASCAL_R2023, MS-ASCAL_R13311, MS-ASCAL_R13411, MS-ASCAL_R18011
// MS-ASCAL_R17911, MS-ASCAL_R18312, MS-ASCAL_R12611, MS-ASCAL_R12711, MS-ASCAL_R39211, MS-ASCAL_R39311
// MS-ASCAL_R30511, MS-ASCAL_R402, MS-ASCAL_R40211, MS-ASCAL_R40511, MS-ASCAL_R42411, MS-ASCAL_R8111
// MS-ASCAL_R89011, MS-ASCAL_R567, MS-ASCAL_R525221, MS-ASCAL_R52522111, MS-ASCAL_R34812
#[test]
fn everything_may_differ() {
    let changed = format!(
        "DTSTART;VALUE=DATE:20260330\nDTEND;VALUE=DATE:20260331\nSUMMARY:Weekly\nLOCATION:Room 4\nCATEGORIES:b,c\n\
         DESCRIPTION:other\nCLASS:PRIVATE\nTRANSP:TRANSPARENT\nSTATUS:CANCELLED\n{MEETING}\n\
         X-MICROSOFT-CDO-REPLYTIME:20260202T101112Z\nX-MICROSOFT-ONLINEMEETINGCONFLINK:conf:x\n\
         BEGIN:VALARM\nACTION:DISPLAY\nTRIGGER:-PT5M\nEND:VALARM"
    );
    for version in VERSIONS {
        let one = exceptions(&series(&changed), version).pop().unwrap();
        assert_eq!(
            (one.all_day_event, one.sensitivity, one.busy_status),
            (Some(true), Some(OrEmpty(Some(2))), Some(OrEmpty(Some(0))))
        );
        assert_eq!(
            (one.categories.unwrap(), one.reminder),
            (vec!["b".to_owned(), "c".into()], Some(OrEmpty(Some(5))))
        );
        assert_eq!(one.meeting_status, Some(7));
        assert_eq!(one.attendees.map(|list| list.len()), (version >= Version::V14_0).then_some(4));
        assert_eq!(one.response_type, (version >= Version::V14_0).then_some(2));
        assert_eq!(one.appointment_reply_time.is_some(), version >= Version::V14_0);
        assert_eq!(one.online_meeting_conf_link.is_some(), version >= Version::V14_1);
        let text = if version == Version::V2_5 { one.legacy_body } else { one.body.unwrap().0.unwrap().data };
        assert_eq!(text.unwrap().0, b"other");
        // Who has not answered has no time of it.
        let open = series(&changed.replace("PARTSTAT=TENTATIVE", "PARTSTAT=NEEDS-ACTION"));
        assert_eq!(exceptions(&open, version).pop().unwrap().appointment_reply_time, None);
    }
}

// MS-ASCAL_R24311
#[test]
fn there_are_at_most_256_exceptions() {
    let dates = (1..=300).map(|n| {
        let day = jiff::civil::date(2026, 3, 9).checked_add(jiff::Span::new().days(n)).unwrap();
        format!("EXDATE;TZID=Europe/Berlin:{}\n", day.strftime("%Y%m%dT090000"))
    });
    let all = event(&format!("RRULE:FREQ=DAILY\n{}", dates.collect::<String>().trim_end()));
    assert_eq!(exceptions(&all, Version::V14_1).len(), 256);
}

// MS-ASCAL_R372, MS-ASCAL_R37211, MS-ASCAL_R46411, MS-ASCAL_R470, MS-ASCAL_R33811, MS-ASCAL_R344
// MS-ASCAL_R341, MS-ASCAL_R467, MS-ASCAL_R389162, MS-ASCAL_R38916, MS-ASCAL_R389161
#[test]
fn ends_of_series() {
    let ends = |rule: &str| {
        let r = shown(&event(&format!("RRULE:{rule}")), Version::V14_1).recurrence.unwrap();
        (r.occurrences, stamp(r.until))
    };
    assert_eq!(ends("FREQ=DAILY"), (None, String::new()));
    assert_eq!(ends("FREQ=DAILY;COUNT=5"), (Some(5), String::new()));
    // The last occurrence, by the clock on the wall.
    assert_eq!(ends("FREQ=DAILY;UNTIL=20260401T235959Z"), (None, "2026-04-01T07:00:00Z".into()));
    assert_eq!(ends("FREQ=DAILY;UNTIL=20260401"), (None, "2026-04-01T07:00:00Z".into()));
    assert_eq!(ends("FREQ=DAILY;COUNT=1200"), (None, "2029-06-20T07:00:00Z".into()));
    // What can't be said is left out, as is what ends before it begins.
    for rule in ["FREQ=HOURLY", "FREQ=DAILY;UNTIL=20200101", "FREQ=NEVER", "FREQ=MONTHLY;BYMONTHDAY=1,15"] {
        assert_eq!(shown(&event(&format!("RRULE:{rule}")), Version::V14_1).recurrence, None, "{rule}");
    }
}

// MS-ASCAL_R284, MS-ASCAL_R28411, MS-ASCAL_R288, MS-ASCAL_R293, MS-ASCAL_R139, MS-ASCAL_R145, MS-ASCAL_R146
// MS-ASCAL_R269, MS-ASCAL_R276, MS-ASCAL_R277
#[test]
fn calendars_and_weeks_by_version() {
    for version in VERSIONS {
        let r = |rule: &str| shown(&event(&format!("RRULE:{rule}")), version).recurrence.unwrap();
        let leap = r("RSCALE=CHINESE;FREQ=YEARLY;BYMONTH=5L;BYMONTHDAY=1");
        let is_new = version >= Version::V14_0;
        assert_eq!((leap.calendar_type, leap.is_leap_month), (is_new.then_some(15), is_new.then_some(true)));
        // MS-ASCAL_R609, R608
        let common = r("RSCALE=CHINESE;FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=1");
        assert_eq!(
            (common.calendar_type, common.is_leap_month),
            (is_new.then_some(15), is_new.then_some(false))
        );
        let plain = r("FREQ=YEARLY");
        assert_eq!((plain.calendar_type, plain.is_leap_month), (is_new.then_some(0), None));
        let weekly = r("FREQ=WEEKLY;WKST=SU");
        assert_eq!(weekly.first_day_of_week, (version >= Version::V14_1).then_some(0));
    }
}

#[test]
fn an_invitation_to_one_occurrence_is_an_event() {
    let one = object(&format!("RECURRENCE-ID:20260309T080000Z\n{TIMES}\nSUMMARY:Once"));
    let e = shown(&one, Version::V16_1);
    assert_eq!((e.subject.as_deref(), e.recurrence, e.exceptions), (Some("Once"), None, None));
}

// 16.1: times that attendees propose stand with them.
#[test]
fn proposed_times() {
    let lines = "ORGANIZER:mailto:ann@example.org\nATTENDEE;X-FIELDPOST-PROPOSED-START=20260309T100000Z;\
        X-FIELDPOST-PROPOSED-END=20260309T103000Z:mailto:bob@example.net";
    for version in VERSIONS {
        let one = shown(&event(lines), version).attendees.unwrap().remove(0);
        let expected = if version >= Version::V16_1 { "2026-03-09T10:00:00Z" } else { "" };
        assert_eq!(stamp(one.proposed_start_time), expected);
    }
}
