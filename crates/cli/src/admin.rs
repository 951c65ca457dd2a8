//! `fieldpost admin`: who may use the Mobile Administration. Works on the store directly, so the first owner
//! is made here, and whoever has locked themselves out is let in again.

pub mod token;

use std::fmt;
use std::sync::Arc;

use clap::{Args, Subcommand, ValueEnum};
use fieldpost_domain::role::Role;
use fieldpost_server::administration::{ActError, Actor, Administration};
use fieldpost_server::clock::SystemClock;
use fieldpost_server::entropy::SystemEntropy;
use fieldpost_store::{Administrator, AdministratorKind};
use serde::Serialize;

use self::token::TokenCommand;
use crate::account::{self, PasswordArgs};
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
    Token(Over<TokenCommand>),
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

impl From<KindArg> for AdministratorKind {
    fn from(kind: KindArg) -> AdministratorKind {
        match kind {
            KindArg::Own => AdministratorKind::Own,
            KindArg::Account => AdministratorKind::Account,
            KindArg::Group => AdministratorKind::Group,
        }
    }
}

impl From<ActError> for Failure {
    fn from(error: ActError) -> Failure {
        match error {
            ActError::NotFound { .. } | ActError::Invalid(_) => Failure::usage(error),
            error => Failure::failed(error),
        }
    }
}

/// An administrator as printed.
#[derive(Debug, Serialize)]
struct Shown {
    name: String,
    r#as: &'static str,
    role: Role,
    #[serde(skip_serializing_if = "Option::is_none")]
    password: Option<String>,
}

impl Shown {
    fn new(administrator: &Administrator, password: Option<String>) -> Shown {
        let kind = match administrator.kind {
            AdministratorKind::Own => "own",
            AdministratorKind::Account => "account",
            AdministratorKind::Group => "group",
        };
        Shown { name: administrator.name.clone(), r#as: kind, role: administrator.role, password }
    }
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\t{}\t{}", self.name, self.r#as, self.role)?;
        match &self.password {
            Some(password) => write!(f, "\npassword: {password}"),
            None => Ok(()),
        }
    }
}

/// Runs it.
pub async fn run(globals: &Globals, command: AdminCommand) -> Result<Exit, Failure> {
    let command = match command {
        AdminCommand::Token(over) => return token::run(globals, over).await,
        command => command,
    };
    let loaded = globals.load()?;
    // Ask before anything is opened: a mistyped password should cost nothing.
    let password = match &command {
        AdminCommand::Add { kind: KindArg::Own, password, .. } | AdminCommand::Passwd { password, .. } => {
            Some(account::new_password(password)?)
        }
        _ => None,
    };
    let store = account::open_store(&loaded.config).await?;
    let administration = Administration::of_store(store.clone(), Arc::new(SystemClock));
    let done = act(globals, &administration, command, password).await;
    store.close().await;
    done
}

async fn act(
    globals: &Globals,
    administration: &Administration,
    command: AdminCommand,
    password: Option<account::NewPassword>,
) -> Result<Exit, Failure> {
    let actor = Actor::local();
    let shown = password.as_ref().and_then(account::NewPassword::to_be_told);
    let text = password.map(|password| password.text).unwrap_or_default();
    let done = match command {
        AdminCommand::List => return list(globals, administration).await,
        AdminCommand::Token(over) => return token::run(globals, over).await,
        AdminCommand::Add { name, role, kind, .. } => {
            let password = Some((text, Arc::new(SystemEntropy) as _));
            administration.add_administrator(&actor, kind.into(), &name, role.into(), password).await?
        }
        AdminCommand::Passwd { name, .. } => {
            let found = find(administration, &Who { name, kind: KindArg::Own }).await?;
            let entropy = Arc::new(SystemEntropy);
            administration.set_administrator_password(&actor, found.id, text, entropy).await?
        }
        AdminCommand::Role { who, role } => {
            let found = find(administration, &who).await?;
            administration.set_administrator_role(&actor, found.id, role.into()).await?
        }
        AdminCommand::TotpReset { who } => {
            let found = find(administration, &who).await?;
            administration.reset_second_factor(&actor, found.id).await?
        }
        AdminCommand::Remove { who } => {
            let found = find(administration, &who).await?;
            administration.remove_administrator(&actor, found.id).await?
        }
    };
    let shown = Shown::new(&done, shown);
    output::show(globals.json, &shown, &shown)?;
    Ok(Exit::Done)
}

async fn find(administration: &Administration, who: &Who) -> Result<Administrator, Failure> {
    let found = administration.store().administrator_by_name(who.kind.into(), &who.name).await?;
    found.ok_or_else(|| {
        Failure::usage(format!(
            "there is no such administrator {}: fieldpost admin list shows those that exist, and what to give \
             with --as",
            who.name
        ))
    })
}

async fn list(globals: &Globals, administration: &Administration) -> Result<Exit, Failure> {
    let all = administration.administrators(&Actor::local()).await?;
    let shown: Vec<Shown> = all.iter().map(|administrator| Shown::new(administrator, None)).collect();
    output::list(globals.json, &shown, Shown::to_string)?;
    if shown.is_empty() {
        eprintln!(
            "there are no administrators yet: make the first with fieldpost admin add NAME --role owner"
        );
        return Ok(Exit::Partial);
    }
    Ok(Exit::Done)
}
