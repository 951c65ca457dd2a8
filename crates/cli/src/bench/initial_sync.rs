//! `fieldpost bench initial-sync`: what the first sync of an Inbox costs.

use clap::Args;
use fieldpost_phone::bench::initial_sync::{self, InitialSync};

use super::report::measure;
use super::target::{BenchTarget, WishArgs};
use crate::cli::Globals;
use crate::exit::{Exit, Failure};

/// Fetch a whole Inbox with a new phone, and measure time, CPU and bytes
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  fieldpost bench initial-sync --server https://127.0.0.1:8443 --user anna@example.org \\
      --password-file password.txt --insecure --server-pid $(pidof fieldpost) --repeats 5 --json")]
pub struct InitialSyncArgs {
    #[command(flatten)]
    target: BenchTarget,
    #[command(flatten)]
    wish: WishArgs,
    /// How often, each time with a phone that the server has not seen
    #[arg(long, value_name = "NUMBER", default_value_t = 3)]
    repeats: usize,
}

/// Runs it.
pub async fn run(globals: &Globals, args: InitialSyncArgs) -> Result<Exit, Failure> {
    let target = args.target.measured()?;
    let bench = InitialSync { options: args.wish.options(), repeats: args.repeats };
    measure(globals, async |progress| initial_sync::run(&target, &bench, progress).await).await
}
