//! The command line: one variant for each command, each declared in the command's own file.

use std::path::PathBuf;

use clap::{Parser, Subcommand};

use crate::account::AccountCommand;
use crate::admin::AdminCommand;
use crate::audit::AuditCommand;
use crate::bench::BenchCommand;
use crate::config::command::ConfigCommand;
use crate::config::problem::ConfigError;
use crate::config::{self, Loaded};
use crate::contact::ContactCommand;
use crate::demo::DemoArgs;
use crate::device::DeviceCommand;
use crate::doctor::command::DoctorArgs;
use crate::group::GroupCommand;
use crate::import::command::ImportArgs;
use crate::phone::PhoneCommand;
use crate::policy::PolicyCommand;
use crate::remote::Over;
use crate::serve::ServeArgs;
use crate::switches::SwitchesCommand;

/// Fieldpost: a mobile messaging server that phones connect to with the mail app they have
#[derive(Debug, Parser)]
#[command(
    name = "fieldpost",
    version,
    disable_help_subcommand = true,
    after_help = "\
Exit codes:
  0  done
  1  failed; or, from doctor, something is wrong
  2  the command line or the configuration is wrong
  3  a part was done, or there was nothing to do

Configuration: the file given with --config, or ./fieldpost.toml, or /etc/fieldpost/fieldpost.toml.
`fieldpost config example` prints one with every setting explained.

Examples:
  fieldpost demo
  fieldpost doctor && fieldpost serve
  fieldpost account add alice@example.org"
)]
pub struct Cli {
    #[command(flatten)]
    pub globals: Globals,
    #[command(subcommand)]
    pub command: Command,
}

/// What every command takes.
#[derive(Debug, clap::Args)]
pub struct Globals {
    /// The configuration
    #[arg(long, global = true, value_name = "FILE", env = "FIELDPOST_CONFIG")]
    pub config: Option<PathBuf>,
    /// Print results as JSON
    #[arg(long, global = true)]
    pub json: bool,
}

impl Globals {
    /// Reads the configuration.
    pub fn load(&self) -> Result<Loaded, ConfigError> {
        config::load(self.config.as_deref())
    }
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    Demo(DemoArgs),
    Serve(ServeArgs),
    #[command(subcommand)]
    Account(AccountCommand),
    Admin(Over<AdminCommand>),
    Device(Over<DeviceCommand>),
    Policy(Over<PolicyCommand>),
    Switches(Over<SwitchesCommand>),
    Audit(Over<AuditCommand>),
    #[command(subcommand)]
    Group(GroupCommand),
    #[command(subcommand)]
    Contact(ContactCommand),
    Import(ImportArgs),
    #[command(subcommand)]
    Phone(PhoneCommand),
    #[command(subcommand)]
    Bench(BenchCommand),
    Doctor(DoctorArgs),
    #[command(subcommand)]
    Config(ConfigCommand),
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_well_formed() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_command_shows_examples() {
        fn check(command: &clap::Command) {
            let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
            assert!(help.contains("Example"), "{} has no examples", command.get_name());
            command.get_subcommands().for_each(check);
        }
        check(&Cli::command());
    }
}
