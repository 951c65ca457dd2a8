//! The embedded mailbox as a [`Backend`]: each call is one of the store's own, in [`crate::folder`]
//! and [`crate::item`].

use async_trait::async_trait;
use fieldpost_domain::backend::{Change, Edited, Moved};
use fieldpost_domain::folder::{Folder, FolderType};
use fieldpost_domain::item::{Edit, Item, ItemMeta, NewItem};
use fieldpost_domain::{Backend, BackendError, FolderId, ItemId, MailboxId, Modseq, Position};

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
    ) -> Result<u64> {
        Ok(self.read_count(mailbox, folder, before, floor).await?)
    }

    async fn metas(&self, mailbox: MailboxId, items: &[ItemId]) -> Result<Vec<ItemMeta>> {
        Ok(self.read_metas(mailbox, items).await?)
    }

    async fn fetch(&self, mailbox: MailboxId, items: &[ItemId]) -> Result<Vec<Item>> {
        Ok(self.read_items(mailbox, items).await?)
    }

    async fn append(&self, mailbox: MailboxId, folder: FolderId, item: NewItem) -> Result<ItemMeta> {
        Ok(self.append_item(mailbox, folder, item).await?)
    }

    async fn edit(&self, mailbox: MailboxId, folder: FolderId, item: ItemId, edit: &Edit) -> Result<Edited> {
        Ok(self.edit_item(mailbox, folder, item, edit).await?)
    }

    async fn delete(&self, mailbox: MailboxId, folder: FolderId, items: &[ItemId]) -> Result<()> {
        Ok(self.remove_items(mailbox, folder, items).await?)
    }

    async fn move_item(
        &self,
        mailbox: MailboxId,
        item: ItemId,
        source: FolderId,
        destination: FolderId,
    ) -> Result<Moved> {
        Ok(self.relocate_item(mailbox, item, source, destination).await?)
    }

    async fn move_conversation(
        &self,
        mailbox: MailboxId,
        conversation: [u8; 16],
        destination: FolderId,
    ) -> Result<u64> {
        Ok(self.relocate_conversation(mailbox, conversation, destination).await?)
    }

    async fn empty_folder(&self, mailbox: MailboxId, folder: FolderId, with_subfolders: bool) -> Result<()> {
        Ok(self.clear_folder(mailbox, folder, with_subfolders).await?)
    }
}
