//! What the demo says to people: what it has set up, and how to connect a real phone.

use std::fmt::Write as _;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, UdpSocket};
use std::path::Path;

use fieldpost_net::tls::Certificate;
use secrecy::{ExposeSecret as _, SecretString};

use super::people::{self, Person};
use crate::serve::Addresses;

/// What was set up.
pub fn introduction(
    addresses: &Addresses,
    folder: &Path,
    people: &[Person],
    administrator: Option<&SecretString>,
) -> String {
    let mut text = format!("Fieldpost {}, a demo in {}\n\n", env!("CARGO_PKG_VERSION"), folder.display());
    for address in &addresses.https {
        let _ = writeln!(text, "  phones     https://{address}");
    }
    for address in &addresses.lmtp {
        let _ = writeln!(text, "  mail in    LMTP {address}");
    }
    for person in people {
        let _ = writeln!(
            text,
            "  account    {:<20} password {}   {} messages",
            person.address,
            person.reveal(),
            person.messages
        );
    }
    for address in &addresses.admin {
        let _ = writeln!(text, "  web tool   https://{address}/MobileAdmin");
    }
    let password = administrator.map_or("as you chose it before".to_owned(), |password| {
        format!("one-time {}, to be changed at once", password.expose_secret())
    });
    let _ = writeln!(text, "  sign in    {:<20} {password}", people::ADMINISTRATOR);
    text
}

/// How to connect a real phone.
pub fn real_phone(addresses: &Addresses, certificate: Option<&Certificate>, people: &[Person]) -> String {
    let mut text = String::from("\nThe server goes on; Ctrl-C ends it.\n\n");
    let Some(address) = addresses.https.first() else { return text };
    if address.ip().is_loopback() {
        text.push_str(
            "It listens on this machine alone. To connect a real phone in your network, run\n\n  \
             fieldpost demo --dir ./fieldpost-demo --listen 0.0.0.0:8443\n",
        );
        return text;
    }
    let hosts: Vec<String> =
        reachable(address.ip()).iter().map(|ip| host_and_port(*ip, address.port())).collect();
    text.push_str(
        "To connect a real phone in the same network, add an account of the kind \"Exchange\":\n\n",
    );
    if let Some(person) = people.first() {
        let _ = writeln!(text, "  address      {}", person.address);
        let _ = writeln!(text, "  password     {}", person.reveal());
    }
    let _ = writeln!(text, "  server       {}", hosts.join(" or "));
    text.push_str("  domain       leave it empty\n  user name    the address\n\n");
    text.push_str(
        "The server made its certificate itself, so the phone will warn: accept it (\"accept all\n\
         certificates\" on Android), or install the authority on the phone first",
    );
    if let Some(authority) = &addresses.authority {
        let _ = write!(text, ":\n\n  {}", authority.display());
    }
    text.push('\n');
    if let Some(certificate) = certificate {
        let _ = writeln!(text, "\nFingerprint of the certificate (SHA-256): {}", certificate.fingerprint);
    }
    text
}

fn host_and_port(ip: IpAddr, port: u16) -> String {
    match ip {
        IpAddr::V4(ip) => format!("{ip}:{port}"),
        IpAddr::V6(ip) => format!("[{ip}]:{port}"),
    }
}

/// Addresses by which other hosts reach a listener on `ip`. For a listener on all addresses, those from
/// which this host would speak to the internet; nothing is sent to find that out.
pub fn reachable(ip: IpAddr) -> Vec<IpAddr> {
    if !ip.is_unspecified() {
        return vec![ip];
    }
    // Addresses for documentation (RFC 5737, RFC 3849): nobody has them.
    let probes: [(IpAddr, IpAddr); 2] = [
        (Ipv4Addr::UNSPECIFIED.into(), Ipv4Addr::new(192, 0, 2, 1).into()),
        (Ipv6Addr::UNSPECIFIED.into(), Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1).into()),
    ];
    let own = |(from, to): (IpAddr, IpAddr)| {
        let socket = UdpSocket::bind((from, 0)).ok()?;
        socket.connect((to, 9)).ok()?;
        Some(socket.local_addr().ok()?.ip())
    };
    let found = probes.into_iter().filter_map(own);
    found.filter(|found| !found.is_unspecified() && (ip.is_ipv6() || found.is_ipv4())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn addresses(https: &str) -> Addresses {
        Addresses {
            https: vec![https.parse().unwrap()],
            http: Vec::new(),
            smtp: Vec::new(),
            lmtp: Vec::new(),
            admin: Vec::new(),
            authority: Some("/demo/authority.pem".into()),
        }
    }

    #[test]
    fn a_server_that_only_this_machine_reaches_says_what_to_run() {
        let text = real_phone(&addresses("127.0.0.1:8443"), None, &[]);
        assert!(text.contains("--listen 0.0.0.0:8443"), "{text}");
    }

    #[test]
    fn a_server_that_others_reach_says_how() {
        let people = [Person {
            address: "anna@example.org".into(),
            name: "Anna",
            password: "abcde-fghjk".into(),
            messages: 3,
        }];
        let text = real_phone(&addresses("192.0.2.7:8443"), None, &people);
        for part in ["192.0.2.7:8443", "anna@example.org", "abcde-fghjk", "/demo/authority.pem"] {
            assert!(text.contains(part), "{text}");
        }
    }
}
