//! Delivery: items that arrive in one or several mailboxes at once.

use fieldpost_domain::item::{ItemMeta, NewItem};
use fieldpost_domain::{FolderId, MailboxId};

use crate::{Store, StoreError};

/// Where a delivery goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeliverTo {
    /// The mailbox's Inbox.
    Inbox,
    /// This folder.
    Folder(FolderId),
}

/// An item for a mailbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// Whose.
    pub mailbox: MailboxId,
    /// Where in it.
    pub folder: DeliverTo,
    /// What.
    pub item: NewItem,
}

impl Store {
    /// Delivers all of these or, on an error, none, and tells what became of each, in the same order.
    /// An item whose [`NewItem::origin`] is known to the mailbox is found, not added.
    pub async fn deliver(&self, deliveries: Vec<Delivery>) -> Result<Vec<ItemMeta>, StoreError> {
        Err(StoreError::Limit("unfinished"))
    }
}
