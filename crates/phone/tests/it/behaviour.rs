//! What a phone does about answers that are not the plain one: policies, waits, redirections, wipes,
//! refused keys, lost answers.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use fieldpost_eas::Version;
use fieldpost_eas::codec::Document;
use fieldpost_eas::command::sync::response;
use fieldpost_eas::command::{CommandName, folder_sync, provision, status_only, sync};
use fieldpost_eas::http::{Envelope, RequestHeaders};
use fieldpost_eas::item::{Email, Item};
use fieldpost_phone::command::provision::Provisioned;
use fieldpost_phone::state::Edit;
use fieldpost_phone::transport::mishap::Mishap;
use fieldpost_phone::{Identity, Phone, PhoneError, Timeouts, Trust};

use crate::loopback::{Act, Loopback, Seen, http, ok};

/// A phone of that server.
pub fn phone(server: &Loopback, version: Version) -> Phone {
    let identity = Identity::new("anna", "secret".into()).unwrap().with_version(version);
    let mut phone = Phone::new(identity, &server.url, &Trust::System, Timeouts::default()).unwrap();
    phone.patience.usual_wait = Duration::from_millis(1);
    phone
}

/// The envelope of a request that came in.
pub fn envelope(seen: &Seen) -> Envelope {
    let header = |name: &str| {
        seen.head.lines().find_map(|line| {
            let (key, value) = line.split_once(": ")?;
            key.eq_ignore_ascii_case(name).then_some(value)
        })
    };
    let target = seen.head.split(' ').nth(1).unwrap();
    let headers = RequestHeaders {
        protocol_version: header("ms-asprotocolversion"),
        policy_key: header("x-ms-policykey"),
        accept_multipart: header("ms-asacceptmultipart"),
    };
    Envelope::decode(target.split_once('?').map(|(_, query)| query), &headers).unwrap()
}

/// The command of a request that came in.
pub fn command(seen: &Seen) -> CommandName {
    envelope(seen).parameters.command.known().unwrap()
}

/// Answers Provision as a server does that hands out key 7 and then 8.
fn hand_out_policy(seen: &Seen) -> Act {
    let version = envelope(seen).version;
    let request = provision::Request::decode(&seen.body).unwrap();
    let asked = &request.policies[0];
    let (key, data) = match asked.status {
        None => ("7", Some(provision::PolicyData::Xml("<policy/>".into()))),
        Some(status) => {
            assert_eq!((asked.policy_key.as_deref(), status), (Some("7"), 1));
            ("8", None)
        }
    };
    let policy = provision::Policy {
        policy_type: asked.policy_type.clone(),
        status: 1,
        policy_key: Some(key.into()),
        data,
    };
    ok(&provision::Response { status: 1, policies: vec![policy], ..Default::default() }.encode(version))
}

fn folders(seen: &Seen) -> Act {
    let inbox = folder_sync::Folder {
        server_id: "1".into(),
        parent_id: "0".into(),
        display_name: "Inbox".into(),
        r#type: 2,
    };
    let changes = folder_sync::Changes { count: 1, adds: vec![inbox], ..Default::default() };
    let response = folder_sync::Response { status: 1, sync_key: Some("h1".into()), changes: Some(changes) };
    ok(&response.encode(envelope(seen).version))
}

#[tokio::test]
async fn a_policy_is_obeyed_when_it_is_demanded() {
    // HTTP 449 up to 12.1, status 142 from 14.0 on; 449 is understood in every version.
    for (version, by_status) in [
        (Version::V2_5, false),
        (Version::V12_1, false),
        (Version::V14_0, true),
        (Version::V14_1, false),
        (Version::V16_1, true),
    ] {
        let server = Loopback::plain(move |seen| match command(seen) {
            CommandName::Provision => hand_out_policy(seen),
            _ if envelope(seen).policy_key == 8 => folders(seen),
            name if by_status => ok(&status_only(name, 142, version).unwrap()),
            _ => Act::Say(http(449, "", b"")),
        })
        .await;
        let mut phone = phone(&server, version);
        phone.folder_sync().await.unwrap();
        assert_eq!((phone.state.policy_key, phone.state.folders.len()), (8, 1), "{version}");
        let commands: Vec<_> = server.seen().iter().map(command).collect();
        use CommandName::{FolderSync, Provision};
        assert_eq!(commands, [FolderSync, Provision, Provision, FolderSync], "{version}");
        let first = provision::Request::decode(&server.seen()[1].body).unwrap();
        assert_eq!(first.device_information.is_some(), version >= Version::V14_1, "{version}");
        let xml = first.policies[0].policy_type == provision::POLICY_TYPE_XML;
        assert_eq!(xml, version == Version::V2_5);
    }
}

#[tokio::test]
async fn a_server_that_never_has_enough_of_provisioning_is_given_up() {
    let server = Loopback::plain(|seen| match command(seen) {
        CommandName::Provision => hand_out_policy(seen),
        _ => Act::Say(http(449, "", b"")),
    })
    .await;
    let error = phone(&server, Version::V12_1).folder_sync().await.unwrap_err();
    assert!(matches!(error, PhoneError::ProvisioningLoop), "{error}");
}

#[tokio::test]
async fn no_policy_is_no_error() {
    let server = Loopback::plain(|_| {
        let policy = provision::Policy {
            policy_type: provision::POLICY_TYPE_WBXML.into(),
            status: 2,
            ..Default::default()
        };
        let response = provision::Response { status: 1, policies: vec![policy], ..Default::default() };
        ok(&response.encode(Version::V16_1))
    })
    .await;
    let mut phone = phone(&server, Version::V16_1);
    assert_eq!(phone.provision().await.unwrap(), Provisioned::None);
}

#[tokio::test]
async fn a_wipe_is_carried_out_and_acknowledged() {
    let server = Loopback::plain(|seen| match command(seen) {
        CommandName::Provision => {
            let wipe = provision::Wipe { status: None };
            let request = provision::Request::decode(&seen.body).unwrap();
            let response = match request.remote_wipe {
                Some(done) => {
                    assert_eq!(done.status, Some(1));
                    provision::Response { status: 1, ..Default::default() }
                }
                None => provision::Response { status: 1, remote_wipe: Some(wipe), ..Default::default() },
            };
            ok(&response.encode(Version::V16_1))
        }
        name => ok(&status_only(name, 140, Version::V16_1).unwrap()),
    })
    .await;
    let mut phone = phone(&server, Version::V16_1);
    phone.state.collection_mut("1").sync_key = "5".into();
    let error = phone.folder_sync().await.unwrap_err();
    assert!(matches!(error, PhoneError::Wiped { account_only: false }), "{error}");
    assert!(phone.state.collections.is_empty());
    assert_eq!(server.seen().len(), 3);
}

#[tokio::test]
async fn later_is_obeyed_within_reason() {
    let asked = AtomicUsize::new(0);
    let server = Loopback::plain(move |seen| match asked.fetch_add(1, Ordering::SeqCst) {
        0 => Act::Say(http(503, "Retry-After: 0\r\n", b"")),
        1 => ok(&status_only(CommandName::FolderSync, 111, Version::V16_1).unwrap()),
        2 => folders(seen),
        _ => Act::Say(http(503, "Retry-After: 86400\r\n", b"")),
    })
    .await;
    let mut phone = phone(&server, Version::V16_1);
    phone.folder_sync().await.unwrap();
    assert_eq!(server.seen().len(), 3);
    let error = phone.folder_sync().await.unwrap_err();
    assert!(matches!(error, PhoneError::Unavailable { retry_after: Some(d), .. } if d.as_secs() == 86_400));
    assert_eq!(server.seen().len(), 4);
}

#[tokio::test]
async fn a_redirection_is_followed_with_the_same_request() {
    let target = Loopback::plain(folders).await;
    let url = target.url.clone();
    let server = Loopback::plain(move |_| {
        Act::Say(http(451, &format!("X-MS-Location: {url}/Microsoft-Server-ActiveSync?x=y\r\n"), b""))
    })
    .await;
    let mut phone = phone(&server, Version::V16_1);
    phone.folder_sync().await.unwrap();
    phone.folder_sync().await.unwrap();
    assert_eq!((server.seen().len(), target.seen().len()), (1, 2));
}

#[tokio::test]
async fn a_redirection_to_itself_ends() {
    let server =
        Loopback::plain(|_| Act::Say(http(451, "X-MS-Location: http://localhost:1/\r\n", b""))).await;
    // Port 1 has nobody; what matters is that the phone went there instead of asking again.
    let error = phone(&server, Version::V16_1).folder_sync().await.unwrap_err();
    assert!(matches!(error, PhoneError::Transport(_)), "{error}");
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn refusals_are_told_apart() {
    for (status, expected) in [(401, Some(401)), (403, Some(403)), (500, Some(500)), (507, Some(507))] {
        let server = Loopback::plain(move |_| Act::Say(http(status, "", b""))).await;
        let error = phone(&server, Version::V14_1).folder_sync().await.unwrap_err();
        assert_eq!(error.http_status(), expected);
        assert_eq!(server.seen().len(), 1);
    }
}

#[tokio::test]
async fn a_refused_hierarchy_key_is_followed_by_the_first_one() {
    let server = Loopback::plain(|seen| match folder_sync::Request::decode(&seen.body).unwrap() {
        request if request.sync_key == "0" => folders(seen),
        _ => ok(&status_only(CommandName::FolderSync, 9, Version::V16_1).unwrap()),
    })
    .await;
    let mut phone = phone(&server, Version::V16_1);
    phone.state.hierarchy_key = "old".into();
    phone.folder_sync().await.unwrap();
    assert_eq!((phone.state.hierarchy_key.as_str(), server.seen().len()), ("h1", 2));
}

fn add(id: &str) -> response::Command {
    let email = Email { subject: Some(format!("message {id}")), ..Email::default() };
    response::Command::Add(response::Add {
        class: None,
        server_id: id.into(),
        application_data: Item::Email(Box::new(email)),
    })
}

/// Keys count up from 1; key 1 brings two messages, later keys nothing; 3 refuses key `bad`.
fn mailbox(seen: &Seen) -> Act {
    let version = envelope(seen).version;
    let request = sync::Request::decode(&seen.body).unwrap();
    let answer = |c: &sync::request::Collection| {
        let Ok(key) = c.sync_key.parse::<u32>() else {
            return response::Collection {
                sync_key: "0".into(),
                collection_id: c.collection_id.clone(),
                status: 3,
                ..Default::default()
            };
        };
        response::Collection {
            sync_key: (key + 1).to_string(),
            collection_id: c.collection_id.clone(),
            status: 1,
            commands: if key == 1 { vec![add("1:1"), add("1:2")] } else { vec![] },
            ..Default::default()
        }
    };
    let collections = request.collections.iter().map(answer).collect();
    ok(&sync::Response { collections, ..Default::default() }.encode(version))
}

#[tokio::test]
async fn a_sync_whose_answer_was_lost_is_repeated_byte_for_byte() {
    let server = Loopback::plain(mailbox).await;
    let mut phone = phone(&server, Version::V14_1);
    phone.sync_all(&["1"], |_, _| ()).await.unwrap();
    assert_eq!(phone.state.items("1").count(), 2);
    let before = server.seen().len();

    phone.state.collection_mut("1").edit(Edit::Read { id: "1:1".into(), read: true });
    phone.suffer_next(Mishap::CutAnswer(20));
    assert!(phone.sync(&["1"]).await.is_err());
    assert!(phone.has_pending_sync());
    // What the user does meanwhile waits for its own request.
    phone.state.collection_mut("1").edit(Edit::Delete { id: "1:2".into() });
    let outcome = phone.sync(&["1"]).await.unwrap();
    assert_eq!(outcome.collections["1"].accepted, 2);

    let seen = server.wait_for(before + 3).await;
    assert_eq!(seen[before].body, seen[before + 1].body);
    let last = sync::Request::decode(&seen[before + 2].body).unwrap();
    assert!(matches!(&last.collections[0].commands[..], [sync::request::Command::Delete(_)]));
    assert_eq!(phone.state.items("1").map(|(id, _)| id.as_str()).collect::<Vec<_>>(), ["1:1"]);
    assert!(phone.state.collections["1"].items["1:1"].read);
}

#[tokio::test]
async fn a_refused_item_key_begins_again_and_keeps_what_the_user_did() {
    let server = Loopback::plain(mailbox).await;
    let mut phone = phone(&server, Version::V16_1);
    phone.sync_all(&["1"], |_, _| ()).await.unwrap();
    let inbox = phone.state.collection_mut("1");
    inbox.sync_key = "bad".into();
    inbox.edit(Edit::Read { id: "1:2".into(), read: true });
    let outcome = phone.sync_all(&["1"], |_, _| ()).await.unwrap();
    assert_eq!(outcome.restarted, ["1"]);
    assert_eq!((phone.state.items("1").count(), phone.state.collections["1"].outbox.len()), (2, 0));
    assert!(phone.state.collections["1"].items["1:2"].read);
}

#[tokio::test]
async fn old_versions_say_the_class_and_truncation() {
    for version in Version::ALL {
        let server = Loopback::plain(mailbox).await;
        let mut phone = phone(&server, version);
        phone.sync_all(&["1"], |_, _| ()).await.unwrap();
        let request = sync::Request::decode(&server.seen()[1].body).unwrap();
        let collection = &request.collections[0];
        assert_eq!(collection.class.is_some(), version < Version::V12_1, "{version}");
        let options = &collection.options[0];
        assert_eq!(options.truncation.is_some(), version == Version::V2_5);
        assert_eq!(options.body_preferences.is_empty(), version == Version::V2_5);
        let first = sync::Request::decode(&server.seen()[0].body).unwrap();
        // MS-ASCMD_R3128
        assert_eq!(first.collections[0].get_changes, None);
    }
}
