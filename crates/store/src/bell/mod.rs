//! How one program hears at once of what another did to the same store, so that phones which wait at a server are
//! woken by the command line, by an import, or by another server.
//!
//! Whoever changes something leaves a [`Ring`] in the same transaction, so that it is heard exactly where the change
//! is there. PostgreSQL carries rings itself ([`postgres`]: NOTIFY and LISTEN). On SQLite they lie in a table, and
//! the write-ahead log's growing says that there may be some ([`sqlite`], [`doorbell`]). There one server alone
//! serves phones; it leaves nothing for others.
//!
//! [`Store::listen`] gives the [`Bell`]; `fieldpost_server::elsewhere` heeds it.

mod doorbell;
mod postgres;
mod sqlite;

use std::collections::VecDeque;
use std::sync::Arc;

use fieldpost_domain::backend::Notice;
use fieldpost_domain::{AccountId, FolderId, MailboxId};
use serde::{Deserialize, Serialize};
use sqlx::AnyConnection;

use crate::db::Dialect;
use crate::{Store, StoreError};

/// What was done, as far as somebody who waits is concerned.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ring {
    /// A folder of a mailbox changed; none: the folder hierarchy.
    Mailbox {
        /// Whose.
        mailbox: MailboxId,
        /// Which folder.
        folder: Option<FolderId>,
        /// An item is new there.
        added: bool,
    },
    /// Something was decided about a device.
    Device {
        /// Whose.
        account: AccountId,
        /// Which.
        device_id: String,
    },
    /// Something was decided about an account.
    Account(AccountId),
    /// Something was decided that may concern every device.
    Everybody,
    /// Policies or switches changed: [`Store::rules_revision`] has grown.
    Rules,
    /// Rings were missed: anything may have changed.
    Missed,
}

impl From<Notice> for Ring {
    fn from(notice: Notice) -> Ring {
        Ring::Mailbox { mailbox: notice.mailbox, folder: notice.folder, added: notice.added }
    }
}

/// Leaves rings within a transaction, from the server with the number `node` or from a program that serves no
/// phones.
pub(crate) async fn ring(
    conn: &mut AnyConnection,
    dialect: Dialect,
    node: Option<u64>,
    rings: &[Ring],
) -> Result<(), StoreError> {
    match dialect {
        _ if rings.is_empty() => Ok(()),
        // It knows what it did, and nobody else serves phones.
        Dialect::Sqlite if node.is_some() => Ok(()),
        Dialect::Sqlite => sqlite::leave(conn, rings).await,
        Dialect::Postgres => postgres::tell(conn, node, rings).await,
    }
}

/// Says within a transaction that the rules changed. On SQLite the counter itself says it.
pub(crate) async fn ring_rules(conn: &mut AnyConnection) -> Result<(), StoreError> {
    match Dialect::of(conn) {
        Dialect::Sqlite => Ok(()),
        Dialect::Postgres => postgres::tell(conn, None, &[Ring::Rules]).await,
    }
}

fn write(rings: &[Ring]) -> Result<String, StoreError> {
    serde_json::to_string(rings).map_err(|_| StoreError::Limit("what was done can't be told to others"))
}

/// Hears what other programs do to the store.
pub struct Bell {
    line: Line,
    heard: VecDeque<Ring>,
}

enum Line {
    Sqlite(sqlite::Line),
    Postgres(postgres::Line),
}

impl Bell {
    /// Waits for the next ring. Where the database can't be asked it is asked again until it can.
    pub async fn next(&mut self) -> Ring {
        loop {
            if let Some(ring) = self.heard.pop_front() {
                return ring;
            }
            let heard = match &mut self.line {
                Line::Sqlite(line) => line.hear().await,
                Line::Postgres(line) => line.hear().await,
            };
            self.heard.extend(heard);
        }
    }
}

impl Store {
    /// Hears from now on what other programs do. What they did before shows to whoever looks after this.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn listen(&self) -> Result<Bell, StoreError> {
        let line = match self.db.dialect {
            Dialect::Sqlite => Line::Sqlite(sqlite::Line::open(Arc::clone(&self.db)).await?),
            Dialect::Postgres => Line::Postgres(postgres::Line::open(&self.db).await?),
        };
        Ok(Bell { line, heard: VecDeque::new() })
    }
}
