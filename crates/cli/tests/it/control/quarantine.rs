//! Quarantine and release, with the server killed in between.

use std::fs;

use fieldpost_eas::Version;
use fieldpost_phone::command::ping::PingOutcome;
use fieldpost_phone::state::FolderType;
use fieldpost_testkit::process::Fieldpost;

use super::{DEVICE, decide, phone, servers, shown};
use crate::output;

fn set_rules(server: &Fieldpost, rules: &str, code: i32) -> String {
    let file = server.folder().join("rules.json");
    fs::write(&file, rules).unwrap();
    output(&server.run(&["device", "rules", "set", file.to_str().unwrap()]), code)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_waits_and_is_released() {
    for mut server in servers() {
        set_rules(&server, r#"{"default": "quarantine", "rules": []}"#, 0);
        for version in [Version::V2_5, Version::V12_1, Version::V14_1, Version::V16_1] {
            let device = format!("{DEVICE}v{}", version.times_ten());
            let mut phone = phone(&server, &device, version);
            phone.folder_sync().await.unwrap();
            let inbox = phone.state.folder_of_type(FolderType::INBOX).unwrap().to_owned();
            phone.sync_all(&[&inbox], |_, _| ()).await.unwrap();
            assert_eq!(phone.state.items(&inbox).count(), 1, "{version}");
            server.kill_and_start();
            phone.disconnect();
            assert_eq!(shown(&server, &device)["standing"], "quarantined");
            assert_eq!(phone.ping(1, &[&inbox]).await.unwrap(), PingOutcome::Quiet);
            decide(&server, "release", &device, &[]);
            server.kill_and_start();
            phone.disconnect();
            assert_eq!(phone.ping(60, &[&inbox]).await.unwrap(), PingOutcome::Changed(vec![inbox.clone()]));
            phone.sync_all(&[&inbox], |_, _| ()).await.unwrap();
            // What is in the mailbox by now: a letter for each phone so far, once each.
            let letters = phone.state.items(&inbox).count();
            let mut again = super::phone(&server, &device, version);
            again.folder_sync().await.unwrap();
            again.sync_all(&[&inbox], |_, _| ()).await.unwrap();
            assert_eq!(again.state.items(&inbox).count(), letters, "{version}");
            assert_eq!(shown(&server, &device)["standing"], "allowed");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn rules_block_and_persons_overrule_them() {
    for server in servers() {
        let bad = set_rules(&server, r#"{"rules": [{"action": "block"}, {"action": "allow"}]}"#, 2);
        assert!(bad.contains("rule 1"), "{bad}");
        let unreadable = set_rules(&server, r#"{"rules": [{"action": "explode"}]}"#, 2);
        assert!(unreadable.contains("explode"), "{unreadable}");
        set_rules(
            &server,
            r#"{"rules": [{"name": "no 16.1", "when": {"device_id": "control*"}, "action": "block"}]}"#,
            0,
        );
        let mut phone = phone(&server, DEVICE, Version::V16_1);
        assert_eq!(phone.folder_sync().await.unwrap_err().status(), Some(129));
        assert_eq!(shown(&server, DEVICE)["because"], "rule 1: no 16.1");
        decide(&server, "allow", DEVICE, &[]);
        phone.folder_sync().await.unwrap();
        decide(&server, "unlist", DEVICE, &[]);
        assert_eq!(phone.folder_sync().await.unwrap_err().status(), Some(129));
        decide(&server, "release", DEVICE, &[]);
        phone.folder_sync().await.unwrap();
        decide(&server, "block", DEVICE, &[]);
        phone.identity.version = Version::V12_1;
        assert!(matches!(phone.folder_sync().await.unwrap_err(), fieldpost_phone::PhoneError::Forbidden));
    }
}
