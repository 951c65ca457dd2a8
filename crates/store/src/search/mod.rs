//! The search index: [`fill`] keeps it with the items, [`condition`] puts what is looked for in the terms
//! of each database, [`backlog`] catches up on what came before there was an index.
//!
//! SQLite has a full-text table (FTS5) without content, PostgreSQL columns of words with an inverted index.
//! Both number their documents alike: by mailbox, then by time, so a search reads one range of documents
//! from its newest end and stops when it has enough.

mod backlog;
mod condition;
pub(crate) mod fill;

use fieldpost_domain::search::{Found, Query};
use fieldpost_domain::{ItemId, MailboxId};
use sqlx::{AssertSqlSafe, Row};

use self::condition::Condition;
use crate::{Store, StoreError};

/// Bits of a document's number below its second: so many items of one second have a place.
const WITHIN_SECOND: u32 = 10;
/// Bits of a document's number below its mailbox.
const WITHIN_MAILBOX: u32 = 42;
/// Latest second that a place is made for, in 2106. What is later stands there.
const LAST_SECOND: i64 = (1 << (WITHIN_MAILBOX - WITHIN_SECOND)) - 1;
/// Most mailboxes that fit above.
const LAST_MAILBOX: i64 = (1 << (63 - WITHIN_MAILBOX)) - 1;

/// The first document of a mailbox in the second of `received`, milliseconds since 1970. None for a mailbox
/// whose number is beyond all that there will be.
fn place(mailbox: MailboxId, received: i64) -> Option<i64> {
    let second = received.div_euclid(1000).clamp(0, LAST_SECOND);
    let mailbox = (0..=LAST_MAILBOX).contains(&mailbox.0).then_some(mailbox.0)?;
    Some((mailbox << WITHIN_MAILBOX) | (second << WITHIN_SECOND))
}

impl Store {
    pub(crate) async fn search_items(&self, mailbox: MailboxId, query: &Query) -> Result<Found, StoreError> {
        let wanted = query.count_to.max(query.skip.saturating_add(query.limit));
        if query.folders.is_empty() || wanted == 0 {
            return Ok(Found::default());
        }
        let Some(condition) = Condition::of(self.db.dialect, mailbox, query, wanted) else {
            return Ok(Found::default());
        };
        let mut statement = sqlx::query(AssertSqlSafe(condition.sql));
        for number in condition.numbers {
            statement = statement.bind(number);
        }
        for text in condition.texts {
            statement = statement.bind(text);
        }
        if let Some(conversation) = query.conversation {
            statement = statement.bind(conversation.to_vec());
        }
        let row = statement.fetch_one(&self.db.read).await?;
        let list: Option<String> = row.try_get(0)?;
        let damaged = |_| StoreError::Damaged("a list of items that were found".to_owned());
        let ids = list
            .iter()
            .flat_map(|list| list.split(','))
            .map(|id| id.parse().map(ItemId).map_err(damaged))
            .collect::<Result<Vec<_>, StoreError>>()?;
        let to_usize = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
        let page: Vec<ItemId> =
            ids.iter().skip(to_usize(query.skip)).take(to_usize(query.limit)).copied().collect();
        let items = self.read_metas(mailbox, &page).await?;
        Ok(Found { items, total: u32::try_from(ids.len()).unwrap_or(u32::MAX) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_stand_in_order_of_mailbox_and_time() {
        let of = |mailbox, received| place(MailboxId(mailbox), received).unwrap();
        assert!(of(1, i64::MAX / 4) < of(2, i64::MIN));
        assert!(of(1, 999) < of(1, 1000));
        assert_eq!(of(1, -5), of(1, 0));
        assert_eq!(of(LAST_MAILBOX, i64::MAX) >> WITHIN_MAILBOX, LAST_MAILBOX);
        assert_eq!(place(MailboxId(LAST_MAILBOX + 1), 0), None);
    }
}
