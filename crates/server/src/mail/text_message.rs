//! Text messages that a phone hands over, as messages to be stored; how they are read again says
//! [`mail::TEXT_CLASS`] and what stands beside it.

use fieldpost_domain::convert::InvalidItem;
use fieldpost_domain::convert::mail::{self, Peer};
use fieldpost_domain::convert::text_body::StoredText;
use fieldpost_eas::item::{BodyType, Email, Importance};
use jiff::Timestamp;
use mail_builder::headers::address::Address;
use mail_builder::headers::raw::Raw;
use mail_builder::headers::text::Text;

use super::header::Message;
use super::pieces::{assemble, with_body};
use super::{field, rfc5322_date};

/// Most characters of a list of people, or of a subject.
const MAX_LINE: usize = 4096;

/// A text message as it is to be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextMessage {
    /// RFC 5322.
    pub content: Vec<u8>,
    /// When it was received, or written; not after the time when it is handed over.
    pub received: Timestamp,
}

/// The message of a text message. `id` is its `Message-ID`, `now` its time where the phone names none.
///
/// # Errors
/// What the phone says is no text message: it names nobody, or has files or a body that is not plain text.
pub fn create(email: &Email, id: &str, now: Timestamp) -> Result<TextMessage, InvalidItem> {
    check(email)?;
    let received = email.date_received.map_or(now, |date| date.0.min(now));
    let mut header = Vec::new();
    field(&mut header, mail::TEXT_CLASS, &Raw::new("SMS"));
    let lists = [("From", mail::TEXT_FROM, &email.from), ("To", mail::TEXT_TO, &email.to)];
    for (name, exact, list) in lists {
        let Some(list) = list.as_deref().map(single_line).filter(|list| !list.is_empty()) else { continue };
        let peers = mail::peers(&list);
        field(&mut header, exact, &Text::new(list));
        let address =
            |peer: Peer| Address::new_address(peer.name, format!("{}@{}", peer.number, mail::TEXT_DOMAIN));
        if !peers.is_empty() {
            field(&mut header, name, &Address::new_list(peers.into_iter().map(address).collect()));
        }
    }
    if let Some(subject) = email.subject.as_deref().map(single_line).filter(|subject| !subject.is_empty()) {
        field(&mut header, "Subject", &Text::new(subject));
    }
    match email.importance {
        Some(Importance::High) => field(&mut header, "Importance", &Raw::new("high")),
        Some(Importance::Low) => field(&mut header, "Importance", &Raw::new("low")),
        Some(Importance::Normal) | None => {}
    }
    field(&mut header, "Date", &Raw::new(rfc5322_date(received)));
    field(&mut header, "Message-ID", &Raw::new(format!("<{id}>")));
    header.extend_from_slice(b"\r\n");
    let text = email.body.as_ref().map(StoredText::from_wire).transpose()?.flatten().unwrap_or_default();
    let body = assemble(text.text.replace("\r\n", "\n").replace('\n', "\r\n"), None, Vec::new());
    let wrong = InvalidItem::Wrong { element: "ApplicationData", reason: "makes no message" };
    let message = Message::parse(&header).ok_or(wrong)?;
    Ok(TextMessage { content: with_body(message, body), received })
}

fn check(email: &Email) -> Result<(), InvalidItem> {
    for (element, text) in [("From", &email.from), ("To", &email.to), ("Subject", &email.subject)] {
        if text.as_ref().is_some_and(|text| text.chars().count() > MAX_LINE) {
            return Err(InvalidItem::Wrong { element, reason: "too long" });
        }
    }
    let is_named = |list: &Option<String>| list.as_ref().is_some_and(|list| !list.trim().is_empty());
    if !is_named(&email.from) && !is_named(&email.to) {
        return Err(InvalidItem::Missing("From or To"));
    }
    if email.body.as_ref().is_some_and(|body| body.r#type != BodyType::Text) {
        return Err(InvalidItem::Wrong { element: "Body", reason: "a text message is plain text" });
    }
    if !email.attachments.is_empty() || is_named(&email.cc) || is_named(&email.bcc) {
        return Err(InvalidItem::Misplaced("an element that a text message does not have"));
    }
    Ok(())
}

fn single_line(text: &str) -> String {
    let line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    line.trim().to_owned()
}
