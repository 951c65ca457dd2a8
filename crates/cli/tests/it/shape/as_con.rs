//! [MS-ASCON]: conversations.

use fieldpost_eas::Version;
use fieldpost_eas::command::CommandName::{ItemOperations, Sync};
use fieldpost_testkit::shape::Claim::{Children, Holds, Number, Seen, WhenFrom};
use fieldpost_testkit::shape::{Element, Kind};

#[test]
fn everything_has_its_place_and_type() {
    super::check(TABLE);
}

const TABLE: &[Element] = &[
    Element::new(
        &[],
        "AirSyncBase:BodyPart",
        &[
            ("MS-ASCON_R46", Holds(Kind::Container)),
            (
                "MS-ASCON_R47",
                Children(&[
                    "AirSyncBase:Status",
                    "AirSyncBase:Type",
                    "AirSyncBase:EstimatedDataSize",
                    "AirSyncBase:Truncated",
                    "AirSyncBase:Data",
                    "AirSyncBase:Preview",
                ]),
            ),
        ],
    ),
    Element::new(&[], "Email2:ConversationIndex", &[("MS-ASCON_R81", Holds(Kind::Bytes))]),
    Element::new(
        &[],
        "Email2:ConversationId",
        &[("MS-ASCON_R5", Seen), ("MS-ASCON_R7", Seen), ("MS-ASCON_R188", Seen)],
    ),
    Element::new(&[Sync], "AirSync:ApplicationData/Email2:ConversationId", &[("MS-ASCON_R195", Seen)]),
    Element::new(&[Sync], "AirSync:ApplicationData/Email2:ConversationIndex", &[("MS-ASCON_R196", Seen)]),
    Element::new(
        &[ItemOperations],
        "ItemOperations:ConversationId",
        &[("MS-ASCON_R69", Number(&["ItemOperations:Move"], 1, 1)), ("MS-ASCON_R70", Holds(Kind::Bytes))],
    ),
    Element::new(
        &[Sync],
        "Email2:ConversationId",
        &[
            (
                "MS-ASCON_R74",
                WhenFrom(
                    Version::V14_0,
                    "AirSync:ApplicationData",
                    "Email:ContentClass",
                    &["urn:content-classes:message"],
                ),
            ),
            ("MS-ASCON_R76", Holds(Kind::Bytes)),
        ],
    ),
    Element::new(
        &[Sync],
        "Email2:ConversationIndex",
        &[
            (
                "MS-ASCON_R79",
                WhenFrom(
                    Version::V14_0,
                    "AirSync:ApplicationData",
                    "Email:ContentClass",
                    &["urn:content-classes:message"],
                ),
            ),
            ("MS-ASCON_R93", Holds(Kind::Bytes)),
        ],
    ),
    Element::new(
        &[ItemOperations],
        "ItemOperations:Move",
        &[("MS-ASCON_R126", Children(&["ItemOperations:ConversationId", "ItemOperations:Status"]))],
    ),
    Element::new(
        &[ItemOperations],
        "ItemOperations:Status",
        &[("MS-ASCON_R139", Number(&["ItemOperations:Move"], 1, 1))],
    ),
    Element::new(
        &[ItemOperations],
        "ItemOperations:Move/ItemOperations:Status",
        &[("MS-ASCON_R142", Holds(Kind::Integer))],
    ),
];
