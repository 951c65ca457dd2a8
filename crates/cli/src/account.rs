//! `fieldpost account`: works on the store directly, whether or not the server runs; [`access`] and
//! [`app_password`] are acts of the administration, and can ask a server too.

pub mod access;
pub mod app_password;
pub mod certificate;
pub mod profile;

use std::fmt;
use std::fs::DirBuilder;
use std::io::{BufRead, IsTerminal};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use fieldpost_server::auth::password;
use fieldpost_server::clock::{Clock, SystemClock};
use fieldpost_server::entropy::{self, SystemEntropy};
use fieldpost_store::{Account, NewAccount, Options, Store};
use jiff::tz::TimeZone;
use serde::Serialize;

use self::app_password::AppPasswordCommand;
use self::certificate::CertificateCommand;
use self::profile::{PhotoArgs, ProfileArgs, ShownEntry};
use crate::cli::Globals;
use crate::config::{Config, secret};
use crate::exit::{Exit, Failure};
use crate::output;
use crate::remote::Over;

/// Add, list and change accounts
#[derive(Debug, Subcommand)]
#[command(after_help = "\
Examples:
  fieldpost account add alice@example.org --name \"Alice Smith\"
  fieldpost account add bob@example.org --generate --json
  fieldpost account list
  fieldpost account passwd alice@example.org --password-file /run/secrets/alice
  fieldpost account set alice@example.org --title \"Engineer\" --phone \"+49 30 123456\"
  fieldpost account disable bob@example.org")]
pub enum AccountCommand {
    /// Make an account with an empty mailbox
    #[command(after_help = "\
Examples:
  fieldpost account add alice@example.org --name \"Alice Smith\" --alias sales@example.org
  fieldpost account add bob@example.org --generate")]
    Add {
        /// Its address
        address: String,
        /// Name shown to others; without one, the part before the @
        #[arg(long)]
        name: Option<String>,
        /// Another address of the account; can be given again
        #[arg(long = "alias", value_name = "ADDRESS")]
        aliases: Vec<String>,
        /// Time zone of its user, by its IANA name; without one, that of the server
        #[arg(long, value_name = "ZONE")]
        time_zone: Option<String>,
        #[command(flatten)]
        password: PasswordArgs,
    },
    List(access::ListArgs),
    /// Change the password
    #[command(after_help = "Example:\n  fieldpost account passwd alice@example.org --generate")]
    Passwd {
        /// Address of the account
        address: String,
        #[command(flatten)]
        password: PasswordArgs,
    },
    /// Let nobody sign in any more; mail for the account is still taken in
    #[command(after_help = "Example:\n  fieldpost account disable bob@example.org")]
    Disable(access::AccessArgs),
    /// Let its user sign in again
    #[command(after_help = "Example:\n  fieldpost account enable bob@example.org")]
    Enable(access::AccessArgs),
    /// Show what the address book says of an account
    #[command(after_help = "Example:\n  fieldpost account show alice@example.org --json")]
    Show {
        /// Address of the account
        address: String,
    },
    /// Change what the address book says of an account, and its time zone
    #[command(after_help = "\
Examples:
  fieldpost account set alice@example.org --title \"Engineer\" --office \"B 2.17\" --mobile-phone \"+49 170 1\"
  fieldpost account set bob@example.org --hidden true --time-zone Europe/Paris")]
    Set {
        /// Address of the account
        address: String,
        #[command(flatten)]
        profile: Box<ProfileArgs>,
        /// Time zone of its user, by its IANA name; an empty text: that of the server
        #[arg(long, value_name = "ZONE")]
        time_zone: Option<String>,
    },
    /// Give an account a photo, or take it away
    #[command(after_help = "\
Examples:
  fieldpost account photo alice@example.org alice.jpg
  fieldpost account photo alice@example.org --remove")]
    Photo {
        /// Address of the account
        address: String,
        #[command(flatten)]
        photo: PhotoArgs,
    },
    #[command(subcommand)]
    Certificate(CertificateCommand),
    AppPassword(Over<AppPasswordCommand>),
}

/// Where a new password comes from. Without any of these it is asked for.
#[derive(Debug, Args)]
pub struct PasswordArgs {
    /// Take the password from the first line of a file; - is standard input
    #[arg(long, value_name = "FILE")]
    password_file: Option<PathBuf>,
    /// Make a password and print it
    #[arg(long, conflicts_with = "password_file")]
    generate: bool,
}

/// A password, and whether the user has to be told.
pub struct NewPassword {
    /// The password.
    pub text: String,
    generated: bool,
}

impl NewPassword {
    /// The password, where the user has to be told because it was made here.
    pub fn to_be_told(&self) -> Option<String> {
        self.generated.then(|| self.text.clone())
    }
}

/// An account as it is printed.
#[derive(Debug, Serialize)]
struct Shown {
    id: i64,
    address: String,
    name: String,
    aliases: Vec<String>,
    disabled: bool,
    created: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    time_zone: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    password: Option<String>,
}

impl Shown {
    fn new(account: &Account, password: Option<&NewPassword>) -> Shown {
        Shown {
            id: account.id.0,
            address: account.address.clone(),
            name: account.display_name.clone(),
            aliases: account.aliases.clone(),
            disabled: account.disabled,
            created: account.created.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
            time_zone: account.time_zone.clone(),
            password: password.and_then(NewPassword::to_be_told),
        }
    }
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\t{}", self.address, self.name)?;
        if !self.aliases.is_empty() {
            write!(f, "\talso {}", self.aliases.join(", "))?;
        }
        if self.disabled {
            f.write_str("\tdisabled")?;
        }
        if let Some(zone) = &self.time_zone {
            write!(f, "\tin {zone}")?;
        }
        if let Some(password) = &self.password {
            write!(f, "\npassword: {password}")?;
        }
        Ok(())
    }
}

/// Runs it.
pub async fn run(globals: &Globals, command: AccountCommand) -> Result<Exit, Failure> {
    let command = match command {
        AccountCommand::AppPassword(over) => return app_password::run(globals, over).await,
        AccountCommand::List(args) => return access::list(globals, args).await,
        AccountCommand::Disable(args) => return access::set_disabled(globals, args, true).await,
        AccountCommand::Enable(args) => return access::set_disabled(globals, args, false).await,
        command => command,
    };
    let loaded = globals.load()?;
    // Ask before anything is opened: a mistyped password should cost nothing.
    let password = match &command {
        AccountCommand::Add { password, .. } | AccountCommand::Passwd { password, .. } => {
            Some(new_password(password)?)
        }
        _ => None,
    };
    let store = open_store(&loaded.config).await?;
    let done = act(globals, &loaded.config, &store, command, password).await;
    store.close().await;
    done
}

async fn act(
    globals: &Globals,
    config: &Config,
    store: &Store,
    command: AccountCommand,
    password: Option<NewPassword>,
) -> Result<Exit, Failure> {
    let account = match command {
        AccountCommand::List(args) => return access::list(globals, args).await,
        AccountCommand::AppPassword(over) => return app_password::run(globals, over).await,
        AccountCommand::Add { address, name, aliases, time_zone, .. } => {
            let zone = time_zone.map(|zone| known_zone(&zone)).transpose()?;
            let hash = password.as_ref().map(hash).transpose()?;
            let name = name.unwrap_or_else(|| address.split('@').next().unwrap_or_default().to_owned());
            let new = NewAccount { address, display_name: name, aliases, password_hash: hash };
            let account = store.create_account(new, SystemClock.now()).await?;
            warn_of_foreign_domains(config, &account);
            if let Some(Some(zone)) = &zone {
                store.set_time_zone(account.id, Some(zone)).await?;
            }
            Account { time_zone: zone.flatten(), ..account }
        }
        AccountCommand::Passwd { address, .. } => {
            let account = find(store, &address).await?;
            if let Some(password) = &password {
                store.set_password_hash(account.id, &hash(password)?).await?;
            }
            account
        }
        AccountCommand::Disable(args) => return access::set_disabled(globals, args, true).await,
        AccountCommand::Enable(args) => return access::set_disabled(globals, args, false).await,
        AccountCommand::Show { address } => return show_entry(globals, store, &address).await,
        AccountCommand::Set { address, profile, time_zone } => {
            let zone = time_zone.map(|zone| known_zone(&zone)).transpose()?;
            let account = find(store, &address).await?;
            if let Some(zone) = zone {
                store.set_time_zone(account.id, zone.as_deref()).await?;
            }
            let entry = store.account_entry(account.id).await?;
            profile.change(store, &entry).await?;
            return show_entry(globals, store, &address).await;
        }
        AccountCommand::Photo { address, photo } => {
            let bytes = photo.file.as_deref().map(profile::photo).transpose()?;
            let account = find(store, &address).await?;
            let entry = store.account_entry(account.id).await?;
            store.set_photo(entry.id, bytes.as_deref()).await?;
            return show_entry(globals, store, &address).await;
        }
        AccountCommand::Certificate(command) => {
            let account = find(store, command.address()).await?;
            return certificate::run(globals, store, &account, command).await;
        }
    };
    let shown = Shown::new(&account, password.as_ref());
    output::show(globals.json, &shown, &shown)?;
    Ok(Exit::Done)
}

async fn show_entry(globals: &Globals, store: &Store, address: &str) -> Result<Exit, Failure> {
    let account = find(store, address).await?;
    let shown = ShownEntry::new(&store.account_entry(account.id).await?);
    output::show(globals.json, &shown, &shown)?;
    Ok(Exit::Done)
}

/// The name of a zone that there is; none for an empty text.
fn known_zone(name: &str) -> Result<Option<String>, Failure> {
    let name = name.trim();
    if name.is_empty() {
        return Ok(None);
    }
    if TimeZone::get(name).is_err() {
        return Err(Failure::usage(format!(
            "{name} is no time zone: give its name in the IANA database, like Europe/Paris"
        )));
    }
    Ok(Some(name.to_owned()))
}

/// The account with this address.
pub async fn find(store: &Store, address: &str) -> Result<Account, Failure> {
    let found = store.account_by_address(address).await?;
    found.ok_or_else(|| {
        Failure::usage(format!(
            "there is no account {address}: fieldpost account list shows those that exist"
        ))
    })
}

/// Opens the store of a configuration.
pub async fn open_store(config: &Config) -> Result<Store, Failure> {
    make_data_folder(config)?;
    let url = config.database()?;
    let options = Options { max_connections: config.storage.max_connections, ..Options::default() };
    Ok(Store::open(url.reveal(), options).await?)
}

/// Makes the folder of section `[server]` where it is not there yet, for its owner alone.
pub fn make_data_folder(config: &Config) -> Result<(), Failure> {
    let data = &config.server.data;
    DirBuilder::new().recursive(true).mode(0o700).create(data).map_err(|error| {
        Failure::failed(format!(
            "{}: the folder for the data can't be made: {error}; make it and let it belong to the user that \
             runs this, or choose another place with data in section [server]",
            data.display()
        ))
    })
}

fn hash(password: &NewPassword) -> Result<String, Failure> {
    password::hash(password.text.as_bytes(), &SystemEntropy).map_err(Failure::usage)
}

fn warn_of_foreign_domains(config: &Config, account: &Account) {
    for address in std::iter::once(&account.address).chain(&account.aliases) {
        let domain = address.rsplit('@').next().unwrap_or_default();
        if !config.mail.domains.iter().any(|known| known.eq_ignore_ascii_case(domain)) {
            eprintln!(
                "note: {domain} is not among the domains of section [mail]: no mail for {address} is taken in"
            );
        }
    }
}

/// The password that the arguments name, asked for where they name none.
pub fn new_password(args: &PasswordArgs) -> Result<NewPassword, Failure> {
    if args.generate {
        return Ok(NewPassword { text: generate(), generated: true });
    }
    let text = match &args.password_file {
        Some(file) if file == Path::new("-") => first_line_of_input()?,
        Some(file) => secret(file)?,
        None if std::io::stdin().is_terminal() => ask()?,
        None => {
            return Err(Failure::usage(
                "no terminal to ask for the password: give --password-file FILE, or --generate",
            ));
        }
    };
    Ok(NewPassword { text, generated: false })
}

fn first_line_of_input() -> Result<String, Failure> {
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

fn ask() -> Result<String, Failure> {
    let password = rpassword::prompt_password("New password: ")?;
    if password != rpassword::prompt_password("Again: ")? {
        return Err(Failure::usage("the two passwords differ: nothing was changed"));
    }
    Ok(password)
}

/// Four groups of five letters and digits that are not mistaken for each other: 99 bits.
pub fn generate() -> String {
    const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let random: [u8; 20] = entropy::bytes(&SystemEntropy);
    let letters: Vec<char> = random
        .iter()
        .filter_map(|byte| LETTERS.get(usize::from(byte % 32)))
        .map(|b| char::from(*b))
        .collect();
    letters.chunks(5).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_generated_password_has_four_groups_and_is_another_each_time() {
        let (one, other) = (generate(), generate());
        assert_eq!(one.split('-').map(str::len).collect::<Vec<_>>(), [5, 5, 5, 5]);
        assert_ne!(one, other);
    }
}
