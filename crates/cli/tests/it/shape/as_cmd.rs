//! [MS-ASCMD]: the answers to each command.

mod compose;
mod find;
mod folders;
mod get_item_estimate;
mod item_operations;
mod meeting_response;
mod move_items;
mod ping;
mod resolve_recipients;
mod search;
mod settings;
mod sync;
mod validate_cert;
