//! `[tls]`: the certificate.

use std::path::PathBuf;

use crate::config::schema::section;

section! {
    /// The certificate that phones see. Without one the server makes its own at the first start; a
    /// phone has to be told to trust that.
    pub struct Tls in "tls" {
        /// PEM file with the certificate and the chain up to, but without, the root.
        certificate: Option<PathBuf> = None,
        /// PEM file with the certificate's private key.
        key: Option<PathBuf> = None,
        /// More names and addresses for the certificate that the server makes for itself.
        names: Vec<String> = Vec::new(),
    }
}
