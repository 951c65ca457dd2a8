//! `fieldpost account app-password`: passwords for single devices.

use clap::Subcommand;
use serde_json::{Value, json};

use crate::acts::{self, Acts, path, text, word};
use crate::cli::Globals;
use crate::exit::{Exit, Failure};
use crate::output;
use crate::remote::Over;

/// Make passwords for single devices, list and remove them
#[derive(Debug, Subcommand)]
#[command(after_help = "\
Examples:
  fieldpost account app-password add alice@example.org \"Alice's tablet\"
  fieldpost account app-password list alice@example.org
  fieldpost account app-password remove alice@example.org 2")]
pub enum AppPasswordCommand {
    /// Make one, and print it, this once: it opens the mailbox to the first device that uses it
    #[command(
        after_help = "Example:\n  fieldpost account app-password add alice@example.org \"Alice's tablet\""
    )]
    Add {
        /// Address of the account
        address: String,
        /// What it is for
        name: String,
    },
    /// List those of an account
    #[command(after_help = "Example:\n  fieldpost account app-password list alice@example.org --json")]
    List {
        /// Address of the account
        address: String,
    },
    /// Remove one: the device that has it is out at its next request
    #[command(after_help = "Example:\n  fieldpost account app-password remove alice@example.org 2")]
    Remove {
        /// Address of the account
        address: String,
        /// Its number, as the list has it
        id: i64,
    },
}

/// Runs it.
pub async fn run(globals: &Globals, over: Over<AppPasswordCommand>) -> Result<Exit, Failure> {
    let mut acts = Acts::open(globals, &over.server).await?;
    let done = act(globals, &mut acts, over.command).await;
    acts.close().await;
    done
}

async fn act(globals: &Globals, acts: &mut Acts, command: AppPasswordCommand) -> Result<Exit, Failure> {
    match command {
        AppPasswordCommand::Add { address, name } => {
            let place = path(&["accounts", &address, "app-passwords"]);
            let made = acts.post(&place, &json!({"name": name})).await?;
            let shown = format!("{}\t{name}\npassword: {}", number(&made), text(&made, "secret"));
            output::show(globals.json, &made, &shown)?;
            Ok(Exit::Done)
        }
        AppPasswordCommand::List { address } => {
            let all = acts::rows(acts.get(&path(&["accounts", &address, "app-passwords"])).await?);
            output::list(globals.json, &all, line)?;
            if all.is_empty() {
                eprintln!("{address} has no app passwords");
                return Ok(Exit::Partial);
            }
            Ok(Exit::Done)
        }
        AppPasswordCommand::Remove { address, id } => {
            acts.delete(&path(&["accounts", &address, "app-passwords", &id.to_string()])).await?;
            Ok(Exit::Done)
        }
    }
}

fn number(password: &Value) -> i64 {
    password.get("id").and_then(Value::as_i64).unwrap_or_default()
}

fn line(password: &Value) -> String {
    let used = match text(password, "used") {
        "" => "not used yet".to_owned(),
        used => format!("used {used} by {}", word(password, "device_id")),
    };
    format!("{}\t{}\t{used}", number(password), word(password, "name"))
}
