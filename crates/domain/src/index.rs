//! What the store keeps of an item's bytes to find it by: its UID, its place in the folder's order,
//! and as what its words are searched. Computed by [`of`] whenever bytes enter the store, so that filter
//! and search are reads by index.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::calendar::Series;
use crate::convert::task::is_complete;
use crate::folder::Class;
use crate::object::{Component, Line};

/// A place after every finite one: events without an end, tasks that are still to be done. Leaves room
/// above, so that sums with it don't overflow.
pub const ENDLESS: i64 = i64::MAX / 4;

/// What is kept of an item beside its bytes to find it by.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Index {
    /// The `UID` of an iCalendar object or vCard (RFC 5545 3.8.4.7, RFC 6350 6.7.6). Several items may
    /// have the same: an invitation that was imported twice.
    pub uid: Option<String>,
    /// Its place in the folder's order, milliseconds since 1970 UTC: what
    /// [`ItemMeta::received`](crate::item::ItemMeta::received) holds. The end of an event's last
    /// occurrence, or [`ENDLESS`]; the completion of a task, or [`ENDLESS`] until then; the time when
    /// anything else was received or changed. So a filter is a place in this order.
    pub sort: i64,
    /// The class by which its words are found ([`crate::search::text`]); none: it is not searched. The
    /// store takes the words out of the bytes itself, where it packs them, away from the event loop.
    pub searched_as: Option<Class>,
}

impl Index {
    /// That of an item of which nothing but the time is of interest.
    pub fn at(sort: i64) -> Index {
        Index { sort, ..Index::default() }
    }
}

/// The index of an item that is received or changed at `now_ms`, milliseconds since 1970 UTC. Bytes
/// that can't be read have an index all the same: the item is there, if only to be reported.
pub fn of(class: Class, content: &[u8], now_ms: i64) -> Index {
    let plain = Index { searched_as: Some(class), ..Index::at(now_ms) };
    let name = match class {
        Class::Email | Class::Other => return plain,
        Class::Calendar => "VEVENT",
        Class::Tasks => "VTODO",
        Class::Notes => "VJOURNAL",
        Class::Contacts => "VCARD",
    };
    let Ok(objects) = Component::parse(content) else { return plain };
    let mut all = objects.iter().flat_map(|object| std::iter::once(object).chain(object.children()));
    let Some(first) = all.find(|component| component.is(name)) else { return plain };
    let sort = match class {
        Class::Tasks => completion(first),
        Class::Calendar => objects.iter().find_map(last_end).unwrap_or(now_ms),
        _ => now_ms,
    };
    Index { uid: first.text("UID").as_deref().and_then(presentable_uid), sort, ..plain }
}

/// Longer UIDs are not looked up: no calendar makes them.
const MAX_UID: usize = 2000;

/// Without what a database does not hold.
fn presentable_uid(uid: &str) -> Option<String> {
    let uid = uid.trim().replace('\0', "");
    (!uid.is_empty() && uid.len() <= MAX_UID).then_some(uid)
}

/// When an event's last occurrence ends; none where it says nothing of its times.
fn last_end(calendar: &Component) -> Option<i64> {
    let series = Series::new(calendar, "VEVENT", &TimeZone::UTC)?;
    Some(series.last_end().map_or(ENDLESS, Timestamp::as_millisecond))
}

/// When a task was completed (RFC 5545 3.8.1.11, 3.8.2.1).
fn completion(task: &Component) -> i64 {
    if !is_complete(task) {
        return ENDLESS;
    }
    let completed = task.get("COMPLETED").and_then(Line::when).map(|when| when.at(&TimeZone::UTC));
    // Done, nobody knows when: long ago.
    completed.map_or(0, Timestamp::as_millisecond)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uid_of_an_event_and_of_a_card() {
        let event =
            b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nuid:abc-\r\n def@x\r\nSUMMARY:UID:no\r\nEND:VEVENT\r\n";
        assert_eq!(of(Class::Calendar, event, 5).uid.as_deref(), Some("abc-def@x"));
        let card = b"BEGIN:VCARD\nVERSION:3.0\nitem1.UID;X=y:urn:uuid:1\nEND:VCARD\n";
        assert_eq!(of(Class::Contacts, card, 5).uid.as_deref(), Some("urn:uuid:1"));
        for bytes in [&b""[..], b"UID", b"UID:1", event] {
            let index = of(Class::Notes, bytes, 5);
            assert_eq!(
                (index.uid, index.sort, index.searched_as),
                (None, 5, Some(Class::Notes)),
                "{bytes:?}"
            );
        }
        assert_eq!(of(Class::Email, event, 7), Index { searched_as: Some(Class::Email), ..Index::at(7) });
    }

    #[test]
    fn events_stand_where_they_end() {
        let sort = |lines: &str| {
            let event = format!("BEGIN:VCALENDAR\nBEGIN:VEVENT\n{lines}END:VEVENT\nEND:VCALENDAR\n");
            of(Class::Calendar, event.as_bytes(), 5).sort
        };
        let start = "DTSTART:19700101T000000Z\nDTEND:19700101T000100Z\n";
        assert_eq!(sort(start), 60_000);
        assert_eq!(sort(&format!("{start}RRULE:FREQ=DAILY;COUNT=3\n")), 2 * 86_400_000 + 60_000);
        assert_eq!(sort(&format!("{start}RRULE:FREQ=DAILY\n")), ENDLESS);
        assert_eq!(sort("SUMMARY:when?\n"), 5);
    }

    #[test]
    fn tasks_stand_where_they_were_completed() {
        let sort = |lines: &str| {
            let task = format!("BEGIN:VCALENDAR\nBEGIN:VTODO\n{lines}END:VTODO\nEND:VCALENDAR\n");
            of(Class::Tasks, task.as_bytes(), 5).sort
        };
        assert_eq!(sort("DUE:20260101T000000Z\n"), ENDLESS);
        assert_eq!(sort("STATUS:completed\n"), 0);
        assert_eq!(sort("STATUS:COMPLETED\nCOMPLETED:19700101T000100Z\n"), 60_000);
    }
}
