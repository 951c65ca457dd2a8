//! [MS-ASCMD]: answers to Settings.

use fieldpost_eas::command::CommandName::Settings;
use fieldpost_testkit::shape::Claim::{
    Childless, Children, First, Holds, Identifies, Number, Parent, Root, Status, Values, With,
};
use fieldpost_testkit::shape::{Element, Kind, MANY};

#[test]
fn everything_has_its_place_and_type() {
    super::super::check(TABLE);
}

const TABLE: &[Element] = &[
    Element::new(
        &[Settings],
        "Settings:Account",
        &[
            ("MS-ASCMD_R713", Number(&["Settings:Accounts"], 1, MANY)),
            ("MS-ASCMD_R998", Parent(&["Settings:Accounts"])),
            (
                "MS-ASCMD_R999",
                Children(&[
                    "Settings:AccountId",
                    "Settings:AccountName",
                    "Settings:UserDisplayName",
                    "Settings:SendDisabled",
                    "Settings:EmailAddresses",
                ]),
            ),
            ("MS-ASCMD_R1000", Holds(Kind::Container)),
            ("MS-ASCMD_R1001", Number(&["Settings:Accounts"], 1, MANY)),
        ],
    ),
    Element::new(
        &[Settings],
        "Settings:Accounts",
        &[
            ("MS-ASCMD_R1023", Parent(&["Settings:Get"])),
            ("MS-ASCMD_R1024", Children(&["Settings:Account"])),
            ("MS-ASCMD_R1025", Holds(Kind::Container)),
            ("MS-ASCMD_R1026", Number(&["Settings:Get"], 0, 1)),
        ],
    ),
    Element::new(
        &[Settings],
        "Settings:AppliesToExternalKnown",
        &[
            ("MS-ASCMD_R781", Holds(Kind::Empty)),
            ("MS-ASCMD_R1067", Parent(&["Settings:OofMessage"])),
            ("MS-ASCMD_R1068", Childless),
            ("MS-ASCMD_R1069", Holds(Kind::Empty)),
            ("MS-ASCMD_R1070", Number(&["Settings:OofMessage"], 0, 1)),
        ],
    ),
    Element::new(
        &[Settings],
        "Settings:AppliesToExternalUnknown",
        &[
            ("MS-ASCMD_R791", Holds(Kind::Empty)),
            ("MS-ASCMD_R1071", Parent(&["Settings:OofMessage"])),
            ("MS-ASCMD_R1072", Childless),
            ("MS-ASCMD_R1073", Holds(Kind::Empty)),
            ("MS-ASCMD_R1074", Number(&["Settings:OofMessage"], 0, 1)),
        ],
    ),
    Element::new(
        &[Settings],
        "Settings:AppliesToInternal",
        &[
            ("MS-ASCMD_R800", Holds(Kind::Empty)),
            ("MS-ASCMD_R1075", Parent(&["Settings:OofMessage"])),
            ("MS-ASCMD_R1076", Childless),
            ("MS-ASCMD_R1077", Holds(Kind::Empty)),
            ("MS-ASCMD_R1078", Number(&["Settings:OofMessage"], 0, 1)),
        ],
    ),
    Element::new(
        &[Settings],
        "Settings:BodyType",
        &[
            ("MS-ASCMD_R816", With("Settings:OofMessage", "Settings:ReplyMessage")),
            ("MS-ASCMD_R821", Values(&["Text", "HTML", "TEXT"])),
            ("MS-ASCMD_R1103", Parent(&["Settings:OofMessage"])),
            ("MS-ASCMD_R1104", Childless),
            ("MS-ASCMD_R1105", Holds(Kind::Text)),
        ],
    ),
    Element::new(
        &[Settings],
        "Settings:DeviceInformation",
        &[
            ("MS-ASCMD_R486", First("Settings:Status")),
            ("MS-ASCMD_R1506", Parent(&["Settings:Settings"])),
            ("MS-ASCMD_R1507", Children(&["Settings:Status"])),
            ("MS-ASCMD_R1508", Holds(Kind::Container)),
            ("MS-ASCMD_R1509", Number(&["Settings:Settings"], 0, 1)),
        ],
    ),
    Element::new(
        &[Settings],
        "Settings:DevicePassword",
        &[
            ("MS-ASCMD_R486", First("Settings:Status")),
            ("MS-ASCMD_R1514", Parent(&["Settings:Settings"])),
            ("MS-ASCMD_R1515", Children(&["Settings:Status"])),
            ("MS-ASCMD_R1516", Holds(Kind::Container)),
            ("MS-ASCMD_R1517", Number(&["Settings:Settings"], 0, 1)),
        ],
    ),
    Element::new(
        &[Settings],
        "Settings:EmailAddresses",
        &[
            ("MS-ASCMD_R1595", Parent(&["Settings:Account", "Settings:Get"])),
            ("MS-ASCMD_R1596", Children(&["Settings:SMTPAddress", "Settings:PrimarySmtpAddress"])),
            ("MS-ASCMD_R1597", Holds(Kind::Container)),
            ("MS-ASCMD_R1598", Number(&["Settings:UserInformation/Settings:Get", "Settings:Account"], 0, 1)),
        ],
    ),
    Element::new(
        &[Settings],
        "Settings:Enabled",
        &[
            ("MS-ASCMD_R1607", Parent(&["Settings:OofMessage"])),
            ("MS-ASCMD_R1608", Childless),
            ("MS-ASCMD_R1609", Holds(Kind::Text)),
            ("MS-ASCMD_R1610", Number(&["Settings:OofMessage"], 0, 1)),
        ],
    ),
    Element::new(
        &[Settings],
        "Settings:EndTime",
        &[
            ("MS-ASCMD_R1623", Parent(&["Settings:Get"])),
            ("MS-ASCMD_R1624", Childless),
            ("MS-ASCMD_R1625", Holds(Kind::DateTime)),
            ("MS-ASCMD_R1626", Number(&["Settings:Get"], 0, 1)),
        ],
    ),
    Element::new(
        &[Settings],
        "Settings:Get",
        &[("MS-ASCMD_R5854", Number(&["Settings:UserInformation"], 1, MANY))],
    ),
    Element::new(
        &[Settings],
        "Settings:Oof/Settings:Get",
        &[
            ("MS-ASCMD_R1747", Parent(&["Settings:Oof"])),
            (
                "MS-ASCMD_R1748",
                Children(&[
                    "Settings:OofState",
                    "Settings:StartTime",
                    "Settings:EndTime",
                    "Settings:OofMessage",
                ]),
            ),
            ("MS-ASCMD_R1749", Holds(Kind::Container)),
            ("MS-ASCMD_R1750", Number(&["Settings:Oof"], 0, 1)),
        ],
    ),
    Element::new(
        &[Settings],
        "Settings:UserInformation/Settings:Get",
        &[
            ("MS-ASCMD_R1755", Parent(&["Settings:UserInformation"])),
            ("MS-ASCMD_R1758", Holds(Kind::Container)),
            ("MS-ASCMD_R1759", Number(&["Settings:UserInformation"], 1, 1)),
        ],
    ),
    Element::new(
        &[Settings],
        "Settings:Oof",
        &[
            ("MS-ASCMD_R486", First("Settings:Status")),
            ("MS-ASCMD_R1991", Parent(&["Settings:Settings"])),
            ("MS-ASCMD_R1992", Children(&["Settings:Get", "Settings:Status"])),
            ("MS-ASCMD_R1993", Holds(Kind::Container)),
            ("MS-ASCMD_R1994", Number(&["Settings:Settings"], 0, 1)),
        ],
    ),
    Element::new(
        &[Settings],
        "Settings:OofMessage",
        &[
            ("MS-ASCMD_R1999", Parent(&["Settings:Get"])),
            (
                "MS-ASCMD_R2000",
                Children(&[
                    "Settings:AppliesToInternal",
                    "Settings:AppliesToExternalKnown",
                    "Settings:AppliesToExternalUnknown",
                    "Settings:Enabled",
                    "Settings:ReplyMessage",
                    "Settings:BodyType",
                ]),
            ),
            ("MS-ASCMD_R2001", Holds(Kind::Container)),
            ("MS-ASCMD_R2002", Number(&["Settings:Get"], 0, 3)),
        ],
    ),
    Element::new(
        &[Settings],
        "Settings:OofState",
        &[
            ("MS-ASCMD_R2007", Parent(&["Settings:Get"])),
            ("MS-ASCMD_R2008", Childless),
            ("MS-ASCMD_R2009", Holds(Kind::Integer)),
            ("MS-ASCMD_R2010", Number(&["Settings:Get"], 0, 1)),
            ("MS-ASCMD_R3530", Values(&["0", "1", "2"])),
        ],
    ),
    Element::new(
        &[Settings],
        "Settings:PrimarySmtpAddress",
        &[
            ("MS-ASCMD_R2392", Parent(&["Settings:EmailAddresses"])),
            ("MS-ASCMD_R2393", Childless),
            ("MS-ASCMD_R2394", Holds(Kind::Text)),
            ("MS-ASCMD_R2395", Number(&["Settings:EmailAddresses"], 0, 1)),
        ],
    ),
    Element::new(
        &[Settings],
        "Settings:ReplyMessage",
        &[
            ("MS-ASCMD_R2451", Parent(&["Settings:OofMessage"])),
            ("MS-ASCMD_R2452", Childless),
            ("MS-ASCMD_R2453", Holds(Kind::Text)),
            ("MS-ASCMD_R2454", Number(&["Settings:OofMessage"], 0, 1)),
        ],
    ),
    Element::new(
        &[Settings],
        "Settings:RightsManagementInformation",
        &[
            ("MS-ASCMD_R2520", Parent(&["Settings:Settings"])),
            ("MS-ASCMD_R2521", Children(&["Settings:Get", "Settings:Status"])),
            ("MS-ASCMD_R2522", Holds(Kind::Container)),
            ("MS-ASCMD_R2523", Number(&["Settings:Settings"], 0, 1)),
        ],
    ),
    Element::new(
        &[Settings],
        "Settings:Settings",
        &[
            ("MS-ASCMD_R2631", Root),
            (
                "MS-ASCMD_R2632",
                Children(&[
                    "Settings:RightsManagementInformation",
                    "Settings:Oof",
                    "Settings:DeviceInformation",
                    "Settings:DevicePassword",
                    "Settings:UserInformation",
                    "Settings:Status",
                ]),
            ),
            ("MS-ASCMD_R2633", Holds(Kind::Container)),
            ("MS-ASCMD_R2634", Identifies),
            ("MS-ASCMD_R3953", Identifies),
        ],
    ),
    Element::new(
        &[Settings],
        "Settings:SMTPAddress",
        &[("MS-ASCMD_R3962", Number(&["Settings:EmailAddresses"], 1, MANY))],
    ),
    Element::new(
        &[Settings],
        "Settings:StartTime",
        &[
            ("MS-ASCMD_R2687", Parent(&["Settings:Get"])),
            ("MS-ASCMD_R2688", Childless),
            ("MS-ASCMD_R2689", Holds(Kind::DateTime)),
            ("MS-ASCMD_R2690", Number(&["Settings:Get"], 0, 1)),
        ],
    ),
    Element::new(
        &[Settings],
        "Settings:Status",
        &[
            (
                "MS-ASCMD_R485",
                Number(
                    &[
                        "Settings:Oof",
                        "Settings:DevicePassword",
                        "Settings:DeviceInformation",
                        "Settings:UserInformation",
                        "Settings:RightsManagementInformation",
                    ],
                    1,
                    1,
                ),
            ),
            (
                "MS-ASCMD_R2755",
                Parent(&[
                    "Settings:Settings",
                    "Settings:RightsManagementInformation",
                    "Settings:Oof",
                    "Settings:DevicePassword",
                    "Settings:DeviceInformation",
                    "Settings:UserInformation",
                ]),
            ),
            ("MS-ASCMD_R2756", Childless),
            ("MS-ASCMD_R2757", Holds(Kind::Integer)),
            (
                "MS-ASCMD_R2758",
                Number(
                    &[
                        "Settings:Settings",
                        "Settings:Oof",
                        "Settings:DevicePassword",
                        "Settings:DeviceInformation",
                        "Settings:UserInformation",
                        "Settings:RightsManagementInformation",
                    ],
                    1,
                    1,
                ),
            ),
            (
                "MS-ASCMD_R4382",
                Number(
                    &[
                        "Settings:Settings",
                        "Settings:RightsManagementInformation",
                        "Settings:Oof",
                        "Settings:DevicePassword",
                        "Settings:DeviceInformation",
                        "Settings:UserInformation",
                    ],
                    1,
                    MANY,
                ),
            ),
        ],
    ),
    Element::new(
        &[Settings],
        "Settings:UserInformation",
        &[
            ("MS-ASCMD_R486", First("Settings:Status")),
            ("MS-ASCMD_R2903", Parent(&["Settings:Settings"])),
            ("MS-ASCMD_R2904", Children(&["Settings:Get", "Settings:Status"])),
            ("MS-ASCMD_R2905", Holds(Kind::Container)),
            ("MS-ASCMD_R2906", Number(&["Settings:Settings"], 0, 1)),
        ],
    ),
    Element::new(
        &[Settings],
        "Settings:Settings/Settings:Status",
        &[("MS-ASCMD_R4386", Status(&["1", "2", "3", "4", "5", "6", "7"]))],
    ),
    Element::new(
        &[Settings],
        "Settings:DevicePassword/Settings:Status",
        &[("MS-ASCMD_R4395", Status(&["1", "2", "5", "7"]))],
    ),
    Element::new(
        &[Settings],
        "Settings:Oof/Settings:Status",
        &[("MS-ASCMD_R4391", Status(&["1", "2", "5", "6"]))],
    ),
];
