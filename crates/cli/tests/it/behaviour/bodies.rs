//! Bodies of messages as a phone wishes them: kind, length, all or none, preview; by Sync and by ItemOperations.

use fieldpost_eas::Version;
use fieldpost_eas::command::CommandName::{ItemOperations, Search};
use fieldpost_eas::wbxml::Node;
use fieldpost_phone::Call;
use fieldpost_testkit::shape::notation;

use crate::session::{Session, all, text, with_subject};
use crate::stage::Stage;

const HTML: &str = "From: bob@elsewhere.example\nTo: anna@example.test\nSubject: Rich\n\
    Content-Type: text/html; charset=utf-8\n\n<html><body><p>The budget of the year, in rich words.</p></body></html>\n";
const PLAIN: &str = "From: bob@elsewhere.example\nTo: anna@example.test\nSubject: Plain\n\
    Content-Type: text/plain; charset=utf-8\n\nThe budget of the year, in plain words.\n";
const FILES: &str = "From: bob@elsewhere.example\nTo: anna@example.test\nSubject: Files\nMIME-Version: 1.0\n\
    Content-Type: multipart/mixed; boundary=m\n\n--m\nContent-Type: text/plain\n\nSee.\n\
    --m\nContent-Type: application/octet-stream; name=data.bin\nContent-Disposition: attachment; \
    filename=data.bin\nContent-Transfer-Encoding: base64\n\nAAECAwQ=\n--m--\n";

/// Versions with bodies of the common form.
const VERSIONS: [Version; 6] =
    [Version::V12_0, Version::V12_1, Version::V14_0, Version::V14_1, Version::V16_0, Version::V16_1];
/// Versions that know parts of bodies.
const PARTS: [Version; 3] = [Version::V14_1, Version::V16_0, Version::V16_1];

async fn stage() -> Stage {
    let stage = Stage::start(&["anna"]).await;
    for message in [HTML, PLAIN, FILES] {
        stage.deliver("anna", message).await;
    }
    stage
}

/// The bodies of a message, as Sync, ItemOperations and Search give it for the same preference.
async fn bodies(session: &mut Session, subject: &str, preference: &str) -> Vec<Node> {
    let inbox = session.folder(2);
    let name = if preference.contains("BodyPartPreference") { "BodyPart" } else { "Body" };
    let options = format!("Options[AirSyncBase:{preference}]");
    let roots = session.sync_whole(&inbox, &format!("GetChanges {options}")).await;
    let id = with_subject(&roots, subject).remove(0);
    let mut adds = roots.iter().flat_map(|root| all(root, "Add"));
    let add = adds.rfind(|add| text(add, "ServerId") == id).unwrap();
    let item = format!("Store=Mailbox AirSync:CollectionId={inbox} AirSync:ServerId={id}");
    let request = format!("ItemOperations:ItemOperations[Fetch[{item} ItemOperations:{options}]]");
    let root = session.ask(ItemOperations, &request).await.unwrap();
    let of = |node: &Node| all(node, name).first().copied().cloned();
    let word = subject.to_lowercase();
    let query = format!("And[AirSync:Class=Email AirSync:CollectionId={inbox} Search:FreeText={word}]");
    let options = options.replace("Options[", "Options[Range=0-9 ");
    let request = format!("Search:Search[Store[Name=Mailbox Query[{query}] {options}]]");
    let hits = session.ask(Search, &request).await.unwrap();
    let found = [of(add), of(&root), of(&hits)];
    found.into_iter().map(|body| body.unwrap_or_else(|| panic!("no {name} for {preference}"))).collect()
}

/// The content of a body; none where it is withheld.
fn data(body: &Node) -> Option<String> {
    let data = all(body, "Data").first().copied().cloned()?;
    Some(
        data.text
            .or_else(|| data.opaque.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()))
            .unwrap_or_default(),
    )
}

#[tokio::test]
async fn all_or_none_truncation_and_its_mark() {
    let stage = stage().await;
    for version in VERSIONS {
        let mut session = stage.session("anna", version).await;
        let whole = bodies(&mut session, "Plain", "BodyPreference[Type=1]").await;
        for body in &whole {
            // MS-ASAIRS_R300, R277: without a size all of it comes.
            assert!(data(body).unwrap().starts_with("The budget of the year, in plain words."), "{version}");
            assert_ne!(text(body, "Truncated"), "1", "{version}");
        }
        let wholly = |bodies: &[Node]| bodies.iter().map(data).eq(whole.iter().map(data));
        for (preference, is_whole) in [
            // MS-ASAIRS_R373, R54, R53
            ("BodyPreference[Type=1 TruncationSize=5000 AllOrNone=1]", true),
            // MS-ASAIRS_R381, R382, R380
            ("BodyPreference[Type=1 TruncationSize=5000 AllOrNone=0]", true),
            // MS-ASAIRS_R423, R424, R422
            ("BodyPreference[Type=1 TruncationSize=5000]", true),
            // MS-ASAIRS_R401
            ("BodyPreference[Type=1 AllOrNone=1]", true),
            ("BodyPreference[Type=1 AllOrNone=0]", true),
            // MS-ASAIRS_R378, R379, R55
            ("BodyPreference[Type=1 TruncationSize=10 AllOrNone=0]", false),
            // MS-ASAIRS_R420, R421, R73
            ("BodyPreference[Type=1 TruncationSize=10]", false),
        ] {
            let bodies = bodies(&mut session, "Plain", preference).await;
            if is_whole {
                assert!(wholly(&bodies), "{version}: {preference}");
                continue;
            }
            for body in &bodies {
                // MS-ASAIRS_R180, R276, R402
                assert_eq!(data(body).as_deref(), Some("The budget"), "{version}: {preference}");
                assert_eq!(text(body, "Truncated"), "1", "{version}: {preference}");
                assert!(text(body, "EstimatedDataSize").parse::<usize>().unwrap() > 10, "{version}");
            }
        }
        // MS-ASAIRS_R376, R377, R375; MS-ASEMAIL_R1057
        for preference in ["TruncationSize=10 AllOrNone=1", "TruncationSize=0"] {
            let preference = format!("BodyPreference[Type=1 {preference}]");
            for body in bodies(&mut session, "Plain", &preference).await {
                assert_eq!(data(&body), None, "{version}: {preference}");
            }
        }
    }
}

#[tokio::test]
async fn parts_of_bodies_obey_the_same_rules() {
    let stage = stage().await;
    for version in PARTS {
        let mut session = stage.session("anna", version).await;
        // MS-ASAIRS_R294, R283
        let whole = bodies(&mut session, "Rich", "BodyPartPreference[Type=2]").await;
        for body in &whole {
            assert!(data(body).unwrap().contains("in rich words"), "{version}");
            assert_ne!(text(body, "Truncated"), "1", "{version}");
        }
        let wholly = |bodies: &[Node]| bodies.iter().map(data).eq(whole.iter().map(data));
        for preference in [
            // MS-ASAIRS_R400
            "BodyPartPreference[Type=2 AllOrNone=1]",
            "BodyPartPreference[Type=2 AllOrNone=0]",
            // MS-ASAIRS_R410, R411, R409; MS-ASCON_R40, R235
            "BodyPartPreference[Type=2 TruncationSize=5000]",
        ] {
            assert!(wholly(&bodies(&mut session, "Rich", preference).await), "{version}: {preference}");
        }
        // MS-ASAIRS_R407, R408, R392, R282, R188, R403
        for preference in [
            "BodyPartPreference[Type=2 TruncationSize=20]",
            "BodyPartPreference[Type=2 TruncationSize=20 AllOrNone=0]",
        ] {
            for body in bodies(&mut session, "Rich", preference).await {
                assert_eq!(text(&body, "Truncated"), "1", "{version}");
                assert!(data(&body).unwrap().len() <= 20, "{version}: {body:?}");
                assert!(text(&body, "EstimatedDataSize").parse::<usize>().unwrap() > 20, "{version}");
            }
        }
        // MS-ASAIRS_R253, R255, R256, R2599
        for body in
            bodies(&mut session, "Rich", "BodyPartPreference[Type=2 TruncationSize=20 Preview=15]").await
        {
            let preview = text(&body, "Preview");
            assert_eq!(preview, "The budget of t", "{version}");
        }
    }
    // What the phone has just said in each of these versions was understood:
    // MS-ASAIRS_R1023, R1024, R1000924 (AllOrNone of parts).
}

#[tokio::test]
async fn a_preview_is_plain_and_as_long_as_wanted() {
    let stage = stage().await;
    for version in VERSIONS.into_iter().filter(|version| *version >= Version::V14_0) {
        let mut session = stage.session("anna", version).await;
        // MS-ASAIRS_R250, R2644
        for body in bodies(&mut session, "Rich", "BodyPreference[Type=2 TruncationSize=20 Preview=15]").await
        {
            assert_eq!(text(&body, "Preview"), "The budget of t", "{version}");
        }
    }
}

#[tokio::test]
async fn each_kind_of_body_is_made_from_what_there_is() {
    let stage = stage().await;
    for version in VERSIONS {
        let mut session = stage.session("anna", version).await;
        for (subject, native) in [("Plain", "1"), ("Rich", "2")] {
            // MS-ASAIRS_R304, R305
            for kind in ["1", "2"] {
                let options = format!("Options[AirSyncBase:BodyPreference[Type={kind}]]");
                let inbox = session.folder(2);
                let roots = session.sync_whole(&inbox, &format!("GetChanges {options}")).await;
                let mut adds = roots.iter().flat_map(|root| all(root, "Add"));
                let add = adds.rfind(|add| text(add, "Subject") == subject).unwrap();
                let body = all(add, "Body")[0];
                // MS-ASAIRS_R237, R238, R241, R2411, R2412
                assert_eq!(
                    (text(body, "Type").as_str(), text(add, "NativeBodyType").as_str()),
                    (kind, native)
                );
                // MS-ASAIRS_R105: a new item has its body.
                assert!(data(body).unwrap().contains("The budget"), "{version}");
            }
        }
        // MS-ASAIRS_R307
        let mime = session.folder(2);
        let options = "Options[MIMESupport=2 AirSyncBase:BodyPreference[Type=4]]";
        let roots = session.sync_whole(&mime, &format!("GetChanges {options}")).await;
        let mut adds = roots.iter().flat_map(|root| all(root, "Add"));
        let add = adds.rfind(|add| text(add, "Subject") == "Plain").unwrap();
        assert_eq!(text(all(add, "Body")[0], "Type"), "4", "{version}");
        assert!(data(all(add, "Body")[0]).unwrap().contains("Subject: Plain"), "{version}");
    }
}

#[tokio::test]
async fn content_lies_in_parts_only_where_it_was_asked_for_so() {
    let stage = stage().await;
    for version in VERSIONS {
        let mut session = stage.session("anna", version).await;
        let inbox = session.folder(2);
        let roots = session.sync_whole(&inbox, "GetChanges").await;
        let id = with_subject(&roots, "Plain").remove(0);
        let item = format!("Store=Mailbox AirSync:CollectionId={inbox} AirSync:ServerId={id}");
        let options = "ItemOperations:Options[AirSyncBase:BodyPreference[Type=1]]";
        let request = format!("ItemOperations:ItemOperations[Fetch[{item} {options}]]");
        let body = notation::document(&request).to_wbxml(version);
        for multipart in [false, true] {
            let call = Call { multipart, ..Call::wbxml(ItemOperations, body.clone()) };
            let root = session.call(&call).await.unwrap();
            // MS-ASAIRS_R244, R405, R176; MS-ASCMD_R3633; MS-ASHTTP_R154, R155
            assert_eq!(all(&root, "Part").len(), usize::from(multipart), "{version}");
            assert_eq!(all(&root, "Data").len(), usize::from(!multipart), "{version}");
        }
        // MS-ASAIRS_R214
        let request = "ItemOperations:ItemOperations[Fetch[Store=Mailbox AirSyncBase:FileReference='']]";
        let root = session.ask(ItemOperations, request).await.unwrap();
        assert_eq!(text(all(&root, "Fetch")[0], "Status"), "15", "{version}");
    }
}

#[tokio::test]
async fn preferences_without_sense_are_refused() {
    let stage = stage().await;
    for version in VERSIONS {
        let mut session = stage.session("anna", version).await;
        let inbox = session.folder(2);
        session.sync_whole(&inbox, "GetChanges").await;
        for (requirement, preference) in [
            ("MS-ASAIRS_R350", "BodyPreference[Type=1 AllOrNone=2]"),
            ("MS-ASAIRS_R351", "BodyPreference[Type=1 AllOrNone=0 AllOrNone=0]"),
            ("MS-ASAIRS_R10016", "BodyPreference[Type=1] BodyPreference[Type=1]"),
        ] {
            let request = format!("GetChanges Options[AirSyncBase:{preference}]");
            let root = session.sync(&inbox, &request).await.unwrap();
            assert_eq!(text(&root, "Status"), "4", "{requirement} {version}");
        }
    }
}

#[tokio::test]
async fn mime_is_fetched_where_it_is_wished_for() {
    let stage = Stage::start(&["anna"]).await;
    let sealed = "From: bob@elsewhere.example\nTo: anna@example.test\nSubject: Sealed\nMIME-Version: 1.0\n\
        Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\n\
        Content-Transfer-Encoding: base64\n\nMIAGCSqGSIb3DQEHA6CAMIACAQA=\n";
    for message in [sealed, PLAIN] {
        stage.deliver("anna", message).await;
    }
    for version in VERSIONS {
        let mut session = stage.session("anna", version).await;
        let inbox = session.folder(2);
        let roots = session.sync_whole(&inbox, "GetChanges").await;
        // Never, only where it is needed to open the message, always.
        for (support, subject, is_mime) in [
            ("MIMESupport=0", "Sealed", false),
            ("MIMESupport=1", "Sealed", true),
            ("MIMESupport=1", "Plain", false),
            ("MIMESupport=2", "Plain", true),
        ] {
            let id = with_subject(&roots, subject).remove(0);
            let item = format!("Store=Mailbox AirSync:CollectionId={inbox} AirSync:ServerId={id}");
            let body = "AirSyncBase:BodyPreference[Type=4] BodyPreference[Type=1]";
            let options = format!("ItemOperations:Options[AirSync:{support} {body}]");
            let request = format!("ItemOperations:ItemOperations[Fetch[{item} {options}]]");
            let root = session.ask(ItemOperations, &request).await.unwrap();
            // MS-ASCMD_R3360, R3363, R3364
            let properties = all(&root, "Properties")[0];
            let body = properties.children.iter().find(|child| child.tag.name() == "Body").unwrap();
            assert!(!body.children.is_empty(), "{version} {support} {subject}");
            assert_eq!(text(body, "Type") == "4", is_mime, "{version} {support} {subject}");
            let content = data(body).unwrap_or_default();
            assert_eq!(content.contains("Content-Type:"), is_mime, "{version} {support} {subject}");
        }
    }
}

#[tokio::test]
async fn an_attachment_says_whether_it_is_embedded() {
    let stage = Stage::start(&["anna"]).await;
    let message = "From: bob@elsewhere.example\nTo: anna@example.test\nSubject: Both\nMIME-Version: 1.0\n\
        Content-Type: multipart/mixed; boundary=m\n\n\
        --m\nContent-Type: multipart/related; boundary=r\n\n\
        --r\nContent-Type: text/html\n\n<p>See <img src=\"cid:picture@x\"></p>\n\
        --r\nContent-Type: image/png; name=picture.png\nContent-ID: <picture@x>\n\
        Content-Disposition: inline; filename=picture.png\nContent-Transfer-Encoding: base64\n\nAAECAwQ=\n--r--\n\
        --m\nContent-Type: application/pdf; name=a.pdf\nContent-Disposition: attachment; filename=a.pdf\n\
        Content-Transfer-Encoding: base64\n\nAAECAwQ=\n--m--\n";
    stage.deliver("anna", message).await;
    for version in VERSIONS {
        let mut session = stage.session("anna", version).await;
        let inbox = session.folder(2);
        let options = "Options[AirSyncBase:BodyPreference[Type=2]]";
        let roots = session.sync_whole(&inbox, &format!("GetChanges {options}")).await;
        let files: Vec<(String, bool)> = roots
            .iter()
            .flat_map(|root| all(root, "Attachment"))
            .map(|file| (text(file, "DisplayName"), text(file, "IsInline") == "1"))
            .collect();
        // MS-ASAIRS_R10020
        let expected = [("picture.png".to_owned(), true), ("a.pdf".to_owned(), false)];
        assert!(expected.iter().all(|file| files.contains(file)), "{version}: {files:?}");
    }
}
