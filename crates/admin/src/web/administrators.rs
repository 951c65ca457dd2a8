//! Who administers: the list, and for owners the forms that change it.

use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::response::Response;
use fieldpost_domain::role::{Permission, Role};
use fieldpost_server::auth::password;
use fieldpost_store::AdministratorKind;
use serde::Deserialize;

use super::failure::Failure;
use super::layout::{ADMINISTRATORS, Note, Page, good, html, role_name};
use super::visitor::Administrator;
use crate::Site;

/// A role to choose.
struct Choice {
    name: &'static str,
    text: &'static str,
    about: &'static str,
}

const CHOICES: [Choice; 4] = [
    Choice { name: "view", text: "View", about: "Sees everything and changes nothing." },
    Choice { name: "help-desk", text: "Help desk", about: "Also releases, blocks and wipes devices." },
    Choice {
        name: "policy",
        text: "Policy",
        about: "Also decides policies, admission rules and feature switches.",
    },
    Choice { name: "owner", text: "Owner", about: "Also says who is an administrator." },
];

struct Row {
    id: i64,
    name: String,
    kind: &'static str,
    role: &'static str,
    role_text: &'static str,
    own: bool,
    group: bool,
    waiting: bool,
}

#[derive(Template)]
#[template(path = "administrators.html")]
struct Administrators {
    page: Page,
    rows: Vec<Row>,
    choices: &'static [Choice],
    may: bool,
    made: Option<Made>,
}

/// A password that was made, to be told to its owner.
struct Made {
    name: String,
    password: String,
}

#[derive(Template)]
#[template(path = "administrator_remove.html")]
struct Remove {
    page: Page,
    id: i64,
    name: String,
}

/// A new administrator.
#[derive(Deserialize)]
pub(crate) struct AddForm {
    kind: String,
    name: String,
    role: String,
}

/// Another role.
#[derive(Deserialize)]
pub(crate) struct RoleForm {
    role: String,
}

fn role_of(name: &str) -> Result<Role, Failure> {
    name.parse().map_err(|error: fieldpost_domain::role::UnknownRole| Failure::Invalid(error.to_string()))
}

async fn page(
    site: &Site,
    administrator: &Administrator,
    note: Option<Note>,
    made: Option<Made>,
) -> Result<Response, Failure> {
    let all = site.administration.administrators(&administrator.actor()).await?;
    let row = |one: fieldpost_store::Administrator| Row {
        id: one.id,
        kind: match one.kind {
            AdministratorKind::Own => "Own password",
            AdministratorKind::Account => "Mail account",
            AdministratorKind::Group => "Group",
        },
        own: one.kind == AdministratorKind::Own,
        group: one.kind == AdministratorKind::Group,
        name: one.name,
        role: one.role.name(),
        role_text: role_name(one.role),
        waiting: one.one_time,
    };
    html(&Administrators {
        page: Page::new("Administrators", ADMINISTRATORS, administrator).with(note),
        rows: all.into_iter().map(row).collect(),
        choices: &CHOICES,
        may: administrator.may(Permission::Administrators),
        made,
    })
}

/// The list.
pub(crate) async fn show(
    State(site): State<Arc<Site>>,
    administrator: Administrator,
) -> Result<Response, Failure> {
    page(&site, &administrator, None, None).await
}

/// Makes one.
pub(crate) async fn add(
    State(site): State<Arc<Site>>,
    administrator: Administrator,
    Form(form): Form<AddForm>,
) -> Result<Response, Failure> {
    let kind = match form.kind.as_str() {
        "own" => AdministratorKind::Own,
        "account" => AdministratorKind::Account,
        "group" => AdministratorKind::Group,
        _ => return Err(Failure::Invalid("Choose what the name is of.".to_owned())),
    };
    let password = (kind == AdministratorKind::Own).then(|| password::generate(&*site.app.entropy));
    let with = password.clone().map(|password| (password, Arc::clone(&site.app.entropy)));
    let actor = administrator.actor();
    let role = role_of(&form.role)?;
    let made = site.administration.add_administrator(&actor, kind, &form.name, role, with).await?;
    let note = good(format!("{} is an administrator now: {}.", made.name, role_name(made.role)));
    let told = password.map(|password| Made { name: made.name, password });
    page(&site, &administrator, note, told).await
}

/// Gives one another role.
pub(crate) async fn role(
    State(site): State<Arc<Site>>,
    administrator: Administrator,
    Path(id): Path<i64>,
    Form(form): Form<RoleForm>,
) -> Result<Response, Failure> {
    let actor = administrator.actor();
    let role = role_of(&form.role)?;
    let changed = site.administration.set_administrator_role(&actor, id, role).await?;
    let note = good(format!("{} has the role “{}” now.", changed.name, role_name(role)));
    page(&site, &administrator, note, None).await
}

/// Gives one a new password.
pub(crate) async fn password(
    State(site): State<Arc<Site>>,
    administrator: Administrator,
    Path(id): Path<i64>,
) -> Result<Response, Failure> {
    let (password, entropy) = (password::generate(&*site.app.entropy), Arc::clone(&site.app.entropy));
    let actor = administrator.actor();
    let changed =
        site.administration.set_administrator_password(&actor, id, password.clone(), entropy).await?;
    let note = good(format!("{} has a new password; sessions with the old one ended.", changed.name));
    page(&site, &administrator, note, Some(Made { name: changed.name, password })).await
}

/// Takes the second factor of one away.
pub(crate) async fn second_factor(
    State(site): State<Arc<Site>>,
    administrator: Administrator,
    Path(id): Path<i64>,
) -> Result<Response, Failure> {
    let changed = site.administration.reset_second_factor(&administrator.actor(), id).await?;
    let note = good(format!("{} signs in without a second factor until a new one is set up.", changed.name));
    page(&site, &administrator, note, None).await
}

/// Asks whether one is really to be removed.
pub(crate) async fn ask_remove(
    State(site): State<Arc<Site>>,
    administrator: Administrator,
    Path(id): Path<i64>,
) -> Result<Response, Failure> {
    administrator.must(Permission::Administrators)?;
    let found = site.app.store.administrator(id).await?;
    let found = found.ok_or_else(|| Failure::NotFound("There is no such administrator.".to_owned()))?;
    let page = Page::new("Remove an administrator", ADMINISTRATORS, &administrator);
    html(&Remove { page, id, name: found.name })
}

/// Removes one.
pub(crate) async fn remove(
    State(site): State<Arc<Site>>,
    administrator: Administrator,
    Path(id): Path<i64>,
) -> Result<Response, Failure> {
    let removed = site.administration.remove_administrator(&administrator.actor(), id).await?;
    let note = good(format!("{} is no administrator any more.", removed.name));
    page(&site, &administrator, note, None).await
}
