//! Integration tests of the phone against servers on the loopback that follow a script.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "helpers of tests, which clippy does not see as tests"
)]

mod behaviour;
mod items;
mod loopback;
mod mail_client;
mod questions;
mod transport;
