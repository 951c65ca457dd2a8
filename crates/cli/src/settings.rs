//! What the configuration means to the parts that it configures.

use fieldpost_net::http::Forwarded;
use fieldpost_net::limits::Limits;
use fieldpost_net::tls::Source;
use fieldpost_server::Settings;
use fieldpost_server::settings::Heartbeat;
use jiff::SignedDuration;

use crate::config::Config;
use crate::config::problem::Problem;

/// What the application is told.
pub fn application(config: &Config) -> Result<Settings, Problem> {
    let defaults = Settings::default();
    // The default one comes first.
    let mut domains: Vec<String> = config.mail.default_domain().map(str::to_owned).into_iter().collect();
    for domain in &config.mail.domains {
        if !domains.iter().any(|known| known.eq_ignore_ascii_case(domain)) {
            domains.push(domain.clone());
        }
    }
    let seconds = |duration: std::time::Duration| u32::try_from(duration.as_secs()).unwrap_or(u32::MAX);
    Ok(Settings {
        database: config.database()?.reveal().to_owned(),
        database_connections: config.storage.max_connections,
        domains: if domains.is_empty() { defaults.domains } else { domains },
        body_limit: usize::try_from(config.limits.max_request.bytes()).unwrap_or(usize::MAX),
        remember_credentials: SignedDuration::try_from(config.auth.remember).unwrap_or(SignedDuration::MAX),
        devices_per_account: usize::try_from(config.limits.devices_per_account).unwrap_or(usize::MAX),
        heartbeat: Heartbeat {
            least: seconds(config.push.min_heartbeat),
            most: seconds(config.push.max_heartbeat),
        },
        ..defaults
    })
}

/// What listeners and connections are bound by.
pub fn limits(config: &Config) -> Limits {
    let number = |number: u32| usize::try_from(number).unwrap_or(usize::MAX).max(1);
    let limits = &config.limits;
    Limits {
        connections: number(limits.max_connections),
        unproven_per_source: number(limits.max_new_connections_per_source),
        handshake: limits.handshake_timeout,
        head: limits.head_timeout,
        idle: limits.idle_timeout,
        write_stall: limits.write_timeout,
        body_grace: limits.body_grace,
        body_rate: u32::try_from(limits.body_rate.0).unwrap_or(u32::MAX).max(1),
        ..Limits::default()
    }
}

/// Where the certificate comes from.
pub fn certificate(config: &Config) -> Source {
    match (&config.tls.certificate, &config.tls.key) {
        (Some(chain), Some(key)) => Source::Files { chain: chain.clone(), key: key.clone() },
        _ => {
            let mut names = vec![config.server.host_name()];
            names.extend(config.tls.names.iter().cloned());
            Source::Own { folder: config.server.data.join("certificate"), names }
        }
    }
}

/// Whose word on a client's address is taken.
pub fn forwarded(config: &Config) -> Forwarded {
    Forwarded::trust(config.listen.trusted_proxies.clone())
}
