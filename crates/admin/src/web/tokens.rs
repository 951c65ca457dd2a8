//! Tokens of the REST API: who may let programs act, in which role. Each is shown once.

use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::response::Response;
use fieldpost_domain::role::Role;
use serde::Deserialize;

use super::failure::Failure;
use super::filters;
use super::layout::{Note, Page, TOKENS, good, html, role_name};
use super::visitor::Administrator;
use crate::Site;

struct Row {
    name: String,
    href: String,
    role: &'static str,
    made_by: String,
    created: String,
    expires: String,
    expired: bool,
    used: String,
}

/// A token that was made, to be shown this once.
struct Made {
    name: String,
    secret: String,
}

#[derive(Template)]
#[template(path = "tokens.html")]
struct Tokens {
    page: Page,
    rows: Vec<Row>,
    made: Option<Made>,
}

/// What is typed in.
#[derive(Deserialize)]
pub(crate) struct AddForm {
    name: String,
    role: String,
    days: String,
}

async fn page(
    site: &Site,
    administrator: &Administrator,
    note: Option<Note>,
    made: Option<Made>,
) -> Result<Response, Failure> {
    let now = site.app.clock.now();
    let all = site.administration.api_tokens(&administrator.actor()).await?;
    let row = |token: fieldpost_store::ApiToken| Row {
        href: format!("/MobileAdmin/tokens/{}", filters::part(&token.name)),
        role: role_name(token.role),
        created: filters::day(token.created),
        expires: token.expires.map_or_else(|| "never".to_owned(), filters::day),
        expired: token.is_expired(now),
        used: token.used.map_or_else(|| "never".to_owned(), |at| filters::ago(at, now)),
        made_by: token.made_by,
        name: token.name,
    };
    html(&Tokens {
        page: Page::new("API tokens", TOKENS, administrator).with(note),
        rows: all.into_iter().map(row).collect(),
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

/// Makes one and shows it.
pub(crate) async fn add(
    State(site): State<Arc<Site>>,
    administrator: Administrator,
    Form(form): Form<AddForm>,
) -> Result<Response, Failure> {
    let role: Role = form.role.parse().map_err(|_| Failure::Invalid("Choose a role.".to_owned()))?;
    let days = match form.days.trim() {
        "" => None,
        typed => {
            let days = typed.parse();
            Some(days.map_err(|_| Failure::Invalid(format!("“{typed}” is no number of days.")))?)
        }
    };
    let (actor, entropy) = (administrator.actor(), &*site.app.entropy);
    let (token, secret) =
        site.administration.add_api_token(&actor, form.name.trim(), role, days, entropy).await?;
    page(&site, &administrator, None, Some(Made { name: token.name, secret })).await
}

/// Takes one away.
pub(crate) async fn remove(
    State(site): State<Arc<Site>>,
    administrator: Administrator,
    Path(name): Path<String>,
) -> Result<Response, Failure> {
    site.administration.remove_api_token(&administrator.actor(), &name).await?;
    page(&site, &administrator, good("The token is taken away, and good for nothing from now on."), None)
        .await
}
