//! The phone's clock: the one place of this crate that reads the time of day.

use jiff::Timestamp;

/// Now.
pub fn now() -> Timestamp {
    #[expect(clippy::disallowed_methods, reason = "the phone's one home of the time of day")]
    Timestamp::now()
}
