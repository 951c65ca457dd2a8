//! Sync.

use fieldpost_eas::Version;
use fieldpost_eas::codec::{Document as _, Empty, Tags};
use fieldpost_eas::command::CommandName;
use fieldpost_eas::command::sync::{request, response};
use fieldpost_eas::page::{
    air_sync as sync, air_sync_base as base, contacts, email2, rights_management as rm,
};

use super::item::{body_part_preference, body_preference, item};
use super::law;
use crate::generator::Gen;

/// How a collection is synchronised.
pub fn options(g: &mut Gen<'_>) -> request::Options {
    request::Options {
        class: class(g),
        filter_type: g.opt(sync::FILTER_TYPE, Gen::u32),
        truncation: g.opt(sync::TRUNCATION, Gen::u32),
        rtf_truncation: g.opt(sync::RTF_TRUNCATION, Gen::u32),
        conflict: g.opt(sync::CONFLICT, Gen::u32),
        mime_support: g.opt(sync::MIME_SUPPORT, Gen::u32),
        mime_truncation: g.opt(sync::MIME_TRUNCATION, Gen::u32),
        max_items: g.opt(sync::MAX_ITEMS, Gen::u32),
        body_preferences: g.many(base::BODY_PREFERENCE, body_preference),
        body_part_preference: g.opt(base::BODY_PART_PREFERENCE, body_part_preference),
        rights_management_support: g.opt(rm::RIGHTS_MANAGEMENT_SUPPORT, Gen::bool),
    }
}

fn class(g: &mut Gen<'_>) -> Option<String> {
    g.opt_in(sync::CLASS, Version::V14_0.., Gen::text)
}

fn command(g: &mut Gen<'_>) -> request::Command {
    match g.below(4) {
        0 => request::Command::Add(request::Add {
            client_id: g.text(),
            class: class(g),
            send: g.flag(email2::SEND),
            application_data: item(g),
        }),
        1 => request::Command::Change(request::Change {
            server_id: g.text(),
            instance_id: g.opt(base::INSTANCE_ID, Gen::text),
            class: class(g),
            send: g.flag(email2::SEND),
            application_data: g.opt(sync::APPLICATION_DATA, item),
        }),
        2 => request::Command::Delete(request::Delete {
            server_id: g.text(),
            instance_id: g.opt(base::INSTANCE_ID, Gen::text),
            class: class(g),
        }),
        _ => request::Command::Fetch(request::Fetch { server_id: g.text() }),
    }
}

#[test]
fn request() {
    law(CommandName::Sync, |g| request::Request {
        collections: g.many(sync::COLLECTION, |g| request::Collection {
            class: g.opt_in(sync::CLASS, ..=Version::V12_1, Gen::text),
            sync_key: g.text(),
            collection_id: g.text(),
            supported: g.opt(sync::SUPPORTED, |g| {
                Tags(g.many(contacts::FIRST_NAME, |g| g.pick(&[contacts::FIRST_NAME, contacts::LAST_NAME])))
            }),
            deletes_as_moves: g.opt(sync::DELETES_AS_MOVES, Gen::bool),
            get_changes: g.opt(sync::GET_CHANGES, Gen::bool),
            window_size: g.opt(sync::WINDOW_SIZE, Gen::u32),
            conversation_mode: g.opt(sync::CONVERSATION_MODE, Gen::bool),
            options: g.many(sync::OPTIONS, options),
            commands: g.many(sync::COMMANDS, command),
        }),
        wait: g.opt(sync::WAIT, Gen::u32),
        heartbeat_interval: g.opt(sync::HEARTBEAT_INTERVAL, Gen::u32),
        window_size: g.opt(sync::WINDOW_SIZE, Gen::u32),
        partial: g.flag(sync::PARTIAL),
    });
}

fn reply(g: &mut Gen<'_>) -> response::Reply {
    match g.below(4) {
        0 => response::Reply::Add(response::AddReply {
            class: class(g),
            client_id: g.text(),
            server_id: g.opt(sync::SERVER_ID, Gen::text),
            status: g.u8(),
            application_data: g.opt_in(sync::APPLICATION_DATA, Version::V16_0.., item),
        }),
        1 => response::Reply::Change(response::ChangeReply {
            class: class(g),
            server_id: g.text(),
            instance_id: g.opt(base::INSTANCE_ID, Gen::text),
            status: g.u8(),
            application_data: g.opt_in(sync::APPLICATION_DATA, Version::V16_0.., item),
        }),
        2 => response::Reply::Delete(response::DeleteReply {
            class: class(g),
            server_id: g.text(),
            instance_id: g.opt(base::INSTANCE_ID, Gen::text),
            status: g.u8(),
        }),
        _ => response::Reply::Fetch(response::FetchReply {
            server_id: g.text(),
            status: g.u8(),
            application_data: g.opt(sync::APPLICATION_DATA, item),
        }),
    }
}

fn change(g: &mut Gen<'_>) -> response::Command {
    match g.below(4) {
        0 => response::Command::Add(response::Add {
            class: class(g),
            server_id: g.text(),
            application_data: item(g),
        }),
        1 => response::Command::Change(response::Change {
            class: class(g),
            server_id: g.text(),
            application_data: item(g),
        }),
        2 => response::Command::Delete(response::Removed { class: class(g), server_id: g.text() }),
        _ => response::Command::SoftDelete(response::Removed { class: class(g), server_id: g.text() }),
    }
}

#[test]
fn response() {
    law(CommandName::Sync, |g| response::Response {
        status: g.opt(sync::STATUS, Gen::u8),
        limit: g.opt(sync::LIMIT, Gen::u32),
        collections: g.many(sync::COLLECTION, |g| response::Collection {
            class: g.opt_in(sync::CLASS, ..=Version::V12_1, Gen::text),
            sync_key: g.text(),
            collection_id: g.text(),
            status: g.u8(),
            responses: g.many(sync::RESPONSES, reply),
            more_available: g.flag(sync::MORE_AVAILABLE),
            commands: g.many(sync::COMMANDS, change),
        }),
    });
}

// MS-ASCMD_R976 is an order for clients; the server takes any.
#[test]
fn children_of_a_collection_are_read_in_any_order() {
    use fieldpost_eas::wbxml::{Limits, Node};
    let request = request::Request {
        collections: vec![request::Collection {
            sync_key: "1".into(),
            collection_id: "5".into(),
            get_changes: Some(true),
            options: vec![request::Options { filter_type: Some(3), ..request::Options::default() }],
            ..request::Collection::default()
        }],
        partial: Some(Empty),
        ..request::Request::default()
    };
    let mut tree = Node::parse(&request.encode(Version::V14_1), Limits::default()).unwrap();
    tree.children.reverse();
    tree.children[1].children[0].children.reverse();
    let wire = tree.to_wbxml(Version::V14_1);
    assert_ne!(wire, request.encode(Version::V14_1));
    assert_eq!(request::Request::decode(&wire).unwrap(), request);
}

#[test]
fn what_is_missing_or_stands_twice_is_named() {
    use fieldpost_eas::codec::DecodeError;
    use fieldpost_eas::wbxml::{Limits, Node};
    let wire = request::Request {
        collections: vec![request::Collection {
            sync_key: "1".into(),
            collection_id: "5".into(),
            ..request::Collection::default()
        }],
        ..request::Request::default()
    }
    .encode(Version::V14_1);
    let tree = Node::parse(&wire, Limits::default()).unwrap();

    let mut without_key = tree.clone();
    without_key.children[0].children[0].children.remove(0);
    assert_eq!(
        request::Request::decode(&without_key.to_wbxml(Version::V14_1)),
        Err(DecodeError::Missing(sync::SYNC_KEY))
    );
    let mut twice = tree;
    let collection = &mut twice.children[0].children[0];
    collection.children.push(collection.children[0].clone());
    assert_eq!(
        request::Request::decode(&twice.to_wbxml(Version::V14_1)),
        Err(DecodeError::Duplicate(sync::SYNC_KEY))
    );
}

// MS-ASDTYPE_R6: an empty element counts as true; absence is something else.
#[test]
fn an_empty_boolean_is_true() {
    for (content, expected) in [(&[0x13u8][..], Some(true)), (b"\x53\x030\x00\x01", Some(false)), (&[], None)]
    {
        let wire =
            [b"\x03\x01\x6A\x00\x45\x5C\x4F\x4B\x031\x00\x01\x52\x035\x00\x01", content, b"\x01\x01\x01"];
        let request = request::Request::decode(&wire.concat()).unwrap();
        assert_eq!(request.collections[0].get_changes, expected);
    }
}
