//! Mail that phones send from 14.0 on: what the message gets on its way, and what answers leave behind.

use fieldpost_eas::Version;
use fieldpost_eas::command::CommandName::{self, ItemOperations, SendMail, SmartForward, SmartReply};
use fieldpost_eas::wbxml::Node;

use crate::session::{Session, all, text};
use crate::stage::Stage;

async fn send(
    session: &mut Session,
    command: CommandName,
    id: &str,
    source: &str,
    subject: &str,
) -> Option<Node> {
    let mime = format!("To: bob@example.test\r\nSubject: {subject}\r\n\r\nWords.\r\n");
    let request = format!("ComposeMail:{}[ClientId={id} {source} Mime=#'{mime}']", command.name());
    session.ask(command, &request).await
}

async fn newest(session: &mut Session, subject: &str) -> Node {
    let inbox = session.folder(2);
    let roots = session.sync_whole(&inbox, "GetChanges").await;
    let mut adds = roots.iter().flat_map(|root| all(root, "Add"));
    adds.rfind(|add| text(add, "Subject") == subject).unwrap().clone()
}

fn index(item: &Node) -> Vec<u8> {
    all(item, "ConversationIndex")[0].opaque.clone().unwrap()
}

#[tokio::test]
async fn answers_belong_to_the_conversation_and_are_remembered() {
    let stage = Stage::start(&["anna", "bob"]).await;
    for version in [Version::V14_0, Version::V14_1, Version::V16_0, Version::V16_1] {
        let (mut one, mut two) = (stage.session("anna", version).await, stage.session("bob", version).await);
        let subject = format!("Plan {version}");
        // MS-ASCMD_R463, R4379
        assert!(send(&mut one, SendMail, "a", "", &subject).await.is_none(), "{version}");
        // MS-ASCON_R192, R194
        let first = newest(&mut two, &subject).await;
        assert_eq!(all(&first, "ConversationId")[0].opaque.as_ref().map(Vec::len), Some(16), "{version}");
        assert!(!index(&first).is_empty(), "{version}");
        let inbox = two.folder(2);
        for (number, (command, verb)) in
            [(SmartReply, ["1", "2"]), (SmartForward, ["3", "3"])].into_iter().enumerate()
        {
            let id = text(&first, "ServerId");
            let source = format!("Source[FolderId={inbox} ItemId={id}]");
            let answer = format!("Re{number}: {subject}");
            // MS-ASCMD_R4407, R5776, R568, R605
            assert!(
                send(&mut two, command, &format!("b{number}"), &source, &answer).await.is_none(),
                "{version}"
            );
            // MS-ASCON_R88, R259: one more level, for what is forwarded too.
            let (before, after) = (index(&first), index(&newest(&mut two, &answer).await));
            assert!(after.starts_with(&before) && after.len() == before.len() + 5, "{version}: {after:?}");
            // MS-ASEMAIL_R510, R513, R514, R522
            let answered = newest(&mut two, &subject).await;
            assert!(verb.contains(&text(&answered, "LastVerbExecuted").as_str()), "{version}: {answered:?}");
            assert_eq!(text(&answered, "LastVerbExecutionTime").len(), 24, "{version}");
            // MS-ASCMD_R4408, R5777, R4380
            let wrong = source.replace(&id, "99999:1");
            let refused = send(&mut two, command, &format!("c{number}"), &wrong, "x").await.unwrap();
            assert_ne!(text(&refused, "Status"), "1", "{version}");
        }
    }
}

#[tokio::test]
async fn what_cannot_be_sent_says_so() {
    let stage = Stage::start(&["anna"]).await;
    for version in [Version::V14_0, Version::V14_1, Version::V16_0, Version::V16_1] {
        let mut one = stage.session("anna", version).await;
        let request = "ComposeMail:SendMail[ClientId=x Mime=#'no message at all']";
        let root = one.ask(SendMail, request).await.unwrap();
        // MS-ASCMD_R4380
        assert_eq!(text(&root, "Status"), "107", "{version}");
        if version >= Version::V14_1 {
            for command in [SendMail, SmartReply, SmartForward] {
                let source = if command == SendMail { "" } else { "Source[FolderId=1 ItemId=1]" };
                let request = format!(
                    "ComposeMail:{}[ClientId=y AccountId=nobody {source} Mime=#'To: anna@example.test\r\n\r\nx']",
                    command.name()
                );
                // MS-ASCMD_R724
                let root = one.ask(command, &request).await.unwrap();
                assert_eq!(text(&root, "Status"), "166", "{version} {}", command.name());
            }
        }
    }
}

#[tokio::test]
async fn a_message_that_replaces_the_original_goes_alone() {
    let stage = Stage::start(&["anna", "bob"]).await;
    let original = "From: carol@elsewhere.example\nTo: anna@example.test\nSubject: Original\nMIME-Version: 1.0\n\
        Content-Type: multipart/mixed; boundary=m\n\n--m\nContent-Type: text/plain\n\nOld words.\n\
        --m\nContent-Type: application/pdf; name=a.pdf\nContent-Disposition: attachment; filename=a.pdf\n\
        Content-Transfer-Encoding: base64\n\nAAECAwQ=\n--m--\n";
    stage.deliver("anna", original).await;
    for version in [Version::V14_0, Version::V14_1, Version::V16_1] {
        let mut anna = stage.session("anna", version).await;
        let mut bob = stage.session("bob", version).await;
        let inbox = anna.folder(2);
        let first = newest(&mut anna, "Original").await;
        let source = format!("Source[FolderId={inbox} ItemId={}]", text(&first, "ServerId"));
        for (number, (replace, files)) in [("", 1), ("ReplaceMime", 0)].into_iter().enumerate() {
            let subject = format!("Fw {version} {number}");
            let more = format!("{source} {replace}");
            let sent = send(&mut anna, SmartForward, &format!("f{version}{number}"), &more, &subject).await;
            assert!(sent.is_none(), "{version}");
            let got = newest(&mut bob, &subject).await;
            // MS-ASCMD_R3775
            assert_eq!(all(&got, "FileReference").len(), files, "{version} {replace}");
            let item =
                format!("AirSync:CollectionId={} AirSync:ServerId={}", bob.folder(2), text(&got, "ServerId"));
            let options = "ItemOperations:Options[AirSyncBase:BodyPreference[Type=1]]";
            let request = format!("ItemOperations:ItemOperations[Fetch[Store=Mailbox {item} {options}]]");
            let whole = bob.ask(ItemOperations, &request).await.unwrap();
            assert!(text(&whole, "Data").contains("Words."), "{version}");
            assert_eq!(text(&whole, "Data").contains("Old words."), replace.is_empty(), "{version}");
        }
    }
}
