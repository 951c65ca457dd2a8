//! What went wrong, for programs and for those who read their logs: `application/problem+json` (RFC 9457).

use axum::Json;
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use fieldpost_server::administration::ActError;
use serde::Serialize;
use utoipa::ToSchema;

/// The media type.
pub const MEDIA_TYPE: &str = "application/problem+json";
/// Seconds after which to try again where the trouble is ours.
const RETRY_SECONDS: &str = "30";

/// A problem. Nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Problem {
    /// The HTTP code again.
    #[schema(example = 404)]
    pub status: u16,
    /// What kind of problem it is.
    #[schema(example = "Not found")]
    pub title: &'static str,
    /// What happened, to which thing, and what to do.
    #[schema(example = "there is no device PHONE1")]
    pub detail: String,
    /// What is the matter with the store, for [`super::inside`] alone.
    #[serde(skip)]
    trouble: Option<String>,
}

/// Goes with an answer that stays within this process.
#[derive(Debug, Clone)]
pub(super) struct Trouble(pub(super) String);

impl Problem {
    fn new(status: StatusCode, title: &'static str, detail: impl Into<String>) -> Problem {
        Problem { status: status.as_u16(), title, detail: detail.into(), trouble: None }
    }

    /// No token, or one that is not, or not any more, good for anything.
    pub fn no_token() -> Problem {
        let detail = "send a token that is in force as `Authorization: Bearer fieldpost_…`; `fieldpost admin \
                      token add` makes one";
        Problem::new(StatusCode::UNAUTHORIZED, "Unauthorized", detail)
    }

    /// The request can't be read.
    pub fn unreadable(detail: impl Into<String>) -> Problem {
        Problem::new(StatusCode::BAD_REQUEST, "Bad request", detail)
    }

    /// A mistake of ours.
    pub fn broken() -> Problem {
        let detail = "this is a fault of the program; the server's log says more";
        Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "Internal error", detail)
    }
}

impl From<ActError> for Problem {
    fn from(error: ActError) -> Problem {
        let (status, title) = match &error {
            ActError::Denied { .. } | ActError::NotYours => (StatusCode::FORBIDDEN, "Forbidden"),
            ActError::NotFound { .. } => (StatusCode::NOT_FOUND, "Not found"),
            ActError::Invalid(_) => (StatusCode::UNPROCESSABLE_ENTITY, "Invalid"),
            ActError::Conflict(_) => (StatusCode::CONFLICT, "Conflict"),
            ActError::Store(trouble) => {
                tracing::error!(error = %trouble, "a request to the API could not be answered");
                let detail = "the store can't be used just now: try again in half a minute";
                return Problem {
                    trouble: Some(error.to_string()),
                    ..Problem::new(StatusCode::SERVICE_UNAVAILABLE, "Try again later", detail)
                };
            }
        };
        Problem::new(status, title, error.to_string())
    }
}

impl IntoResponse for Problem {
    fn into_response(mut self) -> Response {
        let trouble = self.trouble.take();
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, Json(self)).into_response();
        if let Some(trouble) = trouble {
            response.extensions_mut().insert(Trouble(trouble));
        }
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"Fieldpost\""));
        }
        if status == StatusCode::SERVICE_UNAVAILABLE {
            headers.insert(RETRY_AFTER, HeaderValue::from_static(RETRY_SECONDS));
        }
        response
    }
}

/// Nothing has this address.
pub(super) async fn nothing_here() -> Problem {
    Problem::new(
        StatusCode::NOT_FOUND,
        "Not found",
        "there is nothing at this address: see /api/v1/openapi.json",
    )
}

/// The address does not take this method.
pub(super) async fn not_so() -> Problem {
    let detail = "this address does not take this method: see /api/v1/openapi.json";
    Problem::new(StatusCode::METHOD_NOT_ALLOWED, "Method not allowed", detail)
}
