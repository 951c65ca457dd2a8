//! `fieldpost account`.

use fieldpost_testkit::process::Fieldpost;

use crate::{BINARY, json, output};

#[test]
fn accounts_are_made_listed_and_disabled() {
    for server in Fieldpost::each(BINARY) {
        let text = output(&server.run(&["account", "list"]), 3);
        assert!(text.contains("fieldpost account add"), "{text}");

        let made = json(
            &server.run(&[
                "account",
                "add",
                "alice@example.test",
                "--name",
                "Alice Smith",
                "--alias",
                "sales@example.test",
                "--generate",
                "--json",
            ]),
            0,
        );
        assert_eq!(made["password"].as_str().unwrap().len(), 23);
        server.add_account("bob", "secret");

        let again = output(&server.run(&["account", "add", "SALES@example.test", "--generate"]), 1);
        assert!(again.contains("belongs to an account already"), "{again}");

        output(&server.run(&["account", "disable", "sales@example.test"]), 0);
        let list = json(&server.run(&["account", "list", "--json"]), 0);
        assert_eq!(list[0]["address"], "alice@example.test");
        assert_eq!(list[0]["name"], "Alice Smith");
        assert_eq!(list[0]["disabled"], true);
        assert_eq!(list[1]["address"], "bob@example.test");
        assert!(list[1].get("password").is_none());
        let set = ["account", "set", "alice@example.test", "--time-zone"];
        output(&server.run(&[&set[..], &["Europe/Paris"]].concat()), 0);
        let list = json(&server.run(&["account", "list", "--json"]), 0);
        assert_eq!(list[0]["time_zone"], "Europe/Paris");
        let text = output(&server.run(&[&set[..], &["Europe/Nowhere"]].concat()), 2);
        assert!(text.contains("Europe/Nowhere is no time zone"), "{text}");
        output(&server.run(&[&set[..], &[""]].concat()), 0);
        let list = json(&server.run(&["account", "list", "--json"]), 0);
        assert!(list[0].get("time_zone").is_none());
        output(&server.run(&["account", "enable", "alice@example.test"]), 0);
        let list = json(&server.run(&["account", "list", "--json"]), 0);
        assert_eq!(list[0]["disabled"], false);
    }
}

#[test]
fn what_can_not_be_done_changes_nothing_and_says_why() {
    let server = Fieldpost::new(BINARY);
    let text = output(&server.run(&["account", "disable", "nobody@example.test"]), 2);
    assert!(text.contains("there is no account nobody@example.test"), "{text}");
    let text = output(&server.run(&["account", "add", "not an address", "--generate"]), 2);
    assert!(text.contains("not of the form name@domain"), "{text}");
    let text = output(&server.run(&["account", "add", "a@example.test"]), 2);
    assert!(text.contains("--password-file"), "{text}");
    let text =
        output(&server.run(&["account", "add", "a@example.test", "--password-file", "/nonexistent"]), 2);
    assert!(text.contains("/nonexistent"), "{text}");
    output(&server.run(&["account", "list"]), 3);
    // Mail for a domain that is not among ours never arrives: better said now.
    let text = output(&server.run(&["account", "add", "a@elsewhere.test", "--generate"]), 0);
    assert!(text.contains("elsewhere.test is not among the domains"), "{text}");
}
