//! Where a device stands with its policy when it asks for something: served, or told to come for the policy,
//! and why ([MS-ASPROV] 3.2.5.1, [MS-ASCMD] 2.2.2).

use jiff::{SignedDuration, Timestamp};

use super::NamedPolicy;
use crate::device::PolicyState;

/// How often a device that sends no policy key at all is told to provision, before it is taken for one that
/// can't. Some that can send their first key only when they were told.
pub const PATIENCE: u8 = 3;

/// The policy that is in force for a device's account.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// The policy.
    pub named: &'a NamedPolicy,
    /// [`super::Policy::digest`] for the version that the device speaks.
    pub digest: &'a str,
}

/// Where a device stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It is served.
    Served,
    /// It sends no policy key, was told to provision often enough, and such devices are not allowed: 141.
    Incapable,
    /// It has not taken a policy, as far as we know: 142.
    Unprovisioned,
    /// It took the policy longer ago than the policy allows: 143.
    RefreshDue,
    /// Its key is not the one it was given, or what it was given it for has changed: 144.
    OtherKey,
}

impl PolicyState {
    /// Where the device stands. `sent` is the key that its request bears: 0 for a phone that has none yet, none
    /// for one that knows nothing of policies.
    pub fn standing(&self, wanted: Wanted<'_>, sent: Option<u32>, now: Timestamp) -> Standing {
        match (self.key, sent) {
            (_, None) if wanted.named.allow_non_provisionable => Standing::Served,
            (_, None) if self.asked >= PATIENCE => Standing::Incapable,
            (None, _) | (Some(_), None | Some(0)) => Standing::Unprovisioned,
            (Some(given), Some(sent)) if given != sent => Standing::OtherKey,
            _ if self.digest.as_deref() != Some(wanted.digest) => Standing::OtherKey,
            _ if self.is_refresh_due(wanted.named, now) => Standing::RefreshDue,
            _ => Standing::Served,
        }
    }

    /// Whether what the device has taken, if anything, is what is in force. The key of its request is not
    /// looked at: a Ping need not bear one.
    pub fn is_current(&self, wanted: Wanted<'_>, now: Timestamp) -> bool {
        self.key.is_none()
            || wanted.named.allow_non_provisionable
            || (self.digest.as_deref() == Some(wanted.digest) && !self.is_refresh_due(wanted.named, now))
    }

    fn is_refresh_due(&self, named: &NamedPolicy, now: Timestamp) -> bool {
        let Some(hours) = named.refresh_hours else { return false };
        let taken = Timestamp::from_millisecond(self.taken).unwrap_or(Timestamp::MIN);
        now.duration_since(taken) >= SignedDuration::from_hours(hours.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 60 * 60 * 1000;

    fn at(hours: i64) -> Timestamp {
        Timestamp::from_millisecond(hours * HOUR).unwrap()
    }

    fn provisioned() -> PolicyState {
        PolicyState {
            key: Some(7),
            digest: Some("d".to_owned()),
            taken: 100 * HOUR,
            ..PolicyState::default()
        }
    }

    #[test]
    fn each_reason_is_told_from_the_others() {
        let strict = NamedPolicy::default();
        let lenient = NamedPolicy { allow_non_provisionable: true, ..NamedPolicy::default() };
        let fresh = PolicyState::default();
        let told = PolicyState { asked: PATIENCE, ..PolicyState::default() };
        let has = provisioned();
        use Standing::{Incapable, OtherKey, RefreshDue, Served, Unprovisioned};
        for (state, named, digest, sent, hours, expected) in [
            (&fresh, &strict, "d", Some(0), 100, Unprovisioned),
            (&fresh, &strict, "d", Some(7), 100, Unprovisioned),
            (&fresh, &strict, "d", None, 100, Unprovisioned),
            (&told, &strict, "d", None, 100, Incapable),
            (&told, &strict, "d", Some(0), 100, Unprovisioned),
            (&fresh, &lenient, "d", None, 100, Served),
            (&told, &lenient, "d", None, 100, Served),
            (&fresh, &lenient, "d", Some(0), 100, Unprovisioned),
            (&has, &strict, "d", Some(7), 100, Served),
            (&has, &strict, "d", Some(7), 123, Served),
            (&has, &strict, "d", Some(7), 124, RefreshDue),
            (&has, &strict, "d", Some(7), 90, Served),
            (&has, &strict, "d", Some(8), 100, OtherKey),
            (&has, &strict, "e", Some(7), 100, OtherKey),
            (&has, &strict, "e", Some(7), 124, OtherKey),
            (&has, &strict, "d", Some(0), 100, Unprovisioned),
            (&has, &strict, "d", None, 100, Unprovisioned),
        ] {
            let standing = state.standing(Wanted { named, digest }, sent, at(hours));
            assert_eq!(standing, expected, "{state:?} {digest} {sent:?} {hours}");
        }
    }

    #[test]
    fn without_an_interval_only_a_change_counts() {
        let named = NamedPolicy { refresh_hours: None, ..NamedPolicy::default() };
        let wanted = |digest| Wanted { named: &named, digest };
        assert!(provisioned().is_current(wanted("d"), at(10_000)));
        assert!(!provisioned().is_current(wanted("e"), at(100)));
        assert!(PolicyState::default().is_current(wanted("e"), at(100)), "it was never given one");
        let daily = NamedPolicy::default();
        assert!(!provisioned().is_current(Wanted { named: &daily, digest: "d" }, at(124)));
    }
}
