//! [MS-ASCMD]: answers to GetItemEstimate.

use fieldpost_eas::command::CommandName::GetItemEstimate;
use fieldpost_testkit::shape::Claim::{
    Childless, Children, Holds, Identifies, Longest, Number, Parent, ParentIn, Root, Status,
};
use fieldpost_testkit::shape::{Element, Kind, MANY};

#[test]
fn everything_has_its_place_and_type() {
    super::super::check(TABLE);
}

const TABLE: &[Element] = &[
    Element::new(
        &[GetItemEstimate],
        "GetItemEstimate:Collection",
        &[
            ("MS-ASCMD_R1355", Parent(&["GetItemEstimate:Response"])),
            (
                "MS-ASCMD_R1356",
                Children(&[
                    "GetItemEstimate:Class",
                    "GetItemEstimate:CollectionId",
                    "GetItemEstimate:Estimate",
                ]),
            ),
            ("MS-ASCMD_R1357", Holds(Kind::Container)),
            ("MS-ASCMD_R1358", Number(&["GetItemEstimate:Response"], 0, 1)),
        ],
    ),
    Element::new(
        &[GetItemEstimate],
        "GetItemEstimate:CollectionId",
        &[
            ("MS-ASCMD_R983", Number(&["GetItemEstimate:Collection"], 1, MANY)),
            ("MS-ASCMD_R1371", Parent(&["GetItemEstimate:Collection"])),
            ("MS-ASCMD_R1372", Childless),
            ("MS-ASCMD_R1373", Holds(Kind::Text)),
            ("MS-ASCMD_R1374", Number(&["GetItemEstimate:Collection"], 1, 1)),
            ("MS-ASCMD_R5869", Longest(64)),
        ],
    ),
    Element::new(
        &[GetItemEstimate],
        "GetItemEstimate:Estimate",
        &[
            ("MS-ASCMD_R1643", Parent(&["GetItemEstimate:Collection"])),
            ("MS-ASCMD_R1644", Childless),
            ("MS-ASCMD_R1645", Holds(Kind::Integer)),
            ("MS-ASCMD_R1646", Number(&["GetItemEstimate:Collection"], 1, 1)),
            ("MS-ASCMD_R2289", Number(&["GetItemEstimate:Collection"], 1, MANY)),
        ],
    ),
    Element::new(
        &[GetItemEstimate],
        "GetItemEstimate:GetItemEstimate",
        &[
            ("MS-ASCMD_R1768", Root),
            ("MS-ASCMD_R1769", Children(&["GetItemEstimate:Response"])),
            ("MS-ASCMD_R1770", Holds(Kind::Container)),
            ("MS-ASCMD_R1771", Identifies),
            ("MS-ASCMD_R3130", Identifies),
        ],
    ),
    Element::new(
        &[GetItemEstimate],
        "GetItemEstimate:Response",
        &[
            ("MS-ASCMD_R2483", Parent(&["GetItemEstimate:GetItemEstimate"])),
            ("MS-ASCMD_R2484", Children(&["GetItemEstimate:Status", "GetItemEstimate:Collection"])),
            ("MS-ASCMD_R2485", Holds(Kind::Container)),
            ("MS-ASCMD_R2486", Number(&["GetItemEstimate:GetItemEstimate"], 1, MANY)),
            ("MS-ASCMD_R3859", Number(&["GetItemEstimate:GetItemEstimate"], 1, MANY)),
        ],
    ),
    Element::new(
        &[GetItemEstimate],
        "GetItemEstimate:Status",
        &[
            ("MS-ASCMD_R2712", Childless),
            ("MS-ASCMD_R2713", Holds(Kind::UnsignedByte)),
            ("MS-ASCMD_R2714", Number(&["GetItemEstimate:Response"], 0, 1)),
            ("MS-ASCMD_R4127", Number(&["GetItemEstimate:Response"], 1, MANY)),
            ("MS-ASCMD_R4131", Status(&["1", "2", "3", "4"])),
            ("MS-ASCMD_R5577", ParentIn("GetItemEstimate:Response")),
            ("MS-ASCMD_R5578", Childless),
            ("MS-ASCMD_R5579", Holds(Kind::UnsignedByte)),
            ("MS-ASCMD_R5580", Number(&["GetItemEstimate:Response"], 1, 1)),
        ],
    ),
];
