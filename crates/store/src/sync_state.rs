//! Sync states: what a device holds of each collection, as bytes whose meaning `domain::sync` knows.

use fieldpost_domain::AccountId;
use sqlx::Row;

use crate::{Store, StoreError};

impl Store {
    /// The state of one collection, named by its `CollectionId` or `hierarchy`.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn sync_state(
        &self,
        account: AccountId,
        device_id: &str,
        collection: &str,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        let row = sqlx::query(
            "SELECT data FROM sync_state WHERE account_id = $1 AND device_id = $2 AND collection = $3",
        )
        .bind(account.0)
        .bind(device_id)
        .bind(collection)
        .fetch_optional(&self.db.read)
        .await?;
        Ok(row.map(|row| row.try_get(0)).transpose()?)
    }

    /// The names of the collections that a device holds states of, in their order.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn held_collections(
        &self,
        account: AccountId,
        device_id: &str,
    ) -> Result<Vec<String>, StoreError> {
        let rows = sqlx::query(
            "SELECT collection FROM sync_state WHERE account_id = $1 AND device_id = $2 ORDER BY collection",
        )
        .bind(account.0)
        .bind(device_id)
        .fetch_all(&self.db.read)
        .await?;
        rows.iter().map(|row| Ok(row.try_get(0)?)).collect()
    }

    /// Sets the states of several collections: all of them or, on an error, none.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn put_sync_states(
        &self,
        account: AccountId,
        device_id: &str,
        states: &[(&str, &[u8])],
    ) -> Result<(), StoreError> {
        // In one order, so that no two transactions wait for each other.
        let mut states = states.to_vec();
        states.sort_by_key(|(collection, _)| *collection);
        let attempt = || async {
            let mut transaction = self.db.begin().await?;
            for (collection, data) in &states {
                sqlx::query(
                    "INSERT INTO sync_state (account_id, device_id, collection, data) \
                     VALUES ($1, $2, $3, $4) \
                     ON CONFLICT (account_id, device_id, collection) DO UPDATE SET data = $4",
                )
                .bind(account.0)
                .bind(device_id)
                .bind(*collection)
                .bind(*data)
                .execute(&mut *transaction)
                .await?;
            }
            Ok(transaction.commit().await?)
        };
        self.db.retry(attempt).await
    }

    /// Forgets all states of a device: it starts anew.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn delete_sync_states(&self, account: AccountId, device_id: &str) -> Result<(), StoreError> {
        let attempt = || async {
            let mut transaction = self.db.begin().await?;
            sqlx::query("DELETE FROM sync_state WHERE account_id = $1 AND device_id = $2")
                .bind(account.0)
                .bind(device_id)
                .execute(&mut *transaction)
                .await?;
            Ok(transaction.commit().await?)
        };
        self.db.retry(attempt).await
    }
}
