//! [MS-ASCMD]: answers to Sync.

use fieldpost_eas::command::CommandName::Sync;
use fieldpost_testkit::shape::Claim::{
    Childless, Children, Holds, Identifies, Longest, NotEmpty, Number, Parent, ParentIn, Root, Status, When,
};
use fieldpost_testkit::shape::{Element, Kind, MANY};

#[test]
fn everything_has_its_place_and_type() {
    super::super::check(TABLE);
}

const TABLE: &[Element] = &[
    Element::new(
        &[Sync],
        "AirSync:Add",
        &[
            ("MS-ASCMD_R1039", ParentIn("AirSync:Commands")),
            ("MS-ASCMD_R1041", Holds(Kind::Container)),
            ("MS-ASCMD_R1042", Number(&["AirSync:Responses"], 0, MANY)),
            ("MS-ASCMD_R1043", ParentIn("AirSync:Responses")),
            ("MS-ASCMD_R1045", Holds(Kind::Container)),
            ("MS-ASCMD_R1046", Number(&["AirSync:Responses"], 0, MANY)),
        ],
    ),
    Element::new(
        &[Sync],
        "AirSync:ApplicationData",
        &[
            ("MS-ASCMD_R1059", ParentIn("AirSync:Change")),
            ("MS-ASCMD_R1059", ParentIn("AirSync:Add")),
            ("MS-ASCMD_R1061", Holds(Kind::Container)),
            (
                "MS-ASCMD_R1062",
                Number(&["AirSync:Commands/AirSync:Add", "AirSync:Commands/AirSync:Change"], 1, 1),
            ),
            ("MS-ASCMD_R1063", ParentIn("AirSync:Fetch")),
            ("MS-ASCMD_R1065", Holds(Kind::Container)),
            ("MS-ASCMD_R1066", When("AirSync:Responses/AirSync:Fetch", "AirSync:Status", &["1"])),
            (
                "MS-ASCMD_R5848",
                Number(&["AirSync:Commands/AirSync:Add", "AirSync:Commands/AirSync:Change"], 1, 1),
            ),
            ("MS-ASCMD_R5848", When("AirSync:Responses/AirSync:Fetch", "AirSync:Status", &["1"])),
        ],
    ),
    Element::new(
        &[Sync],
        "AirSync:Change",
        &[
            ("MS-ASCMD_R1147", ParentIn("AirSync:Commands")),
            ("MS-ASCMD_R1149", Holds(Kind::Container)),
            ("MS-ASCMD_R1150", Number(&["AirSync:Responses"], 0, MANY)),
            ("MS-ASCMD_R1151", ParentIn("AirSync:Responses")),
            ("MS-ASCMD_R1153", Holds(Kind::Container)),
            ("MS-ASCMD_R1154", Number(&["AirSync:Responses"], 0, MANY)),
        ],
    ),
    Element::new(
        &[Sync],
        "AirSync:Class",
        &[
            ("MS-ASCMD_R1328", Childless),
            ("MS-ASCMD_R1329", Holds(Kind::Text)),
            ("MS-ASCMD_R1330", Number(&["AirSync:Add"], 0, 1)),
        ],
    ),
    Element::new(
        &[Sync],
        "AirSync:ClientId",
        &[
            ("MS-ASCMD_R955", Number(&["AirSync:Responses/AirSync:Add"], 1, 1)),
            ("MS-ASCMD_R1347", Parent(&["AirSync:Add"])),
            ("MS-ASCMD_R1348", Childless),
            ("MS-ASCMD_R1349", Holds(Kind::Text)),
            ("MS-ASCMD_R1350", Number(&["AirSync:Responses/AirSync:Add"], 1, 1)),
        ],
    ),
    Element::new(
        &[Sync],
        "AirSync:Collection",
        &[
            ("MS-ASCMD_R1363", Parent(&["AirSync:Collections"])),
            (
                "MS-ASCMD_R1364",
                Children(&[
                    "AirSync:Class",
                    "AirSync:SyncKey",
                    "AirSync:CollectionId",
                    "AirSync:Status",
                    "AirSync:MoreAvailable",
                    "AirSync:Commands",
                    "AirSync:Responses",
                ]),
            ),
            ("MS-ASCMD_R1365", Holds(Kind::Container)),
            ("MS-ASCMD_R1366", Number(&["AirSync:Collections"], 0, MANY)),
        ],
    ),
    Element::new(
        &[Sync],
        "AirSync:CollectionId",
        &[
            ("MS-ASCMD_R1400", Parent(&["AirSync:Collection"])),
            ("MS-ASCMD_R1401", Childless),
            ("MS-ASCMD_R1402", Holds(Kind::Text)),
            ("MS-ASCMD_R1403", Number(&["AirSync:Collection"], 1, 1)),
            ("MS-ASCMD_R2033", Number(&["AirSync:Collection"], 1, MANY)),
            ("MS-ASCMD_R5862", Longest(64)),
        ],
    ),
    Element::new(
        &[Sync],
        "AirSync:Commands",
        &[
            ("MS-ASCMD_R1423", ParentIn("AirSync:Collection")),
            (
                "MS-ASCMD_R1425",
                Children(&["AirSync:Add", "AirSync:Delete", "AirSync:Change", "AirSync:SoftDelete"]),
            ),
            ("MS-ASCMD_R1426", Holds(Kind::Container)),
            ("MS-ASCMD_R1427", Number(&["AirSync:Collection"], 0, 1)),
            ("MS-ASCMD_R2053", NotEmpty),
        ],
    ),
    Element::new(
        &[Sync],
        "AirSync:Delete",
        &[
            ("MS-ASCMD_R1490", ParentIn("AirSync:Commands")),
            ("MS-ASCMD_R1492", Holds(Kind::Container)),
            ("MS-ASCMD_R1493", Number(&["AirSync:Commands"], 0, MANY)),
        ],
    ),
    Element::new(
        &[Sync],
        "AirSync:Fetch",
        &[
            ("MS-ASCMD_R1659", Parent(&["AirSync:Responses"])),
            ("MS-ASCMD_R1660", Children(&["AirSync:ServerId", "AirSync:Status", "AirSync:ApplicationData"])),
            ("MS-ASCMD_R1661", Holds(Kind::Container)),
            ("MS-ASCMD_R1662", Number(&["AirSync:Responses"], 0, MANY)),
        ],
    ),
    Element::new(
        &[Sync],
        "AirSync:Limit",
        &[
            ("MS-ASCMD_R1828", Parent(&["AirSync:Sync"])),
            ("MS-ASCMD_R1829", Childless),
            ("MS-ASCMD_R1830", Holds(Kind::Integer)),
            ("MS-ASCMD_R1831", Number(&["AirSync:Sync"], 0, 1)),
        ],
    ),
    Element::new(
        &[Sync],
        "AirSync:MoreAvailable",
        &[
            ("MS-ASCMD_R1951", Parent(&["AirSync:Collection"])),
            ("MS-ASCMD_R1952", Childless),
            ("MS-ASCMD_R1953", Holds(Kind::Empty)),
            ("MS-ASCMD_R1954", Number(&["AirSync:Collection"], 0, 1)),
            ("MS-ASCMD_R3448", Holds(Kind::Empty)),
        ],
    ),
    Element::new(
        &[Sync],
        "AirSync:Responses",
        &[
            ("MS-ASCMD_R2504", Parent(&["AirSync:Collection"])),
            ("MS-ASCMD_R2506", Holds(Kind::Container)),
            ("MS-ASCMD_R2507", Number(&["AirSync:Collection"], 0, 1)),
            ("MS-ASCMD_R3836", NotEmpty),
        ],
    ),
    Element::new(
        &[Sync],
        "AirSync:ServerId",
        &[
            (
                "MS-ASCMD_R2605",
                Parent(&[
                    "AirSync:Add",
                    "AirSync:Change",
                    "AirSync:Fetch",
                    "AirSync:Delete",
                    "AirSync:SoftDelete",
                ]),
            ),
            ("MS-ASCMD_R2606", Childless),
            ("MS-ASCMD_R2607", Holds(Kind::Text)),
            (
                "MS-ASCMD_R2608",
                Number(
                    &[
                        "AirSync:Commands/AirSync:Add",
                        "AirSync:Commands/AirSync:Change",
                        "AirSync:Commands/AirSync:Delete",
                        "AirSync:Commands/AirSync:SoftDelete",
                        "AirSync:Responses/AirSync:Fetch",
                        "AirSync:Responses/AirSync:Change",
                    ],
                    1,
                    1,
                ),
            ),
            ("MS-ASCMD_R5572", ParentIn("AirSync:Add")),
            ("MS-ASCMD_R5572", ParentIn("AirSync:Change")),
            ("MS-ASCMD_R5572", ParentIn("AirSync:Delete")),
            ("MS-ASCMD_R5572", ParentIn("AirSync:Fetch")),
            ("MS-ASCMD_R5573", Childless),
            ("MS-ASCMD_R5574", Holds(Kind::Text)),
            (
                "MS-ASCMD_R5575",
                Number(&["AirSync:Add", "AirSync:Change", "AirSync:Delete", "AirSync:Fetch"], 0, 1),
            ),
            (
                "MS-ASCMD_R5701",
                Number(
                    &[
                        "AirSync:Commands/AirSync:Add",
                        "AirSync:Commands/AirSync:Change",
                        "AirSync:Commands/AirSync:Delete",
                        "AirSync:Commands/AirSync:SoftDelete",
                    ],
                    1,
                    1,
                ),
            ),
        ],
    ),
    Element::new(
        &[Sync],
        "AirSync:SoftDelete",
        &[
            ("MS-ASCMD_R2655", Parent(&["AirSync:Commands"])),
            ("MS-ASCMD_R2656", Children(&["AirSync:ServerId"])),
            ("MS-ASCMD_R2657", Holds(Kind::Container)),
            ("MS-ASCMD_R2658", Number(&["AirSync:Commands"], 0, MANY)),
        ],
    ),
    Element::new(
        &[Sync],
        "AirSync:Status",
        &[
            ("MS-ASCMD_R2767", ParentIn("AirSync:Collection")),
            ("MS-ASCMD_R2767", ParentIn("AirSync:Change")),
            ("MS-ASCMD_R2767", ParentIn("AirSync:Add")),
            ("MS-ASCMD_R2767", ParentIn("AirSync:Fetch")),
            ("MS-ASCMD_R2768", Childless),
            ("MS-ASCMD_R2769", Holds(Kind::UnsignedByte)),
            (
                "MS-ASCMD_R2770",
                Number(
                    &[
                        "AirSync:Collection",
                        "AirSync:Responses/AirSync:Change",
                        "AirSync:Responses/AirSync:Add",
                        "AirSync:Responses/AirSync:Fetch",
                    ],
                    1,
                    1,
                ),
            ),
            (
                "MS-ASCMD_R4411",
                Number(
                    &[
                        "AirSync:Collection",
                        "AirSync:Responses/AirSync:Change",
                        "AirSync:Responses/AirSync:Add",
                        "AirSync:Responses/AirSync:Fetch",
                    ],
                    1,
                    1,
                ),
            ),
            (
                "MS-ASCMD_R4420",
                Status(&["1", "3", "4", "5", "6", "7", "8", "9", "12", "13", "14", "15", "16"]),
            ),
            ("MS-ASCMD_R5585", ParentIn("AirSync:Sync")),
            ("MS-ASCMD_R5586", Childless),
            ("MS-ASCMD_R5587", Holds(Kind::UnsignedByte)),
            ("MS-ASCMD_R5588", Number(&["AirSync:Sync"], 0, 1)),
        ],
    ),
    Element::new(
        &[Sync],
        "AirSync:Sync",
        &[
            ("MS-ASCMD_R2795", Root),
            ("MS-ASCMD_R2796", Children(&["AirSync:Collections", "AirSync:Limit", "AirSync:Status"])),
            ("MS-ASCMD_R2797", Holds(Kind::Container)),
            ("MS-ASCMD_R2798", Identifies),
            ("MS-ASCMD_R4558", Identifies),
        ],
    ),
    Element::new(
        &[Sync],
        "AirSync:SyncKey",
        &[
            ("MS-ASCMD_R2839", Parent(&["AirSync:Collection"])),
            ("MS-ASCMD_R2840", Childless),
            ("MS-ASCMD_R2841", Holds(Kind::Text)),
            ("MS-ASCMD_R2842", Number(&["AirSync:Collection"], 1, 1)),
            ("MS-ASCMD_R4596", Number(&["AirSync:Collection"], 1, MANY)),
        ],
    ),
    Element::new(
        &[Sync],
        "AirSync:Commands/AirSync:Add",
        &[("MS-ASCMD_R1040", Children(&["AirSync:ServerId", "AirSync:ApplicationData", "AirSync:Class"]))],
    ),
    Element::new(
        &[Sync],
        "AirSync:Responses/AirSync:Add",
        &[(
            "MS-ASCMD_R1044",
            Children(&[
                "AirSync:ServerId",
                "AirSync:ClientId",
                "AirSync:Class",
                "AirSync:Status",
                "AirSync:ApplicationData",
            ]),
        )],
    ),
    Element::new(
        &[Sync],
        "AirSync:Collections",
        &[
            ("MS-ASCMD_R1415", Parent(&["AirSync:Sync"])),
            ("MS-ASCMD_R1416", Children(&["AirSync:Collection"])),
            ("MS-ASCMD_R1417", Holds(Kind::Container)),
            ("MS-ASCMD_R1418", Number(&["AirSync:Sync"], 0, 1)),
        ],
    ),
    Element::new(
        &[Sync],
        "AirSync:Commands/AirSync:Change",
        &[("MS-ASCMD_R1148", Children(&["AirSync:ServerId", "AirSync:ApplicationData", "AirSync:Class"]))],
    ),
    Element::new(
        &[Sync],
        "AirSync:Responses/AirSync:Change",
        &[("MS-ASCMD_R1152", Children(&["AirSync:ServerId", "AirSync:Class", "AirSync:Status"]))],
    ),
    Element::new(
        &[Sync],
        "AirSync:Commands/AirSync:Delete",
        &[("MS-ASCMD_R1491", Children(&["AirSync:ServerId", "AirSync:Class"]))],
    ),
];
