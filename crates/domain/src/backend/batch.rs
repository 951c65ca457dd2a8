//! The unit of work: several changes, in several mailboxes if need be, that are made together or not
//! at all. What a meeting request does to two calendars, a queue and a folder of sent mail is one.

use jiff::Timestamp;

use super::{Edited, Moved};
use crate::folder::FolderType;
use crate::id::{FolderId, ItemId, MailboxId};
use crate::item::{Edit, ItemMeta, NewItem, Replacement};

/// Changes to be made together, in their order; each sees those before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// Makes the batch one that is carried out once, however often it is asked for.
    pub once: Option<Once>,
    /// What to do.
    pub writes: Vec<Write>,
    /// When: from here mail begins to wait in the queue, and keys begin to be remembered.
    pub now: Timestamp,
}

/// A mark by which a repetition is known. It is remembered for 14 days, longer than any phone tries
/// again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Once {
    /// Whose.
    pub mailbox: MailboxId,
    /// At most 200 characters: `<device>/<client id>` for what a phone asks for.
    pub key: String,
}

/// Where an item goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DeliverTo {
    /// The mailbox's folder of this type that every mailbox has ([`FolderType::DEFAULT`]).
    Default(FolderType),
    /// This folder.
    Folder(FolderId),
}

impl DeliverTo {
    /// Mail that arrives: the Inbox, or where its conversation is always moved to
    /// ([`Backend::move_conversation`](super::Backend::move_conversation)).
    pub const INBOX: DeliverTo = DeliverTo::Default(FolderType::Inbox);
}

/// One change of a [`Batch`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "a mailbox, a folder and an item in it, as everywhere")]
pub enum Write {
    /// As [`Backend::append`](super::Backend::append).
    Append { mailbox: MailboxId, folder: DeliverTo, item: NewItem },
    /// As [`Backend::replace`](super::Backend::replace).
    Replace { mailbox: MailboxId, folder: FolderId, item: ItemId, replacement: Replacement },
    /// As [`Backend::edit`](super::Backend::edit). Without a folder: wherever it lies, and where it is
    /// gone, nothing ([`Written::Gone`]).
    Edit { mailbox: MailboxId, folder: Option<FolderId>, item: ItemId, edit: Edit },
    /// As [`Backend::move_item`](super::Backend::move_item).
    Move { mailbox: MailboxId, item: ItemId, source: FolderId, destination: FolderId },
    /// As [`Backend::delete`](super::Backend::delete).
    Delete { mailbox: MailboxId, folder: FolderId, items: Vec<ItemId> },
    /// Mail for other servers, into the outbound queue: one entry for each recipient. `sender` is the
    /// envelope's, empty for none; `content` is RFC 5322 as it is sent.
    Send { mailbox: MailboxId, sender: String, recipients: Vec<String>, content: Vec<u8> },
}

impl Write {
    /// Whose mailbox it changes.
    pub fn mailbox(&self) -> MailboxId {
        match self {
            Write::Append { mailbox, .. }
            | Write::Replace { mailbox, .. }
            | Write::Edit { mailbox, .. }
            | Write::Move { mailbox, .. }
            | Write::Delete { mailbox, .. }
            | Write::Send { mailbox, .. } => *mailbox,
        }
    }
}

/// What became of one [`Write`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::large_enum_variant, reason = "there are a few, and nearly all are appended items")]
pub enum Written {
    /// The item is there: added now, or found by its origin.
    Appended(ItemMeta),
    /// The item was replaced or edited.
    Edited(Edited),
    /// It was gone, and its edit with it.
    Gone,
    /// The item was moved.
    Moved(Moved),
    /// The items were deleted.
    Deleted,
    /// The message waits in the queue.
    Queued,
}

/// What became of a [`Batch`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BatchOutcome {
    /// It was carried out: what became of each write, in their order.
    Done(Vec<Written>),
    /// It was carried out before: nothing was done now.
    Duplicate,
}
