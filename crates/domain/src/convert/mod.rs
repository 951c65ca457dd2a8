//! Conversion between stored objects and ActiveSync items: from the open standard that the store keeps
//! to what a phone understands, at the version that it speaks, and back.
//!
//! [`mail`] converts RFC 5322 messages. Events, tasks, contacts and notes have a module each with
//! `to_wire` to show an object, `create` to make one, and `patch` to change one and leave in it
//! whatever phones can't say. [`ItemContext`], [`CreateContext`] and [`PatchContext`] are what these
//! need to know, [`InvalidItem`] is what a phone is told with status 6.

pub mod contact;
pub mod event;
pub mod mail;
pub mod note;
pub mod recipient;
pub mod task;
pub mod text_body;

mod context;
mod excess;
pub(crate) mod html;
mod mask;
mod parser;
mod pattern;
mod property;
mod rtf;
mod text;
mod transfer;

pub use context::{ConvertError, CreateContext, Ghosting, InvalidItem, ItemContext, PatchContext, User};
