//! A document as XML, for people, for schema checks and for logs.
//!
//! The root's namespace is the default one, others have a prefix; `opaque="text"` and
//! `opaque="base64"` mark what travels as opaque data. None of this XML ever travels.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

use super::Node;
use crate::page::{
    Tag, air_sync, air_sync_base as base, folder_hierarchy as fh, get_item_estimate, item_operations,
    meeting_response, move_items, ping, provision, settings,
};

/// How much a rendering shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// Everything.
    Full,
    /// Everything, in the form that the schemas check: without the `opaque` attribute.
    Schema,
    /// Structure and protocol values; of what belongs to the user, the length only.
    Log,
}

/// The document with all that is in it. Never for a log: it has bodies and passwords.
pub fn to_xml(root: &Node) -> String {
    render(root, Form::Full)
}

/// Like [`to_xml`], without the `opaque` attribute, which no schema knows.
pub fn to_schema_xml(root: &Node) -> String {
    render(root, Form::Schema)
}

/// The document for a log: tags, keys, ids, types and statuses as they are; of everything else,
/// which may be the user's, `[12 bytes]`.
pub fn to_log_xml(root: &Node) -> String {
    render(root, Form::Log)
}

fn render(root: &Node, form: Form) -> String {
    let mut namespaces = Vec::new();
    collect_namespaces(root, &mut namespaces);
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    element(root, 0, &namespaces, form, &mut out);
    out
}

/// Namespaces in order of their first appearance; the root's is the first.
fn collect_namespaces(node: &Node, found: &mut Vec<&'static str>) {
    let namespace = node.tag.namespace();
    if !found.contains(&namespace) {
        found.push(namespace);
    }
    for child in &node.children {
        collect_namespaces(child, found);
    }
}

fn element(node: &Node, depth: usize, namespaces: &[&'static str], form: Form, out: &mut String) {
    let namespace = node.tag.namespace();
    let mut name = String::new();
    if namespaces.first() != Some(&namespace) {
        name = namespace.to_ascii_lowercase() + ":";
    }
    name.push_str(node.tag.name());
    out.extend(std::iter::repeat_n("  ", depth));
    out.push('<');
    out.push_str(&name);
    if depth == 0 {
        for (i, namespace) in namespaces.iter().enumerate() {
            let prefix = if i == 0 { String::new() } else { format!(":{}", namespace.to_ascii_lowercase()) };
            // Writing to a String can't fail.
            let _ = write!(out, " xmlns{prefix}=\"{namespace}\"");
        }
    }
    let (mark, content) = content(node, form);
    if let Some(mark) = mark
        && form == Form::Full
    {
        let _ = write!(out, " opaque=\"{mark}\"");
    }
    if content.is_empty() && node.children.is_empty() {
        out.push_str("/>\n");
        return;
    }
    out.push('>');
    out.push_str(&content);
    if !node.children.is_empty() {
        out.push('\n');
        for child in &node.children {
            element(child, depth + 1, namespaces, form, out);
        }
        out.extend(std::iter::repeat_n("  ", depth));
    }
    let _ = writeln!(out, "</{name}>");
}

/// The mark for opaque data, and the content, escaped.
fn content(node: &Node, form: Form) -> (Option<&'static str>, String) {
    let length = node.text.as_ref().map_or(0, String::len) + node.opaque.as_ref().map_or(0, Vec::len);
    if form == Form::Log && length > 0 && !is_protocol_value(node.tag) {
        return (None, format!("[{length} bytes]"));
    }
    let text = node.text.as_deref().unwrap_or_default();
    let Some(data) = &node.opaque else {
        return (None, escape(text));
    };
    match std::str::from_utf8(data) {
        Ok(data) if data.chars().all(super::is_xml_char) => (Some("text"), escape(text) + &escape(data)),
        _ => (Some("base64"), escape(text) + &BASE64_STANDARD.encode(data)),
    }
}

/// A carriage return is written as a reference: XML would read it as a line feed.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\r' => out.push_str("&#13;"),
            c => out.push(c),
        }
    }
    out
}

/// Values of the protocol itself, which say nothing about the user: allowed one by one, so that a
/// new tag is hidden until somebody says otherwise.
fn is_protocol_value(tag: Tag) -> bool {
    match tag {
        fh::DISPLAY_NAME => false,
        base::TYPE
        | base::TRUNCATION_SIZE
        | base::ALL_OR_NONE
        | base::ESTIMATED_DATA_SIZE
        | base::TRUNCATED => true,
        base::METHOD | base::IS_INLINE | base::NATIVE_BODY_TYPE | base::STATUS => true,
        item_operations::STATUS | item_operations::STORE | item_operations::RANGE => true,
        item_operations::TOTAL | item_operations::PART => true,
        settings::STATUS | settings::OS | settings::MODEL | settings::USER_AGENT => true,
        _ => {
            [
                air_sync::PAGE.number,
                fh::PAGE.number,
                get_item_estimate::PAGE.number,
                meeting_response::PAGE.number,
                move_items::PAGE.number,
                ping::PAGE.number,
                provision::PAGE.number,
            ]
            .contains(&tag.page)
                || tag.name() == "Status"
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::{compose_mail, find};

    fn leaf(tag: Tag, text: &str) -> Node {
        Node { text: Some(text.into()), ..Node::new(tag) }
    }

    #[test]
    fn a_log_shows_the_protocol_and_hides_the_user() {
        let mut add = Node::new(air_sync::ADD);
        add.children.push(leaf(air_sync::SERVER_ID, "5:1"));
        add.children.push(leaf(find("Email", "Subject").unwrap(), "Lunch?"));
        let xml = to_log_xml(&add);
        assert!(xml.contains("<ServerId>5:1</ServerId>"), "{xml}");
        assert!(xml.contains("<email:Subject>[6 bytes]</email:Subject>"), "{xml}");

        let mime = Node { opaque: Some(b"From: a".to_vec()), ..Node::new(compose_mail::MIME) };
        assert!(to_log_xml(&mime).contains("[7 bytes]"));
        assert!(to_log_xml(&leaf(settings::PASSWORD, "1234")).contains("[4 bytes]"));
    }

    #[test]
    fn opaque_data_is_marked() {
        let node = |data: &[u8]| Node { opaque: Some(data.to_vec()), ..Node::new(compose_mail::MIME) };
        assert!(to_xml(&node(b"a<b\r\n")).contains(r#"opaque="text">a&lt;b&#13;"#));
        assert!(to_xml(&node(b"\xFF\0")).contains(r#"opaque="base64">/wA=<"#));
        assert!(!to_schema_xml(&node(b"\xFF\0")).contains("opaque"));
    }
}
