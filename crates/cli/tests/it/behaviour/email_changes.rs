//! What a phone may change of a message, what it is told of changes, and how addresses are written.

use fieldpost_eas::Version;
use fieldpost_eas::command::CommandName::{ItemOperations, SmartReply};

use super::{change, children};
use crate::session::{Session, all, text, with_subject};
use crate::stage::Stage;

const MESSAGE: &str = "From: \"Boss\" <boss@elsewhere.example>\nSender: \"Sec\" <sec@elsewhere.example>\n\
    To: anna@example.test, \"Carol\" <carol@elsewhere.example>\nCc: dora@elsewhere.example, eva@elsewhere.example\n\
    Reply-To: one@elsewhere.example, two@elsewhere.example\nSubject: Letter\n\nA text.\n";
const PLAIN: &str = "From: bob@elsewhere.example\nTo: anna@example.test\nSubject: Plain\n\nA text.\n";

async fn ready(stage: &Stage, version: Version) -> (Session, String, String) {
    let mut session = stage.session("anna", version).await;
    let inbox = session.folder(2);
    let roots = session.sync_whole(&inbox, "GetChanges").await;
    let id = with_subject(&roots, "Letter").remove(0);
    (session, inbox, id)
}

#[tokio::test]
async fn what_is_the_servers_cannot_be_changed() {
    let stage = Stage::start(&["anna"]).await;
    stage.deliver("anna", MESSAGE).await;
    let cases: &[(&str, &str)] = &[
        ("MS-ASEMAIL_R643", "Email:Read=2"),
        ("MS-ASEMAIL_R723", "Email2:Sender=me@elsewhere.example"),
        ("MS-ASEMAIL_R648", "Email2:ReceivedAsBcc=1"),
        ("MS-ASEMAIL_R347", "Email2:ConversationId=#1234567890123456"),
        ("MS-ASEMAIL_R817", "Email2:UmCallerID=5551234"),
        ("MS-ASEMAIL_R835", "Email2:UmUserNotes=notes"),
    ];
    for version in [Version::V14_0, Version::V14_1, Version::V16_1] {
        let (mut session, inbox, id) = ready(&stage, version).await;
        for (requirement, data) in cases {
            assert_eq!(change(&mut session, &inbox, &id, data).await, "6", "{requirement} {version} {data}");
        }
    }
}

#[tokio::test]
async fn marks_are_told_without_the_rest() {
    let stage = Stage::start(&["anna"]).await;
    stage.deliver("anna", MESSAGE).await;
    let (read, flag, categories) = ("Read", "Flag", "Categories");
    // MS-ASEMAIL_R1017: what comes from the client (R75, R10604, R76, R100, R96, ...) comes by itself.
    let cases: [(&[&str], &str); 7] = [
        // MS-ASEMAIL_R75, R10604
        (&[read], "Email:Read=1"),
        // MS-ASEMAIL_R76, R100
        (&[flag], "Email:Flag[Status=2 FlagType='for Follow Up']"),
        // MS-ASEMAIL_R96
        (&[categories], "Email:Categories[Category=Blue]"),
        // MS-ASEMAIL_R10600
        (&[categories, flag], "Email:Flag[Status=2 FlagType=Soon] Categories[Category=Red]"),
        // MS-ASEMAIL_R10608
        (&[categories, read], "Email:Read=0 Categories[Category=Green]"),
        // MS-ASEMAIL_R10612
        (
            &[flag, read],
            "Email:Read=1 Flag[Status=1 FlagType=Soon CompleteTime=2026-11-20T10:00:00.000Z \
          Tasks:DateCompleted=2026-11-20T10:00:00.000Z]",
        ),
        // MS-ASEMAIL_R104
        (&[categories, flag, read], "Email:Read=0 Flag Categories"),
    ];
    for version in [Version::V14_0, Version::V14_1, Version::V16_1] {
        let (mut one, inbox, id) = ready(&stage, version).await;
        let (mut two, _, _) = ready(&stage, version).await;
        for (changed, data) in cases {
            assert_eq!(change(&mut one, &inbox, &id, data).await, "1", "{version} {data}");
            let root = two.sync(&inbox, "GetChanges").await.unwrap();
            let mut told = children(&root, "ApplicationData");
            told.sort_unstable();
            assert_eq!(told, changed, "{version} {data}");
            // MS-ASEMAIL_R81
            assert!(two.sync(&inbox, "GetChanges").await.is_none(), "{version} {data}");
        }
        // Changes of several requests are told together, and none that the phone made itself.
        assert_eq!(change(&mut one, &inbox, &id, "Email:Flag[Status=2 FlagType=Late]").await, "1");
        assert_eq!(change(&mut one, &inbox, &id, "Email:Categories[Category=Blue]").await, "1");
        let root = two.sync(&inbox, "GetChanges").await.unwrap();
        let mut told = children(&root, "ApplicationData");
        told.sort_unstable();
        assert_eq!(told, [categories, flag], "{version}");
        assert!(one.sync(&inbox, "GetChanges").await.is_none(), "{version}");
        // Back to the start for the next version.
        assert_eq!(change(&mut one, &inbox, &id, "Email:Flag Categories").await, "1");
    }
}

#[tokio::test]
async fn a_change_that_does_not_stand_is_answered_with_what_does() {
    let stage = Stage::start(&["anna"]).await;
    stage.deliver("anna", MESSAGE).await;
    for version in [Version::V12_1, Version::V14_1, Version::V16_1] {
        let (mut one, inbox, id) = ready(&stage, version).await;
        let (mut two, _, _) = ready(&stage, version).await;
        assert_eq!(change(&mut one, &inbox, &id, "Email:Flag[Status=2 FlagType=Soon]").await, "1");
        // The second phone has its copy read already; it must learn that it is not.
        let commands = format!("Commands[Change[ServerId={id} ApplicationData[Email:Read=1]]]");
        let root = two.sync(&inbox, &format!("GetChanges {commands}")).await.unwrap();
        assert_eq!(text(all(&root, "Responses")[0], "Status"), "7", "{version}");
        let told = all(&root, "Commands").first().map(|told| (text(told, "Subject"), text(told, "Read")));
        assert_eq!(told, Some(("Letter".to_owned(), "0".to_owned())), "{version}");
        assert_eq!(change(&mut one, &inbox, &id, "Email:Flag").await, "1");
    }
}

#[tokio::test]
async fn an_answer_sent_is_told_with_the_marks_that_changed() {
    let stage = Stage::start(&["anna"]).await;
    stage.deliver("anna", MESSAGE).await;
    for version in [Version::V14_0, Version::V14_1, Version::V16_1] {
        let (mut one, inbox, id) = ready(&stage, version).await;
        let (mut two, _, _) = ready(&stage, version).await;
        let mime = "To: boss@elsewhere.example\r\nSubject: Re: Letter\r\n\r\nYes.\r\n";
        let source = format!("Source[FolderId={inbox} ItemId={id}]");
        let reply = format!("ComposeMail:SmartReply[ClientId=r{version} {source} Mime=#'{mime}']");
        assert!(one.ask(SmartReply, &reply).await.is_none(), "{version}");
        let root = two.sync(&inbox, "GetChanges").await.unwrap();
        // MS-ASEMAIL_R77
        let change = all(&root, "Change")[0];
        let told = children(change, "ApplicationData");
        assert_eq!(told, ["LastVerbExecuted", "LastVerbExecutionTime"], "{version}");
        assert_eq!(text(change, "LastVerbExecuted"), "1", "{version}");
    }
}

#[tokio::test]
async fn categories_are_empty_removed_or_left() {
    let stage = Stage::start(&["anna"]).await;
    stage.deliver("anna", MESSAGE).await;
    for version in [Version::V14_0, Version::V16_1] {
        let mut one = stage.session("anna", version).await;
        let inbox = one.folder(2);
        let roots = one.sync_whole(&inbox, "GetChanges").await;
        let id = with_subject(&roots, "Letter").remove(0);
        // MS-ASEMAIL_R318
        let categories: Vec<_> = roots.iter().flat_map(|root| all(root, "Categories")).collect();
        assert!(
            !categories.is_empty() && categories.iter().all(|list| list.children.is_empty()),
            "{version}"
        );
        assert_eq!(change(&mut one, &inbox, &id, "Email:Categories[Category=Blue]").await, "1");
        let has = async |session: &mut Session| {
            let roots = session.sync_whole(&inbox, "GetChanges").await;
            roots.iter().flat_map(|root| all(root, "Category")).count()
        };
        // MS-ASEMAIL_R320
        assert_eq!(change(&mut one, &inbox, &id, "Email:Read=1").await, "1");
        assert_eq!(has(&mut one).await, 1, "{version}");
        // MS-ASEMAIL_R319
        assert_eq!(change(&mut one, &inbox, &id, "Email:Categories").await, "1");
        assert_eq!(has(&mut one).await, 0, "{version}");
        assert_eq!(change(&mut one, &inbox, &id, "Email:Read=0").await, "1");
    }
}

#[tokio::test]
async fn people_and_marks_are_told_as_they_are() {
    let stage = Stage::start(&["anna"]).await;
    stage.deliver("anna", MESSAGE).await;
    stage.deliver("anna", PLAIN).await;
    stage
        .deliver("anna", &MESSAGE.replace("Letter", "Same").replace("Boss", "Sec").replace("boss@", "sec@"))
        .await;
    for version in Version::ALL {
        let mut one = stage.session("anna", version).await;
        let inbox = one.folder(2);
        let roots = one.sync_whole(&inbox, "GetChanges").await;
        let add = |subject: &str| {
            let mut adds = roots.iter().flat_map(|root| all(root, "Add"));
            adds.rfind(|add| text(add, "Subject") == subject).unwrap().clone()
        };
        let letter = add("Letter");
        // MS-ASEMAIL_R787, R328, R331
        assert_eq!(text(&letter, "To").matches(',').count(), 1, "{version}");
        assert_eq!(
            text(&letter, "Cc"),
            "dora@elsewhere.example,eva@elsewhere.example".replace(',', ", "),
            "{version}"
        );
        // MS-ASEMAIL_R711, R400
        assert_eq!(text(&letter, "ReplyTo").matches(';').count(), 1, "{version}");
        assert_eq!(text(&letter, "DisplayTo").matches(';').count(), 1, "{version}");
        // MS-ASEMAIL_R641
        assert_eq!(text(&letter, "Read"), "0", "{version}");
        // MS-ASEMAIL_R1073
        assert!(text(&letter, "From").contains("boss@elsewhere.example"), "{version}");
        if version >= Version::V14_0 {
            // MS-ASEMAIL_R722, R724
            assert!(text(&letter, "Sender").contains("sec@elsewhere.example"), "{version}");
            // MS-ASEMAIL_R1065, R726, R649
            for other in ["Plain", "Same"] {
                assert!(all(&add(other), "Sender").is_empty(), "{version}: {other}");
                assert!(all(&add(other), "ReceivedAsBcc").is_empty(), "{version}");
            }
            // MS-ASEMAIL_R350
            assert_eq!(all(&letter, "ConversationIndex").len(), 1, "{version}");
        }
        if version >= Version::V16_0 {
            // MS-ASEMAIL_R1279
            assert_eq!(text(&letter, "IsDraft"), "0", "{version}");
        }
        // MS-ASEMAIL_R640
        let id = text(&letter, "ServerId");
        assert_eq!(change(&mut one, &inbox, &id, "Email:Read=1").await, "1");
        let roots = one.sync_whole(&inbox, "GetChanges").await;
        let again = roots.iter().flat_map(|root| all(root, "Add")).find(|add| text(add, "ServerId") == id);
        assert_eq!(again.map(|add| text(add, "Read")).as_deref(), Some("1"), "{version}");
        assert_eq!(change(&mut one, &inbox, &id, "Email:Read=0").await, "1");
    }
}

#[tokio::test]
async fn a_fetch_with_a_schema_brings_that_alone() {
    let stage = Stage::start(&["anna"]).await;
    stage.deliver("anna", MESSAGE).await;
    for version in [Version::V12_1, Version::V14_1, Version::V16_1] {
        let (mut session, inbox, id) = ready(&stage, version).await;
        let item = format!("Store=Mailbox AirSync:CollectionId={inbox} AirSync:ServerId={id}");
        // MS-ASEMAIL_R61
        let request = format!("ItemOperations:ItemOperations[Fetch[{item}]]");
        let root = session.ask(ItemOperations, &request).await.unwrap();
        assert_eq!(text(&root, "Subject"), "Letter", "{version}");
        // MS-ASEMAIL_R63
        let schema = "ItemOperations:Options[Schema[Email:Subject Email:Read]]";
        let request = format!("ItemOperations:ItemOperations[Fetch[{item} {schema}]]");
        let root = session.ask(ItemOperations, &request).await.unwrap();
        assert_eq!(children(&root, "Properties"), ["Subject", "Read"], "{version}");
    }
}
