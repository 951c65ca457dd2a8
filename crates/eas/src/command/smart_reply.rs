//! SmartReply: send an answer, the original quoted by the server ([MS-ASCMD] 2.2.1.20).
//!
//! Up to 12.1 the request is the raw message (`message/rfc822`); the query names the original by
//! `CollectionId` and `ItemId` or by `LongId`, and says `SaveInSent`. Success has no body.

use crate::codec::{Document, Empty, Opaque};
use crate::message;
use crate::page::{Tag, compose_mail as mail, rights_management as rm};

message! {
    /// The request (14.0).
    #[derive(Default)]
    pub struct Request {
        /// The phone's id of this message, 1 to 40 characters: a second one is not sent again (118).
        client_id: String = mail::CLIENT_ID,
        /// The message that is answered.
        source: Source = mail::SOURCE,
        /// The account to send from (14.1).
        account_id: Option<String> = mail::ACCOUNT_ID,
        /// Keep a copy in Sent Items.
        save_in_sent_items: Option<Empty> = mail::SAVE_IN_SENT_ITEMS,
        /// `mime` is all: nothing of the original is to be added.
        replace_mime: Option<Empty> = mail::REPLACE_MIME,
        /// The new message.
        mime: Opaque = mail::MIME,
        /// The rights policy to apply (14.1).
        template_id: Option<String> = rm::TEMPLATE_ID,
    }
}

impl Document for Request {
    const ROOT: Tag = mail::SMART_REPLY;
}

message! {
    /// The item that is answered or forwarded: `folder_id` and `item_id`, or `long_id` alone
    /// ([MS-ASCMD] 2.2.3.158).
    #[derive(Default)]
    pub struct Source {
        /// Its folder.
        folder_id: Option<String> = mail::FOLDER_ID,
        /// The item.
        item_id: Option<String> = mail::ITEM_ID,
        /// The item as a search found it.
        long_id: Option<String> = mail::LONG_ID,
        /// The occurrence of a series, as a date and time with dashes.
        instance_id: Option<String> = mail::INSTANCE_ID,
    }
}

message! {
    /// The response of a failure (14.0).
    pub struct Response {
        /// What went wrong: a common status.
        status: Option<u8> = mail::STATUS,
    }
}

impl Document for Response {
    const ROOT: Tag = mail::SMART_REPLY;
}
