//! [MS-ASCMD]: answers to ItemOperations.

use fieldpost_eas::command::CommandName::ItemOperations;
use fieldpost_testkit::shape::Claim::{
    Childless, Children, Holds, Identifies, Number, Parent, ParentIn, Root, Status, Values,
};
use fieldpost_testkit::shape::{Element, Kind, MANY};

#[test]
fn everything_has_its_place_and_type() {
    super::super::check(TABLE);
}

const TABLE: &[Element] = &[
    Element::new(
        &[ItemOperations],
        "AirSync:Class",
        &[
            ("MS-ASCMD_R913", Values(&["Email", "Contacts", "Calendar", "Tasks", "SMS", "Notes"])),
            ("MS-ASCMD_R1167", Parent(&["ItemOperations:Fetch"])),
            ("MS-ASCMD_R1168", Childless),
            ("MS-ASCMD_R1169", Holds(Kind::Text)),
            ("MS-ASCMD_R1170", Number(&["ItemOperations:Fetch"], 0, 1)),
        ],
    ),
    Element::new(
        &[ItemOperations],
        "AirSync:CollectionId",
        &[
            ("MS-ASCMD_R1379", Parent(&["ItemOperations:EmptyFolderContents", "ItemOperations:Fetch"])),
            ("MS-ASCMD_R1380", Childless),
            ("MS-ASCMD_R1381", Holds(Kind::Text)),
            ("MS-ASCMD_R5414", Number(&["ItemOperations:EmptyFolderContents"], 1, 1)),
            ("MS-ASCMD_R5415", Number(&["ItemOperations:Fetch"], 0, 1)),
        ],
    ),
    Element::new(
        &[ItemOperations],
        "ItemOperations:ConversationId",
        &[
            ("MS-ASCMD_R1437", Parent(&["ItemOperations:Move"])),
            ("MS-ASCMD_R1438", Childless),
            ("MS-ASCMD_R1439", Holds(Kind::Text)),
            ("MS-ASCMD_R1440", Number(&["ItemOperations:Move"], 1, 1)),
            ("MS-ASCMD_R2080", Number(&["ItemOperations:Move"], 1, MANY)),
        ],
    ),
    Element::new(
        &[ItemOperations],
        "ItemOperations:Data",
        &[
            ("MS-ASCMD_R1462", Parent(&["ItemOperations:Properties"])),
            ("MS-ASCMD_R1463", Childless),
            ("MS-ASCMD_R1464", Holds(Kind::Text)),
            ("MS-ASCMD_R1465", Number(&["ItemOperations:Properties"], 0, 1)),
        ],
    ),
    Element::new(
        &[ItemOperations],
        "DocumentLibrary:LinkId",
        &[
            ("MS-ASCMD_R1551", Parent(&["ItemOperations:Fetch"])),
            ("MS-ASCMD_R1552", Childless),
            ("MS-ASCMD_R1553", Holds(Kind::Text)),
            ("MS-ASCMD_R1554", Number(&["ItemOperations:Fetch"], 0, 1)),
        ],
    ),
    Element::new(
        &[ItemOperations],
        "ItemOperations:EmptyFolderContents",
        &[
            ("MS-ASCMD_R1603", Parent(&["ItemOperations:Response"])),
            ("MS-ASCMD_R1604", Children(&["AirSync:CollectionId", "ItemOperations:Status"])),
            ("MS-ASCMD_R1605", Holds(Kind::Container)),
            ("MS-ASCMD_R1606", Number(&["ItemOperations:Response"], 0, MANY)),
        ],
    ),
    Element::new(
        &[ItemOperations],
        "ItemOperations:Fetch",
        &[
            ("MS-ASCMD_R1651", Parent(&["ItemOperations:Response"])),
            (
                "MS-ASCMD_R1652",
                Children(&[
                    "DocumentLibrary:LinkId",
                    "Search:LongId",
                    "AirSync:CollectionId",
                    "AirSync:ServerId",
                    "ItemOperations:Status",
                    "AirSync:Class",
                    "ItemOperations:Properties",
                    "AirSyncBase:FileReference",
                ]),
            ),
            ("MS-ASCMD_R1653", Holds(Kind::Container)),
            ("MS-ASCMD_R1654", Number(&["ItemOperations:Response"], 0, MANY)),
        ],
    ),
    Element::new(
        &[ItemOperations],
        "ItemOperations:ItemOperations",
        &[
            ("MS-ASCMD_R1820", Root),
            ("MS-ASCMD_R1821", Children(&["ItemOperations:Status", "ItemOperations:Response"])),
            ("MS-ASCMD_R1822", Holds(Kind::Container)),
            ("MS-ASCMD_R1823", Identifies),
            ("MS-ASCMD_R3206", Identifies),
        ],
    ),
    Element::new(
        &[ItemOperations],
        "ItemOperations:Move",
        &[
            ("MS-ASCMD_R1959", Parent(&["ItemOperations:Response"])),
            ("MS-ASCMD_R1960", Children(&["ItemOperations:ConversationId", "ItemOperations:Status"])),
            ("MS-ASCMD_R1961", Holds(Kind::Container)),
            ("MS-ASCMD_R1962", Number(&["ItemOperations:Response"], 0, MANY)),
        ],
    ),
    Element::new(
        &[ItemOperations],
        "ItemOperations:Part",
        &[
            ("MS-ASCMD_R2344", Parent(&["ItemOperations:Properties", "AirSyncBase:Body"])),
            ("MS-ASCMD_R2345", Childless),
            ("MS-ASCMD_R2346", Holds(Kind::Integer)),
            ("MS-ASCMD_R2347", Number(&["ItemOperations:Properties", "AirSyncBase:Body"], 0, 1)),
        ],
    ),
    Element::new(
        &[ItemOperations],
        "ItemOperations:Properties",
        &[
            ("MS-ASCMD_R2396", Parent(&["ItemOperations:Fetch"])),
            ("MS-ASCMD_R2398", Holds(Kind::Container)),
            ("MS-ASCMD_R2399", Number(&["ItemOperations:Fetch"], 0, 1)),
        ],
    ),
    Element::new(
        &[ItemOperations],
        "ItemOperations:Range",
        &[
            ("MS-ASCMD_R2415", Parent(&["ItemOperations:Properties"])),
            ("MS-ASCMD_R2416", Childless),
            ("MS-ASCMD_R2417", Holds(Kind::Text)),
            ("MS-ASCMD_R2418", Number(&["ItemOperations:Properties"], 0, 1)),
        ],
    ),
    Element::new(
        &[ItemOperations],
        "ItemOperations:Response",
        &[
            ("MS-ASCMD_R2487", Parent(&["ItemOperations:ItemOperations"])),
            (
                "MS-ASCMD_R2488",
                Children(&[
                    "ItemOperations:EmptyFolderContents",
                    "ItemOperations:Fetch",
                    "ItemOperations:Move",
                ]),
            ),
            ("MS-ASCMD_R2489", Holds(Kind::Container)),
            ("MS-ASCMD_R2490", Number(&["ItemOperations:ItemOperations"], 0, 1)),
        ],
    ),
    Element::new(
        &[ItemOperations],
        "AirSync:ServerId",
        &[
            ("MS-ASCMD_R2597", Parent(&["ItemOperations:Fetch"])),
            ("MS-ASCMD_R2598", Childless),
            ("MS-ASCMD_R2599", Holds(Kind::Text)),
            ("MS-ASCMD_R2600", Number(&["ItemOperations:Fetch"], 0, 1)),
        ],
    ),
    Element::new(
        &[ItemOperations],
        "ItemOperations:Status",
        &[
            ("MS-ASCMD_R2715", ParentIn("ItemOperations:ItemOperations")),
            ("MS-ASCMD_R2716", Childless),
            ("MS-ASCMD_R2717", Holds(Kind::Integer)),
            ("MS-ASCMD_R2718", Number(&["ItemOperations:ItemOperations"], 1, 1)),
            (
                "MS-ASCMD_R4148",
                Number(
                    &[
                        "ItemOperations:ItemOperations",
                        "ItemOperations:Move",
                        "ItemOperations:EmptyFolderContents",
                        "ItemOperations:Fetch",
                    ],
                    1,
                    MANY,
                ),
            ),
            (
                "MS-ASCMD_R4151",
                Status(&[
                    "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "14", "15", "16", "17",
                    "18",
                ]),
            ),
        ],
    ),
    Element::new(
        &[ItemOperations],
        "ItemOperations:Move/ItemOperations:Status",
        &[
            ("MS-ASCMD_R2719", Parent(&["ItemOperations:Move"])),
            ("MS-ASCMD_R2720", Childless),
            ("MS-ASCMD_R2721", Holds(Kind::Integer)),
            ("MS-ASCMD_R2722", Number(&["ItemOperations:Move"], 1, 1)),
        ],
    ),
    Element::new(
        &[ItemOperations],
        "ItemOperations:EmptyFolderContents/ItemOperations:Status",
        &[
            ("MS-ASCMD_R2723", Parent(&["ItemOperations:EmptyFolderContents"])),
            ("MS-ASCMD_R2724", Childless),
            ("MS-ASCMD_R2725", Holds(Kind::Integer)),
            ("MS-ASCMD_R2726", Number(&["ItemOperations:EmptyFolderContents"], 1, 1)),
        ],
    ),
    Element::new(
        &[ItemOperations],
        "ItemOperations:Fetch/ItemOperations:Status",
        &[
            ("MS-ASCMD_R2727", Parent(&["ItemOperations:Fetch"])),
            ("MS-ASCMD_R2728", Childless),
            ("MS-ASCMD_R2729", Holds(Kind::Integer)),
            ("MS-ASCMD_R2730", Number(&["ItemOperations:Fetch"], 1, 1)),
        ],
    ),
    Element::new(
        &[ItemOperations],
        "ItemOperations:Total",
        &[
            ("MS-ASCMD_R2851", Parent(&["ItemOperations:Properties"])),
            ("MS-ASCMD_R2852", Childless),
            ("MS-ASCMD_R2853", Holds(Kind::Integer)),
            ("MS-ASCMD_R2854", Number(&["ItemOperations:Properties"], 0, 1)),
        ],
    ),
    Element::new(
        &[ItemOperations],
        "ItemOperations:Properties/ItemOperations:Data",
        &[("MS-ASCMD_R2130", Holds(Kind::Base64))],
    ),
];
