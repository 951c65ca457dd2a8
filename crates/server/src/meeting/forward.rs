//! An invitation is sent on, by SmartForward: from 16.0 the phone names whom it goes to and the server
//! writes the mail; before, the phone writes the mail and the server adds the meeting. And an answer to
//! an event, by SmartReply, quotes it.

use fieldpost_domain::backend::{Batch, BatchOutcome, Once};
use fieldpost_domain::convert::mail::{self, BodyOptions, calendar_part};
use fieldpost_domain::folder::Class;
use fieldpost_domain::item::{Conversation, Item, ItemMeta, MailState, Marks};
use fieldpost_domain::schedule::imip::{self, Envelope};
use fieldpost_domain::schedule::{self, BadAnswer, Incoming, Kind, Meeting, Method, Person, asked_along};
use fieldpost_domain::{BackendError, FolderId, ItemId, MailboxId, Modseq};
use fieldpost_eas::Version;
use fieldpost_eas::command::smart_forward::Forwardee;
use fieldpost_eas::item::{Body, BodyPreference, BodyType};
use fieldpost_eas::status::Common;
use jiff::Timestamp;

use super::arrival::{self, Trust};
use super::desk::Desk;
use super::{ATTEMPTS, post, user};
use crate::activesync::context::Context;
use crate::activesync::fault::Fault;
use crate::mail::compose;
use crate::mail::submit::Submitted;

/// What a phone says along with something: plain text, whatever it came as.
pub fn words(body: &Body) -> Option<String> {
    let data = body.data.as_ref()?.to_text().into_owned();
    let text = match body.r#type {
        BodyType::Html => {
            let head = "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n";
            text_of(format!("{head}{data}").into_bytes()).unwrap_or(data)
        }
        BodyType::Text => data,
        BodyType::Rtf | BodyType::Mime => return None,
    };
    (!text.trim().is_empty()).then_some(text)
}

fn text_of(content: Vec<u8>) -> Option<String> {
    let mut options = BodyOptions::new(Version::V16_1);
    options.preferences = vec![BodyPreference {
        r#type: BodyType::Text,
        truncation_size: None,
        all_or_none: None,
        preview: None,
    }];
    options.bodies = true;
    let email = mail::email(&item(content), &options).ok()?;
    Some(email.body?.data?.to_text().into_owned())
}

/// A message that lies nowhere.
fn item(content: Vec<u8>) -> Item {
    let meta = ItemMeta {
        id: ItemId(0),
        folder: FolderId(0),
        modseq: Modseq(0),
        content_modseq: Modseq(0),
        received: 0,
        size: 0,
        state: MailState::default(),
        marks: Marks::default(),
        conversation: Conversation::default(),
    };
    Item { meta, content }
}

/// The meeting that an item is about: an event, or a mail that invites to one.
pub fn event_of(item: &Item, class: Class) -> Option<Vec<u8>> {
    match class {
        Class::Calendar => Meeting::read(&item.content).ok().map(|_| item.content.clone()),
        Class::Email => {
            let part = calendar_part(&item.content).ok()??;
            let is_request = Incoming::read(&part).is_ok_and(|message| message.method == Method::Request);
            is_request.then(|| part.text.into_owned().into_bytes())
        }
        _ => None,
    }
}

/// Sends an invitation on (16.x).
///
/// # Errors
/// [`Fault::Refused`]: there is no such meeting, or nobody is named.
pub async fn forward(
    cx: &Context,
    event: &[u8],
    to: &[Forwardee],
    instance: Option<Timestamp>,
    body: Option<&Body>,
    key: String,
) -> Result<Submitted, Fault> {
    let to = people(to)?;
    let comment = body.and_then(words);
    let message = schedule::forward(event, &to, instance, comment.as_deref(), cx.now).map_err(refused)?;
    let uid = Meeting::read(event).map(|meeting| meeting.uid().to_owned());
    let uid = uid.map_err(|_| Fault::Refused(Common::ItemNotFound))?;
    for _ in 0..ATTEMPTS {
        let mut desk = Desk::new(&cx.app, cx.now);
        // The organizer's own guests are invited by it.
        let own = desk.event(cx.mailbox, &uid).await?;
        if let Some(next) = own.and_then(|own| asked_along(own, &user(&cx.app, &cx.account), &to, instance)) {
            desk.put(cx.mailbox, &uid, next);
        }
        let mut writes = post::message(&cx.app, &cx.account, &message, cx.now).await?;
        let further = arrival::on_desk(&mut desk, &writes, Trust::Account(&cx.account)).await?;
        writes.extend(further);
        writes.extend(desk.into_writes());
        let leaves = post::leaves_the_house(&writes);
        let once = Some(Once { mailbox: MailboxId(cx.account.id.0), key: key.clone() });
        match cx.app.backend.commit(Batch { once, writes, now: cx.now }).await {
            Ok(BatchOutcome::Duplicate) => return Ok(Submitted::Duplicate),
            Ok(BatchOutcome::Done(_)) => {
                if leaves {
                    cx.app.outbound.notify_one();
                }
                return Ok(Submitted::Done);
            }
            Err(BackendError::Stale(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(Fault::Busy(1))
}

fn refused(bad: BadAnswer) -> Fault {
    Fault::Refused(match bad {
        BadAnswer::NoSeries => Common::NoRecurrenceInCalendar,
        BadAnswer::NoSuchInstance => Common::ItemNotFound,
        BadAnswer::Unreadable(_) | BadAnswer::NoOrganizer => Common::InvalidSmartForwardParameters,
    })
}

fn people(to: &[Forwardee]) -> Result<Vec<Person>, Fault> {
    if to.is_empty() {
        return Err(Fault::Refused(Common::MessageHasNoRecipient));
    }
    if to.len() > schedule::forward::MAX_FORWARDEES {
        return Err(Fault::Refused(Common::SendQuotaExceeded));
    }
    to.iter()
        .map(|one| {
            let name = one.name.clone().filter(|name| !name.trim().is_empty());
            let person = Person { name, address: one.email.trim().to_owned() };
            let is_address = crate::mail::recipients::is_address(&person.address);
            is_address.then_some(person).ok_or(Fault::Refused(Common::MessageRecipientUnresolved))
        })
        .collect()
}

/// A phone's own mail with the meeting that it sends on; none where it has to stay as it is.
///
/// # Errors
/// [`Fault::Refused`]: there is no such instance, or the mail can't be taken apart.
pub fn with_meeting(
    new: &[u8],
    event: &[u8],
    instance: Option<Timestamp>,
    now: Timestamp,
) -> Result<Option<Vec<u8>>, Fault> {
    let headers = mail::headers(new).map_err(|_| Fault::Refused(Common::InvalidMIME))?;
    let named = headers.to.iter().chain(&headers.cc).filter(|mailbox| mailbox.address.contains('@'));
    let to: Vec<Person> =
        named.map(|m| Person { name: m.name.clone(), address: m.address.clone() }).collect();
    let message = schedule::forward(event, &to, instance, None, now).map_err(refused)?;
    let composed = compose::with_calendar(new, &message.calendar, message.method.name());
    composed.map_err(|_| Fault::Refused(Common::MailSubmissionFailed))
}

/// An event as a mail of its organizer's, to be quoted in an answer.
///
/// # Errors
/// [`Fault::Refused`]: there is no such instance.
pub fn as_mail(event: &[u8], instance: Option<Timestamp>, now: Timestamp) -> Result<Item, Fault> {
    let meeting = Meeting::read(event).map_err(|_| Fault::Refused(Common::ItemNotFound))?;
    let nobody = Person { name: None, address: "unknown@invalid".to_owned() };
    let organizer = meeting.organizer().unwrap_or(nobody);
    let mut message = match schedule::forward(event, &[], instance, None, now) {
        Ok(message) => message,
        Err(BadAnswer::NoOrganizer) => schedule::outgoing::refreshed(&meeting, &organizer, now),
        Err(bad) => return Err(refused(bad)),
    };
    message.kind = Kind::Invitation;
    let envelope = Envelope { from: &organizer, message_id: "", date: now };
    Ok(item(imip::mail(&message, &envelope)))
}
