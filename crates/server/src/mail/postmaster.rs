//! Who reads the mail for `postmaster`, which every domain here has (RFC 5321 4.5.1).

use fieldpost_store::{Account, StoreError};

use crate::App;

/// Whether the address is that of the postmaster: at one of these domains, or without any.
pub fn is_meant(domains: &[String], address: &str) -> bool {
    let (local, domain) = address.rsplit_once('@').map_or((address, None), |(local, at)| (local, Some(at)));
    let domain = domain.map(|domain| domain.strip_suffix('.').unwrap_or(domain));
    local.eq_ignore_ascii_case("postmaster")
        && domain.is_none_or(|domain| domains.iter().any(|own| own.eq_ignore_ascii_case(domain)))
}

/// The account of the postmaster: the one that the settings name, else the oldest that is not disabled.
///
/// # Errors
/// The store's own trouble.
pub async fn account(app: &App) -> Result<Option<Account>, StoreError> {
    if let Some(address) = &app.settings.postmaster
        && let Some(named) = app.store.account_by_address(address).await?
    {
        return Ok(Some(named));
    }
    app.store.oldest_account().await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn postmasters_of_our_domains_alone() {
        let domains = ["example.com".to_owned(), "example.org".to_owned()];
        for meant in ["postmaster", "PostMaster@example.com", "postmaster@EXAMPLE.org."] {
            assert!(is_meant(&domains, meant), "{meant}");
        }
        for other in ["postmaster@example.net", "post@example.com", "postmaster@", "postmaster@x@example.com"]
        {
            assert!(!is_meant(&domains, other), "{other}");
        }
    }
}
