//! What can go wrong for a phone, in words for whoever drives it.

use std::time::Duration;

use fieldpost_eas::codec::DecodeError;
use fieldpost_eas::command::CommandName;
use fieldpost_eas::http::EnvelopeError;
use fieldpost_eas::http::base64_query::EncodeError;
use fieldpost_eas::http::multipart::MultipartError;
use fieldpost_eas::version::Version;

use crate::transport::TransportError;

/// Why a phone did not get what it asked for.
#[derive(Debug, thiserror::Error)]
pub enum PhoneError {
    /// No answer. A Sync is kept as it was and repeated by the next one.
    #[error(transparent)]
    Transport(#[from] TransportError),
    /// User name or password is wrong (HTTP 401).
    #[error("the server does not accept user name and password (HTTP 401)")]
    Unauthorized,
    /// The account or the device is not let in (HTTP 403).
    #[error("the server refuses this account or device (HTTP 403)")]
    Forbidden,
    /// Another HTTP status that is no success.
    #[error("{command} was answered with HTTP {status}")]
    Http {
        /// What was asked.
        command: &'static str,
        /// The HTTP status.
        status: u16,
    },
    /// The server was asked to wait too often or too long (HTTP 503, status 111).
    #[error("the server is not available: {command} put off {tries} times, last for {retry_after:?}")]
    Unavailable {
        /// What was asked.
        command: &'static str,
        /// How often it was tried.
        tries: u32,
        /// How long the server wants the phone to wait; `None` if it does not say.
        retry_after: Option<Duration>,
    },
    /// The command was refused with a protocol status.
    #[error("{command} was answered with status {status}{}", meaning(*.command, *.status))]
    Status {
        /// What was asked.
        command: CommandName,
        /// The status.
        status: u8,
    },
    /// The server wants its policy obeyed, and then says it again.
    #[error("the server asks for provisioning again and again")]
    ProvisioningLoop,
    /// The server wants a policy obeyed, and this phone knows none.
    #[error("the server wants its policy obeyed, and this phone knows no policies")]
    KnowsNoPolicies,
    /// The policy could not be had, or its acknowledgement was refused.
    #[error("the server refuses to hand out its policy: policy status {0}")]
    Policy(u8),
    /// The server ordered a wipe; it was acknowledged and the phone is empty.
    #[error("the server had this {} wiped", if *.account_only { "account" } else { "phone" })]
    Wiped {
        /// Only the account (16.1).
        account_only: bool,
    },
    /// The server ordered a wipe, and the phone said that it could not.
    #[error("the server wanted this {} wiped, and it could not be", if *.account_only { "account" } else { "phone" })]
    WipeFailed {
        /// Only the account (16.1).
        account_only: bool,
    },
    /// One redirection after the other (HTTP 451).
    #[error("the server redirects without end, last to {0}")]
    RedirectLoop(String),
    /// An answer that cannot be read.
    #[error("the answer to {command} cannot be read: {source}")]
    Unreadable {
        /// What was asked.
        command: CommandName,
        /// What is wrong with it.
        source: DecodeError,
    },
    /// An answer in parts that cannot be taken apart.
    #[error("the answer to {command} cannot be taken apart: {source}")]
    Multipart {
        /// What was asked.
        command: CommandName,
        /// What is wrong with it.
        source: MultipartError,
    },
    /// An answer lacks what a success must have.
    #[error("the answer to {command} lacks {what}")]
    Incomplete {
        /// What was asked.
        command: CommandName,
        /// What is missing.
        what: &'static str,
    },
    /// The version has no such command, or no such form of it.
    #[error("{what} does not exist in version {version}")]
    NotInVersion {
        /// What was asked for.
        what: &'static str,
        /// The version that the phone speaks.
        version: Version,
    },
    /// The phone has no such folder.
    #[error("the phone knows no folder '{0}'")]
    NoSuchFolder(String),
    /// The phone's own identity does not fit the protocol.
    #[error("the phone cannot say who it is: {0}")]
    Identity(#[from] EnvelopeError),
    /// The query cannot be written in its base64 form.
    #[error("the request does not fit a base64 query: {0}")]
    Query(#[from] EncodeError),
}

fn meaning(command: CommandName, status: u8) -> String {
    fieldpost_eas::status::meaning(command, status).map_or_else(String::new, |m| format!(": {m}"))
}

impl PhoneError {
    /// Whether the server may have acted although no answer came.
    pub fn may_have_been_acted_on(&self) -> bool {
        matches!(self, PhoneError::Transport(e) if e.may_have_been_acted_on())
    }

    /// The protocol status, if that is what it is.
    pub fn status(&self) -> Option<u8> {
        match self {
            PhoneError::Status { status, .. } => Some(*status),
            _ => None,
        }
    }

    /// The HTTP status, if that is what it is.
    pub fn http_status(&self) -> Option<u16> {
        match self {
            PhoneError::Http { status, .. } => Some(*status),
            PhoneError::Unauthorized => Some(401),
            PhoneError::Forbidden => Some(403),
            PhoneError::Unavailable { .. } => Some(503),
            _ => None,
        }
    }
}
