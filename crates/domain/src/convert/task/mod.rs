//! Tasks ([MS-ASTASK]) as VTODO objects (RFC 5545 3.6.2).
//!
//! | task | object |
//! | --- | --- |
//! | StartDate and UtcStartDate, DueDate and UtcDueDate | `DTSTART`, `DUE` |
//! | Complete, DateCompleted | `STATUS`, `PERCENT-COMPLETE`, `COMPLETED` |
//! | Importance, Sensitivity, Categories | `PRIORITY`, `CLASS`, `CATEGORIES` |
//! | ReminderSet, ReminderTime | the first `VALARM` |
//! | Recurrence | `RRULE`, with parameters for what rules don't know |
//! | Subject, Body | `SUMMARY`, `DESCRIPTION` and `X-ALT-DESC` |
//!
//! As with events, [`patch`] changes only what differs from what the phone was shown. A task that recurs is
//! stored as its next occurrence; when that is done, [`next`] makes the one after it.

mod next;
mod recurrence;
mod show;
mod store;
#[cfg(test)]
mod tests;
mod time;

pub use next::{Done, next};
pub use show::to_wire;
pub use store::{create, patch};

use crate::convert::ConvertError;
use crate::object::Component;

/// Most categories of a task (MS-ASTASK_R402).
pub const MAX_CATEGORIES: usize = 300;

/// Hints for sorting that only phones understand.
const ORDINAL_DATE: &str = "X-FIELDPOST-ORDINAL-DATE";
const SUB_ORDINAL_DATE: &str = "X-FIELDPOST-SUB-ORDINAL-DATE";

/// The component that is the task.
fn todo(calendar: &Component) -> Result<&Component, ConvertError> {
    let all = || calendar.children_named("VTODO");
    let master = all().find(|c| c.get("RECURRENCE-ID").is_none());
    master.or_else(|| all().next()).ok_or(ConvertError::Missing("VTODO"))
}

/// The same, to be changed.
fn todo_mut(calendar: &mut Component) -> Result<&mut Component, ConvertError> {
    let has_master = calendar.children_named("VTODO").any(|c| c.get("RECURRENCE-ID").is_none());
    let mut all = calendar.children_mut().filter(|c| c.is("VTODO"));
    all.find(|c| !has_master || c.get("RECURRENCE-ID").is_none()).ok_or(ConvertError::Missing("VTODO"))
}

/// Whether it is done.
pub(crate) fn is_complete(todo: &Component) -> bool {
    let is = |name, value: &str| todo.text(name).is_some_and(|text| text.trim().eq_ignore_ascii_case(value));
    is("STATUS", "COMPLETED")
        || (todo.get("STATUS").is_none()
            && (todo.get("COMPLETED").is_some() || is("PERCENT-COMPLETE", "100")))
}
