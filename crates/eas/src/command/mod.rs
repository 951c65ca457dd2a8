//! The commands: one file each, with its `Request` and `Response`.
//!
//! A request or response is a [`crate::codec::Document`]; where a command has forms without WBXML
//! (a raw message, query parameters, an empty body), its file says so.

pub mod find;
pub mod folder_create;
pub mod folder_delete;
pub mod folder_sync;
pub mod folder_update;
pub mod get_hierarchy;
pub mod get_item_estimate;
pub mod item_operations;
pub mod meeting_response;
pub mod move_items;
pub mod ping;
pub mod provision;
pub mod resolve_recipients;
pub mod search;
pub mod send_mail;
pub mod settings;
pub mod smart_forward;
pub mod smart_reply;
pub mod sync;
pub mod validate_cert;

mod name;
mod status_only;

pub use name::CommandName;
pub use status_only::status_only;
