//! `[log]`: what is logged, and how. Never a password, never the body of a message.

use crate::config::schema::section;
use crate::config::value::words;

words! {
    /// The form of the log.
    pub enum Format {
        /// Lines for people.
        Human = "human",
        /// One JSON object a line.
        Json = "json",
    }
}

section! {
    /// What is logged, to standard error. Never a password, never the body of a message.
    pub struct Log in "log" {
        /// "human" or "json".
        format: Format = Format::Human,
        /// "error", "warn", "info", "debug" or "trace", or a filter such as "info,fieldpost_server=debug".
        level: String = "info".to_owned(),
    }
}
