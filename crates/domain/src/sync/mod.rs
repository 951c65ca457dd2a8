//! The delta engine: what a phone holds of a folder, what it must be told, and how an answer that
//! was lost is given again.
//!
//! - [`snapshot`]: a device's view of one collection after one answer. Immutable once issued.
//! - [`state`]: the snapshots of a collection that are still of use, and which of them a sync key means.
//! - [`options`]: what the phone asked for, kept until it asks for something else.
//! - [`filter`]: how far back the phone wants to see.
//! - [`diff`]: from a snapshot and the mailbox to commands and the next snapshot.
//! - [`turn`]: the changes that a phone sends along.
//! - [`conflict`]: whether a phone's change stands against one made here.
//!
//! Nothing here writes. The caller makes the phone's changes through the
//! [`Backend`](crate::Backend), has the difference computed, stores the state, and only then answers.

pub mod conflict;
pub mod diff;
pub mod filter;
pub mod options;
pub mod snapshot;
pub mod state;
pub mod turn;

#[cfg(test)]
mod memory;
#[cfg(test)]
mod tests;

pub use diff::{Changed, Command, Plan, Planned, Window};
pub use filter::Filter;
pub use options::{Conflict, Options};
pub use snapshot::Snapshot;
pub use state::{Base, CollectionState};
