//! `fieldpost device`: finds devices and decides about them, in the store or over the API of a server. Either way
//! phones that wait for news learn of it at once.

use std::io::{BufRead, IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use fieldpost_domain::admission::Rules;
use fieldpost_domain::device::Standing;
use fieldpost_domain::wipe::WipeKind;
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::acts::{self, Acts, path, query, text, word};
use crate::cli::Globals;
use crate::exit::{Exit, Failure};
use crate::output;
use crate::remote::Over;
use crate::switches;

/// Find devices, and decide about them
#[derive(Debug, Subcommand)]
#[command(after_help = "\
Examples:
  fieldpost device list iphone
  fieldpost device list --state quarantined
  fieldpost device show alice@example.org ApplDNQXK1
  fieldpost device release alice@example.org ApplDNQXK1
  fieldpost device wipe alice@example.org ApplDNQXK1
  fieldpost device rules set rules.json")]
pub enum DeviceCommand {
    /// List devices
    #[command(after_help = "\
Examples:
  fieldpost device list
  fieldpost device list alice iphone --limit 20
  fieldpost device list --not-since 2026-11-01T00:00:00Z
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
        /// Only those that were not seen since then: 2026-11-01T00:00:00Z
        #[arg(long, value_name = "TIME")]
        not_since: Option<Timestamp>,
        /// Those that came last first
        #[arg(long)]
        latest: bool,
        /// Most devices
        #[arg(long, value_name = "COUNT", default_value_t = 100)]
        limit: usize,
    },
    /// List the devices of an account that a person allowed or blocked, whether or not they ever came
    #[command(after_help = "Example:\n  fieldpost device listed alice@example.org")]
    Listed {
        /// Address of the account
        address: String,
    },
    /// Show what is known of a device, why it may be stuck, and what a full wipe would erase
    #[command(after_help = "\
What it asked last is known to the running server alone: with --server the diagnosis goes by that as well.

Examples:
  fieldpost device show alice@example.org ApplDNQXK1
  fieldpost device show alice@example.org ApplDNQXK1 --server https://localhost:8444 --token-file token")]
    Show(Which),
    /// Show what a device asked last, and what it was told, without what is the user's
    #[command(after_help = "\
The running server alone knows it: give --server.

Examples:
  fieldpost device exchanges alice@example.org ApplDNQXK1 --server https://localhost:8444 --token-file token
  fieldpost device exchanges alice@example.org ApplDNQXK1 --outlines --server https://localhost:8444 --token-file token")]
    Exchanges {
        #[command(flatten)]
        which: Which,
        /// Show requests and answers as XML as well
        #[arg(long)]
        outlines: bool,
    },
    /// Show the password that a device left here for its user to get in again; that it was read is logged
    #[command(after_help = "Example:\n  fieldpost device recovery-password alice@example.org ApplDNQXK1")]
    RecoveryPassword(Which),
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
    /// List the devices whose wipe waits for a second administrator
    #[command(after_help = "Example:\n  fieldpost device proposed-wipes")]
    ProposedWipes,
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
    #[command(subcommand)]
    WipeRules(WipeRulesCommand),
}

/// Show and set how wipes are ordered
#[derive(Debug, Subcommand)]
#[command(after_help = "\
Examples:
  fieldpost device wipe-rules show
  fieldpost device wipe-rules set needs_approval=true")]
pub enum WipeRulesCommand {
    /// Show them
    #[command(after_help = "Example:\n  fieldpost device wipe-rules show --json")]
    Show,
    /// Set them: whether a full wipe takes two administrators
    #[command(after_help = "Example:\n  fieldpost device wipe-rules set needs_approval=true")]
    Set {
        /// Each with its value
        #[arg(required = true, value_name = "RULE=VALUE", value_parser = switches::assignment)]
        rules: Vec<(String, Value)>,
    },
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

    /// What was done with it, for scripts.
    fn done(&self, what: &str) -> Value {
        json!({"account": self.address, "device_id": self.id, "done": what})
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
    if let Some(listed) = device.get("listed") {
        let [action, by, at] = ["action", "by", "at"].map(|key| word(listed, key));
        lines.push(format!("on the account's list: {action}, decided by {by}, {at}"));
    }
    if let Some(diagnosis) = device.get("diagnosis") {
        lines.extend(how_it_is(diagnosis));
    }
    lines.join("\n")
}

/// How it is, and why it may be stuck.
fn how_it_is(diagnosis: &Value) -> Vec<String> {
    let all = |key: &str| diagnosis.get(key).and_then(Value::as_array).into_iter().flatten();
    let mut lines = vec![format!("policy: {}", word(diagnosis, "policy"))];
    if let Some(waits) = diagnosis.get("waits").and_then(Value::as_bool) {
        lines.push(format!("waits for news: {}", if waits { "yes" } else { "no" }));
    }
    let folders: Vec<&str> = all("folders").filter_map(Value::as_str).collect();
    if !folders.is_empty() {
        lines.push(format!("folders: {}", folders.join(", ")));
    }
    for item in all("unshown") {
        let [folder, class, reason] = ["folder", "class", "reason"].map(|key| word(item, key));
        lines.push(format!("can't be shown: {class} in {folder}: {reason}"));
    }
    for found in all("findings") {
        let [severity, what] = ["severity", "what"].map(|key| word(found, key));
        lines.push(format!("{severity}: {what} {}", text(found, "advice")).trim_end().to_owned());
    }
    lines
}

/// An exchange on one line.
fn exchange(exchange: &Value) -> String {
    let number = |key: &str| exchange.get(key).and_then(Value::as_u64);
    let code = number("code").map_or_else(|| "connection gone".to_owned(), |code| format!("HTTP {code}"));
    let status = number("status").map_or_else(String::new, |status| format!(", status {status}"));
    let [at, command, version] = ["at", "command", "version"].map(|key| word(exchange, key));
    let [ms, bytes_in, bytes_out] =
        ["milliseconds", "bytes_in", "bytes_out"].map(|key| number(key).unwrap_or_default());
    format!("{at}\t{command}\t{version}\t{code}{status}\t{ms} ms\t{bytes_in} in, {bytes_out} out")
}

/// The same with both documents.
fn outlined(value: &Value) -> String {
    let documents = ["request", "response"].map(|key| text(value, key));
    let documents = documents.into_iter().filter(|text| !text.is_empty());
    std::iter::once(exchange(value)).chain(documents.map(str::to_owned)).collect::<Vec<_>>().join("\n")
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
        DeviceCommand::List { words, state, account, not_since, latest, limit } => {
            let asked = [
                ("text", (!words.is_empty()).then(|| words.join(" "))),
                ("standing", state.map(|state| state.name().to_owned())),
                ("account", account),
                ("not_since", not_since.map(|time| time.to_string())),
                ("order", latest.then(|| "last_seen".to_owned())),
            ];
            return list(globals, acts, &asked, limit).await;
        }
        DeviceCommand::Listed { address } => return listed(globals, acts, &address).await,
        DeviceCommand::Rules(RulesCommand::Show) => {
            let rules = acts.get("/rules").await?;
            output::line(&serde_json::to_string_pretty(&rules).map_err(Failure::failed)?)?;
            return Ok(Exit::Done);
        }
        DeviceCommand::Rules(RulesCommand::Set { file }) => {
            set_rules(acts, &file).await?;
            output::done(globals.json, &acts.get("/rules").await?)?;
            return Ok(Exit::Done);
        }
        DeviceCommand::WipeRules(command) => return wipe_rules(globals, acts, command).await,
        DeviceCommand::ProposedWipes => return proposed_wipes(globals, acts).await,
        DeviceCommand::Exchanges { which, outlines } => {
            return exchanges(globals, acts, &which, outlines).await;
        }
        DeviceCommand::RecoveryPassword(which) => {
            let password = acts.get(&which.path(&["recovery-password"])).await?;
            output::show(globals.json, &password, &word(&password, "password"))?;
            return Ok(Exit::Done);
        }
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
            output::done(globals.json, &which.done("deleted"))?;
            return Ok(Exit::Done);
        }
        DeviceCommand::Allow(which) => return decide(globals, acts, &which, "allow").await,
        DeviceCommand::Block(which) => return decide(globals, acts, &which, "block").await,
        DeviceCommand::Unlist(which) => return decide(globals, acts, &which, "rules").await,
        DeviceCommand::Release(which) => {
            acts.put(&which.path(&["access"]), &json!({"action": "release"})).await?;
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
async fn decide(globals: &Globals, acts: &mut Acts, which: &Which, action: &str) -> Result<Exit, Failure> {
    acts.put(&which.path(&["access"]), &json!({"action": action})).await?;
    output::done(globals.json, &which.done(action))?;
    Ok(Exit::Done)
}

async fn wipe_rules(globals: &Globals, acts: &mut Acts, command: WipeRulesCommand) -> Result<Exit, Failure> {
    let mut rules = acts.get("/wipe-rules").await?;
    if let WipeRulesCommand::Set { rules: wanted } = command {
        let held = rules.as_object_mut().ok_or_else(|| Failure::failed("the answer has no rules"))?;
        switches::change(held, wanted)?;
        acts.put("/wipe-rules", &rules).await?;
    }
    output::show(globals.json, &rules, &switches::lines(&rules))?;
    Ok(Exit::Done)
}

async fn proposed_wipes(globals: &Globals, acts: &mut Acts) -> Result<Exit, Failure> {
    let waiting = acts::rows(acts.get("/proposed-wipes").await?);
    output::list(globals.json, &waiting, |one| {
        ["account", "device_id"].map(|key| word(one, key)).join("\t")
    })?;
    if waiting.is_empty() {
        eprintln!("no wipe waits for a second administrator");
        return Ok(Exit::Partial);
    }
    Ok(Exit::Done)
}

async fn listed(globals: &Globals, acts: &mut Acts, address: &str) -> Result<Exit, Failure> {
    let all = acts::rows(acts.get(&path(&["accounts", address, "listed-devices"])).await?);
    output::list(globals.json, &all, |one| {
        ["device_id", "action", "by", "at"].map(|key| word(one, key)).join("\t")
    })?;
    if all.is_empty() {
        eprintln!("nobody allowed or blocked a device of {address}");
        return Ok(Exit::Partial);
    }
    Ok(Exit::Done)
}

async fn exchanges(
    globals: &Globals,
    acts: &mut Acts,
    which: &Which,
    outlines: bool,
) -> Result<Exit, Failure> {
    let all = acts::rows(acts.get(&which.path(&["exchanges"])).await?);
    output::list(globals.json, &all, if outlines { outlined } else { exchange })?;
    if all.is_empty() {
        eprintln!(
            "{}",
            match acts {
                Acts::There(_) => "the device has asked for nothing since the server was started",
                Acts::Here(_) =>
                    "what a device asked last is known to the running server alone: give --server",
            }
        );
        return Ok(Exit::Partial);
    }
    Ok(Exit::Done)
}

async fn list(
    globals: &Globals,
    acts: &mut Acts,
    asked: &[(&'static str, Option<String>)],
    limit: usize,
) -> Result<Exit, Failure> {
    let (mut all, mut after) = (Vec::new(), None);
    while all.len() < limit {
        let place = [("limit", Some((limit - all.len()).min(500).to_string())), ("after", after)];
        let asked = query(&[asked, &place].concat());
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

async fn set_rules(acts: &mut Acts, file: &Path) -> Result<(), Failure> {
    let text = output::read(file)?;
    let rules: Rules = serde_json::from_str(&text)
        .map_err(|error| Failure::usage(format!("{} has no rules: {error}", file.display())))?;
    acts.put("/rules", &serde_json::to_value(rules).map_err(Failure::failed)?).await?;
    Ok(())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_in_plain_words() {
        let device = json!({
            "account": "anna@example.org", "device_id": "A1", "standing": "blocked", "device_type": "iPhone",
            "listed": {"action": "block", "by": "root", "at": "2026-11-23T10:00:00Z"},
            "diagnosis": {
                "policy": "taken", "waits": null, "heartbeat": 900, "folders": ["Inbox", "Calendar"],
                "unshown": [{"folder": "Inbox", "class": "Email", "reason": "no\u{1b}[2J date"}],
                "findings": [{"severity": "stuck", "what": "It is blocked.", "advice": "Allow it."}],
            },
        });
        let shown = whole(&device);
        for line in [
            "anna@example.org\tA1\tblocked\tiPhone\t-\t-\t-",
            "on the account's list: block, decided by root, 2026-11-23T10:00:00Z",
            "policy: taken",
            "folders: Inbox, Calendar",
            "can't be shown: Email in Inbox: no [2J date",
            "stuck: It is blocked. Allow it.",
        ] {
            assert!(shown.lines().any(|shown| shown == line), "{line}: {shown}");
        }
        assert!(!shown.contains("waits"), "nobody knows: {shown}");
    }

    #[test]
    fn an_exchange_in_one_line() {
        let ping = json!({
            "at": "2026-11-23T10:00:00Z", "command": "Ping", "version": "16.1", "code": 200, "status": 2,
            "milliseconds": 480, "bytes_in": 0, "bytes_out": 13, "request": null, "response": "<Ping/>",
        });
        assert_eq!(
            exchange(&ping),
            "2026-11-23T10:00:00Z\tPing\t16.1\tHTTP 200, status 2\t480 ms\t0 in, 13 out"
        );
        assert!(outlined(&ping).ends_with("\n<Ping/>"));
        assert!(exchange(&json!({"code": null})).contains("connection gone"));
    }
}
