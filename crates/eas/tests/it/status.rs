//! Status codes against the table of the reference.

use std::collections::BTreeMap;

use fieldpost_eas::command::CommandName;
use fieldpost_eas::status::{self, Common};

use crate::table::rows;

#[test]
fn common_codes_are_those_of_the_table() {
    let rows: Vec<_> = rows("status-codes.tsv").into_iter().filter(|r| r[0] == "common").collect();
    assert_eq!(rows.len(), Common::ALL.len());
    for row in rows {
        let status = Common::from_code(row[1].parse().unwrap()).unwrap();
        assert_eq!(status.since().name(), row[4], "{status}");
        let http: Option<u16> = row[3].get(..3).and_then(|h| h.parse().ok());
        match status {
            // 403 without a policy key, 449 with one; the caller knows which.
            Common::RemoteWipeRequested => assert_eq!(row[3], "403 without key, 449 with"),
            _ => assert_eq!(status.http_up_to_12_1(CommandName::Sync), http, "{status}"),
        }
        let name = row[2].split([':', ' ']).next().unwrap().replace('_', "");
        if name.starts_with(|c: char| c.is_ascii_uppercase()) && !name.starts_with("IRM") {
            let ours = format!("{status:?}");
            let renamed = [Common::BodyPartConversationTooLarge, Common::AvailabilityListTooLarge];
            let renamed = renamed.contains(&status) || status == Common::MoveDestinationInvalid;
            assert!(renamed || name.contains(&ours) || ours.contains(&name), "{name} is {ours}");
        }
    }
    assert_eq!(Common::InvalidIDs.http_up_to_12_1(CommandName::SendMail), Some(500));
    assert_eq!(Common::SyncStateNotFound.http_up_to_12_1(CommandName::Provision), Some(500));
    assert_eq!(Common::from_code(1), None);
}

#[test]
fn codes_of_the_commands_are_those_of_the_table() {
    let mut table: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    for row in rows("status-codes.tsv").into_iter().filter(|r| r[0] != "common") {
        // Autodiscover's codes are not a byte; it is no WBXML command.
        if let Ok(code) = row[1].parse() {
            table.entry(row[0].clone()).or_default().push(code);
        }
    }
    for (scope, codes) in status::SCOPES {
        let ours: Vec<u8> = codes.iter().map(|(code, _)| *code).collect();
        assert_eq!(Some(&ours), table.get(*scope), "{scope}");
    }
}

#[test]
fn a_status_means_what_its_command_says() {
    assert_eq!(
        status::meaning(CommandName::Ping, status::ping::CHANGES),
        Some("Something changed: see `Folders`.")
    );
    assert_eq!(
        status::meaning(CommandName::Sync, 142),
        Some("The device must come for its policy with Provision.")
    );
    assert_eq!(status::meaning(CommandName::Sync, 99), None);
}
