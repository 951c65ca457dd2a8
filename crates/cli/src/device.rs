//! `fieldpost device`: decides about devices in the store directly, whether or not the server runs. A server
//! that runs sees what is decided at the phone's next request; a phone that waits for news is not woken.

use std::fmt;
use std::io::{BufRead, IsTerminal, Write};
use std::path::PathBuf;
use std::sync::Arc;

use clap::{Args, Subcommand};
use fieldpost_domain::admission::Rules;
use fieldpost_domain::device::Standing;
use fieldpost_domain::wipe::WipeKind;
use fieldpost_server::administration::devices::{DeviceQuery, DeviceRow, DeviceView};
use fieldpost_server::administration::{ActError, Actor, Administration};
use fieldpost_server::clock::SystemClock;
use jiff::Timestamp;
use serde::Serialize;

use crate::account;
use crate::cli::Globals;
use crate::exit::{Exit, Failure};
use crate::output;

/// Find devices, and decide about them
#[derive(Debug, Subcommand)]
#[command(after_help = "\
Examples:
  fieldpost device list iphone
  fieldpost device list --state quarantined
  fieldpost device release alice@example.org ApplDNQXK1
  fieldpost device wipe alice@example.org ApplDNQXK1
  fieldpost device rules set rules.json")]
pub enum DeviceCommand {
    /// List devices
    #[command(after_help = "\
Examples:
  fieldpost device list
  fieldpost device list alice iphone --limit 20
  fieldpost device list --state wiping --json")]
    List {
        /// Words, each part of the user's address or name, or of what the device says of itself
        words: Vec<String>,
        /// Only those that stand so: allowed, quarantined, blocked, wiping, wiped
        #[arg(long, value_name = "STATE", value_parser = standing)]
        state: Option<Standing>,
        /// Only those of the account with this address
        #[arg(long, value_name = "ADDRESS")]
        account: Option<String>,
        /// Most devices
        #[arg(long, value_name = "COUNT", default_value_t = 100)]
        limit: usize,
    },
    /// Show what is known of a device, and what a full wipe would erase
    #[command(after_help = "Example:\n  fieldpost device show alice@example.org ApplDNQXK1")]
    Show(Which),
    /// Order a wipe: it stays in force until it is cancelled
    #[command(after_help = "\
Without --confirm the mailbox's address is asked for. `device show` says what a full wipe would erase.

Examples:
  fieldpost device wipe alice@example.org ApplDNQXK1
  fieldpost device wipe alice@example.org ApplDNQXK1 --account-only --confirm alice@example.org")]
    Wipe {
        #[command(flatten)]
        which: Which,
        /// Erase the account alone; only phones that speak 16.1 can
        #[arg(long)]
        account_only: bool,
        /// The mailbox's address once more, to confirm
        #[arg(long, value_name = "ADDRESS")]
        confirm: Option<String>,
    },
    /// Take a wipe back
    #[command(after_help = "Example:\n  fieldpost device cancel-wipe alice@example.org ApplDNQXK1")]
    CancelWipe(Which),
    /// Forget a device: its partnership. If it comes again, it begins anew by itself
    #[command(after_help = "Example:\n  fieldpost device delete alice@example.org ApplDNQXK1")]
    Delete(Which),
    /// Let a device in, whatever the rules say
    #[command(after_help = "Example:\n  fieldpost device allow alice@example.org ApplDNQXK1")]
    Allow(Which),
    /// Refuse a device, whatever the rules say
    #[command(after_help = "Example:\n  fieldpost device block alice@example.org ApplDNQXK1")]
    Block(Which),
    /// Let the rules decide about a device that was allowed or blocked
    #[command(after_help = "Example:\n  fieldpost device unlist alice@example.org ApplDNQXK1")]
    Unlist(Which),
    /// Let a device in that waits in quarantine, or that a threshold blocked
    #[command(after_help = "Example:\n  fieldpost device release alice@example.org ApplDNQXK1")]
    Release(Which),
    /// Have a device fetch everything anew
    #[command(after_help = "Example:\n  fieldpost device resync alice@example.org ApplDNQXK1")]
    Resync(Which),
    #[command(subcommand)]
    Rules(RulesCommand),
}

/// Show and replace the rules that let devices in
#[derive(Debug, Subcommand)]
#[command(after_help = "\
Examples:
  fieldpost device rules show > rules.json
  fieldpost device rules set rules.json")]
pub enum RulesCommand {
    /// Print the rules as JSON
    #[command(after_help = "Example:\n  fieldpost device rules show > rules.json")]
    Show,
    /// Replace the rules by those of a JSON file; - is standard input
    #[command(after_help = "\
Example:
  echo '{\"default\":\"quarantine\",\"rules\":[{\"name\":\"Apple\",\"when\":{\"device-type\":\"iP*\"},\
\"action\":\"allow\"}]}' |
    fieldpost device rules set -")]
    Set {
        /// The file
        file: PathBuf,
    },
}

/// A device of an account.
#[derive(Debug, Args)]
pub struct Which {
    /// Address of the account
    address: String,
    /// The device's id
    id: String,
}

fn standing(text: &str) -> Result<Standing, String> {
    Standing::from_name(text).ok_or_else(|| {
        let names: Vec<&str> = Standing::ALL.into_iter().map(Standing::name).collect();
        format!("a device is one of: {}", names.join(", "))
    })
}

/// A device as it is printed.
#[derive(Debug, Serialize)]
struct Shown {
    user: String,
    id: String,
    state: &'static str,
    r#type: String,
    model: Option<String>,
    os: Option<String>,
    user_agent: Option<String>,
    version: Option<String>,
    first_seen: Option<Timestamp>,
    last_seen: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    because: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    wipe: Option<serde_json::Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    full_wipe_erases: Option<&'static str>,
}

impl Shown {
    fn row(row: &DeviceRow) -> Result<Shown, Failure> {
        let (device, control) = (&row.device, &row.control);
        let information = &device.information;
        Ok(Shown {
            user: row.owner.clone(),
            id: device.device_id.clone(),
            state: row.standing.name(),
            r#type: device.device_type.clone(),
            model: information.model.clone(),
            os: information.os.clone(),
            user_agent: device.user_agent.clone(),
            version: device.version.clone(),
            first_seen: Timestamp::from_millisecond(device.first_seen).ok(),
            last_seen: Timestamp::from_millisecond(device.last_seen).ok(),
            because: control.access.as_ref().map(|access| access.because.clone()),
            wipe: control.wipe.as_ref().map(serde_json::to_value).transpose().map_err(Failure::failed)?,
            full_wipe_erases: None,
        })
    }

    fn view(view: DeviceView) -> Result<Shown, Failure> {
        let row = DeviceRow {
            account: view.account.id,
            owner: view.account.address,
            device: view.device,
            standing: view.standing,
            control: view.control,
        };
        Ok(Shown { full_wipe_erases: Some(view.erases), ..Shown::row(&row)? })
    }

    fn line(&self) -> String {
        let dash = |text: &Option<String>| text.as_deref().map_or_else(|| "-".to_owned(), plain);
        let seen = self.last_seen.map_or_else(|| "-".to_owned(), |time| time.to_string());
        format!(
            "{}\t{}\t{}\t{}\t{}\t{}\t{seen}",
            self.user,
            plain(&self.id),
            self.state,
            plain(&self.r#type),
            dash(&self.model),
            dash(&self.os)
        )
    }
}

/// What a phone says, without what would move the cursor.
fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.line())?;
        for (name, value) in [("user agent", &self.user_agent), ("version", &self.version)] {
            writeln!(f, "{name}: {}", value.as_deref().map_or_else(|| "-".to_owned(), plain))?;
        }
        if let Some(because) = &self.because {
            writeln!(f, "because: {}", plain(because))?;
        }
        if let Some(wipe) = &self.wipe {
            let word = |key: &str| wipe.get(key).and_then(|value| value.as_str()).unwrap_or("-").to_owned();
            writeln!(f, "wipe: {}, {}, ordered by {}", word("kind"), word("state"), word("ordered_by"))?;
        }
        write!(f, "a full wipe: {}", self.full_wipe_erases.unwrap_or("-"))
    }
}

/// Runs it.
pub async fn run(globals: &Globals, command: DeviceCommand) -> Result<Exit, Failure> {
    let loaded = globals.load()?;
    let store = account::open_store(&loaded.config).await?;
    let administration = Administration::of_store(store.clone(), Arc::new(SystemClock));
    let done = act(globals, &administration, command).await;
    store.close().await;
    done
}

fn failure(error: ActError) -> Failure {
    match error {
        ActError::NotFound { .. } | ActError::Invalid(_) => Failure::usage(error),
        error => Failure::failed(error),
    }
}

async fn act(globals: &Globals, acts: &Administration, command: DeviceCommand) -> Result<Exit, Failure> {
    let local = Actor::local();
    let which = match command {
        DeviceCommand::List { words, state, account, limit } => {
            return list(globals, acts, words, state, account, limit).await;
        }
        DeviceCommand::Rules(RulesCommand::Show) => {
            let rules = acts.rules(&local).await.map_err(failure)?;
            output::line(&serde_json::to_string_pretty(&rules).map_err(Failure::failed)?)?;
            return Ok(Exit::Done);
        }
        DeviceCommand::Rules(RulesCommand::Set { file }) => return set_rules(acts, &file).await,
        DeviceCommand::Show(which) => which,
        DeviceCommand::Wipe { which, account_only, confirm } => {
            let confirmation = match confirm {
                Some(typed) => typed,
                None => ask_for(&which.address)?,
            };
            let kind = if account_only { WipeKind::AccountOnly } else { WipeKind::Full };
            let ordered = acts.order_wipe(&local, &which.address, &which.id, kind, &confirmation).await;
            ordered.map_err(failure)?;
            which
        }
        DeviceCommand::CancelWipe(which) => {
            acts.cancel_wipe(&local, &which.address, &which.id).await.map_err(failure)?;
            which
        }
        DeviceCommand::Delete(which) => {
            acts.delete_device(&local, &which.address, &which.id).await.map_err(failure)?;
            return Ok(Exit::Done);
        }
        DeviceCommand::Allow(which) => {
            acts.allow_device(&local, &which.address, &which.id).await.map_err(failure)?;
            return Ok(Exit::Done);
        }
        DeviceCommand::Block(which) => {
            acts.block_device(&local, &which.address, &which.id).await.map_err(failure)?;
            return Ok(Exit::Done);
        }
        DeviceCommand::Unlist(which) => {
            acts.unlist_device(&local, &which.address, &which.id).await.map_err(failure)?;
            return Ok(Exit::Done);
        }
        DeviceCommand::Release(which) => {
            acts.release_device(&local, &which.address, &which.id).await.map_err(failure)?;
            which
        }
        DeviceCommand::Resync(which) => {
            acts.force_sync(&local, &which.address, &which.id).await.map_err(failure)?;
            which
        }
    };
    let shown = Shown::view(acts.device(&local, &which.address, &which.id).await.map_err(failure)?)?;
    output::show(globals.json, &shown, &shown)?;
    Ok(Exit::Done)
}

async fn list(
    globals: &Globals,
    acts: &Administration,
    words: Vec<String>,
    standing: Option<Standing>,
    account: Option<String>,
    limit: usize,
) -> Result<Exit, Failure> {
    let mut query = DeviceQuery {
        text: (!words.is_empty()).then(|| words.join(" ")),
        standing,
        account,
        ..DeviceQuery::default()
    };
    let mut shown = Vec::new();
    while shown.len() < limit {
        query.limit = (limit - shown.len()).min(500);
        let page = acts.devices(&Actor::local(), &query).await.map_err(failure)?;
        for row in &page.rows {
            shown.push(Shown::row(row)?);
        }
        match page.next {
            Some(next) => query.after = Some(next),
            None => break,
        }
    }
    output::list(globals.json, &shown, Shown::line)?;
    if shown.is_empty() {
        eprintln!("no device is like that");
        return Ok(Exit::Partial);
    }
    Ok(Exit::Done)
}

async fn set_rules(acts: &Administration, file: &PathBuf) -> Result<Exit, Failure> {
    let text = match file.to_str() {
        Some("-") => std::io::read_to_string(std::io::stdin())?,
        _ => std::fs::read_to_string(file)
            .map_err(|error| Failure::usage(format!("{} can't be read: {error}", file.display())))?,
    };
    let rules: Rules = serde_json::from_str(&text)
        .map_err(|error| Failure::usage(format!("{} has no rules: {error}", file.display())))?;
    acts.put_rules(&Actor::local(), &rules).await.map_err(failure)?;
    Ok(Exit::Done)
}

/// The mailbox's address, typed in.
fn ask_for(address: &str) -> Result<String, Failure> {
    let stdin = std::io::stdin();
    if !stdin.is_terminal() {
        return Err(Failure::usage(format!(
            "a wipe has to be confirmed: give the mailbox's address with --confirm {address}"
        )));
    }
    eprint!("Type the address of the mailbox to have its device wiped: ");
    std::io::stderr().flush()?;
    let mut typed = String::new();
    stdin.lock().read_line(&mut typed)?;
    Ok(typed.trim().to_owned())
}
