//! The configuration: one TOML file, overlaid by the environment.
//!
//! [`load`] finds and reads it. A section is declared in a file of [`section`] by the macro of
//! [`schema`]; kinds of values are in [`value`], precedence and origins in [`source`]. What the
//! server makes of it is in [`crate::serve`].

pub mod command;
pub mod problem;
pub mod schema;
pub mod section;
pub mod source;
pub mod value;

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

use fieldpost_server::documents::Share;
use jiff::tz::TimeZone;
use problem::{ConfigError, Problem};
use schema::{Key, Section};
use section::{
    admin::Admin, auth::Auth, certificates::Certificates, documents::Documents, limits::Limits,
    listen::Listen, log::Log, mail::Mail, policy::Policy, push::Push, server::Server, smarthost::Smarthost,
    storage::Storage, tls::Tls,
};
use source::{Known, Layers, Origin};
use value::DatabaseUrl;

/// Where the configuration is looked for when nobody says where it is.
pub const PLACES: [&str; 2] = ["fieldpost.toml", "/etc/fieldpost/fieldpost.toml"];

/// Gathers the sections: the struct, and what is done with each of them in turn.
macro_rules! sections {
    ($($field:ident: $kind:ident),+ $(,)?) => {
        /// The whole configuration.
        #[derive(Debug, Clone, Default)]
        pub struct Config { $(pub $field: $kind),+ }

        impl Config {
            fn known() -> Known {
                Known { sections: vec![$(
                    ($kind::NAME, $kind::keys().into_iter().map(|key| key.name).collect())
                ),+] }
            }

            fn read(layers: &mut Layers) -> Config {
                Config { $($field: $kind::read(layers)),+ }
            }

            /// Every section with what it is for and its keys, in order.
            pub fn describe() -> Vec<(&'static str, &'static [&'static str], Vec<Key>)> {
                vec![$(($kind::NAME, $kind::ABOUT, $kind::keys())),+]
            }

            /// Every value as it is written in a file, secrets hidden, in order.
            pub fn values(&self) -> Vec<(&'static str, Vec<(&'static str, Option<String>)>)> {
                vec![$(($kind::NAME, self.$field.values())),+]
            }
        }
    };
}

sections! {
    server: Server,
    listen: Listen,
    tls: Tls,
    storage: Storage,
    mail: Mail,
    smarthost: Smarthost,
    auth: Auth,
    certificates: Certificates,
    policy: Policy,
    push: Push,
    documents: Documents,
    admin: Admin,
    limits: Limits,
    log: Log,
}

/// A configuration with where it came from.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// Its values.
    pub config: Config,
    /// The file that was read, if one was.
    pub file: Option<PathBuf>,
    /// Origin of each value that somebody set, by section and key.
    origins: BTreeMap<(String, String), Origin>,
}

impl Loaded {
    /// Where a value comes from.
    pub fn origin(&self, section: &str, key: &str) -> Origin {
        self.origins.get(&(section.to_owned(), key.to_owned())).cloned().unwrap_or(Origin::Default)
    }
}

/// Reads the file given, else the first of [`PLACES`] that exists, else none; then the environment.
pub fn load(path: Option<&Path>) -> Result<Loaded, ConfigError> {
    let path =
        path.map(Path::to_owned).or_else(|| PLACES.iter().map(PathBuf::from).find(|path| path.exists()));
    let text = match &path {
        None => None,
        Some(path) => Some(std::fs::read_to_string(path).map_err(|error| ConfigError {
            problems: vec![Problem::general(format!(
                "{}: the configuration can't be read: {error}; give its place with --config",
                path.display()
            ))],
        })?),
    };
    let file = path.as_deref().zip(text.as_deref());
    let variables = std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.to_string_lossy().into_owned())));
    parse(file, variables)
}

/// Reads the text of a file and variables.
pub fn parse(
    file: Option<(&Path, &str)>,
    variables: impl Iterator<Item = (String, String)>,
) -> Result<Loaded, ConfigError> {
    let mut layers = Layers::read(&Config::known(), file, variables);
    let config = Config::read(&mut layers);
    let (mut problems, origins) = layers.finish();
    let loaded = Loaded { config, file: file.map(|(path, _)| path.to_owned()), origins };
    loaded.cross_check(&mut problems);
    if problems.is_empty() { Ok(loaded) } else { Err(ConfigError { problems }) }
}

impl Loaded {
    /// What no value shows alone.
    fn cross_check(&self, problems: &mut Vec<Problem>) {
        let config = &self.config;
        let mut wrong = |section: &str, key: &str, what: String| {
            problems.push(Problem::new(self.origin(section, key), format!("[{section}] {key}: {what}")));
        };
        if config.tls.certificate.is_some() != config.tls.key.is_some() {
            let (set, missing) = if config.tls.certificate.is_some() {
                ("certificate", "key")
            } else {
                ("key", "certificate")
            };
            wrong("tls", set, format!("needs {missing} as well: set both, or neither"));
        }
        if !config.listen.http_beyond_loopback {
            for address in config.listen.http.iter().filter(|address| !address.ip().is_loopback()) {
                let what = format!(
                    "{address} can be reached by other hosts, and passwords would cross the network in the \
                     clear; use a loopback address, or set http_beyond_loopback = true"
                );
                wrong("listen", "http", what);
            }
        }
        if config
            .server
            .external_url
            .as_deref()
            .is_some_and(|url| !fieldpost_server::autodiscover::location::is_url(url))
        {
            let what = "must be like \"https://push.example.org\", with a port or a path where needed";
            wrong("server", "external_url", what.to_owned());
        }
        if config.server.time_zone.as_deref().is_some_and(|name| TimeZone::get(name).is_err()) {
            let what = "is no time zone: give its name in the IANA database, like \"Europe/Paris\"";
            wrong("server", "time_zone", what.to_owned());
        }
        for share in config.documents.shares.iter().filter(|share| Share::read(share).is_none()) {
            let what = "must be a link and an absolute path, such as '\\\\server\\share = /srv/documents'";
            wrong("documents", "shares", format!("{share}: {what}"));
        }
        if !config.admin.https {
            for address in config.admin.listen.iter().filter(|address| !address.ip().is_loopback()) {
                let what = format!(
                    "{address} can be reached by other hosts, and passwords would cross the network in the \
                     clear; use a loopback address, or set https = true"
                );
                wrong("admin", "listen", what);
            }
        }
        let mut seen = Vec::new();
        for (name, address) in config.all_addresses().filter(|(_, address)| address.port() != 0) {
            if seen.contains(&address) {
                let (section, key) = if name == "admin" { ("admin", "listen") } else { ("listen", name) };
                wrong(section, key, format!("{address} is given twice"));
            }
            seen.push(address);
        }
        let mut bounds = |key: &str, value: Option<u8>, bounds: RangeInclusive<u8>| {
            if value.is_some_and(|value| !bounds.contains(&value)) {
                wrong("policy", key, format!("must be from {} to {}", bounds.start(), bounds.end()));
            }
        };
        bounds("password_length", config.policy.password_length, 1..=16);
        bounds("password_attempts", config.policy.password_attempts, 4..=16);
        if config.push.min_heartbeat > config.push.max_heartbeat {
            wrong("push", "min_heartbeat", "is greater than max_heartbeat".to_owned());
        }
        if config.smarthost.user.is_some() != config.smarthost.password_file.is_some() {
            wrong(
                "smarthost",
                "user",
                "user and password_file belong together: set both, or neither".to_owned(),
            );
        }
        if config
            .mail
            .default_domain
            .as_ref()
            .is_some_and(|domain| !config.mail.domains.iter().any(|known| known.eq_ignore_ascii_case(domain)))
        {
            wrong("mail", "default_domain", "is not among the domains".to_owned());
        }
        if config.storage.max_connections < 2 {
            wrong("storage", "max_connections", "must be at least 2".to_owned());
        }
    }
}

impl Config {
    /// Every address that is listened on, with the name of what listens there.
    pub fn all_addresses(&self) -> impl Iterator<Item = (&'static str, SocketAddr)> {
        self.listen.all().chain(self.admin.listen.iter().map(|address| ("admin", *address)))
    }

    /// The database, with the password from its file.
    pub fn database(&self) -> Result<DatabaseUrl, Problem> {
        let url = self
            .storage
            .url
            .clone()
            .unwrap_or_else(|| DatabaseUrl::sqlite(&self.server.data.join("fieldpost.db")));
        let Some(file) = &self.storage.password_file else { return Ok(url) };
        let password = secret(file)?;
        url.with_password(&password).ok_or_else(|| {
            Problem::general(
                "[storage] password_file: the url names no user; write postgres://user@host/database",
            )
        })
    }
}

/// The first line of a file that holds a secret.
pub fn secret(file: &Path) -> Result<String, Problem> {
    let text = std::fs::read_to_string(file).map_err(|error| {
        Problem::general(format!("{}: the secret can't be read: {error}", file.display()))
    })?;
    match text.lines().next() {
        Some(line) if !line.is_empty() => Ok(line.to_owned()),
        _ => Err(Problem::general(format!(
            "{}: its first line should hold the secret, and is empty",
            file.display()
        ))),
    }
}

#[cfg(test)]
mod tests;
