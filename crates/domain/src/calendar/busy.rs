//! When a user is busy ([MS-ASCAL] 2.2.2.9, free/busy of ResolveRecipients).

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::series::Series;
use crate::object::{Component, ParseError};

/// How much of the user an event takes; the numbers are those of the protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum BusyStatus {
    /// Nothing.
    Free = 0,
    /// Perhaps.
    Tentative = 1,
    /// The user works, but somewhere else (16.0).
    Elsewhere = 4,
    /// The user has no time.
    Busy = 2,
    /// The user is away.
    OutOfOffice = 3,
}

/// Names in `X-MICROSOFT-CDO-BUSYSTATUS` ([MS-STANOICAL]).
const NAMES: [(BusyStatus, &str); 5] = [
    (BusyStatus::Free, "FREE"),
    (BusyStatus::Tentative, "TENTATIVE"),
    (BusyStatus::Busy, "BUSY"),
    (BusyStatus::OutOfOffice, "OOF"),
    (BusyStatus::Elsewhere, "WORKINGELSEWHERE"),
];

impl BusyStatus {
    /// The status with that number.
    pub fn from_number(number: u8) -> Option<BusyStatus> {
        NAMES.iter().find(|(status, _)| *status as u8 == number).map(|(status, _)| *status)
    }

    /// Its name in `X-MICROSOFT-CDO-BUSYSTATUS`.
    pub fn name(self) -> &'static str {
        NAMES.iter().find(|(status, _)| *status == self).map_or("BUSY", |(_, name)| name)
    }

    /// What an event says of itself, if it does.
    pub fn said(event: &Component) -> Option<BusyStatus> {
        let name = event.text("X-MICROSOFT-CDO-BUSYSTATUS").map(|name| name.trim().to_ascii_uppercase());
        let named = name.and_then(|name| NAMES.iter().find(|(_, n)| *n == name).map(|(status, _)| *status));
        named.or_else(|| {
            let is =
                |property, value: &str| event.text(property).map(|v| v.trim().eq_ignore_ascii_case(value));
            match (is("TRANSP", "TRANSPARENT"), is("STATUS", "TENTATIVE")) {
                (Some(true), _) => Some(BusyStatus::Free),
                (_, Some(true)) => Some(BusyStatus::Tentative),
                (Some(false), _) => Some(BusyStatus::Busy),
                _ => None,
            }
        })
    }
}

/// A time at which a user is not free.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Busy {
    /// The beginning.
    pub start: Timestamp,
    /// The end, exclusive.
    pub end: Timestamp,
    /// How much.
    pub status: BusyStatus,
}

/// The times in a window at which a stored event of a user who lives in that zone takes any of their
/// time. Cancelled events and free ones take none.
pub fn busy(
    content: &[u8],
    zone: &TimeZone,
    from: Timestamp,
    to: Timestamp,
) -> Result<Vec<Busy>, ParseError> {
    let calendar = Component::parse_one(content, "VCALENDAR")?;
    let Some(series) = Series::new(&calendar, "VEVENT", zone) else { return Ok(Vec::new()) };
    let is_cancelled =
        |c: &Component| c.text("STATUS").is_some_and(|s| s.trim().eq_ignore_ascii_case("CANCELLED"));
    let of_master = BusyStatus::said(series.master).unwrap_or(BusyStatus::Busy);
    let mut all = Vec::new();
    for one in series.occurrences(from, to) {
        let changed = one.changed.and_then(|at| series.overrides.get(at)).map(|o| o.component);
        let status = changed.and_then(BusyStatus::said).unwrap_or(of_master);
        if status != BusyStatus::Free
            && one.start < one.end
            && !is_cancelled(changed.unwrap_or(series.master))
        {
            all.push(Busy { start: one.start, end: one.end, status });
        }
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    // MS-ASCAL_R13811, MS-ASCAL_R13812, MS-ASCAL_R13813, MS-ASCAL_R13814
    #[test]
    fn what_takes_time_is_told() {
        for (lines, expected) in [
            ("", Some(BusyStatus::Busy)),
            ("TRANSP:OPAQUE\n", Some(BusyStatus::Busy)),
            ("TRANSP:TRANSPARENT\n", None),
            ("STATUS:TENTATIVE\n", Some(BusyStatus::Tentative)),
            ("STATUS:CANCELLED\n", None),
            ("TRANSP:OPAQUE\nX-MICROSOFT-CDO-BUSYSTATUS:OOF\n", Some(BusyStatus::OutOfOffice)),
            (
                "TRANSP:TRANSPARENT\nX-MICROSOFT-CDO-BUSYSTATUS:WORKINGELSEWHERE\n",
                Some(BusyStatus::Elsewhere),
            ),
            ("X-MICROSOFT-CDO-BUSYSTATUS:FREE\n", None),
        ] {
            let text = format!(
                "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260302T090000Z\nDURATION:PT1H\n{lines}END:VEVENT\nEND:VCALENDAR"
            );
            let (from, to) =
                ("2026-03-01T00:00:00Z".parse().unwrap(), "2026-03-09T00:00:00Z".parse().unwrap());
            let found = busy(text.as_bytes(), &TimeZone::UTC, from, to).unwrap();
            assert_eq!(found.first().map(|b| b.status), expected, "{lines}");
        }
    }
}
