//! The REST API as programs and those who stole their tokens meet it.

use axum::body::Body;
use fieldpost_domain::admission::Rules;
use fieldpost_domain::role::Role;
use fieldpost_domain::wipe::WipeRules;
use fieldpost_server::administration::{Actor, Administration};
use fieldpost_server::entropy::SystemEntropy;
use fieldpost_store::{AdministratorKind, NewGroup, decision};
use hyper::{Method, Request, StatusCode, header};
use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::bed::{Answer, Bed};

/// Operations that need more than seeing, with the least role.
const NEEDS: &[(&str, &str, Role)] = &[
    ("post", "/api/v1/accounts/{address}/app-passwords", Role::HelpDesk),
    ("delete", "/api/v1/accounts/{address}/app-passwords/{id}", Role::HelpDesk),
    ("delete", "/api/v1/accounts/{address}/devices/{id}", Role::HelpDesk),
    ("put", "/api/v1/accounts/{address}/devices/{id}/access", Role::HelpDesk),
    ("put", "/api/v1/accounts/{address}/devices/{id}/resync", Role::HelpDesk),
    ("put", "/api/v1/accounts/{address}/devices/{id}/wipe", Role::HelpDesk),
    ("delete", "/api/v1/accounts/{address}/devices/{id}/wipe", Role::HelpDesk),
    ("put", "/api/v1/accounts/{address}/devices/{id}/wipe/approval", Role::HelpDesk),
    ("put", "/api/v1/accounts/{address}/disabled", Role::Policy),
    ("put", "/api/v1/accounts/{address}/policy", Role::Policy),
    ("put", "/api/v1/accounts/{address}/switches", Role::Policy),
    ("put", "/api/v1/default-policy", Role::Policy),
    ("put", "/api/v1/groups/{address}/policy", Role::Policy),
    ("put", "/api/v1/policies/{name}", Role::Policy),
    ("delete", "/api/v1/policies/{name}", Role::Policy),
    ("put", "/api/v1/rules", Role::Policy),
    ("put", "/api/v1/switches", Role::Policy),
    ("get", "/api/v1/accounts/{address}/devices/{id}/recovery-password", Role::HelpDesk),
    ("put", "/api/v1/policy-groups", Role::Policy),
    ("put", "/api/v1/administrators/{as}/{name}", Role::Owner),
    ("delete", "/api/v1/administrators/{as}/{name}", Role::Owner),
    ("put", "/api/v1/administrators/{as}/{name}/password", Role::Owner),
    ("delete", "/api/v1/administrators/{as}/{name}/second-factor", Role::Owner),
    ("put", "/api/v1/wipe-rules", Role::Owner),
    ("get", "/api/v1/tokens", Role::Owner),
    ("put", "/api/v1/tokens/{name}", Role::Owner),
    ("delete", "/api/v1/tokens/{name}", Role::Owner),
];

/// A body that each operation reads, by the end of its path.
fn body_for(path: &str) -> Value {
    match path.rsplit('/').next().unwrap() {
        "app-passwords" => json!({"name": "tablet"}),
        "access" => json!({"action": "block"}),
        "disabled" => json!({"disabled": true}),
        "wipe" => json!({"kind": "full", "confirmation": "anna@example.org"}),
        "policy" | "default-policy" => json!({"name": null}),
        "{name}" if path.contains("policies") => json!({}),
        "{name}" => json!({"role": "view"}),
        "policy-groups" => json!({"groups": []}),
        _ => json!({}),
    }
}

async fn call(bed: &Bed, token: &str, method: &str, path: &str, body: Option<Value>) -> Answer {
    let mut request = Request::builder()
        .method(Method::from_bytes(method.to_uppercase().as_bytes()).unwrap())
        .uri(path.replace('@', "%40"));
    if !token.is_empty() {
        request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
    }
    let body = match body {
        Some(body) => {
            request = request.header(header::CONTENT_TYPE, "application/json");
            Body::from(body.to_string())
        }
        None => Body::empty(),
    };
    bed.visitor().send(request.body(body).unwrap()).await
}

fn json_of(answer: &Answer) -> Value {
    serde_json::from_str(&answer.body).unwrap_or_else(|_| panic!("no JSON: {}", answer.body))
}

/// A token of this role, named after it.
async fn token(bed: &Bed, role: Role) -> String {
    let administration = Administration::of(&bed.app);
    let local = Actor::local();
    let made = administration.add_api_token(&local, role.name(), role, Some(1), &SystemEntropy);
    made.await.unwrap().1
}

/// Every operation of the description: method and path with its parameters.
async fn operations(bed: &Bed) -> Vec<(String, String)> {
    let document = json_of(&call(bed, "", "get", "/api/v1/openapi.json", None).await);
    let paths = document["paths"].as_object().unwrap();
    let of = |(path, methods): (&String, &Value)| -> Vec<(String, String)> {
        methods.as_object().unwrap().keys().map(|method| (method.clone(), path.clone())).collect()
    };
    paths.iter().flat_map(of).collect()
}

fn filled(path: &str) -> String {
    let id = if path.contains("app-passwords") { "1" } else { "PHONE1" };
    let path = path.replace("{address}", "anna@example.org").replace("{id}", id).replace("{name}", "strict");
    let query = if path.ends_with("/log/export") { "?form=csv" } else { "" };
    path.replace("{as}", "own") + query
}

async fn bed() -> Bed {
    let bed = Bed::new().await;
    let anna = bed.account("anna").await;
    bed.device(&anna, "PHONE1", |_| {}).await;
    bed
}

/// What could have been changed, but for the log.
async fn state(bed: &Bed) -> String {
    let store = &bed.app.store;
    let anna = store.account_by_address("anna@example.org").await.unwrap().unwrap().id;
    let devices = format!(
        "{:?} {:?} {:?} {:?}",
        store.accounts().await.unwrap(),
        store.devices(anna).await.unwrap(),
        store.known_device(anna, "PHONE1").await.unwrap().control,
        store.app_passwords(anna).await.unwrap(),
    );
    let rules = format!(
        "{:?} {:?} {:?} {:?} {:?} {:?}",
        store.policies().await.unwrap(),
        store.policy_assignments().await.unwrap(),
        store.switches().await.unwrap(),
        store.account_switches(anna).await.unwrap(),
        store.decision::<Rules>(decision::ADMISSION).await.unwrap().0,
        store.decision::<WipeRules>(decision::WIPE).await.unwrap().0,
    );
    let who = format!(
        "{:?} {:?}",
        store.api_tokens().await.unwrap().iter().map(|token| &token.name).collect::<Vec<_>>(),
        store.administrators().await.unwrap(),
    );
    [devices, rules, who].join("\n")
}

#[tokio::test]
async fn no_operation_without_a_token_that_is_in_force() {
    let bed = bed().await;
    let over = token(&bed, Role::Owner).await;
    let all = operations(&bed).await;
    assert!(all.len() > 45, "{all:?}");
    bed.clock.advance(SignedDuration::from_hours(25));
    let before = state(&bed).await;
    for bad in ["", "fieldpost_0123456789abcdef0123456789abcdef", over.as_str(), "\u{1}"] {
        for (method, path) in &all {
            let answer = match bad {
                "\u{1}" => {
                    let request = Request::builder().method(method.to_uppercase().as_str()).uri(filled(path));
                    let basic = request.header(header::AUTHORIZATION, "Basic YTpi").body(Body::empty());
                    bed.visitor().send(basic.unwrap()).await
                }
                bad => call(&bed, bad, method, &filled(path), Some(body_for(path))).await,
            };
            assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{method} {path}");
            assert_eq!(answer.headers[header::CONTENT_TYPE], "application/problem+json");
            assert!(answer.headers[header::WWW_AUTHENTICATE].to_str().unwrap().starts_with("Bearer"));
            assert_eq!(answer.headers[header::CACHE_CONTROL], "no-store");
        }
    }
    assert_eq!(state(&bed).await, before);
}

#[tokio::test]
async fn each_role_may_what_it_may_and_no_more() {
    let bed = bed().await;
    let all = operations(&bed).await;
    for (method, path, _) in NEEDS {
        let known = all.iter().any(|(m, p)| m == method && p == path);
        assert!(known, "{method} {path} is not described");
    }
    for role in [Role::View, Role::HelpDesk, Role::Policy] {
        let token = token(&bed, role).await;
        let before = state(&bed).await;
        for (method, path) in &all {
            let least = NEEDS.iter().find(|(m, p, _)| m == method && p == path).map(|(_, _, least)| *least);
            assert!(least.is_some() || method == "get", "{method} {path} changes something: who may?");
            if least.is_none_or(|least| role >= least) {
                if method == "get" {
                    let answer = call(&bed, &token, method, &filled(path), None).await;
                    let missing = path.contains("/policies/{name}") || path.ends_with("recovery-password");
                    let expected = if missing { StatusCode::NOT_FOUND } else { StatusCode::OK };
                    assert_eq!(answer.status, expected, "{role} {method} {path}: {}", answer.body);
                }
                continue;
            }
            let answer = call(&bed, &token, method, &filled(path), Some(body_for(path))).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{role} {method} {path}: {}", answer.body);
            let problem = json_of(&answer);
            assert_eq!(problem["status"], 403);
            assert!(problem["detail"].as_str().unwrap().contains(least.unwrap().name()), "{problem}");
        }
        assert_eq!(state(&bed).await, before, "{role} changed something");
    }
    let log = bed.app.store.audit_page(&fieldpost_store::LogFilter::default(), None, 1000).await.unwrap();
    let denied = |entry: &&fieldpost_domain::audit::Entry| entry.event.outcome.name() == "denied";
    assert!(log.iter().filter(denied).count() > NEEDS.len(), "refusals are logged");
}

#[tokio::test]
async fn a_device_is_found_blocked_wiped_and_let_go() {
    let bed = bed().await;
    let token = token(&bed, Role::HelpDesk).await;
    let at = |rest: &str| format!("/api/v1/accounts/anna@example.org/devices/PHONE1{rest}");
    let standing = async || {
        let answer = call(&bed, &token, "get", &at(""), None).await;
        json_of(&answer)["standing"].as_str().unwrap().to_owned()
    };
    let found = json_of(&call(&bed, &token, "get", "/api/v1/devices?text=iphone+anna", None).await);
    assert_eq!(found["devices"][0]["device_id"], "PHONE1");
    assert_eq!(found["devices"][0]["account"], "anna@example.org");
    let silent = async |time: &str| {
        let path = format!("/api/v1/devices?order=last_seen&not_since={time}");
        json_of(&call(&bed, &token, "get", &path, None).await)["devices"].as_array().unwrap().len()
    };
    assert_eq!((silent("2026-11-23T00:00:00Z").await, silent("2027-01-01T00:00:00Z").await), (0, 1));
    let order = json!({"kind": "full", "confirmation": "ben@example.org"});
    let slip = call(&bed, &token, "put", &at("/wipe"), Some(order)).await;
    assert!(slip.status.is_client_error(), "{slip:?}");
    assert_eq!(standing().await, "allowed");
    let order = json!({"kind": "full", "confirmation": "anna@example.org"});
    // Sent again, it changes nothing more.
    for _ in 0..2 {
        let ordered = call(&bed, &token, "put", &at("/wipe"), Some(order.clone())).await;
        assert_eq!(ordered.status, StatusCode::NO_CONTENT, "{}", ordered.body);
    }
    assert_eq!(standing().await, "wiping");
    // Who may not order one is not told that it was ordered already.
    let viewer = self::token(&bed, Role::View).await;
    assert_eq!(call(&bed, &viewer, "put", &at("/wipe"), Some(order)).await.status, StatusCode::FORBIDDEN);
    let wipe = json_of(&call(&bed, &token, "get", &at(""), None).await)["wipe"].clone();
    assert_eq!((wipe["state"].as_str(), wipe["ordered_by"].as_str()), (Some("pending"), Some("help-desk")));
    let too_early = call(&bed, &token, "delete", &at(""), None).await;
    assert_eq!(too_early.status, StatusCode::CONFLICT, "a wipe is in force: {}", too_early.body);
    for _ in 0..2 {
        assert_eq!(call(&bed, &token, "delete", &at("/wipe"), None).await.status, StatusCode::NO_CONTENT);
    }
    assert_eq!(standing().await, "allowed");
    let block = Some(json!({"action": "block"}));
    assert_eq!(call(&bed, &token, "put", &at("/access"), block).await.status, StatusCode::NO_CONTENT);
    assert_eq!(call(&bed, &token, "delete", &at(""), None).await.status, StatusCode::NO_CONTENT);
    let gone = call(&bed, &token, "get", &at(""), None).await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
    assert!(json_of(&gone)["detail"].as_str().unwrap().contains("PHONE1"));
    let log = json_of(&call(&bed, &token, "get", "/api/v1/log?device_id=PHONE1&outcome=done", None).await);
    let entries = log["entries"].as_array().unwrap();
    let actions: Vec<&str> = entries.iter().map(|entry| entry["action"].as_str().unwrap()).collect();
    for action in ["device.delete", "device.block", "device.wipe.cancel", "device.wipe"] {
        assert!(actions.contains(&action), "{action} of {actions:?}");
    }
    assert!(entries.iter().all(|entry| entry["through"] == "api" && entry["actor"] == "help-desk"), "{log}");
}

#[tokio::test]
async fn the_log_is_held_against_what_was_noted() {
    let bed = bed().await;
    let token = token(&bed, Role::View).await;
    let verified = async |noted: &str| {
        call(&bed, &token, "get", &format!("/api/v1/log/verification{noted}"), None).await
    };
    let first = json_of(&verified("").await);
    assert_eq!((&first["intact"], &first["entries"]), (&json!(true), &json!(1)), "the token was made");
    let head = first["head"].as_str().unwrap();
    self::token(&bed, Role::Owner).await;
    let later = json_of(&verified(&format!("?noted={head}")).await);
    assert_eq!((&later["intact"], &later["entries"]), (&json!(true), &json!(2)));
    let forged = json_of(&verified(&format!("?noted=2:{}", &head[2..])).await);
    assert_eq!(forged["intact"], false);
    assert!(forged["damage"].as_str().unwrap().contains("written anew"), "{forged}");
    assert_eq!(verified("?noted=2:ab").await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn what_can_not_be_read_is_said() {
    let bed = bed().await;
    let token = token(&bed, Role::Owner).await;
    let wrong: [(&str, &str, Option<Value>, &str); 8] = [
        (
            "put",
            "/api/v1/accounts/anna@example.org/devices/PHONE1/wipe",
            Some(json!({"kind": "x"})),
            "confirmation",
        ),
        (
            "put",
            "/api/v1/accounts/anna@example.org/devices/PHONE1/access",
            Some(json!({"action": "x"})),
            "allow",
        ),
        ("put", "/api/v1/tokens/a", Some(json!({"role": "king"})), "king"),
        ("put", "/api/v1/tokens/a", None, "Content-Type"),
        ("get", "/api/v1/devices?standing=x", None, "quarantined"),
        ("get", "/api/v1/devices?colour=red", None, "colour"),
        ("get", "/api/v1/devices?order=red", None, "last_seen"),
        ("put", "/api/v1/policies/a", Some(json!({"name": "b"})), "renamed"),
    ];
    for (method, path, body, word) in wrong {
        let answer = call(&bed, &token, method, path, body).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{method} {path}: {}", answer.body);
        assert_eq!(answer.headers[header::CONTENT_TYPE], "application/problem+json");
        assert!(answer.body.contains(word), "{method} {path}: {}", answer.body);
    }
    let nowhere = call(&bed, &token, "get", "/api/v1/nowhere", None).await;
    assert_eq!((nowhere.status, json_of(&nowhere)["status"].as_u64()), (StatusCode::NOT_FOUND, Some(404)));
    let not_so = call(&bed, &token, "post", "/api/v1/devices", None).await;
    assert_eq!(not_so.status, StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn policies_switches_and_passwords_come_and_go() {
    let bed = bed().await;
    let token = token(&bed, Role::Owner).await;
    let strict = json!({"policy": {"device_password_enabled": true, "min_device_password_length": 6}});
    for expected in [StatusCode::CREATED, StatusCode::NO_CONTENT] {
        let answer = call(&bed, &token, "put", "/api/v1/policies/strict", Some(strict.clone())).await;
        assert_eq!(answer.status, expected, "{}", answer.body);
    }
    let account = "/api/v1/accounts/anna@example.org";
    let policy = format!("{account}/policy");
    for (choice, name, because) in [
        (json!({"name": "strict"}), Some("strict"), "account"),
        (json!({"exempt": true}), None, "exempt"),
        (json!({"name": "strict"}), Some("strict"), "account"),
    ] {
        let answer = call(&bed, &token, "put", &policy, Some(choice)).await;
        assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", answer.body);
        let in_force = json_of(&call(&bed, &token, "get", &policy, None).await);
        assert_eq!((in_force["name"].as_str(), in_force["because"].as_str()), (name, Some(because)));
    }
    let held = call(&bed, &token, "delete", "/api/v1/policies/strict", None).await;
    assert_eq!(held.status, StatusCode::CONFLICT, "{}", held.body);
    let wrong = json!({"policy": {"min_device_password_length": 99}});
    let wrong = call(&bed, &token, "put", "/api/v1/policies/wrong", Some(wrong)).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", wrong.body);

    let mut switches = json_of(&call(&bed, &token, "get", "/api/v1/switches", None).await);
    switches["direct_push"] = json!(false);
    let answer = call(&bed, &token, "put", "/api/v1/switches", Some(switches.clone())).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", answer.body);
    assert_eq!(json_of(&call(&bed, &token, "get", "/api/v1/switches", None).await), switches);

    let passwords = format!("{account}/app-passwords");
    let made = call(&bed, &token, "post", &passwords, Some(json!({"name": "tablet"}))).await;
    assert_eq!(made.status, StatusCode::CREATED);
    let made = json_of(&made);
    assert_eq!(made["secret"].as_str().unwrap().len(), 23);
    let listed = call(&bed, &token, "get", &passwords, None).await;
    assert!(!listed.body.contains(made["secret"].as_str().unwrap()), "it is shown once");
    assert_eq!(json_of(&listed)[0]["name"], "tablet");
    let place = format!("{passwords}/{}", made["id"]);
    assert_eq!(call(&bed, &token, "delete", &place, None).await.status, StatusCode::NO_CONTENT);
    assert_eq!(call(&bed, &token, "delete", &place, None).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_account_is_found_disabled_and_enabled() {
    let bed = bed().await;
    for name in ["ben", "berta", "dora"] {
        bed.account(name).await;
    }
    let token = token(&bed, Role::Policy).await;
    let names = |page: &Value| -> Vec<String> {
        let all = page["accounts"].as_array().unwrap();
        all.iter().map(|account| account["address"].as_str().unwrap().to_owned()).collect()
    };
    let list = async |query: &str| {
        let answer = call(&bed, &token, "get", &format!("/api/v1/accounts{query}"), None).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        json_of(&answer)
    };
    let first = list("?limit=3").await;
    assert_eq!(names(&first), ["anna@example.org", "ben@example.org", "berta@example.org"]);
    let rest = list(&format!("?limit=3&after={}", first["next"].as_str().unwrap())).await;
    assert_eq!((names(&rest), rest.get("next")), (vec!["dora@example.org".to_owned()], None));
    assert_eq!(names(&list("?text=be").await), ["ben@example.org", "berta@example.org"]);

    let place = "/api/v1/accounts/ben@example.org";
    for disabled in [true, true, false] {
        let body = json!({ "disabled": disabled });
        let done = call(&bed, &token, "put", &format!("{place}/disabled"), Some(body)).await;
        assert_eq!(done.status, StatusCode::NO_CONTENT, "{}", done.body);
        assert_eq!(json_of(&call(&bed, &token, "get", place, None).await)["disabled"], disabled);
        let found = names(&list("?disabled=true").await);
        assert_eq!(found.is_empty(), !disabled);
    }
    let gone = "/api/v1/accounts/nobody@example.org/disabled";
    let gone = call(&bed, &token, "put", gone, Some(json!({"disabled": true}))).await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);

    // A token of less than an owner's role does not shut owners out, by themselves or by a group.
    let local = Actor::local();
    let administration = Administration::of(&bed.app);
    administration
        .add_administrator(&local, AdministratorKind::Account, "dora@example.org", Role::Owner, None)
        .await
        .unwrap();
    let group = NewGroup { address: "owners@example.org".to_owned(), ..NewGroup::default() };
    let group = bed.app.store.create_group(group).await.unwrap();
    bed.app.store.add_member(group.id, "berta@example.org").await.unwrap();
    administration
        .add_administrator(&local, AdministratorKind::Group, "owners@example.org", Role::Owner, None)
        .await
        .unwrap();
    for owner in ["dora", "berta"] {
        let path = format!("/api/v1/accounts/{owner}@example.org/disabled");
        let refused = call(&bed, &token, "put", &path, Some(json!({"disabled": true}))).await;
        assert_eq!(refused.status, StatusCode::CONFLICT, "{}", refused.body);
        assert!(json_of(&refused)["detail"].as_str().unwrap().contains("take the role away"));
    }
    // Whoever has a shell on the server may.
    administration.set_account_disabled(&local, "dora@example.org", true).await.unwrap();
    let log = bed.app.store.audit_page(&fieldpost_store::LogFilter::default(), None, 1000).await.unwrap();
    let entries = |action: &str, outcome: &str| {
        log.iter()
            .filter(|entry| entry.event.action == action && entry.event.outcome.name() == outcome)
            .count()
    };
    assert_eq!(entries("account.disable", "done"), 2, "what is so already is not logged again");
    assert_eq!(entries("account.enable", "done"), 1);
    assert_eq!(entries("account.disable", "failed"), 3);
}

/// What a request is to answer the first and the second time.
type Twice = (&'static str, &'static str, Value, [u16; 2]);

/// Every PUT and DELETE, sent twice: the second changes nothing more.
#[tokio::test]
async fn what_is_sent_again_changes_nothing_more() {
    let bed = bed().await;
    let owner = token(&bed, Role::Owner).await;
    let anna = bed.app.store.account_by_address("anna@example.org").await.unwrap().unwrap();
    bed.device(&anna, "PHONE2", |_| {}).await;
    let group =
        NewGroup { address: "board@example.org".to_owned(), display_name: "Board".to_owned(), hidden: false };
    bed.app.store.create_group(group).await.unwrap();
    // Somebody else ordered the wipe that is approved here.
    let (administration, local) = (Administration::of(&bed.app), Actor::local());
    administration.put_wipe_rules(&local, WipeRules { needs_approval: true }).await.unwrap();
    let full = fieldpost_domain::wipe::WipeKind::Full;
    administration.order_wipe(&local, &anna.address, "PHONE2", full, &anna.address).await.unwrap();
    let secret = json!({"role": "view", "password": "correct horse battery"});
    let requests: &[Twice] = &[
        ("put", "accounts/{address}/devices/PHONE2/wipe/approval", json!(null), [204, 204]),
        ("put", "accounts/{address}/devices/{id}/access", json!({"action": "block"}), [204, 204]),
        ("put", "accounts/{address}/devices/{id}/access", json!({"action": "release"}), [204, 204]),
        ("put", "accounts/{address}/devices/{id}/access", json!({"action": "rules"}), [204, 204]),
        ("put", "accounts/{address}/devices/{id}/access", json!({"action": "allow"}), [204, 204]),
        ("put", "accounts/{address}/devices/{id}/resync", json!(null), [204, 204]),
        ("put", "accounts/{address}/devices/{id}/wipe", body_for("wipe"), [204, 204]),
        ("delete", "accounts/{address}/devices/{id}/wipe", json!(null), [204, 204]),
        ("delete", "accounts/{address}/devices/{id}", json!(null), [204, 404]),
        ("put", "accounts/{address}/disabled", json!({"disabled": true}), [204, 204]),
        ("put", "accounts/{address}/disabled", json!({"disabled": false}), [204, 204]),
        ("put", "accounts/{address}/switches", json!({"max_devices": 3}), [204, 204]),
        ("put", "switches", json!({"direct_push": false}), [204, 204]),
        ("put", "rules", json!({"default": "quarantine"}), [204, 204]),
        ("put", "wipe-rules", json!({"needs_approval": false}), [204, 204]),
        ("put", "policies/{name}", json!({"policy": {"allow_camera": false}}), [201, 204]),
        ("put", "default-policy", json!({"name": "strict"}), [204, 204]),
        ("put", "default-policy", json!({"name": null}), [204, 204]),
        ("put", "accounts/{address}/policy", json!({"name": "strict"}), [204, 204]),
        ("put", "accounts/{address}/policy", json!({"exempt": true}), [204, 204]),
        ("put", "accounts/{address}/policy", json!({"name": null}), [204, 204]),
        ("put", "groups/board@example.org/policy", json!({"name": "strict"}), [204, 204]),
        ("put", "policy-groups", json!({"groups": ["board@example.org"]}), [204, 204]),
        ("put", "groups/board@example.org/policy", json!({"name": null}), [204, 204]),
        ("delete", "policies/{name}", json!(null), [204, 404]),
        ("put", "tokens/{name}", json!({"role": "view"}), [201, 409]),
        ("delete", "tokens/{name}", json!(null), [204, 404]),
        ("put", "administrators/{as}/{name}", secret, [201, 200]),
        ("put", "administrators/{as}/{name}", json!({"role": "policy"}), [200, 200]),
        ("put", "administrators/{as}/{name}/password", json!({"password": "another one"}), [200, 200]),
        ("delete", "administrators/{as}/{name}/second-factor", json!(null), [204, 204]),
        ("delete", "administrators/{as}/{name}", json!(null), [204, 404]),
        ("put", "administrators/group/board@example.org", json!({"role": "view"}), [201, 200]),
        ("delete", "administrators/group/board@example.org", json!(null), [204, 404]),
        ("delete", "accounts/{address}/app-passwords/1", json!(null), [404, 404]),
    ];
    for (method, path, body, expected) in requests {
        let path = filled(&format!("/api/v1/{path}"));
        let body = (!body.is_null()).then(|| body.clone());
        let first = call(&bed, &owner, method, &path, body.clone()).await;
        assert_eq!(first.status.as_u16(), expected[0], "{method} {path}: {}", first.body);
        // Passwords are hashed with another salt, which the state here does not show.
        let before = state(&bed).await;
        let second = call(&bed, &owner, method, &path, body).await;
        assert_eq!(second.status.as_u16(), expected[1], "{method} {path} again: {}", second.body);
        assert_eq!(state(&bed).await, before, "{method} {path}");
    }
    // None is left out.
    for (method, path) in operations(&bed).await {
        let is_tried = requests.iter().any(|(m, p, ..)| {
            let (p, path) = (filled(&format!("/api/v1/{p}")), filled(&path));
            let own = |path: &str| {
                path.replace("/group/", "/own/").replace("board@example.org", "anna@example.org")
            };
            *m == method && own(&p.replace("PHONE2", "PHONE1")) == own(&path)
        });
        assert!(
            is_tried || !["put", "delete"].contains(&method.as_str()),
            "{method} {path} is not tried twice"
        );
    }
}

#[tokio::test]
async fn administrators_come_and_go() {
    let bed = bed().await;
    let token = token(&bed, Role::Owner).await;
    let at = |rest: &str| format!("/api/v1/administrators{rest}");
    let put = async |rest: &str, body: Value| call(&bed, &token, "put", &at(rest), Some(body)).await;
    let made = put("/own/root", json!({"role": "owner"})).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.body);
    let made = json_of(&made);
    let password = made["password"].as_str().unwrap();
    assert_eq!((password.len(), &made["one_time"]), (23, &json!(true)));
    let visitor = bed.visitor();
    assert_eq!(visitor.sign_in("root", password).await.status, StatusCode::SEE_OTHER);
    let listed = call(&bed, &token, "get", &at(""), None).await;
    assert!(!listed.body.contains(password), "it is told once");
    assert_eq!((&json_of(&listed)[0]["name"], &json_of(&listed)[0]["as"]), (&json!("root"), &json!("own")));
    // The only owner stays one.
    assert_eq!(put("/own/root", json!({"role": "view"})).await.status, StatusCode::CONFLICT);
    assert_eq!(call(&bed, &token, "delete", &at("/own/root"), None).await.status, StatusCode::CONFLICT);
    let account = json_of(&put("/account/anna@example.org", json!({"role": "owner"})).await);
    assert_eq!((&account["as"], &account["password"]), (&json!("account"), &json!(null)));
    for (rest, body, status) in [
        ("/account/anna@example.org", json!({"role": "view", "password": "x"}), StatusCode::BAD_REQUEST),
        ("/account/nobody@example.org", json!({"role": "view"}), StatusCode::NOT_FOUND),
        ("/group/nobody@example.org", json!({"role": "view"}), StatusCode::NOT_FOUND),
        ("/king/anna", json!({"role": "view"}), StatusCode::BAD_REQUEST),
        ("/own/anna", json!({"role": "king"}), StatusCode::BAD_REQUEST),
        ("/own/a%20b", json!({"role": "view"}), StatusCode::UNPROCESSABLE_ENTITY),
        ("/own/nobody/password", json!({}), StatusCode::NOT_FOUND),
        ("/account/anna@example.org/password", json!({}), StatusCode::UNPROCESSABLE_ENTITY),
    ] {
        let answer = put(rest, body).await;
        assert_eq!(answer.status, status, "{rest}: {}", answer.body);
    }
    let other = json_of(&put("/own/root/password", json!({})).await)["password"].clone();
    let visitor = bed.visitor();
    assert_ne!(visitor.sign_in("root", password).await.status, StatusCode::SEE_OTHER);
    assert_eq!(visitor.sign_in("root", other.as_str().unwrap()).await.status, StatusCode::SEE_OTHER);
    assert_eq!(call(&bed, &token, "delete", &at("/own/root"), None).await.status, StatusCode::NO_CONTENT);
    let log = call(&bed, &token, "get", "/api/v1/log", None).await.body;
    assert!(!log.contains(password) && log.contains("administrator.password"), "{log}");
}

#[tokio::test]
async fn a_device_is_diagnosed() {
    let bed = bed().await;
    let token = token(&bed, Role::Owner).await;
    let device = async || {
        let path = "/api/v1/accounts/anna@example.org/devices/PHONE1";
        json_of(&call(&bed, &token, "get", path, None).await)
    };
    let words = |device: &Value| -> Vec<String> {
        let findings = device["diagnosis"]["findings"].as_array().unwrap();
        findings
            .iter()
            .map(|found| format!("{}: {}", found["severity"].as_str().unwrap(), found["what"]))
            .collect()
    };
    let quiet = device().await;
    assert!(words(&quiet).iter().any(|said| said.contains("asked for nothing since")), "{quiet}");
    assert_eq!((&quiet["diagnosis"]["waits"], &quiet["listed"]), (&json!(false), &json!(null)));
    let put = async |path: &str, body: Value| {
        let answer = call(&bed, &token, "put", &format!("/api/v1/{path}"), Some(body)).await;
        assert!(answer.status.is_success(), "{path}: {}", answer.body);
    };
    let account = "accounts/anna@example.org";
    for (path, body, said) in [
        (
            "switches",
            json!({"active_sync": false}),
            "stuck: \"ActiveSync is switched off for the whole organisation",
        ),
        ("switches", json!({"direct_push": false}), "warning: \"Direct Push is switched off for the whole"),
        ("switches", json!({"versions": ["14.1"]}), "stuck: \"It speaks version 16.1"),
        ("switches", json!({"app_passwords_only": true}), "stuck: \"Only app passwords"),
        (
            "switches",
            json!({"user_initiated_sync": false}),
            "stuck: \"Synchronising is switched off for the whole",
        ),
        ("switches", json!({}), "note: \"It has asked for nothing"),
        (
            "account/switches",
            json!({"active_sync": false}),
            "stuck: \"ActiveSync is switched off for its account",
        ),
        (
            "account/switches",
            json!({"direct_push": false}),
            "warning: \"Direct Push is switched off for its account",
        ),
        ("account/devices/PHONE1/access", json!({"action": "block"}), "stuck: \"It is blocked"),
        (
            "account/devices/PHONE1/wipe",
            json!({"kind": "full", "confirmation": "anna@example.org"}),
            "stuck: \"A remote wipe is in force",
        ),
    ] {
        put(&path.replace("account/", &format!("{account}/")), body).await;
        let found = words(&device().await);
        assert!(found.iter().any(|found| found.starts_with(said)), "{path}: {found:?}");
    }
    put("accounts/anna@example.org/devices/NEVER-CAME/access", json!({"action": "allow"})).await;
    let listed = call(&bed, &token, "get", "/api/v1/accounts/anna@example.org/listed-devices", None).await;
    let listed: Vec<Value> = json_of(&listed).as_array().unwrap().clone();
    let ids: Vec<(&Value, &Value)> = listed.iter().map(|one| (&one["device_id"], &one["action"])).collect();
    assert_eq!(ids, [(&json!("NEVER-CAME"), &json!("allow")), (&json!("PHONE1"), &json!("block"))]);
    let listed = device().await["listed"].clone();
    assert_eq!((&listed["action"], &listed["by"]), (&json!("block"), &json!("owner")));
    // The page says the same.
    bed.administrator(Role::View).await;
    let page = bed.signed_in("view").await.get("/MobileAdmin/devices/anna@example.org/PHONE1").await.body;
    assert!(page.contains("It is blocked.") && page.contains("A remote wipe is in force"), "{page}");
    assert!(page.contains("Direct Push is switched off for its account"), "{page}");
}

#[tokio::test]
async fn the_log_goes_to_other_programs() {
    let bed = bed().await;
    let token = token(&bed, Role::View).await;
    let export =
        async |query: &str| call(&bed, &token, "get", &format!("/api/v1/log/export?{query}"), None).await;
    let csv = export("form=csv").await;
    assert_eq!(csv.headers[header::CONTENT_TYPE], "text/csv; charset=utf-8");
    assert!(csv.body.starts_with("number,time,actor") && csv.body.contains("token.add"), "{}", csv.body);
    let lines = export("form=json&action=token.add").await;
    assert_eq!(json_of(&lines)["action"], "token.add", "one line: {}", lines.body);
    assert_eq!(export("form=json&action=nothing").await.body, "");
    for bad in ["form=xml", "", "form=csv&outcome=x", "form=csv&colour=red"] {
        assert_eq!(export(bad).await.status, StatusCode::BAD_REQUEST, "{bad}");
    }
}

#[tokio::test]
async fn groups_exemptions_proposals_and_health() {
    let bed = bed().await;
    let token = token(&bed, Role::Owner).await;
    let get = async |path: &str| json_of(&call(&bed, &token, "get", &format!("/api/v1/{path}"), None).await);
    let put = async |path: &str, body: Value| {
        call(&bed, &token, "put", &format!("/api/v1/{path}"), Some(body)).await.status.as_u16()
    };
    for name in ["board", "sales", "lost"] {
        let address = format!("{name}@example.org");
        let group = NewGroup { address, display_name: name.to_owned(), hidden: false };
        bed.app.store.create_group(group).await.unwrap();
    }
    for policy in ["Strict", "Light"] {
        assert_eq!(put(&format!("policies/{policy}"), json!({})).await, 201);
    }
    assert_eq!(put("groups/board@example.org/policy", json!({"name": "Strict"})).await, 204);
    assert_eq!(put("groups/sales@example.org/policy", json!({"name": "light"})).await, 204);
    let (board, sales) = (
        json!({"group": "board@example.org", "policy": "Strict"}),
        json!({"group": "sales@example.org", "policy": "Light"}),
    );
    assert_eq!(get("policy-groups").await, json!([board, sales]));
    assert_eq!(put("policy-groups", json!({"groups": ["sales@example.org"]})).await, 204);
    assert_eq!(get("policy-groups").await, json!([sales, board]));
    assert_eq!(put("policy-groups", json!({"groups": ["lost@example.org"]})).await, 409);
    assert_eq!(put("policy-groups", json!({"groups": ["none@example.org"]})).await, 404);

    assert_eq!(get("default-policy").await, json!({"name": null}));
    assert_eq!(put("default-policy", json!({"name": "strict"})).await, 204);
    assert_eq!(get("default-policy").await, json!({"name": "Strict"}));
    let policy = "accounts/anna@example.org/policy";
    assert_eq!(put(policy, json!({"name": "Light"})).await, 204);
    assert_eq!(get("policies/light/accounts").await, json!(["anna@example.org"]));
    assert_eq!(get("policies/Strict/accounts").await, json!([]));
    assert_eq!(get("exempt-accounts").await, json!([]));
    assert_eq!(put(policy, json!({"exempt": true})).await, 204);
    assert_eq!(get("exempt-accounts").await, json!(["anna@example.org"]));

    let settings = get("policy-settings").await;
    let camera = settings.as_array().unwrap().iter().find(|one| one["setting"] == "allow_camera").unwrap();
    assert_eq!((&camera["element"], &camera["since"]), (&json!("AllowCamera"), &json!("12.1")));
    assert_eq!(get("proposed-wipes").await, json!([]));
    assert_eq!(put("wipe-rules", json!({"needs_approval": true})).await, 204);
    let order = json!({"kind": "full", "confirmation": "anna@example.org"});
    assert_eq!(put("accounts/anna@example.org/devices/PHONE1/wipe", order).await, 204);
    let waiting = json!([{"account": "anna@example.org", "device_id": "PHONE1"}]);
    assert_eq!(get("proposed-wipes").await, waiting);
    // Nobody approves an own order.
    assert_eq!(put("accounts/anna@example.org/devices/PHONE1/wipe/approval", json!(null)).await, 409);

    bed.clock.advance(SignedDuration::from_mins(5));
    let health = get("health").await;
    assert_eq!(health["database"]["writable"], true);
    assert_eq!(health["database"]["kind"], "SQLite");
    assert_eq!(health["devices"]["allowed"], 1);
    assert_eq!(health["versions"], json!({"16.1": 1}));
    assert_eq!(health["running"]["seconds"], 300);
    assert_eq!(get("activity").await.as_array().unwrap().len(), 288, "a day");
    assert_eq!(health["backlog"]["outgoing_messages"], 0);
}

#[tokio::test]
async fn a_recovery_password_is_told_and_logged() {
    let bed = bed().await;
    let token = token(&bed, Role::HelpDesk).await;
    let path = "/api/v1/accounts/anna@example.org/devices/PHONE1/recovery-password";
    assert_eq!(call(&bed, &token, "get", path, None).await.status, StatusCode::NOT_FOUND);
    let anna = bed.app.store.account_by_address("anna@example.org").await.unwrap().unwrap().id;
    let place = fieldpost_server::recovery::Place { account: anna, device_id: "PHONE1" };
    let sealed = bed.app.vault.seal(&place, "4711 geheim").unwrap();
    bed.app.store.set_recovery_password(anna, "PHONE1", Some(&sealed)).await.unwrap();
    assert_eq!(json_of(&call(&bed, &token, "get", path, None).await), json!({"password": "4711 geheim"}));
    let log = call(&bed, &token, "get", "/api/v1/log?action=device.recovery-password", None).await;
    let outcomes: Vec<Value> =
        json_of(&log)["entries"].as_array().unwrap().iter().map(|e| e["outcome"].clone()).collect();
    assert_eq!(outcomes, ["done", "failed"]);
    assert!(!log.body.contains("4711"), "{}", log.body);
}
