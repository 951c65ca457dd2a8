//! Contacts through Sync, ItemOperations and Search.

use fieldpost_eas::Version;
use fieldpost_eas::command::CommandName::{ItemOperations, Search};
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
