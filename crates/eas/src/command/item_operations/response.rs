//! What became of each operation.

use crate::codec::{Base64, DecodeError, Document, Element, Opaque};
use crate::date::DateTime;
use crate::item::Item;
use crate::message;
use crate::page::{
    Tag, air_sync as sync, air_sync_base as base, document_library, item_operations as ops, search,
};
use crate::wbxml::{Event, Reader, Writer};

message! {
    /// The response.
    #[derive(Default)]
    pub struct Response {
        /// 1, or what went wrong with the whole ([MS-ASCMD] 2.2.3.177.8).
        status: u8 = ops::STATUS,
        /// What became of the operations.
        response: Option<Outcomes> = ops::RESPONSE,
    }
}

impl Document for Response {
    const ROOT: Tag = ops::ITEM_OPERATIONS;
}

message! {
    /// What became of the operations, by kind, as the schema wants it.
    #[derive(Default)]
    pub struct Outcomes {
        /// Moved conversations (14.0).
        moves: Vec<Moved> = ops::MOVE,
        /// Emptied folders.
        emptied: Vec<Emptied> = ops::EMPTY_FOLDER_CONTENTS,
        /// Fetched items and files.
        fetches: Vec<Fetched> = ops::FETCH,
    }
}

message! {
    /// What became of a conversation.
    #[derive(Default)]
    pub struct Moved {
        /// 1, or what went wrong.
        status: u8 = ops::STATUS,
        /// The conversation.
        conversation_id: Opaque = ops::CONVERSATION_ID,
    }
}

message! {
    /// What became of a folder.
    #[derive(Default)]
    pub struct Emptied {
        /// 1, or what went wrong.
        status: u8 = ops::STATUS,
        /// The folder.
        collection_id: String = sync::COLLECTION_ID,
    }
}

message! {
    /// A fetched item or file; the ids are those of the request.
    #[derive(Default)]
    pub struct Fetched {
        /// 1, or what went wrong.
        status: u8 = ops::STATUS,
        /// The folder.
        collection_id: Option<String> = sync::COLLECTION_ID,
        /// The item.
        server_id: Option<String> = sync::SERVER_ID,
        /// The item as a search found it.
        long_id: Option<String> = search::LONG_ID,
        /// Class of an item.
        class: Option<String> = sync::CLASS,
        /// The document.
        link_id: Option<String> = document_library::LINK_ID,
        /// The attachment.
        file_reference: Option<String> = base::FILE_REFERENCE,
        /// What was fetched; only with status 1.
        properties: Option<Properties> = ops::PROPERTIES,
    }
}

/// What was fetched.
#[derive(Debug, Clone, PartialEq)]
pub enum Properties {
    /// An item.
    Item(Item),
    /// An attachment or a document.
    File(File),
}

impl Properties {
    /// Whether the element whose start was read last is a file's: then something of this page, or
    /// its content type, stands directly in it.
    fn holds_file(mut r: Reader<'_>) -> Result<bool, DecodeError> {
        loop {
            match r.next()? {
                Event::Start(base::CONTENT_TYPE) => return Ok(true),
                Event::Start(tag) if tag.page == ops::PAGE.number => return Ok(true),
                Event::Start(_) => r.skip()?,
                Event::End => return Ok(false),
                Event::Text(_) | Event::Opaque(_) => {}
            }
        }
    }
}

impl Element for Properties {
    fn read(tag: Tag, r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        if Properties::holds_file(r.clone())? {
            File::read(tag, r).map(Properties::File)
        } else {
            Item::read(tag, r).map(Properties::Item)
        }
    }

    fn write(&self, tag: Tag, w: &mut Writer) {
        match self {
            Properties::Item(item) => item.write(tag, w),
            Properties::File(file) => file.write(tag, w),
        }
    }
}

message! {
    /// An attachment or a document, or a range of its bytes.
    #[derive(Default)]
    pub struct File {
        /// First and last byte of `data`, where the request asked for a range.
        range: Option<String> = ops::RANGE,
        /// Bytes of the whole file.
        total: Option<u32> = ops::TOTAL,
        /// Its content type.
        content_type: Option<String> = base::CONTENT_TYPE,
        /// The bytes.
        data: Option<Base64> = ops::DATA,
        /// Index of the multipart part that has the bytes instead of `data`.
        part: Option<u32> = ops::PART,
        /// When a document was changed last.
        version: Option<DateTime> = ops::VERSION,
    }
}
