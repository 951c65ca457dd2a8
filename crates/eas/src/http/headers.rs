//! Names and values of headers ([MS-ASHTTP] 2.2.1.1.2 and 2.2.2.1.2), and the form of a request's body.
//!
//! Names are written in lower case, as HTTP libraries keep them; on the wire case does not matter.

use crate::Version;
use crate::command::CommandName;
use crate::http::EnvelopeError;

/// Request: the version, in a plain query's request.
pub const PROTOCOL_VERSION: &str = "ms-asprotocolversion";
/// Request: the policy key that the device holds, decimal.
pub const POLICY_KEY: &str = "x-ms-policykey";
/// Request: `T` if ItemOperations may answer in parts.
pub const ACCEPT_MULTIPART: &str = "ms-asacceptmultipart";
/// Answer: the versions that the server speaks, separated by commas.
pub const PROTOCOL_VERSIONS: &str = "ms-asprotocolversions";
/// Answer: the commands that the server knows, separated by commas.
pub const PROTOCOL_COMMANDS: &str = "ms-asprotocolcommands";
/// Answer: which server it is.
pub const SERVER: &str = "ms-server-activesync";
/// Answer: the versions, and the order to forget everything and start over.
pub const RESYNC: &str = "x-ms-rp";
/// Answer of status 451: the URL to use from now on.
pub const LOCATION: &str = "x-ms-location";
/// Answer of status 503: why the device is held back.
pub const THROTTLE: &str = "x-ms-asthrottle";
/// Answer: days until the password expires.
pub const CREDENTIALS_EXPIRE: &str = "x-ms-credentials-expire";
/// Answer of status 457: where to change the password.
pub const CREDENTIAL_SERVICE_URL: &str = "x-ms-credential-service-url";

/// The content type of WBXML, in answers always (MS-ASHTTP_R219).
pub const WBXML: &str = "application/vnd.ms-sync.wbxml";
/// Its short form, in requests only (MS-ASHTTP_R438).
pub const WBXML_SHORT: &str = "application/vnd.ms-sync";
/// The content type of the ItemOperations container, see [`super::multipart`].
pub const MULTIPART: &str = "application/vnd.ms-sync.multipart";
/// The content type of a raw message, for the three mail commands up to 12.1.
pub const MESSAGE: &str = "message/rfc822";

/// The headers of a request that belong to its envelope, as text, absent ones `None`.
#[derive(Debug, Clone, Copy, Default)]
pub struct RequestHeaders<'a> {
    /// `MS-ASProtocolVersion`.
    pub protocol_version: Option<&'a str>,
    /// `X-MS-PolicyKey`.
    pub policy_key: Option<&'a str>,
    /// `MS-ASAcceptMultiPart`.
    pub accept_multipart: Option<&'a str>,
}

/// Reads `MS-ASProtocolVersion`.
///
/// A plain request without it is refused. All clients known to us send it; where it is missing, something on
/// the way dropped it, and any guess would read the body, and write the answer, in a form that the phone does
/// not mean.
pub fn protocol_version(value: Option<&str>) -> Result<Version, EnvelopeError> {
    let text = value.map(str::trim).filter(|text| !text.is_empty()).ok_or(EnvelopeError::VersionMissing)?;
    text.parse().map_err(|_| EnvelopeError::VersionUnknown(text.chars().take(16).collect()))
}

/// Reads `X-MS-PolicyKey`; 0 is "none".
///
/// A value that is no number is a key that nobody ever gave out. It counts as none, so that the device is sent
/// to Provision, and Provision itself, which must work with any key, still does.
pub fn policy_key(value: Option<&str>) -> u32 {
    value.and_then(|text| text.trim().parse().ok()).unwrap_or(0)
}

/// Reads `MS-ASAcceptMultiPart` (MS-ASHTTP_R154, R155).
pub fn accept_multipart(value: Option<&str>) -> bool {
    value.is_some_and(|text| text.trim().eq_ignore_ascii_case("T"))
}

/// What the body of a request is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BodyForm {
    /// There is none.
    Empty,
    /// A WBXML document.
    Wbxml,
    /// A raw message (RFC 5322), the parameters being in the query: SendMail, SmartReply and SmartForward up to
    /// 12.1.
    Message,
}

impl BodyForm {
    /// What a body of `len` bytes and this `Content-Type` is to this command in this version.
    ///
    /// # Errors
    /// [`EnvelopeError::ContentType`] if it is another type than the one that command and version ask for. A
    /// body without a content type is taken for the right one: command and version leave only one.
    pub fn of(
        command: CommandName,
        version: Version,
        content_type: Option<&str>,
        len: u64,
    ) -> Result<BodyForm, EnvelopeError> {
        if len == 0 {
            return Ok(BodyForm::Empty);
        }
        let is_mail =
            matches!(command, CommandName::SendMail | CommandName::SmartReply | CommandName::SmartForward);
        let (form, types): (_, &[&str]) = if is_mail && version < Version::V14_0 {
            (BodyForm::Message, &[MESSAGE])
        } else {
            (BodyForm::Wbxml, &[WBXML, WBXML_SHORT])
        };
        let media_type = content_type.map(media_type).filter(|media_type| !media_type.is_empty());
        match media_type {
            None => Ok(form),
            Some(given) if types.iter().any(|known| known.eq_ignore_ascii_case(given)) => Ok(form),
            Some(_) => Err(EnvelopeError::ContentType),
        }
    }

    /// The `Content-Type` to send it with.
    pub const fn content_type(self) -> Option<&'static str> {
        match self {
            BodyForm::Empty => None,
            BodyForm::Wbxml => Some(WBXML),
            BodyForm::Message => Some(MESSAGE),
        }
    }
}

/// The type without parameters such as `; charset=utf-8`.
fn media_type(content_type: &str) -> &str {
    content_type.split(';').next().unwrap_or_default().trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_one_of_seven() {
        // MS-ASHTTP_R158
        for version in Version::ALL {
            assert_eq!(protocol_version(Some(version.name())), Ok(version));
        }
        assert_eq!(protocol_version(Some(" 16.1 ")), Ok(Version::V16_1));
        assert_eq!(protocol_version(None), Err(EnvelopeError::VersionMissing));
        assert_eq!(protocol_version(Some("16.2")), Err(EnvelopeError::VersionUnknown("16.2".into())));
    }

    #[test]
    fn an_unreadable_policy_key_is_none() {
        assert_eq!(policy_key(Some("1307210976")), 1_307_210_976);
        for none in [None, Some("0"), Some(""), Some("abc"), Some("-1"), Some("99999999999")] {
            assert_eq!(policy_key(none), 0);
        }
    }

    #[test]
    fn parts_are_asked_for_with_t() {
        // MS-ASHTTP_R154, MS-ASHTTP_R155, MS-ASHTTP_R440
        assert!(accept_multipart(Some("T")));
        assert!(!accept_multipart(None));
        assert!(!accept_multipart(Some("F")));
    }

    #[test]
    fn command_and_version_decide_the_form_of_the_body() {
        let form = |command, version, content_type| BodyForm::of(command, version, content_type, 10);
        // MS-ASHTTP_R143, MS-ASHTTP_R438
        for content_type in [WBXML, WBXML_SHORT, "Application/vnd.ms-sync.wbxml; charset=utf-8"] {
            assert_eq!(form(CommandName::Sync, Version::V2_5, Some(content_type)), Ok(BodyForm::Wbxml));
        }
        assert_eq!(form(CommandName::SendMail, Version::V12_1, Some(MESSAGE)), Ok(BodyForm::Message));
        assert_eq!(form(CommandName::SendMail, Version::V14_0, Some(WBXML)), Ok(BodyForm::Wbxml));
        assert_eq!(form(CommandName::SmartReply, Version::V2_5, None), Ok(BodyForm::Message));
        for (command, version, content_type) in [
            (CommandName::Sync, Version::V16_1, "text/xml"),
            (CommandName::Sync, Version::V2_5, MESSAGE),
            (CommandName::SendMail, Version::V14_0, MESSAGE),
            (CommandName::SendMail, Version::V12_1, WBXML),
        ] {
            assert_eq!(form(command, version, Some(content_type)), Err(EnvelopeError::ContentType));
        }
        let empty = BodyForm::of(CommandName::Ping, Version::V2_5, Some("text/html"), 0);
        assert_eq!(empty, Ok(BodyForm::Empty));
    }
}
