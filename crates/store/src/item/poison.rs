//! Items that can't be shown to phones: recorded when a conversion fails, so that somebody can mend
//! them, and forgotten when one succeeds or the item gets other bytes or goes.

use fieldpost_domain::folder::Class;
use fieldpost_domain::{FolderId, ItemId, MailboxId};
use jiff::Timestamp;
use sqlx::Row;

use super::number;
use crate::write::Write;
use crate::{Store, StoreError};

/// Most characters of a reason that are kept.
const REASON: usize = 500;

/// An item that can't be shown to phones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Poison {
    /// Which.
    pub item: ItemId,
    /// Where it lies.
    pub folder: FolderId,
    /// What it was taken for: the name of a [`Class`].
    pub class: String,
    /// What is wrong with it. It tells nothing of the content.
    pub reason: String,
    /// When that was first found.
    pub since: Timestamp,
}

/// Forgets what is said of an item.
pub(crate) async fn forget(write: &mut Write, mailbox: MailboxId, item: ItemId) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM poison WHERE mailbox_id = $1 AND item_id = $2")
        .bind(mailbox.0)
        .bind(i64::from(item.0))
        .execute(write.conn())
        .await?;
    Ok(())
}

impl Store {
    /// Records that an item can't be shown. The first time counts; a later reason replaces the one
    /// before. An item that is gone is not recorded.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn record_poison(
        &self,
        mailbox: MailboxId,
        item: ItemId,
        class: Class,
        reason: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        // PostgreSQL's TEXT holds no NUL.
        let reason: String = reason.chars().filter(|&c| c != '\0').take(REASON).collect();
        let attempt = || async {
            let mut transaction = self.db.begin().await?;
            sqlx::query(
                "INSERT INTO poison (mailbox_id, item_id, class, reason, since) \
                 SELECT mailbox_id, item_id, $3, $4, $5 FROM item WHERE mailbox_id = $1 AND item_id = $2 \
                 ON CONFLICT (mailbox_id, item_id) DO UPDATE SET reason = excluded.reason",
            )
            .bind(mailbox.0)
            .bind(i64::from(item.0))
            .bind(class.name().unwrap_or("Other"))
            .bind(reason.as_str())
            .bind(now.as_millisecond())
            .execute(&mut *transaction)
            .await?;
            Ok(transaction.commit().await?)
        };
        self.db.retry(attempt).await
    }

    /// Forgets that an item could not be shown: now it can.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn clear_poison(&self, mailbox: MailboxId, item: ItemId) -> Result<(), StoreError> {
        let attempt = || async {
            let mut write = Write::begin(&self.db, &[mailbox]).await?;
            forget(&mut write, mailbox, item).await?;
            write.commit().await
        };
        self.db.retry(attempt).await
    }

    /// How many items of all mailboxes can't be shown to phones.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn count_poison(&self) -> Result<u64, StoreError> {
        let row = sqlx::query("SELECT COUNT(*) FROM poison").fetch_one(&self.db.read).await?;
        Ok(row.try_get::<i64, _>(0)?.unsigned_abs())
    }

    /// The items of a mailbox that can't be shown to phones, oldest number first.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn poison(&self, mailbox: MailboxId) -> Result<Vec<Poison>, StoreError> {
        let rows = sqlx::query(
            "SELECT poison.item_id, item.folder_id, poison.class, poison.reason, poison.since FROM poison \
             JOIN item ON item.mailbox_id = poison.mailbox_id AND item.item_id = poison.item_id \
             WHERE poison.mailbox_id = $1 ORDER BY poison.item_id",
        )
        .bind(mailbox.0)
        .fetch_all(&self.db.read)
        .await?;
        rows.iter()
            .map(|row| {
                Ok(Poison {
                    item: ItemId(number(row, 0)?),
                    folder: FolderId(number(row, 1)?),
                    class: row.try_get(2)?,
                    reason: row.try_get(3)?,
                    since: Timestamp::from_millisecond(row.try_get(4)?)
                        .map_err(|_| StoreError::Damaged("a time is out of range".to_owned()))?,
                })
            })
            .collect()
    }
}
