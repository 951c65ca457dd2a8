//! Whether a certificate is to be trusted for mail, and if not, why: path building from it to a trusted root
//! over what came with it, and revocation by the lists that there are.
//!
//! The reasons are looked for here, one after the other, so that a phone learns the right one. What is
//! found good is then handed to `webpki`, which has the last word.

use jiff::Timestamp;
use rustls_pki_types::{CertificateDer, TrustAnchor, UnixTime};
use webpki::{ALL_VERIFICATION_ALGS, EndEntityCert, KeyUsage, anchor_from_trusted_cert};
use x509_parser::certificate::X509Certificate;

use crate::certificate::{is_current, is_for_mail};
use crate::revocation::Said;
use crate::{Broken, Certificate, RevocationList, Verdict};

/// Most certificates between one in question and a root.
const DEPTH_MAX: usize = 8;
/// Most signatures that are checked for one in question: names may be made to fit each other in many ways.
const CHECKS_MAX: usize = 64;
/// id-kp-emailProtection (RFC 5280 4.2.1.12), as webpki takes it.
const EMAIL_PROTECTION: &[u8] = &[0x2b, 6, 1, 5, 5, 7, 3, 4];

/// What is trusted, and what was revoked.
#[derive(Debug, Clone, Default)]
pub struct Judge {
    /// Roots. What ends at none of them is not trusted; without any, nothing is.
    pub anchors: Vec<Certificate>,
    /// Lists of revoked certificates.
    pub lists: Vec<RevocationList>,
}

/// One certificate in question.
#[derive(Debug, Clone, Copy)]
pub struct Question<'q> {
    /// It.
    pub certificate: &'q Certificate,
    /// What came with it, in any order.
    pub chain: &'q [Certificate],
    /// The address that it must name, if any.
    pub address: Option<&'q str>,
    /// It is not trusted where it can't be told whether it was revoked ([MS-ASCMD] 2.2.3.26).
    pub check_revocation: bool,
    /// Now.
    pub now: Timestamp,
}

/// A certificate on the way up.
#[derive(Clone, Copy)]
struct Link<'q> {
    certificate: &'q Certificate,
    is_anchor: bool,
}

impl Judge {
    /// Decides.
    pub fn judge(&self, question: &Question<'_>) -> Verdict {
        self.look(question).unwrap_or(Verdict::Incomplete)
    }

    fn look(&self, question: &Question<'_>) -> Result<Verdict, Broken> {
        let leaf = question.certificate.read()?;
        if let Some(verdict) = own_fault(&leaf, question) {
            return Ok(verdict);
        }
        // One that is trusted itself needs nobody to speak for it.
        if self.anchors.contains(question.certificate) {
            return Ok(Verdict::Valid);
        }
        let mut path = vec![Link { certificate: question.certificate, is_anchor: false }];
        let mut checks = CHECKS_MAX;
        if let Err(verdict) = self.climb(question, &mut path, &mut checks)? {
            return Ok(verdict);
        }
        if let Some(verdict) = nesting(&path)? {
            return Ok(verdict);
        }
        if let Some(verdict) = self.revocation(question, &path)? {
            return Ok(verdict);
        }
        Ok(last_word(question, &path))
    }

    /// Goes up from the end of the path until a root is reached. Where no way leads there, the reason of
    /// the way that came furthest.
    fn climb<'q>(
        &'q self,
        question: &Question<'q>,
        path: &mut Vec<Link<'q>>,
        checks: &mut usize,
    ) -> Result<Result<(), Verdict>, Broken> {
        let Some(below) = path.last().copied() else { return Ok(Err(Verdict::Incomplete)) };
        let child = below.certificate.read()?;
        let is_self_signed = child.issuer().as_raw() == child.subject().as_raw();
        let mut reason: Option<Verdict> = None;
        let anchors = self.anchors.iter().map(|certificate| Link { certificate, is_anchor: true });
        let others = question.chain.iter().map(|certificate| Link { certificate, is_anchor: false });
        for above in anchors.chain(others) {
            if path.iter().any(|link| link.certificate == above.certificate) {
                continue;
            }
            let issuer = above.certificate.read()?;
            if issuer.subject().as_raw() != child.issuer().as_raw() {
                continue;
            }
            if *checks == 0 || path.len() > DEPTH_MAX {
                return Ok(Err(reason.unwrap_or(Verdict::BadChain)));
            }
            *checks -= 1;
            let fault = issuer_fault(&child, &issuer, above.is_anchor, path.len() - 1, question.now);
            if let Some(fault) = fault {
                // Another of the same name may have signed it; a better reason than a signature stays.
                if reason.is_none_or(|known| known == Verdict::BadSignature) {
                    reason = Some(fault);
                }
                continue;
            }
            path.push(above);
            if above.is_anchor {
                return Ok(Ok(()));
            }
            match self.climb(question, path, checks)? {
                Ok(()) => return Ok(Ok(())),
                Err(further) => reason = Some(further),
            }
            path.pop();
        }
        let nobody = match path.len() {
            1 if !is_self_signed && !question.chain.is_empty() => Verdict::BadChain,
            _ => Verdict::Untrusted,
        };
        Ok(Err(reason.unwrap_or(nobody)))
    }

    fn revocation(&self, question: &Question<'_>, path: &[Link<'_>]) -> Result<Option<Verdict>, Broken> {
        let mut doubt = None;
        for (at, pair) in path.windows(2).enumerate() {
            let [below, above] = pair else { continue };
            let (certificate, issuer) = (below.certificate.read()?, above.certificate.read()?);
            let said: Vec<Said> =
                self.lists.iter().filter_map(|list| list.says(&certificate, &issuer, question.now)).collect();
            if said.contains(&Said::Revoked) {
                let verdict = if at == 0 { Verdict::Revoked } else { Verdict::ChainRevoked };
                return Ok(Some(verdict));
            }
            if !said.contains(&Said::Good) && doubt.is_none() {
                let is_stale = said.contains(&Said::Stale);
                doubt = Some(if is_stale { Verdict::RevocationOffline } else { Verdict::RevocationUnknown });
            }
        }
        Ok(doubt.filter(|_| question.check_revocation))
    }
}

/// What is wrong with the certificate itself.
fn own_fault(leaf: &X509Certificate<'_>, question: &Question<'_>) -> Option<Verdict> {
    if leaf.is_ca() {
        return Some(Verdict::WrongRole);
    }
    let signs = match leaf.key_usage() {
        Ok(Some(usage)) => usage.value.digital_signature() || usage.value.non_repudiation(),
        Ok(None) => true,
        Err(_) => return Some(Verdict::Incomplete),
    };
    if !signs || !is_for_mail(leaf) {
        return Some(Verdict::NotForMail);
    }
    if !is_current(leaf, question.now) {
        return Some(Verdict::Expired);
    }
    if question.address.is_some_and(|address| !question.certificate.names(address)) {
        return Some(Verdict::AddressMismatch);
    }
    None
}

/// Why an authority of the right name can't have issued the certificate.
fn issuer_fault(
    child: &X509Certificate<'_>,
    issuer: &X509Certificate<'_>,
    is_anchor: bool,
    between: usize,
    now: Timestamp,
) -> Option<Verdict> {
    if child.verify_signature(Some(issuer.public_key())).is_err() {
        return Some(Verdict::BadSignature);
    }
    // Roots of the old kind say nothing of themselves; they are trusted since somebody said so.
    let constraints = match issuer.basic_constraints() {
        Ok(constraints) => constraints.map(|constraints| constraints.value),
        Err(_) => return Some(Verdict::Incomplete),
    };
    let is_authority = constraints.map_or(is_anchor, |constraints| constraints.ca);
    let may_sign = match issuer.key_usage() {
        Ok(usage) => usage.is_none_or(|usage| usage.value.key_cert_sign()),
        Err(_) => return Some(Verdict::Incomplete),
    };
    if !is_authority || !may_sign {
        return Some(Verdict::WrongRole);
    }
    let length = constraints.and_then(|constraints| constraints.path_len_constraint);
    let is_too_long = length.is_some_and(|most| usize::try_from(most).is_ok_and(|most| between > most));
    if is_too_long || !is_for_mail(issuer) {
        return Some(Verdict::Misused);
    }
    if !is_current(issuer, now) {
        return Some(Verdict::Expired);
    }
    None
}

/// Each must have been issued, and end, while its issuer was valid. Roots are renewed with the same key
/// and stand outside of this.
fn nesting(path: &[Link<'_>]) -> Result<Option<Verdict>, Broken> {
    for pair in path.windows(2) {
        let [below, above] = pair else { continue };
        if above.is_anchor {
            continue;
        }
        let (child, issuer) = (below.certificate.read()?, above.certificate.read()?);
        let (inner, outer) = (child.validity(), issuer.validity());
        if inner.not_before.timestamp() < outer.not_before.timestamp()
            || inner.not_after.timestamp() > outer.not_after.timestamp()
        {
            return Ok(Some(Verdict::InconsistentValidity));
        }
    }
    Ok(None)
}

/// What webpki says of a path in which nothing wrong was found: name constraints, critical extensions that
/// nobody knows, algorithms that are broken.
fn last_word(question: &Question<'_>, path: &[Link<'_>]) -> Verdict {
    let der = CertificateDer::from(question.certificate.der());
    let between: Vec<CertificateDer<'_>> = path
        .iter()
        .skip(1)
        .filter(|link| !link.is_anchor)
        .map(|link| CertificateDer::from(link.certificate.der()))
        .collect();
    let root = path.last().map(|link| CertificateDer::from(link.certificate.der()));
    let root: Option<TrustAnchor<'_>> = root.as_ref().and_then(|der| anchor_from_trusted_cert(der).ok());
    let seconds = u64::try_from(question.now.as_second()).unwrap_or_default();
    let time = UnixTime::since_unix_epoch(std::time::Duration::from_secs(seconds));
    let (Ok(leaf), Some(root)) = (EndEntityCert::try_from(&der), root) else { return Verdict::Incomplete };
    let roots = [root];
    let outcome = leaf.verify_for_usage(
        ALL_VERIFICATION_ALGS,
        &roots,
        &between,
        time,
        KeyUsage::required_if_present(EMAIL_PROTECTION),
        None,
        None,
    );
    match outcome {
        // Any use is named rather than this one: looked at before.
        Ok(_) | Err(webpki::Error::RequiredEkuNotFoundContext(_)) => Verdict::Valid,
        Err(webpki::Error::NameConstraintViolation | webpki::Error::PathLenConstraintViolated) => {
            Verdict::Misused
        }
        Err(webpki::Error::UnsupportedCriticalExtension | webpki::Error::UnsupportedCertVersion) => {
            Verdict::Incomplete
        }
        Err(_) => Verdict::BadSignature,
    }
}
