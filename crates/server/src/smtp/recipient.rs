//! Whose mail it is.

use fieldpost_domain::directory::Entry;
use fieldpost_store::{Account, StoreError};

use crate::App;
use crate::mail::postmaster;

/// What an address stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recipient {
    /// An account here. A disabled one still gets its mail: nobody can sign in to it, and nothing that
    /// was sent to it is lost.
    Local(Box<Account>),
    /// A group of the address book.
    Group(Box<Entry>),
    /// Nobody, though the domain is ours.
    Unknown,
    /// Somebody at another server.
    Elsewhere,
}

/// Finds out what an address stands for. `user+tag@domain` is `user@domain`, unless an account or a group has
/// that very address. An address without a domain is in our default one. The postmaster is always somebody,
/// as long as there is an account.
///
/// # Errors
/// The store's own trouble.
pub async fn resolve(app: &App, address: &str) -> Result<Recipient, StoreError> {
    let domains = &app.settings.domains;
    let default = domains.first().map(String::as_str).unwrap_or_default();
    let (local, domain) = address.rsplit_once('@').unwrap_or((address, default));
    let domain = domain.strip_suffix('.').unwrap_or(domain);
    let mut names = vec![local];
    names.extend(local.split_once('+').map(|(name, _)| name).filter(|name| !name.is_empty()));
    for name in names {
        let address = format!("{name}@{domain}");
        if let Some(account) = app.store.account_by_address(&address).await? {
            return Ok(Recipient::Local(Box::new(account)));
        }
        if let Some(group) = app.store.group_by_address(&address).await? {
            return Ok(Recipient::Group(Box::new(group)));
        }
    }
    if postmaster::is_meant(domains, address)
        && let Some(account) = postmaster::account(app).await?
    {
        return Ok(Recipient::Local(Box::new(account)));
    }
    let ours = domains.iter().any(|own| own.eq_ignore_ascii_case(domain));
    Ok(if ours { Recipient::Unknown } else { Recipient::Elsewhere })
}
