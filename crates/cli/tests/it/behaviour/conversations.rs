//! Conversations: marked, moved and deleted as a whole, and parts of messages ([MS-ASCON]).

use fieldpost_eas::Version;
use fieldpost_eas::command::CommandName::{
    FolderCreate, FolderDelete, GetItemEstimate, ItemOperations, MoveItems, Search, SendMail, SmartReply,
};
use fieldpost_eas::wbxml::Node;
use fieldpost_phone::Call;
use fieldpost_testkit::shape::notation;

use crate::session::{Session, all, text};
use crate::stage::Stage;

const VERSIONS: [Version; 2] = [Version::V14_1, Version::V16_1];

/// A message and two answers to it, all of which lie in the inbox.
async fn deliver(stage: &Stage, subject: &str) {
    for (number, header) in [
        (0, ""),
        (1, "In-Reply-To: <0.{s}@x>\nReferences: <0.{s}@x>\n"),
        (2, "In-Reply-To: <1.{s}@x>\nReferences: <0.{s}@x> <1.{s}@x>\n"),
    ] {
        let prefix = if number > 0 { "Re: " } else { "" };
        let header = header.replace("{s}", subject);
        let message = format!(
            "From: bob@elsewhere.example\nTo: anna@example.test\nSubject: {prefix}{subject}\n\
             Message-ID: <{number}.{subject}@x>\n{header}\nText {number}.\n"
        );
        stage.deliver("anna", &message).await;
    }
}

/// The items of a folder whose subject ends so.
async fn conversation(session: &mut Session, folder: &str, subject: &str) -> Vec<Node> {
    let roots = session.sync_whole(folder, "GetChanges").await;
    let adds = roots.iter().flat_map(|root| all(root, "Add"));
    adds.filter(|add| text(add, "Subject").ends_with(subject)).cloned().collect()
}

fn ids(items: &[Node]) -> Vec<String> {
    items.iter().map(|item| text(item, "ServerId")).collect()
}

#[tokio::test]
async fn a_conversation_is_marked_moved_and_deleted() {
    let stage = Stage::start(&["anna"]).await;
    for version in VERSIONS {
        let subject = format!("Talk{}", version.times_ten());
        deliver(&stage, &subject).await;
        let mut one = stage.session("anna", version).await;
        let (inbox, trash) = (one.folder(2), one.folder(4));
        let items = conversation(&mut one, &inbox, &subject).await;
        // MS-ASCON_R180: all of it comes, with one id.
        assert_eq!(items.len(), 3, "{version}");
        let id = |item: &Node| all(item, "ConversationId")[0].opaque.clone().unwrap();
        assert!(items.iter().all(|item| id(item) == id(&items[0])), "{version}");
        // MS-ASCON_R90: the header of an index has five bytes. MS-ASCON_R91, R305, R306, R307, R92, R87: five more
        // for each answer.
        let mut lengths: Vec<_> = items
            .iter()
            .map(|item| all(item, "ConversationIndex")[0].opaque.as_ref().unwrap().len())
            .collect();
        lengths.sort_unstable();
        assert!(lengths.iter().all(|length| length % 5 == 0), "{version}: {lengths:?}");

        let mark = |data: &str| -> String {
            let change = |id: String| format!("Change[ServerId={id} ApplicationData[{data}]]");
            format!("Commands[{}]", ids(&items).into_iter().map(change).collect::<String>())
        };
        for (requirements, data, name, value) in [
            (["MS-ASCON_R326", "MS-ASCON_R203"], "Email:Read=1", "Read", "1"),
            (["MS-ASCON_R337", "MS-ASCON_R284"], "Email:Read=0", "Read", "0"),
            (
                ["MS-ASCON_R162", "MS-ASCON_R208"],
                "Email:Flag[Status=1 FlagType=x CompleteTime=2026-11-02T10:00:00.000Z Tasks:DateCompleted=2026-11-02T10:00:00.000Z]",
                "Status",
                "1",
            ),
            (["MS-ASCON_R325", "MS-ASCON_R207"], "Email:Flag", "Status", ""),
        ] {
            let commands = mark(data);
            // MS-ASCON_R204, R209
            let answer = one.sync(&inbox, &commands).await;
            assert!(answer.is_none_or(|root| text(&root, "Status") == "1"), "{requirements:?} {version}");
            for item in conversation(&mut one, &inbox, &subject).await {
                assert_eq!(text(&item, name), value, "{requirements:?} {version}");
            }
        }
        // MS-ASCON_R324, R206: the newest is flagged.
        let flag = format!(
            "Commands[Change[ServerId={} ApplicationData[Email:Flag[Status=2 FlagType=x]]]]",
            ids(&items)[0]
        );
        one.sync(&inbox, &flag).await;
        let flagged = conversation(&mut one, &inbox, &subject).await;
        assert_eq!(flagged.iter().filter(|item| text(item, "Status") == "2").count(), 1, "{version}");

        // MS-ASCON_R170, R217, R218; MS-ASHTTP_R499
        let new = format!("ParentId=0 DisplayName={subject} Type=12");
        let other = text(&one.folders(FolderCreate, &new).await.unwrap(), "ServerId");
        let moves: String = ids(&items)
            .iter()
            .map(|id| format!("Move[SrcMsgId={id} SrcFldId={inbox} DstFldId={other}]"))
            .collect();
        let root = one.ask(MoveItems, &format!("Move:MoveItems[{moves}]")).await.unwrap();
        assert!(all(&root, "Status").iter().all(|status| status.text.as_deref() == Some("3")), "{version}");
        assert!(conversation(&mut one, &inbox, &subject).await.is_empty(), "{version}");
        let moved = conversation(&mut one, &other, &subject).await;
        assert_eq!(moved.len(), 3, "{version}");

        // MS-ASCON_R157, R199, R201
        let deletes: String = ids(&moved).iter().map(|id| format!("Delete[ServerId={id}]")).collect();
        one.sync(&other, &format!("DeletesAsMoves=1 Commands[{deletes}]")).await;
        assert_eq!(conversation(&mut one, &trash, &subject).await.len(), 3, "{version}");
        // MS-ASCON_R158, R200
        let late = format!(
            "From: bob@elsewhere.example\nTo: anna@example.test\nSubject: Re: {subject}\nIn-Reply-To: <2.{subject}@x>\n\
             References: <0.{subject}@x>\n\nLate.\n"
        );
        stage.deliver("anna", &late).await;
        assert_eq!(conversation(&mut one, &inbox, &subject).await.len(), 1, "{version}");
    }
}

/// Moves a conversation and gives the status.
async fn move_whole(session: &mut Session, conversation: &[u8], folder: &str) -> (String, Node) {
    let mut request = notation::document(&format!(
        "ItemOperations:ItemOperations[Move[ConversationId DstFldId={folder} Options[MoveAlways]]]"
    ));
    request.children[0].children[0].opaque = Some(conversation.to_vec());
    let body = request.to_wbxml(session.version);
    let root = session.call(&Call::wbxml(ItemOperations, body)).await.unwrap();
    (all(&root, "Move").first().map(|node| text(node, "Status")).unwrap_or_default(), root)
}

#[tokio::test]
async fn item_operations_move_all_of_it() {
    let stage = Stage::start(&["anna"]).await;
    for version in VERSIONS {
        let subject = format!("Topic{}", version.times_ten());
        deliver(&stage, &subject).await;
        let mut one = stage.session("anna", version).await;
        let (inbox, trash, cache, calendar) = (one.folder(2), one.folder(4), one.folder(19), one.folder(8));
        let items = conversation(&mut one, &inbox, &subject).await;
        let id = all(&items[0], "ConversationId")[0].opaque.clone().unwrap();
        // MS-ASCON_R317, R262, R338
        for (folder, status) in [("99999", "6"), (cache.as_str(), "105"), (calendar.as_str(), "156")] {
            assert_eq!(move_whole(&mut one, &id, folder).await.0, status, "{version} {folder}");
        }
        // MS-ASCON_R146: neither is there a conversation that has no message.
        for strange in [vec![0; 16], id.iter().map(|byte| !byte).collect(), id[..15].to_vec()] {
            assert_eq!(move_whole(&mut one, &strange, &trash).await.0, "6", "{version} {strange:?}");
        }
        // MS-ASCMD_R201, R3465; MS-ASCON_R143, R214, R216: with the id of what moved.
        let (status, root) = move_whole(&mut one, &id, &trash).await;
        assert_eq!(status, "1", "{version}");
        assert_eq!(all(&root, "ConversationId")[0].opaque.as_deref(), Some(id.as_slice()));
        assert!(conversation(&mut one, &inbox, &subject).await.is_empty(), "{version}");
        assert_eq!(conversation(&mut one, &trash, &subject).await.len(), 3, "{version}");
        // MS-ASCON_R144, R118: the folder must be named. MS-ASCON_R68: and the conversation.
        for wrong in ["ConversationId=#x", &format!("DstFldId={trash}")] {
            let wrong = format!("ItemOperations:ItemOperations[Move[{wrong} Options[MoveAlways]]]");
            let root = one.ask(ItemOperations, &wrong).await.unwrap();
            assert_eq!(text(&root, "Status"), "2", "{version}");
        }
    }
}

/// An answer that arrives after all others of the conversation.
async fn deliver_late(stage: &Stage, subject: &str, number: usize) {
    let message = format!(
        "From: bob@elsewhere.example\nTo: anna@example.test\nSubject: Re: {subject}\n\
         Message-ID: <late{number}.{subject}@x>\nIn-Reply-To: <2.{subject}@x>\n\
         References: <0.{subject}@x> <2.{subject}@x>\n\nLate.\n"
    );
    stage.deliver("anna", &message).await;
}

/// Sends an answer to a message that lies in a folder.
async fn answer(session: &mut Session, folder: &str, item: &str, subject: &str) {
    let mime = format!("To: carl@example.test\r\nSubject: Re: {subject}\r\n\r\nWords.\r\n");
    let source = format!("Source[FolderId={folder} ItemId={item}]");
    let request =
        format!("ComposeMail:SmartReply[ClientId={subject} {source} SaveInSentItems Mime=#'{mime}']");
    assert!(session.ask(SmartReply, &request).await.is_none(), "{}", session.version);
}

#[tokio::test]
async fn what_is_always_moved_stays_moved() {
    let stage = Stage::start(&["anna", "carl"]).await;
    for version in VERSIONS {
        let mut one = stage.session("anna", version).await;
        let (inbox, trash, sent) = (one.folder(2), one.folder(4), one.folder(5));
        let new = format!("ParentId=0 DisplayName=Away{} Type=12", version.times_ten());
        let own = text(&one.folders(FolderCreate, &new).await.unwrap(), "ServerId");
        for (name, target) in [("Dull", trash.clone()), ("Dear", own.clone())] {
            let subject = format!("{name}{}", version.times_ten());
            deliver(&stage, &subject).await;
            let items = conversation(&mut one, &inbox, &subject).await;
            let id = all(&items[0], "ConversationId")[0].opaque.clone().unwrap();
            // One of it lies elsewhere, and one was sent.
            let calm = ids(&items).remove(0);
            answer(&mut one, &inbox, &calm, &subject).await;
            let archive =
                one.folders(FolderCreate, &format!("ParentId=0 DisplayName={subject} Type=12")).await;
            let archive = text(&archive.unwrap(), "ServerId");
            let moved = format!("Move:MoveItems[Move[SrcMsgId={calm} SrcFldId={inbox} DstFldId={archive}]]");
            one.ask(MoveItems, &moved).await.unwrap();
            // MS-ASCON_R166, R213: to Deleted Items, it is ignored. MS-ASCON_R172, R215: to another folder, always
            // moved. MS-ASCON_R130: from all folders but Sent Items.
            assert_eq!(move_whole(&mut one, &id, &target).await.0, "1", "{version} {name}");
            for (folder, count) in [(&inbox, 0), (&archive, 0), (&target, 3), (&sent, 1)] {
                let there = conversation(&mut one, folder, &subject).await;
                assert_eq!(there.len(), count, "{version} {name} {folder}");
            }
            // And so is what comes later, from outside and from a colleague; what is sent stays.
            deliver_late(&stage, &subject, 1).await;
            let mut colleague = stage.session("carl", version).await;
            let mime = format!(
                "To: anna@example.test\r\nSubject: Re: {subject}\r\nReferences: <0.{subject}@x>\r\n\r\nWords.\r\n"
            );
            let send = format!("ComposeMail:SendMail[ClientId={subject} Mime=#'{mime}']");
            assert!(colleague.ask(SendMail, &send).await.is_none(), "{version}");
            let first = ids(&conversation(&mut one, &target, &subject).await).remove(0);
            answer(&mut one, &target, &first, &format!("2{subject}")).await;
            for (folder, count) in [(&inbox, 0), (&target, 5), (&sent, 2)] {
                let there = conversation(&mut one, folder, &subject).await;
                assert_eq!(there.len(), count, "{version} {name} {folder}");
            }
            // The answer may be lost, and the request come again; other conversations are as they were.
            assert_eq!(move_whole(&mut one, &id, &target).await.0, "1", "{version} {name}");
            deliver(&stage, &format!("Other{subject}")).await;
            assert_eq!(
                conversation(&mut one, &inbox, &format!("Other{subject}")).await.len(),
                3,
                "{version}"
            );
            // To the Inbox: it is as any other again.
            assert_eq!(move_whole(&mut one, &id, &inbox).await.0, "1", "{version} {name}");
            deliver_late(&stage, &subject, 2).await;
            let others = format!("Other{subject}");
            let own_ones = conversation(&mut one, &inbox, &subject).await;
            let own_ones = own_ones.iter().filter(|item| !text(item, "Subject").ends_with(&others)).count();
            assert_eq!(own_ones, 6, "{version} {name}");
        }
    }
}

#[tokio::test]
async fn a_rule_ends_with_its_folder() {
    let stage = Stage::start(&["anna"]).await;
    for version in VERSIONS {
        let mut one = stage.session("anna", version).await;
        let inbox = one.folder(2);
        let subject = format!("Brief{}", version.times_ten());
        deliver(&stage, &subject).await;
        let items = conversation(&mut one, &inbox, &subject).await;
        let id = all(&items[0], "ConversationId")[0].opaque.clone().unwrap();
        let new = format!("ParentId=0 DisplayName={subject} Type=12");
        let own = text(&one.folders(FolderCreate, &new).await.unwrap(), "ServerId");
        assert_eq!(move_whole(&mut one, &id, &own).await.0, "1", "{version}");
        let gone = one.folders(FolderDelete, &format!("ServerId={own}")).await.unwrap();
        assert_eq!(text(&gone, "Status"), "1", "{version}");
        deliver_late(&stage, &subject, 1).await;
        assert_eq!(conversation(&mut one, &inbox, &subject).await.len(), 1, "{version}");
    }
}

/// A search for a conversation, with these options.
async fn search(session: &mut Session, conversation: &[u8], options: &str) -> Node {
    let query = "Query[And[AirSync:Class=Email Search:ConversationId=#x]]";
    let mut request = notation::document(&format!(
        "Search:Search[Store[Name=Mailbox {query} Options[Range=0-9 {options}]]]"
    ));
    fn find(node: &mut Node) -> Option<&mut Node> {
        match node.tag.name() {
            "ConversationId" => Some(node),
            _ => node.children.iter_mut().find_map(find),
        }
    }
    find(&mut request).unwrap().opaque = Some(conversation.to_vec());
    let body = request.to_wbxml(session.version);
    session.call(&Call::wbxml(Search, body)).await.unwrap()
}

#[tokio::test]
async fn a_conversation_is_found_in_all_folders() {
    let stage = Stage::start(&["anna"]).await;
    for version in VERSIONS {
        let mut one = stage.session("anna", version).await;
        let (inbox, trash) = (one.folder(2), one.folder(4));
        let subject = format!("Lost{}", version.times_ten());
        deliver(&stage, &subject).await;
        deliver(&stage, &format!("Not{subject}")).await;
        let mut items = conversation(&mut one, &inbox, &subject).await;
        items.retain(|item| !text(item, "Subject").contains("Not"));
        let id = all(&items[0], "ConversationId")[0].opaque.clone().unwrap();
        let new = format!("ParentId=0 DisplayName={subject} Type=12");
        let own = text(&one.folders(FolderCreate, &new).await.unwrap(), "ServerId");
        for (item, folder) in ids(&items).iter().zip([&own, &trash]) {
            let moved = format!("Move:MoveItems[Move[SrcMsgId={item} SrcFldId={inbox} DstFldId={folder}]]");
            one.ask(MoveItems, &moved).await.unwrap();
        }
        // MS-ASCON_R176, R220, R221
        let found = search(&mut one, &id, "").await;
        let mut folders: Vec<String> =
            all(&found, "Result").iter().map(|result| text(result, "CollectionId")).collect();
        folders.sort();
        let mut expected = vec![inbox.clone(), own, trash];
        expected.sort();
        assert_eq!(folders, expected, "{version}");
        let subjects = all(&found, "Subject");
        assert!(subjects.iter().all(|node| !node.text.as_deref().unwrap().contains("Not")), "{version}");
        // MS-ASCON_R339
        assert!(all(&found, "BodyPart").is_empty(), "{version}");
        let part = search(&mut one, &id, "AirSyncBase:BodyPartPreference[Type=2]").await;
        assert_eq!(all(&part, "BodyPart").len(), 3, "{version}");
    }
}

/// What GetItemEstimate says of a folder: the status of all, or of the collection, and the count.
async fn estimate(session: &mut Session, folder: &str, rest: &str) -> (String, String) {
    let collection =
        format!("AirSync:SyncKey={} GetItemEstimate:CollectionId={folder} {rest}", session.key(folder));
    let request = format!("GetItemEstimate:GetItemEstimate[Collections[Collection[{collection}]]]");
    let root = session.ask(GetItemEstimate, &request).await.unwrap();
    (text(&root, "Status"), text(&root, "Estimate"))
}

#[tokio::test]
async fn a_filter_lets_whole_conversations_through() {
    let stage = Stage::start(&["anna"]).await;
    for (before, version) in [Version::V14_0, Version::V14_1, Version::V16_1].into_iter().enumerate() {
        let subject = format!("Long{}", version.times_ten());
        // It began two years ago, as did another one that is over.
        for name in [&subject, &format!("Over{subject}")] {
            let old = format!(
                "From: bob@elsewhere.example\r\nTo: anna@example.test\r\nSubject: {name}\r\n\
                 Date: Fri, 01 Nov 2024 10:00:00 +0000\r\nMessage-ID: <0.{name}@x>\r\n\r\nText.\r\n"
            );
            let file = stage.server.folder().join(format!("{name}.eml"));
            std::fs::write(&file, old).unwrap();
            let done = stage.server.run(&["import", "anna@example.test", file.to_str().unwrap()]);
            assert!(done.status.success(), "{done:?}");
        }
        deliver_late(&stage, &subject, 1).await;
        let mut one = stage.session("anna", version).await;
        let (inbox, calendar) = (one.folder(2), one.folder(8));
        one.sync(&inbox, "").await;
        one.sync(&calendar, "").await;
        let whole = "AirSync:ConversationMode=1 AirSync:Options[FilterType=1]";
        let counted = |(status, count): (String, String)| {
            assert_eq!(status, "1", "{version}");
            count.parse::<usize>().unwrap()
        };
        let narrow = counted(estimate(&mut one, &inbox, "AirSync:Options[FilterType=1]").await);
        // MS-ASCON_R332, R211
        assert_eq!(counted(estimate(&mut one, &inbox, whole).await), narrow + before + 1, "{version}");
        // Nothing but mail has conversations.
        assert_eq!(estimate(&mut one, &calendar, "AirSync:ConversationMode=1").await.0, "103", "{version}");

        let count = |roots: &[Node]| {
            let adds = roots.iter().flat_map(|root| all(root, "Add"));
            adds.filter(|add| text(add, "Subject").ends_with(&subject)).count()
        };
        let filter = "Options[FilterType=1]";
        assert_eq!(count(&one.sync_whole(&inbox, &format!("GetChanges {filter}")).await), 1, "{version}");
        // MS-ASCMD_R2107: the one that is over stays out.
        let roots = one.sync_whole(&inbox, &format!("GetChanges ConversationMode=1 {filter}")).await;
        assert_eq!(count(&roots), 2, "{version}");
        // Without it, what stands before the filter goes again.
        let root = one.sync(&inbox, &format!("GetChanges ConversationMode=0 {filter}")).await.unwrap();
        assert_eq!((all(&root, "SoftDelete").len(), count(&[root])), (before + 1, 0), "{version}");
        let root = one.sync(&inbox, &format!("GetChanges ConversationMode=1 {filter}")).await.unwrap();
        assert_eq!(count(&[root]), 1, "{version}");
    }
}

#[tokio::test]
async fn parts_are_html_or_refused() {
    let stage = Stage::start(&["anna"]).await;
    for version in VERSIONS {
        let mut one = stage.session("anna", version).await;
        let inbox = one.folder(2);
        let subject = format!("Part{}", version.times_ten());
        deliver(&stage, &subject).await;
        let items = conversation(&mut one, &inbox, &subject).await;
        let id = all(&items[0], "ConversationId")[0].opaque.clone().unwrap();
        let fetched =
            format!("Store=Mailbox AirSync:CollectionId={inbox} AirSync:ServerId={}", ids(&items)[0]);
        for kind in [1, 3, 4] {
            let part = format!("AirSyncBase:BodyPartPreference[Type={kind}]");
            // MS-ASCON_R241
            let root = one.sync(&inbox, &format!("GetChanges Options[{part}]")).await.unwrap();
            assert_eq!(text(&root, "Status"), "164", "{version} {kind}");
            let options = format!("ItemOperations:Options[{part}]");
            let request = format!("ItemOperations:ItemOperations[Fetch[{fetched} {options}]]");
            let root = one.ask(ItemOperations, &request).await.unwrap();
            assert_eq!(text(all(&root, "Fetch")[0], "Status"), "164", "{version} {kind}");
            let root = search(&mut one, &id, &part).await;
            assert_eq!(text(all(&root, "Store")[0], "Status"), "164", "{version} {kind}");
        }
        // The key is as it was.
        let root = one.sync(&inbox, "GetChanges").await;
        assert!(root.is_none_or(|root| text(&root, "Status") == "1"), "{version}");
    }
}

#[tokio::test]
async fn bodies_and_parts_come_as_they_were_asked_for() {
    let stage = Stage::start(&["anna"]).await;
    let html = "From: bob@elsewhere.example\nTo: anna@example.test\nSubject: Rich\nContent-Type: text/html\n\n\
                <p>A text that is long enough to be cut.</p>\n";
    stage.deliver("anna", html).await;
    for version in VERSIONS {
        let mut one = stage.session("anna", version).await;
        let inbox = one.folder(2);
        let id = ids(&conversation(&mut one, &inbox, "Rich").await).remove(0);
        let body = "AirSyncBase:BodyPreference[Type=1]";
        let part = "AirSyncBase:BodyPartPreference[Type=2]";
        // MS-ASCON_R245, R246, R247, R248, R243
        for (preferences, names) in [
            (String::new(), vec!["Body"]),
            (body.to_owned(), vec!["Body"]),
            (part.to_owned(), vec!["BodyPart"]),
            (format!("{body} {part}"), vec!["Body", "BodyPart"]),
        ] {
            let options =
                if preferences.is_empty() { String::new() } else { format!("Options[{preferences}]") };
            let roots = one.sync_whole(&inbox, &format!("GetChanges {options}")).await;
            let add = roots
                .iter()
                .flat_map(|root| all(root, "Add"))
                .find(|add| text(add, "ServerId") == id)
                .unwrap();
            let item = format!("Store=Mailbox AirSync:CollectionId={inbox} AirSync:ServerId={id}");
            let options = options.replace("Options", "ItemOperations:Options");
            let request = format!("ItemOperations:ItemOperations[Fetch[{item} {options}]]");
            let root = one.ask(ItemOperations, &request).await.unwrap();
            // MS-ASCON_R234, R236, R237, R340, R38, R39
            for node in [add, &root] {
                for name in ["Body", "BodyPart"] {
                    let expected = usize::from(names.contains(&name));
                    assert_eq!(all(node, name).len(), expected, "{version} {preferences}: {name}");
                }
            }
        }
        // MS-ASCON_R239, R240
        let cut = "GetChanges Options[AirSyncBase:BodyPartPreference[Type=2 TruncationSize=10]]";
        let roots = one.sync_whole(&inbox, cut).await;
        let part = roots.iter().flat_map(|root| all(root, "BodyPart")).next().unwrap();
        assert_eq!(text(part, "Truncated"), "1", "{version}");
        assert!(!text(part, "EstimatedDataSize").is_empty() && text(part, "Data").len() <= 10, "{version}");
    }
}
