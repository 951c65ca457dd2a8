//! The folder hierarchy: told, changed, and told again.

use fieldpost_domain::MailboxId;
use fieldpost_domain::folder::FolderType;
use fieldpost_eas::Version;
use fieldpost_eas::command::CommandName;
use fieldpost_eas::command::folder_sync::{Request, Response};
use fieldpost_eas::command::{folder_create, folder_delete, folder_update, get_hierarchy};
use fieldpost_testkit::phone::{Call, Phone};

use crate::server::Server;

async fn sync(phone: &mut Phone, key: &str) -> Response {
    phone.call(CommandName::FolderSync, &Request { sync_key: key.into() }).await.unwrap()
}

async fn create(phone: &mut Phone, key: &str, parent: &str, name: &str, kind: u8) -> folder_create::Response {
    let request = folder_create::Request {
        sync_key: key.into(),
        parent_id: parent.into(),
        display_name: name.into(),
        r#type: kind,
    };
    phone.call(CommandName::FolderCreate, &request).await.unwrap()
}

async fn update(phone: &mut Phone, key: &str, id: &str, parent: &str, name: &str) -> folder_update::Response {
    let request = folder_update::Request {
        sync_key: key.into(),
        server_id: id.into(),
        parent_id: parent.into(),
        display_name: name.into(),
        status: None,
    };
    phone.call(CommandName::FolderUpdate, &request).await.unwrap()
}

async fn delete(phone: &mut Phone, key: &str, id: &str) -> folder_delete::Response {
    let request = folder_delete::Request { sync_key: key.into(), server_id: id.into() };
    phone.call(CommandName::FolderDelete, &request).await.unwrap()
}

#[tokio::test]
async fn a_phone_is_told_of_the_folders_of_its_version() {
    let server = Server::start().await;
    server.account("mia").await;
    for (version, notes) in [(Version::V2_5, false), (Version::V12_1, false), (Version::V14_0, true)] {
        let mut phone = server.phone("mia", version);
        let first = {
            phone.folder_sync().await.unwrap();
            sync(&mut phone, "0").await
        };
        let changes = first.changes.unwrap();
        let types: Vec<u8> = changes.adds.iter().map(|folder| folder.r#type).collect();
        assert_eq!(changes.count as usize, types.len());
        for kind in [2, 3, 4, 5, 6, 7, 8, 9] {
            assert!(types.contains(&kind), "{version}: {kind}");
        }
        assert_eq!(types.contains(&10), notes, "{version}");
        assert_eq!(types.contains(&19), notes, "{version}");
    }
}

#[tokio::test]
async fn keys_go_two_answers_back() {
    let server = Server::start().await;
    let mia = server.account("mia").await;
    let mut phone = server.ready_phone("mia", Version::V16_1).await;
    let k1 = sync(&mut phone, "0").await.sync_key.unwrap();
    let quiet = sync(&mut phone, &k1).await;
    assert_eq!((quiet.status, quiet.changes.unwrap().count), (1, 0));
    let mailbox = MailboxId(mia.id.0);
    server.app.backend.create_folder(mailbox, None, "One", FolderType::UserMail).await.unwrap();
    let told = sync(&mut phone, &k1).await;
    // The answer was lost: the same again, byte for byte.
    assert_eq!(sync(&mut phone, &k1).await, told);
    server.app.backend.create_folder(mailbox, None, "Two", FolderType::UserMail).await.unwrap();
    let more = sync(&mut phone, &k1).await;
    let names = |response: &Response| -> Vec<String> {
        let changes = response.changes.as_ref().unwrap();
        changes.adds.iter().map(|folder| folder.display_name.clone()).collect()
    };
    assert_eq!(
        (names(&told), names(&more)),
        (vec!["One".to_owned()], vec!["One".to_owned(), "Two".to_owned()])
    );
    // An invented key, and one that is past.
    for key in ["invented", &told.sync_key.unwrap(), ""] {
        let refused = sync(&mut phone, key).await;
        assert_eq!(refused, Response { status: 9, sync_key: None, changes: None }, "{key}");
    }
    // MS-ASCMD_R5012: ids survive key 0; and the last key stays good.
    let again = sync(&mut phone, "0").await;
    assert!(again.changes.unwrap().adds.iter().any(|folder| folder.display_name == "One"));
    assert_eq!(sync(&mut phone, &more.sync_key.unwrap()).await.status, 1);
}

#[tokio::test]
async fn own_changes_are_covered_by_the_key() {
    let server = Server::start().await;
    server.account("mia").await;
    let mut phone = server.ready_phone("mia", Version::V14_1).await;
    let k1 = sync(&mut phone, "0").await.sync_key.unwrap();
    let made = create(&mut phone, &k1, "0", "Work", 12).await;
    assert_eq!(made.status, 1);
    let (k2, id) = (made.sync_key.clone().unwrap(), made.server_id.clone().unwrap());
    assert_eq!(sync(&mut phone, &k2).await.changes.unwrap().count, 0);
    // The answer was lost: asked again with the key before, the same folder.
    assert_eq!(create(&mut phone, &k1, "0", "Work", 12).await, made);
    let inner = create(&mut phone, &k2, &id, "Inner", 1).await;
    let (k3, inner) = (inner.sync_key.unwrap(), inner.server_id.unwrap());
    let renamed = update(&mut phone, &k3, &inner, "0", "Outer").await;
    assert_eq!(renamed.status, 1);
    assert_eq!(update(&mut phone, &k3, &inner, "0", "Outer").await, renamed);
    let k4 = renamed.sync_key.unwrap();
    let gone = delete(&mut phone, &k4, &inner).await;
    assert_eq!(gone.status, 1);
    assert_eq!(delete(&mut phone, &k4, &inner).await, gone);
    let quiet = sync(&mut phone, &gone.sync_key.unwrap()).await;
    assert_eq!(quiet.changes.unwrap().count, 0);
}

#[tokio::test]
async fn a_folder_that_was_made_before_the_server_died_is_found_again() {
    let server = Server::start().await;
    let mia = server.account("mia").await;
    let mut phone = server.ready_phone("mia", Version::V16_1).await;
    let key = sync(&mut phone, "0").await.sync_key.unwrap();
    // What a server leaves that dies between making the folder and remembering that the phone knows.
    let mailbox = MailboxId(mia.id.0);
    let left = server.app.backend.create_folder(mailbox, None, "Work", FolderType::UserMail).await.unwrap();
    let made = create(&mut phone, &key, "0", "Work", 12).await;
    assert_eq!((made.status, made.server_id), (1, Some(left.to_string())));
    let quiet = sync(&mut phone, &made.sync_key.clone().unwrap()).await;
    assert_eq!(quiet.changes.unwrap().count, 0);
    // Now the phone knows it, and the name is taken.
    assert_eq!(create(&mut phone, &made.sync_key.unwrap(), "0", "Work", 12).await.status, 2);
}

#[tokio::test]
async fn another_phone_is_told() {
    let server = Server::start().await;
    server.account("mia").await;
    let mut one = server.ready_phone("mia", Version::V16_1).await;
    let mut two = server.phone("mia", Version::V16_1);
    two.identity = two.identity.clone().with_device_id("PHONE2").unwrap();
    two.folder_sync().await.unwrap();
    let id =
        one.folder_create("0", "Work", fieldpost_testkit::phone::state::FolderType::USER_MAIL).await.unwrap();
    one.folder_update(&id, "0", "Arbeit").await.unwrap();
    two.folder_sync().await.unwrap();
    assert!(two.state.folder_named("Arbeit").is_some());
    one.folder_delete(&id).await.unwrap();
    two.folder_sync().await.unwrap();
    assert!(two.state.folder_named("Arbeit").is_none());
}

#[tokio::test]
async fn what_can_not_be_made_is_refused_and_changes_nothing() {
    let server = Server::start().await;
    let mia = server.account("mia").await;
    let mut phone = server.ready_phone("mia", Version::V16_1).await;
    let key = sync(&mut phone, "0").await.sync_key.unwrap();
    let made = create(&mut phone, &key, "0", "Work", 12).await;
    let (key, work) = (made.sync_key.unwrap(), made.server_id.unwrap());
    let inbox = server.folder(&mia, FolderType::Inbox).await.to_string();
    let cache = server.folder(&mia, FolderType::RecipientCache).await.to_string();
    let folders = server.app.backend.folders(MailboxId(mia.id.0)).await.unwrap();
    let long = "x".repeat(257);
    for (parent, name, kind, status) in [
        ("0", "work", 12, 2),
        (cache.as_str(), "A", 12, 3),
        ("4711", "A", 12, 5),
        ("x", "A", 12, 5),
        ("0", "A", 2, 10),
        ("0", "A", 19, 10),
        ("0", "A", 200, 10),
        ("0", "", 12, 10),
        ("0", long.as_str(), 12, 10),
    ] {
        let refused = create(&mut phone, &key, parent, name, kind).await;
        // MS-ASCMD_R4569 and its kin: no key on failure.
        assert_eq!(
            (refused.status, refused.sync_key, refused.server_id),
            (status, None, None),
            "{parent} {name} {kind}"
        );
    }
    for (id, parent, name, status) in [
        ("4711", "0", "A", 4),
        (inbox.as_str(), "0", "A", 2),
        (cache.as_str(), "0", "A", 3),
        (work.as_str(), "4711", "A", 5),
        (work.as_str(), work.as_str(), "A", 5),
        (work.as_str(), "0", "INBOX", 2),
        (work.as_str(), "0", "", 10),
    ] {
        let refused = update(&mut phone, &key, id, parent, name).await;
        assert_eq!((refused.status, refused.sync_key), (status, None), "{id} {parent} {name}");
    }
    for (id, status) in [("4711", 4), ("../1", 4), (inbox.as_str(), 3), (cache.as_str(), 3)] {
        let refused = delete(&mut phone, &key, id).await;
        assert_eq!((refused.status, refused.sync_key), (status, None), "{id}");
    }
    for bad in ["0", "invented"] {
        assert_eq!(create(&mut phone, bad, "0", "A", 12).await.status, 9);
        assert_eq!(update(&mut phone, bad, &work, "0", "A").await.status, 9);
        assert_eq!(delete(&mut phone, bad, &work).await.status, 9);
    }
    assert_eq!(server.app.backend.folders(MailboxId(mia.id.0)).await.unwrap(), folders);
}

#[tokio::test]
async fn old_phones_ask_for_all_mail_folders() {
    let server = Server::start().await;
    server.account("mia").await;
    let mut phone = server.ready_phone("mia", Version::V2_5).await;
    phone.folder_create("0", "Work", fieldpost_testkit::phone::state::FolderType::USER_MAIL).await.unwrap();
    let answer = phone.exchange(&Call::wbxml(CommandName::GetHierarchy, "")).await.unwrap();
    let response: get_hierarchy::Response = fieldpost_eas::codec::Document::decode(&answer.body).unwrap();
    let types: Vec<u8> = response.folders.iter().map(|folder| folder.r#type).collect();
    assert_eq!(types.iter().filter(|kind| **kind == 1).count(), 1);
    assert!(types.iter().all(|kind| (1..=6).contains(kind)) && types.len() == 6, "{types:?}");
}
