//! The queue of messages for other servers, one entry for each recipient.

use std::fmt;

use fieldpost_domain::MailboxId;
use jiff::Timestamp;

use crate::delivery::Delivery;
use crate::{Store, StoreError};

/// An entry of the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct QueueId {
    pub(crate) mailbox: MailboxId,
    pub(crate) number: i64,
}

impl fmt::Display for QueueId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.mailbox, self.number)
    }
}

/// A message to one recipient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Queued {
    /// The entry.
    pub id: QueueId,
    /// The sender's mailbox.
    pub mailbox: MailboxId,
    /// Envelope sender, empty: none.
    pub sender: String,
    /// Envelope recipient.
    pub recipient: String,
    /// RFC 5322 message.
    pub content: Vec<u8>,
    /// Attempts that failed so far.
    pub attempts: u32,
    /// When it was submitted.
    pub created: Timestamp,
}

impl Store {
    /// The first `limit` entries that are due at `now`. Nobody else gets them before `lease_until`,
    /// when they are due again unless they were finished, bounced or put off.
    pub async fn due_outgoing(
        &self,
        now: Timestamp,
        lease_until: Timestamp,
        limit: usize,
    ) -> Result<Vec<Queued>, StoreError> {
        Err(StoreError::Limit("unfinished"))
    }

    /// When the next entry is due, leases counted; none: the queue is empty.
    pub async fn next_due(&self) -> Result<Option<Timestamp>, StoreError> {
        Err(StoreError::Limit("unfinished"))
    }

    /// The message was taken by the recipient's server: the entry goes.
    pub async fn finish_outgoing(&self, id: QueueId) -> Result<(), StoreError> {
        Err(StoreError::Limit("unfinished"))
    }

    /// The message can't be delivered: the entry goes and the bounce is delivered, at once. Where the
    /// entry is gone already, nothing happens.
    pub async fn bounce_outgoing(&self, id: QueueId, bounce: Option<Delivery>) -> Result<(), StoreError> {
        Err(StoreError::Limit("unfinished"))
    }

    /// The attempt failed, and the next is at `next`. `error` is kept for the administrator.
    pub async fn retry_outgoing(&self, id: QueueId, next: Timestamp, error: &str) -> Result<(), StoreError> {
        Err(StoreError::Limit("unfinished"))
    }
}
