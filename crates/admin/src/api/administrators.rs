//! `/administrators`: who may administer, and in which role.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use fieldpost_domain::role::Permission;
use fieldpost_server::administration::{Actor, Deed};
use fieldpost_server::auth::password;
use fieldpost_store::{Administrator, AdministratorKind};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Api;
use super::caller::Caller;
use super::input::{Body, Place};
use super::problem::Problem;

/// Somebody who may administer.
#[derive(Debug, Serialize, ToSchema)]
pub struct AdministratorShown {
    /// The name to sign in with, or the address of the account or group.
    name: String,
    /// What the name is of: `own`, `account` or `group`.
    r#as: &'static str,
    /// `view`, `help-desk`, `policy` or `owner`.
    #[schema(example = "help-desk")]
    role: &'static str,
    /// The password was made by somebody else and must be changed at the next sign-in.
    one_time: bool,
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    created: Timestamp,
    /// The password that was made, this once.
    #[serde(skip_serializing_if = "Option::is_none")]
    password: Option<String>,
}

/// How an administrator is to be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Wanted {
    /// `view`, `help-desk`, `policy` or `owner`.
    #[schema(example = "help-desk")]
    role: String,
    /// For `own` alone: the password; absent, a new one gets one that is told in the answer, and one that there
    /// is keeps what it has.
    password: Option<String>,
}

/// A password to set.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WantedPassword {
    /// The password; absent, one is made and told in the answer.
    password: Option<String>,
}

impl AdministratorShown {
    fn new(administrator: Administrator, password: Option<String>) -> AdministratorShown {
        AdministratorShown {
            r#as: kind_name(administrator.kind),
            name: administrator.name,
            role: administrator.role.name(),
            one_time: administrator.one_time,
            created: administrator.created,
            password,
        }
    }
}

fn kind_name(kind: AdministratorKind) -> &'static str {
    match kind {
        AdministratorKind::Own => "own",
        AdministratorKind::Account => "account",
        AdministratorKind::Group => "group",
    }
}

fn kind_of(name: &str) -> Result<AdministratorKind, Problem> {
    let all = [AdministratorKind::Own, AdministratorKind::Account, AdministratorKind::Group];
    let found = all.into_iter().find(|kind| kind_name(*kind) == name);
    found.ok_or_else(|| Problem::unreadable(format!("as: there is no {name}: it is own, account or group")))
}

/// The one that is meant, where whoever asks may decide about administrators.
async fn find(
    api: &Api,
    actor: &Actor,
    action: &'static str,
    place: &(String, String),
) -> Result<Administrator, Problem> {
    let kind = kind_of(&place.0)?;
    Ok(api.administration.administrator(actor, action, kind, &place.1).await?)
}

/// All administrators
#[utoipa::path(
    get,
    path = "/api/v1/administrators",
    tag = "administrators",
    responses(
        (status = 200, body = Vec<AdministratorShown>),
        (status = "default", body = Problem, content_type = "application/problem+json")
    )
)]
pub(super) async fn list(
    State(api): State<Arc<Api>>,
    Caller(actor): Caller,
) -> Result<Json<Vec<AdministratorShown>>, Problem> {
    let all = api.administration.administrators(&actor).await?;
    Ok(Json(all.into_iter().map(|one| AdministratorShown::new(one, None)).collect()))
}

/// Make an administrator, or change one
///
/// Who has a role already is given this one, and this password where there is one. A password that is set by
/// another program or person must be changed at the first sign-in.
#[utoipa::path(
    put,
    path = "/api/v1/administrators/{as}/{name}",
    tag = "administrators",
    params(
        ("as" = String, Path, description = "own, account or group"),
        ("name" = String, Path, description = "the name to sign in with, or the address of the account or group")
    ),
    request_body = Wanted,
    responses(
        (status = 200, description = "there was one", body = AdministratorShown),
        (status = 201, description = "it is new", body = AdministratorShown),
        (status = "default", body = Problem, content_type = "application/problem+json")
    )
)]
pub(super) async fn put(
    State(api): State<Arc<Api>>,
    Caller(actor): Caller,
    Place(place): Place<(String, String)>,
    Body(wanted): Body<Wanted>,
) -> Result<(StatusCode, Json<AdministratorShown>), Problem> {
    let (administration, entropy) = (&api.administration, || Arc::clone(&api.entropy));
    let kind = kind_of(&place.0)?;
    let role = wanted.role.parse().map_err(|error| Problem::unreadable(format!("role: {error}")))?;
    administration.permit(&actor, Permission::Administrators, &Deed::new("administrator.add")).await?;
    if kind != AdministratorKind::Own && wanted.password.is_some() {
        return Err(Problem::unreadable(
            "password: accounts and members of groups sign in with that of their mail",
        ));
    }
    let Some(known) = administration.administrator_named(&actor, kind, &place.1).await? else {
        let made = (kind == AdministratorKind::Own && wanted.password.is_none())
            .then(|| password::generate(&*api.entropy));
        let password = wanted.password.or_else(|| made.clone()).map(|text| (text, entropy()));
        let added = administration.add_administrator(&actor, kind, &place.1, role, password).await?;
        return Ok((StatusCode::CREATED, Json(AdministratorShown::new(added, made))));
    };
    let (id, mut now) = (known.id, known);
    if now.role != role {
        now = administration.set_administrator_role(&actor, id, role).await?;
    }
    if let Some(password) = wanted.password {
        now = administration.set_administrator_password(&actor, id, password, entropy()).await?;
    }
    Ok((StatusCode::OK, Json(AdministratorShown::new(now, None))))
}

/// Set an administrator's own password
///
/// Their sessions end. Without one, a password is made, another each time.
#[utoipa::path(
    put,
    path = "/api/v1/administrators/{as}/{name}/password",
    tag = "administrators",
    params(("as" = String, Path, description = "own"), ("name" = String, Path)),
    request_body = WantedPassword,
    responses(
        (status = 200, body = AdministratorShown),
        (status = "default", body = Problem, content_type = "application/problem+json")
    )
)]
pub(super) async fn put_password(
    State(api): State<Arc<Api>>,
    Caller(actor): Caller,
    Place(place): Place<(String, String)>,
    Body(wanted): Body<WantedPassword>,
) -> Result<Json<AdministratorShown>, Problem> {
    let found = find(&api, &actor, "administrator.password", &place).await?;
    let made = wanted.password.is_none().then(|| password::generate(&*api.entropy));
    let text = wanted.password.or_else(|| made.clone()).unwrap_or_default();
    let entropy = Arc::clone(&api.entropy);
    let changed = api.administration.set_administrator_password(&actor, found.id, text, entropy).await?;
    Ok(Json(AdministratorShown::new(changed, made)))
}

/// Take the second factor away from somebody who has lost it
///
/// Their sessions end.
#[utoipa::path(
    delete,
    path = "/api/v1/administrators/{as}/{name}/second-factor",
    tag = "administrators",
    params(("as" = String, Path, description = "own or account"), ("name" = String, Path)),
    responses(
        (status = 204),
        (status = "default", body = Problem, content_type = "application/problem+json")
    )
)]
pub(super) async fn remove_second_factor(
    State(api): State<Arc<Api>>,
    Caller(actor): Caller,
    Place(place): Place<(String, String)>,
) -> Result<StatusCode, Problem> {
    let found = find(&api, &actor, "administrator.second-factor", &place).await?;
    api.administration.reset_second_factor(&actor, found.id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Remove an administrator
///
/// Their sessions end. The last owner can't be removed.
#[utoipa::path(
    delete,
    path = "/api/v1/administrators/{as}/{name}",
    tag = "administrators",
    params(("as" = String, Path, description = "own, account or group"), ("name" = String, Path)),
    responses(
        (status = 204),
        (status = "default", body = Problem, content_type = "application/problem+json")
    )
)]
pub(super) async fn remove(
    State(api): State<Arc<Api>>,
    Caller(actor): Caller,
    Place(place): Place<(String, String)>,
) -> Result<StatusCode, Problem> {
    let found = find(&api, &actor, "administrator.remove", &place).await?;
    api.administration.remove_administrator(&actor, found.id).await?;
    Ok(StatusCode::NO_CONTENT)
}
