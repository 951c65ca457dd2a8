//! Events that phones add and change, against [MS-ASCAL].

use fieldpost_domain::convert::{Ghosting, InvalidItem, event};
use fieldpost_domain::object::Component;
use fieldpost_eas::Version;
use fieldpost_eas::codec::{Content, Opaque, OrEmpty};
use fieldpost_eas::date::CompactDateTime;
use fieldpost_eas::item::{
    Attachment, AttachmentEntry, Attendee, Body, BodyType, Event, Exception, Location, Method, NewAttachment,
    Recurrence, RemovedAttachment,
};
use fieldpost_eas::page::calendar as tag;
use fieldpost_eas::time_zone::{SystemTime, TimeZone};
use jiff::Timestamp;

use crate::events::{VERSIONS, creating, now, options, patching, sent, showing, user};

const OLD: [Version; 5] = [Version::V2_5, Version::V12_0, Version::V12_1, Version::V14_0, Version::V14_1];
const NEW: [Version; 2] = [Version::V16_0, Version::V16_1];

fn at(text: &str) -> Option<CompactDateTime> {
    Some(CompactDateTime(text.parse().unwrap()))
}

fn id(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// An event of half an hour on a Monday morning.
fn plain() -> Event {
    Event {
        start_time: at("2026-03-09T08:00:00Z"),
        end_time: at("2026-03-09T08:30:00Z"),
        subject: Some("Stand-up".into()),
        ..Event::default()
    }
}

fn weekly() -> Event {
    let recurrence = Recurrence {
        r#type: Some(1),
        interval: Some(1),
        day_of_week: Some(2),
        occurrences: Some(10),
        first_day_of_week: Some(1),
        ..Recurrence::default()
    };
    Event { recurrence: Some(recurrence), ..plain() }
}

fn make(event: &Event, version: Version) -> Result<String, InvalidItem> {
    let bytes = event::create(event, &creating(version, &user()))?;
    Ok(String::from_utf8(bytes).unwrap())
}

fn made(event: &Event, version: Version) -> String {
    make(event, version).unwrap_or_else(|e| panic!("{e}: {event:?}"))
}

fn shown(content: &str, version: Version) -> Event {
    let event =
        event::to_wire(content.as_bytes(), &showing(&options(version, BodyType::Text), &user())).unwrap();
    sent(&event, version)
}

fn try_change(
    content: &str,
    change: &Event,
    version: Version,
    ghosting: &Ghosting,
) -> Result<String, InvalidItem> {
    let bytes = event::patch(content.as_bytes(), change, &patching(version, &user(), ghosting))?;
    Ok(String::from_utf8(bytes).unwrap())
}

fn changed(content: &str, change: &Event, version: Version) -> String {
    let ghosting = if version >= Version::V16_0 { Ghosting::All } else { Ghosting::None };
    try_change(content, change, version, &ghosting).unwrap_or_else(|e| panic!("{e}: {change:?}"))
}

fn instance(content: &str, at: &str, change: &Event) -> Result<String, InvalidItem> {
    let user = user();
    let cx = patching(Version::V16_1, &user, &Ghosting::All);
    event::patch_instance(content.as_bytes(), id(at), change, &cx).map(|b| String::from_utf8(b).unwrap())
}

fn without(content: &str, at: &str) -> Result<String, InvalidItem> {
    let user = user();
    let cx = patching(Version::V16_1, &user, &Ghosting::All);
    event::delete_instance(content.as_bytes(), id(at), &cx).map(|b| String::from_utf8(b).unwrap())
}

fn exceptions(content: &str) -> Vec<Exception> {
    shown(content, Version::V16_1).exceptions.unwrap_or_default()
}

#[test]
fn a_new_event_is_a_whole_object() {
    let object = made(&plain(), Version::V14_1);
    for line in [
        "VERSION:2.0\r\n",
        "TZID:Europe/Berlin\r\n",
        "DTSTART;TZID=Europe/Berlin:20260309T090000\r\n",
        "DTEND;TZID=Europe/Berlin:20260309T093000\r\n",
        "SUMMARY:Stand-up\r\n",
        "UID:new-uid\r\n",
        "DTSTAMP:20261123T101400Z\r\n",
    ] {
        assert!(object.contains(line), "{line}\n{object}");
    }
}

// MS-ASCAL_R2223: from 16.0 on the server gives the UID, before that the phone may.
// MS-ASCAL_R463: of up to 300 characters.
#[test]
fn who_gives_the_uid() {
    let event = Event { uid: Some("phone-uid".into()), client_uid: Some("c\u{0}".into()), ..plain() };
    for version in VERSIONS {
        let expected = if version >= Version::V16_0 { "new-uid" } else { "phone-uid" };
        assert_eq!(shown(&made(&event, version), version).uid.as_deref(), Some(expected));
    }
    assert!(made(&event, Version::V16_1).contains("X-FIELDPOST-CLIENT-UID:c\r\n"));
    let long = made(&plain(), Version::V14_1).replace("new-uid", &"u".repeat(400));
    assert_eq!(shown(&long, Version::V14_1).uid.unwrap().len(), 300);
}

#[test]
fn whole_days_in_each_form() {
    for version in VERSIONS {
        let event = if version >= Version::V16_0 {
            Event { start_time: at("2026-03-09T00:00:00Z"), end_time: at("2026-03-11T00:00:00Z"), ..plain() }
        } else {
            Event { start_time: at("2026-03-08T23:00:00Z"), end_time: at("2026-03-10T23:00:00Z"), ..plain() }
        };
        let object = made(&Event { all_day_event: Some(true), ..event.clone() }, version);
        assert!(object.contains("DTSTART;VALUE=DATE:20260309\r\n"), "{version} {object}");
        assert!(object.contains("DTEND;VALUE=DATE:20260311\r\n"), "{version} {object}");
        // Back to a time of day and to days again.
        let timed = Event {
            all_day_event: Some(false),
            timezone: shown(&made(&plain(), version), version).timezone,
            ..plain()
        };
        let object = changed(&object, &timed, version);
        assert!(object.contains("DTSTART;TZID=Europe/Berlin:20260309T090000\r\n"), "{version} {object}");
        let object = changed(&object, &Event { all_day_event: Some(true), ..event }, version);
        assert!(object.contains("DTSTART;VALUE=DATE:20260309\r\n"), "{version} {object}");
    }
}

// A phone in New York: its zone is kept with the event.
#[test]
fn zones_are_kept() {
    let rule = |month, day| SystemTime { month, day, hour: 2, ..SystemTime::default() };
    let zone = TimeZone {
        bias: 300,
        daylight_bias: -60,
        daylight_date: rule(3, 2),
        standard_date: rule(11, 1),
        ..TimeZone::default()
    };
    let event = Event { timezone: Some(zone), ..weekly() };
    for version in VERSIONS {
        let object = made(&event, version);
        assert!(object.contains("DTSTART;TZID=America/New_York:20260309T040000\r\n"), "{object}");
        assert!(object.contains("TZID:America/New_York\r\n"));
        let back = shown(&object, version);
        assert_eq!((back.start_time, back.timezone.clone().unwrap().bias), (event.start_time, 300));
        assert_eq!(changed(&object, &back, version), object);
    }
    let utc = Event { timezone: Some(TimeZone::default()), ..plain() };
    assert!(made(&utc, Version::V14_1).contains("DTSTART:20260309T080000Z\r\n"));
}

// MS-ASCAL_R2169, MS-ASCAL_R2169001, MS-ASCAL_R2175, MS-ASCAL_R2175001: from 16.0 on the user calls the
// meeting, whatever the phone says. MS-ASCAL_R52521, MS-ASCAL_R52529: addresses that are none are kept.
#[test]
fn organizer_and_attendees() {
    let attendee = |email: &str, name: &str| Attendee {
        email: Some(email.into()),
        name: Some(name.into()),
        attendee_type: Some(2),
        ..Attendee::default()
    };
    let event = Event {
        organizer_name: Some("Boss".into()),
        organizer_email: Some("boss@example.com".into()),
        meeting_status: Some(1),
        attendees: Some(vec![attendee("bob@example.net", "Bob"), attendee("no address", "Nobody")]),
        ..plain()
    };
    for version in VERSIONS {
        let said = sent(&event, version);
        let object = made(&said, version);
        let back = shown(&object, version);
        let organizer = (back.organizer_name.as_deref(), back.organizer_email.as_deref());
        let expected = if version >= Version::V16_0 {
            (Some("Ann Example"), Some("ann@example.org"))
        } else {
            (Some("Boss"), Some("boss@example.com"))
        };
        assert_eq!(organizer, expected, "{version}");
        let list = back.attendees.unwrap();
        assert_eq!(list[0].email.as_deref(), Some("bob@example.net"));
        assert_eq!((list[1].name.as_deref(), list[1].email.as_deref()), (Some("Nobody"), Some("no address")));
    }
}

// Whom the organizer invites, a guest's phone can't change.
#[test]
fn a_guest_does_not_invite() {
    let object = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART:20260309T080000Z\nORGANIZER:mailto:bob@example.net\n\
        ATTENDEE:mailto:ann@example.org\nATTENDEE:mailto:eve@example.net\nEND:VEVENT\nEND:VCALENDAR";
    for version in VERSIONS {
        let change =
            Event { attendees: Some(vec![]), subject: Some("Mine".into()), ..shown(object, version) };
        let after = changed(object, &change, version);
        assert!(
            after.contains("ATTENDEE:mailto:eve@example.net\n") && after.contains("SUMMARY:Mine"),
            "{after}"
        );
    }
}

// MS-ASCAL_R96, MS-ASCAL_R111, MS-ASCAL_R128, MS-ASCAL_R217, MS-ASCAL_R301, MS-ASCAL_R319, MS-ASCAL_R365
// MS-ASCAL_R370, MS-ASCAL_R399, MS-ASCAL_R419, MS-ASCAL_R541, MS-ASCAL_R54111
#[test]
fn what_is_missing_in_a_change() {
    let object = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20260309T080000Z\r\nDTEND:20260309T090000Z\r\n\
        RRULE:FREQ=DAILY\r\nEXDATE:20260310T080000Z\r\nSUMMARY:s\r\nLOCATION:l\r\nDESCRIPTION:d\r\nX-KEEP;A=b:c\r\n\
        ORGANIZER;CN=Ann:mailto:ann@example.org\r\nATTENDEE;RSVP=TRUE:mailto:bob@example.net\r\n\
        X-MICROSOFT-DISALLOW-COUNTER:TRUE\r\nCLASS:PRIVATE\r\nCATEGORIES:x\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    let bare = Event {
        subject: Some("s".into()),
        recurrence: shown(object, Version::V14_1).recurrence,
        ..Event::default()
    };
    let has = |content: &str, line: &str| content.contains(line);
    // Without Supported everything goes but what is never taken away by silence.
    let after = try_change(object, &bare, Version::V14_1, &Ghosting::None).unwrap();
    for gone in ["LOCATION", "ATTENDEE", "CLASS:PRIVATE", "CATEGORIES", "DISALLOW-COUNTER:TRUE"] {
        assert!(!has(&after, gone), "{gone} in {after}");
    }
    for kept in [
        "DESCRIPTION:d",
        "EXDATE",
        "ORGANIZER",
        "X-KEEP;A=b:c",
        "DTSTART:20260309T080000Z",
        "RRULE:FREQ=DAILY\r",
    ] {
        assert!(has(&after, kept), "{kept} in {after}");
    }
    // With it only what it lists, and the place, which can't be left out to be kept.
    let listed = Ghosting::Supported(vec![tag::ATTENDEES]);
    let after = try_change(object, &bare, Version::V14_1, &listed).unwrap();
    assert!(!has(&after, "ATTENDEE") && !has(&after, "LOCATION"));
    for kept in ["CLASS:PRIVATE", "CATEGORIES:x", "DISALLOW-COUNTER:TRUE", "DESCRIPTION:d"] {
        assert!(has(&after, kept), "{kept} in {after}");
    }
    // Even where it is listed, a text stays, and so do exceptions.
    let listed = Ghosting::Supported(vec![tag::EXCEPTIONS, fieldpost_eas::page::air_sync_base::BODY]);
    let after = try_change(object, &bare, Version::V14_1, &listed).unwrap();
    assert!(has(&after, "DESCRIPTION:d") && has(&after, "EXDATE:20260310T080000Z"));
    // In 16.x everything stays.
    let nothing = Event::default();
    assert_eq!(try_change(object, &nothing, Version::V16_1, &Ghosting::All).unwrap(), object);
}

#[test]
fn properties_are_changed_one_by_one() {
    let object = made(&plain(), Version::V16_1);
    let place =
        Location { display_name: Some("HQ".into()), city: Some("Berlin".into()), ..Location::default() };
    let body = Body {
        r#type: BodyType::Html,
        estimated_data_size: None,
        truncated: None,
        data: Some(Content(b"<p>bold</p>".to_vec())),
        part: None,
        preview: None,
    };
    let change = Event {
        subject: Some("New".into()),
        place: Some(place.clone()),
        sensitivity: Some(3),
        busy_status: Some(4),
        reminder: Some(OrEmpty(Some(30))),
        categories: Some(vec!["a".into()]),
        body: Some(body),
        online_meeting_external_link: Some("https://meet.example/1".into()),
        disallow_new_time_proposal: Some(true),
        ..Event::default()
    };
    let after = changed(&object, &change, Version::V16_1);
    let back = shown(&after, Version::V16_1);
    assert_eq!((back.place, back.sensitivity, back.busy_status), (Some(place), Some(3), Some(4)));
    assert_eq!((back.reminder, back.categories), (Some(OrEmpty(Some(30))), Some(vec!["a".into()])));
    assert_eq!(
        (back.online_meeting_external_link, back.disallow_new_time_proposal),
        (Some("https://meet.example/1".into()), Some(true))
    );
    assert!(after.contains("X-ALT-DESC;FMTTYPE=text/html:<p>bold</p>") && after.contains("DESCRIPTION:bold"));
    assert_eq!((back.start_time, back.uid), (plain().start_time, Some("new-uid".into())));
    // And away again.
    let none = Event {
        place: Some(Location::default()),
        reminder: Some(OrEmpty(None)),
        categories: Some(vec![]),
        online_meeting_external_link: Some(String::new()),
        ..Event::default()
    };
    let back = shown(&changed(&after, &none, Version::V16_1), Version::V16_1);
    assert_eq!(
        (back.place, back.reminder, back.categories, back.online_meeting_external_link),
        (None, None, None, None)
    );
    assert_eq!(back.subject.as_deref(), Some("New"));
}

// MS-ASCAL_R542: exceptions that are not named stay; those that are say all that differs.
#[test]
fn exceptions_up_to_14_1() {
    let gone =
        |at_: &str| Exception { deleted: Some(true), exception_start_time: at(at_), ..Exception::default() };
    for version in OLD {
        let moved = Exception {
            exception_start_time: at("2026-03-30T07:00:00Z"),
            start_time: at("2026-03-30T09:00:00Z"),
            end_time: at("2026-03-30T10:00:00Z"),
            subject: Some("Moved".into()),
            ..Exception::default()
        };
        let event = Event { exceptions: Some(vec![gone("2026-03-16T08:00:00Z"), moved.clone()]), ..weekly() };
        let object = made(&sent(&event, version), version);
        let all = shown(&object, version).exceptions.unwrap();
        assert_eq!(all.len(), 2);
        assert_eq!((all[1].subject.as_deref(), all[1].start_time), (Some("Moved"), moved.start_time));
        // Another one is left out: both stay.
        let base = shown(&object, version);
        let more = Event { exceptions: Some(vec![gone("2026-03-23T08:00:00Z")]), ..base.clone() };
        let after = changed(&object, &more, version);
        assert_eq!(shown(&after, version).exceptions.unwrap().len(), 3);
        // The changed one goes, the other takes place after all, as it was.
        let back = Exception {
            exception_start_time: at("2026-03-16T08:00:00Z"),
            subject: Some("Again".into()),
            ..Exception::default()
        };
        let other = Event { exceptions: Some(vec![back, gone("2026-03-30T07:00:00Z")]), ..base };
        let all = shown(&changed(&object, &other, version), version).exceptions.unwrap();
        assert_eq!((all[0].deleted, all[0].subject.as_deref()), (None, Some("Again")));
        assert_eq!((all[1].deleted, all[1].exception_start_time), (Some(true), at("2026-03-30T07:00:00Z")));
        // What an exception does not say any more is as in the series again.
        let plain = Exception { subject: None, ..moved };
        let same = Event { exceptions: Some(vec![plain]), ..shown(&object, version) };
        let all = shown(&changed(&object, &same, version), version).exceptions.unwrap();
        assert_eq!((all[1].subject.as_ref(), all[1].start_time), (None, at("2026-03-30T09:00:00Z")));
    }
}

// [MS-ASAIRS] 2.2.2.26: occurrences are changed and deleted by their InstanceId in 16.x.
#[test]
fn instances_of_16() {
    let object = made(&weekly(), Version::V16_1);
    let moved = Event {
        start_time: at("2026-03-16T11:00:00Z"),
        end_time: at("2026-03-16T11:30:00Z"),
        ..Event::default()
    };
    let object = instance(&object, "2026-03-16T08:00:00Z", &moved).unwrap();
    let object = instance(
        &object,
        "2026-03-30T07:00:00Z",
        &Event { subject: Some("Other".into()), ..Event::default() },
    )
    .unwrap();
    let object = without(&object, "2026-04-06T07:00:00Z").unwrap();
    let all = exceptions(&object);
    assert_eq!(all.len(), 3);
    assert_eq!((all[0].instance_id, all[0].start_time), (at("2026-03-16T08:00:00Z"), moved.start_time));
    assert_eq!((all[1].subject.as_deref(), all[1].start_time), (Some("Other"), None));
    assert_eq!((all[2].deleted, all[2].instance_id), (Some(true), at("2026-04-06T07:00:00Z")));
    // Changed again, what is not said stays.
    let object =
        instance(&object, "2026-03-16T08:00:00Z", &Event { sensitivity: Some(2), ..Event::default() })
            .unwrap();
    let all = exceptions(&object);
    assert_eq!((all[0].start_time, all[0].sensitivity), (moved.start_time, Some(OrEmpty(Some(2)))));
    // The changed one can be deleted too; then it is gone.
    let object = without(&object, "2026-03-16T08:00:00Z").unwrap();
    assert_eq!(exceptions(&object)[0].deleted, Some(true));
    for wrong in ["2026-03-16T08:00:00Z", "2026-03-17T08:00:00Z", "2030-03-18T08:00:00Z"] {
        assert_eq!(without(&object, wrong), Err(InvalidItem::NoSuchInstance));
    }
    assert_eq!(instance(&object, "2026-03-17T08:00:00Z", &moved), Err(InvalidItem::NoSuchInstance));
    let end = Event { end_time: moved.end_time, ..Event::default() };
    assert_eq!(instance(&object, "2026-03-23T08:00:00Z", &end), Err(InvalidItem::Missing("StartTime")));
    assert!(
        instance(
            &object,
            "2026-03-23T08:00:00Z",
            &Event { recurrence: weekly().recurrence, ..Event::default() }
        )
        .is_err()
    );
    assert_eq!(without(&made(&plain(), Version::V16_1), "2026-03-09T08:00:00Z").map(|_| ()), Ok(()));
}

#[test]
fn instances_of_whole_days() {
    let days = Event {
        all_day_event: Some(true),
        start_time: at("2026-03-09T00:00:00Z"),
        end_time: at("2026-03-10T00:00:00Z"),
        ..weekly()
    };
    let object = made(&days, Version::V16_1);
    let object = without(&object, "2026-03-16T00:00:00Z").unwrap();
    assert!(object.contains("EXDATE;VALUE=DATE:20260316\r\n"), "{object}");
    assert_eq!(exceptions(&object)[0].instance_id, at("2026-03-16T00:00:00Z"));
    let old = shown(&object, Version::V14_1).exceptions.unwrap();
    assert_eq!(old[0].exception_start_time, at("2026-03-15T23:00:00Z"));
}

// CLASSES 2: a new time or pattern of a series ends its exceptions in 16.x (MS-ASCAL_R2114, R2180); before
// that those stay whose occurrence is still one.
#[test]
fn a_series_that_is_moved() {
    let object = without(&made(&weekly(), Version::V16_1), "2026-03-16T08:00:00Z").unwrap();
    let object =
        instance(&object, "2026-03-23T08:00:00Z", &Event { subject: Some("x".into()), ..Event::default() })
            .unwrap();
    assert_eq!(exceptions(&object).len(), 2);
    let later = Event {
        start_time: at("2026-03-09T10:00:00Z"),
        end_time: at("2026-03-09T10:30:00Z"),
        ..Event::default()
    };
    let fortnightly = Recurrence { interval: Some(2), ..weekly().recurrence.unwrap() };
    for version in NEW {
        assert_eq!(exceptions(&changed(&object, &later, version)), []);
        let pattern = Event { recurrence: Some(fortnightly.clone()), ..Event::default() };
        assert_eq!(exceptions(&changed(&object, &pattern, version)), []);
        // A change of something else leaves them.
        assert_eq!(
            exceptions(&changed(&object, &Event { subject: Some("y".into()), ..Event::default() }, version))
                .len(),
            2
        );
        // An empty recurrence makes one event of it (MS-ASCAL_R2180002).
        let single =
            changed(&object, &Event { recurrence: Some(Recurrence::default()), ..Event::default() }, version);
        let back = shown(&single, version);
        assert_eq!((back.recurrence, back.exceptions), (None, None));
        assert!(!single.contains("RECURRENCE-ID") && !single.contains("EXDATE"));
        // The type may be left out where it stays (MS-ASCAL_R2180001).
        let untyped = Recurrence { r#type: None, ..fortnightly.clone() };
        let after = changed(&object, &Event { recurrence: Some(untyped), ..Event::default() }, version);
        assert_eq!(shown(&after, version).recurrence.unwrap().interval, Some(2));
    }
    for version in OLD {
        let base = Event { exceptions: None, ..shown(&object, version) };
        let after =
            changed(&object, &Event { recurrence: Some(fortnightly.clone()), ..base.clone() }, version);
        let left = exceptions(&after);
        assert_eq!((left.len(), left[0].instance_id), (1, at("2026-03-23T08:00:00Z")), "{version}");
        let single = changed(&object, &Event { recurrence: None, ..base }, version);
        assert_eq!(shown(&single, version).recurrence, None);
        assert!(!single.contains("RECURRENCE-ID") && !single.contains("EXDATE"));
    }
}

// MS-ASCAL_R53911
#[test]
fn of_both_ends_the_number_counts() {
    let both = Recurrence { until: at("2027-01-01T00:00:00Z"), ..weekly().recurrence.unwrap() };
    for version in VERSIONS {
        let object = made(&Event { recurrence: Some(both.clone()), ..weekly() }, version);
        let back = shown(&object, version).recurrence.unwrap();
        assert_eq!((back.occurrences, back.until), (Some(10), None));
    }
}

// MS-ASCAL_R11028: the first day of the week stays where the phone does not say it.
#[test]
fn the_first_day_of_the_week_stays() {
    let sunday = Recurrence { first_day_of_week: Some(0), ..weekly().recurrence.unwrap() };
    let object = made(&Event { recurrence: Some(sunday.clone()), ..weekly() }, Version::V14_1);
    let silent = Recurrence { first_day_of_week: None, interval: Some(2), ..sunday };
    let after = changed(
        &object,
        &Event { recurrence: Some(silent), ..shown(&object, Version::V14_1) },
        Version::V14_1,
    );
    assert_eq!(shown(&after, Version::V14_1).recurrence.unwrap().first_day_of_week, Some(0));
}

#[test]
fn attachments_of_16() {
    let new = |name: &str, content: &[u8]| {
        AttachmentEntry::Add(NewAttachment {
            client_id: format!("id-{name}"),
            method: Method::Normal,
            content_type: Some("text/plain".into()),
            content: Opaque(content.to_vec()),
            display_name: name.into(),
            content_id: None,
            content_location: None,
            is_inline: None,
        })
    };
    let entries = vec![new("a.txt", b"one"), new("b.txt", b"two")];
    let object = made(&Event { attachments: entries.clone(), ..plain() }, Version::V16_1);
    let list = |content: &str| -> Vec<Attachment> {
        let entries = shown(content, Version::V16_1).attachments;
        entries
            .into_iter()
            .map(|e| match e {
                AttachmentEntry::Attachment(a) => a,
                other => panic!("{other:?}"),
            })
            .collect()
    };
    let all = list(&object);
    assert_eq!(
        all.iter().map(|a| a.display_name.as_deref().unwrap()).collect::<Vec<_>>(),
        ["a.txt", "b.txt"]
    );
    assert_eq!((all[0].estimated_data_size, all[0].method), (Some(3), Some(Method::Normal)));
    let content = event::attachment(object.as_bytes(), &all[1].file_reference.parse().unwrap()).unwrap();
    assert_eq!(
        (&*content.bytes, content.content_type.as_str(), content.name.as_str()),
        (&b"two"[..], "text/plain", "b.txt")
    );
    // The answer to the phone names them as they are listed.
    let answers = event::added(&entries, fieldpost_domain::id::ItemId(7));
    let AttachmentEntry::Attachment(first) = &answers[0] else { panic!() };
    assert_eq!(
        (first.client_id.as_deref(), &first.file_reference),
        (Some("id-a.txt"), &all[0].file_reference)
    );
    // One goes, and the other keeps its reference.
    let delete =
        |reference: &str| AttachmentEntry::Delete(RemovedAttachment { file_reference: reference.into() });
    let change = Event { attachments: vec![delete(&all[0].file_reference)], ..Event::default() };
    let after = changed(&object, &change, Version::V16_1);
    assert_eq!(list(&after), all[1..]);
    for wrong in ["7-1", "8-1", "x", &all[0].file_reference] {
        let change = Event { attachments: vec![delete(wrong)], ..Event::default() };
        assert_eq!(
            try_change(&after, &change, Version::V16_1, &Ghosting::All),
            Err(InvalidItem::NoSuchAttachment)
        );
    }
    // Older versions know nothing of them, and leave them.
    let old = shown(&after, Version::V14_1);
    assert!(old.attachments.is_empty());
    assert!(changed(&after, &Event { subject: Some("x".into()), ..old }, Version::V14_1).contains("ATTACH;"));
}

// Bad input: nothing of it is stored.
// MS-ASCAL_R53915, MS-ASCAL_R11026, MS-ASCAL_R24311
#[test]
fn what_makes_no_sense_is_refused() {
    let rule = |r: Recurrence| Event { recurrence: Some(r), ..plain() };
    let weekly_rule = || weekly().recurrence.unwrap();
    let person = |email: Option<&str>| Attendee {
        email: email.map(Into::into),
        name: Some("x".into()),
        ..Attendee::default()
    };
    let nonsense = TimeZone { bias: 99_999, ..TimeZone::default() };
    let gone = |n: i64| Exception {
        deleted: Some(true),
        exception_start_time: Some(CompactDateTime(now() + jiff::SignedDuration::from_hours(n))),
        ..Exception::default()
    };
    let html = Body {
        r#type: BodyType::Text,
        estimated_data_size: None,
        truncated: None,
        data: Some(Content(vec![b'x'; 10 << 20])),
        part: None,
        preview: None,
    };
    let bad = [
        Event { end_time: at("2026-03-09T07:00:00Z"), ..plain() },
        Event { start_time: at("0100-03-09T07:00:00Z"), ..plain() },
        Event { start_time: at("9000-03-09T07:00:00Z"), end_time: at("9000-03-09T08:00:00Z"), ..plain() },
        Event { start_time: at("2030-03-09T07:00:00Z"), end_time: None, ..plain() },
        Event { start_time: None, end_time: at("2020-03-09T07:00:00Z"), ..plain() },
        Event { timezone: Some(nonsense), ..plain() },
        Event { categories: Some((0..301).map(|n| n.to_string()).collect()), ..plain() },
        Event { attendees: Some(vec![person(Some("a@b.c")); 1001]), ..plain() },
        Event { attendees: Some(vec![person(None)]), ..plain() },
        Event { exceptions: Some((0..257).map(gone).collect()), ..weekly() },
        Event { exceptions: Some(vec![gone(1)]), ..plain() },
        Event { exceptions: Some(vec![Exception::default()]), ..weekly() },
        Event { busy_status: Some(9), ..plain() },
        Event { body: Some(html), ..plain() },
        rule(Recurrence { r#type: None, ..weekly_rule() }),
        rule(Recurrence { r#type: Some(4), ..weekly_rule() }),
        rule(Recurrence { day_of_week: None, ..weekly_rule() }),
        rule(Recurrence { day_of_month: Some(1), ..weekly_rule() }),
        rule(Recurrence { month_of_year: Some(1), ..weekly_rule() }),
        rule(Recurrence { week_of_month: Some(1), ..weekly_rule() }),
        rule(Recurrence { occurrences: Some(0), ..weekly_rule() }),
        rule(Recurrence { occurrences: None, until: at("2026-01-01T00:00:00Z"), ..weekly_rule() }),
    ];
    for event in bad {
        for version in [Version::V12_1, Version::V14_1, Version::V16_1] {
            assert!(make(&event, version).is_err(), "{version} {event:?}");
        }
    }
    let object = made(&plain(), Version::V14_1);
    let end = Event { end_time: at("2026-03-09T09:00:00Z"), ..Event::default() };
    for version in VERSIONS {
        assert_eq!(
            try_change(&object, &end, version, &Ghosting::All),
            Err(InvalidItem::Missing("StartTime"))
        );
    }
    assert!(matches!(
        try_change("noise", &plain(), Version::V14_1, &Ghosting::All),
        Err(InvalidItem::Stored(_))
    ));
    let undated = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:99999999990101T000000Z\nEND:VEVENT\nEND:VCALENDAR";
    assert!(matches!(
        try_change(undated, &plain(), Version::V14_1, &Ghosting::All),
        Err(InvalidItem::Stored(_))
    ));
}

// What phones can't say survives every change.
#[test]
fn what_phones_cannot_say_stays() {
    let object = "BEGIN:VCALENDAR\nPRODID:x\nX-WR-CALNAME:Mine\nBEGIN:VEVENT\nuid:1\nDTSTART;X-A=b;TZID=Europe/Berlin:20260309T090000\n\
        DURATION:PT1H\nSUMMARY;LANGUAGE=en:old\nURL:https://example.com\nX-Odd;P=\"a:b\":c\n d\nRDATE;TZID=Europe/Berlin:20260401T090000\n\
        BEGIN:VALARM\nACTION:EMAIL\nTRIGGER:-PT1H\nEND:VALARM\nEND:VEVENT\nEND:VCALENDAR\n";
    for version in VERSIONS {
        let change =
            Event { subject: Some("new".into()), reminder: Some(OrEmpty(Some(5))), ..shown(object, version) };
        let after = changed(object, &change, version);
        for kept in [
            "X-WR-CALNAME:Mine\n",
            "DTSTART;X-A=b;TZID=Europe/Berlin:20260309T090000\n",
            "DURATION:PT1H\n",
            "URL:https://example.com\n",
            "X-Odd;P=\"a:b\":c\n d\n",
            "RDATE;TZID=Europe/Berlin:20260401T090000\n",
            "ACTION:EMAIL\n",
        ] {
            assert!(after.contains(kept), "{version} {kept}\n{after}");
        }
        assert!(
            after.contains("SUMMARY;LANGUAGE=en:new\r\n") && after.contains("TRIGGER:-PT5M\r\n"),
            "{after}"
        );
        assert!(Component::parse_one(after.as_bytes(), "VCALENDAR").is_ok());
    }
}
