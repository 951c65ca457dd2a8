//! The embedded mailbox as a [`Backend`]: each call is one of the store's own, in [`crate::folder`],
//! [`crate::item`] and, for changes of items, [`crate::batch`].

use async_trait::async_trait;
use fieldpost_domain::backend::{Batch, BatchOutcome, Change, DeliverTo, Edited, Moved, Write, Written};
use fieldpost_domain::folder::{Folder, FolderType};
use fieldpost_domain::item::{Edit, Item, ItemMeta, NewItem, Replacement, Shown};
use fieldpost_domain::search::{Found, Query};
use fieldpost_domain::{Backend, BackendError, FolderId, ItemId, MailboxId, Modseq, Position};

use jiff::Timestamp;

use crate::Store;

type Result<T> = std::result::Result<T, BackendError>;

#[async_trait]
impl Backend for Store {
    async fn folders(&self, mailbox: MailboxId) -> Result<Vec<Folder>> {
        Ok(self.list_folders(mailbox).await?)
    }

    async fn create_folder(
        &self,
        mailbox: MailboxId,
        parent: Option<FolderId>,
        name: &str,
        kind: FolderType,
    ) -> Result<FolderId> {
        Ok(self.make_folder(mailbox, parent, name, kind).await?)
    }

    async fn update_folder(
        &self,
        mailbox: MailboxId,
        folder: FolderId,
        parent: Option<FolderId>,
        name: &str,
    ) -> Result<()> {
        Ok(self.change_folder(mailbox, folder, parent, name).await?)
    }

    async fn delete_folder(&self, mailbox: MailboxId, folder: FolderId) -> Result<()> {
        Ok(self.remove_folder(mailbox, folder).await?)
    }

    async fn modseq(&self, mailbox: MailboxId) -> Result<Modseq> {
        Ok(self.read_modseq(mailbox).await?)
    }

    async fn changes(
        &self,
        mailbox: MailboxId,
        folder: FolderId,
        since: Modseq,
        limit: usize,
    ) -> Result<Vec<Change>> {
        Ok(self.read_changes(mailbox, folder, since, limit).await?)
    }

    async fn older(
        &self,
        mailbox: MailboxId,
        folder: FolderId,
        before: Position,
        floor: Position,
        limit: usize,
    ) -> Result<Vec<ItemMeta>> {
        Ok(self.read_older(mailbox, folder, before, floor, limit).await?)
    }

    async fn count(
        &self,
        mailbox: MailboxId,
        folder: FolderId,
        before: Position,
        floor: Position,
        shown: Shown,
    ) -> Result<u64> {
        Ok(self.read_count(mailbox, folder, before, floor, shown).await?)
    }

    async fn metas(&self, mailbox: MailboxId, items: &[ItemId]) -> Result<Vec<ItemMeta>> {
        Ok(self.read_metas(mailbox, items).await?)
    }

    async fn fetch(&self, mailbox: MailboxId, items: &[ItemId]) -> Result<Vec<Item>> {
        Ok(self.read_items(mailbox, items).await?)
    }

    async fn append(&self, mailbox: MailboxId, folder: FolderId, item: NewItem) -> Result<ItemMeta> {
        let folder = DeliverTo::Folder(folder);
        match self.one(Write::Append { mailbox, folder, item }).await? {
            Written::Appended(meta) => Ok(meta),
            _ => Err(unlike()),
        }
    }

    async fn edit(&self, mailbox: MailboxId, folder: FolderId, item: ItemId, edit: &Edit) -> Result<Edited> {
        let (folder, edit) = (Some(folder), edit.clone());
        match self.one(Write::Edit { mailbox, folder, item, edit }).await? {
            Written::Edited(edited) => Ok(edited),
            _ => Err(unlike()),
        }
    }

    async fn replace(
        &self,
        mailbox: MailboxId,
        folder: FolderId,
        item: ItemId,
        replacement: Replacement,
    ) -> Result<Edited> {
        match self.one(Write::Replace { mailbox, folder, item, replacement }).await? {
            Written::Edited(edited) => Ok(edited),
            _ => Err(unlike()),
        }
    }

    async fn by_uid(&self, mailbox: MailboxId, uid: &str) -> Result<Vec<ItemMeta>> {
        Ok(self.read_by_uid(mailbox, uid).await?)
    }

    async fn commit(&self, batch: Batch) -> Result<BatchOutcome> {
        Ok(self.commit_batch(batch).await?)
    }

    async fn delete(&self, mailbox: MailboxId, folder: FolderId, items: &[ItemId]) -> Result<()> {
        self.one(Write::Delete { mailbox, folder, items: items.to_vec() }).await.map(drop)
    }

    async fn move_item(
        &self,
        mailbox: MailboxId,
        item: ItemId,
        source: FolderId,
        destination: FolderId,
    ) -> Result<Moved> {
        match self.one(Write::Move { mailbox, item, source, destination }).await? {
            Written::Moved(moved) => Ok(moved),
            _ => Err(unlike()),
        }
    }

    async fn move_conversation(
        &self,
        mailbox: MailboxId,
        conversation: [u8; 16],
        destination: FolderId,
    ) -> Result<Option<u64>> {
        Ok(self.always_move(mailbox, conversation, destination).await?)
    }

    async fn search(&self, mailbox: MailboxId, query: &Query) -> Result<Found> {
        Ok(self.search_items(mailbox, query).await?)
    }

    async fn empty_folder(&self, mailbox: MailboxId, folder: FolderId, with_subfolders: bool) -> Result<()> {
        Ok(self.clear_folder(mailbox, folder, with_subfolders).await?)
    }
}

impl Store {
    /// One change, by itself.
    async fn one(&self, write: Write) -> Result<Written> {
        // The time is for the outbound queue and for keys.
        let batch = Batch { once: None, writes: vec![write], now: Timestamp::UNIX_EPOCH };
        match self.commit_batch(batch).await? {
            BatchOutcome::Done(mut written) if written.len() == 1 => Ok(written.remove(0)),
            _ => Err(unlike()),
        }
    }
}

/// A change came to something that can't come of it.
fn unlike() -> BackendError {
    BackendError::Unavailable("a change came to something else".into())
}
