//! Search.

use fieldpost_eas::command::CommandName;

use super::Said::{Holds, In, Includes, Is, Times};
use super::Type::*;
use super::{MANY, Rules};

#[test]
fn search() {
    let mut rules = Rules::of(CommandName::Search);
    rules.on(
        "Class",
        &[
            In(&["Result"]), // MS-ASCMD_R1319
            Holds(&[]),      // MS-ASCMD_R1320
            Is(String),      // MS-ASCMD_R1321
            Times(0, 1),     // MS-ASCMD_R1322
        ],
    );
    rules.on(
        "CollectionId",
        &[
            In(&["Result"]), // MS-ASCMD_R1392
            Holds(&[]),      // MS-ASCMD_R1393
            Is(String),      // MS-ASCMD_R1394
        ],
    );
    rules.on(
        "Data",
        &[
            In(&["Picture"]), // MS-ASCMD_R1470
            Holds(&[]),       // MS-ASCMD_R1471
            Is(Bytes),        // MS-ASCMD_R1472
            Times(0, 1),      // MS-ASCMD_R1473
        ],
    );
    rules.on(
        "LinkId",
        &[
            In(&["Properties"]), // MS-ASCMD_R1559
        ],
    );
    rules.on(
        "LongId",
        &[
            In(&["Result"]), // MS-ASCMD_R1836
            Holds(&[]),      // MS-ASCMD_R1837
            Is(String),      // MS-ASCMD_R1838
            Times(0, 1),     // MS-ASCMD_R1839
        ],
    );
    rules.on(
        "GAL:Picture",
        &[
            In(&["Properties"]),        // MS-ASCMD_R2380
            Holds(&["Status", "Data"]), // MS-ASCMD_R2381
            Is(Container),              // MS-ASCMD_R2382
            Times(0, 1),                // MS-ASCMD_R2383
        ],
    );
    rules.on(
        "Properties",
        &[
            In(&["Result"]), // MS-ASCMD_R2402
            Includes(&["Attachments", "Body", "BodyPart", "Picture", "RightsManagementLicense"]), // MS-ASCMD_R2403
            Is(Container), // MS-ASCMD_R2405
        ],
    );
    rules.on(
        "Response",
        &[
            In(&["Search"]),   // MS-ASCMD_R2500
            Holds(&["Store"]), // MS-ASCMD_R2501
            Is(Container),     // MS-ASCMD_R2502
            Times(0, 1),       // MS-ASCMD_R2503
        ],
    );
    rules.on(
        "Result",
        &[
            In(&["Store"]),                                            // MS-ASCMD_R2512
            Holds(&["Class", "LongId", "CollectionId", "Properties"]), // MS-ASCMD_R2513
            Is(Container),                                             // MS-ASCMD_R2514
            Times(1, MANY),                                            // MS-ASCMD_R2515
        ],
    );
    rules.on(
        "Search",
        &[
            In(&[]),                        // MS-ASCMD_R2545
            Holds(&["Status", "Response"]), // MS-ASCMD_R2546
            Is(Container),                  // MS-ASCMD_R2547
            Times(1, 1),                    // MS-ASCMD_R2548
        ],
    );
    rules.on(
        "Status",
        &[
            In(&["Search", "Store", "GAL:Picture"]), // MS-ASCMD_R2747
            Holds(&[]),                              // MS-ASCMD_R2748
            Is(Integer),                             // MS-ASCMD_R2749
            Times(1, 1),                             // MS-ASCMD_R2750
        ],
    );
    rules.on(
        "Store",
        &[
            In(&["Response"]),                              // MS-ASCMD_R2783
            Holds(&["Status", "Result", "Range", "Total"]), // MS-ASCMD_R2784
            Is(Container),                                  // MS-ASCMD_R2785
            Times(1, 1),                                    // MS-ASCMD_R2786
        ],
    );
    rules.on(
        "Total",
        &[
            In(&["Store"]), // MS-ASCMD_R2855
            Holds(&[]),     // MS-ASCMD_R2856
            Is(Integer),    // MS-ASCMD_R2857
            Times(0, 1),    // MS-ASCMD_R2858
        ],
    );
    rules.on(
        "Alias",
        &[
            In(&["Properties"]), // MS-ASCMD_R5288
            Holds(&[]),          // MS-ASCMD_R5289
            Is(String),          // MS-ASCMD_R5290
            Times(0, 1),         // MS-ASCMD_R5291
        ],
    );
    rules.on(
        "Company",
        &[
            In(&["Properties"]), // MS-ASCMD_R5295
            Holds(&[]),          // MS-ASCMD_R5296
            Is(String),          // MS-ASCMD_R5297
            Times(0, 1),         // MS-ASCMD_R5298
        ],
    );
    rules.on(
        "DisplayName",
        &[
            In(&["Properties"]), // MS-ASCMD_R5302
            Holds(&[]),          // MS-ASCMD_R5303
            Is(String),          // MS-ASCMD_R5304
            Times(0, 1),         // MS-ASCMD_R5305
        ],
    );
    rules.on(
        "EmailAddress",
        &[
            In(&["Properties"]), // MS-ASCMD_R5318
            Holds(&[]),          // MS-ASCMD_R5319
            Is(String),          // MS-ASCMD_R5320
            Times(0, 1),         // MS-ASCMD_R5321
        ],
    );
    rules.on(
        "FirstName",
        &[
            In(&["Properties"]), // MS-ASCMD_R5325
            Holds(&[]),          // MS-ASCMD_R5326
            Is(String),          // MS-ASCMD_R5327
            Times(0, 1),         // MS-ASCMD_R5328
        ],
    );
    rules.on(
        "HomePhone",
        &[
            In(&["Properties"]), // MS-ASCMD_R5332
            Holds(&[]),          // MS-ASCMD_R5333
            Is(String),          // MS-ASCMD_R5334
            Times(0, 1),         // MS-ASCMD_R5335
        ],
    );
    rules.on(
        "LastName",
        &[
            In(&["Properties"]), // MS-ASCMD_R5339
            Holds(&[]),          // MS-ASCMD_R5340
            Is(String),          // MS-ASCMD_R5341
            Times(0, 1),         // MS-ASCMD_R5342
        ],
    );
    rules.on(
        "MobilePhone",
        &[
            In(&["Properties"]), // MS-ASCMD_R5355
            Holds(&[]),          // MS-ASCMD_R5356
            Is(String),          // MS-ASCMD_R5357
            Times(0, 1),         // MS-ASCMD_R5358
        ],
    );
    rules.on(
        "Office",
        &[
            In(&["Properties"]), // MS-ASCMD_R5362
            Holds(&[]),          // MS-ASCMD_R5363
            Is(String),          // MS-ASCMD_R5364
            Times(0, 1),         // MS-ASCMD_R5365
        ],
    );
    rules.on(
        "Phone",
        &[
            In(&["Properties"]), // MS-ASCMD_R5370
            Holds(&[]),          // MS-ASCMD_R5371
            Is(String),          // MS-ASCMD_R5372
            Times(0, 1),         // MS-ASCMD_R5373
        ],
    );
    rules.on(
        "Title",
        &[
            In(&["Properties"]), // MS-ASCMD_R5393
            Holds(&[]),          // MS-ASCMD_R5394
            Is(String),          // MS-ASCMD_R5395
            Times(0, 1),         // MS-ASCMD_R5396
        ],
    );
    rules.on(
        "GAL:Data",
        &[
            In(&["GAL:Picture"]), // MS-ASCMD_R2135
            Times(0, 1),
        ],
    );
    rules.on(
        "GAL:Picture",
        &[
            In(&["Properties"]), // MS-ASCMD_R3674
            Times(0, 1),
        ],
    );
    rules.on(
        "Result",
        &[
            In(&["Store"]), // MS-ASCMD_R3844
        ],
    );
    rules.on(
        "Store",
        &[
            In(&["Response"]), // MS-ASCMD_R4531
            Times(1, 1),
        ],
    );
    rules.on(
        "Total",
        &[
            In(&["Store"]), // MS-ASCMD_R4633
            Times(0, 1),
        ],
    );
    rules.end();
}
