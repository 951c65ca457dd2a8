//! Signing in: with a password, with a code, and how a session ends.

use fieldpost_domain::role::Role;
use fieldpost_server::sign_in::SessionRules;
use hyper::StatusCode;
use jiff::SignedDuration;
use totp_rs::Builder;

use crate::bed::{Answer, Bed, PASSWORD, Visitor};

fn secret_on(page: &Answer) -> Vec<u8> {
    let (_, rest) = page.body.split_once("class=\"secret\">").unwrap();
    let text: String = rest.split_once('<').unwrap().0.split(' ').collect();
    totp_rs::Secret::try_from_base32(text).unwrap().as_ref().to_vec()
}

fn code(bed: &Bed, secret: &[u8]) -> String {
    let totp = Builder::new().with_secret(secret).build().unwrap();
    totp.generate(u64::try_from(bed.app.clock.now().as_second()).unwrap()).to_string()
}

/// Sets a second factor up; gives its secret and the recovery codes.
async fn enrol(bed: &Bed, visitor: &Visitor) -> (Vec<u8>, Vec<String>) {
    let secret = secret_on(&visitor.get("/MobileAdmin/me/second-factor").await);
    let done = visitor.post("/MobileAdmin/me/second-factor", &[("code", &code(bed, &secret))]).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    let codes: Vec<String> = done
        .body
        .split("<li><code>")
        .skip(1)
        .map(|rest| rest.split_once('<').unwrap().0.to_owned())
        .collect();
    assert_eq!(codes.len(), 8);
    (secret, codes)
}

#[tokio::test]
async fn each_kind_of_person_comes_to_their_page() {
    let bed = Bed::new().await;
    bed.administrator(Role::Owner).await;
    bed.account("anna").await;
    assert_eq!(bed.visitor().get("/MobileAdmin").await.location(), "/MobileAdmin/sign-in");
    let owner = bed.visitor();
    assert_eq!(owner.sign_in("Owner", PASSWORD).await.location(), "/MobileAdmin");
    let page = owner.get("/MobileAdmin").await;
    assert!(page.body.contains("What needs attention"), "{}", page.body);
    let anna = bed.visitor();
    assert_eq!(anna.sign_in("anna", PASSWORD).await.location(), "/MobileAdmin/me");
    assert_eq!(anna.get("/MobileAdmin").await.location(), "/MobileAdmin/me", "she administers nothing");
    assert!(anna.get("/MobileAdmin/me").await.body.contains("anna@example.org"));
}

#[tokio::test]
async fn wrong_names_and_wrong_passwords_are_answered_alike() {
    let bed = Bed::new().await;
    bed.administrator(Role::Owner).await;
    bed.account("anna").await;
    let disabled = bed.account("ben").await;
    bed.app.store.set_disabled(disabled.id, true).await.unwrap();
    let mut bodies = Vec::new();
    for (name, password) in [
        ("owner", "wrong"),
        ("nobody", "wrong"),
        ("anna@example.org", "wrong"),
        ("ben@example.org", PASSWORD),
    ] {
        let visitor = bed.visitor();
        let answer = visitor.sign_in(name, password).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{name}");
        let token = answer.token().unwrap();
        bodies.push(answer.body.replace(&token, "").replace(&format!("value=\"{name}\""), ""));
        assert_eq!(visitor.get("/MobileAdmin").await.location(), "/MobileAdmin/sign-in");
    }
    assert!(bodies.windows(2).all(|two| two[0] == two[1]));
}

#[tokio::test]
async fn a_session_ends_when_it_is_not_used_and_after_its_time() {
    let bed = Bed::new().await;
    bed.administrator(Role::View).await;
    let rules = SessionRules::default();
    let visitor = bed.signed_in("view").await;
    bed.clock.advance(rules.idle - SignedDuration::from_secs(90));
    assert_eq!(visitor.get("/MobileAdmin").await.status, StatusCode::OK);
    bed.clock.advance(rules.idle - SignedDuration::from_secs(90));
    assert_eq!(visitor.get("/MobileAdmin").await.status, StatusCode::OK, "use prolongs it");
    bed.clock.advance(rules.idle + SignedDuration::from_secs(61));
    assert_eq!(visitor.get("/MobileAdmin").await.location(), "/MobileAdmin/sign-in");

    let visitor = bed.signed_in("view").await;
    let mut minutes = 0;
    while visitor.get("/MobileAdmin").await.status == StatusCode::OK {
        bed.clock.advance(SignedDuration::from_mins(10));
        minutes += 10;
        assert!(minutes <= 730, "it never ends");
    }
    assert!(minutes > 710, "it ended after {minutes} min");
}

#[tokio::test]
async fn signing_out_ends_the_session_itself() {
    let bed = Bed::new().await;
    bed.administrator(Role::View).await;
    let visitor = bed.signed_in("view").await;
    let cookie = visitor.cookie.lock().unwrap().clone();
    let answer = visitor.post("/MobileAdmin/sign-out", &[]).await;
    assert_eq!(answer.location(), "/MobileAdmin/sign-in");
    *visitor.cookie.lock().unwrap() = cookie;
    assert_eq!(visitor.get("/MobileAdmin").await.location(), "/MobileAdmin/sign-in");
}

#[tokio::test]
async fn a_second_factor_is_asked_for_and_taken_once() {
    let bed = Bed::new().await;
    bed.administrator(Role::Owner).await;
    let visitor = bed.signed_in("owner").await;
    let (secret, recovery) = enrol(&bed, &visitor).await;
    let again = visitor.get("/MobileAdmin/me/second-factor").await;
    assert!(!again.body.contains("class=\"secret\""), "the secret is not shown again");

    let visitor = bed.visitor();
    assert_eq!(visitor.sign_in("owner", PASSWORD).await.location(), "/MobileAdmin/sign-in/code");
    for path in ["/MobileAdmin", "/MobileAdmin/administrators", "/MobileAdmin/me"] {
        assert_eq!(visitor.get(path).await.location(), "/MobileAdmin/sign-in/code", "{path}");
    }
    let half_way = visitor.cookie.lock().unwrap().clone();
    // The code that set it up is used already.
    let used = code(&bed, &secret);
    assert_eq!(
        visitor.post("/MobileAdmin/sign-in/code", &[("code", &used)]).await.status,
        StatusCode::FORBIDDEN
    );
    bed.clock.advance(SignedDuration::from_secs(30));
    let fresh = code(&bed, &secret);
    let done = visitor.post("/MobileAdmin/sign-in/code", &[("code", &fresh)]).await;
    assert_eq!(done.location(), "/MobileAdmin");
    assert_ne!(*visitor.cookie.lock().unwrap(), half_way, "each step has an id of its own");
    assert_eq!(visitor.get("/MobileAdmin/administrators").await.status, StatusCode::OK);

    // A recovery code stands in for it, once.
    for (turn, status) in [StatusCode::SEE_OTHER, StatusCode::FORBIDDEN].into_iter().enumerate() {
        let visitor = bed.visitor();
        visitor.sign_in("owner", PASSWORD).await;
        let typed = recovery[0].to_uppercase();
        let answer = visitor.post("/MobileAdmin/sign-in/code", &[("code", &typed)]).await;
        assert_eq!(answer.status, status, "turn {turn}");
    }
}

#[tokio::test]
async fn whoever_must_have_a_second_factor_sets_it_up_first() {
    let bed = Bed::with(SessionRules { second_factor: true, ..SessionRules::default() }).await;
    bed.administrator(Role::View).await;
    bed.account("anna").await;
    let visitor = bed.signed_in("view").await;
    assert_eq!(visitor.get("/MobileAdmin/health").await.location(), "/MobileAdmin/me/second-factor");
    enrol(&bed, &visitor).await;
    assert_eq!(visitor.get("/MobileAdmin/health").await.status, StatusCode::OK);
    let anna = bed.signed_in("anna").await;
    assert_eq!(anna.get("/MobileAdmin/me").await.status, StatusCode::OK, "she has no role");
}

#[tokio::test]
async fn a_password_that_others_know_must_be_changed_first() {
    let bed = Bed::new().await;
    bed.administrator(Role::Owner).await;
    let owner = bed.signed_in("owner").await;
    let fields = [("kind", "own"), ("name", "carla"), ("role", "help-desk")];
    let made = owner.post("/MobileAdmin/administrators", &fields).await;
    let first = made.body.split_once("class=\"secret\">").unwrap().1.split_once('<').unwrap().0.to_owned();
    let carla = bed.visitor();
    assert_eq!(carla.sign_in("carla", &first).await.location(), "/MobileAdmin/me/password");
    assert_eq!(carla.get("/MobileAdmin/administrators").await.location(), "/MobileAdmin/me/password");
    let change = |new: &'static str, again: &'static str| {
        [("old", first.clone()), ("new", new.to_owned()), ("again", again.to_owned())]
    };
    for (new, again) in [("too short", "too short"), ("long enough to do", "but another one")] {
        let fields = change(new, again);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let answer = carla.post("/MobileAdmin/me/password", &fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{new}");
    }
    let fields = change("long enough to do", "long enough to do");
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(carla.post("/MobileAdmin/me/password", &fields).await.location(), "/MobileAdmin");
    assert_eq!(carla.get("/MobileAdmin").await.status, StatusCode::OK);
    assert_eq!(bed.visitor().sign_in("carla", &first).await.status, StatusCode::FORBIDDEN);
}
