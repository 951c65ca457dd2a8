//! The data types ([MS-ASDTYPE] 2) on the wire: how each is written, what of it is read.

use fieldpost_eas::Version;
use fieldpost_eas::codec::{DecodeError, Element, Opaque};
use fieldpost_eas::date::{self, CompactDateTime, DateTime};
use fieldpost_eas::item::{Attendee, Location};
use fieldpost_eas::page::{Tag, air_sync_base as base, calendar, compose_mail, contacts, email, tasks};
use fieldpost_eas::time_zone::{SystemTime, TimeZone};
use fieldpost_eas::wbxml::{Limits, Node, Reader, Writer};
use proptest::prelude::*;

/// The bytes between the tag and its end: what the element's content is on the wire.
fn content(value: &impl Element, tag: Tag) -> Vec<u8> {
    let mut w = Writer::new(Version::V16_1);
    value.write(tag, &mut w);
    let bytes = w.finish();
    // Four bytes of header, and the switch to the tag's page.
    let start = if tag.page == 0 { 4 } else { 6 };
    assert_eq!(bytes[start], tag.token | 0x40);
    assert_eq!(bytes.last(), Some(&0x01));
    bytes[start + 1..bytes.len() - 1].to_vec()
}

/// An inline string.
fn inline(text: &str) -> Vec<u8> {
    [&[0x03], text.as_bytes(), &[0x00]].concat()
}

fn read<T: Element>(tag: Tag, text: &str) -> Result<T, DecodeError> {
    let node = Node { text: Some(text.into()), ..Node::new(tag) };
    let bytes = node.to_wbxml(Version::V16_1);
    let mut r = Reader::new(&bytes, Limits::default())?;
    r.next()?;
    T::read(tag, &mut r)
}

// MS-ASDTYPE_R5, R7: 1 or 0, as an inline string.
#[test]
fn a_boolean_is_one_or_zero() {
    assert_eq!(content(&true, email::READ), inline("1"));
    assert_eq!(content(&false, email::READ), inline("0"));
    assert_eq!(read::<bool>(email::READ, "1"), Ok(true));
    assert_eq!(read::<bool>(email::READ, "0"), Ok(false));
    for wrong in ["2", "-1", "yes", "10"] {
        assert!(matches!(read::<bool>(email::READ, wrong), Err(DecodeError::Value { .. })), "{wrong}");
    }
}

// MS-ASDTYPE_R8: other elements stand in it, and no value of its own.
#[test]
fn a_container_has_no_value() {
    let attendee = Attendee { name: Some("Bob".into()), ..Attendee::default() };
    let inner = [&[calendar::NAME.token | 0x40][..], &inline("Bob"), &[0x01]].concat();
    assert_eq!(content(&attendee, calendar::ATTENDEE), inner);
    let mut node = Node { text: Some("a value".into()), ..Node::new(calendar::ATTENDEE) };
    node.children.push(Node { text: Some("Bob".into()), ..Node::new(calendar::NAME) });
    let bytes = node.to_wbxml(Version::V16_1);
    let mut r = Reader::new(&bytes, Limits::default()).unwrap();
    r.next().unwrap();
    assert_eq!(Attendee::read(calendar::ATTENDEE, &mut r), Ok(attendee));
}

// MS-ASDTYPE_R15, R16, R20: in UTC, year to milliseconds with separators, T and Z, as an inline string.
#[test]
fn a_date_has_separators() {
    let at = date::parse("20260301T083005Z").unwrap();
    assert_eq!(content(&DateTime(at), tasks::DUE_DATE), inline("2026-03-01T08:30:05.000Z"));
    for same in ["2026-03-01T08:30:05.000Z", "2026-03-01T08:30:05Z", "2026-03-01T08:30:05.0Z"] {
        assert_eq!(read::<DateTime>(tasks::DUE_DATE, same), Ok(DateTime(at)), "{same}");
    }
}

// MS-ASDTYPE_R18, R12211, R12213: dates of events have no separators; all digits of all parts.
#[test]
fn a_compact_date_has_no_separators() {
    let at = date::parse("2026-03-01T08:30:05.999Z").unwrap();
    assert_eq!(content(&CompactDateTime(at), calendar::START_TIME), inline("20260301T083005Z"));
    for year in [1, 999, 1601, 9999] {
        let at = date::parse(&format!("{year:04}1130T235959Z")).unwrap();
        assert_eq!(date::compact(at), format!("{year:04}1130T235959Z"));
    }
    // MS-ASDTYPE_R95: what is of another form is an error.
    let sixty_digits = "9".repeat(60);
    let wrong = [
        "",
        "tomorrow",
        "20261301T000000Z",
        "20260229T000000Z",
        "20260301T250000Z",
        "20260301T006000Z",
        "2026031T000000Z",
        "120260301T000000Z",
        "20260301T000000+01:00",
        "-0260301T000000Z",
        "２０２６0301T000000Z",
        &sixty_digits,
    ];
    for wrong in wrong {
        let read = read::<CompactDateTime>(calendar::START_TIME, wrong);
        assert!(matches!(read, Err(DecodeError::Value { .. })), "{wrong}");
    }
}

// MS-ASDTYPE_R502: a double is an inline string.
#[test]
fn a_double_is_text() {
    assert_eq!(content(&13.405_f64, base::LONGITUDE), inline("13.405"));
    assert_eq!(content(&-1.0_f64, base::ALTITUDE_ACCURACY), inline("-1"));
    assert_eq!(read::<f64>(base::LATITUDE, "5.252E1"), Ok(52.52));
    for wrong in ["", "NaN", "INF", "-INF", "inf", "1,5", "1e999"] {
        assert!(matches!(read::<f64>(base::LATITUDE, wrong), Err(DecodeError::Value { .. })), "{wrong}");
    }
    let place = Location { latitude: Some(52.52), ..Location::default() };
    let inner = [&[base::LATITUDE.token | 0x40][..], &inline("52.52"), &[0x01]].concat();
    assert_eq!(content(&place, base::LOCATION), inner);
}

// MS-ASDTYPE_R86, R87: a whole number, as an inline string.
#[test]
fn an_integer_is_text() {
    assert_eq!(content(&-7_i32, contacts::WEIGHTED_RANK), inline("-7"));
    assert_eq!(content(&u32::MAX, base::ESTIMATED_DATA_SIZE), inline("4294967295"));
    for wrong in ["", "x", "1.5", "4294967296", "0x10"] {
        let read = read::<u32>(base::ESTIMATED_DATA_SIZE, wrong);
        assert!(matches!(read, Err(DecodeError::Value { .. })), "{wrong}");
    }
}

// MS-ASDTYPE_R123: 0 to 255.
#[test]
fn an_unsigned_byte_has_eight_bits() {
    for number in [0_u8, 1, 255] {
        assert_eq!(content(&number, calendar::BUSY_STATUS), inline(&number.to_string()));
        assert_eq!(read::<u8>(calendar::BUSY_STATUS, &number.to_string()), Ok(number));
    }
    for wrong in ["256", "-1", ""] {
        let read = read::<u8>(calendar::BUSY_STATUS, wrong);
        assert!(matches!(read, Err(DecodeError::Value { .. })), "{wrong}");
    }
}

proptest! {
    // MS-ASDTYPE_R88, R91, R99: any Unicode text, an address as well, as an inline string.
    #[test]
    fn a_string_is_unicode(text in "[^\\x00-\\x1F\\u{FFFE}\\u{FFFF}]{1,60}") {
        prop_assert_eq!(content(&text, email::SUBJECT), inline(&text));
        prop_assert_eq!(read::<String>(email::TO, &text).unwrap(), text);
    }

    // MS-ASDTYPE_R97: the length as a multi-byte integer, and that many bytes.
    #[test]
    fn a_byte_array_says_its_length(bytes in prop::collection::vec(any::<u8>(), 1..300)) {
        let length = match bytes.len() {
            short @ 0..=127 => vec![short as u8],
            long => vec![0x80 | (long >> 7) as u8, (long & 0x7F) as u8],
        };
        let expected = [&[0xC3][..], &length, &bytes].concat();
        prop_assert_eq!(content(&Opaque(bytes), compose_mail::MIME), expected);
    }

    #[test]
    fn any_text_is_a_date_or_none(text in ".{0,80}") {
        if let Some(at) = date::parse(&text) {
            prop_assert_eq!(date::parse(&date::dashed(at)).map(date::dashed), Some(date::dashed(at)));
        }
    }
}

/// Berlin, with all that the structure holds.
fn berlin() -> TimeZone {
    let last_sunday = |month, hour| SystemTime { month, day: 5, hour, ..SystemTime::default() };
    TimeZone {
        bias: -60,
        standard_name: "CET".into(),
        standard_date: last_sunday(10, 3),
        standard_bias: 0,
        daylight_name: "CEST".into(),
        daylight_date: last_sunday(3, 2),
        daylight_bias: -60,
    }
}

#[test]
fn a_time_zone_has_172_bytes() {
    let bytes = berlin().to_bytes();
    let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let date = |units: [u16; 8]| units.into_iter().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let parts = [
        (0, 4, (-60_i32).to_le_bytes().to_vec()),   // MS-ASDTYPE_R104
        (4, 64, utf16("CET")),                      // MS-ASDTYPE_R107, R108, R109
        (68, 16, date([0, 10, 0, 5, 3, 0, 0, 0])),  // MS-ASDTYPE_R110, R111
        (84, 4, 0_i32.to_le_bytes().to_vec()),      // MS-ASDTYPE_R112, R113
        (88, 64, utf16("CEST")),                    // MS-ASDTYPE_R114, R115, R116
        (152, 16, date([0, 3, 0, 5, 2, 0, 0, 0])),  // MS-ASDTYPE_R117, R118
        (168, 4, (-60_i32).to_le_bytes().to_vec()), // MS-ASDTYPE_R119, R120
    ];
    assert_eq!(bytes.len(), 172);
    for (at, size, mut expected) in parts {
        // What a name does not use is zero.
        expected.resize(size, 0);
        assert_eq!(bytes[at..at + size], expected, "at {at}");
    }
    assert_eq!(TimeZone::from_bytes(&bytes), Some(berlin()));
    // MS-ASDTYPE_R121, R122: base64, as an inline string.
    assert_eq!(content(&berlin(), calendar::TIMEZONE), inline(&berlin().to_base64()));
    assert_eq!(berlin().to_base64().len(), 232);
    assert_eq!(read::<TimeZone>(calendar::TIMEZONE, &berlin().to_base64()), Ok(berlin()));
    assert!(matches!(read::<TimeZone>(calendar::TIMEZONE, "AAAA"), Err(DecodeError::Value { .. })));
}
