//! What stands before every page: who asks, whether a form is one of ours, and the headers of every answer.
//!
//! A request that changes something must bear the token of its session (which another site can't know), and
//! where the browser says which site it comes from, that must be this one. Both are checked here and nowhere
//! else, so no page can forget it.

use std::sync::Arc;

use axum::Form;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{FromRequest as _, Request, State};
use axum::http::uri::Authority;
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use fieldpost_server::sign_in::{SessionId, SignIn};
use fieldpost_store::Stage;
use hyper::header::{self, HeaderMap, HeaderName, HeaderValue};
use hyper::{Method, Uri};

use super::failure::{Failure, Told};
use super::layout::{NOWHERE, Page};
use super::visitor::{User, Visitor};
use crate::{BODY_LIMIT, Site};

/// The cookie with the session's id. The prefix makes browsers insist on `Secure`, on `Path=/` and on this
/// very host.
pub(crate) const COOKIE: &str = "__Host-fieldpost";

/// Nothing but our own script, style, pictures and forms; nobody frames us.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
                      connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const HEADERS: [(HeaderName, &str); 7] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
];

/// Stands before every page.
pub(crate) async fn guard(State(site): State<Arc<Site>>, mut request: Request, next: Next) -> Response {
    let id = session_id(request.headers());
    let admitted = admit(&site, id, &mut request).await;
    let visitor = request.extensions().get::<Visitor>().cloned();
    let back = page_before(request.headers());
    let mut response = match admitted {
        Ok(()) => next.run(request).await,
        Err(failure) => failure.into_response(),
    };
    if let Some(told) = response.extensions_mut().remove::<Told>()
        && let Some(page) = frame(&told, visitor)
        && let Some(body) = told.body(page, back)
    {
        *response.body_mut() = Body::from(body);
        response.headers_mut().remove(header::CONTENT_LENGTH);
    }
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    // Pages show what only the one who is signed in may see; files of the tool say themselves how long
    // they keep.
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

/// The frame of a failure's page, for whoever is signed in.
fn frame(told: &Told, visitor: Option<Visitor>) -> Option<Page> {
    let Visitor { who, peer, .. } = visitor?;
    let who = who.filter(|who| who.stage == Stage::In)?;
    Some(Page::for_user(told.title(), NOWHERE, &User { who, peer }))
}

/// The page of ours that led to a request, as the browser says.
fn page_before(headers: &HeaderMap) -> Option<String> {
    let referer: Uri = headers.get(header::REFERER)?.to_str().ok()?.parse().ok()?;
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let path = referer.path_and_query()?.as_str();
    let ours = referer.authority().map(Authority::as_str) == host && path.starts_with(super::BASE);
    ours.then(|| path.to_owned())
}

/// Finds out who asks, and checks the token of a form.
async fn admit(site: &Site, id: Option<SessionId>, request: &mut Request) -> Result<(), Failure> {
    let peer = *request.extensions().get::<fieldpost_net::http::Peer>().ok_or(Failure::Broken)?;
    let who = match &id {
        Some(id) => site.sign_in.session(id).await?,
        None => None,
    };
    request.extensions_mut().insert(Visitor { id: id.clone(), peer, who });
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let id = id.as_ref().ok_or(Failure::Forged)?;
        if !comes_from_here(request.headers(), request.uri()) || !bears_token(id, request).await? {
            return Err(Failure::Forged);
        }
    }
    Ok(())
}

fn session_id(headers: &HeaderMap) -> Option<SessionId> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    cookies
        .flat_map(|cookies| cookies.split(';'))
        .filter_map(|cookie| cookie.trim().split_once('='))
        .find(|(name, _)| *name == COOKIE)
        .and_then(|(_, value)| SessionId::parse(value))
}

/// Whether the browser, where it says so, says that the request comes from one of our own pages.
fn comes_from_here(headers: &HeaderMap, uri: &Uri) -> bool {
    let site = headers.get("sec-fetch-site").and_then(|value| value.to_str().ok());
    if site.is_some_and(|site| site != "same-origin") {
        return false;
    }
    let Some(origin) = headers.get(header::ORIGIN) else { return true };
    let host = headers.get(header::HOST).and_then(|value| value.to_str().ok());
    let host = host.or_else(|| uri.authority().map(Authority::as_str));
    let origin = origin.to_str().ok().and_then(|origin| origin.split_once("://")).map(|(_, host)| host);
    origin.is_some() && origin == host
}

/// Whether the form bears the session's token. The body is put back for the page.
async fn bears_token(id: &SessionId, request: &mut Request) -> Result<bool, Failure> {
    let body = std::mem::take(request.body_mut());
    let bytes: Bytes = to_bytes(body, BODY_LIMIT).await.map_err(|_| Failure::Broken)?;
    let mut copy = Request::new(Body::from(bytes.clone()));
    *copy.method_mut() = request.method().clone();
    if let Some(kind) = request.headers().get(header::CONTENT_TYPE) {
        copy.headers_mut().insert(header::CONTENT_TYPE, kind.clone());
    }
    *request.body_mut() = Body::from(bytes);
    let Ok(Form(fields)) = Form::<Vec<(String, String)>>::from_request(copy, &()).await else {
        return Ok(false);
    };
    let token = id.form_token();
    Ok(fields.iter().any(|(name, value)| name == "token" && SignIn::same_token(value, &token)))
}

/// The header that gives a browser its session. It lasts until the browser is closed.
pub(crate) fn set_cookie(id: &SessionId) -> HeaderValue {
    let text = format!("{COOKIE}={}; Path=/; Secure; HttpOnly; SameSite=Strict", id.reveal());
    HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static(""))
}

/// The header that takes it away.
pub(crate) fn clear_cookie() -> HeaderValue {
    HeaderValue::from_static("__Host-fieldpost=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)))
            .collect()
    }

    #[test]
    fn a_form_of_another_site_is_told_by_its_origin() {
        let uri = Uri::from_static("/MobileAdmin/sign-in");
        let from = |pairs: &[(&'static str, &'static str)]| comes_from_here(&headers(pairs), &uri);
        assert!(from(&[("host", "a.example:8444")]));
        assert!(from(&[("host", "a.example:8444"), ("origin", "https://a.example:8444")]));
        assert!(!from(&[("host", "a.example:8444"), ("origin", "https://a.example")]));
        assert!(!from(&[("host", "a.example:8444"), ("origin", "null")]));
        assert!(!from(&[("host", "a.example"), ("sec-fetch-site", "cross-site")]));
        assert!(!from(&[("host", "a.example"), ("sec-fetch-site", "same-site")]));
        assert!(from(&[("host", "a.example"), ("sec-fetch-site", "same-origin")]));
    }

    #[test]
    fn the_session_is_found_among_other_cookies() {
        let id = "ab".repeat(32);
        let mut headers = HeaderMap::new();
        let text = format!("theme=dark; {COOKIE}={id}; x=y");
        headers.insert(header::COOKIE, HeaderValue::from_str(&text).unwrap());
        assert_eq!(session_id(&headers).unwrap().reveal(), id);
        headers.insert(header::COOKIE, HeaderValue::from_static("fieldpost=ab"));
        assert!(session_id(&headers).is_none());
    }
}
