//! A mailbox in memory: the simplest thing that a [`Backend`] can be. For tests.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard};

use async_trait::async_trait;

use crate::backend::{Backend, BackendError, Change, Edited, Moved};
use crate::folder::{Folder, FolderType};
use crate::id::{FolderId, ItemId, MailboxId, Modseq, Position};
use crate::item::{Edit, Item, ItemMeta, NewItem};

#[derive(Default)]
struct Inner {
    modseq: u64,
    next_item: u32,
    items: BTreeMap<u32, (ItemMeta, Vec<u8>, Option<String>)>,
    gone: BTreeMap<(u32, u32), u64>,
}

/// One mailbox; folders are whatever number is used.
#[derive(Default)]
pub struct Memory(Mutex<Inner>);

impl Inner {
    fn tick(&mut self) -> Modseq {
        self.modseq += 1;
        Modseq(self.modseq)
    }
}

impl Memory {
    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap()
    }

    /// The items of a folder, with their state.
    pub fn folder(&self, folder: FolderId) -> Vec<ItemMeta> {
        self.inner().items.values().map(|(m, ..)| m).filter(|m| m.folder == folder).cloned().collect()
    }

    /// Who added the items, sorted.
    pub fn origins(&self) -> Vec<String> {
        let mut all: Vec<String> = self.inner().items.values().filter_map(|(.., o)| o.clone()).collect();
        all.sort();
        all
    }

    /// Replaces an item's bytes.
    pub fn rewrite(&self, item: ItemId, content: Vec<u8>) {
        let mut inner = self.inner();
        let modseq = inner.tick();
        let (meta, bytes, _) = inner.items.get_mut(&item.0).unwrap();
        (meta.modseq, meta.content_modseq, *bytes) = (modseq, modseq, content);
    }
}

#[async_trait]
impl Backend for Memory {
    async fn folders(&self, _: MailboxId) -> Result<Vec<Folder>, BackendError> {
        Ok(Vec::new())
    }

    async fn create_folder(
        &self,
        _: MailboxId,
        _: Option<FolderId>,
        _: &str,
        _: FolderType,
    ) -> Result<FolderId, BackendError> {
        Err(BackendError::NoSuchParent)
    }

    async fn update_folder(
        &self,
        _: MailboxId,
        folder: FolderId,
        _: Option<FolderId>,
        _: &str,
    ) -> Result<(), BackendError> {
        Err(BackendError::NoSuchFolder(folder))
    }

    async fn delete_folder(&self, _: MailboxId, folder: FolderId) -> Result<(), BackendError> {
        Err(BackendError::NoSuchFolder(folder))
    }

    async fn modseq(&self, _: MailboxId) -> Result<Modseq, BackendError> {
        Ok(Modseq(self.inner().modseq))
    }

    async fn changes(
        &self,
        _: MailboxId,
        folder: FolderId,
        since: Modseq,
        limit: usize,
    ) -> Result<Vec<Change>, BackendError> {
        let inner = self.inner();
        let live = inner.items.values().filter(|(m, ..)| m.folder == folder && m.modseq > since);
        let gone = inner.gone.iter().filter(|((f, _), m)| *f == folder.0 && **m > since.0);
        let mut all: Vec<Change> = live.map(|(m, ..)| Change::Live(m.clone())).collect();
        all.extend(gone.map(|((_, i), m)| Change::Gone { id: ItemId(*i), modseq: Modseq(*m) }));
        all.sort_by_key(Change::modseq);
        all.truncate(limit);
        Ok(all)
    }

    async fn older(
        &self,
        _: MailboxId,
        folder: FolderId,
        before: Position,
        floor: Position,
        limit: usize,
    ) -> Result<Vec<ItemMeta>, BackendError> {
        let mut all = self.folder(folder);
        all.retain(|m| m.position() < before && m.position() >= floor);
        all.sort_by_key(|m| std::cmp::Reverse(m.position()));
        all.truncate(limit);
        Ok(all)
    }

    async fn count(
        &self,
        mailbox: MailboxId,
        folder: FolderId,
        before: Position,
        floor: Position,
    ) -> Result<u64, BackendError> {
        Ok(self.older(mailbox, folder, before, floor, usize::MAX).await?.len() as u64)
    }

    async fn metas(&self, _: MailboxId, items: &[ItemId]) -> Result<Vec<ItemMeta>, BackendError> {
        let inner = self.inner();
        Ok(items.iter().filter_map(|i| inner.items.get(&i.0)).map(|(m, ..)| m.clone()).collect())
    }

    async fn fetch(&self, _: MailboxId, items: &[ItemId]) -> Result<Vec<Item>, BackendError> {
        let inner = self.inner();
        let found = items.iter().filter_map(|i| inner.items.get(&i.0));
        Ok(found.map(|(meta, content, _)| Item { meta: meta.clone(), content: content.clone() }).collect())
    }

    async fn append(&self, _: MailboxId, folder: FolderId, item: NewItem) -> Result<ItemMeta, BackendError> {
        let mut inner = self.inner();
        if let Some(origin) = &item.origin
            && let Some((meta, ..)) = inner.items.values().find(|(.., o)| o.as_ref() == Some(origin))
        {
            return Ok(meta.clone());
        }
        let modseq = inner.tick();
        inner.next_item += 1;
        let meta = ItemMeta {
            id: ItemId(inner.next_item),
            folder,
            modseq,
            content_modseq: modseq,
            received: item.received,
            size: u32::try_from(item.content.len()).unwrap(),
            state: item.state,
            conversation: item.conversation,
        };
        inner.items.insert(meta.id.0, (meta.clone(), item.content, item.origin));
        Ok(meta)
    }

    async fn edit(
        &self,
        _: MailboxId,
        folder: FolderId,
        item: ItemId,
        edit: &Edit,
    ) -> Result<Edited, BackendError> {
        let mut inner = self.inner();
        let next_modseq = Modseq(inner.modseq + 1);
        let found = inner.items.get_mut(&item.0).filter(|(m, ..)| m.folder == folder);
        let (meta, ..) = found.ok_or(BackendError::NoSuchItem(item))?;
        let (before, next) = (meta.modseq, edit.apply(&meta.state));
        if next == meta.state {
            return Ok(Edited { before, after: before });
        }
        (meta.state, meta.modseq) = (next, next_modseq);
        inner.modseq = next_modseq.0;
        Ok(Edited { before, after: next_modseq })
    }

    async fn delete(&self, _: MailboxId, folder: FolderId, items: &[ItemId]) -> Result<(), BackendError> {
        let mut inner = self.inner();
        for item in items {
            if inner.items.get(&item.0).is_some_and(|(m, ..)| m.folder == folder) {
                inner.items.remove(&item.0);
                let modseq = inner.tick().0;
                inner.gone.insert((folder.0, item.0), modseq);
            }
        }
        Ok(())
    }

    async fn move_item(
        &self,
        _: MailboxId,
        item: ItemId,
        source: FolderId,
        destination: FolderId,
    ) -> Result<Moved, BackendError> {
        let mut inner = self.inner();
        let (folder, before) = match inner.items.get(&item.0) {
            Some((meta, ..)) => (Some(meta.folder), meta.modseq),
            None => (None, Modseq(0)),
        };
        if folder == Some(destination) {
            return Ok(Moved::AlreadyThere);
        }
        if folder != Some(source) {
            return Err(BackendError::NoSuchItem(item));
        }
        let modseq = inner.tick();
        inner.gone.insert((source.0, item.0), modseq.0);
        inner.gone.remove(&(destination.0, item.0));
        let modseq = inner.tick();
        let (meta, ..) = inner.items.get_mut(&item.0).unwrap();
        (meta.folder, meta.modseq, meta.content_modseq) = (destination, modseq, modseq);
        Ok(Moved::Done { before })
    }

    async fn move_conversation(&self, _: MailboxId, _: [u8; 16], _: FolderId) -> Result<u64, BackendError> {
        Ok(0)
    }

    async fn empty_folder(&self, mailbox: MailboxId, folder: FolderId, _: bool) -> Result<(), BackendError> {
        let items: Vec<ItemId> = self.folder(folder).iter().map(|m| m.id).collect();
        self.delete(mailbox, folder, &items).await
    }
}
