//! App passwords: made and taken away by their user, and taken away by administrators. Each is shown once.

use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use fieldpost_domain::app_password::{AppPassword, NAME_MAX};
use jiff::Timestamp;
use serde::Deserialize;

use super::failure::Failure;
use super::filters;
use super::layout::{ME, Page, html};
use super::visitor::{Administrator, User};
use crate::Site;

/// An app password in a list.
pub(crate) struct Row {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) device: String,
    pub(crate) created: String,
    pub(crate) used: String,
}

#[derive(Template)]
#[template(path = "app_password.html")]
struct Shown {
    page: Page,
    name: String,
    secret: String,
}

#[derive(Template)]
#[template(path = "app_password_new.html")]
struct New {
    page: Page,
    longest: usize,
}

/// What it is for.
#[derive(Deserialize)]
pub(crate) struct AddForm {
    name: String,
}

/// A row of a list.
pub(crate) fn row(found: AppPassword, now: Timestamp) -> Row {
    let time = |at: i64| Timestamp::from_millisecond(at).unwrap_or_default();
    Row {
        id: found.id,
        name: found.name,
        device: found.device_id.unwrap_or_default(),
        created: filters::day(time(found.created)),
        used: found.used.map_or_else(|| "never".to_owned(), |at| filters::ago(time(at), now)),
    }
}

/// The form for a new one.
pub(crate) async fn show_new(user: User) -> Result<Response, Failure> {
    html(&New { page: Page::for_user("New app password", ME, &user), longest: NAME_MAX })
}

/// Makes one and shows it, this once.
pub(crate) async fn add(
    State(site): State<Arc<Site>>,
    user: User,
    Form(form): Form<AddForm>,
) -> Result<Response, Failure> {
    if user.who.account().is_none() {
        return Err(Failure::NotFound("You have no mail account here.".to_owned()));
    }
    let (actor, entropy) = (user.actor(), &*site.app.entropy);
    let made = site.administration.add_app_password(&actor, &user.who.name, &form.name, entropy).await?;
    html(&Shown {
        page: Page::for_user("New app password", ME, &user),
        name: form.name.trim().to_owned(),
        secret: made.1.reveal(),
    })
}

/// Takes one's own away.
pub(crate) async fn remove(
    State(site): State<Arc<Site>>,
    user: User,
    Path(id): Path<i64>,
) -> Result<Response, Failure> {
    if user.who.account().is_none() {
        return Err(Failure::NotFound("You have no mail account here.".to_owned()));
    }
    site.administration.remove_app_password(&user.actor(), &user.who.name, id).await?;
    Ok(Redirect::to("/MobileAdmin/me?done=app-password").into_response())
}

/// Takes one of an account away.
pub(crate) async fn remove_of(
    State(site): State<Arc<Site>>,
    administrator: Administrator,
    Path((address, id)): Path<(String, i64)>,
) -> Result<Response, Failure> {
    site.administration.remove_app_password(&administrator.actor(), &address, id).await?;
    let place = format!("/MobileAdmin/accounts/{}?done=app-password", filters::part(&address));
    Ok(Redirect::to(&place).into_response())
}
