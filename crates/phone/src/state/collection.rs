//! One collection on the phone: its key, its items, what the user did to them, and how the answer
//! of a Sync changes all that ([MS-ASCMD] 2.2.1.21).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use fieldpost_eas::command::sync::{request, response};
use fieldpost_eas::item::Item;

use super::{Edit, FIRST_KEY, Held, StoredEmail};

/// Most commands of a phone in one request ([MS-ASCMD] 3.1.5.10).
pub const MAX_COMMANDS: usize = 200;

/// A collection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Collection {
    /// The key to ask with next; [`FIRST_KEY`] at the beginning and after a refused key.
    pub sync_key: String,
    /// How the phone wants its items.
    pub options: SyncOptions,
    /// The messages as the server last said, or agreed to, by their server id.
    pub items: BTreeMap<String, StoredEmail>,
    /// Items that are no mail, likewise. A change from the server replaces one as a whole, since
    /// servers send these classes whole.
    #[serde(default)]
    pub others: BTreeMap<String, Held>,
    /// What the user did and no request has carried yet.
    pub outbox: Vec<Edit>,
    /// What the request on its way carries. It goes back to the outbox when the key is refused.
    pub in_flight: Vec<Edit>,
    /// The items are not complete: since the first key, or by the server's word.
    pub more_available: bool,
}

impl Default for Collection {
    fn default() -> Self {
        Collection {
            sync_key: FIRST_KEY.into(),
            options: SyncOptions::default(),
            items: BTreeMap::new(),
            others: BTreeMap::new(),
            outbox: Vec::new(),
            in_flight: Vec::new(),
            more_available: true,
        }
    }
}

/// How a phone wants the items of a collection. Each version says it in its own way; see
/// [`crate::command::sync`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyncOptions {
    /// Age of the oldest messages, 0 (all) to 5 (a month); `None` says nothing, which means all.
    pub filter: Option<u8>,
    /// Most changes in one answer, 1 to 512; `None` means 100.
    pub window: Option<u32>,
    /// Form of bodies: 1 text, 2 HTML, 4 MIME.
    pub body_type: u8,
    /// Most bytes of a body; `None` takes all of it.
    pub truncation: Option<u32>,
    /// Rather no body than a cut one (12.0).
    pub all_or_none: bool,
    /// Characters of preview, 1 to 255 (14.0).
    pub preview: Option<u32>,
    /// Deletions go to Deleted Items; `None` says nothing, which means yes.
    pub deletes_as_moves: Option<bool>,
    /// Who wins a conflict: 0 the phone, 1 the server; `None` means the server.
    pub conflict: Option<u8>,
    /// Whole conversations count in the filter (14.0).
    pub conversation_mode: Option<bool>,
    /// The properties that the phone manages, like `Contacts:JobTitle`, said with the first key: all
    /// others stay when a change lacks them. `None` says nothing: then none stays
    /// ([MS-ASCMD] 2.2.3.179).
    #[serde(default)]
    pub supported: Option<Vec<String>>,
    /// Most recipients of the recipient information cache (14.0).
    #[serde(default)]
    pub max_items: Option<u32>,
    /// Text messages are wanted beside mail (14.0).
    #[serde(default)]
    pub sms: bool,
}

impl Default for SyncOptions {
    /// As a phone's mail app asks: everything, HTML cut at 32 KiB, 100 at a time.
    fn default() -> Self {
        SyncOptions {
            filter: Some(0),
            window: Some(100),
            body_type: 2,
            truncation: Some(32 << 10),
            all_or_none: false,
            preview: None,
            deletes_as_moves: None,
            conflict: None,
            conversation_mode: None,
            supported: None,
            max_items: None,
            sms: false,
        }
    }
}

/// What one answer did to a collection.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Progress {
    /// Ids of messages new to the phone, in the order in which they came.
    pub added: Vec<String>,
    /// Ids of messages that were added although the phone had them.
    pub replaced: Vec<String>,
    /// Ids of changed messages.
    pub changed: Vec<String>,
    /// Ids of messages deleted on the server.
    pub deleted: Vec<String>,
    /// Ids of messages that fell out of the filter.
    pub soft_deleted: Vec<String>,
    /// Ids of messages fetched whole.
    pub fetched: Vec<String>,
    /// Items that cannot be read, each with the reason; the phone passes over them.
    pub unreadable: Vec<(String, String)>,
    /// Changes and deletions of messages that the phone does not have; it passes over them.
    pub unknown: usize,
    /// The phone's changes that the server took.
    pub accepted: usize,
    /// The phone's changes that the server refused, each with its status.
    pub refused: Vec<(Edit, u8)>,
    /// New items that the server took: client id and server id.
    pub created: Vec<(String, String)>,
    /// What the server set in items that the phone added or changed (16.0), by their server id.
    pub completed: Vec<(String, Held)>,
    /// The server has more.
    pub more_available: bool,
}

impl Progress {
    /// Whether the answer brought anything from the server.
    pub fn is_empty(&self) -> bool {
        self.incoming() == 0 && !self.more_available
    }

    /// How many changes came from the server.
    pub fn incoming(&self) -> usize {
        self.added.len()
            + self.replaced.len()
            + self.changed.len()
            + self.deleted.len()
            + self.soft_deleted.len()
            + self.unknown
    }

    /// Adds what a later answer did.
    pub fn extend(&mut self, later: Progress) {
        self.added.extend(later.added);
        self.replaced.extend(later.replaced);
        self.changed.extend(later.changed);
        self.deleted.extend(later.deleted);
        self.soft_deleted.extend(later.soft_deleted);
        self.fetched.extend(later.fetched);
        self.unreadable.extend(later.unreadable);
        self.unknown += later.unknown;
        self.accepted += later.accepted;
        self.refused.extend(later.refused);
        self.created.extend(later.created);
        self.completed.extend(later.completed);
        self.more_available = later.more_available;
    }
}

impl Collection {
    /// Whether the next request is the first one of this collection.
    pub fn is_first(&self) -> bool {
        self.sync_key == FIRST_KEY
    }

    /// Notes what the user did. The phone shows it at once, see [`Collection::shown`]; the server
    /// hears of it with the next Sync.
    pub fn edit(&mut self, edit: Edit) {
        self.outbox.push(edit);
    }

    /// Edits that the server has not agreed to yet.
    pub fn pending_edits(&self) -> impl Iterator<Item = &Edit> {
        self.in_flight.iter().chain(&self.outbox)
    }

    /// The message as the user sees it, with all that the user did; `None` if there is none, or the
    /// user deleted it.
    pub fn shown(&self, id: &str) -> Option<StoredEmail> {
        let mut email = self.items.get(id)?.clone();
        for edit in self.pending_edits().filter(|e| e.server_id() == Some(id)) {
            if matches!(edit, Edit::Delete { .. }) {
                return None;
            }
            edit.show(&mut email);
        }
        Some(email)
    }

    /// The item that is no mail as the user sees it, like [`Collection::shown`].
    pub fn shown_other(&self, id: &str) -> Option<Held> {
        let mut held = self.others.get(id)?.clone();
        for edit in self.pending_edits().filter(|e| e.server_id() == Some(id)) {
            if matches!(edit, Edit::Delete { .. }) {
                return None;
            }
            edit.show_other(&mut held);
        }
        Some(held)
    }

    /// Puts an item in place. Returns whether there was one.
    fn put(&mut self, id: String, item: Item) -> bool {
        match item {
            Item::Email(_) => self.items.insert(id, StoredEmail::from_item(item)).is_some(),
            other => self.others.insert(id, Held(other)).is_some(),
        }
    }

    /// Takes an item away. Returns whether there was one.
    fn remove(&mut self, id: &str) -> bool {
        let mail = self.items.remove(id).is_some();
        self.others.remove(id).is_some() || mail
    }

    /// Moves edits from the outbox into the request that is being made. None go with the first key,
    /// nor before the phone has all items again: until then it cannot tell which of them still exist.
    pub fn take_commands(&mut self) -> Vec<request::Command> {
        if self.is_first() || self.more_available || !self.in_flight.is_empty() {
            return Vec::new();
        }
        let (items, others) = (&self.items, &self.others);
        self.outbox.retain(|edit| match edit {
            Edit::Delete { .. } | Edit::AddDraft { .. } | Edit::Add { .. } => true,
            other => other.server_id().is_some_and(|id| items.contains_key(id) || others.contains_key(id)),
        });
        let n = self.outbox.len().min(MAX_COMMANDS);
        self.in_flight = self.outbox.drain(..n).collect();
        self.in_flight.iter().map(Edit::to_command).collect()
    }

    /// The server refused the key (status 3): begin again, without items. What the user did is kept.
    pub fn restart(&mut self) {
        self.recall();
        self.sync_key = FIRST_KEY.into();
        self.items.clear();
        self.others.clear();
        self.more_available = true;
    }

    /// The request on its way will never be answered as it stands: its edits wait again.
    pub fn recall(&mut self) {
        let waiting = std::mem::take(&mut self.outbox);
        self.outbox = std::mem::take(&mut self.in_flight);
        self.outbox.extend(waiting);
    }

    /// Takes a successful answer (status 1) to a request that carried [`Collection::in_flight`].
    pub fn apply(&mut self, answer: response::Collection) -> Progress {
        let first = self.is_first();
        let mut progress = Progress::default();
        self.sync_key = answer.sync_key;
        self.apply_replies(answer.responses, &mut progress);
        for command in answer.commands {
            self.apply_command(command, &mut progress);
        }
        progress.more_available = answer.more_available.is_some();
        // The answer to the first key holds no items by rule; they come with the second.
        self.more_available = first || progress.more_available;
        progress
    }

    /// Silence means success for changes and deletions (MS-ASCMD_R6413).
    fn apply_replies(&mut self, replies: Vec<response::Reply>, progress: &mut Progress) {
        for edit in std::mem::take(&mut self.in_flight) {
            let status = verdict(&edit, &replies);
            // 8: the message is gone already, which is all that a deletion wants.
            let gone = matches!(edit, Edit::Delete { .. }) && status == 8;
            if status != 1 && !gone {
                progress.refused.push((edit, status));
                continue;
            }
            progress.accepted += 1;
            let completed = completed(&edit, &replies);
            match &edit {
                Edit::Delete { id } => {
                    self.remove(id);
                }
                Edit::AddDraft { client_id, send, .. } | Edit::Add { client_id, send, .. } => {
                    if let Some(id) = server_id_of(client_id, &replies) {
                        if !send {
                            self.put(id.clone(), edit_item(&edit));
                            if let (Edit::Add { class, .. }, Some(email)) = (&edit, self.items.get_mut(&id)) {
                                email.is_sms = class.as_deref() == Some("SMS");
                            }
                            self.complete(&id, completed, progress);
                        }
                        progress.created.push((client_id.clone(), id));
                    }
                }
                // A draft that was sent is gone.
                Edit::Change { id, send: true, .. } => {
                    self.remove(id);
                }
                other => {
                    let Some(id) = other.server_id() else { continue };
                    if let Some(email) = self.items.get_mut(id) {
                        other.show(email);
                    }
                    if let Some(held) = self.others.get_mut(id) {
                        other.show_other(held);
                    }
                    self.complete(id, completed, progress);
                }
            }
        }
        for reply in replies {
            if let response::Reply::Fetch(fetched) = reply
                && let Some(item) = fetched.application_data
            {
                match item {
                    Item::Email(_) => self.items.entry(fetched.server_id.clone()).or_default().merge(item),
                    other => {
                        self.others.insert(fetched.server_id.clone(), Held(other));
                    }
                }
                progress.fetched.push(fetched.server_id);
            }
        }
    }

    /// Takes over what the server set in an item that the phone added or changed.
    fn complete(&mut self, id: &str, set: Option<Item>, progress: &mut Progress) {
        let Some(set) = set else { return };
        if let Some(email) = self.items.get_mut(id) {
            email.merge(set.clone());
        }
        if let Some(held) = self.others.get_mut(id) {
            held.overlay(&set);
        }
        progress.completed.push((id.to_owned(), Held(set)));
    }

    fn apply_command(&mut self, command: response::Command, progress: &mut Progress) {
        match command {
            response::Command::Add(response::Add {
                server_id, application_data: Item::Invalid(why), ..
            })
            | response::Command::Change(response::Change {
                server_id,
                application_data: Item::Invalid(why),
                ..
            }) => progress.unreadable.push((server_id, why.to_string())),
            response::Command::Add(add) => {
                let id = add.server_id;
                match self.put(id.clone(), add.application_data) {
                    true => progress.replaced.push(id.clone()),
                    false => progress.added.push(id.clone()),
                }
                if let Some(email) = self.items.get_mut(&id) {
                    email.is_sms = add.class.as_deref() == Some("SMS");
                }
            }
            response::Command::Change(change) => {
                let id = change.server_id;
                if let Some(email) = self.items.get_mut(&id) {
                    email.merge(change.application_data);
                } else if let Some(held) = self.others.get_mut(&id) {
                    // What tells no class of its own is still of this one.
                    let class = held.0.class();
                    let item = change.application_data;
                    held.0 = match class {
                        Some(class) => item.into_class(class).unwrap_or_else(|other| other),
                        None => item,
                    };
                } else {
                    progress.unknown += 1;
                    return;
                }
                progress.changed.push(id);
            }
            response::Command::Delete(gone) => match self.remove(&gone.server_id) {
                true => progress.deleted.push(gone.server_id),
                false => progress.unknown += 1,
            },
            response::Command::SoftDelete(gone) => match self.remove(&gone.server_id) {
                true => progress.soft_deleted.push(gone.server_id),
                false => progress.unknown += 1,
            },
        }
    }
}

/// The status of one edit: 1 unless a reply says otherwise.
fn verdict(edit: &Edit, replies: &[response::Reply]) -> u8 {
    let said = replies.iter().find(|reply| answers(reply, edit)).map(|reply| match reply {
        response::Reply::Add(r) => r.status,
        response::Reply::Change(r) => r.status,
        response::Reply::Delete(r) => r.status,
        response::Reply::Fetch(r) => r.status,
    });
    said.unwrap_or(1)
}

/// Whether a reply is the one to this edit.
fn answers(reply: &response::Reply, edit: &Edit) -> bool {
    use fieldpost_eas::date;
    let id = edit.server_id();
    let same = |said: &Option<String>, instance: Option<jiff::Timestamp>| {
        said.as_deref().map(date::parse) == instance.map(Some)
    };
    match (reply, edit) {
        (response::Reply::Add(r), _) => edit.client_id() == Some(&r.client_id),
        (response::Reply::Change(r), Edit::Change { instance, .. }) => {
            id == Some(&r.server_id) && same(&r.instance_id, *instance)
        }
        (response::Reply::Change(r), Edit::Read { .. } | Edit::Flag { .. } | Edit::Categories { .. }) => {
            id == Some(&r.server_id)
        }
        (response::Reply::Delete(r), Edit::Delete { .. }) => {
            id == Some(&r.server_id) && r.instance_id.is_none()
        }
        (response::Reply::Delete(r), Edit::DeleteInstance { instance, .. }) => {
            id == Some(&r.server_id) && same(&r.instance_id, Some(*instance))
        }
        (response::Reply::Fetch(r), Edit::Fetch { .. }) => id == Some(&r.server_id),
        _ => false,
    }
}

/// What the server set in an item that was added or changed (16.0).
fn completed(edit: &Edit, replies: &[response::Reply]) -> Option<Item> {
    match replies.iter().find(|reply| answers(reply, edit))? {
        response::Reply::Add(r) => r.application_data.clone(),
        response::Reply::Change(r) => r.application_data.clone(),
        response::Reply::Delete(_) | response::Reply::Fetch(_) => None,
    }
}

fn server_id_of(client_id: &str, replies: &[response::Reply]) -> Option<String> {
    replies.iter().find_map(|reply| match reply {
        response::Reply::Add(r) if r.client_id == client_id => r.server_id.clone(),
        _ => None,
    })
}

fn edit_item(edit: &Edit) -> Item {
    match edit.to_command() {
        request::Command::Add(add) => add.application_data,
        _ => Item::Other(Vec::new()),
    }
}

#[cfg(test)]
mod tests {
    use fieldpost_eas::codec::{DecodeError, Empty};
    use fieldpost_eas::item::Email;

    use super::*;

    fn mail(subject: &str) -> Item {
        Item::Email(Box::new(Email { subject: Some(subject.into()), ..Email::default() }))
    }

    fn add(id: &str, subject: &str) -> response::Command {
        response::Command::Add(response::Add {
            class: None,
            server_id: id.into(),
            application_data: mail(subject),
        })
    }

    fn delete(id: &str) -> response::Command {
        response::Command::Delete(response::Removed { class: None, server_id: id.into() })
    }

    fn answer(key: &str, commands: Vec<response::Command>) -> response::Collection {
        response::Collection {
            sync_key: key.into(),
            collection_id: "1".into(),
            status: 1,
            commands,
            ..response::Collection::default()
        }
    }

    /// A collection with items `1:1` and `1:2`, complete.
    fn filled() -> Collection {
        let mut c = Collection::default();
        c.apply(answer("1", vec![]));
        assert!(c.more_available, "the first answer brings no items");
        let progress = c.apply(answer("2", vec![add("1:1", "a"), add("1:2", "b")]));
        assert_eq!(progress.added, ["1:1", "1:2"]);
        assert!(!c.more_available);
        c
    }

    #[test]
    fn adds_replace_and_unknown_deletes_are_nothing() {
        let mut c = filled();
        let progress = c.apply(answer("3", vec![add("1:1", "new"), delete("1:9"), delete("1:2")]));
        assert_eq!((progress.replaced, progress.unknown), (vec!["1:1".to_owned()], 1));
        assert_eq!(progress.deleted, ["1:2"]);
        assert_eq!(c.items["1:1"].subject, "new");
        assert_eq!((c.items.len(), c.sync_key.as_str()), (1, "3"));
    }

    #[test]
    fn an_edit_shows_at_once_and_counts_when_the_server_is_silent() {
        let mut c = filled();
        c.edit(Edit::Read { id: "1:1".into(), read: true });
        c.edit(Edit::Delete { id: "1:2".into() });
        assert!(c.shown("1:1").unwrap().read && c.shown("1:2").is_none());
        assert!(!c.items["1:1"].read && c.items.contains_key("1:2"));
        assert_eq!(c.take_commands().len(), 2);
        assert!(c.take_commands().is_empty(), "one request at a time");
        let progress = c.apply(answer("3", vec![]));
        assert_eq!(progress.accepted, 2);
        assert!(c.items["1:1"].read && !c.items.contains_key("1:2"));
    }

    #[test]
    fn a_refused_change_leaves_the_servers_word() {
        let mut c = filled();
        c.edit(Edit::Read { id: "1:1".into(), read: true });
        c.take_commands();
        let conflict = response::Reply::Change(response::ChangeReply {
            class: None,
            server_id: "1:1".into(),
            instance_id: None,
            status: 7,
            application_data: None,
        });
        let progress = c.apply(response::Collection { responses: vec![conflict], ..answer("3", vec![]) });
        assert_eq!(progress.refused.len(), 1);
        assert!(!c.items["1:1"].read);
    }

    #[test]
    fn what_cannot_be_read_is_told() {
        let mut c = filled();
        let wrong = DecodeError::Missing(fieldpost_eas::page::air_sync_base::TYPE);
        let progress = c.apply(answer(
            "3",
            vec![response::Command::Add(response::Add {
                class: None,
                server_id: "1:9".into(),
                application_data: Item::Invalid(wrong.clone()),
            })],
        ));
        assert_eq!(progress.unreadable, [("1:9".to_owned(), wrong.to_string())]);
        assert!(!c.items.contains_key("1:9") && c.others.is_empty());
    }

    #[test]
    fn a_refused_key_empties_the_items_and_keeps_the_edits() {
        let mut c = filled();
        c.edit(Edit::Read { id: "1:1".into(), read: true });
        c.edit(Edit::Read { id: "1:2".into(), read: true });
        c.take_commands();
        c.edit(Edit::Delete { id: "1:2".into() });
        c.restart();
        assert!(c.items.is_empty() && c.is_first());
        assert!(c.take_commands().is_empty(), "no commands with the first key");
        c.apply(answer("1", vec![]));
        let more = response::Collection { more_available: Some(Empty), ..answer("2", vec![add("1:1", "a")]) };
        c.apply(more);
        assert!(c.take_commands().is_empty(), "not before all items are back");
        c.apply(answer("3", vec![]));
        // The change of 1:2, which no longer exists, is dropped; its deletion is said anyway.
        assert_eq!(c.take_commands().len(), 2);
    }
}
