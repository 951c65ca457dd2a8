//! The one place where a third-party parser meets bytes from the internet.
//!
//! `mail-parser` finds the structure of a message; it is told to leave transfer encodings alone, so
//! that an attachment of ten megabytes is not decoded to show a subject. Decoding is done per part,
//! when it is asked for, by [`super::transfer`].
//!
//! What a sender can do to us here, and what stands against it:
//!
//! * a bug of the parser that panics: [`guarded`] turns it into an error, and the message is shown as
//!   plain text; where not even its header can be read it is passed over, and the mailbox syncs on;
//! * parts without number, nesting without end, searches in vain: [`super::excess`] counts before
//!   anything is parsed, and such a message is shown as plain text;
//! * messages in messages, encoded again and again: [`super::mask`] keeps them from being unpacked;
//! * nesting so deep that dropping the tree would overflow the stack, which nothing can catch:
//!   [`Parsed`] takes its tree apart without recursion.

use std::borrow::Cow;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::LazyLock;

use encoding_rs::{UTF_8, WINDOWS_1252};
use mail_parser::parsers::MessageStream;
use mail_parser::{
    ContentType, Encoding, Header, HeaderName, HeaderValue, Message, MessageParser, MessagePart, MimeHeaders,
    PartType,
};

use super::excess::{MAX_HEADER, header_end, is_excessive};
use super::mail::{TEXT_FROM, TEXT_TO};
use super::mask::mask_encoded_messages;

/// A parser gave up on an input in a way that it should not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the {0} parser failed on it")]
pub struct ParserFailed(pub &'static str);

/// Calls into a third-party parser. A panic there becomes an error that names the parser.
pub fn guarded<T>(parser: &'static str, call: impl FnOnce() -> T) -> Result<T, ParserFailed> {
    // Unwind safety: whatever `call` was building is dropped; inputs are shared slices, which it
    // can't leave half changed.
    catch_unwind(AssertUnwindSafe(call)).map_err(|_| ParserFailed(parser))
}

fn configured() -> MessageParser {
    MessageParser::new()
        .with_mime_headers()
        .with_date_headers()
        .with_address_headers()
        .with_message_ids()
        .header_text(HeaderName::Subject)
        .header_raw(HeaderName::Importance)
        .header_raw(HeaderName::Priority)
        .header_raw("X-Priority")
        .header_raw("X-MSMail-Priority")
        .header_raw("Thread-Index")
        .header_raw("Content-Class")
        .header_raw("X-CallingTelephoneNumber")
        .header_raw("X-VoiceMessageDuration")
        .header_raw("X-AttachmentOrder")
        .header_text("Thread-Topic")
        .header_text(TEXT_FROM)
        .header_text(TEXT_TO)
        .ignore_header(HeaderName::ContentTransferEncoding)
        .default_header_ignore()
}

/// Structure only: transfer encodings are left alone.
static STRUCTURE: LazyLock<MessageParser> = LazyLock::new(configured);

/// A message, made ready for the parser.
#[derive(Debug)]
pub struct Source<'x> {
    raw: &'x [u8],
    /// What the parser is given: the same, offset by offset, but for names of content types. None: too
    /// costly to be taken apart.
    masked: Option<Cow<'x, [u8]>>,
}

impl<'x> Source<'x> {
    /// Looks for what the parser must not see.
    pub fn new(raw: &'x [u8]) -> Self {
        Source { raw, masked: (!is_excessive(raw)).then(|| mask_encoded_messages(raw)) }
    }
}

/// A message taken apart. It always has at least one part, the root.
#[derive(Debug)]
pub struct Parsed<'x> {
    /// The tree.
    pub message: Message<'x>,
    /// Why the message is in one piece although it may have parts.
    pub failed: Option<ParserFailed>,
    raw: &'x [u8],
}

impl<'x> Parsed<'x> {
    /// Takes a message apart. What is no message at all becomes one without headers, its bytes the
    /// text; what the parser fails on keeps its headers, the rest the text.
    pub fn new(source: &'x Source<'x>) -> Result<Self, ParserFailed> {
        let Some(masked) = &source.masked else { return Parsed::headers(source.raw) };
        Parsed::structure(source.raw, masked).or_else(|failed| {
            let mut parsed = Parsed::headers(source.raw)?;
            parsed.failed = Some(failed);
            Ok(parsed)
        })
    }

    fn structure(raw: &'x [u8], masked: &'x [u8]) -> Result<Self, ParserFailed> {
        let message = guarded("message", || STRUCTURE.parse(masked))?;
        let has_fields = |m: &Message<'_>| m.parts.first().is_some_and(|root| !root.headers.is_empty());
        // A field name alone does not make a header section.
        let Some(message) = message.filter(|m| has_fields(m) && memchr::memchr(b':', raw).is_some()) else {
            return Ok(Parsed { message: headless(raw), raw, failed: None });
        };
        let mut parsed = Parsed { message, raw, failed: None };
        parsed.mend_root();
        parsed.mend_cut_off();
        parsed.repaired()
    }

    /// A multipart without parts is a text: there is no other way to show what is in it.
    fn mend_root(&mut self) {
        let Some(root) = self.message.parts.first_mut() else { return };
        let is_multipart = root.content_type().is_some_and(|t| t.ctype().eq_ignore_ascii_case("multipart"));
        if is_multipart && !matches!(root.body, PartType::Multipart(_)) {
            root.body = PartType::Text("".into());
            self.message.text_body = vec![0];
            self.message.html_body = vec![0];
            self.message.attachments.retain(|index| *index != 0);
        }
    }

    /// In a message that was cut off, the part that never ended is taken for an attachment. Where
    /// there is no other text, it is the text.
    fn mend_cut_off(&mut self) {
        let message = &mut self.message;
        if !message.text_body.is_empty() || !message.html_body.is_empty() {
            return;
        }
        for (at, &index) in message.attachments.iter().enumerate() {
            let Some(part) = usize::try_from(index).ok().and_then(|i| message.parts.get_mut(i)) else {
                continue;
            };
            let is_file = part.content_disposition().is_some_and(ContentType::is_attachment);
            let is_html = part.is_content_type("text", "html");
            let is_text = is_html || part.content_type().is_none() || part.is_content_type("text", "plain");
            if part.is_encoding_problem && is_text && !is_file {
                part.body = if is_html { PartType::Html("".into()) } else { PartType::Text("".into()) };
                message.text_body = vec![index];
                message.html_body = vec![index];
                message.attachments.remove(at);
                return;
            }
        }
    }

    /// Reads the headers only; all the rest is the text of the one part.
    pub fn headers(raw: &'x [u8]) -> Result<Self, ParserFailed> {
        let end = header_end(raw);
        let head = raw.get(..end.min(MAX_HEADER)).unwrap_or(raw);
        let message = guarded("header", || STRUCTURE.parse_headers(head))?;
        let mut message = message.unwrap_or_else(|| headless(raw));
        if let Some(root) = message.parts.first_mut() {
            root.offset_body = to_u32(if root.headers.is_empty() { 0 } else { end });
            root.offset_end = to_u32(raw.len());
            root.body = PartType::Text("".into());
        }
        message.text_body = vec![0];
        message.html_body = vec![0];
        Parsed { message, raw, failed: None }.repaired()
    }

    /// Header fields may hold bytes that are neither ASCII nor UTF-8: old mailers wrote them in the
    /// character set of the body. Those fields are read again.
    fn repaired(mut self) -> Result<Self, ParserFailed> {
        let declared = self.message.parts.first().and_then(MessagePart::content_type);
        let label = declared.and_then(|t| t.attribute("charset")).unwrap_or_default();
        let encoding = encoding_rs::Encoding::for_label(label.as_bytes());
        let encoding = encoding.filter(|e| *e != UTF_8 && e.is_ascii_compatible()).unwrap_or(WINDOWS_1252);
        let raw = self.raw;
        guarded("header", || {
            for header in self.message.parts.iter_mut().flat_map(|part| &mut part.headers) {
                let field = raw.get(header.offset_start as usize..header.offset_end as usize);
                let Some(field) = field.filter(|f| std::str::from_utf8(f).is_err()) else { continue };
                let text = encoding.decode_without_bom_handling(field).0;
                if let Some(value) = reread(header, text.as_bytes()) {
                    header.value = value;
                }
            }
        })?;
        Ok(self)
    }

    /// The bytes that all offsets refer to.
    pub fn raw(&self) -> &'x [u8] {
        self.raw
    }

    /// The part with this index.
    pub fn part(&self, index: u32) -> Option<&MessagePart<'x>> {
        self.message.parts.get(usize::try_from(index).ok()?)
    }

    /// Where the body of a part stands in the message.
    pub fn place(part: &MessagePart<'_>) -> Range<usize> {
        part.offset_body as usize..part.offset_end as usize
    }

    /// The body of a part as it stands in the message, still encoded.
    pub fn encoded(&self, part: &MessagePart<'_>) -> &'x [u8] {
        self.raw.get(Parsed::place(part)).unwrap_or_default()
    }

    /// How the body of a part is encoded.
    pub fn encoding(&self, part: &MessagePart<'_>) -> Encoding {
        let Some(header) = part.headers.iter().find(|h| h.name == HeaderName::ContentTransferEncoding) else {
            return Encoding::None;
        };
        let value = self.raw.get(header.offset_start as usize..header.offset_end as usize);
        let value = value.unwrap_or_default().trim_ascii();
        let token = value.split(|b| matches!(b, b';' | b' ' | b'(' | b'\r' | b'\n')).next();
        match token.unwrap_or_default() {
            t if t.eq_ignore_ascii_case(b"base64") => Encoding::Base64,
            t if t.eq_ignore_ascii_case(b"quoted-printable") => Encoding::QuotedPrintable,
            _ => Encoding::None,
        }
    }
}

/// Reads a field as the kind of value that was found in it at first.
fn reread(header: &Header<'_>, field: &[u8]) -> Option<HeaderValue<'static>> {
    let mut stream = MessageStream::new(field);
    let value = match header.value {
        HeaderValue::Text(_) => stream.parse_unstructured(),
        HeaderValue::Address(_) => stream.parse_address(),
        HeaderValue::ContentType(_) => stream.parse_content_type(),
        _ => return None,
    };
    Some(value.into_owned())
}

impl Drop for Parsed<'_> {
    fn drop(&mut self) {
        let mut pending = vec![std::mem::take(&mut self.message.parts)];
        while let Some(parts) = pending.pop() {
            for part in parts {
                if let PartType::Message(mut inner) = part.body {
                    pending.push(std::mem::take(&mut inner.parts));
                }
            }
        }
    }
}

fn to_u32(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// A message without headers, all of it text.
fn headless(raw: &[u8]) -> Message<'_> {
    let root =
        MessagePart { offset_end: to_u32(raw.len()), body: PartType::Text("".into()), ..Default::default() };
    Message {
        html_body: vec![0],
        text_body: vec![0],
        parts: vec![root],
        raw_message: raw.into(),
        ..Default::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_of_a_parser_is_an_error() {
        let failed = guarded("test", || -> u8 { panic!("a bug") });
        assert_eq!(failed, Err(ParserFailed("test")));
        assert_eq!(failed.unwrap_err().to_string(), "the test parser failed on it");
    }

    #[test]
    fn deep_nesting_is_dropped_without_recursion() {
        // 1,600 levels, just below what counts as excessive, on a stack that recursion would not fit on.
        let raw = "Content-Type:message/rfc822\n\n".repeat(1_600);
        let nested = move || {
            let source = Source::new(raw.as_bytes());
            let parsed = Parsed::new(&source).unwrap();
            let mut depth = 0;
            let mut message = &parsed.message;
            while let Some(PartType::Message(inner)) = message.parts.first().map(|part| &part.body) {
                depth += 1;
                message = inner;
            }
            depth
        };
        let thread = std::thread::Builder::new().stack_size(64 * 1024).spawn(nested).unwrap();
        assert!(thread.join().unwrap() > 1_000);
    }

    #[test]
    fn headers_alone_leave_the_rest_as_text() {
        let parsed =
            Parsed::headers(b"Subject: x\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n")
                .unwrap();
        assert_eq!(parsed.message.subject(), Some("x"));
        assert_eq!(parsed.encoded(&parsed.message.parts[0]), b"--b\r\n");
        assert_eq!(Parsed::headers(b"").unwrap().message.parts.len(), 1);
    }
}
