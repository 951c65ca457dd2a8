//! `[listen]`: the addresses that are listened on. Port 0 takes any free port.

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};

use ipnet::IpNet;

use crate::config::schema::section;

section! {
    /// The addresses that are listened on. Port 0 takes any free port.
    pub struct Listen in "listen" {
        /// HTTPS, for phones.
        https: Vec<SocketAddr> = default_https(),
        /// Plain HTTP, for a proxy on this host that does TLS.
        http: Vec<SocketAddr> = Vec::new(),
        /// Allows plain HTTP on addresses that other hosts can reach. Passwords then cross the network
        /// in the clear.
        http_beyond_loopback: bool = false,
        /// Networks of proxies whose X-Forwarded-For is believed, such as "10.0.0.0/8".
        trusted_proxies: Vec<IpNet> = loopback(),
        /// SMTP, for mail from other servers to the domains of section [mail].
        smtp: Vec<SocketAddr> = Vec::new(),
        /// LMTP, for mail from a mail server of yours. It has no password: use a loopback address.
        lmtp: Vec<SocketAddr> = Vec::new(),
    }
}

fn default_https() -> Vec<SocketAddr> {
    vec![SocketAddr::from(([0, 0, 0, 0], 443)), SocketAddr::from(([0; 8], 443))]
}

fn loopback() -> Vec<IpNet> {
    vec![
        IpNet::from(std::net::IpAddr::from(Ipv4Addr::LOCALHOST)),
        IpNet::from(std::net::IpAddr::from(Ipv6Addr::LOCALHOST)),
    ]
}

impl Listen {
    /// Every address, with the name of what listens there.
    pub fn all(&self) -> impl Iterator<Item = (&'static str, SocketAddr)> {
        [("https", &self.https), ("http", &self.http), ("smtp", &self.smtp), ("lmtp", &self.lmtp)]
            .into_iter()
            .flat_map(|(name, addresses)| addresses.iter().map(move |address| (name, *address)))
    }
}
