//! From the bytes of a message to what the store keeps of it.
//!
//! The bytes stay as they came. Mail that arrives by SMTP or LMTP gets the header fields on top that
//! RFC 5321 4.4 demands of whoever takes it: `Return-Path` and `Received`.

use std::net::IpAddr;

use fieldpost_domain::backend::DeliverTo;
use fieldpost_domain::convert::mail::{self, Mailbox};
use fieldpost_domain::folder::Class;
use fieldpost_domain::item::{Conversation, MailState, NewItem};
use fieldpost_domain::{MailboxId, index};
use fieldpost_store::{Account, Delivery};
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// More `Received` fields than this, and a message goes in circles (RFC 5321 6.3).
const HOPS: usize = 50;

/// How a message came, for its trace.
#[derive(Debug, Clone)]
pub(super) struct Trace<'a> {
    /// Envelope sender, empty: none.
    pub(super) sender: &'a str,
    /// The name that the client gave itself.
    pub(super) hello: &'a str,
    /// Where it connected from.
    pub(super) client: IpAddr,
    /// This server.
    pub(super) hostname: &'a str,
    /// `ESMTPS`, `LMTP`, ... (RFC 3848, RFC 6531 4.3).
    pub(super) protocol: &'a str,
    /// Names this transaction in both servers' logs.
    pub(super) id: &'a str,
    /// The recipient, where there is one alone: of several, none is told of the others.
    pub(super) recipient: Option<&'a str>,
    /// When.
    pub(super) time: Timestamp,
}

impl Trace<'_> {
    /// The header fields to put before a message that is delivered here.
    pub(super) fn fields(&self) -> String {
        format!("Return-Path: <{}>\r\n{}", printable(self.sender), self.received())
    }

    /// The header field to put before a message that goes on to other servers.
    pub(super) fn received(&self) -> String {
        let client = match self.client.to_canonical() {
            IpAddr::V4(v4) => format!("[{v4}]"),
            IpAddr::V6(v6) => format!("[IPv6:{v6}]"),
        };
        let recipient = self.recipient.map(|address| format!("\r\n\tfor <{}>", printable(address)));
        format!(
            "Received: from {} ({client})\r\n\tby {} with {} id {}{};\r\n\t{}\r\n",
            atom(self.hello),
            self.hostname,
            self.protocol,
            self.id,
            recipient.unwrap_or_default(),
            date(self.time),
        )
    }
}

/// A date as header fields have it (RFC 5322 3.3).
pub(super) fn date(time: Timestamp) -> String {
    time.to_zoned(TimeZone::UTC).strftime("%a, %d %b %Y %H:%M:%S +0000").to_string()
}

fn printable(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).collect()
}

/// A host name as the client gave it: what could be taken for something else in the field is left out.
fn atom(text: &str) -> String {
    let kept: String = text.chars().filter(|c| c.is_alphanumeric() || "-._:[]".contains(*c)).collect();
    if kept.is_empty() { "unknown".into() } else { kept }
}

/// The values of a header field, each as far as its first line goes. `name` with its colon.
fn values<'a>(content: &'a [u8], name: &'a [u8]) -> impl Iterator<Item = &'a [u8]> {
    let lines = content.split(|byte| *byte == b'\n');
    let header = lines.take_while(|line| !matches!(line, [] | [b'\r']));
    header.filter_map(move |line| {
        let (found, value) = line.split_at_checked(name.len())?;
        found.eq_ignore_ascii_case(name).then(|| value.trim_ascii())
    })
}

/// Whether the message has passed through too many servers.
pub(super) fn goes_in_circles(content: &[u8]) -> bool {
    values(content, b"received:").count() > HOPS
}

/// What is put before a message that a group sends on, to know it again.
pub(super) fn passed(group: &str) -> String {
    format!("X-Loop: {}\r\n", printable(group))
}

/// Whether a group sent the message on before: a member has it sent back.
pub(super) fn has_passed(content: &[u8], group: &str) -> bool {
    values(content, b"x-loop:").any(|value| value.eq_ignore_ascii_case(group.as_bytes()))
}

/// A message, ready to be put into mailboxes.
#[derive(Debug, Clone)]
pub struct Ingested {
    content: Vec<u8>,
    conversation: Conversation,
    received: i64,
    /// The addresses that stand in To and Cc, in lower case.
    visible: Vec<String>,
}

impl Ingested {
    /// Looks at a message that was received at `now`.
    pub fn new(content: Vec<u8>, now: Timestamp) -> Ingested {
        let received = now.as_millisecond();
        let conversation = mail::conversation(&content, received);
        // What can't be read is kept all the same, as if it named nobody.
        let headers = mail::headers(&content).unwrap_or_default();
        let named = headers.to.iter().chain(&headers.cc);
        let visible = named.map(|Mailbox { address, .. }| address.to_lowercase()).collect();
        Ingested { content, conversation, received, visible }
    }

    /// The delivery to an account's Inbox. `recipient` is the address that it was sent to.
    pub fn delivery(&self, account: &Account, recipient: &str) -> Delivery {
        let mut names = vec![recipient.to_lowercase(), account.address.to_lowercase()];
        names.extend(account.aliases.iter().map(|alias| alias.to_lowercase()));
        let state = MailState {
            received_as_bcc: !names.iter().any(|name| self.visible.contains(name)),
            ..MailState::default()
        };
        self.delivery_to(MailboxId(account.id.0), state)
    }

    /// The delivery to a mailbox's Inbox.
    pub(super) fn delivery_to(&self, mailbox: MailboxId, state: MailState) -> Delivery {
        let item = NewItem {
            content: self.content.clone(),
            index: index::of(Class::Email, &self.content, self.received),
            state,
            conversation: self.conversation.clone(),
            origin: None,
        };
        Delivery { mailbox, folder: DeliverTo::INBOX, item }
    }
}
