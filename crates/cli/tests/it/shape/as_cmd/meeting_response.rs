//! [MS-ASCMD]: answers to MeetingResponse.

use fieldpost_eas::command::CommandName::MeetingResponse;
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
        &[MeetingResponse],
        "MeetingResponse:CalendarId",
        &[
            ("MS-ASCMD_R1107", Parent(&["MeetingResponse:Result"])),
            ("MS-ASCMD_R1108", Childless),
            ("MS-ASCMD_R1109", Holds(Kind::Text)),
            ("MS-ASCMD_R1110", Number(&["MeetingResponse:Result"], 0, 1)),
            ("MS-ASCMD_R5868", Longest(64)),
        ],
    ),
    Element::new(
        &[MeetingResponse],
        "MeetingResponse:MeetingResponse",
        &[
            ("MS-ASCMD_R1888", Root),
            ("MS-ASCMD_R1889", Children(&["MeetingResponse:Result"])),
            ("MS-ASCMD_R1890", Holds(Kind::Container)),
            ("MS-ASCMD_R1891", Identifies),
            ("MS-ASCMD_R3312", Identifies),
        ],
    ),
    Element::new(
        &[MeetingResponse],
        "MeetingResponse:RequestId",
        &[
            ("MS-ASCMD_R2467", Parent(&["MeetingResponse:Result"])),
            ("MS-ASCMD_R2468", Childless),
            ("MS-ASCMD_R2469", Holds(Kind::Text)),
            ("MS-ASCMD_R2470", Number(&["MeetingResponse:Result"], 0, 1)),
            ("MS-ASCMD_R5871", Longest(64)),
        ],
    ),
    Element::new(
        &[MeetingResponse],
        "MeetingResponse:Result",
        &[
            ("MS-ASCMD_R2508", Parent(&["MeetingResponse:MeetingResponse"])),
            (
                "MS-ASCMD_R2509",
                Children(&[
                    "MeetingResponse:RequestId",
                    "MeetingResponse:Status",
                    "MeetingResponse:CalendarId",
                    "MeetingResponse:InstanceId",
                ]),
            ),
            ("MS-ASCMD_R2510", Holds(Kind::Container)),
            ("MS-ASCMD_R2511", Number(&["MeetingResponse:MeetingResponse"], 1, MANY)),
            ("MS-ASCMD_R3840", Number(&["MeetingResponse:MeetingResponse"], 1, MANY)),
        ],
    ),
    Element::new(
        &[MeetingResponse],
        "MeetingResponse:Status",
        &[
            ("MS-ASCMD_R2731", Parent(&["MeetingResponse:Result"])),
            ("MS-ASCMD_R2732", Childless),
            ("MS-ASCMD_R2733", Holds(Kind::Integer)),
            ("MS-ASCMD_R2734", Number(&["MeetingResponse:Result"], 1, 1)),
            ("MS-ASCMD_R4175", Number(&["MeetingResponse:Result"], 1, MANY)),
            ("MS-ASCMD_R4177", Status(&["1", "2", "3", "4"])),
        ],
    ),
];
