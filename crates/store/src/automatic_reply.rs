//! Automatic replies: what users have set.

use fieldpost_domain::AccountId;
use fieldpost_domain::automatic_reply::AutomaticReply;
use sqlx::Row;

use crate::{Store, StoreError};

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
