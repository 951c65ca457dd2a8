//! Attachments as a message lists them: AirSyncBase from 12.0 ([MS-ASAIRS] 2.2.2.7), the Email page
//! in 2.5.

use crate::codec::{DecodeError, Element};
use crate::message;
use crate::page::{Tag, air_sync_base as base, email, email2};
use crate::wbxml::{Reader, Writer};

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

message! {
    /// One attachment, 12.0 and later.
    pub struct Attachment {
        /// File name shown to the user.
        display_name: Option<String> = base::DISPLAY_NAME,
        /// What the phone asks for the content with; opaque, safe in a URL.
        file_reference: String = base::FILE_REFERENCE,
        /// The phone's own id of an attachment that it added (16.0).
        client_id: Option<String> = base::CLIENT_ID,
        /// How it is kept.
        method: Method = base::METHOD,
        /// Size of the content in bytes. Android needs it.
        estimated_data_size: u32 = base::ESTIMATED_DATA_SIZE,
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
