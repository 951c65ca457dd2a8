//! What a device knows of the folder hierarchy: the two newest snapshots that it was told of, each
//! under the key that names it, and the difference between one of them and what is there now.
//!
//! A request with the newest key moves on. One with the key before it did not get its answer, and is
//! answered from the older snapshot, with the same key where nothing has happened since. Keys are
//! made by the caller, since they are random.

use serde::{Deserialize, Serialize};

use crate::folder::Folder;
use crate::id::FolderId;

/// The hierarchy as one device knows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hierarchy {
    current: Generation,
    previous: Option<Generation>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Generation {
    key: String,
    folders: Vec<Folder>,
}

/// The stored bytes are not a hierarchy. A device in that state starts again.
#[derive(Debug, thiserror::Error)]
#[error("the stored folder hierarchy of the device can't be read: {0}")]
pub struct BadHierarchy(#[from] serde_json::Error);

impl Hierarchy {
    /// A device that is told of everything: what it had before is still good for a request that
    /// comes instead of the one whose answer was lost.
    pub fn start(before: Option<Hierarchy>, folders: Vec<Folder>, key: String) -> Hierarchy {
        Hierarchy { current: Generation { key, folders }, previous: before.map(|before| before.current) }
    }

    /// Reads what [`Hierarchy::to_bytes`] wrote.
    pub fn from_bytes(bytes: &[u8]) -> Result<Hierarchy, BadHierarchy> {
        Ok(serde_json::from_slice(bytes)?)
    }

    /// For the store.
    pub fn to_bytes(&self) -> Result<Vec<u8>, BadHierarchy> {
        Ok(serde_json::to_vec(self)?)
    }

    /// The key of the last answer.
    pub fn key(&self) -> &str {
        &self.current.key
    }

    /// The folders that a device with this key knows; none where the key is not one of the last two.
    pub fn known(&self, key: &str) -> Option<&[Folder]> {
        self.generation(key).map(|generation| generation.folders.as_slice())
    }

    fn generation(&self, key: &str) -> Option<&Generation> {
        if self.current.key == key {
            return Some(&self.current);
        }
        self.previous.as_ref().filter(|previous| previous.key == key)
    }

    /// A device that had `from` is told of `folders`. Gives the key that it has then: a known one
    /// where a known snapshot says the same, else `fresh`. `from` must be a known key.
    pub fn advance(&mut self, from: &str, folders: Vec<Folder>, fresh: String) -> &str {
        let is_current = self.current.key == from;
        let stays = self.known(from).is_some_and(|known| known == folders);
        if stays {
            let kept = if is_current { Some(&self.current) } else { self.previous.as_ref() };
            return kept.map_or("", |generation| &generation.key);
        }
        if is_current {
            let next = Generation { key: fresh, folders };
            self.previous = Some(std::mem::replace(&mut self.current, next));
        } else if self.current.folders != folders {
            self.current = Generation { key: fresh, folders };
        }
        &self.current.key
    }
}

/// The difference between two states of the hierarchy.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Changes {
    /// Renamed, moved, or of another type.
    pub updates: Vec<Folder>,
    /// Gone.
    pub deletes: Vec<FolderId>,
    /// New, parents before children where `now` has them so.
    pub adds: Vec<Folder>,
}

impl Changes {
    /// What turns `known` into `now`.
    pub fn between(known: &[Folder], now: &[Folder]) -> Changes {
        let mut changes = Changes::default();
        for folder in now {
            match known.iter().find(|old| old.id == folder.id) {
                None => changes.adds.push(folder.clone()),
                Some(old) if old != folder => changes.updates.push(folder.clone()),
                Some(_) => {}
            }
        }
        let gone = known.iter().filter(|old| now.iter().all(|folder| folder.id != old.id));
        changes.deletes.extend(gone.map(|old| old.id));
        changes
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.updates.len() + self.deletes.len() + self.adds.len()
    }

    /// Nothing changed.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// `folders` with this one added, or in place of the one with its number.
pub fn with(folders: &[Folder], folder: Folder) -> Vec<Folder> {
    let mut next = without(folders, folder.id);
    match folders.iter().position(|old| old.id == folder.id) {
        Some(at) => next.insert(at, folder),
        None => next.push(folder),
    }
    next
}

/// `folders` without the one of this number.
pub fn without(folders: &[Folder], id: FolderId) -> Vec<Folder> {
    folders.iter().filter(|folder| folder.id != id).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::folder::FolderType;

    fn folder(id: u32, name: &str) -> Folder {
        Folder { id: FolderId(id), parent: None, name: name.into(), kind: FolderType::UserMail }
    }

    #[test]
    fn a_lost_answer_is_given_again() {
        let mut hierarchy = Hierarchy::start(None, vec![folder(1, "a")], "k1".into());
        let now = vec![folder(1, "a"), folder(2, "b")];
        assert_eq!(hierarchy.advance("k1", now.clone(), "k2".into()), "k2");
        // The answer with k2 was lost: the same again, under the same key.
        let changes = Changes::between(hierarchy.known("k1").unwrap(), &now);
        assert_eq!(changes.adds, [folder(2, "b")]);
        assert_eq!(hierarchy.advance("k1", now.clone(), "k3".into()), "k2");
        // Lost again, and more has come since: another key.
        let later = vec![folder(2, "b"), folder(3, "c")];
        assert_eq!(hierarchy.advance("k1", later.clone(), "k4".into()), "k4");
        assert!(hierarchy.known("k2").is_none());
        let changes = Changes::between(hierarchy.known("k1").unwrap(), &later);
        assert_eq!((changes.adds.len(), changes.deletes), (2, vec![FolderId(1)]));
        // k4 arrived: k1 is past once something else has happened.
        assert_eq!(hierarchy.advance("k4", later.clone(), "k5".into()), "k4");
        assert_eq!(hierarchy.advance("k4", Vec::new(), "k6".into()), "k6");
        assert!(hierarchy.known("k1").is_none());
    }

    #[test]
    fn nothing_new_keeps_the_key_even_the_older_one() {
        let mut hierarchy = Hierarchy::start(None, vec![folder(1, "a")], "k1".into());
        assert_eq!(hierarchy.advance("k1", vec![folder(1, "z")], "k2".into()), "k2");
        // Renamed back before the lost answer is asked for again.
        assert_eq!(hierarchy.advance("k1", vec![folder(1, "a")], "k3".into()), "k1");
        assert!(hierarchy.known("k2").is_some());
    }

    #[test]
    fn starting_again_leaves_the_last_key_good() {
        let first = Hierarchy::start(None, vec![folder(1, "a")], "k1".into());
        let second = Hierarchy::start(Some(first), vec![folder(1, "a")], "k2".into());
        assert!(second.known("k1").is_some() && second.known("k2").is_some());
        assert!(second.known("0").is_none());
    }

    #[test]
    fn bytes_come_back() {
        let hierarchy = Hierarchy::start(None, vec![folder(1, "a"), folder(2, "ü")], "k".into());
        assert_eq!(Hierarchy::from_bytes(&hierarchy.to_bytes().unwrap()).unwrap(), hierarchy);
        assert!(Hierarchy::from_bytes(b"{").is_err());
    }

    #[test]
    fn with_and_without() {
        let folders = [folder(1, "a"), folder(2, "b")];
        assert_eq!(with(&folders, folder(1, "z")), [folder(1, "z"), folder(2, "b")]);
        assert_eq!(with(&folders, folder(3, "c")).len(), 3);
        assert_eq!(without(&folders, FolderId(1)), [folder(2, "b")]);
    }

    proptest::proptest! {
        /// A device that applies the changes has what the server has.
        #[test]
        fn changes_lead_from_known_to_now(
            known in proptest::collection::btree_map(1u32..20, "[a-c]", 0..10),
            now in proptest::collection::btree_map(1u32..20, "[a-c]", 0..10),
        ) {
            let list = |map: &std::collections::BTreeMap<u32, String>| -> Vec<Folder> {
                map.iter().map(|(id, name)| folder(*id, name)).collect()
            };
            let (known, now) = (list(&known), list(&now));
            let changes = Changes::between(&known, &now);
            let mut device = known;
            for gone in &changes.deletes {
                device = without(&device, *gone);
            }
            for folder in changes.updates.iter().chain(&changes.adds) {
                device = with(&device, folder.clone());
            }
            device.sort_by_key(|folder| folder.id);
            proptest::prop_assert_eq!(device, now);
        }
    }
}
