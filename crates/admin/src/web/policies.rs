//! Policies: the list with who has which; [`form`] is the page of one.

pub(crate) mod form;

use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use fieldpost_domain::policy::catalogue;
use fieldpost_domain::policy::named::CONFIGURATION;
use fieldpost_domain::role::Permission;
use fieldpost_server::administration::policies::{PolicyView, Whom};
use serde::Deserialize;

use super::failure::Failure;
use super::filters;
use super::layout::{Note, POLICIES, Page, good, html};
use super::visitor::Administrator;
use crate::Site;

struct Row {
    href: String,
    name: String,
    says: String,
    holders: String,
    default: bool,
    configured: bool,
    refresh: String,
}

struct Holding {
    who: String,
    policy: String,
}

/// A group that is assigned a policy, at its place.
struct GroupHolding {
    who: String,
    policy: String,
    href: String,
    place: usize,
    first: bool,
    last: bool,
}

#[derive(Template)]
#[template(path = "policies.html")]
struct PoliciesPage {
    page: Page,
    rows: Vec<Row>,
    names: Vec<String>,
    default: String,
    configured: &'static str,
    groups: Vec<GroupHolding>,
    accounts: Vec<Holding>,
    exempt: Vec<String>,
    may: bool,
}

#[derive(Template)]
#[template(path = "policy_delete.html")]
struct DeletePage {
    page: Page,
    href: String,
    name: String,
}

/// What was done just before, as the address says.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(crate) struct Done {
    done: String,
}

/// A choice among policies.
#[derive(Deserialize)]
pub(crate) struct DefaultForm {
    policy: String,
}

/// Who is to have which.
#[derive(Deserialize)]
pub(crate) struct AssignForm {
    who: String,
    policy: String,
}

/// Who is to be exempt, or not any more.
#[derive(Deserialize)]
pub(crate) struct ExemptForm {
    who: String,
    #[serde(default)]
    exempt: String,
}

/// A name, where one was chosen.
fn chosen(name: &str) -> Option<&str> {
    Some(name.trim()).filter(|name| !name.is_empty())
}

fn href(name: &str) -> String {
    format!("/MobileAdmin/policies/edit/{}", filters::part(name))
}

fn holders(view: &PolicyView) -> String {
    let groups = filters::count(view.groups.len(), "group", "groups");
    let accounts = filters::count(view.accounts, "account", "accounts");
    match (view.groups.is_empty(), view.accounts) {
        (true, 0) => String::new(),
        (true, _) => accounts,
        (false, 0) => groups,
        (false, _) => format!("{groups}, {accounts}"),
    }
}

fn row(view: &PolicyView) -> Row {
    let named = &view.policy;
    let says = catalogue::all().filter(|setting| named.policy.get(setting.field).is_some()).count();
    let hours = named.refresh_hours.map(|hours| usize::try_from(hours).unwrap_or(usize::MAX));
    Row {
        href: href(&named.name),
        name: named.name.clone(),
        says: filters::count(says, "setting", "settings"),
        holders: holders(view),
        default: view.is_default,
        configured: view.is_configured,
        refresh: hours.map_or_else(
            || "when it changes".to_owned(),
            |hours| format!("every {}", filters::count(hours, "hour", "hours")),
        ),
    }
}

async fn page(site: &Site, administrator: &Administrator, note: Option<Note>) -> Result<Response, Failure> {
    let (administration, actor) = (&site.administration, administrator.actor());
    let policies = administration.policies(&actor).await?;
    let mut accounts = Vec::new();
    for view in policies.iter().filter(|view| !view.is_configured) {
        let holding = |who: String| Holding { who, policy: view.policy.name.clone() };
        if view.accounts > 0 {
            accounts.extend(
                administration.policy_accounts(&actor, &view.policy.name).await?.into_iter().map(holding),
            );
        }
    }
    let ordered = administration.policy_groups(&actor).await?;
    let last = ordered.len().saturating_sub(1);
    let groups = ordered.into_iter().enumerate().map(|(place, (who, policy))| GroupHolding {
        href: format!("/MobileAdmin/policies/groups/{}", filters::part(&who)),
        who,
        policy,
        place: place + 1,
        first: place == 0,
        last: place == last,
    });
    let own = policies.iter().filter(|view| !view.is_configured);
    html(&PoliciesPage {
        rows: policies.iter().map(row).collect(),
        names: own.clone().map(|view| view.policy.name.clone()).collect(),
        default: own
            .clone()
            .find(|view| view.is_default)
            .map(|view| view.policy.name.clone())
            .unwrap_or_default(),
        configured: CONFIGURATION,
        groups: groups.collect(),
        accounts,
        exempt: administration.exempt_accounts(&actor).await?,
        may: administrator.may(Permission::Policies),
        page: Page::new("Policies", POLICIES, administrator).with(note),
    })
}

/// The list.
pub(crate) async fn show(
    State(site): State<Arc<Site>>,
    administrator: Administrator,
    Query(done): Query<Done>,
) -> Result<Response, Failure> {
    let note = match done.done.as_str() {
        "put" => good(
            "The policy is kept. Phones that have it take the change at their next request; those that wait for news are told at once.",
        ),
        "delete" => good("The policy is removed."),
        "default" => good("The default policy is changed."),
        "assign" => good("Who has which policy is changed."),
        "order" => good("The order of the groups is changed; phones that get another policy by it are told."),
        _ => None,
    };
    page(&site, &administrator, note).await
}

/// The policy of this name, to be shown.
async fn known(site: &Site, administrator: &Administrator, name: &str) -> Result<PolicyView, Failure> {
    Ok(site.administration.policy(&administrator.actor(), name).await?)
}

/// Asks whether one is to be removed.
pub(crate) async fn ask_delete(
    State(site): State<Arc<Site>>,
    administrator: Administrator,
    Path(name): Path<String>,
) -> Result<Response, Failure> {
    administrator.must(Permission::Policies)?;
    let named = known(&site, &administrator, &name).await?.policy;
    let page = Page::new("Remove a policy", POLICIES, &administrator);
    html(&DeletePage { page, href: href(&named.name), name: named.name })
}

/// Removes one.
pub(crate) async fn delete(
    State(site): State<Arc<Site>>,
    administrator: Administrator,
    Path(name): Path<String>,
) -> Result<Response, Failure> {
    site.administration.delete_policy(&administrator.actor(), &name).await?;
    Ok(Redirect::to("/MobileAdmin/policies?done=delete").into_response())
}

/// Chooses the default.
pub(crate) async fn set_default(
    State(site): State<Arc<Site>>,
    administrator: Administrator,
    Form(form): Form<DefaultForm>,
) -> Result<Response, Failure> {
    site.administration.set_default_policy(&administrator.actor(), chosen(&form.policy)).await?;
    Ok(Redirect::to("/MobileAdmin/policies?done=default").into_response())
}

/// Has an account or a group have a policy, or what holds for others.
pub(crate) async fn assign(
    State(site): State<Arc<Site>>,
    administrator: Administrator,
    Form(form): Form<AssignForm>,
) -> Result<Response, Failure> {
    let (actor, who) = (administrator.actor(), form.who.trim());
    let whom = match site.app.store.group_by_address(who).await? {
        Some(_) => Whom::Group(who),
        None => Whom::Account(who),
    };
    site.administration.assign_policy(&actor, whom, chosen(&form.policy)).await?;
    Ok(Redirect::to("/MobileAdmin/policies?done=assign").into_response())
}

/// Moves a group that is assigned a policy one place up or down.
pub(crate) async fn move_group(
    State(site): State<Arc<Site>>,
    administrator: Administrator,
    Path((address, what)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let (administration, actor) = (&site.administration, administrator.actor());
    let mut order: Vec<String> =
        administration.policy_groups(&actor).await?.into_iter().map(|(group, _)| group).collect();
    let place = order.iter().position(|group| *group == address);
    let other = match what.as_str() {
        "up" => place.and_then(|place| place.checked_sub(1)),
        "down" => place.map(|place| place + 1).filter(|place| *place < order.len()),
        _ => return Err(Failure::NotFound("There is no such action.".to_owned())),
    };
    // Whoever may not is told so first, and that it was tried is logged.
    if administrator.may(Permission::Policies) {
        let (Some(place), Some(other)) = (place, other) else {
            return Err(Failure::Conflict("The group can’t be moved any further.".to_owned()));
        };
        order.swap(place, other);
    }
    let order: Vec<&str> = order.iter().map(String::as_str).collect();
    administration.order_policy_groups(&actor, &order).await?;
    Ok(Redirect::to("/MobileAdmin/policies?done=order").into_response())
}

/// Has an account be served without any policy, or not any more.
pub(crate) async fn exempt(
    State(site): State<Arc<Site>>,
    administrator: Administrator,
    Form(form): Form<ExemptForm>,
) -> Result<Response, Failure> {
    let actor = administrator.actor();
    site.administration.exempt(&actor, form.who.trim(), form.exempt == "yes").await?;
    Ok(Redirect::to("/MobileAdmin/policies?done=assign").into_response())
}
