//! Finding entries: by an index of three characters (FTS5 on SQLite, pg_trgm on PostgreSQL) over the text
//! that [`query::text_of`](fieldpost_domain::directory::query::text_of) makes of each visible entry.

use std::collections::HashSet;

use async_trait::async_trait;
use fieldpost_domain::directory::{
    Directory, DirectoryError, Entry, EntryId, MATCHES_MAX, Member, Page, Query,
};
use sqlx::Row;

use super::entry;
use crate::db::{Dialect, LIST_MAX, id_list};
use crate::{Store, StoreError};

/// The expression of FTS5 that finds texts with all of these in them.
fn fts5(parts: &[String]) -> String {
    let quoted: Vec<String> = parts.iter().map(|part| format!("\"{}\"", part.replace('"', "\"\""))).collect();
    quoted.join(" AND ")
}

/// The pattern of LIKE that finds a text with this in it.
fn like(part: &str) -> String {
    let mut pattern = String::from("%");
    for c in part.chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

impl Store {
    /// Names and numbers of entries with all of these parts in their text, by name, [`MATCHES_MAX`] at most.
    async fn entries_with(&self, parts: &[String]) -> Result<Vec<(String, EntryId)>, StoreError> {
        // All in one row: a thousand of them would cost more than the search itself.
        let sql = match self.db.dialect {
            Dialect::Sqlite => "SELECT group_concat(name || char(31) || entry_id, char(30)) FROM \
                                (SELECT directory_entry.name, directory_entry.entry_id FROM directory_text \
                                CROSS JOIN directory_entry ON directory_entry.entry_id = directory_text.rowid \
                                WHERE directory_text MATCH $1 LIMIT $2)"
                .to_owned(),
            Dialect::Postgres => {
                let conditions: Vec<String> =
                    (0..parts.len()).map(|n| format!("directory_text.text LIKE ${}", n + 1)).collect();
                format!(
                    "SELECT string_agg(name || chr(31) || entry_id, chr(30)) FROM \
                     (SELECT directory_entry.name, directory_entry.entry_id FROM directory_text \
                     JOIN directory_entry ON directory_entry.entry_id = directory_text.rowid \
                     WHERE {} LIMIT ${}) AS found",
                    conditions.join(" AND "),
                    parts.len() + 1
                )
            }
        };
        let mut query = sqlx::query(sqlx::AssertSqlSafe(sql));
        query = match self.db.dialect {
            Dialect::Sqlite => query.bind(fts5(parts)),
            Dialect::Postgres => parts.iter().fold(query, |query, part| query.bind(like(part))),
        };
        let most = i64::try_from(MATCHES_MAX).unwrap_or(i64::MAX);
        let row = query.bind(most).fetch_one(&self.db.read).await?;
        let all: String = row.try_get::<Option<String>, _>(0)?.unwrap_or_default();
        // Folded names have no control characters.
        let mut found = Vec::new();
        for one in all.split('\u{1e}').filter(|one| !one.is_empty()) {
            let (name, id) = one.rsplit_once('\u{1f}').unwrap_or_default();
            let damaged = |_| StoreError::Damaged("a list of entries of the address book".to_owned());
            found.push((name.to_owned(), EntryId(id.parse().map_err(damaged)?)));
        }
        found.sort_unstable();
        Ok(found)
    }

    async fn search_entries(&self, query: &Query, first: usize, count: usize) -> Result<Page, StoreError> {
        let mut found = self.entries_with(&query.beginnings()).await?;
        if let Some(parts) = query.anywhere().filter(|_| found.len() < MATCHES_MAX) {
            let known: HashSet<EntryId> = found.iter().map(|(_, id)| *id).collect();
            let others = self.entries_with(&parts).await?;
            found.extend(others.into_iter().filter(|(_, id)| !known.contains(id)));
            found.truncate(MATCHES_MAX);
            found.sort_unstable();
        }
        let wanted: Vec<EntryId> = found.iter().skip(first).take(count).map(|(_, id)| *id).collect();
        Ok(Page { entries: self.entries_by_id(&wanted).await?, total: found.len() })
    }

    /// The entries with these numbers, in this order; those that are gone by now are left out.
    async fn entries_by_id(&self, ids: &[EntryId]) -> Result<Vec<Entry>, StoreError> {
        let mut entries = Vec::with_capacity(ids.len());
        for portion in ids.chunks(LIST_MAX) {
            let numbers: Vec<u32> = portion.iter().filter_map(|id| u32::try_from(id.0).ok()).collect();
            let (list, bound) = id_list("entry_id", 1, &numbers);
            let sql = format!(
                "SELECT entry_id, kind, account_id, hidden, photo_size, data FROM directory_entry WHERE {list}"
            );
            let query =
                bound.iter().fold(sqlx::query(sqlx::AssertSqlSafe(sql)), |query, number| query.bind(*number));
            let rows = query.fetch_all(&self.db.read).await?;
            let mut found = rows.iter().map(entry).collect::<Result<Vec<Entry>, StoreError>>()?;
            for id in portion {
                if let Some(at) = found.iter().position(|entry| entry.id == *id) {
                    entries.push(found.swap_remove(at));
                }
            }
        }
        Ok(entries)
    }
}

impl From<StoreError> for DirectoryError {
    fn from(error: StoreError) -> DirectoryError {
        DirectoryError(Box::new(error))
    }
}

#[async_trait]
impl Directory for Store {
    async fn search(&self, query: &Query, first: usize, count: usize) -> Result<Page, DirectoryError> {
        Ok(self.search_entries(query, first, count).await?)
    }

    async fn by_address(&self, address: &str) -> Result<Option<Entry>, DirectoryError> {
        Ok(self.entry_by_address(address).await?)
    }

    async fn members(&self, group: EntryId) -> Result<Vec<Member>, DirectoryError> {
        Ok(self.group_members(group).await?)
    }

    async fn photo(&self, entry: EntryId) -> Result<Option<Vec<u8>>, DirectoryError> {
        Ok(self.entry_photo(entry).await?)
    }

    async fn certificates(&self, entry: EntryId) -> Result<Vec<Vec<u8>>, DirectoryError> {
        Ok(self.entry_certificates(entry).await?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_no_language() {
        assert_eq!(fts5(&["a\" OR \"b".to_owned(), "  c".to_owned()]), r#""a"" OR ""b" AND "  c""#);
        assert_eq!(like("50%_\\"), r"%50\%\_\\%");
    }
}
