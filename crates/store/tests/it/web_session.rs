//! Sessions of the web tool.

use std::sync::Arc;

use fieldpost_domain::AccountId;
use fieldpost_domain::role::Role;
use fieldpost_store::{AdministratorKind, NewAdministrator, Person, Stage, Store, WebSession, carry_out};

use crate::bed::{Bed, at};

crate::suite!(begun_used_and_ended, the_idle_are_forgotten, they_end_with_what_they_stand_on);

fn session(person: Person, stage: Stage, second: i64) -> WebSession {
    WebSession { person, stage, address: "2001:db8::7".to_owned(), created: at(second), used: at(second) }
}

async fn begin(store: &Store, hash: &str, session: &WebSession, instead: Option<&str>) {
    store.begin_web_session(hash, session, instead, at(0)).await.unwrap();
}

async fn begun_used_and_ended(bed: Arc<Bed>) {
    let person = Person::Account(AccountId(7));
    let half = session(person, Stage::SecondFactor, 10);
    begin(&bed.store, "a", &half, None).await;
    let again = bed.again().await;
    assert_eq!(again.web_session("a").await.unwrap(), Some(half));
    assert_eq!(again.web_session("b").await.unwrap(), None);
    // The id changes with what the session is good for.
    let whole = session(person, Stage::In, 20);
    begin(&again, "b", &whole, Some("a")).await;
    assert_eq!(again.web_session("a").await.unwrap(), None);
    again.touch_web_session("b", at(90)).await.unwrap();
    again.touch_web_session("b", at(80)).await.unwrap();
    again.touch_web_session("c", at(90)).await.unwrap();
    assert_eq!(again.web_session("b").await.unwrap(), Some(WebSession { used: at(90), ..whole }));
    again.end_web_session("b").await.unwrap();
    again.end_web_session("b").await.unwrap();
    assert_eq!(again.web_session("b").await.unwrap(), None);
    again.close().await;
}

async fn the_idle_are_forgotten(bed: Arc<Bed>) {
    let store = &bed.store;
    begin(store, "old", &session(Person::Administrator(1), Stage::In, 10), None).await;
    begin(store, "new", &session(Person::Administrator(1), Stage::NewPassword, 20), None).await;
    let third = session(Person::Administrator(2), Stage::In, 100);
    store.begin_web_session("third", &third, None, at(15)).await.unwrap();
    assert_eq!(store.web_session("old").await.unwrap(), None);
    assert!(store.web_session("new").await.unwrap().is_some());
}

async fn they_end_with_what_they_stand_on(bed: Arc<Bed>) {
    let store = &bed.store;
    let new = NewAdministrator {
        kind: AdministratorKind::Own,
        name: "root".to_owned(),
        role: Role::Owner,
        password_hash: Some("phc".to_owned()),
        one_time: false,
    };
    let root = carry_out!(store.act(), |act| { act.add_administrator(&new, at(1)).await }).unwrap();
    let root = root.unwrap().id;
    let (own, other) = (Person::Administrator(root), Person::Administrator(root + 1));
    let ended = async || {
        let ended = store.web_session("own").await.unwrap().is_none();
        assert!(store.web_session("other").await.unwrap().is_some(), "nobody else's ends");
        begin(store, "own", &session(own, Stage::In, 9), Some("own")).await;
        ended
    };
    begin(store, "other", &session(other, Stage::In, 9), None).await;
    begin(store, "own", &session(own, Stage::In, 9), None).await;
    store.choose_administrator_password(root, "other").await.unwrap();
    assert!(ended().await);
    carry_out!(store.act(), |act| { act.set_administrator_role(root, Role::View).await }).unwrap();
    assert!(!ended().await, "the role is looked up at each request");
    carry_out!(store.act(), |act| { act.set_administrator_password(root, "x", true).await }).unwrap();
    assert!(ended().await);
    carry_out!(store.act(), |act| { act.reset_second_factor(own).await }).unwrap();
    assert!(ended().await);
    carry_out!(store.act(), |act| { act.remove_administrator(root).await }).unwrap();
    assert!(ended().await);
}
