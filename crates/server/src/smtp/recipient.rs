//! Whose mail it is.

use fieldpost_store::{Account, Store, StoreError};

/// What an address stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recipient {
    /// An account here. A disabled one still gets its mail: nobody can sign in to it, and nothing that
    /// was sent to it is lost.
    Local(Box<Account>),
    /// Nobody, though the domain is ours.
    Unknown,
    /// Somebody at another server.
    Elsewhere,
}

/// Finds out what an address stands for. `user+tag@domain` is `user@domain`, unless an account has
/// that very address. `domains` are ours, the default one first; an address without a domain is in it.
pub async fn resolve(store: &Store, domains: &[String], address: &str) -> Result<Recipient, StoreError> {
    let default = domains.first().map(String::as_str).unwrap_or_default();
    let (local, domain) = address.rsplit_once('@').unwrap_or((address, default));
    let domain = domain.strip_suffix('.').unwrap_or(domain);
    let mut names = vec![local];
    names.extend(local.split_once('+').map(|(name, _)| name).filter(|name| !name.is_empty()));
    for name in names {
        if let Some(account) = store.account_by_address(&format!("{name}@{domain}")).await? {
            return Ok(Recipient::Local(Box::new(account)));
        }
    }
    let ours = domains.iter().any(|own| own.eq_ignore_ascii_case(domain));
    Ok(if ours { Recipient::Unknown } else { Recipient::Elsewhere })
}
