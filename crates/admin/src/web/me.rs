//! A user's own page: their devices, and what they sign in with.

use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use fieldpost_server::sign_in::{PASSWORD_LEAST, PasswordChange};
use fieldpost_store::{Person, Stage};
use hyper::StatusCode;
use serde::Deserialize;

use super::failure::Failure;
use super::filters;
use super::layout::{ME, Note, Page, bad, html};
use super::sign_in::go_on;
use super::visitor::User;
use crate::Site;

/// A device as its user sees it.
struct Row {
    name: String,
    kind: String,
    id: String,
    seen: String,
    seen_at: String,
}

#[derive(Template)]
#[template(path = "me.html")]
struct Mine {
    page: Page,
    own_password: bool,
    second_factor: bool,
    account: bool,
    devices: Vec<Row>,
}

#[derive(Template)]
#[template(path = "password.html")]
struct PasswordPage {
    page: Page,
    forced: bool,
    least: usize,
}

/// What is typed in.
#[derive(Deserialize)]
pub(crate) struct PasswordForm {
    old: String,
    new: String,
    again: String,
}

/// The page.
pub(crate) async fn show(State(site): State<Arc<Site>>, user: User) -> Result<Response, Failure> {
    let now = site.app.clock.now();
    let devices = match user.who.account() {
        Some(account) => site.app.store.devices(account).await?,
        None => Vec::new(),
    };
    let rows = devices.into_iter().map(|device| {
        let seen = jiff::Timestamp::from_millisecond(device.last_seen).unwrap_or_default();
        let information = device.information;
        Row {
            name: information
                .friendly_name
                .or(information.model)
                .unwrap_or_else(|| device.device_type.clone()),
            kind: information.os.unwrap_or(device.device_type),
            id: device.device_id,
            seen: filters::ago(seen, now),
            seen_at: filters::machine_time(seen),
        }
    });
    html(&Mine {
        devices: rows.collect(),
        own_password: matches!(user.who.person, Person::Administrator(_)),
        second_factor: user.who.second_factor,
        account: user.who.account().is_some(),
        page: Page::for_user("My devices and sign-in", ME, &user),
    })
}

fn password_page(user: &User, note: Option<Note>) -> Result<Response, Failure> {
    html(&PasswordPage {
        page: Page::for_user("Change the password", ME, user).with(note),
        forced: user.who.stage == Stage::NewPassword,
        least: PASSWORD_LEAST,
    })
}

/// The form for a new password.
pub(crate) async fn show_password(user: User) -> Result<Response, Failure> {
    password_page(&user, None)
}

/// Takes a new password.
pub(crate) async fn password(
    State(site): State<Arc<Site>>,
    user: User,
    Form(form): Form<PasswordForm>,
) -> Result<Response, Failure> {
    let refused = |text: String| -> Result<Response, Failure> {
        Ok((StatusCode::UNPROCESSABLE_ENTITY, password_page(&user, bad(text))?).into_response())
    };
    if form.new != form.again {
        return refused("The two new passwords differ; nothing was changed.".to_owned());
    }
    match site.sign_in.change_password(&user.who, &form.old, &form.new, user.peer.address).await {
        Ok(who) => Ok(go_on(&who)),
        Err(PasswordChange::Denied(denied)) => Err(denied.into()),
        Err(wrong) => refused(wrong.to_string()),
    }
}
