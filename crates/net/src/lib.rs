//! Edges: everything between the operating system's sockets and a request in memory. Knows TCP, TLS
//! and HTTP/1.1, and no mail or ActiveSync.
//!
//! - [`listener`] binds addresses and accepts; [`admission`] decides whom to close when there are too many.
//! - [`tls`] holds the server's certificate, makes one where none is given, and changes it while serving.
//! - [`http`] serves requests, and keeps one that waits for minutes or hours in a few KiB.
//! - [`tasks`] is the one place where tasks are started, so that a stop can wait for them.
//! - [`limits`] has every bound in one place, with its default and its reason.

pub mod admission;
pub mod http;
pub mod limits;
pub mod listener;
pub mod stream;
pub mod tasks;
pub mod tls;
