//! Items of all classes on the phone: added, changed, deleted, one occurrence alone, in the form of each
//! version.

use fieldpost_eas::Version;
use fieldpost_eas::codec::{Document, OrEmpty};
use fieldpost_eas::command::sync::{request, response};
use fieldpost_eas::command::{folder_sync, sync};
use fieldpost_eas::date::{CompactDateTime, parse};
use fieldpost_eas::item::{Contact, Email, Event, Item, Note, Task};
use fieldpost_eas::page::contacts;
use fieldpost_phone::state::{Edit, Held};
use fieldpost_phone::{Phone, PhoneError, State};

use crate::behaviour::{envelope, phone};
use crate::loopback::{Act, Loopback, Seen, ok};

/// Keys count up from 1. What is called "bad" is refused with 6; else an added item is number 7 of its
/// folder, and has a UID from 16.0 on. Key 1 brings an event.
fn groupware(seen: &Seen) -> Act {
    let version = envelope(seen).version;
    let request = sync::Request::decode(&seen.body).unwrap();
    let collections = request.collections.iter().map(|c| answer(c, version)).collect();
    ok(&sync::Response { collections, ..Default::default() }.encode(version))
}

fn answer(asked: &request::Collection, version: Version) -> response::Collection {
    let key: u32 = asked.sync_key.parse().unwrap();
    let uid = Event { uid: Some("made-by-the-server".into()), ..Event::default() };
    let set =
        Some(Item::Event(Box::new(uid))).filter(|_| version >= Version::V16_0 && asked.collection_id == "1");
    let is_bad = |item: Option<&Item>| match item {
        Some(Item::Event(event)) => event.subject.as_deref() == Some("bad"),
        _ => false,
    };
    let mut responses = Vec::new();
    for command in &asked.commands {
        match command {
            request::Command::Add(add) => {
                let bad = is_bad(Some(&add.application_data));
                responses.push(response::Reply::Add(response::AddReply {
                    class: None,
                    client_id: add.client_id.clone(),
                    server_id: (!bad).then(|| format!("{}:7", asked.collection_id)),
                    status: if bad { 6 } else { 1 },
                    application_data: set.clone().filter(|_| !bad),
                }));
            }
            request::Command::Change(change) if is_bad(change.application_data.as_ref()) => {
                responses.push(response::Reply::Change(response::ChangeReply {
                    class: None,
                    server_id: change.server_id.clone(),
                    instance_id: change.instance_id.clone(),
                    status: 6,
                    application_data: None,
                }));
            }
            _ => {}
        }
    }
    let event = Event { subject: Some("from the server".into()), ..Event::default() };
    let add = response::Command::Add(response::Add {
        class: None,
        server_id: "1:1".into(),
        application_data: Item::Event(Box::new(event)),
    });
    response::Collection {
        sync_key: (key + 1).to_string(),
        collection_id: asked.collection_id.clone(),
        status: 1,
        responses,
        commands: if key == 1 && asked.collection_id == "1" { vec![add] } else { vec![] },
        ..Default::default()
    }
}

fn subject(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn event(text: &str) -> Item {
    Item::Event(Box::new(Event { subject: subject(text), ..Event::default() }))
}

fn know_folders(phone: &mut Phone) {
    let adds = [("1", 8), ("2", 9), ("3", 7), ("4", 10)].map(|(id, r#type)| folder_sync::Folder {
        server_id: id.into(),
        parent_id: "0".into(),
        display_name: id.into(),
        r#type,
    });
    let changes = folder_sync::Changes { count: 4, adds: adds.into(), ..Default::default() };
    phone.state.apply_hierarchy("0", "h1".into(), changes);
}

/// The commands of the last request.
fn last_commands(server: &Loopback) -> Vec<request::Command> {
    let seen = server.seen();
    sync::Request::decode(&seen.last().unwrap().body).unwrap().collections.remove(0).commands
}

#[tokio::test]
async fn every_class_is_added_changed_and_deleted_in_every_version() {
    for version in Version::ALL {
        let server = Loopback::plain(groupware).await;
        let mut phone = phone(&server, version);
        know_folders(&mut phone);
        let contact = Contact { first_name: subject("Zoe"), job_title: subject("x"), ..Contact::default() };
        let task = Task { subject: subject("Water"), complete: Some(false), ..Task::default() };
        let note = Note { subject: subject("Shopping"), ..Note::default() };
        let mut items = vec![
            ("1", event("Lunch")),
            ("2", Item::Contact(Box::new(contact))),
            ("3", Item::Task(Box::new(task))),
        ];
        if version >= Version::V14_0 {
            items.push(("4", Item::Note(Box::new(note))));
        }
        for (folder, item) in items {
            let added = phone.add(folder, item.clone()).await.unwrap();
            assert_eq!(added.server_id, format!("{folder}:7"), "{version}");
            let class = sync::Request::decode(&server.seen().last().unwrap().body).unwrap();
            assert_eq!(class.collections[0].class.is_some(), version < Version::V12_1);
            let [request::Command::Add(sent)] = &last_commands(&server)[..] else { panic!("{version}") };
            assert_eq!(sent.application_data, item);
            assert_eq!(phone.state.others(folder).filter(|(id, _)| id.ends_with(":7")).count(), 1);

            phone.change(folder, &added.server_id, item).await.unwrap();
            assert!(matches!(last_commands(&server)[..], [request::Command::Change(_)]));
            phone.delete(folder, &added.server_id).await.unwrap();
            assert!(matches!(last_commands(&server)[..], [request::Command::Delete(_)]));
            assert_eq!(phone.state.others(folder).filter(|(id, _)| id.ends_with(":7")).count(), 0);
        }
        assert_eq!(phone.state.events("1").count(), 1, "that of the server");
    }
}

#[tokio::test]
async fn what_the_server_refuses_is_told_with_its_status() {
    let server = Loopback::plain(groupware).await;
    let mut phone = phone(&server, Version::V14_1);
    let refused = phone.add("1", event("bad")).await.unwrap_err();
    assert!(matches!(refused, PhoneError::Status { status: 6, .. }));
    assert_eq!(phone.state.events("1").count(), 1);
    let refused = phone.change("1", "1:1", event("bad")).await.unwrap_err();
    assert_eq!(refused.status(), Some(6));
    let (_, kept) = phone.state.events("1").next().unwrap();
    assert_eq!(kept.subject.as_deref(), Some("from the server"));
}

#[tokio::test]
async fn what_the_server_sets_is_known() {
    let server = Loopback::plain(groupware).await;
    let mut phone = phone(&server, Version::V16_1);
    let added = phone.add("1", event("Lunch")).await.unwrap();
    assert!(matches!(added.set, Some(Item::Event(_))));
    let event = phone.state.collections["1"].others[&added.server_id].event().unwrap().clone();
    assert_eq!((event.subject.as_deref(), event.uid.as_deref()), (Some("Lunch"), Some("made-by-the-server")));
}

#[tokio::test]
async fn one_occurrence_is_changed_and_deleted_alone() {
    let server = Loopback::plain(groupware).await;
    let mut phone = phone(&server, Version::V16_0);
    phone.sync_all(&["1"], |_, _| ()).await.unwrap();
    let at = parse("20260420T070000Z").unwrap();
    phone.change_instance("1", "1:1", at, event("moved")).await.unwrap();
    let [request::Command::Change(change)] = &last_commands(&server)[..] else { panic!() };
    assert_eq!(change.instance_id.as_deref(), Some("20260420T070000Z"));
    let exceptions = |phone: &Phone| phone.state.events("1").next().unwrap().1.exceptions.clone().unwrap();
    assert_eq!(exceptions(&phone)[0].subject.as_deref(), Some("moved"));

    // The refusal of a change of one occurrence is no refusal of another one.
    let refused = phone.change_instance("1", "1:1", at, event("bad")).await.unwrap_err();
    assert_eq!(refused.status(), Some(6));

    phone.delete_instance("1", "1:1", at).await.unwrap();
    let [request::Command::Delete(delete)] = &last_commands(&server)[..] else { panic!() };
    assert_eq!(delete.instance_id.as_deref(), Some("20260420T070000Z"));
    let gone = exceptions(&phone);
    assert_eq!((gone[0].deleted, gone[0].instance_id), (Some(true), Some(CompactDateTime(at))));

    phone.identity.version = Version::V14_1;
    let old = phone.delete_instance("1", "1:1", at).await.unwrap_err();
    assert!(matches!(old, PhoneError::NotInVersion { .. }));
}

#[tokio::test]
async fn a_draft_is_added_and_sent() {
    let server = Loopback::plain(groupware).await;
    let mut phone = phone(&server, Version::V16_1);
    let draft = Email { to: subject("bob@example.net"), subject: subject("Hi"), ..Email::default() };
    let draft = phone.add("5", Item::Email(Box::new(draft))).await.unwrap();
    assert_eq!(phone.state.items("5").count(), 1);
    phone.send_draft("5", &draft.server_id, None).await.unwrap();
    let [request::Command::Change(change)] = &last_commands(&server)[..] else { panic!() };
    assert!(change.send.is_some() && change.application_data.is_none());
    assert_eq!(phone.state.items("5").count(), 0, "a draft that was sent is gone");
}

#[tokio::test]
async fn managed_properties_are_said_with_the_first_key() {
    let server = Loopback::plain(groupware).await;
    let mut phone = phone(&server, Version::V14_1);
    let names = ["Contacts:FirstName", "Contacts2:NickName", "Contacts:NoSuchThing"];
    phone.state.collection_mut("2").options.supported = Some(names.map(str::to_owned).into());
    phone.sync_all(&["2"], |_, _| ()).await.unwrap();
    let requests: Vec<_> =
        server.seen().iter().map(|s| sync::Request::decode(&s.body).unwrap().collections.remove(0)).collect();
    let first = requests[0].supported.as_ref().unwrap();
    assert_eq!(first.0.len(), 2);
    assert_eq!(first.0[0], contacts::FIRST_NAME);
    assert!(requests[1..].iter().all(|later| later.supported.is_none()));
}

#[test]
fn a_state_with_items_of_every_class_is_read_again() {
    let mut state = State::new("p");
    let event = Event { reminder: Some(OrEmpty(None)), ..Event::default() };
    let collection = state.collection_mut("1");
    collection.others.insert("1:1".into(), Held(Item::Event(Box::new(event))));
    collection.edit(Edit::Add {
        client_id: "c".into(),
        class: None,
        item: Held(Item::Task(Box::default())),
        send: false,
    });
    let text = serde_json::to_string(&state).unwrap();
    assert_eq!(serde_json::from_str::<State>(&text).unwrap(), state);
    // A state from before there were other classes than mail.
    let old = text.replace("\"others\"", "\"other_items\"");
    assert_eq!(serde_json::from_str::<State>(&old).unwrap().others("1").count(), 0);
}
