//! Devices: what the server remembers of each phone.

use fieldpost_domain::AccountId;
use fieldpost_domain::device::Device;
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::{Store, StoreError};

fn device(row: &AnyRow) -> Result<Device, StoreError> {
    serde_json::from_str(row.try_get(0)?)
        .map_err(|_| StoreError::Damaged("what is known of a device can't be read".to_owned()))
}

impl Store {
    /// The account's device with this id.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn device(&self, account: AccountId, device_id: &str) -> Result<Option<Device>, StoreError> {
        let row = sqlx::query("SELECT data FROM device WHERE account_id = $1 AND device_id = $2")
            .bind(account.0)
            .bind(device_id)
            .fetch_optional(&self.db.read)
            .await?;
        row.as_ref().map(device).transpose()
    }

    /// Adds the device, or replaces what was known of it.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn put_device(&self, account: AccountId, device: &Device) -> Result<(), StoreError> {
        let data = serde_json::to_string(device)
            .map_err(|_| StoreError::Limit("what is known of the device can't be written"))?;
        let attempt = || async {
            let mut transaction = self.db.begin().await?;
            sqlx::query(
                "INSERT INTO device (account_id, device_id, last_seen, data) VALUES ($1, $2, $3, $4) \
                 ON CONFLICT (account_id, device_id) DO UPDATE SET last_seen = $3, data = $4",
            )
            .bind(account.0)
            .bind(device.device_id.as_str())
            .bind(device.last_seen)
            .bind(data.as_str())
            .execute(&mut *transaction)
            .await?;
            Ok(transaction.commit().await?)
        };
        self.db.retry(attempt).await
    }

    /// The account's devices, by id.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn devices(&self, account: AccountId) -> Result<Vec<Device>, StoreError> {
        let rows = sqlx::query("SELECT data FROM device WHERE account_id = $1 ORDER BY device_id")
            .bind(account.0)
            .fetch_all(&self.db.read)
            .await?;
        rows.iter().map(device).collect()
    }
}
