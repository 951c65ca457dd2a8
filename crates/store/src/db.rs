//! The two dialects and what differs between them; transactions.

use std::fmt;

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

/// Whether the error says that there is no room.
pub(crate) fn is_full(error: &sqlx::Error) -> bool {
    error.as_database_error().and_then(|e| e.code().map(|c| c == "13" || c == "53100")).unwrap_or(false)
}
