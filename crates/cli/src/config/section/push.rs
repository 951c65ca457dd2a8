//! `[push]`: how long phones may wait for news.

use std::time::Duration;

use crate::config::schema::section;

section! {
    /// How long phones may wait for news with one request.
    pub struct Push in "push" {
        /// Shortest wait; a phone that asks for less is told.
        min_heartbeat: Duration = Duration::from_secs(60),
        /// Longest wait; a phone that asks for more is told. A proxy or firewall in between must let a
        /// connection rest for as long.
        max_heartbeat: Duration = Duration::from_secs(3540),
    }
}
