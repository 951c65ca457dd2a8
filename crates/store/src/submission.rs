//! Submission: a message that a user sends, with all that follows from it, at once.

use fieldpost_domain::item::{NewItem, Verb};
use fieldpost_domain::{ItemId, MailboxId};
use jiff::Timestamp;

use crate::delivery::Delivery;
use crate::{Store, StoreError};

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
    pub async fn submit(&self, submission: Submission) -> Result<Submitted, StoreError> {
        Err(StoreError::Limit("unfinished"))
    }
}
