//! `fieldpost bench hold-pings`: what a waiting phone costs the server.

use std::time::Duration;

use clap::Args;
use fieldpost_phone::bench::hold_pings::{self, HoldPings, Ramp};

use super::report::measure;
use super::target::BenchTarget;
use crate::cli::Globals;
use crate::exit::{Exit, Failure};

/// Let phones wait and measure the server's memory for each, and its CPU while nothing happens
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  fieldpost bench hold-pings --server https://127.0.0.1:8443 --user 'user{}@example.org' --accounts 100 \\
      --password-file password.txt --insecure --phones 10000 --server-pid $(pidof fieldpost) --json")]
pub struct HoldPingsArgs {
    #[command(flatten)]
    target: BenchTarget,
    /// Phones that wait, up to 20000, spread over the accounts
    #[arg(long, value_name = "NUMBER", default_value_t = 1000)]
    phones: usize,
    #[command(flatten)]
    ramp: RampArgs,
    /// Seconds to watch the server do nothing
    #[arg(long, value_name = "SECONDS", default_value_t = 20)]
    idle: u64,
}

/// How phones are made to wait.
#[derive(Debug, Args)]
pub struct RampArgs {
    /// Connections opened in a second
    #[arg(long, value_name = "NUMBER", default_value_t = 300)]
    per_second: u32,
    /// Seconds that a Ping waits
    #[arg(long, value_name = "SECONDS", default_value_t = 1800)]
    heartbeat: u32,
}

impl RampArgs {
    /// As the measurements take it.
    pub fn ramp(&self) -> Ramp {
        Ramp { per_second: self.per_second, heartbeat: self.heartbeat, ..Ramp::default() }
    }
}

/// Runs it.
pub async fn run(globals: &Globals, args: HoldPingsArgs) -> Result<Exit, Failure> {
    let target = args.target.measured()?;
    let bench = HoldPings {
        phones: args.phones,
        ramp: args.ramp.ramp(),
        idle: Duration::from_secs(args.idle),
        ..HoldPings::default()
    };
    measure(globals, async |progress| hold_pings::run(&target, &bench, progress).await).await
}
