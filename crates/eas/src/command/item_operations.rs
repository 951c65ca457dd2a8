//! ItemOperations: fetch items and attachments, empty a folder, move a conversation
//! ([MS-ASCMD] 2.2.1.10).
//!
//! The response may be multipart, where the phone accepts that: then [`response::File::part`] and
//! [`crate::item::Body::part`] say which part has the data ([MS-ASCMD] 2.2.1.10.1).

pub mod request;
pub mod response;

pub use request::Request;
pub use response::Response;
