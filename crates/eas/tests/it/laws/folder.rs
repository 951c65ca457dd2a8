//! FolderSync, FolderCreate, FolderUpdate, FolderDelete and GetHierarchy.

use fieldpost_eas::command::{
    CommandName, folder_create, folder_delete, folder_sync, folder_update, get_hierarchy,
};
use fieldpost_eas::page::folder_hierarchy as fh;

use super::law;
use crate::generator::Gen;

#[test]
fn folder_sync() {
    law(CommandName::FolderSync, |g| folder_sync::Request { sync_key: g.text() });
    law(CommandName::FolderSync, |g| folder_sync::Response {
        status: g.u8(),
        sync_key: g.opt(fh::SYNC_KEY, Gen::text),
        changes: g.opt(fh::CHANGES, |g| folder_sync::Changes {
            count: g.u32(),
            updates: g.many(fh::UPDATE, folder),
            deletes: g.many(fh::DELETE, |g| folder_sync::Deleted { server_id: g.text() }),
            adds: g.many(fh::ADD, folder),
        }),
    });
}

fn folder(g: &mut Gen<'_>) -> folder_sync::Folder {
    folder_sync::Folder { server_id: g.text(), parent_id: g.text(), display_name: g.text(), r#type: g.u8() }
}

#[test]
fn folder_create() {
    law(CommandName::FolderCreate, |g| folder_create::Request {
        sync_key: g.text(),
        parent_id: g.text(),
        display_name: g.text(),
        r#type: g.u8(),
    });
    law(CommandName::FolderCreate, |g| folder_create::Response {
        status: g.u8(),
        sync_key: g.opt(fh::SYNC_KEY, Gen::text),
        server_id: g.opt(fh::SERVER_ID, Gen::text),
    });
}

#[test]
fn folder_update() {
    law(CommandName::FolderUpdate, |g| folder_update::Request {
        sync_key: g.text(),
        server_id: g.text(),
        parent_id: g.text(),
        display_name: g.text(),
        status: None,
    });
    law(CommandName::FolderUpdate, |g| folder_update::Response {
        status: g.u8(),
        sync_key: g.opt(fh::SYNC_KEY, Gen::text),
    });
}

#[test]
fn folder_delete() {
    law(CommandName::FolderDelete, |g| folder_delete::Request { sync_key: g.text(), server_id: g.text() });
    law(CommandName::FolderDelete, |g| folder_delete::Response {
        status: g.u8(),
        sync_key: g.opt(fh::SYNC_KEY, Gen::text),
    });
}

#[test]
fn get_hierarchy() {
    law(CommandName::GetHierarchy, |g| get_hierarchy::Response {
        folders: g.many(fh::FOLDER, |g| get_hierarchy::Folder {
            display_name: g.text(),
            server_id: g.text(),
            r#type: g.u8(),
            parent_id: g.text(),
        }),
    });
}
