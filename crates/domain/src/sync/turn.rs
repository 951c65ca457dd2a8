//! One turn of a collection: the changes that a phone sends along with its key.
//!
//! Each change may come a second time, because the answer to the first was lost; then it finds itself
//! made, and has the same outcome.

use jiff::Timestamp;

use super::conflict::{Verdict, judge};
use super::snapshot::Snapshot;
use super::state::{Base, CollectionState};
use crate::backend::{Backend, BackendError, Batch, BatchOutcome, DeliverTo, Once, Write, Written};
use crate::id::{FolderId, ItemId, MailboxId, Position};
use crate::index::Index;
use crate::item::{Edit, ItemMeta, NewItem, Replacement};

/// A change that a phone asks for.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::large_enum_variant, reason = "one exists at a time, and is used up at once")]
pub enum ClientChange {
    /// A new item; [`NewItem::origin`] holds the device and this client id.
    Add {
        /// The phone's id for it.
        client_id: String,
        /// The item.
        item: Box<NewItem>,
        /// What else follows from it, in the same transaction, once.
        also: Vec<Write>,
    },
    /// Another state of an item.
    Edit {
        /// Which.
        item: ItemId,
        /// How.
        edit: Edit,
    },
    /// Other bytes for an item.
    Replace {
        /// The item as it was when the bytes were made from those that it had.
        current: Box<ItemMeta>,
        /// What becomes of it.
        new: Box<Rewrite>,
    },
    /// Away with an item.
    Delete {
        /// Which.
        item: ItemId,
        /// Where deleted items go; none: it is deleted for good.
        into: Option<FolderId>,
        /// What else follows from it, in the same transaction, where the item is there.
        also: Vec<Write>,
    },
}

/// What a phone's change makes of an item.
#[derive(Debug, Clone, PartialEq)]
pub struct Rewrite {
    /// The bytes.
    pub content: Vec<u8>,
    /// What they are found by.
    pub index: Index,
    /// Another state, where that changes too.
    pub edit: Option<Edit>,
    /// What else follows from it, in the same transaction.
    pub also: Vec<Write>,
}

/// What came of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Made.
    Done,
    /// Made, and this is its number.
    Added(ItemId),
    /// The server's state stands: status 7.
    ServerWon,
    /// The item is not there (any more): status 8.
    NotFound,
    /// The item has other bytes by now: read them, make the change again, and ask again.
    Stale,
}

/// Where a turn begins: the view that `key` stands for, ready to take the phone's changes, and the
/// snapshot that [`CollectionState::answer`] wants as its base. `None`: the key is unknown.
pub fn begin(state: &CollectionState, key: &str) -> Option<(Snapshot, Snapshot)> {
    let (base, again) = match state.base(key) {
        Base::Next(base) => (base, false),
        Base::Again(base) => (base, true),
        Base::Unknown => return None,
    };
    let mut view = base.clone();
    view.added.clear();
    view.made.clear();
    if again {
        view.echoes.extend(state.echoes_of_answers(&base));
    }
    Some((base, view))
}

/// Makes one change and notes in `view` what the phone knows by it. `now` is when mail that follows
/// from it was sent.
pub async fn apply(
    backend: &dyn Backend,
    mailbox: MailboxId,
    folder: FolderId,
    view: &mut Snapshot,
    change: ClientChange,
    now: Timestamp,
) -> Result<Outcome, BackendError> {
    match change {
        ClientChange::Add { client_id, item, also } => {
            let meta = add(backend, mailbox, folder, *item, also, now).await?;
            view.note_own_add(client_id, &meta);
            Ok(Outcome::Added(meta.id))
        }
        ClientChange::Edit { item, edit } => {
            let current = backend.metas(mailbox, &[item]).await?.pop();
            let Some(current) = current.filter(|m| m.folder == folder) else {
                return Ok(Outcome::NotFound);
            };
            if judge(view, &current, edit.apply(&current.state) != current.state) == Verdict::ServerWins {
                view.note_refused(item);
                return Ok(Outcome::ServerWon);
            }
            match backend.edit(mailbox, folder, item, &edit).await {
                Ok(edited) => {
                    view.note_own_change(item, edited.before, edited.after);
                    Ok(Outcome::Done)
                }
                Err(BackendError::NoSuchItem(_)) => Ok(Outcome::NotFound),
                Err(error) => Err(error),
            }
        }
        ClientChange::Replace { current, new } => {
            if current.folder != folder {
                return Ok(Outcome::NotFound);
            }
            if judge(view, &current, true) == Verdict::ServerWins {
                view.note_refused(current.id);
                return Ok(Outcome::ServerWon);
            }
            replace(backend, mailbox, view, *current, *new, now).await
        }
        ClientChange::Delete { item, into, also } => {
            let outcome = delete(backend, mailbox, folder, item, into, also, now).await?;
            view.note_own_delete(item);
            Ok(outcome)
        }
    }
}

/// Adds an item with all that follows. Asked for again, it is found by its origin, and nothing follows
/// a second time.
async fn add(
    backend: &dyn Backend,
    mailbox: MailboxId,
    folder: FolderId,
    item: NewItem,
    also: Vec<Write>,
    now: Timestamp,
) -> Result<ItemMeta, BackendError> {
    let Some(key) = item.origin.clone().filter(|_| !also.is_empty()) else {
        return backend.append(mailbox, folder, item).await;
    };
    let place = DeliverTo::Folder(folder);
    let mut writes = vec![Write::Append { mailbox, folder: place, item: item.clone() }];
    writes.extend(also);
    match backend.commit(Batch { once: Some(Once { mailbox, key }), writes, now }).await? {
        BatchOutcome::Done(written) => match written.into_iter().next() {
            Some(Written::Appended(meta)) => Ok(meta),
            _ => backend.append(mailbox, folder, item).await,
        },
        BatchOutcome::Duplicate => backend.append(mailbox, folder, item).await,
    }
}

async fn replace(
    backend: &dyn Backend,
    mailbox: MailboxId,
    view: &mut Snapshot,
    current: ItemMeta,
    new: Rewrite,
    now: Timestamp,
) -> Result<Outcome, BackendError> {
    let (item, folder) = (current.id, current.folder);
    let Rewrite { content, index, edit, also } = new;
    let place = Position { received: index.sort, item: item.0 };
    let replacement = Replacement { content, index, expected: Some(current.content_modseq) };
    let mut writes = vec![Write::Replace { mailbox, folder, item, replacement }];
    writes.extend(edit.map(|edit| Write::Edit { mailbox, folder: Some(folder), item, edit }));
    let own = writes.len();
    writes.extend(also);
    let written = match backend.commit(Batch { once: None, writes, now }).await {
        Ok(BatchOutcome::Done(written)) => written,
        Ok(BatchOutcome::Duplicate) => Vec::new(),
        Err(BackendError::Stale(_)) => return Ok(Outcome::Stale),
        Err(BackendError::NoSuchItem(gone)) if gone == item => return Ok(Outcome::NotFound),
        Err(error) => return Err(error),
    };
    for written in written.into_iter().take(own) {
        if let Written::Edited(edited) = written {
            view.note_own_change(item, edited.before, edited.after);
        }
    }
    view.note_own_place(item, place);
    Ok(Outcome::Done)
}

async fn delete(
    backend: &dyn Backend,
    mailbox: MailboxId,
    folder: FolderId,
    item: ItemId,
    into: Option<FolderId>,
    also: Vec<Write>,
    now: Timestamp,
) -> Result<Outcome, BackendError> {
    let write = match into {
        Some(destination) if destination != folder => {
            Write::Move { mailbox, item, source: folder, destination }
        }
        _ => Write::Delete { mailbox, folder, items: vec![item] },
    };
    let writes = std::iter::once(write).chain(also).collect();
    match backend.commit(Batch { once: None, writes, now }).await {
        Ok(_) => Ok(Outcome::Done),
        Err(BackendError::NoSuchItem(gone)) if gone == item => Ok(Outcome::NotFound),
        Err(error) => Err(error),
    }
}
