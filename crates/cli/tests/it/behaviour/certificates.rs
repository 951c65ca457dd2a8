//! Certificates of recipients, and whether certificates are to be trusted.

use std::fs;

use fieldpost_eas::Version;
use fieldpost_eas::command::CommandName::{ResolveRecipients, ValidateCert};
use fieldpost_eas::wbxml::Node;
use fieldpost_testkit::process::{DOMAIN, Fieldpost};
use rcgen::{ExtendedKeyUsagePurpose, date_time_ymd};

use crate::authority::{Authority, base64};
use crate::session::{Session, all, text};
use crate::stage::Stage;

async fn validate(session: &mut Session, certificates: &[&[u8]], rest: &str) -> Node {
    let all: String = certificates.iter().map(|der| format!("Certificate={} ", base64(der))).collect();
    let request = format!("ValidateCert:ValidateCert[Certificates[{all}] {rest}]");
    session.ask(ValidateCert, &request).await.unwrap()
}

/// The status of the whole, and those of the certificates.
fn statuses(root: &Node) -> (String, Vec<String>) {
    let certificates = all(root, "Certificate").iter().map(|node| text(node, "Status")).collect();
    (root.children[0].text.clone().unwrap_or_default(), certificates)
}

#[tokio::test]
async fn certificates_are_judged_in_every_version() {
    let (trusted, stranger, old) =
        (Authority::new("Trusted"), Authority::new("Stranger"), Authority::new("Old"));
    let stage = Stage::prepared(&["anna"], |server: &mut Fieldpost| {
        let file = |name: &str, text: &str| {
            let path = server.folder().join(name);
            fs::write(&path, text).unwrap();
            format!("\"{}\"", path.display())
        };
        let authorities =
            [file("trusted.pem", &trusted.own.pem()), file("old.pem", &old.own.pem())].join(", ");
        let lists =
            [file("trusted.crl", &trusted.revokes(13, 2100)), file("old.crl", &old.revokes(13, 2021))];
        server.set("certificates", "authorities", &format!("[{authorities}]"));
        server.set("certificates", "revocation_lists", &format!("[{}]", lists.join(", ")));
    })
    .await;
    let good = trusted.signs("anna@x.test", 1, |_| ());
    let forged = {
        let mut der = trusted.signs("anna@x.test", 2, |_| ());
        let last = der.len() - 1;
        der[last] ^= 1;
        der
    };
    let not_for_mail = trusted
        .signs("anna@x.test", 3, |p| p.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth]);
    let expired = trusted.signs("anna@x.test", 4, |p| p.not_after = date_time_ymd(2021, 1, 1));
    let revoked = trusted.signs("anna@x.test", 13, |_| ());
    let unknown = stranger.signs("anna@x.test", 5, |_| ());
    let stale = old.signs("anna@x.test", 6, |_| ());
    let an_authority = trusted.own.der().to_vec();
    for version in Version::ALL {
        let mut anna = stage.session("anna", version).await;
        // MS-ASCMD_R4727, R4469, R5387, R5389, R4474, R4479
        let list: Vec<&[u8]> = vec![
            &good,
            &forged,
            &unknown,
            &not_for_mail,
            &expired,
            b"no certificate",
            &an_authority,
            &revoked,
            &stale,
        ];
        let root = validate(&mut anna, &list, "").await;
        let expected = ["1", "3", "4", "6", "7", "10", "11", "13", "1"];
        assert_eq!(statuses(&root), ("1".to_owned(), expected.map(str::to_owned).to_vec()), "{version}");
        // The chain that came along leads elsewhere.
        let chain = format!("CertificateChain[Certificate={}]", base64(stranger.own.der()));
        let request =
            format!("ValidateCert:ValidateCert[{chain} Certificates[Certificate={}]]", base64(&unknown));
        let root = anna.ask(ValidateCert, &request).await.unwrap();
        assert_eq!(statuses(&root).1, ["4"], "{version}");
        let request =
            format!("ValidateCert:ValidateCert[{chain} Certificates[Certificate={}]]", base64(&stale));
        assert_eq!(statuses(&anna.ask(ValidateCert, &request).await.unwrap()).1, ["1"]);
        // MS-ASCMD_R893, R895: whether it matters that nobody knows.
        let root = validate(&mut anna, &[&good, &revoked, &stale], "CheckCRL=1").await;
        assert_eq!(statuses(&root).1, ["1", "13", "14"], "{version}");
        let root = validate(&mut anna, &[&good, &stale], "CheckCRL=0").await;
        assert_eq!(statuses(&root).1, ["1", "1"]);
        // MS-ASCMD_R5662
        let many: Vec<&[u8]> = vec![b"x"; 101];
        assert_eq!(statuses(&validate(&mut anna, &many, "").await), ("2".to_owned(), vec![]), "{version}");
        assert_eq!(statuses(&validate(&mut anna, &[], "").await).0, "2");
        let many: Vec<&[u8]> = vec![b"x"; 100];
        assert_eq!(statuses(&validate(&mut anna, &many, "").await).1.len(), 100);
    }
}

#[tokio::test]
async fn certificates_of_recipients_are_told() {
    let stage = Stage::start(&["anna", "bob", "carl"]).await;
    let authority = Authority::new("Any");
    let run = |arguments: &[&str], code: i32| {
        let done = stage.server.run(arguments);
        let errors = String::from_utf8_lossy(&done.stderr).into_owned();
        assert_eq!(done.status.code(), Some(code), "{arguments:?}: {errors}");
        errors
    };
    let at = |name: &str| format!("{name}@{DOMAIN}");
    let add = |user: &str, serial: u8, code: i32, of: &str| {
        let file = stage.server.folder().join(format!("{serial}.der"));
        let der = authority.signs(&at(of), serial, |_| ());
        fs::write(&file, &der).unwrap();
        (run(&["account", "certificate", "add", &at(user), file.to_str().unwrap()], code), der)
    };
    let (_, first) = add("anna", 1, 0, "anna");
    add("anna", 2, 0, "anna");
    add("carl", 3, 0, "carl");
    assert!(add("carl", 4, 2, "anna").0.contains("nothing was added"));
    run(&["group", "add", &at("team")], 0);
    run(&["group", "member", "add", &at("team"), &at("anna"), &at("bob"), &at("carl")], 0);
    for version in Version::ALL {
        let mut bob = stage.session("bob", version).await;
        let mut ask = async |options: &str| {
            let to = format!("To={} To={} To={}", at("anna"), at("bob"), at("team"));
            let request = format!("ResolveRecipients:ResolveRecipients[{to} Options[{options}]]");
            bob.ask(ResolveRecipients, &request).await.unwrap()
        };
        let counts = |root: &Node| -> Vec<[String; 3]> {
            let told =
                |node: &&Node| ["Status", "CertificateCount", "RecipientCount"].map(|name| text(node, name));
            all(root, "Certificates").iter().map(told).collect()
        };
        // MS-ASCMD_R856
        assert!(counts(&ask("").await).is_empty() && counts(&ask("CertificateRetrieval=1").await).is_empty());
        // MS-ASCMD_R857, R843, R3764, R4301, R4302, R4304, R3765, R3768
        let root = ask("CertificateRetrieval=2").await;
        assert_eq!(counts(&root), [["1", "2", "1"], ["7", "0", "1"], ["1", "3", "3"]], "{version}");
        let sent: Vec<String> =
            all(&root, "Certificate").iter().filter_map(|node| node.text.clone()).collect();
        assert_eq!(sent.len(), 5);
        assert!(sent.contains(&base64(&first)) && all(&root, "MiniCertificate").is_empty());
        // MS-ASCMD_R858, R3435
        let root = ask("CertificateRetrieval=3").await;
        let mini = all(&root, "MiniCertificate");
        assert_eq!((mini.len(), all(&root, "Certificate").len()), (2, 0));
        assert!(mini[0].text.as_ref().is_some_and(|text| text.len() < 100), "{:?}", mini[0].text);
        // All of a recipient's or none, within the limit of the whole.
        let root = ask("CertificateRetrieval=2 MaxCertificates=2").await;
        assert_eq!(counts(&root), [["1", "2", "1"], ["7", "0", "1"], ["8", "3", "3"]], "{version}");
        assert_eq!(all(&root, "Certificate").len(), 2);
    }
}
