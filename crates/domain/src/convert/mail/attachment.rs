//! Attachments: the list that a phone shows ([MS-ASAIRS] 2.2.2.7), the references that it asks with,
//! and the content that it gets.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use fieldpost_eas::item::{Attachment, AttachmentEntry, LegacyAttachment, Method};
use mail_parser::{ContentType, MessagePart, MimeHeaders, PartType};

use super::ConvertError;
use super::parts::{Native, Parts};
use crate::convert::mask::is_masked;
use crate::convert::parser::{Parsed, Source};
use crate::convert::text::single_line;
use crate::convert::transfer;
use crate::id::ItemId;

/// Most attachments listed; a message with more is not made for people.
const MAX_LISTED: usize = 1_000;
/// Longest name, in bytes of UTF-8, as file systems have it.
const MAX_NAME: usize = 255;

/// What a phone asks for an attachment with: `<item>-<part>`, the part counted in the order of the
/// message from 0, its root. It means the same as long as the item exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct FileReference {
    /// The item.
    pub item: ItemId,
    /// The part.
    pub part: u32,
}

impl fmt::Display for FileReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.item, self.part)
    }
}

/// The text is not a file reference that this server gives out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a file reference of this server")]
pub struct BadFileReference;

impl FromStr for FileReference {
    type Err = BadFileReference;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let number = |digits: &str| {
            let plain =
                digits.bytes().all(|b| b.is_ascii_digit()) && (digits == "0" || !digits.starts_with('0'));
            if plain { digits.parse::<u32>().map_err(|_| BadFileReference) } else { Err(BadFileReference) }
        };
        let (item, part) = text.split_once('-').ok_or(BadFileReference)?;
        Ok(FileReference { item: ItemId(number(item)?), part: number(part)? })
    }
}

/// An attachment as its sender attached it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttachmentContent<'x> {
    /// `type/subtype`, fit for a header field.
    pub content_type: String,
    /// File name.
    pub name: String,
    /// The bytes, transfer encoding undone and nothing else.
    pub bytes: Cow<'x, [u8]>,
}

/// The content of the part that a reference names. Only attachments are given out, and any part that
/// is no container.
pub fn attachment<'x>(
    content: &'x [u8],
    reference: &FileReference,
) -> Result<AttachmentContent<'x>, ConvertError> {
    let source = Source::new(content);
    let parsed = Parsed::new(&source)?;
    let part = parsed.part(reference.part).ok_or(ConvertError::NoSuchPart)?;
    if matches!(part.body, PartType::Multipart(_)) {
        return Err(ConvertError::NoSuchPart);
    }
    let encoded = content.get(Parsed::place(part)).unwrap_or_default();
    Ok(AttachmentContent {
        content_type: content_type(part),
        name: name(&parsed, part, reference.part),
        bytes: transfer::decode(encoded, parsed.encoding(part)),
    })
}

/// The attachments, 12.0 and later.
pub fn list(parts: &Parts<'_, '_>, item: ItemId) -> Vec<AttachmentEntry> {
    let inline = Inline::of(parts);
    let attachment = |(index, part): (u32, &MessagePart<'_>)| {
        let is_inline = inline.holds(index, part);
        AttachmentEntry::Attachment(Attachment {
            display_name: Some(name(parts.parsed, part, index)),
            file_reference: FileReference { item, part: index }.to_string(),
            client_id: None,
            // MS-ASAIRS_R230: an inline image is 6.
            method: Some(if is_inline { Method::Ole } else { method(part) }),
            estimated_data_size: Some(size(parts.parsed, part)),
            content_id: part.content_id().map(single_line).filter(|id| !id.is_empty()),
            content_location: part.content_location().map(single_line).filter(|l| !l.is_empty()),
            is_inline: is_inline.then_some(true),
            um_att_duration: None,
            um_att_order: None,
        })
    };
    attached(parts.parsed).map(attachment).collect()
}

/// Which of the attachments are sound, in the order of [`list`].
pub fn are_sound(parts: &Parts<'_, '_>) -> Vec<bool> {
    let is_sound = |(_, part): (u32, &MessagePart<'_>)| {
        part.content_type().is_some_and(|kind| kind.ctype().eq_ignore_ascii_case("audio"))
    };
    attached(parts.parsed).map(is_sound).collect()
}

/// The attachments, 2.5. The body is text there, so an image within it is a file like others.
pub fn list_legacy(parts: &Parts<'_, '_>, item: ItemId) -> Vec<LegacyAttachment> {
    let attachment = |(index, part): (u32, &MessagePart<'_>)| LegacyAttachment {
        att_name: FileReference { item, part: index }.to_string(),
        att_size: size(parts.parsed, part),
        att_method: method(part),
        display_name: Some(name(parts.parsed, part, index)),
    };
    attached(parts.parsed).map(attachment).collect()
}

/// The names of the attachments.
pub fn list_names(parts: &Parts<'_, '_>) -> Vec<String> {
    attached(parts.parsed).map(|(index, part)| name(parts.parsed, part, index)).collect()
}

fn attached<'p, 'x>(parsed: &'p Parsed<'x>) -> impl Iterator<Item = (u32, &'p MessagePart<'x>)> {
    let parts = parsed.message.attachments.iter();
    let found = parts.filter_map(|index| parsed.part(*index).map(|part| (*index, part)));
    found.filter(|(_, part)| !matches!(part.body, PartType::Multipart(_))).take(MAX_LISTED)
}

/// Which parts the HTML body shows within itself.
struct Inline<'p> {
    html: bool,
    /// Children of `multipart/related`.
    related: Vec<&'p [u32]>,
}

impl<'p> Inline<'p> {
    fn of(parts: &Parts<'p, '_>) -> Self {
        let related = parts.parsed.message.parts.iter().filter_map(|part| match &part.body {
            PartType::Multipart(children) if part.is_content_type("multipart", "related") => {
                Some(&children[..])
            }
            _ => None,
        });
        Inline { html: parts.native == Native::Html, related: related.collect() }
    }

    fn holds(&self, index: u32, part: &MessagePart<'_>) -> bool {
        let attached = part.content_disposition().is_some_and(ContentType::is_attachment);
        let is_related = || self.related.iter().any(|children| children.contains(&index));
        let is_image = part.content_type().is_some_and(|t| t.ctype().eq_ignore_ascii_case("image"));
        self.html && part.content_id().is_some() && (!attached || (is_image && is_related()))
    }
}

fn is_message(part: &MessagePart<'_>) -> bool {
    let is_masked =
        |t: &ContentType<'_>| t.ctype().eq_ignore_ascii_case("message") && t.subtype().is_some_and(is_masked);
    matches!(part.body, PartType::Message(_))
        || part.is_content_type("message", "rfc822")
        || part.content_type().is_some_and(is_masked)
}

fn method(part: &MessagePart<'_>) -> Method {
    if is_message(part) { Method::Embedded } else { Method::Normal }
}

fn size(parsed: &Parsed<'_>, part: &MessagePart<'_>) -> u32 {
    u32::try_from(transfer::decoded_size(parsed.encoded(part), parsed.encoding(part))).unwrap_or(u32::MAX)
}

/// `type/subtype` of tokens (RFC 2045 5.1), in lower case.
fn content_type(part: &MessagePart<'_>) -> String {
    if is_message(part) {
        return "message/rfc822".to_owned();
    }
    let is_token = |s: &str| {
        let ok = |b: u8| {
            b.is_ascii_alphanumeric()
                || matches!(b, b'-' | b'.' | b'+' | b'_' | b'!' | b'#' | b'$' | b'&' | b'^')
        };
        (1..=127).contains(&s.len()) && s.bytes().all(ok)
    };
    match part.content_type().map(|t| (t.ctype(), t.subtype().unwrap_or_default())) {
        Some((kind, subtype)) if is_token(kind) && is_token(subtype) => {
            format!("{kind}/{subtype}").to_ascii_lowercase()
        }
        _ if matches!(part.body, PartType::Text(_)) => "text/plain".to_owned(),
        _ => "application/octet-stream".to_owned(),
    }
}

/// The name shown for a part. It is one line, is no path, hides no extension behind a change of
/// writing direction, and of an attached message ends in `.eml`: Android opens it only then.
fn name(parsed: &Parsed<'_>, part: &MessagePart<'_>, index: u32) -> String {
    let given = part.attachment_name().map(clean_name).filter(|n| !n.is_empty());
    if !is_message(part) {
        return given.unwrap_or_else(|| unnamed(part, index));
    }
    let subject = || {
        let subject = match &part.body {
            PartType::Message(inner) => inner.subject().map(clean_name),
            // An encoded message is not taken apart with the one that it is attached to.
            _ => {
                let inner = transfer::decode(parsed.encoded(part), parsed.encoding(part));
                Parsed::headers(&inner).ok()?.message.subject().map(clean_name)
            }
        };
        subject.filter(|s| !s.is_empty())
    };
    let stem = given.or_else(subject).unwrap_or_else(|| "message".to_owned());
    match stem.rsplit_once('.') {
        Some((_, extension)) if extension.eq_ignore_ascii_case("eml") => stem,
        _ => shortened(&stem, ".eml"),
    }
}

fn clean_name(raw: &str) -> String {
    let is_hidden =
        |c: char| matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    let line = single_line(raw);
    let file = line.rsplit(['/', '\\']).find(|piece| !piece.trim().is_empty()).unwrap_or_default();
    let plain: String = file.chars().filter(|c| !is_hidden(*c)).collect();
    let plain = plain.trim().trim_matches('"');
    if plain.chars().all(|c| c == '.') {
        return String::new();
    }
    match plain.rsplit_once('.') {
        Some((stem, extension)) if plain.len() > MAX_NAME && extension.len() <= 16 => {
            shortened(stem, &format!(".{extension}"))
        }
        _ => shortened(plain, ""),
    }
}

fn shortened(stem: &str, suffix: &str) -> String {
    let stem = crate::convert::text::cut(stem, MAX_NAME.saturating_sub(suffix.len()));
    format!("{stem}{suffix}")
}

/// A name for a part that has none.
fn unnamed(part: &MessagePart<'_>, index: u32) -> String {
    match content_type(part).as_str() {
        "application/pkcs7-mime" | "application/x-pkcs7-mime" => "smime.p7m".to_owned(),
        "application/pkcs7-signature" | "application/x-pkcs7-signature" => "smime.p7s".to_owned(),
        "application/pgp-signature" => "signature.asc".to_owned(),
        "application/ms-tnef" => "winmail.dat".to_owned(),
        "text/calendar" => "invite.ics".to_owned(),
        "message/delivery-status" => "delivery-status.txt".to_owned(),
        "message/disposition-notification" => "disposition-notification.txt".to_owned(),
        "text/rfc822-headers" => "headers.txt".to_owned(),
        other => format!("attachment-{index}{}", extension(other)),
    }
}

fn extension(content_type: &str) -> &'static str {
    const KNOWN: [(&str, &str); 17] = [
        ("text/plain", ".txt"),
        ("text/html", ".html"),
        ("text/csv", ".csv"),
        ("text/vcard", ".vcf"),
        ("image/png", ".png"),
        ("image/jpeg", ".jpg"),
        ("image/jpg", ".jpg"),
        ("image/gif", ".gif"),
        ("image/webp", ".webp"),
        ("image/heic", ".heic"),
        ("image/svg+xml", ".svg"),
        ("application/pdf", ".pdf"),
        ("application/zip", ".zip"),
        ("application/json", ".json"),
        ("audio/mpeg", ".mp3"),
        ("audio/wav", ".wav"),
        ("video/mp4", ".mp4"),
    ];
    KNOWN.into_iter().find(|(known, _)| *known == content_type).map_or(".bin", |(_, extension)| extension)
}
