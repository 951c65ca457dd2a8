//! An attendee's answer (RFC 5546 3.2.3, 3.2.7): what becomes of the attendee's own event, and what the
//! organizer is told.

use jiff::Timestamp;

use super::itip::{self, Kind, Message};
use super::method::Method;
use super::person::{Person, names};
use super::view::{Meeting, Unreadable, attendee_mut, is_cancelled, sequence};
use crate::convert::User;
use crate::object::{Component, Line, When};

/// What an attendee says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Answer {
    /// Yes.
    Accept,
    /// Perhaps.
    Tentative,
    /// No.
    Decline,
}

impl Answer {
    /// The value of `PARTSTAT`.
    pub fn partstat(self) -> &'static str {
        match self {
            Answer::Accept => "ACCEPTED",
            Answer::Tentative => "TENTATIVE",
            Answer::Decline => "DECLINED",
        }
    }

    /// What a `PARTSTAT` says; none where there is no answer yet.
    pub fn of_partstat(partstat: &str) -> Option<Answer> {
        let all = [Answer::Accept, Answer::Tentative, Answer::Decline];
        all.into_iter().find(|answer| answer.partstat().eq_ignore_ascii_case(partstat.trim()))
    }

    fn kind(self) -> Kind {
        match self {
            Answer::Accept => Kind::Accepted,
            Answer::Tentative => Kind::Tentative,
            Answer::Decline => Kind::Declined,
        }
    }
}

/// An answer with all that goes with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Response<'a> {
    /// Yes or no.
    pub answer: Answer,
    /// To this instance alone, by its original start.
    pub instance: Option<Timestamp>,
    /// A word to the organizer.
    pub comment: Option<&'a str>,
    /// Beginning and end that would suit better.
    pub proposal: Option<(Timestamp, Timestamp)>,
}

/// What follows from an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// The attendee's own event.
    pub content: Vec<u8>,
    /// It leaves the calendar: all of it was declined.
    pub leaves: bool,
    /// What the organizer is to be told.
    pub message: Message,
}

/// An answer that can't be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadAnswer {
    /// To what is no event.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    /// Nobody organizes it, or the user does.
    #[error("nobody waits for an answer")]
    NoOrganizer,
    /// To an instance of what does not repeat.
    #[error("the meeting does not repeat")]
    NoSeries,
    /// To an instance that there is not.
    #[error("there is no such instance")]
    NoSuchInstance,
}

/// Answers.
///
/// # Errors
/// [`BadAnswer`].
pub fn answer(
    content: &[u8],
    user: &User,
    response: Response<'_>,
    now: Timestamp,
) -> Result<Answered, BadAnswer> {
    let mut meeting = Meeting::read(content)?;
    let organizer = meeting.organizer().filter(|person| !user.has_address(&person.address));
    let organizer = organizer.ok_or(BadAnswer::NoOrganizer)?;
    let told = match response.instance {
        None => answer_all(&mut meeting, user, response, now),
        Some(start) => answer_instance(&mut meeting, user, response, start, now)?,
    };
    let leaves = response.instance.is_none() && response.answer == Answer::Decline;
    let message = message(&meeting, &told, organizer, user, response, now);
    Ok(Answered { content: meeting.calendar.to_bytes(), leaves, message })
}

fn answer_all(meeting: &mut Meeting, user: &User, response: Response<'_>, now: Timestamp) -> Vec<Component> {
    for event in meeting.events_mut() {
        note(event, user, response.answer, now);
    }
    let chief = meeting.chief().cloned();
    chief.into_iter().collect()
}

fn answer_instance(
    meeting: &mut Meeting,
    user: &User,
    response: Response<'_>,
    start: Timestamp,
    now: Timestamp,
) -> Result<Vec<Component>, BadAnswer> {
    let has_own = meeting.instance(start).is_some();
    if !has_own && !meeting.is_series() {
        return Err(BadAnswer::NoSeries);
    }
    if !has_own && !meeting.has_instance(start) {
        return Err(BadAnswer::NoSuchInstance);
    }
    let mut event = itip::instance(meeting, start).ok_or(BadAnswer::NoSuchInstance)?;
    note(&mut event, user, response.answer, now);
    if response.answer == Answer::Decline && meeting.master().is_some() {
        meeting.exclude(start);
    } else if let Some(own) = meeting.instance_mut(start) {
        *own = event.clone();
    } else {
        meeting.calendar.push_component(event.clone());
    }
    Ok(vec![event])
}

/// Notes the answer in the attendee's own event.
pub(super) fn note(event: &mut Component, user: &User, answer: Answer, now: Timestamp) {
    change_own(event, user, |own| {
        own.set_param("PARTSTAT", Some(answer.partstat()));
    });
    event.set(Line::new("X-MICROSOFT-CDO-REPLYTIME", &When::Utc(now).to_value()));
    if !is_cancelled(event) {
        let intended = event.text("X-MICROSOFT-CDO-INTENDEDSTATUS");
        let intended = intended.as_deref().map(str::trim).filter(|status| !status.is_empty());
        show_as(
            event,
            match answer {
                Answer::Accept => intended.unwrap_or("BUSY").to_owned(),
                Answer::Tentative => "TENTATIVE".to_owned(),
                Answer::Decline => "FREE".to_owned(),
            },
        );
    }
}

/// How the time of an event is shown to others.
pub(super) fn show_as(event: &mut Component, status: impl Into<String>) {
    let status = status.into();
    let is_free = status.eq_ignore_ascii_case("FREE");
    event.set(Line::new("X-MICROSOFT-CDO-BUSYSTATUS", &status));
    event.set(Line::new("TRANSP", if is_free { "TRANSPARENT" } else { "OPAQUE" }));
}

/// Changes the line of the user, which is added where there is none: whoever was invited as one of a
/// list, or by another attendee, is not named.
pub(super) fn change_own(event: &mut Component, user: &User, change: impl FnOnce(&mut Line)) {
    if let Some(line) = attendee_mut(event, |address| user.has_address(address)) {
        change(line);
        return;
    }
    let mut line = Line::new("ATTENDEE", &format!("mailto:{}", user.address()));
    if !user.name.is_empty() {
        line.set_param("CN", Some(&user.name));
    }
    change(&mut line);
    event.push(line);
}

/// What the organizer gets: of the event what is needed to know it, and the one who answers.
fn message(
    meeting: &Meeting,
    events: &[Component],
    organizer: Person,
    user: &User,
    response: Response<'_>,
    now: Timestamp,
) -> Message {
    let summary = events.first().and_then(|event| event.text("SUMMARY")).unwrap_or_default();
    let proposal = response.proposal.filter(|_| response.answer != Answer::Accept);
    let (method, kind) = match proposal {
        Some(_) => (Method::Counter, Kind::Proposal),
        None => (Method::Reply, response.answer.kind()),
    };
    let told = |event: &Component| {
        let mut event = reply_event(event, user, response.comment, now);
        if let Some((start, end)) = proposal {
            propose(meeting, &mut event, start, end);
        }
        event
    };
    let events = events.iter().map(told).collect();
    let calendar = itip::calendar(meeting, Some(method), events).to_bytes();
    let comment = response.comment.map(str::to_owned);
    Message { method, kind, calendar, recipients: vec![organizer], summary, comment }
}

/// Properties that an answer repeats.
const REPEATED: [&str; 10] = [
    "UID",
    "RECURRENCE-ID",
    "ORGANIZER",
    "DTSTART",
    "DTEND",
    "DURATION",
    "SUMMARY",
    "LOCATION",
    "RRULE",
    "EXDATE",
];

fn reply_event(event: &Component, user: &User, comment: Option<&str>, now: Timestamp) -> Component {
    let mut reply = Component::new("VEVENT");
    for line in event.lines().filter(|line| REPEATED.contains(&line.name())) {
        reply.push(line.clone());
    }
    reply.push(Line::new("DTSTAMP", &When::Utc(now).to_value()));
    reply.push(Line::new("SEQUENCE", &sequence(event).to_string()));
    if let Some(own) = event.get_all("ATTENDEE").find(|line| names(line, user)) {
        reply.push(own.clone());
    }
    if let Some(comment) = comment.filter(|comment| !comment.trim().is_empty()) {
        reply.push(Line::text_line("COMMENT", comment));
    }
    reply
}

/// Puts other times into an answer; Outlook wants to see the old ones beside them.
fn propose(meeting: &Meeting, event: &mut Component, start: Timestamp, end: Timestamp) {
    let Some(begin) = event.get("DTSTART").cloned() else { return };
    let (old_start, old_end) = (meeting.start(event), meeting.end(event));
    for (name, at) in [("X-MS-OLK-ORIGINALSTART", old_start), ("X-MS-OLK-ORIGINALEND", old_end)] {
        if let Some(at) = at {
            event.push(Line::new(name, &When::Utc(at).to_value()));
        }
    }
    let is_day = begin.when().is_some_and(When::is_date);
    let line = |name: &str, at: Timestamp| {
        if is_day {
            Line::new(name, &When::Utc(at).to_value())
        } else {
            meeting.zones.line_like(name, &begin, at)
        }
    };
    event.remove("DURATION");
    event.remove("DTEND");
    event.set(line("DTSTART", start));
    event.push(line("DTEND", end));
}
