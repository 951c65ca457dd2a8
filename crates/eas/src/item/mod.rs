//! Items as they stand in `ApplicationData` and `Properties`, by content class.
//!
//! [`Email`] is typed; an item of another class is kept as a tree of nodes, complete and in order.

mod attachment;
mod body;
mod email;
mod flag;

pub use attachment::{
    Attachment, AttachmentEntry, LegacyAttachment, Method, NewAttachment, RemovedAttachment,
};
pub use body::{Body, BodyPart, BodyPartPreference, BodyPreference, BodyType};
pub use email::{Email, Importance};
pub use flag::{Flag, FlagStatus};

use crate::codec::{DecodeError, Element};
use crate::page::Tag;
use crate::wbxml::{Event, Node, Reader, Writer};

/// The properties of one item.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    /// Class `Email` ([MS-ASEMAIL]).
    Email(Box<Email>),
    /// Another class, its elements as they came.
    Other(Vec<Node>),
}

/// Pages that only classes other than mail use: Contacts, Calendar, Tasks, Contacts2, Notes and the rest.
fn is_other_class(tag: Tag) -> bool {
    matches!(tag.page, 1 | 4 | 9 | 12 | 19 | 23)
}

impl Item {
    /// Whether the element whose start was read last holds a class other than mail.
    fn holds_other_class(mut r: Reader<'_>) -> Result<bool, DecodeError> {
        loop {
            match r.next()? {
                Event::Start(tag) if is_other_class(tag) => return Ok(true),
                Event::Start(_) => r.skip()?,
                Event::End => return Ok(false),
                Event::Text(_) | Event::Opaque(_) => {}
            }
        }
    }
}

impl Element for Item {
    fn read(tag: Tag, r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        if Item::holds_other_class(r.clone())? {
            return Ok(Item::Other(Node::read(tag, r)?.into_children()));
        }
        Ok(Item::Email(Box::new(Email::read(tag, r)?)))
    }

    fn write(&self, tag: Tag, w: &mut Writer) {
        match self {
            Item::Email(email) => email.write(tag, w),
            Item::Other(nodes) => {
                w.start(tag);
                for node in nodes {
                    node.write_self(w);
                }
                w.end();
            }
        }
    }
}
