//! A transaction that changes mailboxes: it holds their counters, and tells of the changes when it is
//! committed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use fieldpost_domain::backend::{ChangeListener, Notice};
use fieldpost_domain::{FolderId, ItemId, MailboxId, Modseq};
use sqlx::{Any, AnyConnection, Row, Transaction};

use crate::StoreError;
use crate::bell::{self, Ring};
use crate::db::{Db, Dialect};

/// A transaction that holds the lock of one or more mailboxes. Dropping it undoes it.
pub(crate) struct Write {
    /// Which database it is.
    pub(crate) dialect: Dialect,
    transaction: Transaction<'static, Any>,
    listener: Arc<dyn ChangeListener>,
    counters: BTreeMap<MailboxId, Counters>,
    /// Folders that were changed (none: the hierarchy), and whether an item is new there.
    touched: BTreeMap<(MailboxId, Option<FolderId>), bool>,
    /// What else other programs are to hear.
    rings: BTreeSet<Ring>,
    node: Option<u64>,
}

struct Counters {
    modseq: i64,
    folder: i64,
    item: i64,
    entry: i64,
    changed: bool,
}

impl Write {
    /// Begins a transaction and locks the mailboxes, in the order of their numbers so that no two
    /// transactions wait for each other.
    pub(crate) async fn begin(db: &Db, mailboxes: &[MailboxId]) -> Result<Write, StoreError> {
        Write::within(db.begin().await?, db, mailboxes).await
    }

    /// The same within a transaction that holds no mailbox yet.
    pub(crate) async fn within(
        mut transaction: Transaction<'static, Any>,
        db: &Db,
        mailboxes: &[MailboxId],
    ) -> Result<Write, StoreError> {
        let mut sorted = mailboxes.to_vec();
        sorted.sort_unstable();
        sorted.dedup();
        let mut counters = BTreeMap::new();
        for mailbox in sorted {
            let row = sqlx::query(db.dialect.lock_mailbox())
                .bind(mailbox.0)
                .fetch_optional(&mut *transaction)
                .await?
                .ok_or(StoreError::NoSuchMailbox(mailbox))?;
            let counter = Counters {
                modseq: row.try_get(0)?,
                folder: row.try_get(1)?,
                item: row.try_get(2)?,
                entry: row.try_get(3)?,
                changed: false,
            };
            counters.insert(mailbox, counter);
        }
        Ok(Write {
            dialect: db.dialect,
            transaction,
            listener: db.listener.clone(),
            counters,
            touched: BTreeMap::new(),
            rings: BTreeSet::new(),
            node: db.node,
        })
    }

    /// The connection, for statements of this transaction.
    pub(crate) fn conn(&mut self) -> &mut AnyConnection {
        &mut self.transaction
    }

    fn counters(&mut self, mailbox: MailboxId) -> Result<&mut Counters, StoreError> {
        let counters = self.counters.get_mut(&mailbox).ok_or(StoreError::NoSuchMailbox(mailbox))?;
        counters.changed = true;
        Ok(counters)
    }

    /// The next value of the mailbox's counter.
    pub(crate) fn next_modseq(&mut self, mailbox: MailboxId) -> Result<Modseq, StoreError> {
        let counters = self.counters(mailbox)?;
        counters.modseq += 1;
        Ok(Modseq(counters.modseq.unsigned_abs()))
    }

    /// Counts values that a statement took after the last one.
    pub(crate) fn take_modseqs(&mut self, mailbox: MailboxId, count: u64) -> Result<(), StoreError> {
        self.counters(mailbox)?.modseq += i64::try_from(count).unwrap_or(i64::MAX);
        Ok(())
    }

    /// The last value that the counter gave.
    pub(crate) fn last_modseq(&self, mailbox: MailboxId) -> Result<i64, StoreError> {
        Ok(self.counters.get(&mailbox).ok_or(StoreError::NoSuchMailbox(mailbox))?.modseq)
    }

    /// The number of a new folder.
    pub(crate) fn next_folder(&mut self, mailbox: MailboxId) -> Result<FolderId, StoreError> {
        let counters = self.counters(mailbox)?;
        let id = u32::try_from(counters.folder)
            .map_err(|_| StoreError::Limit("it has given out all folder numbers"))?;
        counters.folder += 1;
        Ok(FolderId(id))
    }

    /// The number of a new item.
    pub(crate) fn next_item(&mut self, mailbox: MailboxId) -> Result<ItemId, StoreError> {
        let counters = self.counters(mailbox)?;
        let id = u32::try_from(counters.item)
            .map_err(|_| StoreError::Limit("it has given out all item numbers"))?;
        counters.item += 1;
        Ok(ItemId(id))
    }

    /// The number of a new entry of the outbound queue.
    pub(crate) fn next_entry(&mut self, mailbox: MailboxId) -> Result<i64, StoreError> {
        let counters = self.counters(mailbox)?;
        counters.entry += 1;
        Ok(counters.entry - 1)
    }

    /// Remembers that something in the folder changed.
    pub(crate) fn touch(&mut self, mailbox: MailboxId, folder: FolderId, added: bool) {
        *self.touched.entry((mailbox, Some(folder))).or_default() |= added;
    }

    /// Remembers that the folder hierarchy changed.
    pub(crate) fn touch_hierarchy(&mut self, mailbox: MailboxId) {
        self.touched.entry((mailbox, None)).or_default();
    }

    /// Has other programs hear of something, once it is committed.
    pub(crate) fn ring(&mut self, ring: Ring) {
        self.rings.insert(ring);
    }

    /// Makes it durable, then tells the listener. Once begun, both happen, even where whoever asked
    /// is gone: a phone that hangs up must not keep the news from the others.
    pub(crate) async fn commit(mut self) -> Result<(), StoreError> {
        for (mailbox, counters) in self.counters.iter().filter(|(_, counters)| counters.changed) {
            sqlx::query(
                "UPDATE mailbox SET modseq = $2, next_folder = $3, next_item = $4, next_entry = $5 \
                 WHERE mailbox_id = $1",
            )
            .bind(mailbox.0)
            .bind(counters.modseq)
            .bind(counters.folder)
            .bind(counters.item)
            .bind(counters.entry)
            .execute(&mut *self.transaction)
            .await?;
        }
        let notices: Vec<Notice> = std::mem::take(&mut self.touched)
            .into_iter()
            .map(|((mailbox, folder), added)| Notice { mailbox, folder, added })
            .collect();
        let rings: Vec<Ring> = std::mem::take(&mut self.rings)
            .into_iter()
            .chain(notices.iter().copied().map(Ring::from))
            .collect();
        bell::ring(&mut self.transaction, self.dialect, self.node, &rings).await?;
        let Write { transaction, listener, .. } = self;
        #[expect(clippy::disallowed_methods, reason = "it ends with the commit, and closing the pool waits")]
        let task = tokio::spawn(async move {
            // An error may leave open what became of it: then they are told too, and look in vain at worst.
            let outcome = transaction.commit().await;
            for notice in notices {
                listener.changed(notice);
            }
            Ok(outcome?)
        });
        task.await.map_err(|_| StoreError::Database(sqlx::Error::WorkerCrashed))?
    }
}
