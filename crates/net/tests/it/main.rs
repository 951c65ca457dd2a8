//! The edges, driven through real sockets.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that meets an error has failed")]

mod body;
mod certificate;
mod client;
mod drain;
mod flood;
mod memory;
mod parked;
mod requests;
mod server;
