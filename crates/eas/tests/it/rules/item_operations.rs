//! ItemOperations.

use fieldpost_eas::command::CommandName;

use super::Said::{Holds, In, Includes, Is, Times};
use super::Type::*;
use super::{MANY, Rules};

#[test]
fn item_operations() {
    let mut rules = Rules::of(CommandName::ItemOperations);
    rules.on(
        "Class",
        &[
            In(&["Fetch"]), // MS-ASCMD_R1167
            Holds(&[]),     // MS-ASCMD_R1168
            Is(String),     // MS-ASCMD_R1169
            Times(0, 1),    // MS-ASCMD_R1170
        ],
    );
    rules.on(
        "CollectionId",
        &[
            In(&["EmptyFolderContents", "Fetch"]), // MS-ASCMD_R1379
            Holds(&[]),                            // MS-ASCMD_R1380
            Is(String),                            // MS-ASCMD_R1381
        ],
    );
    rules.on(
        "ConversationId",
        &[
            In(&["Move"]), // MS-ASCMD_R1437
            Holds(&[]),    // MS-ASCMD_R1438
            Times(1, 1),   // MS-ASCMD_R1440
        ],
    );
    rules.on(
        "Data",
        &[
            In(&["Properties"]), // MS-ASCMD_R1462
            Holds(&[]),          // MS-ASCMD_R1463
            Is(Base64),          // MS-ASCMD_R1464
            Times(0, 1),         // MS-ASCMD_R1465
        ],
    );
    rules.on(
        "LinkId",
        &[
            In(&["Fetch"]), // MS-ASCMD_R1551
        ],
    );
    rules.on(
        "LinkId",
        &[
            Holds(&[]),  // MS-ASCMD_R1552
            Times(0, 1), // MS-ASCMD_R1554
        ],
    );
    rules.on(
        "EmptyFolderContents",
        &[
            In(&["Response"]),                  // MS-ASCMD_R1603
            Holds(&["CollectionId", "Status"]), // MS-ASCMD_R1604
            Is(Container),                      // MS-ASCMD_R1605
            Times(0, MANY),                     // MS-ASCMD_R1606
        ],
    );
    rules.on(
        "Fetch",
        &[
            In(&["Response"]), // MS-ASCMD_R1651
            Includes(&["LinkId", "LongId", "CollectionId", "ServerId", "Status", "Class", "Properties"]), // MS-ASCMD_R1652
            Is(Container),  // MS-ASCMD_R1653
            Times(0, MANY), // MS-ASCMD_R1654
        ],
    );
    rules.on(
        "ItemOperations",
        &[
            In(&[]),                        // MS-ASCMD_R1820
            Holds(&["Status", "Response"]), // MS-ASCMD_R1821
            Is(Container),                  // MS-ASCMD_R1822
            Times(1, 1),                    // MS-ASCMD_R1823
        ],
    );
    rules.on(
        "Move",
        &[
            In(&["Response"]),                    // MS-ASCMD_R1959
            Holds(&["ConversationId", "Status"]), // MS-ASCMD_R1960
            Is(Container),                        // MS-ASCMD_R1961
            Times(0, MANY),                       // MS-ASCMD_R1962
        ],
    );
    rules.on(
        "Part",
        &[
            In(&["Properties", "Body"]), // MS-ASCMD_R2344
            Holds(&[]),                  // MS-ASCMD_R2345
            Is(Integer),                 // MS-ASCMD_R2346
            Times(0, 1),                 // MS-ASCMD_R2347
        ],
    );
    rules.on(
        "Properties",
        &[
            In(&["Fetch"]), // MS-ASCMD_R2396
            Is(Container),  // MS-ASCMD_R2398
            Times(0, 1),    // MS-ASCMD_R2399
        ],
    );
    rules.on(
        "Range",
        &[
            In(&["Properties"]), // MS-ASCMD_R2415
            Holds(&[]),          // MS-ASCMD_R2416
            Is(String),          // MS-ASCMD_R2417
            Times(0, 1),         // MS-ASCMD_R2418
        ],
    );
    rules.on(
        "Response",
        &[
            In(&["ItemOperations"]),                          // MS-ASCMD_R2487
            Holds(&["EmptyFolderContents", "Fetch", "Move"]), // MS-ASCMD_R2488
            Is(Container),                                    // MS-ASCMD_R2489
            Times(0, 1),                                      // MS-ASCMD_R2490
        ],
    );
    rules.on(
        "ServerId",
        &[
            In(&["Fetch"]), // MS-ASCMD_R2597
            Holds(&[]),     // MS-ASCMD_R2598
            Is(String),     // MS-ASCMD_R2599
            Times(0, 1),    // MS-ASCMD_R2600
        ],
    );
    rules.on(
        "Status",
        &[
            In(&["ItemOperations"]), // MS-ASCMD_R2715
            Holds(&[]),              // MS-ASCMD_R2716
            Is(Integer),             // MS-ASCMD_R2717
            Times(1, 1),             // MS-ASCMD_R2718
        ],
    );
    rules.on(
        "Status",
        &[
            In(&["Move"]), // MS-ASCMD_R2719
            Holds(&[]),    // MS-ASCMD_R2720
            Is(Integer),   // MS-ASCMD_R2721
            Times(1, 1),   // MS-ASCMD_R2722
        ],
    );
    rules.on(
        "Status",
        &[
            In(&["EmptyFolderContents"]), // MS-ASCMD_R2723
            Holds(&[]),                   // MS-ASCMD_R2724
            Is(Integer),                  // MS-ASCMD_R2725
            Times(1, 1),                  // MS-ASCMD_R2726
        ],
    );
    rules.on(
        "Status",
        &[
            In(&["Fetch"]), // MS-ASCMD_R2727
            Holds(&[]),     // MS-ASCMD_R2728
            Is(Integer),    // MS-ASCMD_R2729
            Times(1, 1),    // MS-ASCMD_R2730
        ],
    );
    rules.on(
        "Total",
        &[
            In(&["Properties"]), // MS-ASCMD_R2851
            Holds(&[]),          // MS-ASCMD_R2852
            Is(Integer),         // MS-ASCMD_R2853
            Times(0, 1),         // MS-ASCMD_R2854
        ],
    );
    rules.on(
        "Version",
        &[
            In(&["Properties"]), // MS-ASCMD_R5417
            Holds(&[]),          // MS-ASCMD_R5273
            Is(DateTime),        // MS-ASCMD_R5274
            Times(0, 1),         // MS-ASCMD_R5275
        ],
    );
    rules.on(
        "CollectionId",
        &[
            In(&["EmptyFolderContents"]),
            Times(1, 1), // MS-ASCMD_R5414
        ],
    );
    rules.on(
        "CollectionId",
        &[
            In(&["Fetch"]),
            Times(0, 1), // MS-ASCMD_R5415
        ],
    );
    rules.end();
}
