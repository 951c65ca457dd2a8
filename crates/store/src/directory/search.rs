//! Finding entries: first by an index of words and their beginnings, since that is what people type (FTS5 on
//! SQLite, a tsvector on PostgreSQL), then by one of three characters for what stands inside of words (FTS5,
//! pg_trgm). Both are made of what [`query`](fieldpost_domain::directory::query) makes of each visible entry.

use std::collections::HashSet;

use async_trait::async_trait;
use fieldpost_domain::directory::{
    Directory, DirectoryError, Entry, EntryId, MATCHES_MAX, Member, Page, Query,
};
use sqlx::Row;

use super::entry;
use crate::db::{Dialect, LIST_MAX, id_list};
use crate::{Store, StoreError};

/// A string of FTS5's query language, in which nothing is a word of that language.
fn quoted(term: &str) -> String {
    format!("\"{}\"", term.replace('"', "\"\""))
}

/// What PostgreSQL calls a tsquery, of one word that begins so.
fn lexeme_prefix(term: &str) -> String {
    format!("'{}':*", term.replace('\\', "\\\\").replace('\'', "''"))
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

/// The table that finds entries, and the condition on it.
struct Finder {
    table: &'static str,
    condition: String,
    bound: Vec<String>,
}

impl Finder {
    /// What has words that begin with each of these.
    fn beginnings(dialect: Dialect, terms: &[String]) -> Finder {
        let (condition, bound) = match dialect {
            Dialect::Sqlite => {
                let prefixes: Vec<String> = terms.iter().map(|term| format!("{}*", quoted(term))).collect();
                ("directory_word MATCH $1", prefixes.join(" AND "))
            }
            Dialect::Postgres => {
                let prefixes: Vec<String> = terms.iter().map(|term| lexeme_prefix(term)).collect();
                (
                    "array_to_tsvector(string_to_array(directory_word.words, ' ')) @@ CAST($1 AS tsquery)",
                    prefixes.join(" & "),
                )
            }
        };
        Finder { table: "directory_word", condition: condition.to_owned(), bound: vec![bound] }
    }

    /// What has each of these parts somewhere in its text.
    fn anywhere(dialect: Dialect, parts: &[String]) -> Finder {
        let (condition, bound) = match dialect {
            Dialect::Sqlite => {
                let all: Vec<String> = parts.iter().map(|part| quoted(part)).collect();
                ("directory_text MATCH $1".to_owned(), vec![all.join(" AND ")])
            }
            Dialect::Postgres => {
                let like_each: Vec<String> =
                    (1..=parts.len()).map(|n| format!("directory_text.text LIKE ${n}")).collect();
                (like_each.join(" AND "), parts.iter().map(|part| like(part)).collect())
            }
        };
        Finder { table: "directory_text", condition, bound }
    }
}

impl Store {
    /// Names and numbers of the entries that are found, by name, [`MATCHES_MAX`] at most.
    async fn found(&self, finder: Finder) -> Result<Vec<(String, EntryId)>, StoreError> {
        let Finder { table, condition, bound } = finder;
        let limit = bound.len() + 1;
        // All in one row: a thousand of them would cost more than the search itself.
        let sql = match self.db.dialect {
            Dialect::Sqlite => format!(
                "SELECT group_concat(name || char(31) || entry_id, char(30)) FROM \
                 (SELECT directory_entry.name, directory_entry.entry_id FROM {table} \
                 CROSS JOIN directory_entry INDEXED BY directory_entry_name \
                 ON directory_entry.entry_id = {table}.rowid WHERE {condition} LIMIT ${limit})"
            ),
            Dialect::Postgres => format!(
                "SELECT string_agg(name || chr(31) || entry_id, chr(30)) FROM \
                 (SELECT directory_entry.name, directory_entry.entry_id FROM {table} \
                 JOIN directory_entry ON directory_entry.entry_id = {table}.rowid \
                 WHERE {condition} LIMIT ${limit}) AS found"
            ),
        };
        let query = sqlx::query(sqlx::AssertSqlSafe(sql));
        let query = bound.into_iter().fold(query, sqlx::query::Query::bind);
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
        let dialect = self.db.dialect;
        let end = first.saturating_add(count);
        let mut found = self.found(Finder::beginnings(dialect, query.terms())).await?;
        // Looking inside of words costs several times as much, so nobody pays for what isn't shown. One more
        // than the page holds says that there is another.
        let is_enough = match query.is_answered_by_beginnings() {
            true => !found.is_empty(),
            false => found.len() > end.min(MATCHES_MAX - 1),
        };
        if let Some(parts) = query.anywhere().filter(|_| !is_enough) {
            let known: HashSet<EntryId> = found.iter().map(|(_, id)| *id).collect();
            let others = self.found(Finder::anywhere(dialect, &parts)).await?;
            found.extend(others.into_iter().filter(|(_, id)| !known.contains(id)));
            found.truncate(MATCHES_MAX);
            if first == 0 && found.len() <= end {
                found.sort_unstable();
            }
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
        assert_eq!(quoted("a\" OR \"b"), r#""a"" OR ""b""#);
        assert_eq!(lexeme_prefix(r"o'hara\"), r"'o''hara\\':*");
        assert_eq!(like("50%_\\"), r"%50\%\_\\%");
    }
}
