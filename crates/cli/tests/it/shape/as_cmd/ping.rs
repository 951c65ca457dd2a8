//! [MS-ASCMD]: answers to Ping.

use fieldpost_eas::command::CommandName::Ping;
use fieldpost_testkit::shape::Claim::{Childless, Children, Holds, Identifies, Number, Parent, Root, Status};
use fieldpost_testkit::shape::{Element, Kind, MANY};

#[test]
fn everything_has_its_place_and_type() {
    super::super::check(TABLE);
}

const TABLE: &[Element] = &[
    Element::new(
        &[Ping],
        "Ping:Folder",
        &[
            ("MS-ASCMD_R1675", Parent(&["Ping:Folders"])),
            ("MS-ASCMD_R1676", Childless),
            ("MS-ASCMD_R1677", Holds(Kind::Text)),
            ("MS-ASCMD_R1678", Number(&["Ping:Folders"], 1, MANY)),
            ("MS-ASCMD_R3082", Number(&["Ping:Folders"], 1, MANY)),
        ],
    ),
    Element::new(
        &[Ping],
        "Ping:Folders",
        &[
            ("MS-ASCMD_R1707", Parent(&["Ping:Ping"])),
            ("MS-ASCMD_R1708", Children(&["Ping:Folder"])),
            ("MS-ASCMD_R1709", Holds(Kind::Container)),
            ("MS-ASCMD_R1710", Number(&["Ping:Ping"], 0, 1)),
        ],
    ),
    Element::new(
        &[Ping],
        "Ping:HeartbeatInterval",
        &[
            ("MS-ASCMD_R1780", Parent(&["Ping:Ping"])),
            ("MS-ASCMD_R1781", Childless),
            ("MS-ASCMD_R1782", Holds(Kind::Integer)),
            ("MS-ASCMD_R1783", Number(&["Ping:Ping"], 0, 1)),
        ],
    ),
    Element::new(
        &[Ping],
        "Ping:Ping",
        &[
            ("MS-ASCMD_R2388", Root),
            (
                "MS-ASCMD_R2389",
                Children(&["Ping:HeartbeatInterval", "Ping:Folders", "Ping:MaxFolders", "Ping:Status"]),
            ),
            ("MS-ASCMD_R2390", Holds(Kind::Container)),
            ("MS-ASCMD_R2391", Identifies),
            ("MS-ASCMD_R3676", Identifies),
        ],
    ),
    Element::new(
        &[Ping],
        "Ping:Status",
        &[
            ("MS-ASCMD_R2739", Parent(&["Ping:Ping"])),
            ("MS-ASCMD_R2740", Childless),
            ("MS-ASCMD_R2741", Holds(Kind::UnsignedByte)),
            ("MS-ASCMD_R2742", Number(&["Ping:Ping"], 1, 1)),
            ("MS-ASCMD_R4227", Number(&["Ping:Ping"], 1, MANY)),
            ("MS-ASCMD_R4231", Status(&["1", "2", "3", "4", "5", "6", "7", "8"])),
        ],
    ),
];
