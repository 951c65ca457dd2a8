//! Whom a message goes to: read off its header fields, and sorted into accounts here and the rest.

use fieldpost_domain::convert::mail::{Headers, Mailbox};
use fieldpost_domain::directory::expand;
use fieldpost_store::{Account, Store, StoreError};

use super::postmaster;
use crate::App;

/// Somebody whom a message goes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient {
    /// `local@domain`.
    pub address: String,
    /// Named in `Bcc` alone: the others must not see it.
    pub blind: bool,
}

/// The recipients of a message, each once, in the order of `To`, `Cc` and `Bcc`. The first address
/// that can't be one comes back as the error.
pub fn of(headers: &Headers, default_domain: Option<&str>) -> Result<Vec<Recipient>, String> {
    let mut recipients: Vec<Recipient> = Vec::new();
    let open = headers.to.iter().chain(&headers.cc).map(|mailbox| (mailbox, false));
    let blind = headers.bcc.iter().map(|mailbox| (mailbox, true));
    for (mailbox, blind) in open.chain(blind) {
        let address = complete(mailbox, default_domain).ok_or_else(|| mailbox.address.clone())?;
        let known = |recipient: &Recipient| recipient.address.eq_ignore_ascii_case(&address);
        if !recipients.iter().any(known) {
            recipients.push(Recipient { address, blind });
        }
    }
    Ok(recipients)
}

/// These addresses, each once; what can't be one is left out.
pub fn of_people<'a>(addresses: impl Iterator<Item = &'a str>) -> Vec<Recipient> {
    let mut recipients: Vec<Recipient> = Vec::new();
    for address in addresses.filter(|address| is_address(address)) {
        if !recipients.iter().any(|known| known.address.eq_ignore_ascii_case(address)) {
            recipients.push(Recipient { address: address.to_owned(), blind: false });
        }
    }
    recipients
}

/// The address, with the default domain where the user wrote a name alone.
fn complete(mailbox: &Mailbox, default_domain: Option<&str>) -> Option<String> {
    let address = mailbox.address.trim();
    let address = match (address.contains('@'), default_domain) {
        (true, _) => address.to_owned(),
        (false, Some(domain)) => format!("{address}@{domain}"),
        (false, None) => return None,
    };
    is_address(&address).then_some(address)
}

/// Whether it can be the address of an envelope: one `local@domain` without what would end it
/// (RFC 5321 4.1.2). Quoted local parts are not taken.
pub fn is_address(address: &str) -> bool {
    let fits = address.len() <= 320;
    let clean = !address.chars().any(|c| c.is_control() || c.is_whitespace() || "<>()[],;:\\\"".contains(c));
    let parts = address.rsplit_once('@');
    fits && clean
        && parts.is_some_and(|(local, domain)| is_part(local) && is_part(domain) && !local.contains('@'))
}

fn is_part(part: &str) -> bool {
    !part.is_empty() && !part.starts_with('.') && !part.ends_with('.')
}

/// Recipients by where they are.
#[derive(Debug, Default)]
pub struct Sorted {
    /// Accounts of this server.
    pub local: Vec<(Account, Recipient)>,
    /// At a domain of this server, but nobody's.
    pub unknown: Vec<Recipient>,
    /// Elsewhere.
    pub remote: Vec<Recipient>,
}

/// Sorts recipients, groups as their members; an account that has several of the addresses gets the
/// message once.
pub async fn sort(app: &App, recipients: Vec<Recipient>) -> Result<Sorted, StoreError> {
    let (store, domains) = (&app.store, &app.settings.domains);
    let mut sorted = Sorted::default();
    for recipient in with_members(store, recipients).await? {
        let domain = recipient.address.rsplit_once('@').map_or("", |(_, domain)| domain);
        let is_ours = domains.iter().any(|ours| ours.eq_ignore_ascii_case(domain));
        let account = match store.account_by_address(&recipient.address).await? {
            None if postmaster::is_meant(domains, &recipient.address) => postmaster::account(app).await?,
            account => account,
        };
        match account {
            Some(account) => match sorted.local.iter_mut().find(|(known, _)| known.id == account.id) {
                Some((_, known)) => known.blind &= recipient.blind,
                None => sorted.local.push((account, recipient)),
            },
            None if is_ours => sorted.unknown.push(recipient),
            None => sorted.remote.push(recipient),
        }
    }
    Ok(sorted)
}

/// The recipients, with the members of a group in its place, each address once. A member sees the group's
/// address in the message, not its own: it counts as named in the open where the group is.
async fn with_members(store: &Store, recipients: Vec<Recipient>) -> Result<Vec<Recipient>, StoreError> {
    let mut all: Vec<Recipient> = Vec::with_capacity(recipients.len());
    let mut add = |new: Recipient| match all.iter_mut().find(|r| r.address.eq_ignore_ascii_case(&new.address))
    {
        Some(known) => known.blind &= new.blind,
        None => all.push(new),
    };
    for recipient in recipients {
        let Some(group) = store.group_by_address(&recipient.address).await? else {
            add(recipient);
            continue;
        };
        let members =
            expand(store, group.id).await.map_err(|error| match error.0.downcast::<StoreError>() {
                Ok(error) => *error,
                Err(_) => StoreError::NoSuchEntry,
            })?;
        for member in members.members {
            add(Recipient { address: member.address, blind: recipient.blind });
        }
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use fieldpost_domain::convert::mail;

    fn recipients(header: &str) -> Result<Vec<Recipient>, String> {
        of(&mail::headers(format!("{header}\r\n\r\n").as_bytes()).unwrap(), Some("example.org"))
    }

    #[test]
    fn each_is_named_once() {
        let list = recipients(
            "To: \"Ä, B\" <ben@example.org>, anna\r\nCc: BEN@example.org\r\nBcc: eve@example.org, anna@example.org",
        );
        let names: Vec<_> = list.unwrap().into_iter().map(|r| (r.address, r.blind)).collect();
        assert_eq!(
            names,
            [
                ("ben@example.org".to_owned(), false),
                ("anna@example.org".to_owned(), false),
                ("eve@example.org".to_owned(), true)
            ]
        );
        assert_eq!(recipients("Subject: nobody"), Ok(Vec::new()));
    }

    #[test]
    fn what_is_no_address_is_not_taken() {
        for bad in ["a@", "@b", "a@b@c", "a b@c", ".a@c", "a@c.", "a\r\nRCPT@c", "<a@c>", "\"a\"@c"] {
            assert!(!is_address(bad), "{bad}");
        }
        assert!(is_address("jürgen+x@bücher.example"));
    }
}
