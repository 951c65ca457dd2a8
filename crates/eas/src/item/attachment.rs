//! Attachments as a message lists them: AirSyncBase from 12.0 ([MS-ASAIRS] 2.2.2.7), the Email page
//! in 2.5.

use crate::codec::{DecodeError, Element, Opaque};
use crate::page::{Tag, air_sync_base as base, email, email2};
use crate::wbxml::{Reader, Writer};
use crate::{choice, message};

/// How an attachment is kept ([MS-ASAIRS] 2.2.2.30).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// A file.
    Normal = 1,
    /// A message; its display name must end in `.eml`.
    Embedded = 5,
    /// An OLE object.
    Ole = 6,
}

impl Element for Method {
    fn read(tag: Tag, r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        match u8::read(tag, r)? {
            // 0 and 2 to 4 are reserved; old servers send them for files.
            0..=4 => Ok(Method::Normal),
            5 => Ok(Method::Embedded),
            6 => Ok(Method::Ole),
            _ => Err(DecodeError::Value { tag, expected: "an attachment method from 1 to 6" }),
        }
    }

    fn write(&self, tag: Tag, w: &mut Writer) {
        (*self as u8).write(tag, w);
    }
}

choice! {
    /// What may stand in the list of attachments.
    pub enum AttachmentEntry {
        /// One that the message has.
        Attachment(Attachment) = base::ATTACHMENT,
        /// One that the phone adds to a draft or an event (16.0).
        Add(NewAttachment) = base::ADD,
        /// One that the phone takes away from a draft or an event (16.0).
        Delete(RemovedAttachment) = base::DELETE,
    }
}

message! {
    /// One attachment, 12.0 and later.
    #[derive(Default)]
    pub struct Attachment {
        /// File name shown to the user.
        display_name: Option<String> = base::DISPLAY_NAME,
        /// What the phone asks for the content with; opaque, safe in a URL.
        file_reference: String = base::FILE_REFERENCE,
        /// The phone's own id of an attachment that it added (16.0).
        client_id: Option<String> = base::CLIENT_ID,
        /// How it is kept. Missing only where the phone's own addition is answered.
        method: Option<Method> = base::METHOD,
        /// Size of the content in bytes. Android needs it. Missing like `method`.
        estimated_data_size: Option<u32> = base::ESTIMATED_DATA_SIZE,
        /// `Content-ID` without angle brackets, where the body refers to it.
        content_id: Option<String> = base::CONTENT_ID,
        /// `Content-Location`, where the body refers to it.
        content_location: Option<String> = base::CONTENT_LOCATION,
        /// Shown within the body.
        is_inline: Option<bool> = base::IS_INLINE,
        /// Seconds of a voice message (14.0).
        um_att_duration: Option<u32> = email2::UM_ATT_DURATION,
        /// Order among voice messages (14.0).
        um_att_order: Option<u32> = email2::UM_ATT_ORDER,
    }
}

message! {
    /// An attachment that a phone adds (16.0, [MS-ASAIRS] 2.2.2.2).
    pub struct NewAttachment {
        /// The phone's own id of it.
        client_id: String = base::CLIENT_ID,
        /// How it is kept.
        method: Method = base::METHOD,
        /// Its content type.
        content_type: Option<String> = base::CONTENT_TYPE,
        /// The bytes.
        content: Opaque = base::CONTENT,
        /// File name.
        display_name: String = base::DISPLAY_NAME,
        /// `Content-ID` without angle brackets, where the body refers to it.
        content_id: Option<String> = base::CONTENT_ID,
        /// `Content-Location`, where the body refers to it.
        content_location: Option<String> = base::CONTENT_LOCATION,
        /// Shown within the body.
        is_inline: Option<bool> = base::IS_INLINE,
    }
}

message! {
    /// An attachment that a phone takes away (16.0).
    #[derive(Default)]
    pub struct RemovedAttachment {
        /// The attachment.
        file_reference: String = base::FILE_REFERENCE,
    }
}

message! {
    /// One attachment, 2.5.
    pub struct LegacyAttachment {
        /// What GetAttachment asks with.
        att_name: String = email::ATT_NAME,
        /// Size of the content in bytes.
        att_size: u32 = email::ATT_SIZE,
        /// How it is kept.
        att_method: Method = email::ATT_METHOD,
        /// File name shown to the user.
        display_name: Option<String> = email::DISPLAY_NAME,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::item::Email;
    use crate::page::air_sync;
    use crate::version::Version;
    use crate::wbxml::{Limits, Node, Writer};

    #[test]
    fn a_list_of_which_a_version_knows_nothing_is_left_out() {
        let delete = RemovedAttachment { file_reference: "4-3".into() };
        let email = Email { attachments: vec![AttachmentEntry::Delete(delete)], ..Email::default() };
        let has_list = |version| {
            let mut w = Writer::new(version);
            email.write(air_sync::APPLICATION_DATA, &mut w);
            let node = Node::parse(&w.finish(), Limits::default()).unwrap();
            node.child(base::ATTACHMENTS).is_some()
        };
        assert!(has_list(Version::V16_0));
        assert!(!has_list(Version::V14_1));
    }
}
