//! Reads a chain and a key, and says in a sentence what is wrong with them.

use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use rustls::crypto::CryptoProvider;
use rustls::sign::CertifiedKey;
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, PrivateKeyDer};
use x509_parser::extensions::GeneralName;
use x509_parser::prelude::{FromDer, X509Certificate};

use super::{Source, TlsError, own};

/// No chain is so long; a file that is has been given by mistake.
const MOST_BYTES: u64 = 1 << 20;

/// The certificate that clients are shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// SHA-256 of the certificate, 64 hexadecimal digits.
    pub fingerprint: String,
    /// Host names and addresses that it is for.
    pub names: Vec<String>,
    /// Valid from, seconds since 1970 UTC.
    pub not_before: i64,
    /// Valid until, seconds since 1970 UTC.
    pub not_after: i64,
    /// Certificates in the chain, 1 or more.
    pub chain_length: usize,
}

/// When the files were last changed: tells whether to read them again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stamp(Vec<Option<(SystemTime, u64)>>);

impl Stamp {
    pub(super) fn of(source: &Source) -> Stamp {
        let paths = match source {
            Source::Own { folder, .. } => {
                let paths = own::Paths::in_folder(folder);
                [paths.chain, paths.key]
            }
            Source::Files { chain, key } => [chain.clone(), key.clone()],
        };
        let stamp = |path: &PathBuf| {
            let metadata = std::fs::metadata(path).ok()?;
            Some((metadata.modified().ok()?, metadata.len()))
        };
        Stamp(paths.iter().map(stamp).collect())
    }
}

pub(super) fn load(
    chain_path: &Path,
    key_path: &Path,
    provider: &CryptoProvider,
) -> Result<(CertifiedKey, Certificate), TlsError> {
    let chain = read_chain(chain_path)?;
    let certificate = describe(&chain).map_err(|problem| unusable_chain(chain_path, problem))?;
    let key = read_key(key_path)?;
    let certified = CertifiedKey::from_der(chain, key, provider).map_err(|error| match error {
        rustls::Error::InconsistentKeys(_) => {
            TlsError::Mismatch { chain: chain_path.into(), key: key_path.into() }
        }
        other => TlsError::Unusable {
            what: "the key",
            path: key_path.into(),
            problem: format!("{other}: give an RSA, ECDSA (P-256, P-384, P-521) or Ed25519 key"),
        },
    })?;
    Ok((certified, certificate))
}

fn read_chain(path: &Path) -> Result<Vec<CertificateDer<'static>>, TlsError> {
    let pem = read("the certificate", path)?;
    let chain: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&pem).collect();
    match chain {
        Ok(chain) if !chain.is_empty() => Ok(chain),
        Ok(_) => Err(unusable_chain(path, not_pem(&pem, "BEGIN CERTIFICATE"))),
        Err(error) => Err(unusable_chain(path, format!("its PEM text is damaged: {error}"))),
    }
}

fn read_key(path: &Path) -> Result<PrivateKeyDer<'static>, TlsError> {
    let pem = read("the key", path)?;
    PrivateKeyDer::from_pem_slice(&pem).map_err(|error| TlsError::Unusable {
        what: "the key",
        path: path.into(),
        problem: match error {
            rustls_pki_types::pem::Error::NoItemsFound if contains(&pem, b"BEGIN ENCRYPTED PRIVATE KEY") => {
                "it is protected by a password: give it without (openssl pkey -in FILE -out NEWFILE)".into()
            }
            rustls_pki_types::pem::Error::NoItemsFound => not_pem(&pem, "BEGIN PRIVATE KEY"),
            other => format!("its PEM text is damaged: {other}"),
        },
    })
}

fn unusable_chain(path: &Path, problem: String) -> TlsError {
    TlsError::Unusable { what: "the certificate", path: path.into(), problem }
}

fn not_pem(bytes: &[u8], expected: &str) -> String {
    if contains(bytes, b"-----BEGIN ") {
        format!("it is PEM, but has no {expected:?}: certificate and key may have been exchanged")
    } else if bytes.is_empty() {
        "it is empty".into()
    } else {
        format!(
            "it is not PEM text with {expected:?} (openssl x509, pkey and pkcs12 convert from other forms)"
        )
    }
}

fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle)
}

fn read(what: &'static str, path: &Path) -> Result<Vec<u8>, TlsError> {
    let unreadable = |source| TlsError::Unreadable { what, path: path.into(), source };
    let length = std::fs::metadata(path).map_err(unreadable)?.len();
    if length > MOST_BYTES {
        return Err(unreadable(io::Error::other(format!("{length} bytes are too many for such a file"))));
    }
    std::fs::read(path).map_err(unreadable)
}

/// What the first certificate of the chain says, or what is wrong with it.
pub(super) fn describe(chain: &[CertificateDer<'_>]) -> Result<Certificate, String> {
    let leaf = chain.first().ok_or("it has no certificate")?;
    let (_, parsed) =
        X509Certificate::from_der(leaf).map_err(|error| format!("it can't be read: {error}"))?;
    let names = parsed.subject_alternative_name().ok().flatten();
    let names = names.map(|extension| extension.value.general_names.as_slice()).unwrap_or_default();
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, leaf);
    Ok(Certificate {
        fingerprint: digest.as_ref().iter().map(|byte| format!("{byte:02x}")).collect(),
        names: names.iter().filter_map(name).collect(),
        not_before: parsed.validity().not_before.timestamp(),
        not_after: parsed.validity().not_after.timestamp(),
        chain_length: chain.len(),
    })
}

fn name(name: &GeneralName<'_>) -> Option<String> {
    match name {
        GeneralName::DNSName(name) => Some((*name).to_owned()),
        GeneralName::IPAddress(bytes) => match <[u8; 4]>::try_from(*bytes) {
            Ok(v4) => Some(std::net::Ipv4Addr::from(v4).to_string()),
            Err(_) => <[u8; 16]>::try_from(*bytes).ok().map(|v6| std::net::Ipv6Addr::from(v6).to_string()),
        },
        _ => None,
    }
}
