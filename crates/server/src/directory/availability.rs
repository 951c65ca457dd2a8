//! When people are free, half hour by half hour ([MS-ASCMD] 2.2.3.112).

use fieldpost_domain::calendar::{Busy, BusyStatus, busy};
use fieldpost_domain::directory::{Entry, EntryKind};
use fieldpost_domain::folder::FolderType;
use fieldpost_domain::{AccountId, MailboxId, Position};
use jiff::Timestamp;

use crate::App;
use crate::activesync::fault::Fault;

/// Seconds that a digit stands for.
const STEP: i64 = 30 * 60;
/// Events that are read at a time.
const PORTION: usize = 200;

/// A time that is asked about, of at most some weeks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// Its beginning.
    pub start: Timestamp,
    /// Its end.
    pub end: Timestamp,
}

/// The time of all of these merged: for each begun half hour the digit of whoever has the least of it. None
/// where nothing is known of any.
///
/// # Errors
/// Our own trouble.
pub async fn of(app: &App, people: &[&Entry], window: Window) -> Result<Option<String>, Fault> {
    let mut times = Vec::new();
    let mut is_known = false;
    for person in people {
        if let EntryKind::Account(account) = person.kind {
            is_known = true;
            times.extend(of_mailbox(app, MailboxId(account.0), window).await?);
        }
    }
    Ok(is_known.then(|| digits(&times, window)))
}

/// When the owner of a mailbox is not free.
///
/// # Errors
/// Our own trouble.
pub async fn of_mailbox(app: &App, mailbox: MailboxId, window: Window) -> Result<Vec<Busy>, Fault> {
    let mut times = Vec::new();
    let owner = app.store.account(AccountId(mailbox.0)).await?;
    let zone = app.settings.zone_of(owner.as_ref().and_then(|owner| owner.time_zone.as_deref()));
    let folders = app.backend.folders(mailbox).await?;
    let calendars = folders.iter().filter(|folder| folder.kind == FolderType::Calendar);
    for folder in calendars {
        // Events lie by the end of their last occurrence: those that are over are not read.
        let floor = Position { received: window.start.as_millisecond(), item: 0 };
        let mut before = Position::NEWEST;
        loop {
            let metas = app.backend.older(mailbox, folder.id, before, floor, PORTION).await?;
            let Some(last) = metas.last() else { break };
            before = last.position();
            let ids: Vec<_> = metas.iter().map(|meta| meta.id).collect();
            for item in app.backend.fetch(mailbox, &ids).await? {
                // What can't be read takes no time; it is reported where it is shown.
                times.extend(busy(&item.content, &zone, window.start, window.end).unwrap_or_default());
            }
        }
    }
    Ok(times)
}

/// The digits of a window.
fn digits(times: &[Busy], window: Window) -> String {
    let seconds = window.end.duration_since(window.start).as_secs().max(0);
    let count = usize::try_from((seconds + STEP - 1) / STEP).unwrap_or(0);
    let mut steps = vec![0_u8; count];
    for time in times {
        let digit = match time.status {
            BusyStatus::Free | BusyStatus::Elsewhere => continue,
            BusyStatus::Tentative => 1,
            BusyStatus::Busy => 2,
            BusyStatus::OutOfOffice => 3,
        };
        let from = time.start.duration_since(window.start);
        let to = time.end.duration_since(window.start).as_millis();
        if to <= 0 {
            continue;
        }
        let first = usize::try_from(from.as_secs().max(0) / STEP).unwrap_or(usize::MAX);
        // Whoever is taken for a second of it is taken for all of it (MS-ASCMD_R3332).
        let last = usize::try_from((to - 1) / (i128::from(STEP) * 1000)).unwrap_or(usize::MAX);
        for step in steps.iter_mut().take(last.saturating_add(1)).skip(first) {
            *step = digit.max(*step);
        }
    }
    steps.into_iter().map(|digit| char::from(b'0' + digit)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minutes: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + minutes * 60).unwrap()
    }

    fn time(from: i64, to: i64, status: BusyStatus) -> Busy {
        Busy { start: at(from), end: at(to), status }
    }

    // MS-ASCMD_R3319, R3320, R3321, R3322, R3323, R3324, R3327, R3328, R3330, R3332
    #[test]
    fn each_half_hour_is_as_its_worst_moment() {
        let window = Window { start: at(0), end: at(150) };
        let all = |times: &[Busy]| digits(times, window);
        assert_eq!(all(&[]), "00000");
        let example = [
            time(0, 30, BusyStatus::OutOfOffice),
            time(30, 90, BusyStatus::Busy),
            time(120, 150, BusyStatus::Tentative),
        ];
        assert_eq!(all(&example), "32201");
        assert_eq!(all(&[time(25, 30, BusyStatus::Busy)]), "20000");
        assert_eq!(all(&[time(29, 31, BusyStatus::Tentative), time(40, 41, BusyStatus::Busy)]), "12000");
        assert_eq!(all(&[time(-600, 6000, BusyStatus::Busy)]), "22222");
        assert_eq!(all(&[time(-60, 0, BusyStatus::Busy), time(150, 160, BusyStatus::Busy)]), "00000");
        assert_eq!(all(&[time(0, 150, BusyStatus::Free), time(0, 99, BusyStatus::Elsewhere)]), "00000");
        let last = Window { start: at(0), end: at(31) };
        assert_eq!(digits(&[time(30, 90, BusyStatus::Busy)], last), "02");
    }
}
