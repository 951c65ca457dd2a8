//! What a user does to an item on the phone, before the server knows of it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use fieldpost_eas::command::sync::request as wire;
use fieldpost_eas::date::{CompactDateTime, compact};
use fieldpost_eas::item::{Email, Flag, FlagStatus, Item};

use super::email::date;
use super::{Held, StoredEmail, StoredFlag};

/// One change that waits for the next Sync, or is on its way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Edit {
    /// Read, or unread again.
    Read {
        /// The message.
        id: String,
        /// The new state.
        read: bool,
    },
    /// Flagged, completed, or cleared (12.0).
    Flag {
        /// The message.
        id: String,
        /// The new flag; `None` clears it.
        flag: Option<StoredFlag>,
    },
    /// New categories; none removes all (14.0).
    Categories {
        /// The message.
        id: String,
        /// All of them.
        categories: Vec<String>,
    },
    /// Deleted.
    Delete {
        /// The message.
        id: String,
    },
    /// The whole message is wanted.
    Fetch {
        /// The message.
        id: String,
    },
    /// A new draft (16.0).
    AddDraft {
        /// The phone's id of it.
        client_id: String,
        /// Recipients, as a header has them.
        to: String,
        /// Subject.
        subject: String,
        /// Plain text.
        text: String,
        /// Send it at once.
        send: bool,
    },
    /// A new item of any class.
    Add {
        /// The phone's id of it.
        client_id: String,
        /// Its class, where that is not the folder's (14.0): `SMS`.
        class: Option<String>,
        /// The item.
        item: Held,
        /// A draft is to be sent at once (16.0).
        send: bool,
    },
    /// An item of any class was changed.
    Change {
        /// The item.
        id: String,
        /// The occurrence of a series, by the start that the series gives it (16.0).
        instance: Option<Timestamp>,
        /// What changed; none where a draft is only to be sent.
        item: Option<Held>,
        /// A draft is to be sent (16.0).
        send: bool,
    },
    /// One occurrence of a series was deleted (16.0).
    DeleteInstance {
        /// The series.
        id: String,
        /// The occurrence, by the start that the series gives it.
        instance: Timestamp,
    },
}

impl Edit {
    /// The message that is changed; none for a new one.
    pub fn server_id(&self) -> Option<&str> {
        match self {
            Edit::Read { id, .. }
            | Edit::Flag { id, .. }
            | Edit::Categories { id, .. }
            | Edit::Delete { id }
            | Edit::Fetch { id }
            | Edit::Change { id, .. }
            | Edit::DeleteInstance { id, .. } => Some(id),
            Edit::AddDraft { .. } | Edit::Add { .. } => None,
        }
    }

    /// The phone's id of a new item.
    pub fn client_id(&self) -> Option<&str> {
        match self {
            Edit::AddDraft { client_id, .. } | Edit::Add { client_id, .. } => Some(client_id),
            _ => None,
        }
    }

    /// The change as the phone shows it, before and after the server agreed. A deletion is not a
    /// change of the message: see [`super::Collection`].
    pub fn show(&self, email: &mut StoredEmail) {
        match self {
            Edit::Read { read, .. } => email.read = *read,
            Edit::Flag { flag, .. } => email.flag = flag.clone(),
            Edit::Categories { categories, .. } => email.categories.clone_from(categories),
            Edit::Change { item: Some(Held(item)), .. } => email.merge(item.clone()),
            _ => {}
        }
    }

    /// The same for an item that is no mail.
    pub fn show_other(&self, held: &mut Held) {
        match self {
            Edit::Change { instance: None, item: Some(change), .. } => held.overlay(&change.0),
            Edit::Change { instance: Some(at), item: Some(change), .. } => {
                if let Some(event) = change.event() {
                    held.overlay_instance(CompactDateTime(*at), event);
                }
            }
            Edit::DeleteInstance { instance, .. } => held.delete_instance(CompactDateTime(*instance)),
            _ => {}
        }
    }

    /// The change as the protocol says it.
    pub fn to_command(&self) -> wire::Command {
        match self {
            Edit::Read { id, read } => change(id, Email { read: Some(*read), ..Email::default() }),
            Edit::Flag { id, flag } => {
                let flag = flag.as_ref().map_or_else(Flag::default, StoredFlag::to_wire);
                change(id, Email { flag: Some(flag), ..Email::default() })
            }
            Edit::Categories { id, categories } => {
                change(id, Email { categories: Some(categories.clone()), ..Email::default() })
            }
            Edit::Delete { id } => {
                wire::Command::Delete(wire::Delete { server_id: id.clone(), instance_id: None, class: None })
            }
            Edit::Fetch { id } => wire::Command::Fetch(wire::Fetch { server_id: id.clone() }),
            Edit::AddDraft { client_id, to, subject, text, send } => wire::Command::Add(wire::Add {
                client_id: client_id.clone(),
                class: None,
                send: send.then_some(fieldpost_eas::codec::Empty),
                application_data: Item::Email(Box::new(super::email::draft(to, subject, text))),
            }),
            Edit::Add { client_id, class, item, send } => wire::Command::Add(wire::Add {
                client_id: client_id.clone(),
                class: class.clone(),
                send: send.then_some(fieldpost_eas::codec::Empty),
                application_data: item.0.clone(),
            }),
            Edit::Change { id, instance, item, send } => wire::Command::Change(wire::Change {
                server_id: id.clone(),
                instance_id: instance.map(compact),
                class: None,
                send: send.then_some(fieldpost_eas::codec::Empty),
                application_data: item.as_ref().map(|item| item.0.clone()),
            }),
            Edit::DeleteInstance { id, instance } => wire::Command::Delete(wire::Delete {
                server_id: id.clone(),
                instance_id: Some(compact(*instance)),
                class: None,
            }),
        }
    }
}

fn change(id: &str, email: Email) -> wire::Command {
    wire::Command::Change(wire::Change {
        server_id: id.to_owned(),
        instance_id: None,
        class: None,
        send: None,
        application_data: Some(Item::Email(Box::new(email))),
    })
}

impl StoredFlag {
    /// The flag as a phone writes it. Dates are written in both forms, local time taken for UTC
    /// ([MS-ASEMAIL] 2.2.2.34: all four of start and due, or none).
    fn to_wire(&self) -> Flag {
        let both = self.start.is_some() && self.due.is_some();
        let (start, due) = if both { (self.start, self.due) } else { (None, None) };
        Flag {
            subject: self.subject.clone(),
            status: Some(match self.status {
                1 => FlagStatus::Complete,
                2 => FlagStatus::Active,
                _ => FlagStatus::Cleared,
            }),
            flag_type: self.r#type.clone(),
            complete_time: date(self.completed),
            date_completed: date(self.completed),
            start_date: date(start),
            due_date: date(due),
            utc_start_date: date(start),
            utc_due_date: date(due),
            ..Flag::default()
        }
    }
}
