//! Search over a mailbox: what of an item is found ([`text`]), how text becomes words ([`words`]), what can
//! be asked ([`query`]) and how users write it ([`kql`]).
//!
//! The words are made here, by one rule for what is stored and for what is asked, so that every store
//! finds the same; a store compares whole words and beginnings of words.

pub mod kql;
pub mod query;
pub mod text;
pub mod words;

pub use kql::KqlError;
pub use query::{Expression, Field, Found, Phrase, Query};
