//! Tasks.

use fieldpost_eas::codec::{Base64, OrEmpty};
use fieldpost_eas::date::DateTime;
use fieldpost_eas::item::{Importance, Task, TaskRecurrence};
use fieldpost_eas::page::{Tag, air_sync_base as base, tasks};

use super::item::body;
use crate::generator::Gen;

/// A task with a subject at least, by which it is known.
pub fn task(g: &mut Gen<'_>) -> Task {
    Task {
        subject: Some(g.text()),
        importance: g
            .opt(tasks::IMPORTANCE, |g| g.pick(&[Importance::Low, Importance::Normal, Importance::High])),
        utc_start_date: date(g, tasks::UTC_START_DATE),
        start_date: date(g, tasks::START_DATE),
        utc_due_date: date(g, tasks::UTC_DUE_DATE),
        due_date: date(g, tasks::DUE_DATE),
        categories: g.opt(tasks::CATEGORIES, |g| g.many(tasks::CATEGORY, Gen::text)),
        complete: g.opt(tasks::COMPLETE, Gen::bool),
        date_completed: date(g, tasks::DATE_COMPLETED),
        sensitivity: g.opt(tasks::SENSITIVITY, |g| g.pick(&[0, 1, 2, 3])),
        reminder_time: date(g, tasks::REMINDER_TIME),
        reminder_set: g.opt(tasks::REMINDER_SET, Gen::bool),
        ordinal_date: date(g, tasks::ORDINAL_DATE),
        sub_ordinal_date: g.opt(tasks::SUB_ORDINAL_DATE, Gen::text),
        recurrence: g.opt(tasks::RECURRENCE, recurrence),
        legacy_body_truncated: g.opt(tasks::BODY_TRUNCATED, Gen::bool),
        legacy_body_size: g.opt(tasks::BODY_SIZE, Gen::u32),
        legacy_body: g.opt(tasks::BODY, Gen::content),
        compressed_rtf: g.opt(tasks::COMPRESSED_RTF, |g| Base64(g.data())),
        body: g.opt(base::BODY, body),
        native_body_type: g.opt(base::NATIVE_BODY_TYPE, Gen::u8),
    }
}

fn date(g: &mut Gen<'_>, tag: Tag) -> Option<OrEmpty<DateTime>> {
    g.opt(tag, |g| OrEmpty(g.opt(tag, Gen::date)))
}

fn recurrence(g: &mut Gen<'_>) -> TaskRecurrence {
    TaskRecurrence {
        r#type: g.opt(tasks::TYPE, |g| g.pick(&[0, 1, 2, 3, 5, 6])),
        start: g.opt(tasks::START, Gen::date),
        until: g.opt(tasks::UNTIL, Gen::date),
        occurrences: g.opt(tasks::OCCURRENCES, Gen::u8),
        interval: g.opt(tasks::INTERVAL, |g| g.u32() as u16 % 1000),
        day_of_week: g.opt(tasks::DAY_OF_WEEK, |g| 1 + g.u8() % 127),
        day_of_month: g.opt(tasks::DAY_OF_MONTH, |g| 1 + g.u8() % 31),
        week_of_month: g.opt(tasks::WEEK_OF_MONTH, |g| 1 + g.u8() % 5),
        month_of_year: g.opt(tasks::MONTH_OF_YEAR, |g| 1 + g.u8() % 12),
        regenerate: g.opt(tasks::REGENERATE, Gen::bool),
        dead_occur: g.opt(tasks::DEAD_OCCUR, Gen::bool),
        calendar_type: g.opt(tasks::CALENDAR_TYPE, |g| g.u8() % 24),
        is_leap_month: g.opt(tasks::IS_LEAP_MONTH, Gen::bool),
        first_day_of_week: g.opt(tasks::FIRST_DAY_OF_WEEK, |g| g.u8() % 7),
    }
}
