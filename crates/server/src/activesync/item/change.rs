//! From what a phone says to bytes to be stored: a new item, or a changed one.

use fieldpost_domain::ItemId;
use fieldpost_domain::backend::{DeliverTo, Write};
use fieldpost_domain::convert::{
    CreateContext, Ghosting, InvalidItem, PatchContext, contact, event, note, task,
};
use fieldpost_domain::folder::Class;
use fieldpost_domain::index::{self, Index};
use fieldpost_domain::item::{Conversation, Item, MailState, NewItem};
use fieldpost_eas::Version;
use fieldpost_eas::item::{Event, Item as WireItem};
use jiff::Timestamp;

use super::wire_class;
use crate::activesync::context::Context;
use crate::activesync::fault::Fault;
use crate::entropy::token;
use crate::meeting;

/// What is said belongs to a class that its folder does not hold.
const MISPLACED: InvalidItem = InvalidItem::Misplaced("an item of another class");

/// An item as its folder's class has it: a change of a body alone does not tell its class.
///
/// # Errors
/// It has properties of another class, or can't be read.
pub fn classify(item: WireItem, class: Class) -> Result<WireItem, InvalidItem> {
    let class = wire_class(class).ok_or(MISPLACED)?;
    item.into_class(class).map_err(|_| MISPLACED)
}

/// An item that is to be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// Its bytes.
    pub content: Vec<u8>,
    /// What they are found by.
    pub index: Index,
    /// What follows from it, in the same transaction: who is invited is told.
    pub also: Vec<Write>,
    /// It is not what the phone made of it: the phone is told.
    pub altered: bool,
}

/// A new item. `uid` names it where the phone does not.
///
/// # Errors
/// Our own trouble; within, that what the phone says is no such item.
pub async fn create(
    cx: &Context,
    class: Class,
    uid: &str,
    wire: &WireItem,
) -> Result<Result<Changed, InvalidItem>, Fault> {
    let user = meeting::user(&cx.app, &cx.account);
    let create = CreateContext { version: cx.version, user: &user, uid, now: cx.now };
    let content = match wire {
        WireItem::Event(event) => event::create(event, &create),
        WireItem::Note(note) => note::create(note, &create),
        WireItem::Contact(contact) => contact::create(contact, &create),
        WireItem::Task(task) => task::create(task, &create),
        _ => Err(MISPLACED),
    };
    match content {
        Ok(content) => Ok(Ok(follow_event(cx, class, None, content).await?)),
        Err(reason) => Ok(Err(reason)),
    }
}

/// A change of an item, or of one occurrence of it.
#[derive(Debug, Clone, Copy)]
pub enum Change<'a> {
    /// What is said of the item.
    Whole(&'a WireItem),
    /// What is said of an occurrence, which is named by the start that the series gives it.
    Instance(Timestamp, &'a WireItem),
    /// The occurrence does not take place.
    WithoutInstance(Timestamp),
}

/// The item with a change made; none where nothing changes by it.
///
/// # Errors
/// Our own trouble; within, that what the phone says is no such item.
pub async fn patch(
    cx: &Context,
    class: Class,
    item: &Item,
    change: Change<'_>,
    ghosting: &Ghosting,
) -> Result<Result<Option<Changed>, InvalidItem>, Fault> {
    let user = meeting::user(&cx.app, &cx.account);
    let patch = PatchContext { version: cx.version, user: &user, item: item.meta.id, ghosting, now: cx.now };
    let before = item.content.as_slice();
    let content = match change {
        Change::Whole(WireItem::Event(event)) => event::patch(before, event, &patch),
        Change::Whole(WireItem::Contact(contact)) => contact::patch(before, contact, &patch),
        Change::Whole(WireItem::Note(note)) => note::patch(before, note, &patch),
        Change::Whole(WireItem::Task(task)) => task::patch(before, task, &patch),
        Change::Instance(at, WireItem::Event(event)) => event::patch_instance(before, at, event, &patch),
        Change::WithoutInstance(at) if class == Class::Calendar => event::delete_instance(before, at, &patch),
        _ => Err(MISPLACED),
    };
    match content {
        Ok(content) if content == before => Ok(Ok(None)),
        Ok(content) if class == Class::Tasks => Ok(Ok(Some(follow_task(cx, item, content)))),
        Ok(content) => Ok(Ok(Some(follow_event(cx, class, Some(before), content).await?))),
        Err(reason) => Ok(Err(reason)),
    }
}

/// What follows from the deletion of an item.
///
/// # Errors
/// Our own trouble only.
pub async fn delete(cx: &Context, class: Class, item: ItemId) -> Result<Vec<Write>, Fault> {
    if class != Class::Calendar || cx.version < Version::V16_0 {
        return Ok(Vec::new());
    }
    match cx.backend.fetch(cx.mailbox, &[item]).await?.pop() {
        Some(item) => Ok(meeting::outgoing(cx, Some(&item.content), None).await?.writes),
        None => Ok(Vec::new()),
    }
}

/// A recurring task that is done brings about the next one.
fn follow_task(cx: &Context, item: &Item, content: Vec<u8>) -> Changed {
    let user = meeting::user(&cx.app, &cx.account);
    let uid = token(&*cx.app.entropy);
    let create = CreateContext { version: cx.version, user: &user, uid: &uid, now: cx.now };
    // What can't be read now was read a moment ago.
    let done = task::next(&item.content, &content, &create).ok().flatten();
    let index = |content: &[u8]| index(cx, Class::Tasks, content);
    let Some(done) = done else {
        return Changed { index: index(&content), content, also: Vec::new(), altered: false };
    };
    let next = done.next.map(|content| Write::Append {
        mailbox: cx.mailbox,
        folder: DeliverTo::Folder(item.meta.folder),
        item: NewItem {
            index: index(&content),
            content,
            state: MailState::default(),
            conversation: Conversation::default(),
            origin: None,
        },
    });
    Changed { index: index(&done.done), content: done.done, also: next.into_iter().collect(), altered: true }
}

/// Those who come to a meeting are told.
async fn follow_event(
    cx: &Context,
    class: Class,
    before: Option<&[u8]>,
    content: Vec<u8>,
) -> Result<Changed, Fault> {
    let (mut content, mut also, mut altered) = (content, Vec::new(), false);
    if class == Class::Calendar {
        let scheduled = meeting::outgoing(cx, before, Some(&content)).await?;
        altered = scheduled.content.as_ref().is_some_and(|other| *other != content);
        content = scheduled.content.unwrap_or(content);
        also = scheduled.writes;
    }
    Ok(Changed { index: index(cx, class, &content), content, also, altered })
}

/// What a phone of 16.x is told of the item that it added or changed: the UID that the server gave it,
/// and the references of its attachments.
pub fn answer(cx: &Context, said: &WireItem, item: ItemId, uid: Option<String>) -> Option<WireItem> {
    let WireItem::Event(event) = said else { return None };
    if cx.version < Version::V16_0 {
        return None;
    }
    let answer = Event { uid, attachments: event::added(&event.attachments, item), ..Event::default() };
    (answer != Event::default()).then(|| WireItem::Event(Box::new(answer)))
}

/// What an object that is stored now is found by.
pub fn index(cx: &Context, class: Class, content: &[u8]) -> Index {
    index::of(class, content, cx.now.as_millisecond())
}
