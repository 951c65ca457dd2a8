//! `fieldpost contact`: people elsewhere whom everybody here finds in the address book.

use std::fmt;
use std::ops::ControlFlow;
use std::path::PathBuf;

use clap::Subcommand;
use fieldpost_domain::convert::contact::entry;
use fieldpost_domain::directory::EntryId;
use fieldpost_store::{NewContact, Store};
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::account;
use crate::account::profile::ShownEntry;
use crate::cli::Globals;
use crate::exit::{Exit, Failure};
use crate::output;

/// Contacts that are entered in one transaction.
const PORTION: usize = 500;

/// Import, list and remove the contacts that all accounts share
#[derive(Debug, Subcommand)]
#[command(after_help = "\
Examples:
  fieldpost contact import suppliers.vcf
  fieldpost contact list --json
  fieldpost contact remove 17")]
pub enum ContactCommand {
    /// Enter the people of vCard files into the address book
    ///
    /// A card that was imported before, known by its UID, is replaced. What can't be read is named, and the
    /// rest is entered.
    #[command(after_help = "Example:\n  fieldpost contact import suppliers.vcf partners.vcf")]
    Import {
        /// vCard files, each with any number of cards
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
    /// List all shared contacts
    #[command(after_help = "Example:\n  fieldpost contact list")]
    List,
    /// Remove one
    #[command(after_help = "Example:\n  fieldpost contact remove 17")]
    Remove {
        /// Its number, as the list shows it
        number: i64,
    },
}

/// What an import did.
#[derive(Debug, Default, Serialize)]
struct Report {
    added: usize,
    replaced: usize,
    /// Files that could not be taken, each with the reason.
    failed: Vec<String>,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} added, {} replaced", self.added, self.replaced)?;
        for failed in &self.failed {
            write!(f, "\nnot taken: {failed}")?;
        }
        Ok(())
    }
}

/// Runs it.
pub async fn run(globals: &Globals, command: ContactCommand) -> Result<Exit, Failure> {
    let loaded = globals.load()?;
    let store = account::open_store(&loaded.config).await?;
    let done = act(globals, &store, command).await;
    store.close().await;
    done
}

async fn act(globals: &Globals, store: &Store, command: ContactCommand) -> Result<Exit, Failure> {
    match command {
        ContactCommand::Import { files } => import(globals, store, &files).await,
        ContactCommand::List => list(globals, store).await,
        ContactCommand::Remove { number } => {
            store
                .remove_entry(EntryId(number))
                .await
                .map_err(|_| Failure::usage(format!("there is no shared contact {number}")))?;
            Ok(Exit::Done)
        }
    }
}

async fn import(globals: &Globals, store: &Store, files: &[PathBuf]) -> Result<Exit, Failure> {
    let mut report = Report::default();
    for file in files {
        let name = file.display();
        let cards = match std::fs::read(file).map_err(|error| error.to_string()) {
            Ok(bytes) => entry::entries(&bytes).map_err(|error| error.to_string()),
            Err(error) => Err(error),
        };
        let cards = match cards {
            Ok(cards) => cards,
            Err(error) => {
                report.failed.push(format!("{name}: {error}"));
                continue;
            }
        };
        let contacts: Vec<NewContact> = cards
            .into_iter()
            .map(|card| {
                // Without a UID, the same person is who has the same name and address.
                let origin = card.uid.map_or_else(
                    || {
                        let first = card.addresses.first().map_or("", String::as_str);
                        let known = format!("{}\n{first}", card.profile.display_name);
                        format!("card:{}", hex::encode(Sha256::digest(known)))
                    },
                    |uid| format!("uid:{uid}"),
                );
                NewContact {
                    origin: Some(origin),
                    addresses: card.addresses,
                    profile: card.profile,
                    photo: card.photo,
                }
            })
            .collect();
        for portion in contacts.chunks(PORTION) {
            let added = store.put_contacts(portion).await?;
            report.added += added;
            report.replaced += portion.len() - added;
        }
    }
    output::show(globals.json, &report, &report)?;
    Ok(if report.failed.is_empty() { Exit::Done } else { Exit::Partial })
}

async fn list(globals: &Globals, store: &Store) -> Result<Exit, Failure> {
    let mut all = Vec::new();
    store
        .each_contact(|entry| {
            all.push(ShownEntry::new(&entry));
            ControlFlow::Continue(())
        })
        .await?;
    output::list(globals.json, &all, |contact| format!("{}\t{contact}", contact.number()))?;
    Ok(if all.is_empty() { Exit::Partial } else { Exit::Done })
}
