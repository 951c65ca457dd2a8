//! Where the database is: reading its URL, and saying in plain words why it can't be used.

use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::{fmt, io};

use sqlx::any::AnyConnectOptions;

use crate::{Dialect, StoreError};

/// A database URL that was understood.
#[derive(Clone)]
pub(crate) enum Location {
    Sqlite(PathBuf),
    /// The URL, and what may be shown of it.
    Postgres {
        url: String,
        shown: String,
    },
}

/// Without the password.
impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Location::Sqlite(path) => path.display().fmt(f),
            Location::Postgres { shown, .. } => shown.fmt(f),
        }
    }
}

impl fmt::Debug for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Location {
    /// Reads `sqlite:/path/to/file` (also with `//`; what follows is the path, as it is) or
    /// `postgres://user:password@host:port/database?parameters`.
    pub(crate) fn parse(url: &str) -> Result<Location, StoreError> {
        let not_understood = || StoreError::Url { given: without_password(url) };
        if let Some(path) = url.strip_prefix("sqlite:") {
            let path = path.strip_prefix("//").unwrap_or(path);
            if path.is_empty() || path.contains('?') || path.contains(":memory:") || path.contains('\0') {
                return Err(not_understood());
            }
            return Ok(Location::Sqlite(PathBuf::from(path)));
        }
        if !url.starts_with("postgres://") && !url.starts_with("postgresql://") {
            return Err(not_understood());
        }
        let parsed = AnyConnectOptions::from_str(url).map_err(|_| not_understood())?.database_url;
        let host = parsed.host_str().filter(|host| !host.is_empty()).unwrap_or("localhost");
        let port = parsed.port().map(|port| format!(":{port}")).unwrap_or_default();
        let shown = format!("{host}{port}{}", parsed.path());
        let mut named = parsed;
        if !named.query_pairs().any(|(key, _)| key == "application_name") {
            named.query_pairs_mut().append_pair("application_name", "fieldpost");
        }
        Ok(Location::Postgres { url: named.to_string(), shown })
    }

    pub(crate) fn dialect(&self) -> Dialect {
        match self {
            Location::Sqlite(_) => Dialect::Sqlite,
            Location::Postgres { .. } => Dialect::Postgres,
        }
    }

    /// The URL to connect to. Makes the file of a new SQLite database, readable by its owner only, and
    /// so finds out what SQLite would not tell.
    pub(crate) fn url(&self) -> Result<String, StoreError> {
        match self {
            Location::Sqlite(path) => {
                let path = make_file(path)?;
                let path = path.to_str().ok_or_else(|| self.not_understood())?;
                Ok(format!("sqlite://{}?mode=rw", percent_encoded(path)))
            }
            Location::Postgres { url, .. } => Ok(url.clone()),
        }
    }

    pub(crate) fn not_understood(&self) -> StoreError {
        StoreError::Url { given: self.to_string() }
    }

    /// Why the first connection failed.
    pub(crate) fn explain(&self, error: &sqlx::Error) -> StoreError {
        if crate::db::is_full(error) {
            return StoreError::Full;
        }
        match self {
            Location::Sqlite(path) => {
                let reason = match crate::db::code(error).as_deref() {
                    Some("26") => "it is not an SQLite database; give another path".to_owned(),
                    Some("14") => {
                        "SQLite keeps two more files beside it and can't make them: the folder must be \
                         writable for the user that runs this program"
                            .to_owned()
                    }
                    Some("8" | "1544") => "it is read-only for the user that runs this program".to_owned(),
                    _ if matches!(error, sqlx::Error::PoolTimedOut) => {
                        "another program keeps it locked; stop that program".to_owned()
                    }
                    _ => error.to_string(),
                };
                StoreError::File { path: path.clone(), reason }
            }
            Location::Postgres { shown, .. } => {
                StoreError::Server { server: shown.clone(), reason: server_reason(error) }
            }
        }
    }

    /// Free bytes on the disk that holds the file.
    pub(crate) fn free_bytes(&self) -> Option<u64> {
        match self {
            Location::Sqlite(path) => {
                let disk = rustix::fs::statvfs(path).ok()?;
                Some(disk.f_bavail.saturating_mul(disk.f_frsize))
            }
            Location::Postgres { .. } => None,
        }
    }
}

fn server_reason(error: &sqlx::Error) -> String {
    match error {
        sqlx::Error::Io(error) => match error.kind() {
            io::ErrorKind::ConnectionRefused => {
                "nothing listens there; start it, or correct host and port in the database URL".to_owned()
            }
            io::ErrorKind::NotFound => "its socket does not exist; start it, or correct the host".to_owned(),
            _ => format!("{error}; check host and port in the database URL"),
        },
        sqlx::Error::Tls(error) => format!("TLS failed: {error}; see `sslmode` in the database URL"),
        sqlx::Error::PoolTimedOut => {
            "it did not answer in time; check host and port in the database URL".to_owned()
        }
        sqlx::Error::Database(error) => match error.code().as_deref() {
            Some("28P01" | "28000") => {
                format!("{}; correct user and password in the database URL", error.message())
            }
            Some("3D000") => format!("{}; make it with `createdb`", error.message()),
            Some("53300") => format!("{}; raise its max_connections", error.message()),
            _ => error.message().to_owned(),
        },
        error => error.to_string(),
    }
}

/// Opens the file, making it where it does not exist, and tells its full path.
fn make_file(path: &Path) -> Result<PathBuf, StoreError> {
    let mut open = std::fs::OpenOptions::new();
    open.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut open, 0o600);
    open.open(path).and_then(|_| path.canonicalize()).map_err(|error| {
        let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let folder = folder.display();
        let reason = match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => return StoreError::Full,
            io::ErrorKind::NotFound => format!("the folder {folder} does not exist; make it first"),
            io::ErrorKind::NotADirectory => format!("{folder} is not a folder; give another path"),
            io::ErrorKind::IsADirectory => "it is a folder; give the path of a file in it".to_owned(),
            io::ErrorKind::PermissionDenied => format!(
                "the user that runs this program may not write it; check owner and permissions of it and \
                 of {folder}"
            ),
            io::ErrorKind::ReadOnlyFilesystem => "it lies on a read-only file system".to_owned(),
            _ => error.to_string(),
        };
        StoreError::File { path: path.to_owned(), reason }
    })
}

fn percent_encoded(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-_.".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// The URL with its password left out, whatever else is wrong with it.
fn without_password(url: &str) -> String {
    let Some((head, tail)) = url.rsplit_once('@') else { return url.to_owned() };
    let (scheme, user) = match head.split_once("://") {
        Some((scheme, user)) => (format!("{scheme}://"), user),
        None => (String::new(), head),
    };
    let user = user.split(':').next().unwrap_or_default();
    format!("{scheme}{user}:...@{tail}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_urls() {
        for (url, path) in [
            ("sqlite:/var/lib/fieldpost.db", "/var/lib/fieldpost.db"),
            ("sqlite:///var/lib/fieldpost.db", "/var/lib/fieldpost.db"),
            ("sqlite:relative 100%.db", "relative 100%.db"),
        ] {
            let location = Location::parse(url).unwrap();
            assert_eq!(location.dialect(), Dialect::Sqlite);
            assert_eq!(location.to_string(), path);
        }
        let location =
            Location::parse("postgres://mail:secret@db.example:5433/mail?sslmode=require").unwrap();
        assert_eq!(location.to_string(), "db.example:5433/mail");
        assert_eq!(
            location.url().unwrap(),
            "postgres://mail:secret@db.example:5433/mail?sslmode=require&application_name=fieldpost"
        );
        for url in [
            "",
            "mysql://host/db",
            "fieldpost.db",
            "sqlite:",
            "sqlite::memory:",
            "sqlite:x?mode=ro",
            "postgres:x",
        ] {
            let error = Location::parse(url).unwrap_err();
            assert!(matches!(error, StoreError::Url { .. }), "{url}: {error}");
        }
    }

    #[test]
    fn no_password_is_shown() {
        for url in ["mysql://u:secret@host/db", "u:secret@host", "postgre://u:se@cret@host:1/db"] {
            let error = Location::parse(url).unwrap_err().to_string();
            assert!(!error.contains("cret"), "{error}");
            assert!(error.contains("host"), "{error}");
        }
    }
}
