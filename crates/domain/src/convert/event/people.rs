//! Who takes part: `ORGANIZER` and `ATTENDEE` (RFC 5545 3.8.4), and what that makes of the user.

use fieldpost_eas::Version;
use fieldpost_eas::date::CompactDateTime;
use fieldpost_eas::item::Attendee;
use jiff::tz::TimeZone;

use super::MAX_ATTENDEES;
use crate::convert::text::single_line;
use crate::convert::{InvalidItem, User};
use crate::object::{Component, Line, When};
use crate::schedule::Person;
use crate::schedule::itip::{PROPOSED_END, PROPOSED_START};

/// Answers by number, as `PARTSTAT` calls them.
const STATUSES: [(u8, &str); 4] = [(2, "TENTATIVE"), (3, "ACCEPTED"), (4, "DECLINED"), (5, "NEEDS-ACTION")];

/// What the user is in an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    /// Somebody is invited, or it came from somebody.
    pub is_meeting: bool,
    /// The user called it.
    pub is_organizer: bool,
    /// 0 none, 1 organizer, 2 tentative, 3 accepted, 4 declined, 5 not answered (2.2.2.40).
    pub response: u8,
    /// The organizer wants an answer.
    pub wants_answer: bool,
}

impl Role {
    /// That of the user in a component.
    pub fn of(component: &Component, user: &User) -> Role {
        let is_organizer = component.get("ORGANIZER").is_none_or(|line| user.has_address(&address(line)));
        let others = guests(component);
        let is_meeting = !is_organizer || !others.is_empty();
        let own = component
            .get_all("ATTENDEE")
            .find(|line| Person::of(line).is_some_and(|person| user.has_address(&person.address)));
        let wants = |line: &Line| line.has("RSVP", "TRUE");
        let response = match (is_meeting, is_organizer) {
            (false, _) => 0,
            (_, true) => 1,
            _ => own.map_or(5, |line| match status(line) {
                0 => 5,
                status => status,
            }),
        };
        let wants_answer =
            if is_organizer { others.iter().any(|line| wants(line)) } else { own.is_some_and(wants) };
        Role { is_meeting, is_organizer, response, wants_answer }
    }

    /// `MeetingStatus` (2.2.2.28).
    pub fn meeting_status(&self, is_cancelled: bool) -> u8 {
        match (self.is_meeting, self.is_organizer) {
            (false, _) => 0,
            (true, true) => 1 + if is_cancelled { 4 } else { 0 },
            (true, false) => 3 + if is_cancelled { 4 } else { 0 },
        }
    }
}

/// The attendees without the organizer.
fn guests(component: &Component) -> Vec<&Line> {
    let organizer = component.get("ORGANIZER").and_then(Person::of);
    let is_organizer = |line: &Line| match (&organizer, Person::of(line)) {
        (Some(organizer), Some(person)) => organizer.is(&person.address),
        _ => false,
    };
    component.get_all("ATTENDEE").filter(|line| !is_organizer(line)).collect()
}

/// The address of a line, as it is where it is none of mail.
fn address(line: &Line) -> String {
    Person::of(line).map_or_else(
        || {
            let value = line.value();
            let value = value.trim().trim_matches('"');
            let bare = value
                .get(..7)
                .filter(|scheme| scheme.eq_ignore_ascii_case("mailto:"))
                .and_then(|_| value.get(7..));
            bare.unwrap_or(value).trim().to_owned()
        },
        |person| person.address,
    )
}

fn status(line: &Line) -> u8 {
    let said = line.param("PARTSTAT").unwrap_or_default();
    STATUSES.iter().find(|(_, name)| name.eq_ignore_ascii_case(said)).map_or(0, |(number, _)| *number)
}

/// 1 required, 2 optional, 3 resource.
fn kind(line: &Line) -> u8 {
    if line.has("CUTYPE", "RESOURCE") || line.has("CUTYPE", "ROOM") {
        3
    } else if line.has("ROLE", "OPT-PARTICIPANT") || line.has("ROLE", "NON-PARTICIPANT") {
        2
    } else {
        1
    }
}

/// The attendees as phones see them.
pub fn attendees(component: &Component, version: Version) -> Vec<Attendee> {
    let show = |line: &Line| {
        let email = address(line);
        let name = line.param("CN").map(single_line).filter(|name| !name.is_empty());
        let proposed = |name| {
            let at = line.param(name).and_then(When::parse).filter(|_| version >= Version::V16_1)?;
            Some(CompactDateTime(at.at(&TimeZone::UTC)))
        };
        Attendee {
            // MS-ASCAL_R329: a name there must be.
            name: Some(name.unwrap_or_else(|| email.clone())),
            email: Some(email),
            attendee_status: Some(status(line)),
            attendee_type: Some(kind(line)),
            proposed_start_time: proposed(PROPOSED_START),
            proposed_end_time: proposed(PROPOSED_END),
        }
    };
    guests(component).into_iter().take(MAX_ATTENDEES).map(show).collect()
}

/// Sets the attendees. Those who stay keep their lines, and change in them what differs; answers are
/// taken only where `may_answer`, since from 16.0 on the server keeps them.
pub fn set_attendees(
    component: &mut Component,
    list: &[Attendee],
    may_answer: bool,
) -> Result<(), InvalidItem> {
    if list.len() > MAX_ATTENDEES {
        return Err(InvalidItem::TooMany { element: "Attendee", most: MAX_ATTENDEES });
    }
    let old: Vec<Line> = component.get_all("ATTENDEE").cloned().collect();
    let staying: Vec<String> =
        guests(component).into_iter().map(|line| address(line).to_lowercase()).collect();
    // The organizer's own line is not shown, so it is not taken away either.
    let mut lines: Vec<Line> =
        old.iter().filter(|line| !staying.contains(&address(line).to_lowercase())).cloned().collect();
    for one in list {
        let email = one.email.as_deref().map(str::trim).filter(|email| !email.is_empty());
        let email = email.ok_or(InvalidItem::Missing("Email"))?;
        // Phones write `"Name" <address>` too.
        let bare = email.rsplit_once('<').map_or(email, |(_, rest)| rest.trim_end_matches('>')).trim();
        let found = old.iter().find(|line| address(line).eq_ignore_ascii_case(bare));
        let is_new = found.is_none();
        let mut line = found.cloned().unwrap_or_else(|| Line::new("ATTENDEE", &format!("mailto:{bare}")));
        if let Some(name) =
            one.name.as_deref().map(single_line).filter(|name| !name.is_empty() && name != bare)
        {
            line.set_param("CN", Some(&name));
        }
        if let Some(number) =
            one.attendee_type.or(is_new.then_some(1)).filter(|n| is_new || *n != kind(&line))
        {
            let (role, kind) = match number {
                3 => ("NON-PARTICIPANT", "RESOURCE"),
                2 => ("OPT-PARTICIPANT", "INDIVIDUAL"),
                _ => ("REQ-PARTICIPANT", "INDIVIDUAL"),
            };
            line.set_param("ROLE", Some(role));
            line.set_param("CUTYPE", Some(kind));
        }
        let answer = one.attendee_status.filter(|n| may_answer && *n != status(&line));
        let answer =
            answer.and_then(|n| STATUSES.iter().find(|(number, _)| *number == n).map(|(_, name)| *name));
        if let Some(name) = answer.or(is_new.then_some("NEEDS-ACTION")) {
            line.set_param("PARTSTAT", Some(name));
        }
        if is_new {
            line.set_param("RSVP", Some("TRUE"));
        }
        lines.push(line);
    }
    component.set_all("ATTENDEE", lines);
    Ok(())
}

/// Asks the attendees for an answer, or tells them that none is wanted.
pub fn set_wants_answer(component: &mut Component, is_wanted: bool) {
    for line in component.lines_mut().filter(|line| line.name() == "ATTENDEE") {
        if line.has("RSVP", "TRUE") != is_wanted {
            line.set_param("RSVP", Some(if is_wanted { "TRUE" } else { "FALSE" }));
        }
    }
}

/// Name and address of the organizer: the user where nobody is named.
pub fn organizer(component: &Component, user: &User) -> (String, String) {
    match component.get("ORGANIZER") {
        Some(line) => {
            let email = address(line);
            let name = line.param("CN").map(single_line).filter(|name| !name.is_empty());
            (name.unwrap_or_else(|| email.clone()), email)
        }
        None => (user.name.clone(), user.address().to_owned()),
    }
}

/// Makes somebody the organizer, the user by default.
pub fn set_organizer(component: &mut Component, name: Option<&str>, email: Option<&str>, user: &User) {
    let email = email.map(str::trim).filter(|email| email.contains('@'));
    let (name, email) = match email {
        Some(email) if !user.has_address(email) => (name.unwrap_or_default(), email),
        Some(email) => (name.unwrap_or(&user.name), email),
        None => (user.name.as_str(), user.address()),
    };
    if email.is_empty() {
        return;
    }
    let mut line = Line::new("ORGANIZER", &format!("mailto:{email}"));
    let name = single_line(name);
    if !name.is_empty() {
        line = line.with("CN", &name);
    }
    component.set(line);
}
