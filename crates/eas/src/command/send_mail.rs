//! SendMail ([MS-ASCMD] 2.2.1.17).
//!
//! Up to 12.1 the request is the raw message (`message/rfc822`) and the query says `SaveInSent`.
//! Success has no body in any version.

use crate::codec::{Document, Empty, Opaque};
use crate::message;
use crate::page::{Tag, compose_mail as mail, rights_management as rm};

message! {
    /// The request (14.0).
    #[derive(Default)]
    pub struct Request {
        /// The phone's id of this message, 1 to 40 characters: a second one is not sent again (118).
        client_id: String = mail::CLIENT_ID,
        /// The account to send from (14.1).
        account_id: Option<String> = mail::ACCOUNT_ID,
        /// Keep a copy in Sent Items.
        save_in_sent_items: Option<Empty> = mail::SAVE_IN_SENT_ITEMS,
        /// The message.
        mime: Opaque = mail::MIME,
        /// The rights policy to apply (14.1).
        template_id: Option<String> = rm::TEMPLATE_ID,
    }
}

impl Document for Request {
    const ROOT: Tag = mail::SEND_MAIL;
}

message! {
    /// The response of a failure (14.0).
    pub struct Response {
        /// What went wrong: a common status.
        status: Option<u8> = mail::STATUS,
    }
}

impl Document for Response {
    const ROOT: Tag = mail::SEND_MAIL;
}
