//! [MS-ASNOTE]: notes.

use fieldpost_eas::command::CommandName::{ItemOperations, Search, Sync};
use fieldpost_testkit::shape::Claim::{Holds, Parent, Seen, Values, With, Within};
use fieldpost_testkit::shape::{Element, Kind};

#[test]
fn everything_has_its_place_and_type() {
    super::check(TABLE);
}

const TABLE: &[Element] = &[
    Element::new(&[], "AirSyncBase:Body", &[("MS-ASNOTE_R35", Holds(Kind::Container))]),
    Element::new(&[], "Notes:Categories", &[("MS-ASNOTE_R44", Holds(Kind::Container))]),
    Element::new(
        &[],
        "Notes:Category",
        &[("MS-ASNOTE_R47", Parent(&["Notes:Categories"])), ("MS-ASNOTE_R50", Holds(Kind::Text))],
    ),
    Element::new(&[], "Notes:LastModifiedDate", &[("MS-ASNOTE_R53", Holds(Kind::CompactDateTime))]),
    Element::new(
        &[],
        "Notes:MessageClass",
        &[("MS-ASNOTE_R56", Holds(Kind::Text)), ("MS-ASNOTE_R57", Values(&["IPM.StickyNote"]))],
    ),
    Element::new(
        &[],
        "Notes:Subject",
        &[("MS-ASNOTE_R2", Seen), ("MS-ASNOTE_R3", Seen), ("MS-ASNOTE_R60", Holds(Kind::Text))],
    ),
    Element::new(&[Sync], "Notes:Subject", &[("MS-ASNOTE_R96", Seen), ("MS-ASNOTE_R110", Seen)]),
    Element::new(&[ItemOperations], "Notes:Subject", &[("MS-ASNOTE_R100", Seen), ("MS-ASNOTE_R101", Seen)]),
    Element::new(&[ItemOperations], "Notes:*", &[("MS-ASNOTE_R104", Within("ItemOperations:Properties"))]),
    Element::new(&[Search], "Notes:Subject", &[("MS-ASNOTE_R98", Seen), ("MS-ASNOTE_R106", Seen)]),
    Element::new(&[Search], "Notes:*", &[("MS-ASNOTE_R108", Within("Search:Properties"))]),
    Element::new(
        &[Sync],
        "Notes:MessageClass",
        &[("MS-ASNOTE_R54", With("AirSync:ApplicationData", "Notes:LastModifiedDate"))],
    ),
    Element::new(
        &[Sync],
        "Notes:LastModifiedDate",
        &[("MS-ASNOTE_R125", With("AirSync:ApplicationData", "Notes:MessageClass"))],
    ),
    Element::new(&[Sync], "AirSync:Add/AirSync:ApplicationData/Notes:*", &[("MS-ASNOTE_R126", Seen)]),
];
