//! Where in the mailbox imported messages go: folders that every mailbox has are found by the names
//! that mail programs give them, others are made.

use std::collections::HashMap;

use fieldpost_domain::backend::{Backend, BackendError};
use fieldpost_domain::folder::{Class, Folder, FolderType};
use fieldpost_domain::{FolderId, MailboxId};

/// Names, in lower case, that mail programs give to the folders that every mailbox has.
const NAMES: [(FolderType, &[&str]); 4] = [
    (FolderType::Inbox, &["inbox"]),
    (FolderType::Drafts, &["drafts", "draft", "outbox", "unsent messages"]),
    (
        FolderType::DeletedItems,
        &["trash", "deleted items", "deleted messages", "deleted", "bin", "wastebasket"],
    ),
    (FolderType::SentItems, &["sent", "sent items", "sent messages", "sent mail", "sent-mail", "sentmail"]),
];

/// Greatest length of a folder's name.
const MAX_NAME: usize = 256;

/// Finds and makes folders, and remembers them.
pub struct Folders<'a> {
    backend: &'a dyn Backend,
    mailbox: MailboxId,
    folders: Vec<Folder>,
    known: HashMap<Vec<String>, (FolderId, FolderType)>,
    /// Names given on the command line, in lower case, with what they stand for.
    renamed: HashMap<String, Vec<String>>,
}

impl<'a> Folders<'a> {
    /// Begins with the folders that the mailbox has.
    pub async fn new(
        backend: &'a dyn Backend,
        mailbox: MailboxId,
        renamed: &[(String, String)],
    ) -> Result<Folders<'a>, BackendError> {
        let folders = backend.folders(mailbox).await?;
        let renamed = renamed.iter().map(|(from, to)| (from.to_lowercase(), parts(to))).collect();
        Ok(Folders { backend, mailbox, folders, known: HashMap::new(), renamed })
    }

    /// The folder at this path, made if it is not there.
    pub async fn at(&mut self, path: &[String]) -> Result<(FolderId, FolderType), BackendError> {
        if let Some(known) = self.known.get(path) {
            return Ok(*known);
        }
        let wanted = match self.renamed.get(&path.join("/").to_lowercase()) {
            Some(renamed) => renamed.clone(),
            None => path.to_vec(),
        };
        let mut at = None;
        for (depth, name) in wanted.iter().enumerate() {
            at = Some(self.within(at.map(|(id, _)| id), name, depth == 0).await?);
        }
        let at = match at {
            Some(at) => at,
            None => self.default(FolderType::Inbox)?,
        };
        self.known.insert(path.to_vec(), at);
        Ok(at)
    }

    /// The folder for items of a class other than mail: the one that every mailbox has, or the one of
    /// that name, made where it is not there.
    pub async fn of_class(&mut self, class: Class, name: Option<&str>) -> Result<FolderId, BackendError> {
        let (default, own) = match class {
            Class::Calendar => (FolderType::Calendar, FolderType::UserCalendar),
            Class::Contacts => (FolderType::Contacts, FolderType::UserContacts),
            Class::Tasks => (FolderType::Tasks, FolderType::UserTasks),
            Class::Notes => (FolderType::Notes, FolderType::UserNotes),
            Class::Email | Class::Other => (FolderType::Inbox, FolderType::UserMail),
        };
        let Some(name) = name.map(clean) else {
            return Ok(self.default(default)?.0);
        };
        let lower = name.to_lowercase();
        let there = |name: &str| self.folders.iter().find(|folder| folder.name.to_lowercase() == name);
        let name = match there(&lower) {
            Some(folder) if folder.kind.class() == class => return Ok(folder.id),
            // Folders of different kinds can't share a name.
            Some(_) => format!("{name} ({})", class.name().unwrap_or("items").to_lowercase()),
            None => name,
        };
        if let Some(folder) = there(&name.to_lowercase()) {
            return Ok(folder.id);
        }
        let id = self.backend.create_folder(self.mailbox, None, &name, own).await?;
        self.folders.push(Folder { id, parent: None, name, kind: own });
        Ok(id)
    }

    /// A folder that every mailbox has.
    pub fn default(&self, kind: FolderType) -> Result<(FolderId, FolderType), BackendError> {
        let found = self.folders.iter().find(|folder| folder.kind == kind);
        let missing = || BackendError::Unavailable(format!("the mailbox has no {kind:?} folder").into());
        found.map(|folder| (folder.id, folder.kind)).ok_or_else(missing)
    }

    async fn within(
        &mut self,
        parent: Option<FolderId>,
        name: &str,
        outermost: bool,
    ) -> Result<(FolderId, FolderType), BackendError> {
        let name = clean(name);
        let lower = name.to_lowercase();
        if outermost && let Some((kind, _)) = NAMES.iter().find(|(_, names)| names.contains(&lower.as_str()))
        {
            return self.default(*kind);
        }
        let there = |name: &str| {
            self.folders
                .iter()
                .find(|folder| folder.parent == parent && folder.name.to_lowercase() == name.to_lowercase())
        };
        let name = match there(&name) {
            Some(folder) if folder.kind.class() == Class::Email => return Ok((folder.id, folder.kind)),
            // A folder for mail can't share its name with the calendar or the notes.
            Some(_) => format!("{name} (mail)"),
            None => name,
        };
        if let Some(folder) = there(&name) {
            return Ok((folder.id, folder.kind));
        }
        let kind = FolderType::UserMail;
        let id = self.backend.create_folder(self.mailbox, parent, &name, kind).await?;
        self.folders.push(Folder { id, parent, name, kind });
        Ok((id, kind))
    }
}

/// The folder names of a path as users write it: `Work/2024`.
pub fn parts(path: &str) -> Vec<String> {
    path.split('/').filter(|part| !part.trim().is_empty()).map(|part| part.trim().to_owned()).collect()
}

/// A name that a mailbox takes.
fn clean(name: &str) -> String {
    let name: String = name.chars().filter(|c| !c.is_control()).take(MAX_NAME).collect();
    if name.trim().is_empty() { "Imported".to_owned() } else { name.trim().to_owned() }
}
