//! Drafts (16.0): messages that a phone writes piece by piece with Sync, either as separate fields or as
//! MIME ([MS-ASEMAIL] 3.1.5.6, [MS-ASAIRS] 2.2.2.2).
//!
//! What a change does not speak of stays as it is. A change of the text or of the attachments takes the
//! message apart and puts it together again; a change of header fields leaves the body alone.

use fieldpost_domain::ItemId;
use fieldpost_domain::convert::mail::{self, FileReference, Mailbox};
use fieldpost_domain::convert::text_body::StoredText;
use fieldpost_domain::convert::{InvalidItem, User};
use fieldpost_domain::item::Item;
use fieldpost_eas::Version;
use fieldpost_eas::item::{Attachment, AttachmentEntry, BodyType, Email, Importance, NewAttachment};
use jiff::Timestamp;
use mail_builder::headers::address::Address;
use mail_builder::headers::raw::Raw;
use mail_builder::headers::text::Text;

use super::header::Message;
use super::pieces::{File, Pieces, assemble, in_order, no_meta, with_body};
use super::{field, rfc5322_date};

/// Most attachments of a draft.
const MAX_FILES: usize = 200;
/// Most recipients that a draft names.
const MAX_RECIPIENTS: usize = 1000;

/// A draft as it is to be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// RFC 5322.
    pub content: Vec<u8>,
    /// Attachments that the phone added, by its ids, in the order of the message's attachments; none
    /// for the others.
    added: Vec<Option<String>>,
}

/// A new draft of the user's.
///
/// # Errors
/// What the phone says is no draft.
pub fn create(email: &Email, user: &User, message_id: &str, now: Timestamp) -> Result<Draft, InvalidItem> {
    let mut blank = Vec::new();
    let name = Some(user.name.as_str()).filter(|name| !name.is_empty());
    field(&mut blank, "From", &Address::new_address(name, user.address()));
    field(&mut blank, "Date", &Raw::new(rfc5322_date(now)));
    field(&mut blank, "Message-ID", &Raw::new(format!("<{message_id}>")));
    field(&mut blank, "MIME-Version", &Raw::new("1.0"));
    field(&mut blank, "Content-Type", &Raw::new("text/plain; charset=utf-8"));
    blank.extend_from_slice(b"\r\n");
    patch(&blank, email)
}

/// The draft with what a phone says of it. The same bytes where that is nothing new.
///
/// # Errors
/// What the phone says is no draft, or it takes away an attachment that is not there.
pub fn patch(content: &[u8], email: &Email) -> Result<Draft, InvalidItem> {
    if speaks_of_more(email) {
        return Err(InvalidItem::Misplaced("an element that a draft does not take"));
    }
    let mime = email.body.as_ref().filter(|body| body.r#type == BodyType::Mime);
    let whole;
    let content = match mime {
        Some(body) => {
            let named = [&email.to, &email.cc, &email.bcc, &email.subject, &email.reply_to];
            if named.iter().any(|field| field.is_some()) {
                return Err(InvalidItem::Misplaced("a header field beside a body of MIME"));
            }
            whole = body.data.as_ref().map(|data| data.0.clone()).unwrap_or_default();
            whole.as_slice()
        }
        None => content,
    };
    let mut message =
        Message::parse(content).ok_or(InvalidItem::Wrong { element: "Body", reason: "not a message" })?;
    set_fields(&mut message, email)?;
    let text = email.body.as_ref().filter(|body| body.r#type != BodyType::Mime);
    if text.is_none() && email.attachments.is_empty() {
        return Ok(Draft { content: message.to_bytes(), added: Vec::new() });
    }
    let broken = |_| InvalidItem::Wrong { element: "Body", reason: "can't be taken apart" };
    let mut pieces = Pieces::of(content).map_err(broken)?;
    if let Some(body) = text {
        let stored = StoredText::from_wire(body)?.unwrap_or_default();
        pieces.html_is_native = stored.html.is_some();
        (pieces.text, pieces.html) = (stored.text, stored.html.unwrap_or_default());
    }
    let (files, added) = change_files(std::mem::take(&mut pieces.files), &email.attachments)?;
    let added = order_of(&files, &added, pieces.html_is_native);
    let text = pieces.text.replace("\r\n", "\n").replace('\n', "\r\n");
    let body = assemble(text, pieces.html_is_native.then_some(pieces.html), files);
    Ok(Draft { content: with_body(message, body), added })
}

impl Draft {
    /// Whether the phone's references to the draft's attachments may be others now.
    pub fn moved_files(&self) -> bool {
        !self.added.is_empty()
    }

    /// The attachments that the phone added, each with the reference that it has now: what the phone is
    /// answered.
    pub fn answer(&self, item: ItemId) -> Vec<AttachmentEntry> {
        let mut meta = no_meta(&self.content);
        meta.id = item;
        let shown = Item { meta, content: self.content.clone() };
        let Ok(email) = mail::email(&shown, &mail::BodyOptions::new(Version::V16_1)) else {
            return Vec::new();
        };
        let answered = email.attachments.into_iter().zip(&self.added).filter_map(|(entry, client_id)| {
            let AttachmentEntry::Attachment(there) = entry else { return None };
            let client_id = Some(client_id.clone()?);
            Some(AttachmentEntry::Attachment(Attachment {
                client_id,
                file_reference: there.file_reference,
                ..Attachment::default()
            }))
        });
        answered.collect()
    }
}

/// Elements beside those that a phone may set: [MS-ASEMAIL] 3.1.5.6. Read, flag and categories are the
/// item's state, not the message's.
fn speaks_of_more(email: &Email) -> bool {
    let allowed = Email {
        to: email.to.clone(),
        cc: email.cc.clone(),
        bcc: email.bcc.clone(),
        subject: email.subject.clone(),
        reply_to: email.reply_to.clone(),
        importance: email.importance,
        attachments: email.attachments.clone(),
        body: email.body.clone(),
        native_body_type: email.native_body_type,
        read: email.read,
        flag: email.flag.clone(),
        categories: email.categories.clone(),
        is_draft: email.is_draft,
        // What phones send along, although it follows from the rest.
        message_class: email.message_class.clone(),
        date_received: email.date_received,
        thread_topic: email.thread_topic.clone(),
        from: email.from.clone(),
        display_to: email.display_to.clone(),
        ..Email::default()
    };
    allowed != *email
}

fn set_fields(message: &mut Message<'_>, email: &Email) -> Result<(), InvalidItem> {
    let lists = [("To", &email.to), ("Cc", &email.cc), ("Bcc", &email.bcc), ("Reply-To", &email.reply_to)];
    for (name, list) in lists {
        let Some(list) = list else { continue };
        let people = mailboxes(list);
        if people.len() > MAX_RECIPIENTS {
            return Err(InvalidItem::TooMany { element: "To", most: MAX_RECIPIENTS });
        }
        if people.is_empty() {
            message.remove(name);
            continue;
        }
        let address = |one: Mailbox| Address::new_address(one.name, one.address);
        let mut raw = Vec::new();
        field(&mut raw, name, &Address::new_list(people.into_iter().map(address).collect()));
        message.set(name, raw);
    }
    if let Some(subject) = &email.subject {
        let mut raw = Vec::new();
        let line: String = subject.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        field(&mut raw, "Subject", &Text::new(line));
        message.set("Subject", raw);
    }
    let importance = match email.importance {
        Some(Importance::High) => Some("high"),
        Some(Importance::Low) => Some("low"),
        Some(Importance::Normal) => None,
        None => return Ok(()),
    };
    for name in ["X-Priority", "Priority", "Importance"] {
        message.remove(name);
    }
    if let Some(importance) = importance {
        let mut raw = Vec::new();
        field(&mut raw, "Importance", &Raw::new(importance));
        message.set("Importance", raw);
    }
    Ok(())
}

/// The people that a phone lists, separated by commas or semicolons. What is no address yet is kept as
/// it is: a draft may be half written.
fn mailboxes(list: &str) -> Vec<Mailbox> {
    let one = |text: &str| {
        let line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let header = format!("To: {}\r\n\r\n", line.trim());
        let mut found = mail::headers(header.as_bytes()).map(|headers| headers.to).unwrap_or_default();
        match found.len() {
            1 => found.remove(0),
            _ => Mailbox { name: Some(line.trim().to_owned()), address: String::new() },
        }
    };
    split(list).into_iter().filter(|text| !text.trim().is_empty()).map(one).collect()
}

/// Cuts a list at commas and semicolons outside of quotes and angle brackets.
fn split(list: &str) -> Vec<&str> {
    let (mut parts, mut start) = (Vec::new(), 0);
    let (mut quoted, mut escaped, mut angle) = (false, false, false);
    for (at, c) in list.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            '<' if !quoted => angle = true,
            '>' if !quoted => angle = false,
            ',' | ';' if !quoted && !angle => {
                parts.extend(list.get(start..at));
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.extend(list.get(start..));
    parts
}

/// Takes files away and adds others; with each of the result the phone's id, where it is new.
fn change_files(
    mut files: Vec<File>,
    entries: &[AttachmentEntry],
) -> Result<(Vec<File>, Vec<Option<String>>), InvalidItem> {
    for entry in entries {
        let AttachmentEntry::Delete(gone) = entry else { continue };
        let reference: FileReference =
            gone.file_reference.parse().map_err(|_| InvalidItem::NoSuchAttachment)?;
        let at = files.iter().position(|file| file.part == reference.part);
        files.remove(at.ok_or(InvalidItem::NoSuchAttachment)?);
    }
    let mut ids = vec![None; files.len()];
    for entry in entries {
        match entry {
            AttachmentEntry::Add(new) => {
                files.push(file(new));
                ids.push(Some(new.client_id.clone()));
            }
            AttachmentEntry::Delete(_) => {}
            AttachmentEntry::Attachment(_) => return Err(InvalidItem::Misplaced("Attachment")),
        }
    }
    if files.len() > MAX_FILES {
        return Err(InvalidItem::TooMany { element: "Attachment", most: MAX_FILES });
    }
    Ok((files, ids))
}

fn file(new: &NewAttachment) -> File {
    let plain = |text: &str| -> String { text.chars().filter(|c| !c.is_control()).collect() };
    let is_type = |text: &str| {
        let part = |part: &str| {
            !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$&-^_.+".contains(&b))
        };
        text.split_once('/').is_some_and(|(kind, sub)| part(kind) && part(sub))
    };
    let named = new.content_type.as_deref().map(str::trim).filter(|named| is_type(named));
    File {
        content_type: named.unwrap_or("application/octet-stream").to_ascii_lowercase(),
        name: plain(&new.display_name),
        cid: new.content_id.as_deref().map(plain).filter(|cid| !cid.is_empty()),
        bytes: new.content.0.clone(),
        part: 0,
    }
}

/// The phone's ids in the order in which the message will have its files.
fn order_of(files: &[File], ids: &[Option<String>], in_html: bool) -> Vec<Option<String>> {
    let numbered = files.iter().zip(0..).map(|(file, part)| File { part, bytes: Vec::new(), ..file.clone() });
    let (shown, attached) = in_order(numbered.collect(), in_html);
    let place = |file: &File| ids.get(file.part as usize).cloned().flatten();
    shown.iter().chain(&attached).map(place).collect()
}

/// Whether a draft can be sent: it has recipients, and each has an address ([MS-ASCMD] 2.2.2, 183).
pub fn is_addressed(content: &[u8]) -> bool {
    let Some(message) = Message::parse(content) else { return false };
    let lists: Vec<String> = ["To", "Cc", "Bcc"].into_iter().filter_map(|name| message.value(name)).collect();
    let all = lists.iter().flat_map(|list| split(list)).map(str::trim).filter(|text| !text.is_empty());
    let mut all = all.peekable();
    all.peek().is_some() && all.all(|text| text.contains('@'))
}

#[cfg(test)]
#[path = "draft_tests.rs"]
mod tests;
