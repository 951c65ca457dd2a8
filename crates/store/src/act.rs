//! An act of the administration as one transaction: what it changes, the mail that follows from it, and its
//! entry in the transaction log, together or not at all.
//!
//! Each kind of change is a method of [`Act`] in the file of what it changes: `device.rs`, `wipe.rs`,
//! `admission.rs`. The log comes last ([`Act::log`], in `audit.rs`), as all acts wait for each other there.

use fieldpost_domain::audit::{Entry, Event};
use fieldpost_domain::backend::Write as Change;
use fieldpost_domain::{AccountId, MailboxId};
use jiff::Timestamp;
use sqlx::AnyConnection;

use crate::batch::{self, Destinations, Packet};
use crate::bell::Ring;
use crate::db::Dialect;
use crate::write::Write;
use crate::{Store, StoreError, audit};

/// A transaction of the administration. Dropping it undoes it.
pub struct Act {
    write: Write,
    packets: Vec<Packet>,
    now: i64,
}

impl Store {
    /// Begins an act. Where two acts stand in each other's way the database ends one of them:
    /// [`carry_out!`] begins it anew.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn act(&self) -> Result<Act, StoreError> {
        self.act_with_mail(Vec::new(), Timestamp::UNIX_EPOCH).await
    }

    /// Begins an act that mail may follow from: [`Act::post`] hands it in. All of it is named now, so that
    /// the mailboxes are locked in the one order that every transaction keeps.
    ///
    /// # Errors
    /// [`StoreError::NoSuchMailbox`]; [`StoreError::Limit`] for mail that is too large.
    pub async fn act_with_mail(&self, mail: Vec<Change>, now: Timestamp) -> Result<Act, StoreError> {
        let packets = Packet::all(mail).await?;
        let mailboxes: Vec<MailboxId> = packets.iter().map(|packet| packet.mailbox).collect();
        let write = Write::begin(&self.db, &mailboxes).await?;
        Ok(Act { write, packets, now: now.as_millisecond() })
    }
}

/// Carries an act out: begins it, does the work, and commits, or undoes all of it where the work fails. Where
/// the database asks for it the work is done again from its beginning, a few times at most ([`crate::Attempts`]).
///
/// `$begin` is a future of a new act, `$work` a block that may wait and ends with a `Result`, whose error is
/// [`crate::Transient`] and takes a [`StoreError`]. That is the outcome; nothing was changed where it is an error.
///
/// A function would have to take the work as an async closure, and of one that borrows the compiler can't tell yet
/// that its future may go from thread to thread (rust-lang/rust#110338).
#[macro_export]
macro_rules! carry_out {
    ($begin:expr, |$act:ident| $work:block) => {{
        let mut attempts = $crate::Attempts::default();
        loop {
            let outcome = match $begin.await {
                Err(error) => Err(::std::convert::From::from(error)),
                Ok(mut begun) => {
                    let done = {
                        let $act = &mut begun;
                        async { $work }.await
                    };
                    match done {
                        Ok(done) => begun.commit().await.map(|()| done).map_err(::std::convert::From::from),
                        Err(error) => {
                            // It is undone before it is begun again.
                            drop(begun);
                            Err(error)
                        }
                    }
                }
            };
            if !attempts.again(&outcome).await {
                break outcome;
            }
        }
    }};
}

impl Act {
    /// The connection, for statements of this transaction.
    pub(crate) fn conn(&mut self) -> &mut AnyConnection {
        self.write.conn()
    }

    /// Has other programs hear of something, once it is committed.
    pub(crate) fn ring(&mut self, ring: Ring) {
        self.write.ring(ring);
    }

    /// The same of what was decided about a device.
    pub(crate) fn ring_device(&mut self, account: AccountId, device_id: &str) {
        self.ring(Ring::Device { account, device_id: device_id.to_owned() });
    }

    /// Which database it is.
    pub(crate) fn dialect(&self) -> Dialect {
        self.write.dialect
    }

    /// Hands in the mail that the act was begun with.
    ///
    /// # Errors
    /// [`StoreError::NoSuchFolder`]; [`StoreError::Full`].
    pub async fn post(&mut self) -> Result<(), StoreError> {
        let mut destinations = Destinations::default();
        for packet in std::mem::take(&mut self.packets) {
            batch::carry_out(&mut self.write, &mut destinations, &packet, self.now).await?;
        }
        Ok(())
    }

    /// Appends an entry to the transaction log. Nothing else is changed after it: until the commit, all other
    /// acts wait.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn log(&mut self, event: Event, now: Timestamp) -> Result<Entry, StoreError> {
        audit::append(self, event, now).await
    }

    /// Makes it durable.
    ///
    /// # Errors
    /// Our own trouble only; nothing was changed then.
    pub async fn commit(self) -> Result<(), StoreError> {
        self.write.commit().await
    }
}
