//! `fieldpost audit`: the log is listed, filtered, exported and verified.

use super::{ANNA, decide, servers};
use crate::{json, output};

#[test]
fn the_log_is_read_and_verified() {
    for server in servers() {
        let empty = output(&server.run(&["audit", "list"]), 3);
        assert!(empty.contains("no entry"), "{empty}");
        decide(&server, "block", "A1", &[]);
        decide(&server, "allow", "B2", &[]);
        output(&server.run(&["device", "release", ANNA, "Z9"]), 2);
        let all = json(&server.run(&["audit", "list", "--json"]), 0);
        let rows: Vec<_> =
            all.as_array().unwrap().iter().map(|row| (&row["action"], &row["outcome"])).collect();
        let row = |action: &str, outcome: &str| (action.to_owned(), outcome.to_owned());
        let rows: Vec<_> = rows
            .into_iter()
            .map(|(action, outcome)| row(action.as_str().unwrap(), outcome.as_str().unwrap()))
            .collect();
        let expected =
            [row("device.release", "failed"), row("device.allow", "done"), row("device.block", "done")];
        assert_eq!(rows, expected);
        let one =
            output(&server.run(&["audit", "list", "--device", "B2", "--mailbox", "ANNA@example.test"]), 0);
        assert!(one.starts_with("2\t") && one.contains("local (command-line)"), "{one}");
        output(&server.run(&["audit", "list", "--from", "2100-01-01T00:00:00Z"]), 3);
        let csv = output(&server.run(&["audit", "export"]), 0);
        assert_eq!(csv.lines().count(), 4);
        assert!(csv.starts_with("number,time,actor"), "{csv}");
        let file = server.folder().join("log.json");
        let arguments = ["audit", "export", "--format", "json", "--output", file.to_str().unwrap()];
        output(&server.run(&arguments), 0);
        assert_eq!(std::fs::read_to_string(file).unwrap().lines().count(), 3);
        let verified = json(&server.run(&["audit", "verify", "--json"]), 0);
        let head = verified["head"].as_str().unwrap();
        output(&server.run(&["audit", "verify", "--noted", head]), 0);
        let forged = format!("2:{}", head.split_once(':').unwrap().1);
        let damaged = output(&server.run(&["audit", "verify", "--noted", &forged]), 1);
        assert!(damaged.contains("written anew"), "{damaged}");
        output(&server.run(&["audit", "verify", "--noted", "1:ab"]), 2);
    }
}
