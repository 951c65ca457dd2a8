//! The folders of a phone, and how a FolderSync changes them ([MS-ASCMD] 2.2.1.5).

use serde::{Deserialize, Serialize};

use fieldpost_eas::command::folder_sync::{self, Changes};

use super::State;

/// The type of a folder ([MS-ASCMD] 2.2.3.186.3), as a number: servers may send new ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FolderType(pub u8);

impl FolderType {
    /// Generic folder that a user made.
    pub const USER_GENERIC: FolderType = FolderType(1);
    /// The Inbox.
    pub const INBOX: FolderType = FolderType(2);
    /// Drafts; phones do not synchronise it before 16.0 (MS-ASCMD_R5916).
    pub const DRAFTS: FolderType = FolderType(3);
    /// Deleted Items.
    pub const DELETED_ITEMS: FolderType = FolderType(4);
    /// Sent Items.
    pub const SENT_ITEMS: FolderType = FolderType(5);
    /// Outbox.
    pub const OUTBOX: FolderType = FolderType(6);
    /// Tasks.
    pub const TASKS: FolderType = FolderType(7);
    /// Calendar.
    pub const CALENDAR: FolderType = FolderType(8);
    /// Contacts.
    pub const CONTACTS: FolderType = FolderType(9);
    /// Notes (14.0).
    pub const NOTES: FolderType = FolderType(10);
    /// Recipient information cache (14.0).
    pub const RECIPIENT_CACHE: FolderType = FolderType(19);
    /// Mail folder that a user made.
    pub const USER_MAIL: FolderType = FolderType(12);

    /// Whether messages live in it.
    pub fn holds_mail(self) -> bool {
        matches!(self.0, 2..=6 | 12)
    }

    /// The class of its items, as 2.5 and 12.x name it; `None` where no class is known.
    pub fn class(self) -> Option<&'static str> {
        Some(match self.0 {
            2..=6 | 12 => "Email",
            7 | 15 => "Tasks",
            8 | 13 => "Calendar",
            9 | 14 | 19 => "Contacts",
            10 | 17 => "Notes",
            _ => return None,
        })
    }
}

/// A folder as the phone knows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Folder {
    /// The server's id of it.
    pub server_id: String,
    /// The folder that it lies in, `0` for the root.
    pub parent_id: String,
    /// Its name.
    pub name: String,
    /// Its type.
    pub r#type: FolderType,
}

impl From<folder_sync::Folder> for Folder {
    fn from(f: folder_sync::Folder) -> Folder {
        Folder {
            server_id: f.server_id,
            parent_id: f.parent_id,
            name: f.display_name,
            r#type: FolderType(f.r#type),
        }
    }
}

/// How many folders a FolderSync added, changed and removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct HierarchyProgress {
    /// New to the phone.
    pub added: usize,
    /// Renamed, moved, or sent again.
    pub updated: usize,
    /// Gone, with their items.
    pub deleted: usize,
}

impl State {
    /// Takes the changes of a FolderSync that was asked with `asked`. With the first key the answer
    /// is the whole hierarchy: folders that it does not name are gone, and their collections with
    /// them; the keys of all others stay valid.
    pub fn apply_hierarchy(&mut self, asked: &str, key: String, changes: Changes) -> HierarchyProgress {
        let mut progress = HierarchyProgress::default();
        if asked == super::FIRST_KEY {
            let named = |id: &String| changes.adds.iter().any(|f| &f.server_id == id);
            let gone: Vec<String> = self.folders.keys().filter(|id| !named(id)).cloned().collect();
            for id in gone {
                self.forget_folder(&id);
                progress.deleted += 1;
            }
        }
        for deleted in changes.deletes {
            if self.forget_folder(&deleted.server_id) {
                progress.deleted += 1;
            }
        }
        for folder in changes.adds.into_iter().chain(changes.updates) {
            match self.folders.insert(folder.server_id.clone(), folder.into()) {
                Some(_) => progress.updated += 1,
                None => progress.added += 1,
            }
        }
        self.hierarchy_key = key;
        progress
    }

    /// Drops a folder, what lies in it, and its items. Returns whether the phone had it.
    pub fn forget_folder(&mut self, id: &str) -> bool {
        let known = self.folders.remove(id).is_some();
        self.collections.remove(id);
        if known {
            let inner = |f: &&Folder| f.parent_id == id;
            let inner: Vec<String> =
                self.folders.values().filter(inner).map(|f| f.server_id.clone()).collect();
            for id in inner {
                self.forget_folder(&id);
            }
        }
        known
    }

    /// The key was refused: ask for everything next time. Folders stay until the answer comes.
    pub fn restart_hierarchy(&mut self) {
        self.hierarchy_key = super::FIRST_KEY.into();
    }

    /// Mail folders that this version of the protocol synchronises, Inbox first.
    pub fn mail_folders(&self, version: fieldpost_eas::Version) -> Vec<&Folder> {
        let drafts = version >= fieldpost_eas::Version::V16_0;
        let wanted = |f: &&Folder| {
            f.r#type.holds_mail()
                && f.r#type != FolderType::OUTBOX
                && (drafts || f.r#type != FolderType::DRAFTS)
        };
        let mut list: Vec<&Folder> = self.folders.values().filter(wanted).collect();
        list.sort_by_key(|f| (f.r#type.0, f.server_id.len(), f.server_id.clone()));
        list
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(id: &str, parent: &str, r#type: u8) -> folder_sync::Folder {
        folder_sync::Folder {
            server_id: id.into(),
            parent_id: parent.into(),
            display_name: format!("folder {id}"),
            r#type,
        }
    }

    fn adds(adds: Vec<folder_sync::Folder>) -> Changes {
        Changes { adds, ..Changes::default() }
    }

    #[test]
    fn a_full_answer_drops_what_it_does_not_name_and_keeps_other_keys() {
        let mut state = State::new("x");
        state.apply_hierarchy("0", "1".into(), adds(vec![folder("1", "0", 2), folder("9", "0", 12)]));
        state.collection_mut("1").sync_key = "7".into();
        state.collection_mut("9").sync_key = "8".into();
        let progress = state.apply_hierarchy("0", "2".into(), adds(vec![folder("1", "0", 2)]));
        assert_eq!(progress, HierarchyProgress { added: 0, updated: 1, deleted: 1 });
        assert_eq!(state.collections.keys().collect::<Vec<_>>(), ["1"]);
        assert_eq!(state.collections["1"].sync_key, "7");
    }

    #[test]
    fn a_deleted_folder_takes_its_subfolders_along() {
        let mut state = State::new("x");
        let all = vec![folder("1", "0", 12), folder("2", "1", 12), folder("3", "2", 12)];
        state.apply_hierarchy("0", "1".into(), adds(all));
        let deletes = vec![folder_sync::Deleted { server_id: "1".into() }];
        state.apply_hierarchy("1", "2".into(), Changes { deletes, ..Changes::default() });
        assert!(state.folders.is_empty());
    }

    #[test]
    fn drafts_wait_for_16() {
        let mut state = State::new("x");
        let all = vec![folder("5", "0", 12), folder("1", "0", 2), folder("2", "0", 3), folder("6", "0", 6)];
        state.apply_hierarchy("0", "1".into(), adds(all));
        let ids = |v| state.mail_folders(v).iter().map(|f| f.server_id.clone()).collect::<Vec<_>>();
        assert_eq!(ids(fieldpost_eas::Version::V14_1), ["1", "5"]);
        assert_eq!(ids(fieldpost_eas::Version::V16_0), ["1", "2", "5"]);
    }
}
