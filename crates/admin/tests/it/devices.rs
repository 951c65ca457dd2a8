//! Devices from the pages: found, decided about, wiped, and what is written down of it.

use fieldpost_domain::admission::{Action, Rules};
use fieldpost_domain::device::Standing;
use fieldpost_domain::role::Role;
use fieldpost_domain::wipe::WipeState;
use fieldpost_server::administration::Actor;
use hyper::StatusCode;

use crate::bed::{Bed, PASSWORD};

const DEVICE: &str = "/MobileAdmin/devices/anna@example.org/D1";

async fn bed() -> Bed {
    let bed = Bed::new().await;
    for role in Role::ALL {
        bed.administrator(role).await;
    }
    let anna = bed.account("anna").await;
    bed.device(&anna, "D1", |_| {}).await;
    bed
}

async fn standing(bed: &Bed) -> Standing {
    bed.site.administration.device(&Actor::local(), "anna@example.org", "D1").await.unwrap().standing
}

async fn wipe_state(bed: &Bed) -> Option<WipeState> {
    let view = bed.site.administration.device(&Actor::local(), "anna@example.org", "D1").await.unwrap();
    view.control.wipe.map(|wipe| wipe.state)
}

#[tokio::test]
async fn a_device_is_found_by_user_model_and_state() {
    let bed = bed().await;
    let ben = bed.account("ben").await;
    bed.device(&ben, "D2", |device| {
        device.information.friendly_name = None;
        device.information.model = Some("Pixel 9".to_owned());
    })
    .await;
    let view = bed.signed_in("view").await;
    for (query, anna, ben) in [
        ("", true, true),
        ("?q=anna", true, false),
        ("?q=pixel", false, true),
        ("?state=blocked", false, false),
    ] {
        let page = view.get(&format!("/MobileAdmin/devices{query}")).await;
        assert_eq!(page.status, StatusCode::OK);
        assert_eq!(page.body.contains("anna@example.org</td>"), anna, "{query}");
        assert_eq!(page.body.contains("ben@example.org</td>"), ben, "{query}");
    }
    for number in 0..60 {
        bed.device(&ben, &format!("E{number:02}"), |_| {}).await;
    }
    let first = view.get("/MobileAdmin/devices").await;
    let (_, rest) = first.body.split_once("href=\"/MobileAdmin/devices?after=").unwrap();
    let place = rest.split_once('"').unwrap().0;
    let second = view.get(&format!("/MobileAdmin/devices?after={place}")).await;
    let rows = |body: &str| body.matches("<tr><th scope=\"row\"").count();
    assert_eq!((rows(&first.body), rows(&second.body)), (50, 12));
}

#[tokio::test]
async fn help_desk_blocks_and_releases() {
    let bed = bed().await;
    let help = bed.signed_in("help-desk").await;
    assert!(help.post(&format!("{DEVICE}/block"), &[]).await.location().ends_with("?done=block"));
    assert_eq!(standing(&bed).await, Standing::Blocked);
    help.post(&format!("{DEVICE}/release"), &[]).await;
    assert_eq!(standing(&bed).await, Standing::Allowed);
    let again = help.post(&format!("{DEVICE}/release"), &[]).await;
    assert_eq!(again.status, StatusCode::CONFLICT, "{}", again.body);
    let page = help.get(DEVICE).await;
    assert!(page.body.contains("allow by help-desk"), "{}", page.body);
    let log = help.get("/MobileAdmin/log?device=D1").await;
    assert!(log.body.contains("Release a device") && log.body.contains("help-desk"), "{}", log.body);
}

#[tokio::test]
async fn a_wipe_needs_the_mailbox_and_can_need_a_second_administrator() {
    let bed = bed().await;
    let (owner, help) = (bed.signed_in("owner").await, bed.signed_in("help-desk").await);
    let wipe = format!("{DEVICE}/wipe");
    let page = help.get(&wipe).await;
    assert!(page.body.contains("factory") && page.body.contains("This account alone"), "{}", page.body);
    let wrong = help.post(&wipe, &[("kind", "full"), ("mailbox", "ben@example.org")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(wipe_state(&bed).await, None);

    owner.post("/MobileAdmin/rules/approval", &[("needs_approval", "yes")]).await;
    let right = [("kind", "full"), ("mailbox", "anna@example.org")];
    assert!(help.post(&wipe, &right).await.location().ends_with("?done=wipe"));
    assert_eq!(wipe_state(&bed).await, Some(WipeState::Proposed));
    let page = help.get(DEVICE).await;
    assert!(page.body.contains("Another administrator has to approve it"), "{}", page.body);
    assert!(owner.get("/MobileAdmin").await.body.contains("waits for a second administrator"));
    assert_eq!(help.post(&format!("{DEVICE}/approve-wipe"), &[]).await.status, StatusCode::CONFLICT);
    owner.post(&format!("{DEVICE}/approve-wipe"), &[]).await;
    assert_eq!(wipe_state(&bed).await, Some(WipeState::Pending));
    assert!(owner.get("/MobileAdmin").await.body.contains("to be wiped"));
    assert_eq!(owner.post(&format!("{DEVICE}/delete"), &[]).await.status, StatusCode::CONFLICT);
    help.post(&format!("{DEVICE}/cancel-wipe"), &[]).await;
    assert_eq!(wipe_state(&bed).await, Some(WipeState::Cancelled));
    assert_eq!(owner.post(&format!("{DEVICE}/delete"), &[]).await.location(), "/MobileAdmin/devices");
    assert_eq!(owner.get(DEVICE).await.status, StatusCode::NOT_FOUND);
    let verified = owner.get("/MobileAdmin/log/verify").await;
    assert!(verified.body.contains("The log is whole"), "{}", verified.body);
}

#[tokio::test]
async fn a_user_wipes_and_removes_their_own_device() {
    let bed = bed().await;
    let anna = bed.visitor();
    anna.sign_in("anna", PASSWORD).await;
    let page = anna.get("/MobileAdmin/me").await;
    assert!(page.body.contains("Anna’s iPhone"), "{}", page.body);
    let path = "/MobileAdmin/me/devices/D1/wipe";
    let wrong = anna.post(path, &[("kind", "account-only"), ("mailbox", "yes")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let fields = [("kind", "account-only"), ("mailbox", "anna@example.org")];
    assert_eq!(anna.post(path, &fields).await.location(), "/MobileAdmin/me?done=wipe");
    assert_eq!(wipe_state(&bed).await, Some(WipeState::Pending));
    bed.site.administration.cancel_wipe(&Actor::local(), "anna@example.org", "D1").await.unwrap();
    let path = "/MobileAdmin/me/devices/D1/remove";
    assert_eq!(anna.post(path, &[]).await.location(), "/MobileAdmin/me?done=remove");
    assert!(!anna.get("/MobileAdmin/me").await.body.contains("D1"));
}

#[tokio::test]
async fn rules_are_made_moved_and_removed() {
    let bed = bed().await;
    let policy = bed.signed_in("policy").await;
    let rule = |name: &'static str, kind: &'static str, action: &'static str| {
        let mut fields = vec![("name", name), ("device_type", kind), ("action", action)];
        fields
            .extend(["model", "os", "user_agent", "device_id", "account", "group"].map(|field| (field, "")));
        fields
    };
    let rules = async || -> Rules { bed.site.administration.rules(&Actor::local()).await.unwrap() };
    let names = async || rules().await.rules.into_iter().map(|rule| rule.name).collect::<Vec<_>>();
    policy.post("/MobileAdmin/rules/new", &rule("rest", "", "quarantine")).await;
    policy.post("/MobileAdmin/rules/new", &rule("apple", "iPhone", "allow")).await;
    assert_eq!(names().await, ["apple", "rest"], "one that always fits stays last");
    policy.post("/MobileAdmin/rules/new", &rule("old", "PocketPC", "block")).await;
    policy.post("/MobileAdmin/rules/2/up", &[]).await;
    assert_eq!(names().await, ["old", "apple", "rest"]);
    let wrong = policy.post("/MobileAdmin/rules/3/up", &[]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "what follows would never be reached");
    policy.post("/MobileAdmin/rules/1", &rule("older", "PocketPC", "quarantine")).await;
    assert_eq!(rules().await.rules[0].action, Action::Quarantine);
    policy.post("/MobileAdmin/rules/1/remove", &[]).await;
    assert_eq!(names().await, ["apple", "rest"]);
    policy.post("/MobileAdmin/rules/default", &[("action", "block")]).await;
    assert_eq!(rules().await.default, Action::Block);
    let threshold = [
        ("which", "commands"),
        ("more_than", "600"),
        ("minutes", "5"),
        ("action", "quarantine"),
        ("for_minutes", "60"),
    ];
    policy.post("/MobileAdmin/rules/threshold", &threshold).await;
    assert_eq!(rules().await.thresholds.commands.unwrap().more_than, 600);
    let page = policy.get("/MobileAdmin/rules").await;
    assert!(page.body.contains("value=\"600\"") && page.body.contains("every device"), "{}", page.body);
}

#[tokio::test]
async fn the_log_is_filtered_and_exported() {
    let bed = bed().await;
    let owner = bed.signed_in("owner").await;
    owner.post(&format!("{DEVICE}/block"), &[]).await;
    owner.post(&format!("{DEVICE}/allow"), &[]).await;
    let page = owner.get("/MobileAdmin/log?action=device.block&from=2026-11-23&until=2026-11-23").await;
    assert!(
        page.body.contains("<span>Block a device") && !page.body.contains("<span>Allow a device"),
        "{}",
        page.body
    );
    let none = owner.get("/MobileAdmin/log?until=2026-11-22").await;
    assert!(none.body.contains("No entry matches"));
    assert_eq!(owner.get("/MobileAdmin/log?from=soon").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let csv = owner.get("/MobileAdmin/log/export/log.csv?action=device.block").await;
    assert_eq!(csv.headers["content-type"], "text/csv; charset=utf-8");
    let lines: Vec<&str> = csv.body.lines().collect();
    assert_eq!(lines.len(), 2, "{}", csv.body);
    assert!(lines[0].starts_with("number,time,actor") && lines[1].contains(",\"device.block\",\""));
    let json = owner.get("/MobileAdmin/log/export/log.json").await;
    let entries: serde_json::Value = serde_json::from_str(&json.body).unwrap();
    assert!(entries.as_array().unwrap().len() >= 6);
}
