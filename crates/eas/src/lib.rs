//! ActiveSync on the wire: WBXML, code pages, the HTTP envelope, and the typed requests and
//! responses of every command, as pure functions of bytes. No IO, no clock, no randomness.
//!
//! Start at [`command`] for what is said, at [`wbxml`] and [`codec`] for how it is written, at
//! [`http`] for the envelope around it.

pub mod codec;
pub mod command;
pub mod date;
pub mod global_obj_id;
pub mod http;
pub mod item;
pub mod page;
pub mod status;
pub mod time_zone;
pub mod version;
pub mod wbxml;

pub use version::Version;
