//! `/accounts/{address}/app-passwords`: passwords for single devices.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use fieldpost_domain::app_password;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Api;
use super::caller::Caller;
use super::input::{Body, Place};
use super::problem::Problem;

/// An app password, without its secret.
#[derive(Debug, Serialize, ToSchema)]
pub struct AppPassword {
    /// Its number within the account.
    id: i64,
    /// What it is for.
    name: String,
    /// The device that it is bound to; absent until it is used.
    device_id: Option<String>,
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    created: Timestamp,
    /// When it was last used, within an hour.
    #[schema(value_type = Option<String>, format = DateTime)]
    used: Option<Timestamp>,
}

/// An app password that was just made.
#[derive(Debug, Serialize, ToSchema)]
pub struct Made {
    /// Its number within the account.
    id: i64,
    /// What to type on the device. It is shown this once.
    #[schema(example = "4f7k2-9hq0d-m3xt8-vw1zp")]
    secret: String,
}

/// An app password to make.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Wanted {
    /// What it is for, 1 to 64 characters.
    name: String,
}

impl From<app_password::AppPassword> for AppPassword {
    fn from(password: app_password::AppPassword) -> AppPassword {
        let time = |millisecond| Timestamp::from_millisecond(millisecond).unwrap_or_default();
        AppPassword {
            id: password.id,
            name: password.name,
            device_id: password.device_id,
            created: time(password.created),
            used: password.used.map(time),
        }
    }
}

/// The account's app passwords
#[utoipa::path(
    get,
    path = "/api/v1/accounts/{address}/app-passwords",
    tag = "app passwords",
    params(("address" = String, Path, description = "the account's address")),
    responses(
        (status = 200, body = Vec<AppPassword>),
        (status = "default", body = Problem, content_type = "application/problem+json")
    )
)]
pub(super) async fn list(
    State(api): State<Arc<Api>>,
    Caller(actor): Caller,
    Place(address): Place<String>,
) -> Result<Json<Vec<AppPassword>>, Problem> {
    let passwords = api.administration.app_passwords(&actor, &address).await?;
    Ok(Json(passwords.into_iter().map(AppPassword::from).collect()))
}

/// Make an app password
///
/// It opens the mailbox to the first device that uses it. Sent again, this makes another one.
#[utoipa::path(
    post,
    path = "/api/v1/accounts/{address}/app-passwords",
    tag = "app passwords",
    params(("address" = String, Path, description = "the account's address")),
    request_body = Wanted,
    responses(
        (status = 201, body = Made),
        (status = "default", body = Problem, content_type = "application/problem+json")
    )
)]
pub(super) async fn add(
    State(api): State<Arc<Api>>,
    Caller(actor): Caller,
    Place(address): Place<String>,
    Body(wanted): Body<Wanted>,
) -> Result<(StatusCode, Json<Made>), Problem> {
    let entropy = &*api.entropy;
    let (id, secret) = api.administration.add_app_password(&actor, &address, &wanted.name, entropy).await?;
    Ok((StatusCode::CREATED, Json(Made { id, secret: secret.reveal() })))
}

/// Remove an app password: the device that has it is out at its next request
#[utoipa::path(
    delete,
    path = "/api/v1/accounts/{address}/app-passwords/{id}",
    tag = "app passwords",
    params(("address" = String, Path, description = "the account's address"), ("id" = i64, Path)),
    responses(
        (status = 204),
        (status = "default", body = Problem, content_type = "application/problem+json")
    )
)]
pub(super) async fn remove(
    State(api): State<Arc<Api>>,
    Caller(actor): Caller,
    Place((address, id)): Place<(String, i64)>,
) -> Result<StatusCode, Problem> {
    api.administration.remove_app_password(&actor, &address, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
