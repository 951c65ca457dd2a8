//! FolderSync, FolderCreate, FolderUpdate and FolderDelete: what they do, and each of their statuses.

use fieldpost_eas::Version;
use fieldpost_eas::command::CommandName::{self, FolderCreate, FolderDelete, FolderSync, FolderUpdate};
use fieldpost_eas::wbxml::Node;

use crate::session::{Session, all, text};
use crate::stage::Stage;

/// Asks for something that is refused, and expects this status and no key.
async fn refused(session: &mut Session, command: CommandName, rest: &str, status: &str) {
    let root = session.folders(command, rest).await.unwrap();
    let what = format!("{} {} {rest}", session.version, command.name());
    assert_eq!(text(&root, "Status"), status, "{what}");
    // MS-ASCMD_R4570, R5785, R5786
    assert!(all(&root, "SyncKey").is_empty(), "{what}");
    // MS-ASCMD_R3904
    assert!(all(&root, "ServerId").is_empty(), "{what}");
}

async fn done(session: &mut Session, command: CommandName, rest: &str) -> Node {
    let root = session.folders(command, rest).await.unwrap();
    assert_eq!(text(&root, "Status"), "1", "{} {} {rest}", session.version, command.name());
    // MS-ASCMD_R4569, R5783, R5784
    assert!(!text(&root, "SyncKey").is_empty());
    root
}

fn names(root: &Node, change: &str) -> Vec<String> {
    all(root, change).iter().map(|node| text(node, "DisplayName")).collect()
}

#[tokio::test]
async fn folders_are_made_changed_deleted_and_told_to_the_other_phone() {
    let stage = Stage::start(&["anna"]).await;
    for version in Version::ALL {
        let mut one = stage.session("anna", version).await;
        let mut two = stage.session("anna", version).await;
        // MS-ASCMD_R79, R4011, R3903, R493; MS-ASHTTP_R493
        let outer = done(&mut one, FolderCreate, "ParentId=0 DisplayName=Outer Type=12").await;
        let outer = text(&outer, "ServerId");
        assert!(!outer.is_empty(), "{version}");
        let inner = format!("ParentId={outer} DisplayName=Inner Type=12");
        let inner = text(&done(&mut one, FolderCreate, &inner).await, "ServerId");
        // MS-ASCMD_R113, R5860, R4074, R4578, R5024; MS-ASHTTP_R491
        let told = done(&mut two, FolderSync, "").await;
        assert_eq!(names(&told, "Add"), ["Outer", "Inner"], "{version}");
        assert_eq!(text(all(&told, "Add")[1], "ParentId"), outer);
        // MS-ASCMD_R5775; MS-ASHTTP_R428: no items.
        assert!(all(&told, "ApplicationData").is_empty());

        // MS-ASCMD_R139, R140, R4100; MS-ASHTTP_R68, R431
        done(&mut one, FolderUpdate, &format!("ServerId={inner} ParentId=0 DisplayName=Moved")).await;
        let told = done(&mut two, FolderSync, "").await;
        assert_eq!(names(&told, "Update"), ["Moved"], "{version}");
        assert_eq!(text(all(&told, "Update")[0], "ParentId"), "0");

        // MS-ASCMD_R97, R98, R99, R4045, R5863; MS-ASHTTP_R496
        for id in [&inner, &outer] {
            done(&mut one, FolderDelete, &format!("ServerId={id}")).await;
        }
        let told = done(&mut two, FolderSync, "").await;
        let mut gone: Vec<_> = all(&told, "Delete").iter().map(|node| text(node, "ServerId")).collect();
        gone.sort();
        let mut expected = vec![inner, outer];
        expected.sort();
        assert_eq!(gone, expected, "{version}");
        // MS-ASCMD_R2120: nothing is left to tell.
        assert_eq!(text(&done(&mut two, FolderSync, "").await, "Count"), "0", "{version}");

        // MS-ASCMD_R119, R116, R5020, R5008: from the start, all folders and a key.
        let whole = one.ask(FolderSync, "FolderHierarchy:FolderSync[SyncKey=0]").await.unwrap();
        let types: Vec<_> = all(&whole, "Add").iter().map(|add| text(add, "Type")).collect();
        for kind in ["2", "3", "4", "5"] {
            assert!(types.iter().any(|other| other == kind), "{version}: {types:?}");
        }
        assert!(!text(&whole, "SyncKey").is_empty());
        // MS-ASCMD_R5416
        let mut all_names = names(&whole, "Add");
        let count = all_names.len();
        all_names.sort();
        all_names.dedup();
        assert_eq!(all_names.len(), count, "{version}");
    }
}

#[tokio::test]
async fn what_cannot_be_done_has_its_status() {
    let stage = Stage::start(&["anna"]).await;
    for version in Version::ALL {
        let mut one = stage.session("anna", version).await;
        let inbox = one.folder(2);
        let made =
            done(&mut one, FolderCreate, &format!("ParentId=0 DisplayName=V{} Type=12", version.times_ten()))
                .await;
        let own = text(&made, "ServerId");
        let name = format!("V{}", version.times_ten());
        // MS-ASCMD_R4013
        refused(&mut one, FolderCreate, &format!("ParentId=0 DisplayName={name} Type=12"), "2").await;
        // MS-ASCMD_R4018, R4019
        refused(&mut one, FolderCreate, "ParentId=99999 DisplayName=X Type=12", "5").await;
        // MS-ASCMD_R4035: a second inbox.
        refused(&mut one, FolderCreate, "ParentId=0 DisplayName=X Type=2", "10").await;
        // MS-ASCMD_R4046, R4047, R4040
        refused(&mut one, FolderDelete, &format!("ServerId={inbox}"), "3").await;
        // MS-ASCMD_R4048, R4049
        refused(&mut one, FolderDelete, "ServerId=99999", "4").await;
        // MS-ASCMD_R4101, R4102, R4096
        refused(&mut one, FolderUpdate, &format!("ServerId={inbox} ParentId=0 DisplayName=X"), "2").await;
        // MS-ASCMD_R5438
        refused(&mut one, FolderUpdate, &format!("ServerId={own} ParentId=0 DisplayName=Inbox"), "2").await;
        // MS-ASCMD_R4105, R4106
        refused(&mut one, FolderUpdate, "ServerId=99999 ParentId=0 DisplayName=X", "4").await;
        // MS-ASCMD_R4108, R4109
        refused(&mut one, FolderUpdate, &format!("ServerId={own} ParentId=99999 DisplayName=X"), "5").await;
        // MS-ASCMD_R3102, R4123
        let status = format!("Status=1 ServerId={own} ParentId=0 DisplayName=X");
        refused(&mut one, FolderUpdate, &status, "10").await;
        for (requirements, command, rest, status) in [
            (
                ["MS-ASCMD_R4032", "MS-ASCMD_R4573"],
                FolderCreate,
                "SyncKey=4711 ParentId=0 DisplayName=X Type=12",
                "9",
            ),
            (["MS-ASCMD_R4060", "MS-ASCMD_R4573"], FolderDelete, "SyncKey=4711 ServerId=5", "9"),
            (
                ["MS-ASCMD_R4120", "MS-ASCMD_R4573"],
                FolderUpdate,
                "SyncKey=4711 ServerId=5 ParentId=0 DisplayName=X",
                "9",
            ),
            (["MS-ASCMD_R4083", "MS-ASCMD_R4581"], FolderSync, "SyncKey=4711", "9"),
            (["MS-ASCMD_R4568", "MS-ASCMD_R4123"], FolderUpdate, "ServerId=5 ParentId=0 DisplayName=X", "10"),
            (["MS-ASCMD_R4063", "MS-ASCMD_R4040"], FolderDelete, "ServerId=5", "10"),
            (["MS-ASCMD_R4086", "MS-ASCMD_R4068"], FolderSync, "", "10"),
        ] {
            let request = format!("FolderHierarchy:{}[{rest}]", command.name());
            let root = one.ask(command, &request).await.unwrap();
            assert_eq!(text(&root, "Status"), status, "{requirements:?} {version} {request}");
        }
        done(&mut one, FolderDelete, &format!("ServerId={own}")).await;
    }
}

#[tokio::test]
async fn the_recipient_cache_is_not_the_phones() {
    let stage = Stage::start(&["anna"]).await;
    for version in [Version::V14_0, Version::V14_1, Version::V16_0, Version::V16_1] {
        let mut one = stage.session("anna", version).await;
        let cache = one.folder(19);
        // MS-ASCMD_R81
        refused(&mut one, FolderCreate, "ParentId=0 DisplayName=X Type=19", "10").await;
        // MS-ASCMD_R5769, R4016
        refused(&mut one, FolderCreate, &format!("ParentId={cache} DisplayName=X Type=12"), "3").await;
        // MS-ASCMD_R100, R101
        refused(&mut one, FolderDelete, &format!("ServerId={cache}"), "3").await;
        // MS-ASCMD_R141, R143, R4103, R4104
        refused(&mut one, FolderUpdate, &format!("ServerId={cache} ParentId=0 DisplayName=X"), "3").await;
    }
}
