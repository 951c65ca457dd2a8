//! What can be wrong with an envelope, and the answer that says so in the version of the request.

use crate::Version;
use crate::command::CommandName;
use crate::http::status;

/// What is wrong with an envelope. The texts name the field, never its value, except where the value is
/// short and needed to understand the message.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EnvelopeError {
    /// Neither a plain nor a base64 query.
    #[error("the request has no query")]
    QueryMissing,
    /// More than [`super::query::MAX_LEN`] bytes.
    #[error("the query is longer than {} bytes", super::query::MAX_LEN)]
    QueryTooLong,
    /// There is no `Cmd=`, and the query is not base64 either.
    #[error("the query has no Cmd parameter and is no base64")]
    QueryUnreadable,
    /// The bytes of a base64 query end inside this field.
    #[error("the base64 query ends inside its {0}")]
    QueryTruncated(&'static str),
    /// The field has a value that it may not have.
    #[error("{0} of the query has a value that it may not have")]
    ParameterInvalid(&'static str),
    /// The field is there twice, with different values.
    #[error("{0} is in the query twice, with different values")]
    ParameterTwice(&'static str),
    /// Missing, too long, or with characters other than letters, digits, `-`, `_` and `.`.
    #[error(
        "DeviceId is missing, longer than 64 characters, or has other characters than letters and digits"
    )]
    DeviceId,
    /// Missing, too long, or not printable ASCII.
    #[error("DeviceType is missing, longer than 64 characters, or has other characters than printable ASCII")]
    DeviceType,
    /// A plain query without an `MS-ASProtocolVersion` header.
    #[error("the header MS-ASProtocolVersion is missing")]
    VersionMissing,
    /// Not one of the seven versions, or one that this form of query does not exist in.
    #[error("'{0}' is no ActiveSync version that can be asked for here")]
    VersionUnknown(String),
    /// A body of a type that this command does not take in this version.
    #[error("the body's content type is not the one of this command and version")]
    ContentType,
}

impl EnvelopeError {
    /// The HTTP code that says it up to 12.1 (and wherever the version is not known).
    pub fn http_status(&self) -> u16 {
        match self {
            // MS-ASCMD_R7560
            EnvelopeError::VersionUnknown(version) if version == "1.0" => status::VERSION_NOT_SUPPORTED,
            _ => status::BAD_REQUEST,
        }
    }

    /// The common status that says it from 14.0 on ([MS-ASCMD] 2.2.2).
    pub const fn common_status(&self) -> u8 {
        match self {
            EnvelopeError::DeviceId => 108,
            EnvelopeError::DeviceType => 109,
            EnvelopeError::VersionMissing | EnvelopeError::VersionUnknown(_) => 138,
            _ => 101,
        }
    }
}

/// How a refusal is to be answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// With this HTTP code and no body that a phone would read.
    Http(u16),
    /// With HTTP 200 and the command's root element holding only this Status, see
    /// [`crate::command::status_only`].
    Status(CommandName, u8),
}

/// An envelope that was refused, with what could be read of it before.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{error}")]
pub struct Refusal {
    /// What is wrong.
    #[source]
    pub error: EnvelopeError,
    /// The version, if it was read.
    pub version: Option<Version>,
    /// The command, if it was read and is known.
    pub command: Option<CommandName>,
}

impl Refusal {
    /// The answer in the version of the request: a status needs a version from 14.0 on and a command whose
    /// root element can hold it; everything else is an HTTP code.
    pub fn answer(&self) -> Answer {
        let has_common_status = match (&self.error, self.version) {
            (_, Some(version)) => version.has_common_status(),
            // A version that is newer than ours, or lies between: its speaker knows the statuses of 14.0.
            (EnvelopeError::VersionUnknown(text), None) => {
                let major = text.split('.').next().and_then(|major| major.parse::<u8>().ok());
                major.is_some_and(|major| major >= 14)
            }
            (_, None) => false,
        };
        match self.command {
            Some(command) if has_common_status && command.status_tag().is_some() => {
                Answer::Status(command, self.error.common_status())
            }
            _ => Answer::Http(self.error.http_status()),
        }
    }
}

impl From<EnvelopeError> for Refusal {
    fn from(error: EnvelopeError) -> Self {
        Refusal { error, version: None, command: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(error: EnvelopeError, version: Option<Version>) -> Refusal {
        Refusal { error, version, command: Some(CommandName::Sync) }
    }

    #[test]
    fn the_version_decides_between_http_code_and_status() {
        let device = |version| refusal(EnvelopeError::DeviceId, Some(version)).answer();
        assert_eq!(device(Version::V12_1), Answer::Http(400));
        assert_eq!(device(Version::V14_0), Answer::Status(CommandName::Sync, 108));
        let unknown = |text: &str| refusal(EnvelopeError::VersionUnknown(text.into()), None).answer();
        // MS-ASCMD_R7560
        assert_eq!(unknown("1.0"), Answer::Http(505));
        assert_eq!(unknown("3.0"), Answer::Http(400));
        assert_eq!(unknown("17.2"), Answer::Status(CommandName::Sync, 138));
        assert_eq!(unknown("newest"), Answer::Http(400));
    }

    #[test]
    fn without_a_command_there_is_no_root_element_to_hold_a_status() {
        let refusal =
            Refusal { error: EnvelopeError::DeviceId, version: Some(Version::V16_1), command: None };
        assert_eq!(refusal.answer(), Answer::Http(400));
        let refusal = Refusal { command: Some(CommandName::GetAttachment), ..refusal };
        assert_eq!(refusal.answer(), Answer::Http(400));
    }
}
