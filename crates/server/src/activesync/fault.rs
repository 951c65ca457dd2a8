//! What keeps a command from being answered in its own terms, and how that becomes HTTP: the one
//! place that knows which trouble is an HTTP code and which a Status, version by version
//! ([MS-ASCMD] 2.2.2).

use fieldpost_domain::BackendError;
use fieldpost_eas::Version;
use fieldpost_eas::codec::DecodeError;
use fieldpost_eas::command::{CommandName, status_only};
use fieldpost_store::StoreError;
use hyper::StatusCode;
use hyper::header::{HeaderValue, RETRY_AFTER, WWW_AUTHENTICATE};

use super::answer::Answer;

/// Seconds after which a phone may try again when the trouble is ours.
const RETRY_AFTER_SECONDS: u32 = 30;

/// Why a request gets no answer of its command's own kind.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The request is not acceptable: a common status ([MS-ASCMD] 2.2.2) from 14.0 on, an HTTP code
    /// before.
    #[error("refused with status {0}")]
    Refused(u8),
    /// An HTTP code whatever the version.
    #[error("refused with HTTP {0}")]
    Http(StatusCode),
    /// No credentials, or wrong ones.
    #[error("no valid credentials")]
    Unauthorized,
    /// Come back later: too much is going on.
    #[error("too busy; try again in {0} seconds")]
    Busy(u32),
    /// Our own trouble: try again later. Never an answer that makes a phone drop what it has or
    /// look for another server (MS-ASHTTP_R265).
    #[error("try again later: {0}")]
    Unavailable(Box<dyn std::error::Error + Send + Sync>),
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Fault {
        Fault::Unavailable(Box::new(error))
    }
}

impl From<BackendError> for Fault {
    /// For errors that the command has no status for; the others it must look at itself.
    fn from(error: BackendError) -> Fault {
        match error {
            BackendError::QuotaExceeded => Fault::Refused(113),
            other => Fault::Unavailable(Box::new(other)),
        }
    }
}

impl From<&DecodeError> for Fault {
    fn from(error: &DecodeError) -> Fault {
        match error {
            DecodeError::Wbxml(_) => Fault::Refused(102),
            _ => Fault::Refused(103),
        }
    }
}

/// The HTTP code that stands for a common status up to 12.1 ([MS-ASCMD] 2.2.2).
fn http_code(status: u8) -> u16 {
    match status {
        112 | 125 | 126 | 129 | 131 | 132 | 177 => 403,
        113 => 507,
        110 | 118..=121 => 500,
        111 => 503,
        137 => 501,
        140..=144 => 449,
        _ => 400,
    }
}

/// The answer to a request that came to nothing.
pub fn answer(fault: &Fault, version: Version, command: Option<CommandName>) -> Answer {
    match fault {
        Fault::Refused(status) => refused(*status, version, command),
        Fault::Http(code) => Answer::code(*code),
        Fault::Unauthorized => Answer::code(StatusCode::UNAUTHORIZED).with_header(
            WWW_AUTHENTICATE,
            HeaderValue::from_static("Basic realm=\"Fieldpost\", charset=\"UTF-8\""),
        ),
        Fault::Busy(seconds) => later(*seconds),
        Fault::Unavailable(_) => later(RETRY_AFTER_SECONDS),
    }
}

fn later(seconds: u32) -> Answer {
    Answer::code(StatusCode::SERVICE_UNAVAILABLE).with_header(RETRY_AFTER, HeaderValue::from(seconds))
}

fn refused(status: u8, version: Version, command: Option<CommandName>) -> Answer {
    let document = command.filter(|_| version.has_common_status());
    match document.and_then(|command| status_only(command, status, version)) {
        Some(document) => Answer::wbxml(document),
        None => Answer::code(StatusCode::from_u16(http_code(status)).unwrap_or(StatusCode::BAD_REQUEST)),
    }
}
