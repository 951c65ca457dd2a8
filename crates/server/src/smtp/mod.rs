//! Mail from and to other servers.
//!
//! In: [`inbound`] listens, [`session`] is the dialogue (RFC 5321, RFC 2033) over a [`wire`], [`data`]
//! takes a message out of its dot-stuffing, [`recipient`] says whose it is, [`destination`] who gets it where
//! that is a group, [`ingest`] makes of it what the store keeps.
//!
//! Out: [`outbound`] runs the queue, [`smarthost`] is the server that takes everything, [`schedule`]
//! says when to try again, [`crate::mail::bounce`] tells the sender that it was no use.

mod data;
mod destination;
pub mod inbound;
pub mod ingest;
pub mod outbound;
pub mod recipient;
mod reply;
mod schedule;
mod session;
pub mod smarthost;
mod wire;
