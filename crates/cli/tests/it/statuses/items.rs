//! MoveItems and ItemOperations, documents of a share among them, and the parts of bodies.

use std::fs;

use fieldpost_eas::Version;
use fieldpost_eas::command::CommandName::{ItemOperations, MoveItems};
use fieldpost_eas::wbxml::Node;
use fieldpost_phone::Call;
use fieldpost_testkit::shape::notation;

use super::{Shown, status_in};
use crate::session::{Session, all, text, with_subject};
use crate::stage::Stage;

pub(super) const SCOPES: &[&str] = &["MoveItems", "ItemOperations", "AirSyncBase/BodyPart"];

const MESSAGE: &str = "From: bob@elsewhere.example\nTo: anna@example.test\nSubject: File\nMIME-Version: 1.0\n\
    Content-Type: multipart/mixed; boundary=m\n\n--m\nContent-Type: text/html\n\n<p>See.</p>\n\
    --m\nContent-Type: application/pdf; name=a.pdf\nContent-Disposition: attachment; filename=a.pdf\n\
    Content-Transfer-Encoding: base64\n\nAAECAwQ=\n\
    --m\nContent-Type: text/plain; name=e.txt\nContent-Disposition: attachment; filename=e.txt\n\n\n--m--\n";

#[tokio::test]
async fn every_status_of_single_items() {
    let stage = Stage::prepared(&["anna"], |server| {
        let shared = server.folder().join("shared");
        fs::create_dir_all(shared.join("within")).unwrap();
        fs::write(shared.join("plan.txt"), "The plan.").unwrap();
        fs::write(shared.join("empty.txt"), "").unwrap();
        fs::write(server.folder().join("outside.txt"), "Not shared.").unwrap();
        let out = server.folder().join("outside.txt");
        std::os::unix::fs::symlink(out, shared.join("out.txt")).unwrap();
        server.set("documents", "shares", &format!("['\\\\files\\plans = {}']", shared.display()));
        server.set("limits", "max_request", "\"64MiB\"");
    })
    .await;
    stage.deliver("anna", MESSAGE).await;
    let mut shown = Shown::of(SCOPES);
    let mut anna = stage.session("anna", Version::V14_1).await;
    let inbox = anna.folder(2);
    let roots = anna.sync_whole(&inbox, "GetChanges").await;
    let id = with_subject(&roots, "File").remove(0);
    fetches(&mut anna, &mut shown, &id, &roots).await;
    documents(&mut anna, &mut shown).await;
    folders(&mut anna, &mut shown).await;
    let part = "GetChanges Options[AirSyncBase:BodyPartPreference[Type=2]]";
    let roots = anna.sync_whole(&inbox, part).await;
    let told = roots.iter().map(|root| status_in(root, "BodyPart")).find(|status| !status.is_empty());
    shown.is("AirSyncBase/BodyPart", 1, &told.unwrap(), part);
    moves(&mut anna, &mut shown, &id).await;
    shown.complete();
}

/// The status of an operation, or of the whole where there is none.
async fn operate(session: &mut Session, operation: &str) -> (String, Node) {
    let request = format!("ItemOperations:ItemOperations[{operation}]");
    let root = session.ask(ItemOperations, &request).await.unwrap();
    let name = operation.split('[').next().unwrap();
    let of_operation = status_in(&root, name);
    (if of_operation.is_empty() { text(&root, "Status") } else { of_operation }, root)
}

async fn fetches(anna: &mut Session, shown: &mut Shown, id: &str, roots: &[Node]) {
    let inbox = anna.folder(2);
    let references: Vec<String> =
        roots.iter().flat_map(|root| all(root, "FileReference")).filter_map(|r| r.text.clone()).collect();
    let file = |at: usize, options: &str| {
        format!("Fetch[Store=Mailbox AirSyncBase:FileReference='{}' {options}]", references[at])
    };
    let whole = format!("Fetch[Store=Mailbox AirSync:CollectionId={inbox} AirSync:ServerId={id}]");
    let range = "ItemOperations:Options[Range=0-9]";
    for (code, operation) in [
        (1, whole.clone()),
        (2, "Fetch[Store=Mailbox]".to_owned()),
        (6, "Fetch[Store=Mailbox AirSync:CollectionId=99999 AirSync:ServerId=99999:1]".to_owned()),
        (8, file(0, "ItemOperations:Options[Range=99-100]")),
        (9, "Fetch[Store=Attic AirSyncBase:FileReference=none]".to_owned()),
        // MS-ASCMD_R4162
        (10, file(1, range)),
        // MS-ASCMD_R4163
        (11, whole.repeat(101)),
        (15, "Fetch[Store=Mailbox AirSyncBase:FileReference=none]".to_owned()),
    ] {
        let (got, root) = operate(anna, &operation).await;
        shown.is("ItemOperations", code, &got, &operation);
        assert!(all(&root, "Version").is_empty(), "{operation}");
    }
}

/// MS-ASDOC_R4, R5: what is sent and answered is WBXML, and well-formed; the phone could not read it otherwise.
async fn documents(anna: &mut Session, shown: &mut Shown) {
    let fetch = |link: &str, options: &str| {
        format!("Fetch[Store=DocumentLibrary DocumentLibrary:LinkId='{link}' {options}]")
    };
    let plan = "\\\\files\\plans\\plan.txt";
    // MS-ASDOC_R101
    let (got, root) = operate(anna, &fetch(plan, "")).await;
    assert_eq!((got.as_str(), text(&root, "Data").as_str()), ("1", "VGhlIHBsYW4u"));
    // MS-ASCMD_R5919
    assert_eq!(all(&root, "Version").len(), 1);
    // MS-ASCMD_R5366
    let request = format!("ItemOperations:ItemOperations[{}]", fetch(plan, ""));
    let body = notation::document(&request).to_wbxml(anna.version);
    let root = anna.call(&Call { multipart: true, ..Call::wbxml(ItemOperations, body) }).await.unwrap();
    let properties = all(&root, "Properties")[0];
    assert!(properties.children.iter().any(|child| child.tag.name() == "Part"), "{properties:?}");
    for (code, link) in [
        // MS-ASCMD_R4156
        (4, "plan.txt"),
        // MS-ASCMD_R4157
        (5, "\\\\elsewhere\\plans\\plan.txt"),
        (5, "\\\\files\\plans\\out.txt"),
        // MS-ASCMD_R4158
        (6, "\\\\files\\plans\\none.txt"),
        (10, "\\\\files\\plans\\empty.txt"),
        (5, "\\\\files\\plans\\within"),
    ] {
        let (got, _) = operate(anna, &fetch(link, "")).await;
        shown.is("ItemOperations", code, &got, link);
    }
    // MS-ASCMD_R5886: names and passwords are taken, up to 256 characters, and used for nothing.
    let (user, password) = ("u".repeat(100), "p".repeat(256));
    let with = format!("ItemOperations:Options[UserName={user} Password={password}]");
    assert_eq!(operate(anna, &fetch(plan, &with)).await.0, "1");
}

async fn folders(anna: &mut Session, shown: &mut Shown) {
    let (inbox, cache, calendar) = (anna.folder(2), anna.folder(19), anna.folder(8));
    let conversation = "ConversationId=#0123456789abcdef";
    for (code, operation) in [
        // MS-ASCMD_R4167
        (16, format!("EmptyFolderContents[AirSync:CollectionId={cache}]")),
        (155, format!("Move[{conversation} DstFldId={inbox}]")),
        (156, format!("Move[{conversation} DstFldId={calendar} Options[MoveAlways]]")),
    ] {
        let (got, _) = operate(anna, &operation).await;
        shown.is("ItemOperations", code, &got, &operation);
    }
}

async fn moves(anna: &mut Session, shown: &mut Shown, id: &str) {
    let (inbox, trash) = (anna.folder(2), anna.folder(4));
    for (code, item, source, destination) in [
        (1, "99999:1", "99999", format!("DstFldId={trash}")),
        (2, id, inbox.as_str(), "DstFldId=99999".to_owned()),
        (4, id, &inbox, format!("DstFldId={inbox}")),
        // MS-ASCMD_R4222
        (5, id, &inbox, format!("DstFldId={trash} DstFldId={inbox}")),
        (3, id, &inbox, format!("DstFldId={trash}")),
        // MS-ASCMD_R4208
        (1, id, &inbox, format!("DstFldId={}", anna.folder(5))),
    ] {
        let request = format!("Move:MoveItems[Move[SrcMsgId={item} SrcFldId={source} {destination}]]");
        let root = anna.ask(MoveItems, &request).await.unwrap();
        shown.is("MoveItems", code, &text(&root, "Status"), &request);
    }
}
