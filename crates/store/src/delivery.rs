//! Delivery: items that arrive in one or several mailboxes at once.

use std::collections::HashMap;

use fieldpost_domain::folder::FolderType;
use fieldpost_domain::item::{ItemMeta, NewItem};
use fieldpost_domain::{FolderId, MailboxId};

use crate::blob::Packer;
use crate::item::add::{self, Parcel};
use crate::write::Write;
use crate::{Store, StoreError, folder};

/// Where a delivery goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeliverTo {
    /// The mailbox's Inbox.
    Inbox,
    /// This folder.
    Folder(FolderId),
}

/// An item for a mailbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// Whose.
    pub mailbox: MailboxId,
    /// Where in it.
    pub folder: DeliverTo,
    /// What.
    pub item: NewItem,
}

/// A delivery whose item is packed.
pub(crate) struct Packet {
    pub(crate) mailbox: MailboxId,
    folder: DeliverTo,
    parcel: Parcel,
}

impl Packet {
    pub(crate) async fn new(delivery: Delivery, packer: &mut Packer) -> Result<Packet, StoreError> {
        let Delivery { mailbox, folder, item } = delivery;
        Ok(Packet { mailbox, folder, parcel: Parcel::new(item, packer).await? })
    }
}

/// Where deliveries of one transaction go, looked up once for each folder.
#[derive(Default)]
pub(crate) struct Destinations(HashMap<(MailboxId, Option<FolderId>), FolderId>);

impl Destinations {
    async fn find(
        &mut self,
        write: &mut Write,
        mailbox: MailboxId,
        to: DeliverTo,
    ) -> Result<FolderId, StoreError> {
        let wanted = match to {
            DeliverTo::Inbox => None,
            DeliverTo::Folder(id) => Some(id),
        };
        if let Some(found) = self.0.get(&(mailbox, wanted)) {
            return Ok(*found);
        }
        let found = match wanted {
            None => folder::default(write.conn(), mailbox, FolderType::Inbox).await?,
            Some(id) => folder::require(write.conn(), mailbox, id).await?.id,
        };
        self.0.insert((mailbox, wanted), found);
        Ok(found)
    }
}

/// Delivers one packet.
pub(crate) async fn deliver(
    write: &mut Write,
    destinations: &mut Destinations,
    packet: &Packet,
) -> Result<ItemMeta, StoreError> {
    let folder = destinations.find(write, packet.mailbox, packet.folder).await?;
    add::add(write, packet.mailbox, folder, &packet.parcel).await
}

impl Store {
    /// Delivers all of these or, on an error, none, and tells what became of each, in the same order.
    /// An item whose [`NewItem::origin`] is known to the mailbox is found, not added.
    ///
    /// # Errors
    /// [`StoreError::NoSuchMailbox`] and [`StoreError::NoSuchFolder`] where one does not exist;
    /// [`StoreError::Full`].
    pub async fn deliver(&self, deliveries: Vec<Delivery>) -> Result<Vec<ItemMeta>, StoreError> {
        let mut packer = Packer::default();
        let mut packets = Vec::with_capacity(deliveries.len());
        for delivery in deliveries {
            packets.push(Packet::new(delivery, &mut packer).await?);
        }
        let mailboxes: Vec<_> = packets.iter().map(|packet| packet.mailbox).collect();
        let attempt = || async {
            let mut write = Write::begin(&self.db, &mailboxes).await?;
            let mut destinations = Destinations::default();
            let mut metas = Vec::with_capacity(packets.len());
            for packet in &packets {
                metas.push(deliver(&mut write, &mut destinations, packet).await?);
            }
            write.commit().await?;
            Ok(metas)
        };
        self.db.retry(attempt).await
    }
}
