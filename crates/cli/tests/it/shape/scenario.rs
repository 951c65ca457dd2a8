//! What the phones do, so that each element of an answer is seen: two phones of an account in each version,
//! and mail from outside.

mod changes;
mod commands;
mod folders;
mod items;
mod mail;
mod messages;
mod people;
mod waiting;

use std::fs;
use std::time::Duration;

use fieldpost_eas::Version;
use fieldpost_phone::lmtp::{MailClient, Protocol};
use fieldpost_phone::scenario::{self, Silent, Speak};
use fieldpost_phone::transport::record::{Exchange, Recording};
use fieldpost_phone::{Identity, Phone, Timeouts, Trust};
use fieldpost_testkit::process::{DOMAIN, Fieldpost};

use super::session::Session;
use crate::BINARY;

const PASSWORD: &str = "correct horse battery staple";

/// The server, and the record of all that it answered.
pub struct Stage {
    server: Fieldpost,
    recording: Recording,
}

/// Plays everything and gives the exchanges.
pub async fn run() -> Vec<Exchange> {
    let mut server = Fieldpost::new(BINARY);
    server.set("push", "min_heartbeat", "\"1s\"");
    for version in Version::ALL {
        server.add_account(&name(version), PASSWORD);
    }
    server.add_account("bob", PASSWORD);
    let stage = Stage { server: started(server), recording: Recording::default() };
    for version in Version::ALL {
        stage.play(version).await;
    }
    stage.recording.exchanges()
}

fn started(mut server: Fieldpost) -> Fieldpost {
    server.start();
    server
}

/// The account of a version: `anna161`.
fn name(version: Version) -> String {
    format!("anna{}", version.times_ten())
}

impl Stage {
    async fn play(&self, version: Version) {
        let user = name(version);
        messages::deliver(self, &user).await;
        let (mut one, mut two) = (self.session(&user, version).await, self.session(&user, version).await);
        folders::play(&mut one, &mut two).await;
        mail::play(&mut one, &mut two).await;
        changes::play(&mut one, &mut two).await;
        waiting::play(self, &mut one).await;
        commands::play(&mut one).await;
        items::play(&mut one, &mut two).await;
        people::play(&mut one).await;
    }

    /// A new phone that has taken its policy and knows its folders, and whose answers are recorded.
    async fn session(&self, user: &str, version: Version) -> Session {
        let identity = Identity::new(user, PASSWORD.into()).unwrap();
        let authority = fs::read(self.server.addresses.authority.as_ref().unwrap()).unwrap();
        let trust = Trust::authorities_from_pem(&authority).unwrap();
        let timeouts = Timeouts { answer: Duration::from_secs(60), ..Timeouts::default() };
        let mut phone = Phone::new(identity, &self.server.https(), &trust, timeouts).unwrap();
        phone.record(&self.recording);
        let connected = scenario::connect(&mut phone, Speak::Exactly(version), &mut Silent).await;
        connected.unwrap_or_else(|error| panic!("{version}: {error}"));
        let mut session = Session::new(phone, user);
        session.read_folders().await;
        session
    }

    /// A message arrives from outside, by LMTP.
    async fn deliver(&self, to: &str, message: &str) {
        let to = format!("{to}@{DOMAIN}");
        let patience = Duration::from_secs(60);
        let mut client = MailClient::connect(&self.server.lmtp(), Protocol::Lmtp, patience).await.unwrap();
        let message = message.replace('\n', "\r\n");
        client.deliver("bob@elsewhere.example", &[&to], message.as_bytes()).await.unwrap();
    }
}
