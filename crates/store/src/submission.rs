//! Submission: a message that a user sends, with all that follows from it, at once.

use fieldpost_domain::folder::FolderType;
use fieldpost_domain::item::{Edit, NewItem, Verb};
use fieldpost_domain::{ItemId, MailboxId};
use jiff::Timestamp;

use crate::blob::{self, Packer};
use crate::delivery::{self, Delivery, Destinations, Packet};
use crate::item::add::{self, Parcel};
use crate::item::edit;
use crate::write::Write;
use crate::{Store, StoreError, folder, outbound};

/// How long a client key is remembered, milliseconds: 14 days, longer than any phone tries again.
const REMEMBERED: i64 = 14 * 24 * 60 * 60 * 1000;

/// A message that a user sends.
#[derive(Debug, Clone)]
pub struct Submission {
    /// The sender's mailbox.
    pub mailbox: MailboxId,
    /// `<device>/<client id>`: a submission with a key that was taken before is a repetition. At most
    /// 200 characters.
    pub client_key: Option<String>,
    /// When.
    pub now: Timestamp,
    /// Copy for Sent Items.
    pub sent_copy: Option<NewItem>,
    /// Recipients on this server.
    pub local: Vec<Delivery>,
    /// Recipients elsewhere.
    pub remote: Option<Outgoing>,
    /// The message that was answered or forwarded by it; one that is gone by now does no harm.
    pub verb: Option<(ItemId, Verb, Timestamp)>,
}

/// A message for other servers.
#[derive(Debug, Clone)]
pub struct Outgoing {
    /// Envelope sender, empty: none.
    pub sender: String,
    /// Envelope recipients.
    pub recipients: Vec<String>,
    /// RFC 5322 message as it is sent.
    pub content: Vec<u8>,
}

/// What became of a submission.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Submitted {
    /// It was taken.
    Done,
    /// It was taken before: nothing was done now.
    Duplicate,
}

impl Store {
    /// Takes a submission: copy, local deliveries and queue, all of it or, on an error, nothing.
    ///
    /// # Errors
    /// As [`Store::deliver`].
    pub async fn submit(&self, submission: Submission) -> Result<Submitted, StoreError> {
        let Submission { mailbox, client_key, now, sent_copy, local, remote, verb } = submission;
        let now = now.as_millisecond();
        let mut packer = Packer::default();
        let copy = match sent_copy {
            Some(item) => Some(Parcel::new(item, &mut packer).await?),
            None => None,
        };
        let mut packets = Vec::with_capacity(local.len());
        for delivery in local {
            packets.push(Packet::new(delivery, &mut packer).await?);
        }
        let remote = match remote.filter(|remote| !remote.recipients.is_empty()) {
            Some(Outgoing { sender, recipients, content }) => {
                Some((sender, recipients, packer.pack(content).await?))
            }
            None => None,
        };
        let mut mailboxes: Vec<_> = packets.iter().map(|packet| packet.mailbox).collect();
        mailboxes.push(mailbox);

        let attempt = || async {
            let mut write = Write::begin(&self.db, &mailboxes).await?;
            if let Some(key) = &client_key
                && !remember(&mut write, mailbox, key, now).await?
            {
                return Ok(Submitted::Duplicate);
            }
            if let Some(copy) = &copy {
                let sent = folder::default(write.conn(), mailbox, FolderType::SentItems).await?;
                add::add(&mut write, mailbox, sent, copy).await?;
            }
            let mut destinations = Destinations::default();
            for packet in &packets {
                delivery::deliver(&mut write, &mut destinations, packet).await?;
            }
            if let Some((sender, recipients, content)) = &remote {
                blob::hold(write.conn(), mailbox, content, recipients.len()).await?;
                for recipient in recipients {
                    outbound::enqueue(&mut write, mailbox, sender, recipient, &content.hash, now).await?;
                }
            }
            if let Some((item, verb, time)) = verb {
                let change = Edit { last_verb: Some((verb, time)), ..Edit::default() };
                match edit::edit(&mut write, mailbox, None, item, &change).await {
                    Ok(_) | Err(StoreError::NoSuchItem(_)) => {}
                    Err(error) => return Err(error),
                }
            }
            write.commit().await?;
            Ok(Submitted::Done)
        };
        self.db.retry(attempt).await
    }
}

/// Remembers a client key; `false` where it is known.
async fn remember(write: &mut Write, mailbox: MailboxId, key: &str, now: i64) -> Result<bool, StoreError> {
    sqlx::query("DELETE FROM submission WHERE mailbox_id = $1 AND created < $2")
        .bind(mailbox.0)
        .bind(now.saturating_sub(REMEMBERED))
        .execute(write.conn())
        .await?;
    let done = sqlx::query(
        "INSERT INTO submission (mailbox_id, client_key, created) VALUES ($1, $2, $3) \
         ON CONFLICT (mailbox_id, client_key) DO NOTHING",
    )
    .bind(mailbox.0)
    .bind(key)
    .bind(now)
    .execute(write.conn())
    .await?;
    Ok(done.rows_affected() > 0)
}
