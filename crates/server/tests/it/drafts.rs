//! Drafts of 16.x through the front door: written, changed, sent ([MS-ASEMAIL] 3.1.5.6, [MS-ASAIRS]
//! 2.2.2.2).

use fieldpost_domain::folder::FolderType;
use fieldpost_eas::Version;
use fieldpost_eas::codec::{Content, Empty, Opaque};
use fieldpost_eas::command::sync::{request, response};
use fieldpost_eas::item::{
    AttachmentEntry, Body, BodyType, Email, Item, Method, NewAttachment, RemovedAttachment,
};

use crate::item_sync::{Bench, add, added, adds, change, changes, status};
use crate::server::Server;

const VERSIONS: [Version; 2] = [Version::V16_0, Version::V16_1];

fn body(form: BodyType, text: &str) -> Option<Body> {
    Some(Body {
        r#type: form,
        estimated_data_size: None,
        truncated: None,
        data: Some(Content(text.as_bytes().to_vec())),
        part: None,
        preview: None,
    })
}

fn letter(to: &str) -> Email {
    Email {
        to: Some(to.to_owned()),
        subject: Some("Plan".to_owned()),
        body: body(BodyType::Text, "Shall we?"),
        ..Email::default()
    }
}

fn item(email: Email) -> Item {
    Item::Email(Box::new(email))
}

fn shown(item: &Item) -> &Email {
    let Item::Email(email) = item else { panic!("{item:?}") };
    email
}

fn file(name: &str, client_id: &str) -> AttachmentEntry {
    AttachmentEntry::Add(NewAttachment {
        client_id: client_id.to_owned(),
        method: Method::Normal,
        content_type: Some("text/plain".to_owned()),
        content: Opaque(name.as_bytes().to_vec()),
        display_name: name.to_owned(),
        content_id: None,
        content_location: None,
        is_inline: None,
    })
}

fn references(entries: &[AttachmentEntry]) -> Vec<(Option<String>, String)> {
    let one = |entry: &AttachmentEntry| match entry {
        AttachmentEntry::Attachment(there) => (there.client_id.clone(), there.file_reference.clone()),
        other => panic!("{other:?}"),
    };
    entries.iter().map(one).collect()
}

fn send(mut command: request::Command) -> request::Command {
    match &mut command {
        request::Command::Add(add) => add.send = Some(Empty),
        request::Command::Change(change) => change.send = Some(Empty),
        _ => {}
    }
    command
}

// MS-ASEMAIL_R1184, MS-ASEMAIL_R11850, MS-ASEMAIL_R1190, MS-ASEMAIL_R11910, MS-ASEMAIL_R1278
#[tokio::test]
async fn a_draft_is_written_and_changed() {
    let server = Server::start().await;
    for (number, version) in VERSIONS.into_iter().enumerate() {
        let name = format!("mia{number}");
        let account = server.account(&name).await;
        let mut one = Bench::start(&server, &account, version, FolderType::Drafts).await;
        one.settle().await;
        let new = Email {
            attachments: vec![file("a.txt", "c1"), file("b.txt", "c2")],
            ..letter("ben@example.org")
        };
        let answer = one.sync(vec![add("1", item(new))]).await;
        let reply = added(&answer);
        assert_eq!(reply.status, 1);
        let id = reply.server_id.clone().unwrap();
        let told = shown(reply.application_data.as_ref().unwrap());
        assert_eq!(told.conversation_id.as_ref().unwrap().0.len(), 16);
        assert!(!told.conversation_index.as_ref().unwrap().0.is_empty());
        let given = references(&told.attachments);
        assert_eq!(given.iter().map(|(id, _)| id.as_deref()).collect::<Vec<_>>(), [Some("c1"), Some("c2")]);
        assert!(one.settle().await.is_empty(), "its own draft is not told to a phone");

        let second = server.second_phone(&name, version).await;
        let mut two = Bench::with(&server, &account, second, FolderType::Drafts, None).await;
        let told = adds(&two.settle().await);
        assert_eq!(told.len(), 1);
        let draft = shown(&told[0].1);
        assert_eq!((draft.is_draft, draft.subject.as_deref()), (Some(true), Some("Plan")));
        assert!(draft.to.as_ref().unwrap().contains("ben@example.org"));
        let there: Vec<_> = references(&draft.attachments).into_iter().map(|(_, id)| id).collect();
        assert_eq!(there, given.iter().map(|(_, id)| id.clone()).collect::<Vec<_>>());

        // Fields one by one; what is not said stays.
        let subject = Email { subject: Some("New plan".to_owned()), ..Email::default() };
        assert_eq!(one.change(&id, item(subject)).await, 1);
        assert!(one.settle().await.is_empty());
        let told = changes(&two.settle().await);
        let draft = shown(&told[0].1);
        assert_eq!(draft.subject.as_deref(), Some("New plan"));
        assert_eq!(draft.attachments.len(), 2);
        assert_eq!(draft.body.as_ref().unwrap().data.as_ref().unwrap().to_text(), "Shall we?");

        // An attachment goes and another comes; references may be others then, and the phone hears it.
        let gone = AttachmentEntry::Delete(RemovedAttachment { file_reference: there[0].clone() });
        let files = Email { attachments: vec![gone, file("c.txt", "c3")], ..Email::default() };
        let answer = one.sync(vec![change(&id, item(files))]).await;
        let [response::Reply::Change(reply)] = answer.responses.as_slice() else { panic!("{answer:?}") };
        assert_eq!(reply.status, 1);
        let given = references(&shown(reply.application_data.as_ref().unwrap()).attachments);
        assert_eq!(given.len(), 1);
        assert_eq!(given[0].0.as_deref(), Some("c3"));
        let told = changes(&answer.commands);
        let now = references(&shown(&told[0].1).attachments);
        assert_eq!(now.len(), 2);
        assert_eq!(now[1].1, given[0].1);

        let state =
            Email { read: Some(false), categories: Some(vec!["Later".to_owned()]), ..Email::default() };
        assert_eq!(one.change(&id, item(state)).await, 1);
        let stored = server.items(&account, FolderType::Drafts).await.remove(0);
        assert!(
            !stored.meta.state.read && stored.meta.state.categories == ["Later"] && stored.meta.state.draft
        );
    }
}

#[tokio::test]
async fn a_draft_is_sent_once_and_goes() {
    let server = Server::start().await;
    let mia = server.account("mia").await;
    let ben = server.account("ben").await;
    let mut one = Bench::start(&server, &mia, Version::V16_1, FolderType::Drafts).await;
    one.settle().await;
    let id = one.add("1", item(letter(""))).await;

    // Nobody to send it to: 183, and the draft stays.
    let nobody = one.sync(vec![send(change(&id, item(Email::default())))]).await;
    assert_eq!(status(&nobody), 183);
    let half = Email { to: Some("Ben Smi".to_owned()), ..Email::default() };
    assert_eq!(status(&one.sync(vec![send(change(&id, item(half)))]).await), 183);
    assert_eq!(server.items(&mia, FolderType::Drafts).await.len(), 1);

    let to = Email { to: Some("ben@example.org".to_owned()), ..Email::default() };
    let request = one.request(vec![send(change(&id, item(to)))]);
    let first = one.send(&request).await;
    let again = one.send(&request).await;
    assert_eq!((status(&first), status(&again)), (1, 1));
    for answer in [&first, &again] {
        let [response::Command::Delete(gone)] = answer.commands.as_slice() else { panic!("{answer:?}") };
        assert_eq!(gone.server_id, id);
    }
    one.key = again.sync_key;
    assert!(one.settle().await.is_empty());
    assert!(server.items(&mia, FolderType::Drafts).await.is_empty());
    let received = server.items(&ben, FolderType::Inbox).await;
    assert_eq!((received.len(), server.items(&mia, FolderType::SentItems).await.len()), (1, 1));
    let text = String::from_utf8_lossy(&received[0].content).into_owned();
    assert!(text.contains("Subject: Plan") && text.contains("Shall we?"), "{text}");

    // Written and sent in one go, as MIME.
    let mime = "To: ben@example.org\r\nBcc: mia@example.org\r\nSubject: At once\r\n\r\nHi\r\n";
    let whole = Email { body: body(BodyType::Mime, mime), ..Email::default() };
    let request = one.request(vec![send(add("2", item(whole)))]);
    let first = one.send(&request).await;
    let again = one.send(&request).await;
    assert_eq!((added(&first).status, added(&again).status), (1, 1));
    one.key = again.sync_key;
    one.settle().await;
    assert!(server.items(&mia, FolderType::Drafts).await.is_empty());
    let received = server.items(&ben, FolderType::Inbox).await;
    assert_eq!(received.len(), 2, "it was sent once");
    assert!(!String::from_utf8_lossy(&received[1].content).contains("Bcc"));
    // One that can't be sent is not kept.
    let answer = one.sync(vec![send(add("3", item(letter("nobody"))))]).await;
    assert_eq!((added(&answer).status, added(&answer).server_id.as_deref()), (183, None));
    assert!(server.items(&mia, FolderType::Drafts).await.is_empty());
}

#[tokio::test]
async fn what_is_no_draft_is_refused() {
    let server = Server::start().await;
    let mia = server.account("mia").await;
    for (version, kind) in [(Version::V14_1, FolderType::Drafts), (Version::V16_1, FolderType::Inbox)] {
        let mut one = Bench::start(&server, &mia, version, kind).await;
        one.settle().await;
        assert_eq!(status(&one.sync(vec![add("1", item(letter("ben@example.org")))]).await), 6);
    }
    let mut one = Bench::start(&server, &mia, Version::V16_1, FolderType::Drafts).await;
    one.settle().await;
    let id = one.add("1", item(letter("ben@example.org"))).await;
    let gone = AttachmentEntry::Delete(RemovedAttachment { file_reference: "1-7".to_owned() });
    let bad = [
        Email { attachments: vec![gone], ..Email::default() },
        Email {
            subject: Some("x".to_owned()),
            body: body(BodyType::Mime, "To: a@b\r\n\r\n"),
            ..Email::default()
        },
        Email { received_as_bcc: Some(true), ..Email::default() },
    ];
    let modseq = server.modseq(&mia).await;
    for email in bad {
        assert_eq!(one.change(&id, item(email.clone())).await, 6, "{email:?}");
    }
    assert_eq!(server.modseq(&mia).await, modseq);
    let meta = server.deliver(&mia, "From: a@b\r\nSubject: x\r\n\r\n").await;
    let mut inbox = Bench::start(&server, &mia, Version::V16_1, FolderType::Inbox).await;
    inbox.settle().await;
    let id = format!("{}:{}", meta.folder, meta.id);
    let subject = Email { subject: Some("y".to_owned()), ..Email::default() };
    assert_eq!(inbox.change(&id, item(subject)).await, 6);
}
