//! Feature switches: what the organisation and its accounts may use.

use std::time::Duration;

use fieldpost_domain::folder::FolderType;
use fieldpost_domain::switches::{AccountSwitches, AllowedVersions, Switches};
use fieldpost_eas::Version;
use fieldpost_eas::codec::Document as _;
use fieldpost_eas::command::CommandName;
use fieldpost_eas::command::{folder_sync, sync};
use fieldpost_store::Account;
use fieldpost_testkit::phone::Phone;
use fieldpost_testkit::phone::command::ping::PingOutcome;
use fieldpost_testkit::phone::transport::Answer;

use crate::server::{Server, call, header, request, status_only};

async fn organisation(server: &Server, switches: Switches) {
    let mut act = server.app.store.act().await.unwrap();
    act.put_switches(&switches).await.unwrap();
    act.commit().await.unwrap();
    server.app.rules.refresh().await.unwrap();
}

async fn account(server: &Server, account: &Account, switches: AccountSwitches) {
    let mut act = server.app.store.act().await.unwrap();
    act.put_account_switches(account.id, &switches).await.unwrap();
    act.commit().await.unwrap();
    server.app.rules.refresh().await.unwrap();
}

async fn ask_folders(server: &Server, phone: &Phone) -> Answer {
    let folders = folder_sync::Request { sync_key: "0".into() };
    server.send(&request(phone, &call(phone, CommandName::FolderSync, &folders))).await
}

/// Refused with this status from 14.0 on, with that code before.
fn refused(answer: &Answer, version: Version, command: &str, status: &str, code: u16) {
    if version >= Version::V14_0 {
        assert_eq!(status_only(answer), (command.to_owned(), status.to_owned()), "{version}");
    } else {
        assert_eq!(answer.status.as_u16(), code, "{version}");
    }
}

#[tokio::test]
async fn activesync_is_off_for_all_but_those_who_may() {
    let server = Server::start().await;
    server.account("mia").await;
    let ben = server.account("ben").await;
    organisation(&server, Switches { active_sync: false, ..Switches::default() }).await;
    account(&server, &ben, AccountSwitches { active_sync: Some(true), ..AccountSwitches::default() }).await;
    for version in Version::ALL {
        let phone = server.phone("mia", version);
        // MS-ASCMD_R4869, R7555
        refused(&ask_folders(&server, &phone).await, version, "FolderSync", "126", 403);
        let options = phone.identity.options("/Microsoft-Server-ActiveSync").unwrap();
        assert_eq!(server.send(&options).await.status.as_u16(), 403);
    }
    server.ready_phone("ben", Version::V16_1).await;
}

#[tokio::test]
async fn a_phone_that_may_not_fetch_may_still_look_and_send() {
    let server = Server::start().await;
    server.account("mia").await;
    organisation(&server, Switches { user_initiated_sync: false, ..Switches::default() }).await;
    for version in Version::ALL {
        let mut phone = server.phone("mia", version);
        phone.identity = phone.identity.clone().with_device_id(&format!("P{}", version.times_ten())).unwrap();
        phone.folder_sync().await.unwrap();
        let ask = sync::Request::default();
        let answer = server.send(&request(&phone, &call(&phone, CommandName::Sync, &ask))).await;
        refused(&answer, version, "Sync", "126", 403);
        phone.send_mail("To: mia@example.org\r\nSubject: Hi\r\n\r\nx\r\n").await.unwrap();
    }
}

#[tokio::test]
async fn only_some_versions_are_spoken() {
    let server = Server::start().await;
    server.account("mia").await;
    let versions = AllowedVersions::new([Version::V12_1, Version::V14_1, Version::V16_1]).unwrap();
    organisation(&server, Switches { versions: versions.clone(), ..Switches::default() }).await;
    let phone = server.phone("mia", Version::V16_1);
    let options = phone.identity.options("/Microsoft-Server-ActiveSync").unwrap();
    let answer = server.send(&options).await;
    assert_eq!(answer.header(header("ms-asprotocolversions")), Some("12.1,14.1,16.1"));
    for version in Version::ALL {
        let mut phone = server.phone("mia", version);
        if versions.has(version) {
            phone.folder_sync().await.unwrap();
            let told = ask_folders(&server, &phone).await;
            assert_eq!(told.header(header("x-ms-rp")), Some("12.1,14.1,16.1"));
            assert_eq!(folder_sync::Response::decode(&told.body).unwrap().status, 1);
        } else {
            refused(&ask_folders(&server, &phone).await, version, "FolderSync", "138", 400);
        }
    }
}

#[tokio::test]
async fn without_direct_push_a_ping_waits_in_vain() {
    let server = Server::with(|settings| settings.heartbeat.least = 1).await;
    let mia = server.account("mia").await;
    let inbox = server.folder(&mia, FolderType::Inbox).await.to_string();
    let mut phone = server.ready_phone("mia", Version::V16_1).await;
    phone.sync(&[&inbox]).await.unwrap();
    phone.sync(&[&inbox]).await.unwrap();
    let off = AccountSwitches { direct_push: Some(false), ..AccountSwitches::default() };
    account(&server, &mia, off).await;
    let options = phone.identity.options("/Microsoft-Server-ActiveSync").unwrap();
    let offered = server.send(&options).await.header(header("ms-asprotocolcommands")).unwrap().to_owned();
    assert!(!offered.split(',').any(|command| command == "Ping"), "{offered}");

    server.deliver(&mia, "Subject: One\r\n\r\nx\r\n").await;
    assert_eq!(phone.ping(1, &[&inbox]).await.unwrap(), PingOutcome::Quiet);
    // It hears of the news when it asks.
    assert_eq!(phone.sync(&[&inbox]).await.unwrap().collections[&inbox].added.len(), 1);

    // When push comes back, the phone that waits is told to come again.
    let mut parked = phone.park(900, &[&inbox]).unwrap();
    parked.connect().await.unwrap();
    let (outcome, ()) = tokio::join!(tokio::time::timeout(Duration::from_secs(20), parked.wait()), async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        server.deliver(&mia, "Subject: Two\r\n\r\nx\r\n").await;
        tokio::time::sleep(Duration::from_millis(300)).await;
        assert_eq!(server.app.hub.waiting(), 1, "nobody told it");
        account(&server, &mia, AccountSwitches::default()).await;
    });
    assert_eq!(outcome.unwrap().unwrap(), PingOutcome::Quiet);
    assert_eq!(phone.ping(900, &[&inbox]).await.unwrap(), PingOutcome::Changed(vec![inbox]));
}

#[tokio::test]
async fn an_account_has_only_so_many_devices() {
    let server = Server::start().await;
    let mia = server.account("mia").await;
    account(&server, &mia, AccountSwitches { max_devices: Some(1), ..AccountSwitches::default() }).await;
    let mut first = server.ready_phone("mia", Version::V16_1).await;
    let mut second = server.phone("mia", Version::V16_1);
    second.identity = second.identity.clone().with_device_id("PHONE2").unwrap();
    refused(&ask_folders(&server, &second).await, Version::V16_1, "FolderSync", "177", 403);
    first.folder_sync().await.unwrap();
}
