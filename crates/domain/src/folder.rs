//! Folders and their types ([MS-ASCMD] 2.2.3.186.3).

use serde::{Deserialize, Serialize};

use crate::id::FolderId;

/// What a folder is for; the numbers are those of the protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub enum FolderType {
    Generic = 1,
    Inbox = 2,
    Drafts = 3,
    DeletedItems = 4,
    SentItems = 5,
    Outbox = 6,
    Tasks = 7,
    Calendar = 8,
    Contacts = 9,
    Notes = 10,
    Journal = 11,
    UserMail = 12,
    UserCalendar = 13,
    UserContacts = 14,
    UserTasks = 15,
    UserJournal = 16,
    UserNotes = 17,
    Unknown = 18,
    RecipientCache = 19,
}

/// The kind of items in a folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Class {
    Email,
    Calendar,
    Contacts,
    Tasks,
    Notes,
    /// Journal and recipient cache: kept, not synchronised by this class.
    Other,
}

impl Class {
    /// The name on the wire ([MS-ASCMD] 2.2.3.27), where there is one.
    pub fn name(self) -> Option<&'static str> {
        match self {
            Class::Email => Some("Email"),
            Class::Calendar => Some("Calendar"),
            Class::Contacts => Some("Contacts"),
            Class::Tasks => Some("Tasks"),
            Class::Notes => Some("Notes"),
            Class::Other => None,
        }
    }
}

impl FolderType {
    /// All types, in order of their numbers.
    pub const ALL: [FolderType; 19] = [
        FolderType::Generic,
        FolderType::Inbox,
        FolderType::Drafts,
        FolderType::DeletedItems,
        FolderType::SentItems,
        FolderType::Outbox,
        FolderType::Tasks,
        FolderType::Calendar,
        FolderType::Contacts,
        FolderType::Notes,
        FolderType::Journal,
        FolderType::UserMail,
        FolderType::UserCalendar,
        FolderType::UserContacts,
        FolderType::UserTasks,
        FolderType::UserJournal,
        FolderType::UserNotes,
        FolderType::Unknown,
        FolderType::RecipientCache,
    ];

    /// The folders that every mailbox has from the beginning, with the names that a phone shows.
    pub const DEFAULT: [(FolderType, &'static str); 11] = [
        (FolderType::Inbox, "Inbox"),
        (FolderType::Drafts, "Drafts"),
        (FolderType::DeletedItems, "Deleted Items"),
        (FolderType::SentItems, "Sent Items"),
        (FolderType::Outbox, "Outbox"),
        (FolderType::Tasks, "Tasks"),
        (FolderType::Calendar, "Calendar"),
        (FolderType::Contacts, "Contacts"),
        (FolderType::Notes, "Notes"),
        (FolderType::Journal, "Journal"),
        (FolderType::RecipientCache, "Recipient Information"),
    ];

    /// The protocol's number.
    pub const fn number(self) -> u8 {
        self as u8
    }

    /// The type with this number, 1 to 19.
    pub fn from_number(number: u8) -> Option<FolderType> {
        FolderType::ALL.get(usize::from(number).checked_sub(1)?).copied()
    }

    /// Made with the mailbox; never renamed, moved or deleted by a phone.
    pub const fn is_default(self) -> bool {
        matches!(self.number(), 2..=11 | 19)
    }

    /// What the folder holds.
    pub const fn class(self) -> Class {
        match self {
            FolderType::Generic
            | FolderType::Inbox
            | FolderType::Drafts
            | FolderType::DeletedItems
            | FolderType::SentItems
            | FolderType::Outbox
            | FolderType::UserMail
            | FolderType::Unknown => Class::Email,
            FolderType::Calendar | FolderType::UserCalendar => Class::Calendar,
            FolderType::Contacts | FolderType::UserContacts => Class::Contacts,
            FolderType::Tasks | FolderType::UserTasks => Class::Tasks,
            FolderType::Notes | FolderType::UserNotes => Class::Notes,
            FolderType::Journal | FolderType::UserJournal | FolderType::RecipientCache => Class::Other,
        }
    }
}

/// A folder as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Folder {
    /// Its number.
    pub id: FolderId,
    /// The folder that it lies in; none: at the root.
    pub parent: Option<FolderId>,
    /// Name shown to the user, 1 to 256 characters.
    pub name: String,
    /// What it is for.
    pub kind: FolderType,
}
