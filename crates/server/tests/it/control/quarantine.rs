//! Quarantine, block and release, by rules, by persons and by thresholds.

use std::time::Duration;

use fieldpost_domain::admission::{Action, Conditions, Pattern, Rule, Rules, Threshold, Thresholds};
use fieldpost_domain::device::Standing;
use fieldpost_domain::folder::FolderType;
use fieldpost_eas::Version;
use fieldpost_testkit::phone::command::ping::PingOutcome;
use fieldpost_testkit::phone::command::sync::{Hang, SyncPlan};
use fieldpost_testkit::phone::state::Edit;
use fieldpost_testkit::phone::{Phone, PhoneError};
use jiff::SignedDuration;

use super::{MIA, actions, administration, owner};
use crate::server::Server;

const SOON: Duration = Duration::from_secs(30);

async fn by_default(server: &Server, default: Action) {
    let rules = Rules { default, ..Rules::default() };
    administration(server).put_rules(&owner(), &rules).await.unwrap();
}

async fn standing(server: &Server) -> Standing {
    administration(server).device(&owner(), MIA, "PHONE1").await.unwrap().standing
}

fn subjects(phone: &Phone, folder: &str) -> Vec<String> {
    phone.state.items(folder).map(|(_, email)| email.subject.clone()).collect()
}

const WAITS: &str = "Your phone waits for an administrator's approval";

#[tokio::test]
async fn a_new_phone_gets_one_message_and_after_its_release_everything() {
    for version in [Version::V2_5, Version::V12_1, Version::V14_1, Version::V16_1] {
        let server = Server::start().await;
        let mia = server.account("mia").await;
        server.deliver(&mia, "Subject: secret\r\n\r\nx\r\n").await;
        by_default(&server, Action::Quarantine).await;
        let mut phone = server.ready_phone("mia", version).await;
        let inbox = server.folder(&mia, FolderType::Inbox).await.to_string();
        let contacts = server.folder(&mia, FolderType::Contacts).await.to_string();
        phone.sync_all(&[&inbox, &contacts], |_, _| ()).await.unwrap();
        assert_eq!(subjects(&phone, &inbox), [WAITS], "{version}");
        assert_eq!(standing(&server).await, Standing::Quarantined);
        // The user is told in the mailbox, too; neither that nor other mail wakes the phone or reaches it.
        assert_eq!(server.items(&mia, FolderType::Inbox).await.len(), 2);
        let mut parked = phone.park(900, &[&inbox]).unwrap();
        parked.connect().await.unwrap();
        let (outcome, ()) = tokio::join!(tokio::time::timeout(SOON, parked.wait()), async {
            tokio::time::sleep(Duration::from_millis(200)).await;
            server.deliver(&mia, "Subject: another secret\r\n\r\nx\r\n").await;
            tokio::time::sleep(Duration::from_millis(300)).await;
            administration(&server).release_device(&owner(), MIA, "PHONE1").await.unwrap();
        });
        assert_eq!(outcome.unwrap().unwrap(), PingOutcome::Changed(vec![inbox.clone()]), "{version}");
        phone.sync_all(&[&inbox], |_, _| ()).await.unwrap();
        let mut shown = subjects(&phone, &inbox);
        shown.sort();
        assert_eq!(shown, [WAITS, "another secret", "secret"], "{version}: once each");
        assert_eq!(actions(&server).await, ["rules.put", "device.quarantine", "device.release"]);
        assert_eq!(standing(&server).await, Standing::Allowed);
    }
}

#[tokio::test]
async fn nothing_is_taken_from_a_phone_in_quarantine() {
    let server = Server::start().await;
    let mia = server.account("mia").await;
    server.account("ben").await;
    by_default(&server, Action::Quarantine).await;
    let mut phone = server.ready_phone("mia", Version::V16_1).await;
    let inbox = server.folder(&mia, FolderType::Inbox).await.to_string();
    phone.sync_all(&[&inbox], |_, _| ()).await.unwrap();
    let before = server.modseq(&mia).await;
    let sent = phone.send_mail("To: ben@example.org\r\nSubject: Hi\r\n\r\nx\r\n").await.unwrap_err();
    assert_eq!(sent.status(), Some(130), "{sent}");
    let made = phone.folder_create("0", "New", fieldpost_testkit::phone::state::FolderType(12)).await;
    assert_eq!(made.unwrap_err().status(), Some(130));
    let id = phone.state.items(&inbox).next().unwrap().0.clone();
    phone.state.collection_mut(&inbox).edit(Edit::Delete { id });
    phone.sync(&[&inbox]).await.unwrap();
    assert_eq!(server.modseq(&mia).await, before);
}

#[tokio::test]
async fn what_is_written_in_quarantine_is_taken_after_the_release() {
    let server = Server::start().await;
    let mia = server.account("mia").await;
    let drafts = server.folder(&mia, FolderType::Drafts).await.to_string();
    by_default(&server, Action::Quarantine).await;
    let mut phone = server.ready_phone("mia", Version::V16_1).await;
    phone.sync_all(&[&drafts], |_, _| ()).await.unwrap();
    let draft = Edit::AddDraft {
        client_id: "one".into(),
        to: "ben@example.org".into(),
        subject: "written in quarantine".into(),
        text: "x".into(),
        send: false,
    };
    phone.state.collection_mut(&drafts).edit(draft);
    for _ in 0..2 {
        let told = phone.sync(&[&drafts]).await.unwrap();
        assert_eq!(told.failed, [(drafts.clone(), 5)], "it is not taken");
        assert!(server.items(&mia, FolderType::Drafts).await.is_empty());
    }
    administration(&server).release_device(&owner(), MIA, "PHONE1").await.unwrap();
    phone.sync_all(&[&drafts], |_, _| ()).await.unwrap();
    phone.sync_all(&[&drafts], |_, _| ()).await.unwrap();
    assert_eq!(server.items(&mia, FolderType::Drafts).await.len(), 1);
    assert_eq!(phone.state.items(&drafts).count(), 1);
}

#[tokio::test]
async fn a_phone_that_synchronised_loses_and_gets_back_its_mail() {
    let server = Server::start().await;
    let mia = server.account("mia").await;
    let inbox = server.folder(&mia, FolderType::Inbox).await.to_string();
    server.deliver(&mia, "Subject: old\r\n\r\nx\r\n").await;
    let mut phone = server.ready_phone("mia", Version::V14_1).await;
    phone.sync_all(&[&inbox], |_, _| ()).await.unwrap();
    assert_eq!(subjects(&phone, &inbox), ["old"]);
    let mut parked = phone.park(900, &[&inbox]).unwrap();
    parked.connect().await.unwrap();
    let (outcome, ()) = tokio::join!(tokio::time::timeout(SOON, parked.wait()), async {
        tokio::time::sleep(Duration::from_millis(200)).await;
        by_default(&server, Action::Quarantine).await;
    });
    assert_eq!(outcome.unwrap().unwrap(), PingOutcome::Changed(vec![inbox.clone()]));
    phone.sync_all(&[&inbox], |_, _| ()).await.unwrap();
    assert_eq!(subjects(&phone, &inbox), [WAITS]);
    // Released while nobody waits: the next Ping says at once that there is something to fetch.
    administration(&server).release_device(&owner(), MIA, "PHONE1").await.unwrap();
    let told = tokio::time::timeout(SOON, phone.ping(900, &[&inbox])).await.unwrap().unwrap();
    assert_eq!(told, PingOutcome::Changed(vec![inbox.clone()]));
    phone.sync_all(&[&inbox], |_, _| ()).await.unwrap();
    let mut shown = subjects(&phone, &inbox);
    shown.sort();
    assert_eq!(shown, [WAITS, "old"]);
}

#[tokio::test]
async fn a_phone_that_never_noticed_its_quarantine_goes_on() {
    let server = Server::start().await;
    let mia = server.account("mia").await;
    let inbox = server.folder(&mia, FolderType::Inbox).await.to_string();
    let mut phone = server.ready_phone("mia", Version::V14_1).await;
    phone.sync_all(&[&inbox], |_, _| ()).await.unwrap();
    let key = phone.state.collections[&inbox].sync_key.clone();
    by_default(&server, Action::Quarantine).await;
    phone.folder_sync().await.unwrap();
    assert_eq!(standing(&server).await, Standing::Quarantined);
    by_default(&server, Action::Allow).await;
    phone.folder_sync().await.unwrap();
    assert_eq!(standing(&server).await, Standing::Allowed);
    phone.sync(&[&inbox]).await.unwrap();
    let restarts =
        phone.state.collections[&inbox].sync_key.parse::<u64>().unwrap().abs_diff(key.parse().unwrap());
    assert!(restarts < 10, "the same life of the collection goes on");
}

#[tokio::test]
async fn a_blocked_phone_is_refused_in_the_terms_of_its_version() {
    let server = Server::start().await;
    server.account("mia").await;
    let mut phone = server.ready_phone("mia", Version::V16_1).await;
    administration(&server).block_device(&owner(), MIA, "PHONE1").await.unwrap();
    for (version, status) in
        [(Version::V12_1, None), (Version::V14_0, Some(129)), (Version::V16_1, Some(129))]
    {
        phone.identity.version = version;
        let refused = phone.folder_sync().await.unwrap_err();
        match status {
            Some(_) => assert_eq!(refused.status(), status, "{version}"),
            None => assert!(matches!(refused, PhoneError::Forbidden), "{version}: {refused}"),
        }
    }
    assert_eq!(standing(&server).await, Standing::Blocked);
    administration(&server).unlist_device(&owner(), MIA, "PHONE1").await.unwrap();
    phone.folder_sync().await.unwrap();
    assert_eq!(standing(&server).await, Standing::Allowed);
    // A device that is not known yet may be decided about.
    administration(&server).block_device(&owner(), MIA, "PHONE2").await.unwrap();
    let mut other = server.phone("mia", Version::V16_1);
    other.identity = other.identity.clone().with_device_id("PHONE2").unwrap();
    assert_eq!(other.folder_sync().await.unwrap_err().status(), Some(129));
}

#[tokio::test]
async fn a_phone_that_waits_is_told_that_it_is_blocked() {
    let server = Server::start().await;
    let mia = server.account("mia").await;
    let inbox = server.folder(&mia, FolderType::Inbox).await.to_string();
    let mut phone = server.ready_phone("mia", Version::V16_1).await;
    phone.sync_all(&[&inbox], |_, _| ()).await.unwrap();
    let plan = SyncPlan { collections: vec![inbox], hang: Hang::Heartbeat(900), ..SyncPlan::default() };
    let (waited, ()) = tokio::join!(tokio::time::timeout(SOON, phone.sync_with(&plan)), async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        let acts = administration(&server);
        acts.block_device(&owner(), MIA, "PHONE1").await.unwrap();
    });
    assert_eq!(waited.unwrap().unwrap_err().status(), Some(129));
}

#[tokio::test]
async fn rules_look_at_groups_and_at_what_the_phone_says() {
    let server = Server::start().await;
    server.account("mia").await;
    let mut phone = server.ready_phone("mia", Version::V16_1).await;
    let store = &server.app.store;
    let group = |address: &str| fieldpost_store::NewGroup {
        address: address.to_owned(),
        ..fieldpost_store::NewGroup::default()
    };
    let inner = store.create_group(group("sales@example.org")).await.unwrap();
    let outer = store.create_group(group("all@example.org")).await.unwrap();
    store.add_member(inner.id, MIA).await.unwrap();
    store.add_member(outer.id, "sales@example.org").await.unwrap();
    let when =
        Conditions { group: Pattern::new("all@*").ok(), os: Pattern::new("*").ok(), ..Conditions::default() };
    let rules =
        Rules { rules: vec![Rule { name: "sales".into(), when, action: Action::Block }], ..Rules::default() };
    administration(&server).put_rules(&owner(), &rules).await.unwrap();
    assert_eq!(phone.folder_sync().await.unwrap_err().status(), Some(129));
    let view = administration(&server).device(&owner(), MIA, "PHONE1").await.unwrap();
    assert_eq!(view.control.access.unwrap().because, "rule 1: sales");
    store.remove_member(outer.id, "sales@example.org").await.unwrap();
    phone.folder_sync().await.unwrap();
}

#[tokio::test]
async fn too_many_commands_lead_to_a_block_that_expires() {
    let server = Server::start().await;
    server.account("mia").await;
    let mut phone = server.ready_phone("mia", Version::V14_1).await;
    let threshold = Threshold { more_than: 5, minutes: 10, action: Action::Block, for_minutes: 60 };
    let thresholds = Thresholds { commands: Some(threshold), ..Thresholds::default() };
    administration(&server).put_rules(&owner(), &Rules { thresholds, ..Rules::default() }).await.unwrap();
    for _ in 0..5 {
        phone.folder_sync().await.unwrap();
    }
    assert_eq!(phone.folder_sync().await.unwrap_err().status(), Some(129));
    assert_eq!(actions(&server).await, ["rules.put", "device.block"]);
    server.clock.advance(SignedDuration::from_mins(61));
    phone.folder_sync().await.unwrap();
    assert_eq!(standing(&server).await, Standing::Allowed);
}

#[tokio::test]
async fn folders_begun_anew_again_and_again_and_changing_programs_are_counted() {
    let server = Server::start().await;
    let mia = server.account("mia").await;
    let inbox = server.folder(&mia, FolderType::Inbox).await.to_string();
    let mut phone = server.ready_phone("mia", Version::V14_1).await;
    let threshold = Threshold { more_than: 3, minutes: 10, action: Action::Quarantine, for_minutes: 60 };
    let thresholds =
        Thresholds { sync_restarts: Some(threshold), user_agents: Some(threshold), ..Thresholds::default() };
    administration(&server).put_rules(&owner(), &Rules { thresholds, ..Rules::default() }).await.unwrap();
    for _ in 0..4 {
        phone.state.collections.clear();
        phone.sync(&[&inbox]).await.unwrap();
    }
    assert_eq!(standing(&server).await, Standing::Quarantined);
    administration(&server).release_device(&owner(), MIA, "PHONE1").await.unwrap();
    administration(&server).unlist_device(&owner(), MIA, "PHONE1").await.unwrap();
    phone.folder_sync().await.unwrap();
    assert_eq!(standing(&server).await, Standing::Allowed);
    for n in 0..4 {
        phone.identity.user_agent = format!("Program/{n}");
        phone.folder_sync().await.unwrap();
    }
    assert_eq!(standing(&server).await, Standing::Quarantined);
}
