//! Tests of the public API of `fieldpost-domain`, one module per subject.

mod corpus;
