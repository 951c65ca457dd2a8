//! Groups: addresses under which several others are reached.

use fieldpost_domain::directory::{Entry, EntryId, EntryKind, Member, Profile};
use sqlx::Row;

use super::{CONTACT, GROUP, by_id, entry, hold, is_taken, next_id, put, select_entries};
use crate::account::{folded, is_address};
use crate::{Store, StoreError, rules};

/// Most members that are entered into one group.
const MEMBERS_MAX: i64 = 10_000;

/// A group to be made.
#[derive(Debug, Clone, Default)]
pub struct NewGroup {
    /// Its address, `name@domain`.
    pub address: String,
    /// Name shown to others.
    pub display_name: String,
    /// It is not shown in the address book.
    pub hidden: bool,
}

impl Store {
    /// Makes a group without members.
    ///
    /// # Errors
    /// [`StoreError::AddressTaken`] where an account or a group has the address,
    /// [`StoreError::BadAddress`] where it is none.
    pub async fn create_group(&self, new: NewGroup) -> Result<Entry, StoreError> {
        if !is_address(&new.address) {
            return Err(StoreError::BadAddress(new.address));
        }
        let attempt = || async {
            let mut transaction = self.db.begin().await?;
            let id = next_id(&mut transaction).await?;
            if is_taken(&mut transaction, &new.address).await? {
                return Err(StoreError::AddressTaken(new.address.clone()));
            }
            let group = Entry {
                id,
                kind: EntryKind::Group,
                addresses: vec![new.address.clone()],
                profile: Profile {
                    display_name: new.display_name.clone(),
                    alias: new.address.split('@').next().unwrap_or_default().to_owned(),
                    ..Profile::default()
                },
                hidden: new.hidden,
                photo_size: None,
            };
            put(&mut transaction, &group, None).await?;
            transaction.commit().await?;
            Ok(group)
        };
        self.db.retry(attempt).await
    }

    /// All groups, by name.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn groups(&self) -> Result<Vec<Entry>, StoreError> {
        let rows = sqlx::query(select_entries!("WHERE kind = $1 ORDER BY name, entry_id"))
            .bind(GROUP)
            .fetch_all(&self.db.read)
            .await?;
        rows.iter().map(entry).collect()
    }

    /// The group with this address.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn group_by_address(&self, address: &str) -> Result<Option<Entry>, StoreError> {
        let found = self.entry_by_address(address).await?;
        Ok(found.filter(|entry| entry.kind == EntryKind::Group))
    }

    /// Adds an address to a group: an account's, another group's, or anybody's. Tells whether it is new.
    ///
    /// # Errors
    /// [`StoreError::NoSuchEntry`] where there is no such group, [`StoreError::BadAddress`],
    /// [`StoreError::Limit`] where the group is full.
    pub async fn add_member(&self, group: EntryId, address: &str) -> Result<bool, StoreError> {
        if !is_address(address) {
            return Err(StoreError::BadAddress(address.to_owned()));
        }
        let attempt = || async {
            let mut transaction = self.db.begin().await?;
            hold(&mut transaction).await?;
            by_id(&mut transaction, group)
                .await?
                .filter(|entry| entry.kind == EntryKind::Group)
                .ok_or(StoreError::NoSuchEntry)?;
            let row = sqlx::query("SELECT count(*) FROM directory_member WHERE group_id = $1")
                .bind(group.0)
                .fetch_one(&mut *transaction)
                .await?;
            if row.try_get::<i64, _>(0)? >= MEMBERS_MAX {
                return Err(StoreError::Limit("the group has 10,000 members already"));
            }
            let done = sqlx::query(
                "INSERT INTO directory_member (group_id, folded, address) VALUES ($1, $2, $3) \
                 ON CONFLICT (group_id, folded) DO NOTHING",
            )
            .bind(group.0)
            .bind(folded(address))
            .bind(address)
            .execute(&mut *transaction)
            .await?;
            rules::touch(&mut transaction).await?;
            transaction.commit().await?;
            Ok(done.rows_affected() > 0)
        };
        self.db.retry(attempt).await
    }

    /// Takes an address out of a group. Tells whether it was in it.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn remove_member(&self, group: EntryId, address: &str) -> Result<bool, StoreError> {
        let attempt = || async {
            let mut transaction = self.db.begin().await?;
            let done = sqlx::query("DELETE FROM directory_member WHERE group_id = $1 AND folded = $2")
                .bind(group.0)
                .bind(folded(address))
                .execute(&mut *transaction)
                .await?;
            rules::touch(&mut transaction).await?;
            transaction.commit().await?;
            Ok(done.rows_affected() > 0)
        };
        self.db.retry(attempt).await
    }

    /// The addresses, folded, of the groups that have one of these addresses as a member, directly or
    /// through other groups.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn groups_of(&self, addresses: &[String]) -> Result<Vec<String>, StoreError> {
        let mut found: Vec<String> = Vec::new();
        let mut ask: Vec<String> = addresses.iter().map(|address| folded(address)).collect();
        // Each group is asked about once, so that groups in each other come to an end.
        while let Some(address) = ask.pop() {
            let rows = sqlx::query(
                "SELECT DISTINCT directory_address.folded FROM directory_member \
                 JOIN directory_address ON directory_address.entry_id = directory_member.group_id \
                 WHERE directory_member.folded = $1",
            )
            .bind(address)
            .fetch_all(&self.db.read)
            .await?;
            for row in &rows {
                let group: String = row.try_get(0)?;
                if !found.contains(&group) {
                    found.push(group.clone());
                    ask.push(group);
                }
            }
        }
        found.sort();
        Ok(found)
    }

    /// The members of a group, and the entries that they stand for.
    pub(super) async fn group_members(&self, group: EntryId) -> Result<Vec<Member>, StoreError> {
        // An address may belong to several shared contacts; the lowest kind and number has it.
        let rows = sqlx::query(
            "SELECT directory_entry.entry_id, directory_entry.kind, directory_entry.account_id, \
             directory_entry.hidden, directory_entry.photo_size, directory_entry.data, \
             directory_member.address FROM directory_member \
             LEFT JOIN directory_address ON directory_address.folded = directory_member.folded \
             LEFT JOIN directory_entry ON directory_entry.entry_id = directory_address.entry_id \
             WHERE directory_member.group_id = $1 \
             ORDER BY directory_member.folded, directory_entry.kind, directory_entry.entry_id",
        )
        .bind(group.0)
        .fetch_all(&self.db.read)
        .await?;
        let mut members: Vec<Member> = Vec::new();
        for row in &rows {
            let address: String = row.try_get(6)?;
            if members.last().is_some_and(|last| last.address == address) {
                continue;
            }
            let found = row.try_get::<Option<i64>, _>(0)?.is_some();
            members.push(Member { address, entry: found.then(|| entry(row)).transpose()? });
        }
        Ok(members)
    }

    pub(super) async fn entry_by_address(&self, address: &str) -> Result<Option<Entry>, StoreError> {
        if !is_address(address) {
            return Ok(None);
        }
        let row = sqlx::query(select_entries!(
            "JOIN directory_address ON directory_address.entry_id = directory_entry.entry_id \
             WHERE directory_address.folded = $1 AND directory_address.kind <= $2 \
             ORDER BY directory_address.kind, directory_address.entry_id LIMIT 1"
        ))
        .bind(folded(address))
        .bind(CONTACT)
        .fetch_optional(&self.db.read)
        .await?;
        row.as_ref().map(entry).transpose()
    }
}
