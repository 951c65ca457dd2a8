//! Adding items.

use std::sync::Arc;

use fieldpost_domain::index::Index;
use fieldpost_domain::item::{Conversation, ItemMeta, MailState, Marks, NewItem};
use fieldpost_domain::search::text::SearchText;
use fieldpost_domain::{FolderId, ItemId, MailboxId};

use super::{StateColumns, find, to_millisecond};
use crate::StoreError;
use crate::blob::{self, Packed, Packer};
use crate::search::fill;
use crate::write::Write;

/// An item ready to be added: its bytes are packed.
pub(crate) struct Parcel {
    packed: Packed,
    words: Option<Arc<SearchText>>,
    index: Index,
    state: MailState,
    conversation: Conversation,
    origin: Option<String>,
}

impl Parcel {
    pub(crate) async fn new(item: NewItem, packer: &mut Packer) -> Result<Parcel, StoreError> {
        let NewItem { content, index, mut state, conversation, origin } = item;
        state.last_verb = state.last_verb.map(to_millisecond);
        let (packed, words) = packer.pack_item(content, index.searched_as).await?;
        Ok(Parcel { packed, words, index, state, conversation, origin })
    }

    /// To which conversation it belongs.
    pub(crate) fn conversation(&self) -> [u8; 16] {
        self.conversation.id
    }
}

/// Adds the item to a folder that exists, or finds the one with its origin.
pub(crate) async fn add(
    write: &mut Write,
    mailbox: MailboxId,
    folder: FolderId,
    parcel: &Parcel,
) -> Result<ItemMeta, StoreError> {
    if let Some(origin) = &parcel.origin {
        let row = sqlx::query("SELECT item_id FROM item WHERE mailbox_id = $1 AND origin = $2")
            .bind(mailbox.0)
            .bind(origin.as_str())
            .fetch_optional(write.conn())
            .await?;
        if let Some(row) = row {
            let id = ItemId(super::number(&row, 0)?);
            return find(write.conn(), mailbox, id).await?.ok_or(StoreError::NoSuchItem(id));
        }
    }
    let id = write.next_item(mailbox)?;
    let modseq = write.next_modseq(mailbox)?;
    blob::hold(write.conn(), mailbox, &parcel.packed, 1).await?;
    let state = StateColumns::new(&parcel.state);
    sqlx::query(
        "INSERT INTO item (mailbox_id, item_id, folder_id, modseq, content_modseq, received, size, hash, \
         read, draft, received_as_bcc, flag, categories, last_verb, last_verb_time, conversation_id, \
         conversation_index, origin, uid, read_modseq, flag_modseq, categories_modseq, last_verb_modseq, \
         text_message) \
         VALUES ($1, $2, $3, $4, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, \
         $4, $4, $4, $4, $19)",
    )
    .bind(mailbox.0)
    .bind(i64::from(id.0))
    .bind(i64::from(folder.0))
    .bind(modseq.0.cast_signed())
    .bind(parcel.index.sort)
    .bind(i64::from(parcel.packed.size))
    .bind(parcel.packed.hash.as_slice())
    .bind(state.read)
    .bind(state.draft)
    .bind(state.received_as_bcc)
    .bind(state.flag)
    .bind(state.categories)
    .bind(state.last_verb)
    .bind(state.last_verb_time)
    .bind(parcel.conversation.id.as_slice())
    .bind(parcel.conversation.index.as_slice())
    .bind(parcel.origin.as_deref())
    .bind(parcel.index.uid.as_deref())
    .bind(state.text_message)
    .execute(write.conn())
    .await?;
    if let Some(words) = &parcel.words {
        fill::put(write, mailbox, id, parcel.index.sort, words).await?;
    }
    write.touch(mailbox, folder, true);
    Ok(ItemMeta {
        id,
        folder,
        modseq,
        content_modseq: modseq,
        received: parcel.index.sort,
        size: parcel.packed.size,
        state: parcel.state.clone(),
        marks: Marks::all(modseq),
        conversation: parcel.conversation.clone(),
    })
}
