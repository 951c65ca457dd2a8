//! `fieldpost phone`: a simulated phone that speaks to any ActiveSync server by URL.
//!
//! [`target`] is what every one of its commands, and of `fieldpost bench`, is told about the server.

use clap::Subcommand;

use crate::cli::Globals;
use crate::exit::{Exit, Failure};

mod send;
pub mod steps;
mod sync;
pub mod target;
mod watch;

/// Be a phone: sync, watch or send against any ActiveSync server
#[derive(Debug, Subcommand)]
#[command(after_help = "\
Examples:
  fieldpost phone sync --server https://mail.example.org --user alice --password-file alice.txt
  fieldpost phone watch --server https://mail.example.org --user alice --password-file alice.txt
  fieldpost phone send --server https://mail.example.org --user alice --password-file alice.txt \\
      --to bob@example.org --subject Hello --body \"How are you?\"")]
pub enum PhoneCommand {
    Sync(sync::SyncArgs),
    Watch(watch::WatchArgs),
    Send(send::SendArgs),
}

/// Runs it.
pub async fn run(globals: &Globals, command: PhoneCommand) -> Result<Exit, Failure> {
    match command {
        PhoneCommand::Sync(args) => sync::run(globals, args).await,
        PhoneCommand::Watch(args) => watch::run(globals, args).await,
        PhoneCommand::Send(args) => send::run(globals, args).await,
    }
}
