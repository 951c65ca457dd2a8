//! The REST API, `/api/v1`: the acts of the administration for programs. Each module is one resource.
//!
//! A program proves itself by a token ([`caller`]), which has a role as an administrator has. What is to be so
//! is PUT, what is to be gone is DELETEd: a request that is sent again changes nothing more. Errors are
//! `application/problem+json` (RFC 9457, [`problem`]). [`description`] is the whole of it as OpenAPI, at
//! `/api/v1/openapi.json`.
//!
//! The command line asks the same operations, of a server or within its own process ([`inside`]), so that both
//! answer alike.

pub mod accounts;
pub mod administrators;
pub mod app_passwords;
pub mod caller;
pub mod catalogue;
pub mod description;
pub mod devices;
pub mod health;
pub mod input;
pub mod inside;
pub mod log;
pub mod policies;
pub mod problem;
pub mod settings;
pub mod tokens;
pub mod wipe;

use std::sync::Arc;

use axum::Router;
use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, X_CONTENT_TYPE_OPTIONS};
use axum::middleware::map_response;
use axum::response::Response;
use axum::routing::{delete, get, put};
use fieldpost_server::App;
use fieldpost_server::administration::Administration;
use fieldpost_server::entropy::Entropy;

/// Where the API lives.
pub const BASE: &str = "/api/v1";

/// What the operations need.
pub struct Api {
    /// What may be done.
    pub administration: Administration,
    /// Secrets are made of it.
    pub entropy: Arc<dyn Entropy>,
    /// The server that is administered; none where none runs in this process.
    pub app: Option<Arc<App>>,
}

impl Api {
    /// That of a server.
    pub fn of(app: &Arc<App>, administration: Administration) -> Api {
        Api { administration, entropy: Arc::clone(&app.entropy), app: Some(Arc::clone(app)) }
    }
}

/// All of it, to be nested at [`BASE`].
pub fn router(api: Arc<Api>) -> Router {
    Router::new()
        .route("/accounts", get(accounts::list))
        .route("/accounts/{address}", get(accounts::show))
        .route("/accounts/{address}/disabled", put(accounts::put_disabled))
        .route("/accounts/{address}/app-passwords", get(app_passwords::list).post(app_passwords::add))
        .route("/accounts/{address}/app-passwords/{id}", delete(app_passwords::remove))
        .route("/accounts/{address}/devices/{id}", get(devices::show).delete(devices::remove))
        .route("/accounts/{address}/devices/{id}/access", put(devices::access))
        .route("/accounts/{address}/devices/{id}/exchanges", get(devices::exchanges))
        .route("/accounts/{address}/devices/{id}/recovery-password", get(devices::recovery_password))
        .route("/accounts/{address}/devices/{id}/resync", put(devices::resync))
        .route("/accounts/{address}/devices/{id}/wipe", put(wipe::order).delete(wipe::cancel))
        .route("/accounts/{address}/devices/{id}/wipe/approval", put(wipe::approve))
        .route("/accounts/{address}/listed-devices", get(devices::listed))
        .route("/accounts/{address}/policy", get(policies::of_account).put(policies::put_account))
        .route(
            "/accounts/{address}/switches",
            get(settings::account_switches).put(settings::put_account_switches),
        )
        .route("/activity", get(health::activity))
        .route("/administrators", get(administrators::list))
        .route("/administrators/{as}/{name}", put(administrators::put).delete(administrators::remove))
        .route("/administrators/{as}/{name}/password", put(administrators::put_password))
        .route("/administrators/{as}/{name}/second-factor", delete(administrators::remove_second_factor))
        .route("/default-policy", get(policies::default).put(policies::put_default))
        .route("/devices", get(devices::list))
        .route("/exempt-accounts", get(policies::exempt))
        .route("/groups/{address}/policy", put(policies::put_group))
        .route("/health", get(health::show))
        .route("/log", get(log::list))
        .route("/log/export", get(log::export))
        .route("/log/verification", get(log::verify))
        .route("/openapi.json", get(description::show))
        .route("/policies", get(policies::list))
        .route("/policies/{name}", get(policies::show).put(policies::put).delete(policies::remove))
        .route("/policies/{name}/accounts", get(policies::accounts))
        .route("/policy-groups", get(policies::groups).put(policies::order_groups))
        .route("/policy-settings", get(catalogue::list))
        .route("/proposed-wipes", get(devices::proposed_wipes))
        .route("/rules", get(settings::rules).put(settings::put_rules))
        .route("/switches", get(settings::switches).put(settings::put_switches))
        .route("/wipe-rules", get(settings::wipe_rules).put(settings::put_wipe_rules))
        .route("/tokens", get(tokens::list))
        .route("/tokens/{name}", put(tokens::put).delete(tokens::remove))
        .fallback(problem::nothing_here)
        .method_not_allowed_fallback(problem::not_so)
        .layer(map_response(guard))
        .with_state(api)
}

/// Answers are for whoever asked, and are what they say they are.
async fn guard(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}
