//! The acts: who may, what is logged, and what becomes of a partnership.

use std::time::Duration;

use fieldpost_domain::audit::Outcome;
use fieldpost_domain::folder::FolderType;
use fieldpost_domain::role::Role;
use fieldpost_domain::wipe::WipeKind;
use fieldpost_eas::Version;
use fieldpost_server::administration::devices::DeviceQuery;
use fieldpost_server::administration::{ActError, Actor, Through};
use fieldpost_testkit::phone::command::ping::PingOutcome;

use super::{MIA, administration, administrator, deeds, owner};
use crate::server::Server;

const SOON: Duration = Duration::from_secs(30);

#[tokio::test]
async fn each_act_asks_for_its_role_and_logs_a_refusal() {
    let server = Server::start().await;
    server.account("mia").await;
    server.ready_phone("mia", Version::V14_1).await;
    let acts = administration(&server);
    let view = administrator("vera", Role::View);
    let refused = [
        acts.allow_device(&view, MIA, "PHONE1").await,
        acts.block_device(&view, MIA, "PHONE1").await,
        acts.release_device(&view, MIA, "PHONE1").await,
        acts.delete_device(&view, MIA, "PHONE1").await,
        acts.force_sync(&view, MIA, "PHONE1").await,
        acts.order_wipe(&view, MIA, "PHONE1", WipeKind::Full, MIA).await,
        acts.approve_wipe(&view, MIA, "PHONE1").await,
        acts.cancel_wipe(&view, MIA, "PHONE1").await,
        acts.put_rules(&administrator("hans", Role::HelpDesk), &Default::default()).await,
        acts.put_wipe_rules(&administrator("paul", Role::Policy), Default::default()).await,
    ];
    for outcome in refused {
        assert!(matches!(outcome, Err(ActError::Denied { .. })), "{outcome:?}");
    }
    acts.devices(&view, &DeviceQuery::default()).await.unwrap();
    acts.device(&view, MIA, "PHONE1").await.unwrap();
    let logged = deeds(&server).await;
    assert_eq!(logged.len(), 10);
    assert!(logged.iter().all(|(.., outcome)| *outcome == Outcome::Denied), "{logged:?}");
    // What can't be done is logged as well.
    acts.cancel_wipe(&owner(), MIA, "PHONE1").await.unwrap_err();
    acts.release_device(&owner(), MIA, "PHONE1").await.unwrap_err();
    acts.block_device(&owner(), MIA, "no/id").await.unwrap_err();
    assert!(deeds(&server).await[10..].iter().all(|(.., outcome)| *outcome == Outcome::Failed));
    assert!(acts.verify_log(&owner(), None).await.unwrap().is_ok());
}

#[tokio::test]
async fn users_decide_about_their_own_devices_alone() {
    let server = Server::start().await;
    server.account("mia").await;
    server.account("ben").await;
    server.ready_phone("mia", Version::V14_1).await;
    let acts = administration(&server);
    let user = |name: &str| Actor {
        name: format!("{name}@example.org"),
        role: Role::View,
        address: None,
        through: Through::SelfService,
    };
    for error in [
        acts.order_wipe(&user("ben"), MIA, "PHONE1", WipeKind::Full, MIA).await.unwrap_err(),
        acts.delete_device(&user("ben"), MIA, "PHONE1").await.unwrap_err(),
        acts.device(&user("ben"), MIA, "PHONE1").await.unwrap_err(),
        acts.devices(&user("mia"), &DeviceQuery::default()).await.unwrap_err(),
        acts.release_device(&user("mia"), MIA, "PHONE1").await.unwrap_err(),
        acts.cancel_wipe(&user("mia"), MIA, "PHONE1").await.unwrap_err(),
    ] {
        assert!(matches!(error, ActError::NotYours), "{error}");
    }
    let own = DeviceQuery { account: Some(MIA.into()), ..DeviceQuery::default() };
    assert_eq!(acts.devices(&user("mia"), &own).await.unwrap().rows.len(), 1);
    acts.order_wipe(&user("mia"), MIA, "PHONE1", WipeKind::Full, MIA).await.unwrap();
}

#[tokio::test]
async fn a_partnership_that_is_deleted_recovers_by_itself() {
    for version in [Version::V2_5, Version::V12_1, Version::V14_1, Version::V16_1] {
        let server = Server::start().await;
        let mia = server.account("mia").await;
        let inbox = server.folder(&mia, FolderType::Inbox).await.to_string();
        for n in 0..3 {
            server.deliver(&mia, format!("Subject: {n}\r\n\r\nx\r\n")).await;
        }
        let mut phone = server.ready_phone("mia", version).await;
        phone.sync_all(&[&inbox], |_, _| ()).await.unwrap();
        let before = phone.state.collections[&inbox].items.clone();
        assert_eq!(before.len(), 3);
        let mut parked = phone.park(900, &[&inbox]).unwrap();
        parked.connect().await.unwrap();
        let (outcome, ()) = tokio::join!(tokio::time::timeout(SOON, parked.wait()), async {
            tokio::time::sleep(Duration::from_millis(200)).await;
            administration(&server).delete_device(&owner(), MIA, "PHONE1").await.unwrap();
        });
        assert_eq!(outcome.unwrap().unwrap(), PingOutcome::HierarchyChanged, "{version}");
        assert_eq!(server.app.store.devices(mia.id).await.unwrap(), []);
        phone.folder_sync().await.unwrap();
        phone.sync_all(&[&inbox], |_, _| ()).await.unwrap();
        assert_eq!(phone.state.collections[&inbox].items, before, "{version}");
        let devices = server.app.store.devices(mia.id).await.unwrap();
        assert_eq!(devices.len(), 1);
    }
}

#[tokio::test]
async fn a_device_to_be_wiped_is_not_forgotten() {
    let server = Server::start().await;
    server.account("mia").await;
    let mut phone = server.ready_phone("mia", Version::V16_1).await;
    let acts = administration(&server);
    acts.order_wipe(&owner(), MIA, "PHONE1", WipeKind::Full, MIA).await.unwrap();
    let kept = acts.delete_device(&owner(), MIA, "PHONE1").await.unwrap_err();
    assert!(matches!(kept, ActError::Conflict(_)), "{kept}");
    acts.cancel_wipe(&owner(), MIA, "PHONE1").await.unwrap();
    acts.delete_device(&owner(), MIA, "PHONE1").await.unwrap();
    phone.folder_sync().await.unwrap();
}

#[tokio::test]
async fn a_new_sync_is_forced_without_loss() {
    let server = Server::start().await;
    let mia = server.account("mia").await;
    let inbox = server.folder(&mia, FolderType::Inbox).await.to_string();
    server.deliver(&mia, "Subject: 1\r\n\r\nx\r\n").await;
    let mut phone = server.ready_phone("mia", Version::V14_1).await;
    phone.sync_all(&[&inbox], |_, _| ()).await.unwrap();
    let key = phone.state.policy_key;
    administration(&server).force_sync(&owner(), MIA, "PHONE1").await.unwrap();
    let answer = phone.sync_all(&[&inbox], |_, _| ()).await;
    answer.unwrap();
    assert_eq!(phone.state.items(&inbox).count(), 1);
    assert_eq!(phone.state.policy_key, key, "its policy stays");
}

/// The web tool runs acts on threads of its own.
#[test]
fn acts_may_cross_threads() {
    fn crosses<T: Send>(_: impl FnOnce(&'static fieldpost_server::administration::Administration) -> T) {}
    static OWNER: std::sync::LazyLock<Actor> = std::sync::LazyLock::new(owner);
    crosses(|acts| acts.order_wipe(&OWNER, MIA, "A", WipeKind::Full, MIA));
    crosses(|acts| acts.cancel_wipe(&OWNER, MIA, "A"));
    crosses(|acts| acts.approve_wipe(&OWNER, MIA, "A"));
    crosses(|acts| acts.delete_device(&OWNER, MIA, "A"));
    crosses(|acts| acts.force_sync(&OWNER, MIA, "A"));
    crosses(|acts| acts.allow_device(&OWNER, MIA, "A"));
    crosses(|acts| acts.verify_log(&OWNER, None));
}
