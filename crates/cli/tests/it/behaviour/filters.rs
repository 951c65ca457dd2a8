//! FilterType: which of its values each class knows, in Sync and in GetItemEstimate.

use fieldpost_eas::Version;
use fieldpost_eas::command::CommandName::GetItemEstimate;

use crate::session::{Session, all, text};
use crate::stage::Stage;

/// A requirement for each value from 0 to 8, and whether the value is known.
type Row = [(&'static str, bool); 9];

/// GetItemEstimate of mail.
const ESTIMATE_MAIL: Row = [
    ("MS-ASCMD_R2999", true),
    ("MS-ASCMD_R3000", true),
    ("MS-ASCMD_R3001", true),
    ("MS-ASCMD_R3002", true),
    ("MS-ASCMD_R3003", true),
    ("MS-ASCMD_R3004", true),
    ("MS-ASCMD_R3005", false),
    ("MS-ASCMD_R3006", false),
    ("MS-ASCMD_R3007", false),
];
/// GetItemEstimate of events.
const ESTIMATE_EVENTS: Row = [
    ("MS-ASCMD_R3008", true),
    ("MS-ASCMD_R3009", false),
    ("MS-ASCMD_R3010", false),
    ("MS-ASCMD_R3011", false),
    ("MS-ASCMD_R3012", true),
    ("MS-ASCMD_R3013", true),
    ("MS-ASCMD_R3014", true),
    ("MS-ASCMD_R3015", true),
    ("MS-ASCMD_R3016", false),
];
/// GetItemEstimate of tasks.
const ESTIMATE_TASKS: Row = [
    ("MS-ASCMD_R3017", true),
    ("MS-ASCMD_R3018", false),
    ("MS-ASCMD_R3019", false),
    ("MS-ASCMD_R3020", false),
    ("MS-ASCMD_R3021", false),
    ("MS-ASCMD_R3022", false),
    ("MS-ASCMD_R3023", false),
    ("MS-ASCMD_R3024", false),
    ("MS-ASCMD_R3025", true),
];
/// Sync of mail.
const SYNC_MAIL: Row = [
    ("MS-ASCMD_R3035", true),
    ("MS-ASCMD_R3036", true),
    ("MS-ASCMD_R3037", true),
    ("MS-ASCMD_R3038", true),
    ("MS-ASCMD_R3039", true),
    ("MS-ASCMD_R3040", true),
    ("MS-ASCMD_R3041", false),
    ("MS-ASCMD_R3042", false),
    ("MS-ASCMD_R3043", false),
];
/// Sync of events.
const SYNC_EVENTS: Row = [
    ("MS-ASCMD_R3044", true),
    ("MS-ASCMD_R3045", false),
    ("MS-ASCMD_R3046", false),
    ("MS-ASCMD_R3047", false),
    ("MS-ASCMD_R3048", true),
    ("MS-ASCMD_R3049", true),
    ("MS-ASCMD_R3050", true),
    ("MS-ASCMD_R3051", true),
    ("MS-ASCMD_R3052", false),
];
/// Sync of tasks.
const SYNC_TASKS: Row = [
    ("MS-ASCMD_R3053", true),
    ("MS-ASCMD_R3054", false),
    ("MS-ASCMD_R3055", false),
    ("MS-ASCMD_R3056", false),
    ("MS-ASCMD_R3057", false),
    ("MS-ASCMD_R3058", false),
    ("MS-ASCMD_R3059", false),
    ("MS-ASCMD_R3060", false),
    ("MS-ASCMD_R3061", true),
];

#[tokio::test]
async fn each_class_knows_its_filters_and_sync_refuses_the_others() {
    let stage = Stage::start(&["anna"]).await;
    for version in [Version::V12_1, Version::V14_1, Version::V16_1] {
        let mut one = stage.session("anna", version).await;
        for (kind, rows) in [(2, SYNC_MAIL), (8, SYNC_EVENTS), (7, SYNC_TASKS)] {
            for (filter, (requirement, known)) in rows.into_iter().enumerate() {
                let folder = one.folder(kind);
                one.sync_with(&folder, "0", "").await;
                let roots =
                    one.sync_whole(&folder, &format!("GetChanges Options[FilterType={filter}]")).await;
                let status = roots.last().map(|root| text(root, "Status")).unwrap_or_default();
                // MS-ASCMD_R3080
                let expected = if known { "1" } else { "4" };
                assert_eq!(status, expected, "{requirement} {version}");
            }
        }
    }
}

#[tokio::test]
async fn estimates_know_the_same_filters() {
    let stage = Stage::start(&["anna"]).await;
    for version in [Version::V14_0, Version::V14_1, Version::V16_1] {
        let mut one = stage.session("anna", version).await;
        for (kind, rows) in [(2, ESTIMATE_MAIL), (8, ESTIMATE_EVENTS), (7, ESTIMATE_TASKS)] {
            let folder = one.folder(kind);
            one.sync(&folder, "").await;
            for (filter, (requirement, known)) in rows.into_iter().enumerate() {
                let collection = format!(
                    "AirSync:SyncKey={} GetItemEstimate:CollectionId={folder} AirSync:Options[FilterType={filter}]",
                    one.key(&folder)
                );
                let request =
                    format!("GetItemEstimate:GetItemEstimate[Collections[Collection[{collection}]]]");
                let root = one.ask(GetItemEstimate, &request).await.unwrap();
                let expected = if known { "1" } else { "110" };
                assert_eq!(text(&root, "Status"), expected, "{requirement} {version}");
            }
        }
    }
}

/// Adds events: one long past, one to come, and one that began long ago and never ends.
async fn fill(session: &mut Session) {
    let version = session.version;
    let calendar = session.folder(8);
    session.sync_whole(&calendar, "GetChanges").await;
    for (subject, year, more) in [
        ("Past", 2020, ""),
        ("Coming", 2035, ""),
        ("Endless", 2019, "Recurrence[Type=1 Interval=1 DayOfWeek=2]"),
    ] {
        let own = match version >= Version::V16_0 {
            true => String::new(),
            false => format!("DtStamp=20261101T080000Z UID={subject}"),
        };
        let event = format!(
            "Calendar:Subject={subject} StartTime={year}0304T080000Z EndTime={year}0304T090000Z {own} {more}"
        );
        let add = format!("Commands[Add[ClientId={subject} ApplicationData[{event}]]]");
        let root = session.sync(&calendar, &add).await.unwrap();
        assert_eq!(text(all(&root, "Responses")[0], "Status"), "1", "{version} {subject}");
    }
}

/// The subjects of what is added, sorted.
fn subjects(roots: &[fieldpost_eas::wbxml::Node]) -> Vec<String> {
    let adds = roots.iter().flat_map(|root| all(root, "Add"));
    let mut subjects: Vec<String> = adds.map(|add| text(add, "Subject")).collect();
    subjects.sort();
    subjects
}

#[tokio::test]
async fn what_is_past_is_filtered_and_what_is_to_come_is_not() {
    let stage = Stage::start(&["anna121", "anna141", "anna161"]).await;
    for version in [Version::V12_1, Version::V14_1, Version::V16_1] {
        let user = format!("anna{}", version.times_ten());
        let mut one = stage.session(&user, version).await;
        fill(&mut one).await;
        let calendar = one.folder(8);
        let mut two = stage.session(&user, version).await;
        // MS-ASCMD_R2987, R3065, R5878: two weeks back.
        let roots = two.sync_whole(&calendar, "GetChanges Options[FilterType=4]").await;
        assert_eq!(subjects(&roots), ["Coming", "Endless"], "{version}");
        // MS-ASCMD_R3076
        let roots = two.sync_whole(&calendar, "GetChanges").await;
        assert_eq!(subjects(&roots), ["Coming", "Endless", "Past"], "{version}");
        let past = roots.iter().flat_map(|root| all(root, "Add")).find(|add| text(add, "Subject") == "Past");
        let past = text(past.unwrap(), "ServerId");
        // MS-ASCMD_R3967
        let root = two.sync(&calendar, "GetChanges Options[FilterType=4]").await.unwrap();
        let gone: Vec<String> = all(&root, "SoftDelete").iter().map(|node| text(node, "ServerId")).collect();
        assert_eq!(gone, [past], "{version}");

        // MS-ASCMD_R2967, R2969, R2971, R5877: an estimate counts what would be sent.
        let mut three = stage.session(&user, version).await;
        three.sync(&calendar, "").await;
        let key = three.key(&calendar);
        for (filter, count) in [(0, "3"), (4, "2")] {
            let collection = match version < Version::V14_0 {
                true => format!(
                    "Class=Calendar CollectionId={calendar} AirSync:FilterType={filter} AirSync:SyncKey={key}"
                ),
                false => format!(
                    "AirSync:SyncKey={key} GetItemEstimate:CollectionId={calendar} \
                     AirSync:Options[FilterType={filter}]"
                ),
            };
            let request = format!("GetItemEstimate:GetItemEstimate[Collections[Collection[{collection}]]]");
            let root = three.ask(GetItemEstimate, &request).await.unwrap();
            assert_eq!(text(&root, "Estimate"), count, "{version} {filter}");
        }
    }
}

#[tokio::test]
async fn contacts_have_no_age() {
    let stage = Stage::start(&["anna"]).await;
    for version in [Version::V12_1, Version::V14_1, Version::V16_1] {
        let mut one = stage.session("anna", version).await;
        let contacts = one.folder(9);
        one.sync_whole(&contacts, "GetChanges").await;
        let add = "Commands[Add[ClientId=z ApplicationData[Contacts:FirstName=Zoe FileAs=Zoe]]]";
        one.sync(&contacts, add).await;
        // MS-ASCMD_R3079
        let plain = one.sync_whole(&contacts, "GetChanges").await;
        let filtered = one.sync_whole(&contacts, "GetChanges Options[FilterType=3]").await;
        let adds = |roots: &[fieldpost_eas::wbxml::Node]| -> Vec<fieldpost_eas::wbxml::Node> {
            roots.iter().flat_map(|root| all(root, "Add")).cloned().collect()
        };
        assert!(!adds(&plain).is_empty() && adds(&plain) == adds(&filtered), "{version}");
        if version >= Version::V14_0 {
            // MS-ASCMD_R2973
            let key = one.key(&contacts);
            let ask = |more: &str| {
                let collection =
                    format!("AirSync:SyncKey={key} GetItemEstimate:CollectionId={contacts} {more}");
                format!("GetItemEstimate:GetItemEstimate[Collections[Collection[{collection}]]]")
            };
            let root = one.ask(GetItemEstimate, &ask("AirSync:Options[FilterType=3]")).await.unwrap();
            assert_eq!(text(&root, "Status"), "1", "{version}");
            for (requirements, more, status) in [
                ("MS-ASCMD_R2984", "AirSync:Options[FilterType=9]", "103"),
                ("MS-ASCMD_R2100", "AirSync:ConversationMode=1", "103"),
                // MS-ASCMD_R907
                ("MS-ASCMD_R908", "AirSync:Options[Class=Contacts] Options[Class=Tasks]", "4"),
            ] {
                let root = one.ask(GetItemEstimate, &ask(more)).await.unwrap();
                assert_eq!(text(&root, "Status"), status, "{requirements} {version}");
            }
            // MS-ASCMD_R5647, R4129, R5671
            let many = format!("Collection[AirSync:SyncKey={key} GetItemEstimate:CollectionId={contacts}]");
            let request = format!("GetItemEstimate:GetItemEstimate[Collections[{}]]", many.repeat(1001));
            let root = one.ask(GetItemEstimate, &request).await.unwrap();
            assert_eq!(root.children[0].text.as_deref(), Some("103"), "{version}");
        }
    }
}
