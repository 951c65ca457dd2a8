//! Decisions reach phones while they wait, and those who are exempt.

use std::time::{Duration, Instant};

use fieldpost_eas::Version;
use fieldpost_phone::command::ping::PingOutcome;
use fieldpost_phone::state::FolderType;
use fieldpost_server::administration::Actor;
use fieldpost_server::administration::policies::Whom;

use super::{NOTICED, VERSIONS, World, asked_for_folders, refused, strict, stricter};

#[tokio::test]
async fn a_change_reaches_a_phone_that_waits_in_a_ping() {
    for version in VERSIONS {
        let world = World::start().await;
        world.everybody_has(&strict()).await;
        let mut phone = world.connected(version).await;
        let inbox = phone.state.folder_of_type(FolderType::INBOX).unwrap().to_owned();
        phone.sync_all(&[&inbox], |_, _| ()).await.unwrap();
        let before = phone.state.policy_key;
        let mut parked = phone.park(900, &[&inbox]).unwrap();
        parked.connect().await.unwrap();
        let began = Instant::now();
        let (outcome, ()) =
            tokio::join!(tokio::time::timeout(Duration::from_secs(30), parked.wait()), async {
                tokio::time::sleep(Duration::from_millis(500)).await;
                world.acts.put_policy(&Actor::local(), &stricter()).await.unwrap();
            });
        // It is sent to FolderSync, and that says what is the matter.
        assert_eq!(outcome.unwrap().unwrap(), PingOutcome::HierarchyChanged, "{version}");
        assert!(began.elapsed() < Duration::from_secs(6), "{version}: {:?}", began.elapsed());
        assert_eq!(asked_for_folders(&mut phone).await, refused(version, 144), "{version}");
        phone.folder_sync().await.unwrap();
        assert_ne!(phone.state.policy_key, before, "{version}");
        let held = &phone.state.policy;
        assert_eq!(held.get("MinDevicePasswordLength"), Some("8"), "{version}");
        // That is not asked any more, and the phone does not go on doing it.
        assert_eq!(held.get("MaxDevicePasswordFailedAttempts"), None, "{version}");
        // It waits again, under the policy that is in force.
        assert_eq!(phone.ping(1, &[&inbox]).await.unwrap(), PingOutcome::Quiet, "{version}");
    }
}

#[tokio::test]
async fn an_exempt_account_passes() {
    let world = World::start().await;
    let local = Actor::local();
    world.everybody_has(&strict()).await;
    world.acts.exempt(&local, &world.anna, true).await.unwrap();
    tokio::time::sleep(NOTICED).await;
    for version in VERSIONS {
        let mut phone = world.phone(version);
        assert_eq!(asked_for_folders(&mut phone).await, (200, Some(1)), "{version}");
        let phone = world.connected(version).await;
        assert_eq!((phone.state.policy_key, phone.state.policy.asked().count()), (0, 0), "{version}");
    }
}

#[tokio::test]
async fn a_policy_of_ones_own_goes_before_everybodys_and_survives_a_kill() {
    let mut world = World::start().await;
    let local = Actor::local();
    world.everybody_has(&strict()).await;
    let mut phone = world.connected(Version::V16_1).await;
    let mut own = stricter();
    own.name = "Anna's".to_owned();
    world.acts.put_policy(&local, &own).await.unwrap();
    world.acts.assign_policy(&local, Whom::Account(&world.anna), Some("anna's")).await.unwrap();
    world.server.kill_and_start();
    let mut again = world.phone(Version::V16_1);
    again.identity.device_id = phone.identity.device_id.clone();
    again.state = phone.state.clone();
    phone = again;
    assert_eq!(asked_for_folders(&mut phone).await, (200, Some(144)));
    phone.folder_sync().await.unwrap();
    assert_eq!(phone.state.policy.get("MinDevicePasswordLength"), Some("8"));
}
