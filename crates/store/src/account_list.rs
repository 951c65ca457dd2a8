//! Accounts, found by what they are called, page by page.

use sqlx::{AssertSqlSafe, Row};

use crate::account::{self, Account, folded};
use crate::device::escaped;
use crate::{Store, StoreError};

/// Most rows of a page.
pub const ACCOUNT_PAGE_MAX: usize = 500;
/// Most words of a text that are looked for.
const WORDS_MAX: usize = 8;

/// Which accounts are looked for. What is not given does not matter.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AccountFilter {
    /// Each word is part of the account's name or of one of its addresses.
    pub text: Option<String>,
    /// Whether they are disabled.
    pub disabled: Option<bool>,
}

/// The statement that a filter means; `$1` is the number of rows, `$2` the address after which they begin, and
/// `$3` whether they are disabled. The page's keys are found first, in the order of the index of addresses.
fn question(filter: &AccountFilter, words: usize) -> String {
    use std::fmt::Write as _;

    let mut sql = "SELECT account.account_id, account.display_name, account.disabled, account.created, \
                   account_address.address, account.time_zone, page.folded FROM \
                   (SELECT named.account_id, named.folded FROM account_address AS named JOIN account AS found \
                   ON found.account_id = named.account_id WHERE named.position = 0 AND named.folded > $2"
        .to_owned();
    let mut last = 2;
    if filter.disabled.is_some() {
        last += 1;
        let _ = write!(sql, " AND found.disabled = ${last}");
    }
    for _ in 0..words {
        // SQLite folds the case of ASCII alone: a name's first letter is tried as a capital too.
        let _ = write!(
            sql,
            " AND (LOWER(found.display_name) LIKE ${0} ESCAPE '!' OR found.display_name LIKE ${1} ESCAPE '!' \
             OR EXISTS (SELECT 1 FROM account_address AS other WHERE other.account_id = found.account_id \
             AND other.folded LIKE ${0} ESCAPE '!'))",
            last + 1,
            last + 2
        );
        last += 2;
    }
    sql.push_str(
        " ORDER BY named.folded LIMIT $1) AS page JOIN account ON account.account_id = page.account_id \
         JOIN account_address ON account_address.account_id = account.account_id \
         ORDER BY page.folded, account_address.position",
    );
    sql
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    let first: String = letters.next().map(|c| c.to_uppercase().collect()).unwrap_or_default();
    first + letters.as_str()
}

impl Store {
    /// A page of accounts by primary address, `limit` at most (1 to [`ACCOUNT_PAGE_MAX`]), after the one that
    /// `after` names, with what to ask with for the next page.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn list_accounts(
        &self,
        filter: &AccountFilter,
        after: Option<&str>,
        limit: usize,
    ) -> Result<(Vec<Account>, Option<String>), StoreError> {
        let limit = limit.clamp(1, ACCOUNT_PAGE_MAX);
        // Neither database takes a NUL in a text, and no address has one.
        let plain = |text: Option<&str>| text.unwrap_or_default().replace('\0', " ");
        let text = plain(filter.text.as_deref());
        let words: Vec<String> = text.split_whitespace().take(WORDS_MAX).map(folded).collect();
        let statement = question(filter, words.len());
        let mut query = sqlx::query(AssertSqlSafe(statement))
            .bind(i64::try_from(limit).unwrap_or(i64::MAX))
            .bind(plain(after));
        if let Some(disabled) = filter.disabled {
            query = query.bind(i64::from(disabled));
        }
        for word in &words {
            query =
                query.bind(format!("%{}%", escaped(word))).bind(format!("%{}%", escaped(&capitalised(word))));
        }
        let rows = query.fetch_all(&self.db.read).await?;
        let found = account::accounts(&rows)?;
        let last = rows.last().filter(|_| found.len() == limit);
        let next = last.map(|row| row.try_get(6)).transpose()?;
        Ok((found, next))
    }
}
