//! What stands in elements: text, numbers, booleans, byte arrays ([MS-ASDTYPE] 2).

use std::borrow::Cow;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

use super::{DecodeError, Element, children};
use crate::page::Tag;
use crate::wbxml::{Event, Reader, Writer, xml_text};

/// The text content of the element whose start was read last; children are passed over. Borrowed
/// from the document where it stands there in one piece, as it nearly always does.
pub fn text<'a>(r: &mut Reader<'a>) -> Result<Cow<'a, str>, DecodeError> {
    let mut all = Cow::Borrowed("");
    loop {
        match r.next()? {
            Event::Text(part) if all.is_empty() => all = Cow::Borrowed(part),
            Event::Text(part) => all.to_mut().push_str(part),
            Event::Opaque(part) => all.to_mut().push_str(&String::from_utf8_lossy(part)),
            Event::Start(_) => r.skip()?,
            Event::End => return Ok(all),
        }
    }
}

impl<T: Element> Element for Box<T> {
    fn read(tag: Tag, r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        T::read(tag, r).map(Box::new)
    }

    fn write(&self, tag: Tag, w: &mut Writer) {
        T::write(self, tag, w);
    }
}

impl Element for String {
    fn read(_: Tag, r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        text(r).map(Cow::into_owned)
    }

    fn write(&self, tag: Tag, w: &mut Writer) {
        w.element(tag, self);
    }
}

impl Element for bool {
    /// An empty element counts as true (MS-ASDTYPE_R6).
    fn read(tag: Tag, r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        match text(r)?.trim() {
            "" | "1" | "true" => Ok(true),
            "0" | "false" => Ok(false),
            _ => Err(DecodeError::Value { tag, expected: "a boolean" }),
        }
    }

    fn write(&self, tag: Tag, w: &mut Writer) {
        w.element(tag, if *self { "1" } else { "0" });
    }
}

macro_rules! integer_element {
    ($($type:ty, $expected:literal;)*) => {$(
        impl Element for $type {
            fn read(tag: Tag, r: &mut Reader<'_>) -> Result<Self, DecodeError> {
                text(r)?.trim().parse().map_err(|_| DecodeError::Value { tag, expected: $expected })
            }

            fn write(&self, tag: Tag, w: &mut Writer) {
                w.element(tag, itoa::Buffer::new().format(*self));
            }
        }
    )*};
}

integer_element! {
    u8, "a number from 0 to 255";
    u16, "a number from 0 to 65535";
    u32, "a number from 0 to 4294967295";
    i32, "a number";
    i64, "a number";
}

/// A number with a fraction, as XML Schema's `double` has it; not infinite.
impl Element for f64 {
    fn read(tag: Tag, r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let number: Option<f64> = text(r)?.trim().parse().ok();
        number.filter(|n| n.is_finite()).ok_or(DecodeError::Value { tag, expected: "a number" })
    }

    fn write(&self, tag: Tag, w: &mut Writer) {
        w.element(tag, &self.to_string());
    }
}

/// An element that says all by being there: `MoreAvailable`, `SaveInSentItems`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Empty;

impl Element for Empty {
    fn read(_: Tag, r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        r.skip()?;
        Ok(Empty)
    }

    fn write(&self, tag: Tag, w: &mut Writer) {
        w.start(tag);
        w.end();
    }
}

/// A value, or an empty element that says "none": no such limit, no reminder, a body that went away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OrEmpty<T>(pub Option<T>);

impl<T: Element> Element for OrEmpty<T> {
    fn read(tag: Tag, r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut ahead = r.clone();
        loop {
            match ahead.next()? {
                Event::Text(text) if text.trim().is_empty() => {}
                Event::Opaque([]) => {}
                Event::End => {
                    *r = ahead;
                    return Ok(OrEmpty(None));
                }
                _ => return T::read(tag, r).map(|value| OrEmpty(Some(value))),
            }
        }
    }

    fn write(&self, tag: Tag, w: &mut Writer) {
        match &self.0 {
            Some(value) => value.write(tag, w),
            None => Empty.write(tag, w),
        }
    }
}

/// Text that no log may show: a password.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Secret(pub String);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(..)")
    }
}

impl Element for Secret {
    fn read(_: Tag, r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        text(r).map(|text| Secret(text.into_owned()))
    }

    fn write(&self, tag: Tag, w: &mut Writer) {
        w.element(tag, &self.0);
    }
}

/// A byte array, written as opaque data ([MS-ASDTYPE] 2.7.1). A phone that writes it as a string
/// means base64 (MS-ASDTYPE_R98).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Opaque(pub Vec<u8>);

impl Element for Opaque {
    fn read(_: Tag, r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut all = Vec::new();
        loop {
            match r.next()? {
                Event::Opaque(part) => all.extend_from_slice(part),
                Event::Text(part) => match BASE64_STANDARD.decode(part) {
                    Ok(bytes) => all.extend_from_slice(&bytes),
                    Err(_) => all.extend_from_slice(part.as_bytes()),
                },
                Event::Start(_) => r.skip()?,
                Event::End => return Ok(Opaque(all)),
            }
        }
    }

    fn write(&self, tag: Tag, w: &mut Writer) {
        w.start(tag);
        w.opaque(&self.0);
        w.end();
    }
}

/// Bytes, written as base64 text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Base64(pub Vec<u8>);

impl Element for Base64 {
    fn read(tag: Tag, r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut all = Vec::new();
        loop {
            match r.next()? {
                Event::Opaque(part) => all.extend_from_slice(part),
                Event::Text(part) => {
                    let value = DecodeError::Value { tag, expected: "base64" };
                    // Some phones break the lines of a picture.
                    let part: Cow<'_, [u8]> = match part.bytes().any(|b| b.is_ascii_whitespace()) {
                        true => part.bytes().filter(|b| !b.is_ascii_whitespace()).collect(),
                        false => part.as_bytes().into(),
                    };
                    BASE64_STANDARD.decode_vec(part, &mut all).map_err(|_| value)?;
                }
                Event::Start(_) => r.skip()?,
                Event::End => return Ok(Base64(all)),
            }
        }
    }

    fn write(&self, tag: Tag, w: &mut Writer) {
        w.element(tag, &BASE64_STANDARD.encode(&self.0));
    }
}

/// Tags that stand without content, as names of properties.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tags(pub Vec<Tag>);

impl Element for Tags {
    fn read(_: Tag, r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut tags = Vec::new();
        children(r, |tag, r| {
            tags.push(tag);
            Ok(r.skip()?)
        })?;
        Ok(Tags(tags))
    }

    fn write(&self, tag: Tag, w: &mut Writer) {
        w.start(tag);
        for tag in &self.0 {
            if w.knows(*tag) {
                w.start(*tag);
                w.end();
            }
        }
        w.end();
    }
}

/// Body data: text as a rule, so an inline string; bytes that no string can hold (a NUL, or MIME
/// that is not UTF-8) go as opaque data, so that a message arrives as it was sent.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Content(pub Vec<u8>);

impl Content {
    /// The content as text, with replacement characters where it is not UTF-8.
    pub fn to_text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.0)
    }
}

/// Text for a person, without the characters that XML forbids; whole messages are bytes and stay as
/// they are, for their signatures' sake.
impl From<String> for Content {
    fn from(text: String) -> Self {
        Content(xml_text(text).into_bytes())
    }
}

impl Element for Content {
    fn read(_: Tag, r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut all = Vec::new();
        loop {
            match r.next()? {
                Event::Opaque(part) => all.extend_from_slice(part),
                Event::Text(part) => all.extend_from_slice(part.as_bytes()),
                Event::Start(_) => r.skip()?,
                Event::End => return Ok(Content(all)),
            }
        }
    }

    fn write(&self, tag: Tag, w: &mut Writer) {
        w.start(tag);
        match std::str::from_utf8(&self.0) {
            Ok(text) if memchr::memchr(0, &self.0).is_none() => w.raw_text(text),
            _ => w.opaque(&self.0),
        }
        w.end();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::{compose_mail, provision};
    use crate::version::Version;
    use crate::wbxml::Limits;

    fn read<T: Element>(tag: Tag, content: &[u8]) -> Result<T, DecodeError> {
        let tag_bytes = [0x00, tag.page, tag.token | 0x40];
        let bytes = [&crate::wbxml::HEADER[..], &tag_bytes, content, &[0x01]].concat();
        let mut r = Reader::new(&bytes, Limits::default())?;
        assert_eq!(r.next()?, Event::Start(tag));
        let value = T::read(tag, &mut r)?;
        r.finish()?;
        Ok(value)
    }

    fn write(value: &impl Element, tag: Tag) -> Vec<u8> {
        let mut w = Writer::new(Version::V16_1);
        value.write(tag, &mut w);
        // Without header and code page switch.
        w.finish().split_off(6)
    }

    // MS-ASDTYPE_R98: byte arrays are opaque; a phone that writes text means base64, or just text.
    #[test]
    fn a_byte_array_is_read_in_whatever_form_it_comes() {
        let opaque = |content: &[u8]| read::<Opaque>(compose_mail::MIME, content).unwrap().0;
        assert_eq!(opaque(b"\xC3\x02\xFF\x00"), [0xFF, 0x00]);
        assert_eq!(opaque(b"\x03/wA=\x00"), [0xFF, 0x00]);
        assert_eq!(opaque(b"\x03From: a\r\n\x00"), b"From: a\r\n");
        assert_eq!(opaque(b""), b"");
    }

    #[test]
    fn body_data_is_text_where_a_string_can_hold_it() {
        let tag = crate::page::air_sync_base::DATA;
        assert_eq!(write(&Content(b"a\x0Cb".to_vec()), tag), b"\x4B\x03a\x0Cb\x00\x01");
        assert_eq!(write(&Content(b"a\x00b".to_vec()), tag), b"\x4B\xC3\x03a\x00b\x01");
        assert_eq!(write(&Content(b"\xFF".to_vec()), tag), b"\x4B\xC3\x01\xFF\x01");
        assert_eq!(Content::from("a\u{0}\u{C}b\r\n".to_owned()).0, b"ab\r\n");
    }

    #[test]
    fn an_empty_limit_is_no_limit() {
        let limit = |content: &[u8]| read::<OrEmpty<u32>>(provision::MAX_ATTACHMENT_SIZE, content);
        assert_eq!(limit(b""), Ok(OrEmpty(None)));
        assert_eq!(limit(b"\x0345\x00"), Ok(OrEmpty(Some(45))));
        assert!(matches!(limit(b"\x03many\x00"), Err(DecodeError::Value { .. })));
    }

    #[test]
    fn a_password_is_not_shown() {
        assert_eq!(format!("{:?}", Some(Secret("1234".into()))), "Some(Secret(..))");
    }

    #[test]
    fn text_in_pieces_is_one_text() {
        assert_eq!(read::<String>(compose_mail::CLIENT_ID, b"\x03a\x00\xC3\x01b\x03c\x00").unwrap(), "abc");
    }
}
