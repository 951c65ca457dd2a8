//! Follow-up flags on the wire and in the mailbox ([MS-ASEMAIL] 2.2.2.34 and 3.2.5.4.2).

use fieldpost_eas::date::DateTime;
use fieldpost_eas::item::{Flag as WireFlag, FlagStatus};
use jiff::Timestamp;

use crate::item::Flag;

/// A flag that breaks a rule: item Status 6.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadFlag {
    /// An active flag has no `FlagType` (MS-ASEMAIL_R940, R92), and the message is not about a meeting.
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
        // MS-ASEMAIL_R693: none was asked for.
        reminder_set: Some(flag.reminder_set.unwrap_or(false)),
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
///
/// `of_meeting`: the message is about a meeting, whose flag needs no type (R470).
pub fn flag_from_wire(
    wire: &WireFlag,
    current: Option<&Flag>,
    of_meeting: bool,
) -> Result<Option<Flag>, BadFlag> {
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
    check(&flag, of_meeting)?;
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

fn check(flag: &Flag, of_meeting: bool) -> Result<(), BadFlag> {
    let has_type = flag.flag_type.as_deref().is_some_and(|name| !name.is_empty());
    if flag.status == FlagStatus::Active as u8 && !has_type && !of_meeting {
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Of a message like most.
    fn flag_from_wire(wire: &WireFlag, current: Option<&Flag>) -> Result<Option<Flag>, BadFlag> {
        super::flag_from_wire(wire, current, false)
    }

    fn at(text: &str) -> Option<DateTime> {
        Some(DateTime(text.parse().unwrap()))
    }

    /// What pyactivesync 0.17 sends to flag a message, all times the same.
    fn active() -> WireFlag {
        let now = at("2026-11-23T10:00:00Z");
        WireFlag {
            status: Some(FlagStatus::Active),
            flag_type: Some("Flag for follow up".into()),
            start_date: now,
            utc_start_date: now,
            due_date: now,
            utc_due_date: now,
            ..WireFlag::default()
        }
    }

    #[test]
    fn a_flag_is_set_and_told_as_it_was_sent() {
        // MS-ASEMAIL_R940
        let flag = flag_from_wire(&active(), None).unwrap().unwrap();
        let told = |sent: WireFlag| WireFlag { reminder_set: Some(false), ..sent };
        assert_eq!(flag_to_wire(Some(&flag)), told(active()));
        // MS-ASEMAIL_R1068: or no dates at all.
        let plain =
            WireFlag { status: Some(FlagStatus::Active), flag_type: Some("x".into()), ..WireFlag::default() };
        let flag = flag_from_wire(&plain, Some(&flag)).unwrap().unwrap();
        assert_eq!(flag_to_wire(Some(&flag)), told(plain), "setting it anew leaves nothing of the old one");
    }

    #[test]
    fn a_flag_is_cleared() {
        let set = flag_from_wire(&active(), None).unwrap();
        // MS-ASEMAIL_R88, R8800, R437
        let cleared = WireFlag { status: Some(FlagStatus::Cleared), ..WireFlag::default() };
        assert_eq!(flag_from_wire(&cleared, set.as_ref()), Ok(None));
        assert_eq!(flag_from_wire(&WireFlag::default(), set.as_ref()), Ok(None));
        assert_eq!(flag_to_wire(None), WireFlag::default());
    }

    #[test]
    fn a_flag_is_completed_and_keeps_its_text() {
        let set = flag_from_wire(&active(), None).unwrap();
        let done = WireFlag {
            status: Some(FlagStatus::Complete),
            complete_time: at("2026-11-24T08:00:00Z"),
            date_completed: at("2026-11-24T08:00:00Z"),
            ..WireFlag::default()
        };
        // MS-ASEMAIL_R86
        let flag = flag_from_wire(&done, set.as_ref()).unwrap().unwrap();
        assert_eq!((flag.status, flag.flag_type.as_deref()), (1, Some("Flag for follow up")));
        assert_eq!(flag_to_wire(Some(&flag)).status, Some(FlagStatus::Complete));
        // MS-ASEMAIL_R334, R358
        for lacking in [
            WireFlag { complete_time: None, ..done.clone() },
            WireFlag { date_completed: None, ..done.clone() },
        ] {
            assert_eq!(flag_from_wire(&lacking, set.as_ref()), Err(BadFlag::NoCompletion));
        }
    }

    #[test]
    fn a_flag_without_status_is_an_update() {
        let set = flag_from_wire(&active(), None).unwrap();
        let update = WireFlag {
            reminder_set: Some(true),
            reminder_time: at("2026-11-23T09:00:00Z"),
            ..WireFlag::default()
        };
        // MS-ASEMAIL_R90
        let flag = flag_from_wire(&update, set.as_ref()).unwrap().unwrap();
        assert_eq!((flag.status, flag.reminder_set), (2, Some(true)));
        assert!(flag.due_date.is_some());
        assert_eq!(flag_from_wire(&update, None), Err(BadFlag::NothingToChange));
    }

    #[test]
    fn rules_are_kept() {
        let refused = |wire: WireFlag| flag_from_wire(&wire, None).unwrap_err();
        // MS-ASEMAIL_R92, R940
        let untyped = WireFlag { flag_type: None, ..active() };
        assert_eq!(refused(untyped.clone()), BadFlag::NoType);
        assert!(super::flag_from_wire(&untyped, None, true).is_ok());
        // MS-ASEMAIL_R408, R409, R740
        assert_eq!(refused(WireFlag { due_date: None, ..active() }), BadFlag::SomeDates);
        assert_eq!(refused(WireFlag { utc_start_date: None, ..active() }), BadFlag::SomeDates);
        // MS-ASEMAIL_R406, R738
        let early = at("2026-11-22T10:00:00Z");
        assert_eq!(refused(WireFlag { due_date: early, ..active() }), BadFlag::DueBeforeStart);
        assert_eq!(refused(WireFlag { utc_due_date: early, ..active() }), BadFlag::DueBeforeStart);
        // MS-ASEMAIL_R701, R702
        assert_eq!(refused(WireFlag { reminder_set: Some(true), ..active() }), BadFlag::NoReminderTime);
    }
}
