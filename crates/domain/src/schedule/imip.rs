//! The mail that carries an iTIP message (iMIP, RFC 6047): a text for people and the calendar for
//! programs, as alternatives.

use std::fmt::Write as _;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::fmt::rfc2822;
use mail_builder::headers::Header;
use mail_builder::headers::address::Address;
use mail_builder::headers::content_type::ContentType;
use mail_builder::headers::message_id::MessageId;
use mail_builder::headers::raw::Raw;
use mail_builder::headers::text::Text;
use mail_builder::mime::MimePart;

use super::itip::{self, Kind, Message};
use super::person::Person;
use super::view::Meeting;
use crate::object::{Component, Line, When};

/// Longest comment that is quoted in the text, characters.
const MAX_COMMENT: usize = 100_000;

/// What a mail has besides its message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope<'a> {
    /// Who sends it.
    pub from: &'a Person,
    /// `Message-ID` without angle brackets; empty for a mail that is not sent.
    pub message_id: &'a str,
    /// `Date`.
    pub date: Timestamp,
}

/// The subject of a message.
pub fn subject(kind: Kind, summary: &str) -> String {
    let summary = summary.split(|c: char| c.is_control()).collect::<Vec<_>>().join(" ");
    format!("{}{}", kind.prefix(), summary.trim())
}

/// The whole mail.
pub fn mail(message: &Message, envelope: &Envelope<'_>) -> Vec<u8> {
    let mut bytes = header(&subject(message.kind, &message.summary), &message.recipients, envelope);
    // RFC 6047 2.4: what the calendar asks is told outside, too.
    let kind = ContentType::new("text/calendar")
        .attribute("charset", "utf-8")
        .attribute("method", message.method.name());
    let calendar = String::from_utf8_lossy(&message.calendar).into_owned();
    let parts =
        vec![MimePart::new("text/plain", words(message, envelope.from)), MimePart::new(kind, calendar)];
    MimePart::new("multipart/alternative", parts).write_part(&mut bytes);
    bytes
}

/// The notice to an organizer that others were asked along: words, and for an organizer of this server
/// the meeting itself (`calendar`), as phones show it.
pub fn forward_notice(
    meeting: &Meeting,
    organizer: &Person,
    to: &[Person],
    with_calendar: bool,
    envelope: &Envelope<'_>,
) -> Vec<u8> {
    let event = meeting.chief();
    let title = subject(Kind::Invitation, &event.and_then(|event| event.text("SUMMARY")).unwrap_or_default());
    let recipients = std::slice::from_ref(organizer);
    let mut bytes = header(&format!("Meeting Forward Notification: {title}"), recipients, envelope);
    field(&mut bytes, "Auto-Submitted", &Raw::new("auto-generated"));
    let mut text = format!(
        "{} has forwarded your meeting request to others.\r\n\r\nMeeting: {title}\r\n",
        envelope.from.shown()
    );
    if let Some(when) = event.and_then(when) {
        let _ = write!(text, "When: {when}\r\n");
    }
    text.push_str("Recipients:\r\n");
    for person in to {
        let _ = match &person.name {
            Some(name) => write!(text, "  {name} <{}>\r\n", person.address),
            None => write!(text, "  {}\r\n", person.address),
        };
    }
    let words = MimePart::new("text/plain", text);
    let body = match event.filter(|_| with_calendar) {
        Some(event) => {
            let mut event = itip::for_others(event);
            for person in to {
                let line = Line::new(itip::FORWARDEE, &format!("mailto:{}", person.address));
                event.push(match &person.name {
                    Some(name) => line.with("CN", name),
                    None => line,
                });
            }
            let calendar = itip::calendar(meeting, None, vec![event]).to_bytes();
            let calendar = String::from_utf8_lossy(&calendar).into_owned();
            let kind = ContentType::new("text/calendar")
                .attribute("charset", "utf-8")
                .attribute("method", itip::FORWARDED);
            MimePart::new("multipart/alternative", vec![words, MimePart::new(kind, calendar)])
        }
        None => words,
    };
    body.write_part(&mut bytes);
    bytes
}

fn header(subject: &str, to: &[Person], envelope: &Envelope<'_>) -> Vec<u8> {
    let address = |person: &Person| Address::new_address(person.name.clone(), person.address.clone());
    let mut bytes = Vec::new();
    field(&mut bytes, "From", &address(envelope.from));
    field(&mut bytes, "To", &Address::new_list(to.iter().map(address).collect()));
    field(&mut bytes, "Subject", &Text::new(subject));
    // Only years beyond 9999 have no such form.
    let date = rfc2822::DateTimePrinter::new().timestamp_to_string(&envelope.date).unwrap_or_default();
    field(&mut bytes, "Date", &Raw::new(date));
    if !envelope.message_id.is_empty() {
        field(&mut bytes, "Message-ID", &MessageId::new(envelope.message_id.to_owned()));
    }
    field(&mut bytes, "MIME-Version", &Raw::new("1.0"));
    bytes
}

fn field(bytes: &mut Vec<u8>, name: &str, value: &impl Header) {
    bytes.extend_from_slice(name.as_bytes());
    bytes.extend_from_slice(b": ");
    value.write_header(bytes, name.len() + 2);
}

/// What it says to people.
fn words(message: &Message, from: &Person) -> String {
    let meeting = Meeting::read(&message.calendar).ok();
    let mut text = String::new();
    if let Some(comment) = message.comment.as_deref().filter(|comment| !comment.trim().is_empty()) {
        let comment: String = comment.chars().take(MAX_COMMENT).collect();
        text.push_str(&comment.replace("\r\n", "\n").replace('\n', "\r\n"));
        text.push_str("\r\n\r\n");
    }
    let who = from.shown();
    text.push_str(&match message.kind {
        Kind::Invitation => format!("{who} invites you to a meeting."),
        Kind::Update => format!("{who} has changed a meeting."),
        Kind::Cancellation => format!("{who} has cancelled a meeting."),
        Kind::Accepted => format!("{who} has accepted."),
        Kind::Tentative => format!("{who} has accepted tentatively."),
        Kind::Declined => format!("{who} has declined."),
        Kind::Proposal => format!("{who} proposes another time."),
        Kind::Forwarded => format!("{who} has forwarded an invitation to you."),
    });
    text.push_str("\r\n\r\n");
    for event in meeting.iter().flat_map(Meeting::events).take(20) {
        let line = |text: &mut String, label: &str, value: Option<String>| {
            if let Some(value) = value.filter(|value| !value.trim().is_empty()) {
                let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
                let _ = write!(text, "{label}: {value}\r\n");
            }
        };
        line(&mut text, "Subject", event.text("SUMMARY"));
        line(&mut text, "When", when(event));
        line(&mut text, "Where", event.text("LOCATION"));
        if let Some(description) = event.text("DESCRIPTION").filter(|d| !d.trim().is_empty()) {
            let description: String = description.chars().take(MAX_COMMENT).collect();
            let _ = write!(text, "\r\n{}\r\n", description.trim().replace('\n', "\r\n"));
        }
        text.push_str("\r\n");
    }
    text
}

/// When an event takes place, in the clock of its own zone.
pub fn when(event: &Component) -> Option<String> {
    let line = event.get("DTSTART")?;
    let start = line.when()?;
    let end = event.get("DTEND").and_then(Line::when);
    let day = |date: Date| date.strftime("%A, %d %B %Y").to_string();
    let mut text = match start {
        When::Date(date) => match end.map(When::date).and_then(|end| end.yesterday().ok()) {
            Some(last) if last > date => format!("{} to {}", day(date), day(last)),
            _ => day(date),
        },
        When::Utc(_) | When::Local(_) => {
            let begin = start.civil();
            let mut text = format!("{}, {}", day(begin.date()), begin.strftime("%H:%M"));
            if let Some(end) = end.map(When::civil) {
                let end_text = end.strftime("%H:%M").to_string();
                let _ = match end.date() == begin.date() {
                    true => write!(text, " to {end_text}"),
                    false => write!(text, " to {}, {end_text}", day(end.date())),
                };
            }
            let zone = match start {
                When::Utc(_) => Some("UTC"),
                _ => line.param("TZID"),
            };
            if let Some(zone) = zone {
                let _ = write!(text, " ({zone})");
            }
            text
        }
    };
    if event.get("RRULE").is_some() {
        text.push_str(", and again");
    }
    Some(text)
}
