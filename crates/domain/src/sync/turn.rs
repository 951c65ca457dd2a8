//! One turn of a collection: the changes that a phone sends along with its key.
//!
//! Each change may come a second time, because the answer to the first was lost; then it finds itself
//! made, and has the same outcome.

use super::conflict::{Verdict, judge};
use super::snapshot::Snapshot;
use super::state::{Base, CollectionState};
use crate::backend::{Backend, BackendError};
use crate::id::{FolderId, ItemId, MailboxId};
use crate::item::{Edit, NewItem};

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
    },
    /// Another state of an item.
    Edit {
        /// Which.
        item: ItemId,
        /// How.
        edit: Edit,
    },
    /// Away with an item.
    Delete {
        /// Which.
        item: ItemId,
        /// Where deleted items go; none: it is deleted for good.
        into: Option<FolderId>,
    },
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

/// Makes one change and notes in `view` what the phone knows by it.
pub async fn apply(
    backend: &dyn Backend,
    mailbox: MailboxId,
    folder: FolderId,
    view: &mut Snapshot,
    change: ClientChange,
) -> Result<Outcome, BackendError> {
    match change {
        ClientChange::Add { client_id, item } => {
            let meta = backend.append(mailbox, folder, *item).await?;
            view.note_own_add(client_id, &meta);
            Ok(Outcome::Added(meta.id))
        }
        ClientChange::Edit { item, edit } => {
            let current = backend.metas(mailbox, &[item]).await?.pop();
            let Some(current) = current.filter(|m| m.folder == folder) else {
                return Ok(Outcome::NotFound);
            };
            if judge(view, &current, &edit) == Verdict::ServerWins {
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
        ClientChange::Delete { item, into } => {
            let outcome = match into {
                Some(into) if into != folder => match backend.move_item(mailbox, item, folder, into).await {
                    Ok(_) => Outcome::Done,
                    Err(BackendError::NoSuchItem(_)) => Outcome::NotFound,
                    Err(error) => return Err(error),
                },
                _ => {
                    backend.delete(mailbox, folder, &[item]).await?;
                    Outcome::Done
                }
            };
            view.note_own_delete(item);
            Ok(outcome)
        }
    }
}
