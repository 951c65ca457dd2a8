//! `fieldpost device`: finds devices and decides about them, in the store or over the API of a server. A server
//! that runs sees what was decided in its store at the phone's next request; what it decides itself reaches
//! phones that wait for news at once.

use std::io::{BufRead, IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use fieldpost_domain::admission::Rules;
use fieldpost_domain::device::Standing;
use fieldpost_domain::wipe::WipeKind;
use serde_json::{Value, json};

use crate::acts::{self, Acts, path, query, text, word};
use crate::cli::Globals;
use crate::exit::{Exit, Failure};
use crate::output;
use crate::remote::Over;

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
    /// Approve a wipe that somebody else ordered, where wipes need two administrators
    #[command(after_help = "Example:\n  fieldpost device approve-wipe alice@example.org ApplDNQXK1")]
    ApproveWipe(Which),
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
  echo '{\"default\":\"quarantine\",\"rules\":[{\"name\":\"Apple\",\"when\":{\"device_type\":\"iP*\"},\
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

impl Which {
    /// The path of the device, or of something that belongs to it.
    fn path(&self, of: &[&str]) -> String {
        let device = ["accounts", &self.address, "devices", &self.id];
        path(&[&device, of].concat())
    }
}

/// A device on one line.
fn line(device: &Value) -> String {
    let columns = ["account", "device_id", "standing", "device_type", "model", "os", "last_seen"];
    columns.map(|column| word(device, column)).join("\t")
}

/// All that is said of one device.
fn whole(device: &Value) -> String {
    let mut lines = vec![line(device)];
    for (name, column) in [("user agent", "user_agent"), ("version", "version")] {
        lines.push(format!("{name}: {}", word(device, column)));
    }
    if !text(device, "because").is_empty() {
        lines.push(format!("because: {}", word(device, "because")));
    }
    if let Some(wipe) = device.get("wipe") {
        let [kind, state, by] = ["kind", "state", "ordered_by"].map(|key| word(wipe, key));
        lines.push(format!("wipe: {kind}, {state}, ordered by {by}"));
    }
    lines.push(format!("a full wipe: {}", word(device, "full_wipe_erases")));
    lines.join("\n")
}

/// Runs it.
pub async fn run(globals: &Globals, over: Over<DeviceCommand>) -> Result<Exit, Failure> {
    let mut acts = Acts::open(globals, &over.server).await?;
    let done = act(globals, &mut acts, over.command).await;
    acts.close().await;
    done
}

async fn act(globals: &Globals, acts: &mut Acts, command: DeviceCommand) -> Result<Exit, Failure> {
    let which = match command {
        DeviceCommand::List { words, state, account, limit } => {
            return list(globals, acts, &words, state, account, limit).await;
        }
        DeviceCommand::Rules(RulesCommand::Show) => {
            let rules = acts.get("/rules").await?;
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
            let order = json!({"kind": kind.name(), "confirmation": confirmation});
            acts.put(&which.path(&["wipe"]), &order).await?;
            which
        }
        DeviceCommand::ApproveWipe(which) => {
            acts.put(&which.path(&["wipe", "approval"]), &Value::Null).await?;
            which
        }
        DeviceCommand::CancelWipe(which) => {
            acts.delete(&which.path(&["wipe"])).await?;
            which
        }
        DeviceCommand::Delete(which) => {
            acts.delete(&which.path(&[])).await?;
            return Ok(Exit::Done);
        }
        DeviceCommand::Allow(which) => return decide(acts, &which, "allow").await,
        DeviceCommand::Block(which) => return decide(acts, &which, "block").await,
        DeviceCommand::Unlist(which) => return decide(acts, &which, "rules").await,
        DeviceCommand::Release(which) => {
            decide(acts, &which, "release").await?;
            which
        }
        DeviceCommand::Resync(which) => {
            acts.put(&which.path(&["resync"]), &Value::Null).await?;
            which
        }
    };
    let device = acts.get(&which.path(&[])).await?;
    output::show(globals.json, &device, &whole(&device))?;
    Ok(Exit::Done)
}

/// Decides about a device, which may be one that never came.
async fn decide(acts: &mut Acts, which: &Which, action: &str) -> Result<Exit, Failure> {
    acts.put(&which.path(&["access"]), &json!({"action": action})).await?;
    Ok(Exit::Done)
}

async fn list(
    globals: &Globals,
    acts: &mut Acts,
    words: &[String],
    standing: Option<Standing>,
    account: Option<String>,
    limit: usize,
) -> Result<Exit, Failure> {
    let (mut all, mut after) = (Vec::new(), None);
    while all.len() < limit {
        let asked = query(&[
            ("text", (!words.is_empty()).then(|| words.join(" "))),
            ("standing", standing.map(|standing| standing.name().to_owned())),
            ("account", account.clone()),
            ("limit", Some((limit - all.len()).min(500).to_string())),
            ("after", after),
        ]);
        let mut page = acts.get(&format!("/devices{asked}")).await?;
        all.extend(page.get_mut("devices").map(Value::take).map(acts::rows).unwrap_or_default());
        after = Some(text(&page, "next").to_owned()).filter(|next| !next.is_empty());
        if after.is_none() {
            break;
        }
    }
    output::list(globals.json, &all, line)?;
    if all.is_empty() {
        eprintln!("no device is like that");
        return Ok(Exit::Partial);
    }
    Ok(Exit::Done)
}

async fn set_rules(acts: &mut Acts, file: &Path) -> Result<Exit, Failure> {
    let text = output::read(file)?;
    let rules: Rules = serde_json::from_str(&text)
        .map_err(|error| Failure::usage(format!("{} has no rules: {error}", file.display())))?;
    acts.put("/rules", &serde_json::to_value(rules).map_err(Failure::failed)?).await?;
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
