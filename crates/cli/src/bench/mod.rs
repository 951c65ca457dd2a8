//! `fieldpost bench`: measures an ActiveSync server, this one or any other, from a phone's side.
//!
//! The measurements are in [`fieldpost_phone::bench`]; here is how they are asked for and printed. Only
//! [`wbxml`], [`directory_search`] and [`administration`] measure this program itself.

mod administration;
mod delta_sync;
mod directory_search;
mod hold_pings;
mod initial_sync;
mod push_latency;
mod report;
mod target;
mod wbxml;

use clap::Subcommand;

use crate::cli::Globals;
use crate::exit::{Exit, Failure};

/// Measure an ActiveSync server by URL
#[derive(Debug, Subcommand)]
#[command(after_help = "\
Examples:
  fieldpost bench hold-pings --server https://127.0.0.1:8443 --user anna@example.org \\
      --password-file anna.txt --insecure --phones 1000 --server-pid $(pidof fieldpost)
  fieldpost bench initial-sync --server https://mail.example.org --user anna --password-file anna.txt
  fieldpost bench wbxml

Each prints what it measured, with --json as one object. Run it on a machine that has nothing else to do.")]
pub enum BenchCommand {
    HoldPings(hold_pings::HoldPingsArgs),
    PushLatency(push_latency::PushLatencyArgs),
    InitialSync(initial_sync::InitialSyncArgs),
    DeltaSync(delta_sync::DeltaSyncArgs),
    DirectorySearch(directory_search::DirectorySearchArgs),
    Administration(administration::AdministrationArgs),
    Wbxml(wbxml::WbxmlArgs),
}

/// Runs it.
pub async fn run(globals: &Globals, command: BenchCommand) -> Result<Exit, Failure> {
    fieldpost_net::limits::raise_open_files();
    match command {
        BenchCommand::HoldPings(args) => hold_pings::run(globals, args).await,
        BenchCommand::PushLatency(args) => push_latency::run(globals, args).await,
        BenchCommand::InitialSync(args) => initial_sync::run(globals, args).await,
        BenchCommand::DeltaSync(args) => delta_sync::run(globals, args).await,
        BenchCommand::DirectorySearch(args) => directory_search::run(globals, args).await,
        BenchCommand::Administration(args) => administration::run(globals, args).await,
        BenchCommand::Wbxml(args) => wbxml::run(globals, &args),
    }
}
