//! Bytes of messages: packed with zstd, addressed by their SHA-256, kept while something refers to them.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use fieldpost_domain::MailboxId;
use fieldpost_domain::folder::Class;
use fieldpost_domain::search::text::SearchText;
use sha2::{Digest, Sha256};
use sqlx::{AnyConnection, Row};

use crate::StoreError;

/// SHA-256 of some bytes.
pub(crate) type Hash = [u8; 32];

/// Good and fast; higher levels cost much and save little on mail.
const LEVEL: i32 = 3;
/// From here on packing leaves the async threads alone.
const LARGE: usize = 256 * 1024;
/// What both databases can hold in one value, with room to spare.
const MAX: usize = 512 * 1024 * 1024;

/// Bytes ready to be stored.
#[derive(Debug, Clone)]
pub(crate) struct Packed {
    pub(crate) hash: Hash,
    /// Length before packing.
    pub(crate) size: u32,
    encoding: Encoding,
    data: Arc<Vec<u8>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Encoding {
    /// As they are.
    Plain = 0,
    Zstd = 1,
}

thread_local! {
    // Their tables are large; making them anew would cost more than packing a message.
    static COMPRESSOR: RefCell<Option<zstd::bulk::Compressor<'static>>> = const { RefCell::new(None) };
    static DECOMPRESSOR: RefCell<Option<zstd::bulk::Decompressor<'static>>> = const { RefCell::new(None) };
}

/// Packs the bytes of one transaction, before any lock is taken. What goes to several mailboxes is
/// packed once.
#[derive(Default)]
pub(crate) struct Packer {
    known: HashMap<Hash, Packed>,
    words: HashMap<(Hash, Class), Arc<SearchText>>,
    /// Bytes packed on this thread since it last let others go first.
    busy: usize,
}

impl Packer {
    /// Packs what is no item.
    pub(crate) async fn pack(&mut self, content: Vec<u8>) -> Result<Packed, StoreError> {
        Ok(self.pack_item(content, None).await?.0)
    }

    /// Packs an item, and takes out of it the words by which it is found as one of this class.
    pub(crate) async fn pack_item(
        &mut self,
        content: Vec<u8>,
        class: Option<Class>,
    ) -> Result<(Packed, Option<Arc<SearchText>>), StoreError> {
        let size = u32::try_from(content.len()).unwrap_or(u32::MAX);
        if content.len() > MAX {
            return Err(StoreError::Limit("an item of more than 512 MiB"));
        }
        self.busy += content.len();
        let large = content.len() >= LARGE;
        if !large && self.busy >= LARGE {
            self.busy = 0;
            tokio::task::yield_now().await;
        }
        let digest = move || (Hash::from(Sha256::digest(&content)), content);
        let (hash, content) = if large { elsewhere(digest).await? } else { digest() };
        let (words, content) = match class {
            None => (None, content),
            Some(class) => match self.words.get(&(hash, class)) {
                Some(words) => (Some(Arc::clone(words)), content),
                None => {
                    let read = move || (Arc::new(SearchText::of(class, &content)), content);
                    let (words, content) =
                        if content_is_long(size) { elsewhere(read).await? } else { read() };
                    self.words.insert((hash, class), Arc::clone(&words));
                    (Some(words), content)
                }
            },
        };
        if let Some(known) = self.known.get(&hash) {
            return Ok((known.clone(), words));
        }
        let squeeze = move || squeeze(content);
        let (encoding, data) = if large { elsewhere(squeeze).await? } else { squeeze() };
        let packed = Packed { hash, size, encoding, data: Arc::new(data) };
        self.known.insert(hash, packed.clone());
        Ok((packed, words))
    }
}

/// From here on reading the words leaves the async threads alone: HTML takes its time.
fn content_is_long(size: u32) -> bool {
    size >= 16 * 1024
}

/// Does long work away from the async threads.
async fn elsewhere<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, StoreError> {
    tokio::task::spawn_blocking(work).await.map_err(|_| StoreError::Database(sqlx::Error::WorkerCrashed))
}

fn squeeze(content: Vec<u8>) -> (Encoding, Vec<u8>) {
    match compress(&content) {
        Some(data) if data.len() < content.len() => (Encoding::Zstd, data),
        _ => (Encoding::Plain, content),
    }
}

fn compress(content: &[u8]) -> Option<Vec<u8>> {
    COMPRESSOR.with_borrow_mut(|slot| {
        if slot.is_none() {
            let mut compressor = zstd::bulk::Compressor::new(LEVEL).ok()?;
            compressor.include_checksum(true).ok()?;
            *slot = Some(compressor);
        }
        slot.as_mut()?.compress(content).ok()
    })
}

/// The bytes that `data` was packed from.
pub(crate) fn unpack(encoding: i64, size: u32, data: &[u8]) -> Result<Vec<u8>, StoreError> {
    let damaged = |what: &str| StoreError::Damaged(format!("the bytes of an item {what}"));
    let size = size as usize;
    let content = if encoding == Encoding::Plain as i64 {
        data.to_vec()
    } else if encoding == Encoding::Zstd as i64 {
        DECOMPRESSOR.with_borrow_mut(|slot| {
            if slot.is_none() {
                *slot = Some(zstd::bulk::Decompressor::new().map_err(|_| damaged("can't be unpacked"))?);
            }
            let decompressor = slot.as_mut().ok_or_else(|| damaged("can't be unpacked"))?;
            decompressor.decompress(data, size).map_err(|_| damaged("can't be unpacked"))
        })?
    } else {
        return Err(damaged("are packed in an unknown way"));
    };
    if content.len() == size { Ok(content) } else { Err(damaged("are not as many as they were")) }
}

/// Stores the bytes where they are not there yet, and counts `refs` more references.
pub(crate) async fn hold(
    conn: &mut AnyConnection,
    mailbox: MailboxId,
    packed: &Packed,
    refs: usize,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO blob (mailbox_id, hash, encoding, size, refs, data) VALUES ($1, $2, $3, $4, $5, $6) \
         ON CONFLICT (mailbox_id, hash) DO UPDATE SET refs = blob.refs + $5",
    )
    .bind(mailbox.0)
    .bind(packed.hash.as_slice())
    .bind(packed.encoding as i64)
    .bind(i64::from(packed.size))
    .bind(i64::try_from(refs).unwrap_or(i64::MAX))
    .bind(packed.data.as_slice())
    .execute(conn)
    .await?;
    Ok(())
}

/// Drops one reference; with the last one the bytes go.
pub(crate) async fn release(
    conn: &mut AnyConnection,
    mailbox: MailboxId,
    hash: &[u8],
) -> Result<(), StoreError> {
    sqlx::query("UPDATE blob SET refs = refs - 1 WHERE mailbox_id = $1 AND hash = $2")
        .bind(mailbox.0)
        .bind(hash)
        .execute(&mut *conn)
        .await?;
    sweep(conn, mailbox).await
}

/// Deletes the bytes that nothing refers to.
pub(crate) async fn sweep(conn: &mut AnyConnection, mailbox: MailboxId) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM blob WHERE mailbox_id = $1 AND refs = 0").bind(mailbox.0).execute(conn).await?;
    Ok(())
}

/// The bytes with this hash.
pub(crate) async fn load(
    conn: &mut AnyConnection,
    mailbox: MailboxId,
    hash: &[u8],
) -> Result<Vec<u8>, StoreError> {
    let row = sqlx::query("SELECT encoding, size, data FROM blob WHERE mailbox_id = $1 AND hash = $2")
        .bind(mailbox.0)
        .bind(hash)
        .fetch_optional(conn)
        .await?
        .ok_or_else(|| StoreError::Damaged("the bytes of a message are missing".to_owned()))?;
    let size = u32::try_from(row.try_get::<i64, _>(1)?)
        .map_err(|_| StoreError::Damaged("the size of a message is not one".to_owned()))?;
    unpack(row.try_get(0)?, size, row.try_get(2)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_is_packed_comes_back() {
        let noise: Vec<u8> = (0u32..200).flat_map(|n| Sha256::digest(n.to_be_bytes())).collect();
        let mut packer = Packer::default();
        for content in
            [Vec::new(), b"a".to_vec(), b"Subject: abc\r\n".repeat(100), noise.clone(), noise.repeat(50)]
        {
            let packed = packer.pack(content.clone()).await.unwrap();
            assert!(packed.data.len() <= content.len());
            assert_eq!(packed.size as usize, content.len());
            assert_eq!(unpack(packed.encoding as i64, packed.size, &packed.data).unwrap(), content);
            let again = packer.pack(content).await.unwrap();
            assert!(Arc::ptr_eq(&packed.data, &again.data), "it is packed once");
        }
    }

    #[test]
    fn damage_is_found() {
        let content = b"Subject: abc\r\n".repeat(100);
        let size = u32::try_from(content.len()).unwrap();
        let (encoding, mut data) = squeeze(content);
        assert_eq!(encoding, Encoding::Zstd);
        for (encoding, size) in [(1, size - 1), (1, size + 1), (0, size), (2, size)] {
            assert!(unpack(encoding, size, &data).is_err());
        }
        let middle = data.len() / 2;
        data[middle] ^= 1;
        assert!(unpack(1, size, &data).is_err());
    }
}
