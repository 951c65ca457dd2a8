//! A server with accounts, whose answers are recorded.

use std::fs;
use std::time::Duration;

use fieldpost_eas::Version;
use fieldpost_phone::lmtp::{MailClient, Protocol};
use fieldpost_phone::scenario::{self, Silent, Speak};
use fieldpost_phone::transport::record::Recording;
use fieldpost_phone::{Identity, Phone, Timeouts, Trust};
use fieldpost_testkit::process::{DOMAIN, Fieldpost};

use crate::BINARY;
use crate::session::Session;

const PASSWORD: &str = "correct horse battery staple";

/// The server, and the record of all that it answered.
pub struct Stage {
    pub server: Fieldpost,
    pub recording: Recording,
}

impl Stage {
    /// A server with these accounts, where phones may wait as short as a second.
    pub async fn start(users: &[&str]) -> Stage {
        Stage::prepared(users, |_| ()).await
    }

    /// The same, with something to be done, or configured, before it starts.
    pub async fn prepared(users: &[&str], prepare: impl FnOnce(&mut Fieldpost)) -> Stage {
        let mut server = Fieldpost::new(BINARY);
        server.set("push", "min_heartbeat", "\"1s\"");
        for user in users {
            server.add_account(user, PASSWORD);
        }
        prepare(&mut server);
        server.start();
        Stage { server, recording: Recording::default() }
    }

    /// A new phone that has taken its policy and knows its folders, and whose answers are recorded.
    pub async fn session(&self, user: &str, version: Version) -> Session {
        let mut phone = self.phone(user, version);
        let connected = scenario::connect(&mut phone, Speak::Exactly(version), &mut Silent).await;
        connected.unwrap_or_else(|error| panic!("{version}: {error}"));
        let mut session = Session::new(phone, user);
        session.read_folders().await;
        session
    }

    /// A new phone that has not said anything yet, and whose answers are recorded.
    pub fn phone(&self, user: &str, version: Version) -> Phone {
        let identity = Identity::new(user, PASSWORD.into()).unwrap().with_version(version);
        let authority = fs::read(self.server.addresses.authority.as_ref().unwrap()).unwrap();
        let trust = Trust::authorities_from_pem(&authority).unwrap();
        let timeouts = Timeouts { answer: Duration::from_secs(60), ..Timeouts::default() };
        let mut phone = Phone::new(identity, &self.server.https(), &trust, timeouts).unwrap();
        phone.record(&self.recording);
        phone
    }

    /// A message arrives from outside, by LMTP.
    pub async fn deliver(&self, to: &str, message: &str) {
        let to = format!("{to}@{DOMAIN}");
        let patience = Duration::from_secs(60);
        let mut client = MailClient::connect(&self.server.lmtp(), Protocol::Lmtp, patience).await.unwrap();
        let message = message.replace('\n', "\r\n");
        client.deliver("bob@elsewhere.example", &[&to], message.as_bytes()).await.unwrap();
    }
}
