//! Folders: their commands, and those that count, move and watch what is in them.

use fieldpost_eas::command::CommandName;

use super::Said::{Holds, In, Is, Times};
use super::Type::*;
use super::{MANY, Rules};

#[test]
fn folder_sync() {
    let mut rules = Rules::of(CommandName::FolderSync);
    rules.on(
        "Add",
        &[
            In(&["Changes"]),                                        // MS-ASCMD_R1031
            Holds(&["ServerId", "ParentId", "DisplayName", "Type"]), // MS-ASCMD_R1032
            Is(Container),                                           // MS-ASCMD_R1033
            Times(0, MANY),                                          // MS-ASCMD_R1034
        ],
    );
    rules.on(
        "Changes",
        &[
            In(&["FolderSync"]),                          // MS-ASCMD_R1155
            Holds(&["Count", "Update", "Delete", "Add"]), // MS-ASCMD_R1156
            Is(Container),                                // MS-ASCMD_R1157
            Times(0, 1),                                  // MS-ASCMD_R1158
        ],
    );
    rules.on(
        "Count",
        &[
            In(&["Changes"]), // MS-ASCMD_R1454
            Holds(&[]),       // MS-ASCMD_R1455
            Is(Integer),      // MS-ASCMD_R1456
            Times(0, 1),      // MS-ASCMD_R1457
        ],
    );
    rules.on(
        "Delete",
        &[
            In(&["Changes"]),     // MS-ASCMD_R1482
            Holds(&["ServerId"]), // MS-ASCMD_R1483
            Is(Container),        // MS-ASCMD_R1484
            Times(0, MANY),       // MS-ASCMD_R1485
        ],
    );
    rules.on(
        "DisplayName",
        &[
            In(&["Update"]), // MS-ASCMD_R1530
            Holds(&[]),      // MS-ASCMD_R1531
            Is(String),      // MS-ASCMD_R1532
            Times(1, 1),     // MS-ASCMD_R1533
        ],
    );
    rules.on(
        "DisplayName",
        &[
            In(&["Add"]), // MS-ASCMD_R1539
            Holds(&[]),   // MS-ASCMD_R1540
            Is(String),   // MS-ASCMD_R1541
            Times(1, 1),  // MS-ASCMD_R1542
        ],
    );
    rules.on(
        "FolderSync",
        &[
            In(&[]),                                  // MS-ASCMD_R1715
            Holds(&["SyncKey", "Status", "Changes"]), // MS-ASCMD_R1716
            Is(Container),                            // MS-ASCMD_R1717
            Times(1, 1),                              // MS-ASCMD_R1718
        ],
    );
    rules.on(
        "ParentId",
        &[
            In(&["Update"]), // MS-ASCMD_R2332
            Holds(&[]),      // MS-ASCMD_R2333
            Is(String),      // MS-ASCMD_R2334
            Times(1, 1),     // MS-ASCMD_R2335
        ],
    );
    rules.on(
        "ParentId",
        &[
            In(&["Add"]), // MS-ASCMD_R2336
            Holds(&[]),   // MS-ASCMD_R2337
            Is(String),   // MS-ASCMD_R2338
            Times(1, 1),  // MS-ASCMD_R2339
        ],
    );
    rules.on(
        "ServerId",
        &[
            In(&["Update"]), // MS-ASCMD_R2577
            Holds(&[]),      // MS-ASCMD_R2578
            Is(String),      // MS-ASCMD_R2579
            Times(1, 1),     // MS-ASCMD_R2580
        ],
    );
    rules.on(
        "ServerId",
        &[
            In(&["Delete"]), // MS-ASCMD_R2581
            Holds(&[]),      // MS-ASCMD_R2582
            Is(String),      // MS-ASCMD_R2583
            Times(1, 1),     // MS-ASCMD_R2584
        ],
    );
    rules.on(
        "ServerId",
        &[
            In(&["Add"]), // MS-ASCMD_R2585
            Holds(&[]),   // MS-ASCMD_R2586
            Is(String),   // MS-ASCMD_R2587
            Times(1, 1),  // MS-ASCMD_R2588
        ],
    );
    rules.on(
        "Status",
        &[
            In(&["FolderSync"]), // MS-ASCMD_R2703
            Holds(&[]),          // MS-ASCMD_R2704
            Is(Byte),            // MS-ASCMD_R2705
            Times(1, 1),         // MS-ASCMD_R2706
        ],
    );
    rules.on(
        "SyncKey",
        &[
            In(&["FolderSync"]), // MS-ASCMD_R2827
            Holds(&[]),          // MS-ASCMD_R2828
            Is(String),          // MS-ASCMD_R2829
            Times(0, 1),         // MS-ASCMD_R2830
        ],
    );
    rules.on(
        "Type",
        &[
            In(&["Update"]), // MS-ASCMD_R2867
            Holds(&[]),      // MS-ASCMD_R2868
            Is(Integer),     // MS-ASCMD_R2869
            Times(1, 1),     // MS-ASCMD_R2870
        ],
    );
    rules.on(
        "Type",
        &[
            In(&["Add"]), // MS-ASCMD_R2871
            Holds(&[]),   // MS-ASCMD_R2872
            Is(Integer),  // MS-ASCMD_R2873
            Times(1, 1),  // MS-ASCMD_R2874
        ],
    );
    rules.on(
        "Update",
        &[
            In(&["Changes"]),                                        // MS-ASCMD_R2879
            Holds(&["ServerId", "ParentId", "DisplayName", "Type"]), // MS-ASCMD_R2880
            Is(Container),                                           // MS-ASCMD_R2881
            Times(0, MANY),                                          // MS-ASCMD_R2882
        ],
    );
    rules.end();
}

#[test]
fn folder_create() {
    let mut rules = Rules::of(CommandName::FolderCreate);
    rules.on(
        "FolderCreate",
        &[
            In(&[]),                                   // MS-ASCMD_R1683
            Holds(&["SyncKey", "ServerId", "Status"]), // MS-ASCMD_R1684
            Is(Container),                             // MS-ASCMD_R1685
            Times(1, 1),                               // MS-ASCMD_R1686
        ],
    );
    rules.on(
        "ServerId",
        &[
            In(&["FolderCreate"]), // MS-ASCMD_R2569
            Holds(&[]),            // MS-ASCMD_R2570
            Is(String),            // MS-ASCMD_R2571
            Times(0, 1),           // MS-ASCMD_R2572
        ],
    );
    rules.on(
        "Status",
        &[
            In(&["FolderCreate"]), // MS-ASCMD_R2695
            Holds(&[]),            // MS-ASCMD_R2696
            Is(Byte),              // MS-ASCMD_R2697
            Times(1, 1),           // MS-ASCMD_R2698
        ],
    );
    rules.on(
        "SyncKey",
        &[
            In(&["FolderCreate"]), // MS-ASCMD_R2803
            Is(String),            // MS-ASCMD_R2805
            Times(0, 1),           // MS-ASCMD_R2806
        ],
    );
    rules.on(
        "SyncKey",
        &[
            Holds(&[]), // MS-ASCMD_R2804
        ],
    );
    rules.end();
}

#[test]
fn folder_delete() {
    let mut rules = Rules::of(CommandName::FolderDelete);
    rules.on(
        "FolderDelete",
        &[
            In(&[]),                       // MS-ASCMD_R1691
            Holds(&["SyncKey", "Status"]), // MS-ASCMD_R1692
            Is(Container),                 // MS-ASCMD_R1693
            Times(1, 1),                   // MS-ASCMD_R1694
        ],
    );
    rules.on(
        "Status",
        &[
            In(&["FolderDelete"]), // MS-ASCMD_R2699
            Holds(&[]),            // MS-ASCMD_R2700
            Is(Byte),              // MS-ASCMD_R2701
            Times(1, 1),           // MS-ASCMD_R2702
        ],
    );
    rules.on(
        "SyncKey",
        &[
            In(&["FolderDelete"]), // MS-ASCMD_R2811
            Holds(&[]),            // MS-ASCMD_R2812
            Is(String),            // MS-ASCMD_R2813
            Times(0, 1),           // MS-ASCMD_R2814
        ],
    );
    rules.end();
}

#[test]
fn folder_update() {
    let mut rules = Rules::of(CommandName::FolderUpdate);
    rules.on(
        "FolderUpdate",
        &[
            In(&[]),                       // MS-ASCMD_R1723
            Holds(&["SyncKey", "Status"]), // MS-ASCMD_R1724
            Is(Container),                 // MS-ASCMD_R1725
            Times(1, 1),                   // MS-ASCMD_R1726
        ],
    );
    rules.on(
        "Status",
        &[
            In(&["FolderUpdate"]), // MS-ASCMD_R2707
            Holds(&[]),            // MS-ASCMD_R2708
            Times(1, 1),           // MS-ASCMD_R2710
        ],
    );
    rules.on(
        "SyncKey",
        &[
            In(&["FolderUpdate"]), // MS-ASCMD_R2819
            Holds(&[]),            // MS-ASCMD_R2820
            Is(String),            // MS-ASCMD_R2821
            Times(0, 1),           // MS-ASCMD_R2822
        ],
    );
    rules.end();
}

#[test]
fn get_hierarchy() {
    let mut rules = Rules::of(CommandName::GetHierarchy);
    rules.on(
        "DisplayName",
        &[
            Is(String),  // MS-ASCMD_R6456
            Times(1, 1), // MS-ASCMD_R6457
        ],
    );
    rules.on(
        "Folder",
        &[
            In(&["Folders"]),                                        // MS-ASCMD_R6569
            Holds(&["DisplayName", "ServerId", "Type", "ParentId"]), // MS-ASCMD_R6570
        ],
    );
    rules.on(
        "Folder",
        &[
            Is(Container),  // MS-ASCMD_R6571
            Times(1, MANY), // MS-ASCMD_R6572
        ],
    );
    rules.on(
        "Folders",
        &[
            In(&[]),            // MS-ASCMD_R6600
            Holds(&["Folder"]), // MS-ASCMD_R6601
            Is(Container),      // MS-ASCMD_R6602
            Times(1, 1),        // MS-ASCMD_R6603
        ],
    );
    rules.on(
        "ParentId",
        &[
            In(&["Folder"]), // MS-ASCMD_R6929
            Holds(&[]),      // MS-ASCMD_R6930
            Is(String),      // MS-ASCMD_R6931
            Times(1, 1),     // MS-ASCMD_R6932
        ],
    );
    rules.on(
        "Type",
        &[
            In(&["Folder"]), // MS-ASCMD_R7384
            Holds(&[]),      // MS-ASCMD_R7385
            Is(Byte),        // MS-ASCMD_R7386
            Times(1, 1),     // MS-ASCMD_R7387
        ],
    );
    rules.end();
}

#[test]
fn get_item_estimate() {
    let mut rules = Rules::of(CommandName::GetItemEstimate);
    rules.on(
        "Collection",
        &[
            In(&["Response"]),                             // MS-ASCMD_R1355
            Holds(&["Class", "CollectionId", "Estimate"]), // MS-ASCMD_R1356
            Is(Container),                                 // MS-ASCMD_R1357
            Times(0, 1),                                   // MS-ASCMD_R1358
        ],
    );
    rules.on(
        "CollectionId",
        &[
            In(&["Collection"]), // MS-ASCMD_R1371
            Holds(&[]),          // MS-ASCMD_R1372
            Is(String),          // MS-ASCMD_R1373
            Times(1, 1),         // MS-ASCMD_R1374
        ],
    );
    rules.on(
        "Estimate",
        &[
            In(&["Collection"]), // MS-ASCMD_R1643
            Holds(&[]),          // MS-ASCMD_R1644
            Is(Integer),         // MS-ASCMD_R1645
            Times(1, 1),         // MS-ASCMD_R1646
        ],
    );
    rules.on(
        "GetItemEstimate",
        &[
            In(&[]),              // MS-ASCMD_R1768
            Holds(&["Response"]), // MS-ASCMD_R1769
            Is(Container),        // MS-ASCMD_R1770
            Times(1, 1),          // MS-ASCMD_R1771
        ],
    );
    rules.on(
        "Response",
        &[
            In(&["GetItemEstimate"]),         // MS-ASCMD_R2483
            Holds(&["Status", "Collection"]), // MS-ASCMD_R2484
            Is(Container),                    // MS-ASCMD_R2485
            Times(1, MANY),                   // MS-ASCMD_R2486
        ],
    );
    rules.on(
        "Status",
        &[
            In(&["GetItemEstimate"]), // MS-ASCMD_R2711
            Holds(&[]),               // MS-ASCMD_R2712
            Is(Byte),                 // MS-ASCMD_R2713
            Times(0, 1),              // MS-ASCMD_R2714
        ],
    );
    rules.on(
        "Status",
        &[
            In(&["Response"]), // MS-ASCMD_R5577
            Holds(&[]),        // MS-ASCMD_R5578
            Is(Byte),          // MS-ASCMD_R5579
            Times(1, 1),       // MS-ASCMD_R5580
        ],
    );
    rules.end();
}

#[test]
fn move_items() {
    let mut rules = Rules::of(CommandName::MoveItems);
    rules.on(
        "DstMsgId",
        &[
            In(&["Response"]), // MS-ASCMD_R1571
            Holds(&[]),        // MS-ASCMD_R1572
            Is(String),        // MS-ASCMD_R1573
            Times(0, 1),       // MS-ASCMD_R1574
        ],
    );
    rules.on(
        "MoveItems",
        &[
            In(&[]),              // MS-ASCMD_R1975
            Holds(&["Response"]), // MS-ASCMD_R1976
            Is(Container),        // MS-ASCMD_R1977
            Times(1, 1),          // MS-ASCMD_R1978
        ],
    );
    rules.on(
        "Response",
        &[
            In(&["MoveItems"]),                         // MS-ASCMD_R2492
            Holds(&["SrcMsgId", "Status", "DstMsgId"]), // MS-ASCMD_R2493
            Is(Container),                              // MS-ASCMD_R2494
            Times(1, MANY),                             // MS-ASCMD_R2495
        ],
    );
    rules.on(
        "SrcMsgId",
        &[
            In(&["Response"]), // MS-ASCMD_R2675
            Holds(&[]),        // MS-ASCMD_R2676
            Is(String),        // MS-ASCMD_R2677
            Times(1, 1),       // MS-ASCMD_R2678
        ],
    );
    rules.on(
        "Status",
        &[
            In(&["Response"]), // MS-ASCMD_R2735
            Is(Byte),          // MS-ASCMD_R2737
            Times(1, 1),       // MS-ASCMD_R2738
        ],
    );
    rules.end();
}

#[test]
fn ping() {
    let mut rules = Rules::of(CommandName::Ping);
    rules.on(
        "Folder",
        &[
            In(&["Folders"]), // MS-ASCMD_R1675
            Holds(&[]),       // MS-ASCMD_R1676
            Is(String),       // MS-ASCMD_R1677
            Times(1, MANY),   // MS-ASCMD_R1678
        ],
    );
    rules.on(
        "Folders",
        &[
            In(&["Ping"]),      // MS-ASCMD_R1707
            Holds(&["Folder"]), // MS-ASCMD_R1708
            Is(Container),      // MS-ASCMD_R1709
            Times(0, 1),        // MS-ASCMD_R1710
        ],
    );
    rules.on(
        "HeartbeatInterval",
        &[
            In(&["Ping"]), // MS-ASCMD_R1780
            Holds(&[]),    // MS-ASCMD_R1781
            Is(Integer),   // MS-ASCMD_R1782
            Times(0, 1),   // MS-ASCMD_R1783
        ],
    );
    rules.on(
        "Ping",
        &[
            In(&[]),                                                          // MS-ASCMD_R2388
            Holds(&["HeartbeatInterval", "Folders", "MaxFolders", "Status"]), // MS-ASCMD_R2389
            Is(Container),                                                    // MS-ASCMD_R2390
            Times(1, 1),                                                      // MS-ASCMD_R2391
        ],
    );
    rules.on(
        "Status",
        &[
            In(&["Ping"]), // MS-ASCMD_R2739
            Holds(&[]),    // MS-ASCMD_R2740
            Is(Byte),      // MS-ASCMD_R2741
            Times(1, 1),   // MS-ASCMD_R2742
        ],
    );
    rules.end();
}
