//! The part of a message that speaks of a meeting (iMIP, RFC 6047): where it is, and what it holds.

use std::borrow::Cow;

use mail_parser::{MessagePart, MimeHeaders, PartType};

use super::ConvertError;
use crate::convert::parser::{Parsed, Source};
use crate::convert::text::decode_charset;
use crate::convert::transfer;

/// Most bytes of a calendar part, decoded. An invitation has a few thousand; what is larger stays an
/// attachment that nobody here reads.
pub const MAX_BYTES: usize = 1 << 20;

/// A calendar in a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarPart<'x> {
    /// Which part it is, counted as [`super::FileReference`] counts.
    pub index: u32,
    /// The `method` of its content type (RFC 6047 2.4), as written.
    pub method: Option<String>,
    /// The calendar itself.
    pub text: Cow<'x, str>,
}

/// Finds the calendar of a parsed message: the first `text/calendar` that names a method, else the
/// first at all. Those within attached messages are other people's.
pub fn find<'x>(parsed: &Parsed<'x>) -> Option<CalendarPart<'x>> {
    let candidates = || {
        let parts = parsed.message.parts.iter().enumerate();
        parts.filter(|(_, part)| {
            part.is_content_type("text", "calendar") && !matches!(part.body, PartType::Multipart(_))
        })
    };
    let (index, part) =
        candidates().find(|(_, part)| method(part).is_some()).or_else(|| candidates().next())?;
    let (encoded, encoding) = (parsed.encoded(part), parsed.encoding(part));
    if transfer::decoded_size(encoded, encoding) > MAX_BYTES {
        return None;
    }
    let charset = part.content_type().and_then(|t| t.attribute("charset"));
    let text = decode_charset(transfer::decode(encoded, encoding), charset);
    Some(CalendarPart { index: u32::try_from(index).ok()?, method: method(part), text })
}

fn method(part: &MessagePart<'_>) -> Option<String> {
    let named = part.content_type()?.attribute("method")?.trim();
    (!named.is_empty()).then(|| named.to_owned())
}

/// The calendar of a message with the method of its content type; none where there is none, or one
/// of more than [`MAX_BYTES`].
///
/// # Errors
/// The message can't be taken apart.
pub fn calendar_part(content: &[u8]) -> Result<Option<CalendarPart<'static>>, ConvertError> {
    // Most mail is none, and need not be taken apart to know it.
    if !mentions_calendar(content) {
        return Ok(None);
    }
    let source = Source::new(content);
    let parsed = Parsed::new(&source)?;
    Ok(find(&parsed).map(|CalendarPart { index, method, text }| CalendarPart {
        index,
        method,
        text: Cow::Owned(text.into_owned()),
    }))
}

/// Whether `text/calendar` stands in the bytes at all, in any case.
fn mentions_calendar(content: &[u8]) -> bool {
    const NAME: &[u8] = b"text/calendar";
    memchr::memchr_iter(b'/', content).any(|at| {
        let from = at.checked_sub(4).unwrap_or(at);
        content.get(from..from + NAME.len()).is_some_and(|found| found.eq_ignore_ascii_case(NAME))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut text =
            String::from("From: a@example.org\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n");
        for (head, body) in parts {
            text.push_str(&format!("--b\r\n{head}\r\n\r\n{body}\r\n"));
        }
        text.push_str("--b--\r\n");
        text.into_bytes()
    }

    #[test]
    fn the_part_that_names_a_method_is_meant() {
        let content = message(&[
            ("Content-Type: text/plain", "Come!"),
            ("Content-Type: text/calendar; name=a.ics", "BEGIN:VCALENDAR"),
            (
                "Content-Type: TEXT/Calendar; method=REQUEST; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable",
                "SUMMARY:=E4",
            ),
        ]);
        let part = calendar_part(&content).unwrap().unwrap();
        assert_eq!(
            (part.index, part.method.as_deref(), part.text.trim_end()),
            (3, Some("REQUEST"), "SUMMARY:ä")
        );
        let content = message(&[("Content-Type: text/calendar", "BEGIN:VCALENDAR")]);
        assert_eq!(calendar_part(&content).unwrap().unwrap().method, None);
    }

    #[test]
    fn other_messages_have_none() {
        assert_eq!(calendar_part(b"Subject: x\r\n\r\ntext").unwrap(), None);
        assert_eq!(calendar_part(b"/").unwrap(), None);
        let inner = "Content-Type: text/calendar; method=REQUEST\r\n\r\nBEGIN:VCALENDAR";
        let content = message(&[("Content-Type: message/rfc822", inner)]);
        assert_eq!(calendar_part(&content).unwrap(), None);
        // What is too large is not decoded.
        let content = message(&[("Content-Type: text/calendar; method=REQUEST", &"x".repeat(MAX_BYTES + 1))]);
        assert_eq!(calendar_part(&content).unwrap(), None);
    }
}
