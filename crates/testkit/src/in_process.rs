//! The application within the test's own process.
