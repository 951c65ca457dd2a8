//! The application as phones and mail servers meet it: the real thing on loopback ports, with a store
//! of its own for each test.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that meets an error has failed")]

mod app_passwords;
mod auth;
mod autodiscover;
mod bad_input;
mod control;
mod deciding_policies;
mod documents;
mod drafts;
mod envelope;
mod events;
mod exchanges;
mod folders;
mod item_operations;
mod item_sync;
mod mail;
mod meeting;
mod move_items;
mod notes;
mod policies;
mod provision;
mod push;
mod recipient_cache;
mod rich_text;
mod search;
mod server;
mod settings;
mod shape_of_policies;
mod smtp;
mod switches;
mod tasks;
mod trouble;
