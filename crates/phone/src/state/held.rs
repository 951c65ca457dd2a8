//! An item of another class than mail as the phone keeps it: an event, a contact, a task, a note, as
//! the wire has it.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de, ser};

use fieldpost_eas::codec::Element as _;
use fieldpost_eas::item::{Contact, Event, Exception, Item, Note, Task};
use fieldpost_eas::page::air_sync::APPLICATION_DATA;
use fieldpost_eas::version::Version;
use fieldpost_eas::wbxml::{Limits, Node, Reader, Writer};

/// An item. In a state file it is a version and base64 of WBXML.
#[derive(Debug, Clone, PartialEq)]
pub struct Held(pub Item);

// The only floating-point numbers in items are coordinates, which are finite.
impl Eq for Held {}

impl Held {
    /// The event, if it is one.
    pub fn event(&self) -> Option<&Event> {
        if let Item::Event(event) = &self.0 { Some(event) } else { None }
    }

    /// The contact, if it is one.
    pub fn contact(&self) -> Option<&Contact> {
        if let Item::Contact(contact) = &self.0 { Some(contact) } else { None }
    }

    /// The task, if it is one.
    pub fn task(&self) -> Option<&Task> {
        if let Item::Task(task) = &self.0 { Some(task) } else { None }
    }

    /// The note, if it is one.
    pub fn note(&self) -> Option<&Note> {
        if let Item::Note(note) = &self.0 { Some(note) } else { None }
    }

    /// Takes over the properties that `change` has; the others stay. What is no property of the
    /// item itself, attachments that are added or taken away, is the server's to say.
    pub fn overlay(&mut self, change: &Item) {
        let Some(class) = self.0.class() else {
            self.0 = change.clone();
            return;
        };
        let common = Version::ALL.into_iter().rev().find(|v| fits(&self.0, *v) && fits(change, *v));
        let Some(version) = common else { return };
        let (Some(mut old), Some(new)) = (tree(&self.0, version), tree(change, version)) else { return };
        for property in new.children {
            match old.children.iter_mut().find(|known| known.tag == property.tag) {
                Some(_) if property.tag == fieldpost_eas::page::air_sync_base::ATTACHMENTS => {}
                Some(known) => *known = property,
                None => old.children.push(property),
            }
        }
        if let Some(Ok(item)) = item(&old.to_wbxml(version)).map(|item| item.into_class(class)) {
            self.0 = item;
        }
    }

    /// Takes over a change of one occurrence (16.0): its exception has these properties now.
    pub fn overlay_instance(&mut self, instance: fieldpost_eas::date::CompactDateTime, change: &Event) {
        let exception = self.exception(instance);
        let Some(exception) = exception else { return };
        exception.start_time = change.start_time.or(exception.start_time);
        exception.end_time = change.end_time.or(exception.end_time);
        exception.all_day_event = change.all_day_event.or(exception.all_day_event);
        exception.reminder = change.reminder.or(exception.reminder);
        let text = |old: &mut Option<String>, new: &Option<String>| {
            if new.is_some() {
                old.clone_from(new);
            }
        };
        text(&mut exception.subject, &change.subject);
        text(&mut exception.location, &change.location);
        if change.place.is_some() {
            exception.place.clone_from(&change.place);
        }
        if change.attendees.is_some() {
            exception.attendees.clone_from(&change.attendees);
        }
        if let Some(body) = &change.body {
            exception.body = Some(fieldpost_eas::codec::OrEmpty(Some(body.clone())));
        }
    }

    /// Takes one occurrence away (16.0).
    pub fn delete_instance(&mut self, instance: fieldpost_eas::date::CompactDateTime) {
        if let Some(exception) = self.exception(instance) {
            *exception =
                Exception { deleted: Some(true), instance_id: Some(instance), ..Exception::default() };
        }
    }

    fn exception(&mut self, instance: fieldpost_eas::date::CompactDateTime) -> Option<&mut Exception> {
        let Item::Event(event) = &mut self.0 else { return None };
        let list = event.exceptions.get_or_insert_default();
        if !list.iter().any(|e| e.instance_id == Some(instance)) {
            list.push(Exception { instance_id: Some(instance), ..Exception::default() });
        }
        list.iter_mut().find(|e| e.instance_id == Some(instance))
    }
}

fn bytes(item: &Item, version: Version) -> Vec<u8> {
    let mut w = Writer::new(version);
    item.write(APPLICATION_DATA, &mut w);
    w.finish()
}

fn item(bytes: &[u8]) -> Option<Item> {
    let mut r = Reader::new(bytes, Limits::default()).ok()?;
    r.next().ok()?;
    Item::read(APPLICATION_DATA, &mut r).ok()
}

fn tree(item: &Item, version: Version) -> Option<Node> {
    Node::parse(&bytes(item, version), Limits::default()).ok()
}

/// Whether a version can say all of the item.
fn fits(original: &Item, version: Version) -> bool {
    let Some(class) = original.class() else { return true };
    let read = item(&bytes(original, version)).map(|read| read.into_class(class));
    read.is_some_and(|read| read.as_ref() == Ok(original))
}

impl Serialize for Held {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        let version = Version::ALL.into_iter().rev().find(|v| fits(&self.0, *v));
        let version = version.ok_or_else(|| ser::Error::custom("an item that no version can say"))?;
        let class = self.0.class().map(|class| format!("{class:?}")).unwrap_or_default();
        (class, version.name(), BASE64_STANDARD.encode(bytes(&self.0, version))).serialize(s)
    }
}

impl<'de> Deserialize<'de> for Held {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        use fieldpost_eas::item::ItemClass;
        let (class, _, text) = <(String, String, String)>::deserialize(d)?;
        let bytes = BASE64_STANDARD.decode(text).map_err(de::Error::custom)?;
        let read = item(&bytes).ok_or_else(|| de::Error::custom("an item that cannot be read"))?;
        let class = match class.as_str() {
            "Event" => ItemClass::Event,
            "Contact" => ItemClass::Contact,
            "Task" => ItemClass::Task,
            "Note" => ItemClass::Note,
            _ => return Ok(Held(read)),
        };
        read.into_class(class).map(Held).map_err(|_| de::Error::custom("an item of another class"))
    }
}

#[cfg(test)]
mod tests {
    use fieldpost_eas::codec::{Content, OrEmpty};
    use fieldpost_eas::date::{self, CompactDateTime};
    use fieldpost_eas::item::{Body, BodyType, Location};

    use super::*;

    fn body(text: &str) -> Body {
        Body {
            r#type: BodyType::Text,
            estimated_data_size: None,
            truncated: None,
            data: Some(Content::from(text.to_owned())),
            part: None,
            preview: None,
        }
    }

    #[test]
    fn the_state_file_holds_items_of_every_version() {
        let old = Event { location: Some("Room 4".into()), ..Event::default() };
        let oldest = Task { legacy_body: Some(Content(b"x".to_vec())), ..Task::default() };
        let new = Location { latitude: Some(52.52), ..Location::default() };
        let new = Event { place: Some(new), ..Event::default() };
        let bare = Contact { body: Some(body("only a body")), ..Contact::default() };
        for item in [
            Item::Event(Box::new(old)),
            Item::Task(Box::new(oldest)),
            Item::Event(Box::new(new)),
            Item::Contact(Box::new(bare)),
            Item::Note(Box::default()),
        ] {
            let text = serde_json::to_string(&Held(item.clone())).unwrap();
            assert_eq!(serde_json::from_str::<Held>(&text).unwrap(), Held(item));
        }
    }

    #[test]
    fn a_change_lies_over_what_was() {
        let contact = Contact {
            first_name: Some("Zoe".into()),
            job_title: Some("Engineer".into()),
            ..Contact::default()
        };
        let mut held = Held(Item::Contact(Box::new(contact)));
        held.overlay(&Item::Contact(Box::new(Contact {
            job_title: Some(String::new()),
            body: Some(body("note")),
            ..Contact::default()
        })));
        let contact = held.contact().unwrap();
        assert_eq!((contact.first_name.as_deref(), contact.job_title.as_deref()), (Some("Zoe"), Some("")));
        assert!(contact.body.is_some());
    }

    #[test]
    fn an_occurrence_has_an_exception() {
        let at = CompactDateTime(date::parse("20260420T070000Z").unwrap());
        let mut held = Held(Item::Event(Box::default()));
        let change =
            Event { subject: Some("moved".into()), reminder: Some(OrEmpty(None)), ..Event::default() };
        held.overlay_instance(at, &change);
        let exceptions = held.event().unwrap().exceptions.clone().unwrap();
        assert_eq!((exceptions.len(), exceptions[0].subject.as_deref()), (1, Some("moved")));
        held.delete_instance(at);
        assert_eq!(held.event().unwrap().exceptions.as_ref().unwrap()[0].deleted, Some(true));
    }
}
