//! The whole dance of a meeting, by phones over TLS against the real binary, in 12.1, 14.1 and 16.1: after
//! each step the calendars of all are right, and exactly one mail has come to each who had to be told.
//!
//! Up to 14.1 phones write the mail about their meetings themselves, as [`itip`] does here; from 16.0 the
//! server does.

mod accounts;
mod itip;
mod outside;

use std::collections::BTreeMap;
use std::fs;
use std::time::Duration;

use fieldpost_eas::Version;
use fieldpost_eas::date::CompactDateTime;
use fieldpost_eas::item::{Attendee, BodyType, Event, Item, MeetingRequest};
use fieldpost_phone::scenario::{self, Silent, Speak};
use fieldpost_phone::state::FolderType;
use fieldpost_phone::{Identity, Phone, Timeouts, Trust};
use fieldpost_testkit::process::{DOMAIN, Fieldpost};
use jiff::{SignedDuration, Timestamp};

use crate::BINARY;

const PASSWORD: &str = "correct horse battery staple";

/// The versions that stand for the ways in which meetings are told of.
const VERSIONS: [Version; 3] = [Version::V12_1, Version::V14_1, Version::V16_1];

/// When the first instance begins: far enough away for every machine's clock.
fn first() -> Timestamp {
    "2035-03-05T09:00:00Z".parse().unwrap()
}

/// When instance `n` of the daily series begins.
fn instance(n: i64) -> Timestamp {
    first().checked_add(SignedDuration::from_hours(24 * n)).unwrap()
}

fn plus(at: Timestamp, minutes: i64) -> Timestamp {
    at.checked_add(SignedDuration::from_mins(minutes)).unwrap()
}

fn address(name: &str) -> String {
    format!("{name}@{DOMAIN}")
}

/// A server with these accounts.
fn server(names: &[&str]) -> Fieldpost {
    let server = Fieldpost::new(BINARY);
    for name in names {
        server.add_account(name, PASSWORD);
    }
    server
}

/// Somebody with a phone.
struct Person {
    name: String,
    phone: Phone,
    inbox: String,
    calendar: String,
    /// The mail that was seen so far.
    seen: usize,
}

impl Person {
    async fn new(server: &Fieldpost, name: &str, version: Version) -> Person {
        let identity = Identity::new(name, PASSWORD.into()).unwrap();
        let authority = fs::read(server.addresses.authority.as_ref().unwrap()).unwrap();
        let trust = Trust::authorities_from_pem(&authority).unwrap();
        let timeouts = Timeouts { answer: Duration::from_secs(60), ..Timeouts::default() };
        let mut phone = Phone::new(identity, &server.https(), &trust, timeouts).unwrap();
        scenario::connect(&mut phone, Speak::Exactly(version), &mut Silent).await.unwrap();
        let folder = |phone: &Phone, kind| phone.state.folder_of_type(kind).unwrap().to_owned();
        let (inbox, calendar) = (folder(&phone, FolderType::INBOX), folder(&phone, FolderType::CALENDAR));
        let mut person = Person { name: name.to_owned(), phone, inbox, calendar, seen: 0 };
        person.look().await;
        person
    }

    fn is_16(&self) -> bool {
        self.phone.version() >= Version::V16_0
    }

    async fn look(&mut self) {
        let (inbox, calendar) = (self.inbox.clone(), self.calendar.clone());
        self.phone.sync_all(&[&inbox, &calendar], |_, _| ()).await.unwrap();
    }

    /// The events, by the phone's ids.
    async fn events(&mut self) -> BTreeMap<String, Event> {
        self.look().await;
        self.phone.state.events(&self.calendar).map(|(id, event)| (id.clone(), event.clone())).collect()
    }

    /// The one event that there is.
    async fn event(&mut self) -> (String, Event) {
        let events = self.events().await;
        assert_eq!(events.len(), 1, "{}: {events:?}", self.name);
        events.into_iter().next().unwrap()
    }

    /// The mail that came since this was asked last, as class and id; what was deleted counts no more.
    async fn mail(&mut self) -> Vec<(String, String)> {
        self.look().await;
        let mut all: Vec<_> = self
            .phone
            .state
            .items(&self.inbox)
            .map(|(id, email)| {
                let number: u64 = id.rsplit(':').next().unwrap().parse().unwrap();
                (number, email.message_class.clone(), id.clone())
            })
            .collect();
        all.sort();
        let seen = self.seen;
        let new: Vec<_> = all.into_iter().filter(|(number, ..)| *number as usize > seen).collect();
        self.seen = new.last().map_or(seen, |(number, ..)| *number as usize);
        new.into_iter().map(|(_, class, id)| (class, id)).collect()
    }

    /// The one mail that came: its class has to end like this. Gives its id.
    async fn one_mail(&mut self, class: &str) -> String {
        let mail = self.mail().await;
        assert_eq!(mail.len(), 1, "{} {}: {mail:?}", self.name, self.phone.version());
        assert!(mail[0].0.ends_with(class), "{}: {} is not {class}", self.name, mail[0].0);
        mail[0].1.clone()
    }

    async fn no_mail(&mut self) {
        assert_eq!(self.mail().await, [], "{} {}", self.name, self.phone.version());
    }

    /// What a mail says of its meeting.
    async fn meeting(&mut self, mail: &str) -> MeetingRequest {
        let inbox = self.inbox.clone();
        let item = self.phone.fetch_any(&inbox, mail, BodyType::Text, None, false).await.unwrap();
        let Item::Email(email) = item else { panic!("no mail") };
        *email.meeting_request.unwrap()
    }

    /// Sends a mail of the phone's own making (up to 14.1).
    async fn send(&mut self, to: &[&str], method: &str, calendar: &str) {
        let mime = itip::mail(&address(&self.name), to, method, calendar);
        self.phone.send_mail(mime).await.unwrap();
    }
}

fn guest(name: &str) -> Attendee {
    let email = if name.contains('@') { name.to_owned() } else { address(name) };
    Attendee {
        email: Some(email),
        name: Some(name.to_owned()),
        attendee_type: Some(1),
        ..Attendee::default()
    }
}

/// What somebody who is invited has answered, as the organizer's phone shows it.
fn answer_of(event: &Event, name: &str) -> Option<u8> {
    let email = if name.contains('@') { name.to_owned() } else { address(name) };
    let all = event.attendees.as_deref().unwrap_or_default();
    all.iter().find(|one| one.email.as_ref() == Some(&email)).and_then(|one| one.attendee_status)
}

fn compact(at: Timestamp) -> Option<CompactDateTime> {
    Some(CompactDateTime(at))
}
