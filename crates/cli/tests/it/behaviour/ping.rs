//! Ping: what it waits for, what it remembers, and each of its statuses.

use fieldpost_eas::Version;
use fieldpost_eas::command::CommandName::{FolderCreate, Ping};

use crate::session::{Session, all, text};
use crate::stage::Stage;

async fn ping(session: &mut Session, request: &str) -> (String, fieldpost_eas::wbxml::Node) {
    let root = session.ask(Ping, request).await.unwrap();
    (text(&root, "Status"), root)
}

#[tokio::test]
async fn it_tells_which_folders_changed_and_remembers_what_was_asked() {
    let stage = Stage::start(&["anna"]).await;
    for version in Version::ALL {
        let mut one = stage.session("anna", version).await;
        let inbox = one.folder(2);
        // MS-ASCMD_R4240, R4241, R4228: nothing is remembered yet.
        assert_eq!(ping(&mut one, "").await.0, "3", "{version}");
        one.sync_whole(&inbox, "GetChanges").await;
        let folders = format!("Folders[Folder[Id={inbox} Class=Email]]");
        assert_eq!(
            ping(&mut one, &format!("Ping:Ping[HeartbeatInterval=1 {folders}]")).await.0,
            "1",
            "{version}"
        );
        // MS-ASCMD_R5836, R5714: the interval is remembered.
        assert_eq!(ping(&mut one, &format!("Ping:Ping[{folders}]")).await.0, "1", "{version}");
        stage.deliver("anna", "From: bob@elsewhere.example\nSubject: News\n\nNew.\n").await;
        // MS-ASCMD_R335, R306, R4235, R4236, R5636; MS-ASHTTP_R504: all of it is.
        let (status, root) = ping(&mut one, "").await;
        assert_eq!(status, "2", "{version}");
        let changed: Vec<_> = all(&root, "Folder").iter().filter_map(|folder| folder.text.clone()).collect();
        assert_eq!(changed, [inbox.as_str()], "{version}");
        one.sync(&inbox, "GetChanges").await;
        assert_eq!(ping(&mut one, "").await.0, "1", "{version}");
    }
}

#[tokio::test]
async fn what_cannot_be_waited_for_has_its_status() {
    let stage = Stage::start(&["anna"]).await;
    for version in Version::ALL {
        let mut one = stage.session("anna", version).await;
        let inbox = one.folder(2);
        one.sync_whole(&inbox, "GetChanges").await;
        let folders = format!("Folders[Folder[Id={inbox} Class=Email]]");
        // MS-ASCMD_R4244
        assert_eq!(
            ping(&mut one, &format!("Ping:Ping[HeartbeatInterval=x {folders}]")).await.0,
            "4",
            "{version}"
        );
        // MS-ASCMD_R4249, R5691: too long, and what is the most.
        let (status, root) = ping(&mut one, &format!("Ping:Ping[HeartbeatInterval=99999 {folders}]")).await;
        assert_eq!((status.as_str(), text(&root, "HeartbeatInterval").as_str()), ("5", "3540"), "{version}");
        // MS-ASCMD_R5837, R5690: too short, and what is the least.
        let (status, root) = ping(&mut one, &format!("Ping:Ping[HeartbeatInterval=0 {folders}]")).await;
        assert_eq!((status.as_str(), text(&root, "HeartbeatInterval").as_str()), ("5", "1"), "{version}");
        // MS-ASCMD_R4257, R4258
        let made = one
            .folders(FolderCreate, &format!("ParentId=0 DisplayName=P{} Type=12", version.times_ten()))
            .await;
        let unknown = "Folders[Folder[Id=99999 Class=Email]]";
        assert!(made.is_some());
        assert_eq!(
            ping(&mut one, &format!("Ping:Ping[HeartbeatInterval=1 {unknown}]")).await.0,
            "7",
            "{version}"
        );
    }
}
