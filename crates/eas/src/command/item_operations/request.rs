//! What a phone wants done, in the order in which it is to be done.

use crate::codec::{self, Choice, DecodeError, Document, Element, Empty, Opaque, Secret, Tags};
use crate::item::{BodyPartPreference, BodyPreference};
use crate::page::{
    Tag, air_sync as sync, air_sync_base as base, document_library, item_operations as ops,
    rights_management as rm, search,
};
use crate::wbxml::{Reader, Writer};
use crate::{choice, message};

/// The request.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Request {
    /// What is to be done, 100 operations at most (status 11).
    pub operations: Vec<Operation>,
}

impl Element for Request {
    fn read(tag: Tag, r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut operations = None;
        codec::read_choices(&mut operations, tag, r)?;
        Ok(Request { operations: operations.unwrap_or_default() })
    }

    fn write(&self, tag: Tag, w: &mut Writer) {
        w.start(tag);
        for operation in &self.operations {
            operation.put_choice(w);
        }
        w.end();
    }
}

impl Document for Request {
    const ROOT: Tag = ops::ITEM_OPERATIONS;
}

choice! {
    /// One operation.
    pub enum Operation {
        /// An item or a file is wanted.
        Fetch(Box<Fetch>) = ops::FETCH,
        /// A folder is to be emptied.
        EmptyFolderContents(EmptyFolderContents) = ops::EMPTY_FOLDER_CONTENTS,
        /// A conversation is to be moved (14.0).
        Move(Move) = ops::MOVE,
    }
}

message! {
    /// An item, by `collection_id` and `server_id` or by `long_id`; an attachment, by
    /// `file_reference`; or a document, by `link_id`.
    #[derive(Default)]
    pub struct Fetch {
        /// `Mailbox` or `DocumentLibrary`.
        store: String = ops::STORE,
        /// The folder.
        collection_id: Option<String> = sync::COLLECTION_ID,
        /// The item.
        server_id: Option<String> = sync::SERVER_ID,
        /// The item as a search found it.
        long_id: Option<String> = search::LONG_ID,
        /// The document.
        link_id: Option<String> = document_library::LINK_ID,
        /// The attachment.
        file_reference: Option<String> = base::FILE_REFERENCE,
        /// How it is wanted.
        options: Option<FetchOptions> = ops::OPTIONS,
        /// The message shall lose its rights protection (14.1).
        remove_rights_management_protection: Option<Empty> = rm::REMOVE_RIGHTS_MANAGEMENT_PROTECTION,
    }
}

message! {
    /// How an item is wanted. With a file reference only `range` is allowed (MS-ASCMD_R3573).
    #[derive(Default)]
    pub struct FetchOptions {
        /// The properties that are wanted; absent: all.
        schema: Option<Tags> = ops::SCHEMA,
        /// First and last byte, counted from 0: `0-1023` ([`super::request::byte_range`]).
        range: Option<String> = ops::RANGE,
        /// Name for a document library (12.1).
        user_name: Option<String> = ops::USER_NAME,
        /// Password for a document library (12.1).
        password: Option<Secret> = ops::PASSWORD,
        /// When to send MIME: 0 never, 1 for S/MIME only, 2 always; absent means 0.
        mime_support: Option<u32> = sync::MIME_SUPPORT,
        /// The forms of a body that the phone takes.
        body_preferences: Vec<BodyPreference> = base::BODY_PREFERENCE,
        /// What it takes of a conversation's new part (14.1).
        body_part_preference: Option<BodyPartPreference> = base::BODY_PART_PREFERENCE,
        /// Whether rights-managed messages come decrypted (14.1).
        rights_management_support: Option<bool> = rm::RIGHTS_MANAGEMENT_SUPPORT,
    }
}

/// Reads a range of bytes `first-last`, up to nine digits each; `first` must not be behind `last`.
pub fn byte_range(text: &str) -> Option<std::ops::RangeInclusive<u32>> {
    let number = |s: &str| {
        ((1..=9).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_digit()))
            .then(|| s.parse::<u32>().ok())?
    };
    let (first, last) = text.trim().split_once('-')?;
    let (first, last) = (number(first)?, number(last)?);
    (first <= last).then_some(first..=last)
}

message! {
    /// A folder that is to be emptied.
    #[derive(Default)]
    pub struct EmptyFolderContents {
        /// The folder.
        collection_id: String = sync::COLLECTION_ID,
        /// How far.
        options: Option<EmptyOptions> = ops::OPTIONS,
    }
}

message! {
    /// How far a folder is emptied.
    #[derive(Default)]
    pub struct EmptyOptions {
        /// Its subfolders go too; absent: they stay.
        delete_sub_folders: Option<Empty> = ops::DELETE_SUB_FOLDERS,
    }
}

message! {
    /// A conversation that is to be moved (14.0).
    #[derive(Default)]
    pub struct Move {
        /// The conversation.
        conversation_id: Opaque = ops::CONVERSATION_ID,
        /// The folder that it goes to: one for mail (156).
        dst_fld_id: String = ops::DST_FLD_ID,
        /// How long.
        options: Option<MoveOptions> = ops::OPTIONS,
    }
}

message! {
    /// How long a conversation is moved.
    #[derive(Default)]
    pub struct MoveOptions {
        /// Messages that arrive later go there too. Required (155).
        move_always: Option<Empty> = ops::MOVE_ALWAYS,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_two_numbers_in_order() {
        assert_eq!(byte_range("0-9"), Some(0..=9));
        assert_eq!(byte_range("7-7"), Some(7..=7));
        for bad in ["", "-", "5", "5-", "-5", "9-0", "+1-2", "0-1234567890", "a-b", "1-2-3"] {
            assert_eq!(byte_range(bad), None, "{bad}");
        }
    }
}
