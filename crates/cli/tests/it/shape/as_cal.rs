//! [MS-ASCAL]: events.

use fieldpost_eas::Version;
use fieldpost_eas::command::CommandName::{ItemOperations, Search, Sync};
use fieldpost_testkit::shape::Claim::{
    Between, Children, Holds, HoldsOrEmpty, In, Longest, NotIn, Number, NumberBefore, Parent, Seen, Values,
    When, With, Within,
};
use fieldpost_testkit::shape::{Element, Kind, MANY};

#[test]
fn everything_has_its_place_and_type() {
    super::check(TABLE);
}

const TABLE: &[Element] = &[
    Element::new(
        &[],
        "Calendar:AllDayEvent",
        &[
            ("MS-ASCAL_R564", Holds(Kind::UnsignedByte)),
            ("MS-ASCAL_R565", Values(&["0", "1"])),
            ("MS-ASCAL_R8111", Number(&["Calendar:Exception"], 0, 1)),
        ],
    ),
    Element::new(
        &[],
        "Calendar:Email",
        &[
            ("MS-ASCAL_R100", Number(&["Calendar:Attendee"], 1, 1)),
            ("MS-ASCAL_R225", Number(&["Calendar:Attendee"], 1, MANY)),
            ("MS-ASCAL_R227", Holds(Kind::Text)),
            ("MS-ASCAL_R22811", Number(&["Calendar:Attendee"], 1, 1)),
        ],
    ),
    Element::new(
        &[],
        "Calendar:Name",
        &[
            ("MS-ASCAL_R101", Number(&["Calendar:Attendee"], 1, 1)),
            ("MS-ASCAL_R329", Number(&["Calendar:Attendee"], 1, MANY)),
            ("MS-ASCAL_R331", Holds(Kind::Text)),
            ("MS-ASCAL_R33211", Number(&["Calendar:Attendee"], 1, 1)),
        ],
    ),
    Element::new(&[], "Calendar:Attendees", &[("MS-ASCAL_R10711", Number(&["Calendar:Exception"], 0, 1))]),
    Element::new(
        &[],
        "Calendar:AttendeeStatus",
        &[
            ("MS-ASCAL_R116", Number(&["Calendar:Attendee"], 0, 1)),
            ("MS-ASCAL_R117", Holds(Kind::UnsignedByte)),
            ("MS-ASCAL_R118", Values(&["0", "2", "3", "4", "5"])),
        ],
    ),
    Element::new(
        &[],
        "Calendar:AttendeeType",
        &[
            ("MS-ASCAL_R121", Number(&["Calendar:Attendee"], 0, 1)),
            ("MS-ASCAL_R122", Holds(Kind::UnsignedByte)),
            ("MS-ASCAL_R123", Values(&["1", "2", "3"])),
        ],
    ),
    Element::new(&[], "AirSyncBase:Body", &[("MS-ASCAL_R12711", Number(&["Calendar:Exception"], 0, 1))]),
    Element::new(
        &[],
        "Calendar:BusyStatus",
        &[
            ("MS-ASCAL_R137", Holds(Kind::UnsignedByte)),
            ("MS-ASCAL_R138", Values(&["0", "1", "2", "3", "4"])),
        ],
    ),
    Element::new(
        &[],
        "Calendar:CalendarType",
        &[
            ("MS-ASCAL_R139", Parent(&["Calendar:Recurrence"])),
            ("MS-ASCAL_R145", Holds(Kind::UnsignedByte)),
            ("MS-ASCAL_R146", Between(0, 23)),
        ],
    ),
    Element::new(&[], "Calendar:Category", &[("MS-ASCAL_R185", Holds(Kind::Text))]),
    Element::new(
        &[],
        "Calendar:DayOfMonth",
        &[
            ("MS-ASCAL_R188", Parent(&["Calendar:Recurrence"])),
            ("MS-ASCAL_R192", Holds(Kind::UnsignedByte)),
            ("MS-ASCAL_R193", Between(1, 31)),
            ("MS-ASCAL_R18811", Between(1, 31)),
            ("MS-ASCAL_R19111", Number(&["Calendar:Recurrence"], 0, 1)),
            ("MS-ASCAL_R19411", When("Calendar:Recurrence", "Calendar:Type", &["2"])),
            ("MS-ASCAL_R19412", When("Calendar:Recurrence", "Calendar:Type", &["5"])),
            ("MS-ASCAL_R38935", When("Calendar:Recurrence", "Calendar:Type", &["2"])),
            ("MS-ASCAL_R38943", When("Calendar:Recurrence", "Calendar:Type", &["5"])),
        ],
    ),
    Element::new(
        &[],
        "Calendar:DayOfWeek",
        &[
            ("MS-ASCAL_R196", Parent(&["Calendar:Recurrence"])),
            ("MS-ASCAL_R199", Holds(Kind::UnsignedShort)),
            ("MS-ASCAL_R200", Between(1, 127)),
            ("MS-ASCAL_R201", Between(1, 127)),
            ("MS-ASCAL_R19811", Number(&["Calendar:Recurrence"], 0, 1)),
            ("MS-ASCAL_R20011", Between(1, 127)),
            ("MS-ASCAL_R38929", When("Calendar:Recurrence", "Calendar:Type", &["1"])),
            ("MS-ASCAL_R204112", When("Calendar:Recurrence", "Calendar:Type", &["1"])),
            ("MS-ASCAL_R204113", When("Calendar:Recurrence", "Calendar:Type", &["3"])),
            ("MS-ASCAL_R204114", When("Calendar:Recurrence", "Calendar:Type", &["6"])),
            ("MS-ASCAL_R3893717", When("Calendar:Recurrence", "Calendar:Type", &["3"])),
        ],
    ),
    Element::new(&[], "Calendar:Deleted", &[("MS-ASCAL_R209", Holds(Kind::UnsignedByte))]),
    Element::new(&[], "Calendar:DisallowNewTimeProposal", &[("MS-ASCAL_R216", Holds(Kind::Boolean))]),
    Element::new(
        &[],
        "Calendar:DtStamp",
        &[
            ("MS-ASCAL_R224", Holds(Kind::CompactDateTime)),
            ("MS-ASCAL_R22211", Number(&["Calendar:Exception"], 0, 1)),
        ],
    ),
    Element::new(
        &[],
        "Calendar:EndTime",
        &[
            ("MS-ASCAL_R240", Holds(Kind::CompactDateTime)),
            ("MS-ASCAL_R23711", Number(&["Calendar:Exception"], 0, 1)),
        ],
    ),
    Element::new(
        &[],
        "Calendar:ExceptionStartTime",
        &[
            ("MS-ASCAL_R246", NumberBefore(Version::V16_0, "Calendar:Exception", 1, 1)),
            ("MS-ASCAL_R264", NumberBefore(Version::V16_0, "Calendar:Exception", 1, 1)),
            ("MS-ASCAL_R268", Holds(Kind::CompactDateTime)),
            ("MS-ASCAL_R2106", NotIn(&[Version::V16_0, Version::V16_1])),
            ("MS-ASCAL_R26711", NumberBefore(Version::V16_0, "Calendar:Exception", 1, 1)),
        ],
    ),
    Element::new(
        &[],
        "Calendar:FirstDayOfWeek",
        &[
            ("MS-ASCAL_R269", Parent(&["Calendar:Recurrence"])),
            ("MS-ASCAL_R276", Holds(Kind::UnsignedByte)),
            ("MS-ASCAL_R277", Values(&["0", "1", "2", "3", "4", "5", "6"])),
        ],
    ),
    Element::new(
        &[],
        "Calendar:Interval",
        &[
            ("MS-ASCAL_R283", Holds(Kind::UnsignedShort)),
            ("MS-ASCAL_R28011", Parent(&["Calendar:Recurrence"])),
            ("MS-ASCAL_R28211", Number(&["Calendar:Recurrence"], 0, 1)),
            ("MS-ASCAL_R28311", Between(0, 999)),
        ],
    ),
    Element::new(
        &[],
        "Calendar:Location",
        &[
            ("MS-ASCAL_R300", Holds(Kind::Text)),
            ("MS-ASCAL_R2135", NotIn(&[Version::V16_0])),
            ("MS-ASCAL_R29711", Number(&["Calendar:Exception"], 0, 1)),
            ("MS-ASCAL_R2135001", NotIn(&[Version::V16_1])),
        ],
    ),
    Element::new(
        &[],
        "Calendar:MeetingStatus",
        &[
            ("MS-ASCAL_R308", Holds(Kind::UnsignedByte)),
            ("MS-ASCAL_R309", Values(&["0", "1", "3", "5", "7", "9", "11", "13", "15", ""])),
        ],
    ),
    Element::new(
        &[],
        "Calendar:MonthOfYear",
        &[
            ("MS-ASCAL_R321", Parent(&["Calendar:Recurrence"])),
            ("MS-ASCAL_R325", Holds(Kind::UnsignedByte)),
            ("MS-ASCAL_R326", Between(1, 12)),
            ("MS-ASCAL_R32411", Number(&["Calendar:Recurrence"], 0, 1)),
            ("MS-ASCAL_R32711", When("Calendar:Recurrence", "Calendar:Type", &["5"])),
            ("MS-ASCAL_R32712", When("Calendar:Recurrence", "Calendar:Type", &["6"])),
            ("MS-ASCAL_R38941", When("Calendar:Recurrence", "Calendar:Type", &["5"])),
            ("MS-ASCAL_R38950", When("Calendar:Recurrence", "Calendar:Type", &["6"])),
        ],
    ),
    Element::new(&[], "AirSyncBase:NativeBodyType", &[("MS-ASCAL_R336", Holds(Kind::UnsignedByte))]),
    Element::new(
        &[],
        "Calendar:Occurrences",
        &[
            ("MS-ASCAL_R344", Holds(Kind::UnsignedShort)),
            ("MS-ASCAL_R33811", Parent(&["Calendar:Recurrence"])),
            ("MS-ASCAL_R34011", Number(&["Calendar:Recurrence"], 0, 1)),
        ],
    ),
    Element::new(&[], "Calendar:OrganizerName", &[("MS-ASCAL_R369", Holds(Kind::Text))]),
    Element::new(
        &[],
        "Calendar:Reminder",
        &[
            ("MS-ASCAL_R39311", Number(&["Calendar:Exception"], 0, 1)),
            ("MS-ASCAL_R39511", HoldsOrEmpty(Kind::UnsignedInt)),
        ],
    ),
    Element::new(&[], "Calendar:ResponseRequested", &[("MS-ASCAL_R398", Holds(Kind::Boolean))]),
    Element::new(
        &[],
        "Calendar:ResponseType",
        &[
            ("MS-ASCAL_R407", Values(&["0", "1", "2", "3", "4", "5"])),
            ("MS-ASCAL_R40611", Holds(Kind::UnsignedInt)),
        ],
    ),
    Element::new(
        &[],
        "Calendar:Sensitivity",
        &[
            ("MS-ASCAL_R427", Holds(Kind::UnsignedByte)),
            ("MS-ASCAL_R428", Values(&["0", "1", "2", "3"])),
            ("MS-ASCAL_R42411", Number(&["Calendar:Exception"], 0, 1)),
        ],
    ),
    Element::new(&[], "Calendar:StartTime", &[("MS-ASCAL_R438", Holds(Kind::CompactDateTime))]),
    Element::new(
        &[],
        "Calendar:Subject",
        &[("MS-ASCAL_R13", Seen), ("MS-ASCAL_R14", Seen), ("MS-ASCAL_R444", Holds(Kind::Text))],
    ),
    Element::new(&[], "Calendar:Timezone", &[("MS-ASCAL_R447", Holds(Kind::TimeZone))]),
    Element::new(
        &[],
        "Calendar:Type",
        &[
            ("MS-ASCAL_R374", NumberBefore(Version::V16_0, "Calendar:Recurrence", 1, 1)),
            ("MS-ASCAL_R448", NumberBefore(Version::V16_0, "Calendar:Recurrence", 1, 1)),
            ("MS-ASCAL_R452", Holds(Kind::UnsignedByte)),
            ("MS-ASCAL_R453", Values(&["0", "1", "2", "3", "5", "6"])),
            ("MS-ASCAL_R45011", Number(&["Calendar:Recurrence"], 1, 1)),
        ],
    ),
    Element::new(
        &[],
        "Calendar:UID",
        &[("MS-ASCAL_R462", Holds(Kind::Text)), ("MS-ASCAL_R463", Longest(300))],
    ),
    Element::new(
        &[],
        "Calendar:Until",
        &[
            ("MS-ASCAL_R470", Holds(Kind::CompactDateTime)),
            ("MS-ASCAL_R46611", Number(&["Calendar:Recurrence"], 0, 1)),
        ],
    ),
    Element::new(
        &[],
        "Calendar:WeekOfMonth",
        &[
            ("MS-ASCAL_R471", Parent(&["Calendar:Recurrence"])),
            ("MS-ASCAL_R475", Holds(Kind::UnsignedByte)),
            ("MS-ASCAL_R476", Between(1, 5)),
            ("MS-ASCAL_R38948", When("Calendar:Recurrence", "Calendar:Type", &["6"])),
            ("MS-ASCAL_R47411", Number(&["Calendar:Recurrence"], 0, 1)),
            ("MS-ASCAL_R478113", When("Calendar:Recurrence", "Calendar:Type", &["3"])),
            ("MS-ASCAL_R478114", When("Calendar:Recurrence", "Calendar:Type", &["6"])),
            ("MS-ASCAL_R3893713", When("Calendar:Recurrence", "Calendar:Type", &["3"])),
        ],
    ),
    Element::new(
        &[],
        "Calendar:Attendee",
        &[
            ("MS-ASCAL_R99", Parent(&["Calendar:Attendees"])),
            (
                "MS-ASCAL_R98011",
                Children(&[
                    "Calendar:Email",
                    "Calendar:Name",
                    "Calendar:AttendeeStatus",
                    "Calendar:AttendeeType",
                    "MeetingResponse:ProposedStartTime",
                    "MeetingResponse:ProposedEndTime",
                ]),
            ),
        ],
    ),
    Element::new(
        &[Sync],
        "AirSync:ApplicationData/Calendar:Attendees",
        &[("MS-ASCAL_R10411", Children(&["Calendar:Attendee"]))],
    ),
    Element::new(
        &[Sync],
        "AirSync:ApplicationData/AirSyncBase:Body/AirSyncBase:Data",
        &[("MS-ASCAL_R12411", Holds(Kind::Text))],
    ),
    Element::new(
        &[Sync],
        "AirSync:ApplicationData/Calendar:BusyStatus",
        &[("MS-ASCAL_R13111", Holds(Kind::UnsignedByte))],
    ),
    Element::new(&[], "Calendar:Categories", &[("MS-ASCAL_R182", Children(&["Calendar:Category"]))]),
    Element::new(
        &[Sync],
        "Calendar:DisallowNewTimeProposal",
        &[("MS-ASCAL_R215", Number(&["AirSync:ApplicationData"], 0, 1))],
    ),
    Element::new(
        &[Sync],
        "AirSync:ApplicationData/Calendar:DisallowNewTimeProposal",
        &[("MS-ASCAL_R21111", Holds(Kind::Boolean))],
    ),
    Element::new(
        &[Sync],
        "Calendar:Exception/Calendar:DtStamp",
        &[("MS-ASCAL_R22111", Holds(Kind::CompactDateTime))],
    ),
    Element::new(&[], "Calendar:Attendee/Calendar:Email", &[("MS-ASCAL_R231", Holds(Kind::Addresses))]),
    Element::new(
        &[Sync],
        "Calendar:EndTime",
        &[("MS-ASCAL_R235", With("AirSync:ApplicationData", "Calendar:AllDayEvent"))],
    ),
    Element::new(
        &[],
        "Calendar:Exception",
        &[
            ("MS-ASCAL_R242", Parent(&["Calendar:Exceptions"])),
            ("MS-ASCAL_R24311", Number(&["Calendar:Exceptions"], 0, 256)),
        ],
    ),
    Element::new(
        &[],
        "AirSync:ApplicationData/AirSyncBase:Location",
        &[("MS-ASCAL_R2135", In(Version::V16_0)), ("MS-ASCAL_R2135001", In(Version::V16_1))],
    ),
    Element::new(
        &[Sync],
        "AirSync:ApplicationData/Calendar:MeetingStatus",
        &[("MS-ASCAL_R30311", Values(&["0", "1", "3", "5", "7", "9", "11", "13", "15"]))],
    ),
    Element::new(&[], "Calendar:OrganizerEmail", &[("MS-ASCAL_R364", Holds(Kind::Addresses))]),
    Element::new(
        &[Sync],
        "Calendar:ResponseRequested",
        &[("MS-ASCAL_R396", Number(&["AirSync:ApplicationData"], 0, 1))],
    ),
    Element::new(
        &[Sync],
        "Calendar:ResponseType",
        &[
            ("MS-ASCAL_R405", Number(&["AirSync:ApplicationData"], 0, 1)),
            ("MS-ASCAL_R40511", Number(&["Calendar:Exception"], 0, 1)),
        ],
    ),
    Element::new(
        &[Sync],
        "AirSync:ApplicationData/Calendar:Subject",
        &[("MS-ASCAL_R43911", Holds(Kind::Text))],
    ),
    Element::new(
        &[],
        "Calendar:Recurrence/Calendar:Until",
        &[("MS-ASCAL_R46411", Holds(Kind::CompactDateTime))],
    ),
    Element::new(&[Sync], "Calendar:Subject", &[("MS-ASCAL_R521", Seen), ("MS-ASCAL_R537", Seen)]),
    Element::new(
        &[ItemOperations],
        "Calendar:Subject",
        &[("MS-ASCAL_R525", Seen), ("MS-ASCAL_R528", Seen), ("MS-ASCAL_R529", Seen)],
    ),
    Element::new(&[ItemOperations], "Calendar:*", &[("MS-ASCAL_R531", Within("ItemOperations:Properties"))]),
    Element::new(
        &[Search],
        "Calendar:Subject",
        &[("MS-ASCAL_R523", Seen), ("MS-ASCAL_R533", Seen), ("MS-ASCAL_R534", Seen)],
    ),
    Element::new(&[Search], "Calendar:*", &[("MS-ASCAL_R535", Within("Search:Properties"))]),
    Element::new(&[Sync], "Calendar:*", &[("MS-ASCAL_R538", Within("AirSync:ApplicationData"))]),
];
