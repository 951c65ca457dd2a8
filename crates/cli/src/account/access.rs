//! `fieldpost account list`, `disable` and `enable`: in the store, or over the API of a server.

use clap::Args;
use serde_json::{Value, json};

use crate::acts::{Acts, path, query, rows, text, word};
use crate::cli::Globals;
use crate::exit::{Exit, Failure};
use crate::output;
use crate::remote::ServerArgs;

/// Accounts that are asked for at once.
const PORTION: usize = 500;

/// List accounts
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  fieldpost account list --json
  fieldpost account list --text smith --disabled true")]
pub struct ListArgs {
    /// Those of which each word is part of the name or of an address
    #[arg(long, value_name = "WORDS")]
    text: Option<String>,
    /// Those that are disabled, or those that are not
    #[arg(long, value_name = "TRUE|FALSE")]
    disabled: Option<bool>,
    #[command(flatten)]
    server: ServerArgs,
}

// Its help is that of the command.
#[derive(Debug, Args)]
pub struct AccessArgs {
    /// Address of the account
    address: String,
    #[command(flatten)]
    server: ServerArgs,
}

/// Lists accounts.
pub async fn list(globals: &Globals, args: ListArgs) -> Result<Exit, Failure> {
    let mut acts = Acts::open(globals, &args.server).await?;
    let listed = all(&mut acts, &args).await;
    acts.close().await;
    let accounts = listed?;
    output::list(globals.json, &accounts, line)?;
    if accounts.is_empty() {
        match args.text.is_some() || args.disabled.is_some() {
            true => eprintln!("no account is as asked for"),
            false => eprintln!("there are no accounts yet: make one with fieldpost account add ADDRESS"),
        }
        return Ok(Exit::Partial);
    }
    Ok(Exit::Done)
}

async fn all(acts: &mut Acts, args: &ListArgs) -> Result<Vec<Value>, Failure> {
    let mut accounts = Vec::new();
    let mut after: Option<String> = None;
    loop {
        let asked = query(&[
            ("text", args.text.clone()),
            ("disabled", args.disabled.map(|disabled| disabled.to_string())),
            ("limit", Some(PORTION.to_string())),
            ("after", after),
        ]);
        let mut page = acts.get(&format!("/accounts{asked}")).await?;
        accounts.extend(rows(page.get_mut("accounts").map(Value::take).unwrap_or_default()));
        after = page.get("next").and_then(Value::as_str).map(str::to_owned);
        if after.is_none() {
            return Ok(accounts);
        }
    }
}

/// Lets nobody sign in to an account any more, or its user again.
pub async fn set_disabled(globals: &Globals, args: AccessArgs, disabled: bool) -> Result<Exit, Failure> {
    let mut acts = Acts::open(globals, &args.server).await?;
    let done = async {
        let place = ["accounts", args.address.as_str()];
        acts.put(&path(&[&place[..], &["disabled"]].concat()), &json!({ "disabled": disabled })).await?;
        acts.get(&path(&place)).await
    };
    let done = done.await;
    acts.close().await;
    let account = done?;
    output::show(globals.json, &account, &line(&account))?;
    Ok(Exit::Done)
}

fn line(account: &Value) -> String {
    let mut line = format!("{}\t{}", word(account, "address"), word(account, "name"));
    let aliases = rows(account.get("aliases").cloned().unwrap_or_default());
    let aliases: Vec<&str> = aliases.iter().filter_map(Value::as_str).collect();
    if !aliases.is_empty() {
        line += &format!("\talso {}", aliases.join(", "));
    }
    if account.get("disabled") == Some(&Value::Bool(true)) {
        line += "\tdisabled";
    }
    match text(account, "time_zone") {
        "" => {}
        zone => line += &format!("\tin {zone}"),
    }
    line
}
