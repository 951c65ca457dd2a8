//! Takes a message that a user sends: makes it the user's own, finds out whom it goes to, and hands
//! copy, deliveries and queue entries to the store in one piece.

use std::sync::Arc;

use fieldpost_domain::ItemId;
use fieldpost_domain::backend::{Batch, BatchOutcome, DeliverTo, Once, Write};
use fieldpost_domain::convert::mail;
use fieldpost_domain::folder::{Class, FolderType};
use fieldpost_domain::id::MailboxId;
use fieldpost_domain::index;
use fieldpost_domain::item::{Edit, MailState, NewItem, Verb};
use fieldpost_eas::status::Common;
use fieldpost_store::Account;
use jiff::Timestamp;
use mail_builder::headers::address::Address;
use mail_builder::headers::message_id::MessageId;
use mail_builder::headers::raw::Raw;
use tracing::info;

use super::bounce::{self, Failure, Origin};
use super::correspondents;
use super::header::Message;
use super::line_ends;
use super::recipients::{self, Recipient, Sorted};
use super::{field, rfc5322_date};
use crate::activesync::fault::Fault;
use crate::automatic_reply::{self, Arrival};
use crate::entropy::token;
use crate::meeting::arrival::{self, Trust};
use crate::{App, up_to_date};

/// Most recipients of one message.
const MAX_RECIPIENTS: usize = 1000;
/// Bytes of a message that hold its header section.
const HEAD: usize = 256 * 1024;

/// A message to be sent.
#[derive(Debug, Clone)]
pub struct Letter {
    /// RFC 5322, as the phone wrote it.
    pub content: Vec<u8>,
    /// Keep a copy in Sent Items.
    pub keep_copy: bool,
    /// Marks it, so that it is sent once however often it is asked for: `<device>/<client id>`.
    pub key: Option<String>,
    /// The message that it answers or forwards, and which of the two.
    pub about: Option<(ItemId, Verb)>,
    /// What else happens with it: the draft that it was goes.
    pub also: Vec<Write>,
}

/// What became of a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Submitted {
    /// It was taken.
    Done,
    /// It was taken before: nothing was done now.
    Duplicate,
}

/// Sends a message of `sender`'s.
///
/// # Errors
/// [`Fault::Refused`] with the status that says what is wrong with it; nothing was sent then.
pub async fn submit(
    app: &Arc<App>,
    sender: &Account,
    letter: Letter,
    now: Timestamp,
) -> Result<Submitted, Fault> {
    if letter.content.len() > app.settings.message_limit {
        return Err(Fault::Refused(Common::AttachmentIsTooLarge));
    }
    let headers = mail::headers(&letter.content).map_err(|_| Fault::Refused(Common::InvalidMIME))?;
    let mut message = Message::parse(&letter.content).ok_or(Fault::Refused(Common::InvalidMIME))?;
    let default_domain = app.settings.domains.first().map(String::as_str);
    let everybody = recipients::of(&headers, default_domain)
        .map_err(|_| Fault::Refused(Common::MessageRecipientUnresolved))?;
    if everybody.is_empty() {
        return Err(Fault::Refused(Common::MessageHasNoRecipient));
    }
    if everybody.len() > MAX_RECIPIENTS {
        return Err(Fault::Refused(Common::SendQuotaExceeded));
    }
    complete(&mut message, &headers, sender, app, now);
    // The sender's copy says whom blind copies went to; nobody else's does.
    let copy = letter.keep_copy.then(|| message.to_bytes());
    message.remove("Bcc");
    let content = message.to_bytes();

    let sorted = recipients::sort(app, everybody).await?;
    let has_remote = !sorted.remote.is_empty();
    let mailbox = MailboxId(sender.id.0);
    // For automatic replies, which go by the header section alone.
    let local = sorted.local.clone();
    let head = content.get(..HEAD).unwrap_or(&content).to_vec();
    let mut writes = self::writes(app, sender, copy, content, sorted, now);
    if let Some((item, verb)) = letter.about {
        // A message that is gone by now does no harm.
        let edit = Edit { last_verb: Some((verb, now)), ..Edit::default() };
        writes.push(Write::Edit { mailbox, folder: None, item, edit });
    }
    writes.extend(letter.also);
    let once = letter.key.map(|key| Once { mailbox, key });
    let batch = Batch { once, writes, now };
    match arrival::commit(app, batch, Trust::Account(sender)).await? {
        BatchOutcome::Duplicate => Ok(Submitted::Duplicate),
        BatchOutcome::Done(_) => {
            correspondents::remember(app, mailbox, &headers, now).await;
            if has_remote {
                app.outbound.notify_one();
            }
            for (account, recipient) in &local {
                let (recipient, sender, content) =
                    (recipient.address.as_str(), sender.address.as_str(), head.as_slice());
                automatic_reply::consider(app, Arrival { account, recipient, sender, content }).await;
                up_to_date::consider(app, account).await;
            }
            Ok(Submitted::Done)
        }
    }
}

/// A message as what is to be done with it: the sender's copy, deliveries here, queue entries for
/// elsewhere.
pub fn writes(
    app: &App,
    sender: &Account,
    copy: Option<Vec<u8>>,
    content: Vec<u8>,
    sorted: Sorted,
    now: Timestamp,
) -> Vec<Write> {
    let mailbox = MailboxId(sender.id.0);
    let mut writes = Vec::new();
    if let Some(copy) = copy {
        let folder = DeliverTo::Default(FolderType::SentItems);
        let item = new_item(copy, now, MailState { read: true, ..MailState::default() });
        writes.push(Write::Append { mailbox, folder, item });
    }
    writes.extend(deliveries(app, sender, &content, &sorted, now));
    if !sorted.remote.is_empty() {
        writes.push(Write::Send {
            mailbox,
            sender: sender.address.clone(),
            recipients: sorted.remote.into_iter().map(|recipient| recipient.address).collect(),
            content: line_ends::canonical(content),
        });
    }
    writes
}

/// Makes the message the sender's own and whole: `From` is one of the sender's addresses
/// (MS-ASCMD_R448), and `Date` and `Message-ID` are there.
fn complete(message: &mut Message<'_>, headers: &mail::Headers, sender: &Account, app: &App, now: Timestamp) {
    let is_own = |address: &str| {
        let mut own = std::iter::once(&sender.address).chain(&sender.aliases);
        own.any(|known| known.eq_ignore_ascii_case(address))
    };
    if !message.has("Date") || headers.date.is_none() {
        let mut raw = Vec::new();
        field(&mut raw, "Date", &Raw::new(rfc5322_date(now)));
        message.set("Date", raw);
    }
    if headers.message_id.is_none() {
        let domain = sender.address.rsplit_once('@').map_or("localhost", |(_, domain)| domain);
        let mut raw = Vec::new();
        field(&mut raw, "Message-ID", &MessageId::new(format!("{}@{domain}", token(&*app.entropy))));
        message.set("Message-ID", raw);
    }
    let from_own = matches!(headers.from.as_slice(), [one] if is_own(&one.address));
    if !from_own {
        let name = match headers.from.as_slice() {
            [one] => one.name.clone(),
            _ => None,
        };
        let name = name.or_else(|| Some(sender.display_name.clone()).filter(|name| !name.is_empty()));
        let mut raw = Vec::new();
        field(&mut raw, "From", &Address::new_address(name, sender.address.as_str()));
        message.set("From", raw);
    }
    if headers.sender.as_ref().is_some_and(|said| !is_own(&said.address)) {
        message.remove("Sender");
    }
}

fn new_item(content: Vec<u8>, now: Timestamp, state: MailState) -> NewItem {
    let received = now.as_millisecond();
    let conversation = mail::conversation(&content, received);
    let index = index::of(Class::Email, &content, received);
    NewItem { content, index, state, conversation, origin: None }
}

/// The message for those who have an account here, and a bounce to the sender for those who should
/// have one.
fn deliveries(app: &App, sender: &Account, content: &[u8], sorted: &Sorted, now: Timestamp) -> Vec<Write> {
    let to = |account: &Account, item: NewItem| Write::Append {
        mailbox: MailboxId(account.id.0),
        folder: DeliverTo::INBOX,
        item,
    };
    let mut deliveries: Vec<Write> = sorted
        .local
        .iter()
        .map(|(account, recipient)| {
            let state = MailState { received_as_bcc: recipient.blind, ..MailState::default() };
            to(account, new_item(content.to_vec(), now, state))
        })
        .collect();
    if !sorted.unknown.is_empty() {
        let bounce = nobody_here(app, sender, content, &sorted.unknown, now);
        deliveries.push(to(sender, new_item(bounce, now, MailState::default())));
    }
    deliveries
}

fn nobody_here(
    app: &App,
    sender: &Account,
    content: &[u8],
    unknown: &[Recipient],
    now: Timestamp,
) -> Vec<u8> {
    info!(account = %sender.address, recipients = unknown.len(), "recipients are unknown here");
    let failures: Vec<Failure<'_>> = unknown
        .iter()
        .map(|recipient| Failure {
            recipient: &recipient.address,
            status: "5.1.1",
            reason: "There is nobody of that address here. Check how it is spelled.",
            said: None,
        })
        .collect();
    let token = token(&*app.entropy);
    let domain = app.settings.domains.first().map_or("localhost", String::as_str);
    let origin = Origin { host: domain, domain, token: &token, now };
    bounce::message(content, &sender.address, &failures, origin)
}
