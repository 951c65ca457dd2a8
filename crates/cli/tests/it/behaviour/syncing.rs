//! Sync: keys, what is wanted and what not, windows, conflicts, deletions and each of its statuses.

use fieldpost_eas::Version;
use fieldpost_eas::command::CommandName::Sync;
use fieldpost_eas::wbxml::Node;

use super::change;
use crate::session::{Session, all, text, with_subject};
use crate::stage::Stage;

fn message(subject: &str) -> String {
    format!("From: bob@elsewhere.example\nTo: anna@example.test\nSubject: {subject}\n\nA text.\n")
}

async fn deliver(stage: &Stage, subjects: &[&str]) {
    for subject in subjects {
        stage.deliver("anna", &message(subject)).await;
    }
}

/// The status of a whole answer, or of its first collection.
async fn status(session: &mut Session, request: &str) -> (String, Option<Node>) {
    let root = session.ask(Sync, request).await;
    (root.as_ref().map(|root| text(root, "Status")).unwrap_or_default(), root)
}

fn adds(roots: &[Node]) -> usize {
    roots.iter().map(|root| all(root, "Add").len()).sum()
}

#[tokio::test]
async fn keys_lead_from_the_start_to_what_is_new() {
    let stage = Stage::start(&["anna"]).await;
    deliver(&stage, &["One", "Two"]).await;
    for version in Version::ALL {
        let mut one = stage.session("anna", version).await;
        let inbox = one.folder(2);
        // MS-ASCMD_R648, R4599, R5032, R5051, R5082, R4423, R5555: the first answer has a key and no items.
        let root = one.sync(&inbox, "").await.unwrap();
        assert_eq!(text(&root, "Status"), "1", "{version}");
        let first = text(&root, "SyncKey");
        assert!(!first.is_empty() && all(&root, "Commands").is_empty(), "{version}");
        // MS-ASCMD_R3127, R4602, R4606, R654, R5053, R5060, R5085, R749: the next brings them, and a new key.
        let root = one.sync(&inbox, "GetChanges").await.unwrap();
        assert!(all(&root, "Add").len() >= 2, "{version}");
        assert_ne!(text(&root, "SyncKey"), first, "{version}");
        // MS-ASCMD_R3835: the phone asked for nothing to be done.
        assert!(all(&root, "Responses").is_empty(), "{version}");
        deliver(&stage, &["News"]).await;
        // MS-ASCMD_R3125
        let root = one.sync(&inbox, "GetChanges=0").await;
        assert!(root.is_none_or(|root| all(&root, "Commands").is_empty()), "{version}");
        // MS-ASCMD_R3126, R3119
        let root = one.sync(&inbox, "GetChanges=1").await.unwrap();
        assert_eq!(all(&root, "Add").len(), 1, "{version}");
        deliver(&stage, &["News"]).await;
        // MS-ASCMD_R5556: with a key, changes are wanted unless it is said otherwise.
        let root = one.sync(&inbox, "").await.unwrap();
        assert_eq!(all(&root, "Add").len(), 1, "{version}");
        // MS-ASCMD_R942: the class of the items is that of the folder.
        assert!(all(all(&root, "Add")[0], "Class").is_empty(), "{version}");
        // MS-ASCMD_R667, R679
        let again = one.sync(&inbox, "GetChanges").await;
        assert_eq!(again.is_none(), version >= Version::V12_1, "{version}");
    }
}

#[tokio::test]
async fn the_first_key_brings_no_changes() {
    let stage = Stage::start(&["anna"]).await;
    for version in Version::ALL {
        let mut one = stage.session("anna", version).await;
        let inbox = one.folder(2);
        // MS-ASCMD_R5838
        let root = one.sync_with(&inbox, "0", "GetChanges=1").await.unwrap();
        assert_eq!(text(&root, "Status"), "4", "{version}");
        // MS-ASCMD_R3129
        let root = one.sync_with(&inbox, "0", "").await.unwrap();
        assert_eq!(text(&root, "Status"), "1", "{version}");
    }
}

#[tokio::test]
async fn windows_are_kept_and_more_is_announced() {
    let stage = Stage::start(&["anna"]).await;
    let subjects: Vec<String> = (0..130).map(|n| format!("Mail {n}")).collect();
    for subject in &subjects {
        stage.deliver("anna", &message(subject)).await;
    }
    for version in Version::ALL {
        let mut one = stage.session("anna", version).await;
        let inbox = one.folder(2);
        one.sync(&inbox, "").await;
        // MS-ASCMD_R4771, R4765, R5787, R3451, R5015, R5041
        let root = one.sync(&inbox, "GetChanges WindowSize=20").await.unwrap();
        assert_eq!((all(&root, "Add").len(), all(&root, "MoreAvailable").len()), (20, 1), "{version}");
        // MS-ASCMD_R4767, R3459: no window is one of 100.
        let root = one.sync(&inbox, "GetChanges").await.unwrap();
        assert_eq!((all(&root, "Add").len(), all(&root, "MoreAvailable").len()), (100, 1), "{version}");
        // MS-ASCMD_R4764, R3456
        let root = one.sync(&inbox, "GetChanges WindowSize=512").await.unwrap();
        assert_eq!((all(&root, "Add").len(), all(&root, "MoreAvailable").len()), (10, 0), "{version}");
    }
    // MS-ASCMD_R4779: a window over all folders.
    let mut one = stage.session("anna", Version::V16_1).await;
    let (inbox, sent) = (one.folder(2), one.folder(5));
    one.sync(&inbox, "").await;
    one.sync(&sent, "").await;
    let collection =
        |key: String, id: &str| format!("Collection[SyncKey={key} CollectionId={id} GetChanges]");
    let collections = [collection(one.key(&inbox), &inbox), collection(one.key(&sent), &sent)].concat();
    let root =
        one.ask(Sync, &format!("AirSync:Sync[Collections[{collections}] WindowSize=7]")).await.unwrap();
    assert_eq!((all(&root, "Add").len(), all(&root, "MoreAvailable").len()), (7, 1));
}

#[tokio::test]
async fn what_makes_no_sense_has_its_status() {
    let stage = Stage::start(&["anna"]).await;
    deliver(&stage, &["One"]).await;
    for version in Version::ALL.into_iter().filter(|version| *version >= Version::V12_1) {
        let mut one = stage.session("anna", version).await;
        let inbox = one.folder(2);
        one.sync_whole(&inbox, "GetChanges").await;
        let collection = format!("Collection[SyncKey={} CollectionId={inbox}]", one.key(&inbox));
        // MS-ASCMD_R4545, R4431, R5779, R4415, R4417
        assert_eq!(
            status(&mut one, "AirSync:Sync[Collections[Collection[SyncKey=0]]]").await.0,
            "4",
            "{version}"
        );
        // MS-ASCMD_R4456: nothing is remembered of a new phone.
        let mut new = stage.session("anna", version).await;
        assert_eq!(status(&mut new, "").await.0, "13", "{version}");
        // MS-ASCMD_R4746, R3225, R4459, R5781, R3228, R5782, R3227
        for (wait, limit) in [("60", "59"), ("0", "1")] {
            let request = format!("AirSync:Sync[Collections[{collection}] Wait={wait}]");
            let (got, root) = status(&mut one, &request).await;
            assert_eq!((got.as_str(), text(&root.unwrap(), "Limit").as_str()), ("14", limit), "{version}");
        }
        if version >= Version::V14_0 {
            // MS-ASCMD_R4748, R3162
            let both = format!("AirSync:Sync[Collections[{collection}] Wait=1 HeartbeatInterval=60]");
            assert_eq!(status(&mut one, &both).await.0, "4", "{version}");
            // MS-ASCMD_R5780, R4460, R3230
            let request = format!("AirSync:Sync[Collections[{collection}] HeartbeatInterval=3541]");
            let (got, root) = status(&mut one, &request).await;
            assert_eq!((got.as_str(), text(&root.unwrap(), "Limit").as_str()), ("14", "3540"), "{version}");
            // MS-ASCMD_R930, R4430, R5778
            let twice = "Options[Class=Email] Options[Class=Email]";
            let root = one.sync(&inbox, twice).await.unwrap();
            assert_eq!(text(&root, "Status"), "4", "{version}");
            // MS-ASCMD_R934, R935: other classes don't go together.
            let root = one.sync(&inbox, "Options[Class=Email] Options[Class=Calendar]").await.unwrap();
            assert_eq!(text(&root, "Status"), "4", "{version}");
            // MS-ASCMD_R2117
            let calendar = one.folder(8);
            one.sync_whole(&calendar, "").await;
            let root = one.sync(&calendar, "ConversationMode=1").await;
            assert_ne!(root.map(|root| text(&root, "Status")).unwrap_or_default(), "1", "{version}");
        }
    }
}

#[tokio::test]
async fn deletions_go_to_the_bin_or_for_good() {
    let stage = Stage::start(&["anna"]).await;
    for version in Version::ALL {
        let mut one = stage.session("anna", version).await;
        let (inbox, trash) = (one.folder(2), one.folder(4));
        let mut expected = adds(&one.sync_whole(&trash, "GetChanges WindowSize=512").await);
        // MS-ASCMD_R2158, R2160, R2161, R5874, R5875
        for (number, (moves, kept)) in
            [("DeletesAsMoves=0", 0), ("DeletesAsMoves=1", 1), ("DeletesAsMoves", 1), ("", 1)]
                .into_iter()
                .enumerate()
        {
            let subject = format!("Gone {version} {number}");
            deliver(&stage, &[&subject]).await;
            let roots = one.sync_whole(&inbox, "GetChanges").await;
            let id = with_subject(&roots, &subject).remove(0);
            one.sync(&inbox, &format!("{moves} Commands[Delete[ServerId={id}]]")).await;
            expected += kept;
            let found = adds(&one.sync_whole(&trash, "GetChanges WindowSize=512").await);
            assert_eq!(found, expected, "{version} {moves}");
        }
    }
}

#[tokio::test]
async fn one_change_wins_where_two_meet() {
    let stage = Stage::start(&["anna"]).await;
    for version in Version::ALL {
        // The server's: MS-ASCMD_R2066, R2068, R2069, R4444. The phone's: MS-ASCMD_R2067.
        for (number, (conflict, status, read)) in
            [("", "7", "1"), ("Options[Conflict=1]", "7", "1"), ("Options[Conflict=0]", "1", "0")]
                .into_iter()
                .enumerate()
        {
            let subject = format!("Quarrel {version} {number}");
            deliver(&stage, &[&subject]).await;
            let (mut one, mut two) =
                (stage.session("anna", version).await, stage.session("anna", version).await);
            let inbox = one.folder(2);
            let roots = one.sync_whole(&inbox, &format!("GetChanges WindowSize=512 {conflict}")).await;
            two.sync_whole(&inbox, "GetChanges WindowSize=512").await;
            let id = with_subject(&roots, &subject).remove(0);
            assert_eq!(change(&mut two, &inbox, &id, "Email:Read=1").await, "1", "{version}");
            let commands = format!("Commands[Change[ServerId={id} ApplicationData[Email:Read=0]]]");
            let root = one.sync(&inbox, &format!("GetChanges {conflict} {commands}")).await;
            let answered = root
                .as_ref()
                .and_then(|root| all(root, "Responses").first().map(|node| text(node, "Status")));
            assert_eq!(answered.as_deref().unwrap_or("1"), status, "{version} {conflict}");
            let roots = two.sync_whole(&inbox, "GetChanges WindowSize=512").await;
            let item = roots.iter().flat_map(|root| all(root, "Add")).find(|add| text(add, "ServerId") == id);
            assert_eq!(item.map(|item| text(item, "Read")).as_deref(), Some(read), "{version} {conflict}");
        }
    }
}

#[tokio::test]
async fn changes_of_marks_leave_the_rest_and_items_that_are_gone_are_said() {
    let stage = Stage::start(&["anna"]).await;
    for version in Version::ALL {
        let subject = format!("Kept {version}");
        deliver(&stage, &[&subject]).await;
        let mut one = stage.session("anna", version).await;
        let inbox = one.folder(2);
        let roots = one.sync_whole(&inbox, "GetChanges WindowSize=512").await;
        let id = with_subject(&roots, &subject).remove(0);
        // MS-ASCMD_R873, R5825, R5826
        let mut marks = vec!["Email:Read=1"];
        if version >= Version::V12_0 {
            marks.push("Email:Flag[Status=2 FlagType=x]");
        }
        if version >= Version::V14_0 {
            marks.push("Email:Categories[Category=Blue]");
        }
        for mark in &marks {
            assert_eq!(change(&mut one, &inbox, &id, mark).await, "1", "{version}: {mark}");
        }
        let roots = one.sync_whole(&inbox, "GetChanges WindowSize=512").await;
        let item =
            roots.iter().flat_map(|root| all(root, "Add")).find(|add| text(add, "ServerId") == id).unwrap();
        assert_eq!((text(item, "Subject"), text(item, "Read")), (subject, "1".to_owned()), "{version}");
        if version >= Version::V12_0 {
            assert_eq!(all(item, "FlagType").len(), 1, "{version}");
        }
        if version >= Version::V14_0 {
            assert_eq!(all(item, "Category").len(), 1, "{version}");
        }
        // MS-ASCMD_R4447, R4419, R3834
        assert_eq!(change(&mut one, &inbox, "99999:1", "Email:Read=1").await, "8", "{version}");
        // MS-ASCMD_R4440
        assert_eq!(change(&mut one, &inbox, &id, "Email:Read=perhaps").await, "6", "{version}");
        if version < Version::V16_0 {
            // MS-ASCMD_R755
            let add = "Commands[Add[ClientId=1 ApplicationData[Email:Subject=Mine]]]";
            let root = one.sync(&inbox, add).await.unwrap();
            let answer = all(&root, "Responses").first().map(|node| text(node, "Status")).unwrap_or_default();
            assert_eq!(answer, "6", "{version}");
        }
    }
}

#[tokio::test]
async fn mime_is_cut_where_it_is_said() {
    let stage = Stage::start(&["anna"]).await;
    let lines = "0123456789012345678901234567890123456789012345678901234567890123\n".repeat(2000);
    stage.deliver("anna", &format!("From: bob@elsewhere.example\nSubject: Long\n\n{lines}\n")).await;
    for version in [Version::V12_0, Version::V14_1, Version::V16_1] {
        let mut one = stage.session("anna", version).await;
        let inbox = one.folder(2);
        for (requirement, code, most) in [
            ("MS-ASCMD_R3418", 0, 0),
            ("MS-ASCMD_R3419", 1, 4096),
            ("MS-ASCMD_R3420", 2, 5120),
            ("MS-ASCMD_R3421", 3, 7168),
            ("MS-ASCMD_R3422", 4, 10_240),
            ("MS-ASCMD_R3423", 5, 20_480),
            ("MS-ASCMD_R3424", 6, 51_200),
            ("MS-ASCMD_R3425", 7, 102_400),
            ("MS-ASCMD_R3426", 8, usize::MAX),
        ] {
            let options =
                format!("Options[MIMESupport=2 MIMETruncation={code} AirSyncBase:BodyPreference[Type=4]]");
            let roots = one.sync_whole(&inbox, &format!("GetChanges {options}")).await;
            let body = roots.iter().flat_map(|root| all(root, "Body")).next().unwrap().clone();
            // MS-ASCMD_R3408, R3409, R3410
            assert_eq!(text(&body, "Type"), "4", "{version}");
            assert!(!text(&body, "EstimatedDataSize").is_empty() && !text(&body, "Truncated").is_empty());
            let data = all(&body, "Data").first().map_or(0, |data| {
                data.text.as_ref().map_or_else(|| data.opaque.as_ref().map_or(0, Vec::len), String::len)
            });
            match most {
                usize::MAX => assert!(data > 130_000, "{requirement} {version}: {data}"),
                most => assert_eq!(data, most, "{requirement} {version}"),
            }
        }
    }
}

#[tokio::test]
async fn no_answer_holds_more_than_512_changes() {
    let stage = Stage::start(&["anna"]).await;
    let messages: String = (0..520)
        .map(|n| {
            format!("From bob@elsewhere.example Mon Nov  2 08:00:00 2026\n{}\n", message(&format!("M{n}")))
        })
        .collect();
    let file = stage.server.folder().join("many.mbox");
    std::fs::write(&file, messages).unwrap();
    let address = format!("anna@{}", fieldpost_testkit::process::DOMAIN);
    let done = stage.server.run(&["import", &address, file.to_str().unwrap()]);
    assert!(done.status.success(), "{done:?}");
    for version in Version::ALL {
        let mut anna = stage.session("anna", version).await;
        let inbox = anna.folder(2);
        for window in ["", "WindowSize=512", "WindowSize=600"] {
            // MS-ASCMD_R3460
            let roots = anna.sync_whole(&inbox, &format!("GetChanges {window}")).await;
            assert_eq!(all(&roots[1], "MoreAvailable").len(), 1, "{version} {window}");
            assert!(all(&roots[1], "Add").len() <= 512, "{version} {window}");
        }
    }
}

#[tokio::test]
async fn more_than_two_hundred_changes_at_once_are_refused() {
    let stage = Stage::start(&["anna"]).await;
    for version in [Version::V12_1, Version::V14_1, Version::V16_1] {
        let mut anna = stage.session("anna", version).await;
        let contacts = anna.folder(9);
        anna.sync_whole(&contacts, "GetChanges").await;
        let add = |n: usize| format!("Add[ClientId=n{n} ApplicationData[Contacts:FileAs=N{n}]]");
        let adds: String = (0..201).map(add).collect();
        // MS-ASCMD_R5659
        let root = anna.sync(&contacts, &format!("Commands[{adds}]")).await.unwrap();
        assert_eq!(text(&root, "Status"), "4", "{version}");
    }
}

#[tokio::test]
async fn an_interval_that_is_too_short_is_answered_with_the_shortest() {
    let stage = Stage::prepared(&["anna"], |server| {
        server.unset("push", "min_heartbeat");
    })
    .await;
    for version in [Version::V14_0, Version::V14_1, Version::V16_1] {
        let mut anna = stage.session("anna", version).await;
        let inbox = anna.folder(2);
        anna.sync(&inbox, "").await;
        let collection = format!("Collection[SyncKey={} CollectionId={inbox}]", anna.key(&inbox));
        let request = format!("AirSync:Sync[Collections[{collection}] HeartbeatInterval=59]");
        // MS-ASCMD_R3229, R4461
        let (got, root) = status(&mut anna, &request).await;
        assert_eq!((got.as_str(), text(&root.unwrap(), "Limit").as_str()), ("14", "60"), "{version}");
    }
}
