//! Tests of the public API of `fieldpost-domain`, one module per subject.

mod mail_attachments;
mod mail_bodies;
mod mail_corpus;
mod mail_headers;
mod mail_laws;
mod messages;
