//! The sections of the configuration, one file each, in the order of `config example`.

pub mod admin;
pub mod auth;
pub mod certificates;
pub mod documents;
pub mod limits;
pub mod listen;
pub mod log;
pub mod mail;
pub mod policy;
pub mod push;
pub mod server;
pub mod smarthost;
pub mod storage;
pub mod tls;
