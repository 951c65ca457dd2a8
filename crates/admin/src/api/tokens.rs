//! `/tokens`: who may use the API.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use fieldpost_store::ApiToken;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Api;
use super::caller::Caller;
use super::input::{Body, Place};
use super::problem::Problem;

/// A token, without what proves it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Token {
    /// Its name, by which the transaction log knows who acted.
    name: String,
    /// `view`, `help-desk`, `policy` or `owner`.
    #[schema(example = "help-desk")]
    role: &'static str,
    /// Who made it.
    made_by: String,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    created: Timestamp,
    /// From when on it is good for nothing.
    #[schema(value_type = Option<String>, format = DateTime)]
    expires: Option<Timestamp>,
    /// When it was last used, within an hour.
    #[schema(value_type = Option<String>, format = DateTime)]
    used: Option<Timestamp>,
}

/// A token that was just made.
#[derive(Debug, Serialize, ToSchema)]
pub struct Made {
    /// What to send as Bearer token. It is shown this once.
    secret: String,
    #[serde(flatten)]
    token: Token,
}

/// A token to make.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Wanted {
    /// `view`, `help-desk`, `policy` or `owner`.
    #[schema(example = "help-desk")]
    role: String,
    /// Days that it is good for, 1 to 3650; without an end where this is absent.
    days: Option<u32>,
}

impl From<ApiToken> for Token {
    fn from(token: ApiToken) -> Token {
        Token {
            name: token.name,
            role: token.role.name(),
            made_by: token.made_by,
            created: token.created,
            expires: token.expires,
            used: token.used,
        }
    }
}

/// All tokens
#[utoipa::path(
    get,
    path = "/api/v1/tokens",
    tag = "tokens",
    responses(
        (status = 200, body = Vec<Token>),
        (status = "default", body = Problem, content_type = "application/problem+json")
    )
)]
pub(super) async fn list(
    State(api): State<Arc<Api>>,
    Caller(actor): Caller,
) -> Result<Json<Vec<Token>>, Problem> {
    let tokens = api.administration.api_tokens(&actor).await?;
    Ok(Json(tokens.into_iter().map(Token::from).collect()))
}

/// Make a token
///
/// A name that is taken is a conflict: what proves the token that has it can't be shown again.
#[utoipa::path(
    put,
    path = "/api/v1/tokens/{name}",
    tag = "tokens",
    params(("name" = String, Path, description = "1 to 64 letters, digits, dots, hyphens and underscores")),
    request_body = Wanted,
    responses(
        (status = 201, body = Made),
        (status = "default", body = Problem, content_type = "application/problem+json")
    )
)]
pub(super) async fn put(
    State(api): State<Arc<Api>>,
    Caller(actor): Caller,
    Place(name): Place<String>,
    Body(wanted): Body<Wanted>,
) -> Result<(StatusCode, Json<Made>), Problem> {
    let role = wanted.role.parse().map_err(|error| Problem::unreadable(format!("role: {error}")))?;
    let entropy = &*api.entropy;
    let (token, secret) = api.administration.add_api_token(&actor, &name, role, wanted.days, entropy).await?;
    Ok((StatusCode::CREATED, Json(Made { secret, token: token.into() })))
}

/// Remove a token
#[utoipa::path(
    delete,
    path = "/api/v1/tokens/{name}",
    tag = "tokens",
    params(("name" = String, Path)),
    responses(
        (status = 204),
        (status = "default", body = Problem, content_type = "application/problem+json")
    )
)]
pub(super) async fn remove(
    State(api): State<Arc<Api>>,
    Caller(actor): Caller,
    Place(name): Place<String>,
) -> Result<StatusCode, Problem> {
    api.administration.remove_api_token(&actor, &name).await?;
    Ok(StatusCode::NO_CONTENT)
}
