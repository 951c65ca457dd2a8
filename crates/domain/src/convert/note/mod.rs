//! Notes ([MS-ASNOTE], 14.0) as VJOURNAL objects (RFC 5545 3.6.3).
//!
//! | note | object |
//! | --- | --- |
//! | Subject | `SUMMARY` |
//! | Body | `DESCRIPTION`, `X-ALT-DESC` |
//! | Categories | `CATEGORIES` |
//! | LastModifiedDate | `LAST-MODIFIED`, set by the server alone |
//! | MessageClass | `X-FIELDPOST-MESSAGE-CLASS` where it is not `IPM.StickyNote` itself |

#[cfg(test)]
mod tests;

use fieldpost_eas::date::CompactDateTime;
use fieldpost_eas::item::Note;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::property::stamp;
use super::text_body::StoredText;
use super::{ConvertError, CreateContext, InvalidItem, ItemContext, PatchContext};
use crate::object::{Component, Line};

/// The class of a note that is nothing special.
const MESSAGE_CLASS: &str = "IPM.StickyNote";
/// Where another one is kept.
const CLASS_LINE: &str = "X-FIELDPOST-MESSAGE-CLASS";
/// Most categories of a note.
const MAX_CATEGORIES: usize = 300;

/// The note as a phone sees it.
///
/// # Errors
/// The object is none, or holds no VJOURNAL.
pub fn to_wire(content: &[u8], cx: &ItemContext<'_>) -> Result<Note, ConvertError> {
    let calendar = Component::parse_one(content, "VCALENDAR")?;
    let journal = journal(&calendar)?;
    let stored = StoredText::of(journal).unwrap_or_default();
    let class = journal.text(CLASS_LINE).filter(|class| is_class(class));
    Ok(Note {
        subject: Some(journal.text("SUMMARY").map(shown).unwrap_or_default()),
        message_class: Some(class.unwrap_or_else(|| MESSAGE_CLASS.to_owned())),
        last_modified_date: Some(CompactDateTime(last_modified(journal))),
        categories: Some(categories(journal)).filter(|list| !list.is_empty()),
        native_body_type: Some(stored.native()),
        body: Some(stored.to_body(cx.body)),
    })
}

/// The object of a note that a phone adds.
///
/// # Errors
/// What the phone says is not a note.
pub fn create(note: &Note, cx: &CreateContext<'_>) -> Result<Vec<u8>, InvalidItem> {
    let mut calendar = Component::calendar();
    let mut journal = Component::new("VJOURNAL");
    journal.push(Line::text_line("UID", cx.uid));
    journal.push(Line::new("DTSTAMP", &stamp(cx.now)));
    journal.push(Line::new("CREATED", &stamp(cx.now)));
    apply(&mut journal, note)?;
    journal.push(Line::new("LAST-MODIFIED", &stamp(cx.now)));
    calendar.push_component(journal);
    Ok(calendar.to_bytes())
}

/// The object with what a phone changed. Where it says what is there already, the bytes stay.
///
/// # Errors
/// What the phone says is not a note, or the stored object is none.
pub fn patch(content: &[u8], change: &Note, cx: &PatchContext<'_>) -> Result<Vec<u8>, InvalidItem> {
    let mut calendar = Component::parse_one(content, "VCALENDAR")?;
    let journal = journal_mut(&mut calendar)?;
    let before = journal.clone();
    apply(journal, change)?;
    if *journal == before {
        return Ok(content.to_vec());
    }
    // MS-ASNOTE_R209: the time at which it really was changed.
    let now = stamp(cx.now);
    journal.set(Line::new("LAST-MODIFIED", &now));
    journal.set(Line::new("DTSTAMP", &now));
    Ok(calendar.to_bytes())
}

/// What a note says goes into the component. Subject and body stay where they are not there
/// (MS-ASNOTE_R113, R10003), categories go (R112); `LastModifiedDate` is not looked at (R84).
fn apply(journal: &mut Component, note: &Note) -> Result<(), InvalidItem> {
    if let Some(class) = &note.message_class {
        if !is_class(class) {
            let reason = "not IPM.StickyNote or a kind of it";
            return Err(InvalidItem::Wrong { element: "MessageClass", reason });
        }
        let other = Some(class.as_str()).filter(|class| *class != MESSAGE_CLASS);
        journal.set_text(CLASS_LINE, other);
    }
    if let Some(subject) = &note.subject {
        journal.set_text("SUMMARY", Some(subject.as_str()).filter(|subject| !subject.is_empty()));
    }
    if let Some(body) = &note.body {
        StoredText::put(StoredText::from_wire(body)?.as_ref(), journal);
    }
    let wanted = note.categories.as_deref().unwrap_or_default();
    if wanted.len() > MAX_CATEGORIES {
        return Err(InvalidItem::TooMany { element: "Category", most: MAX_CATEGORIES });
    }
    if categories(journal) != wanted {
        let line = Line::texts_line("CATEGORIES", ',', wanted);
        journal.set_all("CATEGORIES", if wanted.is_empty() { Vec::new() } else { vec![line] });
    }
    Ok(())
}

/// MS-ASNOTE_R57.
fn is_class(class: &str) -> bool {
    let rest = class.get(..MESSAGE_CLASS.len()).filter(|start| start.eq_ignore_ascii_case(MESSAGE_CLASS));
    rest.is_some()
        && class.get(MESSAGE_CLASS.len()..).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

fn journal(calendar: &Component) -> Result<&Component, ConvertError> {
    calendar.children_named("VJOURNAL").next().ok_or(ConvertError::Missing("VJOURNAL"))
}

fn journal_mut(calendar: &mut Component) -> Result<&mut Component, ConvertError> {
    let found = calendar.children_mut().find(|component| component.is("VJOURNAL"));
    found.ok_or(ConvertError::Missing("VJOURNAL"))
}

fn categories(journal: &Component) -> Vec<String> {
    let all = journal.get_all("CATEGORIES").flat_map(Line::list).map(shown);
    all.filter(|category| !category.is_empty()).take(MAX_CATEGORIES).collect()
}

/// When it was last changed; an object that does not say so was made in 1970.
fn last_modified(journal: &Component) -> Timestamp {
    let lines = ["LAST-MODIFIED", "DTSTAMP", "CREATED"].into_iter().filter_map(|name| journal.get(name));
    let times = lines.filter_map(Line::when).map(|when| when.at(&TimeZone::UTC));
    times.into_iter().next().unwrap_or_default()
}

fn shown(text: String) -> String {
    super::text::presentable(text.into()).into_owned()
}
