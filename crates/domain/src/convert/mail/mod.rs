//! RFC 5322 messages as phones see them ([MS-ASEMAIL] 2.2.2, [MS-ASAIRS] 2.2.2), in every version's
//! form.
//!
//! [`email`] makes a whole item, [`email_change`] what a change of state needs, [`attachment`] the
//! content behind a file reference. [`conversation`] is asked once, when a message comes into a
//! mailbox. [`headers`] serves submission and delivery, [`flag_from_wire`] and [`flag_to_wire`] the
//! follow-up flags.
//!
//! Every function takes the bytes as they are stored and gives a value or an error that names the
//! reason; whatever the bytes are, none of them panics.

mod addresses;
mod attachment;
mod body;
mod calendar_part;
mod class;
mod conversation;
mod flag;
mod headers;
mod legacy_body;
mod meeting;
mod parts;
mod search_text;
mod text_message;
mod voice;

pub use attachment::{AttachmentContent, BadFileReference, FileReference, attachment};
pub use calendar_part::{CalendarPart, MAX_BYTES as MAX_CALENDAR_BYTES, calendar_part};
pub use conversation::conversation;
pub use flag::{BadFlag, flag_from_wire, flag_to_wire};
pub use headers::{Headers, Mailbox, headers};
pub use search_text::search_text;
pub use text_message::{
    CLASS as TEXT_CLASS, DOMAIN as TEXT_DOMAIN, FROM as TEXT_FROM, Peer, TO as TEXT_TO, peers,
    text_conversation,
};

use fieldpost_eas::Version;
use fieldpost_eas::codec::Opaque;
use fieldpost_eas::date::DateTime;
use fieldpost_eas::item::{BodyPartPreference, BodyPreference, Email};
use jiff::Timestamp;

use super::parser::{Parsed, ParserFailed, Source};
use crate::item::{Item, ItemMeta, Marked};

/// What a phone asked for, resolved for one request from the `Options` of Sync, ItemOperations or
/// Search.
#[derive(Debug, Clone, PartialEq)]
pub struct BodyOptions {
    /// The request's version, which decides the form of bodies and attachments.
    pub version: Version,
    /// Body forms that the phone takes (12.0).
    pub preferences: Vec<BodyPreference>,
    /// What it takes of the conversation's newest part (14.1).
    pub part: Option<BodyPartPreference>,
    /// When to send MIME ([MS-ASCMD] 2.2.3.110): 0 never, 1 for S/MIME messages, 2 always.
    pub mime_support: u8,
    /// Where to cut MIME ([MS-ASCMD] 2.2.3.111): code 0 (everything) to 8 (nowhere); absent: nowhere.
    pub mime_truncation: Option<u8>,
    /// Where to cut bodies in 2.5: code 0 (everything) to 9 (nowhere); absent: nowhere.
    pub truncation: Option<u8>,
    /// The phone asked for this one item. In 2.5 the body is then whole whatever the codes say; later
    /// a request without preferences then gets the body rather than only its size.
    pub bodies: bool,
}

impl BodyOptions {
    /// No wishes.
    pub fn new(version: Version) -> Self {
        BodyOptions {
            version,
            preferences: Vec::new(),
            part: None,
            mime_support: 0,
            mime_truncation: None,
            truncation: None,
            bodies: false,
        }
    }
}

/// A message could not be converted; it is to be passed over and reported, the others go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ConvertError {
    /// A bug of a third-party parser.
    #[error(transparent)]
    Parser(#[from] ParserFailed),
    /// A file reference names a part that the message does not have, or one without content.
    #[error("the message has no attachment with that reference")]
    NoSuchPart,
}

/// The whole item.
pub fn email(item: &Item, options: &BodyOptions) -> Result<Email, ConvertError> {
    let source = Source::new(&item.content);
    let mut parsed = Parsed::new(&source)?;
    if let Some(reason) = parsed.failed {
        tracing::warn!(item = %item.meta.id, %reason, "message shown as plain text");
    }
    let class = class::classify(&parsed);
    let meeting = meeting_of(&mut parsed, class, item, options.version);
    let parts = parts::Parts::new(&parsed);
    let mut email = Email { ..state(&item.meta, options.version) };
    addresses::fill(&mut email, &parsed);
    email.message_class = Some(class.name().to_owned());
    email.content_class = Some("urn:content-classes:message".to_owned());
    if let Some(meeting::Shown { class, request }) = meeting {
        email.message_class = Some(class.to_owned());
        email.content_class = Some("urn:content-classes:calendarmessage".to_owned());
        email.meeting_request = Some(Box::new(request));
    }
    if item.meta.state.text_message {
        text_message::fill(&mut email, &parsed);
    }
    // Everything is sent as UTF-8, whatever it came as (EMAIL_R496).
    email.internet_cpid = Some("65001".to_owned());
    email.date_received = Timestamp::from_millisecond(item.meta.received).ok().map(DateTime);
    if item.meta.state.received_as_bcc {
        // MS-ASEMAIL_R649: not included where it is false.
        email.received_as_bcc = Some(true);
    }
    email.is_draft = Some(item.meta.state.draft);
    email.conversation_id = Some(Opaque(item.meta.conversation.id.to_vec()));
    email.conversation_index = Some(Opaque(item.meta.conversation.index.clone()));
    if options.version == Version::V2_5 {
        email.legacy_attachments = attachment::list_legacy(&parts, item.meta.id);
        legacy_body::fill(&mut email, &parts, class, options);
    } else {
        email.attachments = attachment::list(&parts, item.meta.id);
        if let Some(call) = voice::call(&parsed).filter(|_| options.version >= Version::V14_0) {
            voice::fill(&mut email, call, &attachment::are_sound(&parts));
        }
        body::fill(&mut email, &parts, class, options)?;
    }
    Ok(email)
}

/// The meeting that a message is about. Its calendar is not shown as an attachment then.
fn meeting_of(
    parsed: &mut Parsed<'_>,
    class: class::Class,
    item: &Item,
    version: Version,
) -> Option<meeting::Shown> {
    if class != class::Class::Note {
        return None;
    }
    let part = calendar_part::find(parsed)?;
    let received = Timestamp::from_millisecond(item.meta.received).unwrap_or_default();
    let shown = meeting::shown(&part, version, received)?;
    let message = &mut parsed.message;
    for list in [&mut message.attachments, &mut message.text_body, &mut message.html_body] {
        list.retain(|index| *index != part.index);
    }
    Some(shown)
}

/// What changed without the message's bytes changing ([MS-ASEMAIL] 3.2.5.4.1): those of its marks, and
/// nothing else. A phone whose version knows none of them is told again whether the message was read,
/// since a change can't be empty.
pub fn email_change(meta: &ItemMeta, changed: Marked, version: Version) -> Email {
    let Email { read, flag, categories, last_verb_executed, last_verb_execution_time, .. } =
        state(meta, version);
    let flag = flag.filter(|_| changed.flag && version >= Version::V12_0);
    let categories = categories.filter(|_| changed.categories && version >= Version::V14_0);
    let last_verb_executed = last_verb_executed.filter(|_| changed.last_verb);
    let others = flag.is_some() || categories.is_some() || last_verb_executed.is_some();
    Email {
        read: read.filter(|_| changed.read || !others),
        flag,
        categories,
        last_verb_executed,
        last_verb_execution_time: last_verb_execution_time.filter(|_| changed.last_verb),
        ..Email::default()
    }
}

fn state(meta: &ItemMeta, version: Version) -> Email {
    let state = &meta.state;
    let verb = state.last_verb.filter(|_| version >= Version::V14_0);
    Email {
        read: Some(state.read),
        // MS-ASEMAIL_R437: an empty container where there is none.
        flag: Some(flag_to_wire(state.flag.as_ref())),
        // MS-ASEMAIL_R318: the same.
        categories: Some(state.categories.clone()),
        last_verb_executed: verb.map(|(verb, _)| verb as u8),
        last_verb_execution_time: verb.map(|(_, at)| DateTime(at)),
        ..Email::default()
    }
}
