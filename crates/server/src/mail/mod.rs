//! Mail that users send: from a phone's message to copies, deliveries and queue entries, all in one
//! transaction.
//!
//! [`submit`] is the way of every message; [`compose`] first adds the original to an answer or a
//! forward where the phone leaves that to the server, [`draft`] writes messages that are not sent yet. [`bounce`] tells a sender what did not arrive.

pub mod bounce;
pub mod compose;
mod correspondents;
pub mod draft;
pub mod header;
pub mod line_ends;
pub mod notice;
mod pieces;
pub mod postmaster;
pub mod recipients;
pub mod source;
pub mod submit;
pub mod text_message;
pub(crate) mod trouble;

use jiff::Timestamp;
use jiff::fmt::rfc2822;
use mail_builder::headers::Header;

/// Appends a header field.
pub(crate) fn field(message: &mut Vec<u8>, name: &str, value: &impl Header) {
    message.extend_from_slice(name.as_bytes());
    message.extend_from_slice(b": ");
    value.write_header(message, name.len() + 2);
}

/// A time as `Date` has it (RFC 5322 3.3).
pub(crate) fn rfc5322_date(time: Timestamp) -> String {
    // Only years beyond 9999 have no such form.
    rfc2822::DateTimePrinter::new().timestamp_to_string(&time).unwrap_or_default()
}
