//! Whether the smarthost answers, where there is one.

use std::time::Duration;

use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::finding::Findings;
use crate::config::Config;
use crate::config::secret;
use crate::config::section::smarthost::Security;

const PATIENCE: Duration = Duration::from_secs(10);

/// Connects, and reads the greeting where it comes in the clear. Signs in nowhere.
pub async fn check(config: &Config, findings: &mut Findings) {
    let smarthost = &config.smarthost;
    let Some(host) = &smarthost.host else { return };
    if let Some(Err(problem)) = smarthost.password_file.as_deref().map(secret) {
        findings.bad("smarthost", problem);
    }
    let place = format!("{host}:{}", smarthost.port);
    let answer = timeout(PATIENCE, greeting(&place, smarthost.security)).await;
    match answer {
        Ok(Ok(Some(greeting))) if !greeting.starts_with("220") => findings.bad(
            "smarthost",
            format!("{place} turns us away: {}; check the port and security in section [smarthost]", greeting.trim()),
        ),
        Ok(Ok(_)) => findings.good("smarthost", format!("{place} answers")),
        Ok(Err(error)) => findings.bad(
            "smarthost",
            format!("{place} can't be reached: {error}; check host and port in section [smarthost], and the firewall in between"),
        ),
        Err(_) => findings.bad(
            "smarthost",
            format!(
                "{place} does not answer within {} s; check host, port and security in section [smarthost], and the firewall in between",
                PATIENCE.as_secs()
            ),
        ),
    }
}

async fn greeting(place: &str, security: Security) -> std::io::Result<Option<String>> {
    let stream = TcpStream::connect(place).await?;
    if security == Security::Tls {
        return Ok(None);
    }
    let mut line = String::new();
    // A greeting has at most 512 octets (RFC 5321 4.5.3.1.5).
    let mut reader = BufReader::new(tokio::io::AsyncReadExt::take(stream, 512));
    reader.read_line(&mut line).await?;
    Ok(Some(line))
}
