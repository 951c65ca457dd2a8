//! Where a server is: scheme, host, port and path of its URL.

use std::fmt;

use hyper::Uri;
use rustls_pki_types::ServerName;

use super::TransportError;

/// The path that every ActiveSync server answers at ([MS-ASHTTP] 2.2.1.1.1).
pub const DEFAULT_PATH: &str = "/Microsoft-Server-ActiveSync";

/// A server's address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    /// TLS or plain TCP.
    pub tls: bool,
    /// Name or address; an IPv6 address without brackets.
    pub host: String,
    /// TCP port.
    pub port: u16,
    /// Path of the endpoint, [`DEFAULT_PATH`] unless the URL has one.
    pub path: String,
}

impl Endpoint {
    /// Reads `https://host[:port][/path]`; a missing scheme means `https`. A query is dropped: the
    /// address of a redirection may carry the request's own.
    pub fn parse(url: &str) -> Result<Endpoint, TransportError> {
        let wrong = |reason| TransportError::Url { url: url.into(), reason };
        let text = url.trim();
        let text = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
        let uri: Uri = text.parse().map_err(|_| wrong("it is not a URL"))?;
        let tls = match uri.scheme_str() {
            Some("https") => true,
            Some("http") => false,
            _ => return Err(wrong("the scheme must be https or http")),
        };
        let authority = uri.authority().ok_or_else(|| wrong("it names no host"))?;
        if authority.as_str().contains('@') {
            return Err(wrong("a user name or password in it would end up in logs"));
        }
        let host = authority.host().trim_start_matches('[').trim_end_matches(']');
        if host.is_empty() {
            return Err(wrong("it names no host"));
        }
        let port = match authority.port() {
            Some(port) => port.as_u16(),
            None if tls => 443,
            None => 80,
        };
        let path = match uri.path() {
            "" | "/" => DEFAULT_PATH.to_owned(),
            path => path.to_owned(),
        };
        Ok(Endpoint { tls, host: host.to_owned(), port, path })
    }

    /// `host:port` as the `Host` header has it, the port left out where it is the scheme's own.
    pub fn authority(&self) -> String {
        let host = match self.host.contains(':') {
            true => format!("[{}]", self.host),
            false => self.host.clone(),
        };
        match (self.tls, self.port) {
            (true, 443) | (false, 80) => host,
            (_, port) => format!("{host}:{port}"),
        }
    }

    pub(super) fn server_name(&self) -> Result<ServerName<'static>, TransportError> {
        ServerName::try_from(self.host.clone()).map_err(|_| TransportError::Url {
            url: self.host.clone(),
            reason: "it is neither a host name nor an address",
        })
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = if self.tls { "https" } else { "http" };
        write!(f, "{scheme}://{}{}", self.authority(), self.path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_are_read() {
        let e = Endpoint::parse("https://mail.example.org").unwrap();
        assert_eq!((e.tls, e.port, e.path.as_str()), (true, 443, DEFAULT_PATH));
        assert_eq!(e.authority(), "mail.example.org");

        let e = Endpoint::parse("http://[::1]:8080/z-push?Cmd=Sync").unwrap();
        assert_eq!((e.tls, e.host.as_str(), e.port, e.path.as_str()), (false, "::1", 8080, "/z-push"));
        assert_eq!(e.authority(), "[::1]:8080");

        let e = Endpoint::parse("mail.example.org:8443/").unwrap();
        assert_eq!(e.to_string(), "https://mail.example.org:8443/Microsoft-Server-ActiveSync");
    }

    #[test]
    fn nonsense_is_refused_with_a_reason() {
        for bad in ["", "ftp://x", "https://", "https://user:secret@x/", "http://a b/"] {
            let error = Endpoint::parse(bad).unwrap_err().to_string();
            assert!(error.contains("write https://"), "{bad}: {error}");
        }
    }
}
