//! Delivery: items that arrive in one or several mailboxes at once.

use fieldpost_domain::MailboxId;
use fieldpost_domain::backend::{Batch, BatchOutcome, DeliverTo, Write, Written};
use fieldpost_domain::item::{ItemMeta, NewItem};
use jiff::Timestamp;

use crate::{Store, StoreError};

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

impl From<Delivery> for Write {
    fn from(Delivery { mailbox, folder, item }: Delivery) -> Write {
        Write::Append { mailbox, folder, item }
    }
}

impl Store {
    /// Delivers all of these or, on an error, none, and tells what became of each, in the same order.
    /// An item whose [`NewItem::origin`] is known to the mailbox is found, not added.
    ///
    /// # Errors
    /// [`StoreError::NoSuchMailbox`] and [`StoreError::NoSuchFolder`] where one does not exist;
    /// [`StoreError::Full`].
    pub async fn deliver(&self, deliveries: Vec<Delivery>) -> Result<Vec<ItemMeta>, StoreError> {
        let writes = deliveries.into_iter().map(Write::from).collect();
        // Nothing here looks at the time.
        let batch = Batch { once: None, writes, now: Timestamp::UNIX_EPOCH };
        let written = match self.commit_batch(batch).await? {
            BatchOutcome::Done(written) => written,
            BatchOutcome::Duplicate => Vec::new(),
        };
        let metas = written.into_iter().filter_map(|written| match written {
            Written::Appended(meta) => Some(meta),
            _ => None,
        });
        Ok(metas.collect())
    }
}
