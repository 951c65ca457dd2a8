//! The first page: what needs attention, and how the devices are.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;

use super::failure::Failure;
use super::layout::{Page, WELCOME, html};
use super::visitor::Administrator;
use crate::Site;

/// Something that needs attention.
struct Matter {
    text: String,
    href: &'static str,
    action: &'static str,
}

/// A number with its name.
struct Figure {
    value: usize,
    name: &'static str,
}

#[derive(Template)]
#[template(path = "welcome.html")]
struct Welcome {
    page: Page,
    matters: Vec<Matter>,
    figures: Vec<Figure>,
}

/// The page.
pub(crate) async fn show(
    State(site): State<Arc<Site>>,
    administrator: Administrator,
) -> Result<Response, Failure> {
    let mut matters = Vec::new();
    if !administrator.who.second_factor {
        matters.push(Matter {
            text: "You sign in with a password alone. A second factor keeps others out who learn it."
                .to_owned(),
            href: "/MobileAdmin/me/second-factor",
            action: "Set up a second factor",
        });
    }
    html(&Welcome {
        page: Page::new("Overview", WELCOME, &administrator),
        matters,
        figures: vec![
            Figure { value: site.app.hub.waiting(), name: "phones waiting for news" },
            Figure { value: site.app.store.accounts().await?.len(), name: "accounts" },
        ],
    })
}
