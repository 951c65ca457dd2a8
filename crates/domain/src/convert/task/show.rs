//! An object as a phone sees it.

use fieldpost_eas::Version;
use fieldpost_eas::codec::OrEmpty;
use fieldpost_eas::date::DateTime;
use fieldpost_eas::item::{Importance, Task};
use jiff::Timestamp;

use super::time::{self, Told};
use super::{MAX_CATEGORIES, ORDINAL_DATE, SUB_ORDINAL_DATE, is_complete, recurrence, todo};
use crate::calendar::Zones;
use crate::convert::property;
use crate::convert::text::single_line;
use crate::convert::text_body::StoredText;
use crate::convert::{ConvertError, ItemContext};
use crate::object::{Component, Line};

/// What is told of a task in every version.
#[derive(Debug, Clone, PartialEq)]
pub struct View {
    pub subject: String,
    pub importance: Importance,
    pub sensitivity: u8,
    pub start: Option<Told>,
    pub due: Option<Told>,
    pub is_complete: bool,
    pub completed: Option<Timestamp>,
    pub reminder: Option<Timestamp>,
    pub categories: Vec<String>,
    pub ordinal_date: Option<Timestamp>,
    pub sub_ordinal_date: Option<String>,
    pub text: Option<StoredText>,
}

impl View {
    pub fn of(todo: &Component, zones: &Zones<'_>) -> View {
        let date = |name| todo.get(name).and_then(|line| time::show(line, zones));
        let utc = |name| Some(todo.get(name)?.when()?.at(&zones.user().rules));
        let is_complete = is_complete(todo);
        View {
            subject: single_line(&todo.text("SUMMARY").unwrap_or_default()),
            importance: importance(todo),
            sensitivity: property::sensitivity(todo),
            start: date("DTSTART"),
            due: date("DUE"),
            is_complete,
            completed: utc("COMPLETED").or_else(|| property::dt_stamp(todo)).filter(|_| is_complete),
            reminder: property::reminder_time(todo, zones),
            categories: property::categories(todo, MAX_CATEGORIES),
            ordinal_date: utc(ORDINAL_DATE),
            sub_ordinal_date: todo.text(SUB_ORDINAL_DATE),
            text: StoredText::of(todo),
        }
    }
}

/// `PRIORITY` 1 to 4 is high, 6 to 9 low (RFC 5545 3.8.1.9).
fn importance(todo: &Component) -> Importance {
    match todo.get("PRIORITY").and_then(|line| line.value().trim().parse::<u8>().ok()) {
        Some(1..=4) => Importance::High,
        Some(6..=9) => Importance::Low,
        _ => Importance::Normal,
    }
}

/// Sets the importance.
pub fn set_importance(todo: &mut Component, importance: Importance) {
    let priority = match importance {
        Importance::High => "1",
        Importance::Normal => "5",
        Importance::Low => "9",
    };
    todo.set(Line::new("PRIORITY", priority));
}

/// The task that an object holds, as a phone sees it.
///
/// # Errors
/// The object holds no VTODO.
pub fn to_wire(content: &[u8], cx: &ItemContext<'_>) -> Result<Task, ConvertError> {
    let calendar = Component::parse_one(content, "VCALENDAR")?;
    let todo = todo(&calendar)?;
    let view = View::of(todo, &Zones::new(&calendar, &cx.user.zone));
    let told = |at: Option<Timestamp>| at.map(|at| OrEmpty(Some(DateTime(at))));
    let mut task = Task {
        subject: Some(view.subject),
        importance: Some(view.importance),
        utc_start_date: told(view.start.map(|d| d.utc)),
        start_date: told(view.start.map(|d| d.local)),
        utc_due_date: told(view.due.map(|d| d.utc)),
        due_date: told(view.due.map(|d| d.local)),
        categories: Some(view.categories).filter(|list| !list.is_empty()),
        complete: Some(view.is_complete),
        // MS-ASTASK_R124: with what is done goes when.
        date_completed: told(view.completed.or(view.is_complete.then_some(cx.now))),
        sensitivity: Some(view.sensitivity),
        reminder_time: told(view.reminder),
        reminder_set: Some(view.reminder.is_some()),
        ordinal_date: told(view.ordinal_date),
        sub_ordinal_date: view.sub_ordinal_date,
        recurrence: recurrence::show(todo),
        ..Task::default()
    };
    let text = view.text.unwrap_or_default();
    if cx.version() == Version::V2_5 {
        let legacy = text.to_legacy(cx.body);
        if legacy.size > 0 {
            task.legacy_body_truncated = Some(legacy.truncated);
            task.legacy_body_size = Some(legacy.size);
            task.legacy_body = Some(legacy.data);
        }
    } else {
        task.native_body_type = Some(text.native());
        task.body = Some(text.to_body(cx.body));
    }
    Ok(task)
}
