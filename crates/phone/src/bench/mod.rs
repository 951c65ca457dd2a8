//! Measures an ActiveSync server from a phone's side, by URL, and its process through `/proc` where it
//! runs on the same machine. Everything is bounded in count and time; each measurement returns a
//! plain report.
//!
//! [`hold_pings`]: what a waiting phone costs. [`push_latency`]: how soon it hears. [`initial_sync`]
//! and [`delta_sync`]: what synchronising costs.

pub mod courier;
pub mod delta_sync;
pub mod distribution;
mod fleet;
pub mod hold_pings;
mod holders;
pub mod initial_sync;
pub mod process;
pub mod push_latency;

use std::sync::Arc;

use secrecy::SecretString;

use fieldpost_eas::version::Version;

use crate::error::PhoneError;
use crate::identity::{Identity, QueryForm};
use crate::lmtp::DeliveryError;
use crate::transport::{Connector, Timeouts, TransportError, Trust};

pub use distribution::Distribution;

/// The server to measure, and who may log in there.
#[derive(Debug, Clone)]
pub struct Target {
    /// Its URL.
    pub url: String,
    /// How its certificate is checked.
    pub trust: Trust,
    /// Bounds of a request.
    pub timeouts: Timeouts,
    /// Version that the phones speak.
    pub version: Version,
    /// Form of their queries.
    pub query: QueryForm,
    /// Accounts; phones are spread over them evenly. At least one.
    pub logins: Vec<Login>,
    /// What device ids begin with: letters and digits. The same prefix means the same phones again.
    pub device_prefix: String,
    /// Processes of the server on this machine, whose children count too. Empty: not measured.
    pub server_pids: Vec<u32>,
}

/// One account.
#[derive(Debug, Clone)]
pub struct Login {
    /// What it logs in with.
    pub user: String,
    /// The password.
    pub password: SecretString,
    /// Its address, for deliveries.
    pub address: String,
}

impl Target {
    fn connector(&self) -> Result<Arc<Connector>, TransportError> {
        Ok(Arc::new(Connector::new(&self.url, &self.trust, self.timeouts)?))
    }

    /// Who the phone with this number is.
    fn identity(&self, number: usize) -> Result<Identity, BenchError> {
        let login = self.login(number)?;
        let device_id = format!("{}{number:06}", self.device_prefix);
        Ok(Identity::new(login.user.clone(), login.password.clone())?
            .with_device_id(&device_id)?
            .with_version(self.version)
            .with_query(self.query))
    }

    fn login(&self, number: usize) -> Result<&Login, BenchError> {
        let at = number.checked_rem(self.logins.len()).ok_or(BenchError::NoAccounts)?;
        self.logins.get(at).ok_or(BenchError::NoAccounts)
    }
}

/// Why a measurement has no result.
#[derive(Debug, thiserror::Error)]
pub enum BenchError {
    /// No account to log in with.
    #[error("no account was given to log in with")]
    NoAccounts,
    /// A phone failed while it was set up.
    #[error("phone {number} ({user}): {source}")]
    Phone {
        /// Its number.
        number: usize,
        /// Its account.
        user: String,
        /// Why.
        source: PhoneError,
    },
    /// A phone failed.
    #[error(transparent)]
    Any(#[from] PhoneError),
    /// No connection can be made at all.
    #[error(transparent)]
    Transport(#[from] TransportError),
    /// A message could not be delivered.
    #[error(transparent)]
    Delivery(#[from] DeliveryError),
    /// The account has no Inbox.
    #[error("the server shows {0} no Inbox")]
    NoInbox(String),
    /// The mailbox does not hold what the measurement needs.
    #[error("the folder of {user} has {has} items; this measurement needs {needs}")]
    TooFewItems {
        /// The account.
        user: String,
        /// Items there.
        has: usize,
        /// Items needed.
        needs: usize,
    },
    /// There is no calendar among the folders.
    #[error("the server shows no calendar")]
    NoCalendar,
    /// This process may not open enough connections.
    #[error(
        "{wanted} connections need more open files than this process may have ({allowed}); raise the limit, for instance with `ulimit -n {}`",
        wanted + 200
    )]
    OpenFiles {
        /// Connections wanted.
        wanted: usize,
        /// Files that may be open.
        allowed: u64,
    },
    /// `/proc` does not tell about the server's process.
    #[error(
        "process {pid} of the server cannot be measured: {source}; is the number right, and does it run as the same user?"
    )]
    Process {
        /// Its id.
        pid: u32,
        /// The system's word for it.
        source: std::io::Error,
    },
    /// Too few answers to say anything.
    #[error("{0}")]
    NothingMeasured(&'static str),
}
