//! What attackers try.

use std::time::{Duration, Instant};

use axum::body::Body;
use fieldpost_domain::admission::{Action, Conditions, Pattern, Rule, Rules};
use fieldpost_domain::audit::Entry;
use fieldpost_domain::policy::NamedPolicy;
use fieldpost_domain::role::Role;
use fieldpost_server::administration::Actor;
use fieldpost_server::administration::devices::DeviceQuery;
use hyper::header::{self, HeaderMap};
use hyper::{Request, StatusCode};

use crate::bed::{Answer, Bed, PASSWORD, encoded};

/// Names and values of a form.
type Fields = &'static [(&'static str, &'static str)];

/// Pages for administrators, with the least role that sees them.
const PAGES: &[(&str, Role)] = &[
    ("/MobileAdmin", Role::View),
    ("/MobileAdmin/administrators", Role::View),
    ("/MobileAdmin/administrators/1/remove", Role::Owner),
    ("/MobileAdmin/health", Role::View),
    ("/MobileAdmin/tokens", Role::Owner),
    ("/MobileAdmin/log", Role::View),
    ("/MobileAdmin/log/verify", Role::View),
    ("/MobileAdmin/log/export/log.csv", Role::View),
    ("/MobileAdmin/devices", Role::View),
    ("/MobileAdmin/devices/anna@example.org/D1", Role::View),
    ("/MobileAdmin/devices/anna@example.org/D1/wipe", Role::HelpDesk),
    ("/MobileAdmin/devices/anna@example.org/D1/delete", Role::HelpDesk),
    ("/MobileAdmin/quarantine", Role::View),
    ("/MobileAdmin/policies", Role::View),
    ("/MobileAdmin/policies/new", Role::Policy),
    ("/MobileAdmin/policies/edit/Everybody", Role::View),
    ("/MobileAdmin/policies/edit/Everybody/delete", Role::Policy),
    ("/MobileAdmin/accounts", Role::View),
    ("/MobileAdmin/accounts/anna@example.org", Role::View),
    ("/MobileAdmin/switches", Role::View),
    ("/MobileAdmin/rules", Role::View),
    ("/MobileAdmin/rules/new", Role::Policy),
    ("/MobileAdmin/rules/1", Role::Policy),
];

const RULE: &[(&str, &str)] = &[
    ("name", "mine"),
    ("action", "allow"),
    ("device_type", "*"),
    ("model", ""),
    ("os", ""),
    ("user_agent", ""),
    ("device_id", ""),
    ("account", ""),
    ("group", ""),
];

const SWITCHES: &[(&str, &str)] =
    &[("direct_push", "yes"), ("notification_minutes", "5"), ("version", "16.1")];

/// Forms, with the least role that may send them and fields that would do.
const FORMS: &[(&str, Role, Fields)] = &[
    ("/MobileAdmin/administrators", Role::Owner, &[("kind", "own"), ("name", "eve"), ("role", "owner")]),
    ("/MobileAdmin/administrators/1/role", Role::Owner, &[("role", "view")]),
    ("/MobileAdmin/administrators/1/password", Role::Owner, &[]),
    ("/MobileAdmin/administrators/1/second-factor", Role::Owner, &[]),
    ("/MobileAdmin/administrators/1/remove", Role::Owner, &[]),
    ("/MobileAdmin/devices/anna@example.org/D1/allow", Role::HelpDesk, &[]),
    ("/MobileAdmin/devices/anna@example.org/D1/block", Role::HelpDesk, &[]),
    ("/MobileAdmin/devices/anna@example.org/D1/release", Role::HelpDesk, &[]),
    ("/MobileAdmin/devices/anna@example.org/D1/unlist", Role::HelpDesk, &[]),
    ("/MobileAdmin/devices/anna@example.org/D1/resync", Role::HelpDesk, &[]),
    ("/MobileAdmin/devices/anna@example.org/D1/recovery", Role::HelpDesk, &[]),
    ("/MobileAdmin/devices/anna@example.org/D1/delete", Role::HelpDesk, &[]),
    (
        "/MobileAdmin/devices/anna@example.org/D1/wipe",
        Role::HelpDesk,
        &[("kind", "full"), ("mailbox", "anna@example.org")],
    ),
    ("/MobileAdmin/devices/anna@example.org/D1/approve-wipe", Role::HelpDesk, &[]),
    ("/MobileAdmin/devices/anna@example.org/D1/cancel-wipe", Role::HelpDesk, &[]),
    ("/MobileAdmin/policies/new", Role::Policy, &[("name", "mine")]),
    ("/MobileAdmin/policies/edit/Everybody", Role::Policy, &[("refresh_hours", "7")]),
    ("/MobileAdmin/policies/edit/Everybody/delete", Role::Policy, &[]),
    ("/MobileAdmin/policies/default", Role::Policy, &[("policy", "Everybody")]),
    ("/MobileAdmin/policies/assign", Role::Policy, &[("who", "anna@example.org"), ("policy", "Everybody")]),
    ("/MobileAdmin/policies/exempt", Role::Policy, &[("who", "anna@example.org"), ("exempt", "yes")]),
    ("/MobileAdmin/policies/groups/sales@example.org/down", Role::Policy, &[]),
    ("/MobileAdmin/switches", Role::Policy, SWITCHES),
    ("/MobileAdmin/accounts/anna@example.org/disable", Role::Policy, &[]),
    (
        "/MobileAdmin/accounts/anna@example.org/list",
        Role::HelpDesk,
        &[("device_id", "D9"), ("action", "allow")],
    ),
    ("/MobileAdmin/accounts/anna@example.org/enable", Role::Policy, &[]),
    ("/MobileAdmin/accounts/anna@example.org", Role::Policy, &[("active_sync", "no")]),
    ("/MobileAdmin/tokens", Role::Owner, &[("name", "mine"), ("role", "owner"), ("days", "")]),
    ("/MobileAdmin/tokens/x/remove", Role::Owner, &[]),
    ("/MobileAdmin/accounts/anna@example.org/app-passwords/1/remove", Role::HelpDesk, &[]),
    ("/MobileAdmin/rules/new", Role::Policy, RULE),
    ("/MobileAdmin/rules/1", Role::Policy, RULE),
    ("/MobileAdmin/rules/1/remove", Role::Policy, &[]),
    ("/MobileAdmin/rules/default", Role::Policy, &[("action", "block")]),
    (
        "/MobileAdmin/rules/threshold",
        Role::Policy,
        &[
            ("which", "commands"),
            ("more_than", "9"),
            ("minutes", "9"),
            ("action", "block"),
            ("for_minutes", "9"),
        ],
    ),
    ("/MobileAdmin/rules/approval", Role::Owner, &[("needs_approval", "yes")]),
];

/// Forms that everybody who is signed in may send for themselves.
const OWN_FORMS: &[(&str, &[(&str, &str)])] = &[
    (
        "/MobileAdmin/me/password",
        &[("old", PASSWORD), ("new", "another long one"), ("again", "another long one")],
    ),
    ("/MobileAdmin/me/second-factor", &[("code", "123456")]),
    ("/MobileAdmin/me/second-factor/remove", &[("code", "123456")]),
    ("/MobileAdmin/sign-out", &[]),
    ("/MobileAdmin/me/devices/D1/wipe", &[("kind", "full"), ("mailbox", "anna@example.org")]),
    ("/MobileAdmin/me/devices/D1/remove", &[]),
    ("/MobileAdmin/me/app-passwords", &[("name", "mine")]),
    ("/MobileAdmin/me/app-passwords/1/remove", &[]),
    ("/MobileAdmin/me/notification", &[("address", "eve@example.com")]),
];

async fn bed() -> Bed {
    let bed = Bed::new().await;
    for role in [Role::Owner, Role::Policy, Role::HelpDesk, Role::View] {
        bed.administrator(role).await;
    }
    let anna = bed.account("anna").await;
    bed.device(&anna, "D1", |_| {}).await;
    let rules = Rules { rules: vec![rule()], ..Rules::default() };
    let (administration, actor) = (&bed.site.administration, Actor::local());
    administration.put_rules(&actor, &rules).await.unwrap();
    administration.put_policy(&actor, &NamedPolicy::proposed("Everybody")).await.unwrap();
    bed
}

fn rule() -> Rule {
    let when = Conditions { model: Some(Pattern::new("X*").unwrap()), ..Conditions::default() };
    Rule { name: "theirs".to_owned(), when, action: Action::Block }
}

/// What the store holds of administrators, devices and rules, to see that nothing was changed.
async fn state(bed: &Bed) -> String {
    let mut text = format!("{:?}", bed.app.store.administrators().await.unwrap());
    for id in 1..=5 {
        text += &format!("{:?}", bed.app.store.administrator_password(id).await.unwrap());
    }
    let (administration, actor) = (&bed.site.administration, Actor::local());
    text += &format!("{:?}", administration.devices(&actor, &DeviceQuery::default()).await.unwrap());
    text += &format!("{:?}", administration.device(&actor, "anna@example.org", "D1").await.unwrap().control);
    text += &format!("{:?}", administration.rules(&actor).await.unwrap());
    text += &format!("{:?}", administration.policies(&actor).await.unwrap());
    text += &format!("{:?}", administration.exempt_accounts(&actor).await.unwrap());
    text += &format!("{:?}", administration.switches(&actor).await.unwrap());
    text += &format!("{:?}", administration.account_switches(&actor, "anna@example.org").await.unwrap());
    text += &format!("{:?}", administration.api_tokens(&actor).await.unwrap());
    text += &format!("{:?}", administration.app_passwords(&actor, "anna@example.org").await.unwrap());
    text += &format!("{:?}", administration.wipe_rules(&actor).await.unwrap());
    text
}

#[tokio::test]
async fn without_signing_in_there_is_nothing() {
    let bed = bed().await;
    let before = state(&bed).await;
    let visitor = bed.visitor();
    for (path, _) in PAGES.iter().chain([&("/MobileAdmin/me", Role::View)]) {
        let answer = visitor.get(path).await;
        assert_eq!(
            (answer.status, answer.location()),
            (StatusCode::SEE_OTHER, "/MobileAdmin/sign-in"),
            "{path}"
        );
    }
    let own = OWN_FORMS.iter().map(|(path, fields)| (path, fields));
    for (path, fields) in FORMS.iter().map(|(path, _, fields)| (path, fields)).chain(own) {
        let stranger = bed.visitor();
        assert_eq!(stranger.post_bare(path, fields).await.status, StatusCode::FORBIDDEN, "{path}");
        // Even with the token of the form to sign in.
        let token = stranger.get("/MobileAdmin/sign-in").await.token().unwrap();
        let mut fields = fields.to_vec();
        fields.push(("token", &token));
        let answer = stranger.post_bare(path, &fields).await;
        assert_eq!(
            (answer.status, answer.location()),
            (StatusCode::SEE_OTHER, "/MobileAdmin/sign-in"),
            "{path}"
        );
    }
    assert_eq!(state(&bed).await, before);
}

#[tokio::test]
async fn a_lower_role_is_refused_and_the_refusal_logged() {
    let bed = bed().await;
    let before = state(&bed).await;
    for role in Role::ALL {
        let visitor = bed.signed_in(role.name()).await;
        for (path, least) in PAGES {
            let expected = if role >= *least { StatusCode::OK } else { StatusCode::FORBIDDEN };
            assert_eq!(visitor.get(path).await.status, expected, "{role} {path}");
        }
        for (path, _, fields) in FORMS.iter().filter(|(_, least, _)| role < *least) {
            let answer = visitor.post(path, fields).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{role} {path}");
        }
    }
    assert_eq!(state(&bed).await, before);
    let log = bed.app.store.audit_page(&fieldpost_store::LogFilter::default(), None, 1000).await.unwrap();
    // Looking at the tokens is an act as well.
    let denied =
        |entry: &&Entry| entry.event.outcome.name() == "denied" && entry.event.action != "token.list";
    let refused = log.iter().filter(denied).count();
    let expected: usize =
        Role::ALL.iter().map(|role| FORMS.iter().filter(|(_, least, _)| role < least).count()).sum();
    assert_eq!(refused, expected);
}

#[tokio::test]
async fn a_form_needs_the_token_of_its_own_session() {
    let bed = bed().await;
    let before = state(&bed).await;
    let (owner, other) = (bed.signed_in("owner").await, bed.signed_in("policy").await);
    let foreign = other.token().await;
    let own = OWN_FORMS.iter().map(|(path, fields)| (path, fields));
    for (path, fields) in FORMS.iter().map(|(path, _, fields)| (path, fields)).chain(own) {
        for token in [None, Some(""), Some("0"), Some(foreign.as_str())] {
            let mut fields = fields.to_vec();
            fields.extend(token.map(|token| ("token", token)));
            let answer = owner.post_bare(path, &fields).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path} {token:?}");
        }
    }
    // A page of another site that got hold of the token would still be told by its origin.
    let token = owner.token().await;
    for (name, value) in [("origin", "https://evil.example"), ("sec-fetch-site", "cross-site")] {
        let request = Request::post("/MobileAdmin/administrators/1/remove")
            .header("host", "localhost")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(name, value)
            .body(Body::from(encoded(&[("token", &token)])))
            .unwrap();
        assert_eq!(owner.send(request).await.status, StatusCode::FORBIDDEN, "{name}");
    }
    assert_eq!(state(&bed).await, before);
    assert_eq!(owner.get("/MobileAdmin").await.status, StatusCode::OK, "nobody signed them out");
}

#[tokio::test]
async fn looking_changes_nothing() {
    let bed = bed().await;
    let before = state(&bed).await;
    let owner = bed.signed_in("owner").await;
    let token = owner.token().await;
    let own = OWN_FORMS.iter().map(|(path, fields)| (path, fields));
    for (path, fields) in FORMS.iter().map(|(path, _, fields)| (path, fields)).chain(own) {
        let mut fields = fields.to_vec();
        fields.push(("token", &token));
        let answer = owner.get(&format!("{path}?{}", encoded(&fields))).await;
        assert!(
            matches!(answer.status, StatusCode::OK | StatusCode::METHOD_NOT_ALLOWED | StatusCode::NOT_FOUND),
            "{path}: {}",
            answer.status
        );
    }
    assert_eq!(state(&bed).await, before);
    assert_eq!(owner.get("/MobileAdmin").await.status, StatusCode::OK);
}

#[tokio::test]
async fn an_id_that_was_planted_is_worth_nothing() {
    let bed = bed().await;
    let victim = bed.visitor();
    let planted = "ab".repeat(32);
    *victim.cookie.lock().unwrap() = Some(planted.clone());
    let page = victim.get("/MobileAdmin/sign-in").await;
    assert_ne!(victim.cookie.lock().unwrap().as_deref(), Some(planted.as_str()));
    // Even where the browser went on with it.
    *victim.cookie.lock().unwrap() = Some(planted.clone());
    let id = fieldpost_server::sign_in::SessionId::parse(&planted).unwrap();
    let token = id.form_token();
    assert_ne!(page.token().unwrap(), token);
    let fields = [("token", token.as_str()), ("name", "owner"), ("password", PASSWORD)];
    let answer = victim.post_bare("/MobileAdmin/sign-in", &fields).await;
    assert_eq!(answer.location(), "/MobileAdmin");
    assert_ne!(victim.cookie.lock().unwrap().as_deref(), Some(planted.as_str()), "a new id");
    let attacker = bed.visitor();
    *attacker.cookie.lock().unwrap() = Some(planted);
    assert_eq!(attacker.get("/MobileAdmin").await.location(), "/MobileAdmin/sign-in");
}

fn check_headers(path: &str, answer: &Answer) {
    let get = |name: &str| answer.headers.get(name).map_or("", |value| value.to_str().unwrap());
    let policy = get("content-security-policy");
    assert!(policy.starts_with("default-src 'none'; "), "{path}: {policy}");
    assert!(!policy.contains("unsafe") && !policy.contains("http"), "{path}: {policy}");
    for part in ["frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"] {
        assert!(policy.contains(part), "{path}: {policy}");
    }
    assert_eq!(get("x-content-type-options"), "nosniff", "{path}");
    assert_eq!(get("x-frame-options"), "DENY", "{path}");
    assert_eq!(get("referrer-policy"), "same-origin", "{path}");
    assert_eq!(get("cross-origin-opener-policy"), "same-origin", "{path}");
    if path.contains("/assets/") {
        assert!(get("cache-control").contains("immutable"), "{path}");
    } else {
        assert_eq!(get("cache-control"), "no-store", "{path}");
    }
    let body = &answer.body;
    let inline = body.contains("<style") || body.contains(" style=") || body.contains("<script>");
    let handler =
        [" onclick=", " onload=", " onerror=", "javascript:"].iter().any(|part| body.contains(part));
    assert!(path.contains("/assets/") || !(inline || handler), "{path}: something inline");
}

#[tokio::test]
async fn every_answer_bears_the_headers() {
    let bed = bed().await;
    let (visitor, owner) = (bed.visitor(), bed.signed_in("owner").await);
    let style = owner.get("/MobileAdmin").await.body;
    let style =
        style.split_once("rel=\"stylesheet\" href=\"").unwrap().1.split_once('"').unwrap().0.to_owned();
    let others = [
        "/",
        "/MobileAdmin/sign-in",
        "/MobileAdmin/me",
        "/MobileAdmin/me/second-factor",
        "/none",
        "/MobileAdmin/none",
    ];
    for path in PAGES.iter().map(|(path, _)| *path).chain(others).chain([style.as_str()]) {
        check_headers(path, &visitor.get(path).await);
        check_headers(path, &owner.get(path).await);
    }
    check_headers("forged", &owner.post_bare("/MobileAdmin/sign-out", &[]).await);
    check_headers("wrong", &visitor.sign_in("owner", "wrong").await);
}

#[tokio::test]
async fn the_cookie_is_for_this_host_over_tls_alone_and_not_for_scripts() {
    let bed = bed().await;
    let visitor = bed.visitor();
    let cookies = |headers: &HeaderMap| -> Vec<String> {
        headers.get_all(header::SET_COOKIE).iter().map(|value| value.to_str().unwrap().to_owned()).collect()
    };
    let mut all = cookies(&visitor.get("/MobileAdmin/sign-in").await.headers);
    all.extend(cookies(&visitor.sign_in("owner", PASSWORD).await.headers));
    assert_eq!(all.len(), 2);
    for cookie in all {
        let (id, flags) = cookie.split_once("; ").unwrap();
        assert_eq!(id.strip_prefix("__Host-fieldpost=").unwrap().len(), 64);
        assert_eq!(flags, "Path=/; Secure; HttpOnly; SameSite=Strict");
    }
}

#[tokio::test]
async fn guessing_takes_longer_and_longer_and_tells_nothing() {
    let bed = bed().await;
    let mut times = Vec::new();
    for name in ["owner", "nobody"] {
        let visitor = bed.visitor();
        let begin = Instant::now();
        for _ in 0..5 {
            assert_eq!(visitor.sign_in(name, "guess").await.status, StatusCode::FORBIDDEN);
        }
        // Three slips are free; the fourth attempt waits a second, the fifth two.
        times.push(begin.elapsed());
    }
    assert!(times.iter().all(|time| *time >= Duration::from_secs(3)), "{times:?}");
    let apart = times[0].abs_diff(times[1]);
    assert!(apart < Duration::from_secs(3), "an unknown name takes as long: {times:?}");
}

#[tokio::test]
async fn script_in_what_is_typed_is_shown_as_text() {
    let bed = bed().await;
    let visitor = bed.visitor();
    let script = "\"><script>alert(1)</script>";
    let answer = visitor.sign_in(script, "wrong").await;
    assert!(!answer.body.contains("<script>alert"), "{}", answer.body);
    assert!(answer.body.contains("&#60;script&#62;") || answer.body.contains("&lt;script&gt;"));
    let owner = bed.signed_in("owner").await;
    for kind in ["own", "account", "group"] {
        let fields = [("kind", kind), ("name", script), ("role", "view")];
        let answer = owner.post("/MobileAdmin/administrators", &fields).await;
        assert!(!answer.body.contains("<script>alert"), "{kind}");
    }
}

/// What phones say of themselves comes from anybody with a password.
#[tokio::test]
async fn script_in_what_devices_say_is_shown_as_text() {
    let bed = bed().await;
    let script = "<script>alert(1)</script><img src=x onerror=alert(2)>";
    let ben = bed.account("ben").await;
    bed.device(&ben, "D2", |device| {
        script.clone_into(&mut device.device_type);
        device.user_agent = Some(script.to_owned());
        device.information.model = Some(script.to_owned());
        device.information.os = Some(script.to_owned());
        device.information.friendly_name = Some(script.to_owned());
        device.information.phone_number = Some(script.to_owned());
    })
    .await;
    let rules = Rules { rules: vec![Rule { name: script.to_owned(), ..rule() }], ..Rules::default() };
    bed.site.administration.put_rules(&Actor::local(), &rules).await.unwrap();
    let owner = bed.signed_in("owner").await;
    owner.post("/MobileAdmin/devices/ben@example.org/D2/block", &[]).await;
    let search = encoded(&[("q", script)]);
    let user = bed.signed_in("ben").await;
    let pages = [
        "/MobileAdmin",
        "/MobileAdmin/devices",
        "/MobileAdmin/devices/ben@example.org/D2",
        "/MobileAdmin/devices/ben@example.org/D2/wipe",
        "/MobileAdmin/devices/ben@example.org/D2/delete",
        "/MobileAdmin/rules",
        "/MobileAdmin/rules/1",
        "/MobileAdmin/log",
        &format!("/MobileAdmin/devices?{search}"),
        &format!("/MobileAdmin/log?actor={}", encoded(&[("x", script)])),
        &format!("/MobileAdmin/log?from={}", encoded(&[("x", script)])),
    ];
    for path in pages {
        let answer = owner.get(path).await;
        assert!(!answer.body.contains("<script>alert") && !answer.body.contains("<img src=x"), "{path}");
        check_headers(path, &Answer { body: answer.body.replace("onerror=", ""), ..answer });
    }
    for path in ["/MobileAdmin/me", "/MobileAdmin/me/devices/D2/wipe", "/MobileAdmin/me/devices/D2/remove"] {
        assert!(!user.get(path).await.body.contains("<script>alert"), "{path}");
    }
}

/// One user's page does nothing to another user's devices.
#[tokio::test]
async fn a_user_reaches_nobody_elses_device() {
    let bed = bed().await;
    bed.account("ben").await;
    let before = state(&bed).await;
    let ben = bed.signed_in("ben").await;
    for mailbox in ["anna@example.org", "ben@example.org"] {
        let fields = [("kind", "full"), ("mailbox", mailbox)];
        let answer = ben.post("/MobileAdmin/me/devices/D1/wipe", &fields).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
    }
    assert_eq!(ben.post("/MobileAdmin/me/devices/D1/remove", &[]).await.status, StatusCode::NOT_FOUND);
    let fields = [("kind", "full"), ("mailbox", "anna@example.org")];
    let path = "/MobileAdmin/devices/anna@example.org/D1/wipe";
    assert_eq!(ben.post(path, &fields).await.status, StatusCode::FORBIDDEN);
    assert_eq!(state(&bed).await, before);
}
