//! GetItemEstimate, MoveItems, ItemOperations and GetHierarchy: what they do, and each of their statuses.

use fieldpost_eas::Version;
use fieldpost_eas::command::CommandName::{
    FolderCreate, GetHierarchy, GetItemEstimate, ItemOperations, MoveItems,
};
use fieldpost_eas::http::multipart;
use fieldpost_phone::Call;
use fieldpost_testkit::shape::notation;

use crate::session::{Session, all, text, with_subject};
use crate::stage::Stage;

const MESSAGE: &str = "From: bob@elsewhere.example\nTo: anna@example.test\nSubject: File\nMIME-Version: 1.0\n\
    Content-Type: multipart/mixed; boundary=m\n\n--m\nContent-Type: text/plain\n\nSee.\n\
    --m\nContent-Type: application/pdf; name=a.pdf\nContent-Disposition: attachment; filename=a.pdf\n\
    Content-Transfer-Encoding: base64\n\nAAECAwQ=\n--m--\n";

#[tokio::test]
async fn an_estimate_counts_what_a_sync_would_bring() {
    let stage = Stage::start(&["anna"]).await;
    stage.deliver("anna", MESSAGE).await;
    for version in Version::ALL {
        let mut one = stage.session("anna", version).await;
        let inbox = one.folder(2);
        one.sync(&inbox, "").await;
        let ask = async |one: &mut Session, folder: &str, key: &str| {
            let collection = match one.version < Version::V14_0 {
                true => {
                    format!("Class=Email CollectionId={folder} AirSync:FilterType=0 AirSync:SyncKey={key}")
                }
                false => format!("AirSync:SyncKey={key} GetItemEstimate:CollectionId={folder}"),
            };
            let request = format!("GetItemEstimate:GetItemEstimate[Collections[Collection[{collection}]]]");
            let root = one.ask(GetItemEstimate, &request).await.unwrap();
            // MS-ASCMD_R4130: it stands in the response for the collection.
            assert!(all(&root, "Response").iter().all(|response| !text(response, "Status").is_empty()));
            (text(&root, "Status"), text(&root, "Estimate"))
        };
        let key = one.key(&inbox);
        // MS-ASCMD_R171, R4134, R5056, R3543, R2970, R2999
        assert_eq!(ask(&mut one, &inbox, &key).await, ("1".to_owned(), "1".to_owned()), "{version}");
        // MS-ASCMD_R4135, R4136
        assert_eq!(ask(&mut one, "99999", &key).await.0, "2", "{version}");
        // MS-ASCMD_R4142, R4594
        assert_eq!(ask(&mut one, &inbox, "4711").await.0, "4", "{version}");
        // MS-ASCMD_R4139, R4140
        let trash = one.folder(4);
        assert_eq!(ask(&mut one, &trash, "0").await.0, "3", "{version}");
    }
}

#[tokio::test]
async fn items_move_and_what_cannot_be_moved_says_why() {
    let stage = Stage::start(&["anna"]).await;
    for version in Version::ALL {
        let subject = format!("Wanderer {version}");
        stage.deliver("anna", &MESSAGE.replace("Subject: File", &format!("Subject: {subject}"))).await;
        let (mut one, mut two) = (stage.session("anna", version).await, stage.session("anna", version).await);
        let (inbox, trash) = (one.folder(2), one.folder(4));
        let roots = one.sync_whole(&inbox, "GetChanges").await;
        two.sync_whole(&inbox, "GetChanges").await;
        two.sync_whole(&trash, "GetChanges").await;
        let id = with_subject(&roots, &subject).remove(0);
        let ask = async |one: &mut Session, item: &str, from: &str, to: &str| {
            let request = format!("Move:MoveItems[Move[SrcMsgId={item} SrcFldId={from} DstFldId={to}]]");
            one.ask(MoveItems, &request).await.unwrap()
        };
        // MS-ASCMD_R4219, R4201
        assert_eq!(text(&ask(&mut one, &id, &inbox, &inbox).await, "Status"), "4", "{version}");
        // MS-ASCMD_R4212
        assert_eq!(text(&ask(&mut one, &id, &inbox, "99999").await, "Status"), "2", "{version}");
        // MS-ASCMD_R4207
        assert_eq!(text(&ask(&mut one, "99999:1", "99999", &trash).await, "Status"), "1", "{version}");
        // MS-ASCMD_R285, R4217, R3977, R5879, R290
        let root = ask(&mut one, &id, &inbox, &trash).await;
        assert_eq!(
            (text(&root, "Status"), text(&root, "SrcMsgId")),
            ("3".to_owned(), id.clone()),
            "{version}"
        );
        assert!(!text(&root, "DstMsgId").is_empty(), "{version}");
        // MS-ASCMD_R289: the other phone sees it go and come.
        let gone = two.sync(&inbox, "GetChanges").await.unwrap();
        assert_eq!(text(all(&gone, "Delete")[0], "ServerId"), id, "{version}");
        let come = two.sync(&trash, "GetChanges").await.unwrap();
        assert_eq!(with_subject(&[come], &subject), [text(&root, "DstMsgId")], "{version}");
    }
}

#[tokio::test]
async fn folders_are_emptied_with_or_without_those_in_them() {
    let stage = Stage::start(&["anna"]).await;
    for version in Version::ALL.into_iter().filter(|version| *version >= Version::V12_0) {
        let mut one = stage.session("anna", version).await;
        let outer = format!("ParentId=0 DisplayName=E{} Type=12", version.times_ten());
        let outer = text(&one.folders(FolderCreate, &outer).await.unwrap(), "ServerId");
        let inner = format!("ParentId={outer} DisplayName=Inner Type=12");
        let inner = text(&one.folders(FolderCreate, &inner).await.unwrap(), "ServerId");
        let exists = async |one: &mut Session| {
            let root = one
                .ask(fieldpost_eas::command::CommandName::FolderSync, "FolderHierarchy:FolderSync[SyncKey=0]")
                .await;
            all(&root.unwrap(), "ServerId").iter().any(|id| id.text.as_deref() == Some(inner.as_str()))
        };
        // MS-ASCMD_R199, R2167, R2244, R2243
        for (options, stays) in [("", true), ("ItemOperations:Options[DeleteSubFolders]", false)] {
            let request = format!(
                "ItemOperations:ItemOperations[EmptyFolderContents[AirSync:CollectionId={outer} {options}]]"
            );
            let root = one.ask(ItemOperations, &request).await.unwrap();
            assert_eq!(text(all(&root, "EmptyFolderContents")[0], "Status"), "1", "{version}");
            assert_eq!(exists(&mut one).await, stays, "{version} {options}");
        }
    }
}

#[tokio::test]
async fn content_comes_inline_or_as_parts_and_in_ranges() {
    let stage = Stage::start(&["anna"]).await;
    stage.deliver("anna", MESSAGE).await;
    for version in Version::ALL.into_iter().filter(|version| *version >= Version::V12_0) {
        let mut one = stage.session("anna", version).await;
        let inbox = one.folder(2);
        let roots = one.sync_whole(&inbox, "GetChanges").await;
        let reference =
            roots.iter().map(|root| text(root, "FileReference")).find(|text| !text.is_empty()).unwrap();
        let request = |range: &str| {
            format!(
                "ItemOperations:ItemOperations[Fetch[Store=Mailbox AirSyncBase:FileReference='{reference}' {range}]]"
            )
        };
        // MS-ASCMD_R5503, R234, R2301, R2302, R3716, R4153
        let root = one.ask(ItemOperations, &request("")).await.unwrap();
        assert_eq!(text(&root, "Data"), "AAECAwQ=", "{version}");
        // MS-ASCMD_R5422, R5423
        let root = one.ask(ItemOperations, &request("ItemOperations:Options[Range=0-1]")).await.unwrap();
        assert_eq!(
            (text(&root, "Data"), text(&root, "Range")),
            ("AAE=".to_owned(), "0-1".to_owned()),
            "{version}"
        );
        // MS-ASCMD_R4160
        let root = one.ask(ItemOperations, &request("ItemOperations:Options[Range=99-100]")).await.unwrap();
        assert_eq!(text(all(&root, "Fetch")[0], "Status"), "8", "{version}");
        // MS-ASCMD_R5505, R236, R5506
        let body = notation::document(&request("")).to_wbxml(version);
        let call = Call { multipart: true, ..Call::wbxml(ItemOperations, body) };
        let answer = one.phone.exchange(&call).await.unwrap();
        assert_eq!(answer.header("content-type"), Some(multipart::CONTENT_TYPE), "{version}");
        // MS-ASCMD_R5509, R5510, R5511, R5512, R5513, R5517, R5518: the count, an offset and a length for each
        // part, and the parts.
        let number = |at: usize| u32::from_le_bytes(answer.body[at..at + 4].try_into().unwrap()) as usize;
        assert_eq!(number(0), 2, "{version}");
        let part = |at: usize| &answer.body[number(at)..number(at) + number(at + 4)];
        assert_eq!(&part(4)[..4], [0x03, 0x01, 0x6A, 0x00], "{version}");
        assert_eq!(part(12), [0, 1, 2, 3, 4], "{version}");
    }
}

#[tokio::test]
async fn what_cannot_be_fetched_has_its_status() {
    let stage = Stage::start(&["anna"]).await;
    stage.deliver("anna", MESSAGE).await;
    for version in Version::ALL.into_iter().filter(|version| *version >= Version::V12_0) {
        let mut one = stage.session("anna", version).await;
        let inbox = one.folder(2);
        for (requirement, fetch, status) in [
            ("MS-ASCMD_R4166", "Store=Mailbox AirSyncBase:FileReference=none".to_owned(), "15"),
            ("MS-ASCMD_R4161", "Store=Attic AirSyncBase:FileReference=none".to_owned(), "9"),
            ("MS-ASAIRS_R214", "Store=Mailbox AirSyncBase:FileReference=''".to_owned(), "15"),
        ] {
            let request = format!("ItemOperations:ItemOperations[Fetch[{fetch}]]");
            let root = one.ask(ItemOperations, &request).await.unwrap();
            let got = all(&root, "Fetch")
                .first()
                .map_or_else(|| text(&root, "Status"), |fetch| text(fetch, "Status"));
            assert_eq!(got, status, "{requirement} {version} {inbox}");
        }
        // MS-ASCMD_R3547: an item has no range.
        let roots = one.sync_whole(&inbox, "GetChanges").await;
        let id = with_subject(&roots, "File").remove(0);
        let item = format!("Fetch[Store=Mailbox AirSync:CollectionId={inbox} AirSync:ServerId={id} %]");
        let ranged = item.replace('%', "ItemOperations:Options[Range=0-9]");
        let root =
            one.ask(ItemOperations, &format!("ItemOperations:ItemOperations[{ranged}]")).await.unwrap();
        assert_eq!(text(all(&root, "Fetch")[0], "Status"), "2", "{version}");
        // MS-ASCMD_R194: each operation has its own status.
        let (good, bad) = (item.replace('%', ""), item.replace('%', "").replace(&id, "1:9999"));
        let request = format!("ItemOperations:ItemOperations[{good} {bad}]");
        let root = one.ask(ItemOperations, &request).await.unwrap();
        let statuses: Vec<_> = all(&root, "Fetch").iter().map(|fetch| text(fetch, "Status")).collect();
        assert_eq!(statuses, ["1", "6"], "{version}");
        // MS-ASCMD_R4154, R765: two files in one.
        let twice =
            "ItemOperations:ItemOperations[Fetch[Store=Mailbox AirSyncBase:FileReference=a FileReference=b]]";
        let root = one.ask(ItemOperations, twice).await.unwrap();
        assert_eq!(text(&root, "Status"), "2", "{version}");
        // MS-ASAIRS_R346, R10030, R10031: what is not of its type, stands twice or at the wrong place.
        for body in [
            "AirSyncBase:BodyPreference[Type=x]",
            "AirSyncBase:BodyPreference[Type=1 Type=2]",
            "AirSyncBase:BodyPreference[TruncationSize=5]",
        ] {
            let options = format!("ItemOperations:Options[{body}]");
            let request = format!(
                "ItemOperations:ItemOperations[Fetch[Store=Mailbox AirSync:CollectionId=1 ServerId=1:1 {options}]]"
            );
            let root = one.ask(ItemOperations, &request).await.unwrap();
            assert_eq!(text(&root, "Status"), "2", "{version} {body}");
        }
    }
}

#[tokio::test]
async fn the_old_list_of_folders_is_of_mail_alone() {
    let stage = Stage::start(&["anna"]).await;
    for version in Version::ALL.into_iter().filter(|version| *version <= Version::V12_1) {
        let mut one = stage.session("anna", version).await;
        let made = format!("ParentId={} DisplayName=L{} Type=12", one.folder(2), version.times_ten());
        let made = text(&one.folders(FolderCreate, &made).await.unwrap(), "ServerId");
        let root = one.ask(GetHierarchy, "").await.unwrap();
        // MS-ASCMD_R6024, R6026: no calendar, no contacts.
        let ids: Vec<String> = all(&root, "ServerId").iter().filter_map(|id| id.text.clone()).collect();
        for kind in [8, 9] {
            assert!(!ids.contains(&one.folder(kind)), "{version}");
        }
        // MS-ASCMD_R7505, R7507, R6031: those that every mailbox has, under the ids that FolderSync gave.
        for kind in [5, 4] {
            assert!(ids.contains(&one.folder(kind)), "{version}");
        }
        // MS-ASCMD_R6032, R6025
        let folder =
            all(&root, "Folder").into_iter().find(|folder| text(folder, "ServerId") == made).unwrap();
        assert_eq!(text(folder, "ParentId"), one.folder(2), "{version}");
    }
}
