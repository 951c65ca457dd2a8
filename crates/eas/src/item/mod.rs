//! Items as they stand in `ApplicationData` and `Properties`, by content class.
//!
//! One file per class. All properties are optional: what is absent, what is empty and what is given
//! mean different things in a change. Which properties a version has is said by the code pages and,
//! where it is narrower, beside the field. Numbers are checked against their ranges here; what
//! properties mean together is up to `fieldpost_domain`.

mod attachment;
mod body;
mod contact;
mod email;
mod event;
mod flag;
mod location;
mod meeting_request;
mod note;
mod person;
mod range;
mod task;

pub use attachment::{
    Attachment, AttachmentEntry, LegacyAttachment, Method, NewAttachment, RemovedAttachment,
};
pub use body::{Body, BodyPart, BodyPartPreference, BodyPreference, BodyType};
pub use contact::Contact;
pub use email::{Email, Importance};
pub use event::{Attendee, Event, Exception, Recurrence};
pub use flag::{Flag, FlagStatus};
pub use location::Location;
pub use meeting_request::{MeetingRecurrence, MeetingRequest};
pub use note::Note;
pub use person::{Person, PersonPicture};
pub use task::{Task, TaskRecurrence};

use crate::codec::{DecodeError, Element, Empty};
use crate::page::{
    Tag, air_sync_base as base, calendar, contacts, contacts2, document_library, email as email_page, email2,
    notes, tasks,
};
use crate::wbxml::{Event as Step, Node, Reader, Writer};

/// The properties of one item.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    /// Class `Email` or `SMS` ([MS-ASEMAIL]); also what has no property that tells its class, see
    /// [`Item::into_class`].
    Email(Box<Email>),
    /// Class `Calendar` ([MS-ASCAL]).
    Event(Box<Event>),
    /// Class `Contacts` ([MS-ASCNTC]).
    Contact(Box<Contact>),
    /// Class `Tasks` ([MS-ASTASK]).
    Task(Box<Task>),
    /// Class `Notes` ([MS-ASNOTE], 14.0).
    Note(Box<Note>),
    /// Documents ([MS-ASDOC]) and selections of properties, as they came.
    Other(Vec<Node>),
    /// What can't be read: a broken date, a number out of range, a property twice. The document
    /// around it is read all the same, so that this item alone is answered with status 6.
    Invalid(DecodeError),
}

/// The classes of items ([MS-ASCMD] 2.2.3.27).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ItemClass {
    /// `Email`, and `SMS`.
    Email,
    /// `Calendar`.
    Event,
    /// `Contacts`.
    Contact,
    /// `Tasks`.
    Task,
    /// `Notes`.
    Note,
}

impl ItemClass {
    /// The class that a property tells. A tag of AirSyncBase tells none, but for two that only events
    /// have at the top (16.0).
    fn of(tag: Tag) -> Option<Found> {
        let pages = [
            (&email_page::PAGE, Found::Class(ItemClass::Email)),
            (&email2::PAGE, Found::Class(ItemClass::Email)),
            (&calendar::PAGE, Found::Class(ItemClass::Event)),
            (&contacts::PAGE, Found::Class(ItemClass::Contact)),
            (&contacts2::PAGE, Found::Class(ItemClass::Contact)),
            (&tasks::PAGE, Found::Class(ItemClass::Task)),
            (&notes::PAGE, Found::Class(ItemClass::Note)),
            (&document_library::PAGE, Found::Other),
        ];
        if [base::LOCATION, base::INSTANCE_ID].contains(&tag) {
            return Some(Found::Class(ItemClass::Event));
        }
        pages.iter().find(|(page, _)| page.number == tag.page).map(|(_, found)| *found)
    }
}

/// What a property tells about its item.
#[derive(Debug, Clone, Copy)]
enum Found {
    Class(ItemClass),
    Other,
}

impl Item {
    /// What the element whose start was read last holds. The first property that tells a class
    /// decides, so that a message is not read twice.
    fn look(mut r: Reader<'_>) -> Result<Found, DecodeError> {
        loop {
            match r.next()? {
                Step::Start(tag) => match ItemClass::of(tag) {
                    Some(found) => return Ok(found),
                    None => r.skip()?,
                },
                Step::End => return Ok(Found::Class(ItemClass::Email)),
                Step::Text(_) | Step::Opaque(_) => {}
            }
        }
    }

    fn read_as(found: Found, tag: Tag, r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        Ok(match found {
            Found::Class(ItemClass::Email) => {
                let email = Email::read(tag, r)?;
                email.check()?;
                Item::Email(Box::new(email))
            }
            Found::Class(ItemClass::Event) => {
                let event = Event::read(tag, r)?;
                event.check()?;
                Item::Event(Box::new(event))
            }
            Found::Class(ItemClass::Contact) => Item::Contact(Box::new(Contact::read(tag, r)?)),
            Found::Class(ItemClass::Task) => {
                let task = Task::read(tag, r)?;
                task.check()?;
                Item::Task(Box::new(task))
            }
            Found::Class(ItemClass::Note) => Item::Note(Box::new(Note::read(tag, r)?)),
            Found::Other => Item::Other(Node::read(tag, r)?.into_children()),
        })
    }

    /// The item's class, where it has one.
    pub fn class(&self) -> Option<ItemClass> {
        match self {
            Item::Email(_) => Some(ItemClass::Email),
            Item::Event(_) => Some(ItemClass::Event),
            Item::Contact(_) => Some(ItemClass::Contact),
            Item::Task(_) => Some(ItemClass::Task),
            Item::Note(_) => Some(ItemClass::Note),
            Item::Other(_) | Item::Invalid(_) => None,
        }
    }

    /// The item as one of `class`, which is that of its folder. A change that consists of a body or
    /// attachments alone tells no class of its own and is read as mail; this makes it what it is.
    ///
    /// # Errors
    /// Gives the item back where it has properties of another class, or can't be read.
    pub fn into_class(self, class: ItemClass) -> Result<Item, Item> {
        if self.class() == Some(class) {
            return Ok(self);
        }
        let Item::Email(email) = self else { return Err(self) };
        let neutral = Email {
            attachments: email.attachments.clone(),
            body: email.body.clone(),
            native_body_type: email.native_body_type,
            ..Email::default()
        };
        if neutral != *email || (class != ItemClass::Event && !email.attachments.is_empty()) {
            return Err(Item::Email(email));
        }
        let Email { attachments, body, native_body_type, .. } = neutral;
        Ok(match class {
            ItemClass::Email => Item::Email(email),
            ItemClass::Event => {
                Item::Event(Box::new(Event { attachments, body, native_body_type, ..Event::default() }))
            }
            ItemClass::Contact => {
                Item::Contact(Box::new(Contact { body, native_body_type, ..Contact::default() }))
            }
            ItemClass::Task => Item::Task(Box::new(Task { body, native_body_type, ..Task::default() })),
            ItemClass::Note => Item::Note(Box::new(Note { body, native_body_type, ..Note::default() })),
        })
    }

    /// The item's body, where it has one.
    pub fn body_mut(&mut self) -> Option<&mut Body> {
        match self {
            Item::Email(email) => email.body.as_mut(),
            Item::Event(event) => event.body.as_mut(),
            Item::Contact(contact) => contact.body.as_mut(),
            Item::Task(task) => task.body.as_mut(),
            Item::Note(note) => note.body.as_mut(),
            Item::Other(_) | Item::Invalid(_) => None,
        }
    }
}

impl Element for Item {
    fn read(tag: Tag, r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let start = r.clone();
        match Item::read_as(Item::look(r.clone())?, tag, r) {
            // Nothing after it could be read either.
            Err(DecodeError::Wbxml(error)) => Err(error.into()),
            Err(error) => {
                *r = start;
                r.skip()?;
                Ok(Item::Invalid(error))
            }
            read => read,
        }
    }

    fn write(&self, tag: Tag, w: &mut Writer) {
        match self {
            Item::Email(email) => email.write(tag, w),
            Item::Event(event) => event.write(tag, w),
            Item::Contact(contact) => contact.write(tag, w),
            Item::Task(task) => task.write(tag, w),
            Item::Note(note) => note.write(tag, w),
            Item::Other(nodes) => {
                w.start(tag);
                for node in nodes {
                    node.write_self(w);
                }
                w.end();
            }
            // Nothing makes such an item but reading.
            Item::Invalid(_) => Empty.write(tag, w),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::Content;
    use crate::page::air_sync::APPLICATION_DATA;
    use crate::version::Version;
    use crate::wbxml::Limits;

    fn read(children: Vec<Node>) -> Item {
        let node = Node { children, ..Node::new(APPLICATION_DATA) };
        let bytes = node.to_wbxml(Version::V16_1);
        let mut r = Reader::new(&bytes, Limits::default()).unwrap();
        r.next().unwrap();
        let item = Item::read(APPLICATION_DATA, &mut r).unwrap();
        // Whatever it is, it was read to its end.
        r.finish().unwrap();
        item
    }

    fn leaf(tag: Tag, text: &str) -> Node {
        Node { text: Some(text.into()), ..Node::new(tag) }
    }

    #[test]
    fn the_class_is_told_by_the_properties() {
        let one = |tag| leaf(tag, "1");
        let classes = [
            (base::LOCATION, ItemClass::Event),
            (base::INSTANCE_ID, ItemClass::Event),
            (calendar::SUBJECT, ItemClass::Event),
            (contacts::FIRST_NAME, ItemClass::Contact),
            (contacts2::NICK_NAME, ItemClass::Contact),
            (tasks::COMPLETE, ItemClass::Task),
            (notes::SUBJECT, ItemClass::Note),
            (email_page::READ, ItemClass::Email),
            (email2::IS_DRAFT, ItemClass::Email),
        ];
        for (tag, class) in classes {
            assert_eq!(read(vec![one(base::NATIVE_BODY_TYPE), one(tag)]).class(), Some(class), "{tag}");
        }
        let document = vec![one(document_library::LINK_ID)];
        assert_eq!(read(document.clone()), Item::Other(document));
        assert_eq!(read(Vec::new()), Item::Email(Box::default()));
    }

    #[test]
    fn what_tells_no_class_is_of_its_folder() {
        let body = Node {
            children: vec![leaf(base::TYPE, "1"), leaf(base::DATA, "hello")],
            ..Node::new(base::BODY)
        };
        let change = read(vec![body]);
        for class in
            [ItemClass::Event, ItemClass::Contact, ItemClass::Task, ItemClass::Note, ItemClass::Email]
        {
            let mut item = change.clone().into_class(class).unwrap();
            assert_eq!(item.class(), Some(class));
            assert_eq!(item.body_mut().unwrap().data, Some(Content(b"hello".to_vec())));
        }
        let mail = read(vec![leaf(email_page::SUBJECT, "x")]);
        assert_eq!(mail.clone().into_class(ItemClass::Event), Err(mail));
        let removed = Node { children: vec![leaf(base::FILE_REFERENCE, "1")], ..Node::new(base::DELETE) };
        let list = read(vec![Node { children: vec![removed], ..Node::new(base::ATTACHMENTS) }]);
        assert!(list.clone().into_class(ItemClass::Task).is_err());
        assert_eq!(list.into_class(ItemClass::Event).unwrap().class(), Some(ItemClass::Event));
    }

    #[test]
    fn an_item_that_cannot_be_read_is_invalid_alone() {
        let start = |text: &str| read(vec![leaf(calendar::START_TIME, text), leaf(calendar::SUBJECT, "x")]);
        assert!(matches!(start("20260301T083000Z"), Item::Event(_)));
        for broken in ["", "tomorrow", "20260231T083000Z", &"9".repeat(60)] {
            assert!(matches!(start(broken), Item::Invalid(_)), "{broken}");
        }
        let range = |tag, text: &str| matches!(read(vec![leaf(tag, text)]), Item::Invalid(_));
        assert!(range(calendar::SENSITIVITY, "4") && range(calendar::SENSITIVITY, "-1"));
        assert!(range(calendar::BUSY_STATUS, "5") && range(calendar::MEETING_STATUS, "2"));
        assert!(range(email_page::READ, "perhaps") && range(tasks::REMINDER_SET, "2"));
        // MS-ASTASK_R187: an importance that does not exist is no error.
        assert!(!range(tasks::IMPORTANCE, "7") && range(tasks::IMPORTANCE, "high"));
        assert!(range(calendar::UID, &"x".repeat(301)) && !range(calendar::UID, &"\u{e4}".repeat(300)));
        let twice = read(vec![leaf(notes::SUBJECT, "a"), leaf(notes::SUBJECT, "b")]);
        assert_eq!(twice, Item::Invalid(DecodeError::Duplicate(notes::SUBJECT)));
    }
}
