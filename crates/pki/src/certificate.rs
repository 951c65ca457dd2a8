//! One certificate (RFC 5280), kept in DER and read when something is asked of it.

use jiff::Timestamp;
use x509_parser::certificate::X509Certificate;
use x509_parser::extensions::GeneralName;
use x509_parser::prelude::FromDer;

/// It is no certificate or revocation list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a certificate or revocation list in DER or PEM")]
pub struct Broken;

/// Most bytes of a certificate.
const BYTES_MAX: usize = 64 * 1024;

/// A certificate that can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    der: Vec<u8>,
}

impl Certificate {
    /// Reads one in DER.
    ///
    /// # Errors
    /// It is none, more than 64 KiB long, or something follows it.
    pub fn parse(der: Vec<u8>) -> Result<Certificate, Broken> {
        if der.len() > BYTES_MAX {
            return Err(Broken);
        }
        match X509Certificate::from_der(&der) {
            Ok(([], _)) => Ok(Certificate { der }),
            _ => Err(Broken),
        }
    }

    /// The bytes.
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// What is in it; it was read before, so that it can be read.
    pub(crate) fn read(&self) -> Result<X509Certificate<'_>, Broken> {
        X509Certificate::from_der(&self.der).map(|(_, read)| read).map_err(|_| Broken)
    }

    /// The mail addresses that it names, in the alternative names or, of old ones, in the subject.
    pub fn addresses(&self) -> Vec<String> {
        let Ok(read) = self.read() else { return Vec::new() };
        let mut addresses: Vec<String> = Vec::new();
        if let Ok(Some(names)) = read.subject_alternative_name() {
            for name in &names.value.general_names {
                if let GeneralName::RFC822Name(address) = name {
                    addresses.push((*address).to_owned());
                }
            }
        }
        for attribute in read.subject().iter_email() {
            addresses.extend(attribute.as_str().ok().map(str::to_owned));
        }
        addresses
    }

    /// Whether it names this address. Case does not matter.
    pub fn names(&self, address: &str) -> bool {
        self.addresses().iter().any(|own| own.eq_ignore_ascii_case(address))
    }

    /// Whether it is valid at that time, as far as its own dates say.
    pub fn is_current(&self, now: Timestamp) -> bool {
        self.read().is_ok_and(|read| is_current(&read, now))
    }

    /// Whether mail may be encrypted to its owner: it is current, no authority's, and its uses allow it.
    pub fn is_for_encryption(&self, now: Timestamp) -> bool {
        let Ok(read) = self.read() else { return false };
        let by_usage = match read.key_usage() {
            Ok(Some(usage)) => usage.value.key_encipherment() || usage.value.key_agreement(),
            Ok(None) => true,
            Err(_) => false,
        };
        is_current(&read, now) && !read.is_ca() && by_usage && is_for_mail(&read)
    }

    /// `IssuerAndSerialNumber` (RFC 5652 10.2.4) in DER: what is enough to name a certificate, in a
    /// fraction of its size.
    pub fn issuer_and_serial(&self) -> Vec<u8> {
        let Ok(read) = self.read() else { return Vec::new() };
        let issuer = read.issuer().as_raw();
        let serial = read.raw_serial();
        let mut number = vec![0x02];
        number.extend(length(serial.len()));
        number.extend_from_slice(serial);
        let mut der = vec![0x30];
        der.extend(length(issuer.len() + number.len()));
        der.extend_from_slice(issuer);
        der.extend(number);
        der
    }
}

/// The length of a value in DER.
fn length(count: usize) -> Vec<u8> {
    match u8::try_from(count) {
        Ok(short @ 0..=127) => vec![short],
        _ => {
            let bytes: Vec<u8> = count.to_be_bytes().into_iter().skip_while(|b| *b == 0).collect();
            let mut all = vec![0x80 | u8::try_from(bytes.len()).unwrap_or(0x7f)];
            all.extend(bytes);
            all
        }
    }
}

pub(crate) fn is_current(read: &X509Certificate<'_>, now: Timestamp) -> bool {
    let validity = read.validity();
    (validity.not_before.timestamp()..=validity.not_after.timestamp()).contains(&now.as_second())
}

/// Whether its extended uses, where it has any, are for mail.
pub(crate) fn is_for_mail(read: &X509Certificate<'_>) -> bool {
    match read.extended_key_usage() {
        Ok(Some(uses)) => uses.value.any || uses.value.email_protection,
        Ok(None) => true,
        Err(_) => false,
    }
}
