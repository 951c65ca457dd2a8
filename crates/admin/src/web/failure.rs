//! What is shown when something can't be done: what happened, and what to do.

use askama::Template;
use axum::response::{Html, IntoResponse, Redirect, Response};
use fieldpost_domain::role::Role;
use fieldpost_server::administration::ActError;
use fieldpost_server::auth::Denied;
use fieldpost_store::StoreError;
use hyper::StatusCode;

use super::layout::Page;

/// Why a page is not shown.
#[derive(Debug)]
pub enum Failure {
    /// They are sent somewhere else.
    Elsewhere(Redirect),
    /// There is no such thing.
    NotFound(String),
    /// It takes this role, or one that may more.
    Forbidden(Role),
    /// The form was not one of ours, or of a session that is over.
    Forged,
    /// What was entered can't be done. The text says why.
    Invalid(String),
    /// It collides with what somebody else did meanwhile, or with a rule. The text says which.
    Conflict(String),
    /// The store gives no answer.
    Unavailable,
    /// A mistake of ours.
    Broken,
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Failure {
        tracing::error!(%error, "a page of the web tool could not be shown");
        Failure::Unavailable
    }
}

impl From<ActError> for Failure {
    fn from(error: ActError) -> Failure {
        match error {
            ActError::Denied { least, .. } => Failure::Forbidden(least),
            ActError::NotYours => Failure::Forbidden(Role::HelpDesk),
            ActError::NotFound { .. } => Failure::NotFound(sentence(&error.to_string())),
            ActError::Invalid(text) => Failure::Invalid(sentence(&text)),
            ActError::Conflict(text) => Failure::Conflict(sentence(&text)),
            ActError::Store(error) => error.into(),
        }
    }
}

/// A text that begins with a capital and ends with a full stop.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first: String = letters.next().map(|c| c.to_uppercase().collect()).unwrap_or_default();
    let stop = if text.ends_with(['.', '!', '?']) { "" } else { "." };
    format!("{first}{}{stop}", letters.as_str())
}

impl From<Denied> for Failure {
    fn from(denied: Denied) -> Failure {
        match denied {
            Denied::Store(error) => error.into(),
            Denied::Busy { .. } => Failure::Unavailable,
            Denied::Credentials => Failure::Forged,
        }
    }
}

impl From<askama::Error> for Failure {
    fn from(error: askama::Error) -> Failure {
        tracing::error!(%error, "a page of the web tool could not be made");
        Failure::Broken
    }
}

#[derive(Template)]
#[template(path = "failure.html")]
struct Shown {
    page: Page,
    what: String,
    advice: &'static str,
    /// The page before.
    back: Option<String>,
}

/// What an answer tells of a failure. It goes with the answer, so that the guard, who knows who asks, can show
/// it in the frame of those who are signed in.
#[derive(Debug, Clone)]
pub(crate) struct Told {
    title: &'static str,
    what: String,
    advice: &'static str,
}

impl Told {
    /// The page of it, in this frame, with a way back to the page before.
    pub(crate) fn body(self, page: Page, back: Option<String>) -> Option<String> {
        Shown { page, what: self.what, advice: self.advice, back }.render().ok()
    }

    /// Its title.
    pub(crate) fn title(&self) -> &'static str {
        self.title
    }

    fn answer(self, status: StatusCode) -> Response {
        let mut response = match self.clone().body(Page::bare(self.title), None) {
            Some(html) => Html(html).into_response(),
            None => self.title.into_response(),
        };
        *response.status_mut() = status;
        response.extensions_mut().insert(self);
        response
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let (status, title, what, advice) = match self {
            Failure::Elsewhere(redirect) => return redirect.into_response(),
            Failure::NotFound(what) => (
                StatusCode::NOT_FOUND,
                "Not found",
                what,
                "Nothing was changed. It may have been removed meanwhile: look for it in its list.",
            ),
            Failure::Forbidden(least) => (
                StatusCode::FORBIDDEN,
                "Not allowed",
                format!("This takes the role “{}”.", super::layout::role_name(least)),
                "Ask an owner to give you this role. Nothing was changed.",
            ),
            Failure::Forged => (
                StatusCode::FORBIDDEN,
                "The form is out of date",
                "The form did not belong to your session, or the session is over.".to_owned(),
                "Nothing was changed. Go back, load the page again, and repeat what you did.",
            ),
            Failure::Invalid(what) => (
                StatusCode::UNPROCESSABLE_ENTITY,
                "That can’t be done",
                what,
                "Nothing was changed. Go back to correct it.",
            ),
            Failure::Conflict(what) => (
                StatusCode::CONFLICT,
                "That can’t be done now",
                what,
                "Nothing was changed. Go back and load the page again.",
            ),
            Failure::Unavailable => (
                StatusCode::SERVICE_UNAVAILABLE,
                "Try again later",
                "The server can’t answer just now.".to_owned(),
                "Nothing was changed. Wait a minute and load the page again; the server’s log says more.",
            ),
            Failure::Broken => (
                StatusCode::INTERNAL_SERVER_ERROR,
                "Something went wrong",
                "This is a fault of the program.".to_owned(),
                "Please report it; the server’s log says more.",
            ),
        };
        Told { title, what, advice }.answer(status)
    }
}

/// No page has this address.
pub(crate) async fn nothing_here() -> Failure {
    Failure::NotFound("There is no page with this address.".to_owned())
}

/// The page is not to be used so: an action that was only looked at, for one.
pub(crate) async fn not_so() -> Response {
    let told = Told {
        title: "Not so",
        what: "This address takes no request of that kind.".to_owned(),
        advice: "Use the buttons of the pages. Nothing was changed.",
    };
    told.answer(StatusCode::METHOD_NOT_ALLOWED)
}
