//! How a command ends. The numbers are part of the interface: `fieldpost --help` lists them.

use std::fmt;
use std::process::ExitCode;

use fieldpost_domain::BackendError;
use fieldpost_server::administration::ActError;
use fieldpost_store::StoreError;

use crate::config::problem::{ConfigError, Problem};

/// How a command ended that did what it could.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// All that was asked for was done.
    Done = 0,
    /// It was looked into, and something is wrong.
    Failed = 1,
    /// A part was done, or there was nothing to do.
    Partial = 3,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(exit as u8)
    }
}

/// Why a command was not carried out.
#[derive(Debug)]
pub enum Failure {
    /// The command line or the configuration is wrong: exit code 2, as clap has it.
    Usage(String),
    /// Anything else: exit code 1.
    Failed(String),
}

impl Failure {
    /// The command line or the configuration is wrong.
    #[expect(clippy::needless_pass_by_value, reason = "errors come as values")]
    pub fn usage(what: impl ToString) -> Failure {
        Failure::Usage(what.to_string())
    }

    /// Something went wrong.
    #[expect(clippy::needless_pass_by_value, reason = "errors come as values")]
    pub fn failed(what: impl ToString) -> Failure {
        Failure::Failed(what.to_string())
    }

    /// The exit code.
    pub fn code(&self) -> ExitCode {
        ExitCode::from(match self {
            Failure::Failed(_) => 1,
            Failure::Usage(_) => 2,
        })
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Usage(what) | Failure::Failed(what) => f.write_str(what),
        }
    }
}

impl From<ConfigError> for Failure {
    fn from(error: ConfigError) -> Failure {
        Failure::usage(error)
    }
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Failure {
        Failure::usage(problem)
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Failure {
        match error {
            StoreError::Url { .. } | StoreError::BadAddress(_) => Failure::usage(error),
            error => Failure::failed(error),
        }
    }
}

impl From<ActError> for Failure {
    fn from(error: ActError) -> Failure {
        match error {
            ActError::NotFound { .. } | ActError::Invalid(_) => Failure::usage(error),
            error => Failure::failed(error),
        }
    }
}

impl From<BackendError> for Failure {
    fn from(error: BackendError) -> Failure {
        Failure::failed(error)
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Failure {
        Failure::failed(error)
    }
}
