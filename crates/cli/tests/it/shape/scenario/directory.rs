//! What an administrator has done before the phones come: an entry of the address book with everything that it can
//! say, a photo and a certificate, a group, and old mail.

use std::fs;

use fieldpost_testkit::process::{DOMAIN, Fieldpost};
use rcgen::{CertificateParams, ExtendedKeyUsagePurpose, KeyPair, KeyUsagePurpose, SanType};

/// Address of the entry that says everything.
pub const BOB: &str = "bob@example.test";

/// Fills the address book, and each inbox with a message of old.
pub fn fill(server: &Fieldpost, users: &[&str]) {
    let run = |arguments: &[&str]| {
        let output = server.run(arguments);
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    };
    let profile = [
        "--name",
        "Bob Builder",
        "--first-name",
        "Bob",
        "--last-name",
        "Builder",
        "--short-name",
        "bob",
        "--title",
        "Engineer",
        "--company",
        "Example",
        "--office",
        "4.12",
        "--phone",
        "+43 1 1",
        "--home-phone",
        "+43 1 2",
        "--mobile-phone",
        "+43 1 3",
    ];
    run(&[&["account", "set", BOB], &profile[..]].concat());
    let write = |name: &str, content: &[u8]| {
        let path = server.folder().join(name);
        fs::write(&path, content).unwrap();
        path.display().to_string()
    };
    let photo = write("bob.jpg", &[0xFF, 0xD8, 0xFF, 0xE0, 0, 16, b'J', b'F', b'I', b'F']);
    run(&["account", "photo", BOB, &photo]);
    let certificate = write("bob.pem", certificate(BOB).as_bytes());
    run(&["account", "certificate", "add", BOB, &certificate]);
    let old = server.folder().join("old");
    fs::create_dir(&old).unwrap();
    let message =
        "From: bob@elsewhere.example\r\nSubject: Old\r\nDate: Mon, 2 Nov 2026 08:30:00 +0000\r\n\r\nOld.\r\n";
    fs::write(old.join("old.eml"), message).unwrap();
    for user in users {
        run(&["import", &format!("{user}@{DOMAIN}"), old.to_str().unwrap()]);
    }
}

/// A certificate for the mail of this address, as PEM.
fn certificate(address: &str) -> String {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.subject_alt_names = vec![SanType::Rfc822Name(address.try_into().unwrap())];
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature, KeyUsagePurpose::KeyEncipherment];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::EmailProtection];
    params.self_signed(&KeyPair::generate().unwrap()).unwrap().pem()
}
