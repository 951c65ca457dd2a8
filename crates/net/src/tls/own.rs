//! The server's own certificate: a small authority made once, and under it a certificate for the names
//! that phones use, renewed in time without anybody doing anything.
//!
//! An authority rather than a certificate that signs itself: Android and Windows let a user trust an
//! authority, iOS shows it in a profile, and what was installed on a phone once stays good while the
//! certificate below it is renewed every year.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose,
};
use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::PemObject;
use time::OffsetDateTime;

use super::{TlsError, files};

/// The authority's certificate, in the folder: what to install on phones.
pub const OWN_AUTHORITY_FILE: &str = "authority.pem";
/// Days that a certificate of ours is valid: what Apple accepts of any.
pub const VALID_DAYS: i64 = 397;
/// Days before its end that it is renewed.
pub const RENEW_BEFORE_DAYS: i64 = 30;
const AUTHORITY_VALID_DAYS: i64 = 3_650;
const DAY: i64 = 86_400;

/// The files in the folder.
pub(super) struct Paths {
    pub(super) chain: PathBuf,
    pub(super) key: PathBuf,
    authority: PathBuf,
    authority_key: PathBuf,
}

impl Paths {
    pub(super) fn in_folder(folder: &Path) -> Paths {
        Paths {
            chain: folder.join("server.pem"),
            key: folder.join("server-key.pem"),
            authority: folder.join(OWN_AUTHORITY_FILE),
            authority_key: folder.join("authority-key.pem"),
        }
    }
}

/// Whether it is time to renew a certificate that ends then. All in seconds since 1970 UTC.
pub(super) fn is_due(not_after: i64, now: i64) -> bool {
    not_after - now < RENEW_BEFORE_DAYS * DAY
}

/// Sees to it that the folder holds a certificate that is good for these names now.
pub(super) fn ensure(folder: &Path, names: &[String], now: i64) -> Result<Paths, TlsError> {
    let paths = Paths::in_folder(folder);
    let names = all_names(names);
    if is_good(&paths, &names, now) {
        return Ok(paths);
    }
    std::fs::create_dir_all(folder).map_err(|source| unwritable(folder, source))?;
    let authority = authority(&paths, now)?;
    issue(&paths, &authority, names, now)?;
    tracing::info!(path = %paths.chain.display(), "a certificate of our own was made");
    Ok(paths)
}

fn all_names(names: &[String]) -> Vec<String> {
    let mut all: Vec<String> = names.iter().map(|name| name.trim().to_lowercase()).collect();
    all.extend(["localhost", "127.0.0.1", "::1"].map(str::to_owned));
    let mut seen = std::collections::HashSet::new();
    all.retain(|name| !name.is_empty() && seen.insert(name.clone()));
    all
}

/// Anything wrong with what is there, a missing file or one cut short, makes it be made anew.
fn is_good(paths: &Paths, names: &[String], now: i64) -> bool {
    let provider = rustls::crypto::aws_lc_rs::default_provider();
    files::load(&paths.chain, &paths.key, &provider).is_ok_and(|(_, certificate)| {
        paths.authority.exists()
            && certificate.not_before <= now
            && !is_due(certificate.not_after, now)
            && names.iter().all(|name| certificate.names.contains(name))
    })
}

struct Authority {
    pem: String,
    issuer: Issuer<'static, KeyPair>,
}

fn authority(paths: &Paths, now: i64) -> Result<Authority, TlsError> {
    match existing_authority(paths, now) {
        Some(authority) => Ok(authority),
        None => new_authority(paths, now),
    }
}

fn existing_authority(paths: &Paths, now: i64) -> Option<Authority> {
    let pem = std::fs::read_to_string(&paths.authority).ok()?;
    let key = KeyPair::from_pem(&std::fs::read_to_string(&paths.authority_key).ok()?).ok()?;
    let certificate = files::describe(&[CertificateDer::from_pem_slice(pem.as_bytes()).ok()?]).ok()?;
    let outlives = certificate.not_after > now + VALID_DAYS * DAY;
    let issuer = Issuer::from_ca_cert_pem(&pem, key).ok()?;
    outlives.then_some(Authority { pem, issuer })
}

fn new_authority(paths: &Paths, now: i64) -> Result<Authority, TlsError> {
    let key = KeyPair::generate().map_err(setup)?;
    let mut params = CertificateParams::default();
    // Two authorities of one name can't be told apart in a phone's list.
    params.distinguished_name.push(DnType::CommonName, format!("Fieldpost own authority {}", year(now)?));
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    (params.not_before, params.not_after) = validity(now, AUTHORITY_VALID_DAYS)?;
    let pem = params.self_signed(&key).map_err(setup)?.pem();
    write_secret(&paths.authority_key, key.serialize_pem().as_bytes())?;
    write(&paths.authority, pem.as_bytes(), 0o644)?;
    Ok(Authority { pem, issuer: Issuer::new(params, key) })
}

fn issue(paths: &Paths, authority: &Authority, names: Vec<String>, now: i64) -> Result<(), TlsError> {
    let key = KeyPair::generate().map_err(setup)?;
    for name in &names {
        CertificateParams::new(vec![name.clone()])
            .map_err(|error| TlsError::BadName { name: name.clone(), problem: error.to_string() })?;
    }
    let mut params = CertificateParams::new(names.clone()).map_err(setup)?;
    if let Some(first) = names.into_iter().next() {
        params.distinguished_name.remove(DnType::CommonName);
        params.distinguished_name.push(DnType::CommonName, first);
    }
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    params.use_authority_key_identifier_extension = true;
    (params.not_before, params.not_after) = validity(now, VALID_DAYS)?;
    let leaf = params.signed_by(&key, &authority.issuer).map_err(setup)?.pem();
    write_secret(&paths.key, key.serialize_pem().as_bytes())?;
    write(&paths.chain, format!("{leaf}{}", authority.pem).as_bytes(), 0o644)
}

/// From a day ago, for phones whose clock is slow.
fn validity(now: i64, days: i64) -> Result<(OffsetDateTime, OffsetDateTime), TlsError> {
    let at = |seconds| OffsetDateTime::from_unix_timestamp(seconds).map_err(setup);
    Ok((at(now - DAY)?, at(now - DAY + days * DAY)?))
}

fn year(now: i64) -> Result<i32, TlsError> {
    Ok(OffsetDateTime::from_unix_timestamp(now).map_err(setup)?.year())
}

fn setup(error: impl std::fmt::Display) -> TlsError {
    TlsError::Setup(error.to_string())
}

fn unwritable(path: &Path, source: std::io::Error) -> TlsError {
    TlsError::Unwritable { what: "the server's own certificate", path: path.into(), source }
}

fn write_secret(path: &Path, bytes: &[u8]) -> Result<(), TlsError> {
    write(path, bytes, 0o600)
}

/// Whole or not at all, and never readable by others for a moment.
fn write(path: &Path, bytes: &[u8], mode: u32) -> Result<(), TlsError> {
    let temporary = path.with_extension("new");
    let attempt = || {
        let _ = std::fs::remove_file(&temporary);
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, mode);
        let mut file = options.open(&temporary)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        std::fs::rename(&temporary, path)
    };
    attempt().map_err(|source| unwritable(path, source))
}
