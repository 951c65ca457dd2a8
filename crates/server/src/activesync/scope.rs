//! Which folders a search looks in, and how long it may take. Shared by Search and Find.

use std::time::Duration;

use fieldpost_domain::FolderId;
use fieldpost_domain::folder::{Class, Folder};
use fieldpost_domain::search::{Found, Query};

use super::context::Context;
use super::fault::Fault;

/// How long a search may take before the phone is told that a narrower one may do.
const PATIENCE: Duration = Duration::from_secs(20);
/// How a phone names the root of all folders.
const ROOT: &str = "0";

/// A folder was named that does not exist: the phone has to synchronise its folders.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoSuchFolder;

/// The folders to look in: those named, with those below them where `deep`, or all where none is named; of
/// these, those that hold one of the classes.
pub fn folders(
    known: &[Folder],
    named: &[String],
    deep: bool,
    classes: &[Class],
) -> Result<Vec<FolderId>, NoSuchFolder> {
    let mut chosen: Vec<&Folder> = Vec::new();
    if named.is_empty() || (deep && named.iter().any(|name| name == ROOT)) {
        chosen.extend(known);
    } else {
        for name in named.iter().filter(|name| *name != ROOT) {
            chosen.push(known.iter().find(|folder| folder.id.to_string() == *name).ok_or(NoSuchFolder)?);
        }
    }
    if deep {
        // Parents stand before their children, so one pass finds all that are below.
        for folder in known {
            let below = chosen.iter().any(|above| Some(above.id) == folder.parent);
            if below && !chosen.iter().any(|known| known.id == folder.id) {
                chosen.push(folder);
            }
        }
    }
    Ok(chosen
        .iter()
        .filter(|folder| classes.contains(&folder.kind.class()))
        .map(|folder| folder.id)
        .collect())
}

/// What is found; none where it takes too long.
pub async fn search(cx: &Context, query: &Query) -> Result<Option<Found>, Fault> {
    match tokio::time::timeout(PATIENCE, cx.backend.search(cx.mailbox, query)).await {
        Ok(found) => Ok(Some(found?)),
        Err(_) => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    use fieldpost_domain::folder::FolderType;

    use super::*;

    #[test]
    fn folders_are_those_named_and_those_below() {
        let folder = |id, parent: Option<u32>, kind| Folder {
            id: FolderId(id),
            parent: parent.map(FolderId),
            name: id.to_string(),
            kind,
        };
        let known = [
            folder(1, None, FolderType::Inbox),
            folder(2, Some(1), FolderType::UserMail),
            folder(3, Some(2), FolderType::UserMail),
            folder(4, None, FolderType::Calendar),
        ];
        let chosen = |named: &[&str], deep, classes: &[Class]| {
            let named: Vec<String> = named.iter().map(|name| (*name).to_owned()).collect();
            let chosen = folders(&known, &named, deep, classes);
            chosen.map(|all| all.iter().map(|id| id.0).collect::<Vec<_>>())
        };
        let both = [Class::Email, Class::Calendar];
        assert_eq!(chosen(&[], false, &both), Ok(vec![1, 2, 3, 4]));
        assert_eq!(chosen(&[], true, &[Class::Email]), Ok(vec![1, 2, 3]));
        assert_eq!(chosen(&["1"], false, &both), Ok(vec![1]));
        assert_eq!(chosen(&["1"], true, &both), Ok(vec![1, 2, 3]));
        assert_eq!(chosen(&["0"], true, &both), Ok(vec![1, 2, 3, 4]));
        assert_eq!(chosen(&["0"], false, &both), Ok(vec![]));
        assert_eq!(chosen(&["4"], true, &[Class::Email]), Ok(vec![]));
        assert_eq!(chosen(&["9"], true, &both), Err(NoSuchFolder));
    }
}
