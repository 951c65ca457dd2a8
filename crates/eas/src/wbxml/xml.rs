//! A document as XML, for people and for schema checks. What may be shown of one to an administrator is
//! its [`outline`](super::outline).
//!
//! The root's namespace is the default one, others have a prefix; `opaque="text"` and
//! `opaque="base64"` mark what travels as opaque data. None of this XML ever travels.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

use super::Node;

/// How much a rendering shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// Everything.
    Full,
    /// Everything, in the form that the schemas check: without the `opaque` attribute.
    Schema,
}

/// The document with all that is in it. Never for a log: it has bodies and passwords; see [`outline`](super::outline) for that.
pub fn to_xml(root: &Node) -> String {
    render(root, Form::Full)
}

/// Like [`to_xml`], without the `opaque` attribute, which no schema knows.
pub fn to_schema_xml(root: &Node) -> String {
    render(root, Form::Schema)
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
    let (mark, content) = content(node);
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
fn content(node: &Node) -> (Option<&'static str>, String) {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::compose_mail;

    #[test]
    fn opaque_data_is_marked() {
        let node = |data: &[u8]| Node { opaque: Some(data.to_vec()), ..Node::new(compose_mail::MIME) };
        assert!(to_xml(&node(b"a<b\r\n")).contains(r#"opaque="text">a&lt;b&#13;"#));
        assert!(to_xml(&node(b"\xFF\0")).contains(r#"opaque="base64">/wA=<"#));
        assert!(!to_schema_xml(&node(b"\xFF\0")).contains("opaque"));
    }
}
