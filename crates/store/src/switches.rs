//! Feature switches: what the organisation and its accounts may use.

use std::collections::BTreeMap;

use fieldpost_domain::AccountId;
use fieldpost_domain::switches::{AccountSwitches, Switches};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::{AnyConnection, Row};

use crate::act::Act;
use crate::{Store, StoreError, rules};

/// In whose place the organisation stands. No account has this number.
const ORGANISATION: i64 = 0;

fn read<T: DeserializeOwned>(text: &str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|_| StoreError::Damaged("a feature switch can't be read".to_owned()))
}

async fn put<T: Serialize>(conn: &mut AnyConnection, account: i64, switches: &T) -> Result<(), StoreError> {
    let data =
        serde_json::to_string(switches).map_err(|_| StoreError::Limit("the switches can't be written"))?;
    sqlx::query(
        "INSERT INTO feature_switches (account_id, data) VALUES ($1, $2) \
         ON CONFLICT (account_id) DO UPDATE SET data = $2",
    )
    .bind(account)
    .bind(data)
    .execute(&mut *conn)
    .await?;
    rules::touch(conn).await
}

impl Store {
    /// What is set for the organisation, if anything, and for accounts.
    pub(crate) async fn all_switches(
        &self,
    ) -> Result<(Option<Switches>, BTreeMap<AccountId, AccountSwitches>), StoreError> {
        let rows =
            sqlx::query("SELECT account_id, data FROM feature_switches").fetch_all(&self.db.read).await?;
        let (mut organisation, mut accounts) = (None, BTreeMap::new());
        for row in &rows {
            match row.try_get::<i64, _>(0)? {
                ORGANISATION => organisation = Some(read(row.try_get(1)?)?),
                account => drop(accounts.insert(AccountId(account), read(row.try_get(1)?)?)),
            }
        }
        Ok((organisation, accounts))
    }

    /// What is set for the organisation; the default where nothing was.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn switches(&self) -> Result<Switches, StoreError> {
        Ok(self.switches_row(ORGANISATION).await?.unwrap_or_default())
    }

    /// What is set for an account; nothing where nothing was.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn account_switches(&self, account: AccountId) -> Result<AccountSwitches, StoreError> {
        Ok(self.switches_row(account.0).await?.unwrap_or_default())
    }

    async fn switches_row<T: DeserializeOwned>(&self, account: i64) -> Result<Option<T>, StoreError> {
        let row = sqlx::query("SELECT data FROM feature_switches WHERE account_id = $1")
            .bind(account)
            .fetch_optional(&self.db.read)
            .await?;
        row.map(|row| read(row.try_get(0)?)).transpose()
    }
}

impl Act {
    /// Sets what the organisation may use.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn put_switches(&mut self, switches: &Switches) -> Result<(), StoreError> {
        put(self.conn(), ORGANISATION, switches).await
    }

    /// Sets what an account may use.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn put_account_switches(
        &mut self,
        account: AccountId,
        switches: &AccountSwitches,
    ) -> Result<(), StoreError> {
        put(self.conn(), account.0, switches).await
    }
}
