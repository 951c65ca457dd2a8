//! Whether the certificate and its key can be used, and for how long and for which names.

use fieldpost_net::tls::{Source, Tls};
use jiff::Timestamp;

use super::finding::Findings;
use crate::config::Config;
use crate::settings;

/// Days before the end at which somebody should see to a new one.
const SOON: i64 = 21;
const DAY: i64 = 86_400;

/// Reads the certificate as the server would.
pub fn check(config: &Config, now: Timestamp, findings: &mut Findings) {
    if config.listen.https.is_empty() {
        return;
    }
    let source = settings::certificate(config);
    if let Source::Own { folder, .. } = &source
        && !folder.exists()
    {
        findings.good("certificate", "the server makes its own at the first start");
        return;
    }
    let own = matches!(source, Source::Own { .. });
    let tls = match Tls::open(source, now.as_second()) {
        Ok(tls) => tls,
        Err(error) => return findings.bad("certificate", error),
    };
    let certificate = tls.certificate();
    let days = (certificate.not_after - now.as_second()) / DAY;
    let names = certificate.names.join(", ");
    let host = config.server.host_name();
    if certificate.not_before > now.as_second() {
        let from =
            Timestamp::from_second(certificate.not_before).map(|time| time.to_string()).unwrap_or_default();
        findings.bad(
            "certificate",
            format!("it is valid from {from} on only: set the clock, or use another certificate"),
        );
    } else if days < SOON && !own {
        findings.warning("certificate", format!("it ends in {days} days: renew it; it is for {names}"));
    } else {
        findings.good("certificate", format!("valid for {days} more days, for {names}"));
    }
    if config.server.name.is_some() && !certificate.names.iter().any(|name| matches(name, &host)) {
        findings.bad(
            "certificate",
            format!("it is not for {host}, which is the name in section [server]: phones will refuse it; it is for {names}"),
        );
    }
    if own {
        findings.warning(
            "certificate",
            "it is the server's own: a phone has to be told to trust it; set certificate and key in section [tls] for one that phones know",
        );
    }
}

/// Whether a name of a certificate is for the host (RFC 9525 6.3): a `*` stands for one label.
fn matches(name: &str, host: &str) -> bool {
    if name.eq_ignore_ascii_case(host) {
        return true;
    }
    match (name.strip_prefix("*."), host.split_once('.')) {
        (Some(name), Some((_, host))) => name.eq_ignore_ascii_case(host),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_one_label() {
        assert!(matches("mail.example.org", "MAIL.example.org"));
        assert!(matches("*.example.org", "mail.example.org"));
        assert!(!matches("*.example.org", "a.mail.example.org"));
        assert!(!matches("*.example.org", "example.org"));
    }
}
