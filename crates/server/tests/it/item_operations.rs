//! ItemOperations and GetAttachment: items and files, whole and in ranges, in the document and beside it.

use fieldpost_domain::folder::FolderType;
use fieldpost_eas::Version;
use fieldpost_eas::codec::{Empty, Opaque, Tags};
use fieldpost_eas::command::CommandName;
use fieldpost_eas::command::item_operations::request::{
    EmptyFolderContents, Fetch, FetchOptions, Move, MoveOptions, Operation,
};
use fieldpost_eas::command::item_operations::response::Properties;
use fieldpost_eas::command::item_operations::{Request, Response};
use fieldpost_eas::item::{AttachmentEntry, BodyPreference, BodyType, Email, Item};
use fieldpost_eas::page::{air_sync_base, email};
use fieldpost_testkit::phone::{Call, Phone, PhoneError};

use crate::server::{Server, call, request, status_only};

const MESSAGE: &str = "From: anna@example.org\r\nTo: mia@example.org\r\nSubject: Plan\r\nMIME-Version: 1.0\r\n\
    Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nLook\r\n--b\r\n\
    Content-Type: application/pdf\r\nContent-Disposition: attachment; filename=plan.pdf\r\n\
    Content-Transfer-Encoding: base64\r\n\r\nAAECA/8=\r\n--b--\r\n";

const FILE: [u8; 5] = [0, 1, 2, 3, 255];

async fn operate(phone: &mut Phone, operations: Vec<Operation>) -> Response {
    phone.call(CommandName::ItemOperations, &Request { operations }).await.unwrap()
}

fn fetch(fetch: Fetch) -> Operation {
    Operation::Fetch(Box::new(Fetch { store: "Mailbox".into(), ..fetch }))
}

fn email_of(response: &Response) -> &Email {
    let fetched = &response.response.as_ref().unwrap().fetches[0];
    assert_eq!(fetched.status, 1);
    let Some(Properties::Item(Item::Email(email))) = &fetched.properties else { panic!("{fetched:?}") };
    email
}

fn statuses(response: &Response) -> Vec<u8> {
    let outcomes = response.response.as_ref().unwrap();
    outcomes.fetches.iter().map(|fetched| fetched.status).collect()
}

fn reference_of(email: &Email) -> String {
    let [AttachmentEntry::Attachment(attachment)] = email.attachments.as_slice() else { panic!("{email:?}") };
    attachment.file_reference.clone()
}

#[tokio::test]
async fn an_item_comes_by_either_id_in_the_form_wanted() {
    let server = Server::start().await;
    let mia = server.account("mia").await;
    let meta = server.deliver(&mia, MESSAGE).await;
    let id = format!("{}:{}", meta.folder, meta.id);
    for version in [Version::V12_0, Version::V14_0, Version::V16_1] {
        let mut phone = server.ready_phone("mia", version).await;
        let mime = BodyPreference {
            r#type: BodyType::Mime,
            truncation_size: None,
            all_or_none: None,
            preview: None,
        };
        let options =
            FetchOptions { mime_support: Some(2), body_preferences: vec![mime], ..FetchOptions::default() };
        let by_id = Fetch {
            collection_id: Some(meta.folder.to_string()),
            server_id: Some(id.clone()),
            options: Some(options),
            ..Fetch::default()
        };
        let response = operate(&mut phone, vec![fetch(by_id)]).await;
        let body = email_of(&response).body.as_ref().unwrap();
        assert_eq!(body.data.as_ref().unwrap().0, MESSAGE.as_bytes(), "{version}");
        let by_long_id = Fetch { long_id: Some(id.clone()), ..Fetch::default() };
        let response = operate(&mut phone, vec![fetch(by_long_id)]).await;
        assert_eq!(email_of(&response).subject.as_deref(), Some("Plan"));
    }
}

#[tokio::test]
async fn a_schema_leaves_the_rest_out() {
    let server = Server::start().await;
    let mia = server.account("mia").await;
    let meta = server.deliver(&mia, MESSAGE).await;
    let mut phone = server.ready_phone("mia", Version::V14_1).await;
    let schema = Tags(vec![email::SUBJECT, air_sync_base::BODY]);
    let wanted = Fetch {
        long_id: Some(format!("{}:{}", meta.folder, meta.id)),
        options: Some(FetchOptions { schema: Some(schema), ..FetchOptions::default() }),
        ..Fetch::default()
    };
    let response = operate(&mut phone, vec![fetch(wanted)]).await;
    let email = email_of(&response);
    assert!(email.subject.is_some() && email.body.is_some());
    assert!(email.from.is_none() && email.read.is_none());
}

#[tokio::test]
async fn a_file_comes_whole_in_ranges_and_in_parts() {
    let server = Server::start().await;
    let mia = server.account("mia").await;
    let meta = server.deliver(&mia, MESSAGE).await;
    let mut phone = server.ready_phone("mia", Version::V16_1).await;
    let by_id = Fetch { long_id: Some(format!("{}:{}", meta.folder, meta.id)), ..Fetch::default() };
    let response = operate(&mut phone, vec![fetch(by_id.clone())]).await;
    let reference = reference_of(email_of(&response));
    let whole = phone.fetch_attachment(&reference, None, false).await.unwrap();
    assert_eq!((whole.data.as_slice(), whole.total), (&FILE[..], Some(5)));
    assert_eq!(whole.content_type.as_deref(), Some("application/pdf"));
    for in_parts in [false, true] {
        let some = phone.fetch_attachment(&reference, Some(1..=3), in_parts).await.unwrap();
        assert_eq!(
            (some.data.as_slice(), some.range.as_deref(), some.total),
            (&FILE[1..4], Some("1-3"), Some(5))
        );
        // A range that reaches beyond the end brings what there is.
        let rest = phone.fetch_attachment(&reference, Some(3..=100), in_parts).await.unwrap();
        assert_eq!((rest.data.as_slice(), rest.range.as_deref()), (&FILE[3..], Some("3-4")));
    }
    // Beside the document, an item's body too.
    let document = Request { operations: vec![fetch(by_id)] };
    let call = Call { multipart: true, ..call(&phone, CommandName::ItemOperations, &document) };
    let answer = server.send(&request(&phone, &call)).await;
    assert_eq!(answer.header("content-type"), Some("application/vnd.ms-sync.multipart"));
    let parts = fieldpost_eas::http::multipart::decode(&answer.body).unwrap();
    let response: Response = fieldpost_eas::codec::Document::decode(parts[0]).unwrap();
    let body = email_of(&response).body.as_ref().unwrap();
    assert_eq!((body.part, body.data.as_ref()), (Some(1), None));
    assert_eq!(parts[1].trim_ascii(), b"Look");
}

#[tokio::test]
async fn every_failure_of_a_fetch_has_its_status() {
    let server = Server::start().await;
    let mia = server.account("mia").await;
    let ben = server.account("ben").await;
    let foreign = server.deliver(&ben, MESSAGE).await;
    let foreign = server.deliver(&ben, MESSAGE).await.id.0.max(foreign.id.0);
    let meta = server.deliver(&mia, MESSAGE).await;
    let (folder, id) = (meta.folder.to_string(), format!("{}:{}", meta.folder, meta.id));
    let mut phone = server.ready_phone("mia", Version::V16_1).await;
    let reference = format!("{}-{}", meta.id, 2);
    let file = |reference: &str, range: Option<&str>| Fetch {
        file_reference: Some(reference.into()),
        options: range.map(|range| FetchOptions { range: Some(range.into()), ..FetchOptions::default() }),
        ..Fetch::default()
    };
    let item = |folder: &str, id: &str| Fetch {
        collection_id: Some(folder.into()),
        server_id: Some(id.into()),
        ..Fetch::default()
    };
    let response = operate(
        &mut phone,
        vec![
            fetch(item(&folder, &format!("{folder}:4711"))),
            fetch(item("4711", &id)),
            fetch(item(&folder, "../../etc/passwd")),
            fetch(item(&folder, &format!("{folder}:{foreign}"))),
            fetch(Fetch { collection_id: Some(folder.clone()), ..Fetch::default() }),
            fetch(file("", None)),
            fetch(file("4711-1", None)),
            fetch(file(&format!("{}-99", meta.id), None)),
            fetch(file(&reference, Some("5-9"))),
            fetch(file(&reference, Some("3-1"))),
            fetch(file(&reference, Some("x"))),
            fetch(Fetch {
                options: Some(FetchOptions { mime_support: Some(1), ..FetchOptions::default() }),
                ..file(&reference, None)
            }),
            Operation::Fetch(Box::new(Fetch { store: "Attic".into(), ..item(&folder, &id) })),
            Operation::Fetch(Box::new(Fetch { store: "DocumentLibrary".into(), ..Fetch::default() })),
        ],
    )
    .await;
    assert_eq!(response.status, 1);
    assert_eq!(statuses(&response), [6, 6, 6, 6, 2, 15, 15, 15, 8, 8, 8, 2, 9, 2]);
    for fetched in &response.response.unwrap().fetches {
        assert!(fetched.properties.is_none());
    }
    // More than a hundred operations, and none.
    let many = Request { operations: vec![fetch(item(&folder, &id)); 101] };
    let answer = server.send(&request(&phone, &call(&phone, CommandName::ItemOperations, &many))).await;
    assert_eq!(status_only(&answer), ("ItemOperations".into(), "11".into()));
    let none = Request { operations: Vec::new() };
    let answer = server.send(&request(&phone, &call(&phone, CommandName::ItemOperations, &none))).await;
    assert_eq!(status_only(&answer), ("ItemOperations".into(), "2".into()));
}

#[tokio::test]
async fn a_folder_is_emptied() {
    let server = Server::start().await;
    let mia = server.account("mia").await;
    server.deliver(&mia, MESSAGE).await;
    let inbox = server.folder(&mia, FolderType::Inbox).await.to_string();
    let cache = server.folder(&mia, FolderType::RecipientCache).await.to_string();
    let mut phone = server.ready_phone("mia", Version::V14_0).await;
    let empty = |id: &str| {
        Operation::EmptyFolderContents(EmptyFolderContents { collection_id: id.into(), options: None })
    };
    let response =
        operate(&mut phone, vec![empty("4711"), empty(&cache), empty(&inbox), empty(&inbox)]).await;
    let statuses: Vec<u8> = response.response.unwrap().emptied.iter().map(|emptied| emptied.status).collect();
    assert_eq!(statuses, [6, 16, 1, 1]);
    assert!(server.items(&mia, FolderType::Inbox).await.is_empty());
}

#[tokio::test]
async fn a_conversation_moves() {
    let server = Server::start().await;
    let mia = server.account("mia").await;
    let meta = server.deliver(&mia, MESSAGE).await;
    let bin = server.folder(&mia, FolderType::DeletedItems).await.to_string();
    let calendar = server.folder(&mia, FolderType::Calendar).await.to_string();
    let mut phone = server.ready_phone("mia", Version::V14_1).await;
    let conversation = meta.conversation.id.to_vec();
    let moved = |to: &str, always: bool| {
        Operation::Move(Move {
            conversation_id: Opaque(conversation.clone()),
            dst_fld_id: to.into(),
            options: Some(MoveOptions { move_always: always.then_some(Empty) }),
        })
    };
    let before = server.modseq(&mia).await;
    let response =
        operate(&mut phone, vec![moved(&bin, false), moved(&calendar, true), moved("4711", true)]).await;
    let statuses: Vec<u8> = response.response.unwrap().moves.iter().map(|moved| moved.status).collect();
    // MS-ASCMD_R4942
    assert_eq!(statuses, [155, 156, 6]);
    assert_eq!(server.modseq(&mia).await, before);
    let response = operate(&mut phone, vec![moved(&bin, true)]).await;
    assert_eq!(response.response.unwrap().moves[0].status, 1);
    assert_eq!(server.items(&mia, FolderType::DeletedItems).await.len(), 1);
}

#[tokio::test]
async fn old_phones_get_the_bytes_alone() {
    let server = Server::start().await;
    let mia = server.account("mia").await;
    let meta = server.deliver(&mia, MESSAGE).await;
    let mut phone = server.ready_phone("mia", Version::V2_5).await;
    let ask = |reference: &str| Call {
        attachment_name: Some(reference.into()),
        ..Call::wbxml(CommandName::GetAttachment, "")
    };
    let answer = phone.exchange(&ask(&format!("{}-2", meta.id))).await.unwrap();
    assert_eq!((answer.body.as_ref(), answer.header("content-type")), (&FILE[..], Some("application/pdf")));
    for missing in ["4711-2", "x", "../../etc/passwd"] {
        // MS-ASCMD_R166
        let outcome = phone.exchange(&ask(missing)).await;
        assert!(matches!(outcome, Err(PhoneError::Http { status: 500, .. })), "{missing}");
    }
    let outcome = phone.exchange(&Call::wbxml(CommandName::GetAttachment, "")).await;
    assert!(matches!(outcome, Err(PhoneError::Http { status: 400, .. })));
    // MS-ASCMD_R5124: gone from 14.0 on.
    phone.identity.version = Version::V14_0;
    let outcome = phone.exchange(&ask(&format!("{}-2", meta.id))).await;
    assert!(matches!(outcome, Err(PhoneError::Http { status: 501, .. })));
}
