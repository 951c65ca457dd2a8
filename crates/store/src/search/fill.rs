//! Keeps the index with the items, within the transactions that change them.

use fieldpost_domain::search::text::SearchText;
use fieldpost_domain::{ItemId, MailboxId};
use sqlx::Row;

use super::{WITHIN_SECOND, place};
use crate::StoreError;
use crate::db::Dialect;
use crate::write::Write;

/// How many seconds are looked at for a free place. Items of one second come by an import, or stand at the end
/// of time; beyond this they are not found.
const SEARCHED: usize = 2048;

/// A free document in the second of `received` or near it.
async fn free_place(write: &mut Write, mailbox: MailboxId, received: i64) -> Result<Option<i64>, StoreError> {
    let Some(mut base) = place(mailbox, received) else { return Ok(None) };
    let width = 1i64 << WITHIN_SECOND;
    let last = place(mailbox, i64::MAX).unwrap_or(base);
    // At the end of time there is only the way back.
    let step = if base == last { -width } else { width };
    for _ in 0..SEARCHED {
        let row =
            sqlx::query("SELECT MAX(document) FROM search_document WHERE document >= $1 AND document < $2")
                .bind(base)
                .bind(base + width)
                .fetch_one(write.conn())
                .await?;
        match row.try_get::<Option<i64>, _>(0)? {
            None => return Ok(Some(base)),
            Some(newest) if newest + 1 < base + width => return Ok(Some(newest + 1)),
            Some(_) => base += step,
        }
        if base > last {
            break;
        }
    }
    tracing::warn!(mailbox = mailbox.0, "an item has no place in the search index: too many of one second");
    Ok(None)
}

/// Adds the words of an item that is there. It must have none yet.
pub(crate) async fn put(
    write: &mut Write,
    mailbox: MailboxId,
    item: ItemId,
    received: i64,
    text: &SearchText,
) -> Result<(), StoreError> {
    let Some(document) = free_place(write, mailbox, received).await? else { return Ok(()) };
    match write.dialect {
        Dialect::Sqlite => {
            sqlx::query(
                "INSERT INTO search_document (document, mailbox_id, item_id, folder_id, received, text_message) \
                 SELECT $1, mailbox_id, item_id, folder_id, received, text_message FROM item \
                 WHERE mailbox_id = $2 AND item_id = $3",
            )
            .bind(document)
            .bind(mailbox.0)
            .bind(i64::from(item.0))
            .execute(write.conn())
            .await?;
            let mark = if text.has_attachments { "m a" } else { "m" };
            sqlx::query(
                "INSERT INTO search_words (rowid, subject, sender, addressee, copied, attachment, body, mark) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            )
            .bind(document)
            .bind(text.subject.as_str())
            .bind(text.from.as_str())
            .bind(text.to.as_str())
            .bind(text.cc.as_str())
            .bind(text.attachments.as_str())
            .bind(text.body.as_str())
            .bind(mark)
            .execute(write.conn())
            .await?;
        }
        Dialect::Postgres => {
            sqlx::query(
                "INSERT INTO search_document (document, mailbox_id, item_id, attached, words, sender, \
                 addressee, copied) VALUES ($1, $2, $3, $4, \
                 setweight(to_tsvector('simple', $5), 'A') || \
                 setweight(to_tsvector('simple', $6 || ' ' || $7 || ' ' || $8), 'B') || \
                 setweight(to_tsvector('simple', $9), 'C') || setweight(to_tsvector('simple', $10), 'D'), \
                 to_tsvector('simple', $6), to_tsvector('simple', $7), to_tsvector('simple', $8))",
            )
            .bind(document)
            .bind(mailbox.0)
            .bind(i64::from(item.0))
            .bind(i64::from(text.has_attachments))
            .bind(text.subject.as_str())
            .bind(text.from.as_str())
            .bind(text.to.as_str())
            .bind(text.cc.as_str())
            .bind(text.attachments.as_str())
            .bind(text.body.as_str())
            .execute(write.conn())
            .await?;
        }
    }
    Ok(())
}

/// Takes an item's words away. An item that is deleted takes its own with it.
pub(crate) async fn remove(write: &mut Write, mailbox: MailboxId, item: ItemId) -> Result<(), StoreError> {
    if write.dialect == Dialect::Sqlite {
        sqlx::query(
            "DELETE FROM search_words WHERE rowid IN \
             (SELECT document FROM search_document WHERE mailbox_id = $1 AND item_id = $2)",
        )
        .bind(mailbox.0)
        .bind(i64::from(item.0))
        .execute(write.conn())
        .await?;
    }
    sqlx::query("DELETE FROM search_document WHERE mailbox_id = $1 AND item_id = $2")
        .bind(mailbox.0)
        .bind(i64::from(item.0))
        .execute(write.conn())
        .await?;
    Ok(())
}
