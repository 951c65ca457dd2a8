//! To whom the mail for a recipient goes in the end: to an account, or to the members of a group.
//!
//! Members with an account here get it in the transaction that takes the message. For those elsewhere it goes
//! into the queue, in the name of its sender where that is somebody here; else in the postmaster's, as mailing
//! lists do it (RFC 5321 3.9.2): other servers would refuse it in the name of a stranger, and what can't be
//! delivered is for whoever runs the group.

use fieldpost_domain::MailboxId;
use fieldpost_domain::directory::{Entry, EntryKind, expand};
use fieldpost_store::{Account, StoreError};

use super::recipient::{self, Recipient};
use crate::App;
use crate::mail::postmaster;
use crate::mail::recipients::is_address;

/// Most members of all groups that one message goes to.
pub(super) const MEMBERS: usize = expand::MEMBERS_MAX;

/// A recipient that was accepted.
#[derive(Debug)]
pub(super) struct Destination {
    /// The address, as it was given.
    pub(super) address: String,
    /// The group's address, where it is one.
    pub(super) group: Option<String>,
    /// Who gets it here.
    pub(super) accounts: Vec<Account>,
    /// Who gets it at other servers: members of a group.
    pub(super) elsewhere: Vec<String>,
}

impl Destination {
    /// How many get it.
    pub(super) fn count(&self) -> usize {
        self.accounts.len() + self.elsewhere.len()
    }
}

/// Why a recipient is not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    /// Nobody here has the address.
    Unknown,
    /// It is at another server.
    Elsewhere,
    /// A group that takes mail from those alone who have an account here.
    Closed,
    /// A group that reaches nobody.
    Empty,
    /// A group that is too large, or nested too deep.
    TooLarge,
}

/// Finds out to whom the mail of `sender` (empty: none) for this address goes.
///
/// # Errors
/// The store's own trouble.
pub(super) async fn find(
    app: &App,
    sender: &str,
    address: &str,
) -> Result<Result<Destination, Refusal>, StoreError> {
    let group = match recipient::resolve(app, address).await? {
        Recipient::Unknown => return Ok(Err(Refusal::Unknown)),
        Recipient::Elsewhere => return Ok(Err(Refusal::Elsewhere)),
        Recipient::Local(account) => {
            return Ok(Ok(Destination {
                address: address.to_owned(),
                group: None,
                accounts: vec![*account],
                elsewhere: Vec::new(),
            }));
        }
        Recipient::Group(group) => group,
    };
    let is_open = app.settings.open_groups.iter().any(|open| open.eq_ignore_ascii_case(group.address()));
    if !is_open && app.store.account_by_address(sender).await?.is_none() {
        return Ok(Err(Refusal::Closed));
    }
    members(app, address, &group).await
}

async fn members(
    app: &App,
    address: &str,
    group: &Entry,
) -> Result<Result<Destination, Refusal>, StoreError> {
    let expansion =
        expand(&app.store, group.id).await.map_err(|error| match error.0.downcast::<StoreError>() {
            Ok(error) => *error,
            Err(_) => StoreError::NoSuchEntry,
        })?;
    if expansion.cut_off {
        return Ok(Err(Refusal::TooLarge));
    }
    let (mut accounts, mut elsewhere): (Vec<Account>, Vec<String>) = (Vec::new(), Vec::new());
    for member in expansion.members {
        let found = match &member.entry {
            Some(Entry { kind: EntryKind::Account(id), .. }) => match app.store.account(*id).await? {
                Some(account) => Recipient::Local(Box::new(account)),
                None => Recipient::Unknown,
            },
            _ => recipient::resolve(app, &member.address).await?,
        };
        match found {
            Recipient::Local(account) => accounts.push(*account),
            Recipient::Elsewhere if is_address(&member.address) => elsewhere.push(member.address),
            _ => tracing::warn!(
                group = group.address(),
                member = member.address,
                "no mail reaches this member"
            ),
        }
    }
    if accounts.is_empty() && elsewhere.is_empty() {
        return Ok(Err(Refusal::Empty));
    }
    let (address, group) = (address.to_owned(), Some(group.address().to_owned()));
    Ok(Ok(Destination { address, group, accounts, elsewhere }))
}

/// In whose mailbox a message waits for other servers, and the sender that they are told. None where there is
/// nobody who could send it on.
///
/// # Errors
/// The store's own trouble.
pub(super) async fn envelope(app: &App, sender: &str) -> Result<Option<(MailboxId, String)>, StoreError> {
    if let Some(account) = app.store.account_by_address(sender).await? {
        return Ok(Some((MailboxId(account.id.0), sender.to_owned())));
    }
    let Some(account) = postmaster::account(app).await? else { return Ok(None) };
    // What has no sender, such as a bounce, stays so: it must not be answered by another one.
    let sender = if sender.is_empty() { String::new() } else { account.address };
    Ok(Some((MailboxId(account.id.0), sender)))
}
