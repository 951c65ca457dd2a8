//! `fieldpost group`: addresses under which several others are reached.

use std::fmt;

use clap::Subcommand;
use fieldpost_domain::directory::{Directory, Entry, EntryKind, expand};
use fieldpost_store::{NewGroup, Store};
use serde::Serialize;

use crate::account;
use crate::cli::Globals;
use crate::exit::{Exit, Failure};
use crate::output;

/// Add, list and change groups
#[derive(Debug, Subcommand)]
#[command(after_help = "\
Examples:
  fieldpost group add sales@example.org --name \"Sales\"
  fieldpost group member add sales@example.org alice@example.org bob@example.org
  fieldpost group list --json
  fieldpost group remove sales@example.org")]
pub enum GroupCommand {
    /// Make a group without members
    #[command(after_help = "Example:\n  fieldpost group add sales@example.org --name \"Sales\"")]
    Add {
        /// Its address
        address: String,
        /// Name shown to others; without one, the part before the @
        #[arg(long)]
        name: Option<String>,
        /// Leave it out of the address book; mail still reaches its members
        #[arg(long)]
        hidden: bool,
    },
    /// List all groups with their members
    #[command(after_help = "Example:\n  fieldpost group list --json")]
    List,
    /// Remove a group; its members stay what they are
    #[command(after_help = "Example:\n  fieldpost group remove sales@example.org")]
    Remove {
        /// Its address
        address: String,
    },
    #[command(subcommand)]
    Member(MemberCommand),
}

/// Add and remove members of a group
#[derive(Debug, Subcommand)]
#[command(after_help = "\
Examples:
  fieldpost group member add sales@example.org alice@example.org partner@example.com
  fieldpost group member remove sales@example.org bob@example.org")]
pub enum MemberCommand {
    /// Add addresses: of accounts, of other groups, or of anybody
    #[command(after_help = "Example:\n  fieldpost group member add sales@example.org alice@example.org")]
    Add {
        /// Address of the group
        group: String,
        /// Addresses to add
        #[arg(required = true)]
        members: Vec<String>,
    },
    /// Remove addresses
    #[command(after_help = "Example:\n  fieldpost group member remove sales@example.org bob@example.org")]
    Remove {
        /// Address of the group
        group: String,
        /// Addresses to remove
        #[arg(required = true)]
        members: Vec<String>,
    },
}

/// A group as it is printed.
#[derive(Debug, Serialize)]
struct Shown {
    address: String,
    name: String,
    hidden: bool,
    /// As entered.
    members: Vec<String>,
    /// How many people that are in the end.
    people: usize,
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\t{}\t{}", self.address, self.name, self.members.join(", "))?;
        if self.hidden {
            f.write_str("\thidden")?;
        }
        Ok(())
    }
}

/// Runs it.
pub async fn run(globals: &Globals, command: GroupCommand) -> Result<Exit, Failure> {
    let loaded = globals.load()?;
    let store = account::open_store(&loaded.config).await?;
    let done = act(globals, &store, command).await;
    store.close().await;
    done
}

async fn act(globals: &Globals, store: &Store, command: GroupCommand) -> Result<Exit, Failure> {
    let group = match command {
        GroupCommand::List => return list(globals, store).await,
        GroupCommand::Add { address, name, hidden } => {
            let name = name.unwrap_or_else(|| address.split('@').next().unwrap_or_default().to_owned());
            store.create_group(NewGroup { address, display_name: name, hidden }).await?
        }
        GroupCommand::Remove { address } => {
            let group = find(store, &address).await?;
            let was = shown(store, &group).await?;
            store.remove_entry(group.id).await?;
            output::show(globals.json, &was, &was)?;
            return Ok(Exit::Done);
        }
        GroupCommand::Member(MemberCommand::Add { group, members }) => {
            let group = find(store, &group).await?;
            for member in &members {
                store.add_member(group.id, member).await?;
            }
            group
        }
        GroupCommand::Member(MemberCommand::Remove { group, members }) => {
            let group = find(store, &group).await?;
            for member in &members {
                if !store.remove_member(group.id, member).await? {
                    eprintln!("note: {member} was not in {}", group.address());
                }
            }
            group
        }
    };
    let shown = shown(store, &group).await?;
    output::show(globals.json, &shown, &shown)?;
    Ok(Exit::Done)
}

async fn find(store: &Store, address: &str) -> Result<Entry, Failure> {
    store.group_by_address(address).await?.ok_or_else(|| {
        Failure::usage(format!("there is no group {address}: fieldpost group list shows those that exist"))
    })
}

async fn shown(store: &Store, group: &Entry) -> Result<Shown, Failure> {
    let members = store.members(group.id).await.map_err(Failure::failed)?;
    let people = expand(store, group.id).await.map_err(Failure::failed)?;
    debug_assert_eq!(group.kind, EntryKind::Group);
    Ok(Shown {
        address: group.address().to_owned(),
        name: group.name().to_owned(),
        hidden: group.hidden,
        members: members.into_iter().map(|member| member.address).collect(),
        people: people.members.len(),
    })
}

async fn list(globals: &Globals, store: &Store) -> Result<Exit, Failure> {
    let mut groups = Vec::new();
    for group in store.groups().await? {
        groups.push(shown(store, &group).await?);
    }
    output::list(globals.json, &groups, Shown::to_string)?;
    if groups.is_empty() {
        eprintln!("there are no groups yet: make one with fieldpost group add ADDRESS");
        return Ok(Exit::Partial);
    }
    Ok(Exit::Done)
}
