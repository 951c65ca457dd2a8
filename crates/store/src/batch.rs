//! The unit of work: a [`Batch`] in one transaction.

use std::collections::HashMap;

use fieldpost_domain::backend::{Batch, BatchOutcome, DeliverTo, Once, Write as Change, Written};
use fieldpost_domain::item::Edit;
use fieldpost_domain::{FolderId, ItemId, MailboxId};

use crate::blob::{self, Packed, Packer};
use crate::item::add::{self, Parcel};
use crate::item::edit;
use crate::item::relocate;
use crate::item::remove;
use crate::item::replace::{self, Exchange};
use crate::write::Write;
use crate::{Store, StoreError, conversation, folder, outbound};

/// How long a key is remembered, milliseconds: 14 days.
const REMEMBERED: i64 = 14 * 24 * 60 * 60 * 1000;

/// A change whose bytes are packed: that is done before any lock is taken.
pub(crate) struct Packet {
    pub(crate) mailbox: MailboxId,
    deed: Deed,
}

enum Deed {
    Append(DeliverTo, Parcel),
    Replace(FolderId, ItemId, Exchange),
    Edit(Option<FolderId>, ItemId, Edit),
    Move(ItemId, FolderId, FolderId),
    Delete(FolderId, Vec<ItemId>),
    Send(String, Vec<String>, Packed),
}

impl Packet {
    pub(crate) async fn new(change: Change, packer: &mut Packer) -> Result<Packet, StoreError> {
        let mailbox = change.mailbox();
        let deed = match change {
            Change::Append { folder, item, .. } => Deed::Append(folder, Parcel::new(item, packer).await?),
            Change::Replace { folder, item, replacement, .. } => {
                Deed::Replace(folder, item, Exchange::new(replacement, packer).await?)
            }
            Change::Edit { folder, item, edit, .. } => Deed::Edit(folder, item, edit),
            Change::Move { item, source, destination, .. } => Deed::Move(item, source, destination),
            Change::Delete { folder, items, .. } => Deed::Delete(folder, items),
            Change::Send { sender, recipients, content, .. } => {
                Deed::Send(sender, recipients, packer.pack(content).await?)
            }
        };
        Ok(Packet { mailbox, deed })
    }

    /// Packs several.
    pub(crate) async fn all(changes: Vec<Change>) -> Result<Vec<Packet>, StoreError> {
        let mut packer = Packer::default();
        let mut packets = Vec::with_capacity(changes.len());
        for change in changes {
            packets.push(Packet::new(change, &mut packer).await?);
        }
        Ok(packets)
    }
}

/// Where the items of one transaction go, looked up once for each folder.
#[derive(Default)]
pub(crate) struct Destinations(HashMap<(MailboxId, DeliverTo), FolderId>);

impl Destinations {
    async fn find(
        &mut self,
        write: &mut Write,
        mailbox: MailboxId,
        to: DeliverTo,
    ) -> Result<FolderId, StoreError> {
        if let Some(found) = self.0.get(&(mailbox, to)) {
            return Ok(*found);
        }
        let found = match to {
            DeliverTo::Default(kind) => folder::default(write.conn(), mailbox, kind).await?,
            DeliverTo::Folder(id) => folder::require(write.conn(), mailbox, id).await?.id,
        };
        self.0.insert((mailbox, to), found);
        Ok(found)
    }
}

/// Makes one change. `now` in milliseconds since 1970.
pub(crate) async fn carry_out(
    write: &mut Write,
    destinations: &mut Destinations,
    packet: &Packet,
    now: i64,
) -> Result<Written, StoreError> {
    let mailbox = packet.mailbox;
    Ok(match &packet.deed {
        Deed::Append(to, parcel) => {
            let ruled = match *to == DeliverTo::INBOX {
                true => conversation::destination(write, mailbox, parcel.conversation()).await?,
                false => None,
            };
            let folder = match ruled {
                Some(folder) => folder,
                None => destinations.find(write, mailbox, *to).await?,
            };
            Written::Appended(add::add(write, mailbox, folder, parcel).await?)
        }
        Deed::Replace(folder, item, exchange) => {
            Written::Edited(replace::replace(write, mailbox, *folder, *item, exchange).await?)
        }
        Deed::Edit(folder, item, change) => match edit::edit(write, mailbox, *folder, *item, change).await {
            Ok(edited) => Written::Edited(edited),
            Err(StoreError::NoSuchItem(_)) if folder.is_none() => Written::Gone,
            Err(error) => return Err(error),
        },
        Deed::Move(item, source, destination) => {
            Written::Moved(relocate::shift(write, mailbox, *item, *source, *destination).await?)
        }
        Deed::Delete(folder, items) => {
            remove::remove(write, mailbox, *folder, items).await?;
            Written::Deleted
        }
        Deed::Send(sender, recipients, content) => {
            if !recipients.is_empty() {
                blob::hold(write.conn(), mailbox, content, recipients.len()).await?;
            }
            for recipient in recipients {
                outbound::enqueue(write, mailbox, sender, recipient, &content.hash, now).await?;
            }
            Written::Queued
        }
    })
}

/// Remembers a key; `false` where it is known.
async fn remember(write: &mut Write, once: &Once, now: i64) -> Result<bool, StoreError> {
    sqlx::query("DELETE FROM submission WHERE mailbox_id = $1 AND created < $2")
        .bind(once.mailbox.0)
        .bind(now.saturating_sub(REMEMBERED))
        .execute(write.conn())
        .await?;
    let done = sqlx::query(
        "INSERT INTO submission (mailbox_id, client_key, created) VALUES ($1, $2, $3) \
         ON CONFLICT (mailbox_id, client_key) DO NOTHING",
    )
    .bind(once.mailbox.0)
    .bind(once.key.as_str())
    .bind(now)
    .execute(write.conn())
    .await?;
    Ok(done.rows_affected() > 0)
}

impl Store {
    pub(crate) async fn commit_batch(&self, batch: Batch) -> Result<BatchOutcome, StoreError> {
        let Batch { once, writes, now } = batch;
        let now = now.as_millisecond();
        let packets = Packet::all(writes).await?;
        let mut mailboxes: Vec<_> = packets.iter().map(|packet| packet.mailbox).collect();
        mailboxes.extend(once.iter().map(|once| once.mailbox));
        let attempt = || async {
            let mut write = Write::begin(&self.db, &mailboxes).await?;
            if let Some(once) = &once
                && !remember(&mut write, once, now).await?
            {
                return Ok(BatchOutcome::Duplicate);
            }
            let mut destinations = Destinations::default();
            let mut written = Vec::with_capacity(packets.len());
            for packet in &packets {
                written.push(carry_out(&mut write, &mut destinations, packet, now).await?);
            }
            write.commit().await?;
            Ok(BatchOutcome::Done(written))
        };
        self.db.retry(attempt).await
    }
}
