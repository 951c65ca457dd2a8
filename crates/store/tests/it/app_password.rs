//! App passwords: made, bound to the first device that uses them, removed.

use std::sync::Arc;

use fieldpost_domain::AccountId;
use fieldpost_domain::app_password::{AppPassword, Hash, PER_ACCOUNT, Secret};
use fieldpost_store::{AppPasswordUse, Store, StoreError};

use crate::bed::{Bed, at};

crate::suite!(the_first_device_has_it, two_at_once, removed, not_without_end);

const ANNA: AccountId = AccountId(1);

fn hash(seed: u8) -> Hash {
    Secret::new([seed; 20]).hash(ANNA)
}

async fn make(store: &Store, seed: u8) -> Result<i64, StoreError> {
    let mut act = store.act().await?;
    let id = act.add_app_password(ANNA, "tablet", &hash(seed), at(0)).await?;
    act.commit().await?;
    Ok(id)
}

async fn by(store: &Store, seed: u8, device: Option<&str>, second: i64) -> AppPasswordUse {
    store.use_app_password(ANNA, &hash(seed), device, at(second)).await.unwrap()
}

async fn the_first_device_has_it(bed: Arc<Bed>) {
    let id = make(&bed.store, 1).await.unwrap();
    assert_eq!(by(&bed.store, 2, Some("A"), 0).await, AppPasswordUse::Unknown);
    assert_eq!(by(&bed.store, 1, None, 0).await, AppPasswordUse::Granted, "it is bound to nobody yet");
    assert_eq!(by(&bed.store, 1, Some("A"), 5).await, AppPasswordUse::Granted);
    let other = bed.store.use_app_password(AccountId(2), &hash(1), Some("A"), at(6)).await.unwrap();
    assert_eq!(other, AppPasswordUse::Unknown, "of another account");
    let again = bed.again().await;
    assert!(matches!(by(&again, 1, Some("B"), 7).await, AppPasswordUse::Foreign(_)));
    assert_eq!(by(&again, 1, Some("A"), 8).await, AppPasswordUse::Granted);
    assert_eq!(by(&again, 1, Some("A"), 9000).await, AppPasswordUse::Granted);
    let expected = AppPassword {
        id,
        name: "tablet".to_owned(),
        device_id: Some("A".to_owned()),
        created: at(0).as_millisecond(),
        used: Some(at(9000).as_millisecond()),
    };
    assert_eq!(again.app_passwords(ANNA).await.unwrap(), [expected]);
    assert!(again.app_passwords(AccountId(2)).await.unwrap().is_empty());
}

async fn two_at_once(bed: Arc<Bed>) {
    for seed in 1..=10 {
        make(&bed.store, seed).await.unwrap();
        let (a, b) = tokio::join!(by(&bed.store, seed, Some("A"), 1), by(&bed.store, seed, Some("B"), 1));
        let granted = [&a, &b].into_iter().filter(|used| **used == AppPasswordUse::Granted).count();
        assert_eq!(granted, 1, "{a:?} {b:?}");
    }
}

async fn removed(bed: Arc<Bed>) {
    let id = make(&bed.store, 1).await.unwrap();
    by(&bed.store, 1, Some("A"), 1).await;
    let remove = async |account| {
        let mut act = bed.store.act().await.unwrap();
        let gone = act.remove_app_password(account, id).await.unwrap();
        act.commit().await.unwrap();
        gone
    };
    assert_eq!(remove(AccountId(2)).await, None);
    assert_eq!(remove(ANNA).await.and_then(|gone| gone.device_id), Some("A".to_owned()));
    assert_eq!(remove(ANNA).await, None);
    assert_eq!(by(&bed.store, 1, Some("A"), 2).await, AppPasswordUse::Unknown);
}

async fn not_without_end(bed: Arc<Bed>) {
    for seed in 0..PER_ACCOUNT {
        let mut random = [0; 20];
        random[0] = (seed % 32) as u8;
        random[1] = (seed / 32) as u8;
        let mut act = bed.store.act().await.unwrap();
        act.add_app_password(ANNA, "x", &Secret::new(random).hash(ANNA), at(0)).await.unwrap();
        act.commit().await.unwrap();
    }
    assert!(matches!(make(&bed.store, 31).await, Err(StoreError::Limit(_))));
}
