//! `fieldpost phone watch`: waits for news as a phone does, and says what came.

use clap::Args;
use fieldpost_phone::scenario::{self, Watch};

use super::steps::Steps;
use super::target::Target;
use crate::cli::Globals;
use crate::exit::{Exit, Failure};

/// Wait for news with Ping, fetch what is new, and print it as it comes
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  fieldpost phone watch --server https://mail.example.org --user alice --password-file alice.txt
  fieldpost phone watch --server https://mail.example.org --user alice --password-file alice.txt \\
      --pushes 1 --json

It runs until it is interrupted, or has been told of news --pushes times. A connection that breaks is
made again, as phones do.")]
pub struct WatchArgs {
    #[command(flatten)]
    target: Target,
    /// Seconds that one Ping waits; a server that wants another time is obeyed
    #[arg(long, value_name = "SECONDS", default_value_t = 540)]
    heartbeat: u32,
    /// End after so many pieces of news
    #[arg(long, value_name = "NUMBER")]
    pushes: Option<usize>,
    /// End after so many failures in a row
    #[arg(long, value_name = "NUMBER")]
    failures: Option<usize>,
}

/// Runs it.
pub async fn run(globals: &Globals, args: WatchArgs) -> Result<Exit, Failure> {
    let mut phone = args.target.phone(None)?;
    let mut steps = Steps::new(globals.json);
    scenario::connect(&mut phone, args.target.speak(), &mut steps).await.map_err(Failure::failed)?;
    scenario::sync_all_mail(&mut phone, &mut steps).await.map_err(Failure::failed)?;
    let watch = Watch { heartbeat: args.heartbeat, pushes: args.pushes, failures: args.failures };
    scenario::watch(&mut phone, watch, &mut steps).await.map_err(Failure::failed)?;
    Ok(Exit::Done)
}
