//! Who is made an administrator, and who is not one any more.

use fieldpost_domain::role::Role;
use fieldpost_store::NewGroup;
use hyper::StatusCode;

use crate::bed::Bed;

#[tokio::test]
async fn a_role_comes_with_an_account_or_a_group_and_goes_at_once() {
    let bed = Bed::new().await;
    bed.administrator(Role::Owner).await;
    bed.account("anna").await;
    bed.account("ben").await;
    let group =
        NewGroup { address: "desk@example.org".to_owned(), display_name: "Desk".to_owned(), hidden: false };
    let group = bed.app.store.create_group(group).await.unwrap();
    bed.app.store.add_member(group.id, "ben@example.org").await.unwrap();
    let owner = bed.signed_in("owner").await;
    for fields in [
        [("kind", "account"), ("name", "ANNA@example.org"), ("role", "policy")],
        [("kind", "group"), ("name", "desk@example.org"), ("role", "help-desk")],
    ] {
        let answer = owner.post("/MobileAdmin/administrators", &fields).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    }
    let anna = bed.signed_in("anna").await;
    assert!(anna.get("/MobileAdmin").await.body.contains("Policy"));
    let ben = bed.signed_in("ben").await;
    assert!(ben.get("/MobileAdmin").await.body.contains("Help desk"));

    bed.app.store.remove_member(group.id, "ben@example.org").await.unwrap();
    assert_eq!(ben.get("/MobileAdmin").await.location(), "/MobileAdmin/me");
    let list = bed.app.store.administrators().await.unwrap();
    let id = list.iter().find(|one| one.name == "anna@example.org").unwrap().id;
    let path = format!("/MobileAdmin/administrators/{id}/remove");
    assert_eq!(owner.get(&path).await.status, StatusCode::OK);
    assert_eq!(owner.post(&path, &[]).await.status, StatusCode::OK);
    assert_eq!(anna.get("/MobileAdmin").await.location(), "/MobileAdmin/me");
}

#[tokio::test]
async fn there_is_always_an_owner() {
    let bed = Bed::new().await;
    let id = bed.administrator(Role::Owner).await.id;
    let owner = bed.signed_in("owner").await;
    let path = |what: &str| format!("/MobileAdmin/administrators/{id}/{what}");
    let answer = owner.post(&path("remove"), &[]).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    assert!(answer.body.contains("only owner"), "{}", answer.body);
    assert_eq!(owner.post(&path("role"), &[("role", "view")]).await.status, StatusCode::CONFLICT);
    assert_eq!(bed.app.store.administrator(id).await.unwrap().unwrap().role, Role::Owner);
}

#[tokio::test]
async fn what_makes_no_sense_is_refused_with_a_reason() {
    let bed = Bed::new().await;
    bed.administrator(Role::Owner).await;
    let owner = bed.signed_in("owner").await;
    for (kind, name, role, status) in [
        ("own", "a b", "view", StatusCode::UNPROCESSABLE_ENTITY),
        ("own", "owner", "view", StatusCode::CONFLICT),
        ("own", "x", "king", StatusCode::UNPROCESSABLE_ENTITY),
        ("king", "x", "view", StatusCode::UNPROCESSABLE_ENTITY),
        ("account", "nobody@example.org", "view", StatusCode::NOT_FOUND),
        ("group", "nobody@example.org", "view", StatusCode::NOT_FOUND),
    ] {
        let fields = [("kind", kind), ("name", name), ("role", role)];
        let answer = owner.post("/MobileAdmin/administrators", &fields).await;
        assert_eq!(answer.status, status, "{kind} {name} {role}");
        assert!(answer.body.contains("Nothing was changed"), "{}", answer.body);
    }
}
