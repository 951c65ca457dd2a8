//! Remote wipe, with the server killed between any two of its states.

use fieldpost_eas::Version;
use fieldpost_eas::codec::Document as _;
use fieldpost_eas::command::CommandName;
use fieldpost_eas::command::folder_sync;
use fieldpost_eas::command::provision::{Request, Response, Wipe};
use fieldpost_eas::wbxml::{Limits, Node};
use fieldpost_phone::state::FolderType;
use fieldpost_phone::{Call, Phone, PhoneError};

use super::{ANNA, DEVICE, decide, order_wipe, phone, servers, shown, wipe_state};
use crate::output;

/// What FolderSync is answered: the HTTP code, and the only status.
async fn folder_sync(phone: &mut Phone) -> (u16, String) {
    let request = folder_sync::Request { sync_key: "0".into() };
    let call = Call::wbxml(CommandName::FolderSync, request.encode(phone.version()));
    let answer = phone.send_once(&call).await.unwrap();
    let node = Node::parse(&answer.body, Limits::default()).ok();
    let status = node.and_then(|node| node.children.first().and_then(|child| child.text.clone()));
    (answer.status.as_u16(), status.unwrap_or_default())
}

async fn provision(phone: &mut Phone, status: Option<u8>) -> Response {
    let remote_wipe = status.map(|status| Wipe { status: Some(status) });
    let request = Request { remote_wipe, ..Request::default() };
    phone.call(CommandName::Provision, &request).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_state_survives_a_kill() {
    for mut server in servers() {
        for version in [Version::V2_5, Version::V12_1, Version::V14_1, Version::V16_1] {
            let device = format!("{DEVICE}v{}", version.times_ten());
            let mut phone = phone(&server, &device, version);
            phone.folder_sync().await.unwrap();
            let refused = match version < Version::V14_0 {
                true => (449, String::new()),
                false => (200, "140".to_owned()),
            };
            order_wipe(&server, &device);
            server.kill_and_start();
            assert_eq!(wipe_state(&server, &device), "pending");
            phone.disconnect();
            assert_eq!(folder_sync(&mut phone).await, refused, "{version}");
            let told = provision(&mut phone, None).await;
            assert!(told.status == 1 && told.remote_wipe.is_some(), "{version}: {told:?}");
            server.kill_and_start();
            phone.disconnect();
            assert_eq!(wipe_state(&server, &device), "sent");
            assert_eq!(folder_sync(&mut phone).await, refused, "{version}");
            let failed = provision(&mut phone, Some(2)).await;
            assert!(failed.status == 2 && failed.remote_wipe.is_some(), "{version}: {failed:?}");
            server.kill_and_start();
            phone.disconnect();
            assert_eq!(wipe_state(&server, &device), "failed");
            // The answer to the acknowledgement is lost: it is said again.
            for _ in 0..2 {
                let done = provision(&mut phone, Some(1)).await;
                assert_eq!(done, Response { status: 1, ..Response::default() }, "{version}");
                server.kill_and_start();
                phone.disconnect();
                assert_eq!(wipe_state(&server, &device), "acknowledged");
            }
            // It comes back, as a phone fresh from the shop, and is wiped again.
            let mut again = super::phone(&server, &device, version);
            let wiped = again.folder_sync().await.unwrap_err();
            assert!(matches!(wiped, PhoneError::Wiped { account_only: false }), "{version}: {wiped}");
            decide(&server, "cancel-wipe", &device, &[]);
            server.kill_and_start();
            again.disconnect();
            assert_eq!(wipe_state(&server, &device), "cancelled");
            again.folder_sync().await.unwrap();
        }
        // One letter for each device, however often it said that it is done.
        let mut reader = phone(&server, "READER", Version::V16_1);
        reader.folder_sync().await.unwrap();
        let inbox = reader.state.folder_of_type(FolderType::INBOX).unwrap().to_owned();
        reader.sync_all(&[&inbox], |_, _| ()).await.unwrap();
        assert_eq!(reader.state.items(&inbox).count(), 4);
        assert!(output(&server.run(&["audit", "verify"]), 0).contains("as it was written"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_phone_has_a_wipe_of_its_own_and_a_disabled_account_changes_nothing() {
    for server in servers() {
        let mut first = phone(&server, "FIRST", Version::V14_1);
        let mut second = phone(&server, "SECOND", Version::V12_1);
        let mut third = phone(&server, "THIRD", Version::V16_1);
        for phone in [&mut first, &mut second, &mut third] {
            phone.folder_sync().await.unwrap();
        }
        order_wipe(&server, "FIRST");
        order_wipe(&server, "SECOND");
        assert!(matches!(first.folder_sync().await.unwrap_err(), PhoneError::Wiped { .. }));
        third.folder_sync().await.unwrap();
        assert_eq!(wipe_state(&server, "SECOND"), "pending", "it is switched off");
        output(&server.run(&["account", "disable", ANNA]), 0);
        assert_eq!(third.folder_sync().await.unwrap_err().status(), Some(131));
        assert!(matches!(second.folder_sync().await.unwrap_err(), PhoneError::Wiped { .. }));
        assert_eq!(wipe_state(&server, "SECOND"), "acknowledged");
        decide(&server, "cancel-wipe", "SECOND", &[]);
        assert!(matches!(second.folder_sync().await.unwrap_err(), PhoneError::Forbidden));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_account_alone_is_erased() {
    for mut server in servers() {
        let mut phone = phone(&server, DEVICE, Version::V16_1);
        phone.folder_sync().await.unwrap();
        decide(&server, "wipe", DEVICE, &["--account-only", "--confirm", ANNA]);
        phone.fail_wipes(1);
        let failed = phone.folder_sync().await.unwrap_err();
        assert!(matches!(failed, PhoneError::WipeFailed { account_only: true }), "{failed}");
        server.kill_and_start();
        phone.disconnect();
        assert_eq!(wipe_state(&server, DEVICE), "failed");
        let wiped = phone.folder_sync().await.unwrap_err();
        assert!(matches!(wiped, PhoneError::Wiped { account_only: true }), "{wiped}");
        let shown = shown(&server, DEVICE);
        assert_eq!((&shown["standing"], &shown["wipe"]["state"]), (&"wiped".into(), &"acknowledged".into()));
    }
}

/// The command line asks for the mailbox's name, and takes no other.
#[test]
fn a_wipe_takes_a_confirmation() {
    let server = &servers()[0];
    let no_terminal = output(&server.run(&["device", "wipe", ANNA, DEVICE]), 2);
    assert!(no_terminal.contains("--confirm"), "{no_terminal}");
    let unknown = output(&server.run(&["device", "wipe", ANNA, DEVICE, "--confirm", ANNA]), 2);
    assert!(unknown.contains(DEVICE), "{unknown}");
    let other = output(&server.run(&["device", "wipe", ANNA, DEVICE, "--confirm", "ben@example.test"]), 2);
    assert!(other.contains("to confirm"), "{other}");
}
