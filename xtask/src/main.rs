//! Developer tasks, run as `cargo xtask <task>`: [`tidy`] checks the shape of the code, [`ledger`] keeps the
//! list of protocol requirements that tests cite, [`test`] installs and starts what the tests need and runs
//! them all.

mod ledger;
mod source;
mod test;
mod tidy;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Why a task ended early, in a sentence for the developer.
type Trouble = Box<dyn std::error::Error>;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Developer tasks of Fieldpost")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Check the shape of the code: arrows between crates, module comments, clock and randomness.
    Tidy,
    /// Write docs/CONFORMANCE.md: which protocol requirements the tests cite.
    Ledger {
        /// Write nothing; fail if the file is not what would be written.
        #[arg(long)]
        check: bool,
    },
    /// Install and start what the tests need, run all tests, and clean up.
    Test {
        /// Run only tests whose name contains this.
        #[arg(long, value_name = "FILTER")]
        only: Option<String>,
        /// Run only the tests of this package; may be given more than once.
        #[arg(long, value_name = "NAME")]
        package: Vec<String>,
        /// Leave out the tests that need PostgreSQL.
        #[arg(long)]
        no_postgres: bool,
    },
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().task {
        Task::Tidy => tidy::run(),
        Task::Ledger { check } => ledger::run(check),
        Task::Test { only, package, no_postgres } => test::run(only.as_deref(), &package, !no_postgres),
    };
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(trouble) => {
            eprintln!("error: {trouble}");
            ExitCode::FAILURE
        }
    }
}
