//! `fieldpost demo`.

use std::process::Command;

use crate::{BINARY, output};

fn demo(arguments: &[&str]) -> String {
    let mut command = Command::new(BINARY);
    command.args(["demo", "--exit", "--listen", "127.0.0.1:0"]).args(arguments);
    output(&command.output().unwrap(), 0)
}

#[test]
fn a_simulated_phone_is_pushed_a_message() {
    let text = demo(&[]);
    for part in [
        "took the server's policy",
        "knows 10 folders",
        "Inbox: ",
        "parks a Ping",
        "is told of it",
        "fetches it",
    ] {
        assert!(text.contains(part), "{part} in\n{text}");
    }
}

#[test]
fn a_folder_that_is_kept_keeps_accounts_passwords_and_mail() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().join("demo").display().to_string();
    let accounts = |text: &str| -> Vec<String> {
        text.lines().filter(|line| line.contains("password")).map(str::to_owned).collect()
    };
    let first = demo(&["--dir", &folder]);
    let second = demo(&["--dir", &folder]);
    assert_eq!(accounts(&first).len(), 3, "{first}");
    assert_eq!(accounts(&first), accounts(&second));
    // The message that was pushed the first time is there, and nothing is twice.
    let messages = |text: &str| -> u32 {
        let line = text.lines().find(|line| line.contains("up to date: ")).unwrap();
        line.split("up to date: ").nth(1).unwrap().split(' ').next().unwrap().parse().unwrap()
    };
    assert_eq!(messages(&second), messages(&first) + 1, "{second}");
}
