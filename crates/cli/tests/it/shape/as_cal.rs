//! [MS-ASCAL]: events.

use fieldpost_eas::command::CommandName::Sync;
use fieldpost_testkit::shape::Claim::{Holds, Longest, Number, Within};
use fieldpost_testkit::shape::{Element, Kind};

#[test]
fn everything_has_its_place_and_type() {
    super::check(TABLE);
}

const TABLE: &[Element] = &[
    Element::new(&[], "AirSyncBase:Body", &[("MS-ASCAL_R12711", Number(&["Calendar:Exception"], 0, 1))]),
    Element::new(&[], "AirSyncBase:NativeBodyType", &[("MS-ASCAL_R336", Holds(Kind::UnsignedByte))]),
    Element::new(
        &[],
        "Calendar:UID",
        &[("MS-ASCAL_R462", Holds(Kind::Text)), ("MS-ASCAL_R463", Longest(300))],
    ),
    Element::new(
        &[Sync],
        "AirSync:ApplicationData/AirSyncBase:Body/AirSyncBase:Data",
        &[("MS-ASCAL_R12411", Holds(Kind::Text))],
    ),
    Element::new(&[Sync], "Calendar:*", &[("MS-ASCAL_R538", Within("AirSync:ApplicationData"))]),
];
