//! Sync: the items of collections and their changes, in both directions ([MS-ASCMD] 2.2.1.21).
//!
//! From 12.1 a request may have no body, which repeats the last one, and a response has none where
//! nothing changed.

pub mod request;
pub mod response;

pub use request::Request;
pub use response::Response;
