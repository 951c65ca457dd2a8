//! Reads the XML of the samples into a tree.

use fieldpost_eas::page::{self, Tag};
use fieldpost_eas::wbxml::Node;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;
use quick_xml::reader::NsReader;

/// The tree of a document; panics where it is not one of ours.
pub fn from_xml(xml: &str) -> Node {
    let mut reader = NsReader::from_str(xml);
    let mut open: Vec<(Node, Option<String>, String)> = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => open.push(begin(&reader, &start)),
            Event::Empty(start) => {
                let element = begin(&reader, &start);
                if let Some(root) = end(element, &mut open) {
                    return root;
                }
            }
            Event::End(_) => {
                let element = open.pop().unwrap();
                if let Some(root) = end(element, &mut open) {
                    return root;
                }
            }
            Event::Text(text) => {
                if let Some((_, _, content)) = open.last_mut() {
                    content.push_str(&text);
                }
            }
            Event::GeneralRef(name) => {
                let content = &mut open.last_mut().unwrap().2;
                match name.resolve_char_ref().unwrap() {
                    Some(c) => content.push(c),
                    None => content.push_str(match &*name {
                        "amp" => "&",
                        "lt" => "<",
                        "gt" => ">",
                        other => panic!("entity {other:?}"),
                    }),
                }
            }
            Event::Eof => panic!("no root element"),
            _ => {}
        }
    }
}

fn begin(reader: &NsReader<&[u8]>, start: &BytesStart<'_>) -> (Node, Option<String>, String) {
    let (namespace, name) = reader.resolver().resolve_element(start.name());
    let ResolveResult::Bound(namespace) = namespace else { panic!("{name:?} has no namespace") };
    let (namespace, name) = (namespace.as_ref(), name.as_ref());
    let tag: Tag = page::find(namespace, name).unwrap_or_else(|| panic!("{namespace}:{name}"));
    let opaque = start.try_get_attribute("opaque").unwrap().map(|a| a.value.into_owned());
    (Node::new(tag), opaque, String::new())
}

fn end(
    (mut node, opaque, content): (Node, Option<String>, String),
    open: &mut [(Node, Option<String>, String)],
) -> Option<Node> {
    // Between elements there is nothing but indentation.
    if node.children.is_empty() && !content.is_empty() {
        match opaque.as_deref() {
            None => node.text = Some(content),
            Some("text") => node.opaque = Some(content.into_bytes()),
            Some(_) => node.opaque = Some(base64(&content)),
        }
    }
    match open.last_mut() {
        Some((parent, _, _)) => parent.children.push(node),
        None => return Some(node),
    }
    None
}

fn base64(text: &str) -> Vec<u8> {
    use base64::Engine as _;
    base64::prelude::BASE64_STANDARD.decode(text).unwrap()
}
