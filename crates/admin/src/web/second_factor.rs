//! Setting the second factor up: the secret as a QR code and as text, the code that confirms it, and the
//! recovery codes, which are shown this once.

use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::response::{IntoResponse as _, Redirect, Response};
use fieldpost_server::auth::Denied;
use hyper::StatusCode;
use qrcode::QrCode;
use qrcode::types::Color;
use serde::Deserialize;

use super::failure::Failure;
use super::layout::{ME, Note, Page, bad, good, html};
use super::visitor::User;
use crate::Site;

#[derive(Template)]
#[template(path = "second_factor.html")]
struct Enrol {
    page: Page,
    required: bool,
    /// Modules of a side, and the path that draws the dark ones.
    side: usize,
    path: String,
    secret: String,
}

#[derive(Template)]
#[template(path = "second_factor_on.html")]
struct On {
    page: Page,
    codes: Vec<String>,
    required: bool,
}

/// What is typed in.
#[derive(Deserialize)]
pub(crate) struct CodeForm {
    code: String,
}

/// The side of a QR code in modules, with the quiet zone of four, and an SVG path of its dark modules.
fn qr(text: &str) -> Option<(usize, String)> {
    const QUIET: usize = 4;
    let code = QrCode::new(text.as_bytes()).ok()?;
    let width = code.width();
    let mut path = String::new();
    for (place, color) in code.to_colors().into_iter().enumerate() {
        if color == Color::Dark {
            path.push_str(&format!("M{} {}h1v1h-1z", place % width + QUIET, place / width + QUIET));
        }
    }
    Some((width + 2 * QUIET, path))
}

fn groups(secret: &str) -> String {
    let letters: Vec<char> = secret.chars().collect();
    letters.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

async fn page(site: &Site, user: &User, note: Option<Note>) -> Result<Response, Failure> {
    let required = site.sign_in.rules().second_factor && user.who.role.is_some();
    let frame = Page::for_user("Second factor", ME, user).with(note);
    match site.sign_in.enrol(&user.who).await? {
        None => html(&On { page: frame, codes: Vec::new(), required }),
        Some(enrolment) => {
            let (side, path) = qr(&enrolment.url).ok_or(Failure::Broken)?;
            html(&Enrol { page: frame, required, side, path, secret: groups(&enrolment.secret) })
        }
    }
}

/// The secret to be scanned, or that there is one already.
pub(crate) async fn show(State(site): State<Arc<Site>>, user: User) -> Result<Response, Failure> {
    page(&site, &user, None).await
}

/// Takes the first code.
pub(crate) async fn confirm(
    State(site): State<Arc<Site>>,
    user: User,
    Form(form): Form<CodeForm>,
) -> Result<Response, Failure> {
    match site.sign_in.confirm(&user.who, &form.code).await {
        Ok(codes) => {
            let frame = Page::for_user("Second factor", ME, &user);
            let note = good("The second factor is set up. From now on a code is asked for at sign-in.");
            html(&On { page: frame.with(note), codes, required: false })
        }
        Err(Denied::Credentials) => {
            let note =
                bad("The code is wrong. Check that the phone’s clock is right, and enter the next code.");
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&site, &user, note).await?).into_response())
        }
        Err(other) => Err(other.into()),
    }
}

/// Takes the second factor away; its owner has to give a code of it.
pub(crate) async fn remove(
    State(site): State<Arc<Site>>,
    user: User,
    Form(form): Form<CodeForm>,
) -> Result<Response, Failure> {
    match site.sign_in.remove_second_factor(&user.who, &form.code).await {
        Ok(()) => Ok(Redirect::to("/MobileAdmin/sign-in").into_response()),
        Err(Denied::Credentials) => {
            let note = bad("The code is wrong, or was used already; the second factor stays.");
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&site, &user, note).await?).into_response())
        }
        Err(other) => Err(other.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_drawn_with_its_quiet_zone() {
        let (side, path) = qr("otpauth://totp/Fieldpost:root?secret=ABC").unwrap();
        assert!(side >= 29 && (side - 8 - 17) % 4 == 0, "{side}");
        assert!(path.starts_with("M4 4h1v1h-1z"), "the first finder pattern begins after the quiet zone");
        assert_eq!(groups("ABCDEFGHIJ"), "ABCD EFGH IJ");
    }
}
