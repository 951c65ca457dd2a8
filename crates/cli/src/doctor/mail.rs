//! Whether the accounts and groups that section [mail] names are there.

use fieldpost_store::{Store, StoreError};

use super::finding::Findings;
use crate::config::Config;

/// Says who reads the mail for postmaster, and looks for the groups that are open.
pub async fn check(config: &Config, store: &Store, findings: &mut Findings) {
    if config.mail.domains.is_empty() {
        return;
    }
    if let Err(error) = look(config, store, findings).await {
        findings.bad("mail", error);
    }
}

async fn look(config: &Config, store: &Store, findings: &mut Findings) -> Result<(), StoreError> {
    let named = config.mail.postmaster.as_deref();
    let account = match named {
        Some(address) => store.account_by_address(address).await?,
        None => store.oldest_account().await?,
    };
    match (account, named) {
        (Some(account), Some(_)) => {
            findings.good("mail", format!("mail for postmaster goes to {}", account.address));
        }
        (Some(account), None) => findings.good(
            "mail",
            format!(
                "mail for postmaster goes to {}, the oldest account; postmaster in section [mail] names another",
                account.address
            ),
        ),
        (None, Some(address)) => findings.warning(
            "mail",
            format!("there is no account {address}, which postmaster in section [mail] names: make it, or name another"),
        ),
        (None, None) => findings.warning(
            "mail",
            "there is no account yet, so nobody gets mail, nor what others write to postmaster: add one with fieldpost account add",
        ),
    }
    for address in &config.mail.open_groups {
        if store.group_by_address(address).await?.is_none() {
            findings.warning(
                "mail",
                format!("there is no group {address}, which open_groups in section [mail] names: make it, or take it out"),
            );
        }
    }
    Ok(())
}
