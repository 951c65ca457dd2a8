//! Lists of revoked certificates (RFC 5280 5).

use jiff::Timestamp;
use x509_parser::certificate::X509Certificate;
use x509_parser::prelude::FromDer;
use x509_parser::revocation_list::CertificateRevocationList;

use crate::Broken;

/// A list that can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RevocationList {
    der: Vec<u8>,
}

/// What a list says of a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Said {
    /// It was not revoked.
    Good,
    /// It was.
    Revoked,
    /// The list has run out, or is not valid yet.
    Stale,
}

impl RevocationList {
    /// Reads one in DER.
    ///
    /// # Errors
    /// It is none.
    pub fn parse(der: Vec<u8>) -> Result<RevocationList, Broken> {
        match CertificateRevocationList::from_der(&der) {
            Ok(([], _)) => Ok(RevocationList { der }),
            _ => Err(Broken),
        }
    }

    /// What it says of a certificate of this issuer; nothing where it is another issuer's list, or the
    /// issuer did not sign it.
    pub(crate) fn says(
        &self,
        certificate: &X509Certificate<'_>,
        issuer: &X509Certificate<'_>,
        now: Timestamp,
    ) -> Option<Said> {
        let (_, list) = CertificateRevocationList::from_der(&self.der).ok()?;
        if list.issuer().as_raw() != issuer.subject().as_raw() {
            return None;
        }
        // An authority that says what its key is for must say that it is for this (RFC 5280 6.3.3 f).
        if issuer.key_usage().ok()?.is_some_and(|usage| !usage.value.crl_sign()) {
            return None;
        }
        list.verify_signature(issuer.public_key()).ok()?;
        let serial = significant(certificate.raw_serial());
        // Once revoked, however old the list is.
        if list.iter_revoked_certificates().any(|revoked| significant(revoked.raw_serial()) == serial) {
            return Some(Said::Revoked);
        }
        let now = now.as_second();
        let is_over = list.next_update().is_some_and(|next| next.timestamp() < now);
        Some(if is_over || list.last_update().timestamp() > now { Said::Stale } else { Said::Good })
    }
}

/// A number without the zeros before it, which some write and some do not.
fn significant(serial: &[u8]) -> &[u8] {
    let zeros = serial.iter().take_while(|byte| **byte == 0).count();
    serial.get(zeros..).unwrap_or_default()
}
