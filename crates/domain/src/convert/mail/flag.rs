//! Follow-up flags on the wire and in the mailbox ([MS-ASEMAIL] 2.2.2.34 and 3.2.5.4.2).

use fieldpost_eas::date::DateTime;
use fieldpost_eas::item::{Flag as WireFlag, FlagStatus};
use jiff::Timestamp;

use crate::item::Flag;

/// A flag that breaks a rule: item Status 6.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadFlag {
    /// An active flag has no `FlagType` (MS-ASEMAIL_R940, R92).
    #[error("an active flag needs a flag type")]
    NoType,
    /// Some of the four dates are there and some are not (MS-ASEMAIL_R408, R740).
    #[error("a flag has all four of start and due dates or none")]
    SomeDates,
    /// It would be due before it starts (MS-ASEMAIL_R406, R738).
    #[error("a flag must not be due before it starts")]
    DueBeforeStart,
    /// A flag that is complete lacks `CompleteTime` or `DateCompleted` (MS-ASEMAIL_R334, R358).
    #[error("a completed flag needs the time and the date of completion")]
    NoCompletion,
    /// A reminder is set without a time (MS-ASEMAIL_R701).
    #[error("a reminder needs a time")]
    NoReminderTime,
    /// Something is set, and there is no flag that it could belong to.
    #[error("there is no flag to change")]
    NothingToChange,
}

/// The flag as a phone gets it; none is an empty element (MS-ASEMAIL_R437).
pub fn flag_to_wire(flag: Option<&Flag>) -> WireFlag {
    let Some(flag) = flag else { return WireFlag::default() };
    let date = |at: Option<Timestamp>| at.map(DateTime);
    WireFlag {
        subject: flag.subject.clone(),
        status: Some(if flag.status == FlagStatus::Complete as u8 {
            FlagStatus::Complete
        } else {
            FlagStatus::Active
        }),
        flag_type: flag.flag_type.clone(),
        complete_time: date(flag.complete_time),
        date_completed: date(flag.date_completed),
        start_date: date(flag.start_date),
        due_date: date(flag.due_date),
        utc_start_date: date(flag.utc_start_date),
        utc_due_date: date(flag.utc_due_date),
        reminder_set: flag.reminder_set,
        reminder_time: date(flag.reminder_time),
        ordinal_date: date(flag.ordinal_date),
        sub_ordinal_date: flag.sub_ordinal_date.clone(),
    }
}

/// The flag that the message has after a phone sent `wire`, `current` being the one before. None: it
/// has none any more.
///
/// An empty element and status 0 clear it (MS-ASEMAIL_R88, R8800). Status 2 sets it anew. Status 1
/// completes it, and no status updates it (R90): what the phone did not send then stays.
pub fn flag_from_wire(wire: &WireFlag, current: Option<&Flag>) -> Result<Option<Flag>, BadFlag> {
    let flag = match wire.status {
        Some(FlagStatus::Cleared) => return Ok(None),
        None if *wire == WireFlag::default() => return Ok(None),
        Some(FlagStatus::Active) => {
            merged(wire, Flag { status: FlagStatus::Active as u8, ..Flag::default() })
        }
        Some(FlagStatus::Complete) => {
            if wire.complete_time.is_none() || wire.date_completed.is_none() {
                return Err(BadFlag::NoCompletion);
            }
            merged(wire, Flag { status: FlagStatus::Complete as u8, ..current.cloned().unwrap_or_default() })
        }
        None => merged(wire, current.cloned().ok_or(BadFlag::NothingToChange)?),
    };
    check(&flag)?;
    Ok(Some(flag))
}

fn merged(wire: &WireFlag, base: Flag) -> Flag {
    let date = |new: Option<DateTime>, old: Option<Timestamp>| new.map(|d| d.0).or(old);
    Flag {
        status: base.status,
        subject: wire.subject.clone().or(base.subject),
        flag_type: wire.flag_type.clone().or(base.flag_type),
        complete_time: date(wire.complete_time, base.complete_time),
        date_completed: date(wire.date_completed, base.date_completed),
        start_date: date(wire.start_date, base.start_date),
        due_date: date(wire.due_date, base.due_date),
        utc_start_date: date(wire.utc_start_date, base.utc_start_date),
        utc_due_date: date(wire.utc_due_date, base.utc_due_date),
        reminder_set: wire.reminder_set.or(base.reminder_set),
        reminder_time: date(wire.reminder_time, base.reminder_time),
        ordinal_date: date(wire.ordinal_date, base.ordinal_date),
        sub_ordinal_date: wire.sub_ordinal_date.clone().or(base.sub_ordinal_date),
    }
}

fn check(flag: &Flag) -> Result<(), BadFlag> {
    if flag.status == FlagStatus::Active as u8 && flag.flag_type.as_deref().is_none_or(str::is_empty) {
        return Err(BadFlag::NoType);
    }
    let dates = [flag.start_date, flag.due_date, flag.utc_start_date, flag.utc_due_date];
    let given = dates.iter().flatten().count();
    if given != 0 && given != dates.len() {
        return Err(BadFlag::SomeDates);
    }
    if flag.start_date > flag.due_date || flag.utc_start_date > flag.utc_due_date {
        return Err(BadFlag::DueBeforeStart);
    }
    if flag.reminder_set == Some(true) && flag.reminder_time.is_none() {
        return Err(BadFlag::NoReminderTime);
    }
    Ok(())
}
