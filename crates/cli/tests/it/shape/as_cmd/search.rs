//! [MS-ASCMD]: answers to Search.

use fieldpost_eas::command::CommandName::Search;
use fieldpost_testkit::shape::Claim::{
    Childless, Children, Holds, Identifies, Number, Parent, Root, Status, Values, With,
};
use fieldpost_testkit::shape::{Element, Kind, MANY};

#[test]
fn everything_has_its_place_and_type() {
    super::super::check(TABLE);
}

const TABLE: &[Element] = &[
    Element::new(
        &[Search],
        "GAL:Alias",
        &[
            ("MS-ASCMD_R5288", Parent(&["Search:Properties"])),
            ("MS-ASCMD_R5289", Childless),
            ("MS-ASCMD_R5290", Holds(Kind::Text)),
            ("MS-ASCMD_R5291", Number(&["Search:Properties"], 0, 1)),
        ],
    ),
    Element::new(
        &[Search],
        "AirSync:Class",
        &[
            ("MS-ASCMD_R1319", Parent(&["Search:Result"])),
            ("MS-ASCMD_R1320", Childless),
            ("MS-ASCMD_R1321", Holds(Kind::Text)),
            ("MS-ASCMD_R5849", With("Search:Result", "Search:LongId")),
        ],
    ),
    Element::new(
        &[Search],
        "AirSync:CollectionId",
        &[
            ("MS-ASCMD_R1392", Parent(&["Search:Result"])),
            ("MS-ASCMD_R1393", Childless),
            ("MS-ASCMD_R1394", Holds(Kind::Text)),
            ("MS-ASCMD_R1395", Number(&["Search:Result"], 0, MANY)),
        ],
    ),
    Element::new(
        &[Search],
        "GAL:Company",
        &[
            ("MS-ASCMD_R5295", Parent(&["Search:Properties"])),
            ("MS-ASCMD_R5296", Childless),
            ("MS-ASCMD_R5297", Holds(Kind::Text)),
            ("MS-ASCMD_R5298", Number(&["Search:Properties"], 0, 1)),
        ],
    ),
    Element::new(
        &[Search],
        "GAL:Data",
        &[
            ("MS-ASCMD_R1470", Parent(&["GAL:Picture"])),
            ("MS-ASCMD_R1471", Childless),
            ("MS-ASCMD_R1472", Holds(Kind::Bytes)),
            ("MS-ASCMD_R1473", Number(&["GAL:Picture"], 0, 1)),
        ],
    ),
    Element::new(
        &[Search],
        "GAL:DisplayName",
        &[
            ("MS-ASCMD_R5302", Parent(&["Search:Properties"])),
            ("MS-ASCMD_R5303", Childless),
            ("MS-ASCMD_R5304", Holds(Kind::Text)),
            ("MS-ASCMD_R5305", Number(&["Search:Properties"], 0, 1)),
        ],
    ),
    Element::new(
        &[Search],
        "GAL:EmailAddress",
        &[
            ("MS-ASCMD_R5318", Parent(&["Search:Properties"])),
            ("MS-ASCMD_R5319", Childless),
            ("MS-ASCMD_R5320", Holds(Kind::Text)),
            ("MS-ASCMD_R5321", Number(&["Search:Properties"], 0, 1)),
        ],
    ),
    Element::new(
        &[Search],
        "GAL:FirstName",
        &[
            ("MS-ASCMD_R5325", Parent(&["Search:Properties"])),
            ("MS-ASCMD_R5326", Childless),
            ("MS-ASCMD_R5327", Holds(Kind::Text)),
            ("MS-ASCMD_R5328", Number(&["Search:Properties"], 0, 1)),
        ],
    ),
    Element::new(
        &[Search],
        "GAL:HomePhone",
        &[
            ("MS-ASCMD_R5332", Parent(&["Search:Properties"])),
            ("MS-ASCMD_R5333", Childless),
            ("MS-ASCMD_R5334", Holds(Kind::Text)),
            ("MS-ASCMD_R5335", Number(&["Search:Properties"], 0, 1)),
        ],
    ),
    Element::new(
        &[Search],
        "GAL:LastName",
        &[
            ("MS-ASCMD_R5339", Parent(&["Search:Properties"])),
            ("MS-ASCMD_R5340", Childless),
            ("MS-ASCMD_R5341", Holds(Kind::Text)),
            ("MS-ASCMD_R5342", Number(&["Search:Properties"], 0, 1)),
        ],
    ),
    Element::new(
        &[Search],
        "Search:LongId",
        &[
            ("MS-ASCMD_R1836", Parent(&["Search:Result"])),
            ("MS-ASCMD_R1837", Childless),
            ("MS-ASCMD_R1838", Holds(Kind::Text)),
            ("MS-ASCMD_R1839", Number(&["Search:Result"], 0, 1)),
        ],
    ),
    Element::new(
        &[Search],
        "GAL:MobilePhone",
        &[
            ("MS-ASCMD_R5355", Parent(&["Search:Properties"])),
            ("MS-ASCMD_R5356", Childless),
            ("MS-ASCMD_R5357", Holds(Kind::Text)),
            ("MS-ASCMD_R5358", Number(&["Search:Properties"], 0, 1)),
        ],
    ),
    Element::new(
        &[Search],
        "GAL:Office",
        &[
            ("MS-ASCMD_R5362", Parent(&["Search:Properties"])),
            ("MS-ASCMD_R5363", Childless),
            ("MS-ASCMD_R5364", Holds(Kind::Text)),
            ("MS-ASCMD_R5365", Number(&["Search:Properties"], 0, 1)),
        ],
    ),
    Element::new(
        &[Search],
        "GAL:Phone",
        &[
            ("MS-ASCMD_R5370", Parent(&["Search:Properties"])),
            ("MS-ASCMD_R5372", Holds(Kind::Text)),
            ("MS-ASCMD_R5373", Number(&["Search:Properties"], 0, 1)),
        ],
    ),
    Element::new(
        &[Search],
        "GAL:Picture",
        &[
            ("MS-ASCMD_R2380", Parent(&["Search:Properties"])),
            ("MS-ASCMD_R2381", Children(&["GAL:Status", "GAL:Data"])),
            ("MS-ASCMD_R2382", Holds(Kind::Container)),
            ("MS-ASCMD_R2383", Number(&["Search:Properties"], 0, 1)),
        ],
    ),
    Element::new(
        &[Search],
        "Search:Properties",
        &[
            ("MS-ASCMD_R2402", Parent(&["Search:Result"])),
            ("MS-ASCMD_R2405", Holds(Kind::Container)),
            ("MS-ASCMD_R2406", With("Search:Result", "Search:LongId")),
            ("MS-ASCMD_R2406", Number(&["Search:Result"], 0, 1)),
            ("MS-ASCMD_R3687", With("Search:Result", "Search:LongId")),
            ("MS-ASCMD_R3687", Number(&["Search:Result"], 0, 1)),
        ],
    ),
    Element::new(
        &[Search],
        "Search:Response",
        &[
            ("MS-ASCMD_R2500", Parent(&["Search:Search"])),
            ("MS-ASCMD_R2501", Children(&["Search:Store"])),
            ("MS-ASCMD_R2502", Holds(Kind::Container)),
            ("MS-ASCMD_R2503", Number(&["Search:Search"], 0, 1)),
        ],
    ),
    Element::new(
        &[Search],
        "Search:Result",
        &[
            ("MS-ASCMD_R2512", Parent(&["Search:Store"])),
            (
                "MS-ASCMD_R2513",
                Children(&["AirSync:Class", "Search:LongId", "AirSync:CollectionId", "Search:Properties"]),
            ),
            ("MS-ASCMD_R2514", Holds(Kind::Container)),
        ],
    ),
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
    Element::new(
        &[Search],
        "Search:Store",
        &[
            ("MS-ASCMD_R2783", Parent(&["Search:Response"])),
            ("MS-ASCMD_R2784", Children(&["Search:Status", "Search:Result", "Search:Range", "Search:Total"])),
            ("MS-ASCMD_R2785", Holds(Kind::Container)),
            ("MS-ASCMD_R2786", Number(&["Search:Response"], 1, 1)),
            ("MS-ASCMD_R4531", Number(&["Search:Response"], 1, MANY)),
        ],
    ),
    Element::new(
        &[Search],
        "GAL:Title",
        &[
            ("MS-ASCMD_R5393", Parent(&["Search:Properties"])),
            ("MS-ASCMD_R5394", Childless),
            ("MS-ASCMD_R5395", Holds(Kind::Text)),
            ("MS-ASCMD_R5396", Number(&["Search:Properties"], 0, 1)),
        ],
    ),
    Element::new(
        &[Search],
        "Search:Total",
        &[
            ("MS-ASCMD_R2855", Parent(&["Search:Store"])),
            ("MS-ASCMD_R2856", Childless),
            ("MS-ASCMD_R2857", Holds(Kind::Integer)),
            ("MS-ASCMD_R2858", Number(&["Search:Store"], 0, 1)),
            ("MS-ASCMD_R4633", Parent(&["Search:Store"])),
        ],
    ),
    Element::new(&[Search], "Search:Range", &[("MS-ASCMD_R3725", Holds(Kind::Range))]),
    Element::new(&[Search], "Search:Search/Search:Status", &[("MS-ASCMD_R4321", Status(&["1", "3"]))]),
    Element::new(
        &[Search],
        "Search:Store/Search:Status",
        &[(
            "MS-ASCMD_R4325",
            Values(&["1", "2", "3", "4", "5", "6", "7", "8", "10", "11", "12", "13", "14"]),
        )],
    ),
    Element::new(
        &[Search],
        "GAL:Status",
        &[
            ("MS-ASCMD_R2750", Number(&["GAL:Picture"], 1, 1)),
            ("MS-ASCMD_R4315", Number(&["GAL:Picture"], 1, 1)),
        ],
    ),
];
