//! A document, or a part of one, as a tree: for content that is kept as it came, for decoded logs,
//! and for tests. Commands use the typed [`crate::codec`] instead.

use super::{Event, Limits, Reader, WbxmlError, Writer};
use crate::codec::{DecodeError, Element};
use crate::page::Tag;
use crate::version::Version;

/// One element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Its tag.
    pub tag: Tag,
    /// Its text, if any; adjoining strings are joined.
    pub text: Option<String>,
    /// Its opaque data, if any.
    pub opaque: Option<Vec<u8>>,
    /// Its children.
    pub children: Vec<Node>,
}

impl Node {
    /// An element without content.
    pub fn new(tag: Tag) -> Node {
        Node { tag, text: None, opaque: None, children: Vec::new() }
    }

    /// Reads a whole document.
    pub fn parse(bytes: &[u8], limits: Limits) -> Result<Node, WbxmlError> {
        let mut r = Reader::new(bytes, limits)?;
        let Event::Start(tag) = r.next()? else {
            return Err(WbxmlError::Header);
        };
        let node = Node::fill(tag, &mut r)?;
        r.finish()?;
        Ok(node)
    }

    fn fill(tag: Tag, r: &mut Reader<'_>) -> Result<Node, WbxmlError> {
        let mut node = Node::new(tag);
        // Recursion is bounded by the reader's depth limit.
        loop {
            match r.next()? {
                Event::Start(tag) => node.children.push(Node::fill(tag, r)?),
                Event::Text(text) => node.text.get_or_insert_default().push_str(text),
                Event::Opaque(data) => node.opaque.get_or_insert_default().extend_from_slice(data),
                Event::End => return Ok(node),
            }
        }
    }

    /// Writes the element, its own tag included; nothing of tags that the peer's version does not
    /// have.
    pub fn write_self(&self, w: &mut Writer) {
        if !w.knows(self.tag) {
            return;
        }
        w.start(self.tag);
        if let Some(text) = &self.text {
            w.text(text);
        }
        if let Some(data) = &self.opaque {
            w.opaque(data);
        }
        for child in &self.children {
            child.write_self(w);
        }
        w.end();
    }

    /// The element as a whole document.
    pub fn to_wbxml(&self, version: Version) -> Vec<u8> {
        let mut w = Writer::new(version);
        self.write_self(&mut w);
        w.finish()
    }

    /// The children alone.
    pub fn into_children(self) -> Vec<Node> {
        self.children
    }

    /// The first child with this tag.
    pub fn child(&self, tag: Tag) -> Option<&Node> {
        self.children.iter().find(|c| c.tag == tag)
    }
}

impl Element for Node {
    fn read(tag: Tag, r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        Ok(Node::fill(tag, r)?)
    }

    fn write(&self, _: Tag, w: &mut Writer) {
        self.write_self(w);
    }
}
