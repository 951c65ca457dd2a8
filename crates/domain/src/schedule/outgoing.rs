//! What the organizer's change of an event makes it necessary to tell (RFC 5546 3.2.2, 3.2.5).
//!
//! Who is new gets the whole meeting, who is no longer invited its cancellation, and who stays what
//! changed, if anything did that they would want to know: the series where the series changed, else the
//! instances that did. Nobody gets two messages of one kind for one change.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::itip::{self, Kind, Message};
use super::method::Method;
use super::person::{Person, names};
use super::view::{Meeting, Unreadable, attendee, attendees, is_cancelled, mark, sequence};
use crate::convert::User;
use crate::object::{Component, Line, When};

/// What follows from a change.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outgoing {
    /// The object as it is to be stored, where it has to say more than it did: a greater `SEQUENCE`,
    /// and that those who answered have to answer again.
    pub content: Option<Vec<u8>>,
    /// The messages.
    pub messages: Vec<Message>,
}

/// Properties that say when; a change of one of them needs a new answer.
const TIMES: [&str; 5] = ["DTSTART", "DTEND", "DURATION", "RRULE", "RDATE"];
/// Further properties that those who come would want to know of. They take a new `SEQUENCE` like the
/// times, which RFC 5546 2.1.4 permits: phones tell an update from an invitation by it.
const MATTERS: [&str; 7] = ["SUMMARY", "LOCATION", "DESCRIPTION", "STATUS", "ATTACH", "URL", "CONFERENCE"];

/// Compares the object before a change of the user's with the one after it.
///
/// # Errors
/// [`Unreadable`]: one of the two is no event.
pub fn outgoing(
    before: Option<&[u8]>,
    after: Option<&[u8]>,
    user: &User,
    now: Timestamp,
) -> Result<Outgoing, Unreadable> {
    let before = before.map(Meeting::read).transpose()?;
    let after = after.map(Meeting::read).transpose()?;
    let before = before.filter(|meeting| meeting.is_organized_by(user));
    let after = after.filter(|meeting| meeting.is_organized_by(user));
    match (before, after) {
        (None, None) => Ok(Outgoing::default()),
        (None, Some(after)) if takes_place(&after) => Ok(change(None, after, user, now)),
        (None, Some(_)) => Ok(Outgoing::default()),
        (Some(before), Some(after)) if takes_place(&after) => {
            Ok(change(Some(&before).filter(|before| takes_place(before)), after, user, now))
        }
        (Some(before), after) => {
            let was = takes_place(&before) && !before.is_over(now);
            let next = before.sequence().max(after.as_ref().map_or(0, Meeting::sequence)).saturating_add(1);
            let messages = if was { cancel_all(&before, user, next, now) } else { Vec::new() };
            let content = after.filter(|_| !messages.is_empty()).map(|mut after| {
                after.events_mut().for_each(|event| mark(event, next, now));
                after.calendar.to_bytes()
            });
            Ok(Outgoing { content, messages })
        }
    }
}

/// Whether it takes place at all.
fn takes_place(meeting: &Meeting) -> bool {
    meeting.chief().is_some_and(|event| !is_cancelled(event))
}

/// Who is to be written to about an event: those invited, but for the user, and for those whom another
/// program writes to (RFC 6638 7.1).
fn guests(event: &Component, user: &User) -> Vec<Person> {
    let ours = |line: &Line| {
        !line
            .param("SCHEDULE-AGENT")
            .is_some_and(|agent| agent.eq_ignore_ascii_case("CLIENT") || agent.eq_ignore_ascii_case("NONE"))
    };
    let all = attendees(event).into_iter();
    all.filter(|(line, person)| ours(line) && !user.has_address(&person.address))
        .map(|(_, person)| person)
        .collect()
}

/// Everybody who is written to about any of it.
fn everybody(meeting: &Meeting, user: &User) -> Vec<Person> {
    let mut all: Vec<Person> = Vec::new();
    for person in meeting.events().flat_map(|event| guests(event, user)) {
        if !all.iter().any(|known| known.is(&person.address)) {
            all.push(person);
        }
    }
    all
}

fn is_guest(event: Option<&Component>, person: &Person) -> bool {
    event.is_some_and(|event| attendee(event, |address| person.is(address)).is_some())
}

fn cancel_all(before: &Meeting, user: &User, next: u32, now: Timestamp) -> Vec<Message> {
    let recipients = everybody(before, user);
    let Some(event) = before.chief() else { return Vec::new() };
    if recipients.is_empty() {
        return Vec::new();
    }
    let cancelled = cancelled(event, &recipients, next, now);
    vec![message(before, Method::Cancel, Kind::Cancellation, vec![cancelled], recipients, now)]
}

/// An event as its cancellation has it.
fn cancelled(event: &Component, recipients: &[Person], next: u32, now: Timestamp) -> Component {
    let mut event = itip::for_others(event);
    mark(&mut event, next, now);
    event.set(Line::new("STATUS", "CANCELLED"));
    let named: Vec<Line> = event
        .get_all("ATTENDEE")
        .filter(|line| {
            Person::of(line).is_some_and(|person| recipients.iter().any(|r| r.is(&person.address)))
        })
        .cloned()
        .collect();
    event.set_all("ATTENDEE", named);
    event
}

fn message(
    meeting: &Meeting,
    method: Method,
    kind: Kind,
    mut events: Vec<Component>,
    recipients: Vec<Person>,
    now: Timestamp,
) -> Message {
    // RFC 5545 3.8.7.2: with a method, it tells when the message was made.
    events.iter_mut().for_each(|event| event.set(Line::new("DTSTAMP", &When::Utc(now).to_value())));
    let summary = events.first().and_then(|event| event.text("SUMMARY")).unwrap_or_default();
    let calendar = itip::calendar(meeting, Some(method), events).to_bytes();
    Message { method, kind, calendar, recipients, summary, comment: None }
}

/// What changed of a meeting that takes place before and after, or only after.
struct Diff {
    /// The series itself, as others see it.
    series: bool,
    /// When it takes place.
    times: bool,
    /// Instances that others see changed, by their original starts.
    instances: BTreeSet<Timestamp>,
    /// Those of them that begin or end at another time.
    moved: BTreeSet<Timestamp>,
    /// Instances that don't take place any more.
    dropped: BTreeSet<Timestamp>,
}

impl Diff {
    fn between(before: &Meeting, after: &Meeting) -> Diff {
        let series_times = differs(before, before.master(), after, after.master(), &TIMES);
        let series_rest = differs(before, before.master(), after, after.master(), &MATTERS);
        let was_out: BTreeSet<_> = before.excluded().into_iter().collect();
        let mut dropped: BTreeSet<_> =
            after.excluded().into_iter().filter(|start| !was_out.contains(start)).collect();
        let (mut instances, mut moved) = (BTreeSet::new(), BTreeSet::new());
        for (start, event) in after.overrides() {
            let old = before.instance(start).cloned().or_else(|| itip::instance(before, start));
            if is_cancelled(event) {
                if !old.as_ref().is_some_and(is_cancelled) {
                    dropped.insert(start);
                }
                continue;
            }
            let times = differs(before, old.as_ref(), after, Some(event), &TIMES);
            if times {
                moved.insert(start);
            }
            if times || differs(before, old.as_ref(), after, Some(event), &MATTERS) {
                instances.insert(start);
            }
        }
        // An instance that no longer differs is told of by the series.
        let restored = before
            .overrides()
            .any(|(start, _)| after.instance(start).is_none() && !after.excluded().contains(&start));
        let returned = was_out.iter().any(|start| !after.excluded().contains(start));
        let times = series_times || restored || returned;
        Diff { series: times || series_rest, times, instances, moved, dropped }
    }

    fn needs_new_sequence(&self) -> bool {
        self.series || !self.instances.is_empty() || !self.dropped.is_empty()
    }
}

/// Whether two events differ in one of these properties. Times are compared as points in time.
fn differs(
    before: &Meeting,
    old: Option<&Component>,
    after: &Meeting,
    new: Option<&Component>,
    names: &[&str],
) -> bool {
    let (Some(old), Some(new)) = (old, new) else { return old.is_some() != new.is_some() };
    names.iter().any(|name| match *name {
        "DTSTART" => {
            let is_day =
                |event: &Component| event.get("DTSTART").and_then(Line::when).is_some_and(When::is_date);
            before.start(old) != after.start(new) || is_day(old) != is_day(new)
        }
        "DTEND" | "DURATION" => before.end(old) != after.end(new),
        "STATUS" => is_cancelled(old) != is_cancelled(new),
        _ => values(old, name) != values(new, name),
    })
}

fn values(event: &Component, name: &str) -> BTreeSet<String> {
    let plain = |line: &Line| line.text().trim().to_owned();
    event.get_all(name).map(plain).filter(|value| !value.is_empty()).collect()
}

/// What one person is told.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Told {
    /// The whole meeting, as it is now.
    whole: bool,
    /// It is the first that they hear of it.
    is_new: bool,
    /// All of it is off for them.
    off: bool,
    /// These instances, as they are now.
    instances: BTreeSet<Timestamp>,
    /// These instances are off for them.
    dropped: BTreeSet<Timestamp>,
}

fn change(before: Option<&Meeting>, mut after: Meeting, user: &User, now: Timestamp) -> Outgoing {
    let diff = before.map(|before| Diff::between(before, &after));
    let told: Vec<(Person, Told)> = {
        let mut people = everybody(&after, user);
        for person in before.map(|before| everybody(before, user)).unwrap_or_default() {
            if !people.iter().any(|known| known.is(&person.address)) {
                people.push(person);
            }
        }
        let told = |person: Person| {
            let told = tell(before, &after, diff.as_ref(), &person);
            (person, told)
        };
        people.into_iter().map(told).filter(|(_, told)| *told != Told::default()).collect()
    };
    let is_off = told.iter().any(|(_, told)| told.off || !told.dropped.is_empty());
    let bump = is_off || diff.as_ref().is_some_and(Diff::needs_new_sequence);
    if told.is_empty() && !(bump && before.is_some_and(|b| !everybody(b, user).is_empty())) {
        return Outgoing::default();
    }
    renumber(before, &mut after, diff.as_ref(), bump, user, now);
    let content = Some(after.calendar.to_bytes());
    Outgoing { content, messages: messages(before, &after, told, now) }
}

/// What one person has to be told.
fn tell(before: Option<&Meeting>, after: &Meeting, diff: Option<&Diff>, person: &Person) -> Told {
    let mut told = Told::default();
    let was = before.is_some_and(|before| is_guest(before.master(), person));
    let is = is_guest(after.master(), person);
    match (was, is) {
        (false, true) => {
            told.whole = true;
            told.is_new = !before.is_some_and(|b| b.events().any(|event| is_guest(Some(event), person)));
            return told;
        }
        (true, false) => {
            told.off = true;
            return told;
        }
        (true, true) if diff.is_some_and(|diff| diff.series) => {
            told.whole = true;
            return told;
        }
        _ => {}
    }
    let is_out = |start: &Timestamp| diff.is_some_and(|diff| diff.dropped.contains(start));
    for (start, event) in after.overrides().filter(|(start, _)| !is_out(start)) {
        let old = before.and_then(|before| before.instance(start));
        let came = old.map_or(was, |old| is_guest(Some(old), person));
        let comes = is_guest(Some(event), person) && !is_cancelled(event);
        let changed = diff.is_none_or(|diff| diff.instances.contains(&start));
        if comes && (changed || !came) {
            told.instances.insert(start);
        } else if came && !comes && before.is_some() {
            told.dropped.insert(start);
        }
    }
    for start in diff.iter().flat_map(|diff| &diff.dropped) {
        let came = match before.and_then(|before| before.instance(*start)) {
            Some(old) => is_guest(Some(old), person),
            None => was,
        };
        if came {
            told.dropped.insert(*start);
        }
    }
    // Instances that they alone were invited to, and that went without a trace.
    for (start, old) in before.iter().flat_map(|before| before.overrides()) {
        let gone = after.instance(start).is_none() && !was && !is;
        if gone && is_guest(Some(old), person) {
            told.dropped.insert(start);
        }
    }
    told
}

/// Gives what changed its new `SEQUENCE` and `DTSTAMP`, and asks for new answers where times changed.
fn renumber(
    before: Option<&Meeting>,
    after: &mut Meeting,
    diff: Option<&Diff>,
    bump: bool,
    user: &User,
    now: Timestamp,
) {
    let known = before.map_or(0, Meeting::sequence);
    let next = if bump { known.saturating_add(1).max(after.sequence()) } else { known.max(after.sequence()) };
    let all = diff.is_none_or(|diff| diff.series);
    let starts: Vec<Option<Timestamp>> = after.events().map(|event| after.recurrence_id(event)).collect();
    for (start, event) in starts.into_iter().zip(after.events_mut()) {
        let (changed, moved) = match (start, diff) {
            (_, None) => (true, false),
            (None, Some(diff)) => (all || bump, diff.times),
            (Some(start), Some(diff)) => {
                (all || diff.instances.contains(&start), diff.times || diff.moved.contains(&start))
            }
        };
        if changed {
            let number = if bump { next } else { sequence(event) };
            mark(event, number, now);
        }
        for line in event.lines_mut().filter(|line| line.name() == "ATTENDEE") {
            if names(line, user) {
                continue;
            }
            if moved || line.param("PARTSTAT").is_none() {
                line.set_param("PARTSTAT", Some("NEEDS-ACTION"));
                line.set_param(itip::PROPOSED_START, None);
                line.set_param(itip::PROPOSED_END, None);
            }
            if moved || line.param("RSVP").is_none() {
                line.set_param("RSVP", Some("TRUE"));
            }
        }
    }
}

/// The messages: one for all those who are told the same.
fn messages(
    before: Option<&Meeting>,
    after: &Meeting,
    told: Vec<(Person, Told)>,
    now: Timestamp,
) -> Vec<Message> {
    let next = after.sequence();
    let mut groups: Vec<(Told, Vec<Timestamp>, Vec<Person>)> = Vec::new();
    for (person, told) in told {
        // Whoever gets the whole gets it without the instances that they are not invited to.
        let hidden: Vec<Timestamp> = after
            .overrides()
            .filter(|(_, event)| told.whole && !is_guest(Some(event), &person))
            .map(|(start, _)| start)
            .collect();
        match groups.iter_mut().find(|(known, out, _)| *known == told && *out == hidden) {
            Some((_, _, people)) => people.push(person),
            None => groups.push((told, hidden, vec![person])),
        }
    }
    let mut messages = Vec::new();
    for (told, hidden, people) in groups {
        if told.off
            && let Some(old) = before.and_then(Meeting::chief)
            && let Some(before) = before
        {
            let event = cancelled(old, &people, next, now);
            messages.push(message(before, Method::Cancel, Kind::Cancellation, vec![event], people, now));
            continue;
        }
        if told.whole {
            let kind = if told.is_new { Kind::Invitation } else { Kind::Update };
            messages.push(whole(after, &hidden, kind, people, now));
            continue;
        }
        if !told.instances.is_empty() {
            let events: Vec<Component> = told
                .instances
                .iter()
                .filter_map(|start| after.instance(*start))
                .map(itip::for_others)
                .collect();
            let kind = if before.is_none() { Kind::Invitation } else { Kind::Update };
            messages.push(message(after, Method::Request, kind, events, people.clone(), now));
        }
        if let Some(before) = before.filter(|_| !told.dropped.is_empty()) {
            let old = told.dropped.iter().filter_map(|start| itip::instance(before, *start));
            let events: Vec<Component> = old.map(|event| cancelled(&event, &people, next, now)).collect();
            if !events.is_empty() {
                messages.push(message(before, Method::Cancel, Kind::Cancellation, events, people, now));
            }
        }
    }
    messages
}

/// A request for the whole meeting, without instances that don't concern its recipients.
fn whole(after: &Meeting, hidden: &[Timestamp], kind: Kind, people: Vec<Person>, now: Timestamp) -> Message {
    let mut shown = after.clone();
    for start in hidden {
        shown.exclude(*start);
    }
    let events = shown.events().map(itip::for_others).collect();
    message(&shown, Method::Request, kind, events, people, now)
}

/// The request that answers `REFRESH`: the meeting as it is, for one who is invited to it.
pub fn refreshed(meeting: &Meeting, person: &Person, now: Timestamp) -> Message {
    let hidden: Vec<Timestamp> = meeting
        .overrides()
        .filter(|(_, event)| !is_guest(Some(event), person))
        .map(|(start, _)| start)
        .collect();
    whole(meeting, &hidden, Kind::Update, vec![person.clone()], now)
}
