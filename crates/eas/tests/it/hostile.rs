//! Input that nobody should send: it is refused, and nothing panics.

use fieldpost_eas::codec::DecodeError;
use fieldpost_eas::wbxml::{HEADER, Limits, Node, WbxmlError};
use proptest::prelude::*;

use crate::documents;
use crate::table::samples;

fn never_panics(bytes: &[u8]) {
    let tree = Node::parse(bytes, Limits::default());
    for kind in documents::all() {
        let typed = (kind.check)(bytes);
        // A type is never more tolerant of broken WBXML than the tree is.
        assert!(typed.is_err() || tree.is_ok(), "{} takes what is no document", kind.name);
    }
}

#[test]
fn a_document_cut_anywhere_is_refused() {
    for sample in samples() {
        let kind = documents::of_sample(&sample.name, root(&sample.wbxml));
        for end in 0..sample.wbxml.len() {
            let cut = &sample.wbxml[..end];
            assert!(Node::parse(cut, Limits::default()).is_err(), "{} cut at {end}", sample.name);
            if let Some(kind) = &kind {
                assert!((kind.check)(cut).is_err(), "{} cut at {end}", sample.name);
            }
        }
    }
}

fn root(bytes: &[u8]) -> fieldpost_eas::page::Tag {
    Node::parse(bytes, Limits::default()).unwrap().tag
}

#[test]
fn a_second_root_and_trailing_bytes_are_refused() {
    for sample in samples() {
        for tail in [&[0x05][..], &[0x45, 0x01], &[0x01], &[0x03, b'x', 0x00], &[0x00]] {
            let bytes = [&sample.wbxml, tail].concat();
            assert!(Node::parse(&bytes, Limits::default()).is_err(), "{} + {tail:?}", sample.name);
        }
    }
}

#[test]
fn nesting_is_bounded() {
    // <Sync> in <Sync>, ten thousand times.
    let bytes = [&HEADER[..], &[0x45; 10_000], &[0x01; 10_000]].concat();
    for kind in documents::all() {
        // What has another root is refused for that; the rest for its depth, also where it would
        // only be passed over.
        let expected_depth = kind.root == fieldpost_eas::page::air_sync::SYNC;
        match (kind.check)(&bytes) {
            Err(DecodeError::Wbxml(WbxmlError::Depth(_))) => assert!(expected_depth, "{}", kind.name),
            Err(DecodeError::Root { .. }) => assert!(!expected_depth, "{}", kind.name),
            other => panic!("{}: {other:?}", kind.name),
        }
    }
    assert!(matches!(Node::parse(&bytes, Limits::default()), Err(WbxmlError::Depth(_))));
}

#[test]
fn the_number_of_elements_is_bounded() {
    let bytes = [&HEADER[..], &[0x45], &vec![0x05; 300_000][..], &[0x01]].concat();
    assert_eq!(Node::parse(&bytes, Limits::default()), Err(WbxmlError::Elements));
}

#[test]
fn tokens_outside_of_activesync_are_refused() {
    // ENTITY, LITERAL, STR_T, PI, EXT_*, a tag with attributes, tokens below 5 with the content bit.
    for token in [0x02, 0x04, 0x40, 0x41, 0x42, 0x43, 0x44, 0x80, 0x83, 0x84, 0xC0, 0xC1, 0xC2, 0xC4, 0xC5] {
        let bytes = [&HEADER[..], &[0x45, token, 0x00, 0x01]].concat();
        assert!(
            matches!(Node::parse(&bytes, Limits::default()), Err(WbxmlError::Token { at: 5, .. })),
            "{token:#04X}"
        );
    }
    // Page 26 and token 0x3F of page 0 do not exist.
    for unknown in [&[0x00, 26, 0x05][..], &[0x3F]] {
        let bytes = [&HEADER[..], &[0x45], unknown, &[0x01]].concat();
        assert!(matches!(Node::parse(&bytes, Limits::default()), Err(WbxmlError::UnknownTag { .. })));
    }
}

#[test]
fn lengths_are_checked_before_they_are_believed() {
    for length in [&[0x7F][..], &[0x8F, 0xFF, 0xFF, 0xFF, 0x7F], &[0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F]] {
        let bytes = [&HEADER[..], &[0x45, 0xC3], length, &[0x01]].concat();
        assert!(Node::parse(&bytes, Limits::default()).is_err(), "{length:?}");
    }
    // A string table longer than the document.
    assert!(Node::parse(&[0x03, 0x01, 0x6A, 0x7F, 0x05], Limits::default()).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn arbitrary_bytes(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        never_panics(&bytes);
        never_panics(&[&HEADER[..], &bytes].concat());
    }

    #[test]
    fn samples_with_changed_bytes(
        which in 0..70usize,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..3u8), 1..6),
    ) {
        let mut bytes = samples().swap_remove(which).wbxml;
        for (at, value, how) in changes {
            let at = at.index(bytes.len());
            match how {
                0 => bytes[at] = value,
                1 => bytes.insert(at, value),
                _ if bytes.len() > 1 => { bytes.remove(at); }
                _ => {}
            }
        }
        never_panics(&bytes);
    }
}
