//! Who asks, where a proxy stands in front.
//!
//! `X-Forwarded-For` is whatever the client wrote, with the address of each proxy's own client added at
//! its end. So it is read from the end, and only as far as those who added to it are known.

use std::net::IpAddr;

use hyper::HeaderMap;
use ipnet::IpNet;

use super::Peer;

/// Whose word on the client's address is taken.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Forwarded {
    trusted: Vec<IpNet>,
}

impl Forwarded {
    /// Nobody's: the client is who opened the connection.
    pub fn ignore() -> Forwarded {
        Forwarded::default()
    }

    /// That of the proxies in these networks.
    pub fn trust(networks: Vec<IpNet>) -> Forwarded {
        Forwarded { trusted: networks }
    }

    /// Who asks, by the address that the connection came from and the request's head.
    pub(super) fn peer(&self, connected: IpAddr, tls: bool, headers: &HeaderMap) -> Peer {
        let mut peer = Peer { address: connected.to_canonical(), tls };
        if !self.trusts(peer.address) {
            return peer;
        }
        if let Some(scheme) = headers.get_all("x-forwarded-proto").iter().next_back() {
            peer.tls = scheme.as_bytes().eq_ignore_ascii_case(b"https");
        }
        let fields = headers.get_all("x-forwarded-for").iter().rev();
        let addresses = fields.flat_map(|field| field.to_str().unwrap_or_default().rsplit(','));
        for address in addresses {
            // What can't be read was not written by a proxy that is known.
            let Ok(address) = address.trim().parse::<IpAddr>() else { break };
            peer.address = address.to_canonical();
            if !self.trusts(peer.address) {
                break;
            }
        }
        peer
    }

    fn trusts(&self, address: IpAddr) -> bool {
        self.trusted.iter().any(|network| network.contains(&address))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(trusted: &[&str], connected: &str, fields: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for field in fields {
            headers.append("x-forwarded-for", field.parse().unwrap());
        }
        let forwarded = Forwarded::trust(trusted.iter().map(|network| network.parse().unwrap()).collect());
        forwarded.peer(connected.parse().unwrap(), false, &headers).address.to_string()
    }

    #[test]
    fn a_stranger_is_not_believed() {
        assert_eq!(client(&[], "192.0.2.9", &["203.0.113.1"]), "192.0.2.9");
        assert_eq!(client(&["10.0.0.0/8"], "192.0.2.9", &["203.0.113.1"]), "192.0.2.9");
    }

    #[test]
    fn the_last_address_that_no_proxy_of_ours_has() {
        let trusted = ["10.0.0.0/8", "::1/128"];
        assert_eq!(client(&trusted, "10.0.0.1", &["203.0.113.1"]), "203.0.113.1");
        assert_eq!(
            client(&trusted, "::ffff:10.0.0.1", &["198.51.100.7, 203.0.113.1, 10.2.2.2"]),
            "203.0.113.1"
        );
        assert_eq!(client(&trusted, "::1", &["198.51.100.7", "2001:db8::5,10.0.0.3"]), "2001:db8::5");
        assert_eq!(client(&trusted, "::1", &["10.9.9.9"]), "10.9.9.9");
    }

    #[test]
    fn what_is_no_address_ends_the_search() {
        assert_eq!(client(&["10.0.0.0/8"], "10.0.0.1", &["203.0.113.1, unknown"]), "10.0.0.1");
        assert_eq!(client(&["10.0.0.0/8"], "10.0.0.1", &[]), "10.0.0.1");
    }
}
