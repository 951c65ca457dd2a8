//! `/policies`, and which account or group has which.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use fieldpost_domain::policy::NamedPolicy;
use fieldpost_server::administration::policies::{Because, PolicyView, Whom};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Api;
use super::caller::Caller;
use super::input::{Body, Place};
use super::problem::Problem;

/// A policy, with who has it.
#[derive(Debug, Serialize, ToSchema)]
pub struct PolicyShown {
    /// The policy: `name`, `refresh_hours`, `allow_partial`, `allow_non_provisionable`,
    /// `allow_externally_managed`, and in `policy` the settings by name. A setting that is null is not asked
    /// for.
    #[schema(value_type = Object)]
    policy: NamedPolicy,
    /// It stands in the configuration file, and is changed there.
    configured: bool,
    /// Those have it of whom nothing else is said.
    default: bool,
    /// How many accounts are assigned it by themselves.
    accounts: usize,
    /// The groups that are assigned it, by address.
    groups: Vec<String>,
}

/// What an account has.
#[derive(Debug, Serialize, ToSchema)]
pub struct InForce {
    /// The policy's name; null where the account is exempt.
    name: Option<String>,
    /// `exempt`, `account`, `group`, `default` or `configuration`.
    because: &'static str,
    /// The group, where that is why.
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<String>,
}

/// Which policy somebody is to have.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// A policy's name; null for what holds for the others.
    name: Option<String>,
    /// The account is served without any policy. For accounts alone.
    #[serde(default)]
    exempt: bool,
}

/// A policy's name.
#[derive(Debug, Serialize, ToSchema)]
pub struct Named {
    name: Option<String>,
}

/// A group with its policy.
#[derive(Debug, Serialize, ToSchema)]
pub struct GroupShown {
    /// The group's address.
    group: String,
    /// The policy's name.
    policy: String,
}

/// Which group counts first.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Order {
    /// The groups' addresses, the first first; those that are not among them follow as they were.
    groups: Vec<String>,
}

impl From<PolicyView> for PolicyShown {
    fn from(view: PolicyView) -> PolicyShown {
        PolicyShown {
            policy: view.policy,
            configured: view.is_configured,
            default: view.is_default,
            accounts: view.accounts,
            groups: view.groups,
        }
    }
}

/// All policies
#[utoipa::path(
    get,
    path = "/api/v1/policies",
    tag = "policies",
    responses(
        (status = 200, body = Vec<PolicyShown>),
        (status = "default", body = Problem, content_type = "application/problem+json")
    )
)]
pub(super) async fn list(
    State(api): State<Arc<Api>>,
    Caller(actor): Caller,
) -> Result<Json<Vec<PolicyShown>>, Problem> {
    let policies = api.administration.policies(&actor).await?;
    Ok(Json(policies.into_iter().map(PolicyShown::from).collect()))
}

/// A policy
#[utoipa::path(
    get,
    path = "/api/v1/policies/{name}",
    tag = "policies",
    params(("name" = String, Path)),
    responses(
        (status = 200, body = PolicyShown),
        (status = "default", body = Problem, content_type = "application/problem+json")
    )
)]
pub(super) async fn show(
    State(api): State<Arc<Api>>,
    Caller(actor): Caller,
    Place(name): Place<String>,
) -> Result<Json<PolicyShown>, Problem> {
    Ok(Json(api.administration.policy(&actor, &name).await?.into()))
}

/// Add or replace a policy
///
/// Phones that have it come for it again within seconds.
#[utoipa::path(
    put,
    path = "/api/v1/policies/{name}",
    tag = "policies",
    params(("name" = String, Path)),
    request_body(
        content = Object,
        description = "as `policy` of an answer; `name` may be left out, and must be that of the path otherwise",
        example = json!({
            "refresh_hours": 24,
            "policy": {"device_password_enabled": true, "min_device_password_length": 6}
        })
    ),
    responses(
        (status = 201, description = "it is new"),
        (status = 204, description = "it was replaced"),
        (status = "default", body = Problem, content_type = "application/problem+json")
    )
)]
pub(super) async fn put(
    State(api): State<Arc<Api>>,
    Caller(actor): Caller,
    Place(name): Place<String>,
    Body(mut policy): Body<NamedPolicy>,
) -> Result<StatusCode, Problem> {
    if policy.name.is_empty() {
        policy.name.clone_from(&name);
    }
    if NamedPolicy::folded(&policy.name) != NamedPolicy::folded(&name) {
        return Err(Problem::unreadable(format!(
            "name: the address is of {name:?} and the body of {:?}: a policy can't be renamed",
            policy.name
        )));
    }
    let is_new = api.administration.put_policy(&actor, &policy).await?;
    Ok(if is_new { StatusCode::CREATED } else { StatusCode::NO_CONTENT })
}

/// Remove a policy that nobody is assigned
#[utoipa::path(
    delete,
    path = "/api/v1/policies/{name}",
    tag = "policies",
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
    api.administration.delete_policy(&actor, &name).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The default policy
///
/// A null name: what the configuration file says.
#[utoipa::path(
    get,
    path = "/api/v1/default-policy",
    tag = "policies",
    responses(
        (status = 200, body = Named),
        (status = "default", body = Problem, content_type = "application/problem+json")
    )
)]
pub(super) async fn default(
    State(api): State<Arc<Api>>,
    Caller(actor): Caller,
) -> Result<Json<Named>, Problem> {
    Ok(Json(Named { name: api.administration.default_policy(&actor).await? }))
}

/// Choose the default policy
#[utoipa::path(
    put,
    path = "/api/v1/default-policy",
    tag = "policies",
    request_body = Choice,
    responses(
        (status = 204),
        (status = "default", body = Problem, content_type = "application/problem+json")
    )
)]
pub(super) async fn put_default(
    State(api): State<Arc<Api>>,
    Caller(actor): Caller,
    Body(choice): Body<Choice>,
) -> Result<StatusCode, Problem> {
    refuse_exemption(&choice)?;
    api.administration.set_default_policy(&actor, choice.name.as_deref()).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn refuse_exemption(choice: &Choice) -> Result<(), Problem> {
    match choice.exempt {
        true => Err(Problem::unreadable("exempt: only an account can be exempt")),
        false => Ok(()),
    }
}

/// The policy that is in force for an account, and why
#[utoipa::path(
    get,
    path = "/api/v1/accounts/{address}/policy",
    tag = "policies",
    params(("address" = String, Path, description = "the account's address")),
    responses(
        (status = 200, body = InForce),
        (status = "default", body = Problem, content_type = "application/problem+json")
    )
)]
pub(super) async fn of_account(
    State(api): State<Arc<Api>>,
    Caller(actor): Caller,
    Place(address): Place<String>,
) -> Result<Json<InForce>, Problem> {
    let in_force = api.administration.policy_in_force(&actor, &address).await?;
    let (because, group) = match in_force.because {
        Because::Exempt => ("exempt", None),
        Because::Account => ("account", None),
        Because::Group(address) => ("group", Some(address)),
        Because::Default => ("default", None),
        Because::Configuration => ("configuration", None),
    };
    Ok(Json(InForce { name: in_force.policy.map(|policy| policy.name), because, group }))
}

/// Choose the policy of an account
#[utoipa::path(
    put,
    path = "/api/v1/accounts/{address}/policy",
    tag = "policies",
    params(("address" = String, Path, description = "the account's address")),
    request_body = Choice,
    responses(
        (status = 204),
        (status = "default", body = Problem, content_type = "application/problem+json")
    )
)]
pub(super) async fn put_account(
    State(api): State<Arc<Api>>,
    Caller(actor): Caller,
    Place(address): Place<String>,
    Body(choice): Body<Choice>,
) -> Result<StatusCode, Problem> {
    let administration = &api.administration;
    if choice.exempt && choice.name.is_some() {
        return Err(Problem::unreadable(
            "exempt: an account that is exempt has no policy: leave the name out",
        ));
    }
    if !choice.exempt {
        administration.assign_policy(&actor, Whom::Account(&address), choice.name.as_deref()).await?;
    }
    administration.exempt(&actor, &address, choice.exempt).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Choose the policy of a group
#[utoipa::path(
    put,
    path = "/api/v1/groups/{address}/policy",
    tag = "policies",
    params(("address" = String, Path, description = "the group's address")),
    request_body = Choice,
    responses(
        (status = 204),
        (status = "default", body = Problem, content_type = "application/problem+json")
    )
)]
pub(super) async fn put_group(
    State(api): State<Arc<Api>>,
    Caller(actor): Caller,
    Place(address): Place<String>,
    Body(choice): Body<Choice>,
) -> Result<StatusCode, Problem> {
    refuse_exemption(&choice)?;
    api.administration.assign_policy(&actor, Whom::Group(&address), choice.name.as_deref()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The accounts that are assigned a policy by themselves
///
/// By address, 1000 at most.
#[utoipa::path(
    get,
    path = "/api/v1/policies/{name}/accounts",
    tag = "policies",
    params(("name" = String, Path)),
    responses(
        (status = 200, body = Vec<String>),
        (status = "default", body = Problem, content_type = "application/problem+json")
    )
)]
pub(super) async fn accounts(
    State(api): State<Arc<Api>>,
    Caller(actor): Caller,
    Place(name): Place<String>,
) -> Result<Json<Vec<String>>, Problem> {
    let policy = api.administration.policy(&actor, &name).await?.policy;
    Ok(Json(api.administration.policy_accounts(&actor, &policy.name).await?))
}

/// The groups that are assigned a policy
///
/// Where an account is in several, the first counts.
#[utoipa::path(
    get,
    path = "/api/v1/policy-groups",
    tag = "policies",
    responses(
        (status = 200, body = Vec<GroupShown>),
        (status = "default", body = Problem, content_type = "application/problem+json")
    )
)]
pub(super) async fn groups(
    State(api): State<Arc<Api>>,
    Caller(actor): Caller,
) -> Result<Json<Vec<GroupShown>>, Problem> {
    let groups = api.administration.policy_groups(&actor).await?;
    Ok(Json(groups.into_iter().map(|(group, policy)| GroupShown { group, policy }).collect()))
}

/// Say which group counts first
#[utoipa::path(
    put,
    path = "/api/v1/policy-groups",
    tag = "policies",
    request_body = Order,
    responses(
        (status = 204),
        (status = "default", body = Problem, content_type = "application/problem+json")
    )
)]
pub(super) async fn order_groups(
    State(api): State<Arc<Api>>,
    Caller(actor): Caller,
    Body(order): Body<Order>,
) -> Result<StatusCode, Problem> {
    let groups: Vec<&str> = order.groups.iter().map(String::as_str).collect();
    api.administration.order_policy_groups(&actor, &groups).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The accounts that are exempt from policies
///
/// By address, 1000 at most.
#[utoipa::path(
    get,
    path = "/api/v1/exempt-accounts",
    tag = "policies",
    responses(
        (status = 200, body = Vec<String>),
        (status = "default", body = Problem, content_type = "application/problem+json")
    )
)]
pub(super) async fn exempt(
    State(api): State<Arc<Api>>,
    Caller(actor): Caller,
) -> Result<Json<Vec<String>>, Problem> {
    Ok(Json(api.administration.exempt_accounts(&actor).await?))
}
