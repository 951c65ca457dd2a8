//! Shared contacts: people elsewhere whom everybody here knows.

use std::ops::ControlFlow;

use fieldpost_domain::directory::{Entry, EntryId, EntryKind, PHOTO_MAX, Profile};
use sqlx::{AnyConnection, Row};

use super::{CONTACT, attachment, entry, hold, next_id, put, select_entries};
use crate::account::is_address;
use crate::{Store, StoreError};

/// A shared contact to be entered.
#[derive(Debug, Clone, Default)]
pub struct NewContact {
    /// What it is known by, so that it is not entered a second time: a UID. None: it is new in any case.
    pub origin: Option<String>,
    /// Its addresses, the primary one first.
    pub addresses: Vec<String>,
    /// What is known of it.
    pub profile: Profile,
    /// Its photo, at most [`PHOTO_MAX`] bytes.
    pub photo: Option<Vec<u8>>,
}

impl Store {
    /// Enters shared contacts, or replaces those that are known by the same origin; all or none of them.
    /// Tells how many are new. Addresses that are none are left out.
    ///
    /// # Errors
    /// [`StoreError::Limit`] where a photo is too large.
    pub async fn put_contacts(&self, contacts: &[NewContact]) -> Result<usize, StoreError> {
        if contacts.iter().any(|new| new.photo.as_ref().is_some_and(|photo| photo.len() > PHOTO_MAX)) {
            return Err(StoreError::Limit("a photo of more than 100 KiB"));
        }
        let attempt = || async {
            let mut transaction = self.db.begin().await?;
            hold(&mut transaction).await?;
            let mut added = 0;
            for contact in contacts {
                added += usize::from(put_contact(&mut transaction, contact).await?);
            }
            transaction.commit().await?;
            Ok(added)
        };
        self.db.retry(attempt).await
    }

    /// Calls `each` with every shared contact, by name, as long as it wants more.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn each_contact(
        &self,
        mut each: impl FnMut(Entry) -> ControlFlow<()>,
    ) -> Result<(), StoreError> {
        const PORTION: i64 = 500;
        let (mut name, mut id) = (String::new(), 0_i64);
        loop {
            let rows = sqlx::query(
                "SELECT directory_entry.entry_id, directory_entry.kind, directory_entry.account_id, \
                 directory_entry.hidden, directory_entry.photo_size, directory_entry.data, \
                 directory_entry.name FROM directory_entry \
                 WHERE kind = $1 AND (name > $2 OR (name = $2 AND entry_id > $3)) \
                 ORDER BY name, entry_id LIMIT $4",
            )
            .bind(CONTACT)
            .bind(name.as_str())
            .bind(id)
            .bind(PORTION)
            .fetch_all(&self.db.read)
            .await?;
            let Some(last) = rows.last() else { return Ok(()) };
            (name, id) = (last.try_get(6)?, last.try_get(0)?);
            for row in &rows {
                if each(entry(row)?).is_break() {
                    return Ok(());
                }
            }
        }
    }
}

/// Tells whether it is new.
async fn put_contact(conn: &mut AnyConnection, new: &NewContact) -> Result<bool, StoreError> {
    let known = match &new.origin {
        Some(origin) => {
            let row = sqlx::query(select_entries!("WHERE origin = $1"))
                .bind(origin.as_str())
                .fetch_optional(&mut *conn)
                .await?;
            row.as_ref().map(entry).transpose()?
        }
        None => None,
    };
    let id: EntryId = match &known {
        Some(known) => known.id,
        None => next_id(conn).await?,
    };
    let mut addresses: Vec<String> = Vec::new();
    for address in new.addresses.iter().filter(|address| is_address(address)) {
        if !addresses.iter().any(|known| known.eq_ignore_ascii_case(address)) {
            addresses.push(address.clone());
        }
    }
    let contact = Entry {
        id,
        kind: EntryKind::Contact,
        addresses,
        profile: new.profile.clone(),
        hidden: known.as_ref().is_some_and(|known| known.hidden),
        photo_size: None,
    };
    put(conn, &contact, new.origin.as_deref()).await?;
    attachment::set_photo(conn, id, new.photo.as_deref()).await?;
    Ok(known.is_none())
}
