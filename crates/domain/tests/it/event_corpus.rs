//! Every event of the corpus: shown in every version, said back, and made anew.

use fieldpost_domain::convert::{ConvertError, Ghosting, event};
use fieldpost_domain::object::Component;
use fieldpost_eas::Version;
use fieldpost_eas::item::{BodyType, Event};

use crate::events::{VERSIONS, creating, objects, options, patching, sent, showing, user};

fn show(content: &[u8], version: Version, form: BodyType) -> Result<Event, ConvertError> {
    event::to_wire(content, &showing(&options(version, form), &user()))
}

// A phone that repeats what it was shown changes no byte, in whatever version it speaks.
#[test]
fn what_is_said_back_changes_nothing() {
    let user = user();
    let (mut converted, mut broken) = (0, Vec::new());
    for (name, content) in objects("VEVENT") {
        for version in VERSIONS {
            for form in [BodyType::Text, BodyType::Html] {
                let event = match show(&content, version, form) {
                    Ok(event) => sent(&event, version),
                    Err(error) => {
                        broken.push((name.clone(), error));
                        continue;
                    }
                };
                converted += 1;
                for ghosting in [Ghosting::None, Ghosting::All] {
                    let back = event::patch(&content, &event, &patching(version, &user, &ghosting));
                    let back = back.unwrap_or_else(|e| panic!("{name} {version} {form:?}: {e}\n{event:#?}"));
                    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
                    let changed: Vec<_> = lines(&text(&content), &text(&back));
                    assert_eq!(changed, [], "{name} {version} {form:?} {ghosting:?}");
                    assert_eq!(back, content);
                }
            }
        }
    }
    broken.dedup();
    println!("{converted} conversions; not converted: {broken:?}");
    assert!(broken.iter().all(|(_, error)| *error == ConvertError::Broken("DTSTART")));
}

// What a phone is shown and adds elsewhere as its own is shown there as the same.
#[test]
fn what_is_shown_can_be_made() {
    let user = user();
    let mut refused = Vec::new();
    for (name, content) in objects("VEVENT") {
        for version in VERSIONS {
            let Ok(shown) = show(&content, version, BodyType::Text) else { continue };
            let said = sent(&shown, version);
            let made = event::create(&said, &creating(version, &user));
            let made = match made {
                Ok(made) => made,
                Err(error) => {
                    refused.push((name.clone(), error.to_string()));
                    continue;
                }
            };
            assert!(Component::parse_one(&made, "VCALENDAR").is_ok());
            let again = sent(&show(&made, version, BodyType::Text).unwrap(), version);
            let mut said = plain(said, version);
            // An organizer without an address is none.
            if version < Version::V16_0
                && said.organizer_email.as_ref().is_none_or(|email| !email.contains('@'))
            {
                said.organizer_email = again.organizer_email.clone();
                said.organizer_name = again.organizer_name.clone();
            }
            if version < Version::V16_0 {
                said.uid = said.uid.or_else(|| again.uid.clone());
            }
            assert_eq!(
                differing(&plain(again, version), &said),
                Vec::<(String, String)>::new(),
                "{name} {version}"
            );
        }
    }
}

fn differing<T: std::fmt::Debug>(a: &T, b: &T) -> Vec<(String, String)> {
    lines(&format!("{a:#?}"), &format!("{b:#?}"))
}

/// The first lines in which two texts differ.
fn lines(a: &str, b: &str) -> Vec<(String, String)> {
    let pairs = a.lines().chain([""]).zip(b.lines().chain([""]));
    pairs.filter(|(a, b)| a != b).map(|(a, b)| (a.trim().to_owned(), b.trim().to_owned())).take(5).collect()
}

/// What both must say: not what the server alone says, nor what is the user's as a guest.
fn plain(mut event: Event, version: Version) -> Event {
    event.dt_stamp = None;
    event.native_body_type = None;
    event.appointment_reply_time = None;
    event.response_type = None;
    event.response_requested = None;
    event.meeting_status = None;
    if version >= Version::V16_0 {
        (event.uid, event.organizer_name, event.organizer_email) = (None, None, None);
        event.attachments.clear();
    }
    // A text of nothing but blanks is none.
    let is_blank = |data: &[u8]| data.trim_ascii().is_empty();
    if event.legacy_body.as_ref().is_some_and(|data| is_blank(&data.0)) {
        (event.legacy_body, event.legacy_body_truncated) = (None, None);
    }
    event.body = event.body.filter(|body| body.data.as_ref().is_some_and(|data| !is_blank(&data.0)));
    // Of zones with the same rules any will do.
    if let Some(zone) = &mut event.timezone {
        (zone.standard_name, zone.daylight_name) = Default::default();
    }
    for attendee in event.attendees.iter_mut().flatten() {
        // Nobody has answered yet.
        if version >= Version::V16_0 || attendee.attendee_status == Some(0) {
            attendee.attendee_status = Some(5);
        }
    }
    for exception in event.exceptions.iter_mut().flatten() {
        exception.dt_stamp = None;
        exception.response_type = None;
        exception.appointment_reply_time = None;
    }
    event
}
