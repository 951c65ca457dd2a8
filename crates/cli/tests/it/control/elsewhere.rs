//! What the command line does on the store, beside the server, reaches phones that wait: within two seconds.

use std::sync::Arc;
use std::time::{Duration, Instant};

use fieldpost_eas::Version;
use fieldpost_phone::command::ping::PingOutcome;
use fieldpost_phone::state::FolderType;
use fieldpost_phone::{Phone, PhoneError};
use fieldpost_testkit::message;
use fieldpost_testkit::process::Fieldpost;

use super::{ANNA, decide, order_wipe, phone, servers, wipe_state};
use crate::output;

/// What is promised, from the end of the command on.
const SOON: Duration = Duration::from_secs(2);

/// Parks the phone in a Ping, runs a command meanwhile, and tells what the Ping was answered.
async fn parked(
    server: &Arc<Fieldpost>,
    phone: &mut Phone,
    command: impl FnOnce(&Fieldpost) + Send + 'static,
) -> PingOutcome {
    phone.folder_sync().await.unwrap();
    let inbox = phone.state.folder_of_type(FolderType::INBOX).unwrap().to_owned();
    phone.sync_all(&[&inbox], |_, _| ()).await.unwrap();
    let mut parked = phone.park(900, &[&inbox]).unwrap();
    parked.connect().await.unwrap();
    let done = async {
        tokio::time::sleep(Duration::from_millis(500)).await;
        let server = Arc::clone(server);
        tokio::task::spawn_blocking(move || command(&server)).await.unwrap();
        Instant::now()
    };
    let told = async { (tokio::time::timeout(Duration::from_secs(60), parked.wait()).await, Instant::now()) };
    let ((told, at), done) = tokio::join!(told, done);
    let late = at.saturating_duration_since(done);
    assert!(late < SOON, "{late:?}");
    println!("told {late:?} after the command had ended");
    told.unwrap().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wipe_and_a_block() {
    for server in servers() {
        let server = Arc::new(server);
        let mut blocked = phone(&server, "BLOCKED", Version::V16_1);
        let told = parked(&server, &mut blocked, |server| decide(server, "block", "BLOCKED", &[])).await;
        assert_eq!(told, PingOutcome::HierarchyChanged);
        let mut wiped = phone(&server, "WIPED", Version::V14_1);
        let told = parked(&server, &mut wiped, |server| order_wipe(server, "WIPED")).await;
        assert_eq!(told, PingOutcome::HierarchyChanged);
        let error = wiped.folder_sync().await.unwrap_err();
        assert!(matches!(error, PhoneError::Wiped { .. }), "{error}");
        assert_eq!(wipe_state(&server, "WIPED"), "acknowledged");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_that_is_disabled_and_an_import() {
    for server in servers() {
        let server = Arc::new(server);
        let file = server.folder().join("one.eml");
        std::fs::write(&file, message::plain("a@example.test", ANNA, 1)).unwrap();
        let file = file.display().to_string();
        let mut phone = phone(&server, "PARKED", Version::V16_1);
        let import = move |server: &Fieldpost| drop(output(&server.run(&["import", ANNA, &file]), 0));
        let told = parked(&server, &mut phone, import).await;
        assert!(matches!(told, PingOutcome::Changed(_)), "{told:?}");
        let disable = |server: &Fieldpost| drop(output(&server.run(&["account", "disable", ANNA]), 0));
        assert_eq!(parked(&server, &mut phone, disable).await, PingOutcome::HierarchyChanged);
    }
}
