//! `/rules`, `/wipe-rules` and `/switches`: what holds for the organisation, and for single accounts.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use fieldpost_domain::admission::Rules;
use fieldpost_domain::switches::{AccountSwitches, Switches};
use fieldpost_domain::wipe::WipeRules;
use serde::Serialize;
use utoipa::ToSchema;

use super::Api;
use super::caller::Caller;
use super::input::{Body, Place};
use super::problem::Problem;

/// The switches of an account.
#[derive(Debug, Serialize, ToSchema)]
pub struct AccountSwitchesShown {
    /// What is said of the account; what is null is as the organisation has it.
    #[schema(value_type = Object)]
    own: AccountSwitches,
    /// What holds for it.
    #[schema(value_type = Object)]
    in_force: Switches,
}

/// The rules that let devices in
#[utoipa::path(
    get,
    path = "/api/v1/rules",
    tag = "rules",
    responses(
        (status = 200, content_type = "application/json", body = Object),
        (status = "default", body = Problem, content_type = "application/problem+json")
    )
)]
pub(super) async fn rules(
    State(api): State<Arc<Api>>,
    Caller(actor): Caller,
) -> Result<Json<Rules>, Problem> {
    Ok(Json(api.administration.rules(&actor).await?))
}

/// Replace the rules that let devices in
///
/// Every device is judged anew, those that wait for news at once.
#[utoipa::path(
    put,
    path = "/api/v1/rules",
    tag = "rules",
    request_body(
        content = Object,
        description = "as GET answers it",
        example = json!({
            "rules": [{"name": "Apple", "when": {"device_type": "iP*"}, "action": "allow"}],
            "default": "quarantine",
            "thresholds": {"commands": {"more_than": 3000, "minutes": 60, "action": "block", "for_minutes": 120}}
        })
    ),
    responses(
        (status = 204),
        (status = "default", body = Problem, content_type = "application/problem+json")
    )
)]
pub(super) async fn put_rules(
    State(api): State<Arc<Api>>,
    Caller(actor): Caller,
    Body(rules): Body<Rules>,
) -> Result<StatusCode, Problem> {
    api.administration.put_rules(&actor, &rules).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// How wipes are ordered
#[utoipa::path(
    get,
    path = "/api/v1/wipe-rules",
    tag = "rules",
    responses(
        (status = 200, content_type = "application/json", body = Object),
        (status = "default", body = Problem, content_type = "application/problem+json")
    )
)]
pub(super) async fn wipe_rules(
    State(api): State<Arc<Api>>,
    Caller(actor): Caller,
) -> Result<Json<WipeRules>, Problem> {
    Ok(Json(api.administration.wipe_rules(&actor).await?))
}

/// Say how wipes are ordered
#[utoipa::path(
    put,
    path = "/api/v1/wipe-rules",
    tag = "rules",
    request_body(
        content = Object,
        description = "as GET answers it",
        example = json!({"needs_approval": true})
    ),
    responses(
        (status = 204),
        (status = "default", body = Problem, content_type = "application/problem+json")
    )
)]
pub(super) async fn put_wipe_rules(
    State(api): State<Arc<Api>>,
    Caller(actor): Caller,
    Body(rules): Body<WipeRules>,
) -> Result<StatusCode, Problem> {
    api.administration.put_wipe_rules(&actor, rules).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What the organisation may use
#[utoipa::path(
    get,
    path = "/api/v1/switches",
    tag = "switches",
    responses(
        (status = 200, content_type = "application/json", body = Object),
        (status = "default", body = Problem, content_type = "application/problem+json")
    )
)]
pub(super) async fn switches(
    State(api): State<Arc<Api>>,
    Caller(actor): Caller,
) -> Result<Json<Switches>, Problem> {
    Ok(Json(api.administration.switches(&actor).await?))
}

/// Say what the organisation may use
#[utoipa::path(
    put,
    path = "/api/v1/switches",
    tag = "switches",
    request_body(
        content = Object,
        description = "as GET answers it; what is left out is as it is by default",
        example = json!({"direct_push": true, "max_devices": 5, "versions": ["14.1", "16.1"]})
    ),
    responses(
        (status = 204),
        (status = "default", body = Problem, content_type = "application/problem+json")
    )
)]
pub(super) async fn put_switches(
    State(api): State<Arc<Api>>,
    Caller(actor): Caller,
    Body(switches): Body<Switches>,
) -> Result<StatusCode, Problem> {
    api.administration.put_switches(&actor, &switches).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What an account may use
#[utoipa::path(
    get,
    path = "/api/v1/accounts/{address}/switches",
    tag = "switches",
    params(("address" = String, Path, description = "the account's address")),
    responses(
        (status = 200, body = AccountSwitchesShown),
        (status = "default", body = Problem, content_type = "application/problem+json")
    )
)]
pub(super) async fn account_switches(
    State(api): State<Arc<Api>>,
    Caller(actor): Caller,
    Place(address): Place<String>,
) -> Result<Json<AccountSwitchesShown>, Problem> {
    let view = api.administration.account_switches(&actor, &address).await?;
    Ok(Json(AccountSwitchesShown { own: view.own, in_force: view.in_force }))
}

/// Say what an account may use
#[utoipa::path(
    put,
    path = "/api/v1/accounts/{address}/switches",
    tag = "switches",
    params(("address" = String, Path, description = "the account's address")),
    request_body(
        content = Object,
        description = "as `own` of the answer to GET; what is left out is as the organisation has it",
        example = json!({"active_sync": false})
    ),
    responses(
        (status = 204),
        (status = "default", body = Problem, content_type = "application/problem+json")
    )
)]
pub(super) async fn put_account_switches(
    State(api): State<Arc<Api>>,
    Caller(actor): Caller,
    Place(address): Place<String>,
    Body(switches): Body<AccountSwitches>,
) -> Result<StatusCode, Problem> {
    api.administration.put_account_switches(&actor, &address, &switches).await?;
    Ok(StatusCode::NO_CONTENT)
}
