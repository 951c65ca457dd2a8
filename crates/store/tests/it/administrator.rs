//! Administrators and their second factors; and that an owner is always left.

use std::sync::Arc;
use std::time::Duration;

use fieldpost_domain::AccountId;
use fieldpost_domain::role::Role;
use fieldpost_store::{
    Administrator, AdministratorKind, NewAdministrator, Person, SecondFactor, Store, StoreError, carry_out,
};

use crate::bed::{Bed, at};

crate::suite!(
    made_found_and_removed,
    passwords,
    second_factors,
    recovery_codes_are_used_once,
    an_owner_is_left_however_many_go_at_once,
);

fn new(kind: AdministratorKind, name: &str, role: Role) -> NewAdministrator {
    let password_hash = (kind == AdministratorKind::Own).then(|| format!("phc of {name}"));
    NewAdministrator { kind, name: name.to_owned(), role, password_hash, one_time: true }
}

async fn add(store: &Store, new: &NewAdministrator) -> Option<Administrator> {
    let added = carry_out!(store.act(), |act| { act.add_administrator(new, at(5)).await });
    added.unwrap()
}

async fn made_found_and_removed(bed: Arc<Bed>) {
    let root = add(&bed.store, &new(AdministratorKind::Own, "Röot", Role::Owner)).await.unwrap();
    assert_eq!((root.one_time, root.created), (true, at(5)));
    let group = new(AdministratorKind::Group, "help@example.org", Role::HelpDesk);
    let group = add(&bed.store, &group).await.unwrap();
    assert_eq!(add(&bed.store, &new(AdministratorKind::Own, "rÖOT", Role::View)).await, None);
    // The same name of another kind is somebody else.
    let account = new(AdministratorKind::Account, "help@example.org", Role::View);
    let account = add(&bed.store, &account).await.unwrap();
    let again = bed.again().await;
    assert_eq!(again.administrators().await.unwrap(), [root.clone(), account, group.clone()]);
    assert_eq!(again.administrator(root.id).await.unwrap(), Some(root.clone()));
    let found = again.administrator_by_name(AdministratorKind::Group, "Help@Example.ORG").await.unwrap();
    assert_eq!(found, Some(group.clone()));
    let set = async |id, role| carry_out!(again.act(), |act| { act.set_administrator_role(id, role).await });
    assert!(set(group.id, Role::Policy).await.unwrap());
    assert!(!set(999, Role::Policy).await.unwrap());
    let changed = Administrator { role: Role::Policy, ..group };
    assert_eq!(again.administrator(changed.id).await.unwrap(), Some(changed));
    let remove = async |id| carry_out!(again.act(), |act| { act.remove_administrator(id).await }).unwrap();
    assert!(remove(root.id).await);
    assert!(!remove(root.id).await);
    assert_eq!(again.administrator(root.id).await.unwrap(), None);
    // Numbers are never used again: sessions and log entries name them.
    let next = add(&again, &new(AdministratorKind::Own, "root", Role::Owner)).await.unwrap();
    assert!(next.id > root.id);
    again.close().await;
}

async fn passwords(bed: Arc<Bed>) {
    let store = &bed.store;
    let root = add(store, &new(AdministratorKind::Own, "root", Role::Owner)).await.unwrap().id;
    let account = new(AdministratorKind::Account, "anna@example.org", Role::View);
    let account = add(store, &account).await.unwrap().id;
    assert_eq!(store.administrator_password(root).await.unwrap().as_deref(), Some("phc of root"));
    assert_eq!(store.administrator_password(account).await.unwrap(), None);
    store.choose_administrator_password(root, "chosen").await.unwrap();
    assert_eq!(store.administrator_password(root).await.unwrap().as_deref(), Some("chosen"));
    assert!(!store.administrator(root).await.unwrap().unwrap().one_time);
    let set = async |id| {
        carry_out!(store.act(), |act| { act.set_administrator_password(id, "given", true).await }).unwrap()
    };
    assert!(set(root).await);
    assert!(!set(account).await, "it signs in with the password of its mail");
    assert!(store.administrator(root).await.unwrap().unwrap().one_time);
}

async fn second_factors(bed: Arc<Bed>) {
    let store = &bed.store;
    let (root, anna) = (Person::Administrator(1), Person::Account(AccountId(1)));
    assert_eq!(store.second_factor(root).await.unwrap(), None);
    assert!(store.prepare_second_factor(root, b"first").await.unwrap());
    assert!(store.prepare_second_factor(root, b"\0\xffsecond").await.unwrap());
    store.confirm_second_factor(root, &["a".to_owned()]).await.unwrap();
    assert!(!store.prepare_second_factor(root, b"third").await.unwrap(), "a confirmed one stays");
    let factor = store.second_factor(root).await.unwrap().unwrap();
    assert_eq!(
        (factor.secret.as_slice(), factor.confirmed, factor.last_step),
        (&b"\0\xffsecond"[..], true, 0)
    );
    assert_eq!(store.second_factor(anna).await.unwrap(), None);
    assert_eq!(store.second_factors().await.unwrap(), [(root, factor.clone())]);
    store.replace_secret(root, b"another", b"lost").await.unwrap();
    store.replace_secret(root, &factor.secret, b"sealed").await.unwrap();
    let sealed = store.second_factor(root).await.unwrap().unwrap();
    assert_eq!(sealed, SecondFactor { secret: b"sealed".to_vec(), ..factor });
    assert!(store.use_step(root, 7).await.unwrap());
    assert!(!store.use_step(root, 7).await.unwrap() && !store.use_step(root, 6).await.unwrap());
    let (a, b) = tokio::join!(store.use_step(root, 8), store.use_step(root, 8));
    assert!(a.unwrap() != b.unwrap(), "a code is good for one sign-in, however many come at once");
    store.reset_second_factor(root).await.unwrap();
    assert_eq!(store.second_factor(root).await.unwrap(), None);
    assert!(!store.use_recovery_code(root, "a").await.unwrap());
}

async fn recovery_codes_are_used_once(bed: Arc<Bed>) {
    let (store, root) = (&bed.store, Person::Administrator(1));
    store.prepare_second_factor(root, b"secret").await.unwrap();
    store.confirm_second_factor(root, &["a".to_owned(), "b".to_owned()]).await.unwrap();
    assert!(!store.use_recovery_code(Person::Administrator(2), "a").await.unwrap());
    assert!(!store.use_recovery_code(root, "c").await.unwrap());
    let (one, other) = tokio::join!(store.use_recovery_code(root, "a"), store.use_recovery_code(root, "a"));
    assert!(one.unwrap() != other.unwrap());
    store.confirm_second_factor(root, &["c".to_owned()]).await.unwrap();
    assert!(!store.use_recovery_code(root, "b").await.unwrap(), "new codes stand in place of the old");
}

/// What `Administration` does: it looks who is left after its own change, and takes it back where nobody is.
async fn go(store: &Store, id: i64, remove: bool) -> Result<(), StoreError> {
    carry_out!(store.act(), |act| {
        let before = act.owners().await?;
        match remove {
            true => act.remove_administrator(id).await?,
            false => act.set_administrator_role(id, Role::View).await?,
        };
        // Time enough for the others to look as well.
        tokio::time::sleep(Duration::from_millis(50)).await;
        match before > 0 && act.owners().await? == 0 {
            true => Err(StoreError::Limit("the last owner stays")),
            false => Ok(()),
        }
    })
}

async fn an_owner_is_left_however_many_go_at_once(bed: Arc<Bed>) {
    let other = bed.again().await;
    for round in 0..3 {
        let mut ids = Vec::new();
        for n in 0..3 {
            let name = format!("owner{round}{n}");
            ids.push(add(&bed.store, &new(AdministratorKind::Own, &name, Role::Owner)).await.unwrap().id);
        }
        let (a, b, c) = tokio::join!(
            go(&bed.store, ids[0], true),
            go(&other, ids[1], false),
            go(&bed.store, ids[2], true)
        );
        let outcomes: Vec<_> = ids.into_iter().zip([a, b, c]).collect();
        let refused: Vec<_> = outcomes.iter().filter(|(_, outcome)| outcome.is_err()).collect();
        let all = bed.store.administrators().await.unwrap();
        let owners: Vec<_> = all.iter().filter(|one| one.role == Role::Owner).map(|one| one.id).collect();
        assert_eq!(refused.len(), 1, "{outcomes:?}");
        assert_eq!(owners, [refused[0].0]);
        // So that the next round begins without any.
        carry_out!(bed.store.act(), |act| { act.remove_administrator(owners[0]).await }).unwrap();
    }
    other.close().await;
}
