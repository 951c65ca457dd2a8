//! [MS-ASCMD]: answers to ResolveRecipients.

use fieldpost_eas::command::CommandName::ResolveRecipients;
use fieldpost_testkit::shape::Claim::{Childless, Children, Holds, Identifies, Number, Parent, Root, Status};
use fieldpost_testkit::shape::{Element, Kind, MANY};

#[test]
fn everything_has_its_place_and_type() {
    super::super::check(TABLE);
}

const TABLE: &[Element] = &[
    Element::new(
        &[ResolveRecipients],
        "ResolveRecipients:ResolveRecipients",
        &[
            ("MS-ASCMD_R2475", Root),
            ("MS-ASCMD_R2476", Children(&["ResolveRecipients:Status", "ResolveRecipients:Response"])),
            ("MS-ASCMD_R2477", Holds(Kind::Container)),
            ("MS-ASCMD_R2478", Identifies),
            ("MS-ASCMD_R3809", Identifies),
        ],
    ),
    Element::new(
        &[ResolveRecipients],
        "ResolveRecipients:Status",
        &[
            (
                "MS-ASCMD_R2743",
                Parent(&[
                    "ResolveRecipients:ResolveRecipients",
                    "ResolveRecipients:Response",
                    "ResolveRecipients:Availability",
                    "ResolveRecipients:Certificates",
                    "ResolveRecipients:Picture",
                ]),
            ),
            ("MS-ASCMD_R2744", Childless),
            ("MS-ASCMD_R2745", Holds(Kind::UnsignedByte)),
            (
                "MS-ASCMD_R2746",
                Number(
                    &[
                        "ResolveRecipients:ResolveRecipients",
                        "ResolveRecipients:Response",
                        "ResolveRecipients:Availability",
                        "ResolveRecipients:Certificates",
                        "ResolveRecipients:Picture",
                    ],
                    1,
                    1,
                ),
            ),
            (
                "MS-ASCMD_R4264",
                Number(
                    &[
                        "ResolveRecipients:ResolveRecipients",
                        "ResolveRecipients:Response",
                        "ResolveRecipients:Availability",
                        "ResolveRecipients:Certificates",
                        "ResolveRecipients:Picture",
                    ],
                    1,
                    MANY,
                ),
            ),
        ],
    ),
    Element::new(
        &[ResolveRecipients],
        "ResolveRecipients:ResolveRecipients/ResolveRecipients:Status",
        &[("MS-ASCMD_R4267", Status(&["1", "5", "6"]))],
    ),
];
