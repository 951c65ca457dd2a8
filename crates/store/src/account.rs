//! Accounts: who can sign in, under which addresses.

use fieldpost_domain::{AccountId, MailboxId};
use jiff::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use crate::act::Act;
use crate::bell::Ring;
use crate::write::Write;
use crate::{Store, StoreError, directory, folder};

/// An account to be made.
#[derive(Debug, Clone, Default)]
pub struct NewAccount {
    /// Primary address, `name@domain`.
    pub address: String,
    /// Name shown to others.
    pub display_name: String,
    /// Further addresses.
    pub aliases: Vec<String>,
    /// PHC string of its password; none: it can't sign in with one.
    pub password_hash: Option<String>,
}

/// An account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its number, which is its mailbox's as well.
    pub id: AccountId,
    /// Primary address, as it was given.
    pub address: String,
    /// Name shown to others.
    pub display_name: String,
    /// Further addresses, in the order given.
    pub aliases: Vec<String>,
    /// It can't sign in; its mail is still taken in.
    pub disabled: bool,
    /// When it was made.
    pub created: Timestamp,
    /// The zone in which its user lives, by its IANA name; none: that of the server.
    pub time_zone: Option<String>,
}

/// What addresses are compared by.
pub(crate) fn folded(address: &str) -> String {
    address.to_lowercase()
}

/// RFC 5321 4.5.3.1: at most 64 octets before the `@`, 255 after it; here 254 in all.
pub(crate) fn is_address(address: &str) -> bool {
    let plain = |part: &str| !part.is_empty() && !part.chars().any(|c| c.is_whitespace() || c.is_control());
    address.len() <= 254
        && address
            .rsplit_once('@')
            .is_some_and(|(name, domain)| name.len() <= 64 && plain(name) && plain(domain))
}

/// Reads accounts from rows of account and address, those of an account together and by position.
pub(crate) fn accounts(rows: &[AnyRow]) -> Result<Vec<Account>, StoreError> {
    let mut accounts: Vec<Account> = Vec::new();
    for row in rows {
        let id = AccountId(row.try_get(0)?);
        let address: String = row.try_get(4)?;
        if let Some(account) = accounts.last_mut().filter(|account| account.id == id) {
            account.aliases.push(address);
            continue;
        }
        accounts.push(Account {
            id,
            address,
            display_name: row.try_get(1)?,
            aliases: Vec::new(),
            disabled: row.try_get::<i64, _>(2)? != 0,
            created: Timestamp::from_millisecond(row.try_get(3)?)
                .map_err(|_| StoreError::Damaged("a time is out of range".to_owned()))?,
            time_zone: row.try_get(5)?,
        });
    }
    Ok(accounts)
}

macro_rules! select_accounts {
    ($condition:literal) => {
        concat!(
            "SELECT account.account_id, account.display_name, account.disabled, account.created, \
             account_address.address, account.time_zone FROM account JOIN account_address \
             ON account_address.account_id = account.account_id ",
            $condition,
            " ORDER BY account.account_id, account_address.position"
        )
    };
}

async fn insert_address(
    conn: &mut AnyConnection,
    account: AccountId,
    position: usize,
    address: &str,
) -> Result<(), StoreError> {
    let done = sqlx::query(
        "INSERT INTO account_address (account_id, position, address, folded) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (folded) DO NOTHING",
    )
    .bind(account.0)
    .bind(i64::try_from(position).unwrap_or(i64::MAX))
    .bind(address)
    .bind(folded(address))
    .execute(conn)
    .await?;
    if done.rows_affected() == 0 { Err(StoreError::AddressTaken(address.to_owned())) } else { Ok(()) }
}

impl Store {
    /// Makes an account and its mailbox with the default folders.
    ///
    /// # Errors
    /// [`StoreError::AddressTaken`] where an address belongs to another account,
    /// [`StoreError::BadAddress`] where one is not an address.
    pub async fn create_account(&self, new: NewAccount, now: Timestamp) -> Result<Account, StoreError> {
        let mut aliases: Vec<String> = Vec::new();
        for alias in new.aliases {
            let known = aliases.iter().chain([&new.address]).any(|other| folded(other) == folded(&alias));
            if !known {
                aliases.push(alias);
            }
        }
        if let Some(bad) = [&new.address].into_iter().chain(&aliases).find(|address| !is_address(address)) {
            return Err(StoreError::BadAddress(bad.clone()));
        }
        let now = now.as_millisecond();
        let attempt = || async {
            let mut transaction = self.db.begin().await?;
            let row =
                sqlx::query("UPDATE counter SET value = value + 1 WHERE name = 'account' RETURNING value")
                    .fetch_one(&mut *transaction)
                    .await?;
            let id = AccountId(row.try_get(0)?);
            sqlx::query(
                "INSERT INTO account (account_id, display_name, password_hash, disabled, created) \
                 VALUES ($1, $2, $3, 0, $4)",
            )
            .bind(id.0)
            .bind(new.display_name.as_str())
            .bind(new.password_hash.as_deref())
            .bind(now)
            .execute(&mut *transaction)
            .await?;
            for (position, address) in [&new.address].into_iter().chain(&aliases).enumerate() {
                insert_address(&mut transaction, id, position, address).await?;
            }
            let addresses: Vec<String> = [&new.address].into_iter().chain(&aliases).cloned().collect();
            directory::add_account(&mut transaction, id, &new.display_name, addresses).await?;
            let mailbox = MailboxId(id.0);
            sqlx::query(
                "INSERT INTO mailbox (mailbox_id, modseq, next_folder, next_item, next_entry) \
                 VALUES ($1, 0, 1, 1, 1)",
            )
            .bind(mailbox.0)
            .execute(&mut *transaction)
            .await?;
            let mut write = Write::within(transaction, &self.db, &[mailbox]).await?;
            folder::insert_defaults(&mut write, mailbox).await?;
            write.commit().await?;
            Ok(Account {
                id,
                address: new.address.clone(),
                display_name: new.display_name.clone(),
                aliases: aliases.clone(),
                disabled: false,
                created: Timestamp::from_millisecond(now).unwrap_or_default(),
                time_zone: None,
            })
        };
        self.db.retry(attempt).await
    }

    /// The account with this number.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn account(&self, id: AccountId) -> Result<Option<Account>, StoreError> {
        let rows = sqlx::query(select_accounts!("WHERE account.account_id = $1"))
            .bind(id.0)
            .fetch_all(&self.db.read)
            .await?;
        Ok(accounts(&rows)?.pop())
    }

    /// The account that has this address, primary or not, without regard to case.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn account_by_address(&self, address: &str) -> Result<Option<Account>, StoreError> {
        // It is not looked up, nor bound, unless it could be there.
        if !is_address(address) {
            return Ok(None);
        }
        let rows = sqlx::query(select_accounts!(
            "WHERE account.account_id = (SELECT named.account_id FROM account_address AS named \
             WHERE named.folded = $1)"
        ))
        .bind(folded(address))
        .fetch_all(&self.db.read)
        .await?;
        Ok(accounts(&rows)?.pop())
    }

    /// The account that was made first, of those that are not disabled.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn oldest_account(&self) -> Result<Option<Account>, StoreError> {
        let rows = sqlx::query(select_accounts!(
            "WHERE account.account_id = (SELECT MIN(first.account_id) FROM account AS first \
             WHERE first.disabled = 0)"
        ))
        .fetch_all(&self.db.read)
        .await?;
        Ok(accounts(&rows)?.pop())
    }

    /// All accounts, by number.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn accounts(&self) -> Result<Vec<Account>, StoreError> {
        accounts(&sqlx::query(select_accounts!("")).fetch_all(&self.db.read).await?)
    }

    /// The PHC string of the account's password.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn password_hash(&self, id: AccountId) -> Result<Option<String>, StoreError> {
        let row = sqlx::query("SELECT password_hash FROM account WHERE account_id = $1")
            .bind(id.0)
            .fetch_optional(&self.db.read)
            .await?;
        Ok(row.map(|row| row.try_get(0)).transpose()?.flatten())
    }

    /// Sets it.
    ///
    /// # Errors
    /// [`StoreError::NoSuchAccount`].
    pub async fn set_password_hash(&self, id: AccountId, phc: &str) -> Result<(), StoreError> {
        let attempt = || async {
            let mut transaction = self.db.begin().await?;
            let done = sqlx::query("UPDATE account SET password_hash = $2 WHERE account_id = $1")
                .bind(id.0)
                .bind(phc)
                .execute(&mut *transaction)
                .await?;
            transaction.commit().await?;
            if done.rows_affected() == 0 { Err(StoreError::NoSuchAccount(id)) } else { Ok(()) }
        };
        self.db.retry(attempt).await
    }

    /// Sets the zone in which an account's user lives, by its IANA name; none: that of the server.
    ///
    /// # Errors
    /// [`StoreError::NoSuchAccount`].
    pub async fn set_time_zone(&self, id: AccountId, zone: Option<&str>) -> Result<(), StoreError> {
        let attempt = || async {
            let mut transaction = self.db.begin().await?;
            let done = sqlx::query("UPDATE account SET time_zone = $2 WHERE account_id = $1")
                .bind(id.0)
                .bind(zone)
                .execute(&mut *transaction)
                .await?;
            transaction.commit().await?;
            if done.rows_affected() == 0 { Err(StoreError::NoSuchAccount(id)) } else { Ok(()) }
        };
        self.db.retry(attempt).await
    }

    /// Lets an account sign in, or not.
    ///
    /// # Errors
    /// [`StoreError::NoSuchAccount`].
    pub async fn set_disabled(&self, id: AccountId, disabled: bool) -> Result<(), StoreError> {
        let attempt = || async {
            let mut transaction = self.db.begin().await?;
            let done = sqlx::query("UPDATE account SET disabled = $2 WHERE account_id = $1")
                .bind(id.0)
                .bind(i64::from(disabled))
                .execute(&mut *transaction)
                .await?;
            transaction.commit().await?;
            if done.rows_affected() == 0 { Err(StoreError::NoSuchAccount(id)) } else { Ok(()) }
        };
        self.db.retry(attempt).await
    }
}

impl Act {
    /// Lets an account sign in, or not.
    ///
    /// # Errors
    /// [`StoreError::NoSuchAccount`].
    pub async fn set_disabled(&mut self, id: AccountId, disabled: bool) -> Result<(), StoreError> {
        self.ring(Ring::Account(id));
        let done = sqlx::query("UPDATE account SET disabled = $2 WHERE account_id = $1")
            .bind(id.0)
            .bind(i64::from(disabled))
            .execute(self.conn())
            .await?;
        if done.rows_affected() == 0 { Err(StoreError::NoSuchAccount(id)) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        for good in ["a@b", "anna.berg@example.org", "\"a@b\"@example.org", "münz@example.org"] {
            assert!(is_address(good), "{good}");
        }
        for bad in ["", "anna", "@example.org", "anna@", "an na@example.org", "a\0@b", &"a".repeat(300)] {
            assert!(!is_address(bad), "{bad}");
        }
    }
}
