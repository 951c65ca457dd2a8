//! Automatic replies: what users have set, and who got one.

use fieldpost_domain::automatic_reply::AutomaticReply;
use fieldpost_domain::backend::Write as Change;
use fieldpost_domain::{AccountId, MailboxId};
use jiff::Timestamp;
use sqlx::Row;

use crate::batch::{Destinations, Packet, carry_out};
use crate::blob::Packer;
use crate::write::Write;
use crate::{Store, StoreError};

/// Most replies of one mailbox within [`HOUR`]: forged senders must not make a flood of it.
const HOURLY: i64 = 200;
/// An hour, milliseconds.
const HOUR: i64 = 60 * 60 * 1000;

/// An automatic reply that is to be sent once to this sender in this period.
#[derive(Debug, Clone)]
pub struct ReplyOnce {
    /// Who replies.
    pub mailbox: MailboxId,
    /// [`AutomaticReply::period`].
    pub period: u32,
    /// Who gets it.
    pub sender: String,
    /// When.
    pub now: Timestamp,
    /// Its way: an entry of the queue, or an item for a mailbox here.
    pub letter: Change,
}

/// What became of an automatic reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Replied {
    /// It was sent.
    Done,
    /// The sender had one in this period.
    Already,
    /// The mailbox has sent too many in the last hour.
    TooMany,
}

impl Store {
    /// What the account has set; the default where it never set anything.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn automatic_reply(&self, account: AccountId) -> Result<AutomaticReply, StoreError> {
        let row = sqlx::query("SELECT data FROM automatic_reply WHERE account_id = $1")
            .bind(account.0)
            .fetch_optional(&self.db.read)
            .await?;
        let Some(row) = row else { return Ok(AutomaticReply::default()) };
        serde_json::from_str(row.try_get(0)?)
            .map_err(|_| StoreError::Damaged("an automatic reply can't be read".to_owned()))
    }

    /// Sets it. Who got a reply in an earlier period is forgotten.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn set_automatic_reply(
        &self,
        account: AccountId,
        set: &AutomaticReply,
    ) -> Result<(), StoreError> {
        let data = serde_json::to_string(set)
            .map_err(|_| StoreError::Limit("the automatic reply can't be written"))?;
        let attempt = || async {
            let mut transaction = self.db.begin().await?;
            sqlx::query(
                "INSERT INTO automatic_reply (account_id, data) VALUES ($1, $2) \
                 ON CONFLICT (account_id) DO UPDATE SET data = $2",
            )
            .bind(account.0)
            .bind(data.as_str())
            .execute(&mut *transaction)
            .await?;
            sqlx::query("DELETE FROM automatic_reply_sent WHERE mailbox_id = $1 AND period <> $2")
                .bind(account.0)
                .bind(i64::from(set.period))
                .execute(&mut *transaction)
                .await?;
            Ok(transaction.commit().await?)
        };
        self.db.retry(attempt).await
    }

    /// Sends an automatic reply and remembers that it was sent, in one transaction: whatever happens, the
    /// sender gets it once.
    ///
    /// # Errors
    /// [`StoreError::NoSuchMailbox`], [`StoreError::Full`].
    pub async fn reply_once(&self, reply: ReplyOnce) -> Result<Replied, StoreError> {
        let ReplyOnce { mailbox, period, sender, now, letter } = reply;
        let (now, folded) = (now.as_millisecond(), sender.to_lowercase());
        let packet = Packet::new(letter, &mut Packer::default()).await?;
        let attempt = || async {
            let mut write = Write::begin(&self.db, &[mailbox, packet.mailbox]).await?;
            let lately = sqlx::query(
                "SELECT CAST(COUNT(*) AS BIGINT) FROM automatic_reply_sent WHERE mailbox_id = $1 AND sent > $2",
            )
            .bind(mailbox.0)
            .bind(now.saturating_sub(HOUR))
            .fetch_one(write.conn())
            .await?;
            let lately: i64 = lately.try_get(0)?;
            let done = sqlx::query(
                "INSERT INTO automatic_reply_sent (mailbox_id, period, folded, sent) VALUES ($1, $2, $3, $4) \
                 ON CONFLICT (mailbox_id, period, folded) DO NOTHING",
            )
            .bind(mailbox.0)
            .bind(i64::from(period))
            .bind(folded.as_str())
            .bind(now)
            .execute(write.conn())
            .await?;
            if done.rows_affected() == 0 {
                return Ok(Replied::Already);
            }
            if lately >= HOURLY {
                return Ok(Replied::TooMany);
            }
            carry_out(&mut write, &mut Destinations::default(), &packet, now).await?;
            write.commit().await?;
            Ok(Replied::Done)
        };
        self.db.retry(attempt).await
    }

    /// Keeps the password that gets a user into a device again, or forgets it.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn set_recovery_password(
        &self,
        account: AccountId,
        device_id: &str,
        password: Option<&str>,
    ) -> Result<(), StoreError> {
        let attempt = || async {
            let mut transaction = self.db.begin().await?;
            let query = match password {
                Some(password) => sqlx::query(
                    "INSERT INTO recovery_password (account_id, device_id, password) VALUES ($1, $2, $3) \
                     ON CONFLICT (account_id, device_id) DO UPDATE SET password = $3",
                )
                .bind(account.0)
                .bind(device_id)
                .bind(password),
                None => sqlx::query("DELETE FROM recovery_password WHERE account_id = $1 AND device_id = $2")
                    .bind(account.0)
                    .bind(device_id),
            };
            query.execute(&mut *transaction).await?;
            Ok(transaction.commit().await?)
        };
        self.db.retry(attempt).await
    }

    /// The password that a device's user left here.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn recovery_password(
        &self,
        account: AccountId,
        device_id: &str,
    ) -> Result<Option<String>, StoreError> {
        let row =
            sqlx::query("SELECT password FROM recovery_password WHERE account_id = $1 AND device_id = $2")
                .bind(account.0)
                .bind(device_id)
                .fetch_optional(&self.db.read)
                .await?;
        Ok(row.map(|row| row.try_get(0)).transpose()?)
    }
}
