//! Events for tests: those of the corpus, one object for each UID, and contexts to convert them in.

use fieldpost_domain::convert::mail::BodyOptions;
use fieldpost_domain::convert::{CreateContext, Ghosting, ItemContext, PatchContext, User};
use fieldpost_domain::id::ItemId;
use fieldpost_domain::object::Component;
use fieldpost_eas::Version;
use fieldpost_eas::codec::Element;
use fieldpost_eas::item::{BodyPreference, BodyType, Event, Task};
use fieldpost_eas::page::air_sync;
use fieldpost_eas::wbxml::{Event as Token, Limits, Node, Reader, Writer};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::objects::corpus;

/// A version of every form.
pub const VERSIONS: [Version; 7] = Version::ALL;

/// A user in Berlin.
pub fn user() -> User {
    User {
        addresses: vec!["ann@example.org".to_owned(), "ann.example@example.org".to_owned()],
        name: "Ann Example".to_owned(),
        zone: TimeZone::get("Europe/Berlin").unwrap(),
    }
}

/// When the tests take place.
pub fn now() -> Timestamp {
    "2026-11-23T10:14:00Z".parse().unwrap()
}

/// A wish for the whole text in one form.
pub fn options(version: Version, form: BodyType) -> BodyOptions {
    let wish = BodyPreference { r#type: form, truncation_size: None, all_or_none: None, preview: None };
    BodyOptions { preferences: vec![wish], bodies: true, ..BodyOptions::new(version) }
}

/// For item 7.
pub fn showing<'a>(body: &'a BodyOptions, user: &'a User) -> ItemContext<'a> {
    ItemContext { body, user, item: ItemId(7), now: now() }
}

/// For item 7.
pub fn patching<'a>(version: Version, user: &'a User, ghosting: &'a Ghosting) -> PatchContext<'a> {
    PatchContext { version, user, item: ItemId(7), ghosting, now: now() }
}

/// For the UID `new-uid`.
pub fn creating(version: Version, user: &User) -> CreateContext<'_> {
    CreateContext { version, user, uid: "new-uid", now: now() }
}

fn over_the_wire<T: Element>(value: &T, version: Version) -> T {
    let mut w = Writer::new(version);
    value.write(air_sync::APPLICATION_DATA, &mut w);
    let bytes = w.finish();
    let mut r = Reader::new(&bytes, Limits::default()).unwrap();
    assert_eq!(r.next().unwrap(), Token::Start(air_sync::APPLICATION_DATA));
    let back = T::read(air_sync::APPLICATION_DATA, &mut r).unwrap();
    r.finish().unwrap();
    back
}

/// An event as a tree of what is sent.
pub fn encoded(event: &Event, version: Version) -> Node {
    let mut w = Writer::new(version);
    event.write(air_sync::APPLICATION_DATA, &mut w);
    Node::parse(&w.finish(), Limits::default()).unwrap()
}

/// An event as it arrives at the other end.
pub fn sent(event: &Event, version: Version) -> Event {
    over_the_wire(event, version)
}

/// A task as it arrives at the other end.
pub fn sent_task(task: &Task, version: Version) -> Task {
    over_the_wire(task, version)
}

/// Every object of the corpus that holds such components: the file's lines and zones, and the components
/// of one UID.
pub fn objects(component: &str) -> Vec<(String, Vec<u8>)> {
    let mut all = Vec::new();
    for (file, bytes) in corpus("calendar") {
        let Ok(calendars) = Component::parse(&bytes) else { continue };
        for calendar in calendars.iter().filter(|c| c.is("VCALENDAR")) {
            let mut uids: Vec<Option<String>> = Vec::new();
            for uid in calendar.children_named(component).map(|c| c.text("UID")) {
                if !uids.contains(&uid) {
                    uids.push(uid);
                }
            }
            // Some files are whole calendars of hundreds of events of one kind.
            for (at, uid) in uids.into_iter().enumerate().take(12) {
                let mut one = calendar.clone();
                one.retain_components(|c| c.is("VTIMEZONE") || (c.is(component) && c.text("UID") == uid));
                all.push((format!("{file} {at}"), one.to_bytes()));
            }
        }
    }
    all
}
