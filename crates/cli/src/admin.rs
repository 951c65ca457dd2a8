//! `fieldpost admin`: who may use the Mobile Administration, and how the server is; in the store or over the API
//! of a server. On the store the first owner is made, and whoever has locked themselves out is let in again.

pub mod token;

use clap::{Args, Subcommand, ValueEnum};
use fieldpost_domain::role::Role;
use serde_json::{Map, Value, json};

use self::token::TokenCommand;
use crate::account::{self, NewPassword, PasswordArgs};
use crate::acts::{self, Acts, path, text, word};
use crate::cli::Globals;
use crate::exit::{Exit, Failure};
use crate::output;
use crate::remote::Over;

/// Say who may use the Mobile Administration web tool, and in which role
///
/// Roles, each with what the one before may: view sees everything; help-desk releases, blocks and wipes
/// devices; policy decides policies, admission rules and switches; owner says who is an administrator.
#[derive(Debug, Subcommand)]
#[command(after_help = "\
Examples:
  fieldpost admin add root --role owner
  fieldpost admin add alice@example.org --as account --role help-desk
  fieldpost admin add support@example.org --as group --role view
  fieldpost admin token add monitoring --role view
  fieldpost admin health --server https://mail.example.org:8444 --token-file token
  fieldpost admin list --json")]
pub enum AdminCommand {
    /// Make an administrator
    #[command(after_help = "\
Examples:
  fieldpost admin add root --role owner --generate
  fieldpost admin add alice@example.org --as account --role policy")]
    Add {
        /// The name to sign in with; or the address of an account or a group
        name: String,
        /// What they may do
        #[arg(long, value_enum)]
        role: RoleArg,
        /// Somebody with a password of their own, or a mail account, or the members of a group
        #[arg(long = "as", value_enum, default_value = "own")]
        kind: KindArg,
        #[command(flatten)]
        password: PasswordArgs,
    },
    /// List all administrators
    #[command(after_help = "Example:\n  fieldpost admin list --json")]
    List,
    /// Set an administrator's own password, which ends their sessions
    #[command(after_help = "Example:\n  fieldpost admin passwd root --generate")]
    Passwd {
        /// The name to sign in with
        name: String,
        #[command(flatten)]
        password: PasswordArgs,
    },
    /// Give an administrator another role
    #[command(after_help = "Example:\n  fieldpost admin role alice@example.org owner --as account")]
    Role {
        #[command(flatten)]
        who: Who,
        /// What they may do
        #[arg(value_enum)]
        role: RoleArg,
    },
    /// Take the second factor away from an administrator who has lost it
    #[command(after_help = "Example:\n  fieldpost admin totp-reset root")]
    TotpReset {
        #[command(flatten)]
        who: Who,
    },
    /// Remove an administrator
    #[command(after_help = "Example:\n  fieldpost admin remove support@example.org --as group")]
    Remove {
        #[command(flatten)]
        who: Who,
    },
    #[command(subcommand)]
    Token(TokenCommand),
    /// Say how the server is: its database, its devices, and with --server what it is busy with
    #[command(after_help = "\
The exit code is 1 where the database can't be written.

Examples:
  fieldpost admin health
  fieldpost admin health --json --server https://mail.example.org:8444 --token-file token")]
    Health,
    /// Say how busy a running server was over the last day, in spans of five minutes
    #[command(after_help = "\
Example:
  fieldpost admin activity --server https://mail.example.org:8444 --token-file token")]
    Activity,
}

/// Which administrator.
#[derive(Debug, Args)]
pub struct Who {
    /// The name to sign in with; or the address of an account or a group
    name: String,
    /// What the name is of
    #[arg(long = "as", value_enum, default_value = "own")]
    kind: KindArg,
}

/// A role on the command line.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum RoleArg {
    /// Sees everything and changes nothing
    View,
    /// Releases, blocks and wipes devices
    HelpDesk,
    /// Decides policies, admission rules and switches
    Policy,
    /// Says who is an administrator
    Owner,
}

/// Who is meant by a name.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum KindArg {
    /// Somebody with a password of their own
    Own,
    /// A mail account, with the password of its mail
    Account,
    /// The members of a group of the address book
    Group,
}

impl From<RoleArg> for Role {
    fn from(role: RoleArg) -> Role {
        match role {
            RoleArg::View => Role::View,
            RoleArg::HelpDesk => Role::HelpDesk,
            RoleArg::Policy => Role::Policy,
            RoleArg::Owner => Role::Owner,
        }
    }
}

impl KindArg {
    /// The name by which the API knows it.
    fn name(self) -> &'static str {
        match self {
            KindArg::Own => "own",
            KindArg::Account => "account",
            KindArg::Group => "group",
        }
    }
}

impl Who {
    /// The path of the administrator, or of something that belongs to them.
    fn path(&self, of: &[&str]) -> String {
        let administrator = ["administrators", self.kind.name(), &self.name];
        path(&[&administrator, of].concat())
    }
}

/// Runs it.
pub async fn run(globals: &Globals, over: Over<AdminCommand>) -> Result<Exit, Failure> {
    // Ask before anything is opened: a mistyped password should cost nothing.
    let password = match &over.command {
        AdminCommand::Add { kind: KindArg::Own, password, .. } | AdminCommand::Passwd { password, .. } => {
            Some(account::new_password(password)?)
        }
        _ => None,
    };
    let mut acts = Acts::open(globals, &over.server).await?;
    let done = act(globals, &mut acts, over.command, password).await;
    acts.close().await;
    done
}

async fn act(
    globals: &Globals,
    acts: &mut Acts,
    command: AdminCommand,
    password: Option<NewPassword>,
) -> Result<Exit, Failure> {
    let done = match command {
        AdminCommand::List => return list(globals, acts).await,
        AdminCommand::Token(command) => return token::run(globals, acts, command).await,
        AdminCommand::Health => return health(globals, acts).await,
        AdminCommand::Activity => return activity(globals, acts).await,
        AdminCommand::Add { name, role, kind, .. } => {
            let who = Who { name, kind };
            if find(acts, &who).await?.is_some() {
                return Err(Failure::failed(format!(
                    "{} is an administrator already: fieldpost admin role gives another role",
                    who.name
                )));
            }
            let mut wanted = body(password.as_ref());
            wanted.insert("role".to_owned(), Role::from(role).name().into());
            acts.put(&who.path(&[]), &Value::Object(wanted)).await?
        }
        AdminCommand::Passwd { name, .. } => {
            let who = Who { name, kind: KindArg::Own };
            known(acts, &who).await?;
            acts.put(&who.path(&["password"]), &Value::Object(body(password.as_ref()))).await?
        }
        AdminCommand::Role { who, role } => {
            known(acts, &who).await?;
            acts.put(&who.path(&[]), &json!({"role": Role::from(role).name()})).await?
        }
        AdminCommand::TotpReset { who } => {
            let found = known(acts, &who).await?;
            acts.delete(&who.path(&["second-factor"])).await?;
            found
        }
        AdminCommand::Remove { who } => {
            let found = known(acts, &who).await?;
            acts.delete(&who.path(&[])).await?;
            found
        }
    };
    output::show(globals.json, &done, &line(&done))?;
    Ok(Exit::Done)
}

/// The password, where it is given; where one is to be made, the operation makes it.
fn body(password: Option<&NewPassword>) -> Map<String, Value> {
    let given = password.filter(|password| password.to_be_told().is_none());
    given.map(|password| ("password".to_owned(), password.text.clone().into())).into_iter().collect()
}

/// The administrator, if there is one.
async fn find(acts: &mut Acts, who: &Who) -> Result<Option<Value>, Failure> {
    let all = acts::rows(acts.get("/administrators").await?);
    let is_meant = |one: &Value| {
        text(one, "as") == who.kind.name() && text(one, "name").to_lowercase() == who.name.to_lowercase()
    };
    Ok(all.into_iter().find(is_meant))
}

async fn known(acts: &mut Acts, who: &Who) -> Result<Value, Failure> {
    find(acts, who).await?.ok_or_else(|| {
        Failure::usage(format!(
            "there is no such administrator {}: fieldpost admin list shows those that exist, and what to give \
             with --as",
            who.name
        ))
    })
}

/// An administrator on one line, and below it the password that was made.
fn line(administrator: &Value) -> String {
    let line = ["name", "as", "role"].map(|key| word(administrator, key)).join("\t");
    match text(administrator, "password") {
        "" => line,
        password => format!("{line}\npassword: {password}"),
    }
}

async fn list(globals: &Globals, acts: &mut Acts) -> Result<Exit, Failure> {
    let all = acts::rows(acts.get("/administrators").await?);
    output::list(globals.json, &all, line)?;
    if all.is_empty() {
        eprintln!(
            "there are no administrators yet: make the first with fieldpost admin add NAME --role owner"
        );
        return Ok(Exit::Partial);
    }
    Ok(Exit::Done)
}

async fn health(globals: &Globals, acts: &mut Acts) -> Result<Exit, Failure> {
    let health = acts.get("/health").await?;
    output::show(globals.json, &health, &healthy(&health))?;
    let writable = health.pointer("/database/writable").and_then(Value::as_bool) == Some(true);
    Ok(if writable { Exit::Done } else { Exit::Failed })
}

async fn activity(globals: &Globals, acts: &mut Acts) -> Result<Exit, Failure> {
    let spans = acts::rows(acts.get("/activity").await?);
    output::list(globals.json, &spans, span)?;
    if spans.is_empty() {
        eprintln!("how busy a server was is known to the running server alone: give --server");
        return Ok(Exit::Partial);
    }
    Ok(Exit::Done)
}

/// Five minutes in a line.
fn span(span: &Value) -> String {
    let number = |key: &str| span.get(key).and_then(Value::as_u64).unwrap_or_default();
    format!(
        "{}\t{} requests\t{} syncs\t{} errors\t{} phones waiting",
        word(span, "begin"),
        number("requests"),
        number("syncs"),
        number("errors"),
        number("waiting_phones")
    )
}

/// How the server is, in lines.
fn healthy(health: &Value) -> String {
    let empty = Map::new();
    let part = |key: &str| health.get(key).and_then(Value::as_object).unwrap_or(&empty);
    let mut lines = vec![format!("version\t{}", word(health, "version"))];
    for of in ["database", "devices", "versions", "backlog", "running"] {
        for (key, value) in part(of) {
            let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            lines.push(format!("{of}\t{}\t{value}", key.replace('_', " ")));
        }
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_administrator_and_a_server_in_lines() {
        let anna = json!({"name": "anna@example.org", "as": "account", "role": "view"});
        assert_eq!(line(&anna), "anna@example.org\taccount\tview");
        let root = json!({"name": "root", "as": "own", "role": "owner", "password": "a-b"});
        assert_eq!(line(&root), "root\town\towner\npassword: a-b");
        let health = json!({"version": "1", "database": {"writable": true}, "devices": {"allowed": 2}, "running": null});
        assert_eq!(healthy(&health), "version\t1\ndatabase\twritable\ttrue\ndevices\tallowed\t2");
    }
}
