//! `fieldpost doctor` finds what is wrong and says what to do.

use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;

use fieldpost_testkit::process::Fieldpost;
use serde_json::Value;

use crate::{BINARY, json};

/// The findings about one thing that does not work.
fn bad(server: &Fieldpost, check: &str) -> Vec<String> {
    let found = json(&server.run(&["doctor", "--json"]), 1);
    of(&found, check, "bad")
}

fn of(found: &Value, check: &str, verdict: &str) -> Vec<String> {
    let about = |finding: &&Value| finding["check"] == check && finding["verdict"] == verdict;
    let findings = found.as_array().unwrap().iter().filter(about);
    findings.map(|finding| finding["text"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn nothing_is_wrong() {
    for mut server in Fieldpost::each(BINARY) {
        let found = json(&server.run(&["doctor", "--json"]), 0);
        assert!(!of(&found, "storage", "good").is_empty(), "{found}");
        let text = crate::output(&server.run(&["doctor"]), 0);
        assert!(text.contains("✓ ports"), "{text}");
        assert!(text.contains("Nothing keeps the server from working."), "{text}");
        // A server that runs is found in its place, and its certificate and database are looked at.
        server.start();
        let found = json(&server.run(&["doctor", "--json"]), 0);
        let ports = of(&found, "ports", "warning");
        assert!(ports.iter().any(|text| text.contains("fieldpost itself")), "{found}");
        assert!(of(&found, "storage", "good").iter().any(|text| text.contains("schema version")), "{found}");
        assert!(of(&found, "certificate", "good").iter().any(|text| text.contains("localhost")), "{found}");
    }
}

#[test]
fn a_port_in_use() {
    let mut server = Fieldpost::new(BINARY);
    let other = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = other.local_addr().unwrap().port();
    server.set("listen", "https", &format!("[\"127.0.0.1:{port}\"]"));
    let text = bad(&server, "ports").join("\n");
    assert!(text.contains(&format!("port {port} is in use")), "{text}");
    assert!(text.contains(&format!("process {}", std::process::id())), "{text}");
    assert!(text.contains("choose another port"), "{text}");
}

#[test]
fn a_key_that_can_not_be_read_or_belongs_to_another_certificate() {
    let mut server = Fieldpost::new(BINARY);
    // Certificates to try with: those that servers make for themselves.
    let own = |server: &mut Fieldpost| {
        server.start();
        assert_eq!(server.stop(), Some(0));
        let folder = server.folder().join("certificate");
        let files = fs::read_dir(folder).unwrap().flatten().map(|entry| entry.path());
        let (keys, certificates): (Vec<_>, Vec<_>) = files
            .filter(|path| !path.to_string_lossy().contains("authority"))
            .partition(|path| path.to_string_lossy().contains("key"));
        (certificates[0].clone(), keys[0].clone())
    };
    let (certificate, key) = own(&mut server);
    let quoted = |path: &std::path::Path| format!("{:?}", path.display().to_string());
    server.set("tls", "certificate", &quoted(&certificate)).set("tls", "key", "\"nothing.pem\"");
    let text = bad(&server, "certificate").join("\n");
    assert!(text.contains("nothing.pem can't be read"), "{text}");

    server.set("tls", "key", &quoted(&certificate));
    let text = bad(&server, "certificate").join("\n");
    assert!(text.contains("exchanged"), "{text}");

    let mut second = Fieldpost::new(BINARY);
    let (_, other_key) = own(&mut second);
    server.set("tls", "key", &quoted(&other_key));
    let text = bad(&server, "certificate").join("\n");
    assert!(text.contains("does not belong to the certificate"), "{text}");

    // Whoever may read everything can't be shown what others may not read.
    if !rustix::process::geteuid().is_root() {
        fs::set_permissions(&key, fs::Permissions::from_mode(0o0)).unwrap();
        server.set("tls", "key", &quoted(&key));
        let text = bad(&server, "certificate").join("\n");
        assert!(text.contains("may read it"), "{text}");
    }
}

#[test]
fn a_wrong_database_url() {
    let mut server = Fieldpost::new(BINARY);
    server.set("storage", "url", "\"mysql://host/db\"");
    let text = bad(&server, "configuration").join("\n");
    assert!(text.contains("[storage] url") && text.contains("postgres://"), "{text}");

    server.set("storage", "url", "\"postgres://nobody@127.0.0.1:1/nothing\"");
    let text = bad(&server, "storage").join("\n");
    assert!(text.contains("127.0.0.1:1"), "{text}");

    fs::write(
        server.folder().join("not.db"),
        "this is not a database, but long enough to be looked at\n".repeat(99),
    )
    .unwrap();
    server.set("storage", "url", "\"sqlite:not.db\"");
    let text = bad(&server, "storage").join("\n");
    assert!(text.contains("not.db"), "{text}");

    server.set("storage", "url", "\"sqlite:/proc/fieldpost.db\"");
    let text = bad(&server, "storage").join("\n");
    assert!(text.contains("/proc"), "{text}");
}

#[test]
fn a_full_disk() {
    // A small file system of its own needs rights that not everybody has. Where there is none, the tests
    // of the space that is left have to do.
    let mut server = Fieldpost::new(BINARY);
    let small = server.folder().join("small");
    fs::create_dir(&small).unwrap();
    let mounted = std::process::Command::new("mount")
        .args(["-t", "tmpfs", "-o", "size=1m", "fieldpost-test"])
        .arg(&small)
        .status();
    if !mounted.is_ok_and(|status| status.success()) {
        eprintln!("skipped: a small file system can't be mounted by this user");
        return;
    }
    fs::write(small.join("fill"), vec![1; 1 << 19]).unwrap();
    server.set("server", "data", &format!("{:?}", small.display().to_string()));
    server.set("storage", "url", &format!("\"sqlite:{}/fieldpost.db\"", small.display()));
    let text = std::panic::catch_unwind(|| bad(&server, "storage").join("\n"));
    let unmounted = std::process::Command::new("umount").arg(&small).status();
    assert!(unmounted.is_ok_and(|status| status.success()));
    let text = text.unwrap();
    assert!(text.contains("is full") && text.contains("free some space"), "{text}");
}

#[test]
fn a_smarthost_that_is_not_there() {
    let mut server = Fieldpost::new(BINARY);
    server.set("smarthost", "host", "\"127.0.0.1\"").set("smarthost", "port", "1");
    let text = bad(&server, "smarthost").join("\n");
    assert!(text.contains("127.0.0.1:1 can't be reached"), "{text}");
}

#[test]
fn a_configuration_that_is_wrong_is_a_finding() {
    let mut server = Fieldpost::new(BINARY);
    server.set("server", "nmae", "\"x\"").set("push", "min_heartbeat", "\"never\"");
    let texts = bad(&server, "configuration");
    assert_eq!(texts.len(), 2, "{texts:?}");
}

#[test]
fn who_reads_the_mail_for_postmaster() {
    let mut server = Fieldpost::new(BINARY);
    server.add_account("anna", "correct horse battery staple");
    let find = |server: &Fieldpost, verdict: &str| {
        of(&json(&server.run(&["doctor", "--json"]), 0), "mail", verdict).join("\n")
    };
    assert!(find(&server, "good").contains("goes to anna@example.test, the oldest account"));
    server.set("mail", "postmaster", "\"post@example.test\"");
    server.set("mail", "open_groups", "[\"info@example.test\"]");
    let text = find(&server, "warning");
    assert!(
        text.contains("no account post@example.test") && text.contains("no group info@example.test"),
        "{text}"
    );
}
