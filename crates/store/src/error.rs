//! What can go wrong in the store, in words for whoever runs the server.

use std::path::PathBuf;

use fieldpost_domain::BackendError;
use fieldpost_domain::id::{AccountId, FolderId, ItemId, MailboxId};

/// Why the store did not do what it was asked. Nothing was changed then.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database URL is of no known form.
    #[error(
        "the database URL {given:?} is not understood: give `sqlite:/path/to/fieldpost.db` or \
         `postgres://user:password@host/database`"
    )]
    Url {
        /// What was given, without a password.
        given: String,
    },
    /// The database file can't be opened.
    #[error("the database {} can't be opened: {reason}", path.display())]
    File {
        /// Which file.
        path: PathBuf,
        /// What is wrong and what to do.
        reason: String,
    },
    /// The database server can't be used.
    #[error("the database server {server} can't be used: {reason}")]
    Server {
        /// Host and port, or socket, and database.
        server: String,
        /// What is wrong and what to do.
        reason: String,
    },
    /// A newer program has changed the database.
    #[error(
        "the database has schema version {found}, and this program knows versions up to {known}: run the \
         program that wrote it, or a newer one"
    )]
    NewerSchema {
        /// The version that the database has.
        found: i64,
        /// The newest version that this program knows.
        known: i64,
    },
    /// The schema can't be made or brought up to date.
    #[error("the database schema can't be brought up to date: {0}")]
    Migrate(#[source] Box<sqlx::migrate::MigrateError>),
    /// No room on the disk or in the database.
    #[error("the disk that holds the database is full: free some space, nothing was changed")]
    Full,
    /// An address belongs to an account already.
    #[error("the address {0} belongs to an account already")]
    AddressTaken(String),
    /// An address is not of the form `name@domain`.
    #[error("the address {0:?} is not of the form name@domain")]
    BadAddress(String),
    /// The account does not exist.
    #[error("account {0} does not exist")]
    NoSuchAccount(AccountId),
    /// The entry of the address book does not exist (any more), or is not of the kind asked for.
    #[error("the address book has no such entry")]
    NoSuchEntry,
    /// The mailbox does not exist.
    #[error("mailbox {0} does not exist")]
    NoSuchMailbox(MailboxId),
    /// The folder does not exist (any more).
    #[error("folder {0} does not exist")]
    NoSuchFolder(FolderId),
    /// The item does not exist (any more), or lies in another folder.
    #[error("item {0} does not exist there")]
    NoSuchItem(ItemId),
    /// The item's bytes are not those that a change was made from.
    #[error("item {0} was changed meanwhile")]
    Stale(ItemId),
    /// The parent of a folder does not exist, or lies within the folder itself.
    #[error("the parent folder does not exist or lies within the folder")]
    NoSuchParent,
    /// A folder of that name lies there already.
    #[error("a folder of that name exists there")]
    NameTaken,
    /// A default folder can't be changed so.
    #[error("folder {0} belongs to every mailbox and stays")]
    DefaultFolder(FolderId),
    /// The item is greater than the database can hold, or the mailbox has given out all its numbers.
    #[error("the mailbox can't hold this: {0}")]
    Limit(&'static str),
    /// Something that the store wrote can't be read back.
    #[error("the database is damaged: {0}; restore it from a backup")]
    Damaged(String),
    /// The database did not answer as it should. It may later.
    #[error("the database failed: {0}")]
    Database(#[source] sqlx::Error),
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> StoreError {
        if crate::db::is_full(&error) { StoreError::Full } else { StoreError::Database(error) }
    }
}

impl From<StoreError> for BackendError {
    fn from(error: StoreError) -> BackendError {
        match error {
            StoreError::NoSuchFolder(folder) => BackendError::NoSuchFolder(folder),
            StoreError::NoSuchItem(item) => BackendError::NoSuchItem(item),
            StoreError::Stale(item) => BackendError::Stale(item),
            StoreError::NoSuchParent => BackendError::NoSuchParent,
            StoreError::NameTaken => BackendError::NameTaken,
            StoreError::DefaultFolder(folder) => BackendError::DefaultFolder(folder),
            StoreError::Full | StoreError::Limit(_) => BackendError::QuotaExceeded,
            other => BackendError::Unavailable(Box::new(other)),
        }
    }
}
