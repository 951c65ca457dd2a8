//! ValidateCert.

use fieldpost_eas::command::CommandName;
use fieldpost_eas::command::validate_cert::{Request, Response, Verdict};
use fieldpost_eas::page::validate_cert as validate;

use super::law;
use crate::generator::Gen;

#[test]
fn request() {
    law(CommandName::ValidateCert, |g| Request {
        certificate_chain: g.opt(validate::CERTIFICATE_CHAIN, |g| g.many(validate::CERTIFICATE, Gen::text)),
        certificates: g.many(validate::CERTIFICATES, Gen::text),
        check_crl: g.opt(validate::CHECK_CRL, Gen::bool),
    });
}

#[test]
fn response() {
    law(CommandName::ValidateCert, |g| Response {
        status: g.opt(validate::STATUS, Gen::u8),
        certificates: g.many(validate::CERTIFICATE, |g| Verdict { status: g.opt(validate::STATUS, Gen::u8) }),
    });
}
