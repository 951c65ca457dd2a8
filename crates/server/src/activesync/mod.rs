//! The ActiveSync endpoint: from an HTTP request to the command that answers it.
//!
//! [`serve`] is the whole path, top to bottom: path and method, [`session::recognise`], the envelope
//! ([`fieldpost_eas::http`]), [`session::open`] (device, wipe, admission), [`policy::check`], the
//! body, and the command's file in [`command`]. What fails on the way is a [`fault::Fault`], which
//! [`fault::answer`] puts in the terms of the request's version.

pub mod admission;
pub mod answer;
pub mod command;
pub mod context;
pub mod device_information;
pub mod fault;
pub mod hierarchy;
pub mod item;
pub mod log;
pub mod options;
pub mod policy;
pub mod quarantine;
pub mod scope;
pub mod searches;
pub mod session;
pub mod switches;
pub mod welcome;
pub mod wipe;

use std::net::IpAddr;
use std::sync::Arc;

use fieldpost_eas::Version;
use fieldpost_eas::http::{self as envelope, BodyForm, Envelope, RequestHeaders, gzip};
use fieldpost_eas::status::Common;
use fieldpost_net::http::{Peer, Reply, RequestBody};
use hyper::header::{
    ACCEPT_ENCODING, AUTHORIZATION, CONTENT_ENCODING, CONTENT_TYPE, HeaderMap, HeaderValue, USER_AGENT,
};
use hyper::{Method, Request, StatusCode};
use tracing::info;

use self::answer::Answer;
use self::command::{Handler, Payload};
use self::context::Context;
use self::fault::Fault;
use self::log::Log;
use self::session::Said;
use crate::App;

/// Where phones look for the server ([MS-ASHTTP] 2.2.1.1), in any case, with or without a slash at
/// the end.
const PATH: &str = "/microsoft-server-activesync";

/// Whether a request's path is that of the endpoint.
pub fn is_endpoint(path: &str) -> bool {
    path.strip_suffix('/').unwrap_or(path).eq_ignore_ascii_case(PATH)
}

/// A request that is ready to be carried out.
struct Ready {
    handler: Handler,
    cx: Context,
    payload: Payload,
}

impl Ready {
    async fn run(self) -> Result<Answer, Fault> {
        let Ready { handler, mut cx, payload } = self;
        let mut answer = (handler.run)(&mut cx, payload).await?;
        answer.headers.append(&mut cx.headers);
        Ok(answer)
    }
}

/// Answers one request of a peer.
///
/// A command that may wait for an hour is given back as a promise, so that nothing of the request is kept for
/// that long, and its waiting ends when the phone is gone. Any other one, once it was read, is carried out to
/// its end whether or not the phone is still there: half of a command is what neither side could know of.
pub async fn serve(app: Arc<App>, request: Request<RequestBody>, peer: Peer) -> Reply {
    let mut log = Log::new(Arc::clone(&app), peer.address);
    let tasks = app.tasks.clone();
    match prepare(app, peer.address, request, &mut log).await {
        Ok(Prepared::Ready(ready)) if ready.handler.needs.patience => {
            Reply::Later(Box::pin(async move { log.finish(ready.run().await) }))
        }
        Ok(Prepared::Ready(ready)) => {
            let (version, command) = (ready.cx.version, ready.cx.command);
            let response = tasks.complete("request", async move { log.finish(ready.run().await) }).await;
            response
                .unwrap_or_else(|| {
                    let fault = Fault::unfinished();
                    fault::answer(&fault, version, Some(command)).into_response(false)
                })
                .into()
        }
        Ok(Prepared::Answer(answer)) => log.finish(Ok(answer)).into(),
        Err(fault) => log.finish(Err(fault)).into(),
    }
}

/// How far a request is before its command runs.
enum Prepared {
    /// Answered already: OPTIONS.
    Answer(Answer),
    /// Read and permitted.
    Ready(Box<Ready>),
}

async fn prepare(
    app: Arc<App>,
    peer: IpAddr,
    request: Request<RequestBody>,
    log: &mut Log,
) -> Result<Prepared, Fault> {
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
        policy_key: head.headers.contains_key(envelope::headers::POLICY_KEY),
        accept_gzip: gzip::is_offered(text(&head.headers, ACCEPT_ENCODING.as_str())),
    };
    log.accept_gzip = said.accept_gzip;
    let envelope = if is_options { None } else { Some(decode_envelope(&head.uri, &head.headers, log)?) };
    let authorization = head.headers.get(AUTHORIZATION).map(HeaderValue::as_bytes);
    let device_id = envelope.as_ref().map(|envelope| envelope.parameters.device_id.as_str());
    // Whether the account is disabled is asked where the device is known: one that is to be wiped is told.
    let account = session::recognise(&app, authorization, peer, device_id).await?;
    log.account = Some((account.id, account.address.clone()));
    let Some(envelope) = envelope else {
        session::refuse_disabled(&account)?;
        return Ok(Prepared::Answer(options::answer(&app, &account)?));
    };
    let Some(name) = log.command else {
        session::refuse_disabled(&account)?;
        // No code page has a root element for a command that nobody knows.
        return Err(Fault::Http(StatusCode::NOT_IMPLEMENTED));
    };
    let supported = command::handler(name).filter(|_| name.exists_in(envelope.version));
    let handler = supported.ok_or(Fault::Refused(Common::CommandNotSupported))?;
    let mut cx = session::open(app, account, envelope, name, said, peer).await?;
    if handler.needs.policy {
        policy::check(&mut cx).await?;
    }
    let payload = read_payload(&cx, &head.headers, body).await?;
    log.read(&payload.body);
    Ok(Prepared::Ready(Box::new(Ready { handler, cx, payload })))
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
            let answer = refusal.answer();
            if let envelope::Answer::Status(..) = answer {
                // The speaker of a version that we do not know, but newer than those without statuses.
                log.version = log.version.or(Some(Version::V16_1));
            }
            Err(match answer {
                envelope::Answer::Http(code) => {
                    Fault::Http(StatusCode::from_u16(code).unwrap_or(StatusCode::BAD_REQUEST))
                }
                envelope::Answer::Status(_, status) => {
                    Fault::Refused(Common::from_code(status).unwrap_or(Common::InvalidContent))
                }
            })
        }
    }
}

async fn read_payload(cx: &Context, headers: &HeaderMap, body: RequestBody) -> Result<Payload, Fault> {
    if text(headers, CONTENT_ENCODING.as_str()).is_some_and(|coding| !coding.eq_ignore_ascii_case("identity"))
    {
        return Err(Fault::Http(StatusCode::UNSUPPORTED_MEDIA_TYPE));
    }
    let body = body.read(cx.app.settings.body_limit).await?;
    let content_type = text(headers, CONTENT_TYPE.as_str());
    let form = BodyForm::of(cx.command, cx.version, content_type, body.len() as u64)
        .map_err(|_| Fault::Refused(Common::InvalidContent))?;
    Ok(Payload { form, body })
}
