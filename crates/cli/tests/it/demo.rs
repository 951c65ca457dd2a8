//! `fieldpost demo`.
