//! [MS-ASCMD]: answers to MoveItems.

use fieldpost_eas::command::CommandName::MoveItems;
use fieldpost_testkit::shape::Claim::{
    Childless, Children, Holds, Identifies, Longest, Number, Parent, Root, Status,
};
use fieldpost_testkit::shape::{Element, Kind, MANY};

#[test]
fn everything_has_its_place_and_type() {
    super::super::check(TABLE);
}

const TABLE: &[Element] = &[
    Element::new(
        &[MoveItems],
        "Move:DstMsgId",
        &[
            ("MS-ASCMD_R1571", Parent(&["Move:Response"])),
            ("MS-ASCMD_R1572", Childless),
            ("MS-ASCMD_R1573", Holds(Kind::Text)),
            ("MS-ASCMD_R1574", Number(&["Move:Response"], 0, 1)),
            ("MS-ASCMD_R5870", Longest(64)),
        ],
    ),
    Element::new(
        &[MoveItems],
        "Move:MoveItems",
        &[
            ("MS-ASCMD_R1975", Root),
            ("MS-ASCMD_R1976", Children(&["Move:Response"])),
            ("MS-ASCMD_R1977", Holds(Kind::Container)),
            ("MS-ASCMD_R1978", Identifies),
            ("MS-ASCMD_R3476", Identifies),
        ],
    ),
    Element::new(
        &[MoveItems],
        "Move:Response",
        &[
            ("MS-ASCMD_R2492", Parent(&["Move:MoveItems"])),
            ("MS-ASCMD_R2493", Children(&["Move:SrcMsgId", "Move:Status", "Move:DstMsgId"])),
            ("MS-ASCMD_R2494", Holds(Kind::Container)),
            ("MS-ASCMD_R2495", Number(&["Move:MoveItems"], 1, MANY)),
            ("MS-ASCMD_R3822", Number(&["Move:MoveItems"], 1, MANY)),
        ],
    ),
    Element::new(
        &[MoveItems],
        "Move:SrcMsgId",
        &[
            ("MS-ASCMD_R2675", Parent(&["Move:Response"])),
            ("MS-ASCMD_R2676", Childless),
            ("MS-ASCMD_R2677", Holds(Kind::Text)),
            ("MS-ASCMD_R2678", Number(&["Move:Response"], 1, 1)),
            ("MS-ASCMD_R5882", Longest(64)),
        ],
    ),
    Element::new(
        &[MoveItems],
        "Move:Status",
        &[
            ("MS-ASCMD_R2735", Parent(&["Move:Response"])),
            ("MS-ASCMD_R2737", Holds(Kind::UnsignedByte)),
            ("MS-ASCMD_R2738", Number(&["Move:Response"], 1, 1)),
            ("MS-ASCMD_R4200", Number(&["Move:Response"], 1, 1)),
            ("MS-ASCMD_R4203", Status(&["1", "2", "3", "4", "5", "7"])),
        ],
    ),
];
