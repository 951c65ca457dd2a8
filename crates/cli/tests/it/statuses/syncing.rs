//! Sync, with one item or the whole, GetItemEstimate and Ping.

use fieldpost_eas::Version;
use fieldpost_eas::command::CommandName::{GetItemEstimate, Ping, Sync};

use super::Shown;
use crate::session::{all, text, with_subject};
use crate::stage::Stage;

pub(super) const SCOPES: &[&str] = &["Sync", "GetItemEstimate", "Ping"];

const MESSAGE: &str = "From: bob@elsewhere.example\nTo: anna@example.test\nSubject: One\n\nA text.\n";

#[tokio::test]
async fn every_status_of_waiting_and_synchronising() {
    let stage = Stage::start(&["anna"]).await;
    stage.deliver("anna", MESSAGE).await;
    let mut shown = Shown::of(SCOPES);
    sync(&stage, &mut shown).await;
    get_item_estimate(&stage, &mut shown).await;
    ping(&stage, &mut shown).await;
    shown.complete();
}

async fn sync(stage: &Stage, shown: &mut Shown) {
    let mut anna = stage.session("anna", Version::V14_1).await;
    let mut other = stage.session("anna", Version::V14_1).await;
    let inbox = anna.folder(2);
    let request = anna.ask(Sync, "").await.unwrap();
    shown.is("Sync", 13, &text(&request, "Status"), "an empty request of a new phone");
    let roots = anna.sync_whole(&inbox, "GetChanges").await;
    other.sync_whole(&inbox, "GetChanges").await;
    shown.is("Sync", 1, &text(&roots[1], "Status"), "the first items");
    let id = with_subject(&roots, "One").remove(0);

    let root = anna.sync_with(&inbox, "4711", "").await.unwrap();
    shown.is("Sync", 3, &text(&root, "Status"), "a key that nobody gave");
    let root = anna.sync_with("99999", "0", "").await.unwrap();
    shown.is("Sync", 12, &text(&root, "Status"), "a folder that is not there");
    let collection = format!("Collection[SyncKey={} CollectionId={inbox}]", anna.key(&inbox));
    let many: String = (0..301).map(|n| format!("Collection[SyncKey=0 CollectionId={n}] ")).collect();
    for (code, request) in [
        (4, "AirSync:Sync[Collections[Collection[SyncKey=0]]]".to_owned()),
        (14, format!("AirSync:Sync[Collections[{collection}] Wait=60]")),
        (15, format!("AirSync:Sync[Collections[{many}]]")),
    ] {
        let root = anna.ask(Sync, &request).await.unwrap();
        shown.is("Sync", code, &text(&root, "Status"), &request);
        // What would do is told with it.
        assert_eq!(all(&root, "Limit").len(), usize::from(code != 4), "{code}");
    }
    for (code, item, data) in [(8, "99999:1", "Email:Read=1"), (6, id.as_str(), "Email:Read=perhaps")] {
        let commands = format!("Commands[Change[ServerId={item} ApplicationData[{data}]]]");
        let root = anna.sync(&inbox, &commands).await.unwrap();
        shown.is("Sync", code, &text(all(&root, "Responses")[0], "Status"), &commands);
    }
    let change = |read: u8| format!("Commands[Change[ServerId={id} ApplicationData[Email:Read={read}]]]");
    assert!(other.sync(&inbox, &change(1)).await.is_some());
    let flag = format!("Commands[Change[ServerId={id} ApplicationData[Email:Flag[Status=2 FlagType=x]]]]");
    let root = anna.sync(&inbox, &flag).await.unwrap();
    shown.is("Sync", 7, &text(all(&root, "Responses")[0], "Status"), "two changes at once");
}

async fn get_item_estimate(stage: &Stage, shown: &mut Shown) {
    let mut anna = stage.session("anna", Version::V14_1).await;
    let (inbox, trash) = (anna.folder(2), anna.folder(4));
    anna.sync(&inbox, "").await;
    let key = anna.key(&inbox);
    for (code, folder, key) in
        [(1, inbox.as_str(), key.as_str()), (2, "99999", &key), (3, &trash, "0"), (4, &inbox, "4711")]
    {
        let collection = format!("AirSync:SyncKey={key} GetItemEstimate:CollectionId={folder}");
        let request = format!("GetItemEstimate:GetItemEstimate[Collections[Collection[{collection}]]]");
        let root = anna.ask(GetItemEstimate, &request).await.unwrap();
        shown.is("GetItemEstimate", code, &text(&root, "Status"), &request);
    }
}

async fn ping(stage: &Stage, shown: &mut Shown) {
    let mut anna = stage.session("anna", Version::V14_1).await;
    let inbox = anna.folder(2);
    let root = anna.ask(Ping, "").await.unwrap();
    shown.is("Ping", 3, &text(&root, "Status"), "an empty request of a new phone");
    anna.sync_whole(&inbox, "GetChanges").await;
    let folder = |id: &str| format!("Folder[Id={id} Class=Email]");
    let many: String = (0..301).map(|n| folder(&n.to_string())).collect();
    for (code, heartbeat, folders) in [
        (1, "1", folder(&inbox)),
        (4, "x", folder(&inbox)),
        (5, "99999", folder(&inbox)),
        (6, "1", many),
        (7, "1", folder("99999")),
    ] {
        let request = format!("Ping:Ping[HeartbeatInterval={heartbeat} Folders[{folders}]]");
        let root = anna.ask(Ping, &request).await.unwrap();
        shown.is("Ping", code, &text(&root, "Status"), &request);
        // What would do is told with it.
        assert_eq!(all(&root, "HeartbeatInterval").len(), usize::from(code == 5), "{code}");
        assert_eq!(all(&root, "MaxFolders").len(), usize::from(code == 6), "{code}");
    }
    stage.deliver("anna", MESSAGE).await;
    let request = format!("Ping:Ping[HeartbeatInterval=60 Folders[{}]]", folder(&inbox));
    let root = anna.ask(Ping, &request).await.unwrap();
    shown.is("Ping", 2, &text(&root, "Status"), &request);
}
