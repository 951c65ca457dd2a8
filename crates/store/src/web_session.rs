//! Sessions of the web tool: who is signed in, known by the hash of an id that only their browser has.

use jiff::Timestamp;
use sqlx::Row;

use crate::{Person, Store, StoreError};

/// What a session is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// The password was right, the code of the second factor is still asked for.
    SecondFactor,
    /// A new password must be chosen before anything else.
    NewPassword,
    /// Signed in.
    In,
}

/// A session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebSession {
    /// Whose it is.
    pub person: Person,
    /// What it is good for.
    pub stage: Stage,
    /// The address that it began from.
    pub address: String,
    /// When it began.
    pub created: Timestamp,
    /// When it was last used, give or take a minute.
    pub used: Timestamp,
}

impl Stage {
    fn number(self) -> i64 {
        match self {
            Stage::SecondFactor => 0,
            Stage::NewPassword => 1,
            Stage::In => 2,
        }
    }

    fn of(number: i64) -> Result<Stage, StoreError> {
        match number {
            0 => Ok(Stage::SecondFactor),
            1 => Ok(Stage::NewPassword),
            2 => Ok(Stage::In),
            _ => Err(StoreError::Damaged("the stage of a session is not known".to_owned())),
        }
    }
}

fn time(milliseconds: i64) -> Result<Timestamp, StoreError> {
    Timestamp::from_millisecond(milliseconds)
        .map_err(|_| StoreError::Damaged("a time is out of range".to_owned()))
}

impl Store {
    /// The session with this hash.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn web_session(&self, hash: &str) -> Result<Option<WebSession>, StoreError> {
        let row =
            sqlx::query("SELECT person, stage, address, created, used FROM web_session WHERE hash = $1")
                .bind(hash)
                .fetch_optional(&self.db.read)
                .await?;
        let Some(row) = row else { return Ok(None) };
        Ok(Some(WebSession {
            person: row.try_get::<String, _>(0)?.parse()?,
            stage: Stage::of(row.try_get(1)?)?,
            address: row.try_get(2)?,
            created: time(row.try_get(3)?)?,
            used: time(row.try_get(4)?)?,
        }))
    }

    /// Begins a session in place of the one named `instead`, if any, and forgets those not used since
    /// `stale`.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn begin_web_session(
        &self,
        hash: &str,
        session: &WebSession,
        instead: Option<&str>,
        stale: Timestamp,
    ) -> Result<(), StoreError> {
        let attempt = || async {
            let mut transaction = self.db.begin().await?;
            sqlx::query("DELETE FROM web_session WHERE hash = $1 OR used < $2")
                .bind(instead.unwrap_or_default())
                .bind(stale.as_millisecond())
                .execute(&mut *transaction)
                .await?;
            sqlx::query(
                "INSERT INTO web_session (hash, person, stage, address, created, used) \
                 VALUES ($1, $2, $3, $4, $5, $6)",
            )
            .bind(hash)
            .bind(session.person.to_string())
            .bind(session.stage.number())
            .bind(session.address.as_str())
            .bind(session.created.as_millisecond())
            .bind(session.used.as_millisecond())
            .execute(&mut *transaction)
            .await?;
            Ok(transaction.commit().await?)
        };
        self.db.retry(attempt).await
    }

    /// Notes that a session was used.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn touch_web_session(&self, hash: &str, now: Timestamp) -> Result<(), StoreError> {
        let attempt = || async {
            let mut transaction = self.db.begin().await?;
            sqlx::query("UPDATE web_session SET used = $2 WHERE hash = $1 AND used < $2")
                .bind(hash)
                .bind(now.as_millisecond())
                .execute(&mut *transaction)
                .await?;
            Ok(transaction.commit().await?)
        };
        self.db.retry(attempt).await
    }

    /// Ends a session.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn end_web_session(&self, hash: &str) -> Result<(), StoreError> {
        let attempt = || async {
            let mut transaction = self.db.begin().await?;
            sqlx::query("DELETE FROM web_session WHERE hash = $1")
                .bind(hash)
                .execute(&mut *transaction)
                .await?;
            Ok(transaction.commit().await?)
        };
        self.db.retry(attempt).await
    }
}
