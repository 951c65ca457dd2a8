//! [MS-ASCNTC]: contacts.

use fieldpost_testkit::shape::Claim::Holds;
use fieldpost_testkit::shape::{Element, Kind};

#[test]
fn everything_has_its_place_and_type() {
    super::check(TABLE);
}

const TABLE: &[Element] =
    &[Element::new(&[], "AirSyncBase:Body", &[("MS-ASCNTC_R127", Holds(Kind::Container))])];
