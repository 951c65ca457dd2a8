//! `[storage]`: the database.

use std::path::PathBuf;

use crate::config::schema::section;
use crate::config::value::{DatabaseUrl, Size};

section! {
    /// The database that holds accounts, mail and what the phones know.
    pub struct Storage in "storage" {
        /// "sqlite:/path/to/fieldpost.db" or "postgres://user@host/database". Not set: the file
        /// fieldpost.db in the folder of section [server].
        url: Option<DatabaseUrl> = None,
        /// File with the password for PostgreSQL, on its first line.
        password_file: Option<PathBuf> = None,
        /// Greatest number of connections to the database. On PostgreSQL a server has one more, which listens.
        max_connections: u32 = 8,
        /// `fieldpost doctor` warns when less than this is free where the database lies.
        min_free: Size = Size::mb(500),
    }
}
