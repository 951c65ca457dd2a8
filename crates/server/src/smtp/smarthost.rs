//! The one server that takes all mail for elsewhere.

use std::path::PathBuf;
use std::time::Duration;

use lettre::address::Envelope;
use lettre::transport::smtp::PoolConfig;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::{Address, AsyncSmtpTransport, AsyncTransport as _, Tokio1Executor};
use secrecy::{ExposeSecret as _, SecretString};

/// How the way to the smarthost is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Security {
    /// Not at all. With a password only where the smarthost is this machine.
    None,
    /// TLS after STARTTLS, and nothing without. Usual port 587.
    StartTls,
    /// TLS from the first byte. Usual port 465.
    Tls,
}

/// Where mail for elsewhere goes.
#[derive(Debug, Clone)]
pub struct Smarthost {
    /// Host name or address.
    pub host: String,
    /// Port.
    pub port: u16,
    /// Protection.
    pub security: Security,
    /// User and password, where it wants them.
    pub credentials: Option<(String, SecretString)>,
    /// PEM file of an authority to trust beside those that the system trusts.
    pub authority: Option<PathBuf>,
}

/// Why a smarthost can't be used as it is configured.
#[derive(Debug, thiserror::Error)]
pub enum SmarthostError {
    /// The password would be readable on the way.
    #[error(
        "the smarthost {0} has a password, but no TLS to send it through: set its security to starttls or tls"
    )]
    PasswordInClear(String),
    /// The authority's file is no good.
    #[error("the smarthost's authority {} can't be used: {problem}", path.display())]
    Authority {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        problem: String,
    },
    /// TLS can't be set up.
    #[error("TLS to the smarthost {host} can't be set up: {problem}")]
    Tls {
        /// The host.
        host: String,
        /// What is wrong.
        problem: String,
    },
}

/// What the smarthost made of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Sent {
    /// It has it now.
    Taken,
    /// Not now, or it could not be reached: to be tried again.
    Later(String),
    /// It will never take it.
    Never {
        /// Enhanced status code (RFC 3463): `5.1.1`.
        status: String,
        /// Its words.
        diagnostic: String,
    },
}

/// A smarthost ready for use, with a few connections that are used again.
#[derive(Debug, Clone)]
pub(super) struct Transport {
    inner: AsyncSmtpTransport<Tokio1Executor>,
    /// For a whole attempt.
    limit: Duration,
}

impl Transport {
    pub(super) fn new(
        smarthost: &Smarthost,
        hostname: &str,
        connections: u32,
        limit: Duration,
    ) -> Result<Transport, SmarthostError> {
        let in_clear = smarthost.security == Security::None && !is_this_machine(&smarthost.host);
        if smarthost.credentials.is_some() && in_clear {
            return Err(SmarthostError::PasswordInClear(smarthost.host.clone()));
        }
        let tls = match smarthost.security {
            Security::None => Tls::None,
            Security::StartTls => Tls::Required(tls_parameters(smarthost)?),
            Security::Tls => Tls::Wrapper(tls_parameters(smarthost)?),
        };
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&smarthost.host)
            .port(smarthost.port)
            .tls(tls)
            .hello_name(ClientId::Domain(hostname.to_owned()))
            .timeout(Some(limit))
            .pool_config(PoolConfig::new().max_size(connections).idle_timeout(Duration::from_secs(30)));
        if let Some((user, password)) = &smarthost.credentials {
            let password = password.expose_secret().to_owned();
            builder = builder.credentials(Credentials::new(user.clone(), password));
        }
        Ok(Transport { inner: builder.build(), limit })
    }

    pub(super) async fn send(&self, sender: &str, recipient: &str, content: &[u8]) -> Sent {
        let envelope = match envelope(sender, recipient) {
            Ok(envelope) => envelope,
            Err(never) => return never,
        };
        // The library ends the last line itself, whether it has ended or not.
        let content = content.strip_suffix(b"\r\n").unwrap_or(content);
        match tokio::time::timeout(self.limit, self.inner.send_raw(&envelope, content)).await {
            Ok(Ok(_)) => Sent::Taken,
            Ok(Err(error)) => judge(&error),
            Err(_) => Sent::Later("the smarthost took too long".into()),
        }
    }
}

fn is_this_machine(host: &str) -> bool {
    let address = host.parse::<std::net::IpAddr>();
    host.eq_ignore_ascii_case("localhost") || address.is_ok_and(|address| address.is_loopback())
}

fn tls_parameters(smarthost: &Smarthost) -> Result<TlsParameters, SmarthostError> {
    let mut builder = TlsParameters::builder(smarthost.host.clone());
    if let Some(path) = &smarthost.authority {
        let unusable = |problem| SmarthostError::Authority { path: path.clone(), problem };
        let pem = std::fs::read(path).map_err(|error| unusable(error.to_string()))?;
        let certificate = Certificate::from_pem(&pem).map_err(|error| unusable(error.to_string()))?;
        builder = builder.add_root_certificate(certificate);
    }
    builder
        .build()
        .map_err(|error| SmarthostError::Tls { host: smarthost.host.clone(), problem: error.to_string() })
}

fn envelope(sender: &str, recipient: &str) -> Result<Envelope, Sent> {
    let address = |text: &str, status: &str, whose: &str| {
        text.parse::<Address>().map_err(|error| Sent::Never {
            status: status.to_owned(),
            diagnostic: format!("{whose} {text:?} is not an address: {error}"),
        })
    };
    let from = if sender.is_empty() { None } else { Some(address(sender, "5.1.7", "the sender")?) };
    let to = address(recipient, "5.1.3", "the recipient")?;
    Envelope::new(from, vec![to])
        .map_err(|error| Sent::Never { status: "5.1.3".into(), diagnostic: error.to_string() })
}

/// Replies about us rather than the message: signing in failed, or is needed. The administrator mends
/// that, and the mail waits for it.
const ABOUT_US: [u16; 4] = [530, 534, 535, 538];

fn judge(error: &lettre::transport::smtp::Error) -> Sent {
    let text = error.to_string();
    let words = text.split_once(": ").map_or(text.as_str(), |(_, words)| words).trim().to_owned();
    let code = error.status().map(u16::from);
    if error.is_permanent() && !code.is_some_and(|code| ABOUT_US.contains(&code)) {
        let diagnostic = match code {
            Some(code) => format!("{code} {words}"),
            None => words.clone(),
        };
        return Sent::Never { status: enhanced(&words).unwrap_or_else(|| "5.0.0".into()), diagnostic };
    }
    // The message itself is more than the smarthost can take: 8 bits, or an address outside ASCII.
    if error.is_client() && words.contains("non-ascii") {
        return Sent::Never { status: "5.6.3".into(), diagnostic: words };
    }
    Sent::Later(text)
}

/// The enhanced status code at the beginning of a refusal.
fn enhanced(words: &str) -> Option<String> {
    let first = words.split_whitespace().next()?;
    let mut parts = first.split('.');
    let class = parts.next()?;
    let is_number = |part: &str| (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    let well_formed = class == "5" && parts.clone().count() == 2 && parts.all(is_number);
    well_formed.then(|| first.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn enhanced_codes() {
        assert_eq!(enhanced("5.1.1 no such user").as_deref(), Some("5.1.1"));
        for text in ["", "no such user", "4.2.2 full", "5.1", "5.1.1.1 x", "5.a.1 x", "5.1111.1 x"] {
            assert_eq!(enhanced(text), None, "{text}");
        }
    }

    #[test]
    fn a_password_is_not_sent_in_clear() {
        let smarthost = |host: &str, security| Smarthost {
            host: host.into(),
            port: 25,
            security,
            credentials: Some(("user".into(), "secret".into())),
            authority: None,
        };
        let refused = Transport::new(&smarthost("mail.example", Security::None), "here", 1, Duration::ZERO);
        assert!(matches!(refused, Err(SmarthostError::PasswordInClear(host)) if host == "mail.example"));
        assert!(is_this_machine("127.0.0.1") && is_this_machine("::1") && is_this_machine("LOCALHOST"));
        assert!(!is_this_machine("127.0.0.1.example"));
    }

    #[test]
    fn what_is_no_address_is_never_sent() {
        assert!(
            matches!(envelope("a@b.example", "nobody"), Err(Sent::Never { status, .. }) if status == "5.1.3")
        );
        assert!(
            matches!(envelope("nobody", "a@b.example"), Err(Sent::Never { status, .. }) if status == "5.1.7")
        );
        assert!(envelope("", "a@b.example").is_ok());
    }
}
