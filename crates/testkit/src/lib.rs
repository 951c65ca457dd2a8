//! What tests need: the real server as a child process, a database of their own, a
//! clock that stands still, messages. Nothing here is part of the product.
//!
//! - [`process`]: `fieldpost serve` as a child that can be killed and started again on the same data.
//! - [`database`]: SQLite and, where there is a server to test with, PostgreSQL, new for each test.
//! - [`clock`]: a clock that is set by hand.
//! - [`message`]: messages to send and import.
//! - [`shape`]: claims about the shape of answers, checked on everything that was answered.
//! - [`shared`]: data beside the workspace that is not part of the repository.

#![expect(clippy::expect_used, reason = "a test whose preparations fail has failed")]

pub mod clock;
pub mod database;
pub mod message;
pub mod process;
pub mod shape;
pub mod shared;

/// The phone that tests of the server drive: the arrows between crates let the server itself know
/// nothing of it.
pub use fieldpost_phone as phone;
