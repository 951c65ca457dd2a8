//! [MS-ASNOTE]: notes.

use fieldpost_testkit::shape::Claim::Holds;
use fieldpost_testkit::shape::{Element, Kind};

#[test]
fn everything_has_its_place_and_type() {
    super::check(TABLE);
}

const TABLE: &[Element] =
    &[Element::new(&[], "AirSyncBase:Body", &[("MS-ASNOTE_R35", Holds(Kind::Container))])];
