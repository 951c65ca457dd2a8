//! The wire as a whole: samples, tables, laws, hostile input, schemas.
#![expect(clippy::unwrap_used, reason = "a test stops where something is not as expected")]

mod answers;
mod code_pages;
mod data_types;
mod documents;
mod elements;
mod from_xml;
mod generator;
mod hostile;
mod laws;
mod pages;
mod rules;
mod samples;
mod schema;
mod status;
mod table;
