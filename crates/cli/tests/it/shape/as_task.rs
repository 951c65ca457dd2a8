//! [MS-ASTASK]: tasks.

use fieldpost_testkit::shape::Claim::{Holds, Values};
use fieldpost_testkit::shape::{Element, Kind};

#[test]
fn everything_has_its_place_and_type() {
    super::check(TABLE);
}

const TABLE: &[Element] = &[
    Element::new(&[], "AirSyncBase:Body", &[("MS-ASTASK_R74", Holds(Kind::Container))]),
    Element::new(&[], "Tasks:DateCompleted", &[("MS-ASTASK_R125", Holds(Kind::DateTime))]),
    Element::new(&[], "Tasks:DueDate", &[("MS-ASTASK_R161", Holds(Kind::DateTime))]),
    Element::new(
        &[],
        "Tasks:ReminderSet",
        &[("MS-ASTASK_R248", Holds(Kind::UnsignedByte)), ("MS-ASTASK_R249", Values(&["0", "1"]))],
    ),
    Element::new(&[], "Tasks:ReminderTime", &[("MS-ASTASK_R255", Holds(Kind::DateTime))]),
    Element::new(&[], "Tasks:StartDate", &[("MS-ASTASK_R274", Holds(Kind::DateTime))]),
    Element::new(&[], "Tasks:Subject", &[("MS-ASTASK_R277", Holds(Kind::Text))]),
    Element::new(&[], "Tasks:UtcDueDate", &[("MS-ASTASK_R308", Holds(Kind::DateTime))]),
    Element::new(&[], "Tasks:UtcStartDate", &[("MS-ASTASK_R311", Holds(Kind::DateTime))]),
];
