//! Tokens of the REST API: what is kept of them.

use fieldpost_domain::role::Role;
use jiff::{SignedDuration, Timestamp};
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::act::Act;
use crate::{Store, StoreError};

/// The time of the last use is written no oftener than this.
const USED_EVERY: SignedDuration = SignedDuration::from_hours(1);

/// SHA-256 of a token.
pub type TokenHash = [u8; 32];

/// A token, without what proves it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiToken {
    /// Its name, by which the transaction log knows who acted.
    pub name: String,
    /// What may be done with it.
    pub role: Role,
    /// Who made it.
    pub made_by: String,
    /// When.
    pub created: Timestamp,
    /// From when on it is good for nothing.
    pub expires: Option<Timestamp>,
    /// When it was last used, within an hour.
    pub used: Option<Timestamp>,
}

impl ApiToken {
    /// Whether its time is over.
    pub fn is_expired(&self, now: Timestamp) -> bool {
        self.expires.is_some_and(|expires| expires <= now)
    }
}

fn token(row: &AnyRow) -> Result<ApiToken, StoreError> {
    let damaged = |what: &str| StoreError::Damaged(format!("the {what} of a token of the API can't be read"));
    let time = |millisecond| Timestamp::from_millisecond(millisecond).map_err(|_| damaged("time"));
    let role: String = row.try_get(1)?;
    Ok(ApiToken {
        name: row.try_get(0)?,
        role: role.parse().map_err(|_| damaged("role"))?,
        made_by: row.try_get(2)?,
        created: time(row.try_get(3)?)?,
        expires: row.try_get::<Option<i64>, _>(4)?.map(time).transpose()?,
        used: row.try_get::<Option<i64>, _>(5)?.map(time).transpose()?,
    })
}

impl Store {
    /// All tokens, by name.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn api_tokens(&self) -> Result<Vec<ApiToken>, StoreError> {
        let rows =
            sqlx::query("SELECT name, role, made_by, created, expires, used FROM api_token ORDER BY name")
                .fetch_all(&self.db.read)
                .await?;
        rows.iter().map(token).collect()
    }

    /// The token with this hash, and notes that it was used. It may have expired.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn use_api_token(
        &self,
        hash: &TokenHash,
        now: Timestamp,
    ) -> Result<Option<ApiToken>, StoreError> {
        let row =
            sqlx::query("SELECT name, role, made_by, created, expires, used FROM api_token WHERE hash = $1")
                .bind(hash.as_slice())
                .fetch_optional(&self.db.read)
                .await?;
        let Some(found) = row.as_ref().map(token).transpose()? else { return Ok(None) };
        let fresh = found.used.is_some_and(|used| now.duration_since(used) < USED_EVERY);
        if !fresh && !found.is_expired(now) {
            let attempt = || async {
                let mut transaction = self.db.begin().await?;
                sqlx::query("UPDATE api_token SET used = $2 WHERE hash = $1")
                    .bind(hash.as_slice())
                    .bind(now.as_millisecond())
                    .execute(&mut *transaction)
                    .await?;
                Ok(transaction.commit().await?)
            };
            self.db.retry(attempt).await?;
        }
        Ok(Some(found))
    }
}

impl Act {
    /// Adds a token. False where there is one with that name.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn add_api_token(&mut self, new: &ApiToken, hash: &TokenHash) -> Result<bool, StoreError> {
        let done = sqlx::query(
            "INSERT INTO api_token (name, hash, role, made_by, created, expires) VALUES ($1, $2, $3, $4, $5, $6) \
             ON CONFLICT (name) DO NOTHING",
        )
        .bind(new.name.as_str())
        .bind(hash.as_slice())
        .bind(new.role.name())
        .bind(new.made_by.as_str())
        .bind(new.created.as_millisecond())
        .bind(new.expires.map(Timestamp::as_millisecond))
        .execute(self.conn())
        .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Removes a token. False where there is none with that name.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn remove_api_token(&mut self, name: &str) -> Result<bool, StoreError> {
        let done =
            sqlx::query("DELETE FROM api_token WHERE name = $1").bind(name).execute(self.conn()).await?;
        Ok(done.rows_affected() == 1)
    }
}
