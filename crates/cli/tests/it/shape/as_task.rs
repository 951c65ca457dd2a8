//! [MS-ASTASK]: tasks.

use fieldpost_eas::Version;
use fieldpost_eas::command::CommandName::{ItemOperations, Search, Sync};
use fieldpost_testkit::shape::Claim::{Between, Holds, Number, Parent, Seen, Values, WhenFrom, With, Within};
use fieldpost_testkit::shape::{Element, Kind, MANY};

#[test]
fn everything_has_its_place_and_type() {
    super::check(TABLE);
}

const TABLE: &[Element] = &[
    Element::new(&[], "AirSyncBase:Body", &[("MS-ASTASK_R74", Holds(Kind::Container))]),
    Element::new(
        &[],
        "Tasks:CalendarType",
        &[
            ("MS-ASTASK_R77", Parent(&["Tasks:Recurrence"])),
            ("MS-ASTASK_R79", Holds(Kind::UnsignedByte)),
            (
                "MS-ASTASK_R84",
                Values(&[
                    "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "14", "15", "20",
                ]),
            ),
        ],
    ),
    Element::new(&[], "Tasks:Categories", &[("MS-ASTASK_R106", Holds(Kind::Container))]),
    Element::new(
        &[],
        "Tasks:Category",
        &[("MS-ASTASK_R114", Holds(Kind::Text)), ("MS-ASTASK_R402", Number(&["Tasks:Categories"], 0, 300))],
    ),
    Element::new(
        &[],
        "Tasks:Complete",
        &[
            ("MS-ASTASK_R2", Seen),
            ("MS-ASTASK_R3", Seen),
            ("MS-ASTASK_R118", Holds(Kind::UnsignedByte)),
            ("MS-ASTASK_R119", Values(&["0", "1"])),
        ],
    ),
    Element::new(&[], "Tasks:DateCompleted", &[("MS-ASTASK_R125", Holds(Kind::DateTime))]),
    Element::new(
        &[],
        "Tasks:DayOfMonth",
        &[
            ("MS-ASTASK_R128", Holds(Kind::UnsignedByte)),
            ("MS-ASTASK_R130", Number(&["Tasks:Recurrence"], 0, 1)),
            ("MS-ASTASK_R525", Between(1, 31)),
        ],
    ),
    Element::new(
        &[],
        "Tasks:DayOfWeek",
        &[
            ("MS-ASTASK_R139", Number(&["Tasks:Recurrence"], 0, 1)),
            ("MS-ASTASK_R140", Holds(Kind::UnsignedByte)),
            ("MS-ASTASK_R141", Between(1, 127)),
        ],
    ),
    Element::new(
        &[],
        "Tasks:DeadOccur",
        &[
            ("MS-ASTASK_R154", Holds(Kind::UnsignedByte)),
            ("MS-ASTASK_R155", Number(&["Tasks:Recurrence"], 0, 1)),
        ],
    ),
    Element::new(&[], "Tasks:DueDate", &[("MS-ASTASK_R161", Holds(Kind::DateTime))]),
    Element::new(
        &[],
        "Tasks:FirstDayOfWeek",
        &[
            ("MS-ASTASK_R162", Parent(&["Tasks:Recurrence"])),
            ("MS-ASTASK_R164", Holds(Kind::UnsignedByte)),
            ("MS-ASTASK_R166", Number(&["Tasks:Recurrence"], 0, 1)),
            ("MS-ASTASK_R170", Between(0, 6)),
            ("MS-ASTASK_R238", WhenFrom(Version::V14_1, "Tasks:Recurrence", "Tasks:Type", &["1"])),
        ],
    ),
    Element::new(&[], "Tasks:Importance", &[("MS-ASTASK_R182", Holds(Kind::UnsignedByte))]),
    Element::new(
        &[],
        "Tasks:Interval",
        &[
            ("MS-ASTASK_R190", Number(&["Tasks:Recurrence"], 0, 1)),
            ("MS-ASTASK_R191", Holds(Kind::UnsignedShort)),
            ("MS-ASTASK_R192", Between(0, 999)),
        ],
    ),
    Element::new(
        &[],
        "Tasks:MonthOfYear",
        &[
            ("MS-ASTASK_R207", Holds(Kind::UnsignedByte)),
            ("MS-ASTASK_R209", Number(&["Tasks:Recurrence"], 0, 1)),
            ("MS-ASTASK_R210", Between(1, 12)),
        ],
    ),
    Element::new(
        &[],
        "Tasks:Occurrences",
        &[
            ("MS-ASTASK_R213", Holds(Kind::UnsignedByte)),
            ("MS-ASTASK_R214", Number(&["Tasks:Recurrence"], 0, 1)),
        ],
    ),
    Element::new(&[], "Tasks:Recurrence", &[("MS-ASTASK_R221", Holds(Kind::Container))]),
    Element::new(
        &[],
        "Tasks:Type",
        &[
            ("MS-ASTASK_R225", Number(&["Tasks:Recurrence"], 1, 1)),
            ("MS-ASTASK_R285", Number(&["Tasks:Recurrence"], 1, MANY)),
            ("MS-ASTASK_R287", Number(&["Tasks:Recurrence"], 1, MANY)),
            ("MS-ASTASK_R288", Number(&["Tasks:Recurrence"], 0, 1)),
            ("MS-ASTASK_R291", Holds(Kind::UnsignedByte)),
            ("MS-ASTASK_R292", Values(&["0", "1", "2", "3", "5", "6"])),
        ],
    ),
    Element::new(
        &[],
        "Tasks:Start",
        &[
            ("MS-ASTASK_R226", Number(&["Tasks:Recurrence"], 1, 1)),
            ("MS-ASTASK_R267", Number(&["Tasks:Recurrence"], 1, MANY)),
            ("MS-ASTASK_R268", Number(&["Tasks:Recurrence"], 0, 1)),
            ("MS-ASTASK_R271", Holds(Kind::DateTime)),
        ],
    ),
    Element::new(
        &[],
        "Tasks:Regenerate",
        &[
            ("MS-ASTASK_R241", Holds(Kind::UnsignedByte)),
            ("MS-ASTASK_R242", Number(&["Tasks:Recurrence"], 0, 1)),
            ("MS-ASTASK_R4221", Values(&["0", "1"])),
        ],
    ),
    Element::new(
        &[],
        "Tasks:ReminderSet",
        &[("MS-ASTASK_R248", Holds(Kind::UnsignedByte)), ("MS-ASTASK_R249", Values(&["0", "1"]))],
    ),
    Element::new(&[], "Tasks:ReminderTime", &[("MS-ASTASK_R255", Holds(Kind::DateTime))]),
    Element::new(
        &[],
        "Tasks:Sensitivity",
        &[("MS-ASTASK_R258", Holds(Kind::UnsignedByte)), ("MS-ASTASK_R259", Values(&["0", "1", "2", "3"]))],
    ),
    Element::new(&[], "Tasks:StartDate", &[("MS-ASTASK_R274", Holds(Kind::DateTime))]),
    Element::new(&[], "Tasks:Subject", &[("MS-ASTASK_R277", Holds(Kind::Text))]),
    Element::new(
        &[],
        "Tasks:Until",
        &[("MS-ASTASK_R301", Number(&["Tasks:Recurrence"], 0, 1)), ("MS-ASTASK_R305", Holds(Kind::DateTime))],
    ),
    Element::new(&[], "Tasks:UtcDueDate", &[("MS-ASTASK_R308", Holds(Kind::DateTime))]),
    Element::new(&[], "Tasks:UtcStartDate", &[("MS-ASTASK_R311", Holds(Kind::DateTime))]),
    Element::new(
        &[],
        "Tasks:WeekOfMonth",
        &[
            ("MS-ASTASK_R314", Holds(Kind::UnsignedByte)),
            ("MS-ASTASK_R316", Number(&["Tasks:Recurrence"], 0, 1)),
            ("MS-ASTASK_R317", Between(1, 5)),
        ],
    ),
    Element::new(
        &[Sync],
        "Tasks:Complete",
        &[
            ("MS-ASTASK_R116", With("AirSync:Add/AirSync:ApplicationData", "Tasks:Importance")),
            ("MS-ASTASK_R349", Seen),
            ("MS-ASTASK_R366", Seen),
        ],
    ),
    Element::new(&[ItemOperations], "Tasks:Complete", &[("MS-ASTASK_R353", Seen), ("MS-ASTASK_R356", Seen)]),
    Element::new(&[Search], "Tasks:Complete", &[("MS-ASTASK_R351", Seen), ("MS-ASTASK_R361", Seen)]),
    Element::new(
        &[Sync],
        "Tasks:Categories",
        &[("MS-ASTASK_R108", Number(&["AirSync:ApplicationData"], 0, 1))],
    ),
    Element::new(
        &[Sync],
        "Tasks:Recurrence",
        &[("MS-ASTASK_R223", Number(&["AirSync:ApplicationData"], 0, 1))],
    ),
    Element::new(
        &[],
        "AirSync:ApplicationData/Tasks:DateCompleted",
        &[("MS-ASTASK_R122", Holds(Kind::DateTime))],
    ),
    Element::new(
        &[],
        "AirSync:ApplicationData/Tasks:Importance",
        &[("MS-ASTASK_R636", Values(&["0", "1", "2"]))],
    ),
    Element::new(&[Sync], "AirSync:Add/AirSync:ApplicationData/Tasks:*", &[("MS-ASTASK_R368", Seen)]),
    Element::new(&[ItemOperations], "Tasks:*", &[("MS-ASTASK_R359", Within("ItemOperations:Properties"))]),
    Element::new(&[Search], "Tasks:*", &[("MS-ASTASK_R363", Within("Search:Properties"))]),
];
