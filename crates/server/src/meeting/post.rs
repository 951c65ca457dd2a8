//! From a message to the copy, the deliveries and the queue entries that it becomes.

use fieldpost_domain::backend::Write;
use fieldpost_domain::schedule::imip::{self, Envelope};
use fieldpost_domain::schedule::{Message, Person};
use fieldpost_store::{Account, StoreError};
use jiff::Timestamp;

use super::owner;
use crate::App;
use crate::entropy::token;
use crate::mail::{recipients, submit};

/// Sends a message about a meeting from an account: one mail for all its recipients.
///
/// # Errors
/// Our own trouble only. An address that can't be one is left out: nothing could reach it.
pub async fn message(
    app: &App,
    sender: &Account,
    message: &Message,
    now: Timestamp,
) -> Result<Vec<Write>, StoreError> {
    let (from, id) = (Person::from(&owner(sender)), message_id(app, sender));
    let mail = imip::mail(message, &Envelope { from: &from, message_id: &id, date: now });
    send(app, sender, mail, &message.recipients, true, now).await
}

/// A name for a mail of an account's.
pub fn message_id(app: &App, sender: &Account) -> String {
    let domain = sender.address.rsplit_once('@').map_or("localhost", |(_, domain)| domain);
    format!("{}@{domain}", token(&*app.entropy))
}

/// Sends a mail that the server wrote for an account.
///
/// # Errors
/// Our own trouble only.
pub async fn send(
    app: &App,
    sender: &Account,
    mail: Vec<u8>,
    to: &[Person],
    keep_copy: bool,
    now: Timestamp,
) -> Result<Vec<Write>, StoreError> {
    let everybody = recipients::of_people(to.iter().map(|person| person.address.as_str()));
    let sorted = recipients::sort(app, everybody).await?;
    let copy = keep_copy.then(|| mail.clone());
    Ok(submit::writes(app, sender, copy, mail, sorted, now))
}

/// Whether any of these waits in the outbound queue, whose keeper is to be told after the commit.
pub fn leaves_the_house(writes: &[Write]) -> bool {
    writes.iter().any(|write| matches!(write, Write::Send { .. }))
}
