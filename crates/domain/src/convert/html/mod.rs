//! HTML and plain text, one from the other.
//!
//! [`to_text`] is the full conversion, with lists and tables; it builds a tree, of documents that one
//! can be built of. [`strip::strip`] reads once and keeps nothing but the output: for previews, and for what
//! is too large or too wild for a tree. [`document`] goes the other way.

mod document;
mod strip;
mod tokens;
mod tree;

pub use document::{declare_utf8, declared_charset, document, push_escaped};
pub use strip::preview;
pub use tree::to_text;
