//! Tests of the public API of `fieldpost-domain`, one module per subject.

#![expect(clippy::unwrap_used, reason = "a test that can't go on has failed")]

mod admission;
mod contacts;
mod event_corpus;
mod event_show;
mod event_store;
mod events;
mod expansion;
mod golden_policies;
mod mail_attachments;
mod mail_bodies;
mod mail_corpus;
mod mail_headers;
mod mail_laws;
mod messages;
mod object_laws;
mod objects;
mod policy_laws;
mod policy_page;
mod task_corpus;
