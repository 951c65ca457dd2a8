//! FolderSync, FolderCreate, FolderDelete and FolderUpdate.

use fieldpost_eas::Version;
use fieldpost_eas::command::CommandName::{self, FolderCreate, FolderDelete, FolderSync, FolderUpdate};

use super::Shown;
use crate::session::text;
use crate::stage::Stage;

pub(super) const SCOPES: &[&str] = &["FolderSync", "FolderCreate", "FolderDelete", "FolderUpdate"];

#[tokio::test]
async fn every_status_of_the_folders() {
    let stage = Stage::start(&["anna"]).await;
    let mut shown = Shown::of(SCOPES);
    let mut anna = stage.session("anna", Version::V14_1).await;
    let (inbox, cache) = (anna.folder(2), anna.folder(19));
    let made = anna.folders(FolderCreate, "ParentId=0 DisplayName=Own Type=12").await.unwrap();
    let own = text(&made, "ServerId");
    shown.is("FolderCreate", 1, &text(&made, "Status"), "a new folder");
    // With the key of the hierarchy before it.
    let keyed: [(CommandName, u16, String); 12] = [
        (FolderSync, 1, String::new()),
        (FolderCreate, 2, "ParentId=0 DisplayName=Own Type=12".into()),
        (FolderCreate, 3, format!("ParentId={cache} DisplayName=X Type=12")),
        (FolderCreate, 5, "ParentId=99999 DisplayName=X Type=12".into()),
        (FolderCreate, 10, "ParentId=0 DisplayName=X Type=2".into()),
        (FolderDelete, 3, format!("ServerId={inbox}")),
        (FolderDelete, 4, "ServerId=99999".into()),
        (FolderUpdate, 2, format!("ServerId={own} ParentId=0 DisplayName=Inbox")),
        (FolderUpdate, 3, format!("ServerId={cache} ParentId=0 DisplayName=X")),
        (FolderUpdate, 4, "ServerId=99999 ParentId=0 DisplayName=X".into()),
        (FolderUpdate, 5, format!("ServerId={own} ParentId=99999 DisplayName=X")),
        (FolderUpdate, 1, format!("ServerId={own} ParentId=0 DisplayName=Renamed")),
    ];
    for (command, code, rest) in keyed {
        let root = anna.folders(command, &rest).await.unwrap();
        shown.is(command.name(), code, &text(&root, "Status"), &rest);
    }
    let plain = [
        (FolderSync, 9, "SyncKey=4711"),
        (FolderSync, 10, ""),
        (FolderCreate, 9, "SyncKey=4711 ParentId=0 DisplayName=X Type=12"),
        (FolderDelete, 9, "SyncKey=4711 ServerId=5"),
        (FolderDelete, 10, "ServerId=5"),
        (FolderUpdate, 9, "SyncKey=4711 ServerId=5 ParentId=0 DisplayName=X"),
        (FolderUpdate, 10, "ServerId=5 ParentId=0 DisplayName=X"),
    ];
    for (command, code, rest) in plain {
        let request = format!("FolderHierarchy:{}[{rest}]", command.name());
        let root = anna.ask(command, &request).await.unwrap();
        shown.is(command.name(), code, &text(&root, "Status"), &request);
    }
    let root = anna.folders(FolderDelete, &format!("ServerId={own}")).await.unwrap();
    shown.is("FolderDelete", 1, &text(&root, "Status"), "a folder of one's own");
    shown.complete();
}
