//! The queue of messages for other servers, one entry for each recipient.

use std::fmt;

use fieldpost_domain::MailboxId;
use fieldpost_domain::backend::Write as Change;
use jiff::Timestamp;
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::batch::{self, Destinations, Packet};
use crate::blob::{self, Hash};
use crate::delivery::Delivery;
use crate::item::number;
use crate::write::Write;
use crate::{Store, StoreError};

/// An entry of the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct QueueId {
    pub(crate) mailbox: MailboxId,
    pub(crate) number: i64,
}

impl fmt::Display for QueueId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.mailbox, self.number)
    }
}

/// A message to one recipient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Queued {
    /// The entry.
    pub id: QueueId,
    /// The sender's mailbox.
    pub mailbox: MailboxId,
    /// Envelope sender, empty: none.
    pub sender: String,
    /// Envelope recipient.
    pub recipient: String,
    /// RFC 5322 message.
    pub content: Vec<u8>,
    /// Attempts that failed so far.
    pub attempts: u32,
    /// When it was submitted.
    pub created: Timestamp,
}

/// Adds an entry, due at once. The reference to the bytes is counted by the caller.
pub(crate) async fn enqueue(
    write: &mut Write,
    mailbox: MailboxId,
    sender: &str,
    recipient: &str,
    hash: &Hash,
    now: i64,
) -> Result<(), StoreError> {
    let entry = write.next_entry(mailbox)?;
    sqlx::query(
        "INSERT INTO outgoing (mailbox_id, entry_id, sender, recipient, hash, created, attempts, due) \
         VALUES ($1, $2, $3, $4, $5, $6, 0, $6)",
    )
    .bind(mailbox.0)
    .bind(entry)
    .bind(sender)
    .bind(recipient)
    .bind(hash.as_slice())
    .bind(now)
    .execute(write.conn())
    .await?;
    Ok(())
}

fn time(row: &AnyRow, index: usize) -> Result<Timestamp, StoreError> {
    Timestamp::from_millisecond(row.try_get(index)?)
        .map_err(|_| StoreError::Damaged("a time is out of range".to_owned()))
}

/// Takes an entry away; `false` where it is gone already.
async fn take(write: &mut Write, id: QueueId) -> Result<bool, StoreError> {
    let row = sqlx::query("DELETE FROM outgoing WHERE mailbox_id = $1 AND entry_id = $2 RETURNING hash")
        .bind(id.mailbox.0)
        .bind(id.number)
        .fetch_optional(write.conn())
        .await?;
    let Some(row) = row else { return Ok(false) };
    blob::release(write.conn(), id.mailbox, row.try_get(0)?).await?;
    Ok(true)
}

impl Store {
    /// The first `limit` entries that are due at `now`. Nobody else gets them before `lease_until`,
    /// when they are due again unless they were finished, bounced or put off.
    ///
    /// # Errors
    /// Our own trouble only. An entry whose bytes can't be read is logged and passed over.
    pub async fn due_outgoing(
        &self,
        now: Timestamp,
        lease_until: Timestamp,
        limit: usize,
    ) -> Result<Vec<Queued>, StoreError> {
        let attempt = || async {
            let mut transaction = self.db.begin().await?;
            let rows = sqlx::query(self.db.dialect.take_due())
                .bind(now.as_millisecond())
                .bind(i64::try_from(limit).unwrap_or(i64::MAX))
                .fetch_all(&mut *transaction)
                .await?;
            let mut due = Vec::with_capacity(rows.len());
            for row in &rows {
                let id = QueueId { mailbox: MailboxId(row.try_get(0)?), number: row.try_get(1)? };
                sqlx::query("UPDATE outgoing SET due = $3 WHERE mailbox_id = $1 AND entry_id = $2")
                    .bind(id.mailbox.0)
                    .bind(id.number)
                    .bind(lease_until.as_millisecond())
                    .execute(&mut *transaction)
                    .await?;
                let content = match blob::load(&mut transaction, id.mailbox, row.try_get(4)?).await {
                    Ok(content) => content,
                    Err(error @ StoreError::Damaged(_)) => {
                        tracing::error!(entry = %id, %error, "a queued message is passed over");
                        continue;
                    }
                    Err(error) => return Err(error),
                };
                due.push(Queued {
                    id,
                    mailbox: id.mailbox,
                    sender: row.try_get(2)?,
                    recipient: row.try_get(3)?,
                    content,
                    attempts: number(row, 5)?,
                    created: time(row, 6)?,
                });
            }
            transaction.commit().await?;
            Ok(due)
        };
        self.db.retry(attempt).await
    }

    /// When the next entry is due, leases counted; none: the queue is empty.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn next_due(&self) -> Result<Option<Timestamp>, StoreError> {
        let row = sqlx::query("SELECT due FROM outgoing ORDER BY due LIMIT 1")
            .fetch_optional(&self.db.read)
            .await?;
        row.map(|row| time(&row, 0)).transpose()
    }

    /// How many entries wait, due or not, and when the oldest of them was queued.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn outgoing_waiting(&self) -> Result<(u64, Option<Timestamp>), StoreError> {
        let row = sqlx::query("SELECT COUNT(*), COALESCE(MIN(created), 0) FROM outgoing")
            .fetch_one(&self.db.read)
            .await?;
        let count = row.try_get::<i64, _>(0)?.unsigned_abs();
        Ok((count, if count == 0 { None } else { Some(time(&row, 1)?) }))
    }

    /// The message was taken by the recipient's server: the entry goes.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn finish_outgoing(&self, id: QueueId) -> Result<(), StoreError> {
        self.bounce_outgoing(id, None).await
    }

    /// The message can't be delivered: the entry goes and the bounce is delivered, at once. Where the
    /// entry is gone already, nothing happens.
    ///
    /// # Errors
    /// As [`Store::deliver`].
    pub async fn bounce_outgoing(&self, id: QueueId, bounce: Option<Delivery>) -> Result<(), StoreError> {
        let packets = Packet::all(bounce.map(Change::from).into_iter().collect()).await?;
        let mut mailboxes = vec![id.mailbox];
        mailboxes.extend(packets.iter().map(|packet| packet.mailbox));
        let attempt = || async {
            let mut write = Write::begin(&self.db, &mailboxes).await?;
            if !take(&mut write, id).await? {
                return Ok(());
            }
            for packet in &packets {
                batch::carry_out(&mut write, &mut Destinations::default(), packet, 0).await?;
            }
            write.commit().await
        };
        self.db.retry(attempt).await
    }

    /// The attempt failed, and the next is at `next`. `error` is kept for the administrator, cut to
    /// 1,000 characters.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn retry_outgoing(&self, id: QueueId, next: Timestamp, error: &str) -> Result<(), StoreError> {
        // PostgreSQL's TEXT holds no NUL.
        let error: String = error.chars().filter(|&c| c != '\0').take(1000).collect();
        let attempt = || async {
            let mut transaction = self.db.begin().await?;
            sqlx::query(
                "UPDATE outgoing SET attempts = attempts + 1, due = $3, error = $4 \
                 WHERE mailbox_id = $1 AND entry_id = $2",
            )
            .bind(id.mailbox.0)
            .bind(id.number)
            .bind(next.as_millisecond())
            .bind(error.as_str())
            .execute(&mut *transaction)
            .await?;
            Ok(transaction.commit().await?)
        };
        self.db.retry(attempt).await
    }
}
