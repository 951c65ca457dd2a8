//! Authorities that sign certificates for mail, and take them back.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use rcgen::{
    BasicConstraints, Certificate, CertificateParams, CertificateRevocationListParams, DnType,
    ExtendedKeyUsagePurpose, IsCa, Issuer, KeyIdMethod, KeyPair, KeyUsagePurpose, RevokedCertParams, SanType,
    SerialNumber, date_time_ymd,
};

/// As requests hold certificates.
pub fn base64(der: &[u8]) -> String {
    BASE64_STANDARD.encode(der)
}

/// An authority with what it signed.
pub struct Authority {
    params: CertificateParams,
    key: KeyPair,
    pub own: Certificate,
}

impl Authority {
    pub fn new(name: &str) -> Authority {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        let key = KeyPair::generate().unwrap();
        let own = params.self_signed(&key).unwrap();
        Authority { params, key, own }
    }

    /// A certificate for mail.
    pub fn signs(&self, address: &str, serial: u8, change: impl FnOnce(&mut CertificateParams)) -> Vec<u8> {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.distinguished_name.push(DnType::CommonName, address);
        params.subject_alt_names = vec![SanType::Rfc822Name(address.try_into().unwrap())];
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature, KeyUsagePurpose::KeyEncipherment];
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::EmailProtection];
        params.serial_number = Some(SerialNumber::from(vec![serial]));
        change(&mut params);
        let key = KeyPair::generate().unwrap();
        let issuer = Issuer::from_params(&self.params, &self.key);
        params.signed_by(&key, &issuer).unwrap().der().to_vec()
    }

    /// An authority below this one.
    pub fn appoints(&self, name: &str, serial: u8, change: impl FnOnce(&mut CertificateParams)) -> Authority {
        let mut params = Authority::new(name).params;
        params.serial_number = Some(SerialNumber::from(vec![serial]));
        change(&mut params);
        let key = KeyPair::generate().unwrap();
        let own = params.signed_by(&key, &Issuer::from_params(&self.params, &self.key)).unwrap();
        Authority { params, key, own }
    }

    /// A list that is good until that year, with one number in it.
    pub fn revokes(&self, serial: u8, until: i32) -> String {
        let list = CertificateRevocationListParams {
            this_update: date_time_ymd(2020, 1, 1),
            next_update: date_time_ymd(until, 1, 1),
            crl_number: SerialNumber::from(1),
            issuing_distribution_point: None,
            revoked_certs: vec![RevokedCertParams {
                serial_number: SerialNumber::from(vec![serial]),
                revocation_time: date_time_ymd(2020, 1, 1),
                reason_code: None,
                invalidity_date: None,
            }],
            key_identifier_method: KeyIdMethod::Sha256,
        };
        list.signed_by(&Issuer::from_params(&self.params, &self.key)).unwrap().pem().unwrap()
    }
}
