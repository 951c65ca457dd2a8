//! What Fieldpost asks of whatever holds a mailbox. The embedded store implements it; connectors to
//! other people's servers will.
//!
//! Every call is atomic and durable when it returns. A call that fails has changed nothing.

mod batch;

use async_trait::async_trait;

pub use batch::{Batch, BatchOutcome, DeliverTo, Once, Write, Written};

use crate::folder::{Folder, FolderType};
use crate::id::{FolderId, ItemId, MailboxId, Modseq, Position};
use crate::item::{Edit, Item, ItemMeta, NewItem, Replacement, Shown};
use crate::search::{Found, Query};

/// Why a call was not carried out.
#[derive(Debug, thiserror::Error)]
pub enum BackendError {
    /// The folder does not exist (any more).
    #[error("folder {0} does not exist")]
    NoSuchFolder(FolderId),
    /// The item does not exist (any more), or lies in another folder.
    #[error("item {0} does not exist there")]
    NoSuchItem(ItemId),
    /// The parent given for a folder does not exist, or lies within the folder itself.
    #[error("the parent folder does not exist or lies within the folder")]
    NoSuchParent,
    /// A folder of that name lies there already.
    #[error("a folder of that name exists there")]
    NameTaken,
    /// A default folder can't be changed so.
    #[error("folder {0} belongs to every mailbox and stays")]
    DefaultFolder(FolderId),
    /// The item's bytes are not those that the change was made from: read them and make it again.
    #[error("item {0} was changed meanwhile")]
    Stale(ItemId),
    /// The mailbox has no room.
    #[error("the mailbox is full")]
    QuotaExceeded,
    /// Our own trouble: nothing is known about the outcome. Never told to a phone as an absence.
    #[error("the mailbox can't be reached: {0}")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// One change of a folder since a point in time. An item appears once, at its last change.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::large_enum_variant, reason = "nearly all changes are live items; boxing each costs more")]
pub enum Change {
    /// The item is in the folder: new, or changed.
    Live(ItemMeta),
    /// The item is not in the folder any more: deleted, or moved away.
    Gone {
        /// Which.
        id: ItemId,
        /// When.
        modseq: Modseq,
    },
}

impl Change {
    /// The item.
    pub fn id(&self) -> ItemId {
        match self {
            Change::Live(meta) => meta.id,
            Change::Gone { id, .. } => *id,
        }
    }

    /// When it happened.
    pub fn modseq(&self) -> Modseq {
        match self {
            Change::Live(meta) => meta.modseq,
            Change::Gone { modseq, .. } => *modseq,
        }
    }
}

/// The outcome of a change to an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edited {
    /// The item's counter value before the change.
    pub before: Modseq,
    /// After it; the same where nothing changed.
    pub after: Modseq,
}

/// The outcome of a move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moved {
    /// It lies in the destination now.
    Done {
        /// The item's counter value before the move.
        before: Modseq,
    },
    /// It lay there already: the move is being asked for again.
    AlreadyThere,
}

/// A mailbox store.
#[async_trait]
pub trait Backend: Send + Sync {
    /// All folders, parents before children.
    async fn folders(&self, mailbox: MailboxId) -> Result<Vec<Folder>, BackendError>;

    /// Makes a folder and tells its number. Names are compared without regard to case.
    async fn create_folder(
        &self,
        mailbox: MailboxId,
        parent: Option<FolderId>,
        name: &str,
        kind: FolderType,
    ) -> Result<FolderId, BackendError>;

    /// Renames and moves a folder.
    async fn update_folder(
        &self,
        mailbox: MailboxId,
        folder: FolderId,
        parent: Option<FolderId>,
        name: &str,
    ) -> Result<(), BackendError>;

    /// Deletes a folder with the folders and items in it, for good.
    async fn delete_folder(&self, mailbox: MailboxId, folder: FolderId) -> Result<(), BackendError>;

    /// The mailbox's counter: every later change gets a greater value.
    async fn modseq(&self, mailbox: MailboxId) -> Result<Modseq, BackendError>;

    /// The first `limit` changes of the folder after `since`, in order of [`Change::modseq`]. Its cost
    /// grows with `limit`, not with the folder.
    async fn changes(
        &self,
        mailbox: MailboxId,
        folder: FolderId,
        since: Modseq,
        limit: usize,
    ) -> Result<Vec<Change>, BackendError>;

    /// The first `limit` items that stand before `before` and not before `floor`, newest first.
    async fn older(
        &self,
        mailbox: MailboxId,
        folder: FolderId,
        before: Position,
        floor: Position,
        limit: usize,
    ) -> Result<Vec<ItemMeta>, BackendError>;

    /// How many items that are shown stand before `before` and not before `floor`; text messages that are shown to
    /// who holds them alone don't count.
    async fn count(
        &self,
        mailbox: MailboxId,
        folder: FolderId,
        before: Position,
        floor: Position,
        shown: Shown,
    ) -> Result<u64, BackendError>;

    /// The items of these that exist, wherever they lie, in the order asked for.
    async fn metas(&self, mailbox: MailboxId, items: &[ItemId]) -> Result<Vec<ItemMeta>, BackendError>;

    /// The same with their bytes.
    async fn fetch(&self, mailbox: MailboxId, items: &[ItemId]) -> Result<Vec<Item>, BackendError>;

    /// Adds an item. One with the same [`NewItem::origin`] that was added before is found instead,
    /// wherever it lies now.
    async fn append(
        &self,
        mailbox: MailboxId,
        folder: FolderId,
        item: NewItem,
    ) -> Result<ItemMeta, BackendError>;

    /// Changes an item's state. Asking for what is so already changes nothing, not even the counter.
    async fn edit(
        &self,
        mailbox: MailboxId,
        folder: FolderId,
        item: ItemId,
        edit: &Edit,
    ) -> Result<Edited, BackendError>;

    /// Gives an item other bytes, and with them its place in the folder's order. The same bytes change
    /// nothing, not even the counter. `Stale` where the bytes are not those that
    /// [`Replacement::expected`] tells of.
    async fn replace(
        &self,
        mailbox: MailboxId,
        folder: FolderId,
        item: ItemId,
        replacement: Replacement,
    ) -> Result<Edited, BackendError>;

    /// The items with this [`uid`](crate::index::Index::uid), in whatever folder, oldest number first.
    async fn by_uid(&self, mailbox: MailboxId, uid: &str) -> Result<Vec<ItemMeta>, BackendError>;

    /// Makes several changes, in one or several mailboxes, together or on any error not at all.
    async fn commit(&self, batch: Batch) -> Result<BatchOutcome, BackendError>;

    /// Deletes items for good; those that are not there count as deleted.
    async fn delete(
        &self,
        mailbox: MailboxId,
        folder: FolderId,
        items: &[ItemId],
    ) -> Result<(), BackendError>;

    /// Moves an item. It keeps its number. `NoSuchItem` where it is neither in the source nor in the
    /// destination.
    async fn move_item(
        &self,
        mailbox: MailboxId,
        item: ItemId,
        source: FolderId,
        destination: FolderId,
    ) -> Result<Moved, BackendError>;

    /// Moves all messages of a conversation from all folders of mail but Sent Items, drafts excepted, and
    /// from now on those that arrive ([`DeliverTo::INBOX`]); the Inbox as the destination ends that. Tells how
    /// many were moved; none where the mailbox knows no such conversation.
    async fn move_conversation(
        &self,
        mailbox: MailboxId,
        conversation: [u8; 16],
        destination: FolderId,
    ) -> Result<Option<u64>, BackendError>;

    /// The items that a search finds, newest first. Its cost grows with what is found and looked at, not
    /// with the mailbox.
    async fn search(&self, mailbox: MailboxId, query: &Query) -> Result<Found, BackendError>;

    /// Deletes all items of a folder for good, and where asked the folders in it.
    async fn empty_folder(
        &self,
        mailbox: MailboxId,
        folder: FolderId,
        with_subfolders: bool,
    ) -> Result<(), BackendError>;
}

/// Told of every committed change, after the commit. Must return at once.
pub trait ChangeListener: Send + Sync {
    /// Something changed.
    fn changed(&self, notice: Notice);
}

/// A committed change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Notice {
    /// Where.
    pub mailbox: MailboxId,
    /// The folder; none: the folder hierarchy.
    pub folder: Option<FolderId>,
    /// The item is new in the folder, rather than changed or gone.
    pub added: bool,
}
