//! `fieldpost import`.

use std::fs;
use std::path::Path;

use fieldpost_testkit::process::Fieldpost;
use fieldpost_testkit::{message, shared};

use crate::{BINARY, json, output};

fn import(server: &Fieldpost, path: &Path, options: &[&str], code: i32) -> serde_json::Value {
    let path = path.display().to_string();
    let mut arguments = vec!["import", "alice@example.test", &path, "--json"];
    arguments.extend_from_slice(options);
    json(&server.run(&arguments), code)
}

#[test]
fn every_message_of_the_corpus_is_taken_and_once() {
    let Some(corpus) = shared::path("corpus/mail") else { return };
    let count = fs::read_dir(&corpus).unwrap().count() as u64;
    for server in Fieldpost::each(BINARY) {
        server.add_account("alice", "secret");
        let report = import(&server, &corpus, &[], 0);
        assert_eq!(report["added"], count, "{report}");
        let report = import(&server, &corpus, &[], 0);
        assert_eq!(report["added"], 0, "{report}");
        assert_eq!(report["known"], count, "{report}");
    }
}

#[test]
fn an_import_that_was_cut_short_is_run_again() {
    let server = Fieldpost::new(BINARY);
    server.add_account("alice", "secret");
    let maildir = server.folder().join("Maildir");
    for part in ["cur", "new", "tmp"] {
        fs::create_dir_all(maildir.join(part)).unwrap();
    }
    let add = |numbers: std::ops::Range<usize>| {
        for number in numbers {
            let content = message::plain("a@example.test", "alice@example.test", number);
            fs::write(maildir.join(format!("cur/{number}.host:2,S")), content).unwrap();
        }
    };
    add(0..250);
    let report = import(&server, &maildir, &[], 0);
    assert_eq!(report["added"], 250, "{report}");
    add(250..300);
    let report = import(&server, &maildir, &[], 0);
    assert_eq!((&report["added"], &report["known"]), (&50.into(), &250.into()), "{report}");
}

#[test]
fn what_can_not_be_taken_is_named_and_the_rest_arrives() {
    let server = Fieldpost::new(BINARY);
    server.add_account("alice", "secret");
    let tree = server.folder().join("tree");
    fs::create_dir_all(tree.join("Work")).unwrap();
    fs::write(tree.join("1.eml"), message::plain("a@example.test", "alice@example.test", 1)).unwrap();
    fs::write(tree.join("2.eml"), "").unwrap();
    fs::write(tree.join("3.eml"), b"\xff\xfe\x00 not a message at all").unwrap();
    fs::write(tree.join("Work/notes.json"), "{}").unwrap();
    fs::write(tree.join("Work/4"), message::plain("a@example.test", "alice@example.test", 4)).unwrap();
    let report = import(&server, &tree, &[], 3);
    assert_eq!(report["added"], 3, "{report}");
    let refused: Vec<&str> = report["refused"]
        .as_array()
        .unwrap()
        .iter()
        .map(|refusal| refusal["path"].as_str().unwrap())
        .collect();
    assert_eq!(refused.len(), 2, "{report}");
    assert!(refused.iter().any(|path| path.ends_with("2.eml")), "{report}");
    assert!(refused.iter().any(|path| path.ends_with("notes.json")), "{report}");

    let text = output(&server.run(&["import", "alice@example.test", "/nonexistent"]), 2);
    assert!(text.contains("/nonexistent: can't be read"), "{text}");
    let text = output(&server.run(&["import", "nobody@example.test", "tree"]), 2);
    assert!(text.contains("there is no account nobody@example.test"), "{text}");
}

/// Every calendar and every card is stored as it came, or named.
#[test]
fn every_calendar_and_card_of_the_corpus_is_taken_or_named() {
    for folder in ["corpus/calendar", "corpus/contacts"] {
        let Some(corpus) = shared::path(folder) else { return };
        let server = Fieldpost::new(BINARY);
        server.add_account("alice", "secret");
        let path = corpus.display().to_string();
        let output = server.run(&["import", "alice@example.test", &path, "--json"]);
        let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let refused = report["refused"].as_array().unwrap();
        let files = fs::read_dir(&corpus).unwrap().filter(|entry| entry.as_ref().unwrap().path().is_file());
        let named: std::collections::BTreeSet<_> = refused.iter().map(|it| it["path"].to_string()).collect();
        let taken = report["added"].as_u64().unwrap() + report["known"].as_u64().unwrap();
        assert!(taken + named.len() as u64 >= files.count() as u64, "{report}");
        for refusal in refused {
            println!("{refusal}");
        }
        // Those that are taken are taken once.
        let output = server.run(&["import", "alice@example.test", &path, "--json"]);
        let again: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!((&again["added"], again["known"].as_u64()), (&0.into(), Some(taken)), "{again}");
    }
}
