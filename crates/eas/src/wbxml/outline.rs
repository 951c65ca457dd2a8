//! What may be kept of a document for an administrator to look at: its structure and the values of the
//! protocol, nothing that is the user's, and few bytes.

use super::{Event, Limits, Reader, Writer};
use crate::page::{
    Tag, air_sync, air_sync_base as base, folder_hierarchy as fh, get_item_estimate, item_operations,
    meeting_response, move_items, ping, provision, settings,
};
use crate::version::Version;

/// How many of the children that have the same tag are shown; the rest is counted.
const ALIKE_MAX: usize = 3;
/// Longest value that is shown, in bytes. Longer ones are no keys, ids or statuses.
const VALUE_MAX: usize = 128;
/// An outline that has grown to this many bytes opens no more elements.
const OUTLINE_MAX: usize = 3 * 1024;

/// The document's outline, a WBXML document itself: tags, keys, ids, types and statuses as they are;
/// instead of every other content `[12 bytes]`, and `[97 more]` after the first few elements of a list.
/// None where it is no WBXML. What follows a fault in the document is left out.
///
/// It reads the document once, without copying it, and is some 3 KiB at most.
pub fn outline(document: &[u8]) -> Option<Vec<u8>> {
    let mut reader = Reader::new(document, Limits::default()).ok()?;
    // The newest version's writer knows every tag.
    let mut out = Outline { writer: Writer::new(Version::V16_1), open: Vec::new() };
    loop {
        let more = match reader.next() {
            Ok(Event::Start(tag)) => out.start(tag, &mut reader),
            Ok(Event::Text(text)) => out.text(text),
            Ok(Event::Opaque(data)) => out.hidden(data.len()),
            Ok(Event::End) => out.end(),
            Err(_) => false,
        };
        if !more {
            break;
        }
    }
    if out.writer.is_empty() {
        return None;
    }
    while out.end() {}
    Some(out.writer.finish())
}

/// An element that is not closed yet.
struct Open {
    tag: Tag,
    /// Its children so far: the tag of the last, how many of that tag, and how many were left out.
    last: Option<Tag>,
    alike: usize,
    left_out: usize,
}

struct Outline {
    writer: Writer,
    open: Vec<Open>,
}

/// What each of these gives: whether the root element is still open.
impl Outline {
    fn start(&mut self, tag: Tag, reader: &mut Reader<'_>) -> bool {
        if let Some(parent) = self.open.last_mut() {
            parent.alike = if parent.last == Some(tag) { parent.alike + 1 } else { 1 };
            parent.last = Some(tag);
            if parent.alike > ALIKE_MAX || self.writer.len() > OUTLINE_MAX {
                parent.left_out += 1;
                return reader.skip().is_ok();
            }
        }
        self.writer.start(tag);
        self.open.push(Open { tag, last: None, alike: 0, left_out: 0 });
        true
    }

    fn text(&mut self, text: &str) -> bool {
        match self.open.last() {
            Some(open) if is_protocol_value(open.tag) && text.len() <= VALUE_MAX => self.writer.text(text),
            _ => return self.hidden(text.len()),
        }
        true
    }

    fn hidden(&mut self, length: usize) -> bool {
        if self.open.is_empty() {
            // Content before the root element is a fault.
            return false;
        }
        if length > 0 {
            self.writer.text(&format!("[{length} bytes]"));
        }
        true
    }

    fn end(&mut self) -> bool {
        if let Some(open) = self.open.pop() {
            if open.left_out > 0 {
                self.writer.text(&format!("[{} more]", open.left_out));
            }
            self.writer.end();
        }
        !self.open.is_empty()
    }
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
    use crate::wbxml::{Node, xml};
    use proptest::prelude::*;

    fn leaf(tag: Tag, text: &str) -> Node {
        Node { text: Some(text.into()), ..Node::new(tag) }
    }

    fn shown(node: &Node) -> String {
        let bytes = outline(&node.to_wbxml(Version::V16_1)).unwrap();
        xml::to_xml(&Node::parse(&bytes, Limits::default()).unwrap())
    }

    #[test]
    fn the_protocol_is_shown_and_the_user_is_hidden() {
        let mut add = Node::new(air_sync::ADD);
        add.children.push(leaf(air_sync::SERVER_ID, "5:1"));
        add.children.push(leaf(find("Email", "Subject").unwrap(), "Lunch?"));
        let xml = shown(&add);
        assert!(xml.contains("<ServerId>5:1</ServerId>"), "{xml}");
        assert!(xml.contains("<email:Subject>[6 bytes]</email:Subject>"), "{xml}");

        let mime = Node { opaque: Some(b"From: a".to_vec()), ..Node::new(compose_mail::MIME) };
        assert!(shown(&mime).contains("[7 bytes]"));
        assert!(shown(&leaf(settings::PASSWORD, "1234")).contains("[4 bytes]"));
        assert!(shown(&leaf(fh::DISPLAY_NAME, "Divorce")).contains("[7 bytes]"));
        assert!(shown(&leaf(air_sync::SYNC_KEY, &"k".repeat(500))).contains("[500 bytes]"));
    }

    #[test]
    fn a_list_is_shown_by_its_first() {
        let mut commands = Node::new(air_sync::COMMANDS);
        for n in 0..100 {
            let mut add = Node::new(air_sync::ADD);
            add.children.push(leaf(air_sync::SERVER_ID, &format!("5:{n}")));
            commands.children.push(add);
        }
        let xml = shown(&commands);
        assert_eq!(xml.matches("<Add>").count(), ALIKE_MAX, "{xml}");
        assert!(xml.contains("[97 more]"), "{xml}");
    }

    #[test]
    fn what_is_broken_is_shown_up_to_there() {
        let whole = leaf(air_sync::SYNC_KEY, "123").to_wbxml(Version::V16_1);
        assert_eq!(outline(&whole[..3]), None);
        assert_eq!(outline(b"GET / HTTP/1.1"), None);
        let content_first = [&crate::wbxml::HEADER[..], &[0xC3, 1, 0xFF], &whole[4..]].concat();
        assert_eq!(outline(&content_first), None);
        assert!(outline(&whole[..whole.len() - 1]).is_some());
    }

    proptest! {
        #[test]
        fn an_outline_is_small_and_whole(bytes in proptest::collection::vec(any::<u8>(), 0..4000)) {
            let document = [&crate::wbxml::HEADER[..], &bytes].concat();
            if let Some(outline) = outline(&document) {
                prop_assert!(outline.len() < 2 * OUTLINE_MAX);
                prop_assert!(Node::parse(&outline, Limits::default()).is_ok());
            }
        }
    }
}
