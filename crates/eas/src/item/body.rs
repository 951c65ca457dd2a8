//! Bodies and what a phone asks of them ([MS-ASAIRS] 2.2.2.9 to 2.2.2.12).

use crate::codec::{Content, DecodeError, Element};
use crate::message;
use crate::page::{Tag, air_sync_base as base, item_operations};
use crate::wbxml::{Reader, Writer};

/// The form of a body ([MS-ASAIRS] 2.2.2.41).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum BodyType {
    /// Plain text.
    Text = 1,
    /// HTML.
    Html = 2,
    /// Compressed RTF, base64.
    Rtf = 3,
    /// The whole message as MIME.
    Mime = 4,
}

impl Element for BodyType {
    fn read(tag: Tag, r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        match u8::read(tag, r)? {
            1 => Ok(BodyType::Text),
            2 => Ok(BodyType::Html),
            3 => Ok(BodyType::Rtf),
            4 => Ok(BodyType::Mime),
            _ => Err(DecodeError::Value { tag, expected: "a body type from 1 to 4" }),
        }
    }

    fn write(&self, tag: Tag, w: &mut Writer) {
        (*self as u8).write(tag, w);
    }
}

message! {
    /// One body form that a phone would take ([MS-ASAIRS] 2.2.2.12).
    pub struct BodyPreference {
        /// The form.
        r#type: BodyType = base::TYPE,
        /// Most bytes of UTF-8 that the phone takes; absent: all.
        truncation_size: Option<u32> = base::TRUNCATION_SIZE,
        /// Rather another form than a cut body. Without a truncation size it means nothing.
        all_or_none: Option<bool> = base::ALL_OR_NONE,
        /// Characters of plain-text preview, 0 to 255 (14.0).
        preview: Option<u32> = base::PREVIEW,
    }
}

message! {
    /// What a phone takes of the message part that is new in a conversation ([MS-ASAIRS] 2.2.2.11).
    pub struct BodyPartPreference {
        /// The form; only HTML is supported (status 164).
        r#type: BodyType = base::TYPE,
        /// Most bytes of UTF-8; absent: all.
        truncation_size: Option<u32> = base::TRUNCATION_SIZE,
        /// Nothing rather than a cut part.
        all_or_none: Option<bool> = base::ALL_OR_NONE,
        /// Characters of preview, 0 to 255.
        preview: Option<u32> = base::PREVIEW,
    }
}

message! {
    /// A body as sent ([MS-ASAIRS] 2.2.2.9).
    pub struct Body {
        /// The form.
        r#type: BodyType = base::TYPE,
        /// Size of the whole body in this form, in bytes of UTF-8.
        estimated_data_size: Option<u32> = base::ESTIMATED_DATA_SIZE,
        /// `data` is not the whole.
        truncated: Option<bool> = base::TRUNCATED,
        /// The body, or its beginning.
        data: Option<Content> = base::DATA,
        /// Index of the multipart part that holds the body instead of `data`.
        part: Option<u32> = item_operations::PART,
        /// Plain-text preview (14.0).
        preview: Option<String> = base::PREVIEW,
    }
}

message! {
    /// The part of a message that is new in its conversation ([MS-ASAIRS] 2.2.2.10).
    pub struct BodyPart {
        /// 1, or 176 where the part is too large.
        status: u8 = base::STATUS,
        /// The form: HTML.
        r#type: BodyType = base::TYPE,
        /// Size of the whole, in bytes of UTF-8.
        estimated_data_size: Option<u32> = base::ESTIMATED_DATA_SIZE,
        /// `data` is not the whole.
        truncated: Option<bool> = base::TRUNCATED,
        /// The part, or its beginning.
        data: Option<Content> = base::DATA,
        /// Index of the multipart part that holds the data.
        part: Option<u32> = item_operations::PART,
        /// Plain-text preview.
        preview: Option<String> = base::PREVIEW,
    }
}
