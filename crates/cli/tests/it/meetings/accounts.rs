//! The dance between accounts of one server: a series that is organized, sent on, answered, changed and
//! called off.

use fieldpost_eas::codec::Content;
use fieldpost_eas::command::meeting_response::{Answer, SendResponse};
use fieldpost_eas::item::{Body, BodyType, Event, Exception, Item, Recurrence};
use fieldpost_eas::time_zone::TimeZone;
use fieldpost_phone::command::meeting_response::UserResponse;
use fieldpost_phone::compose::Letter;
use fieldpost_server::clock::{Clock as _, SystemClock};
use fieldpost_testkit::process::Fieldpost;

use super::itip::{self, Said};
use super::{Person, VERSIONS, address, answer_of, compact, first, guest, instance, plus, server};

const UID: &str = "dance-1";

/// The series as Alice's phone adds it.
fn series(is_16: bool, guests: &[&str]) -> Event {
    let before = (!is_16).then_some(());
    Event {
        timezone: Some(TimeZone::utc()),
        start_time: compact(first()),
        end_time: compact(plus(first(), 60)),
        subject: Some("Dance".into()),
        uid: before.map(|()| UID.into()),
        dt_stamp: before.and_then(|()| compact(SystemClock.now())),
        organizer_email: before.map(|()| address("alice")),
        organizer_name: before.map(|()| "alice".into()),
        meeting_status: Some(1),
        busy_status: Some(2),
        all_day_event: Some(false),
        sensitivity: Some(0),
        attendees: Some(guests.iter().map(|name| guest(name)).collect()),
        recurrence: Some(Recurrence {
            r#type: Some(0),
            interval: Some(1),
            occurrences: Some(6),
            ..Recurrence::default()
        }),
        ..Event::default()
    }
}

const RULE: &str = "RRULE:FREQ=DAILY;COUNT=6";

/// Those who dance, each with a phone of one version.
struct Dance {
    _server: Fieldpost,
    alice: Person,
    bob: Person,
    carol: Person,
    is_16: bool,
    /// How often Alice's own phone has changed what it told (up to 14.1).
    sequence: u32,
    guests: Vec<&'static str>,
}

impl Dance {
    async fn new(version: fieldpost_eas::Version) -> Dance {
        let mut server = server(&["alice", "bob", "carol"]);
        server.start();
        let alice = Person::new(&server, "alice", version).await;
        let bob = Person::new(&server, "bob", version).await;
        let carol = Person::new(&server, "carol", version).await;
        let is_16 = alice.is_16();
        Dance { _server: server, alice, bob, carol, is_16, sequence: 0, guests: vec!["bob"] }
    }

    /// Alice's phone tells of the meeting itself, where that is its part.
    async fn tell(&mut self, method: &str, start: jiff::Timestamp, more: &str) {
        if self.is_16 {
            return;
        }
        let addresses: Vec<String> = self.guests.iter().map(|name| address(name)).collect();
        let attendees: Vec<(&str, &str)> =
            addresses.iter().map(|address| (address.as_str(), "NEEDS-ACTION")).collect();
        let organizer = address("alice");
        let (uid, end) = (UID, plus(start, 60));
        let said = Said {
            uid,
            sequence: self.sequence,
            organizer: &organizer,
            attendees: &attendees,
            start,
            end,
            more,
        };
        let to: Vec<&str> = addresses.iter().map(String::as_str).collect();
        let calendar = itip::calendar(method, &said);
        self.alice.send(&to, method, &calendar).await;
    }

    /// Somebody's phone tells Alice of an answer itself, where that is its part.
    async fn tell_alice(&mut self, who: &str, method: &str, partstat: &str, more: &str) {
        if self.is_16 {
            return;
        }
        let (own, organizer) = (address(who), address("alice"));
        let said = Said {
            uid: UID,
            sequence: self.sequence,
            organizer: &organizer,
            attendees: &[(&own, partstat)],
            start: first(),
            end: plus(first(), 60),
            more,
        };
        let calendar = itip::calendar(method, &said);
        let person = if who == "bob" { &mut self.bob } else { &mut self.carol };
        person.send(&[&organizer], method, &calendar).await;
    }

    async fn nobody_else_is_told(&mut self) {
        self.alice.no_mail().await;
        self.bob.no_mail().await;
        self.carol.no_mail().await;
    }
}

fn says(event: &Event) -> (Option<u8>, Option<u8>, Option<u8>) {
    (event.meeting_status, event.response_type, event.busy_status)
}

/// The exception of an instance, whichever way the version names it.
fn exception(event: &Event, start: jiff::Timestamp) -> Option<&Exception> {
    let all = event.exceptions.as_deref().unwrap_or_default();
    all.iter().find(|one| one.exception_start_time.or(one.instance_id) == compact(start))
}

// MS-ASCMD_R5068, R5828: a request has its class and its meeting. MS-ASCMD_R5072, R5089, R5094, R5071,
// R5790: answers reach the calendar. MS-ASEMAIL_R14, R16, R17, R1074:
// an event that a phone adds, its request in the Inbox, the event in the calendar of the one who is invited.
// MS-ASCMD_R5834: without an instance, all of the series is forwarded.
#[tokio::test]
async fn the_whole_dance() {
    for version in VERSIONS {
        let mut dance = Dance::new(version).await;
        let knows_answers = version >= fieldpost_eas::Version::V14_0;
        let response = |number: u8| knows_answers.then_some(number);

        // Alice invites Bob.
        let item = Item::Event(Box::new(series(dance.is_16, &["bob"])));
        let folder = dance.alice.calendar.clone();
        let id = dance.alice.phone.add(&folder, item).await.unwrap().server_id;
        dance.tell("REQUEST", first(), RULE).await;
        let request = dance.bob.one_mail("Meeting.Request").await;
        dance.nobody_else_is_told().await;
        let (bobs, event) = dance.bob.event().await;
        assert_eq!(says(&event), (Some(3), response(5), Some(1)), "{version}");
        assert_eq!(event.recurrence.as_ref().unwrap().occurrences, Some(6));
        let meeting = dance.bob.meeting(&request).await;
        assert_eq!((meeting.instance_type, meeting.busy_status), (Some(1), Some(2)), "{version}");
        let event = dance.alice.event().await.1;
        assert_eq!((event.meeting_status, event.busy_status), (Some(1), Some(2)), "{version}");

        // Bob sends it on to Carol.
        let carol = address("carol");
        if dance.is_16 {
            let folder = dance.bob.calendar.clone();
            let to = [("Carol", carol.as_str())];
            dance.bob.phone.smart_forward_event(&folder, &bobs, None, &to, Some("Join us")).await.unwrap();
        } else {
            let letter =
                Letter { from: "x@y.example", to: &[&carol], subject: "FW: Dance", text: "Join us\r\n" };
            let folder = dance.bob.inbox.clone();
            dance.bob.phone.smart_forward(&folder, &request, letter.write_now()).await.unwrap();
        }
        let carols_request = dance.carol.one_mail("Meeting.Request").await;
        dance.alice.one_mail("Notification.Forward").await;
        dance.nobody_else_is_told().await;
        assert_eq!(says(&dance.carol.event().await.1), (Some(3), response(5), Some(1)), "{version}");
        let event = dance.alice.event().await.1;
        assert_eq!(event.attendees.as_ref().unwrap().len(), 2, "{version}: {:?}", event.attendees);
        dance.guests = vec!["bob", "carol"];

        // Bob accepts.
        let folder = dance.bob.inbox.clone();
        let accepted =
            dance.bob.phone.meeting_response(&folder, &request, UserResponse::Accept, false).await.unwrap();
        assert_eq!(accepted.as_deref(), Some(bobs.as_str()), "{version}");
        dance.tell_alice("bob", "REPLY", "ACCEPTED", "").await;
        dance.alice.one_mail("Resp.Pos").await;
        dance.nobody_else_is_told().await;
        assert_eq!(answer_of(&dance.alice.event().await.1, "bob"), Some(3), "{version}");
        assert_eq!(says(&dance.bob.event().await.1), (Some(3), response(3), Some(2)), "{version}");

        // Carol comes perhaps, and would like another time.
        let (start, end) = (plus(first(), 120), plus(first(), 180));
        let folder = dance.carol.inbox.clone();
        let words = Body {
            r#type: BodyType::Text,
            estimated_data_size: None,
            truncated: None,
            data: Some(Content::from("Later please".to_owned())),
            part: None,
            preview: None,
        };
        let answer = Answer {
            user_response: Some(2),
            collection_id: Some(folder),
            request_id: Some(carols_request),
            send_response: dance.is_16.then(|| SendResponse {
                body: Some(words),
                proposed_start_time: Some(itip::time(start)),
                proposed_end_time: Some(itip::time(end)),
            }),
            ..Answer::default()
        };
        dance.carol.phone.answer_meeting(answer).await.unwrap();
        if !dance.is_16 {
            let (own, organizer) = (address("carol"), address("alice"));
            let attendees = [(own.as_str(), "TENTATIVE")];
            let said = Said {
                uid: UID,
                sequence: 0,
                organizer: &organizer,
                attendees: &attendees,
                start,
                end,
                more: "",
            };
            let calendar = itip::calendar("COUNTER", &said);
            dance.carol.send(&[&organizer], "COUNTER", &calendar).await;
        }
        let proposal = dance.alice.one_mail("Resp.Tent").await;
        dance.nobody_else_is_told().await;
        let event = dance.alice.event().await.1;
        assert_eq!(answer_of(&event, "carol"), Some(2), "{version}");
        if dance.is_16 {
            let all = event.attendees.as_deref().unwrap();
            let shown = all.iter().find(|one| one.email.as_ref() == Some(&carol)).unwrap();
            assert_eq!((shown.proposed_start_time, shown.proposed_end_time), (compact(start), compact(end)));
            let meeting = dance.alice.meeting(&proposal).await;
            assert_eq!(meeting.proposed_start_time, compact(start));
            assert_eq!(meeting.start_time.map(|at| at.0), Some(first()));
        }
        assert_eq!(says(&dance.carol.event().await.1), (Some(3), response(2), Some(1)), "{version}");

        // Alice changes one instance.
        let folder = dance.alice.calendar.clone();
        let (moved, moved_end) = (plus(instance(1), 300), plus(instance(1), 360));
        if dance.is_16 {
            let change =
                Event { start_time: compact(moved), end_time: compact(moved_end), ..Event::default() };
            let change = Item::Event(Box::new(change));
            dance.alice.phone.change_instance(&folder, &id, instance(1), change).await.unwrap();
        } else {
            let mut event = dance.alice.event().await.1;
            event.exceptions = Some(vec![Exception {
                exception_start_time: compact(instance(1)),
                start_time: compact(moved),
                end_time: compact(moved_end),
                ..Exception::default()
            }]);
            dance.alice.phone.change(&folder, &id, Item::Event(Box::new(event))).await.unwrap();
        }
        dance.sequence += 1;
        let more = format!("RECURRENCE-ID:{}", itip::time(instance(1)));
        dance.tell("REQUEST", moved, &more).await;
        let changed = dance.bob.one_mail("Meeting.Request").await;
        dance.carol.one_mail("Meeting.Request").await;
        dance.nobody_else_is_told().await;
        let meeting = dance.bob.meeting(&changed).await;
        assert_eq!(meeting.instance_type, Some(3), "{version}");
        assert_eq!(meeting.recurrence_id.map(|at| at.0), Some(instance(1)), "{version}");
        for person in [&mut dance.alice, &mut dance.bob, &mut dance.carol] {
            let event = person.event().await.1;
            let one = exception(&event, instance(1)).unwrap_or_else(|| panic!("{version}: {event:?}"));
            assert_eq!(one.start_time, compact(moved), "{version}");
        }
        // The series stays answered.
        assert_eq!(says(&dance.bob.event().await.1), (Some(3), response(3), Some(2)), "{version}");

        // Alice calls one instance off.
        if dance.is_16 {
            dance.alice.phone.delete_instance(&folder, &id, instance(2)).await.unwrap();
        } else {
            let mut event = dance.alice.event().await.1;
            let mut exceptions = event.exceptions.take().unwrap_or_default();
            exceptions.push(Exception {
                exception_start_time: compact(instance(2)),
                deleted: Some(true),
                ..Exception::default()
            });
            event.exceptions = Some(exceptions);
            dance.alice.phone.change(&folder, &id, Item::Event(Box::new(event))).await.unwrap();
        }
        dance.sequence += 1;
        let more = format!("RECURRENCE-ID:{}\nSTATUS:CANCELLED", itip::time(instance(2)));
        dance.tell("CANCEL", instance(2), &more).await;
        dance.bob.one_mail("Meeting.Canceled").await;
        dance.carol.one_mail("Meeting.Canceled").await;
        dance.nobody_else_is_told().await;
        for person in [&mut dance.alice, &mut dance.bob, &mut dance.carol] {
            let event = person.event().await.1;
            let one = exception(&event, instance(2)).unwrap_or_else(|| panic!("{version}: {event:?}"));
            assert_eq!(one.deleted, Some(true), "{version}");
        }

        // Alice moves the series: what was answered and excepted is no more.
        let later = plus(first(), 30);
        if dance.is_16 {
            let change = Event {
                timezone: Some(TimeZone::utc()),
                start_time: compact(later),
                end_time: compact(plus(later, 60)),
                ..Event::default()
            };
            dance.alice.phone.change(&folder, &id, Item::Event(Box::new(change))).await.unwrap();
        } else {
            let mut event = dance.alice.event().await.1;
            (event.start_time, event.end_time) = (compact(later), compact(plus(later, 60)));
            event.exceptions = None;
            for guest in event.attendees.iter_mut().flatten() {
                guest.attendee_status = Some(5);
            }
            dance.alice.phone.change(&folder, &id, Item::Event(Box::new(event))).await.unwrap();
        }
        dance.sequence += 1;
        dance.tell("REQUEST", later, RULE).await;
        let moved = dance.bob.one_mail("Meeting.Request").await;
        dance.carol.one_mail("Meeting.Request").await;
        dance.nobody_else_is_told().await;
        for person in [&mut dance.bob, &mut dance.carol] {
            let event = person.event().await.1;
            assert_eq!(event.start_time, compact(later), "{version}");
            assert_eq!(says(&event), (Some(3), response(5), Some(1)), "{version}");
        }
        let event = dance.alice.event().await.1;
        assert_eq!((event.start_time, answer_of(&event, "bob")), (compact(later), Some(5)), "{version}");
        let meeting = dance.bob.meeting(&moved).await;
        let is_update = version >= fieldpost_eas::Version::V14_1;
        assert_eq!(meeting.meeting_message_type, is_update.then_some(2), "{version}");

        // Bob declines.
        let folder = dance.bob.inbox.clone();
        let declined =
            dance.bob.phone.meeting_response(&folder, &moved, UserResponse::Decline, false).await.unwrap();
        assert_eq!(declined, None);
        dance.tell_alice("bob", "REPLY", "DECLINED", "").await;
        dance.alice.one_mail("Resp.Neg").await;
        dance.nobody_else_is_told().await;
        assert!(dance.bob.events().await.is_empty(), "{version}");
        assert_eq!(answer_of(&dance.alice.event().await.1, "bob"), Some(4), "{version}");

        // Alice calls all of it off.
        let folder = dance.alice.calendar.clone();
        dance.alice.phone.delete(&folder, &id).await.unwrap();
        dance.sequence += 1;
        dance.tell("CANCEL", later, &format!("{RULE}\nSTATUS:CANCELLED")).await;
        dance.bob.one_mail("Meeting.Canceled").await;
        dance.carol.one_mail("Meeting.Canceled").await;
        dance.nobody_else_is_told().await;
        assert!(dance.alice.events().await.is_empty() && dance.bob.events().await.is_empty(), "{version}");
        assert_eq!(dance.carol.event().await.1.meeting_status, Some(7), "{version}");
    }
}

// MS-ASCMD_R538, R541, R4930: one instance is sent on, and what there is not is not.
#[tokio::test]
async fn one_instance_is_sent_on() {
    let mut dance = Dance::new(fieldpost_eas::Version::V16_1).await;
    let folder = dance.alice.calendar.clone();
    let item = Item::Event(Box::new(series(true, &["bob"])));
    let id = dance.alice.phone.add(&folder, item).await.unwrap().server_id;
    dance.bob.one_mail("Meeting.Request").await;
    let carol = address("carol");
    let to = [("Carol", carol.as_str())];
    let missing =
        dance.alice.phone.smart_forward_event(&folder, &id, Some(plus(first(), 7)), &to, None).await;
    assert!(format!("{:?}", missing.unwrap_err()).contains("150"));
    dance.alice.phone.smart_forward_event(&folder, &id, Some(instance(1)), &to, None).await.unwrap();
    let request = dance.carol.one_mail("Meeting.Request").await;
    dance.nobody_else_is_told().await;
    let meeting = dance.carol.meeting(&request).await;
    assert_eq!(meeting.recurrence_id.map(|at| at.0), Some(instance(1)));
    assert_eq!(dance.carol.event().await.1.start_time, compact(instance(1)));
    // The organizer's own event knows of it.
    let event = dance.alice.event().await.1;
    let one = exception(&event, instance(1)).unwrap();
    assert!(one.attendees.as_ref().unwrap().iter().any(|one| one.email.as_ref() == Some(&carol)));
    assert!(answer_of(&event, "carol").is_none());
}
