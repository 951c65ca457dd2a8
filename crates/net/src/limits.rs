//! The bounds that hold before anybody is known. Each is a setting; here are their defaults and reasons.

use std::time::Duration;

/// Bounds on what a stranger can make the server hold or do.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Connections that one listener holds at a time, 1 or more. When it is reached, a new connection
    /// takes the place of the oldest that has not yet sent a complete request, or else of the one that
    /// has waited longest between two requests; see [`crate::admission`]. Default 65,536.
    pub connections: usize,
    /// Connections from one source address (IPv6: one /64) that have not yet sent a complete request,
    /// 1 or more. At the limit, the source's own oldest is closed for its newest. The default, 32,768, is
    /// half of all: enough for every phone behind one address translator to come back at once.
    pub unproven_per_source: usize,
    /// Connections that the kernel completes ahead of us. Default 4,096; `net.core.somaxconn` caps it.
    pub backlog: u32,
    /// For the whole TLS handshake. Default 10 s.
    pub handshake: Duration,
    /// For the head of a request, from its first byte; for the first request, from the end of the
    /// handshake. Default 20 s.
    pub head: Duration,
    /// Between an answer and the first byte of the next request. Default 120 s: a phone in use asks
    /// again within it, and saves itself a handshake.
    pub idle: Duration,
    /// A client that takes nothing of an answer for so long is gone. Default 60 s.
    pub write_stall: Duration,
    /// Bytes of a request's head, at least 8,192, which is the default. It may have 100 fields.
    pub head_bytes: usize,
    /// A body may arrive as slowly as [`Limits::body_rate`] after this much time. Default 30 s.
    pub body_grace: Duration,
    /// Bytes a second that a body must arrive at in the mean, 1 or more. Default 512: a poor GPRS
    /// connection is faster, a client that drips is not.
    pub body_rate: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            connections: 65_536,
            unproven_per_source: 32_768,
            backlog: 4_096,
            handshake: Duration::from_secs(10),
            head: Duration::from_secs(20),
            idle: Duration::from_secs(120),
            write_stall: Duration::from_secs(60),
            head_bytes: 8_192,
            body_grace: Duration::from_secs(30),
            body_rate: 512,
        }
    }
}

/// Files that the server keeps for other things than connections: its database, logs, upstreams.
const FILES_FOR_OTHERS: u64 = 512;

/// Raises the process's limit of open files to the most that the system lets it have, and tells how
/// many connections fit; `None` where the system has no such limit. Many systems start a service with
/// 1,024 and let it ask for more.
pub fn raise_open_files() -> Option<usize> {
    use rustix::process::{Resource, getrlimit, setrlimit};
    let mut limit = getrlimit(Resource::Nofile);
    if limit.current != limit.maximum {
        let wanted = rustix::process::Rlimit { current: limit.maximum, maximum: limit.maximum };
        match setrlimit(Resource::Nofile, wanted) {
            Ok(()) => limit = getrlimit(Resource::Nofile),
            Err(error) => tracing::warn!(%error, "the limit of open files stays as it is"),
        }
    }
    let files = limit.current?;
    Some(usize::try_from(files.saturating_sub(FILES_FOR_OTHERS).max(64)).unwrap_or(usize::MAX))
}
