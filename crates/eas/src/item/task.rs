//! A task as a phone sees it ([MS-ASTASK] 2.2.2).

use super::{Body, Importance};
use crate::codec::{Base64, Content, DecodeError, OrEmpty};
use crate::date::DateTime;
use crate::message;
use crate::page::{air_sync_base as base, tasks};

message! {
    /// The properties of a task. Local times are written as if they were UTC, beside the UTC ones.
    #[derive(Default)]
    pub struct Task {
        /// Subject.
        subject: Option<String> = tasks::SUBJECT,
        /// Importance. Always sent: old Android takes absence for low.
        importance: Option<Importance> = tasks::IMPORTANCE,
        /// Start in UTC; empty: none.
        utc_start_date: Option<OrEmpty<DateTime>> = tasks::UTC_START_DATE,
        /// Start, local.
        start_date: Option<OrEmpty<DateTime>> = tasks::START_DATE,
        /// Due in UTC; empty: none.
        utc_due_date: Option<OrEmpty<DateTime>> = tasks::UTC_DUE_DATE,
        /// Due, local.
        due_date: Option<OrEmpty<DateTime>> = tasks::DUE_DATE,
        /// Categories. Empty: none.
        categories: Option<Vec<String>> = tasks::CATEGORIES => tasks::CATEGORY,
        /// Whether it is done; required (2.2.2.8).
        complete: Option<bool> = tasks::COMPLETE,
        /// When it was done; required where it is.
        date_completed: Option<OrEmpty<DateTime>> = tasks::DATE_COMPLETED,
        /// 0 normal, 1 personal, 2 private, 3 confidential.
        sensitivity: Option<u8> = tasks::SENSITIVITY,
        /// When to remind, local; empty: never.
        reminder_time: Option<OrEmpty<DateTime>> = tasks::REMINDER_TIME,
        /// Whether to remind.
        reminder_set: Option<bool> = tasks::REMINDER_SET,
        /// Sorting hint in the task list (12.0).
        ordinal_date: Option<OrEmpty<DateTime>> = tasks::ORDINAL_DATE,
        /// Sorting hint within one ordinal date (12.0).
        sub_ordinal_date: Option<String> = tasks::SUB_ORDINAL_DATE,
        /// How it recurs.
        recurrence: Option<TaskRecurrence> = tasks::RECURRENCE,
        /// `legacy_body` is not the whole, 2.5.
        legacy_body_truncated: Option<bool> = tasks::BODY_TRUNCATED,
        /// Size of the whole notes in bytes, 2.5.
        legacy_body_size: Option<u32> = tasks::BODY_SIZE,
        /// Plain-text notes, 2.5.
        legacy_body: Option<Content> = tasks::BODY,
        /// Notes as compressed RTF ([MS-OXRTFCP]), 2.5. From phones alone.
        compressed_rtf: Option<Base64> = tasks::COMPRESSED_RTF,
        /// Notes, 12.0 and later.
        body: Option<Body> = base::BODY,
        /// Form in which the notes are stored: 1 text, 2 HTML, 3 RTF (12.0).
        native_body_type: Option<u8> = base::NATIVE_BODY_TYPE,
    }
}

message! {
    /// How a task recurs ([MS-ASTASK] 2.2.2.18). Type and start are required of both sides.
    #[derive(Default)]
    pub struct TaskRecurrence {
        /// 0 daily, 1 weekly, 2 monthly, 3 monthly on the n-th day, 5 yearly, 6 yearly on the n-th
        /// day.
        r#type: Option<u8> = tasks::TYPE,
        /// First occurrence, local.
        start: Option<DateTime> = tasks::START,
        /// Last occurrence, local.
        until: Option<DateTime> = tasks::UNTIL,
        /// Number of occurrences.
        occurrences: Option<u8> = tasks::OCCURRENCES,
        /// Days, weeks, months or years from one to the next, up to 999.
        interval: Option<u16> = tasks::INTERVAL,
        /// Days of the week as bits, Sunday 1 to Saturday 64.
        day_of_week: Option<u8> = tasks::DAY_OF_WEEK,
        /// Day of the month, 1 to 31.
        day_of_month: Option<u8> = tasks::DAY_OF_MONTH,
        /// Week of the month, 1 to 4; 5 is the last.
        week_of_month: Option<u8> = tasks::WEEK_OF_MONTH,
        /// Month of the year, 1 to 12.
        month_of_year: Option<u8> = tasks::MONTH_OF_YEAR,
        /// Whether the next occurrence counts from the day on which this one is done.
        regenerate: Option<bool> = tasks::REGENERATE,
        /// Whether this is one occurrence that stands alone.
        dead_occur: Option<bool> = tasks::DEAD_OCCUR,
        /// The calendar that months and years are of, 0 to 23 (14.0).
        calendar_type: Option<u8> = tasks::CALENDAR_TYPE,
        /// Whether the month is the leap month of its calendar (14.0).
        is_leap_month: Option<bool> = tasks::IS_LEAP_MONTH,
        /// First day of the week, Sunday 0 to Saturday 6 (14.1).
        first_day_of_week: Option<u8> = tasks::FIRST_DAY_OF_WEEK,
    }
}

impl Task {
    /// Whether all numbers lie in the ranges of [MS-ASTASK] 2.2.2.
    pub(super) fn check(&self) -> Result<(), DecodeError> {
        use super::range::within;
        within(tasks::SENSITIVITY, self.sensitivity, 0..=3, "a sensitivity from 0 to 3")?;
        match &self.recurrence {
            Some(recurrence) => recurrence.check(),
            None => Ok(()),
        }
    }
}

impl TaskRecurrence {
    fn check(&self) -> Result<(), DecodeError> {
        use super::range::within;
        if self.r#type == Some(4) {
            return Err(DecodeError::Value { tag: tasks::TYPE, expected: "0, 1, 2, 3, 5 or 6" });
        }
        within(tasks::TYPE, self.r#type, 0..=6, "0, 1, 2, 3, 5 or 6")?;
        within(tasks::INTERVAL, self.interval, 0..=999, "an interval from 0 to 999")?;
        within(tasks::DAY_OF_WEEK, self.day_of_week, 1..=127, "days of the week from 1 to 127")?;
        within(tasks::DAY_OF_MONTH, self.day_of_month, 1..=31, "a day from 1 to 31")?;
        within(tasks::WEEK_OF_MONTH, self.week_of_month, 1..=5, "a week from 1 to 5")?;
        within(tasks::MONTH_OF_YEAR, self.month_of_year, 1..=12, "a month from 1 to 12")?;
        within(tasks::CALENDAR_TYPE, self.calendar_type, 0..=23, "a calendar from 0 to 23")?;
        within(tasks::FIRST_DAY_OF_WEEK, self.first_day_of_week, 0..=6, "a day from 0 to 6")
    }
}
