//! Events ([MS-ASCAL] 2.2.2).

use fieldpost_eas::command::CommandName;

use super::Rules;
use super::Said::{Among, In, Is, Times};
use super::Type::*;

#[test]
fn calendar() {
    let mut rules = Rules::of(CommandName::Sync);
    rules.on(
        "Calendar:AppointmentReplyTime",
        &[
            Is(Compact), // MS-ASCAL_R91
        ],
    );
    rules.on(
        "Calendar:Attendee",
        &[
            In(&["Calendar:Attendees"]), // MS-ASCAL_R99
        ],
    );
    rules.on(
        "Calendar:AttendeeStatus",
        &[
            In(&["Calendar:Attendee"]),
            Times(0, 1), // MS-ASCAL_R116
        ],
    );
    rules.on(
        "Calendar:AttendeeStatus",
        &[
            Is(Byte),               // MS-ASCAL_R117
            Among(&[0..=0, 2..=5]), // MS-ASCAL_R118
        ],
    );
    rules.on(
        "Calendar:AttendeeType",
        &[
            In(&["Calendar:Attendee"]),
            Times(0, 1), // MS-ASCAL_R121
        ],
    );
    rules.on(
        "Calendar:AttendeeType",
        &[
            Is(Byte),        // MS-ASCAL_R122
            Among(&[1..=3]), // MS-ASCAL_R123
        ],
    );
    rules.on(
        "Calendar:BusyStatus",
        &[
            Is(Byte),        // MS-ASCAL_R137
            Among(&[0..=4]), // MS-ASCAL_R138
        ],
    );
    rules.on(
        "Calendar:CalendarType",
        &[
            In(&["Calendar:Recurrence"]), // MS-ASCAL_R139
        ],
    );
    rules.on(
        "Calendar:CalendarType",
        &[
            Is(Byte),         // MS-ASCAL_R145
            Among(&[0..=23]), // MS-ASCAL_R146
        ],
    );
    rules.on(
        "Calendar:Category",
        &[
            Is(String), // MS-ASCAL_R185
        ],
    );
    rules.on(
        "Calendar:DayOfMonth",
        &[
            In(&["Calendar:Recurrence"]), // MS-ASCAL_R188
            Times(0, 1),                  // MS-ASCAL_R19111
        ],
    );
    rules.on(
        "Calendar:DayOfMonth",
        &[
            Is(Byte), // MS-ASCAL_R192
        ],
    );
    rules.on(
        "Calendar:DayOfWeek",
        &[
            In(&["Calendar:Recurrence"]), // MS-ASCAL_R196
            Times(0, 1),                  // MS-ASCAL_R19811
        ],
    );
    rules.on(
        "Calendar:DayOfWeek",
        &[
            Is(Integer), // MS-ASCAL_R199
        ],
    );
    rules.on(
        "Calendar:Deleted",
        &[
            Is(Byte), // MS-ASCAL_R209
        ],
    );
    rules.on(
        "Calendar:DisallowNewTimeProposal",
        &[
            Is(Boolean), // MS-ASCAL_R216
        ],
    );
    rules.on(
        "Calendar:DtStamp",
        &[
            Is(Compact), // MS-ASCAL_R224
        ],
    );
    rules.on(
        "Calendar:Email",
        &[
            In(&["Calendar:Attendee"]), // MS-ASCAL_R225
        ],
    );
    rules.on(
        "Calendar:Email",
        &[
            Is(String), // MS-ASCAL_R227
        ],
    );
    rules.on(
        "Calendar:EndTime",
        &[
            Is(Compact), // MS-ASCAL_R240
        ],
    );
    rules.on(
        "Calendar:Exception",
        &[
            In(&["Calendar:Exceptions"]), // MS-ASCAL_R242
        ],
    );
    rules.on(
        "Calendar:ExceptionStartTime",
        &[
            In(&["Calendar:Exception"]), // MS-ASCAL_R264
        ],
    );
    rules.on(
        "Calendar:ExceptionStartTime",
        &[
            Is(Compact), // MS-ASCAL_R268
        ],
    );
    rules.on(
        "Calendar:FirstDayOfWeek",
        &[
            In(&["Calendar:Recurrence"]), // MS-ASCAL_R269
            Times(0, 1),                  // MS-ASCAL_R272
        ],
    );
    rules.on(
        "Calendar:FirstDayOfWeek",
        &[
            Is(Byte),        // MS-ASCAL_R276
            Among(&[0..=6]), // MS-ASCAL_R277
        ],
    );
    rules.on(
        "Calendar:Interval",
        &[
            Is(Integer), // MS-ASCAL_R283
        ],
    );
    rules.on(
        "Calendar:IsLeapMonth",
        &[
            In(&["Calendar:Recurrence"]), // MS-ASCAL_R284
            Times(0, 1),                  // MS-ASCAL_R287
        ],
    );
    rules.on(
        "Calendar:IsLeapMonth",
        &[
            Is(Byte),        // MS-ASCAL_R291
            Among(&[0..=1]), // MS-ASCAL_R292
        ],
    );
    rules.on(
        "Calendar:Location",
        &[
            Is(String), // MS-ASCAL_R300
        ],
    );
    rules.on(
        "Calendar:MeetingStatus",
        &[
            Is(Byte),                                                               // MS-ASCAL_R308
            Among(&[0..=1, 3..=3, 5..=5, 7..=7, 9..=9, 11..=11, 13..=13, 15..=15]), // MS-ASCAL_R309
        ],
    );
    rules.on(
        "Calendar:MonthOfYear",
        &[
            In(&["Calendar:Recurrence"]), // MS-ASCAL_R321
            Times(0, 1),                  // MS-ASCAL_R32411
        ],
    );
    rules.on(
        "Calendar:MonthOfYear",
        &[
            Is(Byte), // MS-ASCAL_R325
        ],
    );
    rules.on(
        "Calendar:Name",
        &[
            Is(String), // MS-ASCAL_R331
        ],
    );
    rules.on(
        "Calendar:Occurrences",
        &[
            Is(Integer), // MS-ASCAL_R344
        ],
    );
    rules.on(
        "Calendar:OrganizerName",
        &[
            Is(String), // MS-ASCAL_R369
        ],
    );
    rules.on(
        "Calendar:ResponseRequested",
        &[
            Is(Boolean), // MS-ASCAL_R398
        ],
    );
    rules.on(
        "Calendar:ResponseType",
        &[
            In(&["Calendar:Exception"]), // MS-ASCAL_R402
            Times(0, 1),                 // MS-ASCAL_R405
            Times(0, 1),                 // MS-ASCAL_R40511
        ],
    );
    rules.on(
        "Calendar:ResponseType",
        &[
            Among(&[0..=5]), // MS-ASCAL_R407
            Is(Integer),     // MS-ASCAL_R40611
        ],
    );
    rules.on(
        "Calendar:Sensitivity",
        &[
            Is(Byte),        // MS-ASCAL_R427
            Among(&[0..=3]), // MS-ASCAL_R428
        ],
    );
    rules.on(
        "Calendar:StartTime",
        &[
            Is(Compact), // MS-ASCAL_R438
        ],
    );
    rules.on(
        "Calendar:Subject",
        &[
            Is(String), // MS-ASCAL_R444
        ],
    );
    rules.on(
        "Calendar:Type",
        &[
            In(&["Calendar:Recurrence"]), // MS-ASCAL_R448
            Times(1, 1),                  // MS-ASCAL_R45011
        ],
    );
    rules.on(
        "Calendar:Type",
        &[
            Is(Byte), // MS-ASCAL_R452
        ],
    );
    rules.on(
        "Calendar:Until",
        &[
            Is(Compact), // MS-ASCAL_R470
        ],
    );
    rules.on(
        "Calendar:WeekOfMonth",
        &[
            In(&["Calendar:Recurrence"]), // MS-ASCAL_R471
            Times(0, 1),                  // MS-ASCAL_R47411
        ],
    );
    rules.on(
        "Calendar:WeekOfMonth",
        &[
            Is(Byte), // MS-ASCAL_R475
        ],
    );
    rules.on(
        "Calendar:AllDayEvent",
        &[
            Is(Byte),        // MS-ASCAL_R564
            Among(&[0..=1]), // MS-ASCAL_R565
        ],
    );
    rules.on(
        "Calendar:AppointmentReplyTime",
        &[
            In(&["Calendar:Exception"]),
            Times(0, 1), // MS-ASCAL_R567
        ],
    );
    rules.on(
        "Calendar:AllDayEvent",
        &[
            In(&["Calendar:Exception"]),
            Times(0, 1), // MS-ASCAL_R8111
        ],
    );
    rules.on(
        "Calendar:Attendees",
        &[
            In(&["Calendar:Exception"]),
            Times(0, 1), // MS-ASCAL_R10711
        ],
    );
    rules.on(
        "Calendar:BusyStatus",
        &[
            In(&["Calendar:Exception"]),
            Times(0, 1), // MS-ASCAL_R13411
        ],
    );
    rules.on(
        "Calendar:Categories",
        &[
            In(&["Calendar:Exception"]),
            Times(0, 1), // MS-ASCAL_R18011
        ],
    );
    rules.on(
        "Calendar:Deleted",
        &[
            In(&["Calendar:Exception"]),
            Times(0, 1), // MS-ASCAL_R20811
        ],
    );
    rules.on(
        "Calendar:DtStamp",
        &[
            In(&["Calendar:Exception"]),
            Times(0, 1), // MS-ASCAL_R22211
        ],
    );
    rules.on(
        "Calendar:EndTime",
        &[
            In(&["Calendar:Exception"]),
            Times(0, 1), // MS-ASCAL_R23711
        ],
    );
    rules.on(
        "Calendar:Interval",
        &[
            In(&["Calendar:Recurrence"]),
            Times(0, 1), // MS-ASCAL_R28211
        ],
    );
    rules.on(
        "Calendar:Location",
        &[
            In(&["Calendar:Exception"]),
            Times(0, 1), // MS-ASCAL_R29711
        ],
    );
    rules.on(
        "Calendar:Name",
        &[
            In(&["Calendar:Attendee"]),
            Times(1, 1), // MS-ASCAL_R33211
        ],
    );
    rules.on(
        "Calendar:Occurrences",
        &[
            In(&["Calendar:Recurrence"]),
            Times(0, 1), // MS-ASCAL_R34011
        ],
    );
    rules.on(
        "Calendar:OnlineMeetingConfLink",
        &[
            In(&["Calendar:Exception"]),
            Times(0, 1), // MS-ASCAL_R34812
        ],
    );
    rules.on(
        "Calendar:Reminder",
        &[
            In(&["Calendar:Exception"]),
            Times(0, 1), // MS-ASCAL_R39311
        ],
    );
    rules.on(
        "Calendar:Reminder",
        &[
            Is(IntegerOrEmpty), // MS-ASCAL_R39511
            Is(IntegerOrEmpty), // MS-ASCAL_R3951111
        ],
    );
    rules.on(
        "Calendar:Sensitivity",
        &[
            In(&["Calendar:Exception"]),
            Times(0, 1), // MS-ASCAL_R42411
        ],
    );
    rules.on(
        "Calendar:Until",
        &[
            In(&["Calendar:Recurrence"]),
            Times(0, 1), // MS-ASCAL_R46611
        ],
    );
    rules.end();
}
