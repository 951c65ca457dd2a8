//! FilterType: which of its values each class knows, in Sync and in GetItemEstimate.

use fieldpost_eas::Version;
use fieldpost_eas::command::CommandName::GetItemEstimate;

use crate::session::text;
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
                assert_eq!(status == "1", known, "{requirement} {version}: {status}");
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
