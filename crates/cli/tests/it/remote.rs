//! The command line against a running server, as from another machine: without its configuration, with a token.
//! What is decided reaches phones that wait, and what is said is what the store says.

use std::fs;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use fieldpost_eas::Version;
use fieldpost_phone::command::ping::PingOutcome;
use fieldpost_phone::scenario::{self, Silent, Speak};
use fieldpost_phone::state::FolderType;
use fieldpost_phone::{Identity, Phone, PhoneError, Timeouts, Trust};
use fieldpost_testkit::process::Fieldpost;
use serde_json::Value;

use crate::{BINARY, json, output};

const PASSWORD: &str = "correct horse battery staple";
const ANNA: &str = "anna@example.test";
/// From an order to the phone that waits.
const SOON: Duration = Duration::from_secs(2);

/// A server, and an administrator's machine elsewhere.
struct World {
    server: Fieldpost,
    elsewhere: tempfile::TempDir,
}

impl World {
    /// One with SQLite, and one with PostgreSQL where there is one.
    fn each() -> Vec<World> {
        let start = |mut server: Fieldpost| {
            server.set("push", "min_heartbeat", "\"1s\"");
            server.add_account("anna", PASSWORD);
            server.start();
            World { server, elsewhere: tempfile::tempdir().unwrap() }
        };
        Fieldpost::each(BINARY).into_iter().map(start).collect()
    }

    /// Makes a token and puts it into a file of this name elsewhere.
    fn token(&self, role: &str) {
        let made = json(&self.server.run(&["admin", "token", "add", role, "--role", role, "--json"]), 0);
        self.write(role, made["secret"].as_str().unwrap());
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.elsewhere.path().join(name), text).unwrap();
    }

    /// A command as the token's file proves it, at this URL.
    fn at(&self, url: &str, token: &str, arguments: &[&str]) -> Output {
        let mut command = Command::new(BINARY);
        command.args(arguments).args(["--server", url, "--token-file", token]);
        command.arg("--authority").arg(self.server.addresses.authority.as_ref().unwrap());
        command.current_dir(self.elsewhere.path()).stdin(Stdio::null());
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("FIELDPOST_") {
                command.env_remove(name);
            }
        }
        command.output().unwrap()
    }

    fn ask(&self, token: &str, arguments: &[&str]) -> Output {
        self.at(&self.server.admin(), token, arguments)
    }

    async fn phone(&self, device_id: &str, version: Version) -> Phone {
        let identity = Identity::new("anna", PASSWORD.into()).unwrap();
        let identity = identity.with_device_id(device_id).unwrap().with_version(version);
        let authority = fs::read(self.server.addresses.authority.as_ref().unwrap()).unwrap();
        let trust = Trust::authorities_from_pem(&authority).unwrap();
        let timeouts = Timeouts { answer: Duration::from_secs(60), ..Timeouts::default() };
        let mut phone = Phone::new(identity, &self.server.https(), &trust, timeouts).unwrap();
        scenario::connect(&mut phone, Speak::Exactly(version), &mut Silent).await.unwrap();
        phone
    }

    /// What a phone is told that waits while the commands are given one after the other, in time.
    async fn parked(&self, phone: &mut Phone, token: &str, commands: &[&[&str]]) -> PingOutcome {
        let inbox = phone.state.folder_of_type(FolderType::INBOX).unwrap().to_owned();
        phone.sync_all(&[&inbox], |_, _| ()).await.unwrap();
        let mut parked = phone.park(900, &[&inbox]).unwrap();
        parked.connect().await.unwrap();
        let waiting = async { (parked.wait().await, Instant::now()) };
        let ((outcome, woken), ordered) = tokio::join!(waiting, async {
            tokio::time::sleep(Duration::from_millis(700)).await;
            for command in commands {
                let done = tokio::task::block_in_place(|| self.ask(token, command));
                output(&done, 0);
            }
            Instant::now()
        });
        assert!(woken.saturating_duration_since(ordered) < SOON, "{:?}", woken - ordered);
        outcome.unwrap()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wipe_reaches_a_phone_that_waits() {
    for world in World::each() {
        wipe_in(&world).await;
    }
}

async fn wipe_in(world: &World) {
    world.token("help-desk");
    for (version, device, more) in [
        (Version::V16_1, "WAITS161", ["--account-only"].as_slice()),
        (Version::V14_1, "WAITS141", &[]),
        (Version::V12_1, "WAITS121", &[]),
    ] {
        let mut phone = world.phone(device, version).await;
        let order = [&["device", "wipe", ANNA, device, "--confirm", ANNA], more].concat();
        assert_eq!(
            world.parked(&mut phone, "help-desk", &[&order]).await,
            PingOutcome::HierarchyChanged,
            "{version}"
        );
        let told = phone.folder_sync().await.unwrap_err();
        let account_only = !more.is_empty();
        assert!(matches!(told, PhoneError::Wiped { account_only: only } if only == account_only), "{told}");
        let shown = json(&world.ask("help-desk", &["device", "show", ANNA, device, "--json"]), 0);
        assert_eq!((&shown["standing"], &shown["wipe"]["state"]), (&"wiped".into(), &"acknowledged".into()));
        assert_eq!(shown["wipe"]["ordered_by"], "help-desk");
        let cancelled = output(&world.ask("help-desk", &["device", "cancel-wipe", ANNA, device]), 0);
        assert!(cancelled.contains("cancelled"), "{cancelled}");
        world.phone(device, version).await;
    }
    let log = output(&world.server.run(&["audit", "list", "--action", "device.wipe"]), 0);
    assert_eq!(log.lines().filter(|line| line.contains("help-desk (api 127.0.0.1)")).count(), 3, "{log}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_policy_reaches_a_phone_that_waits() {
    for world in World::each() {
        policy_in(&world).await;
    }
}

async fn policy_in(world: &World) {
    world.token("policy");
    world.write(
        "strict.toml",
        "name = \"Strict\"\n[policy]\ndevice_password_enabled = true\nmin_device_password_length = 7\n",
    );
    for version in [Version::V16_1, Version::V12_1] {
        let mut phone = world.phone(&format!("WAITS{}", version.times_ten()), version).await;
        let before = phone.state.policy_key;
        let commands: [&[&str]; 2] = [&["policy", "set", "strict.toml"], &["policy", "default", "Strict"]];
        assert_eq!(world.parked(&mut phone, "policy", &commands).await, PingOutcome::HierarchyChanged);
        phone.folder_sync().await.unwrap();
        assert_ne!(phone.state.policy_key, before, "{version}");
        assert_eq!(phone.state.policy.get("MinDevicePasswordLength"), Some("7"), "{version}");
        let why = output(&world.ask("policy", &["policy", "in-force", ANNA]), 0);
        assert_eq!(why, "Strict\tit is the default\n");
        output(&world.ask("policy", &["policy", "default", "--none"]), 0);
    }
    output(&world.ask("policy", &["policy", "delete", "Strict"]), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_that_waits_is_out_with_its_account() {
    for world in World::each() {
        out_in(&world).await;
    }
}

async fn out_in(world: &World) {
    world.token("policy");
    let mut phone = world.phone("LEFT1", Version::V14_1).await;
    let disable: [&[&str]; 1] = [&["account", "disable", ANNA]];
    assert_eq!(world.parked(&mut phone, "policy", &disable).await, PingOutcome::HierarchyChanged);
    phone.folder_sync().await.unwrap_err();
    output(&world.ask("policy", &["account", "enable", ANNA]), 0);
    phone.folder_sync().await.unwrap();
    let log = output(&world.server.run(&["audit", "list", "--action", "account.disable"]), 0);
    assert!(log.contains("policy (api 127.0.0.1)") && log.contains(ANNA), "{log}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_store_and_the_server_say_the_same() {
    for world in World::each() {
        same_in(&world).await;
    }
}

async fn same_in(world: &World) {
    world.token("owner");
    world.phone("SAME1", Version::V16_1).await;
    world.phone("SAME2", Version::V14_1).await;
    output(&world.ask("owner", &["device", "block", ANNA, "SAME2"]), 0);
    let made = json(&world.ask("owner", &["account", "app-password", "add", ANNA, "tablet", "--json"]), 0);
    assert_eq!(made["secret"].as_str().unwrap().len(), 23);
    output(&world.ask("owner", &["switches", "set", "max_devices=7", "versions=14.1,16.1"]), 0);
    output(&world.ask("owner", &["switches", "set", "--account", ANNA, "direct_push=false"]), 0);
    output(&world.ask("owner", &["admin", "add", ANNA, "--as", "account", "--role", "view"]), 0);
    for arguments in [
        ["device", "list"].as_slice(),
        &["device", "list", "same1"],
        &["device", "rules", "show"],
        &["device", "wipe-rules", "show"],
        &["policy", "default"],
        &["admin", "list"],
        &["switches", "show"],
        &["switches", "show", "--account", ANNA],
        &["policy", "explain", "allow_camera"],
        &["admin", "token", "list"],
        &["account", "list"],
        &["account", "list", "--disabled", "false", "--text", "anna"],
        &["account", "app-password", "list", ANNA],
        &["audit", "list", "--limit", "3"],
        &["audit", "verify"],
    ] {
        for form in [None, Some("--json")] {
            let arguments: Vec<&str> = arguments.iter().copied().chain(form).collect();
            let there = output(&world.ask("owner", &arguments), 0);
            assert_eq!(output(&world.server.run(&arguments), 0), there, "{arguments:?}");
            assert!(!there.trim().is_empty(), "{arguments:?}");
        }
    }
    // What the device asked is known to the server alone; all else that is said of it is the same.
    let show = ["device", "show", ANNA, "SAME2", "--json"];
    let (mut there, mut here) = (json(&world.ask("owner", &show), 0), json(&world.server.run(&show), 0));
    assert_eq!(there["diagnosis"]["findings"][0]["what"], "It is blocked.");
    assert_eq!(here["diagnosis"]["findings"][0], there["diagnosis"]["findings"][0]);
    assert_eq!((&there["diagnosis"]["waits"], &here["diagnosis"]["waits"]), (&false.into(), &Value::Null));
    for said in [&mut there, &mut here] {
        said.as_object_mut().unwrap().remove("diagnosis");
    }
    assert_eq!(here, there);
    let head = json(&world.ask("owner", &["audit", "verify", "--json"]), 0)["head"].clone();
    output(&world.ask("owner", &["audit", "verify", "--noted", head.as_str().unwrap()]), 0);
    let csv = output(&world.ask("owner", &["audit", "export"]), 0);
    assert!(csv.contains("\"api\"") && csv.contains("\"command-line\""), "{csv}");
    let number = json(&world.ask("owner", &["account", "app-password", "list", ANNA, "--json"]), 0)[0]["id"]
        .to_string();
    output(&world.ask("owner", &["account", "app-password", "remove", ANNA, &number]), 0);
    output(&world.ask("owner", &["account", "app-password", "list", ANNA]), 3);
}

#[test]
fn what_goes_wrong_is_told_apart() {
    for world in World::each() {
        wrong_in(&world);
    }
}

fn wrong_in(world: &World) {
    world.token("view");
    world.token("help-desk");
    world.write("wrong", "fieldpost_0123456789abcdef0123456789abcdef");
    let wipe = ["device", "wipe", ANNA, "NONE", "--confirm", ANNA];
    for (token, arguments, code, word) in [
        ("wrong", ["device", "list"].as_slice(), 1, "token"),
        ("view", &wipe, 1, "help-desk"),
        ("help-desk", &wipe, 2, "NONE"),
        ("help-desk", &["device", "show", "nobody@example.test", "NONE"], 2, "nobody"),
        ("help-desk", &["device", "list", "--account", "nobody@example.test"], 2, "nobody"),
        ("help-desk", &["policy", "show", "a/b"], 2, "a/b"),
        ("help-desk", &["admin", "token", "list"], 1, "owner"),
        ("help-desk", &["switches", "set", "colour=red"], 2, "colour"),
        ("help-desk", &["account", "disable", ANNA], 1, "policy"),
        ("help-desk", &["account", "list", "--text", "nobody"], 3, "no account"),
        ("nowhere", &["device", "list"], 2, "nowhere"),
        ("view", &["device", "list"], 3, "no device"),
    ] {
        let said = output(&world.ask(token, arguments), code);
        assert!(said.contains(word), "{arguments:?}: {said}");
    }
    // The phones' listener, one without TLS elsewhere, one where nobody listens, no token.
    let listing = ["device", "list"];
    let phones = output(&world.at(&world.server.https(), "view", &listing), 1);
    assert!(phones.contains("[admin]"), "{phones}");
    let clear = output(&world.at("http://fieldpost.example", "view", &listing), 2);
    assert!(clear.contains("https"), "{clear}");
    output(&world.at("https://localhost:1", "view", &listing), 1);
    output(&world.server.run(&["device", "list", "--server", "https://localhost"]), 2);
    // A token that was removed is good for nothing.
    output(&world.server.run(&["admin", "token", "remove", "view"]), 0);
    output(&world.ask("view", &listing), 1);
    output(&world.server.run(&["admin", "token", "remove", "view"]), 2);
    let again = output(&world.server.run(&["admin", "token", "add", "help-desk", "--role", "view"]), 1);
    assert!(again.contains("already"), "{again}");
    let log = json(&world.server.run(&["audit", "list", "--outcome", "denied", "--json"]), 0);
    let denied: Vec<&Value> = log.as_array().unwrap().iter().map(|entry| &entry["action"]).collect();
    assert!(denied.contains(&&"device.wipe".into()), "{log}");
}

/// Each act that the web tool and the store have is there from elsewhere, too.
#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_done_here_is_done_from_elsewhere() {
    for world in World::each() {
        administrators(&world);
        policies(&world);
        devices(&world).await;
    }
}

fn administrators(world: &World) {
    world.token("owner");
    let ask = |arguments: &[&str], code| output(&world.ask("owner", arguments), code);
    let list = ask(&["admin", "list"], 3);
    assert!(list.contains("admin add NAME --role owner"), "{list}");
    let made =
        json(&world.ask("owner", &["admin", "add", "root", "--role", "owner", "--generate", "--json"]), 0);
    assert_eq!((made["role"].as_str(), made["password"].as_str().map(str::len)), (Some("owner"), Some(23)));
    let again = ask(&["admin", "add", "root", "--role", "view", "--generate"], 1);
    assert!(again.contains("already"), "{again}");
    ask(&["admin", "add", ANNA, "--as", "account", "--role", "help-desk"], 0);
    assert_eq!(
        ask(&["admin", "role", ANNA, "owner", "--as", "account"], 0),
        format!("{ANNA}\taccount\towner\n")
    );
    world.write("new password", "another battery staple\n");
    let set = ask(&["admin", "passwd", "root", "--password-file", "new password"], 0);
    assert!(!set.contains("battery"), "{set}");
    ask(&["admin", "totp-reset", "root"], 0);
    for missing in [["admin", "remove", "nobody"].as_slice(), &["admin", "role", "nobody", "view"]] {
        ask(missing, 2);
    }
    ask(&["admin", "remove", "root"], 0);
    let last = ask(&["admin", "role", ANNA, "view", "--as", "account"], 1);
    assert!(last.contains("only owner"), "{last}");
    let here = output(&world.server.run(&["admin", "list"]), 0);
    assert_eq!(here, ask(&["admin", "list"], 0));
    let health = json(&world.ask("owner", &["admin", "health", "--json"]), 0);
    assert_eq!(health["database"]["writable"], true);
    assert!(health["running"]["seconds"].as_i64().is_some(), "{health}");
    let here = json(&world.server.run(&["admin", "health", "--json"]), 0);
    assert_eq!((&here["database"]["kind"], &here["running"]), (&health["database"]["kind"], &Value::Null));
    assert!(ask(&["admin", "activity"], 0).lines().count() > 200);
    output(&world.server.run(&["admin", "activity"]), 3);
    let lines = ask(&["admin", "health"], 0);
    assert!(lines.contains("database\twritable\ttrue") && lines.contains("waiting phones\t0"), "{lines}");
}

fn policies(world: &World) {
    let ask = |arguments: &[&str], code| output(&world.ask("owner", arguments), code);
    for (empty, word) in [("groups", "no group"), ("exemptions", "no account")] {
        let said = ask(&["policy", empty], 3);
        assert!(said.contains(word), "{said}");
    }
    for name in ["Strict", "Light"] {
        world.write("policy.toml", &format!("name = {name:?}\n[policy]\nallow_camera = false\n"));
        let set = json(&world.ask("owner", &["policy", "set", "policy.toml", "--json"]), 0);
        assert_eq!(set["policy"]["name"], name);
    }
    for (group, policy) in [("board@example.test", "Strict"), ("sales@example.test", "Light")] {
        output(&world.server.run(&["group", "add", group]), 0);
        ask(&["policy", "assign", group, policy, "--group"], 0);
    }
    let (board, sales) = ("board@example.test\tStrict\n", "sales@example.test\tLight\n");
    assert_eq!(ask(&["policy", "groups"], 0), format!("{board}{sales}"));
    assert_eq!(ask(&["policy", "order", "sales@example.test"], 0), format!("{sales}{board}"));
    ask(&["policy", "order", "nobody@example.test"], 2);
    ask(&["policy", "accounts", "Strict"], 3);
    ask(&["policy", "accounts", "None"], 2);
    ask(&["policy", "assign", ANNA, "Strict"], 0);
    assert_eq!(ask(&["policy", "accounts", "strict"], 0), format!("{ANNA}\n"));
    ask(&["policy", "exempt", ANNA], 0);
    assert_eq!(json(&world.ask("owner", &["policy", "exemptions", "--json"]), 0), serde_json::json!([ANNA]));
    ask(&["policy", "assign", ANNA, "--none"], 0);
    let default = ask(&["policy", "default"], 0);
    assert!(default.contains("configuration file"), "{default}");
    ask(&["policy", "default", "light"], 0);
    assert_eq!(ask(&["policy", "default"], 0), "Light\n");
    ask(&["policy", "default", "--none"], 0);
}

async fn devices(world: &World) {
    world.token("help-desk");
    let ask = |token: &str, arguments: &[&str], code| output(&world.ask(token, arguments), code);
    // A policy that has phones leave a password here.
    world.write(
        "recovery.toml",
        "name = \"Recovery\"\n[policy]\ndevice_password_enabled = true\npassword_recovery_enabled = true\n",
    );
    ask("owner", &["policy", "set", "recovery.toml"], 0);
    ask("owner", &["policy", "default", "Recovery"], 0);
    let mut phone = world.phone("LOST1", Version::V16_1).await;
    let none = ask("help-desk", &["device", "recovery-password", ANNA, "LOST1"], 2);
    assert!(none.contains("LOST1"), "{none}");
    phone.escrow_password("4711 geheim").await.unwrap();
    assert_eq!(ask("help-desk", &["device", "recovery-password", ANNA, "LOST1"], 0), "4711 geheim\n");
    // The key lies beside the database: whoever may read it needs no server.
    assert_eq!(
        output(&world.server.run(&["device", "recovery-password", ANNA, "LOST1"]), 0),
        "4711 geheim\n"
    );

    let asked = ask("help-desk", &["device", "exchanges", ANNA, "LOST1"], 0);
    assert!(asked.lines().next().unwrap().contains("\tSettings\t16.1\tHTTP 200, status 1\t"), "{asked}");
    let outlines = ask("help-desk", &["device", "exchanges", ANNA, "LOST1", "--outlines"], 0);
    assert!(outlines.contains("<DevicePassword") && !outlines.contains("geheim"), "{outlines}");
    let here = output(&world.server.run(&["device", "exchanges", ANNA, "LOST1"]), 3);
    assert!(here.contains("--server"), "{here}");

    ask("owner", &["switches", "set", "--account", ANNA, "active_sync=false"], 0);
    let stuck = ask("help-desk", &["device", "show", ANNA, "LOST1"], 0);
    assert!(stuck.contains("stuck: ActiveSync is switched off for its account"), "{stuck}");
    assert!(stuck.contains("policy: taken"), "{stuck}");
    ask("owner", &["switches", "set", "--account", ANNA, "active_sync="], 0);

    ask("help-desk", &["device", "listed", ANNA], 3);
    ask("help-desk", &["device", "allow", ANNA, "NEVER-CAME"], 0);
    let listed = ask("help-desk", &["device", "listed", ANNA], 0);
    assert!(listed.starts_with("NEVER-CAME\tallow\thelp-desk\t"), "{listed}");
    let done = json(&world.ask("help-desk", &["device", "unlist", ANNA, "NEVER-CAME", "--json"]), 0);
    assert_eq!((&done["device_id"], &done["done"]), (&"NEVER-CAME".into(), &"rules".into()));
    ask("help-desk", &["device", "list", "--not-since", "2026-01-01T00:00:00Z"], 3);
    assert_eq!(ask("help-desk", &["device", "list", "--latest"], 0).lines().count(), 1);
    ask("owner", &["device", "proposed-wipes"], 3);
    assert_eq!(
        ask("owner", &["device", "wipe-rules", "set", "needs_approval=true"], 0),
        "needs_approval=true\n"
    );
    ask("help-desk", &["device", "wipe-rules", "set", "needs_approval=false"], 1);
    ask("owner", &["device", "wipe-rules", "set", "colour=red"], 2);
    ask("help-desk", &["device", "wipe", ANNA, "LOST1", "--confirm", ANNA], 0);
    assert_eq!(ask("owner", &["device", "proposed-wipes"], 0), format!("{ANNA}\tLOST1\n"));
    phone.folder_sync().await.unwrap();
    let own = ask("help-desk", &["device", "approve-wipe", ANNA, "LOST1"], 1);
    assert!(own.contains("help-desk"), "{own}");
    ask("owner", &["device", "approve-wipe", ANNA, "LOST1"], 0);
    assert!(matches!(phone.folder_sync().await, Err(PhoneError::Wiped { .. })));
    ask("owner", &["device", "wipe-rules", "set", "needs_approval=false"], 0);
}
