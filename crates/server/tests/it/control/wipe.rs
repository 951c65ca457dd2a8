//! Remote wipe, from the order to the acknowledgement and after.

use std::time::Duration;

use fieldpost_domain::folder::FolderType;
use fieldpost_domain::wipe::{WipeKind, WipeRules, WipeState};
use fieldpost_eas::Version;
use fieldpost_eas::command::CommandName;
use fieldpost_eas::command::folder_sync;
use fieldpost_eas::command::provision::{Request, Response, Wipe};
use fieldpost_eas::wbxml::{Limits, Node};
use fieldpost_server::administration::ActError;
use fieldpost_store::Account;
use fieldpost_testkit::phone::command::ping::PingOutcome;
use fieldpost_testkit::phone::{Phone, PhoneError};

use super::{MIA, actions, administration, administrator, log, owner};
use crate::server::{Server, call, request, status_only};

const SOON: Duration = Duration::from_secs(30);

async fn order(server: &Server, kind: WipeKind) {
    administration(server).order_wipe(&owner(), MIA, "PHONE1", kind, MIA).await.unwrap();
}

async fn state(server: &Server, account: &Account) -> Option<WipeState> {
    let known = server.app.store.known_device(account.id, "PHONE1").await.unwrap();
    known.control.wipe.map(|wipe| wipe.state)
}

async fn ask(phone: &mut Phone, request: &Request) -> Response {
    phone.call(CommandName::Provision, request).await.unwrap()
}

fn acknowledge(status: u8) -> Request {
    Request { remote_wipe: Some(Wipe { status: Some(status) }), ..Request::default() }
}

/// What an empty Provision is answered: the elements in it, and how many there are in each.
async fn outline(server: &Server, phone: &Phone) -> Vec<(String, usize)> {
    let empty = call(phone, CommandName::Provision, &Request::default());
    let answer = server.send(&request(phone, &empty)).await;
    let node = Node::parse(&answer.body, Limits::default()).unwrap();
    assert_eq!(node.children[0].text.as_deref(), Some("1"));
    node.children.iter().map(|child| (child.tag.name().to_owned(), child.children.len())).collect()
}

#[tokio::test]
async fn a_phone_that_waits_is_told_and_wiped_in_every_version() {
    for version in Version::ALL {
        let server = Server::start().await;
        let mia = server.account("mia").await;
        let inbox = server.folder(&mia, FolderType::Inbox).await.to_string();
        let mut phone = server.ready_phone("mia", version).await;
        phone.sync_all(&[&inbox], |_, _| ()).await.unwrap();
        let mut parked = phone.park(900, &[&inbox]).unwrap();
        parked.connect().await.unwrap();
        let (outcome, ()) = tokio::join!(tokio::time::timeout(SOON, parked.wait()), async {
            tokio::time::sleep(Duration::from_millis(200)).await;
            order(&server, WipeKind::Full).await;
        });
        assert_eq!(outcome.unwrap().unwrap(), PingOutcome::HierarchyChanged, "{version}");
        assert_eq!(state(&server, &mia).await, Some(WipeState::Pending));
        let command = call(&phone, CommandName::FolderSync, &folder_sync::Request { sync_key: "0".into() });
        let refused = server.send(&request(&phone, &command)).await;
        match version < Version::V14_0 {
            true => assert_eq!(refused.status.as_u16(), 449, "{version}"),
            false => assert_eq!(status_only(&refused), ("FolderSync".to_owned(), "140".to_owned())),
        }
        let wiped = phone.folder_sync().await.unwrap_err();
        assert!(matches!(wiped, PhoneError::Wiped { account_only: false }), "{version}: {wiped}");
        assert!(phone.state.folders.is_empty() && phone.state.policy_key == 0);
        assert_eq!(state(&server, &mia).await, Some(WipeState::Acknowledged));
        let told = server.items(&mia, FolderType::Inbox).await;
        assert_eq!(told.len(), 1, "the user is told by mail");
        assert_eq!(
            actions(&server).await,
            ["device.wipe", "device.wipe.sent", "device.wipe.acknowledged"],
            "{version}"
        );
        // It comes back: somebody found it, and set it up again.
        let again = phone.folder_sync().await.unwrap_err();
        assert!(matches!(again, PhoneError::Wiped { .. }), "{version}: {again}");
        assert_eq!(server.items(&mia, FolderType::Inbox).await.len(), 1, "they know already");
        administration(&server).cancel_wipe(&owner(), MIA, "PHONE1").await.unwrap();
        phone.folder_sync().await.unwrap();
        phone.sync_all(&[&inbox], |_, _| ()).await.unwrap();
        assert_eq!(phone.state.items(&inbox).count(), 1, "{version}");
    }
}

#[tokio::test]
async fn every_command_but_provision_is_refused() {
    let server = Server::start().await;
    server.account("mia").await;
    let phone = server.ready_phone("mia", Version::V14_1).await;
    order(&server, WipeKind::Full).await;
    for name in CommandName::ALL {
        if name == CommandName::Provision || !name.exists_in(Version::V14_1) {
            continue;
        }
        let answer = server.send(&request(&phone, &fieldpost_testkit::phone::Call::wbxml(name, ""))).await;
        if name == CommandName::GetAttachment || answer.status.as_u16() != 200 {
            assert!((400..500).contains(&answer.status.as_u16()), "{name}: {}", answer.status);
        } else {
            assert_eq!(status_only(&answer).1, "140", "{name}");
        }
    }
}

#[tokio::test]
async fn what_the_phone_says_is_recorded_and_answered() {
    let server = Server::start().await;
    let mia = server.account("mia").await;
    let mut phone = server.ready_phone("mia", Version::V14_1).await;
    order(&server, WipeKind::Full).await;
    // Nobody was told yet: its word counts for nothing, and it is told now.
    let untold = ask(&mut phone, &acknowledge(1)).await;
    assert!(untold.status == 1 && untold.remote_wipe.is_some());
    assert_eq!(state(&server, &mia).await, Some(WipeState::Sent));
    // MS-ASPROV_R758, MS-ASPROV_R321, MS-ASPROV_R322
    let expected = [("Status", 0), ("RemoteWipe", 0)].map(|(name, n)| (name.to_owned(), n));
    assert_eq!(outline(&server, &phone).await, expected);
    // MS-ASPROV_R1048, MS-ASPROV_R702, MS-ASPROV_R760, MS-ASPROV_R666
    let failed = ask(&mut phone, &acknowledge(2)).await;
    assert_eq!(failed, Response { status: 2, remote_wipe: Some(Wipe::default()), ..Response::default() });
    assert_eq!(state(&server, &mia).await, Some(WipeState::Failed));
    assert_eq!(ask(&mut phone, &acknowledge(7)).await, Response { status: 2, ..Response::default() });
    // MS-ASPROV_R1047: and again, where the answer was lost.
    for _ in 0..2 {
        assert_eq!(ask(&mut phone, &acknowledge(1)).await, Response { status: 1, ..Response::default() });
    }
    assert_eq!(state(&server, &mia).await, Some(WipeState::Acknowledged));
    assert_eq!(server.items(&mia, FolderType::Inbox).await.len(), 1, "one letter, not two");
    let expected = ["device.wipe", "device.wipe.sent", "device.wipe.failed", "device.wipe.acknowledged"];
    assert_eq!(actions(&server).await, expected);
}

#[tokio::test]
async fn a_wipe_that_fails_is_tried_again() {
    let server = Server::start().await;
    let mia = server.account("mia").await;
    let mut phone = server.ready_phone("mia", Version::V12_1).await;
    phone.fail_wipes(1);
    order(&server, WipeKind::Full).await;
    let failed = phone.folder_sync().await.unwrap_err();
    assert!(matches!(failed, PhoneError::WipeFailed { .. }), "{failed}");
    assert_eq!(state(&server, &mia).await, Some(WipeState::Failed));
    assert!(matches!(phone.folder_sync().await.unwrap_err(), PhoneError::Wiped { .. }));
    assert_eq!(state(&server, &mia).await, Some(WipeState::Acknowledged));
}

#[tokio::test]
async fn the_account_alone_is_erased_by_those_who_can() {
    let server = Server::start().await;
    let mia = server.account("mia").await;
    let mut phone = server.ready_phone("mia", Version::V14_1).await;
    let acts = administration(&server);
    let refused = acts.order_wipe(&owner(), MIA, "PHONE1", WipeKind::AccountOnly, MIA).await.unwrap_err();
    assert!(refused.to_string().contains("16.1"), "{refused}");
    phone.identity.version = Version::V16_1;
    phone.folder_sync().await.unwrap();
    order(&server, WipeKind::AccountOnly).await;
    // MS-ASPROV_R6901, MS-ASPROV_R6903
    let expected = [("Status", 0), ("AccountOnlyRemoteWipe", 0)].map(|(name, n)| (name.to_owned(), n));
    assert_eq!(outline(&server, &phone).await, expected);
    // An older version can't be told so, and is never told to erase everything instead.
    phone.identity.version = Version::V14_1;
    assert_eq!(phone.folder_sync().await.unwrap_err().status(), Some(129));
    assert_eq!(state(&server, &mia).await, Some(WipeState::Sent));
    phone.identity.version = Version::V16_1;
    phone.fail_wipes(1);
    // MS-ASPROV_R66610, MS-ASPROV_R66611, MS-ASPROV_R66605
    let say = |status| Request {
        account_only_remote_wipe: Some(Wipe { status: Some(status) }),
        ..Request::default()
    };
    let failed = ask(&mut phone, &say(2)).await;
    let order = Some(Wipe::default());
    assert_eq!(failed, Response { status: 2, account_only_remote_wipe: order, ..Response::default() });
    // MS-ASPROV_R66609
    assert_eq!(ask(&mut phone, &say(1)).await, Response { status: 1, ..Response::default() });
    phone.fail_wipes(0);
    let wiped = phone.folder_sync().await.unwrap_err();
    assert!(matches!(wiped, PhoneError::Wiped { account_only: true }), "{wiped}");
    assert_eq!(state(&server, &mia).await, Some(WipeState::Acknowledged));
}

#[tokio::test]
async fn nobody_is_wiped_without_an_order() {
    let server = Server::start().await;
    server.account("mia").await;
    let mut phone = server.ready_phone("mia", Version::V16_1).await;
    for request in [Request::default(), acknowledge(1)] {
        assert_eq!(ask(&mut phone, &request).await, Response { status: 1, ..Response::default() });
    }
}

#[tokio::test]
async fn a_disabled_accounts_device_is_wiped_and_gets_nothing_else() {
    let server = Server::start().await;
    let mia = server.account("mia").await;
    let mut phone = server.ready_phone("mia", Version::V16_1).await;
    let mut other = server.second_phone("mia", Version::V16_1).await;
    server.app.store.set_disabled(mia.id, true).await.unwrap();
    assert_eq!(phone.folder_sync().await.unwrap_err().status(), Some(131));
    order(&server, WipeKind::Full).await;
    for phone in [&mut other, &mut server.phone("mia", Version::V16_1)] {
        phone.identity = phone.identity.clone().with_device_id("PHONE2").unwrap();
        assert_eq!(phone.folder_sync().await.unwrap_err().status(), Some(131));
    }
    assert!(phone.options().await.is_err());
    assert!(matches!(phone.folder_sync().await.unwrap_err(), PhoneError::Wiped { .. }));
    // The wipe is all that it gets, before and after.
    administration(&server).cancel_wipe(&owner(), MIA, "PHONE1").await.unwrap();
    assert_eq!(phone.folder_sync().await.unwrap_err().status(), Some(131));
    // The password has to be right all the same.
    order(&server, WipeKind::Full).await;
    let identity = fieldpost_testkit::phone::Identity::new("mia", "wrong".into()).unwrap();
    let identity = identity.with_device_id("PHONE1").unwrap();
    let mut thief = Phone::with_connector(identity, std::sync::Arc::clone(&server.connector));
    assert!(matches!(thief.provision().await.unwrap_err(), PhoneError::Unauthorized));
}

#[tokio::test]
async fn a_second_administrator_approves_where_that_is_asked_for() {
    let server = Server::start().await;
    let mia = server.account("mia").await;
    let mut phone = server.ready_phone("mia", Version::V14_1).await;
    let acts = administration(&server);
    acts.put_wipe_rules(&owner(), WipeRules { needs_approval: true }).await.unwrap();
    order(&server, WipeKind::Full).await;
    assert_eq!(state(&server, &mia).await, Some(WipeState::Proposed));
    phone.folder_sync().await.unwrap();
    let same = acts.approve_wipe(&owner(), MIA, "PHONE1").await.unwrap_err();
    assert!(matches!(same, ActError::Conflict(_)), "{same}");
    let bert = administrator("bert@example.org", fieldpost_domain::role::Role::HelpDesk);
    acts.approve_wipe(&bert, MIA, "PHONE1").await.unwrap();
    assert!(matches!(phone.folder_sync().await.unwrap_err(), PhoneError::Wiped { .. }));
}

#[tokio::test]
async fn whoever_ordered_it_is_told() {
    let server = Server::start().await;
    server.account("mia").await;
    let anna = server.account("anna").await;
    let mut phone = server.ready_phone("mia", Version::V14_1).await;
    order(&server, WipeKind::Full).await;
    phone.folder_sync().await.unwrap_err();
    let told = server.items(&anna, FolderType::Inbox).await;
    let [letter] = told.as_slice() else { panic!("{} letters", told.len()) };
    let text = String::from_utf8_lossy(&letter.content);
    assert!(text.contains("PHONE1") && text.contains("mia@example.org"), "{text}");
    let entries = log(&server).await;
    assert_eq!(
        (entries[0].event.actor.as_str(), entries[0].event.address.as_str()),
        ("anna@example.org", "192.0.2.7")
    );
    assert_eq!((entries[0].event.mailbox.as_str(), entries[0].event.detail.as_str()), (MIA, "full"));
}

#[tokio::test]
async fn it_takes_the_name_of_the_mailbox() {
    let server = Server::start().await;
    let mia = server.account("mia").await;
    server.ready_phone("mia", Version::V14_1).await;
    let acts = administration(&server);
    let wrong =
        acts.order_wipe(&owner(), MIA, "PHONE1", WipeKind::Full, "ben@example.org").await.unwrap_err();
    assert!(matches!(wrong, ActError::Invalid(_)), "{wrong}");
    let unknown = acts.order_wipe(&owner(), MIA, "PHONE9", WipeKind::Full, MIA).await.unwrap_err();
    assert!(matches!(unknown, ActError::NotFound { .. }), "{unknown}");
    assert_eq!(state(&server, &mia).await, None);
    order(&server, WipeKind::Full).await;
    let twice = acts.order_wipe(&owner(), MIA, "PHONE1", WipeKind::Full, MIA).await.unwrap_err();
    assert!(matches!(twice, ActError::Conflict(_)), "{twice}");
}
