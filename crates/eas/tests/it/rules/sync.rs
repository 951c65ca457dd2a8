//! Sync.

use fieldpost_eas::command::CommandName;

use super::Said::{Holds, In, Includes, Is, Times};
use super::Type::*;
use super::{MANY, Rules};

#[test]
fn sync() {
    let mut rules = Rules::of(CommandName::Sync);
    rules.on(
        "Add",
        &[
            In(&["Commands"]),                       // MS-ASCMD_R1039
            Holds(&["ServerId", "ApplicationData"]), // MS-ASCMD_R1040
            Is(Container),                           // MS-ASCMD_R1041
            Times(0, MANY),                          // MS-ASCMD_R1042
        ],
    );
    rules.on(
        "Add",
        &[
            In(&["Responses"]),                                     // MS-ASCMD_R1043
            Includes(&["ServerId", "ClientId", "Class", "Status"]), // MS-ASCMD_R1044
            Is(Container),                                          // MS-ASCMD_R1045
            Times(0, MANY),                                         // MS-ASCMD_R1046
        ],
    );
    rules.on(
        "ApplicationData",
        &[
            In(&["Commands/Change", "Commands/Add"]), // MS-ASCMD_R1059
            Is(Container),                            // MS-ASCMD_R1061
            Times(1, 1),                              // MS-ASCMD_R1062
        ],
    );
    rules.on(
        "ApplicationData",
        &[
            In(&["Responses/Fetch"]), // MS-ASCMD_R1063
            Includes(&["Attachments", "Body", "NativeBodyType", "RightsManagementLicense"]), // MS-ASCMD_R1937
            Is(Container),            // MS-ASCMD_R1065
            Times(1, 1),              // MS-ASCMD_R1066
        ],
    );
    rules.on(
        "Change",
        &[
            In(&["Commands"]),                                // MS-ASCMD_R1147
            Holds(&["ServerId", "ApplicationData", "Class"]), // MS-ASCMD_R1148
            Is(Container),                                    // MS-ASCMD_R1149
            Times(0, MANY),                                   // MS-ASCMD_R1150
        ],
    );
    rules.on(
        "Change",
        &[
            In(&["Responses"]),                         // MS-ASCMD_R1151
            Includes(&["ServerId", "Class", "Status"]), // MS-ASCMD_R1152
            Is(Container),                              // MS-ASCMD_R1153
            Times(0, MANY),                             // MS-ASCMD_R1154
        ],
    );
    rules.on(
        "Class",
        &[
            In(&["Responses/Add"]), // MS-ASCMD_R13327
            Holds(&[]),             // MS-ASCMD_R1328
            Is(String),             // MS-ASCMD_R1329
            Times(0, 1),            // MS-ASCMD_R1330
        ],
    );
    rules.on(
        "ClientId",
        &[
            In(&["Responses/Add"]), // MS-ASCMD_R1347
            Holds(&[]),             // MS-ASCMD_R1348
            Is(String),             // MS-ASCMD_R1349
            Times(1, 1),            // MS-ASCMD_R1350
        ],
    );
    rules.on(
        "Collection",
        &[
            In(&["Collections"]), // MS-ASCMD_R1363
            Holds(&["Class", "SyncKey", "CollectionId", "Status", "MoreAvailable", "Commands", "Responses"]), // MS-ASCMD_R1364
            Is(Container),  // MS-ASCMD_R1365
            Times(0, MANY), // MS-ASCMD_R1366
        ],
    );
    rules.on(
        "CollectionId",
        &[
            In(&["Collection"]), // MS-ASCMD_R1400
            Holds(&[]),          // MS-ASCMD_R1401
            Is(String),          // MS-ASCMD_R1402
            Times(1, 1),         // MS-ASCMD_R1403
        ],
    );
    rules.on(
        "Collections",
        &[
            In(&["Sync"]),          // MS-ASCMD_R1415
            Holds(&["Collection"]), // MS-ASCMD_R1416
            Is(Container),          // MS-ASCMD_R1417
            Times(0, 1),            // MS-ASCMD_R1418
        ],
    );
    rules.on(
        "Commands",
        &[
            In(&["Collection"]),                               // MS-ASCMD_R1423
            Holds(&["Add", "Delete", "Change", "SoftDelete"]), // MS-ASCMD_R1425
            Is(Container),                                     // MS-ASCMD_R1426
            Times(0, 1),                                       // MS-ASCMD_R1427
        ],
    );
    rules.on(
        "Delete",
        &[
            In(&["Commands"]),             // MS-ASCMD_R1490
            Holds(&["ServerId", "Class"]), // MS-ASCMD_R1491
            Is(Container),                 // MS-ASCMD_R1492
            Times(0, MANY),                // MS-ASCMD_R1493
        ],
    );
    rules.on(
        "Fetch",
        &[
            In(&["Responses"]),                                // MS-ASCMD_R1659
            Holds(&["ServerId", "Status", "ApplicationData"]), // MS-ASCMD_R1660
        ],
    );
    rules.on(
        "Fetch",
        &[
            Is(Container),  // MS-ASCMD_R1661
            Times(0, MANY), // MS-ASCMD_R1662
        ],
    );
    rules.on(
        "Limit",
        &[
            In(&["Sync"]), // MS-ASCMD_R1828
            Holds(&[]),    // MS-ASCMD_R1829
            Is(Integer),   // MS-ASCMD_R1830
            Times(0, 1),   // MS-ASCMD_R1831
        ],
    );
    rules.on(
        "MoreAvailable",
        &[
            In(&["Collection"]), // MS-ASCMD_R1951
            Holds(&[]),          // MS-ASCMD_R1952
            Times(0, 1),         // MS-ASCMD_R1954
        ],
    );
    rules.on(
        "Responses",
        &[
            In(&["Collection"]),         // MS-ASCMD_R2504
            Includes(&["Add", "Fetch"]), // MS-ASCMD_R5255
            Is(Container),               // MS-ASCMD_R2506
            Times(0, 1),                 // MS-ASCMD_R2507
        ],
    );
    rules.on(
        "ServerId",
        &[
            In(&["Add", "Change", "Fetch", "Delete"]), // MS-ASCMD_R2605
            Holds(&[]),                                // MS-ASCMD_R2606
            Is(String),                                // MS-ASCMD_R2607
            Times(1, 1),                               // MS-ASCMD_R2608
        ],
    );
    rules.on(
        "SoftDelete",
        &[
            In(&["Commands"]),    // MS-ASCMD_R2655
            Holds(&["ServerId"]), // MS-ASCMD_R2656
            Is(Container),        // MS-ASCMD_R2657
            Times(0, MANY),       // MS-ASCMD_R2658
        ],
    );
    rules.on(
        "Status",
        &[
            In(&["Collection", "Responses/Change", "Responses/Add", "Responses/Delete", "Responses/Fetch"]), // MS-ASCMD_R2767
            Holds(&[]),  // MS-ASCMD_R2768
            Is(Byte),    // MS-ASCMD_R2769
            Times(1, 1), // MS-ASCMD_R2770
        ],
    );
    rules.on(
        "Sync",
        &[
            In(&[]),                                    // MS-ASCMD_R2795
            Holds(&["Collections", "Limit", "Status"]), // MS-ASCMD_R2796
            Is(Container),                              // MS-ASCMD_R2797
            Times(1, 1),                                // MS-ASCMD_R2798
        ],
    );
    rules.on(
        "SyncKey",
        &[
            In(&["Collection"]), // MS-ASCMD_R2839
            Holds(&[]),          // MS-ASCMD_R2840
            Is(String),          // MS-ASCMD_R2841
            Times(1, 1),         // MS-ASCMD_R2842
        ],
    );
    rules.on(
        "Responses",
        &[
            In(&["Collection"]),
            Includes(&["Change", "Delete"]), // MS-ASCMD_R5256
        ],
    );
    rules.on(
        "Responses",
        &[
            In(&["Collection"]),
            Includes(&["Add", "Fetch"]), // MS-ASCMD_R5433
        ],
    );
    rules.on(
        "ApplicationData",
        &[
            In(&["Commands/Add"]),
            Includes(&["Body", "BodyPart", "NativeBodyType", "RightsManagementLicense"]), // MS-ASCMD_R5533
        ],
    );
    rules.on(
        "ServerId",
        &[
            In(&["Add", "Change", "Delete", "Fetch"]), // MS-ASCMD_R5572
            Holds(&[]),                                // MS-ASCMD_R5573
            Is(String),                                // MS-ASCMD_R5574
            Times(0, 1),                               // MS-ASCMD_R5575
        ],
    );
    rules.on(
        "Status",
        &[
            In(&["Sync"]), // MS-ASCMD_R5585
            Holds(&[]),    // MS-ASCMD_R5586
            Is(Byte),      // MS-ASCMD_R5587
            Times(0, 1),   // MS-ASCMD_R5588
        ],
    );
    rules.on(
        "Email",
        &[
            In(&["Forwardee"]), // MS-ASCMD_R64850808
            Holds(&[]),         // MS-ASCMD_R64850809
            Is(String),         // MS-ASCMD_R64850810
            Times(1, 1),        // MS-ASCMD_R64850811
        ],
    );
    rules.on(
        "Forwardee",
        &[
            In(&["Forwardees"]),       // MS-ASCMD_R66250801
            Holds(&["Email", "Name"]), // MS-ASCMD_R66250802
            Is(Container),             // MS-ASCMD_R66250803
            Times(1, MANY),            // MS-ASCMD_R66250804
        ],
    );
    rules.on(
        "Forwardees",
        &[
            In(&["MeetingRequest"]), // MS-ASCMD_R66550801
            Is(Container),           // MS-ASCMD_R66550803
            Times(0, 1),             // MS-ASCMD_R66550804
        ],
    );
    rules.on(
        "Name",
        &[
            In(&["Forwardee"]), // MS-ASCMD_R68651708
            Holds(&[]),         // MS-ASCMD_R68651709
            Is(String),         // MS-ASCMD_R68651710
            Times(0, 1),        // MS-ASCMD_R68651711
        ],
    );
    rules.on(
        "ProposedEndTime",
        &[
            In(&["MeetingRequest"]), // MS-ASCMD_R69901710
            Holds(&[]),              // MS-ASCMD_R69901711
            Is(Compact),             // MS-ASCMD_R69901712
            Times(0, 1),             // MS-ASCMD_R69901713
        ],
    );
    rules.on(
        "ProposedEndTime",
        &[
            In(&["Attendee"]), // MS-ASCMD_R69901714
            Holds(&[]),        // MS-ASCMD_R69901715
            Is(Compact),       // MS-ASCMD_R69901716
            Times(0, 1),       // MS-ASCMD_R69901717
        ],
    );
    rules.on(
        "ProposedStartTime",
        &[
            In(&["MeetingRequest"]), // MS-ASCMD_R69901731
            Is(Compact),             // MS-ASCMD_R69901733
            Times(0, 1),             // MS-ASCMD_R69901734
        ],
    );
    rules.on(
        "ProposedStartTime",
        &[
            Holds(&[]), // MS-ASCMD_R69901732
        ],
    );
    rules.on(
        "ProposedStartTime",
        &[
            In(&["Attendee"]), // MS-ASCMD_R69901735
            Is(Compact),       // MS-ASCMD_R69901737
            Times(0, 1),       // MS-ASCMD_R69901738
        ],
    );
    rules.on(
        "ProposedStartTime",
        &[
            Holds(&[]), // MS-ASCMD_R69901736
        ],
    );
    rules.end();
}
