//! Mail in and out: a server on SQLite, and those that it talks to.

mod automatic_reply;
mod dialogue;
mod groups;
mod inbound;
mod post;
mod postmaster;
mod queue;
mod relay;
mod up_to_date;
