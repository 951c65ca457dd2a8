//! What acts of the administration change about a device: what was decided, whether it is remembered at all,
//! and what becomes of its states.

use fieldpost_domain::AccountId;
use fieldpost_domain::admission::Personal;
use fieldpost_domain::device::{Control, Device};
use sqlx::Row;

use crate::act::Act;
use crate::db::Dialect;
use crate::device::{control, device, read, write};
use crate::{Store, StoreError};

/// Under which names `sync_state` keeps what a quarantined device holds: this and the collection's own.
pub const QUARANTINE_STATES: &str = "quarantine/";

impl Dialect {
    fn lock_device(self) -> &'static str {
        match self {
            Dialect::Sqlite => {
                "SELECT data, wipe, automatic, access FROM device WHERE account_id = $1 AND device_id = $2"
            }
            Dialect::Postgres => {
                "SELECT data, wipe, automatic, access FROM device WHERE account_id = $1 AND device_id = $2 \
                 FOR UPDATE"
            }
        }
    }
}

impl Store {
    /// The account's own lists: what persons decided about single devices, known or not, by id; 1000 at most.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn personal_lists(&self, account: AccountId) -> Result<Vec<(String, Personal)>, StoreError> {
        let rows = sqlx::query(
            "SELECT device_id, data FROM device_personal WHERE account_id = $1 ORDER BY device_id LIMIT 1000",
        )
        .bind(account.0)
        .fetch_all(&self.db.read)
        .await?;
        rows.iter().map(|row| Ok((row.try_get(0)?, read(row.try_get(1)?)?))).collect()
    }
}

impl Act {
    /// The device and what was decided about it, which nobody else changes until the act ends.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn device(
        &mut self,
        account: AccountId,
        device_id: &str,
    ) -> Result<Option<(Device, Control)>, StoreError> {
        let statement = self.dialect().lock_device();
        let row = sqlx::query(statement).bind(account.0).bind(device_id).fetch_optional(self.conn()).await?;
        let Some(row) = row else { return Ok(None) };
        let personal = self.personal(account, device_id).await?;
        Ok(Some((device(&row)?, Control { personal, ..control(&row, 1)? })))
    }

    async fn personal(
        &mut self,
        account: AccountId,
        device_id: &str,
    ) -> Result<Option<Personal>, StoreError> {
        let row = sqlx::query("SELECT data FROM device_personal WHERE account_id = $1 AND device_id = $2")
            .bind(account.0)
            .bind(device_id)
            .fetch_optional(self.conn())
            .await?;
        row.map(|row| read(row.try_get(0)?)).transpose()
    }

    /// Sets what was decided about a device that is known, but for [`Control::personal`]. Where it goes into
    /// quarantine or comes out, what it holds in the other place is no longer what it holds there.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn put_control(
        &mut self,
        account: AccountId,
        device_id: &str,
        before: &Control,
        control: &Control,
    ) -> Result<(), StoreError> {
        self.ring_device(account, device_id);
        sqlx::query(
            "UPDATE device SET wipe = $3, automatic = $4, access = $5 \
             WHERE account_id = $1 AND device_id = $2",
        )
        .bind(account.0)
        .bind(device_id)
        .bind(control.wipe.as_ref().map(write).transpose()?)
        .bind(control.automatic.as_ref().map(write).transpose()?)
        .bind(control.access.as_ref().map(write).transpose()?)
        .execute(self.conn())
        .await?;
        sqlx::query("UPDATE device_listing SET state = $3 WHERE account_id = $1 AND device_id = $2")
            .bind(account.0)
            .bind(device_id)
            .bind(control.standing().name())
            .execute(self.conn())
            .await?;
        match (before.is_quarantined(), control.is_quarantined()) {
            (false, true) => self.enter_quarantine(account, device_id).await,
            (true, false) => self.leave_quarantine(account, device_id).await,
            _ => Ok(()),
        }
    }

    /// What an earlier quarantine left behind means nothing.
    async fn enter_quarantine(&mut self, account: AccountId, device_id: &str) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM sync_state WHERE account_id = $1 AND device_id = $2 AND collection LIKE $3")
            .bind(account.0)
            .bind(device_id)
            .bind(format!("{QUARANTINE_STATES}%"))
            .execute(self.conn())
            .await?;
        Ok(())
    }

    /// A folder that was emptied in quarantine is begun anew; one that was not goes on. The states of the
    /// quarantine stay, to tell which folders were.
    async fn leave_quarantine(&mut self, account: AccountId, device_id: &str) -> Result<(), StoreError> {
        sqlx::query(
            "DELETE FROM sync_state WHERE account_id = $1 AND device_id = $2 AND EXISTS \
             (SELECT 1 FROM sync_state AS other WHERE other.account_id = $1 AND other.device_id = $2 \
             AND other.collection = $3 || sync_state.collection)",
        )
        .bind(account.0)
        .bind(device_id)
        .bind(QUARANTINE_STATES)
        .execute(self.conn())
        .await?;
        Ok(())
    }

    /// Puts a device on one of the account's lists, or takes it off.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn put_personal(
        &mut self,
        account: AccountId,
        device_id: &str,
        personal: Option<&Personal>,
    ) -> Result<(), StoreError> {
        self.ring_device(account, device_id);
        let query = match personal {
            Some(personal) => sqlx::query(
                "INSERT INTO device_personal (account_id, device_id, data) VALUES ($1, $2, $3) \
                 ON CONFLICT (account_id, device_id) DO UPDATE SET data = $3",
            )
            .bind(account.0)
            .bind(device_id)
            .bind(write(personal)?),
            None => sqlx::query("DELETE FROM device_personal WHERE account_id = $1 AND device_id = $2")
                .bind(account.0)
                .bind(device_id),
        };
        query.execute(self.conn()).await?;
        Ok(())
    }

    /// Forgets all states of a device: it starts anew.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn forget_states(&mut self, account: AccountId, device_id: &str) -> Result<(), StoreError> {
        self.ring_device(account, device_id);
        sqlx::query("DELETE FROM sync_state WHERE account_id = $1 AND device_id = $2")
            .bind(account.0)
            .bind(device_id)
            .execute(self.conn())
            .await?;
        Ok(())
    }

    /// Forgets a device: what it said, what it holds, what it left here. The account's lists stay. Tells
    /// whether there was one.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn delete_device(&mut self, account: AccountId, device_id: &str) -> Result<bool, StoreError> {
        self.ring_device(account, device_id);
        let mut gone = 0;
        for statement in [
            "DELETE FROM sync_state WHERE account_id = $1 AND device_id = $2",
            "DELETE FROM recovery_password WHERE account_id = $1 AND device_id = $2",
            "DELETE FROM device_listing WHERE account_id = $1 AND device_id = $2",
            "DELETE FROM device WHERE account_id = $1 AND device_id = $2",
        ] {
            let done = sqlx::query(statement).bind(account.0).bind(device_id).execute(self.conn()).await?;
            gone = done.rows_affected();
        }
        Ok(gone > 0)
    }
}
