//! What keeps a command from being answered in its own terms, and how that becomes HTTP: the one
//! place that knows which trouble is an HTTP code and which a Status, version by version
//! ([MS-ASCMD] 2.2.2).

use fieldpost_domain::BackendError;
use fieldpost_eas::Version;
use fieldpost_eas::codec::DecodeError;
use fieldpost_eas::command::{CommandName, status_only};
use fieldpost_eas::status::Common;
use fieldpost_net::http::BodyError;
use fieldpost_store::StoreError;
use hyper::StatusCode;
use hyper::header::{CONNECTION, HeaderValue, RETRY_AFTER, WWW_AUTHENTICATE};

use super::answer::Answer;

/// Seconds after which a phone may try again when the trouble is ours.
const RETRY_AFTER_SECONDS: u32 = 30;

/// Why a request gets no answer of its command's own kind.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The request is not acceptable: a common status ([MS-ASCMD] 2.2.2) from 14.0 on, an HTTP code
    /// before.
    #[error("refused with status {0}")]
    Refused(Common),
    /// An HTTP code whatever the version.
    #[error("refused with HTTP {0}")]
    Http(StatusCode),
    /// The request's body did not come as it should.
    #[error(transparent)]
    Body(#[from] BodyError),
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

impl Fault {
    /// A task did not come to its end: it failed, which the log says, or the server is stopping.
    pub fn unfinished() -> Fault {
        Fault::Unavailable("the request was not carried out to its end".into())
    }
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
            BackendError::QuotaExceeded => Fault::Refused(Common::MailboxQuotaExceeded),
            other => Fault::Unavailable(Box::new(other)),
        }
    }
}

impl From<&DecodeError> for Fault {
    fn from(error: &DecodeError) -> Fault {
        match error {
            DecodeError::Wbxml(_) => Fault::Refused(Common::InvalidWBXML),
            _ => Fault::Refused(Common::InvalidXML),
        }
    }
}

/// The HTTP code that stands for a common status up to 12.1 ([MS-ASCMD] 2.2.2). Where the documents
/// name none, the trouble is the request's, except for mail that could not be sent.
fn http_code(status: Common, command: Option<CommandName>) -> u16 {
    // Without a command, any will do: only SendMail and Provision have codes of their own.
    let stated = status.http_up_to_12_1(command.unwrap_or(CommandName::Sync));
    stated.unwrap_or(match status {
        Common::DeviceIsBlockedForThisUser
        | Common::AccessDenied
        | Common::AccountDisabled
        | Common::MaximumDevicesReached => 403,
        Common::AttachmentIsTooLarge => 413,
        Common::MessageHasNoRecipient
        | Common::MessageRecipientUnresolved
        | Common::MessagePreviouslySent
        | Common::MailSubmissionFailed
        | Common::MessageReplyFailed
        | Common::ItemNotFound => 500,
        _ => 400,
    })
}

/// The answer to a request that came to nothing.
pub fn answer(fault: &Fault, version: Version, command: Option<CommandName>) -> Answer {
    match fault {
        Fault::Refused(status) => refused(*status, version, command),
        Fault::Http(code) => Answer::code(*code),
        // The rest of the body is not read: the connection ends with the answer.
        Fault::Body(error) => {
            Answer::code(error.response().status()).with_header(CONNECTION, HeaderValue::from_static("close"))
        }
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

fn refused(status: Common, version: Version, command: Option<CommandName>) -> Answer {
    // A version that has no such command has no root element for it either.
    let document = command.filter(|command| version >= status.since() && command.exists_in(version));
    match document.and_then(|command| status_only(command, status.code(), version)) {
        Some(document) => Answer::wbxml(document),
        None => {
            Answer::code(StatusCode::from_u16(http_code(status, command)).unwrap_or(StatusCode::BAD_REQUEST))
        }
    }
}
