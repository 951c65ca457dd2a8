//! WBXML 1.3 as ActiveSync uses it ([MS-ASWBXML] 2.1): header `03 01 6A 00`, inline strings,
//! opaque data and code page switches; everything else of WBXML is refused.
//!
//! [`Reader`] pulls events out of a byte slice without copying; [`Writer`] appends to a buffer.
//! [`Node`] is a document as a tree, [`xml`] shows it to people and to schemas, [`outline`] takes out of it
//! what is the user's.
//! The meaning of the tags is in [`crate::page`], the mapping to types in [`crate::codec`].

mod outline;
mod reader;
mod text;
mod tree;
mod writer;
pub mod xml;

pub use outline::outline;
pub use reader::{Event, Limits, Reader, WbxmlError};
pub(crate) use text::is_xml_char;
pub use text::xml_text;
pub use tree::Node;
pub use writer::Writer;

/// Version 1.3, public id 1 ("unknown"), charset 106 (UTF-8), empty string table (MS-ASWBXML_R654).
pub const HEADER: [u8; 4] = [0x03, 0x01, 0x6A, 0x00];

pub(crate) const SWITCH_PAGE: u8 = 0x00;
pub(crate) const END: u8 = 0x01;
pub(crate) const STR_I: u8 = 0x03;
pub(crate) const OPAQUE: u8 = 0xC3;
/// Set in a tag byte when content and an END follow.
pub(crate) const CONTENT: u8 = 0x40;
/// Set in a tag byte when attributes follow; ActiveSync has none.
pub(crate) const ATTRIBUTES: u8 = 0x80;
