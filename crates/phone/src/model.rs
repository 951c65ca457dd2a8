//! What a user sees on a phone, in a form that can be compared: with another phone of the same
//! mailbox, or with what a test knows to be there. Ids, keys and bodies' forms are left out, since
//! they differ from version to version and mean nothing to a user.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Serialize;

use crate::state::{State, StoredEmail};

/// One message as a user sees it in a list.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Shown {
    /// Subject.
    pub subject: String,
    /// Author.
    pub from: String,
    /// Whether it was read.
    pub read: bool,
    /// 1 flag completed, 2 flagged.
    pub flag: Option<u8>,
    /// Categories, sorted.
    pub categories: Vec<String>,
    /// Names of attachments, sorted.
    pub attachments: Vec<String>,
}

impl From<&StoredEmail> for Shown {
    fn from(email: &StoredEmail) -> Shown {
        let sorted = |mut list: Vec<String>| {
            list.sort();
            list
        };
        Shown {
            subject: email.subject.clone(),
            from: email.from.clone(),
            read: email.read,
            flag: email.flag.as_ref().map(|f| f.status),
            categories: sorted(email.categories.clone()),
            attachments: sorted(email.attachments.iter().map(|a| a.name.clone()).collect()),
        }
    }
}

/// Folders by their path, each with its messages, sorted; a message that is there twice stands twice.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct View(pub BTreeMap<String, Vec<Shown>>);

impl View {
    /// What a phone shows of the folders that it synchronises. Edits that the server has not agreed
    /// to are included.
    pub fn of(state: &State) -> View {
        let folders = state.collections.iter().map(|(id, collection)| {
            let mut list: Vec<Shown> = collection
                .items
                .keys()
                .filter_map(|item| collection.shown(item))
                .map(|email| Shown::from(&email))
                .collect();
            list.sort();
            (path(state, id), list)
        });
        View(folders.collect())
    }

    /// What `other` has more or less than this, one line each; empty if the two agree. Folders that
    /// only one of them has and that are empty are no difference.
    pub fn differences(&self, other: &View) -> Vec<String> {
        let mut lines = Vec::new();
        let none = Vec::new();
        let mut folders: Vec<&String> = self.0.keys().chain(other.0.keys()).collect();
        folders.sort();
        folders.dedup();
        for folder in folders {
            let here = self.0.get(folder).unwrap_or(&none);
            let there = other.0.get(folder).unwrap_or(&none);
            for (sign, message) in unmatched(here, there) {
                let mut line = format!("{sign} {folder}: ");
                // Writing into a string does not fail.
                let _ = write!(line, "{message:?}");
                lines.push(line);
            }
        }
        lines
    }
}

/// What stands in one of two sorted lists and not in the other: `-` here only, `+` there only.
fn unmatched<'a>(here: &'a [Shown], there: &'a [Shown]) -> Vec<(char, &'a Shown)> {
    let (mut here, mut there) = (here.iter().peekable(), there.iter().peekable());
    let mut found = Vec::new();
    loop {
        match (here.peek(), there.peek()) {
            (None, None) => return found,
            (Some(a), Some(b)) if a == b => {
                here.next();
                there.next();
            }
            (Some(a), b) if b.is_none_or(|b| *a < b) => found.extend(here.next().map(|m| ('-', m))),
            _ => found.extend(there.next().map(|m| ('+', m))),
        }
    }
}

/// Names of the folder and those above it, `Inbox/Work`. A ring of parents, which no server should
/// send, ends.
fn path(state: &State, id: &str) -> String {
    let mut names = Vec::new();
    let mut at = id;
    while let Some(folder) = state.folders.get(at)
        && names.len() < state.folders.len()
    {
        names.push(folder.name.as_str());
        at = &folder.parent_id;
    }
    names.reverse();
    if names.is_empty() { id.to_owned() } else { names.join("/") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::{Edit, Folder, FolderType};

    fn state(messages: &[(&str, &str, bool)]) -> State {
        let mut state = State::new("x");
        let folder = |id: &str, parent: &str, name: &str| Folder {
            server_id: id.into(),
            parent_id: parent.into(),
            name: name.into(),
            r#type: FolderType::USER_MAIL,
        };
        state.folders.insert("1".into(), folder("1", "0", "Inbox"));
        state.folders.insert("2".into(), folder("2", "1", "Work"));
        for (id, subject, read) in messages {
            let email = StoredEmail { subject: (*subject).into(), read: *read, ..StoredEmail::default() };
            state.collection_mut("2").items.insert((*id).into(), email);
        }
        state
    }

    #[test]
    fn ids_make_no_difference_and_doubles_do() {
        let one = state(&[("2:1", "a", true), ("2:2", "b", false)]);
        let two = state(&[("2:9", "b", false), ("2:10", "a", true)]);
        assert_eq!(View::of(&one).differences(&View::of(&two)), Vec::<String>::new());
        let three = state(&[("2:1", "a", true), ("2:2", "b", false), ("2:3", "b", false)]);
        let lines = View::of(&one).differences(&View::of(&three));
        assert!(lines.len() == 1 && lines[0].starts_with("+ Inbox/Work: "), "{lines:?}");
        assert_eq!(View::of(&three).differences(&View::of(&one)).len(), 1);
    }

    #[test]
    fn what_the_user_did_is_seen_at_once() {
        let mut one = state(&[("2:1", "a", false), ("2:2", "b", false)]);
        one.collection_mut("2").edit(Edit::Read { id: "2:1".into(), read: true });
        one.collection_mut("2").edit(Edit::Delete { id: "2:2".into() });
        let two = state(&[("5", "a", true)]);
        assert_eq!(View::of(&one), View::of(&two));
    }
}
