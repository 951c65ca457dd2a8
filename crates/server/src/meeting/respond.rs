//! An answer to a meeting, by MeetingResponse: the user's own event, the request that is dealt with, and
//! where the server tells it, the organizer, in one transaction.

use fieldpost_domain::backend::{Batch, BatchOutcome, Write, Written};
use fieldpost_domain::convert::mail::calendar_part;
use fieldpost_domain::folder::{Class, FolderType};
use fieldpost_domain::id::ServerId;
use fieldpost_domain::item::{Item, ItemMeta};
use fieldpost_domain::schedule::{self, Answer, BadAnswer, Incoming, Meeting, Method, Response, view};
use fieldpost_domain::{BackendError, FolderId, ItemId};
use jiff::Timestamp;

use super::arrival::{self, Trust};
use super::desk::{self, Desk};
use super::{ATTEMPTS, post, user};
use crate::activesync::context::Context;
use crate::activesync::fault::Fault;

/// An answer, and to what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The request, or the event.
    pub item: ItemId,
    /// Where the phone saw it.
    pub folder: FolderId,
    /// Yes or no.
    pub answer: Answer,
    /// To this instance alone.
    pub instance: Option<Timestamp>,
    /// A word to the organizer.
    pub comment: Option<String>,
    /// Times that would suit better.
    pub proposal: Option<(Timestamp, Timestamp)>,
    /// The server is to tell the organizer (16.x).
    pub tell: bool,
    /// Events themselves may be answered (14.1).
    pub events_too: bool,
}

/// Why an answer is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// It is no meeting, or none that can be answered so.
    Invalid,
    /// An instance is meant of what does not repeat.
    NoSeries,
}

impl From<BadAnswer> for Refusal {
    fn from(bad: BadAnswer) -> Refusal {
        match bad {
            BadAnswer::NoSeries => Refusal::NoSeries,
            BadAnswer::Unreadable(_) | BadAnswer::NoOrganizer | BadAnswer::NoSuchInstance => Refusal::Invalid,
        }
    }
}

/// Takes an answer; gives the event, unless it was declined.
///
/// # Errors
/// Our own trouble only.
pub async fn respond(cx: &Context, asked: &Asked) -> Result<Result<Option<ServerId>, Refusal>, Fault> {
    for _ in 0..ATTEMPTS {
        let found = cx.app.backend.fetch(cx.mailbox, &[asked.item]).await?.pop();
        let Some(item) = found else { return Ok(Err(Refusal::Invalid)) };
        let plan = match plan(cx, asked, &item).await? {
            Ok(plan) => plan,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let leaves = post::leaves_the_house(&plan.writes);
        let batch = Batch { once: None, writes: plan.writes, now: cx.now };
        let written = match cx.app.backend.commit(batch).await {
            Ok(BatchOutcome::Done(written)) => written,
            Ok(BatchOutcome::Duplicate) => Vec::new(),
            // Something changed or went meanwhile: look again.
            Err(BackendError::Stale(_) | BackendError::NoSuchItem(_)) => continue,
            Err(error) => return Err(error.into()),
        };
        if leaves {
            cx.app.outbound.notify_one();
        }
        let event = match (plan.event, written.first()) {
            (Event::Stored(id), _) => Some(id),
            (Event::New, Some(Written::Appended(meta))) => {
                Some(ServerId { folder: meta.folder, item: meta.id })
            }
            (Event::New | Event::None, _) => None,
        };
        return Ok(Ok(event.filter(|_| asked.answer != Answer::Decline)));
    }
    Err(Fault::Busy(1))
}

/// The event after an answer.
enum Event {
    Stored(ServerId),
    /// It is what is written first.
    New,
    None,
}

struct Plan {
    writes: Vec<Write>,
    event: Event,
}

/// The user's own event that is answered.
struct Own {
    content: Vec<u8>,
    stored: Option<ItemMeta>,
    instance: Option<Timestamp>,
}

async fn plan(cx: &Context, asked: &Asked, item: &Item) -> Result<Result<Plan, Refusal>, Fault> {
    let mut desk = Desk::new(&cx.app, cx.now);
    let folders = desk.folders(cx.mailbox).await?;
    let kind = folders.iter().find(|folder| folder.id == item.meta.folder).map(|folder| folder.kind);
    let bin = folders.iter().find(|folder| folder.kind == FolderType::DeletedItems).map(|folder| folder.id);
    let own = match kind.map(FolderType::class) {
        Some(Class::Email) => of_request(cx, &mut desk, asked, item).await?,
        Some(Class::Calendar) if asked.events_too => Some(Own {
            content: item.content.clone(),
            stored: Some(item.meta.clone()),
            instance: asked.instance,
        }),
        _ => None,
    };
    let Some(own) = own else { return Ok(Err(Refusal::Invalid)) };
    let user = user(&cx.app, &cx.account);
    let response = Response {
        answer: asked.answer,
        instance: own.instance,
        comment: asked.comment.as_deref(),
        proposal: asked.proposal,
    };
    if asked.proposal.is_some() && refuses_proposals(&own.content) {
        return Ok(Err(Refusal::Invalid));
    }
    let answered = match schedule::answer(&own.content, &user, response, cx.now) {
        Ok(answered) => answered,
        Err(bad) => return Ok(Err(bad.into())),
    };
    // A request that was dealt with lies elsewhere now: the phone asks again, its answer was lost.
    let is_again = item.meta.folder != asked.folder && own.stored.is_none();
    let says_nothing_new =
        asked.comment.is_none() && asked.proposal.is_none() && (is_again || has_said(cx, &own, asked.answer));
    let mut writes = Vec::new();
    let event = match (&own.stored, answered.leaves) {
        (Some(meta), true) => {
            writes.push(Write::Delete { mailbox: cx.mailbox, folder: meta.folder, items: vec![meta.id] });
            Event::None
        }
        (Some(meta), false) => {
            writes.push(desk::replace(cx.mailbox, meta, answered.content, cx.now));
            Event::Stored(ServerId { folder: meta.folder, item: meta.id })
        }
        (None, true) => Event::None,
        (None, false) => {
            writes.push(desk::append(cx.mailbox, answered.content, cx.now));
            Event::New
        }
    };
    let is_mail = kind.map(FolderType::class) == Some(Class::Email);
    if let Some(bin) = bin.filter(|bin| is_mail && *bin != item.meta.folder) {
        let (source, destination) = (item.meta.folder, bin);
        writes.push(Write::Move { mailbox: cx.mailbox, item: item.meta.id, source, destination });
    }
    if asked.tell && !says_nothing_new {
        let letters = post::message(&cx.app, &cx.account, &answered.message, cx.now).await?;
        let trust = Trust::Account(&cx.account);
        let effects = arrival::effects(&cx.app, &letters, trust, cx.now).await?;
        writes.extend(letters);
        writes.extend(effects);
    }
    Ok(Ok(Plan { writes, event }))
}

/// The user's own event that a mail asks about; made from the mail where there is none.
async fn of_request(
    cx: &Context,
    desk: &mut Desk<'_>,
    asked: &Asked,
    item: &Item,
) -> Result<Option<Own>, Fault> {
    // MS-ASCMD_R4185: a request is answered as a whole.
    if asked.instance.is_some() {
        return Ok(None);
    }
    let Ok(Some(part)) = calendar_part(&item.content) else { return Ok(None) };
    let Ok(Incoming { method: Method::Request, meeting }) = Incoming::read(&part) else { return Ok(None) };
    let stored = desk.place(cx.mailbox, meeting.uid()).await?.cloned();
    let known = desk.event(cx.mailbox, meeting.uid()).await?.map(<[u8]>::to_vec);
    let user = user(&cx.app, &cx.account);
    let content = known.unwrap_or_else(|| schedule::invitation(&meeting, &user));
    // Asked about one instance of a series, the user answers for that.
    let instance = match meeting.master() {
        Some(_) => None,
        None => meeting.overrides().next().map(|(start, _)| start).filter(|start| {
            Meeting::read(&content).is_ok_and(|own| own.master().is_some() || own.instance(*start).is_some())
        }),
    };
    Ok(Some(Own { content, stored, instance }))
}

/// Whether the user's event says the same already.
fn has_said(cx: &Context, own: &Own, answer: Answer) -> bool {
    let Ok(meeting) = Meeting::read(&own.content) else { return false };
    let event = match own.instance {
        Some(start) => meeting.instance(start),
        None => meeting.chief(),
    };
    let user = user(&cx.app, &cx.account);
    let line = event.and_then(|event| view::attendee(event, |address| user.has_address(address)));
    line.and_then(|line| line.param("PARTSTAT")).and_then(Answer::of_partstat) == Some(answer)
}

/// Whether the organizer wants to hear of no other time.
fn refuses_proposals(content: &[u8]) -> bool {
    let meeting = Meeting::read(content).ok();
    let says = meeting.and_then(|meeting| meeting.chief()?.text("X-MICROSOFT-DISALLOW-COUNTER"));
    says.is_some_and(|says| says.trim().eq_ignore_ascii_case("TRUE"))
}
