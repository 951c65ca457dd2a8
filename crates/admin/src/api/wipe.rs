//! `/accounts/{address}/devices/{id}/wipe`: remote wipe.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use fieldpost_domain::role::Permission;
use fieldpost_domain::wipe::{self, WipeKind, WipeState};
use fieldpost_server::administration::{ActError, Deed};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Api;
use super::caller::Caller;
use super::input::{Body, Place};
use super::problem::Problem;

/// The wipe of a device.
#[derive(Debug, Serialize, ToSchema)]
pub struct Wipe {
    /// `full` or `account-only`.
    kind: &'static str,
    /// `proposed`, `pending`, `sent`, `acknowledged`, `failed` or `cancelled`.
    state: &'static str,
    /// Who ordered it.
    ordered_by: String,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    ordered_at: Timestamp,
    /// Who approved it, where that was asked for.
    approved_by: Option<String>,
    /// When the phone was told first.
    #[schema(value_type = Option<String>, format = DateTime)]
    sent_at: Option<Timestamp>,
    /// When the phone said first that it is done.
    #[schema(value_type = Option<String>, format = DateTime)]
    acknowledged_at: Option<Timestamp>,
}

/// A wipe to order.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Order {
    /// `full` or `account-only`; the latter for devices that speak 16.1.
    #[schema(example = "full")]
    kind: String,
    /// The account's address once more, so that no slip of a program empties a phone.
    #[schema(example = "anna@example.org")]
    confirmation: String,
}

impl From<wipe::Wipe> for Wipe {
    fn from(wipe: wipe::Wipe) -> Wipe {
        Wipe {
            kind: wipe.kind.name(),
            state: wipe.state.name(),
            ordered_by: wipe.ordered_by,
            ordered_at: wipe.ordered_at,
            approved_by: wipe.approved_by,
            sent_at: wipe.sent_at,
            acknowledged_at: wipe.acknowledged_at,
        }
    }
}

/// Order a wipe
///
/// It stays in force until it is cancelled: a device that comes back is wiped again. Ordered again, it changes
/// nothing; a wipe of the other kind has to be cancelled first.
#[utoipa::path(
    put,
    path = "/api/v1/accounts/{address}/devices/{id}/wipe",
    tag = "wipe",
    params(("address" = String, Path, description = "the account's address"), ("id" = String, Path)),
    request_body = Order,
    responses(
        (status = 204),
        (status = "default", body = Problem, content_type = "application/problem+json")
    )
)]
pub(super) async fn order(
    State(api): State<Arc<Api>>,
    Caller(actor): Caller,
    Place((address, id)): Place<(String, String)>,
    Body(order): Body<Order>,
) -> Result<StatusCode, Problem> {
    let kind = [WipeKind::Full, WipeKind::AccountOnly].into_iter().find(|kind| kind.name() == order.kind);
    let kind = kind.ok_or_else(|| {
        Problem::unreadable(format!("kind: there is no {}: it is full or account-only", order.kind))
    })?;
    let deed = Deed::about("device.wipe", &address).of_device(&id, "");
    api.administration.permit(&actor, Permission::Wipe, &deed).await?;
    // What is not known is not ordered already: the order itself says what is wrong with it, and is logged.
    let is_again = match api.administration.device(&actor, &address, &id).await {
        Err(ActError::NotFound { .. }) => false,
        Err(error) => return Err(error.into()),
        Ok(view) => {
            let ordered = view.control.wipe.filter(|wipe| wipe.state != WipeState::Cancelled);
            ordered.is_some_and(|wipe| wipe.kind == kind)
                && order.confirmation.eq_ignore_ascii_case(&view.account.address)
        }
    };
    if !is_again {
        api.administration.order_wipe(&actor, &address, &id, kind, &order.confirmation).await?;
    }
    Ok(StatusCode::NO_CONTENT)
}

/// Approve a wipe that somebody else ordered
#[utoipa::path(
    put,
    path = "/api/v1/accounts/{address}/devices/{id}/wipe/approval",
    tag = "wipe",
    params(("address" = String, Path, description = "the account's address"), ("id" = String, Path)),
    responses(
        (status = 204),
        (status = "default", body = Problem, content_type = "application/problem+json")
    )
)]
pub(super) async fn approve(
    State(api): State<Arc<Api>>,
    Caller(actor): Caller,
    Place((address, id)): Place<(String, String)>,
) -> Result<StatusCode, Problem> {
    let deed = Deed::about("device.wipe.approve", &address).of_device(&id, "");
    api.administration.permit(&actor, Permission::Wipe, &deed).await?;
    let wipe = match api.administration.device(&actor, &address, &id).await {
        Err(ActError::NotFound { .. }) => None,
        view => view?.control.wipe,
    };
    // Approved before by the same: this request is sent again.
    let is_again = wipe
        .is_some_and(|wipe| wipe.is_in_force() && wipe.approved_by.as_deref() == Some(actor.name.as_str()));
    if !is_again {
        api.administration.approve_wipe(&actor, &address, &id).await?;
    }
    Ok(StatusCode::NO_CONTENT)
}

/// Cancel a wipe
#[utoipa::path(
    delete,
    path = "/api/v1/accounts/{address}/devices/{id}/wipe",
    tag = "wipe",
    params(("address" = String, Path, description = "the account's address"), ("id" = String, Path)),
    responses(
        (status = 204),
        (status = "default", body = Problem, content_type = "application/problem+json")
    )
)]
pub(super) async fn cancel(
    State(api): State<Arc<Api>>,
    Caller(actor): Caller,
    Place((address, id)): Place<(String, String)>,
) -> Result<StatusCode, Problem> {
    let deed = Deed::about("device.wipe.cancel", &address).of_device(&id, "");
    api.administration.permit(&actor, Permission::Wipe, &deed).await?;
    let view = api.administration.device(&actor, &address, &id).await?;
    // Cancelled before: this request is sent again.
    if view.control.wipe.is_none_or(|wipe| wipe.state != WipeState::Cancelled) {
        api.administration.cancel_wipe(&actor, &address, &id).await?;
    }
    Ok(StatusCode::NO_CONTENT)
}
