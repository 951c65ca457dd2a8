//! `fieldpost phone sync`: all mail folders, to the end.

use std::path::PathBuf;

use clap::Args;
use fieldpost_phone::scenario;

use super::steps::Steps;
use super::target::{Memory, Target};
use crate::cli::Globals;
use crate::exit::{Exit, Failure};

/// Synchronise all mail folders and say what came
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  fieldpost phone sync --server https://mail.example.org --user alice --password-file alice.txt
  fieldpost phone sync --server https://127.0.0.1:8443 --user alice --password-file alice.txt \\
      --authority certificate/authority.pem --version 12.1 --state alice.json --json

With --state, the next run with the same file brings only what changed since. With --json, each step is
an object on a line of its own.

Exit code: 0 all folders were synchronised, 1 not, 2 wrong usage, 3 some were not.")]
pub struct SyncArgs {
    #[command(flatten)]
    target: Target,
    /// Remember what was synchronised in this file
    #[arg(long, value_name = "FILE")]
    state: Option<PathBuf>,
}

/// Runs it.
pub async fn run(globals: &Globals, args: SyncArgs) -> Result<Exit, Failure> {
    let memory = args.state.as_deref().map(Memory::load).transpose()?.flatten();
    let mut phone = args.target.phone(memory)?;
    let mut steps = Steps::new(globals.json);
    scenario::connect(&mut phone, args.target.speak(), &mut steps).await.map_err(Failure::failed)?;
    let synced = scenario::sync_all_mail(&mut phone, &mut steps).await;
    // What did come is remembered, whatever became of the rest.
    if let Some(path) = &args.state {
        Memory::save(&phone, path)?;
    }
    synced.map_err(Failure::failed)?;
    Ok(if steps.failed { Exit::Partial } else { Exit::Done })
}
