//! The embedded store: accounts, devices, mailboxes, messages and the outbound queue, on SQLite
//! (one file, the default) or PostgreSQL, with one SQL text for both.
//!
//! [`Store`] is the whole of it, a cheap handle to be cloned. It implements
//! [`fieldpost_domain::Backend`].

#![expect(unused_variables, clippy::unused_async, reason = "bodies follow")]

mod account;
mod db;
mod delivery;
mod device;
mod error;
mod mailbox;
mod outbound;
mod submission;
mod sync_state;

use std::sync::Arc;

use fieldpost_domain::backend::{ChangeListener, Notice};

pub use account::{Account, NewAccount};
pub use db::Dialect;
pub use delivery::{DeliverTo, Delivery};
pub use error::StoreError;
pub use outbound::{QueueId, Queued};
pub use submission::{Outgoing, Submission, Submitted};

/// The embedded store. Cloning it gives another handle to the same store.
#[derive(Clone)]
pub struct Store;

/// How to open a store.
#[derive(Clone)]
pub struct Options {
    /// Told of every committed change.
    pub listener: Arc<dyn ChangeListener>,
    /// Most connections to the database, at least 2.
    pub max_connections: u32,
}

impl Default for Options {
    fn default() -> Options {
        Options { listener: Arc::new(Deaf), max_connections: 8 }
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
    pub async fn open(url: &str, options: Options) -> Result<Store, StoreError> {
        Err(StoreError::Limit("unfinished"))
    }

    /// Closes all connections, after what is under way has ended.
    pub async fn close(&self) {}

    /// Checks that the store can be written, and tells what is known of it.
    pub async fn check(&self) -> Result<Health, StoreError> {
        Err(StoreError::Limit("unfinished"))
    }
}
