//! Text messages among the mail: for the phones that ask for them, and for no others.

use fieldpost_eas::Version;
use fieldpost_eas::command::CommandName::{GetItemEstimate, Search, Settings};
use fieldpost_eas::wbxml::Node;

use crate::session::{Session, all, text};
use crate::stage::Stage;

const BOTH: &str = "Options[Class=Email AirSyncBase:BodyPreference[Type=2]] \
                    Options[Class=SMS AirSyncBase:BodyPreference[Type=1]]";
const MAIL: &str = "Options[Class=Email AirSyncBase:BodyPreference[Type=2]]";

fn add(id: &str, words: &str) -> String {
    let data = format!(
        "Email:From='\"Bo\" [MOBILE:+491701]' To='\"Anna\" [MOBILE:+491702]' \
         DateReceived=2026-11-02T08:00:00.000Z Importance=1 Read=0 AirSyncBase:Body[Type=1 Data='{words}']"
    );
    format!("Commands[Add[Class=SMS ClientId={id} ApplicationData[{data}]]]")
}

/// The messages that an answer tells of: the command, its class, and the message's own class.
fn told(roots: &[Node]) -> Vec<[String; 3]> {
    let commands = roots.iter().flat_map(|root| all(root, "Commands")).flat_map(|node| &node.children);
    commands
        .map(|command| {
            let class = command.children.iter().find(|child| child.tag.name() == "Class");
            let class = class.and_then(|class| class.text.clone()).unwrap_or_default();
            [command.tag.name().to_owned(), class, text(command, "MessageClass")]
        })
        .collect()
}

fn said<const N: usize>(expected: [[&str; 3]; N]) -> Vec<[String; 3]> {
    expected.map(|one| one.map(str::to_owned)).to_vec()
}

/// A phone that has all of a folder, asked for with these options.
async fn up_to_date(stage: &Stage, version: Version, folder: u8, options: &str) -> (Session, String) {
    let mut phone = stage.session("anna", version).await;
    let folder = phone.folder(folder);
    phone.sync_whole(&folder, &format!("DeletesAsMoves=0 GetChanges {options}")).await;
    (phone, folder)
}

async fn news(phone: &mut Session, folder: &str, rest: &str) -> Vec<[String; 3]> {
    told(&phone.sync(folder, rest).await.into_iter().collect::<Vec<_>>())
}

#[tokio::test]
async fn text_messages_are_for_whoever_asks_for_them() {
    for version in [Version::V14_0, Version::V14_1, Version::V16_0, Version::V16_1] {
        let stage = Stage::start(&["anna"]).await;
        stage
            .deliver("anna", "From: b@elsewhere.example\nTo: anna@example.test\nSubject: Mail\n\nWords.\n")
            .await;
        let (mut one, inbox) = up_to_date(&stage, version, 2, BOTH).await;
        let (mut two, _) = up_to_date(&stage, version, 2, BOTH).await;
        let (mut plain, _) = up_to_date(&stage, version, 2, MAIL).await;
        let (mut old, _) = up_to_date(&stage, Version::V12_1, 2, "").await;
        // A phone that does not ask for text messages can't add one.
        let root = plain.sync(&inbox, &add("t0", "No")).await.unwrap();
        assert_eq!(text(all(&root, "Responses")[0], "Status"), "4", "{version}");

        let root = one.sync(&inbox, &add("t1", "Hello you")).await.unwrap();
        let reply = all(&root, "Responses")[0].clone();
        // MS-ASCMD_R944
        assert_eq!(
            (text(&reply, "Status").as_str(), text(&reply, "Class").as_str()),
            ("1", "SMS"),
            "{version}"
        );
        let id = text(&reply, "ServerId");
        assert!(all(&root, "Commands").is_empty(), "{version}: its own is not told back");

        let root = two.sync(&inbox, "").await.unwrap();
        // MS-ASCMD_R941
        let expected = said([["Add", "SMS", "IPM.Note.Mobile.SMS"]]);
        assert_eq!(told(std::slice::from_ref(&root)), expected, "{version}");
        for (name, expected) in [
            ("ServerId", id.as_str()),
            ("From", "\"Bo\" [MOBILE:+491701]"),
            ("To", "\"Anna\" [MOBILE:+491702]"),
            ("DateReceived", "2026-11-02T08:00:00.000Z"),
            ("Read", "0"),
            ("Type", "1"),
            ("Data", "Hello you"),
        ] {
            assert_eq!(text(&root, name), expected, "{version} {name}");
        }
        for phone in [&mut plain, &mut old] {
            assert_eq!(news(phone, &inbox, "").await, said([]), "{version}");
        }

        // What one does with it, the other is told.
        let change = format!("Commands[Change[ServerId={id} ApplicationData[Email:Read=1]]]");
        assert_eq!(news(&mut two, &inbox, &change).await, said([]), "{version}");
        // MS-ASCMD_R940
        assert_eq!(news(&mut one, &inbox, "").await, said([["Change", "SMS", ""]]), "{version}");
        for phone in [&mut plain, &mut old] {
            assert_eq!(news(phone, &inbox, "").await, said([]), "{version}");
        }

        // Whoever does not ask for them any more loses them from view, and gets them back when it asks.
        // MS-ASCMD_R3968
        assert_eq!(news(&mut one, &inbox, MAIL).await, said([["SoftDelete", "", ""]]), "{version}");
        let again = said([["Add", "SMS", "IPM.Note.Mobile.SMS"]]);
        assert_eq!(news(&mut one, &inbox, BOTH).await, again, "{version}");
        // Alone they can be had too.
        let alone = "Options[Class=SMS]";
        assert_eq!(news(&mut one, &inbox, alone).await, said([["SoftDelete", "", ""]]), "{version}");
        assert_eq!(news(&mut one, &inbox, BOTH).await, said([["Add", "", "IPM.Note"]]), "{version}");

        let delete = format!("DeletesAsMoves=0 Commands[Delete[ServerId={id}]]");
        assert_eq!(news(&mut one, &inbox, &delete).await, said([]), "{version}");
        assert_eq!(news(&mut two, &inbox, "").await, said([["Delete", "", ""]]), "{version}");
        for phone in [&mut plain, &mut old] {
            assert_eq!(news(phone, &inbox, "").await, said([]), "{version}");
        }
    }
}

#[tokio::test]
async fn they_are_counted_and_found_where_they_are_asked_for() {
    let stage = Stage::start(&["anna"]).await;
    stage
        .deliver("anna", "From: b@elsewhere.example\nTo: anna@example.test\nSubject: Pears\n\nPears.\n")
        .await;
    let version = Version::V14_1;
    let (mut one, inbox) = up_to_date(&stage, version, 2, BOTH).await;
    one.sync(&inbox, &add("t1", "Pears for you")).await;
    let mut two = stage.session("anna", version).await;
    two.sync(&inbox, BOTH).await;
    let mut plain = stage.session("anna", version).await;
    plain.sync(&inbox, MAIL).await;
    for (both, options, expected) in [
        (true, "", "2"),
        (false, "", "1"),
        (false, "AirSync:Options[Class=Email] Options[Class=SMS]", "2"),
        (false, "AirSync:Options[Class=SMS]", "1"),
    ] {
        let phone = if both { &mut two } else { &mut plain };
        let key = phone.key(&inbox);
        let collection = format!("AirSync:SyncKey={key} GetItemEstimate:CollectionId={inbox} {options}");
        let request = format!("GetItemEstimate:GetItemEstimate[Collections[Collection[{collection}]]]");
        let root = phone.ask(GetItemEstimate, &request).await.unwrap();
        assert_eq!(text(&root, "Estimate"), expected, "{options}");
    }
    for (classes, expected) in [("Class=Email", &["Email"][..]), ("Class=SMS", &["SMS"])] {
        let query = format!("Query[And[AirSync:{classes} Search:FreeText=Pears]]");
        let request = format!("Search:Search[Store[Name=Mailbox {query} Options[RebuildResults]]]");
        let root = one.ask(Search, &request).await.unwrap();
        let found: Vec<String> = all(&root, "Result").into_iter().map(|found| text(found, "Class")).collect();
        assert_eq!(found, expected, "{classes}");
    }
}

#[tokio::test]
async fn what_is_no_text_message_is_refused() {
    let stage = Stage::start(&["anna"]).await;
    for version in [Version::V14_0, Version::V16_1] {
        let (mut one, inbox) = up_to_date(&stage, version, 2, BOTH).await;
        for data in [
            "Email:Read=1",
            "Email:From='[MOBILE:+1]' AirSyncBase:Body[Type=4 Data='From: x']",
            "Email:From='[MOBILE:+1]' Cc='[MOBILE:+2]'",
            "Calendar:Subject=X",
        ] {
            let add = format!("Commands[Add[Class=SMS ClientId=x ApplicationData[{data}]]]");
            let root = one.sync(&inbox, &add).await.unwrap();
            assert_eq!(text(all(&root, "Responses")[0], "Status"), "6", "{version} {data}");
        }
        let calendar = one.folder(8);
        one.sync_whole(&calendar, "").await;
        let root = one.sync(&calendar, &add("t", "No")).await.unwrap();
        assert_eq!(text(all(&root, "Responses")[0], "Status"), "4", "{version}");
    }
}

#[tokio::test]
async fn what_is_to_be_sent_goes_to_the_phone_that_sends() {
    let stage = Stage::start(&["anna"]).await;
    let version = Version::V14_1;
    let (mut writer, outbox) = up_to_date(&stage, version, 6, BOTH).await;
    let (mut other, _) = up_to_date(&stage, version, 6, BOTH).await;
    let (mut sender, _) = up_to_date(&stage, version, 6, BOTH).await;
    let able = "Settings:Settings[DeviceInformation[Set[Model=M PhoneNumber=+491702 EnableOutboundSMS=1]]]";
    sender.ask(Settings, able).await;
    let root = writer.sync(&outbox, &add("t1", "Out")).await.unwrap();
    let id = text(all(&root, "Responses")[0], "ServerId");
    assert_eq!(news(&mut other, &outbox, "").await, said([]));
    assert_eq!(news(&mut writer, &outbox, "").await, said([]), "it keeps its own");
    let expected = said([["Add", "SMS", "IPM.Note.Mobile.SMS"]]);
    assert_eq!(news(&mut sender, &outbox, "").await, expected);
    // It has sent it.
    let delete = format!("DeletesAsMoves=0 Commands[Delete[ServerId={id}]]");
    assert_eq!(news(&mut sender, &outbox, &delete).await, said([]));
    assert_eq!(news(&mut writer, &outbox, "").await, said([["Delete", "", ""]]));
    assert_eq!(news(&mut other, &outbox, "").await, said([]));
}
