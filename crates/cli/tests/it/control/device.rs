//! `fieldpost device`: devices are listed, and a partnership is deleted without loss.

use fieldpost_eas::Version;
use fieldpost_phone::lmtp::{MailClient, Protocol};
use fieldpost_phone::state::FolderType;
use fieldpost_testkit::process::Fieldpost;

use super::{ANNA, DEVICE, decide, phone, servers};
use crate::{json, output};

async fn deliver(server: &Fieldpost, subject: &str) {
    let patience = std::time::Duration::from_secs(60);
    let mut client = MailClient::connect(&server.lmtp(), Protocol::Lmtp, patience).await.unwrap();
    let message = format!("Subject: {subject}\r\n\r\nx\r\n");
    client.deliver("bob@elsewhere.example", &[ANNA], message.as_bytes()).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_whose_partnership_was_deleted_recovers() {
    for mut server in servers() {
        for version in [Version::V2_5, Version::V12_1, Version::V14_1, Version::V16_1] {
            deliver(&server, &format!("for {version}")).await;
            let mut phone = phone(&server, DEVICE, version);
            phone.folder_sync().await.unwrap();
            let inbox = phone.state.folder_of_type(FolderType::INBOX).unwrap().to_owned();
            phone.sync_all(&[&inbox], |_, _| ()).await.unwrap();
            let before = phone.state.collections[&inbox].items.clone();
            decide(&server, "delete", DEVICE, &[]);
            let gone = output(&server.run(&["device", "list"]), 3);
            assert!(gone.contains("no device"), "{gone}");
            server.kill_and_start();
            phone.disconnect();
            // It goes on where it was: with a Sync, and the folders when it is told so.
            if phone.sync_all(&[&inbox], |_, _| ()).await.is_err() {
                phone.folder_sync().await.unwrap();
                phone.sync_all(&[&inbox], |_, _| ()).await.unwrap();
            }
            phone.folder_sync().await.unwrap();
            assert_eq!(phone.state.collections[&inbox].items, before, "{version}");
            assert_eq!(json(&server.run(&["device", "list", "--json"]), 0).as_array().unwrap().len(), 1);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn devices_are_found() {
    for server in servers() {
        for device in ["B2", "A1", "C3"] {
            phone(&server, device, Version::V16_1).folder_sync().await.unwrap();
        }
        let ids = |arguments: &[&str], code| -> Vec<String> {
            let mut all = vec!["device", "list", "--json"];
            all.extend(arguments);
            let list = json(&server.run(&all), code);
            list.as_array().unwrap().iter().map(|row| row["device_id"].as_str().unwrap().to_owned()).collect()
        };
        assert_eq!(ids(&[], 0), ["A1", "B2", "C3"]);
        assert_eq!(ids(&["--limit", "2"], 0), ["A1", "B2"]);
        assert_eq!(ids(&["c3", "ANNA@"], 0), ["C3"]);
        assert_eq!(ids(&["--account", ANNA, "b2"], 0), ["B2"]);
        decide(&server, "block", "B2", &[]);
        assert_eq!(ids(&["--state", "blocked"], 0), ["B2"]);
        assert_eq!(ids(&["--state", "wiped"], 3), [""; 0]);
        output(&server.run(&["device", "list", "--state", "lost"]), 2);
        output(&server.run(&["device", "list", "--account", "nobody@example.test"]), 2);
        let text = output(&server.run(&["device", "show", ANNA, "A1"]), 0);
        assert!(text.contains("a full wipe:"), "{text}");
        output(&server.run(&["device", "show", ANNA, "Z9"]), 2);
        output(&server.run(&["device", "resync", ANNA, "A1"]), 0);
    }
}
