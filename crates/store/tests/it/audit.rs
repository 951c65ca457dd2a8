//! The transaction log: appended by several programs at once, verified, filtered and paged.

use std::sync::Arc;

use fieldpost_domain::audit::{Damage, Event, Head, Outcome};
use fieldpost_store::{LogFilter, Store};
use sqlx::Connection;

use crate::bed::{Bed, at};

crate::suite!(
    entries_are_chained_and_paged,
    several_programs_append_at_once,
    tampering_is_named,
    an_act_that_is_dropped_leaves_no_entry,
);

async fn append(store: &Store, actor: &str, mailbox: &str, action: &str, second: i64) {
    let new = Event {
        actor: actor.to_owned(),
        mailbox: mailbox.to_owned(),
        action: action.to_owned(),
        outcome: if action == "denied" { Outcome::Denied } else { Outcome::Done },
        ..Event::default()
    };
    let mut act = store.act().await.unwrap();
    act.log(new, at(second)).await.unwrap();
    act.commit().await.unwrap();
}

async fn entries_are_chained_and_paged(bed: Arc<Bed>) {
    assert_eq!(bed.store.audit_head().await.unwrap(), Head::EMPTY);
    assert!(bed.store.verify_audit(None).await.unwrap().is_ok());
    for second in 1..=10 {
        let action = if second % 2 == 0 { "device.wipe" } else { "denied" };
        let actor = if second <= 5 { "anna" } else { "bert" };
        append(&bed.store, actor, &format!("User{}@Example.org", second % 3), action, second).await;
    }
    // The clock went back.
    append(&bed.store, "bert", "", "device.wipe", 3).await;
    let numbers = async |filter: LogFilter, before, limit| -> Vec<i64> {
        let page = bed.store.audit_page(&filter, before, limit).await.unwrap();
        page.iter().map(|entry| entry.number).collect()
    };
    let all = LogFilter::default();
    assert_eq!(numbers(all.clone(), None, 3).await, [11, 10, 9]);
    assert_eq!(numbers(all.clone(), Some(9), 3).await, [8, 7, 6]);
    assert_eq!(numbers(all.clone(), Some(1), 3).await, [0i64; 0]);
    let span = LogFilter { from: Some(at(3)), until: Some(at(6)), ..all.clone() };
    assert_eq!(numbers(span, None, 100).await, [5, 4, 3]);
    let since = LogFilter { from: Some(at(10)), ..all.clone() };
    assert_eq!(numbers(since, None, 100).await, [11, 10], "times do not go back");
    let both = LogFilter { actor: Some("anna".into()), action: Some("device.wipe".into()), ..all.clone() };
    assert_eq!(numbers(both, None, 100).await, [4, 2]);
    let mailbox = LogFilter { mailbox: Some("user1@example.ORG".into()), ..all.clone() };
    assert_eq!(numbers(mailbox.clone(), None, 100).await, [10, 7, 4, 1]);
    let denied = LogFilter { outcome: Some(Outcome::Denied), ..mailbox };
    assert_eq!(numbers(denied, None, 100).await, [7, 1]);
    let late = LogFilter { from: Some(at(11)), ..all };
    assert_eq!(numbers(late, None, 100).await, [0i64; 0]);
    let head = bed.store.audit_head().await.unwrap();
    assert_eq!((head.number, bed.store.verify_audit(Some(head)).await.unwrap()), (11, Ok(head)));
}

async fn several_programs_append_at_once(bed: Arc<Bed>) {
    let other = Arc::new(bed.again().await);
    let mut tasks = tokio::task::JoinSet::new();
    for worker in 0..4 {
        let (bed, other) = (bed.clone(), other.clone());
        tasks.spawn(async move {
            for second in 0..10 {
                let store = if worker % 2 == 0 { &bed.store } else { &*other };
                append(store, "anna", "", "x", second).await;
            }
        });
    }
    tasks.join_all().await;
    let head = bed.store.verify_audit(None).await.unwrap().unwrap();
    assert_eq!(head.number, 40);
    other.close().await;
}

async fn execute(bed: &Bed, sql: &str) {
    let mut connection = sqlx::AnyConnection::connect(&bed.url).await.unwrap();
    sqlx::query(sqlx::AssertSqlSafe(sql.to_owned()))
        .persistent(false)
        .execute(&mut connection)
        .await
        .unwrap();
    connection.close().await.unwrap();
}

async fn tampering_is_named(bed: Arc<Bed>) {
    for second in 1..=5 {
        append(&bed.store, "anna", "", "x", second).await;
    }
    let verify = async || bed.store.verify_audit(None).await.unwrap().map(|head| head.number);
    assert_eq!(verify().await, Ok(5));
    execute(&bed, "UPDATE audit SET actor = 'bert' WHERE number = 3").await;
    assert_eq!(verify().await, Err(Damage::Altered(3)));
    execute(&bed, "UPDATE audit SET actor = 'anna' WHERE number = 3").await;
    assert_eq!(verify().await, Ok(5));
    execute(&bed, "UPDATE audit SET number = 12 - number WHERE number IN (2, 3)").await;
    assert_eq!(verify().await, Err(Damage::Missing { expected: 2, found: 4 }));
    execute(&bed, "UPDATE audit SET number = 12 - number WHERE number IN (9, 10)").await;
    assert_eq!(verify().await, Ok(5));
    execute(&bed, "DELETE FROM audit WHERE number = 5").await;
    assert_eq!(verify().await, Err(Damage::Truncated { found: 4, expected: 5 }));
    execute(&bed, "DELETE FROM audit WHERE number = 2").await;
    assert_eq!(verify().await, Err(Damage::Missing { expected: 2, found: 3 }));
}

async fn an_act_that_is_dropped_leaves_no_entry(bed: Arc<Bed>) {
    let mut act = bed.store.act().await.unwrap();
    act.log(Event::default(), at(1)).await.unwrap();
    drop(act);
    append(&bed.store, "anna", "", "x", 1).await;
    assert_eq!(bed.store.verify_audit(None).await.unwrap().unwrap().number, 1);
}
