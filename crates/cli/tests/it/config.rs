//! The configuration, as users meet it.

use std::fs;

use fieldpost_testkit::process::Fieldpost;

use crate::{BINARY, json, output};

#[test]
fn a_misspelt_key_stops_every_command_that_needs_the_configuration() {
    let mut server = Fieldpost::new(BINARY);
    server.set("listen", "htps", "[]");
    for command in [&["serve"][..], &["account", "list"], &["config", "show"]] {
        let text = output(&server.run(command), 2);
        let place = format!("{}:", server.configuration().display());
        assert!(text.contains(&place), "{text}");
        assert!(text.contains("[listen] htps: there is no such key; did you mean https?"), "{text}");
    }
}

#[test]
fn a_file_that_is_not_there_is_said() {
    let server = Fieldpost::new(BINARY);
    fs::remove_file(server.configuration()).unwrap();
    let text = output(&server.run(&["config", "show"]), 2);
    assert!(text.contains("the configuration can't be read"), "{text}");
}

#[test]
fn show_tells_origins_and_hides_secrets() {
    let mut server = Fieldpost::new(BINARY);
    server.set("storage", "url", "\"postgres://field:s3cr3t@db.example/mail\"");
    let mut command = server.command(&["config", "show", "--json"]);
    let shown = json(&command.env("FIELDPOST_PUSH__MAX_HEARTBEAT", "10min").output().unwrap(), 0);
    let find = |section: &str, key: &str| {
        let values = shown.as_array().unwrap();
        let found = values.iter().find(|value| value["section"] == section && value["key"] == key);
        found.unwrap().clone()
    };
    assert_eq!(find("storage", "url")["value"], "\"postgres://field:***@db.example/mail\"");
    assert_eq!(find("push", "max_heartbeat")["value"], "\"10min\"");
    assert_eq!(find("push", "max_heartbeat")["origin"], "environment variable FIELDPOST_PUSH__MAX_HEARTBEAT");
    assert_eq!(find("push", "min_heartbeat")["origin"], "default");
    let text = output(&server.run(&["config", "show"]), 0);
    assert!(!text.contains("s3cr3t"), "{text}");
}

#[test]
fn the_example_is_a_configuration() {
    let server = Fieldpost::new(BINARY);
    let example = server.run(&["config", "example"]);
    fs::write(server.configuration(), &example.stdout).unwrap();
    output(&server.run(&["config", "show"]), 0);
}
