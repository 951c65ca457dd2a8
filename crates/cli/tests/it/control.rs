//! Devices under control, at the front door: the real program, real phones over TLS, orders by the command
//! line, and `kill -9` at every point, on SQLite and PostgreSQL.

mod device;
mod elsewhere;
mod log;
mod push;
mod quarantine;
mod wipe;

use std::fs;
use std::time::Duration;

use fieldpost_eas::Version;
use fieldpost_phone::{Identity, Phone, Timeouts, Trust};
use fieldpost_testkit::process::Fieldpost;
use serde_json::Value;

use crate::{BINARY, json, output};

const PASSWORD: &str = "correct horse battery staple";
const ANNA: &str = "anna@example.test";
const DEVICE: &str = "CONTROLLED1";

/// Servers that run, one with each database, and have an account.
fn servers() -> Vec<Fieldpost> {
    let mut servers = Fieldpost::each(BINARY);
    for server in &mut servers {
        server.set("push", "min_heartbeat", "\"1s\"");
        server.add_account("anna", PASSWORD);
        server.start();
    }
    servers
}

/// A phone of the account, not yet connected.
fn phone(server: &Fieldpost, device_id: &str, version: Version) -> Phone {
    let identity = Identity::new("anna", PASSWORD.into()).unwrap();
    let identity = identity.with_device_id(device_id).unwrap().with_version(version);
    let authority = fs::read(server.addresses.authority.as_ref().unwrap()).unwrap();
    let trust = Trust::authorities_from_pem(&authority).unwrap();
    let timeouts = Timeouts { answer: Duration::from_secs(60), ..Timeouts::default() };
    Phone::new(identity, &server.https(), &trust, timeouts).unwrap()
}

/// `fieldpost device COMMAND anna DEVICE ARGUMENTS`, which succeeds.
fn decide(server: &Fieldpost, command: &str, device_id: &str, more: &[&str]) {
    let mut arguments = vec!["device", command, ANNA, device_id];
    arguments.extend(more);
    output(&server.run(&arguments), 0);
}

fn order_wipe(server: &Fieldpost, device_id: &str) {
    decide(server, "wipe", device_id, &["--confirm", ANNA]);
}

/// What `device show` says.
fn shown(server: &Fieldpost, device_id: &str) -> Value {
    json(&server.run(&["device", "show", ANNA, device_id, "--json"]), 0)
}

fn wipe_state(server: &Fieldpost, device_id: &str) -> String {
    shown(server, device_id)["wipe"]["state"].as_str().unwrap_or_default().to_owned()
}
