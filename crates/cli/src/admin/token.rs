//! `fieldpost admin token`: who may use the API.

use clap::Subcommand;
use fieldpost_domain::role::Role;
use serde_json::{Value, json};

use super::RoleArg;
use crate::acts::{self, Acts, path, text, word};
use crate::cli::Globals;
use crate::exit::{Exit, Failure};
use crate::output;

/// Make tokens for programs that use the API, list and remove them
#[derive(Debug, Subcommand)]
#[command(after_help = "\
Examples:
  fieldpost admin token add help-desk-portal --role help-desk --days 365
  fieldpost admin token list --json
  fieldpost admin token remove help-desk-portal")]
pub enum TokenCommand {
    /// Make a token, and print what proves it, this once
    #[command(after_help = "\
Examples:
  fieldpost admin token add monitoring --role view
  fieldpost admin token add laptop --role owner --days 30 --json | jq -r .secret > token")]
    Add {
        /// Its name, by which the transaction log knows who acted
        name: String,
        /// What it may do
        #[arg(long, value_enum)]
        role: RoleArg,
        /// Days that it is good for; without it, until it is removed
        #[arg(long, value_name = "COUNT")]
        days: Option<u32>,
    },
    /// List all tokens, without what proves them
    #[command(after_help = "Example:\n  fieldpost admin token list")]
    List,
    /// Remove a token: it is good for nothing from now on
    #[command(after_help = "Example:\n  fieldpost admin token remove monitoring")]
    Remove {
        /// Its name
        name: String,
    },
}

/// Runs it.
pub async fn run(globals: &Globals, acts: &mut Acts, command: TokenCommand) -> Result<Exit, Failure> {
    match command {
        TokenCommand::Add { name, role, days } => {
            let wanted = json!({"role": Role::from(role).name(), "days": days});
            let made = acts.put(&path(&["tokens", &name]), &wanted).await?;
            let shown = format!("{}\nsecret: {}", line(&made), text(&made, "secret"));
            output::show(globals.json, &made, &shown)?;
            Ok(Exit::Done)
        }
        TokenCommand::List => {
            let tokens = acts::rows(acts.get("/tokens").await?);
            output::list(globals.json, &tokens, line)?;
            if tokens.is_empty() {
                eprintln!(
                    "there are no tokens yet: make the first with fieldpost admin token add NAME --role ROLE"
                );
                return Ok(Exit::Partial);
            }
            Ok(Exit::Done)
        }
        TokenCommand::Remove { name } => {
            acts.delete(&path(&["tokens", &name])).await?;
            output::done(globals.json, &json!({"removed": name}))?;
            Ok(Exit::Done)
        }
    }
}

fn line(token: &Value) -> String {
    let until = match text(token, "expires") {
        "" => "without an end".to_owned(),
        until => format!("until {until}"),
    };
    let used = match text(token, "used") {
        "" => "not used yet".to_owned(),
        used => format!("used {used}"),
    };
    format!(
        "{}\t{}\t{until}\t{used}\tmade by {}",
        word(token, "name"),
        word(token, "role"),
        word(token, "made_by")
    )
}
