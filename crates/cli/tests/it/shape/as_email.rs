//! [MS-ASEMAIL]: mail.

use fieldpost_eas::command::CommandName::{ItemOperations, Sync};
use fieldpost_testkit::shape::Claim::{Children, Filled, Holds, Longest, Number, Seen, Values, With, Within};
use fieldpost_testkit::shape::{Element, Kind};

#[test]
fn everything_has_its_place_and_type() {
    super::check(TABLE);
}

const TABLE: &[Element] = &[
    Element::new(&[], "AirSyncBase:Attachments", &[("MS-ASEMAIL_R1122", Holds(Kind::Container))]),
    Element::new(&[], "AirSyncBase:BodyPart", &[("MS-ASEMAIL_R259", Holds(Kind::Container))]),
    Element::new(&[], "Email:Categories", &[("MS-ASEMAIL_R313", Holds(Kind::Container))]),
    Element::new(
        &[],
        "Email:Cc",
        &[("MS-ASEMAIL_R329", Holds(Kind::Text)), ("MS-ASEMAIL_R330", Holds(Kind::Addresses))],
    ),
    Element::new(
        &[],
        "Email:ContentClass",
        &[
            ("MS-ASEMAIL_R341", Holds(Kind::Text)),
            (
                "MS-ASEMAIL_R342",
                Values(&["urn:content-classes:message", "urn:content-classes:calendarmessage"]),
            ),
        ],
    ),
    Element::new(
        &[],
        "Email2:ConversationId",
        &[("MS-ASEMAIL_R345", Holds(Kind::Bytes)), ("MS-ASEMAIL_R348", Holds(Kind::Bytes))],
    ),
    Element::new(
        &[],
        "Email2:ConversationIndex",
        &[("MS-ASEMAIL_R354", Holds(Kind::Bytes)), ("MS-ASEMAIL_R1003", Holds(Kind::Bytes))],
    ),
    Element::new(&[], "Email:DateReceived", &[("MS-ASEMAIL_R364", Holds(Kind::DateTime))]),
    Element::new(&[], "Email:DisplayName", &[("MS-ASEMAIL_R394", Holds(Kind::Text))]),
    Element::new(
        &[],
        "Email:DisplayTo",
        &[("MS-ASEMAIL_R398", Holds(Kind::Text)), ("MS-ASEMAIL_R399", Filled)],
    ),
    Element::new(
        &[],
        "Email:Flag",
        &[("MS-ASEMAIL_R434", Holds(Kind::Container)), ("MS-ASEMAIL_R1069", Holds(Kind::Container))],
    ),
    Element::new(
        &[],
        "Email:From",
        &[("MS-ASEMAIL_R476", Holds(Kind::Text)), ("MS-ASEMAIL_R477", Longest(32768))],
    ),
    Element::new(
        &[],
        "Email:Importance",
        &[("MS-ASEMAIL_R482", Holds(Kind::UnsignedByte)), ("MS-ASEMAIL_R483", Values(&["0", "1", "2"]))],
    ),
    Element::new(&[], "Email:InternetCPID", &[("MS-ASEMAIL_R498", Holds(Kind::Text))]),
    Element::new(&[], "Email:MessageClass", &[("MS-ASEMAIL_R584", Holds(Kind::Text))]),
    Element::new(&[], "AirSyncBase:NativeBodyType", &[("MS-ASEMAIL_R623", Holds(Kind::UnsignedByte))]),
    Element::new(&[], "Email:Read", &[("MS-ASEMAIL_R642", Holds(Kind::Boolean))]),
    Element::new(&[], "Email2:ReceivedAsBcc", &[("MS-ASEMAIL_R646", Holds(Kind::Boolean))]),
    Element::new(
        &[],
        "Email:ReplyTo",
        &[("MS-ASEMAIL_R709", Holds(Kind::Text)), ("MS-ASEMAIL_R710", Holds(Kind::Addresses))],
    ),
    Element::new(
        &[],
        "Email:Subject",
        &[
            ("MS-ASEMAIL_R51", Seen),
            ("MS-ASEMAIL_R53", Seen),
            ("MS-ASEMAIL_R108", Seen),
            ("MS-ASEMAIL_R109", Seen),
            ("MS-ASEMAIL_R1416", Holds(Kind::Text)),
        ],
    ),
    Element::new(&[], "Email:ThreadTopic", &[("MS-ASEMAIL_R780", Holds(Kind::Text))]),
    Element::new(
        &[Sync],
        "Email:Subject",
        &[("MS-ASEMAIL_R55", Seen), ("MS-ASEMAIL_R70", Seen), ("MS-ASEMAIL_R71", Seen)],
    ),
    Element::new(&[ItemOperations], "Email:Subject", &[("MS-ASEMAIL_R59", Seen), ("MS-ASEMAIL_R62", Seen)]),
    Element::new(&[ItemOperations], "Email:*", &[("MS-ASEMAIL_R64", Within("ItemOperations:Properties"))]),
    Element::new(&[Sync], "Email:*", &[("MS-ASEMAIL_R72", Within("AirSync:ApplicationData"))]),
    Element::new(
        &[],
        "AirSyncBase:Body",
        &[(
            "MS-ASEMAIL_R245",
            Children(&[
                "AirSyncBase:Type",
                "AirSyncBase:EstimatedDataSize",
                "AirSyncBase:Truncated",
                "AirSyncBase:Data",
                "AirSyncBase:Preview",
                "ItemOperations:Part",
            ]),
        )],
    ),
    Element::new(
        &[Sync],
        "AirSyncBase:Body",
        &[(
            "MS-ASEMAIL_R246",
            Children(&[
                "AirSyncBase:Type",
                "AirSyncBase:EstimatedDataSize",
                "AirSyncBase:Truncated",
                "AirSyncBase:Data",
                "AirSyncBase:Preview",
                "ItemOperations:Part",
            ]),
        )],
    ),
    Element::new(
        &[ItemOperations],
        "AirSyncBase:Body",
        &[(
            "MS-ASEMAIL_R248",
            Children(&[
                "AirSyncBase:Type",
                "AirSyncBase:EstimatedDataSize",
                "AirSyncBase:Truncated",
                "AirSyncBase:Data",
                "AirSyncBase:Preview",
                "ItemOperations:Part",
            ]),
        )],
    ),
    Element::new(&[], "AirSyncBase:Type", &[("MS-ASEMAIL_R250", Number(&["AirSyncBase:Body"], 1, 1))]),
    Element::new(
        &[],
        "Email:To",
        &[
            ("MS-ASEMAIL_R786", Holds(Kind::Addresses)),
            ("MS-ASEMAIL_R788", Holds(Kind::Text)),
            ("MS-ASEMAIL_R788", Longest(32768)),
        ],
    ),
    Element::new(&[], "Email2:Sender", &[("MS-ASEMAIL_R721", Holds(Kind::Addresses))]),
    Element::new(
        &[Sync],
        "Email:InternetCPID",
        &[("MS-ASEMAIL_R496", With("AirSync:ApplicationData", "Email:MessageClass"))],
    ),
    Element::new(&[], "Email2:IsDraft", &[("MS-ASEMAIL_R1277", Holds(Kind::Boolean))]),
];
