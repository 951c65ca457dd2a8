//! Slows down a phone that asks "is there news?", hears yes, and asks again without fetching it. Some
//! do, with a folder that they watch and never synchronise; without this they would do nothing else
//! until the battery is empty.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use fieldpost_domain::AccountId;
use jiff::{SignedDuration, Timestamp};

/// Answers in a row that are not held back.
const FREE: u32 = 3;
/// The longest time for which one is held back.
const LONGEST: Duration = Duration::from_secs(60);
/// After this time a phone begins anew.
const FORGIVEN: SignedDuration = SignedDuration::from_mins(10);
/// Phones that are kept in mind; beyond, those that are forgiven are dropped.
const MANY: usize = 4096;

#[derive(Debug, Clone, Copy)]
struct Streak {
    answers: u32,
    last: Timestamp,
}

type Streaks = HashMap<(AccountId, Box<str>), Streak>;

/// The phones that are in a hurry.
#[derive(Default)]
pub struct Pace(Mutex<Streaks>);

impl Pace {
    fn lock(&self) -> MutexGuard<'_, Streaks> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A Ping of this phone would be answered at once, at `now`. How long to hold the answer back.
    pub fn answer_at_once(&self, account: AccountId, device_id: &str, now: Timestamp) -> Duration {
        let mut streaks = self.lock();
        let fresh = |s: &Streak| now.duration_since(s.last) < FORGIVEN;
        if streaks.len() >= MANY {
            streaks.retain(|_, streak| fresh(streak));
        }
        let streak = streaks.entry((account, device_id.into())).or_insert(Streak { answers: 0, last: now });
        if !fresh(streak) {
            streak.answers = 0;
        }
        streak.answers = streak.answers.saturating_add(1);
        streak.last = now;
        match streak.answers.saturating_sub(FREE) {
            0 => Duration::ZERO,
            excess => Duration::from_secs(1 << excess.min(6)).min(LONGEST),
        }
    }

    /// The phone synchronised, or waited as it should.
    pub fn at_ease(&self, account: AccountId, device_id: &str) {
        let mut streaks = self.lock();
        // Most phones are never in here; no key is made for them.
        if !streaks.is_empty() {
            streaks.remove(&(account, Box::from(device_id)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_phone_that_does_not_fetch_is_slowed_down() {
        let pace = Pace::default();
        let now = Timestamp::UNIX_EPOCH;
        let ask = |at| pace.answer_at_once(AccountId(1), "A", at).as_secs();
        assert_eq!([ask(now), ask(now), ask(now), ask(now), ask(now)], [0, 0, 0, 2, 4]);
        assert_eq!(pace.answer_at_once(AccountId(1), "B", now), Duration::ZERO);
        for _ in 0..40 {
            assert!(ask(now) <= 60);
        }
        assert_eq!(ask(now + FORGIVEN), 0);
        pace.at_ease(AccountId(1), "A");
        assert_eq!(ask(now), 0);
    }
}
