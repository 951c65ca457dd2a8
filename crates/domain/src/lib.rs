//! What Fieldpost means: mailboxes, folders and items; the delta engine that decides what a phone
//! must be told; the conversion of messages to ActiveSync items; the [`Backend`] that a mailbox
//! store implements. No IO, no SQL, no clock, no randomness: time is an argument.
//!
//! Start at [`sync`] for the heart of it and at [`backend`] for what it asks of a store.

pub mod admission;
pub mod app_password;
pub mod audit;
pub mod automatic_reply;
pub mod backend;
pub mod calendar;
pub mod convert;
pub mod device;
pub mod diagnosis;
pub mod directory;
pub mod folder;
pub mod hierarchy;
pub mod id;
pub mod index;
pub mod item;
pub mod object;
pub mod policy;
pub mod role;
pub mod schedule;
pub mod search;
pub mod switches;
pub mod sync;
pub mod wipe;

pub use backend::{Backend, BackendError};
pub use id::{AccountId, FolderId, ItemId, MailboxId, Modseq, Position};
