//! Code page 9, `Tasks` ([MS-ASWBXML] 2.1.2.1.10).

super::code_page! {
    9, "Tasks";
    0x05 BODY "Body" 0b0000001;
    0x06 BODY_SIZE "BodySize" 0b0000001;
    0x07 BODY_TRUNCATED "BodyTruncated" 0b0000001;
    0x08 CATEGORIES "Categories" 0b1111111;
    0x09 CATEGORY "Category" 0b1111111;
    0x0A COMPLETE "Complete" 0b1111111;
    0x0B DATE_COMPLETED "DateCompleted" 0b1111111;
    0x0C DUE_DATE "DueDate" 0b1111111;
    0x0D UTC_DUE_DATE "UtcDueDate" 0b1111111;
    0x0E IMPORTANCE "Importance" 0b1111111;
    0x0F RECURRENCE "Recurrence" 0b1111111;
    0x10 TYPE "Type" 0b1111111;
    0x11 START "Start" 0b1111111;
    0x12 UNTIL "Until" 0b1111111;
    0x13 OCCURRENCES "Occurrences" 0b1111111;
    0x14 INTERVAL "Interval" 0b1111111;
    0x15 DAY_OF_MONTH "DayOfMonth" 0b1111111;
    0x16 DAY_OF_WEEK "DayOfWeek" 0b1111111;
    0x17 WEEK_OF_MONTH "WeekOfMonth" 0b1111111;
    0x18 MONTH_OF_YEAR "MonthOfYear" 0b1111111;
    0x19 REGENERATE "Regenerate" 0b1111111;
    0x1A DEAD_OCCUR "DeadOccur" 0b1111111;
    0x1B REMINDER_SET "ReminderSet" 0b1111111;
    0x1C REMINDER_TIME "ReminderTime" 0b1111111;
    0x1D SENSITIVITY "Sensitivity" 0b1111111;
    0x1E START_DATE "StartDate" 0b1111111;
    0x1F UTC_START_DATE "UtcStartDate" 0b1111111;
    0x20 SUBJECT "Subject" 0b1111111;
    0x21 COMPRESSED_RTF "CompressedRTF" 0b0000001;
    0x22 ORDINAL_DATE "OrdinalDate" 0b1111110;
    0x23 SUB_ORDINAL_DATE "SubOrdinalDate" 0b1111110;
    0x24 CALENDAR_TYPE "CalendarType" 0b1111000;
    0x25 IS_LEAP_MONTH "IsLeapMonth" 0b1111000;
    0x26 FIRST_DAY_OF_WEEK "FirstDayOfWeek" 0b1110000;
}
