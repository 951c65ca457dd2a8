//! A clock that stands still until a test moves it.

use std::sync::atomic::{AtomicI64, Ordering};

use fieldpost_server::clock::Clock;
use jiff::{SignedDuration, Timestamp};

/// A clock that is set by hand.
#[derive(Debug)]
pub struct TestClock(AtomicI64);

impl TestClock {
    /// Stands at `now`.
    pub fn at(now: Timestamp) -> TestClock {
        TestClock(AtomicI64::new(now.as_millisecond()))
    }

    /// Moves it.
    pub fn advance(&self, by: SignedDuration) {
        self.0.fetch_add(i64::try_from(by.as_millis()).unwrap_or(i64::MAX), Ordering::SeqCst);
    }

    /// Sets it.
    pub fn set(&self, now: Timestamp) {
        self.0.store(now.as_millisecond(), Ordering::SeqCst);
    }
}

impl Default for TestClock {
    /// Stands at noon UTC of 2026-11-23.
    fn default() -> TestClock {
        TestClock(AtomicI64::new(1_795_435_200_000))
    }
}

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_millisecond(self.0.load(Ordering::SeqCst)).unwrap_or(Timestamp::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_stands_still_until_it_is_moved() {
        let clock = TestClock::default();
        assert_eq!(clock.now().to_string(), "2026-11-23T12:00:00Z");
        clock.advance(SignedDuration::from_secs(90));
        assert_eq!(clock.now().to_string(), "2026-11-23T12:01:30Z");
    }
}
