//! The API, described for programs: OpenAPI 3.1, made from the handlers.

use axum::Json;
use utoipa::openapi::OpenApi as Document;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::{Modify, OpenApi};

use super::{
    accounts, administrators, app_passwords, catalogue, devices, health, log, policies, problem, settings,
    tokens, wipe,
};

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
        administrators::list,
        administrators::put,
        administrators::put_password,
        administrators::remove_second_factor,
        administrators::remove,
        app_passwords::list,
        app_passwords::add,
        app_passwords::remove,
        devices::list,
        devices::show,
        devices::remove,
        devices::access,
        devices::resync,
        devices::exchanges,
        devices::recovery_password,
        devices::proposed_wipes,
        devices::listed,
        health::show,
        health::activity,
        log::list,
        log::export,
        log::verify,
        policies::list,
        policies::show,
        policies::put,
        policies::remove,
        policies::accounts,
        policies::default,
        policies::put_default,
        policies::groups,
        policies::order_groups,
        policies::exempt,
        catalogue::list,
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use fieldpost_domain::admission::Rules;
    use fieldpost_domain::policy::NamedPolicy;
    use fieldpost_domain::switches::{AccountSwitches, Switches};
    use fieldpost_domain::wipe::WipeRules;
    use serde_json::from_value;

    use super::super::BASE;
    use super::document;

    /// What is described as an object of any kind has an example, and the example is taken.
    #[test]
    fn examples_can_be_sent() {
        let document = serde_json::to_value(document()).unwrap();
        let example = |path: &str| {
            let body = &document["paths"][format!("{BASE}{path}")]["put"]["requestBody"];
            body["content"]["application/json"]["example"].clone()
        };
        assert_eq!(from_value::<Rules>(example("/rules")).unwrap().check(), Ok(()));
        assert!(from_value::<WipeRules>(example("/wipe-rules")).unwrap().needs_approval);
        assert_eq!(from_value::<Switches>(example("/switches")).unwrap().max_devices, Some(5));
        let account = from_value::<AccountSwitches>(example("/accounts/{address}/switches")).unwrap();
        assert_eq!(account.active_sync, Some(false));
        let policy = NamedPolicy { name: "A".to_owned(), ..from_value(example("/policies/{name}")).unwrap() };
        assert!(policy.problems().is_empty(), "{:?}", policy.problems());
    }

    /// Whoever adds a route describes it: the tests of roles and tokens go by the description.
    #[test]
    fn every_route_is_described() {
        let router = include_str!("mod.rs").split_once("Router::new()").unwrap().1;
        let router = router.split_once(".fallback").unwrap().0;
        let mut routed = BTreeSet::new();
        for route in router.split(".route(").skip(1) {
            let path = route.split('"').nth(1).unwrap();
            for method in ["get", "put", "post", "delete"] {
                let offers =
                    route.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').any(|word| word == method);
                if offers && route.contains(&format!("{method}(")) && path != "/openapi.json" {
                    routed.insert(format!("{method} {BASE}{path}"));
                }
            }
        }
        let document = serde_json::to_value(document()).unwrap();
        let mut described = BTreeSet::new();
        for (path, methods) in document["paths"].as_object().unwrap() {
            described.extend(methods.as_object().unwrap().keys().map(|method| format!("{method} {path}")));
        }
        assert!(routed.len() > 45, "{routed:?}");
        assert_eq!(routed, described);
    }
}
