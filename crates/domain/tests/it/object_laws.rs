//! What holds for every object, whatever its bytes are: it is written as it was read, and no view of
//! it panics.

use fieldpost_domain::object::{Component, Line, ParseError, When};
use proptest::prelude::*;

use crate::objects::corpus;

fn visit(component: &Component) {
    for line in component.lines() {
        let _ = (line.text(), line.list(), line.fields(), line.whens(), line.binary(), line.media_type());
        let _ = (line.duration(), line.when().map(When::to_value));
        let mut set = line.clone();
        set.set_text("x;y");
        assert_eq!(set.text(), "x;y");
    }
    component.children().for_each(visit);
}

fn check(bytes: &[u8]) {
    let Ok(all) = Component::parse(bytes) else { return };
    let back: Vec<u8> = all.iter().flat_map(Component::to_bytes).collect();
    assert_eq!(String::from_utf8_lossy(&back), String::from_utf8_lossy(bytes));
    assert_eq!(back, bytes);
    all.iter().for_each(visit);
}

#[test]
fn every_object_is_written_as_it_was_read() {
    for (name, bytes) in corpus("calendar").into_iter().chain(corpus("contacts")) {
        // One file is noise in which nothing begins.
        let expected = if name == "049.ics" { Err(ParseError::NoComponent) } else { Ok(()) };
        assert_eq!(Component::parse(&bytes).map(|_| ()), expected, "{name}");
        check(&bytes);
    }
}

fn piece() -> impl Strategy<Value = Vec<u8>> {
    let known = prop::sample::select(vec![
        &b"BEGIN:VCALENDAR"[..],
        b"END:VCALENDAR",
        b"BEGIN:VEVENT",
        b"END:VEVENT",
        b"begin:vcard",
        b"\r\n",
        b"\n",
        b"\r",
        b"\r\n ",
        b"\n\t",
        b"NOTE;ENCODING=QUOTED-PRINTABLE:a=\r\nb",
        b"=\r\n",
        b"item1.TEL;WORK;TYPE=\"a,b\":1",
        b"\"",
        b":",
        b";",
        b"=",
        b"\\",
        b",",
        b"\xEF\xBB\xBF",
        b"\xC3",
        b"DTSTART;TZID=X:20260301T000000",
        b"CHARSET=",
    ]);
    prop_oneof![known.prop_map(<[u8]>::to_vec), prop::collection::vec(any::<u8>(), 0..12)]
}

proptest! {
    #[test]
    fn written_as_read(pieces in prop::collection::vec(piece(), 0..40)) {
        check(&pieces.concat());
        check(&[b"BEGIN:A\r\n", &pieces.concat()[..]].concat());
    }

    #[test]
    fn a_made_line_reads_back(name in "[A-Z-]{1,9}", param in "[^\\p{Cc}]{0,40}", text in "[^\\p{Cc}]{0,200}") {
        prop_assume!(!["BEGIN", "END"].contains(&name.as_str()));
        let line = Line::text_line(&name, &text).with("X-P", &param);
        let bytes = [b"BEGIN:A\r\n", line.raw(), b"END:A\r\n"].concat();
        let back = Component::parse_one(&bytes, "A").unwrap();
        let back = back.lines().next().unwrap();
        prop_assert_eq!(back, &line);
        prop_assert_eq!(back.text(), text);
        prop_assert_eq!(back.param("X-P"), Some(param.as_str()));
    }
}
