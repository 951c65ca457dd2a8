//! When somebody is free, as ResolveRecipients tells it ([MS-ASCMD] 2.2.3.107, `MergedFreeBusy`): one
//! digit for each half hour.

use jiff::{SignedDuration, Timestamp};

use crate::calendar::{Busy, BusyStatus};

/// Length of time that one digit stands for.
const SLOT: SignedDuration = SignedDuration::from_mins(30);
/// Most digits: 42 days, beyond which nobody may ask.
pub const MAX_SLOTS: usize = 42 * 48;
/// The digit for those whose calendar nobody here can see.
pub const UNKNOWN: char = '4';

/// How many digits stand for a time: one for each half hour that begins in it.
pub fn slots(start: Timestamp, end: Timestamp) -> usize {
    let seconds = end.duration_since(start).as_secs().max(0);
    usize::try_from((seconds + SLOT.as_secs() - 1) / SLOT.as_secs()).unwrap_or(MAX_SLOTS).min(MAX_SLOTS)
}

/// How much a status weighs, by the digits of the protocol. Whoever works elsewhere can be met: the
/// digits know no other word for it.
fn weight(status: BusyStatus) -> u8 {
    match status {
        BusyStatus::Free | BusyStatus::Elsewhere => b'0',
        BusyStatus::Tentative => b'1',
        BusyStatus::Busy => b'2',
        BusyStatus::OutOfOffice => b'3',
    }
}

/// The digits of a time in which somebody is busy so; where times overlap, the greatest counts.
pub fn merged(busy: &[Busy], start: Timestamp, end: Timestamp) -> String {
    let mut taken = vec![b'0'; slots(start, end)];
    for one in busy.iter().filter(|one| one.end > start && one.start < end) {
        let from = one.start.max(start).duration_since(start).as_secs() / SLOT.as_secs();
        let until = one.end.min(end).duration_since(start).as_secs();
        let until = (until + SLOT.as_secs() - 1) / SLOT.as_secs();
        let (from, until) = (usize::try_from(from).unwrap_or(0), usize::try_from(until).unwrap_or(0));
        for slot in taken.iter_mut().take(until).skip(from) {
            *slot = (*slot).max(weight(one.status));
        }
    }
    taken.into_iter().map(char::from).collect()
}

/// The digits of a time for somebody whose calendar can't be seen.
pub fn unknown(start: Timestamp, end: Timestamp) -> String {
    UNKNOWN.to_string().repeat(slots(start, end))
}

/// The digits of several people as one: of each half hour the greatest.
pub fn together(all: &[String]) -> String {
    let length = all.iter().map(String::len).max().unwrap_or(0);
    let mut digits = vec![b'0'; length];
    for one in all {
        for (digit, other) in digits.iter_mut().zip(one.bytes()) {
            *digit = (*digit).max(other);
        }
    }
    digits.into_iter().map(char::from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(time: &str) -> Timestamp {
        format!("2026-12-01T{time}:00Z").parse().unwrap()
    }

    #[test]
    fn a_digit_stands_for_each_half_hour() {
        let one = |start, end, status| Busy { start: at(start), end: at(end), status };
        let busy = [
            one("09:00", "10:00", BusyStatus::Busy),
            one("09:45", "10:05", BusyStatus::Tentative),
            one("11:00", "11:01", BusyStatus::OutOfOffice),
            one("11:30", "12:00", BusyStatus::Elsewhere),
            one("07:00", "08:00", BusyStatus::Busy),
            one("12:00", "13:00", BusyStatus::Busy),
        ];
        assert_eq!(merged(&busy, at("08:00"), at("12:00")), "00221030");
        // A time that begins within a half hour, and one that ends within it.
        assert_eq!(merged(&busy, at("08:50"), at("10:10")), "222");
        assert_eq!(merged(&busy, at("12:00"), at("11:00")), "");
        assert_eq!(unknown(at("08:00"), at("09:10")), "444");
        assert_eq!(together(&["0213".into(), "1111".into(), "2".into()]), "2213");
        let year = at("00:00").checked_add(SignedDuration::from_hours(24 * 365)).unwrap();
        assert_eq!(slots(at("00:00"), year), MAX_SLOTS);
    }
}
