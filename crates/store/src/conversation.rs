//! Conversations that are always moved, and ignored ones among them, which go to Deleted Items
//! ([MS-ASCON] 3.1.4.4, 3.1.4.6).
//!
//! Moving one makes a rule. The messages that are there go to the folder now, and those that arrive go there
//! instead of into the Inbox, within the transaction that delivers them. What a user puts into a folder, and
//! what is imported, stays where it was put. A rule ends when its conversation is moved to the Inbox, and with
//! its folder.

use fieldpost_domain::folder::{Class, FolderType};
use fieldpost_domain::{FolderId, ItemId, MailboxId};
use sqlx::Row;

use crate::item::number;
use crate::item::relocate::relocate;
use crate::write::Write;
use crate::{Store, StoreError, folder};

/// Most rules of a mailbox. With one more, the oldest is forgotten: most conversations are over by then.
const MAX_RULES: i64 = 10_000;

/// Where the mail of a conversation goes that arrives; none: into the Inbox.
pub(crate) async fn destination(
    write: &mut Write,
    mailbox: MailboxId,
    conversation: [u8; 16],
) -> Result<Option<FolderId>, StoreError> {
    let row =
        sqlx::query("SELECT folder_id FROM conversation_rule WHERE mailbox_id = $1 AND conversation_id = $2")
            .bind(mailbox.0)
            .bind(conversation.as_slice())
            .fetch_optional(write.conn())
            .await?;
    row.map(|row| Ok(FolderId(number(&row, 0)?))).transpose()
}

/// Ends the rules that lead to a folder, which goes.
pub(crate) async fn forget_folder(
    write: &mut Write,
    mailbox: MailboxId,
    folder: FolderId,
) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM conversation_rule WHERE mailbox_id = $1 AND folder_id = $2")
        .bind(mailbox.0)
        .bind(i64::from(folder.0))
        .execute(write.conn())
        .await?;
    Ok(())
}

async fn end_rule(write: &mut Write, mailbox: MailboxId, conversation: [u8; 16]) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM conversation_rule WHERE mailbox_id = $1 AND conversation_id = $2")
        .bind(mailbox.0)
        .bind(conversation.as_slice())
        .execute(write.conn())
        .await?;
    Ok(())
}

async fn make_rule(
    write: &mut Write,
    mailbox: MailboxId,
    conversation: [u8; 16],
    folder: FolderId,
) -> Result<(), StoreError> {
    let modseq = write.last_modseq(mailbox)?;
    sqlx::query(
        "INSERT INTO conversation_rule (mailbox_id, conversation_id, folder_id, modseq) \
         VALUES ($1, $2, $3, $4) ON CONFLICT (mailbox_id, conversation_id) \
         DO UPDATE SET folder_id = excluded.folder_id, modseq = excluded.modseq",
    )
    .bind(mailbox.0)
    .bind(conversation.as_slice())
    .bind(i64::from(folder.0))
    .bind(modseq)
    .execute(write.conn())
    .await?;
    // Nothing is older than nothing: with fewer rules, none goes.
    sqlx::query(
        "DELETE FROM conversation_rule WHERE mailbox_id = $1 AND modseq < \
         (SELECT modseq FROM conversation_rule WHERE mailbox_id = $1 ORDER BY modseq DESC LIMIT 1 OFFSET $2)",
    )
    .bind(mailbox.0)
    .bind(MAX_RULES - 1)
    .execute(write.conn())
    .await?;
    Ok(())
}

impl Store {
    pub(crate) async fn always_move(
        &self,
        mailbox: MailboxId,
        conversation: [u8; 16],
        to: FolderId,
    ) -> Result<Option<u64>, StoreError> {
        let attempt = || async {
            let mut write = Write::begin(&self.db, &[mailbox]).await?;
            let kind = folder::require(write.conn(), mailbox, to).await?.kind;
            let rows = sqlx::query(
                "SELECT item.item_id, item.folder_id, folder.kind, item.draft FROM item JOIN folder \
                 ON folder.mailbox_id = item.mailbox_id AND folder.folder_id = item.folder_id \
                 WHERE item.mailbox_id = $1 AND item.conversation_id = $2 ORDER BY item.item_id",
            )
            .bind(mailbox.0)
            .bind(conversation.as_slice())
            .fetch_all(write.conn())
            .await?;
            let (mut known, mut moved) = (false, 0);
            for row in &rows {
                let lies_in = folder::kind(row.try_get(2)?)?;
                if lies_in.class() != Class::Email {
                    continue;
                }
                known = true;
                let source = FolderId(number(row, 1)?);
                // What is being written is no message of the conversation yet.
                let stays = lies_in == FolderType::SentItems || row.try_get::<i64, _>(3)? != 0;
                if !stays && source != to {
                    relocate(&mut write, mailbox, ItemId(number(row, 0)?), source, to).await?;
                    moved += 1;
                }
            }
            if !known && destination(&mut write, mailbox, conversation).await?.is_none() {
                return Ok(None);
            }
            match kind {
                FolderType::Inbox => end_rule(&mut write, mailbox, conversation).await?,
                _ => make_rule(&mut write, mailbox, conversation, to).await?,
            }
            write.commit().await?;
            Ok(Some(moved))
        };
        self.db.retry(attempt).await
    }
}
