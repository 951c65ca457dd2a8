//! Which devices came with a wrong password last: their users changed it and not on the phone, which then asks for
//! it, or keeps silent. An administrator is told so on the device's page. In memory, and few: this is no log.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use fieldpost_domain::AccountId;
use jiff::Timestamp;

/// Devices that are remembered, the newest. Whoever invents device ids drives others out of it, and that is all.
const KEPT: usize = 4096;

struct Refusal {
    account: AccountId,
    device_id: Box<str>,
    at: Timestamp,
}

/// The devices, each with when it was refused last.
#[derive(Default)]
pub struct Refusals(Mutex<VecDeque<Refusal>>);

impl Refusals {
    /// A poisoned lock guards a list that is never left half changed.
    fn kept(&self) -> MutexGuard<'_, VecDeque<Refusal>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A device of this account, as it says, came with a wrong password.
    pub fn note(&self, account: AccountId, device_id: &str, now: Timestamp) {
        let mut kept = self.kept();
        kept.retain(|known| known.account != account || *known.device_id != *device_id);
        if kept.len() >= KEPT {
            kept.pop_front();
        }
        kept.push_back(Refusal { account, device_id: device_id.into(), at: now });
    }

    /// When that was last, where it is known.
    pub fn last(&self, account: AccountId, device_id: &str) -> Option<Timestamp> {
        let kept = self.kept();
        let found = kept.iter().find(|known| known.account == account && *known.device_id == *device_id);
        found.map(|known| known.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_of_each_is_known_and_the_newest_are_kept() {
        let refusals = Refusals::default();
        let at = |second: i64| Timestamp::from_second(second).unwrap();
        refusals.note(AccountId(1), "A", at(1));
        refusals.note(AccountId(1), "A", at(2));
        refusals.note(AccountId(2), "A", at(3));
        assert_eq!(refusals.last(AccountId(1), "A"), Some(at(2)));
        assert_eq!(refusals.last(AccountId(1), "B"), None);
        for n in 0..2 * KEPT {
            refusals.note(AccountId(3), &n.to_string(), at(4));
        }
        assert_eq!(refusals.kept().len(), KEPT);
        assert_eq!(refusals.last(AccountId(1), "A"), None);
        assert_eq!(refusals.last(AccountId(3), &(2 * KEPT - 1).to_string()), Some(at(4)));
    }
}
