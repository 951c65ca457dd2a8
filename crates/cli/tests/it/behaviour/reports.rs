//! Messages that tell what became of another one: the classes that phones know them by.

use fieldpost_eas::Version;

use crate::session::{all, text};
use crate::stage::Stage;

/// A report with one field about the message it reports on.
fn report(subject: &str, kind: &str, field: &str) -> String {
    format!(
        "From: mailer@elsewhere.example\nTo: anna@example.test\nSubject: {subject}\nMIME-Version: 1.0\n\
         Content-Type: multipart/report; report-type={kind}; boundary=b\n\n\
         --b\nContent-Type: text/plain\n\nAbout your message.\n\
         --b\nContent-Type: message/{kind}\n\nReporting-MTA: dns; mail.elsewhere.example\n\n\
         Final-Recipient: rfc822; carol@elsewhere.example\n{field}\n--b--\n"
    )
}

/// Those of [MS-ASEMAIL] 2.2.2.49 that a message from outside can have. Classes are the same in any case.
const CLASSES: [(&str, &str, &str, &str); 5] = [
    ("Failed", "delivery-status", "Action: failed", "REPORT.IPM.NOTE.NDR"),
    ("Delivered", "delivery-status", "Action: delivered", "REPORT.IPM.NOTE.DR"),
    ("Delayed", "delivery-status", "Action: delayed", "REPORT.IPM.NOTE.DELAYED"),
    (
        "Seen",
        "disposition-notification",
        "Disposition: manual-action/MDN-sent-manually; displayed",
        "REPORT.IPM.NOTE.IPNRN",
    ),
    (
        "Unseen",
        "disposition-notification",
        "Disposition: automatic-action/MDN-sent-automatically; deleted",
        "REPORT.IPM.NOTE.IPNNRN",
    ),
];

#[tokio::test]
async fn reports_have_a_class_of_their_own() {
    let stage = Stage::start(&["anna"]).await;
    for (subject, kind, field, _) in CLASSES {
        stage.deliver("anna", &report(subject, kind, field)).await;
    }
    for version in Version::ALL {
        let mut session = stage.session("anna", version).await;
        let inbox = session.folder(2);
        let roots = session.sync_whole(&inbox, "GetChanges").await;
        let adds: Vec<_> = roots.iter().flat_map(|root| all(root, "Add")).collect();
        // MS-ASEMAIL_R601, R602, R603
        for (subject, _, _, class) in CLASSES {
            let add = adds.iter().find(|add| text(add, "Subject") == subject).unwrap();
            let told = text(add, "MessageClass");
            assert!(told.eq_ignore_ascii_case(class), "{version}: {subject} is {told}");
        }
    }
}
