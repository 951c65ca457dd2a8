//! Every message of the corpus through the front door: imported by the program, synchronised by the
//! phone over TLS in each version and each form, and back byte for byte as MIME.

use std::fs;
use std::time::Duration;

use fieldpost_eas::Version;
use fieldpost_eas::item::BodyType;
use fieldpost_phone::scenario::{self, Silent, Speak};
use fieldpost_phone::state::{FolderType, StoredEmail, SyncOptions};
use fieldpost_phone::{Identity, Phone, Timeouts, Trust};
use fieldpost_testkit::process::Fieldpost;
use fieldpost_testkit::shared;

use crate::{BINARY, json};

const PASSWORD: &str = "correct horse battery staple";

/// A phone that has synchronised the Inbox with whole bodies of this form.
async fn inbox(server: &Fieldpost, version: Version, form: BodyType) -> Vec<StoredEmail> {
    let identity = Identity::new("alice", PASSWORD.into()).unwrap();
    let authority = fs::read(server.addresses.authority.as_ref().unwrap()).unwrap();
    let trust = Trust::authorities_from_pem(&authority).unwrap();
    let timeouts = Timeouts { answer: Duration::from_secs(60), ..Timeouts::default() };
    let mut phone = Phone::new(identity, &server.https(), &trust, timeouts).unwrap();
    scenario::connect(&mut phone, Speak::Exactly(version), &mut Silent).await.unwrap();
    let inbox = phone.state.folder_of_type(FolderType::INBOX).unwrap().to_owned();
    phone.state.collection_mut(&inbox).options =
        SyncOptions { body_type: form as u8, truncation: None, ..SyncOptions::default() };
    phone.sync_all(&[&inbox], |_, _| ()).await.unwrap();
    phone.state.items(&inbox).map(|(_, email)| email.clone()).collect()
}

#[tokio::test]
async fn every_message_arrives_in_every_form_and_comes_back_byte_for_byte() {
    let Some(corpus) = shared::path("corpus/mail") else { return };
    let mut sent: Vec<Vec<u8>> =
        fs::read_dir(&corpus).unwrap().map(|file| fs::read(file.unwrap().path()).unwrap()).collect();
    sent.sort_unstable();
    for mut server in Fieldpost::each(BINARY) {
        let alice = server.add_account("alice", PASSWORD);
        let report = json(&server.run(&["import", &alice, corpus.to_str().unwrap(), "--json"]), 0);
        assert_eq!(report["added"], sent.len(), "{report}");
        server.start();
        for version in Version::ALL {
            for form in [BodyType::Text, BodyType::Html, BodyType::Mime] {
                let emails = inbox(&server, version, form).await;
                assert_eq!(emails.len(), sent.len(), "{version} {form:?}");
                assert!(emails.iter().all(|email| email.received.is_some()), "{version} {form:?}");
                // 2.5 leaves an empty body out, and knows no form but text.
                let bodies: Vec<_> = emails.iter().filter_map(|email| email.body.as_ref()).collect();
                assert!(bodies.iter().all(|body| !body.truncated), "{version} {form:?}");
                if form == BodyType::Mime {
                    let mut came: Vec<&[u8]> = bodies.iter().map(|body| &*body.data).collect();
                    came.sort_unstable();
                    assert!(came.iter().eq(sent.iter()), "{version}");
                    continue;
                }
                let form = if version == Version::V2_5 { BodyType::Text } else { form };
                assert!(bodies.iter().all(|body| body.r#type == form as u8), "{version} {form:?}");
                let read = bodies.iter().filter(|body| !body.data.is_empty()).count();
                assert!(read * 10 >= sent.len() * 9, "{version} {form:?}: {read} with a text");
            }
        }
    }
}

/// 20 MB of HTML: ten thousand tables, one within the other, and a word at the end.
fn tables() -> Vec<u8> {
    let mut message = String::from(
        "From: <x@elsewhere.example>\r\nTo: <alice@example.test>\r\nSubject: Tables\r\nMIME-Version: 1.0\r\n\
         Content-Type: text/html; charset=utf-8\r\n\r\n<html><body>",
    );
    for n in 0..10_000 {
        message.push_str(&format!("<table><tr><td>cell {n} {}\r\n", "lorem ipsum ".repeat(170)));
    }
    message.push_str(&"</td></tr></table>\r\n".repeat(10_000));
    message.push_str("</body></html>\r\n");
    message.into_bytes()
}

#[tokio::test]
async fn a_monster_arrives_and_holds_up_nobody() {
    let mut server = Fieldpost::new(BINARY);
    let alice = server.add_account("alice", PASSWORD);
    let folder = server.folder().join("mail");
    fs::create_dir(&folder).unwrap();
    let monster = tables();
    assert!(monster.len() > 20_000_000);
    fs::write(folder.join("1.eml"), &monster).unwrap();
    fs::write(folder.join("2.eml"), fieldpost_testkit::message::plain("x@elsewhere.example", &alice, 2))
        .unwrap();
    let report = json(&server.run(&["import", &alice, folder.to_str().unwrap(), "--json"]), 0);
    assert_eq!(report["added"], 2, "{report}");
    server.start();
    for (version, form) in [
        (Version::V2_5, BodyType::Text),
        (Version::V16_1, BodyType::Text),
        (Version::V16_1, BodyType::Html),
        (Version::V16_1, BodyType::Mime),
    ] {
        let emails = inbox(&server, version, form).await;
        assert_eq!(emails.len(), 2, "{version} {form:?}");
        let email = emails.iter().find(|email| email.subject == "Tables").unwrap();
        match form {
            BodyType::Mime => assert!(email.body.as_ref().unwrap().data == monster),
            _ => assert!(email.text().contains("cell 1 lorem ipsum"), "{version} {form:?}"),
        }
    }
}
