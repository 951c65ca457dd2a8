//! Events through Sync and ItemOperations: what is kept, what is restricted, and what is refused.

use fieldpost_eas::Version;
use fieldpost_eas::command::CommandName::ItemOperations;
use fieldpost_eas::wbxml::Node;

use super::{change, children};
use crate::session::{Session, all, text, with_subject};
use crate::stage::Stage;

const OPTIONS: &str = "Options[AirSyncBase:BodyPreference[Type=1]]";

/// An event on the first of March 2027, 8 to 9 o'clock, with what each version must say.
fn event(version: Version, subject: &str, more: &str) -> String {
    let own = match version >= Version::V16_0 {
        true => String::new(),
        false => format!("DtStamp=20261101T080000Z UID={subject}-{}", version.times_ten()),
    };
    format!("Calendar:Subject={subject} StartTime=20270301T080000Z EndTime=20270301T090000Z {own} {more}")
}

/// Adds an item and gives its id, or the status where that is none.
async fn add(session: &mut Session, folder: &str, data: &str) -> Result<String, String> {
    let client = format!("c{:x}", data.len());
    let root =
        session.sync(folder, &format!("Commands[Add[ClientId={client} ApplicationData[{data}]]]")).await;
    let root = root.unwrap();
    let answer = all(&root, "Responses")[0];
    match text(answer, "Status").as_str() {
        "1" => Ok(text(answer, "ServerId")),
        status => Err(status.to_owned()),
    }
}

/// The item as a new phone gets it.
async fn told(stage: &Stage, version: Version, kind: u8, id: &str) -> Node {
    let mut other = stage.session("anna", version).await;
    let folder = other.folder(kind);
    let roots = other.sync_whole(&folder, &format!("GetChanges {OPTIONS}")).await;
    let mut adds = roots.iter().flat_map(|root| all(root, "Add"));
    adds.find(|add| text(add, "ServerId") == id).unwrap().clone()
}

/// The starts of the exceptions that an event has.
fn exceptions(event: &Node) -> Vec<String> {
    all(event, "Exception").iter().map(|exception| text(exception, "ExceptionStartTime")).collect()
}

#[tokio::test]
async fn exceptions_that_are_not_mentioned_stay() {
    let stage = Stage::start(&["anna"]).await;
    for version in [Version::V12_1, Version::V14_1] {
        let mut one = stage.session("anna", version).await;
        let mut two = stage.session("anna", version).await;
        let calendar = one.folder(8);
        one.sync_whole(&calendar, "GetChanges").await;
        two.sync_whole(&calendar, "GetChanges").await;
        let exception = |day: &str| format!("Exception[Deleted=1 ExceptionStartTime=202703{day}T080000Z]");
        let series = |more: &str| {
            event(version, "Series", &format!("Recurrence[Type=1 Interval=1 DayOfWeek=2] {more}"))
        };
        let first = format!("Exceptions[{}]", exception("08"));
        let id = add(&mut one, &calendar, &series(&first)).await.unwrap();
        assert_eq!(exceptions(&told(&stage, version, 8, &id).await), ["20270308T080000Z"], "{version}");
        // MS-ASCMD_R876
        two.sync(&calendar, "GetChanges").await;
        assert_eq!(change(&mut one, &calendar, &id, &series("Sensitivity=2")).await, "1", "{version}");
        assert_eq!(exceptions(&told(&stage, version, 8, &id).await), ["20270308T080000Z"], "{version}");
        // MS-ASCAL_R434001
        let root = two.sync(&calendar, "GetChanges").await.unwrap();
        assert_eq!(text(all(&root, "Change")[0], "StartTime"), "20270301T080000Z", "{version}");
        // MS-ASCMD_R877
        let second = format!("Exceptions[{}]", exception("15"));
        assert_eq!(change(&mut one, &calendar, &id, &series(&second)).await, "1", "{version}");
        let kept = exceptions(&told(&stage, version, 8, &id).await);
        assert_eq!(kept, ["20270308T080000Z", "20270315T080000Z"], "{version}");
    }
}

#[tokio::test]
async fn a_place_is_removed_by_an_empty_one() {
    let stage = Stage::start(&["anna"]).await;
    for version in [Version::V16_0, Version::V16_1] {
        let mut one = stage.session("anna", version).await;
        let calendar = one.folder(8);
        one.sync_whole(&calendar, "GetChanges").await;
        let place = "AirSyncBase:Location[DisplayName=Office]";
        let id = add(&mut one, &calendar, &event(version, "Place", place)).await.unwrap();
        let at = async |id: &str| text(&told(&stage, version, 8, id).await, "DisplayName");
        assert_eq!(at(&id).await, "Office", "{version}");
        // MS-ASAIRS_R1001013
        assert_eq!(change(&mut one, &calendar, &id, "AirSyncBase:Location").await, "1", "{version}");
        assert_eq!(at(&id).await, "", "{version}");
    }
}

#[tokio::test]
async fn the_body_of_an_event_is_plain_or_html() {
    let stage = Stage::start(&["anna"]).await;
    for version in [Version::V16_0, Version::V16_1] {
        let mut one = stage.session("anna", version).await;
        let calendar = one.folder(8);
        one.sync_whole(&calendar, "GetChanges").await;
        let body = "AirSyncBase:Body[Type=2 Data='<p>What is planned.</p>']";
        let id = add(&mut one, &calendar, &event(version, "Body", body)).await.unwrap();
        // MS-ASAIRS_R1400, R1401, R14000918, R14010918
        for (wished, given) in [("1", "1"), ("2", "2")] {
            let options = format!("Options[AirSyncBase:BodyPreference[Type={wished}]]");
            let roots = one.sync_whole(&calendar, &format!("GetChanges {options}")).await;
            let mut adds = roots.iter().flat_map(|root| all(root, "Add"));
            let add = adds.find(|add| text(add, "ServerId") == id).unwrap();
            assert_eq!(text(all(add, "Body")[0], "Type"), given, "{version}");
            assert!(text(add, "Data").contains("What is planned."), "{version}");
        }
    }
}

#[tokio::test]
async fn a_schema_restricts_what_is_fetched() {
    let stage = Stage::start(&["anna"]).await;
    for version in [Version::V12_1, Version::V14_1, Version::V16_1] {
        let mut one = stage.session("anna", version).await;
        let task = "Tasks:Subject=Work Importance=2 Complete=0";
        // MS-ASCAL_R530, MS-ASTASK_R358
        for (kind, data, schema) in [
            (8, event(version, "Fetched", "Sensitivity=2"), "Calendar:Subject Calendar:Sensitivity"),
            (7, task.to_owned(), "Tasks:Subject Tasks:Importance"),
        ] {
            let folder = one.folder(kind);
            one.sync_whole(&folder, "GetChanges").await;
            let id = add(&mut one, &folder, &data).await.unwrap();
            let item = format!("Store=Mailbox AirSync:CollectionId={folder} AirSync:ServerId={id}");
            let options = format!("ItemOperations:Options[Schema[{schema}]]");
            let request = format!("ItemOperations:ItemOperations[Fetch[{item} {options}]]");
            let root = one.ask(ItemOperations, &request).await.unwrap();
            let mut got = children(&root, "Properties");
            got.sort_unstable();
            let mut wanted: Vec<&str> =
                schema.split(' ').filter_map(|tag| tag.split(':').next_back()).collect();
            wanted.sort_unstable();
            assert_eq!(got, wanted, "{version}");
        }
    }
}

#[tokio::test]
async fn what_an_item_must_not_say_is_refused() {
    let stage = Stage::start(&["anna"]).await;
    for version in [Version::V14_0, Version::V14_1, Version::V16_1] {
        let mut one = stage.session("anna", version).await;
        let (calendar, tasks) = (one.folder(8), one.folder(7));
        one.sync_whole(&calendar, "GetChanges").await;
        one.sync_whole(&tasks, "GetChanges").await;
        let monthly = |more: &str| {
            event(version, "Monthly", &format!("Recurrence[Type=2 Interval=1 DayOfMonth=1 {more}]"))
        };
        // MS-ASCAL_R53912
        let twice = monthly("CalendarType=1 CalendarType=1");
        assert_eq!(add(&mut one, &calendar, &twice).await, Err("6".to_owned()), "{version}");
        assert!(add(&mut one, &calendar, &monthly("CalendarType=1")).await.is_ok(), "{version}");
        // MS-ASTASK_R252
        let task = "Tasks:Subject=Work Complete=0 ReminderTime=2027-03-01T08:00:00.000Z ReminderSet=2";
        assert_eq!(add(&mut one, &tasks, task).await, Err("6".to_owned()), "{version}");
        // MS-ASAIRS_R10014, R10037
        for body in ["Type=x Data=y", "Type=1 Type=1 Data=y", "Type=1 Data=x Data=y"] {
            let data = event(version, "Body", &format!("AirSyncBase:Body[{body}]"));
            assert_eq!(add(&mut one, &calendar, &data).await, Err("6".to_owned()), "{version} {body}");
        }
        // MS-ASAIRS_R406, R11500: what a phone says of truncation changes nothing.
        let noted =
            |more: &str| format!("Tasks:Subject=Work Complete=0 AirSyncBase:Body[Type=1 {more} Data=Note]");
        let mut answers = Vec::new();
        for more in ["", "Truncated=0", "Truncated=1"] {
            let id = add(&mut one, &tasks, &noted(more)).await.unwrap();
            let body = all(&told(&stage, version, 7, &id).await, "Body")[0].clone();
            answers.push((text(&body, "Type"), text(&body, "Data"), text(&body, "Truncated")));
        }
        assert!(answers.iter().all(|answer| *answer == answers[0] && answer.1 == "Note"), "{answers:?}");
    }
}

#[tokio::test]
async fn a_changed_task_is_told_whole() {
    let stage = Stage::start(&["anna"]).await;
    for version in [Version::V12_1, Version::V14_1, Version::V16_1] {
        let mut one = stage.session("anna", version).await;
        let mut two = stage.session("anna", version).await;
        let tasks = one.folder(7);
        one.sync_whole(&tasks, "GetChanges").await;
        let id = add(&mut one, &tasks, "Tasks:Subject=Work Importance=1 Complete=0").await.unwrap();
        two.sync_whole(&tasks, "GetChanges").await;
        let data = "Tasks:Subject=Work Importance=2 Complete=0 Sensitivity=2";
        assert_eq!(change(&mut one, &tasks, &id, data).await, "1", "{version}");
        // MS-ASTASK_R438
        let root = two.sync(&tasks, "GetChanges").await.unwrap();
        let told = children(all(&root, "Change")[0], "ApplicationData");
        for name in ["Subject", "Importance", "Complete", "Sensitivity"] {
            assert!(told.contains(&name), "{version}: {told:?}");
        }
    }
}

#[tokio::test]
async fn an_event_without_a_zone_is_in_that_of_its_user() {
    let stage = Stage::prepared(&["anna", "bob"], |server| {
        server.set("server", "time_zone", "\"America/New_York\"");
    })
    .await;
    let at = |user: &str| format!("{user}@{}", fieldpost_testkit::process::DOMAIN);
    let done = stage.server.run(&["account", "set", &at("anna"), "--time-zone", "Europe/Paris"]);
    assert!(done.status.success(), "{done:?}");
    let event = |subject: &str, start: &str, end: &str| {
        format!(
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:{subject}\r\n\
             DTSTAMP:20260101T000000Z\r\nDTSTART{start}\r\nDTEND{end}\r\nSUMMARY:{subject}\r\nEND:VEVENT\r\n\
             END:VCALENDAR\r\n"
        )
    };
    for (user, hour, day) in
        [("anna", "20270301T090000Z", "20270228T230000Z"), ("bob", "20270301T150000Z", "20270301T050000Z")]
    {
        for (name, content) in [
            ("hour", event("Hour", ":20270301T100000", ":20270301T110000")),
            ("day", event("Day", ";VALUE=DATE:20270301", ";VALUE=DATE:20270302")),
        ] {
            let file = stage.server.folder().join(format!("{user}-{name}.ics"));
            std::fs::write(&file, content).unwrap();
            let done = stage.server.run(&["import", &at(user), file.to_str().unwrap()]);
            assert!(done.status.success(), "{done:?}");
        }
        let mut session = stage.session(user, Version::V14_1).await;
        let calendar = session.folder(8);
        let roots = session.sync_whole(&calendar, "GetChanges").await;
        let start = |subject: &str| {
            let id = with_subject(&roots, subject).remove(0);
            let mut adds = roots.iter().flat_map(|root| all(root, "Add"));
            text(adds.find(|add| text(add, "ServerId") == id).unwrap(), "StartTime")
        };
        assert_eq!((start("Hour").as_str(), start("Day").as_str()), (hour, day), "{user}");
    }
}
