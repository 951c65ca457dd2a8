//! Follow-up flags ([MS-ASEMAIL] 2.2.2.34).

use crate::codec::{DecodeError, Element};
use crate::date::DateTime;
use crate::message;
use crate::page::{Tag, email, tasks};
use crate::wbxml::{Reader, Writer};

/// State of a flag ([MS-ASEMAIL] 2.2.2.72).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FlagStatus {
    /// No flag.
    #[default]
    Cleared = 0,
    /// The follow-up is done.
    Complete = 1,
    /// To be followed up.
    Active = 2,
}

impl Element for FlagStatus {
    fn read(tag: Tag, r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        match u8::read(tag, r)? {
            0 => Ok(FlagStatus::Cleared),
            1 => Ok(FlagStatus::Complete),
            2 => Ok(FlagStatus::Active),
            _ => Err(DecodeError::Value { tag, expected: "a flag status from 0 to 2" }),
        }
    }

    fn write(&self, tag: Tag, w: &mut Writer) {
        (*self as u8).write(tag, w);
    }
}

message! {
    /// A flag. All absent, written as `<Flag/>`: the message has none.
    #[derive(Default)]
    pub struct Flag {
        /// What the flag is about (tasks page).
        subject: Option<String> = tasks::SUBJECT,
        /// State.
        status: Option<FlagStatus> = email::STATUS,
        /// Text of the flag, `Flag for follow up` as a rule.
        flag_type: Option<String> = email::FLAG_TYPE,
        /// When it was completed, by the user's account.
        complete_time: Option<DateTime> = email::COMPLETE_TIME,
        /// When it was completed, as a task has it.
        date_completed: Option<DateTime> = tasks::DATE_COMPLETED,
        /// Start, local time written as if it were UTC.
        start_date: Option<DateTime> = tasks::START_DATE,
        /// Start in UTC.
        utc_start_date: Option<DateTime> = tasks::UTC_START_DATE,
        /// Due, local time written as if it were UTC.
        due_date: Option<DateTime> = tasks::DUE_DATE,
        /// Due in UTC.
        utc_due_date: Option<DateTime> = tasks::UTC_DUE_DATE,
        /// Whether a reminder is set.
        reminder_set: Option<bool> = tasks::REMINDER_SET,
        /// When to remind.
        reminder_time: Option<DateTime> = tasks::REMINDER_TIME,
        /// Sorting hint in the task list.
        ordinal_date: Option<DateTime> = tasks::ORDINAL_DATE,
        /// Sorting hint within one ordinal date.
        sub_ordinal_date: Option<String> = tasks::SUB_ORDINAL_DATE,
    }
}
