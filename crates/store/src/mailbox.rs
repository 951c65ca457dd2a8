//! The embedded mailbox as a [`Backend`].

use async_trait::async_trait;
use fieldpost_domain::backend::{Change, Edited, Moved};
use fieldpost_domain::folder::{Folder, FolderType};
use fieldpost_domain::item::{Edit, Item, ItemMeta, NewItem};
use fieldpost_domain::{Backend, BackendError, FolderId, ItemId, MailboxId, Modseq, Position};

use crate::{Store, StoreError};

type Result<T> = std::result::Result<T, BackendError>;

#[async_trait]
impl Backend for Store {
    async fn folders(&self, mailbox: MailboxId) -> Result<Vec<Folder>> {
        Err(StoreError::Limit("unfinished").into())
    }

    async fn create_folder(
        &self,
        mailbox: MailboxId,
        parent: Option<FolderId>,
        name: &str,
        kind: FolderType,
    ) -> Result<FolderId> {
        Err(StoreError::Limit("unfinished").into())
    }

    async fn update_folder(
        &self,
        mailbox: MailboxId,
        folder: FolderId,
        parent: Option<FolderId>,
        name: &str,
    ) -> Result<()> {
        Err(StoreError::Limit("unfinished").into())
    }

    async fn delete_folder(&self, mailbox: MailboxId, folder: FolderId) -> Result<()> {
        Err(StoreError::Limit("unfinished").into())
    }

    async fn modseq(&self, mailbox: MailboxId) -> Result<Modseq> {
        Err(StoreError::Limit("unfinished").into())
    }

    async fn changes(
        &self,
        mailbox: MailboxId,
        folder: FolderId,
        since: Modseq,
        limit: usize,
    ) -> Result<Vec<Change>> {
        Err(StoreError::Limit("unfinished").into())
    }

    async fn older(
        &self,
        mailbox: MailboxId,
        folder: FolderId,
        before: Position,
        floor: Position,
        limit: usize,
    ) -> Result<Vec<ItemMeta>> {
        Err(StoreError::Limit("unfinished").into())
    }

    async fn count(
        &self,
        mailbox: MailboxId,
        folder: FolderId,
        before: Position,
        floor: Position,
    ) -> Result<u64> {
        Err(StoreError::Limit("unfinished").into())
    }

    async fn metas(&self, mailbox: MailboxId, items: &[ItemId]) -> Result<Vec<ItemMeta>> {
        Err(StoreError::Limit("unfinished").into())
    }

    async fn fetch(&self, mailbox: MailboxId, items: &[ItemId]) -> Result<Vec<Item>> {
        Err(StoreError::Limit("unfinished").into())
    }

    async fn append(&self, mailbox: MailboxId, folder: FolderId, item: NewItem) -> Result<ItemMeta> {
        Err(StoreError::Limit("unfinished").into())
    }

    async fn edit(&self, mailbox: MailboxId, folder: FolderId, item: ItemId, edit: &Edit) -> Result<Edited> {
        Err(StoreError::Limit("unfinished").into())
    }

    async fn delete(&self, mailbox: MailboxId, folder: FolderId, items: &[ItemId]) -> Result<()> {
        Err(StoreError::Limit("unfinished").into())
    }

    async fn move_item(
        &self,
        mailbox: MailboxId,
        item: ItemId,
        source: FolderId,
        destination: FolderId,
    ) -> Result<Moved> {
        Err(StoreError::Limit("unfinished").into())
    }

    async fn move_conversation(
        &self,
        mailbox: MailboxId,
        conversation: [u8; 16],
        destination: FolderId,
    ) -> Result<u64> {
        Err(StoreError::Limit("unfinished").into())
    }

    async fn empty_folder(&self, mailbox: MailboxId, folder: FolderId, with_subfolders: bool) -> Result<()> {
        Err(StoreError::Limit("unfinished").into())
    }
}
