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
use crate::page::{
    Tag, air_sync_base as base, calendar, contacts, contacts2, document_library, email as email_page, email2,
    notes, tasks,
};
use crate::wbxml::{Event, Node, Reader, Writer};

/// The properties of one item.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    /// Class `Email` ([MS-ASEMAIL]).
    Email(Box<Email>),
    /// Another class, its elements as they came.
    Other(Vec<Node>),
}

/// Pages that only mail uses.
fn is_mail(tag: Tag) -> bool {
    [email_page::PAGE.number, email2::PAGE.number].contains(&tag.page)
}

/// Tags that only classes other than mail use: pages of their own, and two of AirSyncBase that are
/// for events (16.0).
fn is_other_class(tag: Tag) -> bool {
    [
        calendar::PAGE.number,
        contacts::PAGE.number,
        contacts2::PAGE.number,
        document_library::PAGE.number,
        notes::PAGE.number,
        tasks::PAGE.number,
    ]
    .contains(&tag.page)
        || [base::LOCATION, base::INSTANCE_ID].contains(&tag)
}

impl Item {
    /// Whether the element whose start was read last holds a class other than mail. The first
    /// property with a page of its class decides, so that a message is not read twice.
    fn holds_other_class(mut r: Reader<'_>) -> Result<bool, DecodeError> {
        loop {
            match r.next()? {
                Event::Start(tag) if is_other_class(tag) => return Ok(true),
                Event::Start(tag) if is_mail(tag) => return Ok(false),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::air_sync::APPLICATION_DATA;
    use crate::version::Version;
    use crate::wbxml::Limits;

    fn read(children: Vec<Node>) -> Item {
        let node = Node { children, ..Node::new(APPLICATION_DATA) };
        let bytes = node.to_wbxml(Version::V16_1);
        let mut r = Reader::new(&bytes, Limits::default()).unwrap();
        r.next().unwrap();
        Item::read(APPLICATION_DATA, &mut r).unwrap()
    }

    #[test]
    fn the_class_is_told_by_the_properties() {
        let leaf = |tag| Node { text: Some("1".into()), ..Node::new(tag) };
        let event = vec![leaf(base::LOCATION)];
        assert_eq!(read(event.clone()), Item::Other(event));
        let contact = vec![leaf(base::NATIVE_BODY_TYPE), leaf(contacts::FIRST_NAME)];
        assert_eq!(read(contact.clone()), Item::Other(contact));
        let mail = Email { read: Some(true), ..Email::default() };
        assert_eq!(read(vec![leaf(email_page::READ)]), Item::Email(Box::new(mail)));
        assert_eq!(read(Vec::new()), Item::Email(Box::default()));
    }
}
