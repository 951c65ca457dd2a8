//! Deleting items for good: set by set, so that a folder of 100,000 goes in a few statements.

use fieldpost_domain::{FolderId, ItemId, MailboxId};
use sqlx::any::AnyArguments;
use sqlx::query::Query;
use sqlx::{Any, AssertSqlSafe};

use super::id_lists;
use crate::write::Write;
use crate::{StoreError, blob, folder};

/// Some items of one folder, as a condition of a statement.
struct Items {
    mailbox: MailboxId,
    folder: FolderId,
    condition: String,
    /// Parameters from `$3` on.
    ids: Vec<i64>,
}

impl Items {
    fn all(mailbox: MailboxId, folder: FolderId) -> Items {
        let condition = "item.mailbox_id = $1 AND item.folder_id = $2".to_owned();
        Items { mailbox, folder, condition, ids: Vec::new() }
    }

    /// Those of a list that [`id_lists`] made to begin at `$3`.
    fn listed(mailbox: MailboxId, folder: FolderId, list: &str, ids: Vec<i64>) -> Items {
        let condition = format!("item.mailbox_id = $1 AND item.folder_id = $2 AND {list}");
        Items { mailbox, folder, condition, ids }
    }

    fn query(&self, sql: String) -> Query<'static, Any, AnyArguments> {
        let query = sqlx::query(AssertSqlSafe(sql)).bind(self.mailbox.0).bind(i64::from(self.folder.0));
        self.ids.iter().fold(query, |query, id| query.bind(*id))
    }

    /// Leaves a tombstone for each, and tells how many there are.
    async fn bury(&self, write: &mut Write) -> Result<u64, StoreError> {
        let sql = format!(
            "INSERT INTO tombstone (mailbox_id, folder_id, item_id, modseq) \
             SELECT item.mailbox_id, item.folder_id, item.item_id, \
             CAST(${} AS BIGINT) + ROW_NUMBER() OVER (ORDER BY item.item_id) FROM item WHERE {}",
            self.ids.len() + 3,
            self.condition
        );
        let last = write.last_modseq(self.mailbox)?;
        let buried = self.query(sql).bind(last).execute(write.conn()).await?.rows_affected();
        if buried > 0 {
            write.take_modseqs(self.mailbox, buried)?;
            write.touch(self.mailbox, self.folder, false);
        }
        Ok(buried)
    }

    /// Deletes the rows, and the bytes that nothing refers to any more.
    async fn drop(&self, write: &mut Write) -> Result<(), StoreError> {
        let sql = format!(
            "DELETE FROM poison WHERE mailbox_id = $1 AND item_id IN (SELECT item.item_id FROM item WHERE {})",
            self.condition
        );
        self.query(sql).execute(write.conn()).await?;
        let sql = format!(
            "UPDATE blob SET refs = refs - dropped.times FROM \
             (SELECT item.hash, CAST(COUNT(*) AS BIGINT) AS times FROM item WHERE {} GROUP BY item.hash) \
             AS dropped WHERE blob.mailbox_id = $1 AND blob.hash = dropped.hash",
            self.condition
        );
        self.query(sql).execute(write.conn()).await?;
        self.query(format!("DELETE FROM item WHERE {}", self.condition)).execute(write.conn()).await?;
        blob::sweep(write.conn(), self.mailbox).await
    }
}

/// Deletes all items of a folder that stays.
pub(crate) async fn empty(write: &mut Write, mailbox: MailboxId, folder: FolderId) -> Result<(), StoreError> {
    let items = Items::all(mailbox, folder);
    if items.bury(write).await? > 0 {
        items.drop(write).await?;
    }
    Ok(())
}

/// Deletes all that is known of the items of a folder that goes.
pub(crate) async fn purge(write: &mut Write, mailbox: MailboxId, folder: FolderId) -> Result<(), StoreError> {
    Items::all(mailbox, folder).drop(write).await?;
    sqlx::query("DELETE FROM tombstone WHERE mailbox_id = $1 AND folder_id = $2")
        .bind(mailbox.0)
        .bind(i64::from(folder.0))
        .execute(write.conn())
        .await?;
    Ok(())
}

/// Deletes those of the items that lie in the folder.
pub(crate) async fn remove(
    write: &mut Write,
    mailbox: MailboxId,
    folder: FolderId,
    items: &[ItemId],
) -> Result<(), StoreError> {
    folder::require(write.conn(), mailbox, folder).await?;
    for (list, ids) in id_lists(3, items) {
        let items = Items::listed(mailbox, folder, &list, ids);
        if items.bury(write).await? > 0 {
            items.drop(write).await?;
        }
    }
    Ok(())
}
