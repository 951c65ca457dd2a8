//! `[documents]`: folders that phones may look into.

use crate::config::schema::section;

section! {
    /// Folders of documents that phones may look into with Search and ItemOperations, for every account. There
    /// are none unless they are named here.
    pub struct Documents in "documents" {
        /// Each a link and an absolute path: '\\server\share = /srv/documents', 'https://server/docs = /srv/web'.
        /// Nothing is asked of the server that a link names.
        shares: Vec<String> = Vec::new(),
    }
}
