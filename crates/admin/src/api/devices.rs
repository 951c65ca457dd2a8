//! `/devices` and `/accounts/{address}/devices/{id}`: devices, what they did last, and what is done with them.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use fieldpost_domain::admission::{Action, Personal};
use fieldpost_domain::device::{Control, Device, Standing};
use fieldpost_domain::diagnosis::Finding;
use fieldpost_domain::role::Permission;
use fieldpost_eas::Version;
use fieldpost_eas::command::CommandName;
use fieldpost_server::administration::devices::{DeviceQuery, DeviceRow};
use fieldpost_server::administration::diagnosis::{Diagnosis, Unshown};
use fieldpost_server::administration::{ActError, Deed};
use fieldpost_server::exchanges::{Exchange, Outcome, readable};
use fieldpost_store::DeviceOrder;
use jiff::Timestamp;
use secrecy::ExposeSecret as _;
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
    /// Not seen since then.
    #[param(value_type = Option<String>, format = DateTime)]
    not_since: Option<Timestamp>,
    /// `owner`: by the account's address; `last_seen`: those that came last first. `owner` where it is absent.
    order: Option<String>,
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
    /// Its place on the account's own lists, if it has one; said of a single device.
    #[serde(skip_serializing_if = "Option::is_none")]
    listed: Option<Listed>,
    /// How it is, and why it may be stuck; said of a single device.
    #[serde(skip_serializing_if = "Option::is_none")]
    diagnosis: Option<DiagnosisShown>,
}

/// What a person decided about a device.
#[derive(Debug, Serialize, ToSchema)]
pub struct Listed {
    /// `allow` or `block`.
    action: &'static str,
    /// Who decided.
    by: String,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
}

/// How a device is.
#[derive(Debug, Serialize, ToSchema)]
pub struct DiagnosisShown {
    /// What was found, in plain words, the most serious first.
    findings: Vec<FindingShown>,
    /// Where it stands with its policy: `nothing-asked`, `taken`, `in-part`, `not-applied`, `managed-elsewhere`,
    /// each of the last three with `-refused`, `incapable`, `offered`, `not-taken`, `changed`, `refresh-due`.
    policy: &'static str,
    /// Whether a request of it waits for news now; null where the store was asked itself.
    waits: Option<bool>,
    /// Seconds that it asked to wait last.
    heartbeat: Option<u32>,
    /// The folders that it holds, by name.
    folders: Vec<String>,
    /// Items of the mailbox that can't be shown to phones. All others are.
    unshown: Vec<UnshownShown>,
}

/// One finding.
#[derive(Debug, Serialize, ToSchema)]
pub struct FindingShown {
    /// `stuck`: it does not work. `warning`: it works, and worse than it could. `note`: worth knowing.
    severity: &'static str,
    /// What was seen.
    what: String,
    /// What to do about it; empty where there is nothing to do.
    advice: &'static str,
}

/// An item that can't be shown to phones.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnshownShown {
    /// The name of its folder.
    folder: String,
    /// Its class: `Email`.
    class: String,
    /// Why.
    reason: String,
    /// Since when.
    #[schema(value_type = String, format = DateTime)]
    since: Timestamp,
}

/// A device that a person decided about.
#[derive(Debug, Serialize, ToSchema)]
pub struct ListedDevice {
    /// Its id. It may never have come.
    device_id: String,
    #[serde(flatten)]
    listed: Listed,
}

/// What a device left here for its user to get in again.
#[derive(Debug, Serialize, ToSchema)]
pub struct RecoveryPassword {
    password: String,
}

/// A device whose wipe waits for a second administrator.
#[derive(Debug, Serialize, ToSchema)]
pub struct Proposed {
    /// The address of its account.
    account: String,
    /// Its id.
    device_id: String,
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
        listed: None,
        diagnosis: None,
        device_id: device.device_id,
        device_type: device.device_type,
    }
}

impl From<DeviceRow> for DeviceShown {
    fn from(row: DeviceRow) -> DeviceShown {
        shown(row.owner, row.device, row.standing, row.control)
    }
}

impl From<Personal> for Listed {
    fn from(personal: Personal) -> Listed {
        Listed { action: personal.action.name(), by: personal.by, at: personal.at }
    }
}

impl DiagnosisShown {
    fn new(diagnosis: Diagnosis, heartbeat: Option<u32>) -> DiagnosisShown {
        let finding = |found: Finding| FindingShown {
            severity: found.severity.name(),
            what: found.what,
            advice: found.advice,
        };
        let unshown = |item: Unshown| UnshownShown {
            folder: item.folder,
            class: item.class,
            reason: item.reason,
            since: item.since,
        };
        DiagnosisShown {
            findings: diagnosis.findings.into_iter().map(finding).collect(),
            policy: diagnosis.policy.name(),
            waits: diagnosis.waits,
            heartbeat,
            folders: diagnosis.folders,
            unshown: diagnosis.unshown.into_iter().map(unshown).collect(),
        }
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
        not_since: which.not_since.map(Timestamp::as_millisecond),
        order: match which.order.as_deref() {
            None | Some("owner") => DeviceOrder::Owner,
            Some("last_seen") => DeviceOrder::LastSeen,
            Some(other) => {
                return Err(Problem::unreadable(format!(
                    "order: there is no {other}: it is owner or last_seen"
                )));
            }
        },
        limit: which.limit.unwrap_or_default(),
        after: which.after,
    };
    let page = api.administration.devices(&actor, &query).await?;
    Ok(Json(DevicePage { devices: page.rows.into_iter().map(DeviceShown::from).collect(), next: page.next }))
}

/// A device, and how it is
///
/// What it asked last is known to a running server alone.
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
    let (mut view, diagnosis) = api.administration.diagnosis(&actor, &address, &id).await?;
    let heartbeat = view.device.ping.as_ref().and_then(|ping| ping.heartbeat);
    let erases = Some(view.erases);
    let listed = view.control.personal.take().map(Listed::from);
    let device = shown(view.account.address, view.device, view.standing, view.control);
    let diagnosis = Some(DiagnosisShown::new(diagnosis, heartbeat));
    Ok(Json(DeviceShown { full_wipe_erases: erases, listed, diagnosis, ..device }))
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
        "release" => {
            let deed = Deed::about("device.release", &address).of_device(&id, "");
            administration.permit(&actor, Permission::Release, &deed).await?;
            let known = match administration.device(&actor, &address, &id).await {
                // The act itself says what is wrong, and logs it.
                Err(ActError::NotFound { .. }) => None,
                known => Some(known?),
            };
            let personal = known.as_ref().and_then(|view| view.control.personal.as_ref());
            // Let in by a person before: this request is sent again.
            if personal.is_none_or(|personal| personal.action != Action::Allow) {
                administration.release_device(&actor, &address, &id).await?;
            }
        }
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
    let exchanges = api.administration.diagnosis(&actor, &address, &id).await?.1.exchanges;
    Ok(Json(exchanges.iter().flatten().map(|exchange| ExchangeShown::from(&**exchange)).collect()))
}

/// The recovery password of a device
///
/// What the device left here for its user to get in again. That it was read is logged.
#[utoipa::path(
    get,
    path = "/api/v1/accounts/{address}/devices/{id}/recovery-password",
    tag = "devices",
    params(("address" = String, Path, description = "the account's address"), ("id" = String, Path)),
    responses(
        (status = 200, body = RecoveryPassword),
        (status = "default", body = Problem, content_type = "application/problem+json")
    )
)]
pub(super) async fn recovery_password(
    State(api): State<Arc<Api>>,
    Caller(actor): Caller,
    Place((address, id)): Place<(String, String)>,
) -> Result<Json<RecoveryPassword>, Problem> {
    let password = api.administration.recovery_password(&actor, &address, &id).await?;
    Ok(Json(RecoveryPassword { password: password.expose_secret().to_owned() }))
}

/// Devices whose wipe waits for a second administrator
///
/// 50 at most.
#[utoipa::path(
    get,
    path = "/api/v1/proposed-wipes",
    tag = "wipe",
    responses(
        (status = 200, body = Vec<Proposed>),
        (status = "default", body = Problem, content_type = "application/problem+json")
    )
)]
pub(super) async fn proposed_wipes(
    State(api): State<Arc<Api>>,
    Caller(actor): Caller,
) -> Result<Json<Vec<Proposed>>, Problem> {
    let waiting = api.administration.proposed_wipes(&actor).await?;
    Ok(Json(waiting.into_iter().map(|(account, device_id)| Proposed { account, device_id }).collect()))
}

/// The account's own lists: devices that are let in or kept out whatever the rules say
///
/// By id, 1000 at most. A device is put on them and taken off by PUT to its `access`.
#[utoipa::path(
    get,
    path = "/api/v1/accounts/{address}/listed-devices",
    tag = "devices",
    params(("address" = String, Path, description = "the account's address")),
    responses(
        (status = 200, body = Vec<ListedDevice>),
        (status = "default", body = Problem, content_type = "application/problem+json")
    )
)]
pub(super) async fn listed(
    State(api): State<Arc<Api>>,
    Caller(actor): Caller,
    Place(address): Place<String>,
) -> Result<Json<Vec<ListedDevice>>, Problem> {
    let all = api.administration.listed_devices(&actor, &address).await?;
    let row = |(device_id, personal): (String, Personal)| ListedDevice { device_id, listed: personal.into() };
    Ok(Json(all.into_iter().map(row).collect()))
}
