//! The envelope of a request as a whole: its query in either form, and the headers that complete it.

use crate::Version;
use crate::http::headers::{self, RequestHeaders};
use crate::http::{EnvelopeError, Parameters, Refusal, base64_query, query};

/// A request before its body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope {
    /// What the query says; `accept_multipart` also if a header said it.
    pub parameters: Parameters,
    /// The version that this request is in and its answer must be in (MS-ASHTTP_R283).
    pub version: Version,
    /// The policy key that the device holds; 0 is none.
    pub policy_key: u32,
}

impl Envelope {
    /// Reads the query (what follows `?`) and the headers of a POST.
    ///
    /// What a base64 query says wins over headers: they should be absent there (MS-ASHTTP_R149, R160, R408).
    pub fn decode(query: Option<&str>, headers: &RequestHeaders<'_>) -> Result<Envelope, Refusal> {
        let text = query.filter(|text| !text.is_empty()).ok_or(EnvelopeError::QueryMissing)?;
        if !query::is_plain(text) {
            let parameters = base64_query::decode(text)?;
            let version = match parameters.version {
                Some(version) => version,
                None => headers::protocol_version(headers.protocol_version)?,
            };
            return Ok(Envelope::complete(parameters, version, headers));
        }
        let version = headers::protocol_version(headers.protocol_version);
        let parameters = query::decode(text)
            .map_err(|refusal| Refusal { version: version.as_ref().ok().copied(), ..refusal })?;
        match version {
            Ok(version) => Ok(Envelope::complete(parameters, version, headers)),
            Err(error) => Err(Refusal { error, version: None, command: parameters.command.known() }),
        }
    }

    fn complete(mut parameters: Parameters, version: Version, headers: &RequestHeaders<'_>) -> Envelope {
        parameters.accept_multipart |= headers::accept_multipart(headers.accept_multipart);
        let policy_key = parameters.policy_key.unwrap_or_else(|| headers::policy_key(headers.policy_key));
        Envelope { parameters, version, policy_key }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::CommandName;
    use crate::http::{Answer, Command};

    const PLAIN: &str = "Cmd=FolderSync&User=anna&DeviceId=PHONE00&DeviceType=Pixel";
    const BASE64: &str = "oQkJBAdQSE9ORTAwBOB06k0FUGl4ZWw=";

    #[test]
    fn both_forms_say_the_same() {
        let headers = RequestHeaders {
            protocol_version: Some("16.1"),
            policy_key: Some("1307210976"),
            accept_multipart: Some("T"),
        };
        let plain = Envelope::decode(Some(PLAIN), &headers).unwrap();
        let base64 = Envelope::decode(Some(BASE64), &RequestHeaders::default()).unwrap();
        assert_eq!(plain.version, base64.version);
        assert_eq!(plain.policy_key, base64.policy_key);
        assert_eq!(plain.parameters.command, base64.parameters.command);
        assert_eq!(plain.parameters.device_id, base64.parameters.device_id);
        assert_eq!(plain.parameters.device_type, base64.parameters.device_type);
        assert!(plain.parameters.accept_multipart);
        assert_eq!(plain.parameters.command, Command::Known(CommandName::FolderSync));
    }

    #[test]
    fn what_the_base64_query_says_wins() {
        let headers = RequestHeaders {
            protocol_version: Some("2.5"),
            policy_key: Some("5"),
            ..RequestHeaders::default()
        };
        let envelope = Envelope::decode(Some(BASE64), &headers).unwrap();
        assert_eq!(envelope.version, Version::V16_1);
        assert_eq!(envelope.policy_key, 1_307_210_976);
    }

    #[test]
    fn refusals_answer_in_the_version_of_the_request() {
        let answer = |query: Option<&str>, version| {
            let headers = RequestHeaders { protocol_version: version, ..RequestHeaders::default() };
            Envelope::decode(query, &headers).unwrap_err().answer()
        };
        let evil = Some("Cmd=Ping&User=a&DeviceId=../../../etc/passwd&DeviceType=b");
        assert_eq!(answer(evil, Some("16.1")), Answer::Status(CommandName::Ping, 108));
        assert_eq!(answer(evil, Some("2.5")), Answer::Http(400));
        assert_eq!(answer(evil, None), Answer::Http(400));
        assert_eq!(answer(Some(PLAIN), None), Answer::Http(400));
        assert_eq!(answer(Some(PLAIN), Some("1.0")), Answer::Http(505));
        assert_eq!(answer(Some(PLAIN), Some("19.0")), Answer::Status(CommandName::FolderSync, 138));
        assert_eq!(answer(None, Some("16.1")), Answer::Http(400));
        assert_eq!(answer(Some(""), Some("16.1")), Answer::Http(400));
        assert_eq!(answer(Some("User=anna"), Some("16.1")), Answer::Http(400));
        assert_eq!(answer(Some("////"), Some("16.1")), Answer::Http(400));
    }
}
