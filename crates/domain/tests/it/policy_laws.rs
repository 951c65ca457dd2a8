//! Laws of policies: a phone that took one and then another obeys the second and nothing else.

use std::collections::BTreeMap;

use fieldpost_domain::policy::catalogue::{self, Kind, Setting};
use fieldpost_domain::policy::{FIELDS, Policy, Told, Value};
use fieldpost_eas::Version;
use fieldpost_phone::HeldPolicy;
use proptest::prelude::*;

/// A value in range, made of a number.
fn value(setting: &Setting, seed: u32) -> Value {
    let seed = i64::from(seed);
    match setting.kind {
        Kind::Flag => Value::Flag(seed % 2 == 1),
        Kind::Number { least, most, .. } => Value::Number(least + seed % (most - least + 1)),
        Kind::Choice(choices) => Value::Number(choices[usize::try_from(seed).unwrap() % choices.len()].0),
        Kind::Names => Value::List(vec![format!("app{seed}.exe")]),
        Kind::Hashes => Value::List(vec!["2jmj7l5rSw0yVb/vlWAYkK/YBwk=".to_owned()]),
    }
}

fn policies() -> impl Strategy<Value = Policy> {
    prop::collection::vec(prop::option::of(any::<u32>()), FIELDS.len()).prop_map(|seeds| {
        let mut policy = Policy::NOTHING;
        for (setting, seed) in catalogue::all().zip(seeds) {
            if let Some(seed) = seed {
                assert!(policy.set(setting.field, Some(value(setting, seed))), "{}", setting.field);
            }
        }
        policy
    })
}

fn versions() -> impl Strategy<Value = Version> {
    prop::sample::select(Version::ALL.to_vec())
}

/// What is asked of the phone, with its values.
fn asked(held: &HeldPolicy) -> BTreeMap<String, String> {
    held.asked().map(|name| (name.to_owned(), held.get(name).unwrap().to_owned())).collect()
}

proptest! {
    #[test]
    fn the_later_policy_is_obeyed_alone(first in policies(), second in policies(), version in versions()) {
        let mut phone = HeldPolicy::default();
        phone.take(&first.data(version, Told::default()), version);
        phone.take(&second.data(version, Told::of(&first)), version);
        let mut fresh = HeldPolicy::default();
        fresh.take(&second.data(version, Told::default()), version);
        prop_assert_eq!(asked(&phone), asked(&fresh));
    }

    /// A change of one setting changes the digest if and only if the phone sees it.
    #[test]
    fn a_digest_stands_for_what_a_phone_sees(
        first in policies(),
        at in 0..FIELDS.len(),
        seed in prop::option::of(any::<u32>()),
        version in versions(),
    ) {
        let setting = catalogue::all().nth(at).unwrap();
        let mut second = first.clone();
        prop_assert!(second.set(setting.field, seed.map(|seed| value(setting, seed))));
        let sees = |policy: &Policy| {
            let mut held = HeldPolicy::default();
            held.take(&policy.data(version, Told::default()), version);
            held
        };
        let same = first.digest(version) == second.digest(version);
        prop_assert_eq!(same, sees(&first) == sees(&second));
    }

    #[test]
    fn what_is_kept_is_read_again(policy in policies()) {
        let text = serde_json::to_string(&policy).unwrap();
        prop_assert_eq!(serde_json::from_str::<Policy>(&text).unwrap(), policy);
    }
}
