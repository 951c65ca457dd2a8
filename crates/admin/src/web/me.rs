//! A user's own page: their devices, which they may wipe and remove, where notifications go, and what they
//! sign in with.

use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use fieldpost_domain::wipe::WipeKind;
use fieldpost_server::administration::devices::{DeviceQuery, DeviceView};
use fieldpost_server::sign_in::{PASSWORD_LEAST, PasswordChange};
use fieldpost_store::{Person, Stage};
use hyper::StatusCode;
use serde::Deserialize;

use super::app_passwords;
use super::devices::{Row, name_of, row};
use super::failure::Failure;
use super::filters;
use super::layout::{ME, Note, Page, bad, good, html};
use super::sign_in::go_on;
use super::visitor::User;
use crate::Site;

#[derive(Template)]
#[template(path = "me.html")]
struct Mine {
    page: Page,
    own_password: bool,
    second_factor: bool,
    account: bool,
    rows: Vec<Row>,
    app_passwords: Vec<app_passwords::Row>,
    app_passwords_href: &'static str,
    removable: bool,
    /// Where notifications go, where users choose that.
    notification: Option<String>,
}

#[derive(Template)]
#[template(path = "me_wipe.html")]
struct WipePage {
    page: Page,
    href: String,
    address: String,
    name: String,
    erases: &'static str,
    account_only: bool,
}

#[derive(Template)]
#[template(path = "me_remove.html")]
struct RemovePage {
    page: Page,
    href: String,
    name: String,
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

/// The order to wipe.
#[derive(Deserialize)]
pub(crate) struct WipeForm {
    kind: String,
    mailbox: String,
}

/// Where notifications go.
#[derive(Deserialize)]
pub(crate) struct NotificationForm {
    address: String,
}

/// What was done just before, as the address says.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(crate) struct Done {
    done: String,
}

/// The address of an own device.
fn href(device_id: &str) -> String {
    format!("/MobileAdmin/me/devices/{}", filters::part(device_id))
}

/// The page.
pub(crate) async fn show(
    State(site): State<Arc<Site>>,
    user: User,
    Query(done): Query<Done>,
) -> Result<Response, Failure> {
    let now = site.app.clock.now();
    let (mut rows, mut passwords, mut notification) = (Vec::new(), Vec::new(), None);
    if user.who.account().is_some() {
        let (actor, address) = (user.actor(), user.who.name.clone());
        let query = DeviceQuery { account: Some(address.clone()), limit: 100, ..DeviceQuery::default() };
        let found = site.administration.devices(&actor, &query).await?;
        rows.extend(found.rows.into_iter().map(|found| {
            let href = href(&found.device.device_id);
            Row { href, ..row(found, now) }
        }));
        let own = site.administration.app_passwords(&actor, &address).await?;
        passwords.extend(own.into_iter().map(|found| app_passwords::row(found, now)));
        let switches = site.administration.account_switches(&actor, &address).await?;
        if switches.in_force.notifications && switches.in_force.notifications_to_chosen_address {
            notification = Some(switches.own.notification_address.unwrap_or_default());
        }
    }
    let note = match done.done.as_str() {
        "wipe" => good("The wipe is ordered. The device erases itself as soon as it asks for mail."),
        "remove" => good(
            "The device is removed. If it still has your account, it appears again when it synchronises.",
        ),
        "app-password" => good("The app password is taken away; its device is out at its next request."),
        "notification" => good("The address for notifications is changed."),
        _ => None,
    };
    html(&Mine {
        rows,
        app_passwords: passwords,
        app_passwords_href: "/MobileAdmin/me/app-passwords",
        removable: true,
        notification,
        own_password: matches!(user.who.person, Person::Administrator(_)),
        second_factor: user.who.second_factor,
        account: user.who.account().is_some(),
        page: Page::for_user("My devices and sign-in", ME, &user).with(note),
    })
}

/// A device of their own.
async fn own(site: &Site, user: &User, device_id: &str) -> Result<DeviceView, Failure> {
    if user.who.account().is_none() {
        return Err(Failure::NotFound("You have no mail account here, and so no devices.".to_owned()));
    }
    Ok(site.administration.device(&user.actor(), &user.who.name, device_id).await?)
}

async fn wipe_page(
    site: &Site,
    user: &User,
    device_id: &str,
    note: Option<Note>,
) -> Result<Response, Failure> {
    let view = own(site, user, device_id).await?;
    html(&WipePage {
        page: Page::for_user("Wipe my device", ME, user).with(note),
        href: href(device_id),
        address: view.account.address,
        name: name_of(&view.device),
        erases: view.erases,
        account_only: view.knows_account_only,
    })
}

/// What a wipe will erase, and the question whether that is wanted.
pub(crate) async fn ask_wipe(
    State(site): State<Arc<Site>>,
    user: User,
    Path(device_id): Path<String>,
) -> Result<Response, Failure> {
    wipe_page(&site, &user, &device_id, None).await
}

/// Orders the wipe of an own device.
pub(crate) async fn wipe(
    State(site): State<Arc<Site>>,
    user: User,
    Path(device_id): Path<String>,
    Form(form): Form<WipeForm>,
) -> Result<Response, Failure> {
    own(&site, &user, &device_id).await?;
    let kind = if form.kind == "account-only" { WipeKind::AccountOnly } else { WipeKind::Full };
    let (actor, address) = (user.actor(), &user.who.name);
    let ordered = site.administration.order_wipe(&actor, address, &device_id, kind, &form.mailbox).await;
    match ordered.map_err(Failure::from) {
        Ok(()) => Ok(Redirect::to("/MobileAdmin/me?done=wipe").into_response()),
        Err(Failure::Invalid(text)) => {
            let note = bad(format!("{text} Nothing was changed."));
            let page = wipe_page(&site, &user, &device_id, note).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(failure) => Err(failure),
    }
}

/// Asks whether a device is to be removed.
pub(crate) async fn ask_remove(
    State(site): State<Arc<Site>>,
    user: User,
    Path(device_id): Path<String>,
) -> Result<Response, Failure> {
    let view = own(&site, &user, &device_id).await?;
    html(&RemovePage {
        page: Page::for_user("Remove my device", ME, &user),
        href: href(&device_id),
        name: name_of(&view.device),
    })
}

/// Removes an own device.
pub(crate) async fn remove(
    State(site): State<Arc<Site>>,
    user: User,
    Path(device_id): Path<String>,
) -> Result<Response, Failure> {
    own(&site, &user, &device_id).await?;
    site.administration.delete_device(&user.actor(), &user.who.name, &device_id).await?;
    Ok(Redirect::to("/MobileAdmin/me?done=remove").into_response())
}

/// Chooses where notifications go.
pub(crate) async fn notification(
    State(site): State<Arc<Site>>,
    user: User,
    Form(form): Form<NotificationForm>,
) -> Result<Response, Failure> {
    let to = Some(form.address.trim()).filter(|address| !address.is_empty());
    site.administration.choose_notification_address(&user.actor(), &user.who.name, to).await?;
    Ok(Redirect::to("/MobileAdmin/me?done=notification").into_response())
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
