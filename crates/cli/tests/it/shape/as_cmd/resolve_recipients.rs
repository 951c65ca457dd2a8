//! [MS-ASCMD]: answers to ResolveRecipients.

use fieldpost_eas::command::CommandName::ResolveRecipients;
use fieldpost_testkit::shape::Claim::{
    Childless, Children, Holds, Identifies, Longest, Number, Parent, Root, Status, Values,
};
use fieldpost_testkit::shape::{Element, Kind, MANY};

#[test]
fn everything_has_its_place_and_type() {
    super::super::check(TABLE);
}

const TABLE: &[Element] = &[
    Element::new(
        &[ResolveRecipients],
        "ResolveRecipients:Availability",
        &[
            ("MS-ASCMD_R1091", Parent(&["ResolveRecipients:Recipient"])),
            ("MS-ASCMD_R1092", Children(&["ResolveRecipients:Status", "ResolveRecipients:MergedFreeBusy"])),
            ("MS-ASCMD_R1093", Holds(Kind::Container)),
            ("MS-ASCMD_R1094", Number(&["ResolveRecipients:Recipient"], 0, 1)),
        ],
    ),
    Element::new(
        &[ResolveRecipients],
        "ResolveRecipients:Certificate",
        &[
            ("MS-ASCMD_R1111", Parent(&["ResolveRecipients:Certificates"])),
            ("MS-ASCMD_R1112", Childless),
            ("MS-ASCMD_R1113", Holds(Kind::Base64)),
            ("MS-ASCMD_R1114", Number(&["ResolveRecipients:Certificates"], 0, MANY)),
        ],
    ),
    Element::new(
        &[ResolveRecipients],
        "ResolveRecipients:CertificateCount",
        &[
            ("MS-ASCMD_R1127", Parent(&["ResolveRecipients:Certificates"])),
            ("MS-ASCMD_R1128", Childless),
            ("MS-ASCMD_R1129", Holds(Kind::Integer)),
            ("MS-ASCMD_R1130", Number(&["ResolveRecipients:Certificates"], 0, 1)),
        ],
    ),
    Element::new(
        &[ResolveRecipients],
        "ResolveRecipients:Certificates",
        &[
            ("MS-ASCMD_R1135", Parent(&["ResolveRecipients:Recipient"])),
            (
                "MS-ASCMD_R1136",
                Children(&[
                    "ResolveRecipients:Status",
                    "ResolveRecipients:CertificateCount",
                    "ResolveRecipients:RecipientCount",
                    "ResolveRecipients:Certificate",
                    "ResolveRecipients:MiniCertificate",
                ]),
            ),
            ("MS-ASCMD_R1137", Holds(Kind::Container)),
            ("MS-ASCMD_R1138", Number(&["ResolveRecipients:Recipient"], 0, 1)),
        ],
    ),
    Element::new(
        &[ResolveRecipients],
        "ResolveRecipients:Data",
        &[
            ("MS-ASCMD_R1466", Parent(&["ResolveRecipients:Picture"])),
            ("MS-ASCMD_R1467", Childless),
            ("MS-ASCMD_R1468", Holds(Kind::Bytes)),
            ("MS-ASCMD_R1469", Number(&["ResolveRecipients:Picture"], 0, 1)),
        ],
    ),
    Element::new(
        &[ResolveRecipients],
        "ResolveRecipients:DisplayName",
        &[
            ("MS-ASCMD_R1543", Parent(&["ResolveRecipients:Recipient"])),
            ("MS-ASCMD_R1544", Childless),
            ("MS-ASCMD_R1545", Holds(Kind::Text)),
            ("MS-ASCMD_R1546", Number(&["ResolveRecipients:Recipient"], 1, 1)),
            ("MS-ASCMD_R2199", Number(&["ResolveRecipients:Recipient"], 1, MANY)),
        ],
    ),
    Element::new(
        &[ResolveRecipients],
        "ResolveRecipients:EmailAddress",
        &[
            ("MS-ASCMD_R5309", Number(&["ResolveRecipients:Recipient"], 1, MANY)),
            ("MS-ASCMD_R5311", Parent(&["ResolveRecipients:Recipient"])),
            ("MS-ASCMD_R5312", Childless),
            ("MS-ASCMD_R5313", Holds(Kind::Text)),
            ("MS-ASCMD_R5314", Number(&["ResolveRecipients:Recipient"], 1, 1)),
        ],
    ),
    Element::new(
        &[ResolveRecipients],
        "ResolveRecipients:MergedFreeBusy",
        &[
            ("MS-ASCMD_R1892", Parent(&["ResolveRecipients:Availability"])),
            ("MS-ASCMD_R1893", Childless),
            ("MS-ASCMD_R1894", Holds(Kind::Text)),
            ("MS-ASCMD_R1895", Number(&["ResolveRecipients:Availability"], 0, 1)),
            ("MS-ASCMD_R3315", Parent(&["ResolveRecipients:Availability"])),
            ("MS-ASCMD_R3317", Longest(32768)),
            ("MS-ASCMD_R3320", Holds(Kind::Only("01234"))),
        ],
    ),
    Element::new(
        &[ResolveRecipients],
        "ResolveRecipients:MiniCertificate",
        &[
            ("MS-ASCMD_R1939", Parent(&["ResolveRecipients:Certificates"])),
            ("MS-ASCMD_R1940", Childless),
            ("MS-ASCMD_R1941", Holds(Kind::Base64)),
            ("MS-ASCMD_R1942", Number(&["ResolveRecipients:Certificates"], 0, 1)),
        ],
    ),
    Element::new(
        &[ResolveRecipients],
        "ResolveRecipients:Picture",
        &[
            ("MS-ASCMD_R2372", Parent(&["ResolveRecipients:Recipient"])),
            ("MS-ASCMD_R2373", Children(&["ResolveRecipients:Status", "ResolveRecipients:Data"])),
            ("MS-ASCMD_R2374", Holds(Kind::Container)),
            ("MS-ASCMD_R2375", Number(&["ResolveRecipients:Recipient"], 0, 1)),
        ],
    ),
    Element::new(
        &[ResolveRecipients],
        "ResolveRecipients:Recipient",
        &[
            ("MS-ASCMD_R2431", Parent(&["ResolveRecipients:Response"])),
            (
                "MS-ASCMD_R2432",
                Children(&[
                    "ResolveRecipients:Type",
                    "ResolveRecipients:DisplayName",
                    "ResolveRecipients:EmailAddress",
                    "ResolveRecipients:Availability",
                    "ResolveRecipients:Certificates",
                    "ResolveRecipients:Picture",
                ]),
            ),
            ("MS-ASCMD_R2433", Holds(Kind::Container)),
            ("MS-ASCMD_R2434", Number(&["ResolveRecipients:Response"], 0, MANY)),
        ],
    ),
    Element::new(
        &[ResolveRecipients],
        "ResolveRecipients:RecipientCount",
        &[
            ("MS-ASCMD_R2435", Parent(&["ResolveRecipients:Response", "ResolveRecipients:Certificates"])),
            ("MS-ASCMD_R2436", Childless),
            ("MS-ASCMD_R2437", Holds(Kind::Integer)),
            (
                "MS-ASCMD_R2438",
                Number(&["ResolveRecipients:Response", "ResolveRecipients:Certificates"], 0, 1),
            ),
            (
                "MS-ASCMD_R3765",
                Number(&["ResolveRecipients:Response", "ResolveRecipients:Certificates"], 1, MANY),
            ),
        ],
    ),
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
        "ResolveRecipients:Response",
        &[
            ("MS-ASCMD_R2496", Parent(&["ResolveRecipients:ResolveRecipients"])),
            (
                "MS-ASCMD_R2497",
                Children(&[
                    "ResolveRecipients:To",
                    "ResolveRecipients:Status",
                    "ResolveRecipients:RecipientCount",
                    "ResolveRecipients:Recipient",
                ]),
            ),
            ("MS-ASCMD_R2498", Holds(Kind::Container)),
            ("MS-ASCMD_R2499", Number(&["ResolveRecipients:ResolveRecipients"], 0, 1)),
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
        "ResolveRecipients:To",
        &[
            ("MS-ASCMD_R2847", Parent(&["ResolveRecipients:Response"])),
            ("MS-ASCMD_R2848", Childless),
            ("MS-ASCMD_R2849", Holds(Kind::Text)),
            ("MS-ASCMD_R2850", Number(&["ResolveRecipients:Response"], 1, 1)),
            ("MS-ASCMD_R4609", Number(&["ResolveRecipients:Response"], 1, MANY)),
        ],
    ),
    Element::new(
        &[ResolveRecipients],
        "ResolveRecipients:Type",
        &[
            ("MS-ASCMD_R2875", Parent(&["ResolveRecipients:Recipient"])),
            ("MS-ASCMD_R2876", Childless),
            ("MS-ASCMD_R2877", Holds(Kind::UnsignedByte)),
            ("MS-ASCMD_R2878", Number(&["ResolveRecipients:Recipient"], 1, 1)),
            ("MS-ASCMD_R4686", Number(&["ResolveRecipients:Recipient"], 1, MANY)),
        ],
    ),
    Element::new(
        &[ResolveRecipients],
        "ResolveRecipients:ResolveRecipients/ResolveRecipients:Status",
        &[("MS-ASCMD_R4267", Status(&["1", "5", "6"]))],
    ),
    Element::new(
        &[ResolveRecipients],
        "ResolveRecipients:Response/ResolveRecipients:Status",
        &[("MS-ASCMD_R4274", Values(&["1", "2", "3", "4"]))],
    ),
    Element::new(
        &[ResolveRecipients],
        "ResolveRecipients:Availability/ResolveRecipients:Status",
        &[("MS-ASCMD_R4290", Values(&["1", "160", "161", "162", "163"]))],
    ),
    Element::new(
        &[ResolveRecipients],
        "ResolveRecipients:Certificates/ResolveRecipients:Status",
        &[("MS-ASCMD_R4301", Values(&["1", "7", "8"]))],
    ),
    Element::new(
        &[ResolveRecipients],
        "ResolveRecipients:Picture/ResolveRecipients:Status",
        &[("MS-ASCMD_R4309", Values(&["1", "173", "174", "175"]))],
    ),
];
