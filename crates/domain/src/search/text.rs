//! What an item of each class is found by.

use std::panic::catch_unwind;

use crate::convert::mail;
use crate::folder::Class;
use crate::object::{Component, Line};

use super::query::Field;
use super::words::joined;

/// Most bytes of words that are kept of an item's text; of a longer one the beginning is found.
const BODY_LIMIT: usize = 256 * 1024;
/// Most bytes of words of each other part.
const PART_LIMIT: usize = 32 * 1024;

/// The text of an item, part by part.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SearchText {
    /// Subject, title or name.
    pub subject: String,
    /// Who wrote it; the organizer.
    pub from: String,
    /// Whom it was written to; who is invited; addresses of a contact.
    pub to: String,
    /// Who got a copy.
    pub cc: String,
    /// Names of attachments.
    pub attachments: String,
    /// Everything else.
    pub body: String,
    /// Whether it has attachments.
    pub has_attachments: bool,
}

impl SearchText {
    /// The text of an item of a class. What can't be read has none: it is kept all the same, if not found.
    pub fn of(class: Class, content: &[u8]) -> SearchText {
        catch_unwind(|| SearchText::read(class, content)).unwrap_or_default()
    }

    /// One part.
    pub fn part(&self, field: Field) -> &str {
        match field {
            Field::Subject => &self.subject,
            Field::From => &self.from,
            Field::To => &self.to,
            Field::Cc => &self.cc,
            Field::Attachment => &self.attachments,
            Field::Body => &self.body,
        }
    }

    fn read(class: Class, content: &[u8]) -> SearchText {
        let text = match class {
            Class::Email => mail::search_text(content).unwrap_or_default(),
            Class::Calendar | Class::Tasks | Class::Notes => calendar(content),
            Class::Contacts => contact(content),
            Class::Other => SearchText::default(),
        };
        text.in_words()
    }

    /// Made into words, which is what is stored: lower case, one space between them, bounded.
    fn in_words(self) -> SearchText {
        SearchText {
            subject: joined(&self.subject, PART_LIMIT),
            from: joined(&self.from, PART_LIMIT),
            to: joined(&self.to, PART_LIMIT),
            cc: joined(&self.cc, PART_LIMIT),
            attachments: joined(&self.attachments, PART_LIMIT),
            body: joined(&self.body, BODY_LIMIT),
            has_attachments: self.has_attachments,
        }
    }
}

/// Adds a line of text. What is kept is bounded later; what is gathered, by the size of the object.
fn add(to: &mut String, text: &str) {
    to.push_str(text);
    to.push('\n');
}

/// Somebody in a calendar: the name and the address.
fn add_person(to: &mut String, line: &Line) {
    if let Some(name) = line.param("CN") {
        add(to, name);
    }
    let value = line.value();
    let is_mail = value.get(..7).is_some_and(|scheme| scheme.eq_ignore_ascii_case("mailto:"));
    add(to, if is_mail { value.get(7..).unwrap_or_default() } else { &value });
}

/// An event with its exceptions, a task or a note.
fn calendar(content: &[u8]) -> SearchText {
    let mut text = SearchText::default();
    let Ok(objects) = Component::parse(content) else { return text };
    let parts = objects.iter().flat_map(Component::children);
    for part in parts.filter(|part| part.is("VEVENT") || part.is("VTODO") || part.is("VJOURNAL")) {
        for line in part.lines() {
            match line.name() {
                "SUMMARY" => add(&mut text.subject, &line.text()),
                "ORGANIZER" => add_person(&mut text.from, line),
                "ATTENDEE" => add_person(&mut text.to, line),
                "DESCRIPTION" | "LOCATION" | "COMMENT" | "CATEGORIES" | "CONTACT" => {
                    add(&mut text.body, &line.text());
                }
                "ATTACH" => {
                    text.has_attachments = true;
                    if let Some(name) = line.param("FILENAME").or_else(|| line.param("X-FILENAME")) {
                        add(&mut text.attachments, name);
                    }
                }
                _ => {}
            }
        }
    }
    text
}

fn contact(content: &[u8]) -> SearchText {
    let mut text = SearchText::default();
    let Ok(cards) = Component::parse(content) else { return text };
    for line in cards.iter().flat_map(Component::lines) {
        match line.name() {
            "FN" | "NICKNAME" => add(&mut text.subject, &line.text()),
            "N" | "ORG" => add(&mut text.subject, &line.fields().join(" ")),
            "EMAIL" => add(&mut text.to, &line.text()),
            "ADR" => add(&mut text.body, &line.fields().join(" ")),
            "TEL" | "NOTE" | "TITLE" | "ROLE" | "URL" | "IMPP" | "CATEGORIES" | "LABEL" => {
                add(&mut text.body, &line.text());
            }
            _ => {}
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_event_with_an_exception() {
        let event = b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Stand-up\r\n\
            ORGANIZER;CN=\"Mia M\":MAILTO:mia@example.org\r\nATTENDEE;CN=Ben:mailto:ben@example.org\r\n\
            LOCATION:Raum \xC3\x84\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:1\r\nRECURRENCE-ID:20261123T090000Z\r\n\
            SUMMARY:Retro\r\nDESCRIPTION:Bring\\, cake\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
        let text = SearchText::of(Class::Calendar, event);
        assert_eq!(text.subject, "stand up retro");
        assert_eq!(text.from, "mia m mia example org");
        assert_eq!(text.to, "ben ben example org");
        assert_eq!(text.body, "raum a bring cake");
    }

    #[test]
    fn a_contact() {
        let card = b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Mia M\xC3\xBCller\r\nN:M\xC3\xBCller;Mia;;;\r\n\
            EMAIL;TYPE=work:mia@example.org\r\nTEL:+49 30 1234\r\nORG:Acme;Sales\r\nPHOTO;ENCODING=b:AAAA\r\nEND:VCARD\r\n";
        let text = SearchText::of(Class::Contacts, card);
        assert_eq!(text.subject, "mia muller muller mia acme sales");
        assert_eq!(text.to, "mia example org");
        assert_eq!(text.body, "49 30 1234");
    }

    #[test]
    fn what_cannot_be_read_has_no_words() {
        for class in [Class::Calendar, Class::Contacts, Class::Tasks, Class::Notes, Class::Other] {
            assert_eq!(SearchText::of(class, b"\xFF\xFE nonsense"), SearchText::default());
        }
    }

    #[test]
    fn a_long_text_is_found_by_its_beginning() {
        let message = format!("Subject: x\r\n\r\n{}", "word ".repeat(100_000));
        assert!(SearchText::of(Class::Email, message.as_bytes()).body.len() <= BODY_LIMIT);
    }

    proptest! {
        #[test]
        fn nothing_makes_it_fail(content in proptest::collection::vec(any::<u8>(), 0..300)) {
            for class in [Class::Email, Class::Calendar, Class::Contacts, Class::Tasks, Class::Notes] {
                let _ = SearchText::of(class, &content);
            }
        }
    }
}
