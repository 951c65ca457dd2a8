//! What a phone can ask: one file per command, each a thin typed method of [`crate::Phone`] that knows
//! the command's form in every version and what its answer does to [`crate::State`].

pub mod find;
pub mod folder_create;
pub mod folder_delete;
pub mod folder_sync;
pub mod folder_update;
pub mod get_attachment;
pub mod get_hierarchy;
pub mod get_item_estimate;
pub mod item_operations;
pub mod meeting_response;
pub mod move_items;
pub mod options;
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
