//! From what a phone says to bytes to be stored: a new item, or a changed one.

use fieldpost_domain::convert::{CreateContext, Ghosting, InvalidItem, PatchContext, note};
use fieldpost_domain::folder::Class;
use fieldpost_domain::index::{self, Index};
use fieldpost_domain::item::Item;
use fieldpost_eas::item::Item as WireItem;

use super::{user, wire_class};
use crate::activesync::context::Context;

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

/// The object of a new item.
///
/// # Errors
/// What the phone says is no such item.
pub fn create(cx: &Context, uid: &str, wire: &WireItem) -> Result<Vec<u8>, InvalidItem> {
    let user = user(cx);
    let create = CreateContext { version: cx.version, user: &user, uid, now: cx.now };
    match wire {
        WireItem::Note(note) => note::create(note, &create),
        _ => Err(MISPLACED),
    }
}

/// The object with a change made. Where nothing changes by it, the bytes stay the same.
///
/// # Errors
/// What the phone says is no such item.
pub fn patch(
    cx: &Context,
    item: &Item,
    change: &WireItem,
    ghosting: &Ghosting,
) -> Result<Vec<u8>, InvalidItem> {
    let user = user(cx);
    let patch = PatchContext { version: cx.version, user: &user, item: item.meta.id, ghosting, now: cx.now };
    match change {
        WireItem::Note(note) => note::patch(&item.content, note, &patch),
        _ => Err(MISPLACED),
    }
}

/// What an object that is stored now is found by.
pub fn index(cx: &Context, class: Class, content: &[u8]) -> Index {
    index::of(class, content, cx.now.as_millisecond())
}
