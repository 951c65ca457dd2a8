//! Contacts through Sync, ItemOperations and Search.

use fieldpost_eas::Version;
use fieldpost_eas::command::CommandName::{ItemOperations, Search, SendMail};
use fieldpost_eas::wbxml::Node;

use crate::session::{Session, all, text};
use crate::stage::Stage;

fn options(version: Version) -> &'static str {
    match version {
        Version::V2_5 => "Options[Truncation=9]",
        _ => "Options[AirSyncBase:BodyPreference[Type=1]]",
    }
}

/// The one contact, as it is told as new or changed.
fn told(roots: &[Node], command: &str) -> Node {
    let found: Vec<&Node> = roots.iter().flat_map(|root| all(root, command)).collect();
    assert_eq!(found.len(), 1, "{command}");
    found[0].clone()
}

/// What is new, of which there may be nothing.
async fn news(session: &mut Session, folder: &str) -> Vec<Node> {
    let rest = format!("GetChanges {}", options(session.version));
    Vec::from_iter(session.sync(folder, &rest).await)
}

#[tokio::test]
async fn contacts_go_from_phone_to_phone_and_keep_what_is_ghosted() {
    let stage = Stage::start(&["anna"]).await;
    for version in Version::ALL {
        let mut one = stage.session("anna", version).await;
        let folder = one.folder(9);
        let mut two = stage.session("anna", version).await;
        two.sync_whole(&folder, &format!("GetChanges {}", options(version))).await;
        // This phone supports two properties and leaves the others alone.
        let supported = "Supported[Contacts:LastName Contacts:JobTitle]";
        one.sync(&folder, supported).await.unwrap();
        news(&mut one, &folder).await;
        let body = match version {
            Version::V2_5 => "Contacts:Body='met in 2019'".to_owned(),
            _ => "AirSyncBase:Body[Type=1 Data='met in 2019']".to_owned(),
        };
        let name = format!("Zoe{}", version.times_ten());
        let data = format!(
            "Contacts:Birthday=1984-05-06T00:00:00.000Z FirstName={name} LastName=Quist FileAs='Quist, Zoe' \
             JobTitle=Pilot Email1Address=zoe@x.test HomePhoneNumber=1 Home2PhoneNumber=2 \
             Categories[Category=Friends] Children[Child=Tick] Contacts2:NickName=zo {body}"
        );
        let add = format!("Add[ClientId=c{} ApplicationData[{data}]]", version.times_ten());
        let root = one.sync(&folder, &format!("{} Commands[{add}]", options(version))).await.unwrap();
        let answer = all(&root, "Responses")[0];
        assert_eq!(text(answer, "Status"), "1", "{version}");
        let id = text(answer, "ServerId");
        // MS-ASCMD_R748, R957
        assert_eq!(text(answer, "ClientId"), format!("c{}", version.times_ten()), "{version}");
        assert!(!id.is_empty(), "{version}");
        // MS-ASCNTC_R473, R492, R493, R436, R470: in the other phone's next answer.
        let add = told(&news(&mut two, &folder).await, "Add");
        let within = all(&add, "ApplicationData")[0];
        for (name, value) in [
            ("FirstName", name.as_str()),
            ("LastName", "Quist"),
            ("FileAs", "Quist, Zoe"),
            ("JobTitle", "Pilot"),
            ("Email1Address", "zoe@x.test"),
            ("HomePhoneNumber", "1"),
            ("Home2PhoneNumber", "2"),
            ("Birthday", "1984-05-06T00:00:00.000Z"),
            ("Category", "Friends"),
            ("Child", "Tick"),
            ("NickName", "zo"),
            (if version == Version::V2_5 { "Body" } else { "Data" }, "met in 2019"),
        ] {
            assert_eq!(text(within, name), value, "{version} {name}");
        }
        // MS-ASCNTC_R499, R494: what this phone does not support stays, what it does and leaves out goes.
        let change = format!("Change[ServerId={id} ApplicationData[Contacts:JobTitle=Captain]]");
        one.sync(&folder, &format!("{} Commands[{change}]", options(version))).await;
        let change = told(&news(&mut two, &folder).await, "Change");
        let within = all(&change, "ApplicationData")[0];
        assert_eq!((text(within, "JobTitle").as_str(), text(within, "LastName").as_str()), ("Captain", ""));
        for name in
            ["FirstName", "Email1Address", "HomePhoneNumber", "Birthday", "Category", "Child", "NickName"]
        {
            assert!(!text(within, name).is_empty(), "{version} {name}");
        }
        // MS-ASCNTC_R461: the notes stay in any case.
        assert!(
            all(within, "Data")
                .first()
                .or(all(within, "Body").first())
                .is_some_and(|node| node.text.is_some())
        );
        // Broken: refused, and nothing changes.
        let days = "Change[ServerId=%id ApplicationData[Contacts:Birthday=tomorrow]]".replace("%id", &id);
        let root = one.sync(&folder, &format!("{} Commands[{days}]", options(version))).await.unwrap();
        assert_eq!(text(all(&root, "Change")[0], "Status"), "6", "{version}");
        if version >= Version::V12_0 {
            fetched(&mut two, &folder, &id, &name).await;
        }
        let delete = format!("Delete[ServerId={id}]");
        one.sync(&folder, &format!("{} Commands[{delete}]", options(version))).await;
    }
}

async fn fetched(two: &mut Session, folder: &str, id: &str, name: &str) {
    let fetch = |options: &str| {
        let item = format!("AirSync:CollectionId={folder} AirSync:ServerId={id}");
        format!("ItemOperations:ItemOperations[Fetch[Store=Mailbox {item} {options}]]")
    };
    // MS-ASCNTC_R477, R483, R486
    let root = two.ask(ItemOperations, &fetch("")).await.unwrap();
    let properties = all(&root, "Properties")[0];
    assert_eq!(
        (text(properties, "FirstName").as_str(), text(properties, "JobTitle").as_str()),
        (name, "Captain")
    );
    // MS-ASCNTC_R485
    let schema = "ItemOperations:Options[Schema[Contacts:FirstName Contacts:JobTitle]]";
    let root = two.ask(ItemOperations, &fetch(schema)).await.unwrap();
    let mut told: Vec<&str> =
        all(&root, "Properties")[0].children.iter().map(|node| node.tag.name()).collect();
    told.sort_unstable();
    assert_eq!(told, ["FirstName", "JobTitle"], "{}", two.version);
    // MS-ASCNTC_R475, R488, R490
    let query = format!("And[AirSync:Class=Contacts Search:FreeText={name}]");
    let request = format!("Search:Search[Store[Name=Mailbox Query[{query}] Options[Range=0-9]]]");
    let root = two.ask(Search, &request).await.unwrap();
    assert_eq!(text(all(&root, "Properties")[0], "FirstName"), name, "{}", two.version);
}

#[tokio::test]
async fn what_is_left_out_goes_but_for_notes_and_picture() {
    let stage = Stage::start(&["anna"]).await;
    for version in [Version::V12_1, Version::V14_1, Version::V16_1] {
        let mut one = stage.session("anna", version).await;
        let folder = one.folder(9);
        let mut two = stage.session("anna", version).await;
        two.sync_whole(&folder, &format!("GetChanges {}", options(version))).await;
        one.sync(&folder, "").await.unwrap();
        news(&mut one, &folder).await;
        let data = "Contacts:FirstName=Zoe LastName=Quist FileAs='Quist, Zoe' JobTitle=Pilot Picture=/9j/4AAQ \
                    AirSyncBase:Body[Type=1 Data='met in 2019']";
        let add = format!("Add[ClientId=d{} ApplicationData[{data}]]", version.times_ten());
        let root = one.sync(&folder, &format!("{} Commands[{add}]", options(version))).await.unwrap();
        let id = text(all(&root, "Responses")[0], "ServerId");
        news(&mut two, &folder).await;
        // MS-ASCMD_R879, R881: a phone that did not say what it manages is taken to manage everything.
        let change =
            format!("Change[ServerId={id} ApplicationData[Contacts:LastName=Quist JobTitle=Captain]]");
        one.sync(&folder, &format!("{} Commands[{change}]", options(version))).await;
        let change = told(&news(&mut two, &folder).await, "Change");
        let within = all(&change, "ApplicationData")[0];
        assert_eq!((text(within, "FirstName").as_str(), text(within, "JobTitle").as_str()), ("", "Captain"));
        // MS-ASCMD_R878
        assert_eq!(text(within, "Data"), "met in 2019", "{version}");
        assert_eq!(text(within, "Picture"), "/9j/4AAQ", "{version}");
        // MS-ASCMD_R875
        let change = format!("Change[ServerId={id} ApplicationData[{data}]]");
        let root = one.sync(&folder, &format!("{} Commands[{change}]", options(version))).await;
        assert!(root.is_none_or(|root| text(&root, "Status") == "1" && all(&root, "Responses").is_empty()));
        let change = told(&news(&mut two, &folder).await, "Change");
        assert_eq!(text(&change, "FirstName"), "Zoe", "{version}");
    }
}

#[tokio::test]
async fn properties_of_items_are_no_conditions_of_a_search() {
    let stage = Stage::start(&["anna"]).await;
    for version in [Version::V12_1, Version::V14_1, Version::V16_1] {
        let mut anna = stage.session("anna", version).await;
        // MS-ASEMAIL_R68, MS-ASTASK_R364
        for property in ["Email:Subject=x", "Email:Read=1", "Tasks:Subject=x", "Contacts:FirstName=x"] {
            let query = format!("And[AirSync:Class=Email Search:FreeText=x {property}]");
            let request = format!("Search:Search[Store[Name=Mailbox Query[{query}] Options[Range=0-9]]]");
            let root = anna.ask(Search, &request).await.unwrap();
            assert_eq!(text(all(&root, "Store")[0], "Status"), "2", "{version} {property}");
        }
        // MS-ASAIRS_R10033, R10034
        for preference in ["Type=x", "Type=1 Type=2"] {
            let options = format!("Options[Range=0-9 AirSyncBase:BodyPreference[{preference}]]");
            let query = "And[AirSync:Class=Email Search:FreeText=x]";
            let request = format!("Search:Search[Store[Name=Mailbox Query[{query}] Search:{options}]]");
            let root = anna.ask(Search, &request).await.unwrap();
            assert_eq!(text(all(&root, "Store")[0], "Status"), "2", "{version} {preference}");
        }
    }
}

#[tokio::test]
async fn correspondents_alone_have_a_rank() {
    let stage = Stage::start(&["anna"]).await;
    for version in [Version::V14_0, Version::V14_1, Version::V16_1] {
        let mut anna = stage.session("anna", version).await;
        let (contacts, cache) = (anna.folder(9), anna.folder(19));
        let mime = "To: zoe@elsewhere.example\r\nSubject: x\r\n\r\nHello.\r\n";
        let sent =
            anna.ask(SendMail, &format!("ComposeMail:SendMail[ClientId=s{version} Mime=#'{mime}']")).await;
        assert!(sent.is_none(), "{version}");
        anna.sync_whole(&contacts, "GetChanges").await;
        let add = "Commands[Add[ClientId=q ApplicationData[Contacts:FirstName=Zoe FileAs=Zoe]]]";
        anna.sync(&contacts, add).await;
        let ranks = async |session: &mut Session, folder: &str| {
            let roots = session.sync_whole(folder, "GetChanges").await;
            let count = |name: &str| roots.iter().map(|root| all(root, name).len()).sum::<usize>();
            (count("Add"), count("WeightedRank"))
        };
        // MS-ASCNTC_R415
        let (cached, ranked) = ranks(&mut anna, &cache).await;
        assert!(cached > 0 && ranked == cached, "{version}: {ranked} of {cached}");
        let (known, ranked) = ranks(&mut anna, &contacts).await;
        assert!(known > 0 && ranked == 0, "{version}: {ranked} of {known}");
    }
}
