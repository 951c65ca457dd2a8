//! Catches up on items from before there was an index: a few at a time, so that nobody waits, and on from the
//! same place after a stop.

use fieldpost_domain::folder::Class;
use fieldpost_domain::search::text::SearchText;
use fieldpost_domain::{ItemId, MailboxId};
use sqlx::Row;

use super::fill;
use crate::item::number;
use crate::write::Write;
use crate::{Store, StoreError, folder};

/// Items looked at in one turn.
const AT_A_TIME: i64 = 64;

/// An item whose words are still to be kept.
struct Late {
    item: ItemId,
    received: i64,
    text: SearchText,
}

impl Store {
    /// Keeps the words of some items that have none yet. `false`: there are no more.
    ///
    /// # Errors
    /// Our own trouble; the next call goes on at the same place.
    pub async fn catch_up_search(&self) -> Result<bool, StoreError> {
        let row = sqlx::query("SELECT mailbox_id, next_item, end_item FROM search_backlog LIMIT 1")
            .fetch_optional(&self.db.read)
            .await?;
        let Some(row) = row else { return Ok(false) };
        let mailbox = MailboxId(row.try_get(0)?);
        let (next, end): (i64, i64) = (row.try_get(1)?, row.try_get(2)?);
        let rows = sqlx::query(
            "SELECT item.item_id, folder.kind FROM item JOIN folder ON folder.mailbox_id = item.mailbox_id \
             AND folder.folder_id = item.folder_id WHERE item.mailbox_id = $1 AND item.item_id >= $2 \
             AND item.item_id < $3 ORDER BY item.item_id LIMIT $4",
        )
        .bind(mailbox.0)
        .bind(next)
        .bind(end)
        .bind(AT_A_TIME)
        .fetch_all(&self.db.read)
        .await?;
        let mut classes: Vec<(ItemId, Class)> = Vec::with_capacity(rows.len());
        for row in &rows {
            classes.push((ItemId(number(row, 0)?), folder::kind(row.try_get(1)?)?.class()));
        }
        let next = classes.last().map(|(item, _)| i64::from(item.0) + 1);
        let late = self.read_late(mailbox, classes).await?;
        let attempt = || async {
            let mut write = Write::begin(&self.db, &[mailbox]).await?;
            for late in &late {
                keep(&mut write, mailbox, late).await?;
            }
            match next {
                Some(next) => {
                    sqlx::query("UPDATE search_backlog SET next_item = $2 WHERE mailbox_id = $1")
                        .bind(mailbox.0)
                        .bind(next)
                        .execute(write.conn())
                        .await?
                }
                None => {
                    sqlx::query("DELETE FROM search_backlog WHERE mailbox_id = $1")
                        .bind(mailbox.0)
                        .execute(write.conn())
                        .await?
                }
            };
            write.commit().await
        };
        self.db.retry(attempt).await?;
        Ok(true)
    }

    /// Reads items and their words. One whose bytes are damaged is passed over: others are found.
    async fn read_late(
        &self,
        mailbox: MailboxId,
        classes: Vec<(ItemId, Class)>,
    ) -> Result<Vec<Late>, StoreError> {
        let mut all = Vec::with_capacity(classes.len());
        for (item, class) in classes {
            let found = match self.read_items(mailbox, &[item]).await {
                Ok(found) => found,
                Err(StoreError::Damaged(what)) => {
                    tracing::error!(mailbox = mailbox.0, %item, what, "an item can't be read for the index");
                    continue;
                }
                Err(error) => return Err(error),
            };
            let Some(found) = found.into_iter().next() else { continue };
            let (meta, content) = (found.meta, found.content);
            let read = move || SearchText::of(class, &content);
            let text = tokio::task::spawn_blocking(read)
                .await
                .map_err(|_| StoreError::Database(sqlx::Error::WorkerCrashed))?;
            all.push(Late { item, received: meta.received, text });
        }
        Ok(all)
    }
}

/// Keeps the words of an item, unless it is gone or has them already: who changes its bytes meanwhile keeps
/// their words as well.
async fn keep(write: &mut Write, mailbox: MailboxId, late: &Late) -> Result<(), StoreError> {
    let row = sqlx::query(
        "SELECT found.document FROM item LEFT JOIN search_document AS found \
         ON found.mailbox_id = item.mailbox_id AND found.item_id = item.item_id \
         WHERE item.mailbox_id = $1 AND item.item_id = $2",
    )
    .bind(mailbox.0)
    .bind(i64::from(late.item.0))
    .fetch_optional(write.conn())
    .await?;
    let Some(row) = row else { return Ok(()) };
    if row.try_get::<Option<i64>, _>(0)?.is_some() {
        return Ok(());
    }
    fill::put(write, mailbox, late.item, late.received, &late.text).await
}
