//! Which URL phones are told.
//!
//! A `Host` header is the client's word, and the JSON form answers anybody, through caches too: a host
//! that is merely repeated would let a stranger have phones sent, with their passwords, to a server of
//! his. So the URL is the one that was configured; else it is made of the server's name, and a `Host` is
//! repeated, with its port, only where it is one of the names that this server is known to have.

use crate::Settings;

/// Where the ActiveSync endpoint lies under an origin.
const ENDPOINT: &str = "/Microsoft-Server-ActiveSync";

/// The place that phones are told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Location {
    /// `https://name`, with a port where it is not the usual one.
    origin: String,
    /// The endpoint's path.
    path: String,
}

impl Location {
    /// The place, for a request that was sent to `host`.
    pub fn of(settings: &Settings, host: Option<&str>) -> Location {
        if let Some((origin, path)) = settings.external_url.as_deref().and_then(split) {
            let path = if path.is_empty() || path == "/" { ENDPOINT } else { path };
            return Location { origin: origin.to_owned(), path: path.to_owned() };
        }
        let known = host.filter(|host| {
            split_port(host)
                .is_some_and(|(name, _)| settings.names.iter().any(|known| known.eq_ignore_ascii_case(name)))
        });
        let authority = known.or(settings.names.first().map(String::as_str)).unwrap_or("localhost");
        Location { origin: format!("https://{authority}"), path: ENDPOINT.to_owned() }
    }

    /// URL of the ActiveSync endpoint.
    pub fn endpoint(&self) -> String {
        format!("{}{}", self.origin, self.path)
    }

    /// URL of the XML form of Autodiscover.
    pub fn autodiscover(&self) -> String {
        format!("{}{}", self.origin, super::XML_PATH)
    }

    /// Whether a request that was sent to `host` is in the right place.
    pub fn is_at(&self, host: &str) -> bool {
        self.origin.strip_prefix("https://").is_some_and(|authority| authority.eq_ignore_ascii_case(host))
    }
}

/// Whether a text can be the URL that phones are told: `https`, a host, perhaps a port and a path,
/// and nothing that would need escaping.
pub fn is_url(url: &str) -> bool {
    split(url).is_some()
}

/// Origin and path of an `https` URL.
fn split(url: &str) -> Option<(&str, &str)> {
    let rest = url.strip_prefix("https://")?;
    let end = rest.find('/').unwrap_or(rest.len());
    let (authority, path) = rest.split_at_checked(end)?;
    split_port(authority)?;
    let plain = |c: char| c.is_ascii_alphanumeric() || "/-._~".contains(c);
    path.chars().all(plain).then_some((url.get(..url.len() - path.len())?, path))
}

/// Name and port of `name:port`; none where it is neither a host name nor an address.
fn split_port(authority: &str) -> Option<(&str, Option<u16>)> {
    let (name, port) = match authority.rsplit_once(':') {
        // The colons of an IPv6 address in brackets are not before a port.
        Some((name, port)) if !port.ends_with(']') => (name, Some(port.parse().ok()?)),
        _ => (authority, None),
    };
    let address = name.strip_prefix('[').and_then(|name| name.strip_suffix(']'));
    let good = match address {
        Some(address) => address.parse::<std::net::Ipv6Addr>().is_ok(),
        None => {
            !name.is_empty()
                && name.len() <= 253
                && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '.')
        }
    };
    good.then_some((name, port))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(external_url: Option<&str>) -> Settings {
        Settings {
            names: vec!["mail.example.org".to_owned(), "autodiscover.example.org".to_owned()],
            external_url: external_url.map(str::to_owned),
            ..Settings::default()
        }
    }

    #[test]
    fn a_host_is_repeated_only_if_it_is_ours() {
        let told = |host: Option<&str>| Location::of(&settings(None), host).endpoint();
        assert_eq!(told(None), "https://mail.example.org/Microsoft-Server-ActiveSync");
        assert_eq!(
            told(Some("AUTODISCOVER.example.org:8443")),
            "https://AUTODISCOVER.example.org:8443/Microsoft-Server-ActiveSync"
        );
        for strange in [
            "evil.example",
            "mail.example.org.evil.example",
            "mail.example.org@evil.example",
            "",
            "a b",
            "x:y",
        ] {
            assert_eq!(
                told(Some(strange)),
                "https://mail.example.org/Microsoft-Server-ActiveSync",
                "{strange}"
            );
        }
    }

    #[test]
    fn what_was_configured_wins() {
        let told = |url| Location::of(&settings(Some(url)), Some("autodiscover.example.org"));
        assert_eq!(
            told("https://push.example.org:4443").endpoint(),
            "https://push.example.org:4443/Microsoft-Server-ActiveSync"
        );
        let elsewhere = told("https://push.example.org/eas/");
        assert_eq!(elsewhere.endpoint(), "https://push.example.org/eas/");
        assert_eq!(elsewhere.autodiscover(), "https://push.example.org/autodiscover/autodiscover.xml");
        assert!(elsewhere.is_at("Push.example.org"));
        assert!(!elsewhere.is_at("autodiscover.example.org"));
    }

    #[test]
    fn only_a_plain_https_url_will_do() {
        for good in ["https://a.example", "https://a.example:1/x", "https://[::1]:8443/"] {
            assert!(is_url(good), "{good}");
        }
        for bad in [
            "http://a.example",
            "https://",
            "https://u:p@a.example",
            "https://a.example/?x",
            "https://a:99999",
        ] {
            assert!(!is_url(bad), "{bad}");
        }
    }
}
