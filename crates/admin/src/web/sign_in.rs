//! Signing in, with password and code, and out. The same page serves administrators and the users of
//! accounts.

use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::response::{IntoResponse as _, Redirect, Response};
use fieldpost_server::auth::Denied;
use fieldpost_server::sign_in::{SessionId, SignedIn};
use fieldpost_store::Stage;
use hyper::{StatusCode, header};
use serde::Deserialize;

use super::failure::Failure;
use super::guard::{clear_cookie, set_cookie};
use super::layout::{Page, bad, html};
use super::visitor::Visitor;
use crate::Site;

/// The same whether the name or the password is wrong, or there is no such name.
const WRONG: &str = "Name or password is wrong. After several attempts each further one takes longer.";
const WRONG_CODE: &str = "The code is wrong, or was used already. Wait for the next one.";
const BUSY: &str = "Too many attempts to sign in are waiting. Try again in half a minute.";

#[derive(Template)]
#[template(path = "sign_in.html")]
struct SignInPage {
    page: Page,
    name: String,
}

#[derive(Template)]
#[template(path = "sign_in_code.html")]
struct CodePage {
    page: Page,
}

/// What is typed in.
#[derive(Deserialize)]
pub(crate) struct PasswordForm {
    name: String,
    password: String,
}

/// What is typed in.
#[derive(Deserialize)]
pub(crate) struct CodeForm {
    code: String,
}

fn page(title: &str, id: &SessionId) -> Page {
    Page { token: id.form_token(), ..Page::bare(title) }
}

/// The page that somebody goes to after a step.
fn next_place(who: &SignedIn) -> &'static str {
    match (who.stage, who.role) {
        (Stage::SecondFactor, _) => "/MobileAdmin/sign-in/code",
        (Stage::NewPassword, _) => "/MobileAdmin/me/password",
        (Stage::In, Some(_)) => "/MobileAdmin",
        (Stage::In, None) => "/MobileAdmin/me",
    }
}

/// Goes on with another session, whose id takes the place of the one before.
pub(crate) fn go_on(who: &SignedIn) -> Response {
    ([(header::SET_COOKIE, set_cookie(&who.id))], Redirect::to(next_place(who))).into_response()
}

/// The form. Whoever is signed in already is sent on.
pub(crate) async fn show(State(site): State<Arc<Site>>, visitor: Visitor) -> Result<Response, Failure> {
    if let Some(who) = &visitor.who {
        return Ok(Redirect::to(next_place(who)).into_response());
    }
    // A browser gets an id before anybody signs in, so that this form bears a token as well.
    let id = site.sign_in.fresh_id();
    let shown = html(&SignInPage { page: page("Sign in", &id), name: String::new() })?;
    Ok(([(header::SET_COOKIE, set_cookie(&id))], shown).into_response())
}

/// Takes name and password.
pub(crate) async fn password(
    State(site): State<Arc<Site>>,
    visitor: Visitor,
    Form(form): Form<PasswordForm>,
) -> Result<Response, Failure> {
    let before = visitor.id.as_ref().ok_or(Failure::Forged)?;
    let peer = visitor.peer.address;
    let (status, text) =
        match site.sign_in.with_password(&form.name, &form.password, peer, Some(before)).await {
            Ok(who) => return Ok(go_on(&who)),
            Err(Denied::Credentials) => (StatusCode::FORBIDDEN, WRONG),
            Err(Denied::Busy { .. }) => (StatusCode::TOO_MANY_REQUESTS, BUSY),
            Err(Denied::Store(error)) => return Err(error.into()),
        };
    let shown = SignInPage { page: page("Sign in", before).with(bad(text)), name: form.name };
    Ok((status, html(&shown)?).into_response())
}

/// The form for the code.
pub(crate) async fn show_code(visitor: Visitor) -> Result<Response, Failure> {
    match visitor.who {
        Some(who) if who.stage == Stage::SecondFactor => {
            html(&CodePage { page: page("Enter the code", &who.id) })
        }
        Some(who) => Ok(Redirect::to(next_place(&who)).into_response()),
        None => Ok(Redirect::to("/MobileAdmin/sign-in").into_response()),
    }
}

/// Takes the code.
pub(crate) async fn code(
    State(site): State<Arc<Site>>,
    visitor: Visitor,
    Form(form): Form<CodeForm>,
) -> Result<Response, Failure> {
    let Some(who) = visitor.who else {
        return Ok(Redirect::to("/MobileAdmin/sign-in").into_response());
    };
    let (status, text) = match site.sign_in.with_code(&who, &form.code, visitor.peer.address).await {
        Ok(who) => return Ok(go_on(&who)),
        Err(Denied::Credentials) => (StatusCode::FORBIDDEN, WRONG_CODE),
        Err(Denied::Busy { .. }) => (StatusCode::TOO_MANY_REQUESTS, BUSY),
        Err(Denied::Store(error)) => return Err(error.into()),
    };
    let shown = CodePage { page: page("Enter the code", &who.id).with(bad(text)) };
    Ok((status, html(&shown)?).into_response())
}

/// Ends the session.
pub(crate) async fn sign_out(State(site): State<Arc<Site>>, visitor: Visitor) -> Result<Response, Failure> {
    if let Some(id) = &visitor.id {
        site.sign_in.sign_out(id).await?;
    }
    Ok(([(header::SET_COOKIE, clear_cookie())], Redirect::to("/MobileAdmin/sign-in")).into_response())
}
