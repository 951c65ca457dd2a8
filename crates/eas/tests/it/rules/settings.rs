//! Settings.

use fieldpost_eas::command::CommandName;

use super::Said::{Holds, In, Is, Times};
use super::Type::*;
use super::{MANY, Rules};

#[test]
fn settings() {
    let mut rules = Rules::of(CommandName::Settings);
    rules.on(
        "Account",
        &[
            In(&["Accounts"]), // MS-ASCMD_R998
            Holds(&["AccountId", "AccountName", "UserDisplayName", "SendDisabled", "EmailAddresses"]), // MS-ASCMD_R999
            Is(Container),  // MS-ASCMD_R1000
            Times(1, MANY), // MS-ASCMD_R1001
        ],
    );
    rules.on(
        "Accounts",
        &[
            In(&["Get"]),        // MS-ASCMD_R1023
            Holds(&["Account"]), // MS-ASCMD_R1024
            Is(Container),       // MS-ASCMD_R1025
            Times(0, 1),         // MS-ASCMD_R1026
        ],
    );
    rules.on(
        "AppliesToExternalKnown",
        &[
            In(&["OofMessage"]), // MS-ASCMD_R1067
            Holds(&[]),          // MS-ASCMD_R1068
            Times(0, 1),         // MS-ASCMD_R1070
        ],
    );
    rules.on(
        "AppliesToExternalUnknown",
        &[
            In(&["OofMessage"]), // MS-ASCMD_R1071
            Holds(&[]),          // MS-ASCMD_R1072
            Is(Empty),           // MS-ASCMD_R1073
            Times(0, 1),         // MS-ASCMD_R1074
        ],
    );
    rules.on(
        "AppliesToInternal",
        &[
            In(&["OofMessage"]), // MS-ASCMD_R1075
            Holds(&[]),          // MS-ASCMD_R1076
            Is(Empty),           // MS-ASCMD_R1077
            Times(0, 1),         // MS-ASCMD_R1078
        ],
    );
    rules.on(
        "BodyType",
        &[
            In(&["OofMessage"]), // MS-ASCMD_R1103
            Holds(&[]),          // MS-ASCMD_R1104
            Is(String),          // MS-ASCMD_R1105
            Times(1, 1),         // MS-ASCMD_R1106
        ],
    );
    rules.on(
        "DeviceInformation",
        &[
            In(&["Settings"]),  // MS-ASCMD_R1506
            Holds(&["Status"]), // MS-ASCMD_R1507
            Is(Container),      // MS-ASCMD_R1508
            Times(0, 1),        // MS-ASCMD_R1509
        ],
    );
    rules.on(
        "DevicePassword",
        &[
            In(&["Settings"]),  // MS-ASCMD_R1514
            Holds(&["Status"]), // MS-ASCMD_R1515
            Is(Container),      // MS-ASCMD_R1516
            Times(0, 1),        // MS-ASCMD_R1517
        ],
    );
    rules.on(
        "EmailAddresses",
        &[
            In(&["Account", "Get"]),                       // MS-ASCMD_R1595
            Holds(&["SMTPAddress", "PrimarySmtpAddress"]), // MS-ASCMD_R1596
            Is(Container),                                 // MS-ASCMD_R1597
            Times(0, 1),                                   // MS-ASCMD_R1598
        ],
    );
    rules.on(
        "Enabled",
        &[
            In(&["OofMessage"]), // MS-ASCMD_R1607
            Holds(&[]),          // MS-ASCMD_R1608
            Times(0, 1),         // MS-ASCMD_R1610
        ],
    );
    rules.on(
        "EndTime",
        &[
            In(&["Get"]), // MS-ASCMD_R1623
            Holds(&[]),   // MS-ASCMD_R1624
            Is(DateTime), // MS-ASCMD_R1625
            Times(0, 1),  // MS-ASCMD_R1626
        ],
    );
    rules.on(
        "Get",
        &[
            In(&["RightsManagementInformation"]),  // MS-ASCMD_R1739
            Holds(&["RightsManagementTemplates"]), // MS-ASCMD_R1740
            Is(Container),                         // MS-ASCMD_R1741
            Times(1, 1),                           // MS-ASCMD_R1742
        ],
    );
    rules.on(
        "Get",
        &[
            In(&["Oof"]),                                               // MS-ASCMD_R1747
            Holds(&["OofState", "StartTime", "EndTime", "OofMessage"]), // MS-ASCMD_R1748
            Is(Container),                                              // MS-ASCMD_R1749
            Times(0, 1),                                                // MS-ASCMD_R1750
        ],
    );
    rules.on(
        "Get",
        &[
            In(&["UserInformation"]), // MS-ASCMD_R1755
            Is(Container),            // MS-ASCMD_R1758
            Times(1, 1),              // MS-ASCMD_R1759
        ],
    );
    rules.on(
        "Oof",
        &[
            In(&["Settings"]),         // MS-ASCMD_R1991
            Holds(&["Get", "Status"]), // MS-ASCMD_R1992
            Is(Container),             // MS-ASCMD_R1993
            Times(0, 1),               // MS-ASCMD_R1994
        ],
    );
    rules.on(
        "OofMessage",
        &[
            In(&["Get"]), // MS-ASCMD_R1999
            Holds(&[
                "AppliesToInternal",
                "AppliesToExternalKnown",
                "AppliesToExternalUnknown",
                "Enabled",
                "ReplyMessage",
                "BodyType",
            ]), // MS-ASCMD_R2000
            Is(Container), // MS-ASCMD_R2001
            Times(0, 3),  // MS-ASCMD_R2002
        ],
    );
    rules.on(
        "OofState",
        &[
            In(&["Get"]), // MS-ASCMD_R2007
            Holds(&[]),   // MS-ASCMD_R2008
            Is(Integer),  // MS-ASCMD_R2009
            Times(0, 1),  // MS-ASCMD_R2010
        ],
    );
    rules.on(
        "PrimarySmtpAddress",
        &[
            In(&["EmailAddresses"]), // MS-ASCMD_R2392
            Holds(&[]),              // MS-ASCMD_R2393
            Is(String),              // MS-ASCMD_R2394
            Times(0, 1),             // MS-ASCMD_R2395
        ],
    );
    rules.on(
        "ReplyMessage",
        &[
            In(&["OofMessage"]), // MS-ASCMD_R2451
            Holds(&[]),          // MS-ASCMD_R2452
            Is(String),          // MS-ASCMD_R2453
            Times(0, 1),         // MS-ASCMD_R2454
        ],
    );
    rules.on(
        "RightsManagementInformation",
        &[
            In(&["Settings"]),         // MS-ASCMD_R2520
            Holds(&["Get", "Status"]), // MS-ASCMD_R2521
            Is(Container),             // MS-ASCMD_R2522
            Times(0, 1),               // MS-ASCMD_R2523
        ],
    );
    rules.on(
        "Settings",
        &[
            In(&[]), // MS-ASCMD_R2631
            Holds(&[
                "RightsManagementInformation",
                "Oof",
                "DeviceInformation",
                "DevicePassword",
                "UserInformation",
                "Status",
            ]), // MS-ASCMD_R2632
            Is(Container), // MS-ASCMD_R2633
            Times(1, 1), // MS-ASCMD_R2634
        ],
    );
    rules.on(
        "StartTime",
        &[
            In(&["Get"]), // MS-ASCMD_R2687
            Holds(&[]),   // MS-ASCMD_R2688
            Is(DateTime), // MS-ASCMD_R2689
            Times(0, 1),  // MS-ASCMD_R2690
        ],
    );
    rules.on(
        "Status",
        &[
            In(&[
                "Settings",
                "RightsManagementInformation",
                "Oof",
                "DevicePassword",
                "DeviceInformation",
                "UserInformation",
            ]), // MS-ASCMD_R2755
            Holds(&[]),  // MS-ASCMD_R2756
            Is(Integer), // MS-ASCMD_R2757
            Times(1, 1), // MS-ASCMD_R2758
        ],
    );
    rules.on(
        "UserInformation",
        &[
            In(&["Settings"]),         // MS-ASCMD_R2903
            Holds(&["Get", "Status"]), // MS-ASCMD_R2904
            Is(Container),             // MS-ASCMD_R2905
            Times(0, 1),               // MS-ASCMD_R2906
        ],
    );
    rules.on(
        "BodyType",
        &[
            Times(1, 1), // MS-ASCMD_R5677
        ],
    );
    rules.end();
}
