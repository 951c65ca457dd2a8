//! `[smarthost]`: the server that takes mail for other domains.

use std::path::PathBuf;
use std::time::Duration;

use crate::config::schema::section;
use crate::config::value::words;

words! {
    /// How the connection to the smarthost is protected.
    pub enum Security {
        /// TLS from the first byte, usually port 465.
        Tls = "tls",
        /// TLS after STARTTLS, which must succeed, usually port 587.
        StartTls = "starttls",
        /// No protection: for a server on the same host.
        None = "none",
    }
}

section! {
    /// The mail server that takes mail for other domains. Without one, phones can write to the
    /// accounts of this server alone.
    pub struct Smarthost in "smarthost" {
        /// Its name. Not set: there is none.
        host: Option<String> = None,
        /// Its port.
        port: u16 = 587,
        /// "tls", "starttls" or "none".
        security: Security = Security::StartTls,
        /// Name to sign in with. Not set: no sign-in.
        user: Option<String> = None,
        /// File with the password, on its first line.
        password_file: Option<PathBuf> = None,
        /// PEM file of an authority to trust beside those that the system trusts.
        authority: Option<PathBuf> = None,
        /// Pause after the first failure; it doubles with each further one.
        first_retry: Duration = Duration::from_secs(60),
        /// Longest pause.
        longest_retry: Duration = Duration::from_secs(4 * 3600),
        /// How long delivery is tried again before the sender gets the message back.
        give_up_after: Duration = Duration::from_secs(3 * 86_400),
    }
}
