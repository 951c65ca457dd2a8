//! `fieldpost policy`: what is asked of phones, of whom, and what each setting means; in the store or over the
//! API of a server, which has phones that wait come for what changed at once.

mod explain;

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use fieldpost_domain::policy::{NamedPolicy, catalogue};
use serde_json::{Value, json};

use crate::acts::{self, Acts, path, text, word};
use crate::cli::Globals;
use crate::exit::{Exit, Failure};
use crate::output;
use crate::remote::Over;

/// Show, change and assign policies, and explain what they can ask
#[derive(Debug, Subcommand)]
#[command(after_help = "\
Examples:
  fieldpost policy propose Everybody > everybody.json
  fieldpost policy set everybody.json && fieldpost policy default Everybody
  fieldpost policy assign board@example.org Strict --group
  fieldpost policy explain min_device_password_length")]
pub enum PolicyCommand {
    /// List all policies, and who has them
    #[command(after_help = "Example:\n  fieldpost policy list --json")]
    List,
    /// Show a policy
    #[command(after_help = "\
Examples:
  fieldpost policy show Everybody
  fieldpost policy show Everybody --json | jq .policy > everybody.json")]
    Show {
        /// Its name
        name: String,
    },
    /// Add or replace a policy: a file in JSON or TOML; - is standard input
    #[command(after_help = "\
Examples:
  fieldpost policy set everybody.json
  printf 'name = \"Light\"\\n[policy]\\ndevice_password_enabled = true\\n' | fieldpost policy set -")]
    Set {
        /// The file
        file: PathBuf,
    },
    /// Print a policy to begin with, as JSON: a password, a lock, erasure after wrong passwords
    #[command(after_help = "Example:\n  fieldpost policy propose Everybody > everybody.json")]
    Propose {
        /// The name that it is to have
        name: String,
    },
    /// Delete a policy that nobody is assigned
    #[command(after_help = "Example:\n  fieldpost policy delete Light")]
    Delete {
        /// Its name
        name: String,
    },
    /// Choose the policy of all of whom nothing else is said; without a choice, show it
    #[command(after_help = "\
Examples:
  fieldpost policy default
  fieldpost policy default Everybody
  fieldpost policy default --none")]
    Default(DefaultChoice),
    /// List the accounts that are assigned a policy by themselves
    #[command(after_help = "Example:\n  fieldpost policy accounts Strict")]
    Accounts {
        /// Its name
        name: String,
    },
    /// List the groups that are assigned a policy, the one that counts first before the others
    #[command(after_help = "Example:\n  fieldpost policy groups --json")]
    Groups,
    /// Say which group counts where an account is in several: the first first, then the others as they were
    #[command(after_help = "Example:\n  fieldpost policy order board@example.org sales@example.org")]
    Order {
        /// Addresses of groups that are assigned a policy
        #[arg(required = true)]
        groups: Vec<String>,
    },
    /// List the accounts that are exempt from policies
    #[command(after_help = "Example:\n  fieldpost policy exemptions")]
    Exemptions,
    /// Choose the policy of an account, which ends an exemption, or of a group
    #[command(after_help = "\
Examples:
  fieldpost policy assign alice@example.org Strict
  fieldpost policy assign board@example.org Strict --group
  fieldpost policy assign alice@example.org --none")]
    Assign {
        /// Address of the account or group
        address: String,
        #[command(flatten)]
        choice: Choice,
        /// The address is a group's
        #[arg(long)]
        group: bool,
    },
    /// Serve the phones of an account without any policy; `policy assign` ends it
    #[command(after_help = "Example:\n  fieldpost policy exempt scanner@example.org")]
    Exempt {
        /// Address of the account
        address: String,
    },
    /// Say which policy is in force for an account, and why
    #[command(after_help = "Example:\n  fieldpost policy in-force alice@example.org")]
    InForce {
        /// Address of the account
        address: String,
    },
    /// Explain a setting: what it means, what it can be, and what phones make of it
    #[command(after_help = "\
Examples:
  fieldpost policy explain
  fieldpost policy explain allow_camera")]
    Explain {
        /// Its name; without one, all are listed
        setting: Option<String>,
    },
}

/// A policy, or none.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub struct Choice {
    /// Name of the policy
    name: Option<String>,
    /// None: what holds for the others
    #[arg(long)]
    none: bool,
}

/// The same, or nothing.
#[derive(Debug, Args)]
#[group(multiple = false)]
pub struct DefaultChoice {
    /// Name of the policy
    name: Option<String>,
    /// None: what the configuration file says
    #[arg(long)]
    none: bool,
}

impl Choice {
    fn body(&self) -> Value {
        json!({"name": self.name})
    }
}

/// Runs it.
pub async fn run(globals: &Globals, over: Over<PolicyCommand>) -> Result<Exit, Failure> {
    match over.command {
        // These ask nobody.
        PolicyCommand::Explain { setting } => explain::run(globals, setting.as_deref()),
        PolicyCommand::Propose { name } => propose(&name),
        command => {
            let mut acts = Acts::open(globals, &over.server).await?;
            let done = act(globals, &mut acts, command).await;
            acts.close().await;
            done
        }
    }
}

async fn act(globals: &Globals, acts: &mut Acts, command: PolicyCommand) -> Result<Exit, Failure> {
    match command {
        PolicyCommand::List => {
            let policies = acts::rows(acts.get("/policies").await?);
            output::list(globals.json, &policies, line)?;
            if policies.is_empty() {
                eprintln!(
                    "there are no policies yet: fieldpost policy propose NAME prints one to begin with"
                );
                return Ok(Exit::Partial);
            }
        }
        PolicyCommand::Show { name } => {
            let policy = acts.get(&path(&["policies", &name])).await?;
            output::show(globals.json, &policy, &whole(&policy)?)?;
        }
        PolicyCommand::Set { file } => {
            let policy = read(&file)?;
            let place = path(&["policies", &policy.name]);
            acts.put(&place, &serde_json::to_value(&policy).map_err(Failure::failed)?).await?;
            output::done(globals.json, &acts.get(&place).await?)?;
        }
        PolicyCommand::Delete { name } => {
            acts.delete(&path(&["policies", &name])).await?;
            output::done(globals.json, &json!({"deleted": name}))?;
        }
        PolicyCommand::Default(DefaultChoice { name: None, none: false }) => {
            let default = acts.get("/default-policy").await?;
            let none = "-\twhat the configuration file says is in force";
            let shown = text(&default, "name");
            output::show(globals.json, &default, &if shown.is_empty() { none } else { shown })?;
        }
        PolicyCommand::Default(DefaultChoice { name, .. }) => {
            let default = json!({"name": name});
            acts.put("/default-policy", &default).await?;
            output::done(globals.json, &default)?;
        }
        PolicyCommand::Accounts { name } => {
            let accounts = acts.get(&path(&["policies", &name, "accounts"])).await?;
            return addresses(globals, accounts, "no account is assigned it by itself");
        }
        PolicyCommand::Exemptions => {
            return addresses(globals, acts.get("/exempt-accounts").await?, "no account is exempt");
        }
        PolicyCommand::Groups => return groups(globals, acts).await,
        PolicyCommand::Order { groups: first } => {
            acts.put("/policy-groups", &json!({"groups": first})).await?;
            return groups(globals, acts).await;
        }
        PolicyCommand::Assign { address, choice, group } => {
            let of = if group { "groups" } else { "accounts" };
            acts.put(&path(&[of, &address, "policy"]), &choice.body()).await?;
            output::done(globals.json, &json!({"address": address, "name": choice.name}))?;
        }
        PolicyCommand::Exempt { address } => {
            let exempt = json!({"exempt": true});
            acts.put(&path(&["accounts", &address, "policy"]), &exempt).await?;
            output::done(globals.json, &json!({"address": address, "exempt": true}))?;
        }
        PolicyCommand::InForce { address } => {
            let in_force = acts.get(&path(&["accounts", &address, "policy"])).await?;
            output::show(globals.json, &in_force, &because(&in_force))?;
        }
        PolicyCommand::Explain { setting } => return explain::run(globals, setting.as_deref()),
        PolicyCommand::Propose { name } => return propose(&name),
    }
    Ok(Exit::Done)
}

/// Addresses, one a line.
fn addresses(globals: &Globals, all: Value, none: &str) -> Result<Exit, Failure> {
    let all = acts::rows(all);
    output::list(globals.json, &all, |one| one.as_str().unwrap_or_default().to_owned())?;
    if all.is_empty() {
        eprintln!("{none}");
        return Ok(Exit::Partial);
    }
    Ok(Exit::Done)
}

async fn groups(globals: &Globals, acts: &mut Acts) -> Result<Exit, Failure> {
    let all = acts::rows(acts.get("/policy-groups").await?);
    output::list(globals.json, &all, |one| ["group", "policy"].map(|key| word(one, key)).join("\t"))?;
    if all.is_empty() {
        eprintln!("no group is assigned a policy: fieldpost policy assign ADDRESS NAME --group");
        return Ok(Exit::Partial);
    }
    Ok(Exit::Done)
}

/// The policy of a file.
fn read(file: &Path) -> Result<NamedPolicy, Failure> {
    let text = output::read(file)?;
    let from = if file == Path::new("-") { "standard input".into() } else { file.display().to_string() };
    let read: Result<NamedPolicy, String> = match text.trim_start().starts_with('{') {
        true => serde_json::from_str(&text).map_err(|error| error.to_string()),
        false => toml::from_str(&text).map_err(|error| error.to_string()),
    };
    let policy = read.map_err(|error| Failure::usage(format!("{from} has no policy: {error}")))?;
    match policy.name.is_empty() {
        true => Err(Failure::usage(format!("{from}: the policy has no name"))),
        false => Ok(policy),
    }
}

fn propose(name: &str) -> Result<Exit, Failure> {
    let mut proposed = serde_json::to_value(NamedPolicy::proposed(name)).map_err(Failure::failed)?;
    // What is not asked for is left out: the rest is to be read and changed by people.
    if let Some(settings) = proposed.get_mut("policy").and_then(Value::as_object_mut) {
        settings.retain(|_, value| !value.is_null());
    }
    output::line(&serde_json::to_string_pretty(&proposed).map_err(Failure::failed)?)?;
    Ok(Exit::Done)
}

fn is(value: &Value, key: &str) -> bool {
    value.get(key).and_then(Value::as_bool) == Some(true)
}

/// A policy on one line, with who has it.
fn line(view: &Value) -> String {
    let policy = view.get("policy").unwrap_or(&Value::Null);
    let mut holders = Vec::new();
    if is(view, "configured") {
        holders.push("of the configuration file".to_owned());
    }
    if is(view, "default") {
        holders.push("the default".to_owned());
    }
    match view.get("accounts").and_then(Value::as_u64).unwrap_or_default() {
        0 => {}
        1 => holders.push("1 account".to_owned()),
        count => holders.push(format!("{count} accounts")),
    }
    let groups = view.get("groups").and_then(Value::as_array).into_iter().flatten();
    holders.extend(groups.filter_map(Value::as_str).map(|group| format!("group {group}")));
    let holders = if holders.is_empty() { "nobody has it".to_owned() } else { holders.join(", ") };
    format!("{}\t{holders}", word(policy, "name"))
}

/// A policy with all that it asks, in the words of the catalogue.
fn whole(view: &Value) -> Result<String, Failure> {
    let policy = view.get("policy").cloned().unwrap_or_default();
    let policy: NamedPolicy = serde_json::from_value(policy).map_err(Failure::failed)?;
    let mut lines = vec![line(view)];
    lines.push(match policy.refresh_hours {
        Some(hours) => format!("phones come for it again after {hours} hours"),
        None => "phones come for it again when it changes".to_owned(),
    });
    for (allowed, whom) in [
        (policy.allow_partial, "that obey in part"),
        (policy.allow_non_provisionable, "that know no policies"),
        (policy.allow_externally_managed, "that somebody else manages"),
    ] {
        lines.push(format!("phones {whom}: {}", if allowed { "come in" } else { "stay out" }));
    }
    for setting in catalogue::all() {
        if let Some(value) = policy.policy.get(setting.field) {
            lines.push(format!("{}\t{}\t{}", setting.field, setting.show(&value), setting.title));
        }
    }
    Ok(lines.join("\n"))
}

fn because(in_force: &Value) -> String {
    let why = match text(in_force, "because") {
        "exempt" => "the account is exempt".to_owned(),
        "account" => "it is assigned to the account".to_owned(),
        "group" => format!("it is assigned to the group {}", word(in_force, "group")),
        "default" => "it is the default".to_owned(),
        _ => "nothing was decided: what the configuration file says is in force".to_owned(),
    };
    format!("{}\t{why}", word(in_force, "name"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_policy_is_read_in_either_form() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("policy");
        let of = |text: &str| {
            std::fs::write(&file, text).unwrap();
            read(&file)
        };
        let json = of(r#"{"name": "A", "refresh_hours": 12, "policy": {"allow_camera": false}}"#).unwrap();
        let toml = of("name = \"A\"\nrefresh_hours = 12\n[policy]\nallow_camera = false\n").unwrap();
        assert_eq!(json, toml);
        assert_eq!(json.policy.allow_camera, Some(false));
        for (bad, word) in
            [("{}", "name"), ("name = \"A\"\ncolour = 1\n", "colour"), ("{\"name\": 1}", "string")]
        {
            let error = of(bad).unwrap_err().to_string();
            assert!(error.contains(word), "{bad}: {error}");
        }
    }

    #[test]
    fn who_has_it_and_why() {
        let view = json!({"policy": {"name": "A"}, "configured": false, "default": true, "accounts": 2,
            "groups": ["board@example.org"]});
        assert_eq!(line(&view), "A\tthe default, 2 accounts, group board@example.org");
        assert_eq!(line(&json!({"policy": {"name": "A"}})), "A\tnobody has it");
        assert_eq!(because(&json!({"name": null, "because": "exempt"})), "-\tthe account is exempt");
    }
}
