//! App passwords: what is kept of them, and which device they are bound to.

use fieldpost_domain::AccountId;
use fieldpost_domain::app_password::{AppPassword, Hash, PER_ACCOUNT};
use jiff::{SignedDuration, Timestamp};
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::act::Act;
use crate::{Store, StoreError};

/// The time of the last use is written no oftener than this.
const USED_EVERY: SignedDuration = SignedDuration::from_hours(1);

/// What came of the use of an app password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Use {
    /// It is this device's.
    Granted,
    /// It is bound to another device.
    Foreign(AppPassword),
    /// The account has no such app password.
    Unknown,
}

fn app_password(row: &AnyRow) -> Result<AppPassword, StoreError> {
    Ok(AppPassword {
        id: row.try_get(0)?,
        name: row.try_get(1)?,
        device_id: row.try_get(2)?,
        created: row.try_get(3)?,
        used: row.try_get(4)?,
    })
}

impl Store {
    /// The account's app passwords, the oldest first.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn app_passwords(&self, account: AccountId) -> Result<Vec<AppPassword>, StoreError> {
        let rows = sqlx::query(
            "SELECT password_id, name, device_id, created, used FROM app_password WHERE account_id = $1 \
             ORDER BY password_id",
        )
        .bind(account.0)
        .fetch_all(&self.db.read)
        .await?;
        rows.iter().map(app_password).collect()
    }

    /// Uses the app password with this hash for a device, and binds it to that device where it is bound to
    /// none; without a device, it only says whether there is such an app password.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn use_app_password(
        &self,
        account: AccountId,
        hash: &Hash,
        device_id: Option<&str>,
        now: Timestamp,
    ) -> Result<Use, StoreError> {
        let Some(known) = self.app_password_by_hash(account, hash).await? else {
            return Ok(Use::Unknown);
        };
        let Some(device_id) = device_id else { return Ok(Use::Granted) };
        let fresh = |used: i64| now.as_millisecond() - used < USED_EVERY.as_millis() as i64;
        match &known.device_id {
            Some(bound) if bound != device_id => return Ok(Use::Foreign(known)),
            Some(_) if known.used.is_some_and(fresh) => return Ok(Use::Granted),
            _ => {}
        }
        // Two devices may be first at the same time: the statement decides which.
        let attempt = || async {
            let mut transaction = self.db.begin().await?;
            let done = sqlx::query(
                "UPDATE app_password SET device_id = $3, used = $4 WHERE account_id = $1 AND password_id = $2 \
                 AND (device_id IS NULL OR device_id = $3)",
            )
            .bind(account.0)
            .bind(known.id)
            .bind(device_id)
            .bind(now.as_millisecond())
            .execute(&mut *transaction)
            .await?;
            transaction.commit().await?;
            Ok(done.rows_affected() > 0)
        };
        if self.db.retry(attempt).await? {
            return Ok(Use::Granted);
        }
        let now_known = self.app_password_by_hash(account, hash).await?;
        Ok(now_known.map_or(Use::Unknown, Use::Foreign))
    }

    async fn app_password_by_hash(
        &self,
        account: AccountId,
        hash: &Hash,
    ) -> Result<Option<AppPassword>, StoreError> {
        let row = sqlx::query(
            "SELECT password_id, name, device_id, created, used FROM app_password \
             WHERE account_id = $1 AND hash = $2",
        )
        .bind(account.0)
        .bind(hash.as_slice())
        .fetch_optional(&self.db.read)
        .await?;
        row.as_ref().map(app_password).transpose()
    }
}

impl Act {
    /// Adds an app password to the account, and gives its number.
    ///
    /// # Errors
    /// [`StoreError::Limit`] where the account has [`PER_ACCOUNT`] of them.
    pub async fn add_app_password(
        &mut self,
        account: AccountId,
        name: &str,
        hash: &Hash,
        now: Timestamp,
    ) -> Result<i64, StoreError> {
        let counter = "UPDATE counter SET value = value + 1 WHERE name = 'app_password' RETURNING value";
        let id: i64 = sqlx::query(counter).fetch_one(self.conn()).await?.try_get(0)?;
        let count = "SELECT CAST(count(*) AS BIGINT) FROM app_password WHERE account_id = $1";
        let count: i64 = sqlx::query(count).bind(account.0).fetch_one(self.conn()).await?.try_get(0)?;
        if usize::try_from(count).unwrap_or(usize::MAX) >= PER_ACCOUNT {
            return Err(StoreError::Limit("the account has as many app passwords as it may have"));
        }
        sqlx::query(
            "INSERT INTO app_password (account_id, password_id, name, hash, created) VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(account.0)
        .bind(id)
        .bind(name)
        .bind(hash.as_slice())
        .bind(now.as_millisecond())
        .execute(self.conn())
        .await?;
        Ok(id)
    }

    /// Removes an app password, and says what it was; none where there is none with that number.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn remove_app_password(
        &mut self,
        account: AccountId,
        id: i64,
    ) -> Result<Option<AppPassword>, StoreError> {
        let row = sqlx::query(
            "DELETE FROM app_password WHERE account_id = $1 AND password_id = $2 \
             RETURNING password_id, name, device_id, created, used",
        )
        .bind(account.0)
        .bind(id)
        .fetch_optional(self.conn())
        .await?;
        row.as_ref().map(app_password).transpose()
    }
}
