//! A message as a phone sees it ([MS-ASEMAIL] 2.2.2), in every version's form.

use super::{AttachmentEntry, Body, BodyPart, Flag, LegacyAttachment, MeetingRequest};
use crate::codec::{Content, DecodeError, Element, Opaque};
use crate::date::DateTime;
use crate::message;
use crate::page::{Tag, air_sync_base as base, email, email2, rights_management as rm};
use crate::wbxml::{Node, Reader, Writer};

/// Importance ([MS-ASEMAIL] 2.2.2.38).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Importance {
    /// Low.
    Low = 0,
    /// Normal.
    #[default]
    Normal = 1,
    /// High.
    High = 2,
}

impl Element for Importance {
    fn read(tag: Tag, r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        Ok(match u8::read(tag, r)? {
            0 => Importance::Low,
            2 => Importance::High,
            // Another number is no error (MS-ASTASK_R187).
            _ => Importance::Normal,
        })
    }

    fn write(&self, tag: Tag, w: &mut Writer) {
        (*self as u8).write(tag, w);
    }
}

message! {
    /// The properties of a message. A change carries only what changed, so all are optional.
    #[derive(Default)]
    pub struct Email {
        /// Recipients, `"Name" <addr>`, separated by commas, decoded.
        to: Option<String> = email::TO,
        /// Recipients of copies, like `to`.
        cc: Option<String> = email::CC,
        /// Recipients of blind copies; drafts only (16.0).
        bcc: Option<String> = email2::BCC,
        /// Author.
        from: Option<String> = email::FROM,
        /// Subject, decoded.
        subject: Option<String> = email::SUBJECT,
        /// Where answers go, separated by semicolons.
        reply_to: Option<String> = email::REPLY_TO,
        /// When the mailbox received it. Always sent: iOS would show the time of the sync.
        date_received: Option<DateTime> = email::DATE_RECEIVED,
        /// Display names of the recipients, separated by semicolons.
        display_to: Option<String> = email::DISPLAY_TO,
        /// Topic of the conversation: the subject without its prefixes.
        thread_topic: Option<String> = email::THREAD_TOPIC,
        /// Importance. Always sent: old Android takes absence for low.
        importance: Option<Importance> = email::IMPORTANCE,
        /// Whether it was read.
        read: Option<bool> = email::READ,
        /// Attachments, 2.5.
        legacy_attachments: Vec<LegacyAttachment> = email::ATTACHMENTS => email::ATTACHMENT,
        /// Attachments, 12.0 and later; what a phone adds and takes away (16.0).
        attachments: Vec<AttachmentEntry> = base::ATTACHMENTS as choices,
        /// Whole message as MIME, 2.5.
        mime_data: Option<Content> = email::MIME_DATA,
        /// `mime_data` is not the whole, 2.5.
        mime_truncated: Option<bool> = email::MIME_TRUNCATED,
        /// Size of the whole message, 2.5.
        mime_size: Option<u32> = email::MIME_SIZE,
        /// `legacy_body` is not the whole, 2.5.
        legacy_body_truncated: Option<bool> = email::BODY_TRUNCATED,
        /// Size of the whole body in bytes, 2.5.
        legacy_body_size: Option<u32> = email::BODY_SIZE,
        /// Plain-text body, 2.5.
        legacy_body: Option<Content> = email::BODY,
        /// Body, 12.0 and later.
        body: Option<Body> = base::BODY,
        /// Part that is new in the conversation (14.1).
        body_part: Option<BodyPart> = base::BODY_PART,
        /// `IPM.Note` and its kin.
        message_class: Option<String> = email::MESSAGE_CLASS,
        /// The meeting that it is about.
        meeting_request: Option<Box<MeetingRequest>> = email::MEETING_REQUEST,
        /// Code page of the original, 65001 for UTF-8.
        internet_cpid: Option<String> = email::INTERNET_CPID,
        /// Follow-up flag (12.0).
        flag: Option<Flag> = email::FLAG,
        /// `urn:content-classes:message` (12.0).
        content_class: Option<String> = email::CONTENT_CLASS,
        /// Form in which the body is stored: 1 text, 2 HTML, 3 RTF (12.0).
        native_body_type: Option<u8> = base::NATIVE_BODY_TYPE,
        /// Conversation, 16 bytes (14.0).
        conversation_id: Option<Opaque> = email2::CONVERSATION_ID,
        /// Place in the conversation: 5 bytes, and 5 more for each reply (14.0).
        conversation_index: Option<Opaque> = email2::CONVERSATION_INDEX,
        /// 1 replied to the sender, 2 replied to all, 3 forwarded (14.0).
        last_verb_executed: Option<u8> = email2::LAST_VERB_EXECUTED,
        /// When that was (14.0).
        last_verb_execution_time: Option<DateTime> = email2::LAST_VERB_EXECUTION_TIME,
        /// The user got it as a blind copy (14.0).
        received_as_bcc: Option<bool> = email2::RECEIVED_AS_BCC,
        /// Who sent it, where that is not the author (14.0).
        sender: Option<String> = email2::SENDER,
        /// It is a draft (16.0).
        is_draft: Option<bool> = email2::IS_DRAFT,
        /// Who called, of a voice message (14.0).
        um_caller_id: Option<String> = email2::UM_CALLER_ID,
        /// The user's notes on a voice message (14.0).
        um_user_notes: Option<String> = email2::UM_USER_NOTES,
        /// The account that received it, where it is not the first (14.1).
        account_id: Option<String> = email2::ACCOUNT_ID,
        /// Kind of a meeting message, 0 to 6 (14.1).
        meeting_message_type: Option<u8> = email2::MEETING_MESSAGE_TYPE,
        /// What a rights policy permits (14.1, [MS-ASRM]), as a tree.
        rights_management_license: Option<Box<Node>> = rm::RIGHTS_MANAGEMENT_LICENSE,
        /// Categories (14.0). An empty wrapper from a phone removes all.
        categories: Option<Vec<String>> = email::CATEGORIES => email::CATEGORY,
    }
}

impl Email {
    /// Whether all numbers lie in their ranges.
    pub(super) fn check(&self) -> Result<(), DecodeError> {
        self.meeting_request.as_ref().map_or(Ok(()), |meeting| meeting.check())
    }
}
