//! Policies, switches and accounts from the pages.

use fieldpost_domain::policy::NamedPolicy;
use fieldpost_domain::role::Role;
use fieldpost_server::administration::Actor;
use fieldpost_server::administration::policies::Because;
use fieldpost_store::NewGroup;
use hyper::StatusCode;

use crate::bed::{Bed, PASSWORD};

async fn bed() -> Bed {
    let bed = Bed::new().await;
    bed.administrator(Role::Policy).await;
    bed.account("anna").await;
    bed
}

#[tokio::test]
async fn a_policy_is_made_changed_assigned_and_removed() {
    let bed = bed().await;
    let visitor = bed.signed_in("policy").await;
    let (administration, local) = (&bed.site.administration, Actor::local());
    let form = visitor.get("/MobileAdmin/policies/new").await;
    assert!(form.body.contains("What phones make of it") && form.body.contains("Samsung Email"));
    let fields = [
        ("name", "Sales <b>"),
        ("refresh_hours", "12"),
        ("device_password_enabled", "yes"),
        ("min_device_password_length", "6"),
        ("allow_partial", "yes"),
    ];
    let made = visitor.post("/MobileAdmin/policies/new", &fields).await;
    assert_eq!(made.location(), "/MobileAdmin/policies?done=put", "{}", made.body);
    let kept: NamedPolicy = administration.policy(&local, "Sales <b>").await.unwrap().policy;
    assert_eq!(kept.policy.min_device_password_length, Some(6));
    assert_eq!((kept.refresh_hours, kept.allow_partial), (Some(12), true));
    let list = visitor.get("/MobileAdmin/policies").await;
    assert!(!list.body.contains("<b>") && list.body.contains("2 settings"), "{}", list.body);
    let again = visitor.post("/MobileAdmin/policies/new", &fields).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);

    let path = "/MobileAdmin/policies/edit/Sales%20%3Cb%3E";
    let wrong = visitor.post(path, &[("min_device_password_length", "99")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("class=\"wrong\"") && wrong.body.contains("value=\"99\""), "{}", wrong.body);
    visitor.post(path, &[("allow_camera", "no")]).await;
    let kept = administration.policy(&local, "sales <B>").await.unwrap().policy;
    assert_eq!((kept.policy.allow_camera, kept.policy.min_device_password_length), (Some(false), None));

    let group = NewGroup { address: "sales@example.org".to_owned(), ..NewGroup::default() };
    let group = bed.app.store.create_group(group).await.unwrap();
    bed.app.store.add_member(group.id, "anna@example.org").await.unwrap();
    visitor
        .post("/MobileAdmin/policies/assign", &[("who", "sales@example.org"), ("policy", "Sales <b>")])
        .await;
    let because = async || administration.policy_in_force(&local, "anna@example.org").await.unwrap().because;
    assert_eq!(because().await, Because::Group("sales@example.org".to_owned()));
    let page = visitor.get("/MobileAdmin/accounts/anna@example.org").await;
    assert!(page.body.contains("by the group sales@example.org"), "{}", page.body);
    let remove = format!("{path}/delete");
    assert_eq!(visitor.post(&remove, &[]).await.status, StatusCode::CONFLICT, "somebody has it");
    visitor.post("/MobileAdmin/policies/exempt", &[("who", "anna@example.org"), ("exempt", "yes")]).await;
    assert_eq!(because().await, Because::Exempt);
    visitor.post("/MobileAdmin/policies/exempt", &[("who", "anna@example.org")]).await;
    visitor.post("/MobileAdmin/policies/assign", &[("who", "sales@example.org"), ("policy", "")]).await;
    visitor.post("/MobileAdmin/policies/default", &[("policy", "Sales <b>")]).await;
    assert_eq!(because().await, Because::Default);
    visitor.post("/MobileAdmin/policies/default", &[("policy", "")]).await;
    assert_eq!(visitor.post(&remove, &[]).await.location(), "/MobileAdmin/policies?done=delete");
    assert_eq!(visitor.get(path).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn switches_are_set_for_all_and_for_one() {
    let bed = bed().await;
    let visitor = bed.signed_in("policy").await;
    let (administration, local) = (&bed.site.administration, Actor::local());
    let fields = [
        ("active_sync", "yes"),
        ("user_initiated_sync", "yes"),
        ("notifications", "yes"),
        ("notifications_to_chosen_address", "yes"),
        ("notification_minutes", "10"),
        ("max_devices", "3"),
        ("version", "14.1"),
        ("version", "16.1"),
    ];
    let done = visitor.post("/MobileAdmin/switches", &fields).await;
    assert_eq!(done.location(), "/MobileAdmin/switches?done=put", "{}", done.body);
    let switches = administration.switches(&local).await.unwrap();
    assert!(switches.active_sync && !switches.direct_push && switches.notifications);
    assert_eq!((switches.max_devices, switches.notification_minutes), (Some(3), 10));
    assert_eq!(switches.versions.iter().count(), 2);
    for wrong in [("notification_minutes", "soon"), ("notification_minutes", "0"), ("max_devices", "-1")] {
        let mut fields = vec![wrong, ("version", "16.1")];
        if wrong.0 != "notification_minutes" {
            fields.push(("notification_minutes", "5"));
        }
        let answer = visitor.post("/MobileAdmin/switches", &fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong:?}");
    }
    assert_eq!(administration.switches(&local).await.unwrap(), switches);

    let path = "/MobileAdmin/accounts/anna@example.org";
    visitor.post(path, &[("direct_push", "yes"), ("max_devices", "")]).await;
    let view = administration.account_switches(&local, "anna@example.org").await.unwrap();
    assert_eq!((view.own.direct_push, view.own.active_sync), (Some(true), None));
    assert!(view.in_force.direct_push);

    let anna = bed.signed_in("anna").await;
    assert!(anna.get("/MobileAdmin/me").await.body.contains("Notifications"));
    let chosen = anna.post("/MobileAdmin/me/notification", &[("address", "015155@sms.example.com")]).await;
    assert_eq!(chosen.location(), "/MobileAdmin/me?done=notification", "{}", chosen.body);
    let view = administration.account_switches(&local, "anna@example.org").await.unwrap();
    assert_eq!(view.own.notification_address.as_deref(), Some("015155@sms.example.com"));
}

#[tokio::test]
async fn the_first_group_counts_and_the_order_is_changed() {
    let bed = bed().await;
    let visitor = bed.signed_in("policy").await;
    let (administration, local) = (&bed.site.administration, Actor::local());
    for (group, policy) in [("sales", "Sales"), ("board", "Board"), ("all", "All")] {
        let address = format!("{group}@example.org");
        let new = NewGroup { address: address.clone(), ..NewGroup::default() };
        let id = bed.app.store.create_group(new).await.unwrap().id;
        bed.app.store.add_member(id, "anna@example.org").await.unwrap();
        administration.put_policy(&local, &NamedPolicy::proposed(policy)).await.unwrap();
        visitor.post("/MobileAdmin/policies/assign", &[("who", &address), ("policy", policy)]).await;
    }
    let order = async || -> String {
        let groups = administration.policy_groups(&local).await.unwrap();
        groups.into_iter().map(|(_, policy)| policy + " ").collect()
    };
    assert_eq!(order().await, "Sales Board All ");
    let page = visitor.get("/MobileAdmin/policies").await.body;
    assert!(page.contains("Up with board@example.org") && page.contains("Down with board@example.org"));
    assert!(!page.contains("Up with sales@example.org") && !page.contains("Down with all@example.org"));
    for (step, expected, because) in [
        ("board@example.org/up", "Board Sales All ", "board@example.org"),
        ("board@example.org/down", "Sales Board All ", "sales@example.org"),
        ("board@example.org/down", "Sales All Board ", "sales@example.org"),
    ] {
        let moved = visitor.post(&format!("/MobileAdmin/policies/groups/{step}"), &[]).await;
        assert_eq!(moved.location(), "/MobileAdmin/policies?done=order", "{}", moved.body);
        assert_eq!(order().await, expected);
        let in_force = administration.policy_in_force(&local, "anna@example.org").await.unwrap();
        assert_eq!(in_force.because, Because::Group(because.to_owned()));
    }
    for (step, status) in [
        ("board@example.org/down", StatusCode::CONFLICT),
        ("nobody@example.org/up", StatusCode::CONFLICT),
        ("board@example.org/away", StatusCode::NOT_FOUND),
    ] {
        let refused = visitor.post(&format!("/MobileAdmin/policies/groups/{step}"), &[]).await;
        assert_eq!(refused.status, status, "{step}");
    }
    assert_eq!(order().await, "Sales All Board ");
}

#[tokio::test]
async fn accounts_are_found_page_by_page_disabled_and_enabled() {
    let bed = bed().await;
    for number in 0..60 {
        bed.account(&format!("user{number:02}")).await;
    }
    let visitor = bed.signed_in("policy").await;
    let first = visitor.get("/MobileAdmin/accounts").await.body;
    assert!(first.contains("50 accounts on this page, and there are more"), "{first}");
    assert!(first.contains("anna@example.org") && !first.contains("user49@example.org"));
    let (_, next) = first.split_once("href=\"/MobileAdmin/accounts?after=").unwrap();
    let next = next.split_once('"').unwrap().0;
    let second = visitor.get(&format!("/MobileAdmin/accounts?after={next}")).await.body;
    assert!(second.contains("user49@example.org") && second.contains("user59@example.org"));
    assert!(second.contains("11 accounts on this page<") && second.contains("First page"), "{second}");
    let found = visitor.get("/MobileAdmin/accounts?q=USER07").await.body;
    assert!(found.contains("1 account on this page") && found.contains("user07@example.org"));

    let anna = bed.signed_in("anna").await;
    let path = "/MobileAdmin/accounts/anna@example.org";
    let done = visitor.post(&format!("{path}/disable"), &[]).await;
    assert_eq!(done.location(), format!("{path}?done=disable"), "{}", done.body);
    assert_eq!(anna.get("/MobileAdmin/me").await.location(), "/MobileAdmin/sign-in", "she is out at once");
    assert_eq!(bed.visitor().sign_in("anna", PASSWORD).await.status, StatusCode::FORBIDDEN);
    let disabled = visitor.get("/MobileAdmin/accounts?state=disabled").await.body;
    assert!(disabled.contains("1 account on this page") && disabled.contains("anna@example.org"));
    assert!(visitor.get(path).await.body.contains("Enable the account"));
    visitor.post(&format!("{path}/enable"), &[]).await;
    bed.signed_in("anna").await;
    assert_eq!(visitor.post(&format!("{path}/erase"), &[]).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_device_is_decided_about_before_it_comes() {
    let bed = bed().await;
    let (visitor, local) = (bed.signed_in("policy").await, Actor::local());
    let path = "/MobileAdmin/accounts/anna@example.org";
    let list = format!("{path}/list");
    let listed = async || bed.site.administration.listed_devices(&local, "anna@example.org").await.unwrap();
    for (action, shown) in [("allow", ">Allow</span>"), ("block", ">Block</span>")] {
        let done = visitor.post(&list, &[("device_id", " NEW1 "), ("action", action)]).await;
        assert_eq!(done.location(), format!("{path}?done=list"), "{}", done.body);
        let page = visitor.get(path).await.body;
        assert!(page.contains("<code>NEW1</code>") && page.contains(shown), "{page}");
        assert_eq!(listed().await.len(), 1);
    }
    for wrong in [("no id!", "allow"), ("NEW2", "wipe")] {
        let refused = visitor.post(&list, &[("device_id", wrong.0), ("action", wrong.1)]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong:?}");
    }
    visitor.post(&list, &[("device_id", "NEW1"), ("action", "rules")]).await;
    assert!(listed().await.is_empty());
}
