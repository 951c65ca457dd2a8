//! What a device in quarantine sees: the user's folders, all of them empty, and in the Inbox one message that
//! says why. It is a [`Backend`] of its own, so that every command that a quarantined device may use serves
//! from it without knowing, and nothing of the mailbox can slip through. Nothing is taken in.
//!
//! What the device holds of it is kept apart from what it holds of the mailbox
//! ([`super::context::Context::state_name`]). When it is released, its keys mean nothing any more, and it
//! begins its folders anew by itself.

use std::sync::Arc;

use async_trait::async_trait;
use fieldpost_domain::admission::DeviceAccess;
use fieldpost_domain::backend::{Backend, BackendError, Batch, BatchOutcome, Change, Edited, Moved};
use fieldpost_domain::device::Device;
use fieldpost_domain::folder::{Folder, FolderType};
use fieldpost_domain::item::{Edit, Item, ItemMeta, Marks, NewItem, Replacement, Shown};
use fieldpost_domain::search::{Found, Query};
use fieldpost_domain::{FolderId, ItemId, MailboxId, Modseq, Position};
use fieldpost_eas::command::CommandName;
use fieldpost_store::Account;

use crate::mail::notice::Notice;

/// The number of the one message; no mailbox gives it out.
const MESSAGE: ItemId = ItemId(u32::MAX);
/// Nothing ever changes.
const ALWAYS: Modseq = Modseq(1);

/// Whether a device in quarantine may use the command. The others are refused.
pub fn serves(command: CommandName) -> bool {
    matches!(
        command,
        CommandName::Provision
            | CommandName::Settings
            | CommandName::FolderSync
            | CommandName::GetHierarchy
            | CommandName::Sync
            | CommandName::GetItemEstimate
            | CommandName::Ping
    )
}

/// The words for a device in its user's language of choice: plain English.
fn text(account: &Account, device: &Device, access: &DeviceAccess, on_the_phone: bool) -> String {
    let model = device.information.model.as_deref().unwrap_or("not known");
    let where_is_it = match on_the_phone {
        true => {
            "Until then this phone shows your folders without what is in them, and what you write or change \
             here is not taken over. Nothing is lost: your mail goes on arriving in your mailbox, and your \
             phone will get it by itself as soon as it is released. There is nothing to set up again."
        }
        false => {
            "Until then that phone gets nothing of your mailbox but a message like this one. If it is not \
             yours, change your password and tell your administrator at once."
        }
    };
    format!(
        "A phone that synchronises with {} was put into quarantine: it has to be released by an \
         administrator.\n\n{where_is_it}\n\nWhat to tell your administrator:\n\
         Device type: {}\nModel: {model}\nDevice id: {}\nSince: {}\nReason: {}\n",
        account.address, device.device_type, device.device_id, access.since, access.because
    )
}

const SUBJECT: &str = "Your phone waits for an administrator's approval";

fn about(device: &Device, access: &DeviceAccess) -> String {
    format!("quarantine/{}/{}", device.device_id, access.since.as_millisecond())
}

/// The message in the user's mailbox, for reading elsewhere.
pub fn letter(account: &Account, device: &Device, access: &DeviceAccess) -> fieldpost_domain::backend::Write {
    let text = text(account, device, access, false);
    let about = about(device, access);
    let notice =
        Notice { to: &account.address, subject: SUBJECT, text: &text, about: &about, now: access.since };
    notice.delivery(MailboxId(account.id.0))
}

/// The room in which a device waits.
pub struct WaitingRoom {
    mailbox: Arc<dyn Backend>,
    inbox: FolderId,
    message: Item,
}

/// Why nothing is taken in. Told as trouble of ours, so that a phone keeps what it has.
#[derive(Debug, thiserror::Error)]
#[error("the device is in quarantine, and nothing is taken from it")]
struct Closed;

fn closed<T>() -> Result<T, BackendError> {
    Err(BackendError::Unavailable(Box::new(Closed)))
}

impl WaitingRoom {
    /// The room of a device in front of its account's mailbox.
    ///
    /// # Errors
    /// The mailbox can't be reached.
    pub async fn open(
        mailbox: Arc<dyn Backend>,
        account: &Account,
        device: &Device,
        access: &DeviceAccess,
    ) -> Result<WaitingRoom, BackendError> {
        let folders = mailbox.folders(MailboxId(account.id.0)).await?;
        let inbox = folders.iter().find(|folder| folder.kind == FolderType::Inbox);
        let inbox = inbox.map_or(FolderId(1), |folder| folder.id);
        let text = text(account, device, access, true);
        let about = format!("{}/phone", about(device, access));
        let notice =
            Notice { to: &account.address, subject: SUBJECT, text: &text, about: &about, now: access.since };
        let NewItem { content, index, state, conversation, .. } = notice.item();
        let meta = ItemMeta {
            id: MESSAGE,
            folder: inbox,
            modseq: ALWAYS,
            content_modseq: ALWAYS,
            received: index.sort,
            size: u32::try_from(content.len()).unwrap_or(u32::MAX),
            state,
            marks: Marks::all(ALWAYS),
            conversation,
        };
        Ok(WaitingRoom { mailbox, inbox, message: Item { meta, content } })
    }

    fn holds(&self, folder: FolderId, before: Position, floor: Position) -> bool {
        let place = self.message.meta.position();
        folder == self.inbox && place < before && place >= floor
    }
}

#[async_trait]
impl Backend for WaitingRoom {
    async fn folders(&self, mailbox: MailboxId) -> Result<Vec<Folder>, BackendError> {
        self.mailbox.folders(mailbox).await
    }

    async fn create_folder(
        &self,
        _: MailboxId,
        _: Option<FolderId>,
        _: &str,
        _: FolderType,
    ) -> Result<FolderId, BackendError> {
        closed()
    }

    async fn update_folder(
        &self,
        _: MailboxId,
        _: FolderId,
        _: Option<FolderId>,
        _: &str,
    ) -> Result<(), BackendError> {
        closed()
    }

    async fn delete_folder(&self, _: MailboxId, _: FolderId) -> Result<(), BackendError> {
        closed()
    }

    async fn modseq(&self, _: MailboxId) -> Result<Modseq, BackendError> {
        Ok(ALWAYS)
    }

    async fn changes(
        &self,
        _: MailboxId,
        folder: FolderId,
        since: Modseq,
        limit: usize,
    ) -> Result<Vec<Change>, BackendError> {
        let is_new = folder == self.inbox && since < ALWAYS && limit > 0;
        Ok(is_new.then(|| Change::Live(self.message.meta.clone())).into_iter().collect())
    }

    async fn older(
        &self,
        _: MailboxId,
        folder: FolderId,
        before: Position,
        floor: Position,
        limit: usize,
    ) -> Result<Vec<ItemMeta>, BackendError> {
        let shown = limit > 0 && self.holds(folder, before, floor);
        Ok(shown.then(|| self.message.meta.clone()).into_iter().collect())
    }

    async fn count(
        &self,
        _: MailboxId,
        folder: FolderId,
        before: Position,
        floor: Position,
        _: Shown,
    ) -> Result<u64, BackendError> {
        Ok(u64::from(self.holds(folder, before, floor)))
    }

    async fn metas(&self, _: MailboxId, items: &[ItemId]) -> Result<Vec<ItemMeta>, BackendError> {
        Ok(items.iter().filter(|item| **item == MESSAGE).map(|_| self.message.meta.clone()).collect())
    }

    async fn fetch(&self, _: MailboxId, items: &[ItemId]) -> Result<Vec<Item>, BackendError> {
        Ok(items.iter().filter(|item| **item == MESSAGE).map(|_| self.message.clone()).collect())
    }

    async fn append(&self, _: MailboxId, _: FolderId, _: NewItem) -> Result<ItemMeta, BackendError> {
        closed()
    }

    async fn edit(&self, _: MailboxId, _: FolderId, _: ItemId, _: &Edit) -> Result<Edited, BackendError> {
        closed()
    }

    async fn replace(
        &self,
        _: MailboxId,
        _: FolderId,
        _: ItemId,
        _: Replacement,
    ) -> Result<Edited, BackendError> {
        closed()
    }

    async fn by_uid(&self, _: MailboxId, _: &str) -> Result<Vec<ItemMeta>, BackendError> {
        Ok(Vec::new())
    }

    async fn commit(&self, _: Batch) -> Result<BatchOutcome, BackendError> {
        closed()
    }

    async fn delete(&self, _: MailboxId, _: FolderId, _: &[ItemId]) -> Result<(), BackendError> {
        closed()
    }

    async fn move_item(
        &self,
        _: MailboxId,
        _: ItemId,
        _: FolderId,
        _: FolderId,
    ) -> Result<Moved, BackendError> {
        closed()
    }

    async fn move_conversation(
        &self,
        _: MailboxId,
        _: [u8; 16],
        _: FolderId,
    ) -> Result<Option<u64>, BackendError> {
        closed()
    }

    async fn search(&self, _: MailboxId, _: &Query) -> Result<Found, BackendError> {
        closed()
    }

    async fn empty_folder(&self, _: MailboxId, _: FolderId, _: bool) -> Result<(), BackendError> {
        closed()
    }
}
