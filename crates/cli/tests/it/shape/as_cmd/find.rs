//! [MS-ASCMD]: answers to Find.

use fieldpost_eas::command::CommandName::Find;
use fieldpost_testkit::shape::Claim::{
    Childless, Children, Holds, Identifies, Number, Parent, Root, Values, With,
};
use fieldpost_testkit::shape::{Element, Kind, MANY};

#[test]
fn everything_has_its_place_and_type() {
    super::super::check(TABLE);
}

const TABLE: &[Element] = &[
    Element::new(
        &[Find],
        "GAL:Alias",
        &[
            ("MS-ASCMD_R61641063", Parent(&["Find:Properties"])),
            ("MS-ASCMD_R61641064", Childless),
            ("MS-ASCMD_R61641065", Holds(Kind::Text)),
            ("MS-ASCMD_R61641066", Number(&["Find:Properties"], 0, 1)),
        ],
    ),
    Element::new(
        &[Find],
        "AirSync:Class",
        &[
            ("MS-ASCMD_R9010602", With("Find:Result", "AirSync:ServerId")),
            ("MS-ASCMD_R9010602", Number(&["Find:Result"], 0, 1)),
            ("MS-ASCMD_R9010609", Parent(&["Find:Result"])),
            ("MS-ASCMD_R9010610", Childless),
            ("MS-ASCMD_R9010611", Holds(Kind::Text)),
            ("MS-ASCMD_R9010612", With("Find:Result", "AirSync:ServerId")),
            ("MS-ASCMD_R9010612", Number(&["Find:Result"], 0, 1)),
        ],
    ),
    Element::new(
        &[Find],
        "AirSync:CollectionId",
        &[
            ("MS-ASCMD_R9820602", With("Find:Result", "AirSync:ServerId")),
            ("MS-ASCMD_R9820602", Number(&["Find:Result"], 0, 1)),
            ("MS-ASCMD_R9820608", Parent(&["Find:Result"])),
            ("MS-ASCMD_R9820609", Childless),
            ("MS-ASCMD_R9820610", Holds(Kind::Text)),
            ("MS-ASCMD_R9820611", With("Find:Result", "AirSync:ServerId")),
            ("MS-ASCMD_R9820611", Number(&["Find:Result"], 0, 1)),
        ],
    ),
    Element::new(
        &[Find],
        "GAL:Company",
        &[
            ("MS-ASCMD_R63510607", Parent(&["Find:Properties"])),
            ("MS-ASCMD_R63510608", Childless),
            ("MS-ASCMD_R63510609", Holds(Kind::Text)),
            ("MS-ASCMD_R63510610", Number(&["Find:Properties"], 0, 1)),
        ],
    ),
    Element::new(
        &[Find],
        "GAL:Data",
        &[
            ("MS-ASCMD_R21270702", Parent(&["GAL:Picture"])),
            ("MS-ASCMD_R21270703", Childless),
            ("MS-ASCMD_R21270704", Holds(Kind::Bytes)),
            ("MS-ASCMD_R21270705", Number(&["GAL:Picture"], 0, 1)),
        ],
    ),
    Element::new(
        &[Find],
        "Find:DisplayCc",
        &[
            ("MS-ASCMD_R64390719", Parent(&["Find:Properties"])),
            ("MS-ASCMD_R64390720", Childless),
            ("MS-ASCMD_R64390721", Holds(Kind::Text)),
            ("MS-ASCMD_R64390722", Number(&["Find:Properties"], 0, 1)),
        ],
    ),
    Element::new(
        &[Find],
        "GAL:DisplayName",
        &[
            ("MS-ASCMD_R64430704", Parent(&["Find:Properties"])),
            ("MS-ASCMD_R64430705", Childless),
            ("MS-ASCMD_R64430706", Holds(Kind::Text)),
            ("MS-ASCMD_R64430707", Number(&["Find:Properties"], 0, 1)),
        ],
    ),
    Element::new(
        &[Find],
        "GAL:EmailAddress",
        &[
            ("MS-ASCMD_R53080804", Parent(&["Find:Properties"])),
            ("MS-ASCMD_R53080805", Childless),
            ("MS-ASCMD_R53080806", Holds(Kind::Text)),
            ("MS-ASCMD_R53080807", Number(&["Find:Properties"], 0, 1)),
        ],
    ),
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
        "GAL:FirstName",
        &[
            ("MS-ASCMD_R65590808", Parent(&["Find:Properties"])),
            ("MS-ASCMD_R65590809", Childless),
            ("MS-ASCMD_R65590810", Holds(Kind::Text)),
            ("MS-ASCMD_R65590811", Number(&["Find:Properties"], 0, 1)),
        ],
    ),
    Element::new(
        &[Find],
        "Find:HasAttachments",
        &[
            ("MS-ASCMD_R66851603", Parent(&["Find:Properties"])),
            ("MS-ASCMD_R66851604", Childless),
            ("MS-ASCMD_R66851605", Holds(Kind::Boolean)),
            ("MS-ASCMD_R66851606", Number(&["Find:Properties"], 0, 1)),
        ],
    ),
    Element::new(
        &[Find],
        "GAL:HomePhone",
        &[
            ("MS-ASCMD_R66941607", Parent(&["Find:Properties"])),
            ("MS-ASCMD_R66941608", Childless),
            ("MS-ASCMD_R66941609", Holds(Kind::Text)),
            ("MS-ASCMD_R66941610", Number(&["Find:Properties"], 0, 1)),
        ],
    ),
    Element::new(
        &[Find],
        "GAL:LastName",
        &[
            ("MS-ASCMD_R67291607", Parent(&["Find:Properties"])),
            ("MS-ASCMD_R67291608", Childless),
            ("MS-ASCMD_R67291609", Holds(Kind::Text)),
            ("MS-ASCMD_R67291610", Number(&["Find:Properties"], 0, 1)),
        ],
    ),
    Element::new(
        &[Find],
        "GAL:MobilePhone",
        &[
            ("MS-ASCMD_R68291608", Parent(&["Find:Properties"])),
            ("MS-ASCMD_R68291610", Childless),
            ("MS-ASCMD_R68291611", Holds(Kind::Text)),
            ("MS-ASCMD_R68291612", Number(&["Find:Properties"], 0, 1)),
        ],
    ),
    Element::new(
        &[Find],
        "GAL:Office",
        &[
            ("MS-ASCMD_R68651724", Parent(&["Find:Properties"])),
            ("MS-ASCMD_R68651725", Childless),
            ("MS-ASCMD_R68651726", Holds(Kind::Text)),
            ("MS-ASCMD_R68651727", Number(&["Find:Properties"], 0, 1)),
        ],
    ),
    Element::new(
        &[Find],
        "GAL:Phone",
        &[
            ("MS-ASCMD_R69581708", Parent(&["Find:Properties"])),
            ("MS-ASCMD_R69581709", Childless),
            ("MS-ASCMD_R69581710", Holds(Kind::Text)),
            ("MS-ASCMD_R69581711", Number(&["Find:Properties"], 0, 1)),
        ],
    ),
    Element::new(
        &[Find],
        "GAL:Picture",
        &[
            ("MS-ASCMD_R36691708", Parent(&["Find:Properties"])),
            ("MS-ASCMD_R36691709", Children(&["GAL:Status", "GAL:Data"])),
            ("MS-ASCMD_R36691710", Holds(Kind::Container)),
            ("MS-ASCMD_R36691711", Number(&["Find:Properties"], 0, 1)),
        ],
    ),
    Element::new(
        &[Find],
        "Find:Preview",
        &[
            ("MS-ASCMD_R69781704", Parent(&["Find:Properties"])),
            ("MS-ASCMD_R69781705", Childless),
            ("MS-ASCMD_R69781706", Holds(Kind::Text)),
            ("MS-ASCMD_R69781707", Number(&["Find:Properties"], 0, 1)),
        ],
    ),
    Element::new(
        &[Find],
        "Find:Properties",
        &[
            ("MS-ASCMD_R36841701", Number(&["Find:Result"], 1, MANY)),
            ("MS-ASCMD_R36841703", Parent(&["Find:Result"])),
            ("MS-ASCMD_R36841705", Holds(Kind::Container)),
            ("MS-ASCMD_R36841706", Number(&["Find:Result"], 1, 1)),
        ],
    ),
    Element::new(
        &[Find],
        "Find:Response",
        &[
            ("MS-ASCMD_R70481804", Parent(&["Find:Find"])),
            (
                "MS-ASCMD_R70481805",
                Children(&["ItemOperations:Store", "Find:Status", "Find:Result", "Find:Range", "Find:Total"]),
            ),
            ("MS-ASCMD_R70481806", Holds(Kind::Container)),
            ("MS-ASCMD_R70481807", Number(&["Find:Find"], 0, 1)),
        ],
    ),
    Element::new(
        &[Find],
        "Find:Result",
        &[
            ("MS-ASCMD_R99910", Parent(&["Find:Response"])),
            (
                "MS-ASCMD_R99911",
                Children(&["AirSync:Class", "AirSync:ServerId", "AirSync:CollectionId", "Find:Properties"]),
            ),
            ("MS-ASCMD_R99912", Holds(Kind::Container)),
        ],
    ),
    Element::new(
        &[Find],
        "AirSync:ServerId",
        &[
            ("MS-ASCMD_R38971801", With("Find:Result", "AirSync:Class")),
            ("MS-ASCMD_R38971801", Number(&["Find:Result"], 0, 1)),
            ("MS-ASCMD_R38971803", Parent(&["Find:Result"])),
            ("MS-ASCMD_R38971804", Childless),
            ("MS-ASCMD_R38971805", Holds(Kind::Text)),
            ("MS-ASCMD_R38971806", With("Find:Result", "AirSync:Class")),
            ("MS-ASCMD_R38971806", Number(&["Find:Result"], 0, 1)),
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
    Element::new(
        &[Find],
        "ItemOperations:Store",
        &[
            ("MS-ASCMD_R45251801", Number(&["Find:Response"], 1, MANY)),
            ("MS-ASCMD_R45251803", Parent(&["Find:Response"])),
            ("MS-ASCMD_R45251804", Childless),
            ("MS-ASCMD_R45251805", Holds(Kind::Text)),
            ("MS-ASCMD_R45251806", Number(&["Find:Response"], 1, 1)),
        ],
    ),
    Element::new(
        &[Find],
        "GAL:Title",
        &[
            ("MS-ASCMD_R73291807", Parent(&["Find:Properties"])),
            ("MS-ASCMD_R73291808", Childless),
            ("MS-ASCMD_R73291809", Holds(Kind::Text)),
            ("MS-ASCMD_R73291810", Number(&["Find:Properties"], 0, 1)),
        ],
    ),
    Element::new(
        &[Find],
        "Find:Total",
        &[
            ("MS-ASCMD_R46301803", Parent(&["Find:Response"])),
            ("MS-ASCMD_R46301804", Childless),
            ("MS-ASCMD_R46301805", Holds(Kind::Text)),
            ("MS-ASCMD_R46301806", Number(&["Find:Response"], 0, 1)),
        ],
    ),
    Element::new(&[Find], "Find:Range", &[("MS-ASCMD_R37071811", Holds(Kind::Range))]),
    Element::new(
        &[Find],
        "Find:Response/Find:Status",
        &[("MS-ASCMD_R72172506", Values(&["1", "2", "3", "4"]))],
    ),
];
