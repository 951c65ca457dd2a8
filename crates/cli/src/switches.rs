//! `fieldpost switches`: what the organisation and single accounts may use, in the store or over the API of a
//! server.

use clap::Subcommand;
use serde_json::{Map, Value};

use crate::acts::{Acts, path};
use crate::cli::Globals;
use crate::exit::{Exit, Failure};
use crate::output;
use crate::remote::Over;

/// Say what the organisation and single accounts may use
#[derive(Debug, Subcommand)]
#[command(after_help = "\
Examples:
  fieldpost switches show
  fieldpost switches set direct_push=false max_devices=5
  fieldpost switches set --account alice@example.org versions=14.1,16.1 max_devices=")]
pub enum SwitchesCommand {
    /// Show the switches
    #[command(after_help = "\
Examples:
  fieldpost switches show --json
  fieldpost switches show --account alice@example.org")]
    Show {
        /// Those of the account with this address: what is said of it, and what is in force
        #[arg(long, value_name = "ADDRESS")]
        account: Option<String>,
    },
    /// Set switches, and leave the others as they are
    #[command(after_help = "\
Without a value a switch says nothing any more: an account's is as the organisation has it.

Examples:
  fieldpost switches set active_sync=true notifications=true notification_minutes=10
  fieldpost switches set --account alice@example.org active_sync=false
  fieldpost switches set --account alice@example.org active_sync=")]
    Set {
        /// Those of the account with this address
        #[arg(long, value_name = "ADDRESS")]
        account: Option<String>,
        /// Each with its value: true or false, a number, a text, versions with commas in between
        #[arg(required = true, value_name = "SWITCH=VALUE", value_parser = assignment)]
        switches: Vec<(String, Value)>,
    },
}

/// A switch and its value.
pub fn assignment(text: &str) -> Result<(String, Value), String> {
    let (name, value) = text.split_once('=').ok_or("write the switch, =, and its value")?;
    let value = match (name, value) {
        (_, "" | "null") => Value::Null,
        ("versions", list) => list.split(',').map(str::trim).collect(),
        (_, "true" | "on" | "yes") => Value::Bool(true),
        (_, "false" | "off" | "no") => Value::Bool(false),
        (_, text) => text.parse::<u64>().map_or_else(|_| text.into(), Value::from),
    };
    Ok((name.to_owned(), value))
}

/// Runs it.
pub async fn run(globals: &Globals, over: Over<SwitchesCommand>) -> Result<Exit, Failure> {
    let mut acts = Acts::open(globals, &over.server).await?;
    let done = act(globals, &mut acts, over.command).await;
    acts.close().await;
    done
}

fn place(account: Option<&str>) -> String {
    account.map_or_else(|| "/switches".to_owned(), |address| path(&["accounts", address, "switches"]))
}

async fn act(globals: &Globals, acts: &mut Acts, command: SwitchesCommand) -> Result<Exit, Failure> {
    let place = match command {
        SwitchesCommand::Show { account } => place(account.as_deref()),
        SwitchesCommand::Set { account, switches } => {
            let place = place(account.as_deref());
            let mut now = acts.get(&place).await?;
            let mut own = match account {
                Some(_) => now.get_mut("own").map(Value::take).unwrap_or_default(),
                None => now,
            };
            let own = own.as_object_mut().ok_or_else(|| Failure::failed("the answer has no switches"))?;
            change(own, switches)?;
            acts.put(&place, &Value::Object(own.clone())).await?;
            place
        }
    };
    let switches = acts.get(&place).await?;
    output::show(globals.json, &switches, &lines(&switches))?;
    Ok(Exit::Done)
}

/// Puts values into what there is.
///
/// # Errors
/// A name that there is none of.
pub fn change(own: &mut Map<String, Value>, switches: Vec<(String, Value)>) -> Result<(), Failure> {
    for (name, value) in switches {
        let Some(held) = own.get_mut(&name) else {
            let known: Vec<&str> = own.keys().map(String::as_str).collect();
            return Err(Failure::usage(format!("there is no {name}: there are {}", known.join(", "))));
        };
        *held = value;
    }
    Ok(())
}

/// A switch on each line; of an account also what is said of it.
pub fn lines(switches: &Value) -> String {
    let own = switches.get("own").and_then(Value::as_object);
    let in_force = switches.get("in_force").unwrap_or(switches).as_object();
    let mut lines: Vec<String> = in_force
        .into_iter()
        .flatten()
        .map(|(name, value)| {
            let is_own = own.and_then(|own| own.get(name)).is_some_and(|value| !value.is_null());
            format!("{name}={}{}", shown(value), if is_own { "\tof the account" } else { "" })
        })
        .collect();
    let address = own.and_then(|own| own.get("notification_address"));
    lines.extend(address.map(|address| format!("notification_address={}", shown(address))));
    lines.join("\n")
}

/// A value as it can be given again.
fn shown(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Array(list) => list.iter().map(shown).collect::<Vec<_>>().join(","),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_typed_and_what_is_shown() {
        for (text, value) in [
            ("direct_push=false", json!(false)),
            ("max_devices=5", json!(5)),
            ("max_devices=", json!(null)),
            ("versions=14.1, 16.1", json!(["14.1", "16.1"])),
            ("notification_address=491@sms.example", json!("491@sms.example")),
        ] {
            assert_eq!(assignment(text).unwrap().1, value, "{text}");
        }
        assert!(assignment("direct_push").is_err());
        let account = json!({
            "own": {"direct_push": false, "notification_address": null},
            "in_force": {"direct_push": false, "versions": ["2.5", "16.1"]},
        });
        assert_eq!(
            lines(&account),
            "direct_push=false\tof the account\nversions=2.5,16.1\nnotification_address="
        );
        let mut own = Map::from_iter([("direct_push".to_owned(), json!(true))]);
        let wrong = change(&mut own, vec![("push".to_owned(), json!(true))]).unwrap_err();
        assert!(wrong.to_string().contains("direct_push"), "{wrong}");
    }
}
