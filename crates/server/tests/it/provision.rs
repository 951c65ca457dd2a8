//! Policies: asked for, acknowledged, changed, and required.

use fieldpost_domain::policy::Policy;
use fieldpost_eas::Version;
use fieldpost_eas::command::CommandName;
use fieldpost_eas::command::provision::{PolicyData, PolicyRequest, Request, Response};
use fieldpost_eas::command::settings::{DeviceInformation, DeviceProperties};
use fieldpost_eas::command::{folder_sync, ping};
use fieldpost_server::Settings;
use fieldpost_testkit::phone::{Phone, PhoneError};

use crate::server::{Server, call, request, status_only};

const WBXML: &str = "MS-EAS-Provisioning-WBXML";
const WAP: &str = "MS-WAP-Provisioning-XML";

fn first(policy_type: &str) -> Request {
    Request {
        device_information: Some(DeviceInformation {
            set: Some(DeviceProperties { model: Some("Model".into()), ..DeviceProperties::default() }),
        }),
        policies: vec![PolicyRequest { policy_type: policy_type.into(), ..PolicyRequest::default() }],
        ..Request::default()
    }
}

fn second(policy_type: &str, key: &str, applied: u8) -> Request {
    Request {
        policies: vec![PolicyRequest {
            policy_type: policy_type.into(),
            policy_key: Some(key.into()),
            status: Some(applied),
        }],
        ..Request::default()
    }
}

async fn ask(phone: &mut Phone, request: &Request) -> Response {
    phone.call(CommandName::Provision, request).await.unwrap()
}

fn key(response: &Response) -> String {
    assert_eq!(response.status, 1);
    let [policy] = response.policies.as_slice() else { panic!("{response:?}") };
    assert_eq!(policy.status, 1);
    policy.policy_key.clone().unwrap()
}

#[tokio::test]
async fn a_policy_is_taken_in_every_version() {
    let server = Server::start().await;
    let mia = server.account("mia").await;
    for version in Version::ALL {
        let mut phone = server.phone("mia", version);
        phone.identity = phone.identity.clone().with_device_id(&format!("P{}", version.times_ten())).unwrap();
        phone.folder_sync().await.unwrap();
        // MS-ASPROV_R486
        assert_ne!(phone.state.policy_key, 0);
        assert!(!phone.state.folders.is_empty());
    }
    let devices = server.app.store.devices(mia.id).await.unwrap();
    let newest = devices.iter().find(|device| device.device_id == "P161").unwrap();
    assert!(newest.information.model.is_some(), "Provision tells what the phone is");
}

#[tokio::test]
async fn the_document_is_of_the_version() {
    let server = Server::start().await;
    server.account("mia").await;
    let mut old = server.phone("mia", Version::V2_5);
    let response = ask(&mut old, &Request { device_information: None, ..first(WAP) }).await;
    let Some(PolicyData::Xml(xml)) = &response.policies[0].data else { panic!("{response:?}") };
    assert!(xml.starts_with("<wap-provisioningdoc>"));
    let mut new = server.phone("mia", Version::V16_1);
    let response = ask(&mut new, &first(WBXML)).await;
    let Some(PolicyData::Document(document)) = &response.policies[0].data else { panic!("{response:?}") };
    assert_eq!(document.device_password_enabled, Some(false));
    // MS-ASPROV_R502, and a known type of another version
    for (policy_type, status) in [("MS-Invented", 3), (WAP, 2)] {
        let response = ask(&mut new, &first(policy_type)).await;
        assert_eq!((response.status, response.policies[0].status), (1, status));
        assert_eq!(response.policies[0].policy_key, None);
    }
}

#[tokio::test]
async fn both_answers_may_be_asked_for_again() {
    let server = Server::start().await;
    server.account("mia").await;
    let mut phone = server.phone("mia", Version::V14_1);
    let temporary = key(&ask(&mut phone, &first(WBXML)).await);
    assert_eq!(key(&ask(&mut phone, &first(WBXML)).await), temporary);
    let acknowledgement = second(WBXML, &temporary, 1);
    let response = ask(&mut phone, &acknowledgement).await;
    assert!(response.policies[0].data.is_none());
    let last = key(&response);
    assert_ne!(last, temporary);
    assert_eq!(key(&ask(&mut phone, &acknowledgement).await), last);
    phone.state.policy_key = last.parse().unwrap();
    phone.folder_sync().await.unwrap();
}

#[tokio::test]
async fn what_is_wrong_with_an_acknowledgement_is_said() {
    let server = Server::start().await;
    let mia = server.account("mia").await;
    let mut phone = server.phone("mia", Version::V14_1);
    let temporary = key(&ask(&mut phone, &first(WBXML)).await);
    // MS-ASPROV_R658: an invented key, none, and one that is no number.
    for wrong in ["4711", "0", "x"] {
        let response = ask(&mut phone, &second(WBXML, wrong, 1)).await;
        assert_eq!((response.status, response.policies[0].status), (1, 5), "{wrong}");
    }
    // MS-ASPROV_R684, MS-ASPROV_R687, MS-ASCMD_R4917
    for (applied, status) in [(2, 139), (3, 139), (4, 145), (9, 2)] {
        let response = ask(&mut phone, &second(WBXML, &temporary, applied)).await;
        assert_eq!(response.status, status, "{applied}");
        assert!(response.policies.is_empty());
    }
    let device = server.app.store.device(mia.id, "PHONE1").await.unwrap().unwrap();
    assert_eq!(device.policy.key, None, "nothing was acknowledged");
    key(&ask(&mut phone, &second(WBXML, &temporary, 1)).await);
}

#[tokio::test]
async fn from_14_1_a_phone_says_what_it_is() {
    let server = Server::start().await;
    server.account("mia").await;
    let silent = Request { device_information: None, ..first(WBXML) };
    for (version, required) in [(Version::V14_0, false), (Version::V14_1, true), (Version::V16_1, true)] {
        let phone = server.phone("mia", version);
        let answer = server.send(&request(&phone, &call(&phone, CommandName::Provision, &silent))).await;
        if required {
            // MS-ASCMD_R4954
            assert_eq!(status_only(&answer), ("Provision".into(), "165".into()));
        } else {
            let response: Response = fieldpost_eas::codec::Document::decode(&answer.body).unwrap();
            key(&response);
        }
    }
}

#[tokio::test]
async fn nothing_else_goes_without_a_policy() {
    let server = Server::start().await;
    server.account("mia").await;
    let folders = folder_sync::Request { sync_key: "0".into() };
    for (version, code, status) in
        [(Version::V2_5, 449, None), (Version::V12_1, 449, None), (Version::V14_0, 200, Some("142"))]
    {
        let phone = server.phone("mia", version);
        let answer = server.send(&request(&phone, &call(&phone, CommandName::FolderSync, &folders))).await;
        assert_eq!(answer.status.as_u16(), code, "{version}");
        if let Some(status) = status {
            assert_eq!(status_only(&answer), ("FolderSync".into(), status.into()));
        }
    }
    // MS-ASPROV_R61103: a Ping bears no key.
    let phone = server.phone("mia", Version::V16_1);
    let ping = ping::Request::default();
    let answer = server.send(&request(&phone, &call(&phone, CommandName::Ping, &ping))).await;
    assert_eq!(status_only(&answer), ("Ping".into(), "3".into()));
}

#[tokio::test]
async fn a_wrong_key_is_told_from_none() {
    let server = Server::start().await;
    server.account("mia").await;
    let mut phone = server.ready_phone("mia", Version::V16_1).await;
    let right = phone.state.policy_key;
    let folders = folder_sync::Request { sync_key: phone.state.hierarchy_key.clone() };
    for (key, status) in [(right ^ 1, "144"), (0, "142")] {
        phone.state.policy_key = key;
        let answer = server.send(&request(&phone, &call(&phone, CommandName::FolderSync, &folders))).await;
        assert_eq!(status_only(&answer), ("FolderSync".into(), status.into()));
    }
    phone.state.policy_key = right;
    phone.folder_sync().await.unwrap();
}

/// The same accounts under another policy: the server is started again.
#[tokio::test]
async fn a_changed_policy_is_asked_for_again() {
    let folder = tempfile::tempdir().unwrap();
    let database = format!("sqlite:{}", folder.path().join("fieldpost.db").display());
    let server = Server::with(|settings| settings.database.clone_from(&database)).await;
    server.account("mia").await;
    let mut phone = server.ready_phone("mia", Version::V14_1).await;
    let mut old = server.phone("mia", Version::V12_0);
    old.identity = old.identity.clone().with_device_id("OLD").unwrap();
    old.folder_sync().await.unwrap();
    drop(server);
    let strict = |settings: &mut Settings| {
        settings.database.clone_from(&database);
        settings.policy = Policy { allow_camera: Some(false), ..Policy::default() };
    };
    let server = Server::with(strict).await;
    let reconnected = |phone: &Phone| {
        Phone::with_connector(phone.identity.clone(), server.connector.clone())
            .with_state(phone.state.clone())
    };
    phone = reconnected(&phone);
    let before = phone.state.policy_key;
    let folders = folder_sync::Request { sync_key: phone.state.hierarchy_key.clone() };
    let answer = server.send(&request(&phone, &call(&phone, CommandName::FolderSync, &folders))).await;
    assert_eq!(status_only(&answer), ("FolderSync".into(), "144".into()));
    // The phone provisions and goes on with what it has.
    let progress = phone.folder_sync().await.unwrap();
    assert_ne!(phone.state.policy_key, before);
    assert_eq!(progress.added, 0, "its folders are still its folders");
    // 12.0 has no AllowCamera: for such a phone nothing changed.
    let mut old = reconnected(&old);
    let before = old.state.policy_key;
    old.folder_sync().await.unwrap();
    assert_eq!(old.state.policy_key, before);
}

#[tokio::test]
async fn phones_that_know_no_policies_come_in_where_they_may() {
    for allowed in [false, true] {
        let server = Server::with(|settings| settings.allow_non_provisionable = allowed).await;
        server.account("mia").await;
        let phone = server.phone("mia", Version::V14_0);
        let folders = folder_sync::Request { sync_key: "0".into() };
        let mut request = request(&phone, &call(&phone, CommandName::FolderSync, &folders));
        request.headers.remove("x-ms-policykey");
        let answer = server.send(&request).await;
        let response: folder_sync::Response = fieldpost_eas::codec::Document::decode(&answer.body).unwrap();
        assert_eq!(response.status, if allowed { 1 } else { 142 });
    }
}

#[tokio::test]
async fn an_empty_provision_finds_no_wipe() {
    let server = Server::start().await;
    server.account("mia").await;
    let mut phone = server.phone("mia", Version::V16_1);
    // MS-ASPROV_R493
    let response = ask(&mut phone, &Request::default()).await;
    assert_eq!(response, Response { status: 1, ..Response::default() });
    assert!(!matches!(phone.folder_sync().await, Err(PhoneError::Wiped { .. })));
}
