//! The simulated phone against the real binary over TLS, in each of the seven versions and both forms
//! of query: what `pyactivesync` shows for 16.1 alone. Every test goes all the ways; what fails says
//! on which.

mod changing;
mod receiving;
mod repeating;
mod sending;
mod waiting;

use std::fs;
use std::time::Duration;

use fieldpost_eas::Version;
use fieldpost_phone::lmtp::{MailClient, Protocol};
use fieldpost_phone::scenario::{self, Silent, Speak};
use fieldpost_phone::state::FolderType;
use fieldpost_phone::{Identity, Phone, QueryForm, Timeouts, Trust};
use fieldpost_testkit::message;
use fieldpost_testkit::process::{DOMAIN, Fieldpost};

use crate::BINARY;

const PASSWORD: &str = "correct horse battery staple";
/// Messages in the Inbox of [`ALICE`] at the start.
const FILLED: usize = 300;
/// Each so many messages have an attachment.
const ATTACHED: usize = 20;
const ALICE: &str = "alice";
const BOB: &str = "bob";

/// A version, and how queries are written.
type Way = (Version, QueryForm);

/// Every version in its plain form, and those that have it in the base64 form.
fn ways() -> Vec<Way> {
    let base64 = Version::ALL.into_iter().filter(|v| *v >= Version::V12_1);
    let plain = Version::ALL.into_iter().map(|v| (v, QueryForm::Plain));
    plain.chain(base64.map(|v| (v, QueryForm::Base64))).collect()
}

/// A server with two accounts: Alice's Inbox is filled, Bob's is empty.
struct World {
    server: Fieldpost,
    /// Alice's messages, as they were imported, by their number.
    messages: Vec<Vec<u8>>,
}

/// The bytes of the attachment of message `number`: every byte value, and a length of its own.
fn attachment(number: usize) -> Vec<u8> {
    (0..1000 + number).map(|n| (n * 7 + number) as u8).collect()
}

impl World {
    fn new() -> World {
        let mut server = Fieldpost::new(BINARY);
        let alice = server.add_account(ALICE, PASSWORD);
        server.add_account(BOB, PASSWORD);
        let folder = server.folder().join("mail");
        fs::create_dir(&folder).unwrap();
        let messages: Vec<Vec<u8>> = (0..FILLED)
            .map(|n| match n % ATTACHED {
                0 => message::with_attachment("x@elsewhere.example", &alice, n, "data.bin", &attachment(n)),
                _ => message::plain("x@elsewhere.example", &alice, n),
            })
            .collect();
        for (n, bytes) in messages.iter().enumerate() {
            fs::write(folder.join(format!("{n:04}.eml")), bytes).unwrap();
        }
        let imported = server.run(&["import", &alice, folder.to_str().unwrap()]);
        assert!(imported.status.success(), "{}", String::from_utf8_lossy(&imported.stderr));
        server.start();
        World { server, messages }
    }

    /// A phone that is set up: policy, folders. Nothing is synchronised yet.
    async fn phone(&self, user: &str, (version, form): Way) -> Phone {
        let identity = Identity::new(user, PASSWORD.into()).unwrap().with_query(form);
        let authority = fs::read(self.server.addresses.authority.as_ref().unwrap()).unwrap();
        let trust = Trust::authorities_from_pem(&authority).unwrap();
        let timeouts = Timeouts { answer: Duration::from_secs(60), ..Timeouts::default() };
        let mut phone = Phone::new(identity, &self.server.https(), &trust, timeouts).unwrap();
        let connected = scenario::connect(&mut phone, Speak::Exactly(version), &mut Silent).await;
        connected.unwrap_or_else(|error| panic!("{version} {form:?}: {error}"));
        phone
    }

    /// The same, with an Inbox that is up to date.
    async fn ready(&self, user: &str, way: Way) -> (Phone, String) {
        let mut phone = self.phone(user, way).await;
        let inbox = folder(&phone, FolderType::INBOX);
        phone.sync_all(&[&inbox], |_, _| ()).await.unwrap();
        (phone, inbox)
    }

    /// A message arrives from outside, by LMTP.
    async fn deliver(&self, to: &str, subject: &str) {
        let to = format!("{to}@{DOMAIN}");
        let text = format!(
            "From: <x@elsewhere.example>\r\nTo: <{to}>\r\nSubject: {subject}\r\n\r\nThe text of {subject}.\r\n"
        );
        let patience = Duration::from_secs(60);
        let mut client = MailClient::connect(&self.server.lmtp(), Protocol::Lmtp, patience).await.unwrap();
        client.deliver("x@elsewhere.example", &[&to], text.as_bytes()).await.unwrap();
    }
}

/// The id of a phone's folder of this type.
fn folder(phone: &Phone, r#type: FolderType) -> String {
    phone.state.folder_of_type(r#type).unwrap().to_owned()
}

/// The ids of messages with this subject.
fn with_subject(phone: &Phone, folder: &str, subject: &str) -> Vec<String> {
    let found = phone.state.items(folder).filter(|(_, email)| email.subject == subject);
    found.map(|(id, _)| id.clone()).collect()
}
