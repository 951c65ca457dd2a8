//! The pages: each module is one of them with its forms, its template of the same name in `templates/`.
//!
//! [`guard`] stands before all of them: who asks, is the form ours, and which headers every answer bears.
//! [`visitor`] has what a page asks for (somebody signed in, an administrator); [`layout`] the frame;
//! [`failure`] what is shown when something can't be done. Every page works without JavaScript: htmx only
//! spares the loading of whole pages.

pub mod accounts;
pub mod administrators;
pub mod app_passwords;
mod assets;
pub mod chart;
pub mod device;
pub mod devices;
pub mod failure;
mod filters;
mod guard;
pub mod health;
pub mod layout;
pub mod log;
pub mod me;
pub mod policies;
pub mod rules;
pub mod second_factor;
pub mod sign_in;
pub mod switches;
pub mod tokens;
pub mod visitor;
pub mod welcome;

use std::sync::Arc;

use axum::Router;
use axum::middleware;
use axum::response::Redirect;
use axum::routing::{get, post};

use crate::Site;

/// Where the tool lives.
pub const BASE: &str = "/MobileAdmin";

/// All pages.
pub fn router(site: Arc<Site>) -> Router {
    let pages = Router::new()
        .route("/", get(welcome::show))
        .route("/sign-in", get(sign_in::show).post(sign_in::password))
        .route("/sign-in/code", get(sign_in::show_code).post(sign_in::code))
        .route("/sign-out", post(sign_in::sign_out))
        .route("/me", get(me::show))
        .route("/me/devices/{id}/wipe", get(me::ask_wipe).post(me::wipe))
        .route("/me/devices/{id}/remove", get(me::ask_remove).post(me::remove))
        .route("/me/app-passwords", get(app_passwords::show_new).post(app_passwords::add))
        .route("/me/app-passwords/{id}/remove", post(app_passwords::remove))
        .route("/me/notification", post(me::notification))
        .route("/me/password", get(me::show_password).post(me::password))
        .route("/me/second-factor", get(second_factor::show).post(second_factor::confirm))
        .route("/me/second-factor/remove", post(second_factor::remove))
        .route("/administrators", get(administrators::show).post(administrators::add))
        .route("/administrators/{id}/role", post(administrators::role))
        .route("/administrators/{id}/password", post(administrators::password))
        .route("/administrators/{id}/second-factor", post(administrators::second_factor))
        .route("/administrators/{id}/remove", get(administrators::ask_remove).post(administrators::remove))
        .route("/devices", get(devices::show))
        .route("/devices/{address}/{id}", get(device::show))
        .route("/devices/{address}/{id}/wipe", get(device::ask_wipe).post(device::wipe))
        .route("/devices/{address}/{id}/delete", get(device::ask_delete).post(device::delete))
        .route("/devices/{address}/{id}/recovery", post(device::recovery))
        .route("/devices/{address}/{id}/{what}", post(device::act))
        .route("/quarantine", get(devices::quarantine))
        .route("/rules", get(rules::show))
        .route("/rules/new", get(rules::show_new).post(rules::add))
        .route("/rules/default", post(rules::set_default))
        .route("/rules/threshold", post(rules::set_threshold))
        .route("/rules/approval", post(rules::set_approval))
        .route("/rules/{number}", get(rules::show_one).post(rules::put))
        .route("/rules/{number}/{what}", post(rules::act))
        .route("/policies", get(policies::show))
        .route("/policies/new", get(policies::form::show_new).post(policies::form::add))
        .route("/policies/default", post(policies::set_default))
        .route("/policies/assign", post(policies::assign))
        .route("/policies/exempt", post(policies::exempt))
        .route("/policies/groups/{address}/{what}", post(policies::move_group))
        .route("/policies/edit/{name}", get(policies::form::show_one).post(policies::form::change))
        .route("/policies/edit/{name}/delete", get(policies::ask_delete).post(policies::delete))
        .route("/accounts", get(accounts::show))
        .route("/accounts/{address}", get(accounts::show_one).post(accounts::put_account_switches))
        .route("/accounts/{address}/app-passwords/{id}/remove", post(app_passwords::remove_of))
        .route("/accounts/{address}/list", post(accounts::list_device))
        .route("/accounts/{address}/{what}", post(accounts::act))
        .route("/switches", get(switches::show).post(switches::put))
        .route("/log", get(log::show))
        .route("/log/verify", get(log::verify))
        .route("/log/export/{form}", get(log::show_export))
        .route("/tokens", get(tokens::show).post(tokens::add))
        .route("/tokens/{name}/remove", post(tokens::remove))
        .route("/health", get(health::show))
        .route("/assets/{name}", get(assets::show));
    Router::new()
        .route("/MobileAdmin/", get(|| async { Redirect::to(BASE) }))
        .route("/", get(|| async { Redirect::to(BASE) }))
        .nest(BASE, pages)
        .fallback(failure::nothing_here)
        .method_not_allowed_fallback(failure::not_so)
        .layer(middleware::from_fn_with_state(Arc::clone(&site), guard::guard))
        .with_state(site)
}
