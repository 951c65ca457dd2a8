//! Replies for those who are out of office, sent when mail is delivered to them, however it came.
//!
//! What users have set, and which mail is never answered, is in [`fieldpost_domain::automatic_reply`];
//! [`letter`] writes the reply. It goes out once for each sender and period: the record of that and the
//! reply are one transaction. It has no envelope sender and says that a robot wrote it, so no robot that keeps
//! the rules answers it, and what any other does is not answered here.
//!
//! A reply is a courtesy: what keeps it from being sent is told in the log, and never keeps mail from being
//! delivered.

mod letter;

use fieldpost_domain::MailboxId;
use fieldpost_domain::automatic_reply::rules::{self, Silence};
use fieldpost_domain::automatic_reply::{Audience, AutomaticReply};
use fieldpost_domain::backend::{DeliverTo, Write};
use fieldpost_domain::convert::mail;
use fieldpost_domain::folder::Class;
use fieldpost_domain::index;
use fieldpost_domain::item::{MailState, NewItem};
use fieldpost_domain::object::Component;
use fieldpost_domain::search::{Expression, Field, Phrase, Query};
use fieldpost_store::{Account, Replied, ReplyOnce};
use jiff::Timestamp;
use tracing::{debug, info, warn};

use crate::App;
use crate::mail::line_ends;
use crate::mail::trouble::Trouble;

/// Contacts that are looked at to see whether a sender is one of them.
const CONTACTS: u32 = 20;

/// A message that was delivered.
#[derive(Debug, Clone, Copy)]
pub struct Arrival<'a> {
    /// To whom.
    pub account: &'a Account,
    /// The address that it was sent to.
    pub recipient: &'a str,
    /// The envelope's sender; empty: none.
    pub sender: &'a str,
    /// The message.
    pub content: &'a [u8],
}

/// Answers a message that was delivered, where its recipient is away and it is one to be answered.
pub async fn consider(app: &App, arrival: Arrival<'_>) {
    let account = &arrival.account.address;
    match answer(app, arrival).await {
        Ok(Outcome::Sent(audience)) => info!(%account, ?audience, "automatic reply sent"),
        Ok(Outcome::Silent(why)) => debug!(%account, %why, "no automatic reply"),
        Ok(Outcome::Enough) => warn!(%account, "no automatic reply: too many in the last hour"),
        Ok(Outcome::Nothing) => {}
        Err(error) => warn!(%account, %error, "an automatic reply could not be sent"),
    }
}

enum Outcome {
    /// Nothing is set, or the sender had a reply before.
    Nothing,
    Sent(Audience),
    Silent(Silence),
    /// Too many replies went out lately.
    Enough,
}

async fn answer(app: &App, arrival: Arrival<'_>) -> Result<Outcome, Trouble> {
    let Arrival { account, recipient, sender, content } = arrival;
    let now = app.clock.now();
    let set = app.store.automatic_reply(account.id).await?;
    if account.disabled || !set.says_anything(now) {
        return Ok(Outcome::Nothing);
    }
    let headers = mail::headers(content).unwrap_or_default();
    let own: Vec<&str> =
        [recipient, &account.address].into_iter().chain(account.aliases.iter().map(String::as_str)).collect();
    if let Err(silence) = rules::may_answer(content, &headers, sender, &own) {
        return Ok(Outcome::Silent(silence));
    }
    let audience = audience(app, account, sender).await?;
    let Some(message) = set.said_to(audience) else { return Ok(Outcome::Nothing) };
    let token = crate::entropy::token(&*app.entropy);
    let origin = letter::Origin { account, token: &token, now };
    let reply = letter::write(message, &headers, sender, origin);
    let here = app.store.account_by_address(sender).await?;
    let letter = match &here {
        Some(there) => delivery(there, reply, now),
        None => Write::Send {
            mailbox: MailboxId(account.id.0),
            sender: String::new(),
            recipients: vec![sender.to_owned()],
            content: line_ends::canonical(reply),
        },
    };
    send_once(app, account, &set, sender, letter, audience, now).await
}

async fn send_once(
    app: &App,
    account: &Account,
    set: &AutomaticReply,
    sender: &str,
    letter: Write,
    audience: Audience,
    now: Timestamp,
) -> Result<Outcome, Trouble> {
    let remote = matches!(letter, Write::Send { .. });
    let once = ReplyOnce {
        mailbox: MailboxId(account.id.0),
        period: set.period,
        sender: sender.to_owned(),
        now,
        letter,
    };
    Ok(match app.store.reply_once(once).await? {
        Replied::Already => Outcome::Nothing,
        Replied::TooMany => Outcome::Enough,
        Replied::Done => {
            if remote {
                app.outbound.notify_one();
            }
            Outcome::Sent(audience)
        }
    })
}

/// The reply for somebody who has an account here.
fn delivery(to: &Account, content: Vec<u8>, now: Timestamp) -> Write {
    let received = now.as_millisecond();
    let item = NewItem {
        index: index::of(Class::Email, &content, received),
        conversation: mail::conversation(&content, received),
        content,
        state: MailState::default(),
        origin: None,
    };
    Write::Append { mailbox: MailboxId(to.id.0), folder: DeliverTo::INBOX, item }
}

/// Who a sender is to the user ([MS-ASCMD] 2.2.3.123).
async fn audience(app: &App, account: &Account, sender: &str) -> Result<Audience, Trouble> {
    let domain = sender.rsplit_once('@').map_or("", |(_, domain)| domain);
    if app.settings.domains.iter().any(|ours| ours.eq_ignore_ascii_case(domain)) {
        return Ok(Audience::Internal);
    }
    let is_known = is_contact(app, account, sender).await?;
    Ok(if is_known { Audience::ExternalKnown } else { Audience::ExternalUnknown })
}

/// Whether an address is among the user's contacts.
async fn is_contact(app: &App, account: &Account, address: &str) -> Result<bool, Trouble> {
    let mailbox = MailboxId(account.id.0);
    let Some(phrase) = Phrase::new(address, false) else { return Ok(false) };
    let folders = app.backend.folders(mailbox).await?;
    let query = Query {
        text: Some(Expression::Phrase(phrase.within(&[Field::To]))),
        folders: folders.iter().filter(|f| f.kind.class() == Class::Contacts).map(|f| f.id).collect(),
        limit: CONTACTS,
        ..Query::default()
    };
    let found = app.backend.search(mailbox, &query).await?;
    let ids: Vec<_> = found.items.iter().map(|meta| meta.id).collect();
    // The index knows words alone: `a-b@x` and `a.b@x` are the same there.
    let cards = app.backend.fetch(mailbox, &ids).await?;
    Ok(cards.iter().any(|card| {
        let card = Component::parse(&card.content).unwrap_or_default();
        let mut addresses = card.iter().flat_map(|card| card.get_all("EMAIL"));
        addresses.any(|line| line.text().trim().eq_ignore_ascii_case(address))
    }))
}
