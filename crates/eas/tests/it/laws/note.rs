//! Notes.

use fieldpost_eas::item::Note;
use fieldpost_eas::page::{air_sync_base as base, notes};

use super::item::body;
use crate::generator::Gen;

/// A note with a subject at least, by which it is known.
pub fn note(g: &mut Gen<'_>) -> Note {
    Note {
        subject: Some(g.text()),
        message_class: g.opt(notes::MESSAGE_CLASS, Gen::text),
        last_modified_date: g.opt(notes::LAST_MODIFIED_DATE, Gen::compact),
        categories: g.opt(notes::CATEGORIES, |g| g.many(notes::CATEGORY, Gen::text)),
        body: g.opt(base::BODY, body),
        native_body_type: g.opt(base::NATIVE_BODY_TYPE, Gen::u8),
    }
}
