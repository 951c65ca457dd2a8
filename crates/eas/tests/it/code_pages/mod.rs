//! The code pages of the specification: a test for each page, each token beside the requirement that
//! says it ([MS-ASWBXML] 2.1.2.1).
//!
//! A row is the token, the tag, and the first and last version that has it. Each is held against our
//! page, and written and read as bytes.

use fieldpost_eas::Version;
use fieldpost_eas::page::{self, Tag};
use fieldpost_eas::wbxml::{HEADER, Limits, Node, WbxmlError};

mod pages_0_to_12;
mod pages_13_to_25;

/// Token, tag, and the first and last version that has it.
type Row = (u8, &'static str, &'static str, &'static str);

/// Holds a page against its rows, which are all tokens of the specification that it has.
fn holds(number: u8, namespace: &str, rows: &[Row]) {
    let page = page::page(number).unwrap();
    assert_eq!(page.namespace, namespace);
    for (token, name, first, last) in rows {
        let tag = Tag { page: number, token: *token };
        let entry = tag.entry().unwrap_or_else(|| panic!("{namespace}:{name}"));
        assert_eq!((entry.token, entry.name), (*token, *name), "{namespace}");
        assert_eq!(page::find(namespace, name), Some(tag));
        let (first, last) = (first.parse::<Version>().unwrap(), last.parse::<Version>().unwrap());
        for version in Version::ALL {
            let has = (first..=last).contains(&version);
            assert_eq!(entry.versions.contains(version), has, "{tag} in {version}");
            // On the wire it is a switch to the page, unless that is the first one, and the token.
            let written = Node::new(tag).to_wbxml(version);
            let expected = match (has, number) {
                (false, _) => Vec::new(),
                (true, 0) => vec![*token],
                (true, _) => vec![0x00, number, *token],
            };
            assert_eq!(written[4..], expected, "{tag} in {version}");
            if has {
                assert_eq!(Node::parse(&written, Limits::default()).unwrap().tag, tag);
            }
        }
    }
    let of_the_specification = |e: &&page::Entry| !LEGACY.contains(&(number, e.name));
    let ours = page.entries.iter().filter(of_the_specification).count();
    assert_eq!(ours, rows.len(), "{namespace}");
}
/// Tokens of old servers and of third parties, which the specification does not have.
const LEGACY: &[(u8, &str)] = &[
    (0, "Version"),
    (0, "Truncation"),
    (0, "RTFTruncation"),
    (0, "NotifyGUID"),
    (1, "Body"),
    (1, "BodySize"),
    (1, "BodyTruncated"),
    (1, "CompressedRTF"),
    (2, "Attachment"),
    (2, "Attachments"),
    (2, "AttName"),
    (2, "AttSize"),
    (2, "Att0Id"),
    (2, "AttMethod"),
    (2, "AttRemoved"),
    (2, "Body"),
    (2, "BodySize"),
    (2, "BodyTruncated"),
    (2, "DisplayName"),
    (2, "MIMEData"),
    (2, "MIMETruncated"),
    (2, "MIMESize"),
    (4, "Body"),
    (4, "BodyTruncated"),
    (4, "CompressedRTF"),
    (4, "Attachment"),
    (4, "Attachments"),
    (4, "AttName"),
    (4, "AttSize"),
    (4, "AttOid"),
    (4, "AttMethod"),
    (4, "AttRemoved"),
    (4, "DisplayName"),
    (6, "Version"),
    (6, "DateTime"),
    (7, "Response"),
    (7, "ContentClass"),
    (7, "Version"),
    (8, "Version"),
    (9, "Body"),
    (9, "BodySize"),
    (9, "BodyTruncated"),
    (9, "CompressedRTF"),
    (13, "AutdState"),
    (13, "Version"),
    (14, "DocumentBrowseEnabled"),
    (15, "Stores"),
    (15, "Schema"),
    (15, "Supported"),
    (21, "Type"),
];

// The tokens that stand for something else than a tag, whatever the page.
#[test]
fn global_tokens_are_no_tags() {
    let parse = |bytes: &[u8]| Node::parse(&[&HEADER[..], bytes].concat(), Limits::default());
    let used = [
        (0x00, "SWITCH_PAGE"), // MS-ASWBXML_R801
        (0x01, "END"),         // MS-ASWBXML_R802
        (0x03, "STR_I"),       // MS-ASWBXML_R804
        (0xC3, "OPAQUE"),      // MS-ASWBXML_R819
    ];
    // Sync, SWITCH_PAGE 17, Body, Data with STR_I "a" and OPAQUE "b", three times END.
    // MS-ASWBXML_R6, R8, R655: tags as tokens of code pages, inline strings, opaque data.
    let with_all = [0x45, 0x00, 17, 0x4A, 0x4B, 0x03, b'a', 0x00, 0xC3, 0x01, b'b', 0x01, 0x01, 0x01];
    assert!(used.iter().all(|(token, _)| with_all.contains(token)));
    let sync = parse(&with_all).unwrap();
    let data = &sync.children[0].children[0];
    assert_eq!(data.tag, page::air_sync_base::DATA);
    assert_eq!((data.text.as_deref(), data.opaque.as_deref()), (Some("a"), Some(&b"b"[..])));
    let not_used = [
        (0x02, "ENTITY"),     // MS-ASWBXML_R803
        (0x04, "LITERAL"),    // MS-ASWBXML_R805
        (0x40, "EXT_I_0"),    // MS-ASWBXML_R806
        (0x41, "EXT_I_1"),    // MS-ASWBXML_R807
        (0x42, "EXT_I_2"),    // MS-ASWBXML_R808
        (0x43, "PI"),         // MS-ASWBXML_R809
        (0x44, "LITERAL_C"),  // MS-ASWBXML_R810
        (0x80, "EXT_T_0"),    // MS-ASWBXML_R811
        (0x81, "EXT_T_1"),    // MS-ASWBXML_R812
        (0x82, "EXT_T_2"),    // MS-ASWBXML_R813
        (0x83, "STR_T"),      // MS-ASWBXML_R814
        (0x84, "LITERAL_A"),  // MS-ASWBXML_R815
        (0xC0, "EXT_0"),      // MS-ASWBXML_R816
        (0xC1, "EXT_1"),      // MS-ASWBXML_R817
        (0xC2, "EXT_2"),      // MS-ASWBXML_R818
        (0xC4, "LITERAL_AC"), // MS-ASWBXML_R820
    ];
    for (token, name) in not_used {
        assert_eq!(parse(&[0x45, token, 0x01]), Err(WbxmlError::Token { token, at: 5 }), "{name}");
    }
}

// MS-ASWBXML_R821, R822, R825: what took the place of a tag in later versions.
#[test]
fn tags_give_way_to_others() {
    use fieldpost_eas::page::{air_sync, air_sync_base, calendar, email, get_item_estimate};
    let has = |tag: Tag, version: Version| tag.entry().unwrap().versions.contains(version);
    for version in Version::ALL {
        let is_16 = version >= Version::V16_0;
        assert_eq!(has(email::LOCATION, version), !is_16);
        assert_eq!(has(air_sync_base::LOCATION, version), is_16);
        assert_eq!(has(email::GLOBAL_OBJ_ID, version), !is_16);
        assert!(has(calendar::UID, version));
        let is_14 = version >= Version::V14_0;
        assert_eq!(has(get_item_estimate::CLASS, version), !is_14);
        assert!(has(air_sync::CLASS, version));
    }
}
