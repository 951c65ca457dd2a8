//! [MS-ASCMD]: answers to FolderSync, FolderCreate, FolderUpdate, FolderDelete and GetHierarchy.

use fieldpost_eas::command::CommandName::{
    FolderCreate, FolderDelete, FolderSync, FolderUpdate, GetHierarchy,
};
use fieldpost_testkit::shape::Claim::{
    Between, Childless, Children, Holds, Identifies, Longest, Number, Parent, ParentIn, Root, Status,
};
use fieldpost_testkit::shape::{Element, Kind, MANY};

#[test]
fn everything_has_its_place_and_type() {
    super::super::check(TABLE);
}

const TABLE: &[Element] = &[
    Element::new(
        &[FolderSync],
        "FolderHierarchy:Add",
        &[
            ("MS-ASCMD_R1031", Parent(&["FolderHierarchy:Changes"])),
            (
                "MS-ASCMD_R1032",
                Children(&[
                    "FolderHierarchy:ServerId",
                    "FolderHierarchy:ParentId",
                    "FolderHierarchy:DisplayName",
                    "FolderHierarchy:Type",
                ]),
            ),
            ("MS-ASCMD_R1033", Holds(Kind::Container)),
            ("MS-ASCMD_R1034", Number(&["FolderHierarchy:Changes"], 0, MANY)),
        ],
    ),
    Element::new(
        &[FolderSync],
        "FolderHierarchy:Changes",
        &[
            ("MS-ASCMD_R1155", Parent(&["FolderHierarchy:FolderSync"])),
            (
                "MS-ASCMD_R1156",
                Children(&[
                    "FolderHierarchy:Count",
                    "FolderHierarchy:Update",
                    "FolderHierarchy:Delete",
                    "FolderHierarchy:Add",
                ]),
            ),
            ("MS-ASCMD_R1157", Holds(Kind::Container)),
            ("MS-ASCMD_R1158", Number(&["FolderHierarchy:FolderSync"], 0, 1)),
        ],
    ),
    Element::new(
        &[FolderSync],
        "FolderHierarchy:Count",
        &[
            ("MS-ASCMD_R1454", Parent(&["FolderHierarchy:Changes"])),
            ("MS-ASCMD_R1455", Childless),
            ("MS-ASCMD_R1456", Holds(Kind::UnsignedInt)),
            ("MS-ASCMD_R1457", Number(&["FolderHierarchy:Changes"], 0, 1)),
        ],
    ),
    Element::new(
        &[FolderSync],
        "FolderHierarchy:Delete",
        &[
            ("MS-ASCMD_R1482", Parent(&["FolderHierarchy:Changes"])),
            ("MS-ASCMD_R1483", Children(&["FolderHierarchy:ServerId"])),
            ("MS-ASCMD_R1484", Holds(Kind::Container)),
            ("MS-ASCMD_R1485", Number(&["FolderHierarchy:Changes"], 0, MANY)),
        ],
    ),
    Element::new(
        &[FolderSync],
        "FolderHierarchy:DisplayName",
        &[
            ("MS-ASCMD_R1530", ParentIn("FolderHierarchy:Update")),
            ("MS-ASCMD_R1531", Childless),
            ("MS-ASCMD_R1532", Holds(Kind::Text)),
            ("MS-ASCMD_R1533", Number(&["FolderHierarchy:Add"], 1, 1)),
            ("MS-ASCMD_R1539", ParentIn("FolderHierarchy:Add")),
            ("MS-ASCMD_R1540", Childless),
            ("MS-ASCMD_R1541", Holds(Kind::Text)),
            ("MS-ASCMD_R1542", Number(&["FolderHierarchy:Add"], 1, 1)),
            ("MS-ASCMD_R2195", Number(&["FolderHierarchy:Update", "FolderHierarchy:Add"], 1, MANY)),
        ],
    ),
    Element::new(
        &[GetHierarchy],
        "FolderHierarchy:DisplayName",
        &[
            ("MS-ASCMD_R6452", Number(&["FolderHierarchy:Folder"], 1, MANY)),
            ("MS-ASCMD_R6456", Holds(Kind::Text)),
            ("MS-ASCMD_R6457", Number(&["FolderHierarchy:Folder"], 1, 1)),
        ],
    ),
    Element::new(
        &[GetHierarchy],
        "FolderHierarchy:Folder",
        &[
            ("MS-ASCMD_R6567", Number(&["FolderHierarchy:Folders"], 1, MANY)),
            ("MS-ASCMD_R6569", Parent(&["FolderHierarchy:Folders"])),
            (
                "MS-ASCMD_R6570",
                Children(&[
                    "FolderHierarchy:DisplayName",
                    "FolderHierarchy:ServerId",
                    "FolderHierarchy:Type",
                    "FolderHierarchy:ParentId",
                ]),
            ),
            ("MS-ASCMD_R6571", Holds(Kind::Container)),
            ("MS-ASCMD_R6572", Number(&["FolderHierarchy:Folders"], 1, MANY)),
        ],
    ),
    Element::new(
        &[FolderCreate],
        "FolderHierarchy:FolderCreate",
        &[
            ("MS-ASCMD_R1683", Root),
            (
                "MS-ASCMD_R1684",
                Children(&["FolderHierarchy:SyncKey", "FolderHierarchy:ServerId", "FolderHierarchy:Status"]),
            ),
            ("MS-ASCMD_R1685", Holds(Kind::Container)),
            ("MS-ASCMD_R1686", Identifies),
            ("MS-ASCMD_R3084", Identifies),
        ],
    ),
    Element::new(
        &[FolderDelete],
        "FolderHierarchy:FolderDelete",
        &[
            ("MS-ASCMD_R1691", Root),
            ("MS-ASCMD_R1692", Children(&["FolderHierarchy:SyncKey", "FolderHierarchy:Status"])),
            ("MS-ASCMD_R1693", Holds(Kind::Container)),
            ("MS-ASCMD_R1694", Identifies),
            ("MS-ASCMD_R3087", Identifies),
        ],
    ),
    Element::new(
        &[GetHierarchy],
        "FolderHierarchy:Folders",
        &[
            ("MS-ASCMD_R6046", Identifies),
            ("MS-ASCMD_R6047", Root),
            ("MS-ASCMD_R6600", Root),
            ("MS-ASCMD_R6601", Children(&["FolderHierarchy:Folder"])),
            ("MS-ASCMD_R6602", Holds(Kind::Container)),
            ("MS-ASCMD_R6603", Identifies),
        ],
    ),
    Element::new(
        &[FolderSync],
        "FolderHierarchy:FolderSync",
        &[
            ("MS-ASCMD_R1715", Root),
            (
                "MS-ASCMD_R1716",
                Children(&["FolderHierarchy:SyncKey", "FolderHierarchy:Status", "FolderHierarchy:Changes"]),
            ),
            ("MS-ASCMD_R1717", Holds(Kind::Container)),
            ("MS-ASCMD_R1718", Identifies),
            ("MS-ASCMD_R3096", Identifies),
        ],
    ),
    Element::new(
        &[FolderUpdate],
        "FolderHierarchy:FolderUpdate",
        &[
            ("MS-ASCMD_R1723", Root),
            ("MS-ASCMD_R1724", Children(&["FolderHierarchy:SyncKey", "FolderHierarchy:Status"])),
            ("MS-ASCMD_R1725", Holds(Kind::Container)),
            ("MS-ASCMD_R1726", Identifies),
            ("MS-ASCMD_R3099", Identifies),
        ],
    ),
    Element::new(
        &[FolderSync],
        "FolderHierarchy:ParentId",
        &[
            ("MS-ASCMD_R2332", ParentIn("FolderHierarchy:Update")),
            ("MS-ASCMD_R2333", Childless),
            ("MS-ASCMD_R2334", Holds(Kind::Text)),
            ("MS-ASCMD_R2335", Number(&["FolderHierarchy:Add"], 1, 1)),
            ("MS-ASCMD_R2336", ParentIn("FolderHierarchy:Add")),
            ("MS-ASCMD_R2337", Childless),
            ("MS-ASCMD_R2338", Holds(Kind::Text)),
            ("MS-ASCMD_R2339", Number(&["FolderHierarchy:Add"], 1, 1)),
            ("MS-ASCMD_R3622", Number(&["FolderHierarchy:Update"], 1, MANY)),
            ("MS-ASCMD_R3625", Number(&["FolderHierarchy:Update"], 1, 1)),
            ("MS-ASCMD_R5884", Number(&["FolderHierarchy:Add"], 1, MANY)),
            ("MS-ASCMD_R5885", Number(&["FolderHierarchy:Add"], 1, 1)),
        ],
    ),
    Element::new(
        &[GetHierarchy],
        "FolderHierarchy:ParentId",
        &[
            ("MS-ASCMD_R6926", Number(&["FolderHierarchy:Folder"], 1, MANY)),
            ("MS-ASCMD_R6929", Parent(&["FolderHierarchy:Folder"])),
            ("MS-ASCMD_R6930", Childless),
            ("MS-ASCMD_R6932", Number(&["FolderHierarchy:Folder"], 1, 1)),
        ],
    ),
    Element::new(
        &[FolderCreate],
        "FolderHierarchy:ServerId",
        &[
            ("MS-ASCMD_R2569", Parent(&["FolderHierarchy:FolderCreate"])),
            ("MS-ASCMD_R2570", Childless),
            ("MS-ASCMD_R2571", Holds(Kind::Text)),
            ("MS-ASCMD_R2572", Number(&["FolderHierarchy:FolderCreate"], 0, 1)),
            ("MS-ASCMD_R5872", Longest(64)),
        ],
    ),
    Element::new(
        &[FolderSync],
        "FolderHierarchy:ServerId",
        &[
            ("MS-ASCMD_R2577", ParentIn("FolderHierarchy:Update")),
            ("MS-ASCMD_R2578", Childless),
            ("MS-ASCMD_R2579", Holds(Kind::Text)),
            ("MS-ASCMD_R2580", Number(&["FolderHierarchy:Add"], 1, 1)),
            ("MS-ASCMD_R2581", ParentIn("FolderHierarchy:Delete")),
            ("MS-ASCMD_R2582", Childless),
            ("MS-ASCMD_R2583", Holds(Kind::Text)),
            ("MS-ASCMD_R2584", Number(&["FolderHierarchy:Add"], 1, 1)),
            ("MS-ASCMD_R2585", ParentIn("FolderHierarchy:Add")),
            ("MS-ASCMD_R2586", Childless),
            ("MS-ASCMD_R2587", Holds(Kind::Text)),
            ("MS-ASCMD_R2588", Number(&["FolderHierarchy:Add"], 1, 1)),
            (
                "MS-ASCMD_R3911",
                Number(&["FolderHierarchy:Update", "FolderHierarchy:Delete", "FolderHierarchy:Add"], 1, MANY),
            ),
            (
                "MS-ASCMD_R3916",
                Number(&["FolderHierarchy:Update", "FolderHierarchy:Delete", "FolderHierarchy:Add"], 1, 1),
            ),
        ],
    ),
    Element::new(
        &[FolderCreate],
        "FolderHierarchy:Status",
        &[
            ("MS-ASCMD_R2695", Parent(&["FolderHierarchy:FolderCreate"])),
            ("MS-ASCMD_R2696", Childless),
            ("MS-ASCMD_R2697", Holds(Kind::UnsignedByte)),
            ("MS-ASCMD_R2698", Number(&["FolderHierarchy:FolderCreate"], 1, 1)),
            ("MS-ASCMD_R4005", Number(&["FolderHierarchy:FolderCreate"], 1, MANY)),
            ("MS-ASCMD_R4008", Status(&["1", "2", "3", "5", "6", "9", "10", "11", "12"])),
        ],
    ),
    Element::new(
        &[FolderDelete],
        "FolderHierarchy:Status",
        &[
            ("MS-ASCMD_R2699", Parent(&["FolderHierarchy:FolderDelete"])),
            ("MS-ASCMD_R2700", Childless),
            ("MS-ASCMD_R2701", Holds(Kind::UnsignedByte)),
            ("MS-ASCMD_R2702", Number(&["FolderHierarchy:FolderDelete"], 1, 1)),
            ("MS-ASCMD_R4039", Number(&["FolderHierarchy:FolderDelete"], 1, MANY)),
            ("MS-ASCMD_R4042", Status(&["1", "3", "4", "6", "9", "10", "11"])),
        ],
    ),
    Element::new(
        &[FolderSync],
        "FolderHierarchy:Status",
        &[
            ("MS-ASCMD_R2703", Parent(&["FolderHierarchy:FolderSync"])),
            ("MS-ASCMD_R2704", Childless),
            ("MS-ASCMD_R2705", Holds(Kind::UnsignedByte)),
            ("MS-ASCMD_R2706", Number(&["FolderHierarchy:FolderSync"], 1, 1)),
            ("MS-ASCMD_R4066", Number(&["FolderHierarchy:FolderSync"], 1, MANY)),
            ("MS-ASCMD_R4071", Status(&["1", "6", "9", "10", "11", "12"])),
        ],
    ),
    Element::new(
        &[FolderUpdate],
        "FolderHierarchy:Status",
        &[
            ("MS-ASCMD_R2707", Parent(&["FolderHierarchy:FolderUpdate"])),
            ("MS-ASCMD_R2708", Childless),
            ("MS-ASCMD_R2710", Number(&["FolderHierarchy:FolderUpdate"], 1, 1)),
            ("MS-ASCMD_R4094", Number(&["FolderHierarchy:FolderUpdate"], 1, MANY)),
            ("MS-ASCMD_R4097", Status(&["1", "2", "3", "4", "5", "6", "9", "10", "11"])),
        ],
    ),
    Element::new(
        &[FolderCreate],
        "FolderHierarchy:SyncKey",
        &[
            ("MS-ASCMD_R2803", Parent(&["FolderHierarchy:FolderCreate"])),
            ("MS-ASCMD_R2804", Childless),
            ("MS-ASCMD_R2805", Holds(Kind::Text)),
            ("MS-ASCMD_R2806", Number(&["FolderHierarchy:FolderCreate"], 0, 1)),
        ],
    ),
    Element::new(
        &[FolderDelete],
        "FolderHierarchy:SyncKey",
        &[
            ("MS-ASCMD_R2811", Parent(&["FolderHierarchy:FolderDelete"])),
            ("MS-ASCMD_R2812", Childless),
            ("MS-ASCMD_R2813", Holds(Kind::Text)),
            ("MS-ASCMD_R2814", Number(&["FolderHierarchy:FolderDelete"], 0, 1)),
        ],
    ),
    Element::new(
        &[FolderUpdate],
        "FolderHierarchy:SyncKey",
        &[
            ("MS-ASCMD_R2819", Parent(&["FolderHierarchy:FolderUpdate"])),
            ("MS-ASCMD_R2820", Childless),
            ("MS-ASCMD_R2821", Holds(Kind::Text)),
            ("MS-ASCMD_R2822", Number(&["FolderHierarchy:FolderUpdate"], 0, 1)),
        ],
    ),
    Element::new(
        &[FolderSync],
        "FolderHierarchy:SyncKey",
        &[
            ("MS-ASCMD_R2827", Parent(&["FolderHierarchy:FolderSync"])),
            ("MS-ASCMD_R2828", Childless),
            ("MS-ASCMD_R2829", Holds(Kind::Text)),
            ("MS-ASCMD_R2830", Number(&["FolderHierarchy:FolderSync"], 0, 1)),
        ],
    ),
    Element::new(
        &[FolderSync],
        "FolderHierarchy:Type",
        &[
            ("MS-ASCMD_R2867", ParentIn("FolderHierarchy:Update")),
            ("MS-ASCMD_R2868", Childless),
            ("MS-ASCMD_R2869", Holds(Kind::Integer)),
            ("MS-ASCMD_R2870", Number(&["FolderHierarchy:Add"], 1, 1)),
            ("MS-ASCMD_R2871", ParentIn("FolderHierarchy:Add")),
            ("MS-ASCMD_R2872", Childless),
            ("MS-ASCMD_R2873", Holds(Kind::Integer)),
            ("MS-ASCMD_R2874", Number(&["FolderHierarchy:Add"], 1, 1)),
            ("MS-ASCMD_R4663", Number(&["FolderHierarchy:Update", "FolderHierarchy:Add"], 1, MANY)),
            ("MS-ASCMD_R4665", Number(&["FolderHierarchy:Update", "FolderHierarchy:Add"], 1, 1)),
            ("MS-ASCMD_R4666", Between(1, 19)),
        ],
    ),
    Element::new(
        &[GetHierarchy],
        "FolderHierarchy:Type",
        &[
            ("MS-ASCMD_R7384", Parent(&["FolderHierarchy:Folder"])),
            ("MS-ASCMD_R7385", Childless),
            ("MS-ASCMD_R7386", Holds(Kind::UnsignedByte)),
            ("MS-ASCMD_R7387", Number(&["FolderHierarchy:Folder"], 1, 1)),
            ("MS-ASCMD_R7388", Between(1, 19)),
        ],
    ),
    Element::new(
        &[FolderSync],
        "FolderHierarchy:Update",
        &[
            ("MS-ASCMD_R2879", Parent(&["FolderHierarchy:Changes"])),
            (
                "MS-ASCMD_R2880",
                Children(&[
                    "FolderHierarchy:ServerId",
                    "FolderHierarchy:ParentId",
                    "FolderHierarchy:DisplayName",
                    "FolderHierarchy:Type",
                ]),
            ),
            ("MS-ASCMD_R2881", Holds(Kind::Container)),
            ("MS-ASCMD_R2882", Number(&["FolderHierarchy:Changes"], 0, MANY)),
        ],
    ),
];
