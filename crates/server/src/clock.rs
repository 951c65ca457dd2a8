//! The clock: the only place where the server asks what time it is. Everything else is told, so
//! that each rule can be tested without waiting. Tests use `fieldpost_testkit::TestClock`.

use jiff::Timestamp;

/// What time it is.
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> Timestamp;
}

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the home of the clock")]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}
