//! A waiting phone is told: of mail that another user sends, and of folders that changed.

use std::time::Duration;

use fieldpost_domain::MailboxId;
use fieldpost_domain::folder::FolderType;
use fieldpost_eas::Version;
use fieldpost_testkit::phone::command::ping::PingOutcome;

use crate::server::Server;

/// Far below the heartbeat: an answer within it came because something happened.
const SOON: Duration = Duration::from_secs(30);

#[tokio::test]
async fn a_message_between_users_wakes_the_phone_that_waits() {
    let server = Server::start().await;
    server.account("mia").await;
    let ben = server.account("ben").await;
    let inbox = server.folder(&ben, FolderType::Inbox).await.to_string();
    let mut sender = server.ready_phone("mia", Version::V14_1).await;
    let mut phone = server.ready_phone("ben", Version::V16_1).await;
    phone.sync(&[&inbox]).await.unwrap();
    phone.sync(&[&inbox]).await.unwrap();
    let mut parked = phone.park(900, &[&inbox]).unwrap();
    parked.connect().await.unwrap();
    let (outcome, sent) = tokio::join!(tokio::time::timeout(SOON, parked.wait()), async {
        // Whether the Ping is there yet or not makes no difference.
        sender.send_mail("To: ben@example.org\r\nSubject: Hi\r\n\r\nx\r\n").await
    });
    sent.unwrap();
    assert_eq!(outcome.unwrap().unwrap(), PingOutcome::Changed(vec![inbox.clone()]));
    let told = phone.sync(&[&inbox]).await.unwrap();
    assert_eq!(told.collections[&inbox].added.len(), 1);
}

#[tokio::test]
async fn folders_that_changed_come_first() {
    let server = Server::start().await;
    let mia = server.account("mia").await;
    let inbox = server.folder(&mia, FolderType::Inbox).await.to_string();
    let mut phone = server.ready_phone("mia", Version::V16_1).await;
    let mailbox = MailboxId(mia.id.0);
    server.app.backend.create_folder(mailbox, None, "New", FolderType::UserMail).await.unwrap();
    let outcome = tokio::time::timeout(SOON, phone.ping(900, &[&inbox])).await.unwrap().unwrap();
    assert_eq!(outcome, PingOutcome::HierarchyChanged);
    phone.folder_sync().await.unwrap();
    // While it waits, too.
    let mut parked = phone.park(900, &[&inbox]).unwrap();
    parked.connect().await.unwrap();
    let (outcome, made) = tokio::join!(tokio::time::timeout(SOON, parked.wait()), async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        server.app.backend.create_folder(mailbox, None, "Newer", FolderType::UserMail).await
    });
    made.unwrap();
    assert_eq!(outcome.unwrap().unwrap(), PingOutcome::HierarchyChanged);
}

#[tokio::test]
async fn a_server_that_stops_answers_those_who_wait() {
    let server = Server::start().await;
    let mia = server.account("mia").await;
    let inbox = server.folder(&mia, FolderType::Inbox).await.to_string();
    let phone = server.ready_phone("mia", Version::V14_0).await;
    let mut phone = phone;
    let mut parked = phone.park(900, &[&inbox]).unwrap();
    parked.connect().await.unwrap();
    let (outcome, _) = tokio::join!(tokio::time::timeout(SOON, parked.wait()), async {
        tokio::time::sleep(Duration::from_millis(500)).await;
        server.app.tasks.drain(Duration::from_secs(10)).await
    });
    assert_eq!(outcome.unwrap().unwrap(), PingOutcome::Quiet);
}

#[tokio::test]
async fn a_folder_that_was_never_synchronised_wakes_nobody() {
    let server = Server::start().await;
    let mia = server.account("mia").await;
    let inbox = server.folder(&mia, FolderType::Inbox).await.to_string();
    let mut sender = server.ready_phone("mia", Version::V14_1).await;
    let mut phone = server.ready_phone("mia", Version::V16_1).await;
    let mut parked = phone.park(900, &[&inbox]).unwrap();
    parked.connect().await.unwrap();
    let (outcome, sent) =
        tokio::join!(tokio::time::timeout(Duration::from_millis(700), parked.wait()), async {
            tokio::time::sleep(Duration::from_millis(200)).await;
            sender.send_mail("To: mia@example.org\r\nSubject: Hi\r\n\r\nx\r\n").await
        });
    sent.unwrap();
    assert!(outcome.is_err(), "{outcome:?}");
}
