//! The API, described for programs: OpenAPI 3.1, made from the handlers.

use axum::Json;
use utoipa::openapi::OpenApi as Document;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::{Modify, OpenApi};

use super::{accounts, app_passwords, devices, log, policies, problem, settings, tokens, wipe};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Fieldpost administration",
        description = "The acts of the administration for programs. Every request bears a token; what a token \
                       may do is what its role may do. Errors are problem documents, and then nothing was changed."
    ),
    paths(
        accounts::list,
        accounts::show,
        accounts::put_disabled,
        app_passwords::list,
        app_passwords::add,
        app_passwords::remove,
        devices::list,
        devices::show,
        devices::remove,
        devices::access,
        devices::resync,
        devices::exchanges,
        log::list,
        log::verify,
        policies::list,
        policies::show,
        policies::put,
        policies::remove,
        policies::put_default,
        policies::of_account,
        policies::put_account,
        policies::put_group,
        settings::rules,
        settings::put_rules,
        settings::wipe_rules,
        settings::put_wipe_rules,
        settings::switches,
        settings::put_switches,
        settings::account_switches,
        settings::put_account_switches,
        tokens::list,
        tokens::put,
        tokens::remove,
        wipe::order,
        wipe::approve,
        wipe::cancel,
    ),
    components(schemas(problem::Problem)),
    security(("token" = [])),
    modifiers(&Token)
)]
struct Description;

/// Tokens are sent as Bearer tokens.
struct Token;

impl Modify for Token {
    fn modify(&self, document: &mut Document) {
        let scheme = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
        document.components.get_or_insert_default().add_security_scheme("token", scheme);
    }
}

/// The document.
pub fn document() -> Document {
    Description::openapi()
}

/// Shows the document to anybody: it says nothing about this server.
pub(super) async fn show() -> Json<Document> {
    Json(document())
}
