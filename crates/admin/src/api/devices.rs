//! `/devices` and `/accounts/{address}/devices/{id}`: devices, what they did last, and what is done with them.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use fieldpost_domain::device::{Control, Device, Standing};
use fieldpost_eas::Version;
use fieldpost_eas::command::CommandName;
use fieldpost_server::administration::devices::{DeviceQuery, DeviceRow};
use fieldpost_server::exchanges::{Exchange, Outcome, readable};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::Api;
use super::caller::Caller;
use super::input::{Asked, Body, Place};
use super::problem::Problem;
use super::wipe::Wipe;

/// Which devices. What is not given does not matter.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Which {
    /// Words, each of which is part of the owner's address or name, or of what the device says of itself.
    text: Option<String>,
    /// `allowed`, `quarantined`, `blocked`, `wiping` or `wiped`.
    standing: Option<String>,
    /// Whose: an address.
    account: Option<String>,
    /// Most devices, 1 to 500; 50 where it is absent.
    limit: Option<usize>,
    /// `next` of the page before.
    after: Option<String>,
}

/// A device.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeviceShown {
    /// The primary address of the account that it synchronises.
    account: String,
    /// Its id.
    device_id: String,
    /// What it claims to be.
    device_type: String,
    /// Where it stands: `allowed`, `quarantined`, `blocked`, `wiping` or `wiped`.
    standing: &'static str,
    /// Why it stands there, where that was decided by a rule, a person or a threshold.
    #[serde(skip_serializing_if = "Option::is_none")]
    because: Option<String>,
    /// The version of the protocol that it spoke last.
    version: Option<String>,
    /// Its `User-Agent`.
    user_agent: Option<String>,
    /// Its model, as it says.
    model: Option<String>,
    /// Its operating system, as it says.
    os: Option<String>,
    /// Its name, as it says.
    friendly_name: Option<String>,
    /// Its telephone number, as it says.
    phone_number: Option<String>,
    /// When it came first.
    #[schema(value_type = String, format = DateTime)]
    first_seen: Timestamp,
    /// When it came last, within ten minutes.
    #[schema(value_type = String, format = DateTime)]
    last_seen: Timestamp,
    /// The wipe that was ordered last, if any.
    #[serde(skip_serializing_if = "Option::is_none")]
    wipe: Option<Wipe>,
    /// What a full wipe would erase; said of a single device.
    #[serde(skip_serializing_if = "Option::is_none")]
    full_wipe_erases: Option<&'static str>,
}

/// A part of the devices.
#[derive(Debug, Serialize, ToSchema)]
pub struct DevicePage {
    devices: Vec<DeviceShown>,
    /// What to ask with for the next ones; absent where there are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

/// What is decided about a device.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Access {
    /// `allow`: it is let in whatever the rules say. `block`: it is kept out. `release`: the same as `allow`,
    /// for a device that is in quarantine. `rules`: the rules decide again.
    #[schema(example = "release")]
    action: String,
}

/// One request of a device and what came of it, without what is the user's.
#[derive(Debug, Serialize, ToSchema)]
pub struct ExchangeShown {
    /// When the request came.
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// What it asked for.
    command: Option<&'static str>,
    /// In which version.
    version: Option<&'static str>,
    /// HTTP code of the answer; absent where the phone was gone before there was one.
    code: Option<u16>,
    /// First status in the answer.
    status: Option<u16>,
    /// How long it took, in milliseconds.
    milliseconds: u64,
    /// Bytes of the request's body.
    bytes_in: usize,
    /// Bytes of the answer's body.
    bytes_out: usize,
    /// The request as XML: tags, keys, ids and statuses as they are, the length of everything else.
    request: Option<String>,
    /// The answer likewise.
    response: Option<String>,
}

fn shown(account: String, device: Device, standing: Standing, control: Control) -> DeviceShown {
    let time = |millisecond| Timestamp::from_millisecond(millisecond).unwrap_or_default();
    let information = device.information;
    DeviceShown {
        account,
        standing: standing.name(),
        because: control.access.map(|access| access.because.to_string()),
        version: device.version,
        user_agent: device.user_agent.or(information.user_agent),
        model: information.model,
        os: information.os,
        friendly_name: information.friendly_name,
        phone_number: information.phone_number,
        first_seen: time(device.first_seen),
        last_seen: time(device.last_seen),
        wipe: control.wipe.map(Wipe::from),
        full_wipe_erases: None,
        device_id: device.device_id,
        device_type: device.device_type,
    }
}

impl From<DeviceRow> for DeviceShown {
    fn from(row: DeviceRow) -> DeviceShown {
        shown(row.owner, row.device, row.standing, row.control)
    }
}

impl From<&Exchange> for ExchangeShown {
    fn from(exchange: &Exchange) -> ExchangeShown {
        let (code, status) = match exchange.outcome {
            Outcome::Answered { code, status } => (Some(code), status),
            Outcome::Gone => (None, None),
        };
        ExchangeShown {
            at: exchange.at,
            command: exchange.command.map(CommandName::name),
            version: exchange.version.map(Version::name),
            code,
            status,
            milliseconds: u64::try_from(exchange.took.as_millis()).unwrap_or(u64::MAX),
            bytes_in: exchange.bytes_in,
            bytes_out: exchange.bytes_out,
            request: exchange.request.as_deref().and_then(readable),
            response: exchange.response.as_deref().and_then(readable),
        }
    }
}

/// A part of the devices
#[utoipa::path(
    get,
    path = "/api/v1/devices",
    tag = "devices",
    params(Which),
    responses(
        (status = 200, body = DevicePage),
        (status = "default", body = Problem, content_type = "application/problem+json")
    )
)]
pub(super) async fn list(
    State(api): State<Arc<Api>>,
    Caller(actor): Caller,
    Asked(which): Asked<Which>,
) -> Result<Json<DevicePage>, Problem> {
    let standing = match which.standing {
        None => None,
        Some(name) => Some(Standing::from_name(&name).ok_or_else(|| {
            let known: Vec<&str> = Standing::ALL.iter().map(|standing| standing.name()).collect();
            Problem::unreadable(format!("standing: there is no {name}: it is one of {}", known.join(", ")))
        })?),
    };
    let query = DeviceQuery {
        text: which.text,
        standing,
        account: which.account,
        limit: which.limit.unwrap_or_default(),
        after: which.after,
        ..DeviceQuery::default()
    };
    let page = api.administration.devices(&actor, &query).await?;
    Ok(Json(DevicePage { devices: page.rows.into_iter().map(DeviceShown::from).collect(), next: page.next }))
}

/// A device
#[utoipa::path(
    get,
    path = "/api/v1/accounts/{address}/devices/{id}",
    tag = "devices",
    params(("address" = String, Path, description = "the account's address"), ("id" = String, Path)),
    responses(
        (status = 200, body = DeviceShown),
        (status = "default", body = Problem, content_type = "application/problem+json")
    )
)]
pub(super) async fn show(
    State(api): State<Arc<Api>>,
    Caller(actor): Caller,
    Place((address, id)): Place<(String, String)>,
) -> Result<Json<DeviceShown>, Problem> {
    let view = api.administration.device(&actor, &address, &id).await?;
    let erases = Some(view.erases);
    let device = shown(view.account.address, view.device, view.standing, view.control);
    Ok(Json(DeviceShown { full_wipe_erases: erases, ..device }))
}

/// Delete a partnership
///
/// All that is remembered of the device is forgotten. If it comes again, it begins anew.
#[utoipa::path(
    delete,
    path = "/api/v1/accounts/{address}/devices/{id}",
    tag = "devices",
    params(("address" = String, Path, description = "the account's address"), ("id" = String, Path)),
    responses(
        (status = 204),
        (status = "default", body = Problem, content_type = "application/problem+json")
    )
)]
pub(super) async fn remove(
    State(api): State<Arc<Api>>,
    Caller(actor): Caller,
    Place((address, id)): Place<(String, String)>,
) -> Result<StatusCode, Problem> {
    api.administration.delete_device(&actor, &address, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Allow, block or release a device
///
/// It may be one that never came.
#[utoipa::path(
    put,
    path = "/api/v1/accounts/{address}/devices/{id}/access",
    tag = "devices",
    params(("address" = String, Path, description = "the account's address"), ("id" = String, Path)),
    request_body = Access,
    responses(
        (status = 204),
        (status = "default", body = Problem, content_type = "application/problem+json")
    )
)]
pub(super) async fn access(
    State(api): State<Arc<Api>>,
    Caller(actor): Caller,
    Place((address, id)): Place<(String, String)>,
    Body(wanted): Body<Access>,
) -> Result<StatusCode, Problem> {
    let administration = &api.administration;
    match wanted.action.as_str() {
        "allow" => administration.allow_device(&actor, &address, &id).await?,
        "block" => administration.block_device(&actor, &address, &id).await?,
        "release" => administration.release_device(&actor, &address, &id).await?,
        "rules" => administration.unlist_device(&actor, &address, &id).await?,
        other => {
            return Err(Problem::unreadable(format!(
                "action: there is no {other}: it is allow, block, release or rules"
            )));
        }
    }
    Ok(StatusCode::NO_CONTENT)
}

/// Have a device synchronise anew
///
/// It begins every folder anew at its next request. Nothing is lost.
#[utoipa::path(
    put,
    path = "/api/v1/accounts/{address}/devices/{id}/resync",
    tag = "devices",
    params(("address" = String, Path, description = "the account's address"), ("id" = String, Path)),
    responses(
        (status = 204),
        (status = "default", body = Problem, content_type = "application/problem+json")
    )
)]
pub(super) async fn resync(
    State(api): State<Arc<Api>>,
    Caller(actor): Caller,
    Place((address, id)): Place<(String, String)>,
) -> Result<StatusCode, Problem> {
    api.administration.force_sync(&actor, &address, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What a device asked last, and what it was told, newest first
///
/// Up to fifty, since the server was started, as far as there is room. Nothing of it is the user's.
#[utoipa::path(
    get,
    path = "/api/v1/accounts/{address}/devices/{id}/exchanges",
    tag = "devices",
    params(("address" = String, Path, description = "the account's address"), ("id" = String, Path)),
    responses(
        (status = 200, body = Vec<ExchangeShown>),
        (status = "default", body = Problem, content_type = "application/problem+json")
    )
)]
pub(super) async fn exchanges(
    State(api): State<Arc<Api>>,
    Caller(actor): Caller,
    Place((address, id)): Place<(String, String)>,
) -> Result<Json<Vec<ExchangeShown>>, Problem> {
    let view = api.administration.device(&actor, &address, &id).await?;
    let kept = api.app.as_ref().map(|app| app.exchanges.of(view.account.id, &view.device.device_id));
    Ok(Json(kept.iter().flatten().map(|exchange| ExchangeShown::from(&**exchange)).collect()))
}
