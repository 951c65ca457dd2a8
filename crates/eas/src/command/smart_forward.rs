//! SmartForward: send a message on, the original added by the server ([MS-ASCMD] 2.2.1.19).
//!
//! Up to 12.1 the request is the raw message (`message/rfc822`) with the parameters of SmartReply.
//! Success has no body.

pub use super::smart_reply::Source;
use crate::codec::{Document, Empty, Opaque};
use crate::item::Body;
use crate::message;
use crate::page::{Tag, air_sync_base as base, compose_mail as mail, rights_management as rm};
use crate::version::Version;

message! {
    /// The request (14.0).
    #[derive(Default)]
    pub struct Request {
        /// The phone's id of this message, 1 to 40 characters: a second one is not sent again (118).
        client_id: String = mail::CLIENT_ID,
        /// The item that is forwarded.
        source: Source = mail::SOURCE,
        /// Whom a meeting is forwarded to, instead of `mime` (16.0).
        forwardees: Vec<Forwardee> = mail::FORWARDEES => mail::FORWARDEE,
        /// A word along with it (16.0).
        body: Option<Body> = base::BODY where Version::V16_0..,
        /// The account to send from (14.1).
        account_id: Option<String> = mail::ACCOUNT_ID,
        /// Keep a copy in Sent Items.
        save_in_sent_items: Option<Empty> = mail::SAVE_IN_SENT_ITEMS,
        /// `mime` is all: nothing of the original is to be added.
        replace_mime: Option<Empty> = mail::REPLACE_MIME,
        /// The new message; may be missing with `forwardees` only.
        mime: Option<Opaque> = mail::MIME,
        /// The rights policy to apply (14.1).
        template_id: Option<String> = rm::TEMPLATE_ID,
    }
}

impl Document for Request {
    const ROOT: Tag = mail::SMART_FORWARD;
}

message! {
    /// Somebody that a meeting is forwarded to (16.0).
    pub struct Forwardee {
        /// The name.
        name: Option<String> = mail::NAME,
        /// The address.
        email: String = mail::EMAIL,
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
    const ROOT: Tag = mail::SMART_FORWARD;
}
