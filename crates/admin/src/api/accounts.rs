//! `/accounts`: found, looked at, disabled and enabled.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use fieldpost_server::administration::accounts::AccountQuery;
use fieldpost_store::Account;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::Api;
use super::caller::Caller;
use super::input::{Asked, Body, Place};
use super::problem::Problem;

/// Which accounts. What is not given does not matter.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Which {
    /// Words, each of which is part of the account's name or of one of its addresses.
    text: Option<String>,
    /// Whether they are disabled.
    disabled: Option<bool>,
    /// Most accounts, 1 to 500; 50 where it is absent.
    limit: Option<usize>,
    /// `next` of the page before.
    after: Option<String>,
}

/// An account.
#[derive(Debug, Serialize, ToSchema)]
pub struct AccountShown {
    /// Its number.
    id: i64,
    /// Its primary address.
    address: String,
    /// Name shown to others.
    name: String,
    /// Further addresses.
    aliases: Vec<String>,
    /// Nobody can sign in to it; its mail is still taken in.
    disabled: bool,
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    created: Timestamp,
    /// The zone in which its user lives, by its IANA name; absent where it is that of the server.
    #[serde(skip_serializing_if = "Option::is_none")]
    time_zone: Option<String>,
}

/// A part of the accounts.
#[derive(Debug, Serialize, ToSchema)]
pub struct AccountPage {
    accounts: Vec<AccountShown>,
    /// What to ask with for the next ones; absent where there are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

/// Whether somebody can sign in to an account.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Disabled {
    /// Nobody can.
    disabled: bool,
}

impl From<Account> for AccountShown {
    fn from(account: Account) -> AccountShown {
        AccountShown {
            id: account.id.0,
            address: account.address,
            name: account.display_name,
            aliases: account.aliases,
            disabled: account.disabled,
            created: account.created,
            time_zone: account.time_zone,
        }
    }
}

/// A part of the accounts, by address
#[utoipa::path(
    get,
    path = "/api/v1/accounts",
    tag = "accounts",
    params(Which),
    responses(
        (status = 200, body = AccountPage),
        (status = "default", body = Problem, content_type = "application/problem+json")
    )
)]
pub(super) async fn list(
    State(api): State<Arc<Api>>,
    Caller(actor): Caller,
    Asked(which): Asked<Which>,
) -> Result<Json<AccountPage>, Problem> {
    let query = AccountQuery {
        text: which.text,
        disabled: which.disabled,
        limit: which.limit.unwrap_or_default(),
        after: which.after,
    };
    let page = api.administration.accounts(&actor, &query).await?;
    Ok(Json(AccountPage {
        accounts: page.rows.into_iter().map(AccountShown::from).collect(),
        next: page.next,
    }))
}

/// An account
#[utoipa::path(
    get,
    path = "/api/v1/accounts/{address}",
    tag = "accounts",
    params(("address" = String, Path, description = "one of the account's addresses")),
    responses(
        (status = 200, body = AccountShown),
        (status = "default", body = Problem, content_type = "application/problem+json")
    )
)]
pub(super) async fn show(
    State(api): State<Arc<Api>>,
    Caller(actor): Caller,
    Place(address): Place<String>,
) -> Result<Json<AccountShown>, Problem> {
    Ok(Json(api.administration.show_account(&actor, &address).await?.into()))
}

/// Disable an account, or enable it again
///
/// Nobody signs in to a disabled account, and its phones get nothing but a wipe; those that wait for news are
/// told at once. Its mail is still taken in.
#[utoipa::path(
    put,
    path = "/api/v1/accounts/{address}/disabled",
    tag = "accounts",
    params(("address" = String, Path, description = "one of the account's addresses")),
    request_body = Disabled,
    responses(
        (status = 204),
        (status = "default", body = Problem, content_type = "application/problem+json")
    )
)]
pub(super) async fn put_disabled(
    State(api): State<Arc<Api>>,
    Caller(actor): Caller,
    Place(address): Place<String>,
    Body(wanted): Body<Disabled>,
) -> Result<StatusCode, Problem> {
    api.administration.set_account_disabled(&actor, &address, wanted.disabled).await?;
    Ok(StatusCode::NO_CONTENT)
}
