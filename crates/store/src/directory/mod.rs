//! The address book: entries of accounts, groups and shared contacts. [`search`] finds them, [`group`] and
//! [`attachment`] hold what belongs to them; here they are made and changed.

mod attachment;
mod contact;
mod group;
mod search;

use fieldpost_domain::AccountId;
use fieldpost_domain::directory::{Entry, EntryId, EntryKind, Profile, query};
use serde::{Deserialize, Serialize};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use crate::account::folded;
use crate::{Store, StoreError, policy, rules};

pub use contact::NewContact;
pub use group::NewGroup;

/// What column `data` holds.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Data {
    #[serde(default)]
    addresses: Vec<String>,
    #[serde(default)]
    profile: Profile,
}

/// What column `kind` holds.
pub(crate) const ACCOUNT: i64 = 0;
pub(crate) const GROUP: i64 = 1;
const CONTACT: i64 = 2;

macro_rules! select_entries {
    ($rest:literal) => {
        concat!(
            "SELECT directory_entry.entry_id, directory_entry.kind, directory_entry.account_id, \
             directory_entry.hidden, directory_entry.photo_size, directory_entry.data FROM directory_entry ",
            $rest
        )
    };
}
use select_entries;

fn entry(row: &AnyRow) -> Result<Entry, StoreError> {
    let damaged = || StoreError::Damaged("an entry of the address book can't be read".to_owned());
    let data: Data = serde_json::from_str(row.try_get(5)?).map_err(|_| damaged())?;
    let kind = match row.try_get::<i64, _>(1)? {
        ACCOUNT => EntryKind::Account(AccountId(row.try_get::<Option<i64>, _>(2)?.ok_or_else(damaged)?)),
        GROUP => EntryKind::Group,
        CONTACT => EntryKind::Contact,
        _ => return Err(damaged()),
    };
    Ok(Entry {
        id: EntryId(row.try_get(0)?),
        kind,
        addresses: data.addresses,
        profile: data.profile,
        hidden: row.try_get::<i64, _>(3)? != 0,
        photo_size: row.try_get::<Option<i64>, _>(4)?.and_then(|size| u32::try_from(size).ok()),
    })
}

async fn by_id(conn: &mut AnyConnection, id: EntryId) -> Result<Option<Entry>, StoreError> {
    let row = sqlx::query(select_entries!("WHERE entry_id = $1")).bind(id.0).fetch_optional(conn).await?;
    row.as_ref().map(entry).transpose()
}

/// The number of a new entry. It holds everybody else who makes one until the transaction ends, so that
/// two of them can't take the same address.
async fn next_id(conn: &mut AnyConnection) -> Result<EntryId, StoreError> {
    let row = sqlx::query("UPDATE counter SET value = value + 1 WHERE name = 'directory' RETURNING value")
        .fetch_one(conn)
        .await?;
    Ok(EntryId(row.try_get(0)?))
}

/// Writes an entry and everything that it is found by. `origin` is only for a new one.
async fn put(conn: &mut AnyConnection, entry: &Entry, origin: Option<&str>) -> Result<(), StoreError> {
    let (kind, account) = match entry.kind {
        EntryKind::Account(id) => (ACCOUNT, Some(id.0)),
        EntryKind::Group => (GROUP, None),
        EntryKind::Contact => (CONTACT, None),
    };
    let data = Data { addresses: entry.addresses.clone(), profile: entry.profile.clone() };
    let data = serde_json::to_string(&data).map_err(|_| StoreError::Limit("an entry can't be written"))?;
    sqlx::query(
        "INSERT INTO directory_entry (entry_id, kind, account_id, origin, name, hidden, photo_size, data) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) \
         ON CONFLICT (entry_id) DO UPDATE SET name = $5, hidden = $6, photo_size = $7, data = $8",
    )
    .bind(entry.id.0)
    .bind(kind)
    .bind(account)
    .bind(origin)
    .bind(query::fold(entry.name()))
    .bind(i64::from(entry.hidden))
    .bind(entry.photo_size.map(i64::from))
    .bind(data)
    .execute(&mut *conn)
    .await?;
    sqlx::query("DELETE FROM directory_address WHERE entry_id = $1")
        .bind(entry.id.0)
        .execute(&mut *conn)
        .await?;
    for address in &entry.addresses {
        sqlx::query(
            "INSERT INTO directory_address (folded, kind, entry_id) VALUES ($1, $2, $3) \
             ON CONFLICT (folded, kind, entry_id) DO NOTHING",
        )
        .bind(folded(address))
        .bind(kind)
        .bind(entry.id.0)
        .execute(&mut *conn)
        .await?;
    }
    if kind != CONTACT {
        // It may be a member of a group by its addresses.
        rules::touch(conn).await?;
    }
    write_text(conn, entry).await
}

/// Writes what an entry is found by in searches, if it is to be found.
async fn write_text(conn: &mut AnyConnection, entry: &Entry) -> Result<(), StoreError> {
    forget_text(conn, entry.id).await?;
    if !entry.hidden {
        sqlx::query("INSERT INTO directory_text (rowid, text) VALUES ($1, $2)")
            .bind(entry.id.0)
            .bind(query::text_of(entry))
            .execute(&mut *conn)
            .await?;
        sqlx::query("INSERT INTO directory_word (rowid, words) VALUES ($1, $2)")
            .bind(entry.id.0)
            .bind(query::words_of(entry))
            .execute(&mut *conn)
            .await?;
    }
    Ok(())
}

async fn forget_text(conn: &mut AnyConnection, id: EntryId) -> Result<(), StoreError> {
    for statement in
        ["DELETE FROM directory_text WHERE rowid = $1", "DELETE FROM directory_word WHERE rowid = $1"]
    {
        sqlx::query(statement).bind(id.0).execute(&mut *conn).await?;
    }
    Ok(())
}

/// Whether mail to this address goes to an account or a group here.
async fn is_taken(conn: &mut AnyConnection, address: &str) -> Result<bool, StoreError> {
    let row = sqlx::query("SELECT 1 FROM directory_address WHERE folded = $1 AND kind < $2 LIMIT 1")
        .bind(folded(address))
        .bind(CONTACT)
        .fetch_optional(conn)
        .await?;
    Ok(row.is_some())
}

/// Makes the entry of a new account, whose addresses no other account has.
pub(crate) async fn add_account(
    conn: &mut AnyConnection,
    account: AccountId,
    display_name: &str,
    addresses: Vec<String>,
) -> Result<(), StoreError> {
    let id = next_id(conn).await?;
    for address in &addresses {
        if is_taken(conn, address).await? {
            return Err(StoreError::AddressTaken(address.clone()));
        }
    }
    let alias = addresses.first().and_then(|address| address.split('@').next()).unwrap_or_default();
    let profile =
        Profile { display_name: display_name.to_owned(), alias: alias.to_owned(), ..Profile::default() };
    let kind = EntryKind::Account(account);
    put(conn, &Entry { id, kind, addresses, profile, hidden: false, photo_size: None }, None).await
}

impl Store {
    /// Makes the entries of accounts that are older than the address book.
    pub(crate) async fn complete_directory(&self) -> Result<(), StoreError> {
        let missing = "SELECT account_id FROM account WHERE NOT EXISTS \
                       (SELECT 1 FROM directory_entry WHERE directory_entry.account_id = account.account_id)";
        for row in sqlx::query(missing).fetch_all(&self.db.read).await? {
            let Some(account) = self.account(AccountId(row.try_get(0)?)).await? else { continue };
            let attempt = || async {
                let mut transaction = self.db.begin().await?;
                let row = sqlx::query("UPDATE counter SET value = value WHERE name = 'directory'");
                row.execute(&mut *transaction).await?;
                let known = sqlx::query("SELECT 1 FROM directory_entry WHERE account_id = $1")
                    .bind(account.id.0)
                    .fetch_optional(&mut *transaction)
                    .await?;
                if known.is_none() {
                    let mut addresses = vec![account.address.clone()];
                    addresses.extend(account.aliases.iter().cloned());
                    add_account(&mut transaction, account.id, &account.display_name, addresses).await?;
                }
                Ok(transaction.commit().await?)
            };
            self.db.retry(attempt).await?;
        }
        Ok(())
    }

    /// Finds words for entries that are older than the table of words: once, in one transaction.
    pub(crate) async fn complete_words(&self) -> Result<(), StoreError> {
        let known = "SELECT value FROM counter WHERE name = 'directory_word'";
        if sqlx::query(known).fetch_one(&self.db.read).await?.try_get::<i64, _>(0)? > 0 {
            return Ok(());
        }
        let attempt = || async {
            let mut transaction = self.db.begin().await?;
            hold(&mut transaction).await?;
            let first =
                sqlx::query("UPDATE counter SET value = 1 WHERE name = 'directory_word' AND value = 0")
                    .execute(&mut *transaction)
                    .await?;
            if first.rows_affected() > 0 {
                let rows = sqlx::query(select_entries!("")).fetch_all(&mut *transaction).await?;
                for entry in rows.iter().map(entry) {
                    write_text(&mut transaction, &entry?).await?;
                }
            }
            Ok(transaction.commit().await?)
        };
        self.db.retry(attempt).await
    }

    /// The entry of an account.
    ///
    /// # Errors
    /// [`StoreError::NoSuchAccount`].
    pub async fn account_entry(&self, account: AccountId) -> Result<Entry, StoreError> {
        let row = sqlx::query(select_entries!("WHERE account_id = $1"))
            .bind(account.0)
            .fetch_optional(&self.db.read)
            .await?;
        row.as_ref().map(entry).transpose()?.ok_or(StoreError::NoSuchAccount(account))
    }

    /// Changes what the address book says of an entry. An account's display name is changed with it.
    ///
    /// # Errors
    /// [`StoreError::NoSuchEntry`].
    pub async fn change_entry(
        &self,
        id: EntryId,
        change: impl Fn(&mut Profile, &mut bool) + Send + Sync,
    ) -> Result<Entry, StoreError> {
        let attempt = || async {
            let mut transaction = self.db.begin().await?;
            hold(&mut transaction).await?;
            let mut entry = by_id(&mut transaction, id).await?.ok_or(StoreError::NoSuchEntry)?;
            change(&mut entry.profile, &mut entry.hidden);
            put(&mut transaction, &entry, None).await?;
            if let EntryKind::Account(account) = entry.kind {
                sqlx::query("UPDATE account SET display_name = $2 WHERE account_id = $1")
                    .bind(account.0)
                    .bind(entry.profile.display_name.as_str())
                    .execute(&mut *transaction)
                    .await?;
            }
            transaction.commit().await?;
            Ok(entry)
        };
        self.db.retry(attempt).await
    }

    /// Removes a group or a shared contact.
    ///
    /// # Errors
    /// [`StoreError::NoSuchEntry`], for an account too.
    pub async fn remove_entry(&self, id: EntryId) -> Result<(), StoreError> {
        let attempt = || async {
            let mut transaction = self.db.begin().await?;
            let done = sqlx::query("DELETE FROM directory_entry WHERE entry_id = $1 AND kind <> $2")
                .bind(id.0)
                .bind(ACCOUNT)
                .execute(&mut *transaction)
                .await?;
            if done.rows_affected() == 0 {
                return Err(StoreError::NoSuchEntry);
            }
            for statement in [
                "DELETE FROM directory_address WHERE entry_id = $1",
                "DELETE FROM directory_member WHERE group_id = $1",
                "DELETE FROM directory_photo WHERE entry_id = $1",
                "DELETE FROM directory_certificate WHERE entry_id = $1",
            ] {
                sqlx::query(statement).bind(id.0).execute(&mut *transaction).await?;
            }
            forget_text(&mut transaction, id).await?;
            policy::forget_group(&mut transaction, id).await?;
            Ok(transaction.commit().await?)
        };
        self.db.retry(attempt).await
    }
}

/// Keeps others from changing the address book until the transaction ends: what is read in it stays so.
async fn hold(conn: &mut AnyConnection) -> Result<(), StoreError> {
    sqlx::query("UPDATE counter SET value = value WHERE name = 'directory'").execute(conn).await?;
    Ok(())
}
