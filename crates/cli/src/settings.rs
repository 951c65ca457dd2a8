//! What the configuration means to the parts that it configures.

use std::path::PathBuf;
use std::time::Duration;

use fieldpost_domain::policy::Policy;
use fieldpost_net::http::Forwarded;
use fieldpost_net::limits::Limits;
use fieldpost_net::tls::{Source, Tls};
use fieldpost_server::Settings;
use fieldpost_server::directory::trust::TrustFiles;
use fieldpost_server::documents::Share;
use fieldpost_server::settings::Heartbeat;
use fieldpost_server::sign_in::SessionRules;
use fieldpost_server::smtp::inbound::{Inbound, Protocol};
use fieldpost_server::smtp::outbound::{Outbound, Schedule};
use fieldpost_server::smtp::smarthost::{self, Smarthost};
use jiff::SignedDuration;
use jiff::tz::TimeZone;
use secrecy::SecretString;

use crate::config::problem::Problem;
use crate::config::section::smarthost::Security;
use crate::config::{self, Config};

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
    Ok(Settings {
        database: config.database()?.reveal().to_owned(),
        database_connections: config.storage.max_connections,
        domains: if domains.is_empty() { defaults.domains } else { domains },
        postmaster: config.mail.postmaster.clone(),
        open_groups: config.mail.open_groups.clone(),
        names: names(config),
        external_url: config.server.external_url.clone(),
        time_zone: config
            .server
            .time_zone
            .as_deref()
            .and_then(|name| TimeZone::get(name).ok())
            .unwrap_or(defaults.time_zone),
        documents: config.documents.shares.iter().filter_map(|share| Share::read(share)).collect(),
        body_limit: config.limits.max_request.bytes(),
        message_limit: config.mail.max_message.bytes(),
        remember_credentials: signed(config.auth.remember),
        devices_per_account: usize::try_from(config.limits.devices_per_account).unwrap_or(usize::MAX),
        policy: policy(&config.policy),
        require_provisioning: config.policy.required,
        allow_non_provisionable: config.policy.allow_non_provisionable,
        policy_refresh_hours: hours(config.policy.refresh),
        recovery_key: Some(recovery_key(config)),
        trust: TrustFiles {
            authorities: config.certificates.authorities.clone(),
            revocation_lists: config.certificates.revocation_lists.clone(),
        },
        heartbeat: Heartbeat {
            least: seconds(config.push.min_heartbeat),
            most: seconds(config.push.max_heartbeat),
        },
    })
}

/// The file of the key of recovery passwords.
pub fn recovery_key(config: &Config) -> PathBuf {
    config.server.data.join("recovery.key")
}

/// The names by which phones reach this server: those that its certificate bears, and by which
/// Autodiscover is looked for.
fn names(config: &Config) -> Vec<String> {
    let mut names = vec![config.server.host_name()];
    names.extend(config.tls.names.iter().cloned());
    names.extend(config.mail.domains.iter().map(|domain| format!("autodiscover.{domain}")));
    names
}

/// What phones must promise.
fn policy(section: &config::section::policy::Policy) -> Policy {
    Policy {
        device_password_enabled: section.password,
        min_device_password_length: section.password_length,
        alphanumeric_device_password_required: section.password_alphanumeric,
        allow_simple_device_password: section.password_simple,
        max_device_password_failed_attempts: section.password_attempts,
        max_inactivity_time_device_lock: section.lock_after.map(seconds),
        require_device_encryption: section.device_encryption,
        attachments_enabled: section.attachments,
        max_attachment_size: section.max_attachment.map(|size| u32::try_from(size.0).unwrap_or(u32::MAX)),
        allow_camera: section.camera,
        allow_storage_card: section.storage_card,
        ..Policy::NOTHING
    }
}

/// Whole hours, at least one; none for no time at all.
fn hours(duration: Duration) -> Option<u32> {
    let hours = duration.as_secs().div_ceil(60 * 60);
    (hours > 0).then(|| u32::try_from(hours).unwrap_or(u32::MAX))
}

/// Whole seconds, as the protocol counts.
fn seconds(duration: Duration) -> u32 {
    u32::try_from(duration.as_secs()).unwrap_or(u32::MAX)
}

/// What a listener for mail is told.
pub fn inbound(config: &Config, protocol: Protocol, tls: Option<&Tls>) -> Inbound {
    Inbound {
        size: config.mail.max_message.bytes(),
        recipients: usize::try_from(config.mail.max_recipients).unwrap_or(usize::MAX),
        tls: tls.filter(|_| protocol == Protocol::Smtp).cloned(),
        ..Inbound::new(protocol, &config.server.host_name())
    }
}

/// What the queue of mail for elsewhere is told.
pub fn outbound(config: &Config) -> Result<Outbound, Problem> {
    let section = &config.smarthost;
    let credentials = match (&section.user, &section.password_file) {
        (Some(user), Some(file)) => Some((user.clone(), SecretString::from(config::secret(file)?))),
        _ => None,
    };
    let smarthost = section.host.clone().map(|host| Smarthost {
        host,
        port: section.port,
        security: match section.security {
            Security::Tls => smarthost::Security::Tls,
            Security::StartTls => smarthost::Security::StartTls,
            Security::None => smarthost::Security::None,
        },
        credentials,
        authority: section.authority.clone(),
    });
    let schedule = Schedule {
        first: signed(section.first_retry),
        longest: signed(section.longest_retry),
        give_up: signed(section.give_up_after),
    };
    Ok(Outbound { hostname: config.server.host_name(), smarthost, schedule })
}

fn signed(duration: Duration) -> SignedDuration {
    SignedDuration::try_from(duration).unwrap_or(SignedDuration::MAX)
}

/// What holds for sessions of the web tool.
pub fn session_rules(config: &Config) -> SessionRules {
    SessionRules {
        idle: signed(config.admin.idle_timeout),
        longest: signed(config.admin.session_lifetime),
        second_factor: config.admin.require_second_factor,
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    /// The configuration's defaults are those that the parts document.
    #[test]
    fn defaults_agree_with_those_of_the_parts() {
        let config = Config::default();
        let (ours, theirs) = (application(&config).unwrap(), Settings::default());
        assert_eq!(ours.policy, theirs.policy);
        assert_eq!(ours.policy_refresh_hours, theirs.policy_refresh_hours);
        assert_eq!(ours.body_limit, theirs.body_limit);
        assert_eq!(ours.message_limit, theirs.message_limit);
        assert_eq!(ours.heartbeat, theirs.heartbeat);
        assert_eq!(ours.remember_credentials, theirs.remember_credentials);
        assert_eq!(ours.devices_per_account, theirs.devices_per_account);
        assert_eq!(ours.database_connections, theirs.database_connections);
        assert_eq!(format!("{:?}", session_rules(&config)), format!("{:?}", SessionRules::default()));
        assert_eq!(format!("{:?}", limits(&config)), format!("{:?}", Limits::default()));
    }

    #[test]
    fn the_default_domain_comes_first_and_once() {
        let mut config = Config::default();
        config.mail.domains = ["a.example", "b.example", "B.example"].map(str::to_owned).to_vec();
        config.mail.default_domain = Some("b.example".to_owned());
        assert_eq!(application(&config).unwrap().domains, ["b.example", "a.example"]);
    }
}
