//! Tests of the public API of `fieldpost-pki`: certificates made for each case, and what is said of them.

#![expect(clippy::unwrap_used, reason = "a test that can't go on has failed")]

mod authority;
mod certificates;
mod judgement;
