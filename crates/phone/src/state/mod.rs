//! What a phone knows: its folders, its collections, and the items in them. It is plain data that
//! can be compared with a server's, or written to a file and read again.
//!
//! The rules that a phone follows when an answer comes are here too, as functions without IO: an
//! `Add` of a known item replaces it, a `Delete` of an unknown one is nothing, a refused key empties
//! one collection and no more. See [`Collection`] and [`hierarchy`].

mod collection;
mod edit;
mod email;
mod held;
pub mod hierarchy;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use fieldpost_eas::item::{Contact, Event, Note, Task};

use crate::policy::HeldPolicy;

pub use collection::{Collection, Progress, SyncOptions};
pub use edit::Edit;
pub use email::{StoredAttachment, StoredBody, StoredEmail, StoredFlag};
pub use held::Held;
pub use hierarchy::{Folder, FolderType};

/// The key that begins every conversation about a collection or the hierarchy.
pub const FIRST_KEY: &str = "0";

/// Everything that a phone remembers of its server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// Key of the policy that the phone obeys; 0 before the first.
    pub policy_key: u32,
    /// What it holds of policies.
    #[serde(default)]
    pub policy: HeldPolicy,
    /// Key of the hierarchy, [`FIRST_KEY`] before the first FolderSync.
    pub hierarchy_key: String,
    /// Folders by their id.
    pub folders: BTreeMap<String, Folder>,
    /// Collections by their id, once they were synchronised.
    pub collections: BTreeMap<String, Collection>,
    /// What the last Ping said, so that an empty one may follow.
    pub last_ping: Option<LastPing>,
    /// Prefix of the client ids that this phone makes; differs from phone to phone.
    pub client_id_prefix: String,
    /// How many client ids were made.
    pub client_ids: u64,
}

/// Parameters of a Ping that the server has seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastPing {
    /// Seconds.
    pub heartbeat: u32,
    /// Folders watched.
    pub folders: Vec<String>,
}

impl State {
    /// A phone fresh from the shop, whose client ids begin with `client_id_prefix` (at most 24
    /// characters, since a ClientId has 40 at most, [MS-ASCMD] 2.2.3.28.2).
    pub fn new(client_id_prefix: impl Into<String>) -> State {
        let mut prefix: String = client_id_prefix.into();
        prefix.retain(|c| c.is_ascii_alphanumeric());
        prefix.truncate(24);
        State {
            policy_key: 0,
            policy: HeldPolicy::default(),
            hierarchy_key: FIRST_KEY.into(),
            folders: BTreeMap::new(),
            collections: BTreeMap::new(),
            last_ping: None,
            client_id_prefix: prefix,
            client_ids: 0,
        }
    }

    /// A client id that this phone has not used before.
    pub fn next_client_id(&mut self) -> String {
        self.client_ids += 1;
        format!("{}-{}", self.client_id_prefix, self.client_ids)
    }

    /// The collection, made empty where the phone has none yet.
    pub fn collection_mut(&mut self, id: &str) -> &mut Collection {
        self.collections.entry(id.to_owned()).or_default()
    }

    /// The items of a collection; none where the phone has no such collection.
    pub fn items(&self, id: &str) -> impl Iterator<Item = (&String, &StoredEmail)> {
        self.collections.get(id).into_iter().flat_map(|c| c.items.iter())
    }

    /// The items of a collection that are no mail.
    pub fn others(&self, id: &str) -> impl Iterator<Item = (&String, &Held)> {
        self.collections.get(id).into_iter().flat_map(|c| c.others.iter())
    }

    /// The events of a collection.
    pub fn events(&self, id: &str) -> impl Iterator<Item = (&String, &Event)> {
        self.others(id).filter_map(|(id, held)| Some((id, held.event()?)))
    }

    /// The contacts of a collection.
    pub fn contacts(&self, id: &str) -> impl Iterator<Item = (&String, &Contact)> {
        self.others(id).filter_map(|(id, held)| Some((id, held.contact()?)))
    }

    /// The tasks of a collection.
    pub fn tasks(&self, id: &str) -> impl Iterator<Item = (&String, &Task)> {
        self.others(id).filter_map(|(id, held)| Some((id, held.task()?)))
    }

    /// The notes of a collection.
    pub fn notes(&self, id: &str) -> impl Iterator<Item = (&String, &Note)> {
        self.others(id).filter_map(|(id, held)| Some((id, held.note()?)))
    }

    /// The id of the only folder of this type, say the Inbox.
    pub fn folder_of_type(&self, r#type: FolderType) -> Option<&str> {
        self.folders.values().find(|f| f.r#type == r#type).map(|f| f.server_id.as_str())
    }

    /// The first folder with this name.
    pub fn folder_named(&self, name: &str) -> Option<&Folder> {
        self.folders.values().find(|f| f.name == name)
    }

    /// Forgets all that came from the server, as a wiped phone does.
    pub fn wipe(&mut self) {
        *self = State { client_ids: self.client_ids, ..State::new(self.client_id_prefix.clone()) };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn client_ids_never_repeat_and_fit() {
        let mut state = State::new("a/b".repeat(40));
        let (one, two) = (state.next_client_id(), state.next_client_id());
        assert_ne!(one, two);
        state.wipe();
        let three = state.next_client_id();
        assert!(three != one && three != two && three.len() <= 40);
    }
}
