//! Policies, who has which, and feature switches.

use std::collections::BTreeSet;
use std::sync::Arc;

use fieldpost_domain::AccountId;
use fieldpost_domain::directory::EntryId;
use fieldpost_domain::policy::assignment::Holder;
use fieldpost_domain::policy::{NamedPolicy, Policy};
use fieldpost_domain::switches::{AccountSwitches, Switches};
use fieldpost_store::{Act, NewGroup, Rules, StoreError};

use crate::bed::Bed;

crate::suite!(policies_are_kept, groups_have_their_order_and_members, switches_are_kept, an_act_is_whole);

fn named(name: &str) -> NamedPolicy {
    NamedPolicy { name: name.to_owned(), ..NamedPolicy::default() }
}

/// Does something in an act of its own.
async fn act<T>(bed: &Bed, work: impl AsyncFnOnce(&mut Act) -> Result<T, StoreError>) -> T {
    let mut act = bed.store.act().await.unwrap();
    let done = work(&mut act).await.unwrap();
    act.commit().await.unwrap();
    done
}

async fn group(bed: &Bed, address: &str, members: &[&str]) -> EntryId {
    let new = NewGroup { address: address.to_owned(), ..NewGroup::default() };
    let id = bed.store.create_group(new).await.unwrap().id;
    for member in members {
        assert!(bed.store.add_member(id, member).await.unwrap());
    }
    id
}

async fn policies_are_kept(bed: Arc<Bed>) {
    let anna = bed.account("anna@example.org").await.id;
    let before = bed.store.rules().await.unwrap();
    assert_eq!(before, Rules { revision: before.revision, ..Rules::default() });

    assert_eq!(act(&bed, async |act| act.put_policy(&named("Sales")).await).await, None);
    let strict = NamedPolicy {
        policy: Policy { device_password_enabled: Some(true), ..Policy::NOTHING },
        refresh_hours: None,
        ..named("SALES")
    };
    assert_eq!(act(&bed, async |act| act.put_policy(&strict).await).await, Some(named("Sales")));
    act(&bed, async |act| act.put_policy(&named("board")).await).await;
    let again = bed.again().await;
    assert_eq!(again.policies().await.unwrap(), [named("board"), strict.clone()]);
    assert_eq!(again.policy("sales").await.unwrap(), Some(strict));
    assert_eq!(again.policy("nobody's").await.unwrap(), None);

    let holder = Holder::Account(anna);
    act(&bed, async |act| act.assign_policy(holder, Some("Sales")).await).await;
    act(&bed, async |act| act.set_default_policy(Some("Board")).await).await;
    act(&bed, async |act| act.exempt_from_policies(AccountId(7), true).await).await;
    act(&bed, async |act| act.exempt_from_policies(AccountId(7), true).await).await;
    let rules = again.rules().await.unwrap();
    assert!(rules.revision > before.revision);
    assert_eq!(rules.assignments.accounts.get(&anna).map(String::as_str), Some("sales"));
    assert_eq!(rules.assignments.default.as_deref(), Some("board"));
    assert_eq!(rules.assignments.exempt, BTreeSet::from([AccountId(7)]));

    assert!(act(&bed, async |act| act.has_policy("sales").await).await);
    assert!(!act(&bed, async |act| act.has_policy("nobody's").await).await);
    assert_eq!(act(&bed, async |act| act.delete_policy("Sales").await).await, Some(1), "anna has it");
    assert_eq!(act(&bed, async |act| act.delete_policy("nobody's").await).await, None);
    act(&bed, async |act| act.assign_policy(holder, None).await).await;
    act(&bed, async |act| act.set_default_policy(None).await).await;
    act(&bed, async |act| act.exempt_from_policies(AccountId(7), false).await).await;
    assert_eq!(act(&bed, async |act| act.delete_policy("Sales").await).await, Some(0));
    let rules = again.rules().await.unwrap();
    assert_eq!((rules.policies, rules.assignments), (vec![named("board")], Default::default()));
    again.close().await;
}

async fn groups_have_their_order_and_members(bed: Arc<Bed>) {
    let anna = bed.account("anna@example.org").await.id;
    let inner = group(&bed, "inner@example.org", &["ANNA@example.org", "outer@example.org"]).await;
    let outer = group(&bed, "outer@example.org", &["inner@example.org", "bert@example.org", "x@y.z"]).await;
    let other = group(&bed, "other@example.org", &[]).await;
    act(&bed, async |act| act.put_policy(&named("p")).await).await;
    for id in [outer, inner, other] {
        act(&bed, async |act| act.assign_policy(Holder::Group(id), Some("p")).await).await;
    }
    let order = |rules: &Rules| rules.assignments.groups.iter().map(|(id, _)| *id).collect::<Vec<_>>();
    let rules = bed.store.rules().await.unwrap();
    assert_eq!(order(&rules), [outer, inner, other]);
    // The two are in each other; bert's account is made only now.
    assert_eq!(rules.members[&outer], BTreeSet::from([anna]));
    let bert = bed.account("bert@example.org").await.id;
    let later = bed.store.rules().await.unwrap();
    assert!(later.revision > rules.revision, "an account may be a member by its address");
    assert_eq!(later.members[&outer], BTreeSet::from([anna, bert]));
    assert_eq!(later.members[&inner], BTreeSet::from([anna, bert]));
    assert_eq!(later.members[&other], BTreeSet::new());

    act(&bed, async |act| act.order_policy_groups(&[other, outer]).await).await;
    assert_eq!(order(&bed.store.rules().await.unwrap()), [other, outer, inner]);
    let before = bed.store.rules_revision().await.unwrap();
    assert!(bed.store.remove_member(outer, "inner@example.org").await.unwrap());
    let rules = bed.store.rules().await.unwrap();
    assert!(rules.revision > before);
    assert_eq!(rules.members[&outer], BTreeSet::from([bert]));

    // A group whose address was a member before there was such a group.
    bed.store.add_member(other, "late@example.org").await.unwrap();
    let before = bed.store.rules_revision().await.unwrap();
    group(&bed, "late@example.org", &["anna@example.org"]).await;
    let rules = bed.store.rules().await.unwrap();
    assert!(rules.revision > before);
    assert_eq!(rules.members[&other], BTreeSet::from([anna]));

    // A group that goes takes its assignment along, and then the policy can go.
    for id in [outer, inner, other] {
        bed.store.remove_entry(id).await.unwrap();
    }
    assert!(bed.store.rules_revision().await.unwrap() > rules.revision);
    assert_eq!(act(&bed, async |act| act.delete_policy("p").await).await, Some(0));
}

async fn switches_are_kept(bed: Arc<Bed>) {
    let anna = bed.account("anna@example.org").await.id;
    assert_eq!(bed.store.switches().await.unwrap(), Switches::default());
    assert_eq!(bed.store.account_switches(anna).await.unwrap(), AccountSwitches::default());
    let organisation = Switches { direct_push: false, ..Switches::default() };
    let hers = AccountSwitches { max_devices: Some(2), ..AccountSwitches::default() };
    let before = bed.store.rules_revision().await.unwrap();
    act(&bed, async |act| act.put_switches(&organisation).await).await;
    act(&bed, async |act| act.put_account_switches(anna, &hers).await).await;
    let again = bed.again().await;
    assert_eq!(again.switches().await.unwrap(), organisation);
    assert_eq!(again.account_switches(anna).await.unwrap(), hers);
    let rules = again.rules().await.unwrap();
    assert!(rules.revision > before);
    assert_eq!((rules.switches, rules.account_switches[&anna].clone()), (organisation, hers));
    again.close().await;
}

async fn an_act_is_whole(bed: Arc<Bed>) {
    let before = bed.store.rules().await.unwrap();
    let mut act = bed.store.act().await.unwrap();
    act.put_policy(&named("p")).await.unwrap();
    act.set_default_policy(Some("p")).await.unwrap();
    drop(act);
    assert_eq!(bed.store.rules().await.unwrap(), before);
}
