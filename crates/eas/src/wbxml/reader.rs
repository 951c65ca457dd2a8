//! Pulls events out of a WBXML document. Borrowing, bounded in depth and in number of elements.

use super::{ATTRIBUTES, CONTENT, END, OPAQUE, STR_I, SWITCH_PAGE};
use crate::page::{self, Tag};

/// One step through a document. An empty tag gives `Start` and then `End`, like one with content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event<'a> {
    /// An element begins.
    Start(Tag),
    /// An inline string, without its NUL.
    Text(&'a str),
    /// Opaque bytes.
    Opaque(&'a [u8]),
    /// The innermost open element ends.
    End,
}

/// What a document may cost before it is refused.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Nested elements; the deepest legal request has 10.
    pub depth: u16,
    /// Elements in the whole document.
    pub elements: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { depth: 32, elements: 200_000 }
    }
}

/// The bytes are not WBXML of the kind that ActiveSync uses. Status 102 from 14.0, HTTP 400 before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WbxmlError {
    /// The document stops before its root element is closed.
    #[error("the document ends too early, at byte {0}")]
    Truncated(usize),
    /// Version, public id or charset are not those of ActiveSync.
    #[error("the header is not that of an ActiveSync document")]
    Header,
    /// A token that ActiveSync does not use (entities, literals, processing instructions, attributes).
    #[error("token 0x{token:02X} at byte {at} is not used by ActiveSync")]
    Token {
        /// The byte found.
        token: u8,
        /// Its offset.
        at: usize,
    },
    /// A tag that is in no table.
    #[error("tag 0x{token:02X} of code page {page} at byte {at} does not exist")]
    UnknownTag {
        /// The code page in force.
        page: u8,
        /// Token without the content bit.
        token: u8,
        /// Its offset.
        at: usize,
    },
    /// A string is not UTF-8.
    #[error("the string at byte {0} is not UTF-8")]
    Utf8(usize),
    /// A multi-byte integer does not fit into 32 bits.
    #[error("the length at byte {0} is out of range")]
    Length(usize),
    /// Nested deeper than [`Limits::depth`].
    #[error("elements are nested too deep, at byte {0}")]
    Depth(usize),
    /// More elements than [`Limits::elements`].
    #[error("the document has too many elements")]
    Elements,
    /// Bytes, or a second root, after the root element.
    #[error("bytes follow the root element, at byte {0}")]
    Trailing(usize),
}

/// A cursor in a document. Cloning it is cheap and makes a look-ahead.
#[derive(Debug, Clone)]
pub struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    page: u8,
    depth: u16,
    elements: u32,
    limits: Limits,
    /// The last tag had no content: its `End` comes next.
    empty: bool,
}

impl<'a> Reader<'a> {
    /// Checks the header and stands before the root element.
    pub fn new(bytes: &'a [u8], limits: Limits) -> Result<Self, WbxmlError> {
        let mut reader = Reader { bytes, at: 0, page: 0, depth: 0, elements: 0, limits, empty: false };
        let version = reader.byte()?;
        let public_id = reader.integer()?;
        let charset = reader.integer()?;
        // 1.1 to 1.3 have the same body; charset 0 ("unknown") is written by a few old encoders.
        if !(0x01..=0x03).contains(&version) || public_id > 1 || !(charset == 106 || charset == 0) {
            return Err(WbxmlError::Header);
        }
        let table = reader.integer()? as usize;
        if table > bytes.len() - reader.at {
            return Err(WbxmlError::Truncated(bytes.len()));
        }
        // ActiveSync never refers to the string table.
        reader.at += table;
        Ok(reader)
    }

    /// Bytes consumed so far.
    pub fn position(&self) -> usize {
        self.at
    }

    /// The next event; within the root element only. See [`Reader::finish`] for what follows it.
    #[expect(clippy::should_implement_trait, reason = "fallible and borrowing: no Iterator")]
    pub fn next(&mut self) -> Result<Event<'a>, WbxmlError> {
        if self.empty {
            self.empty = false;
            self.depth -= 1;
            return Ok(Event::End);
        }
        loop {
            let at = self.at;
            match self.byte()? {
                SWITCH_PAGE => {
                    self.page = self.byte()?;
                    if page::page(self.page).is_none() {
                        return Err(WbxmlError::UnknownTag { page: self.page, token: 0, at });
                    }
                }
                END => {
                    if self.depth == 0 {
                        return Err(WbxmlError::Token { token: END, at });
                    }
                    self.depth -= 1;
                    return Ok(Event::End);
                }
                STR_I => return self.string().map(Event::Text),
                OPAQUE => {
                    let length = self.integer()? as usize;
                    let end = self.at.checked_add(length).filter(|e| *e <= self.bytes.len());
                    let end = end.ok_or(WbxmlError::Truncated(self.bytes.len()))?;
                    let data = &self.bytes[self.at..end];
                    self.at = end;
                    return Ok(Event::Opaque(data));
                }
                token if token & !CONTENT < 0x05 || token & ATTRIBUTES != 0 => {
                    return Err(WbxmlError::Token { token, at });
                }
                token => return self.start(token, at).map(Event::Start),
            }
        }
    }

    fn start(&mut self, token: u8, at: usize) -> Result<Tag, WbxmlError> {
        let tag = Tag { page: self.page, token: token & !CONTENT };
        if tag.entry().is_none() {
            return Err(WbxmlError::UnknownTag { page: tag.page, token: tag.token, at });
        }
        if self.depth >= self.limits.depth {
            return Err(WbxmlError::Depth(at));
        }
        if self.elements >= self.limits.elements {
            return Err(WbxmlError::Elements);
        }
        self.elements += 1;
        self.depth += 1;
        self.empty = token & CONTENT == 0;
        Ok(tag)
    }

    /// Passes over the rest of the element whose `Start` was read last, its `End` included.
    pub fn skip(&mut self) -> Result<(), WbxmlError> {
        let mut open = 1u32;
        while open > 0 {
            match self.next()? {
                Event::Start(_) => open += 1,
                Event::End => open -= 1,
                Event::Text(_) | Event::Opaque(_) => {}
            }
        }
        Ok(())
    }

    /// Refuses anything but code page switches after the root element.
    pub fn finish(mut self) -> Result<(), WbxmlError> {
        while self.at < self.bytes.len() {
            let at = self.at;
            if self.byte()? != SWITCH_PAGE {
                return Err(WbxmlError::Trailing(at));
            }
            self.byte()?;
        }
        Ok(())
    }

    fn byte(&mut self) -> Result<u8, WbxmlError> {
        let byte = *self.bytes.get(self.at).ok_or(WbxmlError::Truncated(self.at))?;
        self.at += 1;
        Ok(byte)
    }

    /// A multi-byte integer: seven bits a byte, most significant first, 0x80 = more.
    fn integer(&mut self) -> Result<u32, WbxmlError> {
        let at = self.at;
        let mut value: u32 = 0;
        loop {
            let byte = self.byte()?;
            if value > u32::MAX >> 7 {
                return Err(WbxmlError::Length(at));
            }
            value = value << 7 | u32::from(byte & 0x7F);
            if byte & 0x80 == 0 {
                return Ok(value);
            }
        }
    }

    fn string(&mut self) -> Result<&'a str, WbxmlError> {
        let at = self.at;
        let rest = &self.bytes[at..];
        let length = memchr::memchr(0, rest).ok_or(WbxmlError::Truncated(self.bytes.len()))?;
        self.at += length + 1;
        std::str::from_utf8(&rest[..length]).map_err(|_| WbxmlError::Utf8(at))
    }
}
