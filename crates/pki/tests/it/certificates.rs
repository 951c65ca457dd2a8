//! Certificates by themselves, and in files.

use fieldpost_pki::{Certificate, Judge, Question, pem};
use proptest::prelude::*;
use rcgen::KeyUsagePurpose;

use crate::authority::{authority, day, now, owner, root};

#[test]
fn what_a_certificate_says() {
    let root = root(authority("Root"));
    let leaf = root.issues(owner("anna@example.org"));
    assert_eq!(leaf.certificate.addresses(), ["anna@example.org"]);
    assert!(leaf.certificate.names("ANNA@example.org") && !leaf.certificate.names("eve@example.org"));
    assert!(leaf.certificate.is_for_encryption(now()));
    assert!(!root.certificate.is_for_encryption(now()));
    let mut params = owner("anna@example.org");
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    assert!(!root.issues(params).certificate.is_for_encryption(now()));
    let mut params = owner("anna@example.org");
    params.not_after = day(-1);
    assert!(!root.issues(params).certificate.is_for_encryption(now()));
    let short = leaf.certificate.issuer_and_serial();
    assert!(short.ends_with(&[0x02, 3, 0x00, 0x9A, 7]), "{short:02x?}");
    assert_eq!(short[0], 0x30);
    assert_eq!(usize::from(short[1]), short.len() - 2);
}

#[test]
fn files() {
    let root = root(authority("Root"));
    let text = root.params.self_signed(&root.key).unwrap().pem();
    let both = format!("The root\n{text}\nand again\n{text}");
    assert_eq!(pem::certificates(both.as_bytes()).unwrap().len(), 2);
    assert_eq!(pem::certificates(root.certificate.der()).unwrap(), std::slice::from_ref(&root.certificate));
    for bad in ["", "hello", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"] {
        assert!(pem::certificates(bad.as_bytes()).is_err(), "{bad}");
        assert!(pem::revocation_lists(bad.as_bytes()).is_err(), "{bad}");
    }
    assert!(pem::revocation_lists(text.as_bytes()).is_err());
    let mut trailing = root.certificate.der().to_vec();
    trailing.push(0);
    assert!(Certificate::parse(trailing).is_err());
}

proptest! {
    #[test]
    fn no_bytes_make_trouble(
        garbage in proptest::collection::vec(any::<u8>(), 0..200),
        edits in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 0..4),
    ) {
        prop_assert!(Certificate::parse(garbage.clone()).is_err() || garbage.len() > 60);
        let _ = pem::certificates(&garbage);
        // One that is nearly right.
        thread_local! {
            static GOOD: Vec<u8> = root(authority("Root")).issues(owner("a@b")).certificate.der().to_vec();
        }
        let mut der = GOOD.with(Clone::clone);
        for (at, byte) in edits {
            *at.get_mut(&mut der) = byte;
        }
        if let Ok(certificate) = Certificate::parse(der) {
            let _ = (certificate.addresses(), certificate.issuer_and_serial());
            let question = Question {
                certificate: &certificate,
                chain: std::slice::from_ref(&certificate),
                address: None,
                check_revocation: true,
                now: now(),
            };
            let _ = Judge::default().judge(&question);
        }
    }
}
