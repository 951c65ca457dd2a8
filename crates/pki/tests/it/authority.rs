//! Authorities and owners to judge, each with a key of its own.

use fieldpost_pki::{Certificate, RevocationList};
use jiff::Timestamp;
use rcgen::{
    BasicConstraints, CertificateParams, CertificateRevocationListParams, DnType, ExtendedKeyUsagePurpose,
    IsCa, Issuer, KeyIdMethod, KeyPair, KeyUsagePurpose, RevokedCertParams, SanType, SerialNumber,
};
use time::OffsetDateTime;

/// The time at which everything is judged.
pub fn now() -> Timestamp {
    "2026-06-01T12:00:00Z".parse().unwrap()
}

/// A day, counted from [`now`].
pub fn day(days: i64) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp(now().as_second() + days * 86_400).unwrap()
}

/// Somebody with a key and a certificate.
pub struct Party {
    pub params: CertificateParams,
    pub key: KeyPair,
    pub certificate: Certificate,
}

/// What an authority's certificate says, valid for a year around now.
pub fn authority(name: &str) -> CertificateParams {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.distinguished_name.push(DnType::CommonName, name);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    (params.not_before, params.not_after) = (day(-365), day(365));
    params.serial_number = Some(SerialNumber::from(vec![1, name.len() as u8]));
    params
}

/// What an owner's says, valid for a month around now.
pub fn owner(address: &str) -> CertificateParams {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.distinguished_name.push(DnType::CommonName, address);
    params.subject_alt_names = vec![SanType::Rfc822Name(address.try_into().unwrap())];
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature, KeyUsagePurpose::KeyEncipherment];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::EmailProtection];
    (params.not_before, params.not_after) = (day(-30), day(30));
    params.serial_number = Some(SerialNumber::from(vec![0x00, 0x9A, 7]));
    params
}

fn party(params: CertificateParams, key: KeyPair, der: Vec<u8>) -> Party {
    Party { params, key, certificate: Certificate::parse(der).unwrap() }
}

/// A root.
pub fn root(params: CertificateParams) -> Party {
    let key = KeyPair::generate().unwrap();
    let der = params.self_signed(&key).unwrap().der().to_vec();
    party(params, key, der)
}

impl Party {
    /// Signs a certificate.
    pub fn issues(&self, params: CertificateParams) -> Party {
        let key = KeyPair::generate().unwrap();
        let issuer = Issuer::from_params(&self.params, &self.key);
        let der = params.signed_by(&key, &issuer).unwrap().der().to_vec();
        party(params, key, der)
    }

    /// Signs a list that runs out on that day.
    pub fn revokes(&self, revoked: &[&Party], until: i64) -> RevocationList {
        let revoked_certs = revoked
            .iter()
            .map(|party| RevokedCertParams {
                serial_number: party.params.serial_number.clone().unwrap(),
                revocation_time: day(-3),
                reason_code: None,
                invalidity_date: None,
            })
            .collect();
        let list = CertificateRevocationListParams {
            this_update: day(-10),
            next_update: day(until),
            crl_number: SerialNumber::from(1),
            issuing_distribution_point: None,
            revoked_certs,
            key_identifier_method: KeyIdMethod::Sha256,
        };
        let list = list.signed_by(&Issuer::from_params(&self.params, &self.key)).unwrap();
        RevocationList::parse(list.der().to_vec()).unwrap()
    }
}
