//! The delta engine.
