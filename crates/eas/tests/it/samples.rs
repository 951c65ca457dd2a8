//! The 70 samples: bytes to tree to bytes, XML to tree to XML, and bytes to type to bytes.

use fieldpost_eas::page::air_sync::{ADD, APPLICATION_DATA, COLLECTION, COLLECTIONS, COMMANDS, GET_CHANGES};
use fieldpost_eas::page::email::{ATTACHMENT, ATTACHMENTS};
use fieldpost_eas::page::{Tag, air_sync_base as base};
use fieldpost_eas::wbxml::{Limits, Node, xml};

use crate::documents;
use crate::from_xml::from_xml;
use crate::table::samples;

#[test]
fn bytes_to_tree_to_bytes() {
    let samples = samples();
    assert_eq!(samples.len(), 70);
    for sample in samples {
        let tree = Node::parse(&sample.wbxml, Limits::default()).unwrap();
        assert_eq!(tree.to_wbxml(sample.version), sample.wbxml, "{}", sample.name);
    }
}

#[test]
fn xml_to_tree_to_bytes_and_back() {
    for sample in samples() {
        let tree = from_xml(&sample.xml);
        assert_eq!(tree.to_wbxml(sample.version), sample.wbxml, "{}", sample.name);
        assert_eq!(xml::to_xml(&tree), sample.xml, "{}", sample.name);
    }
}

/// A sample that says the same in another form than we write it: its tree is brought into our form.
type Exception = (&'static str, fn(&mut Node));

const OTHER_FORM: &[Exception] = &[
    // An empty boolean is true; we write 1.
    ("12-sync-email-options-req", fill_get_changes),
    // The schema has the children of an attachment in the order in which we write them.
    ("14-sync-email-25-resp", |sync| {
        let path = [COLLECTIONS, COLLECTION, COMMANDS, ADD, APPLICATION_DATA, ATTACHMENTS, ATTACHMENT];
        let children = &mut descend(sync, &path).children;
        *children = [3, 1, 0, 2].map(|i| children[i].clone()).into();
    }),
    // Any order is allowed in an attachment that is added.
    ("23-sync-calendar-add-16-req", |sync| {
        fill_get_changes(sync);
        let path = [COLLECTIONS, COLLECTION, COMMANDS, ADD, APPLICATION_DATA, base::ATTACHMENTS, base::ADD];
        let children = &mut descend(sync, &path).children;
        *children = [0, 4, 2, 1, 3].map(|i| children[i].clone()).into();
    }),
    // And among the properties of a contact.
    ("26-sync-contact-add-req", |sync| {
        fill_get_changes(sync);
        let path = [COLLECTIONS, COLLECTION, COMMANDS, ADD, APPLICATION_DATA];
        let children = &mut descend(sync, &path).children;
        *children = [0, 4, 3, 1, 6, 5, 2, 7, 8, 9].map(|i| children[i].clone()).into();
    }),
    // Any order is allowed in a response's collection; like other servers, we say that more is
    // available before the changes.
    ("13-sync-email-add-resp", |sync| descend(sync, &[COLLECTIONS, COLLECTION]).children.swap(3, 4)),
];

fn fill_get_changes(sync: &mut Node) {
    descend(sync, &[COLLECTIONS, COLLECTION, GET_CHANGES]).text = Some("1".into());
}

fn descend<'a>(node: &'a mut Node, path: &[Tag]) -> &'a mut Node {
    path.iter().fold(node, |node, tag| node.children.iter_mut().find(|c| c.tag == *tag).unwrap())
}

#[test]
fn bytes_to_type_to_bytes() {
    for sample in samples() {
        let tree = Node::parse(&sample.wbxml, Limits::default()).unwrap();
        let kind = documents::of_sample(&sample.name, tree.tag)
            .unwrap_or_else(|| panic!("{} has no type", sample.name));
        let written = (kind.rewrite)(&sample.wbxml, sample.version)
            .unwrap_or_else(|e| panic!("{} as {}: {e}", sample.name, kind.name));
        let mut expected = tree.clone();
        if let Some((_, bring_into_our_form)) = OTHER_FORM.iter().find(|(name, _)| *name == sample.name) {
            bring_into_our_form(&mut expected);
            assert_ne!(expected, tree, "{} is no exception", sample.name);
        }
        let written_tree = Node::parse(&written, Limits::default()).unwrap();
        assert_eq!(xml::to_xml(&written_tree), xml::to_xml(&expected), "{}", sample.name);
        assert_eq!(written, expected.to_wbxml(sample.version), "{}", sample.name);
    }
}
