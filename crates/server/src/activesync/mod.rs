//! The ActiveSync endpoint: from an HTTP request to the command that answers it.
//!
//! [`serve`] is the whole path, top to bottom: path and method, [`session::sign_in`], the envelope
//! ([`fieldpost_eas::http`]), [`session::open`] (device, admission), [`body::read`], and the command's
//! file in [`command`]. What fails on the way is a [`fault::Fault`], which [`fault::answer`] puts in the
//! terms of the request's version.

pub mod answer;
pub mod body;
pub mod command;
pub mod context;
pub mod fault;
pub mod hierarchy;
pub mod options;
pub mod session;

use std::net::IpAddr;
use std::sync::Arc;

use fieldpost_eas::Version;
use fieldpost_eas::command::CommandName;
use fieldpost_eas::http::{self as envelope, BodyForm, Envelope, RequestHeaders, gzip};
use hyper::body::{Body as _, Incoming};
use hyper::header::{
    ACCEPT_ENCODING, AUTHORIZATION, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, HeaderMap, USER_AGENT,
};
use hyper::{Method, Request, Response, StatusCode};
use tokio::time::Instant;
use tracing::{info, warn};

use self::answer::{Answer, Body};
use self::command::Payload;
use self::context::Context;
use self::fault::Fault;
use self::session::Said;
use crate::App;

/// Where phones look for the server ([MS-ASHTTP] 2.2.1.1), in any case, with or without a slash at
/// the end.
const PATH: &str = "/microsoft-server-activesync";

/// Whether a request's path is that of the endpoint.
pub fn is_endpoint(path: &str) -> bool {
    path.strip_suffix('/').unwrap_or(path).eq_ignore_ascii_case(PATH)
}

/// What is told of a request in the log.
#[derive(Default)]
struct Log {
    account: Option<String>,
    device: Option<String>,
    command: Option<CommandName>,
    version: Option<Version>,
    bytes_in: usize,
    accept_gzip: bool,
}

/// Answers one request of a peer.
pub async fn serve(app: Arc<App>, peer: IpAddr, request: Request<Incoming>) -> Response<Body> {
    let started = Instant::now();
    let mut log = Log::default();
    let answer = match perform(app, peer, request, &mut log).await {
        Ok(answer) => answer,
        Err(fault) => {
            if let Fault::Unavailable(error) = &fault {
                warn!(account = log.account, device = log.device, %error, "the phone is told to try again");
            }
            // Where even the version is not known, an HTTP code says it.
            fault::answer(&fault, log.version.unwrap_or(Version::V2_5), log.command)
        }
    };
    info!(
        %peer,
        account = log.account,
        device = log.device,
        command = log.command.map(CommandName::name),
        version = log.version.map(Version::name),
        code = answer.code.as_u16(),
        status = answer.status(),
        bytes_in = log.bytes_in,
        bytes_out = answer.body.len(),
        ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX),
        "request"
    );
    answer.into_response(log.accept_gzip)
}

async fn perform(
    app: Arc<App>,
    peer: IpAddr,
    request: Request<Incoming>,
    log: &mut Log,
) -> Result<Answer, Fault> {
    let (head, body) = request.into_parts();
    if !is_endpoint(head.uri.path()) {
        return Err(Fault::Http(StatusCode::NOT_FOUND));
    }
    let is_options = head.method == Method::OPTIONS;
    if !is_options && head.method != Method::POST {
        // MS-ASHTTP_R187, MS-ASHTTP_R443
        return Err(Fault::Http(StatusCode::NOT_IMPLEMENTED));
    }
    let said = Said {
        user_agent: text(&head.headers, USER_AGENT.as_str()).map(str::to_owned),
        accept_gzip: gzip::is_offered(text(&head.headers, ACCEPT_ENCODING.as_str())),
    };
    log.accept_gzip = said.accept_gzip;
    let envelope = if is_options { None } else { Some(decode_envelope(&head.uri, &head.headers, log)?) };
    let authorization = head.headers.get(AUTHORIZATION).map(|value| value.as_bytes());
    let account = session::sign_in(&app, authorization, peer).await?;
    log.account = Some(account.address.clone());
    let Some(envelope) = envelope else {
        return Ok(options::answer());
    };
    let Some(name) = log.command else {
        // No code page has a root element for a command that nobody knows.
        return Err(Fault::Http(StatusCode::NOT_IMPLEMENTED));
    };
    let supported = command::handler(name).filter(|_| name.exists_in(envelope.version));
    let handler = supported.ok_or(Fault::Refused(COMMAND_NOT_SUPPORTED))?;
    let mut cx = session::open(app, account, envelope, name, said, peer).await?;
    let payload = read_payload(&cx, &head.headers, body).await?;
    log.bytes_in = payload.body.len();
    // What follows may wait for an hour, and should not keep the request for that long.
    drop(head);
    let answer = (handler.run)(&mut cx, payload).await?;
    Ok(with_headers(answer, cx))
}

/// CommandNotSupported ([MS-ASCMD] 2.2.2).
const COMMAND_NOT_SUPPORTED: u8 = 137;
/// InvalidContent.
const INVALID_CONTENT: u8 = 101;

fn with_headers(mut answer: Answer, cx: Context) -> Answer {
    answer.headers.extend(cx.headers);
    answer
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

fn decode_envelope(uri: &hyper::Uri, headers: &HeaderMap, log: &mut Log) -> Result<Envelope, Fault> {
    let said = RequestHeaders {
        protocol_version: text(headers, envelope::headers::PROTOCOL_VERSION),
        policy_key: text(headers, envelope::headers::POLICY_KEY),
        accept_multipart: text(headers, envelope::headers::ACCEPT_MULTIPART),
    };
    match Envelope::decode(uri.query(), &said) {
        Ok(envelope) => {
            log.device = Some(envelope.parameters.device_id.to_string());
            log.command = envelope.parameters.command.known();
            log.version = Some(envelope.version);
            Ok(envelope)
        }
        Err(refusal) => {
            log.version = refusal.version;
            log.command = refusal.command;
            info!(error = %refusal, "envelope refused");
            Err(match refusal.answer() {
                envelope::Answer::Http(code) => {
                    Fault::Http(StatusCode::from_u16(code).unwrap_or(StatusCode::BAD_REQUEST))
                }
                envelope::Answer::Status(_, status) => Fault::Refused(status),
            })
        }
    }
}

async fn read_payload(cx: &Context, headers: &HeaderMap, body: Incoming) -> Result<Payload, Fault> {
    if text(headers, CONTENT_ENCODING.as_str()).is_some_and(|coding| !coding.eq_ignore_ascii_case("identity"))
    {
        return Err(Fault::Http(StatusCode::UNSUPPORTED_MEDIA_TYPE));
    }
    let announced = text(headers, CONTENT_LENGTH.as_str())
        .and_then(|length| length.parse().ok())
        .or_else(|| body.size_hint().exact());
    let body = body::read(body, announced, cx.app.settings.body).await?;
    let content_type = text(headers, CONTENT_TYPE.as_str());
    let form = BodyForm::of(cx.command, cx.version, content_type, body.len() as u64)
        .map_err(|_| Fault::Refused(INVALID_CONTENT))?;
    Ok(Payload { form, body })
}
