//! Messages taken apart into text, HTML and files, and put together again. The result is UTF-8.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use fieldpost_domain::convert::mail::{self, BodyOptions, ConvertError, FileReference};
use fieldpost_domain::item::{Conversation, Item, ItemMeta, MailState, Marks};
use fieldpost_domain::{FolderId, ItemId, Modseq};
use fieldpost_eas::Version;
use fieldpost_eas::item::{AttachmentEntry, BodyPreference, BodyType, Email};
use mail_builder::headers::HeaderType;
use mail_builder::headers::content_type::ContentType;
use mail_builder::headers::raw::Raw;
use mail_builder::mime::MimePart;

use super::field;
use super::header::Message;

/// A message taken apart.
#[derive(Debug, Clone, Default)]
pub(super) struct Pieces {
    pub(super) text: String,
    pub(super) html: String,
    /// `html` is what the author wrote, not made from the text.
    pub(super) html_is_native: bool,
    pub(super) files: Vec<File>,
}

/// An attachment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct File {
    pub(super) content_type: String,
    pub(super) name: String,
    /// `Content-ID`, where the HTML may show it.
    pub(super) cid: Option<String>,
    pub(super) bytes: Vec<u8>,
    /// The part that it was.
    pub(super) part: u32,
}

impl File {
    /// A whole message.
    pub(super) fn message(original: &Item) -> File {
        File {
            content_type: "message/rfc822".to_owned(),
            name: "message.eml".to_owned(),
            cid: None,
            bytes: original.content.clone(),
            part: 0,
        }
    }
}

impl Pieces {
    /// Takes a message apart.
    pub(super) fn of(content: &[u8]) -> Result<Pieces, ConvertError> {
        let item = Item { meta: no_meta(content), content: content.to_vec() };
        let mut pieces = Pieces::default();
        let text = in_form(&item, BodyType::Text)?;
        pieces.text = body_of(&text);
        let html = in_form(&item, BodyType::Html)?;
        pieces.html_is_native = html.native_body_type == Some(BodyType::Html as u8);
        pieces.html = body_of(&html);
        for entry in html.attachments {
            let AttachmentEntry::Attachment(attachment) = entry else { continue };
            let Ok(reference) = attachment.file_reference.parse::<FileReference>() else { continue };
            let file = mail::attachment(content, &reference)?;
            pieces.files.push(File {
                content_type: file.content_type,
                name: file.name,
                cid: attachment.content_id.filter(|cid| !cid.is_empty()),
                bytes: file.bytes.into_owned(),
                part: reference.part,
            });
        }
        Ok(pieces)
    }
}

fn in_form(item: &Item, form: BodyType) -> Result<Email, ConvertError> {
    let mut options = BodyOptions::new(Version::V16_1);
    options.preferences =
        vec![BodyPreference { r#type: form, truncation_size: None, all_or_none: None, preview: None }];
    options.bodies = true;
    mail::email(item, &options)
}

fn body_of(email: &Email) -> String {
    let data = email.body.as_ref().and_then(|body| body.data.as_ref());
    data.map(|data| data.to_text().into_owned()).unwrap_or_default()
}

/// What the conversion of a message that lies in no folder is to know of it.
pub(super) fn no_meta(content: &[u8]) -> ItemMeta {
    ItemMeta {
        id: ItemId(0),
        folder: FolderId(0),
        modseq: Modseq(0),
        content_modseq: Modseq(0),
        received: 0,
        size: u32::try_from(content.len()).unwrap_or(u32::MAX),
        state: MailState::default(),
        marks: Marks::default(),
        conversation: Conversation::default(),
    }
}

/// Those files that stand beside the HTML that shows them, and the others: the order in which a message
/// has them.
pub(super) fn in_order(files: Vec<File>, in_html: bool) -> (Vec<File>, Vec<File>) {
    files.into_iter().partition(|file| in_html && file.cid.is_some())
}

/// A body of text, HTML where there is some, and files.
pub(super) fn assemble(text: String, html: Option<String>, files: Vec<File>) -> MimePart<'static> {
    let (shown, attached) = in_order(files, html.is_some());
    let text = MimePart::new("text/plain", text);
    let mut body = match html {
        Some(html) => MimePart::new("multipart/alternative", vec![text, MimePart::new("text/html", html)]),
        None => text,
    };
    if !shown.is_empty() {
        let parts = std::iter::once(body).chain(shown.into_iter().map(file_part)).collect::<Vec<_>>();
        body = MimePart::new("multipart/related", parts);
    }
    if !attached.is_empty() {
        let parts = std::iter::once(body).chain(attached.into_iter().map(file_part)).collect::<Vec<_>>();
        body = MimePart::new("multipart/mixed", parts);
    }
    body
}

/// The message with another body.
pub(super) fn with_body(mut header: Message<'_>, body: MimePart<'static>) -> Vec<u8> {
    for name in ["MIME-Version", "Content-Type", "Content-Transfer-Encoding", "Content-Disposition"] {
        header.remove(name);
    }
    let mut bytes = header.header();
    field(&mut bytes, "MIME-Version", &Raw::new("1.0"));
    body.write_part(&mut bytes);
    bytes
}

/// An attachment as a part.
pub(super) fn file_part(file: File) -> MimePart<'static> {
    let is_message = file.content_type.eq_ignore_ascii_case("message/rfc822");
    // Nobody may encode a message within a message (RFC 2046 5.2.1); other bytes are all encoded, so
    // that none of them changes on the way.
    let (encoding, bytes) =
        if is_message { ("8bit", file.bytes) } else { ("base64", wrapped_base64(&file.bytes)) };
    let content_type = HeaderType::from(ContentType::new(file.content_type));
    let part = MimePart { headers: vec![("Content-Type".into(), content_type)], contents: bytes.into() };
    let disposition = if file.cid.is_some() { "inline" } else { "attachment" };
    let disposition = ContentType::new(disposition).attribute("filename", file.name);
    let mut part = part.header("Content-Disposition", disposition);
    if let Some(cid) = file.cid {
        part = part.cid(cid);
    }
    part.transfer_encoding(encoding)
}

fn wrapped_base64(bytes: &[u8]) -> Vec<u8> {
    let mut wrapped = Vec::with_capacity(bytes.len() / 57 * 78 + 80);
    // 57 bytes make a line of 76 characters (RFC 2045 6.8).
    for line in bytes.chunks(57) {
        wrapped.extend_from_slice(BASE64_STANDARD.encode(line).as_bytes());
        wrapped.extend_from_slice(b"\r\n");
    }
    wrapped
}
