//! An independent client, pyactivesync from PyPI, unmodified, over TLS against the real server. What it
//! does is in `pyactivesync/`. `FIELDPOST_TEST_PYTHON` names a Python that has the package.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;

use fieldpost_domain::policy::NamedPolicy;
use fieldpost_server::administration::{Actor, Administration};
use fieldpost_server::clock::SystemClock;
use fieldpost_store::{Options, Store};
use fieldpost_testkit::process::Fieldpost;

use crate::BINARY;

#[test]
fn pyactivesync_does_all_that_a_phone_does_with_mail() {
    drive("mail.py", 12, |_| ());
}

#[test]
fn pyactivesync_does_all_that_a_phone_does_with_other_items() {
    drive("items.py", 11, |_| ());
}

#[test]
fn pyactivesync_provisions_under_a_strict_policy_and_syncs() {
    drive("policies.py", 5, |server| {
        let mut policy = NamedPolicy::proposed("Strict");
        policy.policy.allow_camera = Some(false);
        policy.policy.min_device_password_complex_characters = Some(3);
        policy.policy.alphanumeric_device_password_required = Some(true);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let store = Store::open(server.database(), Options::default()).await.unwrap();
            let acts = Administration::of_store(store.clone(), Arc::new(SystemClock));
            acts.put_policy(&Actor::local(), &policy).await.unwrap();
            acts.set_default_policy(&Actor::local(), Some("Strict")).await.unwrap();
            store.close().await;
        });
    });
}

/// Runs a suite, which says `ok: ` for each of its steps, on each database. `prepare` is done before the server
/// starts.
fn drive(suite: &str, steps: usize, prepare: impl Fn(&Fieldpost)) {
    let Ok(python) = std::env::var("FIELDPOST_TEST_PYTHON") else {
        eprintln!("skipped: set FIELDPOST_TEST_PYTHON to a Python that has pyactivesync 0.17.0");
        return;
    };
    for mut server in Fieldpost::each(BINARY) {
        let alice = server.add_account("alice", "correct horse");
        let bob = server.add_account("bob", "battery staple");
        prepare(&server);
        server.start();
        let asked = serde_json::json!({
            "server": format!("localhost:{}", server.addresses.https[0].port()),
            "lmtp": server.lmtp(),
            "alice": { "address": alice, "password": "correct horse" },
            "bob": { "address": bob, "password": "battery staple" },
        });
        let suite = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/pyactivesync").join(suite);
        let authority = server.addresses.authority.as_ref().unwrap();
        let mut child = Command::new(&python)
            .arg("-B")
            .arg(suite)
            .env("REQUESTS_CA_BUNDLE", authority)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(asked.to_string().as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        println!("{out}");
        assert!(output.status.success(), "{out}\n{err}");
        assert_eq!(out.lines().filter(|line| line.starts_with("ok: ")).count(), steps, "{out}");
        assert_eq!(server.stop(), Some(0));
    }
}
