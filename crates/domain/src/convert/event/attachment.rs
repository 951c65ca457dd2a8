//! Attachments of events (16.0, [MS-ASAIRS] 2.2.2.7): `ATTACH` with the content inline (RFC 5545 3.8.1.1).
//! Those that are only addresses are not shown, and stay.

use std::borrow::Cow;

use fieldpost_eas::item::{Attachment, AttachmentEntry, Method, NewAttachment};
use sha2::{Digest as _, Sha256};

use crate::convert::mail::{AttachmentContent, FileReference};
use crate::convert::text::{cut, single_line};
use crate::convert::{ConvertError, InvalidItem};
use crate::id::ItemId;
use crate::object::{Component, Line};

/// Most attachments of an event.
const MAX_ATTACHMENTS: usize = 100;
/// Most bytes of all that a phone adds at once.
const MAX_BYTES: usize = 40 << 20;
/// Longest name, in bytes of UTF-8.
const MAX_NAME: usize = 255;

/// The lines with content.
fn lines(event: &Component) -> impl Iterator<Item = &Line> {
    event.get_all("ATTACH").filter(|line| line.has("ENCODING", "BASE64") || line.value().starts_with("data:"))
}

/// What an attachment is known by: its content and name, so that it keeps its reference whatever happens
/// to the others.
fn part(name: &str, bytes: &[u8]) -> u32 {
    let digest = Sha256::new().chain_update(name).chain_update([0]).chain_update(bytes).finalize();
    digest.first_chunk::<4>().map_or(0, |first| u32::from_be_bytes(*first))
}

fn name(line: &Line) -> String {
    let named =
        ["FILENAME", "X-FILENAME", "X-LABEL", "X-APPLE-FILENAME"].into_iter().find_map(|p| line.param(p));
    let name = single_line(named.unwrap_or_default());
    if name.is_empty() { "attachment".to_owned() } else { cut(&name, MAX_NAME).to_owned() }
}

fn method(content_type: Option<&str>) -> Method {
    if content_type.is_some_and(|t| t.eq_ignore_ascii_case("message/rfc822")) {
        Method::Embedded
    } else {
        Method::Normal
    }
}

/// The attachments of an event as phones see them.
pub fn list(event: &Component, item: ItemId) -> Vec<AttachmentEntry> {
    let show = |line: &Line| {
        let bytes = line.binary()?;
        let name = name(line);
        Some(AttachmentEntry::Attachment(Attachment {
            file_reference: FileReference { item, part: part(&name, &bytes) }.to_string(),
            display_name: Some(name),
            method: Some(method(line.media_type().as_deref())),
            estimated_data_size: u32::try_from(bytes.len()).ok(),
            is_inline: Some(false),
            ..Attachment::default()
        }))
    };
    lines(event).filter_map(show).take(MAX_ATTACHMENTS).collect()
}

/// The attachment of a stored event that a reference names.
///
/// # Errors
/// The object is none, or has no such attachment.
pub fn attachment(
    content: &[u8],
    reference: &FileReference,
) -> Result<AttachmentContent<'static>, ConvertError> {
    let calendar = Component::parse_one(content, "VCALENDAR")?;
    for line in calendar.children_named("VEVENT").flat_map(lines) {
        let Some(bytes) = line.binary() else { continue };
        let name = name(line);
        if part(&name, &bytes) == reference.part {
            let content_type = line.media_type().unwrap_or_else(|| "application/octet-stream".to_owned());
            return Ok(AttachmentContent { content_type, name, bytes: Cow::Owned(bytes) });
        }
    }
    Err(ConvertError::Missing("ATTACH"))
}

/// What the answer to a phone says of the attachments that it added: the references for its own ids.
pub fn added(entries: &[AttachmentEntry], item: ItemId) -> Vec<AttachmentEntry> {
    let answer = |entry: &AttachmentEntry| match entry {
        AttachmentEntry::Add(new) => Some(AttachmentEntry::Attachment(Attachment {
            file_reference: FileReference { item, part: part(&new_name(new), &new.content.0) }.to_string(),
            client_id: Some(new.client_id.clone()),
            ..Attachment::default()
        })),
        _ => None,
    };
    entries.iter().filter_map(answer).collect()
}

fn new_name(new: &NewAttachment) -> String {
    let name = single_line(&new.display_name);
    if name.is_empty() { "attachment".to_owned() } else { cut(&name, MAX_NAME).to_owned() }
}

/// Adds and takes away what a phone says.
pub fn change(event: &mut Component, entries: &[AttachmentEntry], item: ItemId) -> Result<(), InvalidItem> {
    let mut bytes = 0usize;
    for entry in entries {
        match entry {
            AttachmentEntry::Add(new) => {
                bytes = bytes.saturating_add(new.content.0.len());
                if new.method == Method::Ole {
                    return Err(InvalidItem::Wrong { element: "Method", reason: "not 1 or 5" });
                }
                let name = new_name(new);
                let media = new.content_type.as_deref().map(single_line).filter(|t| t.contains('/'));
                let default = if new.method == Method::Embedded {
                    "message/rfc822"
                } else {
                    "application/octet-stream"
                };
                event.push(
                    Line::base64_line("ATTACH", "BASE64", &new.content.0)
                        .with("VALUE", "BINARY")
                        .with("FMTTYPE", media.as_deref().unwrap_or(default))
                        .with("FILENAME", &name),
                );
            }
            AttachmentEntry::Delete(gone) => {
                let reference: FileReference =
                    gone.file_reference.parse().map_err(|_| InvalidItem::NoSuchAttachment)?;
                let is_named =
                    |line: &Line| line.binary().is_some_and(|b| part(&name(line), &b) == reference.part);
                if reference.item != item || !lines(event).any(is_named) {
                    return Err(InvalidItem::NoSuchAttachment);
                }
                event.retain_lines(|line| line.name() != "ATTACH" || !is_named(line));
            }
            // Those that it was shown say nothing new.
            AttachmentEntry::Attachment(_) => {}
        }
    }
    if bytes > MAX_BYTES {
        return Err(InvalidItem::Wrong { element: "Attachments", reason: "too large" });
    }
    if lines(event).count() > MAX_ATTACHMENTS {
        return Err(InvalidItem::TooMany { element: "Attachment", most: MAX_ATTACHMENTS });
    }
    Ok(())
}
