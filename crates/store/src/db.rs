//! The two dialects, the connections, and what else differs between SQLite and PostgreSQL.
//!
//! SQLite takes one writer at a time: there is one connection to write and several to read, and the
//! write-ahead log lets readers go on beside the writer. PostgreSQL has one pool for both.
//! [`crate::write`] holds what transactions have in common; [`crate::location`] how a URL is read.

use std::fmt;
use std::future::Future;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use fieldpost_domain::backend::ChangeListener;
use sqlx::any::{AnyConnectOptions, AnyPoolOptions};
use sqlx::{Any, AnyConnection, AnyPool, ConnectOptions, Connection, Executor, Transaction};

use crate::location::Location;
use crate::{Attempts, Options, StoreError};

/// Which database it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// SQLite, a file on this machine.
    Sqlite,
    /// PostgreSQL, a server.
    Postgres,
}

impl fmt::Display for Dialect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Dialect::Sqlite => "SQLite",
            Dialect::Postgres => "PostgreSQL",
        })
    }
}

impl Dialect {
    /// The statement that locks a mailbox until the transaction ends. Commits of one mailbox then
    /// come in the order of its counter, and no reader sees a value before all the smaller ones.
    pub(crate) fn lock_mailbox(self) -> &'static str {
        match self {
            // The transaction holds the only writer's lock already.
            Dialect::Sqlite => {
                "SELECT modseq, next_folder, next_item, next_entry FROM mailbox WHERE mailbox_id = $1"
            }
            Dialect::Postgres => {
                "SELECT modseq, next_folder, next_item, next_entry FROM mailbox WHERE mailbox_id = $1 \
                 FOR UPDATE"
            }
        }
    }

    /// The statement that finds due entries of the queue, passing over those that another node is
    /// taking just now.
    pub(crate) fn take_due(self) -> &'static str {
        match self {
            Dialect::Sqlite => {
                "SELECT mailbox_id, entry_id, sender, recipient, hash, attempts, created FROM outgoing \
                 WHERE due <= $1 ORDER BY due LIMIT $2"
            }
            Dialect::Postgres => {
                "SELECT mailbox_id, entry_id, sender, recipient, hash, attempts, created FROM outgoing \
                 WHERE due <= $1 ORDER BY due LIMIT $2 FOR UPDATE SKIP LOCKED"
            }
        }
    }

    /// Which database a connection is to.
    pub(crate) fn of(conn: &AnyConnection) -> Dialect {
        match conn.backend_name() {
            "PostgreSQL" => Dialect::Postgres,
            _ => Dialect::Sqlite,
        }
    }

    fn begin(self) -> &'static str {
        match self {
            // Takes the writer's lock at once; a deferred one could fail half-way.
            Dialect::Sqlite => "BEGIN IMMEDIATE",
            Dialect::Postgres => "BEGIN",
        }
    }
}

/// An open database.
pub(crate) struct Db {
    pub(crate) dialect: Dialect,
    pub(crate) location: Location,
    pub(crate) listener: Arc<dyn ChangeListener>,
    /// Which server this is, where it is one.
    pub(crate) node: Option<u64>,
    /// For single statements that only read.
    pub(crate) read: AnyPool,
    write: AnyPool,
}

/// Set on every SQLite connection. FULL: a commit is on the disk when it returns. The log is cut back
/// to 64 MiB after a large import.
const SQLITE: &str = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 10000; \
                      PRAGMA journal_size_limit = 67108864; PRAGMA temp_store = MEMORY;";
/// The writer's page cache, 16 MiB.
const SQLITE_WRITER: &str = "PRAGMA cache_size = -16384;";
/// A reader's, 4 MiB; it can't write by mistake.
const SQLITE_READER: &str = "PRAGMA cache_size = -4096; PRAGMA query_only = ON;";

/// Set on every PostgreSQL connection: a node that is cut off does not hold a mailbox for ever, and who
/// waits for one gives up and is told to try again.
const POSTGRES: &str = "SET idle_in_transaction_session_timeout = '60s'; SET lock_timeout = '30s';";

const CONNECT_TIMEOUT: Duration = Duration::from_secs(15);
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(30);

impl Db {
    /// Connects. The schema is not looked at.
    pub(crate) async fn connect(location: Location, options: &Options) -> Result<Db, StoreError> {
        sqlx::any::install_default_drivers();
        let connect = AnyConnectOptions::from_str(&location.url()?)
            .map_err(|_| location.not_understood())?
            .disable_statement_logging();
        let dialect = location.dialect();
        try_out(dialect, &connect).await.map_err(|error| location.explain(&error))?;
        let pool = || {
            // A full disk, for one, makes SQLite end a transaction by itself. The connection, which
            // does not know that, would take no other one.
            AnyPoolOptions::new().acquire_timeout(ACQUIRE_TIMEOUT).before_acquire(|connection, _| {
                let fit = !connection.is_in_transaction();
                Box::pin(std::future::ready(Ok(fit)))
            })
        };
        let (write, read) = match dialect {
            Dialect::Sqlite => {
                let pool = || pool().test_before_acquire(false).idle_timeout(None).max_lifetime(None);
                let write = pool().max_connections(1).after_connect(|connection, _| {
                    Box::pin(async move {
                        connection.execute(SQLITE).await?;
                        connection.execute(SQLITE_WRITER).await.map(drop)
                    })
                });
                let readers = options.max_connections.clamp(2, 32) - 1;
                let read = pool().max_connections(readers).after_connect(|connection, _| {
                    Box::pin(async move {
                        connection.execute(SQLITE).await?;
                        connection.execute(SQLITE_READER).await.map(drop)
                    })
                });
                (write.connect_lazy_with(connect.clone()), read.connect_lazy_with(connect))
            }
            Dialect::Postgres => {
                let pool = pool().max_connections(options.max_connections.max(2));
                let pool = pool.after_connect(|connection, _| {
                    Box::pin(async move { connection.execute(POSTGRES).await.map(drop) })
                });
                let pool = pool.connect_lazy_with(connect);
                (pool.clone(), pool)
            }
        };
        Ok(Db { dialect, location, listener: options.listener.clone(), node: options.node, read, write })
    }

    /// The connections that may write, for whoever changes the schema.
    pub(crate) fn writers(&self) -> &AnyPool {
        &self.write
    }

    /// Begins a transaction that writes.
    pub(crate) async fn begin(&self) -> Result<Transaction<'static, Any>, StoreError> {
        Ok(self.write.begin_with(self.dialect.begin()).await?)
    }

    /// Does the work, again where the database asks for that ([`Attempts`]).
    pub(crate) async fn retry<T, F>(&self, mut work: impl FnMut() -> F) -> Result<T, StoreError>
    where
        F: Future<Output = Result<T, StoreError>>,
    {
        let mut attempts = Attempts::default();
        loop {
            let outcome = work().await;
            if !attempts.again(&outcome).await {
                return outcome;
            }
        }
    }

    pub(crate) async fn close(&self) {
        self.read.close().await;
        self.write.close().await;
    }
}

/// Connects once: a pool would go on trying, and in the end not tell why it failed.
async fn try_out(dialect: Dialect, connect: &AnyConnectOptions) -> Result<(), sqlx::Error> {
    let attempt = async || {
        let mut connection = AnyConnection::connect_with(connect).await?;
        if dialect == Dialect::Sqlite {
            // Only a file that holds nothing yet takes the page size.
            connection.execute("PRAGMA page_size = 8192;").await?;
            connection.execute(SQLITE).await?;
        }
        connection.close().await
    };
    let attempts = async {
        loop {
            match attempt().await {
                // SQLite does not wait where another program is just starting its log.
                Err(error) if is_transient(&error) => tokio::time::sleep(Duration::from_millis(50)).await,
                outcome => return outcome,
            }
        }
    };
    tokio::time::timeout(CONNECT_TIMEOUT, attempts).await.unwrap_or(Err(sqlx::Error::PoolTimedOut))
}

/// The error code: SQLite's in decimal, or PostgreSQL's five characters.
pub(crate) fn code(error: &sqlx::Error) -> Option<String> {
    error.as_database_error()?.code().map(std::borrow::Cow::into_owned)
}

/// Whether the error says that there is no room.
pub(crate) fn is_full(error: &sqlx::Error) -> bool {
    // SQLITE_FULL, disk_full
    matches!(code(error).as_deref(), Some("13" | "53100"))
}

/// Whether the same may succeed at the next attempt, and this one has certainly changed nothing.
pub(crate) fn is_transient(error: &sqlx::Error) -> bool {
    // SQLITE_BUSY, SQLITE_LOCKED, SQLITE_BUSY_RECOVERY, SQLITE_BUSY_SNAPSHOT; serialization_failure,
    // deadlock_detected
    matches!(code(error).as_deref(), Some("5" | "6" | "261" | "517" | "40001" | "40P01"))
}

/// The sizes that lists of parameters are filled up to, so that a handful of statements serve all
/// lengths and stay prepared.
const LIST_SIZES: [usize; 6] = [1, 4, 16, 64, 256, 512];

/// Longest list of ids in one statement.
pub(crate) const LIST_MAX: usize = 512;

/// `column IN ($first, ...)` for up to [`LIST_MAX`] ids, and the ids to bind: as
/// many as there are parameters, the last one repeated.
pub(crate) fn id_list(column: &str, first: usize, ids: &[u32]) -> (String, Vec<i64>) {
    use std::fmt::Write as _;

    let size = LIST_SIZES.into_iter().find(|&size| size >= ids.len()).unwrap_or(ids.len());
    let mut sql = String::with_capacity(column.len() + 8 + size * 5);
    let _ = write!(sql, "{column} IN (");
    for number in first..first + size {
        let comma = if number == first { "" } else { "," };
        let _ = write!(sql, "{comma}${number}");
    }
    sql.push(')');
    let filler = ids.last().copied().unwrap_or_default();
    let ids = ids.iter().copied().chain(std::iter::repeat(filler)).take(size).map(i64::from).collect();
    (sql, ids)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_filled_up() {
        let (sql, ids) = id_list("item_id", 3, &[7, 8]);
        assert_eq!(sql, "item_id IN ($3,$4,$5,$6)");
        assert_eq!(ids, [7, 8, 8, 8]);
        let (sql, ids) = id_list("item_id", 2, &[7]);
        assert_eq!((sql.as_str(), ids.as_slice()), ("item_id IN ($2)", [7].as_slice()));
        assert_eq!(id_list("item_id", 1, &[1; LIST_MAX]).1.len(), LIST_MAX);
    }
}
