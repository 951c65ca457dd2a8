//! Tasks ([MS-ASTASK] 2.2.2).

use fieldpost_eas::command::CommandName;

use super::Said::{Among, In, Is, Times};
use super::Type::*;
use super::{MANY, Rules};

#[test]
fn tasks() {
    let mut rules = Rules::of(CommandName::Sync);
    rules.on(
        "Tasks:CalendarType",
        &[
            In(&["Tasks:Recurrence"]), // MS-ASTASK_R77
        ],
    );
    rules.on(
        "Tasks:CalendarType",
        &[
            Is(Byte), // MS-ASTASK_R79
        ],
    );
    rules.on(
        "Tasks:Categories",
        &[
            Is(Container), // MS-ASTASK_R106
        ],
    );
    rules.on(
        "Tasks:Categories",
        &[
            In(&["ApplicationData"]),
            Times(0, 1), // MS-ASTASK_R108
        ],
    );
    rules.on(
        "Tasks:Category",
        &[
            Is(String), // MS-ASTASK_R114
        ],
    );
    rules.on(
        "Tasks:Complete",
        &[
            Is(Byte),        // MS-ASTASK_R118
            Among(&[0..=1]), // MS-ASTASK_R119
        ],
    );
    rules.on(
        "Tasks:DayOfMonth",
        &[
            Is(Byte),         // MS-ASTASK_R128
            Among(&[1..=31]), // MS-ASTASK_R525
        ],
    );
    rules.on(
        "Tasks:DayOfMonth",
        &[
            In(&["Tasks:Recurrence"]),
            Times(0, 1), // MS-ASTASK_R130
        ],
    );
    rules.on(
        "Tasks:DayOfWeek",
        &[
            In(&["Tasks:Recurrence"]),
            Times(0, 1), // MS-ASTASK_R139
        ],
    );
    rules.on(
        "Tasks:DayOfWeek",
        &[
            Is(Byte), // MS-ASTASK_R140
        ],
    );
    rules.on(
        "Tasks:DeadOccur",
        &[
            Is(Byte), // MS-ASTASK_R154
        ],
    );
    rules.on(
        "Tasks:DeadOccur",
        &[
            In(&["Tasks:Recurrence"]),
            Times(0, 1), // MS-ASTASK_R155
        ],
    );
    rules.on(
        "Tasks:FirstDayOfWeek",
        &[
            In(&["Tasks:Recurrence"]), // MS-ASTASK_R162
            Times(0, 1),               // MS-ASTASK_R166
        ],
    );
    rules.on(
        "Tasks:FirstDayOfWeek",
        &[
            Is(Byte),        // MS-ASTASK_R164
            Among(&[0..=6]), // MS-ASTASK_R170
        ],
    );
    rules.on(
        "Tasks:Importance",
        &[
            Is(Byte), // MS-ASTASK_R182
        ],
    );
    rules.on(
        "Tasks:Interval",
        &[
            In(&["Tasks:Recurrence"]),
            Times(0, 1), // MS-ASTASK_R190
        ],
    );
    rules.on(
        "Tasks:Interval",
        &[
            Is(Integer), // MS-ASTASK_R191
        ],
    );
    rules.on(
        "Tasks:IsLeapMonth",
        &[
            Is(Byte),        // MS-ASTASK_R195
            Among(&[0..=1]), // MS-ASTASK_R201
        ],
    );
    rules.on(
        "Tasks:IsLeapMonth",
        &[
            In(&["Tasks:Recurrence"]),
            Times(0, 1), // MS-ASTASK_R197
        ],
    );
    rules.on(
        "Tasks:MonthOfYear",
        &[
            Is(Byte),         // MS-ASTASK_R207
            Among(&[1..=12]), // MS-ASTASK_R210
        ],
    );
    rules.on(
        "Tasks:MonthOfYear",
        &[
            In(&["Tasks:Recurrence"]),
            Times(0, 1), // MS-ASTASK_R209
        ],
    );
    rules.on(
        "Tasks:Occurrences",
        &[
            Is(Byte), // MS-ASTASK_R213
        ],
    );
    rules.on(
        "Tasks:Occurrences",
        &[
            In(&["Tasks:Recurrence"]),
            Times(0, 1), // MS-ASTASK_R214
        ],
    );
    rules.on(
        "Tasks:Recurrence",
        &[
            Is(Container), // MS-ASTASK_R221
        ],
    );
    rules.on(
        "Tasks:Recurrence",
        &[
            In(&["ApplicationData"]),
            Times(0, 1), // MS-ASTASK_R223
        ],
    );
    rules.on(
        "Tasks:Regenerate",
        &[
            Is(Byte), // MS-ASTASK_R241
        ],
    );
    rules.on(
        "Tasks:Regenerate",
        &[
            In(&["Tasks:Recurrence"]),
            Times(0, 1), // MS-ASTASK_R242
        ],
    );
    rules.on(
        "Tasks:Sensitivity",
        &[
            Is(Byte),        // MS-ASTASK_R258
            Among(&[0..=3]), // MS-ASTASK_R259
        ],
    );
    rules.on(
        "Tasks:Start",
        &[
            In(&["Tasks:Recurrence"]),
            Times(1, MANY), // MS-ASTASK_R267
            Times(0, 1),    // MS-ASTASK_R268
        ],
    );
    rules.on(
        "Tasks:Start",
        &[
            Is(DateTime), // MS-ASTASK_R271
        ],
    );
    rules.on(
        "Tasks:Type",
        &[
            In(&["Tasks:Recurrence"]), // MS-ASTASK_R285
            Times(1, MANY),            // MS-ASTASK_R287
            Times(0, 1),               // MS-ASTASK_R288
        ],
    );
    rules.on(
        "Tasks:Type",
        &[
            Is(Byte),               // MS-ASTASK_R291
            Among(&[0..=3, 5..=6]), // MS-ASTASK_R292
        ],
    );
    rules.on(
        "Tasks:Until",
        &[
            In(&["Tasks:Recurrence"]),
            Times(0, 1), // MS-ASTASK_R301
        ],
    );
    rules.on(
        "Tasks:Until",
        &[
            Is(DateTime), // MS-ASTASK_R305
        ],
    );
    rules.on(
        "Tasks:WeekOfMonth",
        &[
            Is(Byte),        // MS-ASTASK_R314
            Among(&[1..=5]), // MS-ASTASK_R317
        ],
    );
    rules.on(
        "Tasks:WeekOfMonth",
        &[
            In(&["Tasks:Recurrence"]),
            Times(0, 1), // MS-ASTASK_R316
        ],
    );
    rules.end();
}
