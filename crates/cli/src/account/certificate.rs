//! `fieldpost account certificate`: what others encrypt mail to an account with.

use std::fmt;
use std::path::PathBuf;

use clap::Subcommand;
use fieldpost_domain::directory::{Directory, Entry};
use fieldpost_pki::{Certificate, pem};
use fieldpost_server::clock::{Clock, SystemClock};
use fieldpost_store::{Account, Store};
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::cli::Globals;
use crate::exit::{Exit, Failure};
use crate::output;

/// Add, list and remove the certificates that others encrypt mail to an account with
#[derive(Debug, Subcommand)]
#[command(after_help = "\
Examples:
  fieldpost account certificate add alice@example.org alice.pem
  fieldpost account certificate list alice@example.org --json
  fieldpost account certificate remove alice@example.org 3f9a...")]
pub enum CertificateCommand {
    /// Add those of a PEM or DER file
    #[command(after_help = "Example:\n  fieldpost account certificate add alice@example.org alice.pem")]
    Add {
        /// Address of the account
        address: String,
        /// The file
        file: PathBuf,
    },
    /// List them
    #[command(after_help = "Example:\n  fieldpost account certificate list alice@example.org")]
    List {
        /// Address of the account
        address: String,
    },
    /// Remove one
    #[command(after_help = "Example:\n  fieldpost account certificate remove alice@example.org 3f9a...")]
    Remove {
        /// Address of the account
        address: String,
        /// Its SHA-256, as the list shows it
        sha256: String,
    },
}

impl CertificateCommand {
    /// The account that it is about.
    pub fn address(&self) -> &str {
        match self {
            CertificateCommand::Add { address, .. }
            | CertificateCommand::List { address }
            | CertificateCommand::Remove { address, .. } => address,
        }
    }
}

#[derive(Debug, Serialize)]
struct Shown {
    sha256: String,
    addresses: Vec<String>,
    usable: bool,
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = if self.usable { "" } else { "\tnot usable now" };
        write!(f, "{}\t{}{state}", self.sha256, self.addresses.join(", "))
    }
}

/// Runs it.
pub async fn run(
    globals: &Globals,
    store: &Store,
    account: &Account,
    command: CertificateCommand,
) -> Result<Exit, Failure> {
    let entry = store.account_entry(account.id).await?;
    match command {
        CertificateCommand::List { .. } => {}
        CertificateCommand::Add { file, .. } => {
            let bytes = std::fs::read(&file)
                .map_err(|error| Failure::usage(format!("{}: can't be read: {error}", file.display())))?;
            let found = pem::certificates(&bytes)
                .map_err(|error| Failure::usage(format!("{}: {error}", file.display())))?;
            check(account, &found)?;
            for certificate in found {
                store.add_certificate(entry.id, certificate.der()).await?;
            }
        }
        CertificateCommand::Remove { sha256, .. } => {
            let hash = unhex(&sha256).ok_or_else(|| {
                Failure::usage("give the whole SHA-256, as fieldpost account certificate list shows it")
            })?;
            if !store.remove_certificate(entry.id, &hash).await? {
                return Err(Failure::usage(format!("{} has no such certificate", account.address)));
            }
        }
    }
    list(globals, store, &entry).await
}

/// Nobody could use a certificate that is another's, an authority's or out of date.
fn check(account: &Account, found: &[Certificate]) -> Result<(), Failure> {
    for certificate in found {
        let mut addresses = std::iter::once(&account.address).chain(&account.aliases);
        if !addresses.any(|address| certificate.names(address)) {
            return Err(Failure::usage(format!(
                "the certificate is for {} and not for {}: nothing was added",
                certificate.addresses().join(", "),
                account.address
            )));
        }
        if !certificate.is_for_encryption(SystemClock.now()) {
            return Err(Failure::usage(
                "mail can't be encrypted with the certificate: it has expired or is for another use; nothing \
                 was added",
            ));
        }
    }
    Ok(())
}

async fn list(globals: &Globals, store: &Store, entry: &Entry) -> Result<Exit, Failure> {
    let all = store.certificates(entry.id).await.map_err(Failure::failed)?;
    let shown: Vec<Shown> = all
        .into_iter()
        .map(|der| {
            let sha256 = hex::encode(Sha256::digest(&der));
            let certificate = Certificate::parse(der).ok();
            Shown {
                sha256,
                addresses: certificate.as_ref().map(Certificate::addresses).unwrap_or_default(),
                usable: certificate.is_some_and(|own| own.is_for_encryption(SystemClock.now())),
            }
        })
        .collect();
    output::list(globals.json, &shown, ToString::to_string)?;
    Ok(if shown.is_empty() { Exit::Partial } else { Exit::Done })
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    hex::decode(text.trim()).ok().filter(|bytes| bytes.len() == 32)
}
