//! What is looked for, and how the results are wanted.

use crate::codec::{Choice, DecodeError, Document, Element, Empty, Opaque, Secret};
use crate::item::{BodyPartPreference, BodyPreference};
use crate::page::{
    Tag, air_sync as sync, air_sync_base as base, document_library, email, rights_management as rm, search,
};
use crate::wbxml::{Event, Reader, Writer};
use crate::{choice, message};

message! {
    /// The request.
    #[derive(Default)]
    pub struct Request {
        /// Where and what; required.
        store: Option<Store> = search::STORE,
    }
}

impl Document for Request {
    const ROOT: Tag = search::SEARCH;
}

message! {
    /// Where to look and what for.
    #[derive(Default)]
    pub struct Store {
        /// `GAL`, `Mailbox` or `DocumentLibrary`, in any case.
        name: Option<String> = search::NAME,
        /// What is looked for.
        query: Option<Query> = search::QUERY,
        /// How the results are wanted.
        options: Option<Options> = search::OPTIONS,
    }
}

/// What is looked for: text (`GAL`), or conditions. Conditions may nest as deep as a document may.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Query {
    /// Text that stands directly in the element.
    pub text: String,
    /// Conditions, all of which hold within `And`.
    pub conditions: Vec<Condition>,
}

impl Query {
    /// A search for the beginning of a name.
    pub fn text(text: impl Into<String>) -> Query {
        Query { text: text.into(), conditions: Vec::new() }
    }

    /// Conditions that all have to hold, as the search of a mailbox has them.
    pub fn all_of(conditions: Vec<Condition>) -> Query {
        let and = Query { text: String::new(), conditions };
        Query { text: String::new(), conditions: vec![Condition::And(and)] }
    }
}

/// Whether the element is one of an item: of a contact, a message, an event, a task or a note.
fn is_property(tag: Tag) -> bool {
    matches!(tag.page, 1 | 2 | 4 | 9 | 12 | 22 | 23)
}

impl Element for Query {
    fn read(_: Tag, r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut query = Query::default();
        loop {
            match r.next()? {
                Event::Text(part) => query.text.push_str(part),
                Event::Opaque(part) => query.text.push_str(&String::from_utf8_lossy(part)),
                // Recursion is bounded by the reader's depth limit.
                Event::Start(tag) => match Condition::read_choice(tag, r)? {
                    Some(condition) => query.conditions.push(condition),
                    // MS-ASEMAIL_R68, MS-ASTASK_R364: properties of items are no conditions.
                    None if is_property(tag) => return Err(DecodeError::Misplaced(tag)),
                    None => r.skip()?,
                },
                Event::End => return Ok(query),
            }
        }
    }

    fn write(&self, tag: Tag, w: &mut Writer) {
        w.start(tag);
        w.text(&self.text);
        for condition in &self.conditions {
            condition.put_choice(w);
        }
        w.end();
    }
}

choice! {
    /// One condition. All but those that nest may stand below one `And` only (status 8).
    pub enum Condition {
        /// All of these hold.
        And(Query) = search::AND,
        /// One of these holds; not supported by any known server (status 8).
        Or(Query) = search::OR,
        /// The item contains words.
        FreeText(String) = search::FREE_TEXT,
        /// The item is of a class; several: of one of them.
        Class(String) = sync::CLASS,
        /// The item lies in a folder, or with `DeepTraversal` below it; several: in one of them.
        CollectionId(String) = sync::COLLECTION_ID,
        /// The message belongs to a conversation (14.0).
        ConversationId(Opaque) = search::CONVERSATION_ID,
        /// A property has a value; only links of documents.
        EqualTo(EqualTo) = search::EQUAL_TO,
        /// The message was received after a time.
        GreaterThan(Comparison) = search::GREATER_THAN,
        /// The message was received before a time.
        LessThan(Comparison) = search::LESS_THAN,
    }
}

message! {
    /// A property and the value that it must have.
    #[derive(Default)]
    pub struct EqualTo {
        /// The property: the link of a document.
        link_id: Option<Empty> = document_library::LINK_ID,
        /// The value, up to 1024 characters.
        value: Option<String> = search::VALUE,
    }
}

message! {
    /// A property and the value that it is compared with.
    #[derive(Default)]
    pub struct Comparison {
        /// The property: when the message was received.
        date_received: Option<Empty> = email::DATE_RECEIVED,
        /// The value: a date with dashes. Text, so that a broken one has a status.
        value: Option<String> = search::VALUE,
    }
}

message! {
    /// How the results are wanted. The options that exist depend on the store.
    #[derive(Default)]
    pub struct Options {
        /// The search is to be made anew, not continued.
        rebuild_results: Option<Empty> = search::REBUILD_RESULTS,
        /// Subfolders are searched too.
        deep_traversal: Option<Empty> = search::DEEP_TRAVERSAL,
        /// First and last result, counted from 0: `0-24` ([`result_range`]).
        range: Option<String> = search::RANGE,
        /// Name for a document library (12.1), up to 100 characters.
        user_name: Option<String> = search::USER_NAME,
        /// Password for a document library (12.1), up to 100 characters.
        password: Option<Secret> = search::PASSWORD,
        /// When to send MIME: 0 never, 1 for S/MIME only, 2 always; absent means 0.
        mime_support: Option<u32> = sync::MIME_SUPPORT,
        /// The forms of a body that the phone takes (12.0).
        body_preferences: Vec<BodyPreference> = base::BODY_PREFERENCE,
        /// What it takes of a conversation's new part (14.1).
        body_part_preference: Option<BodyPartPreference> = base::BODY_PART_PREFERENCE,
        /// Whether rights-managed messages come decrypted (14.1).
        rights_management_support: Option<bool> = rm::RIGHTS_MANAGEMENT_SUPPORT,
        /// Pictures of people are wanted (14.1); empty: all, of any size.
        picture: Option<Picture> = search::PICTURE,
    }
}

message! {
    /// Which pictures are wanted (14.1).
    #[derive(Default)]
    pub struct Picture {
        /// Most bytes of one (status 174).
        max_size: Option<u32> = search::MAX_SIZE,
        /// Most pictures in the answer (status 175).
        max_pictures: Option<u32> = search::MAX_PICTURES,
    }
}

/// Reads a range of results `first-last`, up to three digits each; `first` must not be behind
/// `last` ([MS-ASCMD] 2.2.3.143).
pub fn result_range(text: &str) -> Option<std::ops::RangeInclusive<u32>> {
    let (first, last) = text.trim().split_once('-')?;
    let number = |digits: &str| {
        let fits = (1..=3).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        fits.then(|| digits.parse::<u32>().ok()).flatten()
    };
    let (first, last) = (number(first)?, number(last)?);
    (first <= last).then_some(first..=last)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_range_has_up_to_three_digits() {
        assert_eq!(result_range("0-99"), Some(0..=99));
        assert_eq!(result_range(" 5-5 "), Some(5..=5));
        for bad in ["", "-", "5", "5-", "-5", "9-0", "0-1000", "a-b", "1-2-3", "+1-2"] {
            assert_eq!(result_range(bad), None, "{bad}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_a_range_or_none(text in ".{0,40}") {
            if let Some(range) = result_range(&text) {
                prop_assert!(range.start() <= range.end() && *range.end() <= 999);
            }
        }
    }
}
