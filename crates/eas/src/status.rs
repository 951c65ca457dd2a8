//! Status codes.
