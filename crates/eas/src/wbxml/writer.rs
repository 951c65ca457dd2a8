//! Writes WBXML into a buffer: switches code pages only where they change, writes an element
//! without content as a bare tag.

use super::{CONTENT, END, HEADER, OPAQUE, STR_I, SWITCH_PAGE};
use crate::page::Tag;
use crate::version::Version;

/// Appends one document to a buffer of its own.
#[derive(Debug)]
pub struct Writer {
    out: Vec<u8>,
    page: u8,
    version: Version,
    /// Offset of a start tag that nothing has followed yet.
    fresh: Option<usize>,
}

impl Writer {
    /// An empty document for a peer that speaks `version`.
    pub fn new(version: Version) -> Self {
        let mut out = Vec::with_capacity(512);
        out.extend_from_slice(&HEADER);
        Writer { out, page: 0, version, fresh: None }
    }

    /// The peer's version.
    pub fn version(&self) -> Version {
        self.version
    }

    /// Whether the peer's version has this tag. [`crate::codec::Field`] leaves out what it does not
    /// have, so that no element of a later version ever reaches an older phone.
    pub fn knows(&self, tag: Tag) -> bool {
        tag.entry().is_some_and(|e| e.versions.contains(self.version))
    }

    /// Opens an element.
    pub fn start(&mut self, tag: Tag) {
        if tag.page != self.page {
            self.out.extend_from_slice(&[SWITCH_PAGE, tag.page]);
            self.page = tag.page;
        }
        self.fresh = Some(self.out.len());
        self.out.push(tag.token | CONTENT);
    }

    /// Closes the innermost open element.
    pub fn end(&mut self) {
        match self.fresh.take() {
            Some(at) => self.out[at] &= !CONTENT,
            None => self.out.push(END),
        }
    }

    /// Text content. Characters that XML 1.0 forbids are left out: a NUL would cut the string and
    /// put the reader out of step, others make some phones drop the whole answer.
    pub fn text(&mut self, text: &str) {
        let before = self.out.len();
        self.out.push(STR_I);
        super::text::for_each_clean(text, |part| self.out.extend_from_slice(part.as_bytes()));
        if self.out.len() == before + 1 {
            // Nothing is left of it: that is no text, not an empty one.
            self.out.truncate(before);
        } else {
            self.out.push(0);
            self.fresh = None;
        }
    }

    /// Text content that is known to hold no NUL, written as it is.
    pub fn raw_text(&mut self, text: &str) {
        debug_assert!(!text.as_bytes().contains(&0));
        if text.is_empty() {
            return;
        }
        self.fresh = None;
        self.out.push(STR_I);
        self.out.extend_from_slice(text.as_bytes());
        self.out.push(0);
    }

    /// Opaque content. Nothing is written for no bytes: the element is then an empty tag.
    pub fn opaque(&mut self, data: &[u8]) {
        if data.is_empty() {
            return;
        }
        self.fresh = None;
        self.out.push(OPAQUE);
        self.integer(data.len());
        self.out.extend_from_slice(data);
    }

    /// An element with text, or a bare tag where the text is empty.
    pub fn element(&mut self, tag: Tag, text: &str) {
        self.start(tag);
        self.text(text);
        self.end();
    }

    /// Bytes written so far, header included.
    pub fn len(&self) -> usize {
        self.out.len()
    }

    /// Whether nothing but the header was written.
    pub fn is_empty(&self) -> bool {
        self.out.len() <= HEADER.len()
    }

    /// The document.
    pub fn finish(self) -> Vec<u8> {
        self.out
    }

    fn integer(&mut self, value: usize) {
        let mut groups = [0u8; 10];
        let mut at = groups.len();
        let mut rest = value;
        loop {
            at -= 1;
            let more = if at == groups.len() - 1 { 0 } else { 0x80 };
            groups[at] = (rest & 0x7F) as u8 | more;
            rest >>= 7;
            if rest == 0 {
                break;
            }
        }
        self.out.extend_from_slice(&groups[at..]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::air_sync;

    #[test]
    fn text_of_which_nothing_is_left_is_no_text() {
        let written = |text: &str| {
            let mut w = Writer::new(Version::V16_1);
            w.element(air_sync::SYNC_KEY, text);
            w.finish()
        };
        assert_eq!(written("\u{1}\0"), written(""));
        assert_eq!(written("a\0b"), written("ab"));
        assert_ne!(written("a"), written(""));
    }
}
