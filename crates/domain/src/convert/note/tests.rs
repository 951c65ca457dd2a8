//! Notes from a phone and back, whole and changed.

use fieldpost_eas::Version;
use fieldpost_eas::codec::Content;
use fieldpost_eas::item::{Body, BodyPreference, BodyType};
use jiff::tz::TimeZone;
use proptest::prelude::*;

use super::*;
use crate::ItemId;
use crate::convert::mail::BodyOptions;
use crate::convert::{Ghosting, User};

const NOW: Timestamp = Timestamp::constant(1_800_000_000, 0);
const LATER: Timestamp = Timestamp::constant(1_800_003_600, 0);

fn user() -> User {
    User { addresses: vec!["mia@example.test".to_owned()], name: "Mia".to_owned(), zone: TimeZone::UTC }
}

fn shown_to(content: &[u8], form: BodyType) -> Note {
    let wish = BodyPreference { r#type: form, truncation_size: None, all_or_none: None, preview: None };
    let options = BodyOptions { preferences: vec![wish], ..BodyOptions::new(Version::V16_1) };
    let user = user();
    to_wire(content, &ItemContext { body: &options, user: &user, item: ItemId(1), now: LATER }).unwrap()
}

fn made(note: &Note) -> Result<Vec<u8>, InvalidItem> {
    let user = user();
    create(note, &CreateContext { version: Version::V16_1, user: &user, uid: "u-1", now: NOW })
}

fn patched(content: &[u8], change: &Note) -> Result<Vec<u8>, InvalidItem> {
    let (user, ghosting) = (user(), Ghosting::None);
    let cx = PatchContext {
        version: Version::V16_1,
        user: &user,
        item: ItemId(1),
        ghosting: &ghosting,
        now: LATER,
    };
    patch(content, change, &cx)
}

fn body(form: BodyType, text: &str) -> Body {
    Body {
        r#type: form,
        estimated_data_size: None,
        truncated: None,
        data: Some(Content(text.as_bytes().to_vec())),
        part: None,
        preview: None,
    }
}

fn full() -> Note {
    Note {
        subject: Some("Shopping; today, or \"never\"".to_owned()),
        message_class: Some("IPM.StickyNote".to_owned()),
        last_modified_date: None,
        categories: Some(vec!["Home, sweet".to_owned(), "Zweite".to_owned()]),
        body: Some(body(BodyType::Text, "milk\r\nbread")),
        native_body_type: None,
    }
}

fn text(note: &Note) -> &str {
    std::str::from_utf8(&note.body.as_ref().unwrap().data.as_ref().unwrap().0).unwrap()
}

// MS-ASNOTE_R38, MS-ASNOTE_R39, MS-ASNOTE_R58, MS-ASNOTE_R211
#[test]
fn what_was_added_is_shown() {
    let content = made(&full()).unwrap();
    let note = shown_to(&content, BodyType::Text);
    assert_eq!((&note.subject, &note.categories), (&full().subject, &full().categories));
    assert_eq!(note.message_class.as_deref(), Some("IPM.StickyNote"));
    assert_eq!((text(&note), note.native_body_type), ("milk\r\nbread", Some(1)));
    assert_eq!(note.last_modified_date, Some(CompactDateTime(NOW)));
    let html = shown_to(&content, BodyType::Html);
    assert!(text(&html).contains("milk<br>"), "{}", text(&html));

    let rich = made(&Note { body: Some(body(BodyType::Html, "<b>milk</b>")), ..full() }).unwrap();
    assert_eq!(text(&shown_to(&rich, BodyType::Text)), "milk");
    let note = shown_to(&rich, BodyType::Html);
    assert!(text(&note).contains("<b>milk</b>") && note.native_body_type == Some(2));
}

// MS-ASNOTE_R123: a note without a text has an empty one.
#[test]
fn an_empty_note() {
    let note = shown_to(&made(&Note::default()).unwrap(), BodyType::Text);
    assert_eq!((note.subject.as_deref(), text(&note)), (Some(""), ""));
    assert_eq!(note.categories, None);
}

// MS-ASNOTE_R112, MS-ASNOTE_R10002, MS-ASNOTE_R113, MS-ASNOTE_R10003
#[test]
fn what_absence_means_in_a_change() {
    let content = made(&full()).unwrap();
    let change = Note { subject: Some("New".to_owned()), ..Note::default() };
    let note = shown_to(&patched(&content, &change).unwrap(), BodyType::Text);
    assert_eq!((note.subject.as_deref(), text(&note)), (Some("New"), "milk\r\nbread"));
    assert_eq!(note.categories, None);
    let change = Note { categories: Some(vec!["Zweite".to_owned()]), ..Note::default() };
    let note = shown_to(&patched(&content, &change).unwrap(), BodyType::Text);
    assert_eq!((note.subject, note.categories), (full().subject, change.categories));
    let emptied =
        Note { subject: Some(String::new()), body: Some(body(BodyType::Text, "")), ..Note::default() };
    let note = shown_to(&patched(&content, &emptied).unwrap(), BodyType::Text);
    assert_eq!((note.subject.as_deref(), text(&note)), (Some(""), ""));
}

// MS-ASNOTE_R84, MS-ASNOTE_R209, MS-ASNOTE_R51
#[test]
fn the_time_of_the_change_is_the_servers() {
    let said = Some(CompactDateTime("2001-02-03T04:05:06Z".parse().unwrap()));
    let content = made(&Note { last_modified_date: said, ..full() }).unwrap();
    assert_eq!(shown_to(&content, BodyType::Text).last_modified_date, Some(CompactDateTime(NOW)));
    let change = Note { last_modified_date: said, subject: Some("New".to_owned()), ..full() };
    let after = patched(&content, &change).unwrap();
    assert_eq!(shown_to(&after, BodyType::Text).last_modified_date, Some(CompactDateTime(LATER)));
    // The same again changes nothing, not even the time.
    assert_eq!(patched(&after, &change).unwrap(), after);
}

// MS-ASNOTE_R57, MS-ASNOTE_R119
#[test]
fn only_notes_are_notes() {
    let of = |class: &str| Note { message_class: Some(class.to_owned()), ..full() };
    for class in ["IPM.StickyNote", "ipm.stickynote", "IPM.StickyNote.Blue"] {
        let content = made(&of(class)).unwrap();
        let shown = shown_to(&content, BodyType::Text).message_class.unwrap();
        assert!(shown.eq_ignore_ascii_case(class), "{class} became {shown}");
    }
    let content = made(&full()).unwrap();
    for class in ["", "IPM.Note", "IPM.StickyNotes", "StickyNote", "IPM.StickyNot\u{e9}"] {
        assert!(made(&of(class)).is_err() && patched(&content, &of(class)).is_err(), "{class}");
    }
}

#[test]
fn what_phones_cannot_say_stays() {
    let bytes =
        b"BEGIN:VCALENDAR\nPRODID:x\nBEGIN:VJOURNAL\nUID:1\nX-COLOR;Y=z:red\nSUMMARY;LANGUAGE=de:Alt\n\
                  CLASS:PRIVATE\nEND:VJOURNAL\nEND:VCALENDAR\n";
    let change = Note { subject: Some("Neu".to_owned()), ..Note::default() };
    let after = String::from_utf8(patched(bytes, &change).unwrap()).unwrap();
    for kept in ["PRODID:x\n", "X-COLOR;Y=z:red\n", "CLASS:PRIVATE\n", "SUMMARY;LANGUAGE=de:Neu", "UID:1\n"] {
        assert!(after.contains(kept), "{kept} in {after}");
    }
    let note = shown_to(bytes, BodyType::Text);
    assert_eq!(note.last_modified_date, Some(CompactDateTime(Timestamp::UNIX_EPOCH)));
}

#[test]
fn what_is_no_note() {
    let options = BodyOptions::new(Version::V16_1);
    let user = user();
    let cx = ItemContext { body: &options, user: &user, item: ItemId(1), now: NOW };
    for bytes in [&b""[..], b"BEGIN:VCARD\nEND:VCARD\n", b"BEGIN:VCALENDAR\nEND:VCALENDAR\n"] {
        assert!(to_wire(bytes, &cx).is_err());
        assert!(matches!(patched(bytes, &full()), Err(InvalidItem::Stored(_))));
    }
    let many = Note { categories: Some(vec!["x".to_owned(); 301]), ..full() };
    assert!(matches!(made(&many), Err(InvalidItem::TooMany { .. })));
}

proptest! {
    #[test]
    fn anything_said_comes_back(
        subject in "[^\\p{Cc}\u{FEFF}\u{FFFE}\u{FFFF}]{0,40}",
        lines in prop::collection::vec("[^\\p{Cc}\u{FEFF}\u{FFFE}\u{FFFF}]{1,20}", 0..4),
        categories in prop::collection::vec("[^\\p{Cc}\u{FEFF}\u{FFFE}\u{FFFF}]{1,20}", 0..4),
    ) {
        let said = Note {
            subject: Some(subject),
            categories: Some(categories),
            body: Some(body(BodyType::Text, &lines.join("\r\n"))),
            ..Note::default()
        };
        for content in [made(&said).unwrap(), patched(&made(&full()).unwrap(), &said).unwrap()] {
            let note = shown_to(&content, BodyType::Text);
            prop_assert_eq!(&note.subject, &said.subject);
            prop_assert_eq!(note.categories.clone().unwrap_or_default(), said.categories.clone().unwrap());
            let blank = text(&said).trim().is_empty();
            prop_assert_eq!(text(&note), if blank { "" } else { text(&said) });
        }
    }

    #[test]
    fn whatever_is_stored_does_no_harm(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let options = BodyOptions::new(Version::V14_0);
        let user = user();
        let cx = ItemContext { body: &options, user: &user, item: ItemId(1), now: NOW };
        let mut wrapped = b"BEGIN:VCALENDAR\nBEGIN:VJOURNAL\n".to_vec();
        wrapped.extend(bytes);
        let _ = to_wire(&wrapped, &cx);
        let _ = patched(&wrapped, &full());
    }
}
