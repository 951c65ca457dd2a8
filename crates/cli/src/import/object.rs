//! Takes `.ics` and `.vcf` files apart into items: one for each event, task and note with all that
//! belongs to it, one for each card. A file that is one item is kept byte for byte; of one that holds
//! many, each has its own lines as they came, with the calendar's around them.

use std::collections::BTreeSet;

use fieldpost_domain::folder::Class;
use fieldpost_domain::object::Component;

/// A piece of a file, or why it was not taken.
pub type Piece = Result<(Class, Vec<u8>), String>;

/// What the components of a calendar become.
const KINDS: [(&str, Class); 3] =
    [("VEVENT", Class::Calendar), ("VTODO", Class::Tasks), ("VJOURNAL", Class::Notes)];

/// Whether bytes begin like a calendar or a card.
pub fn begins_like_one(start: &[u8]) -> bool {
    let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start).trim_ascii_start();
    let begins = |name: &[u8]| start.get(..name.len()).is_some_and(|it| it.eq_ignore_ascii_case(name));
    begins(b"BEGIN:VCALENDAR") || begins(b"BEGIN:VCARD")
}

/// The items of a file, in their order.
pub fn pieces(content: &[u8]) -> Vec<Piece> {
    let objects = match Component::parse(content) {
        Ok(objects) => objects,
        Err(error) => return vec![Err(error.to_string())],
    };
    let alone = objects.len() == 1;
    let mut pieces = Vec::new();
    for object in &objects {
        if object.is("VCARD") {
            let bytes = if alone { content.to_vec() } else { object.to_bytes() };
            pieces.push(Ok((Class::Contacts, bytes)));
        } else if object.is("VCALENDAR") {
            calendar(object, content, alone, &mut pieces);
        } else {
            pieces.push(Err(format!("{} is neither a calendar nor a card", object.name())));
        }
    }
    pieces
}

/// The components of one UID make an item: a series and its exceptions.
fn calendar(object: &Component, content: &[u8], alone: bool, pieces: &mut Vec<Piece>) {
    let mut groups: Vec<(Class, Option<String>, Vec<usize>)> = Vec::new();
    for (at, component) in object.children().enumerate() {
        let Some((_, class)) = KINDS.iter().find(|(name, _)| component.is(name)) else { continue };
        let uid = component.text("UID").filter(|uid| !uid.is_empty());
        let same = |group: &&mut (Class, Option<String>, Vec<usize>)| {
            group.0 == *class && uid.is_some() && group.1 == uid
        };
        match groups.iter_mut().find(same) {
            Some(group) => group.2.push(at),
            None => groups.push((*class, uid, vec![at])),
        }
    }
    match groups.as_slice() {
        [] => pieces.push(Err("holds no event, task or note".to_owned())),
        [(class, ..)] if alone => pieces.push(Ok((*class, content.to_vec()))),
        groups => {
            for (class, _, members) in groups {
                pieces.push(Ok((*class, part(object, members).to_bytes())));
            }
        }
    }
}

/// The calendar with these of its components alone, and the zones that they name.
fn part(object: &Component, members: &[usize]) -> Component {
    let mut zones = BTreeSet::new();
    for component in members.iter().filter_map(|at| object.children().nth(*at)) {
        note_zones(component, &mut zones);
    }
    let mut at = 0..;
    let mut part = object.clone();
    part.retain_components(|component| {
        let is_member = at.next().is_some_and(|at| members.contains(&at));
        let names_zone = component.text("TZID").is_some_and(|zone| zones.contains(&zone));
        is_member || (component.is("VTIMEZONE") && names_zone)
    });
    part
}

fn note_zones(component: &Component, zones: &mut BTreeSet<String>) {
    zones.extend(component.lines().filter_map(|line| line.param("TZID")).map(str::to_owned));
    component.children().for_each(|inner| note_zones(inner, zones));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(piece: &Piece) -> (Class, &str) {
        let (class, bytes) = piece.as_ref().unwrap();
        (*class, std::str::from_utf8(bytes).unwrap())
    }

    #[test]
    fn one_item_is_kept_as_it_is() {
        let series = b"BEGIN:VCALENDAR\nX-A:1\nBEGIN:VEVENT\nUID:1\nEND:VEVENT\nBEGIN:VEVENT\nUID:1\n\
                       RECURRENCE-ID:20260101\nEND:VEVENT\nEND:VCALENDAR";
        assert_eq!(pieces(series), [Ok((Class::Calendar, series.to_vec()))]);
        let card = b"begin:vcard\r\nfn:A\r\nend:vcard\r\n";
        assert_eq!(pieces(card), [Ok((Class::Contacts, card.to_vec()))]);
        assert!(begins_like_one(card) && begins_like_one(b"\xef\xbb\xbf\nBEGIN:VCALENDAR"));
        assert!(!begins_like_one(b"BEGIN:VFREEBUSY") && !begins_like_one(b"Subject: BEGIN:VCARD"));
    }

    #[test]
    fn many_are_taken_apart() {
        let calendar = b"BEGIN:VCALENDAR\nPRODID:x\nBEGIN:VTIMEZONE\nTZID:A\nEND:VTIMEZONE\n\
            BEGIN:VTIMEZONE\nTZID:B\nEND:VTIMEZONE\nBEGIN:VEVENT\nUID:1\nDTSTART;TZID=A:20260101T000000\n\
            END:VEVENT\nBEGIN:VTODO\nUID:1\nEND:VTODO\nBEGIN:VJOURNAL\nSUMMARY:no uid\nEND:VJOURNAL\n\
            BEGIN:VJOURNAL\nSUMMARY:none either\nEND:VJOURNAL\nEND:VCALENDAR\n";
        let all = pieces(calendar);
        let classes: Vec<_> = all.iter().map(|piece| text(piece).0).collect();
        assert_eq!(classes, [Class::Calendar, Class::Tasks, Class::Notes, Class::Notes]);
        assert_eq!(
            text(&all[0]).1,
            "BEGIN:VCALENDAR\nPRODID:x\nBEGIN:VTIMEZONE\nTZID:A\nEND:VTIMEZONE\nBEGIN:VEVENT\nUID:1\n\
             DTSTART;TZID=A:20260101T000000\nEND:VEVENT\nEND:VCALENDAR\n"
        );
        assert!(!text(&all[1]).1.contains("VTIMEZONE") && text(&all[3]).1.contains("none either"));
        let cards = pieces(b"BEGIN:VCARD\nFN:A\nEND:VCARD\nBEGIN:VCARD\nFN:B\nEND:VCARD\n");
        assert_eq!(text(&cards[1]), (Class::Contacts, "BEGIN:VCARD\nFN:B\nEND:VCARD\n"));
    }

    #[test]
    fn what_is_nothing_is_said() {
        for bad in [&b"hello"[..], b"BEGIN:VCALENDAR\nEND:VCALENDAR\n", b"BEGIN:VNOTE\nEND:VNOTE\n"] {
            let all = pieces(bad);
            assert!(all.len() == 1 && all[0].is_err(), "{all:?}");
        }
    }
}
