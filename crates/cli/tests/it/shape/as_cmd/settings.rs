//! [MS-ASCMD]: answers to Settings.

use fieldpost_eas::command::CommandName::Settings;
use fieldpost_testkit::shape::Claim::{
    Childless, Children, First, Holds, Identifies, Number, Parent, Root, Status,
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
        "Settings:Get",
        &[("MS-ASCMD_R5854", Number(&["Settings:UserInformation"], 1, MANY))],
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
];
