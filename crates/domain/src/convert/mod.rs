//! Conversion of stored objects to ActiveSync items: from the open standard that the store keeps to
//! what a phone understands, at the version that it speaks. Nothing here changes the stored bytes.
//!
//! [`mail`] converts RFC 5322 messages; calendar, contacts, tasks and notes will stand beside it.

pub mod mail;

mod excess;
mod html;
mod mask;
mod parser;
mod text;
mod transfer;
