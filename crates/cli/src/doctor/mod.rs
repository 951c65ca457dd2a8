//! `fieldpost doctor`: looks at everything that keeps the server from working, before a phone does.
//!
//! One file for each thing that is looked at; each adds [`finding::Finding`]s. Nothing is changed but for
//! a small file that is written where the data lies and removed again.

pub mod command;

mod certificate;
mod files;
mod finding;
mod mail;
mod ports;
mod smarthost;
mod storage;
mod time;
