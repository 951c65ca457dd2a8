//! Policies at the front door: the simulated phone, which obeys them as phones do, against the real binary over
//! TLS. What is decided is decided from another process, as the command line does, while the server runs.

mod deciding;
mod obeying;

use std::fs;
use std::sync::Arc;
use std::time::Duration;

use fieldpost_domain::policy::{NamedPolicy, Policy};
use fieldpost_eas::Version;
use fieldpost_eas::codec::Document as _;
use fieldpost_eas::command::CommandName;
use fieldpost_eas::command::folder_sync;
use fieldpost_phone::scenario::{self, Silent, Speak};
use fieldpost_phone::{Call, Identity, Phone, PhoneError, Timeouts, Trust};
use fieldpost_server::administration::{Actor, Administration};
use fieldpost_server::clock::SystemClock;
use fieldpost_store::{Options, Store};
use fieldpost_testkit::process::Fieldpost;

use crate::BINARY;

const PASSWORD: &str = "correct horse battery staple";
/// One of each kind of handshake.
const VERSIONS: [Version; 4] = [Version::V2_5, Version::V12_1, Version::V14_1, Version::V16_1];
/// A server notices at once what another process decided; two seconds are what is promised.
const NOTICED: Duration = Duration::from_millis(2500);

/// A server with one account, and the administration of its store.
struct World {
    server: Fieldpost,
    anna: String,
    acts: Administration,
}

impl World {
    async fn start() -> World {
        let mut server = Fieldpost::new(BINARY);
        server.set("push", "min_heartbeat", "\"1s\"");
        let anna = server.add_account("anna", PASSWORD);
        server.start();
        let store = Store::open(server.database(), Options::default()).await.unwrap();
        World { server, anna, acts: Administration::of_store(store, Arc::new(SystemClock)) }
    }

    /// A new phone of Anna's that has not spoken yet.
    fn phone(&self, version: Version) -> Phone {
        let identity = Identity::new("anna", PASSWORD.into()).unwrap().with_version(version);
        let authority = fs::read(self.server.addresses.authority.as_ref().unwrap()).unwrap();
        let trust = Trust::authorities_from_pem(&authority).unwrap();
        let timeouts = Timeouts { answer: Duration::from_secs(60), ..Timeouts::default() };
        Phone::new(identity, &self.server.https(), &trust, timeouts).unwrap()
    }

    /// The same, set up.
    async fn connected(&self, version: Version) -> Phone {
        let mut phone = self.phone(version);
        scenario::connect(&mut phone, Speak::Exactly(version), &mut Silent).await.unwrap();
        phone
    }

    /// Has everybody have this policy, and waits until the server has noticed.
    async fn everybody_has(&self, policy: &NamedPolicy) {
        let local = Actor::local();
        self.acts.put_policy(&local, policy).await.unwrap();
        self.acts.set_default_policy(&local, Some(&policy.name)).await.unwrap();
        tokio::time::sleep(NOTICED).await;
    }
}

fn strict() -> NamedPolicy {
    let mut policy = NamedPolicy::proposed("Strict");
    policy.policy.allow_camera = Some(false);
    policy.policy.min_device_password_length = Some(6);
    policy
}

fn stricter() -> NamedPolicy {
    let policy = Policy {
        min_device_password_length: Some(8),
        max_device_password_failed_attempts: None,
        ..strict().policy
    };
    NamedPolicy { policy, ..strict() }
}

/// HTTP code of a bare FolderSync with the key that the phone holds, and the status where it is 200.
async fn asked_for_folders(phone: &mut Phone) -> (u16, Option<u8>) {
    let request = folder_sync::Request { sync_key: "0".into() };
    let call = Call::wbxml(CommandName::FolderSync, request.encode(phone.version()));
    let answer = phone.send_once(&call).await.unwrap();
    let code = answer.status.as_u16();
    (code, (code == 200).then(|| folder_sync::Response::decode(&answer.body).unwrap().status))
}

/// How a version says so.
fn refused(version: Version, status: u8) -> (u16, Option<u8>) {
    if version >= Version::V14_0 { (200, Some(status)) } else { (449, None) }
}

/// Why setting the phone up failed.
async fn failure(phone: &mut Phone) -> PhoneError {
    let version = phone.version();
    scenario::connect(phone, Speak::Exactly(version), &mut Silent).await.unwrap_err()
}
