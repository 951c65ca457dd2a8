//! `[certificates]`: whose certificates for mail are believed.

use std::path::PathBuf;

use crate::config::schema::section;

section! {
    /// Whose certificates are believed when a phone asks whether signed mail can be trusted
    /// (S/MIME). Nothing that a certificate names is fetched; files are read again when they change.
    pub struct Certificates in "certificates" {
        /// PEM or DER files with certificates of authorities. None: no certificate is trusted.
        authorities: Vec<PathBuf> = Vec::new(),
        /// PEM or DER files with lists of revoked certificates. Something else has to keep them current.
        revocation_lists: Vec<PathBuf> = Vec::new(),
    }
}
