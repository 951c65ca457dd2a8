//! ItemOperations.

use fieldpost_eas::codec::{Base64, Empty, Secret, Tags};
use fieldpost_eas::command::CommandName;
use fieldpost_eas::command::item_operations::request::{
    EmptyFolderContents, EmptyOptions, Fetch, FetchOptions, Move, MoveOptions, Operation, Request,
};
use fieldpost_eas::command::item_operations::response::{
    Emptied, Fetched, File, Moved, Outcomes, Properties, Response,
};
use fieldpost_eas::page::{
    air_sync as sync, air_sync_base as base, document_library, email, item_operations as ops,
    rights_management as rm, search,
};

use super::item::{body_part_preference, body_preference, item};
use super::law;
use crate::generator::Gen;

fn operation(g: &mut Gen<'_>) -> Operation {
    match g.below(4) {
        1 => Operation::EmptyFolderContents(EmptyFolderContents {
            collection_id: g.text(),
            options: g
                .opt(ops::OPTIONS, |g| EmptyOptions { delete_sub_folders: g.flag(ops::DELETE_SUB_FOLDERS) }),
        }),
        2 if g.knows(ops::MOVE) => Operation::Move(Move {
            conversation_id: g.opaque(),
            dst_fld_id: g.text(),
            options: g.opt(ops::OPTIONS, |_| MoveOptions { move_always: Some(Empty) }),
        }),
        _ => Operation::Fetch(Box::new(Fetch {
            store: g.text(),
            collection_id: g.opt(sync::COLLECTION_ID, Gen::text),
            server_id: g.opt(sync::SERVER_ID, Gen::text),
            long_id: g.opt(search::LONG_ID, Gen::text),
            link_id: g.opt(document_library::LINK_ID, Gen::text),
            file_reference: g.opt(base::FILE_REFERENCE, Gen::text),
            options: g.opt(ops::OPTIONS, options),
            remove_rights_management_protection: g.flag(rm::REMOVE_RIGHTS_MANAGEMENT_PROTECTION),
        })),
    }
}

fn options(g: &mut Gen<'_>) -> FetchOptions {
    FetchOptions {
        schema: g.opt(ops::SCHEMA, |g| {
            Tags(g.many(email::SUBJECT, |g| g.pick(&[email::SUBJECT, base::BODY, email::READ])))
        }),
        range: g.opt(ops::RANGE, Gen::text),
        user_name: g.opt(ops::USER_NAME, Gen::text),
        password: g.opt(ops::PASSWORD, |g| Secret(g.text())),
        mime_support: g.opt(sync::MIME_SUPPORT, Gen::u32),
        body_preferences: g.many(base::BODY_PREFERENCE, body_preference),
        body_part_preference: g.opt(base::BODY_PART_PREFERENCE, body_part_preference),
        rights_management_support: g.opt(rm::RIGHTS_MANAGEMENT_SUPPORT, Gen::bool),
    }
}

#[test]
fn request() {
    law(CommandName::ItemOperations, |g| Request { operations: g.many(ops::FETCH, operation) });
}

#[test]
fn response() {
    law(CommandName::ItemOperations, |g| Response {
        status: g.u8(),
        response: g.opt(ops::RESPONSE, |g| Outcomes {
            moves: g.many(ops::MOVE, |g| Moved { status: g.u8(), conversation_id: g.opaque() }),
            emptied: g
                .many(ops::EMPTY_FOLDER_CONTENTS, |g| Emptied { status: g.u8(), collection_id: g.text() }),
            fetches: g.many(ops::FETCH, |g| Fetched {
                status: g.u8(),
                collection_id: g.opt(sync::COLLECTION_ID, Gen::text),
                server_id: g.opt(sync::SERVER_ID, Gen::text),
                long_id: g.opt(search::LONG_ID, Gen::text),
                class: g.opt(sync::CLASS, Gen::text),
                link_id: g.opt(document_library::LINK_ID, Gen::text),
                file_reference: g.opt(base::FILE_REFERENCE, Gen::text),
                properties: g.opt(ops::PROPERTIES, properties),
            }),
        }),
    });
}

fn properties(g: &mut Gen<'_>) -> Properties {
    if g.bool() {
        return Properties::Item(item(g));
    }
    Properties::File(File {
        range: g.opt(ops::RANGE, Gen::text),
        total: g.opt(ops::TOTAL, Gen::u32),
        // A file is known by having at least one property of a file.
        content_type: Some(g.text()),
        data: g.opt(ops::DATA, |g| Base64(g.data())),
        part: g.opt(ops::PART, Gen::u32),
        version: g.opt(ops::VERSION, Gen::date),
    })
}
