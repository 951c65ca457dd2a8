//! A desk on which events of several mailboxes are changed, one message after the other, before all is
//! written at once.

use std::collections::HashMap;

use fieldpost_domain::backend::{DeliverTo, Write};
use fieldpost_domain::folder::{Class, Folder, FolderType};
use fieldpost_domain::item::{Conversation, ItemMeta, MailState, NewItem, Replacement};
use fieldpost_domain::{BackendError, FolderId, MailboxId, index};
use jiff::Timestamp;

use crate::App;

/// One event, as it is and as it is going to be.
#[derive(Debug, Default)]
struct Held {
    /// Where it is stored; none: nowhere yet.
    stored: Option<ItemMeta>,
    /// Its bytes now.
    content: Option<Vec<u8>>,
    changed: bool,
}

/// Events that are worked on.
pub struct Desk<'a> {
    app: &'a App,
    now: Timestamp,
    held: HashMap<(MailboxId, String), Held>,
    /// In the order in which they were taken up, so that writes come in one order, too.
    order: Vec<(MailboxId, String)>,
    folders: HashMap<MailboxId, Vec<Folder>>,
}

impl<'a> Desk<'a> {
    /// An empty one.
    pub fn new(app: &'a App, now: Timestamp) -> Desk<'a> {
        Desk { app, now, held: HashMap::new(), order: Vec::new(), folders: HashMap::new() }
    }

    /// The server.
    pub fn app(&self) -> &'a App {
        self.app
    }

    /// When.
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// The event of a UID, with what was done to it here.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn event(&mut self, mailbox: MailboxId, uid: &str) -> Result<Option<&[u8]>, BackendError> {
        let key = (mailbox, uid.to_owned());
        if !self.held.contains_key(&key) {
            let held = self.load(mailbox, uid).await?;
            self.order.push(key.clone());
            self.held.insert(key.clone(), held);
        }
        Ok(self.held.get(&key).and_then(|held| held.content.as_deref()))
    }

    /// Where the event of a UID is stored.
    ///
    /// # Errors
    /// As [`Desk::event`].
    pub async fn place(&mut self, mailbox: MailboxId, uid: &str) -> Result<Option<&ItemMeta>, BackendError> {
        self.event(mailbox, uid).await?;
        Ok(self.held.get(&(mailbox, uid.to_owned())).and_then(|held| held.stored.as_ref()))
    }

    /// Gives the event other bytes.
    pub fn put(&mut self, mailbox: MailboxId, uid: &str, content: Vec<u8>) {
        let key = (mailbox, uid.to_owned());
        if !self.held.contains_key(&key) {
            self.order.push(key.clone());
        }
        let held = self.held.entry(key).or_default();
        held.changed |= held.content.as_ref() != Some(&content);
        held.content = Some(content);
    }

    async fn load(&mut self, mailbox: MailboxId, uid: &str) -> Result<Held, BackendError> {
        let found = self.app.backend.by_uid(mailbox, uid).await?;
        if found.is_empty() {
            return Ok(Held::default());
        }
        let folders = self.folders(mailbox).await?;
        let is_calendar = |id: FolderId| {
            folders.iter().any(|folder| folder.id == id && folder.kind.class() == Class::Calendar)
        };
        let Some(meta) = found.into_iter().find(|meta| is_calendar(meta.folder)) else {
            return Ok(Held::default());
        };
        let item = self.app.backend.fetch(mailbox, &[meta.id]).await?.pop();
        // One that went meanwhile is not there.
        Ok(item.map_or_else(Held::default, |item| Held {
            stored: Some(item.meta),
            content: Some(item.content),
            changed: false,
        }))
    }

    /// A mailbox's folders.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn folders(&mut self, mailbox: MailboxId) -> Result<&[Folder], BackendError> {
        if !self.folders.contains_key(&mailbox) {
            let folders = self.app.backend.folders(mailbox).await?;
            self.folders.insert(mailbox, folders);
        }
        Ok(self.folders.get(&mailbox).map(Vec::as_slice).unwrap_or_default())
    }

    /// What has to be written.
    pub fn into_writes(mut self) -> Vec<Write> {
        let mut writes = Vec::new();
        for key in std::mem::take(&mut self.order) {
            let Some(Held { stored, content: Some(content), changed: true }) = self.held.remove(&key) else {
                continue;
            };
            let mailbox = key.0;
            writes.push(match stored {
                Some(meta) => replace(mailbox, &meta, content, self.now),
                None => append(mailbox, content, self.now),
            });
        }
        writes
    }
}

/// Puts a new event into the calendar.
pub fn append(mailbox: MailboxId, content: Vec<u8>, now: Timestamp) -> Write {
    let index = index::of(Class::Calendar, &content, now.as_millisecond());
    let item = NewItem {
        content,
        index,
        state: MailState::default(),
        conversation: Conversation::default(),
        origin: None,
    };
    Write::Append { mailbox, folder: DeliverTo::Default(FolderType::Calendar), item }
}

/// Gives an event other bytes, unless somebody else did meanwhile.
pub fn replace(mailbox: MailboxId, meta: &ItemMeta, content: Vec<u8>, now: Timestamp) -> Write {
    let index = index::of(Class::Calendar, &content, now.as_millisecond());
    let replacement = Replacement { content, index, expected: Some(meta.content_modseq) };
    Write::Replace { mailbox, folder: meta.folder, item: meta.id, replacement }
}
