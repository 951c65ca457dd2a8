//! The HTTP envelope.
