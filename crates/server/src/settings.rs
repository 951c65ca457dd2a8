//! What the server can be told, with what it assumes where it is not told.

use std::path::PathBuf;

use fieldpost_domain::policy::Policy;
use jiff::SignedDuration;
use jiff::tz::TimeZone;

use crate::directory::trust::TrustFiles;
use crate::documents::Share;

/// The settings of one server.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Where the data is: `sqlite:/path/fieldpost.db` or `postgres://user:password@host/database`.
    pub database: String,
    /// Most connections to it. Default 8.
    pub database_connections: u32,
    /// The mail domains whose accounts live here, the default one first. Default `localhost`.
    pub domains: Vec<String>,
    /// The address of the account that reads the mail for `postmaster`. Default: the oldest account.
    pub postmaster: Option<String>,
    /// The addresses of groups that take mail from senders without an account here. Default none.
    pub open_groups: Vec<String>,
    /// The names by which phones reach this server, the usual one first. Default `localhost`.
    pub names: Vec<String>,
    /// The URL that phones are told by Autodiscover, where it is not `https://` and the first name.
    pub external_url: Option<String>,
    /// The zone in which times without one are meant, for accounts that have none of their own. Default UTC.
    pub time_zone: TimeZone,
    /// Folders of documents that phones may look into. Default none.
    pub documents: Vec<Share>,
    /// Most bytes of a request's body. Default 64 MiB.
    pub body_limit: usize,
    /// Most bytes of a message that a phone sends. Default 35 MiB.
    pub message_limit: usize,
    /// How long after its last use a verified password is remembered. Default 15 min.
    pub remember_credentials: SignedDuration,
    /// Most devices of one account. Default 100.
    pub devices_per_account: usize,
    /// What is asked of phones. Default: a password is not asked for, attachments are allowed.
    pub policy: Policy,
    /// Phones must take the policy before anything else. Default true.
    pub require_provisioning: bool,
    /// Phones that cannot take a policy (they send no policy key at all) come in all the same, and
    /// so do those that take it in part, or are managed by somebody else. Default false.
    pub allow_non_provisionable: bool,
    /// Hours after which phones come for the policy again; none: only when it changes. Default 24.
    pub policy_refresh_hours: Option<u32>,
    /// File of the key by which recovery passwords and second factors are kept secret, made where it is missing.
    /// None: they can't be read any more once this process has ended.
    pub recovery_key: Option<PathBuf>,
    /// Authorities that are trusted for mail. Default: none.
    pub trust: TrustFiles,
    /// How long a phone may have a request wait. Default 60 to 3540 s.
    pub heartbeat: Heartbeat,
}

impl Settings {
    /// The zone of somebody whose own is called so. One that nobody knows any more is that of the server.
    pub fn zone_of(&self, name: Option<&str>) -> TimeZone {
        let own = name.and_then(|name| TimeZone::get(name).ok());
        own.unwrap_or_else(|| self.time_zone.clone())
    }
}

/// Bounds of the time that a Ping or a Sync waits, in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Heartbeat {
    /// The shortest. A phone that comes back more often wears its battery down.
    pub least: u32,
    /// The longest.
    pub most: u32,
}

impl Default for Heartbeat {
    fn default() -> Heartbeat {
        Heartbeat { least: 60, most: 3540 }
    }
}

impl Heartbeat {
    /// The nearest interval that would do, where `seconds` does not.
    pub fn nearest(self, seconds: u32) -> Option<u32> {
        let nearest = seconds.clamp(self.least, self.most.max(self.least));
        (nearest != seconds).then_some(nearest)
    }
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            database: "sqlite:fieldpost.db".to_owned(),
            database_connections: 8,
            domains: vec!["localhost".to_owned()],
            postmaster: None,
            open_groups: Vec::new(),
            names: vec!["localhost".to_owned()],
            external_url: None,
            time_zone: TimeZone::UTC,
            documents: Vec::new(),
            body_limit: 64 * 1024 * 1024,
            message_limit: 35 * 1024 * 1024,
            remember_credentials: SignedDuration::from_mins(15),
            devices_per_account: 100,
            policy: Policy::default(),
            require_provisioning: true,
            allow_non_provisionable: false,
            policy_refresh_hours: Some(24),
            recovery_key: None,
            trust: TrustFiles::default(),
            heartbeat: Heartbeat::default(),
        }
    }
}
