//! [MS-ASCMD]: answers to MeetingResponse.

use fieldpost_eas::command::CommandName::MeetingResponse;
use fieldpost_testkit::shape::Claim::{Childless, Holds, Identifies, Number, Root, Status};
use fieldpost_testkit::shape::{Element, Kind, MANY};

#[test]
fn everything_has_its_place_and_type() {
    super::super::check(TABLE);
}

const TABLE: &[Element] = &[
    Element::new(
        &[MeetingResponse],
        "MeetingResponse:MeetingResponse",
        &[
            ("MS-ASCMD_R1888", Root),
            ("MS-ASCMD_R1890", Holds(Kind::Container)),
            ("MS-ASCMD_R1891", Identifies),
            ("MS-ASCMD_R3312", Identifies),
        ],
    ),
    Element::new(
        &[MeetingResponse],
        "MeetingResponse:Status",
        &[
            ("MS-ASCMD_R2732", Childless),
            ("MS-ASCMD_R2733", Holds(Kind::Integer)),
            ("MS-ASCMD_R2734", Number(&["MeetingResponse:Result"], 1, 1)),
            ("MS-ASCMD_R4175", Number(&["MeetingResponse:Result"], 1, MANY)),
            ("MS-ASCMD_R4177", Status(&["1", "2", "3", "4"])),
        ],
    ),
];
