//! Photos and certificates of entries.

use fieldpost_domain::directory::{CERTIFICATES_MAX, EntryId, PHOTO_MAX};
use sha2::{Digest, Sha256};
use sqlx::{AnyConnection, Row};

use crate::{Store, StoreError};

/// Most bytes of a certificate.
const CERTIFICATE_MAX: usize = 64 * 1024;

/// Sets or removes a photo.
pub(super) async fn set_photo(
    conn: &mut AnyConnection,
    entry: EntryId,
    photo: Option<&[u8]>,
) -> Result<(), StoreError> {
    let size = photo.map(|photo| i64::try_from(photo.len()).unwrap_or(i64::MAX));
    let done = sqlx::query("UPDATE directory_entry SET photo_size = $2 WHERE entry_id = $1")
        .bind(entry.0)
        .bind(size)
        .execute(&mut *conn)
        .await?;
    if done.rows_affected() == 0 {
        return Err(StoreError::NoSuchEntry);
    }
    sqlx::query("DELETE FROM directory_photo WHERE entry_id = $1").bind(entry.0).execute(&mut *conn).await?;
    if let Some(photo) = photo {
        sqlx::query("INSERT INTO directory_photo (entry_id, data) VALUES ($1, $2)")
            .bind(entry.0)
            .bind(photo.to_vec())
            .execute(conn)
            .await?;
    }
    Ok(())
}

impl Store {
    /// Sets the photo of an entry, or removes it.
    ///
    /// # Errors
    /// [`StoreError::NoSuchEntry`]; [`StoreError::Limit`] above [`PHOTO_MAX`].
    pub async fn set_photo(&self, entry: EntryId, photo: Option<&[u8]>) -> Result<(), StoreError> {
        if photo.is_some_and(|photo| photo.len() > PHOTO_MAX) {
            return Err(StoreError::Limit("a photo of more than 100 KiB"));
        }
        let attempt = || async {
            let mut transaction = self.db.begin().await?;
            set_photo(&mut transaction, entry, photo).await?;
            Ok(transaction.commit().await?)
        };
        self.db.retry(attempt).await
    }

    /// Adds a certificate, DER, to an entry. Tells whether it is new. What it is worth is for the caller
    /// to judge.
    ///
    /// # Errors
    /// [`StoreError::NoSuchEntry`]; [`StoreError::Limit`] where it is longer than 64 KiB or the entry has
    /// [`CERTIFICATES_MAX`] already.
    pub async fn add_certificate(&self, entry: EntryId, der: &[u8]) -> Result<bool, StoreError> {
        if der.len() > CERTIFICATE_MAX {
            return Err(StoreError::Limit("a certificate of more than 64 KiB"));
        }
        let hash = Sha256::digest(der).to_vec();
        let attempt = || async {
            let mut transaction = self.db.begin().await?;
            super::hold(&mut transaction).await?;
            super::by_id(&mut transaction, entry).await?.ok_or(StoreError::NoSuchEntry)?;
            let row = sqlx::query("SELECT count(*) FROM directory_certificate WHERE entry_id = $1")
                .bind(entry.0)
                .fetch_one(&mut *transaction)
                .await?;
            if usize::try_from(row.try_get::<i64, _>(0)?).is_ok_and(|count| count >= CERTIFICATES_MAX) {
                return Err(StoreError::Limit("the entry has 100 certificates already"));
            }
            let done = sqlx::query(
                "INSERT INTO directory_certificate (entry_id, hash, data) VALUES ($1, $2, $3) \
                 ON CONFLICT (entry_id, hash) DO NOTHING",
            )
            .bind(entry.0)
            .bind(hash.clone())
            .bind(der.to_vec())
            .execute(&mut *transaction)
            .await?;
            transaction.commit().await?;
            Ok(done.rows_affected() > 0)
        };
        self.db.retry(attempt).await
    }

    /// Removes the certificate with this SHA-256. Tells whether it was there.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn remove_certificate(&self, entry: EntryId, sha256: &[u8]) -> Result<bool, StoreError> {
        let attempt = || async {
            let mut transaction = self.db.begin().await?;
            let done = sqlx::query("DELETE FROM directory_certificate WHERE entry_id = $1 AND hash = $2")
                .bind(entry.0)
                .bind(sha256.to_vec())
                .execute(&mut *transaction)
                .await?;
            transaction.commit().await?;
            Ok(done.rows_affected() > 0)
        };
        self.db.retry(attempt).await
    }

    pub(super) async fn entry_photo(&self, entry: EntryId) -> Result<Option<Vec<u8>>, StoreError> {
        let row = sqlx::query("SELECT data FROM directory_photo WHERE entry_id = $1")
            .bind(entry.0)
            .fetch_optional(&self.db.read)
            .await?;
        Ok(row.map(|row| row.try_get(0)).transpose()?)
    }

    pub(super) async fn entry_certificates(&self, entry: EntryId) -> Result<Vec<Vec<u8>>, StoreError> {
        let rows = sqlx::query("SELECT data FROM directory_certificate WHERE entry_id = $1 ORDER BY hash")
            .bind(entry.0)
            .fetch_all(&self.db.read)
            .await?;
        rows.iter().map(|row| Ok(row.try_get(0)?)).collect()
    }
}
