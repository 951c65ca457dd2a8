//! Looking at items: single statements, each of which sees one state of the mailbox.

use std::collections::HashMap;

use fieldpost_domain::backend::Change;
use fieldpost_domain::item::{Item, ItemMeta, Shown, Texts};
use fieldpost_domain::{FolderId, ItemId, MailboxId, Modseq, Position};
use sqlx::any::AnyArguments;
use sqlx::query::Query;
use sqlx::{Any, AssertSqlSafe, Row};

use super::{COLUMNS, columns, id_lists, meta, number};
use crate::{Store, StoreError, blob};

/// Two reads by index, each cut to the limit, and merged. One statement, so that an item that moves
/// meanwhile is neither seen twice nor missed. `content_modseq` NULL: gone.
const CHANGES: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM (SELECT * FROM item WHERE mailbox_id = $1 AND folder_id = $2 AND modseq > $3 \
     ORDER BY modseq LIMIT $4) AS item \
     UNION ALL \
     SELECT gone.item_id, gone.folder_id, gone.modseq, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, \
     NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL FROM (SELECT * FROM tombstone WHERE mailbox_id = $1 AND folder_id = $2 \
     AND modseq > $3 ORDER BY modseq LIMIT $4) AS gone \
     ORDER BY modseq LIMIT $4"
);

const OLDER: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM item WHERE mailbox_id = $1 AND folder_id = $2 AND (received, item_id) < ($3, $4) \
     AND (received, item_id) >= ($5, $6) ORDER BY received DESC, item_id DESC LIMIT $7"
);

const COUNT: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM item WHERE mailbox_id = $1 AND \
                                folder_id = $2 AND (received, item_id) < ($3, $4) AND \
                                (received, item_id) >= ($5, $6)";

/// As [`COUNT`], of the text messages alone: they have an index of their own, which is small.
const COUNT_TEXTS: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM item WHERE mailbox_id = $1 AND \
                                folder_id = $2 AND (received, item_id) < ($3, $4) AND \
                                (received, item_id) >= ($5, $6) AND text_message = 1";

// The numbers alone stand in the index; asked for whole rows, SQLite reads all of the mailbox instead.
const BY_UID: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM item WHERE mailbox_id = $1 AND item_id IN \
     (SELECT named.item_id FROM item AS named WHERE named.mailbox_id = $1 AND named.uid = $2) \
     ORDER BY item_id"
);

/// To be followed by a list of ids.
const METAS: &str = concat!("SELECT ", columns!(), " FROM item WHERE mailbox_id = $1 AND ");

/// To be followed by a list of ids.
const FETCH: &str = concat!(
    "SELECT ",
    columns!(),
    ", blob.encoding, blob.data FROM item JOIN blob ON blob.mailbox_id = item.mailbox_id \
     AND blob.hash = item.hash WHERE item.mailbox_id = $1 AND "
);

/// A query of the items of a folder that lie in a span of places, as `$1` to `$6`.
fn spanning(
    sql: &'static str,
    mailbox: MailboxId,
    folder: FolderId,
    before: Position,
    floor: Position,
) -> Query<'static, Any, AnyArguments> {
    sqlx::query(sql)
        .bind(mailbox.0)
        .bind(i64::from(folder.0))
        .bind(before.received)
        .bind(i64::from(before.item))
        .bind(floor.received)
        .bind(i64::from(floor.item))
}

/// A query with a mailbox as `$1` and then ids as [`id_lists`] gives them.
fn listed(sql: String, mailbox: MailboxId, ids: Vec<i64>) -> Query<'static, Any, AnyArguments> {
    ids.into_iter().fold(sqlx::query(AssertSqlSafe(sql)).bind(mailbox.0), Query::bind)
}

impl Store {
    pub(crate) async fn read_modseq(&self, mailbox: MailboxId) -> Result<Modseq, StoreError> {
        let row = sqlx::query("SELECT modseq FROM mailbox WHERE mailbox_id = $1")
            .bind(mailbox.0)
            .fetch_optional(&self.db.read)
            .await?
            .ok_or(StoreError::NoSuchMailbox(mailbox))?;
        super::modseq(&row, 0)
    }

    pub(crate) async fn read_changes(
        &self,
        mailbox: MailboxId,
        folder: FolderId,
        since: Modseq,
        limit: usize,
    ) -> Result<Vec<Change>, StoreError> {
        let rows = sqlx::query(CHANGES)
            .bind(mailbox.0)
            .bind(i64::from(folder.0))
            .bind(i64::try_from(since.0).unwrap_or(i64::MAX))
            .bind(i64::try_from(limit).unwrap_or(i64::MAX))
            .fetch_all(&self.db.read)
            .await?;
        if rows.is_empty() {
            self.folder_exists(mailbox, folder).await?;
        }
        rows.iter()
            .map(|row| match row.try_get::<Option<i64>, _>(3)? {
                Some(_) => Ok(Change::Live(meta(row)?)),
                None => Ok(Change::Gone { id: ItemId(number(row, 0)?), modseq: super::modseq(row, 2)? }),
            })
            .collect()
    }

    pub(crate) async fn read_older(
        &self,
        mailbox: MailboxId,
        folder: FolderId,
        before: Position,
        floor: Position,
        limit: usize,
    ) -> Result<Vec<ItemMeta>, StoreError> {
        let rows = spanning(OLDER, mailbox, folder, before, floor)
            .bind(i64::try_from(limit).unwrap_or(i64::MAX))
            .fetch_all(&self.db.read)
            .await?;
        if rows.is_empty() {
            self.folder_exists(mailbox, folder).await?;
        }
        rows.iter().map(meta).collect()
    }

    pub(crate) async fn read_count(
        &self,
        mailbox: MailboxId,
        folder: FolderId,
        before: Position,
        floor: Position,
        shown: Shown,
    ) -> Result<u64, StoreError> {
        let count = async |sql: &'static str| -> Result<u64, StoreError> {
            let row = spanning(sql, mailbox, folder, before, floor).fetch_one(&self.db.read).await?;
            Ok(row.try_get::<i64, _>(0)?.unsigned_abs())
        };
        let all = count(COUNT).await?;
        if all == 0 {
            self.folder_exists(mailbox, folder).await?;
        }
        if all == 0 || shown == Shown::ALL {
            return Ok(all);
        }
        let texts = count(COUNT_TEXTS).await?;
        let own = if shown.own { all.saturating_sub(texts) } else { 0 };
        Ok(own + if shown.texts == Texts::All { texts } else { 0 })
    }

    pub(crate) async fn read_metas(
        &self,
        mailbox: MailboxId,
        items: &[ItemId],
    ) -> Result<Vec<ItemMeta>, StoreError> {
        let mut found = HashMap::with_capacity(items.len());
        for (list, ids) in id_lists(2, items) {
            for row in listed(format!("{METAS}{list}"), mailbox, ids).fetch_all(&self.db.read).await? {
                let meta = meta(&row)?;
                found.insert(meta.id, meta);
            }
        }
        Ok(items.iter().filter_map(|id| found.get(id).cloned()).collect())
    }

    pub(crate) async fn read_by_uid(
        &self,
        mailbox: MailboxId,
        uid: &str,
    ) -> Result<Vec<ItemMeta>, StoreError> {
        let rows = sqlx::query(BY_UID).bind(mailbox.0).bind(uid).fetch_all(&self.db.read).await?;
        rows.iter().map(meta).collect()
    }

    pub(crate) async fn read_items(
        &self,
        mailbox: MailboxId,
        items: &[ItemId],
    ) -> Result<Vec<Item>, StoreError> {
        let mut found = HashMap::with_capacity(items.len());
        for (list, ids) in id_lists(2, items) {
            for row in listed(format!("{FETCH}{list}"), mailbox, ids).fetch_all(&self.db.read).await? {
                let meta = meta(&row)?;
                let content = blob::unpack(row.try_get(COLUMNS)?, meta.size, row.try_get(COLUMNS + 1)?)?;
                found.insert(meta.id, Item { meta, content });
            }
        }
        // An id asked for twice is the rare case, and the only one that copies.
        let mut left: HashMap<ItemId, usize> = HashMap::new();
        for id in items {
            *left.entry(*id).or_default() += 1;
        }
        let take = |id: &ItemId| match left.get_mut(id) {
            Some(more) if *more > 1 => {
                *more -= 1;
                found.get(id).cloned()
            }
            _ => found.remove(id),
        };
        Ok(items.iter().filter_map(take).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What SQLite says of how it would carry out a statement with `parameters` numbers.
    async fn plan(store: &Store, sql: &str, parameters: i64) -> String {
        let query = sqlx::query(AssertSqlSafe(format!("EXPLAIN QUERY PLAN {sql}")));
        let rows = (0..parameters).fold(query, Query::bind).fetch_all(&store.db.read).await.unwrap();
        rows.iter().map(|row| row.get::<String, _>(3) + "\n").collect()
    }

    /// The cost of these grows with what is asked for, not with the folder.
    #[tokio::test]
    async fn by_index() {
        let dir = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", dir.path().join("fieldpost.db").display());
        let store = Store::open(&url, crate::Options::default()).await.unwrap();

        let changes = plan(&store, CHANGES, 4).await;
        for index in ["item USING INDEX item_modseq", "tombstone USING COVERING INDEX tombstone_modseq"] {
            let wanted = format!("SEARCH {index} (mailbox_id=? AND folder_id=? AND modseq>?)");
            assert!(changes.contains(&wanted), "{changes}");
        }
        let older = plan(&store, OLDER, 7).await;
        assert!(older.contains("USING INDEX item_received (mailbox_id=? AND folder_id=? AND (re"), "{older}");
        assert!(!older.contains("TEMP B-TREE"), "{older}");
        let count = plan(&store, COUNT, 6).await;
        assert!(count.contains("USING COVERING INDEX item_received"), "{count}");
        let texts = plan(&store, COUNT_TEXTS, 6).await;
        assert!(texts.contains("USING COVERING INDEX item_text_message"), "{texts}");
        let (list, ids) = crate::db::id_list("item.item_id", 2, &[1, 2, 3]);
        let parameters = i64::try_from(ids.len()).unwrap() + 1;
        let fetch = plan(&store, &format!("{FETCH}{list}"), parameters).await;
        assert!(fetch.contains("SEARCH item USING PRIMARY KEY (mailbox_id=? AND item_id=?)"), "{fetch}");
        assert!(fetch.contains("SEARCH blob USING INDEX"), "{fetch}");
        let uid = plan(&store, BY_UID, 2).await;
        assert!(uid.contains("USING COVERING INDEX item_uid (mailbox_id=? AND uid=?)"), "{uid}");
        assert!(uid.contains("SEARCH item USING PRIMARY KEY (mailbox_id=? AND item_id=?)"), "{uid}");
        for plan in [older, count, texts, fetch, uid] {
            assert!(!plan.contains("SCAN"), "{plan}");
        }
        store.close().await;
    }
}
