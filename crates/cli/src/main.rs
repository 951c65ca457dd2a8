//! The one binary, `fieldpost`. [`cli`] has the command line, one variant for each command, and each
//! command is a module of its own: [`account`], [`import`], [`doctor`], and so on. The meaning is in the
//! other crates; what is here reads the configuration, puts the parts together and speaks to people.

mod account;
mod acts;
mod admin;
mod audit;
mod bench;
mod cli;
mod config;
mod contact;
mod demo;
mod device;
mod doctor;
mod exit;
mod group;
mod import;
mod logging;
mod output;
mod phone;
mod policy;
mod remote;
mod serve;
mod settings;
mod switches;

use std::process::ExitCode;

use clap::Parser;

use crate::cli::{Cli, Command};
use crate::exit::{Exit, Failure};

/// Gives memory back to the system once it is not used any more: thousands of phones may vanish at once,
/// and the system's own allocator would keep what they needed.
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() -> ExitCode {
    let cli = Cli::parse();
    match run(cli) {
        Ok(exit) => exit.into(),
        Err(failure) => {
            eprintln!("fieldpost: {failure}");
            failure.code()
        }
    }
}

fn run(cli: Cli) -> Result<Exit, Failure> {
    let Cli { globals, command } = cli;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        match command {
            Command::Account(command) => account::run(&globals, command).await,
            Command::Admin(command) => admin::run(&globals, command).await,
            Command::Device(command) => device::run(&globals, command).await,
            Command::Policy(command) => policy::run(&globals, command).await,
            Command::Switches(command) => switches::run(&globals, command).await,
            Command::Audit(command) => audit::run(&globals, command).await,
            Command::Group(command) => group::run(&globals, command).await,
            Command::Contact(command) => contact::run(&globals, command).await,
            Command::Import(args) => import::command::run(&globals, args).await,
            Command::Phone(command) => phone::run(&globals, command).await,
            Command::Doctor(args) => doctor::command::run(&globals, args).await,
            Command::Demo(args) => demo::run(args).await,
            Command::Bench(command) => bench::run(&globals, command).await,
            Command::Serve(args) => serve::run(&globals, args).await,
            Command::Config(command) => config::command::run(&globals, &command),
        }
    })
}
