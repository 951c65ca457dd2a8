//! What a user does to one item, said to the server at once: each method is an edit and the Syncs that
//! carry it, and returns what the server made of it.
//!
//! For an edit that waits, as a phone without network has them, see
//! [`crate::state::Collection::edit`].

use jiff::Timestamp;

use fieldpost_eas::command::CommandName;
use fieldpost_eas::item::Item;
use fieldpost_eas::version::Version;

use crate::error::PhoneError;
use crate::phone::Phone;
use crate::state::{Edit, Held};

/// Most Syncs that one edit takes.
const MAX_ROUNDS: usize = 1000;

/// An item that the server took.
#[derive(Debug, Clone, PartialEq)]
pub struct Added {
    /// The server's id of it.
    pub server_id: String,
    /// What the server set itself (16.0): UID, references of attachments.
    pub set: Option<Item>,
}

impl Phone {
    /// Adds an item to a folder.
    ///
    /// # Errors
    /// [`PhoneError::Status`] with the status of the item where the server refused it.
    pub async fn add(&mut self, folder: &str, item: Item) -> Result<Added, PhoneError> {
        self.add_as(folder, item, None, false).await
    }

    /// Adds an item to a folder whose class is another one (`SMS`, 14.0), or a draft that is sent at
    /// once (16.0).
    pub async fn add_as(
        &mut self,
        folder: &str,
        item: Item,
        class: Option<&str>,
        send: bool,
    ) -> Result<Added, PhoneError> {
        let client_id = self.state.next_client_id();
        let class = class.map(str::to_owned);
        let edit = Edit::Add { client_id, class, item: Held(item), send };
        let (server_id, set) = self.edit_now(folder, edit).await?;
        Ok(Added { server_id: server_id.unwrap_or_default(), set })
    }

    /// Changes an item. What `change` lacks goes away or stays by the rules of the version and of
    /// `Supported`; the phone keeps it in its own memory. Returns what the server set itself (16.0).
    pub async fn change(&mut self, folder: &str, id: &str, change: Item) -> Result<Option<Item>, PhoneError> {
        let item = Some(Held(change));
        let edit = Edit::Change { id: id.into(), instance: None, item, send: false };
        Ok(self.edit_now(folder, edit).await?.1)
    }

    /// Changes one occurrence of a series (16.0), named by the start that the series gives it.
    pub async fn change_instance(
        &mut self,
        folder: &str,
        id: &str,
        instance: Timestamp,
        change: Item,
    ) -> Result<Option<Item>, PhoneError> {
        self.since(Version::V16_0, "a change of one occurrence")?;
        let item = Some(Held(change));
        let edit = Edit::Change { id: id.into(), instance: Some(instance), item, send: false };
        Ok(self.edit_now(folder, edit).await?.1)
    }

    /// Sends a draft (16.0), with a last change or as it is.
    pub async fn send_draft(
        &mut self,
        folder: &str,
        id: &str,
        change: Option<Item>,
    ) -> Result<(), PhoneError> {
        self.since(Version::V16_0, "a draft that is sent")?;
        let item = change.map(Held);
        let edit = Edit::Change { id: id.into(), instance: None, item, send: true };
        self.edit_now(folder, edit).await.map(drop)
    }

    /// Deletes an item.
    pub async fn delete(&mut self, folder: &str, id: &str) -> Result<(), PhoneError> {
        self.edit_now(folder, Edit::Delete { id: id.into() }).await.map(drop)
    }

    /// Deletes one occurrence of a series (16.0), named by the start that the series gives it.
    pub async fn delete_instance(
        &mut self,
        folder: &str,
        id: &str,
        instance: Timestamp,
    ) -> Result<(), PhoneError> {
        self.since(Version::V16_0, "a deletion of one occurrence")?;
        self.edit_now(folder, Edit::DeleteInstance { id: id.into(), instance }).await.map(drop)
    }

    /// Notes an edit and synchronises the folder until the server has said what it makes of it: the
    /// id of a new item, and what the server set.
    async fn edit_now(
        &mut self,
        folder: &str,
        edit: Edit,
    ) -> Result<(Option<String>, Option<Item>), PhoneError> {
        let command = CommandName::Sync;
        self.state.collection_mut(folder).edit(edit.clone());
        for _ in 0..MAX_ROUNDS {
            let outcome = self.sync(&[folder]).await?;
            if outcome.hierarchy_changed {
                return Err(PhoneError::Status { command, status: 12 });
            }
            if let Some((_, status)) = outcome.failed.iter().find(|(id, _)| id == folder) {
                return Err(PhoneError::Status { command, status: *status });
            }
            let collection = self.state.collection_mut(folder);
            if collection.pending_edits().any(|pending| *pending == edit) {
                continue;
            }
            let progress = outcome.collections.get(folder);
            let refused = progress.and_then(|p| p.refused.iter().find(|(refused, _)| *refused == edit));
            if let Some((_, status)) = refused {
                return Err(PhoneError::Status { command, status: *status });
            }
            let created = |(client_id, _): &&(String, String)| Some(client_id.as_str()) == edit.client_id();
            let created = progress.and_then(|p| p.created.iter().find(created)).map(|(_, id)| id.clone());
            let id = created.as_deref().or(edit.server_id());
            let set = progress.and_then(|p| p.completed.iter().find(|(set, _)| Some(set.as_str()) == id));
            let set = set.map(|(_, held)| held.0.clone());
            return Ok((created, set));
        }
        Err(PhoneError::Incomplete { command, what: "an end of its items" })
    }

    /// Refuses what this version does not have.
    pub(crate) fn since(&self, first: Version, what: &'static str) -> Result<(), PhoneError> {
        match self.version() {
            version if version < first => Err(PhoneError::NotInVersion { what, version }),
            _ => Ok(()),
        }
    }
}
