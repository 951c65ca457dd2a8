//! The embedded store: accounts, devices, mailboxes, messages and the outbound queue, on SQLite
//! (one file, the default) or PostgreSQL, with one SQL text for both.
//!
//! [`Store`] is the whole of it, a cheap handle to be cloned. It implements
//! [`fieldpost_domain::Backend`].

mod account;
mod account_list;
mod act;
mod administrator;
mod api_token;
mod app_password;
mod attempts;
mod audit;
mod automatic_reply;
mod batch;
mod bell;
mod blob;
mod control;
mod conversation;
mod db;
pub mod decision;
mod delivery;
mod device;
mod directory;
mod error;
mod folder;
mod item;
mod location;
mod mailbox;
mod migrate;
mod outbound;
mod policy;
mod rules;
mod search;
mod switches;
mod sync_state;
mod web_session;
mod write;

use std::sync::Arc;

use fieldpost_domain::backend::{ChangeListener, Notice};

pub use account::{Account, NewAccount};
pub use account_list::{ACCOUNT_PAGE_MAX, AccountFilter};
pub use act::Act;
pub use administrator::{Administrator, AdministratorKind, NewAdministrator, Person, SecondFactor};
pub use api_token::{ApiToken, TokenHash};
pub use app_password::Use as AppPasswordUse;
pub use attempts::{Attempts, Transient};
pub use audit::{LogFilter, PAGE_MAX as LOG_PAGE_MAX};
pub use automatic_reply::{Replied, ReplyOnce};
pub use bell::{Bell, Ring};
pub use control::QUARANTINE_STATES;
pub use db::Dialect;
pub use delivery::Delivery;
pub use device::{DEVICE_PAGE_MAX, DeviceCount, DeviceFilter, DeviceOrder, Known, Listed};
pub use directory::{NewContact, NewGroup};
pub use error::StoreError;
pub use item::poison::Poison;
pub use outbound::{QueueId, Queued};
pub use rules::Rules;
pub use web_session::{Stage, WebSession};

/// The embedded store. Cloning it gives another handle to the same store.
#[derive(Clone)]
pub struct Store {
    pub(crate) db: Arc<db::Db>,
}

/// How to open a store.
#[derive(Clone)]
pub struct Options {
    /// Told of every committed change.
    pub listener: Arc<dyn ChangeListener>,
    /// Most connections to the database, at least 2.
    pub max_connections: u32,
    /// The number of the server at which phones wait, as no other has it: it does not hear from [`Bell`] what it
    /// did itself. None for a program that serves no phones.
    pub node: Option<u64>,
}

impl Default for Options {
    fn default() -> Options {
        Options { listener: Arc::new(Deaf), max_connections: 8, node: None }
    }
}

struct Deaf;

impl ChangeListener for Deaf {
    fn changed(&self, _notice: Notice) {}
}

/// What `doctor` wants to know of a store that opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Health {
    /// Which database it is.
    pub dialect: Dialect,
    /// The file, or the server and database, without a password.
    pub location: String,
    /// Version of the schema.
    pub schema: i64,
    /// Free bytes on the disk that holds the file; none for a database server.
    pub free_bytes: Option<u64>,
}

impl Store {
    /// Opens the store at `sqlite:/path/to/fieldpost.db` (made where it does not exist) or
    /// `postgres://user:password@host/database` and brings its schema up to date.
    ///
    /// # Errors
    /// What is wrong with the URL, the file or the server, and what to do about it.
    pub async fn open(url: &str, options: Options) -> Result<Store, StoreError> {
        let location = location::Location::parse(url)?;
        let db = db::Db::connect(location, &options).await?;
        migrate::run(&db).await?;
        let store = Store { db: Arc::new(db) };
        store.complete_words().await?;
        store.complete_directory().await?;
        store.complete_listing().await?;
        Ok(store)
    }

    /// Closes all connections, after what is under way has ended.
    pub async fn close(&self) {
        self.db.close().await;
    }

    /// Checks that the store can be written, by writing, and tells what is known of it.
    ///
    /// # Errors
    /// [`StoreError::Full`] where there is no room, and whatever else keeps it from writing.
    pub async fn check(&self) -> Result<Health, StoreError> {
        let attempt = || async {
            let mut transaction = self.db.begin().await?;
            sqlx::query("UPDATE counter SET value = value WHERE name = 'account'")
                .execute(&mut *transaction)
                .await?;
            Ok(transaction.commit().await?)
        };
        self.db.retry(attempt).await?;
        Ok(Health {
            dialect: self.db.dialect,
            location: self.db.location.to_string(),
            schema: migrate::NEWEST,
            free_bytes: self.db.location.free_bytes(),
        })
    }
}

#[cfg(test)]
mod tests {
    use fieldpost_domain::index::Index;
    use fieldpost_domain::item::{Conversation, MailState, NewItem};
    use fieldpost_domain::{Backend, BackendError, FolderId, MailboxId, Modseq};
    use jiff::Timestamp;

    use super::*;

    /// A disk that is full, as far as SQLite is concerned.
    #[tokio::test]
    async fn full_disk() {
        let dir = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", dir.path().join("fieldpost.db").display());
        let store = Store::open(&url, Options::default()).await.unwrap();
        let new = NewAccount { address: "anna@example.org".to_owned(), ..NewAccount::default() };
        let mailbox = MailboxId(store.create_account(new, Timestamp::UNIX_EPOCH).await.unwrap().id.0);
        let item = |size: usize| NewItem {
            content: (0..size).map(|n| (n.wrapping_mul(2_654_435_761) >> 7).to_le_bytes()[0]).collect(),
            index: Index::at(0),
            state: MailState::default(),
            conversation: Conversation::default(),
            origin: None,
        };
        sqlx::query("PRAGMA max_page_count = 40").execute(store.db.writers()).await.unwrap();
        let before = store.modseq(mailbox).await.unwrap();
        let error = store.append(mailbox, FolderId(1), item(1_000_000)).await.unwrap_err();
        assert!(matches!(error, BackendError::QuotaExceeded), "{error:?}");
        assert_eq!(store.modseq(mailbox).await.unwrap(), before);
        assert!(store.changes(mailbox, FolderId(1), Modseq(0), 9).await.unwrap().is_empty());
        // What needs no room still works, and so does everything once there is some.
        store.check().await.unwrap();
        sqlx::query("PRAGMA max_page_count = 4000").execute(store.db.writers()).await.unwrap();
        let meta = store.append(mailbox, FolderId(1), item(1_000_000)).await.unwrap();
        assert_eq!(store.fetch(mailbox, &[meta.id]).await.unwrap()[0].content, item(1_000_000).content);
        store.close().await;
    }

    /// An item whose bytes are damaged is our own trouble, not an absence.
    #[tokio::test]
    async fn damaged_bytes() {
        let dir = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", dir.path().join("fieldpost.db").display());
        let store = Store::open(&url, Options::default()).await.unwrap();
        let new = NewAccount { address: "anna@example.org".to_owned(), ..NewAccount::default() };
        let mailbox = MailboxId(store.create_account(new, Timestamp::UNIX_EPOCH).await.unwrap().id.0);
        let item = NewItem {
            content: b"Subject: abc\r\n".repeat(100),
            index: Index::at(0),
            state: MailState::default(),
            conversation: Conversation::default(),
            origin: None,
        };
        let meta = store.append(mailbox, FolderId(1), item).await.unwrap();
        sqlx::query("UPDATE blob SET data = substr(data, 1, 20)").execute(store.db.writers()).await.unwrap();
        let error = store.fetch(mailbox, &[meta.id]).await.unwrap_err();
        assert!(matches!(error, BackendError::Unavailable(_)), "{error:?}");
        store.close().await;
    }
}
