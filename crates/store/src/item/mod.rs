//! Items: how a row of table `item` is read and written. [`read`] looks, [`add`], [`edit`],
//! [`replace`], [`relocate`] and [`remove`] change; [`poison`] tells of those that can't be shown.

pub(crate) mod add;
pub(crate) mod edit;
pub(crate) mod poison;
mod read;
pub(crate) mod relocate;
pub(crate) mod remove;
pub(crate) mod replace;

use fieldpost_domain::item::{Conversation, Flag, ItemMeta, MailState, Marks, Verb};
use fieldpost_domain::{FolderId, ItemId, MailboxId, Modseq};
use jiff::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use crate::{StoreError, db};

/// The columns that [`meta`] reads, in its order.
macro_rules! columns {
    () => {
        "item.item_id, item.folder_id, item.modseq, item.content_modseq, item.received, item.size, \
         item.read, item.draft, item.received_as_bcc, item.flag, item.categories, item.last_verb, \
         item.last_verb_time, item.conversation_id, item.conversation_index, item.read_modseq, \
         item.flag_modseq, item.categories_modseq, item.last_verb_modseq, item.text_message"
    };
}
pub(crate) use columns;

/// How many columns that are.
pub(crate) const COLUMNS: usize = 20;

/// Reads an item from a row of [`columns`].
pub(crate) fn meta(row: &AnyRow) -> Result<ItemMeta, StoreError> {
    Ok(ItemMeta {
        id: ItemId(number(row, 0)?),
        folder: FolderId(number(row, 1)?),
        modseq: modseq(row, 2)?,
        content_modseq: modseq(row, 3)?,
        received: row.try_get(4)?,
        size: number(row, 5)?,
        state: MailState {
            read: row.try_get::<i64, _>(6)? != 0,
            draft: row.try_get::<i64, _>(7)? != 0,
            received_as_bcc: row.try_get::<i64, _>(8)? != 0,
            flag: json::<Flag>(row, 9)?,
            categories: json(row, 10)?.unwrap_or_default(),
            last_verb: last_verb(row)?,
            text_message: row.try_get::<i64, _>(19)? != 0,
        },
        marks: Marks {
            read: modseq(row, 15)?,
            flag: modseq(row, 16)?,
            categories: modseq(row, 17)?,
            last_verb: modseq(row, 18)?,
        },
        conversation: Conversation {
            id: row
                .try_get::<&[u8], _>(13)?
                .try_into()
                .map_err(|_| damaged("a conversation's id is not 16 bytes long"))?,
            index: row.try_get::<&[u8], _>(14)?.to_vec(),
        },
    })
}

fn damaged(what: &str) -> StoreError {
    StoreError::Damaged(what.to_owned())
}

/// A number that phones see.
pub(crate) fn number(row: &AnyRow, index: usize) -> Result<u32, StoreError> {
    row.try_get::<i64, _>(index)?.try_into().map_err(|_| damaged("a number is out of range"))
}

fn modseq(row: &AnyRow, index: usize) -> Result<Modseq, StoreError> {
    Ok(Modseq(row.try_get::<i64, _>(index)?.unsigned_abs()))
}

fn json<T: serde::de::DeserializeOwned>(row: &AnyRow, index: usize) -> Result<Option<T>, StoreError> {
    let text: Option<&str> = row.try_get(index)?;
    text.map(serde_json::from_str).transpose().map_err(|_| damaged("a flag or a category can't be read"))
}

fn last_verb(row: &AnyRow) -> Result<Option<(Verb, Timestamp)>, StoreError> {
    let Some(verb) = row.try_get::<Option<i64>, _>(11)? else { return Ok(None) };
    let verb = match verb {
        1 => Verb::ReplyToSender,
        2 => Verb::ReplyToAll,
        3 => Verb::Forward,
        _ => return Err(damaged("what was last done with a message is unknown")),
    };
    let time =
        Timestamp::from_millisecond(row.try_get(12)?).map_err(|_| damaged("a time is out of range"))?;
    Ok(Some((verb, time)))
}

/// [`MailState`] as columns hold it.
struct StateColumns {
    read: i64,
    draft: i64,
    received_as_bcc: i64,
    text_message: i64,
    flag: Option<String>,
    categories: Option<String>,
    last_verb: Option<i64>,
    last_verb_time: Option<i64>,
}

impl StateColumns {
    fn new(state: &MailState) -> StateColumns {
        let text = |json: serde_json::Result<String>| json.ok();
        StateColumns {
            read: state.read.into(),
            draft: state.draft.into(),
            received_as_bcc: state.received_as_bcc.into(),
            text_message: state.text_message.into(),
            flag: state.flag.as_ref().and_then(|flag| text(serde_json::to_string(flag))),
            categories: Some(&state.categories)
                .filter(|categories| !categories.is_empty())
                .and_then(|categories| text(serde_json::to_string(categories))),
            last_verb: state.last_verb.map(|(verb, _)| verb as i64),
            last_verb_time: state.last_verb.map(|(_, time)| time.as_millisecond()),
        }
    }
}

/// Times are kept to the millisecond.
fn to_millisecond(verb: (Verb, Timestamp)) -> (Verb, Timestamp) {
    (verb.0, Timestamp::from_millisecond(verb.1.as_millisecond()).unwrap_or(verb.1))
}

/// The item, wherever it lies.
async fn find(
    conn: &mut AnyConnection,
    mailbox: MailboxId,
    item: ItemId,
) -> Result<Option<ItemMeta>, StoreError> {
    let row =
        sqlx::query(concat!("SELECT ", columns!(), " FROM item WHERE mailbox_id = $1 AND item_id = $2"))
            .bind(mailbox.0)
            .bind(i64::from(item.0))
            .fetch_optional(conn)
            .await?;
    row.as_ref().map(meta).transpose()
}

/// Ids in pieces that fit into one statement, each as [`db::id_list`] makes it.
fn id_lists<'a>(
    first: usize,
    ids: &'a [ItemId],
) -> impl Iterator<Item = (String, Vec<i64>)> + Send + use<'a> {
    ids.chunks(db::LIST_MAX).map(move |ids| {
        let ids: Vec<u32> = ids.iter().map(|id| id.0).collect();
        db::id_list("item.item_id", first, &ids)
    })
}
