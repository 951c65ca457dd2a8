//! `[admin]`: the Mobile Administration web tool.

use std::net::SocketAddr;
use std::time::Duration;

use crate::config::schema::section;

section! {
    /// The Mobile Administration web tool, at /MobileAdmin on a listener of its own.
    pub struct Admin in "admin" {
        /// Where it is offered. With the default, from this machine alone; users reach their own page here
        /// as well. An empty list turns it off.
        listen: Vec<SocketAddr> = vec![SocketAddr::from(([127, 0, 0, 1], 8444))],
        /// Speaks HTTPS, with the certificate of section [tls]. Without it, only loopback addresses are
        /// allowed, for a proxy on this host that does TLS.
        https: bool = true,
        /// A session ends when it was not used for so long.
        idle_timeout: Duration = Duration::from_secs(15 * 60),
        /// A session ends after so long, however often it is used.
        session_lifetime: Duration = Duration::from_secs(12 * 60 * 60),
        /// Everybody with a role must have a second factor; who has none sets it up at the next sign-in.
        require_second_factor: bool = false,
    }
}
