//! What is decided about devices: kept apart from what they say, found by lists, and what becomes of states.

use std::sync::Arc;

use fieldpost_domain::AccountId;
use fieldpost_domain::admission::{Action, DeviceAccess, Personal};
use fieldpost_domain::device::{Control, Device, Standing};
use fieldpost_domain::wipe::{Wipe, WipeKind};
use fieldpost_store::{DeviceCount, DeviceFilter, DeviceOrder, QUARANTINE_STATES};

use crate::bed::{Bed, at};

crate::suite!(
    decisions_and_words_do_not_undo_each_other,
    devices_are_listed_by_pages,
    devices_are_counted_by_version,
    devices_are_found_by_what_users_type,
    quarantine_takes_and_leaves_states,
    a_device_is_forgotten_whole,
    decisions_have_revisions,
    groups_in_groups,
);

fn device(id: &str, kind: &str, last_seen: i64) -> Device {
    Device { device_id: id.into(), device_type: kind.into(), last_seen, ..Device::default() }
}

async fn decide(bed: &Bed, account: AccountId, id: &str, change: impl FnOnce(&mut Control)) {
    let mut act = bed.store.act().await.unwrap();
    let (_, before) = act.device(account, id).await.unwrap().unwrap();
    let mut control = before.clone();
    change(&mut control);
    act.put_control(account, id, &before, &control).await.unwrap();
    act.commit().await.unwrap();
}

fn access(state: Action) -> DeviceAccess {
    DeviceAccess { state, because: "a rule".into(), since: at(1), until: None }
}

async fn decisions_and_words_do_not_undo_each_other(bed: Arc<Bed>) {
    let anna = bed.account("anna@example.org").await.id;
    assert_eq!(bed.store.known_device(anna, "A").await.unwrap().device, None);
    bed.store.put_device(anna, &device("A", "iPhone", 1)).await.unwrap();
    let wipe = Wipe::order(None, WipeKind::Full, "bert", None, false, at(5)).unwrap();
    decide(&bed, anna, "A", |control| control.wipe = Some(wipe.clone())).await;
    // The phone's next request writes what it says.
    bed.store.put_device(anna, &device("A", "iPad", 9)).await.unwrap();
    let mut act = bed.store.act().await.unwrap();
    let personal = Personal { action: Action::Block, by: "bert".into(), at: at(6) };
    act.put_personal(anna, "A", Some(&personal)).await.unwrap();
    act.put_personal(anna, "NEVER-CAME", Some(&personal)).await.unwrap();
    act.commit().await.unwrap();
    let known = bed.again().await.known_device(anna, "A").await.unwrap();
    assert_eq!(known.device.unwrap().device_type, "iPad");
    assert_eq!(known.control.wipe, Some(wipe));
    assert_eq!(known.control.personal, Some(personal.clone()));
    let lists = bed.store.personal_lists(anna).await.unwrap();
    assert_eq!(lists, ["A", "NEVER-CAME"].map(|id| (id.to_owned(), personal.clone())));
    let never = bed.store.known_device(anna, "NEVER-CAME").await.unwrap();
    assert_eq!((never.device, never.control.personal), (None, Some(personal)));
    // An act that is dropped changed nothing.
    let mut act = bed.store.act().await.unwrap();
    act.delete_device(anna, "A").await.unwrap();
    drop(act);
    assert!(bed.store.device(anna, "A").await.unwrap().is_some());
}

async fn devices_are_listed_by_pages(bed: Arc<Bed>) {
    let anna = bed.account("anna@example.org").await.id;
    let bert = bed.account("Bert@example.org").await.id;
    for n in 0..25 {
        bed.store.put_device(anna, &device(&format!("A{n:02}"), "iPhone", n)).await.unwrap();
        bed.store.put_device(bert, &device(&format!("A{n:02}"), "Android", 100 - n)).await.unwrap();
    }
    let all = async |filter: &DeviceFilter, order, limit| -> Vec<(AccountId, String)> {
        let (mut rows, mut after) = (Vec::new(), None);
        loop {
            let (page, next) = bed.store.list_devices(filter, order, after.as_deref(), limit).await.unwrap();
            assert!(page.len() <= limit);
            rows.extend(page.into_iter().map(|listed| (listed.account, listed.device.device_id)));
            match next {
                Some(next) => after = Some(next),
                None => return rows,
            }
        }
    };
    let everything = DeviceFilter::default();
    let by_owner = all(&everything, DeviceOrder::Owner, 7).await;
    assert_eq!(by_owner.len(), 50);
    assert_eq!((&by_owner[0], &by_owner[25]), (&(anna, "A00".into()), &(bert, "A00".into())));
    assert_eq!(by_owner, all(&everything, DeviceOrder::Owner, 500).await);
    let by_time = all(&everything, DeviceOrder::LastSeen, 7).await;
    assert_eq!((&by_time[0], &by_time[49]), (&(bert, "A00".into()), &(anna, "A00".into())));
    assert_eq!(by_time, all(&everything, DeviceOrder::LastSeen, 500).await);
    decide(&bed, bert, "A07", |control| control.access = Some(access(Action::Quarantine))).await;
    let quarantined = DeviceFilter { standing: Some(Standing::Quarantined), ..DeviceFilter::default() };
    assert_eq!(all(&quarantined, DeviceOrder::LastSeen, 7).await, [(bert, "A07".into())]);
    let own = DeviceFilter { account: Some(anna), not_since: Some(3), ..DeviceFilter::default() };
    assert_eq!(all(&own, DeviceOrder::Owner, 2).await.len(), 3);
    let counts = bed.store.count_devices().await.unwrap();
    assert_eq!(counts, [(Standing::Allowed, 49), (Standing::Quarantined, 1)]);
    let order = DeviceOrder::LastSeen;
    assert!(bed.store.list_devices(&everything, order, Some("nowhere"), 7).await.is_err());
}

async fn devices_are_counted_by_version(bed: Arc<Bed>) {
    let anna = bed.account("anna@example.org").await.id;
    for (id, version) in [("A", Some("16.1")), ("B", Some("14.1")), ("C", Some("16.1")), ("D", None)] {
        let version = version.map(str::to_owned);
        bed.store.put_device(anna, &Device { version, ..device(id, "iPhone", 1) }).await.unwrap();
    }
    decide(&bed, anna, "C", |control| control.access = Some(access(Action::Block))).await;
    let count = |version: Option<&str>, standing, devices| DeviceCount {
        version: version.map(str::to_owned),
        standing,
        devices,
    };
    let mut expected = vec![
        count(None, Standing::Allowed, 1),
        count(Some("14.1"), Standing::Allowed, 1),
        count(Some("16.1"), Standing::Allowed, 1),
        count(Some("16.1"), Standing::Blocked, 1),
    ];
    assert_eq!(bed.store.device_versions().await.unwrap(), expected);
    // A phone's next request may speak another; and what an older program wrote is read at the next start.
    let version = Some("16.1".to_owned());
    bed.store.put_device(anna, &Device { version, ..device("D", "iPhone", 2) }).await.unwrap();
    bed.execute("UPDATE device_listing SET version = NULL WHERE device_id IN ('B', 'C')").await;
    let again = bed.again().await;
    expected.remove(0);
    expected[1].devices = 2;
    assert_eq!(again.device_versions().await.unwrap(), expected);
    again.close().await;
}

async fn devices_are_found_by_what_users_type(bed: Arc<Bed>) {
    let anna = bed.account("anna@example.org").await.id;
    let mut phone = device("APPL123", "iPhone", 1);
    phone.information.model = Some("100%_Sure".into());
    phone.information.friendly_name = Some("Ännas Telefon\0".into());
    bed.store.put_device(anna, &phone).await.unwrap();
    let found = async |text: &str| {
        let filter = DeviceFilter { text: Some(text.into()), ..DeviceFilter::default() };
        bed.store.list_devices(&filter, DeviceOrder::Owner, None, 10).await.unwrap().0.len()
    };
    for text in ["appl", "ANNA@ iphone", "100%_", "ännas", "", "  "] {
        assert_eq!(found(text).await, 1, "{text}");
    }
    for text in ["android", "anna android", "100__", "%sure", "appl' OR '1'='1", "\0"] {
        let expected = usize::from(text == "\0");
        assert_eq!(found(text).await, expected, "{text}");
    }
}

async fn quarantine_takes_and_leaves_states(bed: Arc<Bed>) {
    let anna = bed.account("anna@example.org").await.id;
    bed.store.put_device(anna, &device("A", "iPhone", 1)).await.unwrap();
    bed.store.put_device(anna, &device("B", "iPhone", 1)).await.unwrap();
    let inside = |name: &str| format!("{QUARANTINE_STATES}{name}");
    let states = async |names: &[&str]| -> Vec<bool> {
        let mut there = Vec::new();
        for name in names {
            there.push(bed.store.sync_state(anna, "A", name).await.unwrap().is_some());
        }
        there
    };
    let all: [(&str, &[u8]); 4] = [("1", b"x"), ("2", b"x"), ("hierarchy", b"x"), (&inside("1"), b"old")];
    bed.store.put_sync_states(anna, "A", &all).await.unwrap();
    bed.store.put_sync_states(anna, "B", &[("1", b"x")]).await.unwrap();
    decide(&bed, anna, "A", |control| control.access = Some(access(Action::Quarantine))).await;
    assert_eq!(states(&["1", "2", "hierarchy", &inside("1")]).await, [true, true, true, false]);
    bed.store.put_sync_states(anna, "A", &[(inside("1").as_str(), b"new")]).await.unwrap();
    decide(&bed, anna, "A", |control| control.access = Some(access(Action::Allow))).await;
    assert_eq!(states(&["1", "2", "hierarchy", &inside("1")]).await, [false, true, true, true]);
    assert!(bed.store.sync_state(anna, "B", "1").await.unwrap().is_some());
}

async fn a_device_is_forgotten_whole(bed: Arc<Bed>) {
    let anna = bed.account("anna@example.org").await.id;
    for id in ["A", "B"] {
        bed.store.put_device(anna, &device(id, "iPhone", 1)).await.unwrap();
        bed.store.put_sync_states(anna, id, &[("1", b"x")]).await.unwrap();
    }
    let mut act = bed.store.act().await.unwrap();
    assert!(act.delete_device(anna, "A").await.unwrap());
    assert!(!act.delete_device(anna, "Z").await.unwrap());
    act.commit().await.unwrap();
    assert_eq!(bed.store.devices(anna).await.unwrap(), [device("B", "iPhone", 1)]);
    assert_eq!(bed.store.sync_state(anna, "A", "1").await.unwrap(), None);
    let all = DeviceFilter::default();
    assert_eq!(bed.store.list_devices(&all, DeviceOrder::Owner, None, 9).await.unwrap().0.len(), 1);
}

async fn decisions_have_revisions(bed: Arc<Bed>) {
    let read = async || bed.store.decision::<Vec<u32>>("admission").await.unwrap();
    assert_eq!(read().await, (vec![], 0));
    for n in 1..=2 {
        let mut act = bed.store.act().await.unwrap();
        act.put_decision("admission", &vec![n]).await.unwrap();
        act.commit().await.unwrap();
        assert_eq!(read().await, (vec![n], i64::from(n)));
    }
    assert_eq!(bed.store.known_device(AccountId(1), "A").await.unwrap().rules, 2);
}

async fn groups_in_groups(bed: Arc<Bed>) {
    let group = async |address: &str| {
        let new = fieldpost_store::NewGroup { address: address.into(), ..Default::default() };
        bed.store.create_group(new).await.unwrap().id
    };
    let (inner, outer) = (group("Inner@example.org").await, group("outer@example.org").await);
    bed.store.add_member(inner, "Anna@example.org").await.unwrap();
    bed.store.add_member(outer, "inner@example.org").await.unwrap();
    // In a circle.
    bed.store.add_member(inner, "outer@example.org").await.unwrap();
    let of = async |address: &str| bed.store.groups_of(&[address.to_owned()]).await.unwrap();
    assert_eq!(of("anna@EXAMPLE.org").await, ["inner@example.org", "outer@example.org"]);
    assert_eq!(of("bert@example.org").await, [""; 0]);
}
