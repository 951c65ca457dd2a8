//! `[server]`: who this server is and where it keeps what it makes itself.

use std::path::PathBuf;
use std::time::Duration;

use crate::config::schema::section;

section! {
    /// Who this server is and where it keeps what it makes itself.
    pub struct Server in "server" {
        /// The name that phones connect to. It stands in the certificate that the server makes for
        /// itself, and it is how the server introduces itself to mail servers. Not set: the host's name.
        name: Option<String> = None,
        /// The URL that phones are told when they look for their server by an address alone, where it is
        /// not https:// and the name: "https://push.example.org:8443". Only https will do.
        external_url: Option<String> = None,
        /// The zone in which times without one are meant, by its IANA name, "Europe/Paris": events that name
        /// none, and the days of old phones. Accounts can have their own. Not set: UTC.
        time_zone: Option<String> = None,
        /// Folder for the database and the server's own certificate.
        data: PathBuf = PathBuf::from("/var/lib/fieldpost"),
        /// How long running requests may take to finish when the server is asked to stop.
        drain: Duration = Duration::from_secs(30),
    }
}

impl Server {
    /// The name that phones connect to.
    pub fn host_name(&self) -> String {
        self.name.clone().unwrap_or_else(|| {
            let name = rustix::system::uname().nodename().to_string_lossy().into_owned();
            if name.is_empty() { "localhost".to_owned() } else { name }
        })
    }
}
