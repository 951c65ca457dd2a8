//! Devices and their sync states.

use std::sync::Arc;

use fieldpost_domain::AccountId;
use fieldpost_domain::device::Device;

use crate::bed::Bed;

crate::suite!(devices_are_kept, states_are_kept);

fn device(id: &str, last_seen: i64) -> Device {
    let mut device = Device {
        device_id: id.to_owned(),
        device_type: "iPhone".to_owned(),
        user_agent: Some("Apple-iPhone\u{0}16,1".to_owned()),
        last_seen,
        ..Device::default()
    };
    device.policy.key = Some(u32::MAX);
    device
}

async fn devices_are_kept(bed: Arc<Bed>) {
    let (anna, bert) = (AccountId(1), AccountId(2));
    assert_eq!(bed.store.device(anna, "b").await.unwrap(), None);
    bed.store.put_device(anna, &device("b", 1)).await.unwrap();
    bed.store.put_device(anna, &device("a", 1)).await.unwrap();
    bed.store.put_device(bert, &device("b", 5)).await.unwrap();
    bed.store.put_device(anna, &device("b", 2)).await.unwrap();
    let again = bed.again().await;
    assert_eq!(again.device(anna, "b").await.unwrap(), Some(device("b", 2)));
    assert_eq!(again.device(anna, "B").await.unwrap(), None);
    assert_eq!(again.devices(anna).await.unwrap(), [device("a", 1), device("b", 2)]);
    assert_eq!(again.devices(bert).await.unwrap(), [device("b", 5)]);
    assert_eq!(again.devices(AccountId(3)).await.unwrap(), []);
    again.close().await;
}

async fn states_are_kept(bed: Arc<Bed>) {
    let anna = AccountId(1);
    let large: Vec<u8> = (0u32..300_000).map(|n| n.wrapping_mul(2_654_435_761).to_be_bytes()[0]).collect();
    assert_eq!(bed.store.sync_state(anna, "a", "1").await.unwrap(), None);
    bed.store.put_sync_states(anna, "a", &[("1", b"one"), ("hierarchy", b"")]).await.unwrap();
    bed.store.put_sync_states(anna, "b", &[("1", b"other")]).await.unwrap();
    bed.store.put_sync_states(anna, "a", &[("2", &large), ("1", b"\0\xff")]).await.unwrap();
    bed.store.put_sync_states(anna, "a", &[]).await.unwrap();
    let again = bed.again().await;
    assert_eq!(again.sync_state(anna, "a", "1").await.unwrap().as_deref(), Some(b"\0\xff".as_slice()));
    assert_eq!(again.sync_state(anna, "a", "2").await.unwrap(), Some(large));
    assert_eq!(again.sync_state(anna, "a", "hierarchy").await.unwrap(), Some(Vec::new()));
    again.delete_sync_states(anna, "a").await.unwrap();
    for collection in ["1", "2", "hierarchy"] {
        assert_eq!(again.sync_state(anna, "a", collection).await.unwrap(), None);
    }
    assert_eq!(again.sync_state(anna, "b", "1").await.unwrap().as_deref(), Some(b"other".as_slice()));
    again.close().await;
}
