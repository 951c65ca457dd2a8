//! `fieldpost bench push-latency`: how soon a waiting phone hears of a message.

use std::time::Duration;

use clap::Args;
use fieldpost_phone::bench::push_latency::{self, PushLatency};

use super::hold_pings::RampArgs;
use super::report::measure;
use super::target::{BenchTarget, RouteArgs};
use crate::cli::Globals;
use crate::exit::{Exit, Failure};

/// Deliver messages while phones wait, and measure how soon they are told
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  fieldpost bench push-latency --server https://127.0.0.1:8443 --user 'user{}@example.org' --accounts 100 \\
      --password-file password.txt --insecure --phones 1000 --messages 100 --lmtp 127.0.0.1:2424 --json")]
pub struct PushLatencyArgs {
    #[command(flatten)]
    target: BenchTarget,
    /// Phones that wait, up to 20000, spread over the accounts
    #[arg(long, value_name = "NUMBER", default_value_t = 100)]
    phones: usize,
    #[command(flatten)]
    ramp: RampArgs,
    /// Messages, one after the other
    #[arg(long, value_name = "NUMBER", default_value_t = 100)]
    messages: usize,
    #[command(flatten)]
    route: RouteArgs,
    /// Seconds after which a push counts as missed
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    patience: u64,
    /// Milliseconds between a message's last push and the next message
    #[arg(long, value_name = "MILLISECONDS", default_value_t = 500)]
    pause: u64,
}

/// Runs it.
pub async fn run(globals: &Globals, args: PushLatencyArgs) -> Result<Exit, Failure> {
    let target = args.target.measured()?;
    let bench = PushLatency {
        phones: args.phones,
        ramp: args.ramp.ramp(),
        messages: args.messages,
        route: args.route.route(),
        patience: Duration::from_secs(args.patience),
        pause: Duration::from_millis(args.pause),
    };
    measure(globals, async |progress| push_latency::run(&target, &bench, progress).await).await
}
