//! Who a phone is, and how that stands in each of its requests ([MS-ASHTTP] 2.2.1.1).

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use bytes::Bytes;
use hyper::Method;
use hyper::header::{ACCEPT_ENCODING, AUTHORIZATION, CONTENT_TYPE, HeaderName, HeaderValue, USER_AGENT};
use secrecy::{ExposeSecret as _, SecretString};

use fieldpost_eas::command::CommandName;
use fieldpost_eas::http::{BodyForm, DeviceId, DeviceType, Parameters, base64_query, headers, query};
use fieldpost_eas::version::Version;

use crate::error::PhoneError;
use crate::transport::{HttpRequest, TransportError};

/// How the query of a request is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum QueryForm {
    /// `Cmd=Sync&User=...`, in every version.
    #[default]
    Plain,
    /// One base64 word, from 12.1 on; in older versions the plain form is used.
    Base64,
}

/// Who a phone is.
#[derive(Debug, Clone)]
pub struct Identity {
    /// Name that the user logs in with.
    pub user: String,
    /// The password.
    pub password: SecretString,
    /// The device.
    pub device_id: DeviceId,
    /// Its type, `iPhone` or the like.
    pub device_type: DeviceType,
    /// Name of the client.
    pub user_agent: String,
    /// Version of the protocol that requests are in.
    pub version: Version,
    /// Form of the query.
    pub query: QueryForm,
    /// Whether compressed answers are welcome.
    pub gzip: bool,
    /// Name of the model, told to the server (12.0).
    pub model: String,
    /// Operating system, told to the server (12.0).
    pub os: String,
}

impl Identity {
    /// A phone of user `user`, with a device id of its own making, that speaks 16.1 in plain queries.
    pub fn new(user: impl Into<String>, password: SecretString) -> Result<Identity, PhoneError> {
        Ok(Identity {
            user: user.into(),
            password,
            device_id: crate::entropy::device_id().parse()?,
            device_type: "FieldpostPhone".parse()?,
            user_agent: concat!("Fieldpost-Phone/", env!("CARGO_PKG_VERSION")).into(),
            version: Version::V16_1,
            query: QueryForm::default(),
            gzip: true,
            model: "Fieldpost simulated phone".into(),
            os: std::env::consts::OS.into(),
        })
    }

    /// The same user with another device.
    pub fn with_device_id(mut self, device_id: &str) -> Result<Identity, PhoneError> {
        self.device_id = device_id.parse()?;
        Ok(self)
    }

    /// The same phone in another version.
    pub fn with_version(mut self, version: Version) -> Identity {
        self.version = version;
        self
    }

    /// The same phone with the other form of query.
    pub fn with_query(mut self, query: QueryForm) -> Identity {
        self.query = query;
        self
    }

    /// The request that carries `call` to the endpoint at `path`.
    pub fn request(&self, path: &str, policy_key: u32, call: &Call) -> Result<HttpRequest, PhoneError> {
        let mut parameters = Parameters::new(call.command, self.device_id.clone(), self.device_type.clone());
        parameters.user = Some(self.user.clone());
        parameters.accept_multipart = call.multipart;
        parameters.save_in_sent = call.save_in_sent;
        parameters.attachment_name.clone_from(&call.attachment_name);
        parameters.collection_id.clone_from(&call.collection_id);
        parameters.item_id.clone_from(&call.item_id);
        parameters.long_id.clone_from(&call.long_id);

        let base64 = self.query == QueryForm::Base64 && self.version >= Version::V12_1;
        let query = if base64 {
            parameters.version = Some(self.version);
            parameters.policy_key = (policy_key != 0).then_some(policy_key);
            base64_query::encode(&parameters)?
        } else {
            query::encode(&parameters)
        };
        let mut request = self.bare(Method::POST, format!("{path}?{query}"))?;
        if !base64 {
            request = request
                .header(HeaderName::from_static(headers::PROTOCOL_VERSION), self.version.name())?
                .header(HeaderName::from_static(headers::POLICY_KEY), &policy_key.to_string())?;
            if call.multipart {
                request = request.header(HeaderName::from_static(headers::ACCEPT_MULTIPART), "T")?;
            }
        }
        if let Some(form) = call.form.content_type()
            && !call.body.is_empty()
        {
            request = request.header(CONTENT_TYPE, form)?;
        }
        request.body = call.body.clone();
        request.repeatable = call.repeatable;
        Ok(request)
    }

    /// The OPTIONS request.
    pub fn options(&self, path: &str) -> Result<HttpRequest, PhoneError> {
        self.bare(Method::OPTIONS, path.to_owned())
    }

    fn bare(&self, method: Method, target: String) -> Result<HttpRequest, PhoneError> {
        let login = format!("{}:{}", self.user, self.password.expose_secret());
        let mut basic = HeaderValue::from_str(&format!("Basic {}", BASE64_STANDARD.encode(login)))
            .map_err(|e| TransportError::Request(e.to_string()))?;
        basic.set_sensitive(true);
        let mut request = HttpRequest::new(method, target).header(USER_AGENT, &self.user_agent)?;
        request.headers.insert(AUTHORIZATION, basic);
        if self.gzip {
            request = request.header(ACCEPT_ENCODING, "gzip")?;
        }
        Ok(request)
    }
}

/// One command to send: what differs from request to request.
#[derive(Debug, Clone)]
pub struct Call {
    /// The command.
    pub command: CommandName,
    /// Form of the body, for its content type.
    pub form: BodyForm,
    /// The body.
    pub body: Bytes,
    /// An answer in parts is welcome (12.0).
    pub multipart: bool,
    /// A copy goes to Sent Items (query; up to 12.1).
    pub save_in_sent: bool,
    /// The attachment (query of GetAttachment).
    pub attachment_name: Option<String>,
    /// The folder of the message that is answered (query; up to 12.1).
    pub collection_id: Option<String>,
    /// The message that is answered (query; up to 12.1).
    pub item_id: Option<String>,
    /// The message that is answered, as a search found it (query; up to 12.1).
    pub long_id: Option<String>,
    /// How much longer than usual the answer may take: the heartbeat of a parked request.
    pub longer: std::time::Duration,
    /// Whether it may reach the server twice without harm.
    pub repeatable: bool,
}

impl Call {
    /// A WBXML document, or an empty body.
    pub fn wbxml(command: CommandName, body: impl Into<Bytes>) -> Call {
        let body = body.into();
        Call {
            command,
            form: if body.is_empty() { BodyForm::Empty } else { BodyForm::Wbxml },
            body,
            multipart: false,
            save_in_sent: false,
            attachment_name: None,
            collection_id: None,
            item_id: None,
            long_id: None,
            longer: std::time::Duration::ZERO,
            repeatable: true,
        }
    }
}

#[cfg(test)]
mod tests {
    use fieldpost_eas::http::{Envelope, RequestHeaders};

    use super::*;

    fn identity(version: Version, query: QueryForm) -> Identity {
        Identity::new("anna+x@example.org", "s3cret".into())
            .unwrap()
            .with_device_id("PHONE01")
            .unwrap()
            .with_version(version)
            .with_query(query)
    }

    #[test]
    fn both_queries_say_the_same_in_every_version_that_has_them() {
        for version in Version::ALL {
            for form in [QueryForm::Plain, QueryForm::Base64] {
                let call = Call {
                    collection_id: Some("5".into()),
                    item_id: Some("5:1".into()),
                    multipart: true,
                    ..Call::wbxml(CommandName::SmartReply, "x")
                };
                let request = identity(version, form).request("/eas", 77, &call).unwrap();
                let header = |name| request.headers.get(name).and_then(|v| v.to_str().ok());
                // MS-ASHTTP_R149, R160, R408: not in both places.
                let in_query = form == QueryForm::Base64 && version >= Version::V12_1;
                assert_eq!(header(headers::PROTOCOL_VERSION).is_none(), in_query);
                let envelope = Envelope::decode(
                    request.target.split_once('?').map(|(_, q)| q),
                    &RequestHeaders {
                        protocol_version: header(headers::PROTOCOL_VERSION),
                        policy_key: header(headers::POLICY_KEY),
                        accept_multipart: header(headers::ACCEPT_MULTIPART),
                    },
                )
                .unwrap();
                assert_eq!((envelope.version, envelope.policy_key), (version, 77));
                assert!(envelope.parameters.accept_multipart);
                assert_eq!(envelope.parameters.item_id.as_deref(), Some("5:1"));
                assert_eq!(envelope.parameters.user.as_deref(), Some("anna+x@example.org"));
            }
        }
    }

    #[test]
    fn the_password_stays_out_of_debug_output() {
        let identity = identity(Version::V16_1, QueryForm::Plain);
        let request = identity.options("/").unwrap();
        assert!(!format!("{identity:?} {request:?} {:?}", request.headers).contains("s3cret"));
        assert!(request.headers[AUTHORIZATION].is_sensitive());
    }
}
