//! An ActiveSync phone. It speaks to any ActiveSync server by URL, in every version from 2.5 to
//! 16.1, and is what `fieldpost phone`, `bench`, `demo` and the test suites drive.
//!
//! Start at [`Phone`] (who the phone is, and what it does about every kind of answer), then at
//! [`state`] (what it holds), [`command`] (one file per command) and [`transport`] (the connection).
//! [`agenda`] works out when events take place; [`scenario`] strings commands together as a phone's
//! mail app does; [`bench`] measures servers; [`lmtp`] delivers messages to one from outside.

pub mod agenda;
pub mod bench;
pub mod clock;
pub mod command;
pub mod compose;
pub mod entropy;
mod error;
mod identity;
pub mod lmtp;
pub mod model;
mod phone;
pub mod policy;
pub mod scenario;
pub mod state;
pub mod transport;

pub use error::PhoneError;
pub use identity::{Call, Identity, QueryForm};
pub use phone::{Patience, Phone, Traffic};
pub use policy::{HeldPolicy, Obedience};
pub use state::State;
pub use transport::{Connector, Timeouts, Transport, TransportError, Trust};
