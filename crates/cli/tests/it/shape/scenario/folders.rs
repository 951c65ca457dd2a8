//! Folders are made, changed, deleted, and seen by the other phone; and everything that is wrong with that.

use fieldpost_eas::Version;
use fieldpost_eas::command::CommandName::{
    FolderCreate, FolderDelete, FolderSync, FolderUpdate, GetHierarchy,
};

use crate::session::{Session, text};

pub async fn play(one: &mut Session, two: &mut Session) {
    let made = one.folders(FolderCreate, "ParentId=0 DisplayName=Projects Type=12").await.unwrap();
    let id = text(&made, "ServerId");
    let gone = one.folders(FolderCreate, "ParentId=0 DisplayName=Gone Type=12").await.unwrap();
    let gone = text(&gone, "ServerId");
    for (kind, name) in [(13, "Other dates"), (14, "Other people"), (15, "Other tasks")] {
        one.folders(FolderCreate, &format!("ParentId=0 DisplayName='{name}' Type={kind}")).await;
    }
    two.folders(FolderSync, "").await;
    one.folders(FolderUpdate, &format!("ServerId={id} ParentId=0 DisplayName='Old projects'")).await;
    one.folders(FolderDelete, &format!("ServerId={gone}")).await;
    two.folders(FolderSync, "").await;
    two.folders(FolderSync, "").await;

    // Twice the same name, no such parent, a folder that stays, no such folder, a key that is none.
    one.folders(FolderCreate, "ParentId=0 DisplayName='Old projects' Type=12").await;
    one.folders(FolderCreate, "ParentId=99999 DisplayName=Lost Type=12").await;
    let inbox = one.folder(2);
    one.folders(FolderUpdate, &format!("ServerId={inbox} ParentId=0 DisplayName=Mine")).await;
    one.folders(FolderUpdate, "ServerId=99999 ParentId=0 DisplayName=Mine").await;
    one.folders(FolderDelete, &format!("ServerId={inbox}")).await;
    one.folders(FolderDelete, "ServerId=99999").await;
    for (command, rest) in [
        (FolderSync, ""),
        (FolderCreate, "ParentId=0 DisplayName=Lost Type=12"),
        (FolderUpdate, "ServerId=5 ParentId=0 DisplayName=Lost"),
        (FolderDelete, "ServerId=5"),
    ] {
        one.ask(command, &format!("FolderHierarchy:{}[SyncKey=4711 {rest}]", command.name())).await;
        one.ask(command, &format!("FolderHierarchy:{}[SyncKey=nonsense]", command.name())).await;
    }
    one.folders(FolderCreate, &format!("ParentId={id} DisplayName=Nested Type=12")).await;
    if one.version <= Version::V14_1 {
        one.ask(GetHierarchy, "").await;
    }
}
