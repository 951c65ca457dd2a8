//! What was found.

use crate::codec::{DecodeError, Document, Element};
use crate::item::{Item, Person};
use crate::message;
use crate::page::{Tag, air_sync as sync, search};
use crate::wbxml::{Reader, Writer};

message! {
    /// The response.
    #[derive(Default)]
    pub struct Response {
        /// 1, or what went wrong with the whole ([MS-ASCMD] 2.2.3.177.13).
        status: Option<u8> = search::STATUS,
        /// The answer of the store.
        response: Option<StoreResponse> = search::RESPONSE,
    }
}

impl Document for Response {
    const ROOT: Tag = search::SEARCH;
}

message! {
    /// The answer of the store.
    #[derive(Default)]
    pub struct StoreResponse {
        /// What was found.
        store: Option<Found> = search::STORE,
    }
}

message! {
    /// What was found.
    #[derive(Default)]
    pub struct Found {
        /// 1, or what went wrong.
        status: u8 = search::STATUS,
        /// The results; one empty one where nothing was found (MS-ASCMD_R3850).
        results: Vec<StoreResult> = search::RESULT,
        /// First and last of `results` among all that there are.
        range: Option<String> = search::RANGE,
        /// How many there are, as far as is known.
        total: Option<u32> = search::TOTAL,
    }
}

message! {
    /// One result.
    #[derive(Default)]
    pub struct StoreResult {
        /// Class of an item.
        class: Option<String> = sync::CLASS,
        /// What other commands name the item by.
        long_id: Option<String> = search::LONG_ID,
        /// The item's folder.
        collection_id: Option<String> = sync::COLLECTION_ID,
        /// Its properties.
        properties: Option<Properties> = search::PROPERTIES,
    }
}

/// What was found: a person of the directory, or an item. A document is an [`Item::Other`].
#[derive(Debug, Clone, PartialEq)]
pub enum Properties {
    /// A person.
    Person(Box<Person>),
    /// An item.
    Item(Box<Item>),
}

impl Element for Properties {
    fn read(tag: Tag, r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        if Person::is_next(r.clone())? {
            Person::read(tag, r).map(|person| Properties::Person(Box::new(person)))
        } else {
            Item::read(tag, r).map(|item| Properties::Item(Box::new(item)))
        }
    }

    fn write(&self, tag: Tag, w: &mut Writer) {
        match self {
            Properties::Person(person) => person.write(tag, w),
            Properties::Item(item) => item.write(tag, w),
        }
    }
}
