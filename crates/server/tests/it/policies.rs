//! Policies that were decided: who has which, what becomes of a change, of phones that obey in part, and of
//! those that are exempt.

use std::time::Duration;

use fieldpost_domain::AccountId;
use fieldpost_domain::diagnosis::{PolicySign, Severity};
use fieldpost_domain::folder::FolderType;
use fieldpost_domain::policy::assignment::Holder;
use fieldpost_domain::policy::{NamedPolicy, Policy};
use fieldpost_eas::Version;
use fieldpost_eas::codec::{Document as _, OrEmpty};
use fieldpost_eas::command::CommandName;
use fieldpost_eas::command::folder_sync;
use fieldpost_eas::command::provision::{PolicyData, PolicyRequest, ProvisionDoc, Request, Response};
use fieldpost_eas::command::settings::{DeviceInformation, DeviceProperties};
use fieldpost_server::administration::{Actor, Administration};
use fieldpost_store::{Act, StoreError};
use fieldpost_testkit::phone::command::ping::PingOutcome;
use fieldpost_testkit::phone::command::sync::{Hang, SyncPlan};
use fieldpost_testkit::phone::transport::{Answer, HttpRequest};
use fieldpost_testkit::phone::{Phone, QueryForm};
use jiff::SignedDuration;

use crate::server::{Server, call, request, status_only};

/// Far below the heartbeat: an answer within it came because something happened.
const SOON: Duration = Duration::from_secs(20);

/// What an administrator's act does.
async fn decide<T>(server: &Server, work: impl AsyncFnOnce(&mut Act) -> Result<T, StoreError>) -> T {
    let mut act = server.app.store.act().await.unwrap();
    let done = work(&mut act).await.unwrap();
    act.commit().await.unwrap();
    server.app.rules.refresh().await.unwrap();
    done
}

fn named(name: &str, policy: Policy) -> NamedPolicy {
    NamedPolicy { name: name.to_owned(), policy, ..NamedPolicy::default() }
}

fn strict() -> Policy {
    Policy {
        device_password_enabled: Some(true),
        min_device_password_length: Some(6),
        max_device_password_failed_attempts: Some(8),
        max_inactivity_time_device_lock: Some(300),
        allow_camera: Some(false),
        ..Policy::NOTHING
    }
}

/// Makes a policy and has everybody have it.
async fn everybody_has(server: &Server, policy: &NamedPolicy) {
    decide(server, async |act| {
        act.put_policy(policy).await?;
        act.set_default_policy(Some(&policy.name)).await
    })
    .await;
}

fn folder_sync(phone: &Phone) -> HttpRequest {
    let folders = folder_sync::Request { sync_key: "0".into() };
    request(phone, &call(phone, CommandName::FolderSync, &folders))
}

/// HTTP code, and the status where it is 200.
fn said(answer: &Answer) -> (u16, Option<u8>) {
    let status = || folder_sync::Response::decode(&answer.body).unwrap().status;
    (answer.status.as_u16(), (answer.status.as_u16() == 200).then(status))
}

fn expected(version: Version, status: u8) -> (u16, Option<u8>) {
    if version >= Version::V14_0 { (200, Some(status)) } else { (449, None) }
}

async fn download(phone: &mut Phone) -> (String, PolicyData) {
    let request = Request {
        device_information: (phone.version() >= Version::V14_1).then(|| DeviceInformation {
            set: Some(DeviceProperties { model: Some("Model".into()), ..DeviceProperties::default() }),
        }),
        policies: vec![PolicyRequest {
            policy_type: Policy::type_for(phone.version()).into(),
            ..PolicyRequest::default()
        }],
        ..Request::default()
    };
    let response: Response = phone.call(CommandName::Provision, &request).await.unwrap();
    let policy = response.policies.into_iter().next().unwrap();
    assert_eq!((response.status, policy.status), (1, 1));
    (policy.policy_key.unwrap(), policy.data.unwrap())
}

fn document(data: PolicyData) -> ProvisionDoc {
    match data {
        PolicyData::Document(document) => *document,
        PolicyData::Xml(xml) => panic!("{xml}"),
    }
}

#[tokio::test]
async fn whoever_can_not_provision_is_told_so_in_the_end() {
    let server = Server::start().await;
    server.account("mia").await;
    everybody_has(&server, &named("Strict", strict())).await;
    for version in Version::ALL {
        let mut phone = server.phone("mia", version);
        phone.identity = phone.identity.clone().with_device_id(&format!("P{}", version.times_ten())).unwrap();
        let mut silent = folder_sync(&phone);
        silent.headers.remove("x-ms-policykey");
        // A phone may send its first key only when it was told to.
        for _ in 0..3 {
            assert_eq!(said(&server.send(&silent).await), expected(version, 142), "{version}");
        }
        let refused = server.send(&silent).await;
        if version >= Version::V14_0 {
            // MS-ASPROV_R458, R682, R685
            assert_eq!(status_only(&refused), ("FolderSync".into(), "141".into()), "{version}");
        } else {
            assert_eq!(said(&refused), (403, None), "{version}");
        }
        // It learns to.
        phone.folder_sync().await.unwrap();
        assert_eq!(said(&server.send(&folder_sync(&phone)).await), (200, Some(1)));
        // Where such phones may come in, nothing is asked of them.
        let lenient = NamedPolicy { allow_non_provisionable: true, ..named("Strict", strict()) };
        everybody_has(&server, &lenient).await;
        assert_eq!(said(&server.send(&silent).await), (200, Some(1)), "{version}");
        everybody_has(&server, &named("Strict", strict())).await;
    }
}

/// The base64 query has a place for the key, which is empty before the first one: that is no phone that knows
/// no policies.
#[tokio::test]
async fn a_base64_query_without_a_key_is_one_that_has_none_yet() {
    let server = Server::start().await;
    server.account("mia").await;
    let lenient = NamedPolicy { allow_non_provisionable: true, ..named("Lenient", strict()) };
    everybody_has(&server, &lenient).await;
    for version in [Version::V12_1, Version::V14_1, Version::V16_1] {
        let mut phone = server.phone("mia", version);
        phone.identity = phone.identity.clone().with_query(QueryForm::Base64);
        phone.identity = phone.identity.clone().with_device_id(&format!("B{}", version.times_ten())).unwrap();
        assert_eq!(said(&server.send(&folder_sync(&phone)).await), expected(version, 142), "{version}");
        phone.folder_sync().await.unwrap();
        assert_ne!(phone.state.policy_key, 0);
    }
}

#[tokio::test]
async fn a_refresh_that_is_due_is_told_from_a_change() {
    let server = Server::start().await;
    server.account("mia").await;
    everybody_has(&server, &named("Strict", strict())).await;
    for version in Version::ALL {
        let mut phone = server.phone("mia", version);
        phone.identity = phone.identity.clone().with_device_id(&format!("P{}", version.times_ten())).unwrap();
        phone.folder_sync().await.unwrap();
        server.clock.advance(SignedDuration::from_mins(23 * 60 + 59));
        assert_eq!(said(&server.send(&folder_sync(&phone)).await), (200, Some(1)), "{version}");
        server.clock.advance(SignedDuration::from_mins(1));
        assert_eq!(said(&server.send(&folder_sync(&phone)).await), expected(version, 143), "{version}");
        // The phone comes for the same policy, and is served again.
        let before = phone.state.policy_key;
        phone.folder_sync().await.unwrap();
        assert_ne!(phone.state.policy_key, before);
        // A change, and with it another key.
        everybody_has(&server, &named("Strict", Policy { device_password_history: Some(2), ..strict() }))
            .await;
        let changed = version > Version::V2_5;
        let answer = said(&server.send(&folder_sync(&phone)).await);
        assert_eq!(answer, if changed { expected(version, 144) } else { (200, Some(1)) }, "{version}");
        everybody_has(&server, &named("Strict", strict())).await;
    }
}

#[tokio::test]
async fn a_change_reaches_a_phone_that_waits() {
    for version in [Version::V2_5, Version::V12_1, Version::V14_1, Version::V16_1] {
        let server = Server::start().await;
        let mia = server.account("mia").await;
        let ben = server.account("ben").await;
        let inbox = server.folder(&mia, FolderType::Inbox).await.to_string();
        let mut phone = server.ready_phone("mia", version).await;
        phone.sync(&[&inbox]).await.unwrap();
        phone.sync(&[&inbox]).await.unwrap();
        let before = phone.state.policy_key;
        let mut parked = phone.park(900, &[&inbox]).unwrap();
        parked.connect().await.unwrap();
        let (outcome, ()) = tokio::join!(tokio::time::timeout(SOON, parked.wait()), async {
            tokio::time::sleep(Duration::from_millis(300)).await;
            let policy = named("Strict", strict());
            decide(&server, async |act| act.put_policy(&policy).await).await;
            // Somebody else's policy does not concern it.
            decide(&server, async |act| act.assign_policy(Holder::Account(ben.id), Some("strict")).await)
                .await;
            tokio::time::sleep(Duration::from_millis(300)).await;
            assert_eq!(server.app.hub.waiting(), 1, "{version}");
            decide(&server, async |act| act.assign_policy(Holder::Account(mia.id), Some("strict")).await)
                .await;
        });
        // It is sent to FolderSync, which says what is the matter.
        assert_eq!(outcome.unwrap().unwrap(), PingOutcome::HierarchyChanged, "{version}");
        assert_eq!(said(&server.send(&folder_sync(&phone)).await), expected(version, 144), "{version}");
        // A Ping does not bear a key: it is sent there as well.
        let again = tokio::time::timeout(SOON, phone.ping(900, &[&inbox])).await.unwrap().unwrap();
        assert_eq!(again, PingOutcome::HierarchyChanged, "{version}");
        phone.folder_sync().await.unwrap();
        assert_ne!(phone.state.policy_key, before);
        let device = server.app.store.device(mia.id, "PHONE1").await.unwrap().unwrap();
        assert_eq!(device.policy.applied, Some(1));
    }
}

#[tokio::test]
async fn a_change_reaches_a_sync_that_waits() {
    for version in [Version::V12_1, Version::V14_1, Version::V16_1] {
        let server = Server::start().await;
        let mia = server.account("mia").await;
        let inbox = server.folder(&mia, FolderType::Inbox).await.to_string();
        let mut phone = server.ready_phone("mia", version).await;
        phone.sync(&[&inbox]).await.unwrap();
        phone.sync(&[&inbox]).await.unwrap();
        let before = phone.state.policy_key;
        let policy = named("Strict", strict());
        let plan = SyncPlan { hang: Hang::Wait(15), ..SyncPlan::of(&[&inbox]) };
        // The phone provisions by itself and goes on waiting; a message ends that.
        let (told, ()) = tokio::join!(tokio::time::timeout(SOON, phone.sync_with(&plan)), async {
            tokio::time::sleep(Duration::from_millis(300)).await;
            everybody_has(&server, &policy).await;
            tokio::time::sleep(Duration::from_millis(500)).await;
            server.deliver(&mia, "Subject: Hi\r\n\r\nx\r\n").await;
        });
        assert_eq!(told.unwrap().unwrap().collections[&inbox].added.len(), 1, "{version}");
        assert_ne!(phone.state.policy_key, before, "{version}");
    }
}

#[tokio::test]
async fn an_exempt_account_is_served_and_freed() {
    let server = Server::start().await;
    let mia = server.account("mia").await;
    everybody_has(&server, &named("Strict", strict())).await;
    let exempt = |exempt| async move |act: &mut Act| act.exempt_from_policies(mia.id, exempt).await;
    for version in [Version::V2_5, Version::V12_1, Version::V14_1, Version::V16_1] {
        decide(&server, exempt(true)).await;
        let mut phone = server.phone("mia", version);
        phone.identity = phone.identity.clone().with_device_id(&format!("P{}", version.times_ten())).unwrap();
        // Served without provisioning; whoever asks hears that there is no policy.
        assert_eq!(said(&server.send(&folder_sync(&phone)).await), (200, Some(1)), "{version}");
        phone.provision().await.unwrap();
        assert_eq!(phone.state.policy_key, 0);
        assert_eq!(said(&server.send(&folder_sync(&phone)).await), (200, Some(1)), "{version}");

        decide(&server, exempt(false)).await;
        assert_eq!(said(&server.send(&folder_sync(&phone)).await), expected(version, 142), "{version}");
        phone.folder_sync().await.unwrap();
        // What it was told is taken back, once.
        decide(&server, exempt(true)).await;
        assert_eq!(said(&server.send(&folder_sync(&phone)).await), expected(version, 144), "{version}");
        match download(&mut phone).await.1 {
            PolicyData::Xml(xml) => assert!(xml.contains("\"4131\" value=\"1\""), "{xml}"),
            PolicyData::Document(document) => {
                // MS-ASPROV_R1044, R1045, R672, R673, R674
                assert_eq!(document.min_device_password_length, Some(OrEmpty(None)));
                assert_eq!(document.max_inactivity_time_device_lock, Some(OrEmpty(None)));
                assert_eq!(document.device_password_enabled, Some(false));
            }
        }
        phone.folder_sync().await.unwrap();
        phone.state.policy_key = 0;
        assert_eq!(said(&server.send(&folder_sync(&phone)).await), (200, Some(1)), "{version}");
        decide(&server, exempt(false)).await;
    }
}

#[tokio::test]
async fn a_setting_that_is_not_asked_any_more_is_taken_back() {
    let server = Server::start().await;
    server.account("mia").await;
    everybody_has(&server, &named("Strict", strict())).await;
    let mut phone = server.ready_phone("mia", Version::V14_1).await;
    let asked = document(download(&mut phone).await.1);
    // MS-ASPROV_R676, R677
    assert_eq!(asked.min_device_password_length, Some(OrEmpty(Some(6))));
    assert_eq!(asked.max_inactivity_time_device_lock, Some(OrEmpty(Some(300))));
    let lax = Policy { device_password_enabled: Some(true), ..Policy::NOTHING };
    everybody_has(&server, &named("Strict", lax.clone())).await;
    let asked = document(download(&mut phone).await.1);
    assert_eq!(asked.min_device_password_length, Some(OrEmpty(None)));
    assert_eq!(asked.max_device_password_failed_attempts, Some(OrEmpty(None)));
    assert_eq!(asked.allow_camera, Some(true));
    assert_eq!(asked.allow_wifi, None, "that was never asked");
    phone.folder_sync().await.unwrap();
    // Nothing more is to be taken back; a new phone never heard of it.
    let asked = document(download(&mut phone).await.1);
    assert_eq!((asked.min_device_password_length, asked.allow_camera), (None, None));
    assert_eq!(asked.device_password_enabled, Some(true));
}

#[tokio::test]
async fn phones_that_obey_in_part_come_in_where_they_may() {
    let server = Server::start().await;
    let mia = server.account("mia").await;
    let acts = Administration::of(&server.app);
    let flags = |applied: u8| NamedPolicy {
        allow_partial: applied == 2,
        allow_non_provisionable: applied == 3,
        allow_externally_managed: applied == 4,
        ..named("Strict", strict())
    };
    for version in Version::ALL {
        for applied in [2, 3, 4] {
            for allowed in [2, 3, 4] {
                everybody_has(&server, &flags(allowed)).await;
                let mut phone = server.phone("mia", version);
                let id = format!("P{}x{applied}{allowed}", version.times_ten());
                phone.identity = phone.identity.clone().with_device_id(&id).unwrap();
                let (key, _) = download(&mut phone).await;
                let acknowledge = Request {
                    policies: vec![PolicyRequest {
                        policy_type: Policy::type_for(version).into(),
                        policy_key: Some(key),
                        status: Some(applied),
                    }],
                    ..Request::default()
                };
                let answer =
                    server.send(&request(&phone, &call(&phone, CommandName::Provision, &acknowledge))).await;
                let code = answer.status.as_u16();
                if applied == allowed {
                    let response = Response::decode(&answer.body).unwrap();
                    assert_eq!((code, response.status, response.policies[0].status), (200, 1, 1));
                    phone.state.policy_key =
                        response.policies[0].policy_key.as_ref().unwrap().parse().unwrap();
                    assert_eq!(said(&server.send(&folder_sync(&phone)).await), (200, Some(1)));
                } else if version >= Version::V14_0 {
                    let status = Response::decode(&answer.body).unwrap().status;
                    assert_eq!((code, status), (200, if applied == 4 { 145 } else { 139 }));
                    assert_eq!(said(&server.send(&folder_sync(&phone)).await), (200, Some(142)));
                } else {
                    assert_eq!(code, 403, "{version} {applied}");
                }
                let device = server.app.store.device(mia.id, &id).await.unwrap().unwrap();
                assert_eq!(device.policy.applied, Some(applied));
                // An administrator is told what is the matter.
                let (_, found) = acts.diagnosis(&Actor::local(), &mia.address, &id).await.unwrap();
                let sign = match (applied, applied == allowed) {
                    (2, true) => PolicySign::InPart,
                    (2, false) => PolicySign::PartRefused,
                    (3, true) => PolicySign::NotApplied,
                    (3, false) => PolicySign::NotAppliedRefused,
                    (_, true) => PolicySign::ManagedElsewhere,
                    (_, false) => PolicySign::ManagedElsewhereRefused,
                };
                assert_eq!(found.policy, sign, "{version} {applied} {allowed}");
                let is_stuck = found.findings[0].severity == Severity::Stuck;
                assert_eq!(is_stuck, applied != allowed, "{:?}", found.findings);
            }
        }
    }
}

/// What another program decides is noticed within seconds.
#[tokio::test]
async fn what_another_program_decides_is_noticed() {
    let server = Server::start().await;
    let mia = server.account("mia").await;
    let mut phone = server.ready_phone("mia", Version::V16_1).await;
    let inbox = server.folder(&mia, FolderType::Inbox).await.to_string();
    let mut parked = phone.park(900, &[&inbox]).unwrap();
    parked.connect().await.unwrap();
    let (outcome, ()) = tokio::join!(tokio::time::timeout(SOON, parked.wait()), async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        let policy = named("Strict", strict());
        let mut act = server.app.store.act().await.unwrap();
        act.put_policy(&policy).await.unwrap();
        act.assign_policy(Holder::Account(AccountId(mia.id.0)), Some("Strict")).await.unwrap();
        act.commit().await.unwrap();
    });
    assert_eq!(outcome.unwrap().unwrap(), PingOutcome::HierarchyChanged);
}

#[tokio::test]
async fn attachments_are_refused_where_the_policy_says_so() {
    let server = Server::start().await;
    let mia = server.account("mia").await;
    let message = "Subject: File\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n\
                   --b\r\nContent-Type: text/plain\r\n\r\nSee.\r\n--b\r\nContent-Type: text/csv; name=a.csv\r\n\
                   Content-Disposition: attachment; filename=a.csv\r\n\r\n1,2,3\r\n--b--\r\n";
    let item = server.deliver(&mia, message).await;
    let inbox = server.folder(&mia, FolderType::Inbox).await.to_string();
    let mut phone = server.ready_phone("mia", Version::V14_1).await;
    phone.sync(&[&inbox]).await.unwrap();
    phone.sync(&[&inbox]).await.unwrap();
    let reference = {
        let (_, mail) = phone.state.items(&inbox).next().unwrap();
        mail.attachments[0].reference.clone()
    };
    assert!(item.id.0 > 0);
    // MS-ASPROV_R207, R206: 1 lets files be fetched, 0 does not; and a greatest size holds.
    for (enabled, most, allowed) in
        [(true, None, true), (true, Some(5), true), (true, Some(4), false), (false, None, false)]
    {
        let policy =
            Policy { attachments_enabled: Some(enabled), max_attachment_size: most, ..Policy::NOTHING };
        everybody_has(&server, &named("Files", policy)).await;
        let told = document(download(&mut phone).await.1);
        assert_eq!(told.attachments_enabled, Some(enabled));
        let fetched = phone.attachment(&reference).await;
        assert_eq!(fetched.is_ok(), allowed, "{enabled} {most:?}: {fetched:?}");
    }
}
