//! A message about a meeting, for the one into whose mailbox it came (RFC 5546 3.2): what is to be
//! written into the calendar.
//!
//! Nothing is written on the word of somebody who has no say: the organizer alone invites, changes and
//! cancels, those invited alone answer. And nothing is written twice: a message that is not newer than
//! what is stored, by `SEQUENCE` and then by `DTSTAMP` (RFC 5546 2.1.5), is let pass.

use std::cmp::Ordering;

use jiff::Timestamp;

use super::itip::{self, Incoming, Message, PROPOSED_END, PROPOSED_START, REPLIED};
use super::method::Method;
use super::outgoing::refreshed;
use super::person::{Person, same};
use super::reply::{Answer, change_own, show_as};
use super::view::{
    Meeting, Unreadable, attendee, attendee_mut, attendees, is_cancelled, mark, sequence, stamp,
};
use crate::convert::User;
use crate::object::{Component, Line, When};

/// Who sent a message.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sender {
    /// The addresses of `From` and `Sender`.
    pub addresses: Vec<String>,
    /// It was sent on by somebody whose own calendar holds the meeting, so that what it says of the
    /// organizer is true.
    pub vouched: bool,
}

impl Sender {
    /// Whether the sender speaks for the one whom a line names: is it, or acts for it (`SENT-BY`).
    fn speaks_for(&self, line: &Line) -> bool {
        let agent = line.param("SENT-BY").and_then(super::person::address);
        let named = Person::of(line).map(|person| person.address);
        let is = |address: &str| self.addresses.iter().any(|own| same(own, address));
        named.as_deref().is_some_and(is) || agent.as_deref().is_some_and(is)
    }
}

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Put a new event into the calendar.
    Add(Vec<u8>),
    /// Give the event these bytes.
    Replace(Vec<u8>),
    /// Answer.
    Send(Message),
    /// Nothing.
    Nothing(Reason),
}

/// Why nothing is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Reason {
    /// What is stored is newer.
    #[error("what is stored is newer")]
    Outdated,
    /// It was done before.
    #[error("it was done before")]
    Repeated,
    /// The meeting is not known here.
    #[error("the meeting is not known here")]
    Unknown,
    /// The sender is not the organizer, and does not act for the organizer.
    #[error("the sender is not the organizer")]
    NotOrganizer,
    /// The sender is not invited, or speaks for somebody else.
    #[error("the sender is not invited, or speaks for somebody else")]
    NotInvited,
    /// The user organizes it; nobody else says what becomes of it.
    #[error("the user organizes it")]
    Own,
    /// A method that changes no calendar.
    #[error("it changes no calendar")]
    NoEffect,
    /// A stored or a sent object that can't be understood.
    #[error("it can't be understood")]
    Unreadable,
}

impl From<Unreadable> for Reason {
    fn from(_: Unreadable) -> Reason {
        Reason::Unreadable
    }
}

/// Looks at a message for the owner of a mailbox. `stored` is the event of that `UID`, where there is
/// one.
pub fn incoming(
    message: &Incoming,
    sender: &Sender,
    user: &User,
    stored: Option<&[u8]>,
    now: Timestamp,
) -> Effect {
    let stored = match stored.map(Meeting::read).transpose() {
        Ok(stored) => stored,
        Err(error) => return Effect::Nothing(error.into()),
    };
    let done = match message.method {
        Method::Request => request(&message.meeting, sender, user, stored, now),
        Method::Cancel => cancel(&message.meeting, sender, user, stored, now),
        Method::Reply | Method::Counter => reply(message, sender, user, stored, now),
        Method::Refresh => refresh(&message.meeting, sender, user, stored, now),
        Method::Publish | Method::Add | Method::DeclineCounter => Err(Reason::NoEffect),
    };
    done.unwrap_or_else(Effect::Nothing)
}

/// Whether the message comes from whoever organizes the meeting.
fn is_from_organizer(meeting: &Meeting, sender: &Sender) -> bool {
    let line = meeting.chief().and_then(|event| event.get("ORGANIZER"));
    line.is_some_and(|line| sender.speaks_for(line))
}

/// Whether both are organized by the same person.
fn same_organizer(a: &Meeting, b: &Meeting) -> bool {
    match (a.organizer(), b.organizer()) {
        (Some(a), Some(b)) => a.is(&b.address),
        _ => false,
    }
}

/// How a sent event compares in age with what is stored of it.
fn age(new: &Component, old: &Component) -> Ordering {
    sequence(new).cmp(&sequence(old)).then_with(|| match (stamp(new), stamp(old)) {
        (Some(new), Some(old)) => new.cmp(&old),
        // One without a time is wrong (RFC 5546 3.2.2); by its number it is no older.
        (None, _) => Ordering::Equal,
        (Some(_), None) => Ordering::Greater,
    })
}

fn is_newer(new: &Component, old: &Component) -> Result<(), Reason> {
    match age(new, old) {
        Ordering::Greater => Ok(()),
        Ordering::Equal => Err(Reason::Repeated),
        Ordering::Less => Err(Reason::Outdated),
    }
}

fn request(
    message: &Meeting,
    sender: &Sender,
    user: &User,
    stored: Option<Meeting>,
    now: Timestamp,
) -> Result<Effect, Reason> {
    if message.is_organized_by(user) {
        return Err(Reason::Own);
    }
    let is_trusted = is_from_organizer(message, sender);
    let Some(stored) = stored else {
        if !is_trusted && !sender.vouched {
            return Err(Reason::NotOrganizer);
        }
        return Ok(Effect::Add(invitation(message, user)));
    };
    if stored.is_organized_by(user) {
        return Err(Reason::Own);
    }
    if !same_organizer(message, &stored) {
        return Err(Reason::NotOrganizer);
    }
    if !is_trusted {
        // What was sent on says nothing new of a meeting that is known; where it was declined or
        // cancelled, the organizer decides.
        return Err(if sender.vouched { Reason::Repeated } else { Reason::NotOrganizer });
    }
    match message.master() {
        Some(new) => {
            if let Some(old) = stored.chief() {
                is_newer(new, old)?;
            }
            Ok(Effect::Replace(updated(message, &stored, user)))
        }
        None => updated_instances(message, stored, user, now),
    }
}

/// A new event of the attendee's, tentative until it is answered.
pub fn invitation(message: &Meeting, user: &User) -> Vec<u8> {
    let events = message.events().map(|event| {
        let mut event = event.clone();
        asked(&mut event, user);
        event
    });
    itip::calendar(message, None, events.collect()).to_bytes()
}

/// Makes an event one that waits for an answer.
fn asked(event: &mut Component, user: &User) {
    event.remove("X-MICROSOFT-CDO-REPLYTIME");
    let answer = attendee(event, |address| user.has_address(address))
        .and_then(|line| line.param("PARTSTAT"))
        .and_then(Answer::of_partstat);
    // Whoever answered elsewhere has answered: the organizer says so.
    if answer.is_none() {
        change_own(event, user, |own| own.set_param("PARTSTAT", Some("NEEDS-ACTION")));
    }
    let was = event.text("X-MICROSOFT-CDO-BUSYSTATUS").map(|status| status.trim().to_ascii_uppercase());
    let is_free = match &was {
        Some(status) => status == "FREE",
        None => event.get("TRANSP").is_some_and(|line| line.value().trim() == "TRANSPARENT"),
    };
    if event.get("X-MICROSOFT-CDO-INTENDEDSTATUS").is_none() {
        let intended = was.filter(|status| status != "TENTATIVE");
        let intended = intended.unwrap_or_else(|| if is_free { "FREE" } else { "BUSY" }.to_owned());
        event.push(Line::new("X-MICROSOFT-CDO-INTENDEDSTATUS", &intended));
    }
    match answer {
        Some(Answer::Accept) => {}
        _ if is_cancelled(event) => show_as(event, "FREE"),
        _ => show_as(event, "TENTATIVE"),
    }
}

/// Properties of an event that are the attendee's own, and stay whatever the organizer sends.
const OWN: [&str; 2] = ["CATEGORIES", "CLASS"];
/// Properties that tell of the attendee's answer, and stay where it still holds.
const ANSWERED: [&str; 3] = ["X-MICROSOFT-CDO-REPLYTIME", "X-MICROSOFT-CDO-BUSYSTATUS", "TRANSP"];

/// A sent event with what is the attendee's own of the stored one.
fn merged(message: &Meeting, new: &Component, stored: &Meeting, old: &Component, user: &User) -> Component {
    let mut event = new.clone();
    asked(&mut event, user);
    for name in OWN {
        event.set_all(name, old.get_all(name).cloned().collect());
    }
    event.retain_components(|inner| !inner.is("VALARM"));
    for alarm in old.children_named("VALARM") {
        event.push_component(alarm.clone());
    }
    if is_cancelled(old) || !same_time(message, new, stored, old) {
        return event;
    }
    let own = attendee(old, |address| user.has_address(address));
    let Some(partstat) = own.and_then(|line| line.param("PARTSTAT")) else { return event };
    change_own(&mut event, user, |line| line.set_param("PARTSTAT", Some(partstat)));
    for name in ANSWERED {
        event.set_all(name, old.get_all(name).cloned().collect());
    }
    event
}

/// Whether two events take place at the same time.
fn same_time(a: &Meeting, new: &Component, b: &Meeting, old: &Component) -> bool {
    let rules = |event: &Component, name: &str| {
        let mut rules: Vec<String> =
            event.get_all(name).map(|line| line.value().trim().to_uppercase()).collect();
        rules.sort();
        rules
    };
    a.start(new) == b.start(old)
        && a.end(new) == b.end(old)
        && ["RRULE", "RDATE"].iter().all(|name| rules(new, name) == rules(old, name))
}

/// The stored meeting as the organizer now says that it is.
fn updated(message: &Meeting, stored: &Meeting, user: &User) -> Vec<u8> {
    let mut events = Vec::new();
    let old_chief = stored.chief();
    let stays = match (message.master(), old_chief) {
        (Some(new), Some(old)) => same_time(message, new, stored, old),
        _ => false,
    };
    for new in message.events() {
        let start = message.recurrence_id(new);
        let old = start.and_then(|start| stored.instance(start)).or(old_chief);
        events.push(match old {
            Some(old) => merged(message, new, stored, old, user),
            None => new.clone(),
        });
    }
    let mut zones = message.clone();
    if stays {
        // Answers to single instances still hold, and so does what was declined of the series.
        for (start, own) in stored.overrides() {
            if message.instance(start).is_none() && !message.excluded().contains(&start) {
                events.push(own.clone());
            }
        }
        for zone in stored.calendar.children_named("VTIMEZONE") {
            zones.calendar.push_component(zone.clone());
        }
    }
    let calendar = itip::calendar(&zones, None, events);
    let Ok(mut next) = Meeting::read(&calendar.to_bytes()) else { return calendar.to_bytes() };
    if stays {
        for start in stored.excluded() {
            if message.instance(start).is_none() {
                next.exclude(start);
            }
        }
    }
    next.calendar.to_bytes()
}

/// The stored meeting with some of its instances as the organizer now says that they are.
fn updated_instances(
    message: &Meeting,
    mut stored: Meeting,
    user: &User,
    _now: Timestamp,
) -> Result<Effect, Reason> {
    let mut last = Err(Reason::Unreadable);
    let mut any = false;
    for (start, new) in message.overrides() {
        let was_out = stored.excluded().contains(&start);
        let known = stored.instance(start).cloned();
        if let Some(old) = known.as_ref().or(stored.master()) {
            last = match is_newer(new, old) {
                // The series' own stamp says nothing of an instance that the organizer changed since.
                Err(Reason::Outdated | Reason::Repeated) if known.is_none() && !was_out => {
                    if sequence(new) < sequence(old) { Err(Reason::Outdated) } else { Ok(()) }
                }
                judged => judged,
            };
            if last.is_err() {
                continue;
            }
        }
        let old = known.or_else(|| itip::instance(&stored, start)).filter(|_| !was_out);
        let event = match &old {
            Some(old) => merged(message, new, &stored, old, user),
            None => {
                let mut event = new.clone();
                asked(&mut event, user);
                event
            }
        };
        stored.include(start);
        stored.remove_instance(start);
        stored.calendar.push_component(event);
        any = true;
    }
    if !any {
        return Err(last.err().unwrap_or(Reason::Repeated));
    }
    for zone in message.calendar.children_named("VTIMEZONE") {
        let id = zone.text("TZID");
        if !stored.calendar.children_named("VTIMEZONE").any(|known| known.text("TZID") == id) {
            stored.calendar.push_component_first(zone.clone());
        }
    }
    Ok(Effect::Replace(stored.calendar.to_bytes()))
}

fn cancel(
    message: &Meeting,
    sender: &Sender,
    user: &User,
    stored: Option<Meeting>,
    now: Timestamp,
) -> Result<Effect, Reason> {
    let mut stored = stored.ok_or(Reason::Unknown)?;
    if stored.is_organized_by(user) {
        return Err(Reason::Own);
    }
    if !same_organizer(message, &stored) || !is_from_organizer(message, sender) {
        return Err(Reason::NotOrganizer);
    }
    if let Some(new) = message.master() {
        let old = stored.chief().ok_or(Reason::Unreadable)?;
        if sequence(new) < sequence(old) {
            return Err(Reason::Outdated);
        }
        if is_cancelled(old) {
            return Err(Reason::Repeated);
        }
        let number = sequence(new);
        for event in stored.events_mut() {
            call_off(event, number, stamp(new).unwrap_or(now));
        }
        return Ok(Effect::Replace(stored.calendar.to_bytes()));
    }
    let mut done = Err(Reason::Repeated);
    for (start, new) in message.overrides() {
        let known = stored.instance(start);
        let Some(old) = known.or(stored.master()) else { continue };
        if sequence(new) < sequence(old) {
            done = done.or(Err(Reason::Outdated));
            continue;
        }
        if stored.master().is_none() {
            // Invited to this instance alone: it stays visible as cancelled, like a meeting of its own.
            let number = sequence(new);
            if let Some(event) = stored.instance_mut(start).filter(|event| !is_cancelled(event)) {
                call_off(event, number, stamp(new).unwrap_or(now));
                done = Ok(());
            }
        } else if !stored.excluded().contains(&start) {
            stored.exclude(start);
            done = Ok(());
        }
    }
    done.map(|()| Effect::Replace(stored.calendar.to_bytes()))
}

/// Makes an event one that does not take place.
fn call_off(event: &mut Component, number: u32, at: Timestamp) {
    mark(event, number, at);
    event.set(Line::new("STATUS", "CANCELLED"));
    event.retain_components(|inner| !inner.is("VALARM"));
    show_as(event, "FREE");
}

/// An answer, at the organizer.
fn reply(
    message: &Incoming,
    sender: &Sender,
    user: &User,
    stored: Option<Meeting>,
    now: Timestamp,
) -> Result<Effect, Reason> {
    let mut stored = stored.ok_or(Reason::Unknown)?;
    if !stored.is_organized_by(user) {
        return Err(Reason::NotOrganizer);
    }
    let mut done = Err(Reason::Repeated);
    let events: Vec<(Option<Timestamp>, Component)> =
        message.meeting.events().map(|event| (message.meeting.recurrence_id(event), event.clone())).collect();
    for (start, event) in events {
        let answered = count(&mut stored, &message.meeting, message.method, start, &event, sender, now);
        done = match (done, answered) {
            (Ok(()), _) | (_, Ok(())) => Ok(()),
            (_, Err(reason)) => Err(reason),
        };
    }
    done.map(|()| Effect::Replace(stored.calendar.to_bytes()))
}

/// Counts one answer.
fn count(
    stored: &mut Meeting,
    message: &Meeting,
    method: Method,
    start: Option<Timestamp>,
    answer: &Component,
    sender: &Sender,
    now: Timestamp,
) -> Result<(), Reason> {
    // A counter-proposal names everybody; who speaks is whoever sent it.
    let mut speakers =
        attendees(answer).into_iter().filter(|(line, _)| sender.speaks_for(line)).collect::<Vec<_>>();
    let (line, person) = speakers.pop().ok_or(Reason::NotInvited)?;
    let is_it = |address: &str| person.is(address);
    let partstat = line.param("PARTSTAT").and_then(Answer::of_partstat);
    let partstat = match (partstat, method) {
        (Some(answer), _) => answer,
        (None, Method::Counter) => Answer::Tentative,
        (None, _) => return Err(Reason::NoEffect),
    };
    let is_new = match start {
        Some(start) if stored.instance(start).is_none() => {
            if !stored.has_instance(start) {
                return Err(Reason::Unknown);
            }
            let event = itip::instance(stored, start).ok_or(Reason::Unknown)?;
            Some(event)
        }
        _ => None,
    };
    let target = match (&is_new, start) {
        (Some(event), _) => event,
        (None, Some(start)) => stored.instance(start).ok_or(Reason::Unknown)?,
        (None, None) => stored.master().ok_or(Reason::Unknown)?,
    };
    let known = attendee(target, is_it).ok_or(Reason::NotInvited)?;
    if sequence(answer) < sequence(target) && !same_time(message, answer, stored, target) {
        return Err(Reason::Outdated);
    }
    let at = stamp(answer).unwrap_or(now);
    let last = known.param(REPLIED).and_then(When::parse).map(|when| when.at(&jiff::tz::TimeZone::UTC));
    match last.map(|last| at.cmp(&last)) {
        Some(Ordering::Less) => return Err(Reason::Outdated),
        // A second is long: who changes their mind within one sends another answer.
        Some(Ordering::Equal) if known.has("PARTSTAT", partstat.partstat()) => {
            return Err(Reason::Repeated);
        }
        Some(Ordering::Equal | Ordering::Greater) | None => {}
    }
    let proposal =
        (method == Method::Counter).then(|| Some((message.start(answer)?, message.end(answer)?))).flatten();
    let write = |event: &mut Component| {
        let Some(line) = attendee_mut(event, is_it) else { return };
        line.set_param("PARTSTAT", Some(partstat.partstat()));
        line.set_param(REPLIED, Some(&When::Utc(at).to_value()));
        let times = [PROPOSED_START, PROPOSED_END].into_iter().zip(match proposal {
            Some((start, end)) => [Some(start), Some(end)],
            None => [None, None],
        });
        for (name, time) in times {
            line.set_param(name, time.map(|time| When::Utc(time).to_value()).as_deref());
        }
    };
    match (is_new, start) {
        (Some(mut event), _) => {
            write(&mut event);
            stored.calendar.push_component(event);
        }
        (None, Some(start)) => {
            if let Some(event) = stored.instance_mut(start) {
                write(event);
            }
        }
        // An answer to the whole is one to each of its instances (RFC 5546 3.2.3).
        (None, None) => stored.events_mut().for_each(write),
    }
    Ok(())
}

/// Somebody who is invited wants to be told again.
fn refresh(
    message: &Meeting,
    sender: &Sender,
    user: &User,
    stored: Option<Meeting>,
    now: Timestamp,
) -> Result<Effect, Reason> {
    let stored = stored.ok_or(Reason::Unknown)?;
    if !stored.is_organized_by(user) {
        return Err(Reason::NotOrganizer);
    }
    let asks = message.chief().map(attendees).unwrap_or_default().into_iter();
    let person = asks.filter(|(line, _)| sender.speaks_for(line)).map(|(_, person)| person).next();
    let person = person.ok_or(Reason::NotInvited)?;
    let invited = stored.chief().and_then(|event| attendee(event, |address| person.is(address)));
    if invited.is_none() {
        return Err(Reason::NotInvited);
    }
    if stored.chief().is_none_or(is_cancelled) {
        return Err(Reason::NoEffect);
    }
    Ok(Effect::Send(refreshed(&stored, &person, now)))
}
