//! Decisions for the whole organisation: admission rules, whether a wipe takes two administrators. Each has
//! a name and a revision that grows with every change, so that a server knows by one number whether what it
//! remembers is what is in force, whichever program changed it.

use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::Row;

use crate::act::Act;
use crate::bell::Ring;
use crate::{Store, StoreError};

/// Admission rules: [`fieldpost_domain::admission::Rules`]. [`Store::known_device`] tells the revision.
pub const ADMISSION: &str = "admission";
/// How wipes are ordered: [`fieldpost_domain::wipe::WipeRules`].
pub const WIPE: &str = "wipe";

impl Store {
    /// A decision and its revision; the default, and 0, where nothing was decided yet.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn decision<T: DeserializeOwned + Default>(&self, name: &str) -> Result<(T, i64), StoreError> {
        let row = sqlx::query("SELECT data, revision FROM decision WHERE name = $1")
            .bind(name)
            .fetch_optional(&self.db.read)
            .await?;
        let Some(row) = row else { return Ok((T::default(), 0)) };
        let value = serde_json::from_str(row.try_get(0)?)
            .map_err(|_| StoreError::Damaged(format!("the decision {name:?} can't be read")))?;
        Ok((value, row.try_get(1)?))
    }
}

impl Act {
    /// Decides anew.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn put_decision<T: Serialize>(&mut self, name: &str, value: &T) -> Result<(), StoreError> {
        let data =
            serde_json::to_string(value).map_err(|_| StoreError::Limit("the decision can't be written"))?;
        sqlx::query(
            "INSERT INTO decision (name, revision, data) VALUES ($1, 1, $2) \
             ON CONFLICT (name) DO UPDATE SET revision = decision.revision + 1, data = $2",
        )
        .bind(name)
        .bind(data)
        .execute(self.conn())
        .await?;
        if name == ADMISSION {
            self.ring(Ring::Everybody);
        }
        Ok(())
    }
}
