//! [MS-ASCMD]: answers to Search.

use fieldpost_eas::command::CommandName::Search;
use fieldpost_testkit::shape::Claim::{Childless, Children, Holds, Identifies, Number, Parent, Root, Status};
use fieldpost_testkit::shape::{Element, Kind};

#[test]
fn everything_has_its_place_and_type() {
    super::super::check(TABLE);
}

const TABLE: &[Element] = &[
    Element::new(
        &[Search],
        "Search:Search",
        &[
            ("MS-ASCMD_R2545", Root),
            ("MS-ASCMD_R2546", Children(&["Search:Status", "Search:Response"])),
            ("MS-ASCMD_R2547", Holds(Kind::Container)),
            ("MS-ASCMD_R2548", Identifies),
            ("MS-ASCMD_R3880", Identifies),
        ],
    ),
    Element::new(
        &[Search],
        "Search:Status",
        &[
            ("MS-ASCMD_R2747", Parent(&["Search:Search", "Search:Store", "GAL:Picture"])),
            ("MS-ASCMD_R2748", Childless),
            ("MS-ASCMD_R2749", Holds(Kind::Integer)),
            ("MS-ASCMD_R2750", Number(&["Search:Search", "Search:Store"], 1, 1)),
            ("MS-ASCMD_R4315", Number(&["Search:Search", "Search:Store"], 1, 1)),
        ],
    ),
    Element::new(&[Search], "Search:Search/Search:Status", &[("MS-ASCMD_R4321", Status(&["1", "3"]))]),
    Element::new(
        &[Search],
        "GAL:Status",
        &[
            ("MS-ASCMD_R2750", Number(&["GAL:Picture"], 1, 1)),
            ("MS-ASCMD_R4315", Number(&["GAL:Picture"], 1, 1)),
        ],
    ),
];
