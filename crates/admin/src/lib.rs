//! The Mobile Administration web tool and the REST API, on a listener of their own.
