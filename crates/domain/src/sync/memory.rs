//! A mailbox in memory: the simplest thing that a [`Backend`] can be. For tests.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard};

use async_trait::async_trait;

use crate::backend::{Backend, BackendError, Batch, BatchOutcome, Change, DeliverTo, Edited, Moved};
use crate::backend::{Write, Written};
use crate::folder::{Class, Folder, FolderType};
use crate::id::{FolderId, ItemId, MailboxId, Modseq, Position};
use crate::item::{Edit, Item, ItemMeta, Marks, NewItem, Replacement, Shown};
use crate::search::text::SearchText;
use crate::search::{Found, Query};

#[derive(Default, Clone)]
struct Inner {
    modseq: u64,
    next_item: u32,
    items: BTreeMap<u32, (ItemMeta, Vec<u8>, Option<String>)>,
    uids: BTreeMap<u32, String>,
    once: BTreeSet<String>,
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

    fn append(&mut self, folder: FolderId, item: NewItem) -> ItemMeta {
        if let Some(origin) = &item.origin
            && let Some((meta, ..)) = self.items.values().find(|(.., o)| o.as_ref() == Some(origin))
        {
            return meta.clone();
        }
        let modseq = self.tick();
        self.next_item += 1;
        let meta = ItemMeta {
            id: ItemId(self.next_item),
            folder,
            modseq,
            content_modseq: modseq,
            received: item.index.sort,
            size: u32::try_from(item.content.len()).unwrap(),
            state: item.state,
            marks: Marks::all(modseq),
            conversation: item.conversation,
        };
        self.items.insert(meta.id.0, (meta.clone(), item.content, item.origin));
        self.uids.extend(item.index.uid.map(|uid| (meta.id.0, uid)));
        meta
    }

    fn edit(&mut self, folder: FolderId, item: ItemId, edit: &Edit) -> Result<Edited, BackendError> {
        let next_modseq = Modseq(self.modseq + 1);
        let found = self.items.get_mut(&item.0).filter(|(m, ..)| m.folder == folder);
        let (meta, ..) = found.ok_or(BackendError::NoSuchItem(item))?;
        let (before, next) = (meta.modseq, edit.apply(&meta.state));
        if next == meta.state {
            return Ok(Edited { before, after: before });
        }
        meta.marks = meta.marks.after(&meta.state, &next, next_modseq);
        (meta.state, meta.modseq) = (next, next_modseq);
        self.modseq = next_modseq.0;
        Ok(Edited { before, after: next_modseq })
    }

    fn replace(&mut self, folder: FolderId, item: ItemId, new: Replacement) -> Result<Edited, BackendError> {
        let next_modseq = Modseq(self.modseq + 1);
        let found = self.items.get_mut(&item.0).filter(|(m, ..)| m.folder == folder);
        let (meta, content, _) = found.ok_or(BackendError::NoSuchItem(item))?;
        let before = meta.modseq;
        if new.expected.is_some_and(|expected| expected != meta.content_modseq) {
            return Err(BackendError::Stale(item));
        }
        if *content == new.content {
            return Ok(Edited { before, after: before });
        }
        meta.size = u32::try_from(new.content.len()).unwrap();
        meta.received = new.index.sort;
        (meta.modseq, meta.content_modseq, *content) = (next_modseq, next_modseq, new.content);
        self.uids.remove(&item.0);
        self.uids.extend(new.index.uid.map(|uid| (item.0, uid)));
        self.modseq = next_modseq.0;
        Ok(Edited { before, after: next_modseq })
    }

    fn delete(&mut self, folder: FolderId, items: &[ItemId]) {
        for item in items {
            if self.items.get(&item.0).is_some_and(|(m, ..)| m.folder == folder) {
                self.items.remove(&item.0);
                self.uids.remove(&item.0);
                let modseq = self.tick().0;
                self.gone.insert((folder.0, item.0), modseq);
            }
        }
    }

    fn move_item(
        &mut self,
        item: ItemId,
        source: FolderId,
        destination: FolderId,
    ) -> Result<Moved, BackendError> {
        let (folder, before) = match self.items.get(&item.0) {
            Some((meta, ..)) => (Some(meta.folder), meta.modseq),
            None => (None, Modseq(0)),
        };
        if folder == Some(destination) {
            return Ok(Moved::AlreadyThere);
        }
        if folder != Some(source) {
            return Err(BackendError::NoSuchItem(item));
        }
        let modseq = self.tick();
        self.gone.insert((source.0, item.0), modseq.0);
        self.gone.remove(&(destination.0, item.0));
        let modseq = self.tick();
        let (meta, ..) = self.items.get_mut(&item.0).unwrap();
        (meta.folder, meta.modseq, meta.content_modseq) = (destination, modseq, modseq);
        Ok(Moved::Done { before })
    }

    fn write(&mut self, write: Write) -> Result<Written, BackendError> {
        Ok(match write {
            Write::Append { folder, item, .. } => {
                let folder = match folder {
                    DeliverTo::Default(kind) => FolderId(kind.number().into()),
                    DeliverTo::Folder(folder) => folder,
                };
                Written::Appended(self.append(folder, item))
            }
            Write::Replace { folder, item, replacement, .. } => {
                Written::Edited(self.replace(folder, item, replacement)?)
            }
            Write::Edit { folder, item, edit, .. } => {
                let lies = self.items.get(&item.0).map(|(meta, ..)| meta.folder);
                match (folder, lies) {
                    (None, None) => Written::Gone,
                    (None, Some(folder)) | (Some(folder), _) => {
                        Written::Edited(self.edit(folder, item, &edit)?)
                    }
                }
            }
            Write::Move { item, source, destination, .. } => {
                Written::Moved(self.move_item(item, source, destination)?)
            }
            Write::Delete { folder, items, .. } => {
                self.delete(folder, &items);
                Written::Deleted
            }
            Write::Send { .. } => Written::Queued,
        })
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
        shown: Shown,
    ) -> Result<u64, BackendError> {
        let all = self.older(mailbox, folder, before, floor, usize::MAX).await?;
        Ok(all.iter().filter(|meta| shown.includes(&meta.state, false)).count() as u64)
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
        Ok(self.inner().append(folder, item))
    }

    async fn edit(
        &self,
        _: MailboxId,
        folder: FolderId,
        item: ItemId,
        edit: &Edit,
    ) -> Result<Edited, BackendError> {
        self.inner().edit(folder, item, edit)
    }

    async fn replace(
        &self,
        _: MailboxId,
        folder: FolderId,
        item: ItemId,
        replacement: Replacement,
    ) -> Result<Edited, BackendError> {
        self.inner().replace(folder, item, replacement)
    }

    async fn by_uid(&self, _: MailboxId, uid: &str) -> Result<Vec<ItemMeta>, BackendError> {
        let inner = self.inner();
        let found = inner.uids.iter().filter(|(_, known)| *known == uid);
        Ok(found.filter_map(|(item, _)| inner.items.get(item)).map(|(meta, ..)| meta.clone()).collect())
    }

    async fn commit(&self, batch: Batch) -> Result<BatchOutcome, BackendError> {
        let mut inner = self.inner();
        let mut next = inner.clone();
        if batch.once.is_some_and(|once| !next.once.insert(once.key)) {
            return Ok(BatchOutcome::Duplicate);
        }
        let written = batch.writes.into_iter().map(|write| next.write(write)).collect::<Result<_, _>>()?;
        *inner = next;
        Ok(BatchOutcome::Done(written))
    }

    async fn delete(&self, _: MailboxId, folder: FolderId, items: &[ItemId]) -> Result<(), BackendError> {
        self.inner().delete(folder, items);
        Ok(())
    }

    async fn move_item(
        &self,
        _: MailboxId,
        item: ItemId,
        source: FolderId,
        destination: FolderId,
    ) -> Result<Moved, BackendError> {
        self.inner().move_item(item, source, destination)
    }

    async fn move_conversation(
        &self,
        _: MailboxId,
        _: [u8; 16],
        _: FolderId,
    ) -> Result<Option<u64>, BackendError> {
        Ok(None)
    }

    async fn search(&self, _: MailboxId, query: &Query) -> Result<Found, BackendError> {
        let inner = self.inner();
        let meets = |meta: &ItemMeta, content: &[u8]| {
            query.folders.contains(&meta.folder)
                && query.shown.includes(&meta.state, true)
                && query.after.is_none_or(|after| meta.received > after)
                && query.before.is_none_or(|before| meta.received < before)
                && query.conversation.is_none_or(|conversation| meta.conversation.id == conversation)
                && query.text.as_ref().is_none_or(|text| text.holds(&SearchText::of(Class::Email, content)))
        };
        let found = inner.items.values().filter(|(meta, content, _)| meets(meta, content));
        let mut items: Vec<ItemMeta> = found.map(|(meta, ..)| meta.clone()).collect();
        items.sort_by_key(|meta| std::cmp::Reverse(meta.position()));
        let total = u32::try_from(items.len()).unwrap().min(query.count_to);
        let page = items.into_iter().skip(query.skip as usize).take(query.limit as usize);
        Ok(Found { items: page.collect(), total })
    }

    async fn empty_folder(&self, mailbox: MailboxId, folder: FolderId, _: bool) -> Result<(), BackendError> {
        let items: Vec<ItemId> = self.folder(folder).iter().map(|m| m.id).collect();
        self.delete(mailbox, folder, &items).await
    }
}
