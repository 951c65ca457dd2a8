//! `[limits]`: what a client may cost before it has proved who it is, and after.

use std::time::Duration;

use crate::config::schema::section;
use crate::config::value::Size;

section! {
    /// What a client may cost.
    pub struct Limits in "limits" {
        /// Connections that one listener holds at a time. Each phone that waits for news holds one.
        max_connections: u32 = 65_536,
        /// Connections from one address (IPv6: one /64) that have not yet sent a complete request.
        max_new_connections_per_source: u32 = 32_768,
        /// How long a TLS handshake may take.
        handshake_timeout: Duration = Duration::from_secs(10),
        /// How long a client may take to send the head of a request.
        head_timeout: Duration = Duration::from_secs(20),
        /// How long a connection may rest between two requests.
        idle_timeout: Duration = Duration::from_secs(120),
        /// A client that takes nothing of an answer for so long is gone.
        write_timeout: Duration = Duration::from_secs(60),
        /// After this time a body must have come at `body_rate` in the mean.
        body_grace: Duration = Duration::from_secs(30),
        /// Bytes a second that a body must come at in the mean.
        body_rate: Size = Size(512),
        /// Greatest body of a request.
        max_request: Size = Size::mib(64),
        /// Phones that one account may have.
        devices_per_account: u32 = 100,
    }
}
