//! Tokens of the REST API.

use std::sync::Arc;

use fieldpost_domain::role::Role;
use fieldpost_store::{ApiToken, Store, carry_out};

use crate::bed::{Bed, at};

crate::suite!(kept_by_their_hash, names_are_taken_once);

fn token(name: &str, expires: Option<i64>) -> ApiToken {
    ApiToken {
        name: name.to_owned(),
        role: Role::HelpDesk,
        made_by: "root".to_owned(),
        created: at(1),
        expires: expires.map(at),
        used: None,
    }
}

async fn add(store: &Store, token: &ApiToken, seed: u8) -> bool {
    carry_out!(store.act(), |act| { act.add_api_token(token, &[seed; 32]).await }).unwrap()
}

async fn kept_by_their_hash(bed: Arc<Bed>) {
    let (lasting, short) = (token("b", None), token("a", Some(100)));
    assert!(add(&bed.store, &lasting, 1).await && add(&bed.store, &short, 2).await);
    let again = bed.again().await;
    assert_eq!(again.api_tokens().await.unwrap(), [short.clone(), lasting.clone()]);
    assert_eq!(again.use_api_token(&[3; 32], at(9)).await.unwrap(), None);
    assert_eq!(again.use_api_token(&[1; 32], at(9)).await.unwrap(), Some(lasting));
    // Its use is noted, not oftener than once an hour; that of one whose time is over is not.
    let used = async || {
        let all = again.api_tokens().await.unwrap();
        all.into_iter().map(|token| token.used).collect::<Vec<_>>()
    };
    again.use_api_token(&[1; 32], at(10)).await.unwrap();
    assert!(again.use_api_token(&[2; 32], at(100)).await.unwrap().unwrap().is_expired(at(100)));
    assert_eq!(used().await, [None, Some(at(9))]);
    again.use_api_token(&[1; 32], at(9 + 3600)).await.unwrap();
    assert_eq!(used().await, [None, Some(at(9 + 3600))]);
    let remove = async |name| carry_out!(again.act(), |act| { act.remove_api_token(name).await }).unwrap();
    assert!(remove("b").await && !remove("b").await);
    assert_eq!(again.use_api_token(&[1; 32], at(10)).await.unwrap(), None);
    again.close().await;
}

async fn names_are_taken_once(bed: Arc<Bed>) {
    let other = bed.again().await;
    let first = token("a", None);
    let (one, two) = tokio::join!(add(&bed.store, &first, 1), add(&other, &first, 2));
    assert!(one != two);
    assert_eq!(bed.store.api_tokens().await.unwrap(), [first]);
    other.close().await;
}
