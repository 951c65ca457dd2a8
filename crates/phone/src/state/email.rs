//! A message as the phone keeps it, from either form of the wire: 2.5's own elements and the
//! AirSyncBase ones of 12.0 and later end in the same fields.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use fieldpost_eas::codec::Content;
use fieldpost_eas::date::DateTime;
use fieldpost_eas::item::{AttachmentEntry, Body, BodyType, Email, Flag, Item};

/// A message. What the server never sent is empty.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct StoredEmail {
    /// Subject.
    pub subject: String,
    /// Author, as a header has it.
    pub from: String,
    /// Recipients, as a header has them.
    pub to: String,
    /// Recipients of copies.
    pub cc: String,
    /// When the mailbox got it.
    pub received: Option<Timestamp>,
    /// Whether it was read.
    pub read: bool,
    /// 0 low, 1 normal, 2 high.
    pub importance: Option<u8>,
    /// Follow-up flag; `None` where there is none.
    pub flag: Option<StoredFlag>,
    /// Categories, in the server's order.
    pub categories: Vec<String>,
    /// Message class, `IPM.Note` as a rule.
    pub message_class: String,
    /// The body, or its beginning.
    pub body: Option<StoredBody>,
    /// Attachments.
    pub attachments: Vec<StoredAttachment>,
    /// Form in which the server keeps the body: 1 text, 2 HTML, 3 RTF (12.0).
    pub native_body_type: Option<u8>,
    /// Conversation (14.0).
    #[serde(with = "base64_bytes")]
    pub conversation_id: Vec<u8>,
    /// Place in the conversation (14.0).
    #[serde(with = "base64_bytes")]
    pub conversation_index: Vec<u8>,
    /// 1 replied, 2 replied to all, 3 forwarded (14.0).
    pub last_verb: Option<u8>,
    /// Whether it is a draft (16.0).
    pub is_draft: bool,
    /// Whether it is a text message (14.0).
    #[serde(default)]
    pub is_sms: bool,
    /// Whether it is of another class than mail; then all other fields are empty.
    pub other_class: bool,
}

/// A follow-up flag that is set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredFlag {
    /// 1 complete, 2 active.
    pub status: u8,
    /// Its text.
    pub r#type: Option<String>,
    /// What it is about.
    pub subject: Option<String>,
    /// Start, in UTC.
    pub start: Option<Timestamp>,
    /// Due, in UTC.
    pub due: Option<Timestamp>,
    /// When it was completed.
    pub completed: Option<Timestamp>,
}

/// A body in one form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredBody {
    /// 1 text, 2 HTML, 3 RTF, 4 MIME.
    pub r#type: u8,
    /// Size of the whole in bytes, as the server says.
    pub size: Option<u32>,
    /// Whether `data` is only the beginning.
    pub truncated: bool,
    /// The bytes, UTF-8 unless it is MIME.
    #[serde(with = "base64_bytes")]
    pub data: Vec<u8>,
    /// Plain-text preview (14.0).
    pub preview: Option<String>,
}

/// An attachment as a message lists it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredAttachment {
    /// File name.
    pub name: String,
    /// What its content is asked for with: `FileReference`, or `AttName` in 2.5.
    pub reference: String,
    /// Size in bytes, as the server says.
    pub size: u32,
    /// 1 file, 5 message, 6 inline.
    pub method: u8,
    /// `Content-ID` without angle brackets.
    pub content_id: Option<String>,
    /// Shown within the body.
    pub inline: bool,
}

impl StoredEmail {
    /// A message as an `Add` brings it.
    pub fn from_item(item: Item) -> StoredEmail {
        let mut email = StoredEmail::default();
        email.merge(item);
        email
    }

    /// Takes over what a `Change` or a fetch brings; what it does not mention stays.
    pub fn merge(&mut self, item: Item) {
        match item {
            Item::Email(email) => self.merge_email(*email),
            _ => self.other_class = true,
        }
    }

    fn merge_email(&mut self, e: Email) {
        set(&mut self.subject, e.subject);
        set(&mut self.from, e.from);
        set(&mut self.to, e.to);
        set(&mut self.cc, e.cc);
        set(&mut self.read, e.read);
        set(&mut self.message_class, e.message_class);
        set(&mut self.categories, e.categories);
        set(&mut self.is_draft, e.is_draft);
        set(&mut self.conversation_id, e.conversation_id.map(|o| o.0));
        set(&mut self.conversation_index, e.conversation_index.map(|o| o.0));
        self.received = e.date_received.map(|d| d.0).or(self.received);
        self.importance = e.importance.map(|i| i as u8).or(self.importance);
        self.native_body_type = e.native_body_type.or(self.native_body_type);
        self.last_verb = e.last_verb_executed.or(self.last_verb);
        if let Some(flag) = e.flag {
            self.flag = StoredFlag::from_wire(flag);
        }
        let attachments: Vec<StoredAttachment> = e
            .attachments
            .into_iter()
            .filter_map(|entry| match entry {
                AttachmentEntry::Attachment(a) => Some(a),
                AttachmentEntry::Add(_) | AttachmentEntry::Delete(_) => None,
            })
            .map(|a| StoredAttachment {
                name: a.display_name.unwrap_or_default(),
                reference: a.file_reference,
                size: a.estimated_data_size.unwrap_or_default(),
                method: a.method.map_or(1, |m| m as u8),
                content_id: a.content_id,
                inline: a.is_inline == Some(true),
            })
            .chain(e.legacy_attachments.into_iter().map(|a| StoredAttachment {
                name: a.display_name.unwrap_or_default(),
                reference: a.att_name,
                size: a.att_size,
                method: a.att_method as u8,
                content_id: None,
                inline: false,
            }))
            .collect();
        if !attachments.is_empty() {
            self.attachments = attachments;
        }
        let mime = e.mime_data.map(|data| StoredBody {
            r#type: BodyType::Mime as u8,
            size: e.mime_size,
            truncated: e.mime_truncated == Some(true),
            data: data.0,
            preview: None,
        });
        let legacy = e.legacy_body.map(|data| StoredBody {
            r#type: BodyType::Text as u8,
            size: e.legacy_body_size,
            truncated: e.legacy_body_truncated == Some(true),
            data: data.0,
            preview: None,
        });
        if let Some(body) = e.body.map(StoredBody::from).or(mime).or(legacy) {
            self.body = Some(body);
        }
    }

    /// The body as text, empty where there is none.
    pub fn text(&self) -> std::borrow::Cow<'_, str> {
        self.body.as_ref().map_or("".into(), |b| String::from_utf8_lossy(&b.data))
    }
}

fn set<T>(place: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *place = value;
    }
}

impl From<Body> for StoredBody {
    fn from(body: Body) -> StoredBody {
        StoredBody {
            r#type: body.r#type as u8,
            size: body.estimated_data_size,
            truncated: body.truncated == Some(true),
            data: body.data.map(|d| d.0).unwrap_or_default(),
            preview: body.preview,
        }
    }
}

impl StoredFlag {
    /// An active flag without dates, as a phone's flag button sets it.
    pub fn active() -> StoredFlag {
        StoredFlag {
            status: 2,
            r#type: Some("for Follow Up".into()),
            subject: None,
            start: None,
            due: None,
            completed: None,
        }
    }

    /// A flag whose task was done at `at`.
    pub fn complete(at: Timestamp) -> StoredFlag {
        StoredFlag { status: 1, completed: Some(at), ..StoredFlag::active() }
    }

    fn from_wire(flag: Flag) -> Option<StoredFlag> {
        let status = flag.status.unwrap_or_default() as u8;
        (status != 0).then(|| StoredFlag {
            status,
            r#type: flag.flag_type,
            subject: flag.subject,
            start: flag.utc_start_date.map(|d| d.0),
            due: flag.utc_due_date.map(|d| d.0),
            completed: flag.complete_time.or(flag.date_completed).map(|d| d.0),
        })
    }
}

/// The properties of a new plain-text draft (16.0).
pub(super) fn draft(to: &str, subject: &str, text: &str) -> Email {
    Email {
        to: Some(to.into()),
        subject: Some(subject.into()),
        body: Some(Body {
            r#type: BodyType::Text,
            estimated_data_size: None,
            truncated: None,
            data: Some(Content::from(text.to_owned())),
            part: None,
            preview: None,
        }),
        ..Email::default()
    }
}

/// Dates of the wire, from a time.
pub(super) fn date(at: Option<Timestamp>) -> Option<DateTime> {
    at.map(DateTime)
}

/// Bytes as base64 text, so that a state file stays small and readable.
mod base64_bytes {
    use base64::Engine as _;
    use base64::prelude::BASE64_STANDARD;
    use serde::{Deserialize as _, Deserializer, Serializer, de::Error as _};

    pub(super) fn serialize<S: Serializer>(bytes: &[u8], s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(&BASE64_STANDARD.encode(bytes))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<Vec<u8>, D::Error> {
        BASE64_STANDARD.decode(String::deserialize(d)?).map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_keeps_what_it_does_not_mention() {
        let mut email = StoredEmail::from_item(Item::Email(Box::new(Email {
            subject: Some("Report".into()),
            flag: Some(Flag { status: Some(fieldpost_eas::item::FlagStatus::Active), ..Flag::default() }),
            legacy_body: Some(Content(b"text".to_vec())),
            ..Email::default()
        })));
        assert_eq!(email.flag.as_ref().map(|f| f.status), Some(2));
        email.merge(Item::Email(Box::new(Email {
            read: Some(true),
            flag: Some(Flag::default()),
            ..Email::default()
        })));
        assert_eq!((email.subject.as_str(), email.read, email.flag.is_none()), ("Report", true, true));
        assert_eq!(email.text(), "text");
    }

    #[test]
    fn the_state_file_holds_any_bytes() {
        let body = StoredBody {
            r#type: 4,
            size: Some(3),
            truncated: false,
            data: vec![0, 0xFF, b'"'],
            preview: None,
        };
        let text = serde_json::to_string(&body).unwrap();
        assert_eq!(serde_json::from_str::<StoredBody>(&text).unwrap(), body);
    }
}
