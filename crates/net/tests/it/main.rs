//! The edges, driven through real sockets.

mod body;
mod certificate;
mod client;
mod drain;
mod flood;
mod memory;
mod parked;
mod requests;
mod server;
