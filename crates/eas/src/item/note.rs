//! A note as a phone sees it (14.0, [MS-ASNOTE] 2.2.2).

use super::Body;
use crate::date::CompactDateTime;
use crate::message;
use crate::page::{air_sync_base as base, notes};

message! {
    /// The properties of a note.
    #[derive(Default)]
    pub struct Note {
        /// Subject.
        subject: Option<String> = notes::SUBJECT,
        /// `IPM.StickyNote`, or that with a dot and more; required of phones.
        message_class: Option<String> = notes::MESSAGE_CLASS,
        /// When it was changed. The server sets it, whatever a phone says.
        last_modified_date: Option<CompactDateTime> = notes::LAST_MODIFIED_DATE,
        /// Categories.
        categories: Option<Vec<String>> = notes::CATEGORIES => notes::CATEGORY,
        /// The text.
        body: Option<Body> = base::BODY,
        /// Form in which the text is stored: 1 text, 2 HTML, 3 RTF.
        native_body_type: Option<u8> = base::NATIVE_BODY_TYPE,
    }
}
