//! [MS-ASCMD]: answers to Find.

use fieldpost_eas::command::CommandName::Find;
use fieldpost_testkit::shape::Claim::{Childless, Children, Holds, Identifies, Number, Parent, Root};
use fieldpost_testkit::shape::{Element, Kind, MANY};

#[test]
fn everything_has_its_place_and_type() {
    super::super::check(TABLE);
}

const TABLE: &[Element] = &[
    Element::new(
        &[Find],
        "Find:Find",
        &[
            ("MS-ASCMD_R65591902", Identifies),
            ("MS-ASCMD_R65591908", Root),
            ("MS-ASCMD_R65591909", Children(&["Find:Status", "Find:Response"])),
            ("MS-ASCMD_R65591910", Holds(Kind::Container)),
            ("MS-ASCMD_R65591911", Identifies),
        ],
    ),
    Element::new(
        &[Find],
        "Find:Status",
        &[
            ("MS-ASCMD_R72171802", Number(&["Find:Find", "Find:Response"], 1, MANY)),
            ("MS-ASCMD_R72171804", Parent(&["Find:Find", "Find:Response"])),
            ("MS-ASCMD_R72171805", Childless),
            ("MS-ASCMD_R72171806", Holds(Kind::Integer)),
            ("MS-ASCMD_R72171807", Number(&["Find:Find", "Find:Response"], 1, 1)),
        ],
    ),
];
