//! What submission and delivery need to know of a message: who it is from and for, and its ids.

use jiff::Timestamp;
use mail_parser::{Addr, HeaderName, HeaderValue};

use super::addresses::{addresses, text};
use super::{ConvertError, class};
use crate::convert::parser::Parsed;
use crate::convert::text::single_line;

/// Somebody with an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mailbox {
    /// Display name, decoded, one line.
    pub name: Option<String>,
    /// `local@domain` as written; not checked.
    pub address: String,
}

/// A message's header section, decoded.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Headers {
    /// Authors.
    pub from: Vec<Mailbox>,
    /// Who sent it for them.
    pub sender: Option<Mailbox>,
    /// Where answers go.
    pub reply_to: Vec<Mailbox>,
    /// Recipients, members of groups among them.
    pub to: Vec<Mailbox>,
    /// Recipients of copies.
    pub cc: Vec<Mailbox>,
    /// Recipients of blind copies.
    pub bcc: Vec<Mailbox>,
    /// Subject, one line; empty where there is none.
    pub subject: String,
    /// `Message-ID` without angle brackets.
    pub message_id: Option<String>,
    /// First id of `In-Reply-To`.
    pub in_reply_to: Option<String>,
    /// Ids of `References`, oldest first.
    pub references: Vec<String>,
    /// `Date`.
    pub date: Option<Timestamp>,
    /// Signed or encrypted: its bytes must not be rewritten.
    pub is_smime: bool,
}

/// Reads the header section; the body is not looked at.
pub fn headers(content: &[u8]) -> Result<Headers, ConvertError> {
    let parsed = Parsed::headers(content)?;
    let list = |name| addresses(&parsed, &name).filter_map(mailbox).collect::<Vec<_>>();
    let recipients = |name| addresses(&parsed, &name).filter_map(recipient).collect::<Vec<_>>();
    let ids = |name| ids(&parsed, &name);
    Ok(Headers {
        from: list(HeaderName::From),
        sender: list(HeaderName::Sender).into_iter().next(),
        reply_to: list(HeaderName::ReplyTo),
        to: recipients(HeaderName::To),
        cc: recipients(HeaderName::Cc),
        bcc: recipients(HeaderName::Bcc),
        subject: text(&parsed, &HeaderName::Subject).unwrap_or_default(),
        message_id: ids(HeaderName::MessageId).into_iter().next(),
        in_reply_to: ids(HeaderName::InReplyTo).into_iter().next(),
        references: ids(HeaderName::References),
        date: date(&parsed),
        is_smime: class::classify(&parsed).is_smime(),
    })
}

fn mailbox(addr: &Addr<'_>) -> Option<Mailbox> {
    let address = addr.address().map(str::trim).filter(|a| !a.is_empty())?.to_owned();
    Some(Mailbox { name: addr.name().map(single_line).filter(|n| !n.is_empty()), address })
}

/// A recipient; one word without a domain is an address too, to be completed by whoever sends.
fn recipient(addr: &Addr<'_>) -> Option<Mailbox> {
    mailbox(addr).or_else(|| {
        let word = addr.name().map(str::trim).filter(|name| !name.is_empty())?;
        let is_word = !word.contains(char::is_whitespace);
        is_word.then(|| Mailbox { name: None, address: word.to_owned() })
    })
}

/// The message ids in the first header field of that name, in order.
pub fn ids(parsed: &Parsed<'_>, name: &HeaderName<'_>) -> Vec<String> {
    let root = parsed.message.parts.first();
    let value = root.and_then(|r| r.headers.iter().find(|h| h.name == *name)).map(|h| &h.value);
    let plain = |id: &str| Some(id.trim().to_owned()).filter(|id| !id.is_empty());
    match value {
        Some(HeaderValue::Text(id)) => plain(id).into_iter().collect(),
        Some(HeaderValue::TextList(ids)) => ids.iter().filter_map(|id| plain(id)).collect(),
        _ => Vec::new(),
    }
}

/// When the message says that it was written.
pub fn date(parsed: &Parsed<'_>) -> Option<Timestamp> {
    let root = parsed.message.parts.first()?;
    let value = &root.headers.iter().find(|h| h.name == HeaderName::Date)?.value;
    let date = value.as_datetime().filter(|d| d.is_valid())?;
    Timestamp::from_second(date.to_timestamp()).ok()
}
