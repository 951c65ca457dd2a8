//! Events ([MS-ASCAL]) as VCALENDAR objects: a VEVENT for the whole, and one for each occurrence that was
//! changed.
//!
//! | event | object |
//! | --- | --- |
//! | StartTime, EndTime, AllDayEvent, Timezone | `DTSTART`, `DTEND` or `DURATION`, `VTIMEZONE` |
//! | Subject, Body, Categories | `SUMMARY`, `DESCRIPTION` and `X-ALT-DESC`, `CATEGORIES` |
//! | Location | `LOCATION`; its parts from 16.0 `GEO`, `X-MICROSOFT-LOCATIONS` |
//! | Reminder | the first `VALARM` before the start |
//! | BusyStatus | `TRANSP`, `X-MICROSOFT-CDO-BUSYSTATUS` |
//! | Sensitivity | `CLASS` |
//! | Organizer*, Attendees, MeetingStatus, Response* | `ORGANIZER`, `ATTENDEE`, `STATUS` |
//! | Recurrence, Exceptions | `RRULE`, `EXDATE`, `RECURRENCE-ID` |
//! | Attachments (16.0) | `ATTACH` with the content inline |
//!
//! [`to_wire`] shows an object. [`patch`] compares what a phone says with what it was shown, and changes
//! only what differs: so a phone that repeats everything leaves everything as it is, and what phones
//! can't say stays. [`create`] patches an empty object. [`patch_instance`] and [`delete_instance`] are the
//! changes of single occurrences in 16.x.

mod attachment;
mod exception;
mod instance;
mod people;
mod place;
mod recurrence;
mod show;
mod store;
mod time;

pub use attachment::{added, attachment};
pub use instance::{delete_instance, patch_instance};
pub use show::to_wire;
pub use store::{create, patch};

use crate::calendar::Series;
use crate::convert::{ConvertError, User};
use crate::object::Component;

/// Most categories of an event (MS-ASCAL_R11026).
pub const MAX_CATEGORIES: usize = 300;
/// Most exceptions of a series (MS-ASCAL_R24311).
pub const MAX_EXCEPTIONS: usize = 256;
/// Most attendees of an event.
pub const MAX_ATTENDEES: usize = 1_000;
/// Most characters of a UID.
pub const MAX_UID: usize = 300;

/// The phone's own id of an event ([MS-ASCAL] 2.2.2.13), the same in every attempt to add it.
pub const CLIENT_UID: &str = "X-FIELDPOST-CLIENT-UID";

/// The series that an object holds.
fn series<'a>(calendar: &'a Component, user: &User) -> Result<Series<'a>, ConvertError> {
    if calendar.children_named("VEVENT").next().is_none() {
        return Err(ConvertError::Missing("VEVENT"));
    }
    Series::new(calendar, "VEVENT", &user.zone).ok_or(ConvertError::Broken("DTSTART"))
}
