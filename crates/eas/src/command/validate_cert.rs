//! ValidateCert: is a certificate that signed a message to be trusted ([MS-ASCMD] 2.2.1.22).

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

use crate::codec::Document;
use crate::message;
use crate::page::{Tag, validate_cert as validate};

message! {
    /// The request. Certificates are base64 text ([`der`]): one that is broken has a status of its own.
    #[derive(Default)]
    pub struct Request {
        /// Certificates that lead from those in question to a root.
        certificate_chain: Option<Vec<String>> = validate::CERTIFICATE_CHAIN => validate::CERTIFICATE,
        /// Those in question, 1 to 100 (status 2).
        certificates: Vec<String> = validate::CERTIFICATES => validate::CERTIFICATE,
        /// Whether revocation lists are to be looked at; absent: no.
        check_crl: Option<bool> = validate::CHECK_CRL,
    }
}

impl Document for Request {
    const ROOT: Tag = validate::VALIDATE_CERT;
}

/// The bytes of a certificate of the request; white space in the text does not matter. `None` if it is
/// not base64.
pub fn der(text: &str) -> Option<Vec<u8>> {
    let text: Vec<u8> = text.bytes().filter(|b| !b.is_ascii_whitespace()).collect();
    BASE64_STANDARD.decode(text).ok()
}

message! {
    /// The response.
    #[derive(Default)]
    pub struct Response {
        /// 1, or what went wrong with the whole ([MS-ASCMD] 2.2.3.177.18).
        status: Option<u8> = validate::STATUS,
        /// One for each certificate in question, in their order.
        certificates: Vec<Verdict> = validate::CERTIFICATE,
    }
}

impl Document for Response {
    const ROOT: Tag = validate::VALIDATE_CERT;
}

message! {
    /// Whether one certificate is to be trusted.
    #[derive(Default)]
    pub struct Verdict {
        /// 1, or why not.
        status: Option<u8> = validate::STATUS,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_certificate_is_base64() {
        assert_eq!(der("MI\r\nIB"), Some(vec![0x30, 0x82, 0x01]));
        assert_eq!(der("not base64!"), None);
    }
}
