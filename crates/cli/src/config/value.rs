//! Kinds of settings: how each is read from TOML or from text, and how it is written back.
//!
//! A new kind is one `impl Setting`. Sections that use them: [`super::section`].

use std::fmt::{self, Write as _};
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::time::Duration;

use ipnet::IpNet;

/// A value as a file has it, without its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A string.
    Text(String),
    /// An integer.
    Integer(i64),
    /// A boolean.
    Boolean(bool),
    /// An array.
    List(Vec<Value>),
    /// Of a kind that no setting has; its name.
    Other(&'static str),
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Text(text) => f.write_str(&quoted(text)),
            Value::Integer(number) => number.fmt(f),
            Value::Boolean(value) => value.fmt(f),
            Value::List(_) => f.write_str("a list"),
            Value::Other(kind) => write!(f, "a {kind}"),
        }
    }
}

/// A kind of setting.
pub trait Setting: Sized + Clone {
    /// What it looks like, to be put after "must be".
    const FORM: &'static str;

    /// Reads it from an environment variable or a TOML string.
    fn from_text(text: &str) -> Option<Self>;

    /// Reads it from a TOML value. Strings only, unless said otherwise.
    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Text(text) => Self::from_text(text),
            _ => None,
        }
    }

    /// As it is written in a file; none where it is not set.
    fn to_toml(&self) -> Option<String>;

    /// Makes a relative path start at `base`.
    fn rebase(self, _base: &Path) -> Self {
        self
    }
}

/// Puts a string between quotes, as TOML has it.
pub fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

impl Setting for String {
    const FORM: &'static str = "a string";

    fn from_text(text: &str) -> Option<Self> {
        Some(text.to_owned())
    }

    fn to_toml(&self) -> Option<String> {
        Some(quoted(self))
    }
}

impl Setting for bool {
    const FORM: &'static str = "true or false";

    fn from_text(text: &str) -> Option<Self> {
        match text {
            "true" => Some(true),
            "false" => Some(false),
            _ => None,
        }
    }

    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Boolean(value) => Some(*value),
            _ => None,
        }
    }

    fn to_toml(&self) -> Option<String> {
        Some(self.to_string())
    }
}

macro_rules! integer {
    ($($kind:ty => $form:literal),+ $(,)?) => {$(
        impl Setting for $kind {
            const FORM: &'static str = $form;

            fn from_text(text: &str) -> Option<Self> {
                text.parse().ok()
            }

            fn from_value(value: &Value) -> Option<Self> {
                match value {
                    Value::Integer(number) => (*number).try_into().ok(),
                    _ => None,
                }
            }

            fn to_toml(&self) -> Option<String> {
                Some(self.to_string())
            }
        }
    )+};
}

integer! {
    u8 => "a number from 0 to 255",
    u16 => "a number from 0 to 65535",
    u32 => "a number from 0 to 4294967295",
}

impl Setting for SocketAddr {
    const FORM: &'static str = "an address with a port, such as \"0.0.0.0:443\" or \"[::]:443\"";

    fn from_text(text: &str) -> Option<Self> {
        text.trim().parse().ok()
    }

    fn to_toml(&self) -> Option<String> {
        Some(quoted(&self.to_string()))
    }
}

impl Setting for IpNet {
    const FORM: &'static str = "a network, such as \"10.0.0.0/8\", or an address";

    fn from_text(text: &str) -> Option<Self> {
        let text = text.trim();
        text.parse().ok().or_else(|| text.parse::<IpAddr>().ok().map(IpNet::from))
    }

    fn to_toml(&self) -> Option<String> {
        Some(quoted(&self.to_string()))
    }
}

impl Setting for PathBuf {
    const FORM: &'static str = "a path";

    fn from_text(text: &str) -> Option<Self> {
        (!text.is_empty()).then(|| text.into())
    }

    fn to_toml(&self) -> Option<String> {
        Some(quoted(&self.to_string_lossy()))
    }

    fn rebase(self, base: &Path) -> Self {
        base.join(self)
    }
}

/// A length of time, written with a unit: `"30s"`, `"5 min"`, `"2 h"`, `"5 days"`.
impl Setting for Duration {
    const FORM: &'static str = "a length of time, such as \"30s\", \"5min\", \"2h\" or \"5d\"";

    fn from_text(text: &str) -> Option<Self> {
        let (number, unit) = number_and_unit(text)?;
        let milliseconds: u64 = match unit.as_str() {
            "ms" => 1,
            "s" | "sec" | "second" | "seconds" => 1000,
            "m" | "min" | "minute" | "minutes" => 60_000,
            "h" | "hour" | "hours" => 3_600_000,
            "d" | "day" | "days" => 86_400_000,
            _ => return None,
        };
        number.checked_mul(milliseconds).map(Duration::from_millis)
    }

    fn to_toml(&self) -> Option<String> {
        let milliseconds = self.as_millis();
        let (unit, length) = [("d", 86_400_000), ("h", 3_600_000), ("min", 60_000), ("s", 1000), ("ms", 1)]
            .into_iter()
            .find(|(_, length)| milliseconds.is_multiple_of(*length))
            .unwrap_or(("ms", 1));
        if milliseconds == 0 {
            return Some("\"0s\"".into());
        }
        Some(format!("\"{}{unit}\"", milliseconds / length))
    }
}

/// A number of bytes, written with a unit: `"25 MB"` (millions), `"16 MiB"` (2^20).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Size(pub u64);

impl Size {
    /// Millions of bytes.
    pub const fn mb(millions: u64) -> Size {
        Size(millions * 1_000_000)
    }

    /// Units of 1024 * 1024 bytes.
    pub const fn mib(units: u64) -> Size {
        Size(units * 1024 * 1024)
    }

    /// As a length in memory; the greatest where it does not fit.
    pub fn bytes(self) -> usize {
        usize::try_from(self.0).unwrap_or(usize::MAX)
    }
}

const UNITS: [(&str, u64); 7] = [
    ("GiB", 1 << 30),
    ("GB", 1_000_000_000),
    ("MiB", 1 << 20),
    ("MB", 1_000_000),
    ("KiB", 1 << 10),
    ("KB", 1000),
    ("B", 1),
];

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, unit) in UNITS {
            if self.0 >= unit && self.0.is_multiple_of(unit) {
                return write!(f, "{} {name}", self.0 / unit);
            }
        }
        write!(f, "{} B", self.0)
    }
}

impl Setting for Size {
    const FORM: &'static str = "a size, such as \"25 MB\" or \"64 KiB\"";

    fn from_text(text: &str) -> Option<Self> {
        let (number, unit) = number_and_unit(text)?;
        let (_, bytes) = UNITS.iter().find(|(name, _)| name.eq_ignore_ascii_case(&unit))?;
        number.checked_mul(*bytes).map(Size)
    }

    fn to_toml(&self) -> Option<String> {
        Some(quoted(&self.to_string()))
    }
}

fn number_and_unit(text: &str) -> Option<(u64, String)> {
    let text = text.trim();
    let digits = text.find(|c: char| !c.is_ascii_digit())?;
    let (number, unit) = text.split_at(digits);
    Some((number.parse().ok()?, unit.trim().to_ascii_lowercase()))
}

impl<T: Setting> Setting for Option<T> {
    const FORM: &'static str = T::FORM;

    fn from_text(text: &str) -> Option<Self> {
        if text.is_empty() { Some(None) } else { T::from_text(text).map(Some) }
    }

    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Text(text) if text.is_empty() => Some(None),
            value => T::from_value(value).map(Some),
        }
    }

    fn to_toml(&self) -> Option<String> {
        self.as_ref().and_then(T::to_toml)
    }

    fn rebase(self, base: &Path) -> Self {
        self.map(|value| value.rebase(base))
    }
}

/// In a file an array; in an environment variable the values with commas between them.
impl<T: Setting> Setting for Vec<T> {
    const FORM: &'static str = T::FORM;

    fn from_text(text: &str) -> Option<Self> {
        text.split(',').map(str::trim).filter(|part| !part.is_empty()).map(T::from_text).collect()
    }

    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::List(values) => values.iter().map(T::from_value).collect(),
            single => T::from_value(single).map(|value| vec![value]),
        }
    }

    fn to_toml(&self) -> Option<String> {
        let parts: Vec<String> = self.iter().filter_map(T::to_toml).collect();
        Some(format!("[{}]", parts.join(", ")))
    }

    fn rebase(self, base: &Path) -> Self {
        self.into_iter().map(|value| value.rebase(base)).collect()
    }
}

/// Makes an enum whose values are written as words.
macro_rules! words {
    ($(#[$meta:meta])* pub enum $name:ident { $($(#[$doc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $name { $($(#[$doc])* $variant),+ }

        impl $crate::config::value::Setting for $name {
            const FORM: &'static str = words!(@form $($word),+);

            fn from_text(text: &str) -> Option<Self> {
                match text {
                    $($word => Some($name::$variant),)+
                    _ => None,
                }
            }

            fn to_toml(&self) -> Option<String> {
                Some(match self { $($name::$variant => concat!('"', $word, '"')),+ }.to_owned())
            }
        }
    };
    (@form $first:literal $(, $word:literal)*) => {
        concat!("one of \"", $first, "\"" $(, ", \"", $word, "\"")*)
    };
}
pub(crate) use words;

/// The address of the database. Never shown with its password.
#[derive(Clone, PartialEq, Eq)]
pub struct DatabaseUrl(String);

impl DatabaseUrl {
    /// The SQLite database in that file.
    pub fn sqlite(path: &Path) -> DatabaseUrl {
        DatabaseUrl(format!("sqlite:{}", path.display()))
    }

    /// The whole URL, password included: for the store alone.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// The file of a SQLite database.
    pub fn file(&self) -> Option<&Path> {
        let rest = self.0.strip_prefix("sqlite:")?;
        let rest = rest.strip_prefix("//").unwrap_or(rest);
        Some(Path::new(rest.split('?').next().unwrap_or(rest)))
    }

    /// The same with this password.
    pub fn with_password(&self, password: &str) -> Option<DatabaseUrl> {
        let (scheme, rest) = self.0.split_once("://")?;
        let (authority, tail) = match rest.find('/') {
            Some(slash) => rest.split_at(slash),
            None => (rest, ""),
        };
        let (user, host) = authority.rsplit_once('@')?;
        let user = user.split(':').next().unwrap_or(user);
        let mut encoded = String::new();
        for byte in password.bytes() {
            if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
                encoded.push(char::from(byte));
            } else {
                let _ = write!(encoded, "%{byte:02X}");
            }
        }
        Some(DatabaseUrl(format!("{scheme}://{user}:{encoded}@{host}{tail}")))
    }

    /// The URL with its password hidden.
    pub fn masked(&self) -> String {
        let Some((scheme, rest)) = self.0.split_once("://") else { return self.0.clone() };
        let (authority, tail) = match rest.find('/') {
            Some(slash) => rest.split_at(slash),
            None => (rest, ""),
        };
        let tail = tail.split('?').next().unwrap_or(tail);
        match authority.rsplit_once('@') {
            Some((user, host)) => match user.split_once(':') {
                Some((user, _)) => format!("{scheme}://{user}:***@{host}{tail}"),
                None => format!("{scheme}://{user}@{host}{tail}"),
            },
            None => format!("{scheme}://{authority}{tail}"),
        }
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked())
    }
}

impl Setting for DatabaseUrl {
    const FORM: &'static str = "\"sqlite:/path/to/fieldpost.db\" or \"postgres://user@host/database\"";

    fn from_text(text: &str) -> Option<Self> {
        let known = ["sqlite:", "postgres:", "postgresql:"].iter().any(|scheme| text.starts_with(scheme));
        known.then(|| DatabaseUrl(text.to_owned()))
    }

    fn to_toml(&self) -> Option<String> {
        Some(quoted(&self.masked()))
    }

    fn rebase(self, base: &Path) -> Self {
        match self.file() {
            Some(file) if file.is_relative() && file != Path::new(":memory:") => {
                let options = self.0.split_once('?').map(|(_, options)| format!("?{options}"));
                let path = base.join(file);
                DatabaseUrl(format!("sqlite:{}{}", path.display(), options.unwrap_or_default()))
            }
            _ => self,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_of_time_and_sizes_have_units() {
        assert_eq!(Duration::from_text("30s"), Some(Duration::from_secs(30)));
        assert_eq!(Duration::from_text("5 min"), Some(Duration::from_secs(300)));
        assert_eq!(Duration::from_text("1500 ms").unwrap().to_toml().unwrap(), "\"1500ms\"");
        assert_eq!(Duration::from_secs(86_400).to_toml().unwrap(), "\"1d\"");
        for wrong in ["30", "", "s", "-3s", "3 fortnights", "99999999999999999999s", "18446744073709551615d"]
        {
            assert_eq!(Duration::from_text(wrong), None, "{wrong}");
        }
        assert_eq!(Size::from_text("25 MB"), Some(Size(25_000_000)));
        assert_eq!(Size::from_text("64kib"), Some(Size(65_536)));
        assert_eq!(Size::mb(25).to_toml().unwrap(), "\"25 MB\"");
        assert_eq!(Size::from_text("25"), None);
    }

    #[test]
    fn what_is_written_is_read_again() {
        for size in [0, 1, 1000, 1024, 25_000_000, 1 << 30, 123_456_789] {
            let text = Size(size).to_string();
            assert_eq!(Size::from_text(&text), Some(Size(size)), "{text}");
        }
        for milliseconds in [0, 1, 1000, 90_000, 3_600_000, 86_400_000] {
            let duration = Duration::from_millis(milliseconds);
            let text = duration.to_toml().unwrap();
            assert_eq!(Duration::from_text(text.trim_matches('"')), Some(duration), "{text}");
        }
    }

    #[test]
    fn a_password_in_the_database_url_is_hidden() {
        let url = DatabaseUrl::from_text("postgres://field:s3cr3t@db.example.org:5432/mail?sslmode=require")
            .unwrap();
        assert_eq!(url.masked(), "postgres://field:***@db.example.org:5432/mail");
        assert!(!format!("{url:?}").contains("s3cr3t"));
        let url = DatabaseUrl::from_text("postgres://field@db/mail").unwrap().with_password("a b@/").unwrap();
        assert_eq!(url.reveal(), "postgres://field:a%20b%40%2F@db/mail");
    }

    #[test]
    fn a_relative_database_file_lies_beside_the_configuration() {
        let url = DatabaseUrl::from_text("sqlite:mail.db").unwrap().rebase(Path::new("/etc/fieldpost"));
        assert_eq!(url.reveal(), "sqlite:/etc/fieldpost/mail.db");
        let url = DatabaseUrl::from_text("sqlite:///var/mail.db?mode=ro").unwrap();
        assert_eq!(url.file(), Some(Path::new("/var/mail.db")));
    }
}
