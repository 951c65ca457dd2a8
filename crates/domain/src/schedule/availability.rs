//! When somebody is free ([MS-ASCMD] 2.2.3.110.1, `MergedFreeBusy`): one digit for each half hour.

use jiff::{SignedDuration, Timestamp};

/// How a time is taken, by the digits of the protocol; of several the greatest counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Busy {
    /// Free.
    Free = 0,
    /// Perhaps taken.
    Tentative = 1,
    /// Taken.
    Busy = 2,
    /// Out of office.
    Away = 3,
    /// Nobody can tell.
    Unknown = 4,
}

impl Busy {
    fn digit(self) -> char {
        match self {
            Busy::Free => '0',
            Busy::Tentative => '1',
            Busy::Busy => '2',
            Busy::Away => '3',
            Busy::Unknown => '4',
        }
    }
}

/// A time that is taken, up to but without its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// From here on.
    pub start: Timestamp,
    /// Up to here.
    pub end: Timestamp,
    /// How.
    pub busy: Busy,
}

/// Length of time that one digit stands for.
const SLOT: SignedDuration = SignedDuration::from_mins(30);
/// Most digits: 42 days, beyond which nobody may ask ([MS-ASCMD] 2.2.3.176.1).
pub const MAX_SLOTS: usize = 42 * 48;

/// How many digits stand for a time: one for each half hour that begins in it.
pub fn slots(start: Timestamp, end: Timestamp) -> usize {
    let seconds = end.duration_since(start).as_secs().max(0);
    usize::try_from((seconds + SLOT.as_secs() - 1) / SLOT.as_secs()).unwrap_or(MAX_SLOTS).min(MAX_SLOTS)
}

/// The digits of a time.
pub fn merged(periods: &[Period], start: Timestamp, end: Timestamp) -> String {
    let mut taken = vec![Busy::Free; slots(start, end)];
    for period in periods.iter().filter(|period| period.end > start && period.start < end) {
        let from = period.start.max(start).duration_since(start).as_secs() / SLOT.as_secs();
        let until = period.end.min(end).duration_since(start).as_secs();
        let until = (until + SLOT.as_secs() - 1) / SLOT.as_secs();
        let (from, until) = (usize::try_from(from).unwrap_or(0), usize::try_from(until).unwrap_or(0));
        for slot in taken.iter_mut().take(until).skip(from) {
            *slot = (*slot).max(period.busy);
        }
    }
    taken.into_iter().map(Busy::digit).collect()
}

/// The digits of several people as one: of each half hour the greatest (MS-ASCMD_R3410).
pub fn together(all: &[String]) -> String {
    let length = all.iter().map(String::len).max().unwrap_or(0);
    let digit = |at: usize| all.iter().filter_map(|digits| digits.chars().nth(at)).max().unwrap_or('4');
    (0..length).map(digit).collect()
}
