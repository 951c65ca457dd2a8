//! `[auth]`: how passwords are checked.

use std::time::Duration;

use crate::config::schema::section;

section! {
    /// How passwords are checked.
    pub struct Auth in "auth" {
        /// How long after its last use a password that was right is remembered, in memory and as a keyed
        /// hash only.
        remember: Duration = Duration::from_secs(15 * 60),
    }
}
