//! Path, method, OPTIONS, headers, compression.

use fieldpost_eas::Version;
use fieldpost_eas::command::CommandName;
use fieldpost_eas::command::folder_sync;
use fieldpost_testkit::phone::QueryForm;
use hyper::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE};
use hyper::{Method, StatusCode};

use crate::server::{Server, call, request};

const VERSIONS: &str = "2.5,12.0,12.1,14.0,14.1,16.0,16.1";

#[tokio::test]
async fn the_path_is_found_in_any_case_and_nothing_else_is() {
    let server = Server::start().await;
    server.account("mia").await;
    let phone = server.phone("mia", Version::V16_1);
    for path in
        ["/Microsoft-Server-ActiveSync", "/microsoft-server-activesync/", "/MICROSOFT-SERVER-ACTIVESYNC"]
    {
        let answer = server.send(&phone.identity.options(path).unwrap()).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
    }
    for path in ["/", "/Microsoft-Server-ActiveSync/x", "/autodiscover", "/Microsoft-Server-ActiveSync2"] {
        let answer = server.send(&phone.identity.options(path).unwrap()).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn options_tells_versions_and_commands() {
    let server = Server::start().await;
    server.account("mia").await;
    let phone = server.phone("mia", Version::V16_1);
    let answer = server.send(&phone.identity.options("/Microsoft-Server-ActiveSync").unwrap()).await;
    // MS-ASHTTP_R1107
    assert_eq!(answer.header("ms-asprotocolversions"), Some(VERSIONS));
    let commands: Vec<&str> = answer.header("ms-asprotocolcommands").unwrap().split(',').collect();
    for command in ["Sync", "SendMail", "GetAttachment", "FolderSync", "Ping", "Provision", "ItemOperations"]
    {
        assert!(commands.contains(&command), "{command}");
    }
    assert!(commands.contains(&"Search") && commands.contains(&"Find"));
    assert!(!commands.contains(&"CreateCollection"), "only what is carried out is listed");
    assert!(answer.body.is_empty());
    assert_eq!(answer.header(CONTENT_LENGTH), Some("0"));
    assert_eq!(answer.header(CACHE_CONTROL), Some("private"));
    for name in answer.headers.keys() {
        assert_eq!(answer.headers.get_all(name).iter().count(), 1, "{name} stands once");
    }
}

#[tokio::test]
async fn other_methods_are_not_supported() {
    let server = Server::start().await;
    server.account("mia").await;
    let phone = server.phone("mia", Version::V16_1);
    for method in [Method::GET, Method::PUT, Method::DELETE, Method::HEAD, Method::PATCH] {
        let mut request = phone.identity.options("/Microsoft-Server-ActiveSync").unwrap();
        request.method = method.clone();
        // MS-ASHTTP_R187, MS-ASHTTP_R443
        assert_eq!(server.send(&request).await.status, StatusCode::NOT_IMPLEMENTED, "{method}");
    }
}

#[tokio::test]
async fn starting_over_announces_what_the_server_can() {
    let server = Server::start().await;
    server.account("mia").await;
    let phone = server.ready_phone("mia", Version::V16_1).await;
    let folder_sync = |key: &str| {
        let document = folder_sync::Request { sync_key: key.to_owned() };
        request(&phone, &call(&phone, CommandName::FolderSync, &document))
    };
    let answer = server.send(&folder_sync("0")).await;
    // MS-ASHTTP_R1104
    assert_eq!(answer.header("x-ms-rp"), Some(VERSIONS));
    assert_eq!(answer.header("ms-asprotocolversions"), Some(VERSIONS));
    assert!(answer.header("ms-asprotocolcommands").is_some());
    let answer = server.send(&folder_sync(&phone.state.hierarchy_key)).await;
    assert_eq!(answer.header("x-ms-rp"), None);
    // MS-ASHTTP_R219
    assert_eq!(answer.header(CONTENT_TYPE), Some("application/vnd.ms-sync.wbxml"));
}

#[tokio::test]
async fn answers_are_compressed_for_those_who_want_it() {
    let server = Server::start().await;
    server.account("mia").await;
    let mut phone = server.ready_phone("mia", Version::V16_1).await;
    // Enough for an answer of more than a kilobyte.
    for number in 0..40 {
        let name = format!("A folder with a rather long name, number {number}");
        phone
            .folder_create("0", &name, fieldpost_testkit::phone::state::FolderType::USER_MAIL)
            .await
            .unwrap();
    }
    let document = folder_sync::Request { sync_key: "0".into() };
    let mut wanted = request(&phone, &call(&phone, CommandName::FolderSync, &document));
    let packed = server.send(&wanted).await;
    // MS-ASHTTP_R214
    assert_eq!(packed.header(CONTENT_ENCODING), Some("gzip"));
    assert!(packed.wire_len < packed.body.len());
    wanted.headers.remove(ACCEPT_ENCODING);
    let plain = server.send(&wanted).await;
    assert_eq!(plain.header(CONTENT_ENCODING), None);
    assert_eq!(plain.header(CONTENT_LENGTH), Some(plain.body.len().to_string().as_str()));
}

#[tokio::test]
async fn both_forms_of_the_query_are_one_device() {
    let server = Server::start().await;
    let mia = server.account("mia").await;
    let mut phone = server.ready_phone("mia", Version::V14_1).await;
    phone.identity.query = QueryForm::Base64;
    phone.folder_sync().await.unwrap();
    // MS-ASHTTP_R283: the version is the request's.
    phone.identity.version = Version::V16_1;
    phone.folder_sync().await.unwrap();
    let devices = server.app.store.devices(mia.id).await.unwrap();
    assert_eq!(devices.len(), 1);
    assert_eq!(devices[0].version.as_deref(), Some("16.1"));
    assert_eq!(devices[0].device_id, "PHONE1");
}

#[tokio::test]
async fn the_number_of_devices_is_bounded() {
    let server = Server::with(|settings| settings.devices_per_account = 2).await;
    let mia = server.account("mia").await;
    for (device, version, welcome) in [
        ("PHONE1", Version::V16_1, true),
        ("PHONE2", Version::V12_1, true),
        ("PHONE3", Version::V16_1, false),
        ("PHONE3", Version::V14_0, false),
        ("PHONE1", Version::V16_1, true),
    ] {
        let mut phone = server.phone("mia", version);
        phone.identity = phone.identity.clone().with_device_id(device).unwrap();
        assert_eq!(phone.folder_sync().await.is_ok(), welcome, "{device}");
    }
    assert_eq!(server.app.store.devices(mia.id).await.unwrap().len(), 2);
}

#[tokio::test]
async fn an_account_that_is_only_tried_out_leaves_nothing() {
    let server = Server::with(|settings| settings.require_provisioning = false).await;
    let mia = server.account("mia").await;
    let mut phone = server.phone("mia", Version::V14_1);
    phone.identity = phone.identity.clone().with_device_id("validate").unwrap();
    assert!(phone.folder_sync().await.is_ok());
    assert!(server.app.store.devices(mia.id).await.unwrap().is_empty());
    let state = server.app.store.sync_state(mia.id, "validate", "hierarchy").await.unwrap();
    assert!(state.is_none());
}
