//! ValidateCert.

use std::fs;

use fieldpost_eas::Version;
use fieldpost_eas::command::CommandName::ValidateCert;
use fieldpost_testkit::process::Fieldpost;
use rcgen::{ExtendedKeyUsagePurpose, KeyUsagePurpose, date_time_ymd};

use super::Shown;
use crate::authority::{Authority, base64};
use crate::session::{all, text};
use crate::stage::Stage;

pub(super) const SCOPES: &[&str] = &["ValidateCert", "ValidateCert/Certificate"];

#[tokio::test]
async fn every_status_of_certificates() {
    let (root, silent, old) = (Authority::new("Root"), Authority::new("Silent"), Authority::new("Old"));
    let stage = Stage::prepared(&["anna"], |server: &mut Fieldpost| {
        let file = |name: &str, text: &str| {
            let path = server.folder().join(name);
            fs::write(&path, text).unwrap();
            format!("\"{}\"", path.display())
        };
        let authorities = [("root", &root), ("silent", &silent), ("old", &old)]
            .map(|(name, authority)| file(&format!("{name}.pem"), &authority.own.pem()));
        let lists = [file("root.crl", &root.revokes(13, 2100)), file("old.crl", &old.revokes(13, 2021))];
        server.set("certificates", "authorities", &format!("[{}]", authorities.join(", ")));
        server.set("certificates", "revocation_lists", &format!("[{}]", lists.join(", ")));
    })
    .await;
    let stranger = Authority::new("Stranger");
    let short = root.appoints("Short", 21, |p| p.not_after = date_time_ymd(2100, 1, 1));
    let web = root.appoints("Web", 22, |p| p.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth]);
    let no_signer = root.appoints("No signer", 23, |p| p.key_usages = vec![KeyUsagePurpose::CrlSign]);
    let fallen = root.appoints("Fallen", 13, |_| ());
    let forged = {
        let mut der = root.signs("anna@x.test", 2, |_| ());
        let last = der.len() - 1;
        der[last] ^= 1;
        der
    };
    let for_servers =
        root.signs("anna@x.test", 3, |p| p.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth]);
    let plain = |authority: &Authority| authority.signs("anna@x.test", 1, |_| ());
    let mut shown = Shown::of(SCOPES);
    let mut anna = stage.session("anna", Version::V14_1).await;
    let cases: [(u16, Vec<u8>, Option<&Authority>, &str); 15] = [
        (1, plain(&root), None, ""),
        (3, forged, None, ""),
        (4, plain(&stranger), None, ""),
        (5, plain(&stranger), Some(&short), ""),
        (6, for_servers, None, ""),
        (7, root.signs("anna@x.test", 4, |p| p.not_after = date_time_ymd(2021, 1, 1)), None, ""),
        (8, plain(&short), Some(&short), ""),
        (9, plain(&web), Some(&web), ""),
        (10, b"no certificate".to_vec(), None, ""),
        (11, root.own.der().to_vec(), None, ""),
        (11, plain(&no_signer), Some(&no_signer), ""),
        (13, root.signs("anna@x.test", 13, |_| ()), None, ""),
        (14, plain(&old), None, "CheckCRL=1"),
        (15, plain(&fallen), Some(&fallen), ""),
        (16, plain(&silent), None, "CheckCRL=1"),
    ];
    for (code, certificate, above, check) in cases {
        let chain = above.map(|above| format!("CertificateChain[Certificate={}]", base64(above.own.der())));
        let own = format!("Certificates[Certificate={}]", base64(&certificate));
        let request = format!("ValidateCert:ValidateCert[{} {own} {check}]", chain.unwrap_or_default());
        let root = anna.ask(ValidateCert, &request).await.unwrap();
        shown.is("ValidateCert", 1, root.children[0].text.as_deref().unwrap_or_default(), "as a whole");
        let verdict = text(all(&root, "Certificate")[0], "Status");
        shown.is("ValidateCert/Certificate", code, &verdict, &format!("number {code}"));
    }
    let root = anna.ask(ValidateCert, "ValidateCert:ValidateCert[CheckCRL=1]").await.unwrap();
    shown.is("ValidateCert/Certificate", 2, &text(&root, "Status"), "no certificate at all");
    shown.complete();
}
