//! Who is told what, and what it does: the organizer's changes, the answers, and what is not believed.

use jiff::Timestamp;

use super::imip::{self, Envelope};
use super::*;
use crate::convert::User;
use crate::convert::mail::{calendar_part, headers};

const ANNA: &str = "anna@example.org";
const BERT: &str = "bert@example.org";
const CARL: &str = "carl@example.com";

fn owner(address: &str) -> User {
    User {
        addresses: vec![address.into(), format!("x.{address}")],
        name: String::new(),
        zone: jiff::tz::TimeZone::UTC,
    }
}

fn now() -> Timestamp {
    "2026-11-23T12:00:00Z".parse().unwrap()
}

fn later(minutes: i64) -> Timestamp {
    now().checked_add(jiff::SignedDuration::from_mins(minutes)).unwrap()
}

/// A calendar of events, each given by its lines.
fn calendar(events: &[&str]) -> Vec<u8> {
    let mut text = String::from("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n");
    for lines in events {
        text.push_str("BEGIN:VEVENT\r\nUID:m1\r\nORGANIZER:mailto:anna@example.org\r\n");
        for line in lines.lines().map(str::trim).filter(|line| !line.is_empty()) {
            text.push_str(&format!("{line}\r\n"));
        }
        text.push_str("END:VEVENT\r\n");
    }
    text.push_str("END:VCALENDAR\r\n");
    text.into_bytes()
}

const SINGLE: &str = "DTSTAMP:20261120T080000Z
    DTSTART;TZID=Europe/Berlin:20261201T100000
    DTEND;TZID=Europe/Berlin:20261201T110000
    SUMMARY:Plan
    ATTENDEE;CN=Bert:mailto:bert@example.org
    ATTENDEE;PARTSTAT=ACCEPTED:mailto:anna@example.org";

fn series(extra: &str) -> String {
    format!("{SINGLE}\nRRULE:FREQ=DAILY;COUNT=5\n{extra}")
}

fn exception(day: u8, extra: &str) -> String {
    format!(
        "DTSTAMP:20261120T080000Z
        RECURRENCE-ID;TZID=Europe/Berlin:202612{day:02}T100000
        DTSTART;TZID=Europe/Berlin:202612{day:02}T140000
        DTEND;TZID=Europe/Berlin:202612{day:02}T150000
        SUMMARY:Plan
        ATTENDEE;CN=Bert:mailto:bert@example.org
        {extra}"
    )
}

fn changed(before: Option<&[u8]>, after: Option<&[u8]>) -> Outgoing {
    outgoing(before, after, &owner(ANNA), now()).unwrap()
}

/// What goes out, in short: method, recipients, how many events, sequence.
fn told(out: &Outgoing) -> Vec<(Method, Vec<&str>, usize, u32)> {
    let short = |message: &Message| {
        let meeting = Meeting::read(&message.calendar).unwrap();
        (message.method, meeting.events().count(), meeting.sequence())
    };
    out.messages
        .iter()
        .map(|message| {
            let (method, events, sequence) = short(message);
            let names = message.recipients.iter().map(|person| person.address.as_str()).collect();
            (method, names, events, sequence)
        })
        .collect()
}

/// A message as it comes by mail.
fn by_mail(message: &Message, from: &str) -> (Incoming, Sender) {
    let person = Person { name: None, address: from.into() };
    let mail = imip::mail(message, &Envelope { from: &person, message_id: "1@x", date: now() });
    let part = calendar_part(&mail).unwrap().unwrap();
    assert_eq!(part.method.as_deref(), Some(message.method.name()));
    let sender = Sender { addresses: vec![from.to_owned()], vouched: false };
    (Incoming::read(&part).unwrap(), sender)
}

fn receive(message: &Message, from: &str, to: &str, stored: Option<&[u8]>) -> Effect {
    let (message, sender) = by_mail(message, from);
    incoming(&message, &sender, &owner(to), stored, now())
}

fn added(effect: Effect) -> Vec<u8> {
    match effect {
        Effect::Add(bytes) => bytes,
        other => panic!("{other:?}"),
    }
}

fn replaced(effect: Effect) -> Vec<u8> {
    match effect {
        Effect::Replace(bytes) => bytes,
        other => panic!("{other:?}"),
    }
}

fn partstat(content: &[u8], of: &str) -> Vec<Option<String>> {
    let meeting = Meeting::read(content).unwrap();
    let line = |event: &crate::object::Component| {
        view::attendee(event, |address| address == of).and_then(|l| l.param("PARTSTAT").map(str::to_owned))
    };
    meeting.events().map(line).collect()
}

fn accepted() -> Vec<Option<String>> {
    vec![Some("ACCEPTED".to_owned())]
}

fn yes() -> Response<'static> {
    Response { answer: Answer::Accept, instance: None, comment: None, proposal: None }
}

/// Bert's event after Anna's invitation.
fn invited(content: &[u8]) -> Vec<u8> {
    let out = changed(None, Some(content));
    added(receive(&out.messages[0], ANNA, BERT, None))
}

#[test]
fn a_new_meeting_invites_everybody_but_the_organizer() {
    let content = calendar(&[SINGLE]);
    let out = changed(None, Some(&content));
    assert_eq!(told(&out), [(Method::Request, vec![BERT], 1, 0)]);
    assert_eq!(out.messages[0].kind, Kind::Invitation);
    // Who has not answered is asked to.
    let asked = String::from_utf8(out.content.unwrap()).unwrap().replace("\r\n ", "");
    assert!(asked.contains("PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:bert"), "{asked}");
    // Without guests nobody is told, and nothing is touched.
    let alone = SINGLE.replace("ATTENDEE;CN=Bert:mailto:bert@example.org", "");
    assert_eq!(changed(None, Some(&calendar(&[&alone]))), Outgoing::default());
    // What somebody else organizes is theirs to tell.
    assert_eq!(outgoing(None, Some(&content), &owner(BERT), now()).unwrap(), Outgoing::default());
    // Those whom another program writes to.
    let theirs = SINGLE.replace("ATTENDEE;CN=Bert", "ATTENDEE;SCHEDULE-AGENT=CLIENT");
    assert_eq!(told(&changed(None, Some(&calendar(&[&theirs])))), []);
}

#[test]
fn what_does_not_matter_is_not_told() {
    let before = calendar(&[SINGLE]);
    for extra in
        ["CATEGORIES:x", "X-MICROSOFT-CDO-BUSYSTATUS:OOF", "PRIORITY:1", "LAST-MODIFIED:20261121T000000Z"]
    {
        let after = calendar(&[&format!("{SINGLE}\n{extra}")]);
        assert_eq!(changed(Some(&before), Some(&after)), Outgoing::default(), "{extra}");
    }
    let answered = String::from_utf8(before.clone()).unwrap().replace("CN=Bert", "PARTSTAT=DECLINED;CN=Bert");
    assert_eq!(changed(Some(&before), Some(answered.as_bytes())), Outgoing::default());
    // The same time said in another way.
    let utc = SINGLE.replace("DTSTART;TZID=Europe/Berlin:20261201T100000", "DTSTART:20261201T090000Z");
    assert_eq!(changed(Some(&before), Some(&calendar(&[&utc]))), Outgoing::default());
}

// RFC 5546 2.1.4
#[test]
fn what_matters_is_told_once_to_everybody() {
    let before = calendar(&[SINGLE]);
    let text = calendar(&[&format!("{SINGLE}\nLOCATION:Room 1")]);
    let out = changed(Some(&before), Some(&text));
    assert_eq!(told(&out), [(Method::Request, vec![BERT], 1, 1)]);
    assert_eq!(out.messages[0].kind, Kind::Update);

    let answered = String::from_utf8(before).unwrap().replace("CN=Bert", "PARTSTAT=ACCEPTED;CN=Bert");
    let moved = answered.replace("T110000", "T120000");
    let out = changed(Some(answered.as_bytes()), Some(moved.as_bytes()));
    assert_eq!(told(&out), [(Method::Request, vec![BERT], 1, 1)]);
    // The time is new, so the answer has to be, too.
    let content = out.content.unwrap();
    assert_eq!(partstat(&content, BERT), [Some("NEEDS-ACTION".to_owned())]);
    assert_eq!(partstat(&content, ANNA), accepted());
}

#[test]
fn who_comes_in_is_invited_and_who_goes_is_told() {
    let before = calendar(&[SINGLE]);
    let carl = SINGLE.replace("CN=Bert:mailto:bert@example.org", "CN=Carl:mailto:carl@example.com");
    let out = changed(Some(&before), Some(&calendar(&[&carl])));
    assert_eq!(told(&out), [(Method::Request, vec![CARL], 1, 1), (Method::Cancel, vec![BERT], 1, 1)]);
    let both = format!("{SINGLE}\nATTENDEE:mailto:{CARL}");
    let out = changed(Some(&before), Some(&calendar(&[&both])));
    // Bert hears nothing: for him nothing changed.
    assert_eq!(told(&out), [(Method::Request, vec![CARL], 1, 0)]);
}

#[test]
fn a_deleted_or_cancelled_meeting_is_called_off_once() {
    let before = calendar(&[SINGLE]);
    let out = changed(Some(&before), None);
    assert_eq!(told(&out), [(Method::Cancel, vec![BERT], 1, 1)]);
    let off = calendar(&[&format!("{SINGLE}\nSTATUS:CANCELLED")]);
    let out = changed(Some(&before), Some(&off));
    assert_eq!(told(&out), [(Method::Cancel, vec![BERT], 1, 1)]);
    assert_eq!(changed(out.content.as_deref(), None), Outgoing::default());
    // What is over is cleared away in silence.
    let past = SINGLE.replace("20261201", "20251201");
    assert_eq!(told(&changed(Some(&calendar(&[&past])), None)), []);
}

#[test]
fn a_changed_instance_is_told_alone() {
    let before = calendar(&[&series("")]);
    let after = calendar(&[&series(""), &exception(3, "")]);
    let out = changed(Some(&before), Some(&after));
    assert_eq!(told(&out), [(Method::Request, vec![BERT], 1, 1)]);
    let message = Meeting::read(&out.messages[0].calendar).unwrap();
    assert!(message.master().is_none());

    // Dropped again: a cancellation of that instance.
    let first = out.content.unwrap();
    let dropped = calendar(&[&series("EXDATE;TZID=Europe/Berlin:20261203T100000")]);
    let out = changed(Some(&first), Some(&dropped));
    assert_eq!(told(&out), [(Method::Cancel, vec![BERT], 1, 2)]);
    assert_eq!(Meeting::read(&out.messages[0].calendar).unwrap().overrides().count(), 1);

    // A reminder of one instance is nobody's business.
    let quiet = exception(3, "").replace("T140000", "T100000").replace("T150000", "T110000");
    let out = changed(Some(&before), Some(&calendar(&[&series(""), &quiet])));
    assert_eq!(told(&out), []);
}

#[test]
fn one_who_is_invited_to_one_instance_hears_of_that_alone() {
    let before = calendar(&[&series("")]);
    let after = calendar(&[&series(""), &exception(3, &format!("ATTENDEE:mailto:{CARL}"))]);
    let out = changed(Some(&before), Some(&after));
    assert_eq!(told(&out), [(Method::Request, vec![BERT, CARL], 1, 1)]);
    // One who is left out of an instance.
    let without = exception(3, "").replace("ATTENDEE;CN=Bert:mailto:bert@example.org", "");
    let out = changed(Some(&before), Some(&calendar(&[&series(""), &without])));
    assert_eq!(told(&out), [(Method::Cancel, vec![BERT], 1, 1)]);
    // Invited to the series with a place left out of it.
    let new = format!("{}\nATTENDEE:mailto:{CARL}", series(""));
    let out = changed(None, Some(&calendar(&[&new, &exception(3, "")])));
    assert_eq!(out.messages.len(), 2);
    let to_carl = out.messages.iter().find(|message| message.recipients[0].address == CARL).unwrap();
    let shown = Meeting::read(&to_carl.calendar).unwrap();
    assert_eq!((shown.overrides().count(), shown.excluded().len()), (0, 1));
}

#[test]
fn a_moved_series_is_told_whole() {
    let before = calendar(&[&series(""), &exception(3, "")]);
    let moved = series("").replace("T100000", "T090000").replace("T110000", "T100000");
    let out = changed(Some(&before), Some(&calendar(&[&moved])));
    assert_eq!(told(&out), [(Method::Request, vec![BERT], 1, 1)]);
}

#[test]
fn an_invitation_waits_in_the_calendar() {
    let event = invited(&calendar(&[SINGLE]));
    let text = String::from_utf8(event.clone()).unwrap();
    assert!(!text.contains("METHOD"), "{text}");
    assert!(text.contains("X-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE"), "{text}");
    assert!(text.contains("X-MICROSOFT-CDO-INTENDEDSTATUS:BUSY"), "{text}");
    assert_eq!(partstat(&event, BERT), [Some("NEEDS-ACTION".to_owned())]);
    // The same again does nothing, nor does an older one.
    let out = changed(None, Some(&calendar(&[SINGLE])));
    let again = receive(&out.messages[0], ANNA, BERT, Some(&event));
    assert_eq!(again, Effect::Nothing(Reason::Repeated));
    let newer = text.replace("SEQUENCE:0", "SEQUENCE:7");
    let again = receive(&out.messages[0], ANNA, BERT, Some(newer.as_bytes()));
    assert_eq!(again, Effect::Nothing(Reason::Outdated));
    // The organizer's own calendar takes nobody's invitation to her own meeting.
    assert_eq!(receive(&out.messages[0], ANNA, ANNA, None), Effect::Nothing(Reason::Own));
}

#[test]
fn an_update_keeps_what_is_the_attendees_own() {
    let event = answer(&invited(&calendar(&[SINGLE])), &owner(BERT), yes(), now()).unwrap().content;
    let own = String::from_utf8(event).unwrap().replace(
        "END:VEVENT",
        "CATEGORIES:mine\r\nBEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT7M\r\nEND:VALARM\r\nEND:VEVENT",
    );
    let update = |change: &dyn Fn(&str) -> String| {
        let after = change(&format!("SEQUENCE:1\n{SINGLE}")).replace("DTSTAMP:20261120", "DTSTAMP:20261123");
        let mut out = changed(None, Some(&calendar(&[&after])));
        out.messages.remove(0)
    };
    let same = update(&|event| event.replace("SUMMARY:Plan", "SUMMARY:New plan"));
    let next = replaced(receive(&same, ANNA, BERT, Some(own.as_bytes())));
    let text = String::from_utf8(next.clone()).unwrap();
    for kept in ["CATEGORIES:mine", "TRIGGER:-PT7M", "SUMMARY:New plan", "BUSYSTATUS:BUSY"] {
        assert!(text.contains(kept), "{kept} in {text}");
    }
    assert_eq!(partstat(&next, BERT), accepted());

    let moved = update(&|event| event.replace("T110000", "T120000"));
    let next = replaced(receive(&moved, ANNA, BERT, Some(own.as_bytes())));
    assert_eq!(partstat(&next, BERT), [Some("NEEDS-ACTION".to_owned())]);
    let text = String::from_utf8(next).unwrap();
    assert!(text.contains("TRIGGER:-PT7M") && text.contains("BUSYSTATUS:TENTATIVE"), "{text}");
}

#[test]
fn answers_reach_the_organizer() {
    let stored = changed(None, Some(&calendar(&[SINGLE]))).content.unwrap();
    let event = invited(&calendar(&[SINGLE]));
    for (response, partstat_at_anna, kind) in [
        (Answer::Accept, "ACCEPTED", Kind::Accepted),
        (Answer::Tentative, "TENTATIVE", Kind::Tentative),
        (Answer::Decline, "DECLINED", Kind::Declined),
    ] {
        let response = Response { answer: response, comment: Some("Well; then"), ..yes() };
        let answered = answer(&event, &owner(BERT), response, later(5)).unwrap();
        assert_eq!(answered.leaves, response.answer == Answer::Decline);
        assert_eq!((answered.message.method, answered.message.kind), (Method::Reply, kind));
        assert_eq!(answered.message.recipients[0].address, ANNA);
        let reply = Meeting::read(&answered.message.calendar).unwrap();
        assert_eq!(view::attendees(reply.chief().unwrap()).len(), 1);
        let counted = replaced(receive(&answered.message, BERT, ANNA, Some(&stored)));
        assert_eq!(partstat(&counted, BERT), [Some(partstat_at_anna.to_owned())]);
        // Once.
        let again = receive(&answered.message, BERT, ANNA, Some(&counted));
        assert_eq!(again, Effect::Nothing(Reason::Repeated));
        // An older answer does not undo it.
        let old = answer(&event, &owner(BERT), yes(), now()).unwrap().message;
        assert_eq!(receive(&old, BERT, ANNA, Some(&counted)), Effect::Nothing(Reason::Outdated));
    }
}

#[test]
fn an_answer_may_be_to_one_instance() {
    let content = calendar(&[&series("")]);
    let stored = changed(None, Some(&content)).content.unwrap();
    let event = invited(&content);
    let third: Timestamp = "2026-12-03T09:00:00Z".parse().unwrap();
    let no = Response { answer: Answer::Decline, instance: Some(third), ..yes() };
    let answered = answer(&event, &owner(BERT), no, now()).unwrap();
    assert!(!answered.leaves);
    assert_eq!(Meeting::read(&answered.content).unwrap().excluded(), [third]);
    let counted = replaced(receive(&answered.message, BERT, ANNA, Some(&stored)));
    let meeting = Meeting::read(&counted).unwrap();
    assert_eq!(partstat(&counted, BERT).last().unwrap().as_deref(), Some("DECLINED"));
    assert_eq!(
        (meeting.overrides().count(), meeting.start(meeting.instance(third).unwrap())),
        (1, Some(third))
    );
    // Nobody is told of that.
    assert_eq!(changed(Some(&stored), Some(&counted)).messages, []);

    for outside in ["2026-12-03T09:30:00Z", "2026-12-06T09:00:00Z", "2026-11-30T09:00:00Z"] {
        let outside = Response { instance: Some(outside.parse().unwrap()), ..no };
        assert_eq!(answer(&event, &owner(BERT), outside, now()), Err(BadAnswer::NoSuchInstance));
    }
    let single = invited(&calendar(&[SINGLE]));
    assert_eq!(answer(&single, &owner(BERT), no, now()), Err(BadAnswer::NoSeries));
    assert_eq!(answer(&stored, &owner(ANNA), yes(), now()), Err(BadAnswer::NoOrganizer));
}

#[test]
fn another_time_is_proposed() {
    let stored = changed(None, Some(&calendar(&[SINGLE]))).content.unwrap();
    let event = invited(&calendar(&[SINGLE]));
    let (start, end) = ("2026-12-01T12:00:00Z".parse().unwrap(), "2026-12-01T12:30:00Z".parse().unwrap());
    let response = Response { answer: Answer::Tentative, proposal: Some((start, end)), ..yes() };
    let answered = answer(&event, &owner(BERT), response, now()).unwrap();
    assert_eq!(answered.message.method, Method::Counter);
    let proposed = Meeting::read(&answered.message.calendar).unwrap();
    let chief = proposed.chief().unwrap();
    assert_eq!((proposed.start(chief), proposed.end(chief)), (Some(start), Some(end)));
    // The attendee's own event stays where it is.
    let own = Meeting::read(&answered.content).unwrap();
    assert_eq!(own.start(own.chief().unwrap()), Some("2026-12-01T09:00:00Z".parse().unwrap()));
    let counted = replaced(receive(&answered.message, BERT, ANNA, Some(&stored)));
    let text = String::from_utf8(counted.clone()).unwrap().replace("\r\n ", "");
    assert!(
        text.contains("PARTSTAT=TENTATIVE") && text.contains("PROPOSED-START=20261201T120000Z"),
        "{text}"
    );
    // Others are not told of it when the meeting is changed.
    let moved = text.replace("T110000", "T113000");
    let out = changed(Some(&counted), Some(moved.as_bytes()));
    assert!(!String::from_utf8(out.messages[0].calendar.clone()).unwrap().contains("X-FIELDPOST"));
}

#[test]
fn a_cancellation_is_seen() {
    let content = calendar(&[&series("")]);
    let event = invited(&content);
    let stored = changed(None, Some(&content)).content.unwrap();
    let off = changed(Some(&stored), None).messages.remove(0);
    let cancelled = replaced(receive(&off, ANNA, BERT, Some(&event)));
    assert!(view::is_cancelled(Meeting::read(&cancelled).unwrap().chief().unwrap()));
    assert_eq!(receive(&off, ANNA, BERT, Some(&cancelled)), Effect::Nothing(Reason::Repeated));
    assert_eq!(receive(&off, ANNA, BERT, None), Effect::Nothing(Reason::Unknown));

    let one = String::from_utf8(stored.clone())
        .unwrap()
        .replace("RRULE:", "EXDATE;TZID=Europe/Berlin:20261203T100000\r\nRRULE:");
    let off = changed(Some(&stored), Some(one.as_bytes())).messages.remove(0);
    let next = replaced(receive(&off, ANNA, BERT, Some(&event)));
    assert_eq!(Meeting::read(&next).unwrap().excluded().len(), 1);
    assert_eq!(receive(&off, ANNA, BERT, Some(&next)), Effect::Nothing(Reason::Repeated));
}

#[test]
fn a_changed_instance_arrives() {
    let content = calendar(&[&series("")]);
    let stored = changed(None, Some(&content)).content.unwrap();
    let event = answer(&invited(&content), &owner(BERT), yes(), now()).unwrap().content;
    let after = String::from_utf8(stored.clone()).unwrap().replace("END:VCALENDAR\r\n", "")
        + std::str::from_utf8(&calendar(&[&exception(3, "")])).unwrap().split_once("2.0\r\n").unwrap().1;
    let message = changed(Some(&stored), Some(after.as_bytes())).messages.remove(0);
    let next = replaced(receive(&message, ANNA, BERT, Some(&event)));
    let partstats = partstat(&next, BERT);
    // The series stays accepted, the moved instance waits for an answer.
    assert_eq!(partstats, [Some("ACCEPTED".to_owned()), Some("NEEDS-ACTION".to_owned())]);
    assert_eq!(receive(&message, ANNA, BERT, Some(&next)), Effect::Nothing(Reason::Repeated));
}

#[test]
fn nobody_else_is_believed() {
    let content = calendar(&[SINGLE]);
    let invitation = changed(None, Some(&content)).messages.remove(0);
    let not_organizer = Effect::Nothing(Reason::NotOrganizer);
    // Mallory claims that Anna invites.
    assert_eq!(receive(&invitation, "mallory@example.net", BERT, None), not_organizer);
    // Mallory organizes a meeting with the UID of one that Anna organizes.
    let event = invited(&content);
    let takeover = String::from_utf8(invitation.calendar.clone())
        .unwrap()
        .replace("ORGANIZER:mailto:anna@example.org", "ORGANIZER:mailto:mallory@example.net")
        .replace("SEQUENCE:0", "SEQUENCE:9");
    let takeover = Message { calendar: takeover.into_bytes(), ..invitation.clone() };
    assert_eq!(receive(&takeover, "mallory@example.net", BERT, Some(&event)), not_organizer);
    let off = changed(Some(&content), None).messages.remove(0);
    assert_eq!(receive(&off, CARL, BERT, Some(&event)), not_organizer);
    // Mallory answers for Bert, or for herself.
    let stored = changed(None, Some(&content)).content.unwrap();
    let reply = answer(&event, &owner(BERT), yes(), now()).unwrap().message;
    let not_invited = Effect::Nothing(Reason::NotInvited);
    assert_eq!(receive(&reply, "mallory@example.net", ANNA, Some(&stored)), not_invited);
    let own = String::from_utf8(reply.calendar.clone()).unwrap().replace("bert@", "mallory@");
    let own = Message { calendar: own.into_bytes(), ..reply.clone() };
    assert_eq!(receive(&own, "mallory@example.org", ANNA, Some(&stored)), not_invited);
    assert_eq!(receive(&reply, BERT, ANNA, None), Effect::Nothing(Reason::Unknown));
    // A secretary may speak for the organizer.
    let by_agent = String::from_utf8(invitation.calendar.clone())
        .unwrap()
        .replace("ORGANIZER:", "ORGANIZER;SENT-BY=\"mailto:carl@example.com\":");
    let by_agent = Message { calendar: by_agent.into_bytes(), ..invitation };
    added(receive(&by_agent, CARL, BERT, None));
}

#[test]
fn an_invitation_may_be_sent_on() {
    let content = calendar(&[SINGLE]);
    let stored = changed(None, Some(&content)).content.unwrap();
    let event = invited(&content);
    let carl = Person { name: Some("Carl".into()), address: CARL.into() };
    let message = forward(&event, std::slice::from_ref(&carl), None, Some("Join us"), now()).unwrap();
    assert_eq!(message.kind, Kind::Forwarded);
    let (read, sender) = by_mail(&message, BERT);
    // Bert's word alone is not enough, unless his own calendar vouches for it.
    let alone = incoming(&read, &sender, &owner(CARL), None, now());
    assert_eq!(alone, Effect::Nothing(Reason::NotOrganizer));
    let sender = Sender { vouched: true, ..sender };
    let at_carl = added(incoming(&read, &sender, &owner(CARL), None, now()));
    assert!(Meeting::read(&at_carl).unwrap().is_organized_by(&owner(ANNA)));
    // Anna's event knows of Carl, and so takes his answer.
    let known = asked_along(&stored, &owner(ANNA), std::slice::from_ref(&carl), None).unwrap();
    assert_eq!(asked_along(&known, &owner(ANNA), &[carl], None), None);
    let reply = answer(&at_carl, &owner(CARL), yes(), now()).unwrap().message;
    let counted = replaced(receive(&reply, CARL, ANNA, Some(&known)));
    assert_eq!(partstat(&counted, CARL), accepted());
}

#[test]
fn whoever_is_invited_may_ask_again() {
    let content = changed(None, Some(&calendar(&[SINGLE]))).content.unwrap();
    let ask = |from: &str| Message {
        method: Method::Refresh,
        kind: Kind::Update,
        calendar: calendar(&[&format!("DTSTAMP:20261123T110000Z\nATTENDEE:mailto:{from}")]),
        recipients: Vec::new(),
        summary: String::new(),
        comment: None,
    };
    let Effect::Send(answer) = receive(&ask(BERT), BERT, ANNA, Some(&content)) else { panic!() };
    assert_eq!((answer.method, answer.recipients[0].address.as_str()), (Method::Request, BERT));
    let stranger = receive(&ask("eve@example.net"), "eve@example.net", ANNA, Some(&content));
    assert_eq!(stranger, Effect::Nothing(Reason::NotInvited));
}

#[test]
fn a_mail_says_the_same_to_people_and_programs() {
    let content = calendar(&[&format!("{SINGLE}\nDESCRIPTION:Bring\\nyour plan")]);
    let mut message = changed(None, Some(&content)).messages.remove(0);
    message.summary = "Grüße\r\nBcc: eve@example.net".into();
    let anna = Person { name: Some("Änne, A.".into()), address: ANNA.into() };
    let mail = imip::mail(&message, &Envelope { from: &anna, message_id: "1@x", date: now() });
    let read = headers(&mail).unwrap();
    assert_eq!(read.from[0].name.as_deref(), Some("Änne, A."));
    assert_eq!((read.to[0].address.as_str(), read.bcc.len()), (BERT, 0));
    assert_eq!((read.date, read.message_id.as_deref()), (Some(now()), Some("1@x")));
    let item = crate::item::Item {
        meta: crate::item::ItemMeta {
            id: crate::ItemId(1),
            folder: crate::FolderId(1),
            modseq: crate::Modseq(1),
            content_modseq: crate::Modseq(1),
            received: 0,
            size: 0,
            state: crate::item::MailState::default(),
            marks: crate::item::Marks::default(),
            conversation: crate::item::Conversation::default(),
        },
        content: mail,
    };
    let mut options = crate::convert::mail::BodyOptions::new(fieldpost_eas::Version::V14_1);
    options.bodies = true;
    options.preferences = vec![fieldpost_eas::item::BodyPreference {
        r#type: fieldpost_eas::item::BodyType::Text,
        truncation_size: None,
        all_or_none: None,
        preview: None,
    }];
    let email = crate::convert::mail::email(&item, &options).unwrap();
    let text = email.body.unwrap().data.unwrap().to_text().into_owned();
    assert!(text.contains("Tuesday, 01 December 2026, 10:00 to 11:00 (Europe/Berlin)"), "{text}");
    assert!(text.contains("Bring\r\nyour plan"), "{text}");
}

proptest::proptest! {
    /// Whatever comes, nobody falls over, and what is written can be read again.
    #[test]
    fn any_message_is_survived(lines in proptest::collection::vec(proptest::sample::select(vec![
        "DTSTART:20261201T100000Z", "DTSTART;TZID=Nowhere:99999999T999999", "DTEND:20260101T000000Z", "DURATION:-P1D",
        "RRULE:FREQ=SECONDLY;COUNT=99999999", "RRULE:", "SEQUENCE:99999999999999999999", "SEQUENCE:-1", "DTSTAMP:x",
        "RECURRENCE-ID:20261201T100000Z", "RECURRENCE-ID;RANGE=THISANDFUTURE:20261202T100000Z", "ATTENDEE:mailto:",
        "ATTENDEE;PARTSTAT=ACCEPTED:mailto:bert@example.org", "ORGANIZER:mailto:bert@example.org", "EXDATE:x,20261201T100000Z",
        "STATUS:CANCELLED", "END:VEVENT", "BEGIN:VEVENT", "UID:m2", "BEGIN:VALARM", "END:VALARM", "SUMMARY:\\",
    ]), 0..14), method in 0usize..8) {
        let bytes = calendar(&[&lines.join("\n")]);
        let methods = ["PUBLISH", "REQUEST", "REPLY", "ADD", "CANCEL", "REFRESH", "COUNTER", "DECLINECOUNTER"];
        let part = crate::convert::mail::CalendarPart {
            index: 1, method: Some(methods[method].into()), text: String::from_utf8_lossy(&bytes),
        };
        let event = invited(&calendar(&[&series("")]));
        let mine = changed(None, Some(&calendar(&[&series("")]))).content.unwrap();
        if let Ok(message) = Incoming::read(&part) {
            for (from, to, stored) in [(ANNA, BERT, None), (ANNA, BERT, Some(&event)), (BERT, ANNA, Some(&mine))] {
                let sender = Sender { addresses: vec![from.to_owned()], vouched: true };
                match incoming(&message, &sender, &owner(to), stored.map(Vec::as_slice), now()) {
                    Effect::Add(content) | Effect::Replace(content) => {
                        proptest::prop_assert!(Meeting::read(&content).is_ok());
                    }
                    Effect::Send(_) | Effect::Nothing(_) => {}
                }
            }
            let _ = outgoing(Some(&mine), Some(&bytes), &owner(ANNA), now());
            let _ = outgoing(Some(&bytes), Some(&mine), &owner(ANNA), now());
            let _ = answer(&bytes, &owner(BERT), yes(), now());
        }
    }
}
