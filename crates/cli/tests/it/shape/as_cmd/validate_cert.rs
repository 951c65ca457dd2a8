//! [MS-ASCMD]: answers to ValidateCert.

use fieldpost_eas::command::CommandName::ValidateCert;
use fieldpost_testkit::shape::Claim::{Childless, Children, Holds, Identifies, Number, Parent, Root, Status};
use fieldpost_testkit::shape::{Element, Kind, MANY};

#[test]
fn everything_has_its_place_and_type() {
    super::super::check(TABLE);
}

const TABLE: &[Element] = &[
    Element::new(
        &[ValidateCert],
        "ValidateCert:Certificate",
        &[
            ("MS-ASCMD_R1119", Parent(&["ValidateCert:ValidateCert"])),
            ("MS-ASCMD_R1120", Children(&["ValidateCert:Status"])),
            ("MS-ASCMD_R1121", Holds(Kind::Container)),
            ("MS-ASCMD_R1122", Number(&["ValidateCert:ValidateCert"], 0, MANY)),
        ],
    ),
    Element::new(
        &[ValidateCert],
        "ValidateCert:Status",
        &[
            ("MS-ASCMD_R2771", Parent(&["ValidateCert:ValidateCert", "ValidateCert:Certificate"])),
            ("MS-ASCMD_R2772", Childless),
            ("MS-ASCMD_R2773", Holds(Kind::UnsignedByte)),
            ("MS-ASCMD_R2774", Number(&["ValidateCert:ValidateCert", "ValidateCert:Certificate"], 1, MANY)),
            ("MS-ASCMD_R4469", Number(&["ValidateCert:ValidateCert", "ValidateCert:Certificate"], 1, 1)),
            (
                "MS-ASCMD_R5389",
                Status(&[
                    "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16",
                    "17",
                ]),
            ),
        ],
    ),
    Element::new(
        &[ValidateCert],
        "ValidateCert:ValidateCert",
        &[
            ("MS-ASCMD_R2923", Root),
            ("MS-ASCMD_R2924", Children(&["ValidateCert:Status", "ValidateCert:Certificate"])),
            ("MS-ASCMD_R2925", Holds(Kind::Container)),
            ("MS-ASCMD_R2926", Identifies),
            ("MS-ASCMD_R4727", Identifies),
        ],
    ),
];
