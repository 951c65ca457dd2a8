//! Sending an invitation on (RFC 5546 3.2.2.6): the organizer stays who it is, and is told.

use jiff::Timestamp;

use super::itip::{self, Kind, Message};
use super::method::Method;
use super::person::Person;
use super::reply::BadAnswer;
use super::view::{Meeting, attendee, is_cancelled};
use crate::convert::User;
use crate::object::{Component, Line, When};

/// Most people that one invitation is sent on to at once.
pub const MAX_FORWARDEES: usize = 200;

/// The request by which somebody who is invited, or the organizer, asks others along.
///
/// # Errors
/// [`BadAnswer`]: there is no such meeting, or no such instance.
pub fn forward(
    content: &[u8],
    to: &[Person],
    instance: Option<Timestamp>,
    comment: Option<&str>,
    now: Timestamp,
) -> Result<Message, BadAnswer> {
    let meeting = Meeting::read(content)?;
    if meeting.organizer().is_none() || meeting.chief().is_none_or(is_cancelled) {
        return Err(BadAnswer::NoOrganizer);
    }
    let events: Vec<Component> = match instance {
        None => meeting.events().cloned().collect(),
        Some(start) => {
            if meeting.instance(start).is_none() && !meeting.is_series() {
                return Err(BadAnswer::NoSeries);
            }
            if meeting.instance(start).is_none() && !meeting.has_instance(start) {
                return Err(BadAnswer::NoSuchInstance);
            }
            vec![itip::instance(&meeting, start).ok_or(BadAnswer::NoSuchInstance)?]
        }
    };
    let events: Vec<Component> = events
        .iter()
        .map(|event| {
            let mut event = itip::for_others(event);
            event.set(Line::new("DTSTAMP", &When::Utc(now).to_value()));
            add(&mut event, to);
            event
        })
        .collect();
    let summary = events.first().and_then(|event| event.text("SUMMARY")).unwrap_or_default();
    Ok(Message {
        method: Method::Request,
        kind: Kind::Forwarded,
        calendar: itip::calendar(&meeting, Some(Method::Request), events).to_bytes(),
        recipients: to.to_vec(),
        summary,
        comment: comment.map(str::to_owned),
    })
}

/// The organizer's own object with those whom somebody else asked along; none where all of them were
/// invited already, or the object is not the user's meeting.
pub fn asked_along(
    content: &[u8],
    user: &User,
    to: &[Person],
    instance: Option<Timestamp>,
) -> Option<Vec<u8>> {
    let mut meeting = Meeting::read(content).ok().filter(|meeting| meeting.is_organized_by(user))?;
    let others: Vec<Person> =
        to.iter().filter(|person| !user.has_address(&person.address)).cloned().collect();
    let mut any = false;
    match instance {
        None => meeting.events_mut().for_each(|event| any |= add(event, &others)),
        Some(start) => {
            if meeting.instance(start).is_none() {
                if !meeting.has_instance(start) {
                    return None;
                }
                let event = itip::instance(&meeting, start)?;
                meeting.calendar.push_component(event);
            }
            any = meeting.instance_mut(start).is_some_and(|event| add(event, &others));
        }
    }
    any.then(|| meeting.calendar.to_bytes())
}

/// Adds those who are not invited yet, and tells whether there were any.
fn add(event: &mut Component, people: &[Person]) -> bool {
    let mut any = false;
    for person in people {
        if attendee(event, |address| person.is(address)).is_some() {
            continue;
        }
        any = true;
        let mut line = Line::new("ATTENDEE", &format!("mailto:{}", person.address));
        if let Some(name) = &person.name {
            line.set_param("CN", Some(name));
        }
        let params = [("ROLE", "OPT-PARTICIPANT"), ("PARTSTAT", "NEEDS-ACTION"), ("RSVP", "TRUE")];
        for (name, value) in params {
            line.set_param(name, Some(value));
        }
        event.push(line);
    }
    any
}
