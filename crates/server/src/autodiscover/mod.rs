//! Autodiscover: how a phone that knows only an address and a password finds the server.
//!
//! Two forms, one file each: [`mobile_sync`] is the XML document that phones post
//! ([MS-ASCMD] 2.2.1.1), for the user who signs in with it; [`json`] is its successor, which anybody may
//! ask and which answers the same whatever the address. [`location`] decides which URL both tell.
//! Neither asks another server, and neither reads a mailbox.

pub mod document;
pub mod json;
pub mod location;
pub mod mobile_sync;
pub mod request;

use std::sync::Arc;
use std::time::Instant;

use fieldpost_eas::Version;
use fieldpost_net::http::{Body, Peer, RequestBody};
use hyper::header::{HOST, HeaderMap, HeaderValue, LOCATION};
use hyper::{Method, Request, Response, StatusCode};
use tracing::info;

use crate::App;
use crate::activesync::answer::Answer;
use crate::activesync::fault::{self, Fault};
use location::Location;

/// Path of the XML form, in any case.
pub const XML_PATH: &str = "/autodiscover/autodiscover.xml";
/// Path of the JSON form, in any case; `/v1.0/<address>` may follow.
pub const JSON_PATH: &str = "/autodiscover/autodiscover.json";

/// The form that a path asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Xml,
    Json,
}

impl Form {
    fn of(path: &str) -> Option<Form> {
        let path = path.strip_suffix('/').unwrap_or(path);
        if path.eq_ignore_ascii_case(XML_PATH) {
            return Some(Form::Xml);
        }
        let (head, rest) = path.split_at_checked(JSON_PATH.len())?;
        (head.eq_ignore_ascii_case(JSON_PATH) && (rest.is_empty() || rest.starts_with('/')))
            .then_some(Form::Json)
    }
}

/// Whether a request's path is one of Autodiscover's.
pub fn is_endpoint(path: &str) -> bool {
    Form::of(path).is_some()
}

/// Answers one request.
pub async fn serve(app: &Arc<App>, request: Request<RequestBody>, peer: Peer) -> Response<Body> {
    let started = Instant::now();
    let method = request.method().clone();
    let form = Form::of(request.uri().path());
    let outcome = match form {
        None => Err(Fault::Http(StatusCode::NOT_FOUND)),
        Some(Form::Json) => json(app, &request),
        Some(Form::Xml) if method == Method::POST => mobile_sync::answer(app, request, peer.address).await,
        Some(Form::Xml) => look_there(app, &request, peer),
    };
    // There is no version to speak in: our own trouble and refusals are HTTP codes.
    let answer = outcome.unwrap_or_else(|fault| fault::answer(&fault, Version::V2_5, None));
    info!(
        peer = %peer.address,
        %method,
        ?form,
        code = answer.code.as_u16(),
        ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX),
        "autodiscover"
    );
    answer.into_response(false)
}

fn json(app: &App, request: &Request<RequestBody>) -> Result<Answer, Fault> {
    if request.method() != Method::GET && request.method() != Method::HEAD {
        return Err(Fault::Http(StatusCode::METHOD_NOT_ALLOWED));
    }
    Ok(json::answer(request.uri(), &Location::of(&app.settings, host(request.headers()))))
}

/// Answers a GET of the XML form: phones that found us by an alias, or without TLS, are sent to the name
/// that they should post to. There is nothing to be had by GET at that name itself.
fn look_there(app: &App, request: &Request<RequestBody>, peer: Peer) -> Result<Answer, Fault> {
    if request.method() != Method::GET && request.method() != Method::HEAD {
        return Err(Fault::Http(StatusCode::METHOD_NOT_ALLOWED));
    }
    let host = host(request.headers());
    let location = Location::of(&app.settings, host);
    if peer.tls && host.is_some_and(|host| location.is_at(host)) {
        return Err(Fault::Http(StatusCode::METHOD_NOT_ALLOWED));
    }
    let target = HeaderValue::from_str(&location.autodiscover())
        .map_err(|_| Fault::Http(StatusCode::METHOD_NOT_ALLOWED))?;
    Ok(Answer::code(StatusCode::FOUND).with_header(LOCATION, target))
}

fn host(headers: &HeaderMap) -> Option<&str> {
    headers.get(HOST).and_then(|value| value.to_str().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_known_in_any_case() {
        for path in ["/autodiscover/autodiscover.xml", "/Autodiscover/Autodiscover.XML/"] {
            assert_eq!(Form::of(path), Some(Form::Xml), "{path}");
        }
        for path in
            ["/autodiscover/autodiscover.json", "/AutoDiscover/autodiscover.json/v1.0/mia@example.org"]
        {
            assert_eq!(Form::of(path), Some(Form::Json), "{path}");
        }
        for path in
            ["/", "/autodiscover", "/autodiscover/autodiscover.jsonx", "/autodiscover/autodiscover.svc"]
        {
            assert_eq!(Form::of(path), None, "{path}");
        }
    }
}
