//! Find.

use fieldpost_eas::command::CommandName;

use super::Rules;
use super::Said::{Holds, In, Is, Times};
use super::Type::*;

#[test]
fn find() {
    let mut rules = Rules::of(CommandName::Find);
    rules.on(
        "Result",
        &[
            In(&["Response"]),                                           // MS-ASCMD_R99910
            Holds(&["Class", "ServerId", "CollectionId", "Properties"]), // MS-ASCMD_R99911
            Is(Container),                                               // MS-ASCMD_R99912
        ],
    );
    rules.on(
        "Class",
        &[
            In(&["Result"]), // MS-ASCMD_R9010609
            Is(String),      // MS-ASCMD_R9010611
        ],
    );
    rules.on(
        "Class",
        &[
            Holds(&[]), // MS-ASCMD_R9010610
        ],
    );
    rules.on(
        "CollectionId",
        &[
            In(&["Result"]), // MS-ASCMD_R9820608
            Holds(&[]),      // MS-ASCMD_R9820609
            Is(String),      // MS-ASCMD_R9820610
        ],
    );
    rules.on(
        "Data",
        &[
            In(&["Picture"]), // MS-ASCMD_R21270702
            Holds(&[]),       // MS-ASCMD_R21270703
            Is(Bytes),        // MS-ASCMD_R21270704
            Times(0, 1),      // MS-ASCMD_R21270705
        ],
    );
    rules.on(
        "GAL:Picture",
        &[
            In(&["Properties"]),        // MS-ASCMD_R36691708
            Holds(&["Status", "Data"]), // MS-ASCMD_R36691709
            Is(Container),              // MS-ASCMD_R36691710
            Times(0, 1),                // MS-ASCMD_R36691711
        ],
    );
    rules.on(
        "Properties",
        &[
            In(&["Result"]), // MS-ASCMD_R36841703
            Holds(&[
                "Subject",
                "DateReceived",
                "DisplayTo",
                "DisplayCc",
                "DisplayBcc",
                "Importance",
                "Read",
                "IsDraft",
                "Preview",
                "HasAttachments",
                "From",
                "DisplayName",
                "Phone",
                "Office",
                "Title",
                "Company",
                "Alias",
                "FirstName",
                "LastName",
                "HomePhone",
                "MobilePhone",
                "EmailAddress",
                "Picture",
            ]), // MS-ASCMD_R36841704
            Is(Container),   // MS-ASCMD_R36841705
            Times(1, 1),     // MS-ASCMD_R36841706
        ],
    );
    rules.on(
        "ServerId",
        &[
            In(&["Result"]),
            Holds(&[]), // MS-ASCMD_R38971804
        ],
    );
    rules.on(
        "ServerId",
        &[
            In(&["Result"]),
            Is(String), // MS-ASCMD_R38971805
        ],
    );
    rules.on(
        "Store",
        &[
            In(&["Response"]),
            In(&["Response"]), // MS-ASCMD_R45251803
        ],
    );
    rules.on(
        "Total",
        &[
            In(&["Response"]), // MS-ASCMD_R46301803
            Holds(&[]),        // MS-ASCMD_R46301804
            Times(0, 1),       // MS-ASCMD_R46301806
        ],
    );
    rules.on(
        "EmailAddress",
        &[
            In(&["Properties"]), // MS-ASCMD_R53080804
            Holds(&[]),          // MS-ASCMD_R53080805
            Is(String),          // MS-ASCMD_R53080806
            Times(0, 1),         // MS-ASCMD_R53080807
        ],
    );
    rules.on(
        "Alias",
        &[
            In(&["Properties"]), // MS-ASCMD_R61641063
            Holds(&[]),          // MS-ASCMD_R61641064
            Is(String),          // MS-ASCMD_R61641065
            Times(0, 1),         // MS-ASCMD_R61641066
        ],
    );
    rules.on(
        "Company",
        &[
            In(&["Properties"]),
            Holds(&[]),  // MS-ASCMD_R63510608
            Is(String),  // MS-ASCMD_R63510609
            Times(0, 1), // MS-ASCMD_R63510610
        ],
    );
    rules.on(
        "DisplayBcc",
        &[
            In(&["Properties"]), // MS-ASCMD_R64390706
            Holds(&[]),          // MS-ASCMD_R64390707
            Is(String),          // MS-ASCMD_R64390708
            Times(0, 1),         // MS-ASCMD_R64390709
        ],
    );
    rules.on(
        "DisplayCc",
        &[
            In(&["Properties"]), // MS-ASCMD_R64390719
            Holds(&[]),          // MS-ASCMD_R64390720
            Is(String),          // MS-ASCMD_R64390721
            Times(0, 1),         // MS-ASCMD_R64390722
        ],
    );
    rules.on(
        "DisplayName",
        &[
            In(&["Properties"]), // MS-ASCMD_R64430704
            Holds(&[]),          // MS-ASCMD_R64430705
            Is(String),          // MS-ASCMD_R64430706
            Times(0, 1),         // MS-ASCMD_R64430707
        ],
    );
    rules.on(
        "FirstName",
        &[
            In(&["Properties"]), // MS-ASCMD_R65590808
            Holds(&[]),          // MS-ASCMD_R65590809
            Is(String),          // MS-ASCMD_R65590810
            Times(0, 1),         // MS-ASCMD_R65590811
        ],
    );
    rules.on(
        "Find",
        &[
            Holds(&["Status", "Response"]), // MS-ASCMD_R65591909
            Is(Container),                  // MS-ASCMD_R65591910
            Times(1, 1),                    // MS-ASCMD_R65591911
        ],
    );
    rules.on(
        "HasAttachments",
        &[
            In(&["Properties"]), // MS-ASCMD_R66851603
            Holds(&[]),          // MS-ASCMD_R66851604
            Is(Boolean),         // MS-ASCMD_R66851605
            Times(0, 1),         // MS-ASCMD_R66851606
        ],
    );
    rules.on(
        "HomePhone",
        &[
            In(&["Properties"]), // MS-ASCMD_R66941607
            Holds(&[]),          // MS-ASCMD_R66941608
            Is(String),          // MS-ASCMD_R66941609
            Times(0, 1),         // MS-ASCMD_R66941610
        ],
    );
    rules.on(
        "LastName",
        &[
            In(&["Properties"]), // MS-ASCMD_R67291607
            Holds(&[]),          // MS-ASCMD_R67291608
            Is(String),          // MS-ASCMD_R67291609
            Times(0, 1),         // MS-ASCMD_R67291610
        ],
    );
    rules.on(
        "MobilePhone",
        &[
            In(&["Properties"]), // MS-ASCMD_R68291608
            Holds(&[]),          // MS-ASCMD_R68291610
            Is(String),          // MS-ASCMD_R68291611
            Times(0, 1),         // MS-ASCMD_R68291612
        ],
    );
    rules.on(
        "Office",
        &[
            In(&["Properties"]), // MS-ASCMD_R68651724
            Holds(&[]),          // MS-ASCMD_R68651725
            Is(String),          // MS-ASCMD_R68651726
            Times(0, 1),         // MS-ASCMD_R68651727
        ],
    );
    rules.on(
        "Phone",
        &[
            In(&["Properties"]), // MS-ASCMD_R69581708
            Holds(&[]),          // MS-ASCMD_R69581709
            Is(String),          // MS-ASCMD_R69581710
            Times(0, 1),         // MS-ASCMD_R69581711
        ],
    );
    rules.on(
        "Preview",
        &[
            In(&["Properties"]), // MS-ASCMD_R69781704
            Holds(&[]),          // MS-ASCMD_R69781705
            Is(String),          // MS-ASCMD_R69781706
            Times(0, 1),         // MS-ASCMD_R69781707
        ],
    );
    rules.on(
        "Response",
        &[
            In(&["Find"]),                                           // MS-ASCMD_R70481804
            Holds(&["Store", "Status", "Result", "Range", "Total"]), // MS-ASCMD_R70481805
            Is(Container),                                           // MS-ASCMD_R70481806
            Times(0, 1),                                             // MS-ASCMD_R70481807
        ],
    );
    rules.on(
        "Status",
        &[
            In(&["Find", "Response"]), // MS-ASCMD_R72171804
            Holds(&[]),                // MS-ASCMD_R72171805
            Is(Integer),               // MS-ASCMD_R72171806
            Times(1, 1),               // MS-ASCMD_R72171807
        ],
    );
    rules.on(
        "Title",
        &[
            In(&["Properties"]), // MS-ASCMD_R73291807
            Holds(&[]),          // MS-ASCMD_R73291808
            Is(String),          // MS-ASCMD_R73291809
            Times(0, 1),         // MS-ASCMD_R73291810
        ],
    );
    rules.on(
        "Store",
        &[
            In(&["Response"]),
            Holds(&[]),  // MS-ASCMD_R45251804
            Is(String),  // MS-ASCMD_R45251805
            Times(1, 1), // MS-ASCMD_R45251806
        ],
    );
    rules.on(
        "Properties",
        &[
            In(&["Result"]), // MS-ASCMD_R36841701
            Times(1, 1),
        ],
    );
    rules.on(
        "Store",
        &[
            In(&["Response"]), // MS-ASCMD_R45251801
            Times(1, 1),
        ],
    );
    rules.end();
}
