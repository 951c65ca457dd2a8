//! Who calls: the token of the `Authorization` header (RFC 6750 2.1).

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use fieldpost_net::http::Peer;
use fieldpost_server::administration::Actor;

use super::Api;
use super::inside::Insider;
use super::problem::Problem;

/// Longest header that is looked at, in bytes.
const HEADER_MAX: usize = 512;

/// A program with a token.
#[derive(Debug, Clone)]
pub struct Caller(pub Actor);

impl FromRequestParts<Arc<Api>> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, api: &Arc<Api>) -> Result<Caller, Problem> {
        // No request that comes from outside has it.
        if let Some(Insider(actor)) = parts.extensions.get() {
            return Ok(Caller(actor.clone()));
        }
        let peer = parts.extensions.get::<Peer>().ok_or_else(Problem::broken)?;
        let header = parts.headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
        let header = header.filter(|header| header.len() <= HEADER_MAX).ok_or_else(Problem::no_token)?;
        let secret = match header.split_once(' ') {
            Some((scheme, secret)) if scheme.eq_ignore_ascii_case("bearer") => secret.trim(),
            _ => return Err(Problem::no_token()),
        };
        let actor = api.administration.by_api_token(secret, peer.address).await?;
        actor.map(Caller).ok_or_else(Problem::no_token)
    }
}
