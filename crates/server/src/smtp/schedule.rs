//! When to try again, and when to give up.

use jiff::{SignedDuration, Timestamp};

use crate::entropy::{self, Entropy};

/// How patient the queue is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Schedule {
    /// After the first failure; it doubles with each further one. Default 1 min.
    pub first: SignedDuration,
    /// The longest pause. Default 4 h.
    pub longest: SignedDuration,
    /// A message older than this is given back to its sender. Default 3 days.
    pub give_up: SignedDuration,
}

impl Default for Schedule {
    fn default() -> Schedule {
        Schedule {
            first: SignedDuration::from_mins(1),
            longest: SignedDuration::from_hours(4),
            give_up: SignedDuration::from_hours(72),
        }
    }
}

impl Schedule {
    /// When to try again after the failure of attempt number `failed` (the first: 1); `None`: give up.
    pub(super) fn next(
        &self,
        created: Timestamp,
        failed: u32,
        now: Timestamp,
        entropy: &dyn Entropy,
    ) -> Option<Timestamp> {
        let doublings = failed.saturating_sub(1).min(24);
        let first = self.first.as_millis().max(1);
        let pause = first.saturating_mul(1 << doublings).min(self.longest.as_millis().max(1));
        // Up to a fifth more, so that what failed together does not come back together.
        let [random] = entropy::bytes::<1>(entropy);
        let jitter = pause * i128::from(random) / (255 * 5);
        let pause = i64::try_from(pause + jitter).unwrap_or(i64::MAX);
        let next = now.checked_add(SignedDuration::from_millis(pause)).ok()?;
        let end = created.checked_add(self.give_up).ok()?;
        (next <= end).then_some(next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Fixed(u8);

    impl Entropy for Fixed {
        fn fill(&self, buffer: &mut [u8]) {
            buffer.fill(self.0);
        }
    }

    #[test]
    fn pauses_double_up_to_the_longest_until_it_is_too_late() {
        let created = Timestamp::UNIX_EPOCH;
        let pause = |failed, random| {
            let next = Schedule::default().next(created, failed, created, &Fixed(random)).unwrap();
            next.duration_since(created).as_secs()
        };
        assert_eq!(
            [1, 2, 3, 8, 9, 10, u32::MAX].map(|n| pause(n, 0)),
            [60, 120, 240, 7_680, 14_400, 14_400, 14_400]
        );
        assert_eq!([1, 9].map(|n| pause(n, 255)), [72, 17_280]);
        let late = created + SignedDuration::from_hours(70);
        assert_eq!(Schedule::default().next(created, 30, late, &Fixed(0)), None);
        assert!(Schedule::default().next(created, 1, late, &Fixed(0)).is_some());
    }
}
