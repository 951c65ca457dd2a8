//! Giving items other bytes.

use std::sync::Arc;

use fieldpost_domain::backend::Edited;
use fieldpost_domain::index::Index;
use fieldpost_domain::item::Replacement;
use fieldpost_domain::search::text::SearchText;
use fieldpost_domain::{FolderId, ItemId, MailboxId, Modseq};
use sqlx::Row;

use super::{find, poison};
use crate::StoreError;
use crate::blob::{self, Packed, Packer};
use crate::search::fill;
use crate::write::Write;

/// Bytes ready to take the place of others.
pub(crate) struct Exchange {
    packed: Packed,
    words: Option<Arc<SearchText>>,
    index: Index,
    expected: Option<Modseq>,
}

impl Exchange {
    pub(crate) async fn new(replacement: Replacement, packer: &mut Packer) -> Result<Exchange, StoreError> {
        let Replacement { content, index, expected } = replacement;
        let (packed, words) = packer.pack_item(content, index.searched_as).await?;
        Ok(Exchange { packed, words, index, expected })
    }
}

/// Replaces the bytes of an item that lies in the folder.
pub(crate) async fn replace(
    write: &mut Write,
    mailbox: MailboxId,
    folder: FolderId,
    item: ItemId,
    exchange: &Exchange,
) -> Result<Edited, StoreError> {
    let meta = find(write.conn(), mailbox, item)
        .await?
        .filter(|meta| meta.folder == folder)
        .ok_or(StoreError::NoSuchItem(item))?;
    if exchange.expected.is_some_and(|expected| expected != meta.content_modseq) {
        return Err(StoreError::Stale(item));
    }
    let row = sqlx::query("SELECT hash FROM item WHERE mailbox_id = $1 AND item_id = $2")
        .bind(mailbox.0)
        .bind(i64::from(item.0))
        .fetch_one(write.conn())
        .await?;
    let old: Vec<u8> = row.try_get(0)?;
    if old == exchange.packed.hash {
        return Ok(Edited { before: meta.modseq, after: meta.modseq });
    }
    let after = write.next_modseq(mailbox)?;
    blob::hold(write.conn(), mailbox, &exchange.packed, 1).await?;
    sqlx::query(
        "UPDATE item SET modseq = $3, content_modseq = $3, received = $4, size = $5, hash = $6, uid = $7 \
         WHERE mailbox_id = $1 AND item_id = $2",
    )
    .bind(mailbox.0)
    .bind(i64::from(item.0))
    .bind(after.0.cast_signed())
    .bind(exchange.index.sort)
    .bind(i64::from(exchange.packed.size))
    .bind(exchange.packed.hash.as_slice())
    .bind(exchange.index.uid.as_deref())
    .execute(write.conn())
    .await?;
    blob::release(write.conn(), mailbox, &old).await?;
    poison::forget(write, mailbox, item).await?;
    fill::remove(write, mailbox, item).await?;
    if let Some(words) = &exchange.words {
        fill::put(write, mailbox, item, exchange.index.sort, words).await?;
    }
    write.touch(mailbox, folder, false);
    Ok(Edited { before: meta.modseq, after })
}
