//! What a user does to a message on the phone, before the server knows of it.

use serde::{Deserialize, Serialize};

use fieldpost_eas::command::sync::request as wire;
use fieldpost_eas::item::{Email, Flag, FlagStatus, Item};

use super::email::date;
use super::{StoredEmail, StoredFlag};

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
}

impl Edit {
    /// The message that is changed; none for a new one.
    pub fn server_id(&self) -> Option<&str> {
        match self {
            Edit::Read { id, .. }
            | Edit::Flag { id, .. }
            | Edit::Categories { id, .. }
            | Edit::Delete { id }
            | Edit::Fetch { id } => Some(id),
            Edit::AddDraft { .. } => None,
        }
    }

    /// The change as the phone shows it, before and after the server agreed. A deletion is not a
    /// change of the message: see [`super::Collection`].
    pub fn show(&self, email: &mut StoredEmail) {
        match self {
            Edit::Read { read, .. } => email.read = *read,
            Edit::Flag { flag, .. } => email.flag = flag.clone(),
            Edit::Categories { categories, .. } => email.categories.clone_from(categories),
            Edit::Delete { .. } | Edit::Fetch { .. } | Edit::AddDraft { .. } => {}
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
