//! Changing what a user did with an item.

use fieldpost_domain::backend::Edited;
use fieldpost_domain::item::Edit;
use fieldpost_domain::{FolderId, ItemId, MailboxId};

use super::{StateColumns, find, to_millisecond};
use crate::StoreError;
use crate::write::Write;

/// Changes an item's state; where `folder` is given, only there.
pub(crate) async fn edit(
    write: &mut Write,
    mailbox: MailboxId,
    folder: Option<FolderId>,
    item: ItemId,
    edit: &Edit,
) -> Result<Edited, StoreError> {
    let meta = find(write.conn(), mailbox, item)
        .await?
        .filter(|meta| folder.is_none_or(|folder| meta.folder == folder))
        .ok_or(StoreError::NoSuchItem(item))?;
    let edit = Edit { last_verb: edit.last_verb.map(to_millisecond), ..edit.clone() };
    let next = edit.apply(&meta.state);
    if next == meta.state {
        return Ok(Edited { before: meta.modseq, after: meta.modseq });
    }
    let after = write.next_modseq(mailbox)?;
    let marks = meta.marks.after(&meta.state, &next, after);
    let state = StateColumns::new(&next);
    sqlx::query(
        "UPDATE item SET modseq = $3, read = $4, flag = $5, categories = $6, last_verb = $7, \
         last_verb_time = $8, read_modseq = $9, flag_modseq = $10, categories_modseq = $11, \
         last_verb_modseq = $12 WHERE mailbox_id = $1 AND item_id = $2",
    )
    .bind(mailbox.0)
    .bind(i64::from(item.0))
    .bind(after.0.cast_signed())
    .bind(state.read)
    .bind(state.flag)
    .bind(state.categories)
    .bind(state.last_verb)
    .bind(state.last_verb_time)
    .bind(marks.read.0.cast_signed())
    .bind(marks.flag.0.cast_signed())
    .bind(marks.categories.0.cast_signed())
    .bind(marks.last_verb.0.cast_signed())
    .execute(write.conn())
    .await?;
    write.touch(mailbox, meta.folder, false);
    Ok(Edited { before: meta.modseq, after })
}
