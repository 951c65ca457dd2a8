//! `fieldpost bench delta-sync`: what a few changes cost in a mailbox of any size.

use clap::Args;
use fieldpost_phone::bench::delta_sync::{self, Changes, DeltaSync};

use super::report::measure;
use super::target::{BenchTarget, RouteArgs, WishArgs};
use crate::cli::Globals;
use crate::exit::{Exit, Failure};

/// Change a few items of a synchronised Inbox or calendar, and measure the Sync that fetches the changes
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  fieldpost bench delta-sync --server https://127.0.0.1:8443 --user anna@example.org \\
      --password-file password.txt --insecure --server-pid $(pidof fieldpost) --changes 10 --json")]
pub struct DeltaSyncArgs {
    #[command(flatten)]
    target: BenchTarget,
    #[command(flatten)]
    wish: WishArgs,
    /// Changes that each Sync fetches
    #[arg(long, value_name = "NUMBER", default_value_t = 10)]
    changes: usize,
    /// Mark messages on another phone of the account, rather than deliver new ones
    #[arg(long, conflicts_with_all = ["lmtp", "smtp"])]
    mark: bool,
    /// Change the subjects of events on another phone of the account, in a calendar that has some
    #[arg(long, conflicts_with_all = ["mark", "lmtp", "smtp"])]
    events: bool,
    #[command(flatten)]
    route: RouteArgs,
    /// How often
    #[arg(long, value_name = "NUMBER", default_value_t = 10)]
    repeats: usize,
}

/// Runs it.
pub async fn run(globals: &Globals, args: DeltaSyncArgs) -> Result<Exit, Failure> {
    let target = args.target.measured()?;
    let changes = match (args.mark, args.events) {
        (true, _) => Changes::Marked,
        (_, true) => Changes::Events,
        _ => Changes::Delivered(args.route.route()),
    };
    let bench =
        DeltaSync { options: args.wish.options(), changes, count: args.changes, repeats: args.repeats };
    measure(globals, async |progress| delta_sync::run(&target, &bench, progress).await).await
}
