//! What is decided through the REST API reaches phones that wait, at once.

use std::sync::Arc;
use std::time::{Duration, Instant};

use fieldpost_domain::role::Role;
use fieldpost_eas::Version;
use fieldpost_phone::command::ping::PingOutcome;
use fieldpost_phone::command::sync::{Hang, SyncPlan};
use fieldpost_phone::state::FolderType;
use fieldpost_phone::transport::HttpRequest;
use fieldpost_phone::{Connector, PhoneError, Timeouts, Transport, Trust};
use fieldpost_server::administration::{Actor, Administration};
use fieldpost_server::clock::SystemClock;
use fieldpost_server::entropy::SystemEntropy;
use fieldpost_store::{Options, Store};
use fieldpost_testkit::process::Fieldpost;
use hyper::Method;
use hyper::header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue};

use super::{ANNA, phone, servers, wipe_state};

/// Far below the time that a phone waits: what is answered within it was told.
const SOON: Duration = Duration::from_secs(30);

/// A program that uses the API as an owner.
struct Program {
    line: Transport,
    token: HeaderValue,
}

impl Program {
    async fn of(server: &Fieldpost) -> Program {
        let configuration = std::fs::read_to_string(server.configuration()).unwrap();
        let url = configuration.lines().find_map(|line| line.strip_prefix("url = ")).unwrap();
        let store = Store::open(url.trim_matches('"'), Options::default()).await.unwrap();
        let acts = Administration::of_store(store.clone(), Arc::new(SystemClock));
        let made = acts.add_api_token(&Actor::local(), "program", Role::Owner, None, &SystemEntropy).await;
        let token = HeaderValue::from_str(&format!("Bearer {}", made.unwrap().1)).unwrap();
        store.close().await;
        let url = server.admin().replace("/MobileAdmin", "/api");
        let connector = Connector::new(&url, &Trust::Insecure, Timeouts::default()).unwrap();
        Program { line: Transport::new(Arc::new(connector)), token }
    }

    async fn ask(&mut self, method: Method, device: &str, what: &str, body: String) {
        let mut headers = HeaderMap::new();
        headers.insert(AUTHORIZATION, self.token.clone());
        if !body.is_empty() {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        }
        let target = format!("/api/v1/accounts/{ANNA}/devices/{device}{what}");
        let request = HttpRequest { method, target, headers, body: body.into(), repeatable: true };
        let answer = self.line.send(&request, Duration::ZERO).await.unwrap();
        let text = String::from_utf8_lossy(&answer.body);
        assert!(answer.status.is_success(), "{} {text}", answer.status);
    }

    async fn order_wipe(&mut self, device: &str) {
        let body = format!(r#"{{"kind": "full", "confirmation": "{ANNA}"}}"#);
        self.ask(Method::PUT, device, "/wipe", body).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wipe_reaches_a_phone_that_waits() {
    for server in servers() {
        let mut program = Program::of(&server).await;
        for version in [Version::V2_5, Version::V12_1, Version::V14_1, Version::V16_1] {
            let device = format!("PARKED{}", version.times_ten());
            let mut phone = phone(&server, &device, version);
            phone.folder_sync().await.unwrap();
            let inbox = phone.state.folder_of_type(FolderType::INBOX).unwrap().to_owned();
            phone.sync_all(&[&inbox], |_, _| ()).await.unwrap();
            let mut parked = phone.park(900, &[&inbox]).unwrap();
            parked.connect().await.unwrap();
            let ordered = async {
                tokio::time::sleep(Duration::from_millis(500)).await;
                let ordered = Instant::now();
                program.order_wipe(&device).await;
                ordered
            };
            let (told, ordered) = tokio::join!(tokio::time::timeout(SOON, parked.wait()), ordered);
            assert_eq!(told.unwrap().unwrap(), PingOutcome::HierarchyChanged, "{version}");
            let wiped = phone.folder_sync().await.unwrap_err();
            assert!(matches!(wiped, PhoneError::Wiped { .. }), "{version}: {wiped}");
            println!("{version}: from the order to the acknowledgement {:?}", ordered.elapsed());
            assert_eq!(wipe_state(&server, &device), "acknowledged");
        }
        // A Sync that waits is told why.
        let mut phone = phone(&server, "HANGING", Version::V16_1);
        phone.folder_sync().await.unwrap();
        let inbox = phone.state.folder_of_type(FolderType::INBOX).unwrap().to_owned();
        phone.sync_all(&[&inbox], |_, _| ()).await.unwrap();
        let plan = SyncPlan { collections: vec![inbox], hang: Hang::Heartbeat(900), ..SyncPlan::default() };
        let (told, ()) = tokio::join!(tokio::time::timeout(SOON, phone.sync_with(&plan)), async {
            tokio::time::sleep(Duration::from_millis(500)).await;
            program.order_wipe("HANGING").await;
        });
        assert!(matches!(told.unwrap().unwrap_err(), PhoneError::Wiped { .. }));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_that_waits_is_forgotten_and_recovers() {
    for server in servers() {
        let mut program = Program::of(&server).await;
        let mut phone = phone(&server, "PARKED", Version::V14_1);
        phone.folder_sync().await.unwrap();
        let inbox = phone.state.folder_of_type(FolderType::INBOX).unwrap().to_owned();
        phone.sync_all(&[&inbox], |_, _| ()).await.unwrap();
        let mut parked = phone.park(900, &[&inbox]).unwrap();
        parked.connect().await.unwrap();
        let (told, ()) = tokio::join!(tokio::time::timeout(SOON, parked.wait()), async {
            tokio::time::sleep(Duration::from_millis(500)).await;
            program.ask(Method::DELETE, "PARKED", "", String::new()).await;
        });
        assert_eq!(told.unwrap().unwrap(), PingOutcome::HierarchyChanged);
        phone.folder_sync().await.unwrap();
        phone.sync_all(&[&inbox], |_, _| ()).await.unwrap();
    }
}
