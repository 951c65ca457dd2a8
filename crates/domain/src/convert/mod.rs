//! Conversion of stored objects to ActiveSync items.
