//! MoveItems: every status, and a move that is asked for again.

use fieldpost_domain::MailboxId;
use fieldpost_domain::folder::FolderType;
use fieldpost_eas::Version;
use fieldpost_eas::command::CommandName;
use fieldpost_eas::command::move_items::{Move, Moved, Request, Response};
use fieldpost_testkit::phone::Phone;

use crate::server::{Server, call, request, status_only};

const MESSAGE: &str = "From: anna@example.org\r\nTo: mia@example.org\r\nSubject: x\r\n\r\nx\r\n";

async fn move_all(phone: &mut Phone, moves: &[(&str, &str, &[&str])]) -> Vec<Moved> {
    let moves = moves.iter().map(|(item, source, destinations)| Move {
        src_msg_id: (*item).to_owned(),
        src_fld_id: (*source).to_owned(),
        dst_fld_ids: destinations.iter().map(|id| (*id).to_owned()).collect(),
    });
    let request = Request { moves: moves.collect() };
    let response: Response = phone.call(CommandName::MoveItems, &request).await.unwrap();
    assert_eq!(response.status, None);
    response.responses
}

#[tokio::test]
async fn an_item_moves_and_the_phone_is_not_told_of_it() {
    let server = Server::start().await;
    let mia = server.account("mia").await;
    let meta = server.deliver(&mia, MESSAGE).await;
    let inbox = server.folder(&mia, FolderType::Inbox).await.to_string();
    let bin = server.folder(&mia, FolderType::DeletedItems).await.to_string();
    let mut phone = server.ready_phone("mia", Version::V16_1).await;
    for _ in 0..2 {
        phone.sync(&[&inbox, &bin]).await.unwrap();
    }
    let old = format!("{inbox}:{}", meta.id);
    assert!(phone.state.items(&inbox).any(|(id, _)| *id == old));
    let new = format!("{bin}:{}", meta.id);
    for _ in 0..2 {
        // The second time the answer was lost: the same again.
        let moved = move_all(&mut phone, &[(&old, &inbox, &[&bin])]).await;
        let expected = Moved { src_msg_id: old.clone(), status: 3, dst_msg_id: Some(new.clone()) };
        assert_eq!(moved, [expected]);
    }
    let told = phone.sync(&[&inbox, &bin]).await.unwrap();
    for (folder, progress) in told.collections {
        assert_eq!(progress.incoming(), 0, "{folder} was told what the phone did itself");
    }
}

#[tokio::test]
async fn every_failure_has_its_status_and_changes_nothing() {
    let server = Server::start().await;
    let mia = server.account("mia").await;
    let meta = server.deliver(&mia, MESSAGE).await;
    let inbox = server.folder(&mia, FolderType::Inbox).await.to_string();
    let bin = server.folder(&mia, FolderType::DeletedItems).await.to_string();
    let calendar = server.folder(&mia, FolderType::Calendar).await.to_string();
    let cache = server.folder(&mia, FolderType::RecipientCache).await.to_string();
    let mut phone = server.ready_phone("mia", Version::V14_1).await;
    let item = format!("{inbox}:{}", meta.id);
    let unknown = format!("{inbox}:4711");
    let before = server.modseq(&mia).await;
    let moved = move_all(
        &mut phone,
        &[
            (&unknown, &inbox, &[&bin]),
            ("x", &inbox, &[&bin]),
            (&item, "4711", &[&bin]),
            (&item, &bin, &[&inbox]),
            (&item, &inbox, &["4711"]),
            (&item, &inbox, &[]),
            (&item, &inbox, &[&calendar]),
            (&item, &inbox, &[&cache]),
            (&item, &inbox, &[&inbox]),
            (&item, &inbox, &[&bin, &calendar]),
        ],
    )
    .await;
    let statuses: Vec<u8> = moved.iter().map(|moved| moved.status).collect();
    assert_eq!(statuses, [1, 1, 1, 1, 2, 2, 2, 2, 4, 5]);
    assert!(moved.iter().all(|moved| moved.dst_msg_id.is_none()));
    assert_eq!(server.modseq(&mia).await, before);
    let metas = server.app.backend.metas(MailboxId(mia.id.0), &[meta.id]).await.unwrap();
    assert_eq!(metas[0].folder.to_string(), inbox);
}

#[tokio::test]
async fn a_thousand_moves_are_the_most() {
    let server = Server::start().await;
    server.account("mia").await;
    for (version, code) in [(Version::V14_1, 200), (Version::V12_1, 400)] {
        let phone = server.ready_phone("mia", version).await;
        let one = Move { src_msg_id: "1:1".into(), src_fld_id: "1".into(), dst_fld_ids: vec!["2".into()] };
        // MS-ASCMD_R5652, MS-ASCMD_R5653
        let request =
            request(&phone, &call(&phone, CommandName::MoveItems, &Request { moves: vec![one; 1001] }));
        let answer = server.send(&request).await;
        assert_eq!(answer.status.as_u16(), code);
        if code == 200 {
            assert_eq!(status_only(&answer), ("MoveItems".into(), "103".into()));
        }
    }
}
