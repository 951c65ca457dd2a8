//! [MS-ASEMAIL]: mail.

use fieldpost_eas::Version;
use fieldpost_eas::command::CommandName::{Find, ItemOperations, Search, Sync};
use fieldpost_testkit::shape::Claim::{
    Between, Children, Filled, Holds, In, Longest, NotIn, Number, NumberBefore, NumberFrom, Parent, Seen,
    Values, When, WhenFrom, With, Within,
};
use fieldpost_testkit::shape::{Element, Kind, MANY};

#[test]
fn everything_has_its_place_and_type() {
    super::check(TABLE);
}

const TABLE: &[Element] = &[
    Element::new(&[], "Email:AllDayEvent", &[("MS-ASEMAIL_R234", Holds(Kind::UnsignedByte))]),
    Element::new(&[], "AirSyncBase:Attachments", &[("MS-ASEMAIL_R1122", Holds(Kind::Container))]),
    Element::new(&[], "AirSyncBase:BodyPart", &[("MS-ASEMAIL_R259", Holds(Kind::Container))]),
    Element::new(
        &[],
        "Email:BusyStatus",
        &[("MS-ASEMAIL_R264", Holds(Kind::Integer)), ("MS-ASEMAIL_R265", Values(&["0", "1", "2", "3", "4"]))],
    ),
    Element::new(
        &[],
        "Email2:CalendarType",
        &[
            ("MS-ASEMAIL_R294", Holds(Kind::Integer)),
            (
                "MS-ASEMAIL_R295",
                Values(&[
                    "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "14", "15", "20",
                ]),
            ),
        ],
    ),
    Element::new(&[], "Email:Categories", &[("MS-ASEMAIL_R313", Holds(Kind::Container))]),
    Element::new(
        &[],
        "Email:Category",
        &[("MS-ASEMAIL_R321", Parent(&["Email:Categories"])), ("MS-ASEMAIL_R323", Holds(Kind::Text))],
    ),
    Element::new(
        &[],
        "Email:Cc",
        &[("MS-ASEMAIL_R329", Holds(Kind::Text)), ("MS-ASEMAIL_R330", Holds(Kind::Addresses))],
    ),
    Element::new(
        &[],
        "Email:CompleteTime",
        &[
            ("MS-ASEMAIL_R337", Holds(Kind::DateTime)),
            ("MS-ASEMAIL_R338", Number(&["Email:Flag"], 0, 1)),
            ("MS-ASEMAIL_R359", With("Email:Flag", "Tasks:DateCompleted")),
        ],
    ),
    Element::new(
        &[],
        "Email:ContentClass",
        &[
            ("MS-ASEMAIL_R341", Holds(Kind::Text)),
            (
                "MS-ASEMAIL_R342",
                Values(&["urn:content-classes:message", "urn:content-classes:calendarmessage"]),
            ),
        ],
    ),
    Element::new(
        &[],
        "Email2:ConversationId",
        &[("MS-ASEMAIL_R345", Holds(Kind::Bytes)), ("MS-ASEMAIL_R348", Holds(Kind::Bytes))],
    ),
    Element::new(
        &[],
        "Email2:ConversationIndex",
        &[("MS-ASEMAIL_R354", Holds(Kind::Bytes)), ("MS-ASEMAIL_R1003", Holds(Kind::Bytes))],
    ),
    Element::new(
        &[],
        "Email:Flag/Tasks:DateCompleted",
        &[("MS-ASEMAIL_R360", Holds(Kind::DateTime)), ("MS-ASEMAIL_R361", Number(&["Email:Flag"], 0, 1))],
    ),
    Element::new(&[], "Email:DateReceived", &[("MS-ASEMAIL_R364", Holds(Kind::DateTime))]),
    Element::new(
        &[],
        "Email:DayOfMonth",
        &[
            ("MS-ASEMAIL_R367", Holds(Kind::Integer)),
            ("MS-ASEMAIL_R369", When("Email:Recurrence", "Email:Type", &["2"])),
            ("MS-ASEMAIL_R370", When("Email:Recurrence", "Email:Type", &["5"])),
        ],
    ),
    Element::new(
        &[],
        "Email:DayOfWeek",
        &[
            ("MS-ASEMAIL_R374", Holds(Kind::Integer)),
            ("MS-ASEMAIL_R375", When("Email:Recurrence", "Email:Type", &["1"])),
            ("MS-ASEMAIL_R376", When("Email:Recurrence", "Email:Type", &["6"])),
            ("MS-ASEMAIL_R377", Between(1, 127)),
        ],
    ),
    Element::new(&[], "Email:DisallowNewTimeProposal", &[("MS-ASEMAIL_R391", Holds(Kind::UnsignedByte))]),
    Element::new(&[], "Email:DisplayName", &[("MS-ASEMAIL_R394", Holds(Kind::Text))]),
    Element::new(
        &[],
        "Email:DisplayTo",
        &[("MS-ASEMAIL_R398", Holds(Kind::Text)), ("MS-ASEMAIL_R399", Filled)],
    ),
    Element::new(
        &[],
        "Email:DtStamp",
        &[
            ("MS-ASEMAIL_R401", Number(&["Email:MeetingRequest"], 1, MANY)),
            ("MS-ASEMAIL_R403", Holds(Kind::DateTime)),
            ("MS-ASEMAIL_R897", Number(&["Email:MeetingRequest"], 1, 1)),
        ],
    ),
    Element::new(
        &[],
        "Email:Flag/Tasks:DueDate",
        &[("MS-ASEMAIL_R410", Holds(Kind::DateTime)), ("MS-ASEMAIL_R411", Number(&["Email:Flag"], 0, 1))],
    ),
    Element::new(
        &[],
        "Email:EndTime",
        &[
            ("MS-ASEMAIL_R416", Holds(Kind::DateTime)),
            ("MS-ASEMAIL_R898", Number(&["Email:MeetingRequest"], 0, 1)),
        ],
    ),
    Element::new(
        &[],
        "Email2:FirstDayOfWeek",
        &[
            ("MS-ASEMAIL_R420", Number(&["Email:Recurrence"], 0, 1)),
            ("MS-ASEMAIL_R423", Holds(Kind::UnsignedByte)),
            ("MS-ASEMAIL_R424", Values(&["0", "1", "2", "3", "4", "5", "6"])),
        ],
    ),
    Element::new(
        &[],
        "Email:Flag",
        &[
            ("MS-ASEMAIL_R434", Holds(Kind::Container)),
            (
                "MS-ASEMAIL_R436",
                Children(&[
                    "Tasks:Subject",
                    "Email:Status",
                    "Email:FlagType",
                    "Tasks:DateCompleted",
                    "Email:CompleteTime",
                    "Tasks:StartDate",
                    "Tasks:DueDate",
                    "Tasks:UtcStartDate",
                    "Tasks:UtcDueDate",
                    "Tasks:ReminderSet",
                    "Tasks:ReminderTime",
                    "Tasks:OrdinalDate",
                    "Tasks:SubOrdinalDate",
                ]),
            ),
            (
                "MS-ASEMAIL_R440",
                Children(&[
                    "Tasks:Subject",
                    "Email:Status",
                    "Email:FlagType",
                    "Tasks:DateCompleted",
                    "Email:CompleteTime",
                    "Tasks:StartDate",
                    "Tasks:DueDate",
                    "Tasks:UtcStartDate",
                    "Tasks:UtcDueDate",
                    "Tasks:ReminderSet",
                    "Tasks:ReminderTime",
                    "Tasks:OrdinalDate",
                    "Tasks:SubOrdinalDate",
                ]),
            ),
            ("MS-ASEMAIL_R1069", Holds(Kind::Container)),
        ],
    ),
    Element::new(
        &[],
        "Email:FlagType",
        &[("MS-ASEMAIL_R469", Holds(Kind::Text)), ("MS-ASEMAIL_R472", Number(&["Email:Flag"], 0, 1))],
    ),
    Element::new(
        &[],
        "Email:From",
        &[("MS-ASEMAIL_R476", Holds(Kind::Text)), ("MS-ASEMAIL_R477", Longest(32768))],
    ),
    Element::new(
        &[],
        "Email:Importance",
        &[("MS-ASEMAIL_R482", Holds(Kind::UnsignedByte)), ("MS-ASEMAIL_R483", Values(&["0", "1", "2"]))],
    ),
    Element::new(
        &[],
        "Email:InstanceType",
        &[
            ("MS-ASEMAIL_R490", Holds(Kind::UnsignedByte)),
            ("MS-ASEMAIL_R491", Values(&["0", "1", "2", "3", "4"])),
        ],
    ),
    Element::new(&[], "Email:InternetCPID", &[("MS-ASEMAIL_R498", Holds(Kind::Text))]),
    Element::new(
        &[],
        "Email:Interval",
        &[
            ("MS-ASEMAIL_R499", Number(&["Email:Recurrence"], 1, MANY)),
            ("MS-ASEMAIL_R912", Number(&["Email:Recurrence"], 1, 1)),
        ],
    ),
    Element::new(&[], "Email:Recurrence/Email:Interval", &[("MS-ASEMAIL_R501", Holds(Kind::Integer))]),
    Element::new(
        &[],
        "Email2:IsLeapMonth",
        &[
            ("MS-ASEMAIL_R507", Holds(Kind::UnsignedByte)),
            ("MS-ASEMAIL_R508", NumberFrom(Version::V14_0, "Email:Recurrence", 1, 1)),
        ],
    ),
    Element::new(
        &[],
        "Email2:LastVerbExecuted",
        &[("MS-ASEMAIL_R513", Holds(Kind::Integer)), ("MS-ASEMAIL_R514", Values(&["0", "1", "2", "3"]))],
    ),
    Element::new(&[], "Email2:LastVerbExecutionTime", &[("MS-ASEMAIL_R522", Holds(Kind::DateTime))]),
    Element::new(&[], "Email:Location", &[("MS-ASEMAIL_R526", Holds(Kind::Text))]),
    Element::new(
        &[],
        "Email2:MeetingMessageType",
        &[
            ("MS-ASEMAIL_R528", NumberFrom(Version::V14_1, "Email:MeetingRequest", 1, 1)),
            ("MS-ASEMAIL_R530", Holds(Kind::UnsignedByte)),
            ("MS-ASEMAIL_R532", Values(&["0", "1", "2", "3", "4", "5", "6"])),
            ("MS-ASEMAIL_R911", NumberFrom(Version::V14_1, "Email:MeetingRequest", 1, 1)),
        ],
    ),
    Element::new(
        &[],
        "Email:MeetingRequest",
        &[
            ("MS-ASEMAIL_R541", Holds(Kind::Container)),
            (
                "MS-ASEMAIL_R546",
                Children(&[
                    "Email:AllDayEvent",
                    "Email:StartTime",
                    "Email:DtStamp",
                    "Email:EndTime",
                    "Email:InstanceType",
                    "Email:Location",
                    "Email:Organizer",
                    "Email:RecurrenceId",
                    "Email:Reminder",
                    "Email:ResponseRequested",
                    "Email:Recurrences",
                    "Email:Sensitivity",
                    "Email:BusyStatus",
                    "Email:TimeZone",
                    "Email:GlobalObjId",
                    "Email:DisallowNewTimeProposal",
                    "Email2:MeetingMessageType",
                    "Calendar:UID",
                    "AirSyncBase:Location",
                    "MeetingResponse:ProposedStartTime",
                    "MeetingResponse:ProposedEndTime",
                    "ComposeMail:Forwardees",
                ]),
            ),
        ],
    ),
    Element::new(
        &[],
        "Email:TimeZone",
        &[
            ("MS-ASEMAIL_R781", Number(&["Email:MeetingRequest"], 1, MANY)),
            ("MS-ASEMAIL_R783", Holds(Kind::TimeZone)),
            ("MS-ASEMAIL_R908", Number(&["Email:MeetingRequest"], 1, 1)),
        ],
    ),
    Element::new(&[], "Email:MessageClass", &[("MS-ASEMAIL_R584", Holds(Kind::Text))]),
    Element::new(&[], "Email:MonthOfYear", &[("MS-ASEMAIL_R619", Holds(Kind::Integer))]),
    Element::new(&[], "AirSyncBase:NativeBodyType", &[("MS-ASEMAIL_R623", Holds(Kind::UnsignedByte))]),
    Element::new(&[], "Email:Occurrences", &[("MS-ASEMAIL_R627", Holds(Kind::Integer))]),
    Element::new(
        &[],
        "Email:Flag/Tasks:OrdinalDate",
        &[("MS-ASEMAIL_R630", Holds(Kind::DateTime)), ("MS-ASEMAIL_R631", Number(&["Email:Flag"], 0, 1))],
    ),
    Element::new(&[], "Email:Organizer", &[("MS-ASEMAIL_R637", Holds(Kind::Text))]),
    Element::new(&[], "Email:Read", &[("MS-ASEMAIL_R642", Holds(Kind::Boolean))]),
    Element::new(&[], "Email2:ReceivedAsBcc", &[("MS-ASEMAIL_R646", Holds(Kind::Boolean))]),
    Element::new(
        &[],
        "Email:Recurrence",
        &[
            ("MS-ASEMAIL_R652", Number(&["Email:Recurrences"], 1, MANY)),
            (
                "MS-ASEMAIL_R653",
                Children(&[
                    "Email:Type",
                    "Email:Interval",
                    "Email:Until",
                    "Email:Occurrences",
                    "Email:WeekOfMonth",
                    "Email:DayOfMonth",
                    "Email:DayOfWeek",
                    "Email:MonthOfYear",
                    "Email2:CalendarType",
                    "Email2:IsLeapMonth",
                    "Email2:FirstDayOfWeek",
                ]),
            ),
            ("MS-ASEMAIL_R684", Number(&["Email:Recurrences"], 1, MANY)),
        ],
    ),
    Element::new(
        &[],
        "Email:Type",
        &[
            ("MS-ASEMAIL_R789", Number(&["Email:Recurrence"], 1, MANY)),
            ("MS-ASEMAIL_R880", Number(&["Email:Recurrence"], 1, 1)),
        ],
    ),
    Element::new(&[], "Email:RecurrenceId", &[("MS-ASEMAIL_R680", Holds(Kind::DateTime))]),
    Element::new(
        &[],
        "Email:Recurrences",
        &[
            ("MS-ASEMAIL_R681", Holds(Kind::Container)),
            ("MS-ASEMAIL_R682", Parent(&["Email:MeetingRequest"])),
        ],
    ),
    Element::new(
        &[],
        "Email:Flag/Tasks:ReminderSet",
        &[("MS-ASEMAIL_R691", Holds(Kind::UnsignedByte)), ("MS-ASEMAIL_R694", Number(&["Email:Flag"], 0, 1))],
    ),
    Element::new(
        &[],
        "Email:Flag/Tasks:ReminderTime",
        &[("MS-ASEMAIL_R700", Holds(Kind::DateTime)), ("MS-ASEMAIL_R703", Number(&["Email:Flag"], 0, 1))],
    ),
    Element::new(
        &[],
        "Email:ReplyTo",
        &[("MS-ASEMAIL_R709", Holds(Kind::Text)), ("MS-ASEMAIL_R710", Holds(Kind::Addresses))],
    ),
    Element::new(&[], "Email:ResponseRequested", &[("MS-ASEMAIL_R714", Holds(Kind::UnsignedByte))]),
    Element::new(
        &[],
        "Email:Sensitivity",
        &[("MS-ASEMAIL_R729", Holds(Kind::Integer)), ("MS-ASEMAIL_R730", Values(&["0", "1", "2", "3"]))],
    ),
    Element::new(
        &[],
        "Email:Flag/Tasks:StartDate",
        &[("MS-ASEMAIL_R742", Holds(Kind::DateTime)), ("MS-ASEMAIL_R743", Number(&["Email:Flag"], 0, 1))],
    ),
    Element::new(
        &[],
        "Email:StartTime",
        &[
            ("MS-ASEMAIL_R749", Holds(Kind::DateTime)),
            ("MS-ASEMAIL_R896", Number(&["Email:MeetingRequest"], 0, 1)),
        ],
    ),
    Element::new(
        &[],
        "Email:Status",
        &[
            ("MS-ASEMAIL_R752", Holds(Kind::Integer)),
            ("MS-ASEMAIL_R753", Values(&["0", "1", "2"])),
            ("MS-ASEMAIL_R758", Number(&["Email:Flag"], 0, 1)),
        ],
    ),
    Element::new(
        &[],
        "Email:Subject",
        &[
            ("MS-ASEMAIL_R51", Seen),
            ("MS-ASEMAIL_R53", Seen),
            ("MS-ASEMAIL_R108", Seen),
            ("MS-ASEMAIL_R109", Seen),
            ("MS-ASEMAIL_R1416", Holds(Kind::Text)),
        ],
    ),
    Element::new(
        &[],
        "Email:Flag/Tasks:Subject",
        &[("MS-ASEMAIL_R768", Number(&["Email:Flag"], 0, 1)), ("MS-ASEMAIL_R769", Holds(Kind::Text))],
    ),
    Element::new(
        &[],
        "Email:Flag/Tasks:SubOrdinalDate",
        &[("MS-ASEMAIL_R772", Holds(Kind::Text)), ("MS-ASEMAIL_R774", Number(&["Email:Flag"], 0, 1))],
    ),
    Element::new(&[], "Email:ThreadTopic", &[("MS-ASEMAIL_R780", Holds(Kind::Text))]),
    Element::new(
        &[],
        "Email:Recurrence/Email:Type",
        &[
            ("MS-ASEMAIL_R791", Holds(Kind::UnsignedByte)),
            ("MS-ASEMAIL_R792", Values(&["0", "1", "2", "3", "5", "6"])),
        ],
    ),
    Element::new(&[], "Email:Until", &[("MS-ASEMAIL_R847", Holds(Kind::Text))]),
    Element::new(
        &[],
        "Email:Flag/Tasks:UtcDueDate",
        &[("MS-ASEMAIL_R854", Holds(Kind::DateTime)), ("MS-ASEMAIL_R855", Number(&["Email:Flag"], 0, 1))],
    ),
    Element::new(
        &[],
        "Email:Flag/Tasks:UtcStartDate",
        &[("MS-ASEMAIL_R865", Holds(Kind::DateTime)), ("MS-ASEMAIL_R866", Number(&["Email:Flag"], 0, 1))],
    ),
    Element::new(&[], "Email:WeekOfMonth", &[("MS-ASEMAIL_R872", Holds(Kind::Integer))]),
    Element::new(
        &[Sync],
        "Email:Subject",
        &[("MS-ASEMAIL_R55", Seen), ("MS-ASEMAIL_R70", Seen), ("MS-ASEMAIL_R71", Seen)],
    ),
    Element::new(&[ItemOperations], "Email:Subject", &[("MS-ASEMAIL_R59", Seen), ("MS-ASEMAIL_R62", Seen)]),
    Element::new(&[ItemOperations], "Email:*", &[("MS-ASEMAIL_R64", Within("ItemOperations:Properties"))]),
    Element::new(&[Search], "Email:Subject", &[("MS-ASEMAIL_R57", Seen), ("MS-ASEMAIL_R66", Seen)]),
    Element::new(&[Search], "Email:*", &[("MS-ASEMAIL_R67", Within("Search:Properties"))]),
    Element::new(&[Find], "Email:*", &[("MS-ASEMAIL_R6001", Within("Find:Properties"))]),
    Element::new(&[Sync], "Email:*", &[("MS-ASEMAIL_R72", Within("AirSync:ApplicationData"))]),
    Element::new(&[], "Email2:Bcc", &[("MS-ASEMAIL_R1131", Holds(Kind::Text))]),
    Element::new(
        &[],
        "AirSyncBase:Body",
        &[(
            "MS-ASEMAIL_R245",
            Children(&[
                "AirSyncBase:Type",
                "AirSyncBase:EstimatedDataSize",
                "AirSyncBase:Truncated",
                "AirSyncBase:Data",
                "AirSyncBase:Preview",
                "ItemOperations:Part",
            ]),
        )],
    ),
    Element::new(
        &[Sync],
        "AirSyncBase:Body",
        &[(
            "MS-ASEMAIL_R246",
            Children(&[
                "AirSyncBase:Type",
                "AirSyncBase:EstimatedDataSize",
                "AirSyncBase:Truncated",
                "AirSyncBase:Data",
                "AirSyncBase:Preview",
                "ItemOperations:Part",
            ]),
        )],
    ),
    Element::new(
        &[Search],
        "AirSyncBase:Body",
        &[(
            "MS-ASEMAIL_R247",
            Children(&[
                "AirSyncBase:Type",
                "AirSyncBase:EstimatedDataSize",
                "AirSyncBase:Truncated",
                "AirSyncBase:Data",
                "AirSyncBase:Preview",
                "ItemOperations:Part",
            ]),
        )],
    ),
    Element::new(
        &[ItemOperations],
        "AirSyncBase:Body",
        &[(
            "MS-ASEMAIL_R248",
            Children(&[
                "AirSyncBase:Type",
                "AirSyncBase:EstimatedDataSize",
                "AirSyncBase:Truncated",
                "AirSyncBase:Data",
                "AirSyncBase:Preview",
                "ItemOperations:Part",
            ]),
        )],
    ),
    Element::new(&[], "AirSyncBase:Type", &[("MS-ASEMAIL_R250", Number(&["AirSyncBase:Body"], 1, 1))]),
    Element::new(
        &[],
        "Email:To",
        &[
            ("MS-ASEMAIL_R786", Holds(Kind::Addresses)),
            ("MS-ASEMAIL_R788", Holds(Kind::Text)),
            ("MS-ASEMAIL_R788", Longest(32768)),
        ],
    ),
    Element::new(&[], "Email2:Sender", &[("MS-ASEMAIL_R721", Holds(Kind::Addresses))]),
    Element::new(
        &[],
        "Email:MeetingRequest/Email:Location",
        &[
            ("MS-ASEMAIL_R527", Longest(32768)),
            ("MS-ASEMAIL_R1311", NotIn(&[Version::V16_0])),
            ("MS-ASEMAIL_R13111", NotIn(&[Version::V16_1])),
        ],
    ),
    Element::new(
        &[],
        "Tasks:DateCompleted",
        &[("MS-ASEMAIL_R358", When("Email:Flag", "Email:Status", &["1"]))],
    ),
    Element::new(
        &[],
        "Email:GlobalObjId",
        &[
            ("MS-ASEMAIL_R478", NumberBefore(Version::V16_0, "Email:MeetingRequest", 1, 1)),
            ("MS-ASEMAIL_R909", NumberBefore(Version::V16_0, "Email:MeetingRequest", 1, 1)),
            ("MS-ASEMAIL_R1253", NotIn(&[Version::V16_0])),
            ("MS-ASEMAIL_R1310", NotIn(&[Version::V16_0])),
            ("MS-ASEMAIL_R12540", NotIn(&[Version::V16_1])),
            ("MS-ASEMAIL_R13110", NotIn(&[Version::V16_1])),
        ],
    ),
    Element::new(
        &[],
        "Email:MeetingRequest/Calendar:UID",
        &[
            ("MS-ASEMAIL_R1253", In(Version::V16_0)),
            ("MS-ASEMAIL_R1310", In(Version::V16_0)),
            ("MS-ASEMAIL_R12540", In(Version::V16_1)),
            ("MS-ASEMAIL_R13110", In(Version::V16_1)),
        ],
    ),
    Element::new(
        &[],
        "Email:MeetingRequest/AirSyncBase:Location",
        &[("MS-ASEMAIL_R1311", In(Version::V16_0)), ("MS-ASEMAIL_R13111", In(Version::V16_1))],
    ),
    Element::new(
        &[],
        "Calendar:UID",
        &[("MS-ASEMAIL_R1305", NumberFrom(Version::V16_0, "Email:MeetingRequest", 1, 1))],
    ),
    Element::new(
        &[Sync],
        "Email:InternetCPID",
        &[("MS-ASEMAIL_R496", With("AirSync:ApplicationData", "Email:MessageClass"))],
    ),
    Element::new(&[], "Email2:IsDraft", &[("MS-ASEMAIL_R1277", Holds(Kind::Boolean))]),
    Element::new(
        &[],
        "Tasks:ReminderTime",
        &[("MS-ASEMAIL_R701", When("Email:Flag", "Tasks:ReminderSet", &["1"]))],
    ),
    Element::new(&[], "Tasks:SubOrdinalDate", &[("MS-ASEMAIL_R1006", Parent(&["Email:Flag"]))]),
    Element::new(
        &[Sync],
        "Email2:ConversationId",
        &[(
            "MS-ASEMAIL_R343",
            WhenFrom(
                Version::V14_0,
                "AirSync:ApplicationData",
                "Email:ContentClass",
                &["urn:content-classes:message"],
            ),
        )],
    ),
    Element::new(
        &[Sync],
        "AirSync:Responses/AirSync:Add/AirSync:ApplicationData/Email2:ConversationId",
        &[("MS-ASEMAIL_R1184", In(Version::V16_0)), ("MS-ASEMAIL_R11850", In(Version::V16_1))],
    ),
    Element::new(
        &[Sync],
        "AirSync:Responses/AirSync:Add/AirSync:ApplicationData/Email2:ConversationIndex",
        &[("MS-ASEMAIL_R1190", In(Version::V16_0)), ("MS-ASEMAIL_R11910", In(Version::V16_1))],
    ),
    Element::new(&[Find], "Email:Subject", &[("MS-ASEMAIL_R6000", Seen)]),
];
