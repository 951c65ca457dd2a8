//! Find: look for mail or people (16.1, [MS-ASCMD] 2.2.1.2).

use crate::codec::{DecodeError, Document, Element, Empty};
use crate::date::DateTime;
use crate::item::{Importance, Person};
use crate::message;
use crate::page::{Tag, air_sync as sync, email, email2, find, item_operations};
use crate::wbxml::{Reader, Writer};

message! {
    /// The request.
    #[derive(Default)]
    pub struct Request {
        /// The phone's id of the search, a GUID: the next ranges are asked for with the same one.
        search_id: Option<String> = find::SEARCH_ID,
        /// What is looked for; required.
        execute_search: Option<ExecuteSearch> = find::EXECUTE_SEARCH,
    }
}

impl Document for Request {
    const ROOT: Tag = find::FIND;
}

message! {
    /// What is looked for: one of the two.
    #[derive(Default)]
    pub struct ExecuteSearch {
        /// Mail.
        mailbox: Option<MailboxCriterion> = find::MAIL_BOX_SEARCH_CRITERION,
        /// People.
        directory: Option<DirectoryCriterion> = find::GAL_SEARCH_CRITERION,
    }
}

message! {
    /// Which mail is looked for.
    #[derive(Default)]
    pub struct MailboxCriterion {
        /// What is looked for.
        query: Option<MailboxQuery> = find::QUERY,
        /// How the results are wanted.
        options: Option<Options> = find::OPTIONS,
    }
}

message! {
    /// Which mail is looked for.
    #[derive(Default)]
    pub struct MailboxQuery {
        /// `Email`.
        class: Option<String> = sync::CLASS,
        /// The folder; absent: all.
        collection_id: Option<String> = sync::COLLECTION_ID,
        /// Words, and restrictions like `from:` and `subject:`.
        free_text: Option<String> = find::FREE_TEXT,
    }
}

message! {
    /// Who is looked for.
    #[derive(Default)]
    pub struct DirectoryCriterion {
        /// The beginning of a name or address.
        query: Option<String> = find::QUERY,
        /// How the results are wanted.
        options: Option<Options> = find::OPTIONS,
    }
}

message! {
    /// How the results are wanted.
    #[derive(Default)]
    pub struct Options {
        /// First and last result, counted from 0 ([`super::search::result_range`]).
        range: Option<String> = find::RANGE,
        /// Subfolders are searched too.
        deep_traversal: Option<Empty> = find::DEEP_TRAVERSAL,
        /// Pictures of people are wanted; empty: all, of any size.
        picture: Option<Picture> = find::PICTURE,
    }
}

message! {
    /// Which pictures are wanted.
    #[derive(Default)]
    pub struct Picture {
        /// Most bytes of one (status 174).
        max_size: Option<u32> = find::MAX_SIZE,
        /// Most pictures in the answer (status 175).
        max_pictures: Option<u32> = find::MAX_PICTURES,
    }
}

message! {
    /// The response.
    #[derive(Default)]
    pub struct Response {
        /// 1, or what went wrong with the whole ([MS-ASCMD] 2.2.3.177.2).
        status: Option<u8> = find::STATUS,
        /// What was found.
        response: Option<Found> = find::RESPONSE,
    }
}

impl Document for Response {
    const ROOT: Tag = find::FIND;
}

message! {
    /// What was found.
    #[derive(Default)]
    pub struct Found {
        /// `Mailbox` or `GAL`.
        store: Option<String> = item_operations::STORE,
        /// 1, or what went wrong.
        status: u8 = find::STATUS,
        /// The results.
        results: Vec<FoundResult> = find::RESULT,
        /// First and last of `results` among all that there are.
        range: Option<String> = find::RANGE,
        /// How many there are, as far as is known.
        total: Option<u32> = find::TOTAL,
    }
}

message! {
    /// One result.
    #[derive(Default)]
    pub struct FoundResult {
        /// Class of an item.
        class: Option<String> = sync::CLASS,
        /// The item.
        server_id: Option<String> = sync::SERVER_ID,
        /// Its folder.
        collection_id: Option<String> = sync::COLLECTION_ID,
        /// Its properties; required.
        properties: Option<Properties> = find::PROPERTIES,
    }
}

/// What was found.
#[derive(Debug, Clone, PartialEq)]
pub enum Properties {
    /// A person.
    Person(Box<Person>),
    /// A message.
    Mail(Box<Summary>),
}

impl Element for Properties {
    fn read(tag: Tag, r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        if Person::is_next(r.clone())? {
            Person::read(tag, r).map(|person| Properties::Person(Box::new(person)))
        } else {
            Summary::read(tag, r).map(|mail| Properties::Mail(Box::new(mail)))
        }
    }

    fn write(&self, tag: Tag, w: &mut Writer) {
        match self {
            Properties::Person(person) => person.write(tag, w),
            Properties::Mail(mail) => mail.write(tag, w),
        }
    }
}

message! {
    /// What a list of results shows of a message.
    #[derive(Default)]
    pub struct Summary {
        /// Subject.
        subject: Option<String> = email::SUBJECT,
        /// When the mailbox received it.
        date_received: Option<DateTime> = email::DATE_RECEIVED,
        /// Display names of the recipients, separated by semicolons.
        display_to: Option<String> = email::DISPLAY_TO,
        /// Display names of those who got a copy.
        display_cc: Option<String> = find::DISPLAY_CC,
        /// Display names of those who got a blind copy.
        display_bcc: Option<String> = find::DISPLAY_BCC,
        /// Importance.
        importance: Option<Importance> = email::IMPORTANCE,
        /// Whether it was read.
        read: Option<bool> = email::READ,
        /// Whether it is a draft.
        is_draft: Option<bool> = email2::IS_DRAFT,
        /// Beginning of the text, up to 255 characters.
        preview: Option<String> = find::PREVIEW,
        /// Whether it has attachments.
        has_attachments: Option<bool> = find::HAS_ATTACHMENTS,
        /// Author.
        from: Option<String> = email::FROM,
    }
}
