//! iTIP messages (RFC 5546): what came in one, and what goes out in one.

use jiff::Timestamp;

use super::method::Method;
use super::person::Person;
use super::view::{Meeting, Unreadable};
use crate::convert::mail::CalendarPart;
use crate::object::{Component, Line};

/// A message that came.
#[derive(Debug, Clone)]
pub struct Incoming {
    /// What it asks.
    pub method: Method,
    /// What it is about.
    pub meeting: Meeting,
}

/// A calendar that asks nothing of anybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoMessage {
    /// It can't be read.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    /// No method, an unknown one, or two that contradict each other (RFC 6047 2.4).
    #[error("it has no method, or contradicts itself about it")]
    Method,
}

impl Incoming {
    /// Reads the calendar of a mail.
    ///
    /// # Errors
    /// [`NoMessage`].
    pub fn read(part: &CalendarPart<'_>) -> Result<Incoming, NoMessage> {
        let meeting = Meeting::read(part.text.as_bytes())?;
        let within = meeting.calendar.text("METHOD");
        let method = match (within.as_deref(), part.method.as_deref()) {
            (Some(within), Some(outside)) if !within.trim().eq_ignore_ascii_case(outside.trim()) => None,
            (Some(named), _) | (None, Some(named)) => Method::parse(named),
            (None, None) => None,
        };
        Ok(Incoming { method: method.ok_or(NoMessage::Method)?, meeting })
    }
}

/// What a message is, to those who read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// An invitation.
    Invitation,
    /// It changed.
    Update,
    /// It does not take place.
    Cancellation,
    /// Somebody comes.
    Accepted,
    /// Somebody comes perhaps.
    Tentative,
    /// Somebody does not come.
    Declined,
    /// Somebody would like another time.
    Proposal,
    /// Sent on by somebody who is invited.
    Forwarded,
}

impl Kind {
    /// What stands before the subject.
    pub fn prefix(self) -> &'static str {
        match self {
            Kind::Invitation => "",
            Kind::Update => "Updated: ",
            Kind::Cancellation => "Canceled: ",
            Kind::Accepted => "Accepted: ",
            Kind::Tentative => "Tentative: ",
            Kind::Declined => "Declined: ",
            Kind::Proposal => "New Time Proposed: ",
            Kind::Forwarded => "FW: ",
        }
    }
}

/// A message that has to go out: one mail to each of its recipients.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// What it asks.
    pub method: Method,
    /// What it is.
    pub kind: Kind,
    /// The calendar, with its method.
    pub calendar: Vec<u8>,
    /// Who gets it.
    pub recipients: Vec<Person>,
    /// What the meeting is called; may be empty.
    pub summary: String,
    /// What the sender says along with it.
    pub comment: Option<String>,
}

/// Properties that are the user's own, and stay with the user.
fn is_private(line: &Line) -> bool {
    let name = line.name();
    matches!(
        name,
        "CATEGORIES" | "X-MICROSOFT-CDO-BUSYSTATUS" | "X-MICROSOFT-CDO-REPLYTIME" | "X-MOZ-LASTACK"
    ) || name.starts_with("X-FIELDPOST-")
}

/// An event as others get it: without reminders, and what is the user's own.
pub fn for_others(event: &Component) -> Component {
    let mut event = event.clone();
    let shown = event.text("X-MICROSOFT-CDO-BUSYSTATUS");
    event.retain_lines(|line| !is_private(line));
    event.retain_components(|inner| !inner.is("VALARM"));
    if let Some(shown) = shown.filter(|_| event.get("X-MICROSOFT-CDO-INTENDEDSTATUS").is_none()) {
        event.push(Line::new("X-MICROSOFT-CDO-INTENDEDSTATUS", shown.trim()));
    }
    for line in event.lines_mut().filter(|line| line.name() == "ATTENDEE") {
        line.set_param(REPLIED, None);
        line.set_param(PROPOSED_START, None);
        line.set_param(PROPOSED_END, None);
    }
    event
}

/// Parameter of an `ATTENDEE` at the organizer: `DTSTAMP` of the last answer that was counted.
pub const REPLIED: &str = "X-FIELDPOST-REPLIED";
/// Parameter of an `ATTENDEE` at the organizer: when the attendee would like to begin, in UTC.
pub const PROPOSED_START: &str = "X-FIELDPOST-PROPOSED-START";
/// Parameter of an `ATTENDEE` at the organizer: when the attendee would like to end, in UTC.
pub const PROPOSED_END: &str = "X-FIELDPOST-PROPOSED-END";

/// Method of a notice to the organizer that others were asked along: not iTIP, for mailboxes of this
/// server alone.
pub const FORWARDED: &str = "X-FIELDPOST-FORWARDED";
/// Property of such a notice: who was asked along.
pub const FORWARDEE: &str = "X-FIELDPOST-FORWARDEE";

/// A calendar that speaks of these events, with the time zones of the one that they come from.
pub fn calendar(from: &Meeting, method: Option<Method>, events: Vec<Component>) -> Component {
    let mut calendar = Component::calendar();
    if let Some(method) = method {
        calendar.push(Line::new("METHOD", method.name()));
    }
    let is_used = |zone: &Component| {
        let id = zone.text("TZID").unwrap_or_default();
        events.iter().any(|event| event.lines().any(|line| line.param("TZID") == Some(&*id)))
    };
    for zone in from.calendar.children_named("VTIMEZONE").filter(|zone| is_used(zone)) {
        calendar.push_component(zone.clone());
    }
    for event in events {
        calendar.push_component(event);
    }
    calendar
}

/// The time of an instance as a line names it, for the component of that one instance.
pub fn recurrence_line(meeting: &Meeting, start: Timestamp) -> Option<Line> {
    let begin = meeting.master()?.get("DTSTART")?;
    Some(meeting.zones.line_like("RECURRENCE-ID", begin, start))
}

/// One instance of a series as an event of its own: the one that differs, or the series' event at that
/// time.
pub fn instance(meeting: &Meeting, start: Timestamp) -> Option<Component> {
    if let Some(event) = meeting.instance(start) {
        return Some(event.clone());
    }
    let master = meeting.master()?;
    let (begin, end) = (meeting.start(master)?, meeting.end(master));
    let mut event = master.clone();
    event.retain_lines(|line| !matches!(line.name(), "RRULE" | "RDATE" | "EXDATE" | "EXRULE"));
    let line = meeting.zones.line_like("DTSTART", master.get("DTSTART")?, start);
    event.set(line);
    if let (Some(like), Some(end)) = (master.get("DTEND"), end) {
        let end = start.checked_add(end.duration_since(begin)).ok()?;
        event.set(meeting.zones.line_like("DTEND", like, end));
    }
    event.push(recurrence_line(meeting, start)?);
    Some(event)
}
