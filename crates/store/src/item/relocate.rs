//! Moving items between folders.

use fieldpost_domain::backend::Moved;
use fieldpost_domain::{FolderId, ItemId, MailboxId, Modseq};

use super::number;
use crate::write::Write;
use crate::{StoreError, folder};
use sqlx::Row;

/// Moves an item between two folders that exist: one change, seen in both.
pub(crate) async fn relocate(
    write: &mut Write,
    mailbox: MailboxId,
    item: ItemId,
    source: FolderId,
    destination: FolderId,
) -> Result<(), StoreError> {
    let modseq = write.next_modseq(mailbox)?.0.cast_signed();
    sqlx::query(
        "UPDATE item SET folder_id = $3, modseq = $4, content_modseq = $4 \
         WHERE mailbox_id = $1 AND item_id = $2",
    )
    .bind(mailbox.0)
    .bind(i64::from(item.0))
    .bind(i64::from(destination.0))
    .bind(modseq)
    .execute(write.conn())
    .await?;
    sqlx::query("DELETE FROM tombstone WHERE mailbox_id = $1 AND folder_id = $2 AND item_id = $3")
        .bind(mailbox.0)
        .bind(i64::from(destination.0))
        .bind(i64::from(item.0))
        .execute(write.conn())
        .await?;
    sqlx::query("INSERT INTO tombstone (mailbox_id, folder_id, item_id, modseq) VALUES ($1, $2, $3, $4)")
        .bind(mailbox.0)
        .bind(i64::from(source.0))
        .bind(i64::from(item.0))
        .bind(modseq)
        .execute(write.conn())
        .await?;
    write.touch(mailbox, source, false);
    write.touch(mailbox, destination, true);
    Ok(())
}

/// Moves an item, where it is not in the destination already.
pub(crate) async fn shift(
    write: &mut Write,
    mailbox: MailboxId,
    item: ItemId,
    source: FolderId,
    destination: FolderId,
) -> Result<Moved, StoreError> {
    folder::require(write.conn(), mailbox, destination).await?;
    let row = sqlx::query("SELECT folder_id, modseq FROM item WHERE mailbox_id = $1 AND item_id = $2")
        .bind(mailbox.0)
        .bind(i64::from(item.0))
        .fetch_optional(write.conn())
        .await?
        .ok_or(StoreError::NoSuchItem(item))?;
    let lies_in = FolderId(number(&row, 0)?);
    let before = Modseq(row.try_get::<i64, _>(1)?.cast_unsigned());
    if lies_in == destination {
        return Ok(Moved::AlreadyThere);
    }
    if lies_in != source {
        return Err(StoreError::NoSuchItem(item));
    }
    relocate(write, mailbox, item, source, destination).await?;
    Ok(Moved::Done { before })
}
