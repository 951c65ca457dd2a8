//! The WBXML code pages: one file per page, one line per token ([MS-ASWBXML] 2.1.2.1).
//!
//! A line reads: token, constant, tag name, versions that know it as a bit mask (bit 0 is 2.5, bit 6
//! is 16.1). Tokens of older servers and third parties stand beside those of the specification, so
//! that an old phone's request can be read; those never sent to anyone have an empty mask.

use crate::version::Versions;

pub mod air_notify;
pub mod air_sync;
pub mod air_sync_base;
pub mod calendar;
pub mod compose_mail;
pub mod contacts;
pub mod contacts2;
pub mod document_library;
pub mod email;
pub mod email2;
pub mod find;
pub mod folder_hierarchy;
pub mod gal;
pub mod get_item_estimate;
pub mod item_operations;
pub mod meeting_response;
pub mod move_items;
pub mod notes;
pub mod ping;
pub mod provision;
pub mod resolve_recipients;
pub mod rights_management;
pub mod search;
pub mod settings;
pub mod tasks;
pub mod validate_cert;
pub mod windows_live;

/// A tag: code page and token (six bits, 0x05 to 0x3F).
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Tag {
    /// Code page, 0 to 25 and 254.
    pub page: u8,
    /// Token without the content bit.
    pub token: u8,
}

impl Tag {
    /// The tag's row in its page, if any page has it.
    pub fn entry(self) -> Option<&'static Entry> {
        page(self.page)?.entry(self.token)
    }

    /// The tag's name, or `?` where no page has it.
    pub fn name(self) -> &'static str {
        self.entry().map_or("?", |e| e.name)
    }

    /// The XML namespace of the tag's page, without a trailing colon.
    pub fn namespace(self) -> &'static str {
        page(self.page).map_or("?", |p| p.namespace)
    }
}

impl std::fmt::Debug for Tag {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.namespace(), self.name())
    }
}

impl std::fmt::Display for Tag {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Debug::fmt(self, f)
    }
}

/// One token of a page.
#[derive(Debug)]
pub struct Entry {
    /// Token without the content bit.
    pub token: u8,
    /// Tag name, unique within the page.
    pub name: &'static str,
    /// Versions that know the tag.
    pub versions: Versions,
}

/// One code page.
#[derive(Debug)]
pub struct Page {
    /// Page number.
    pub number: u8,
    /// XML namespace, without a trailing colon.
    pub namespace: &'static str,
    /// The tokens, ascending.
    pub entries: &'static [Entry],
    /// Index into `entries` by token; 255 where the page has a gap.
    index: [u8; 64],
}

impl Page {
    /// Makes a page; the index is computed at compile time.
    pub const fn new(number: u8, namespace: &'static str, entries: &'static [Entry]) -> Page {
        let mut index = [255u8; 64];
        let mut i = 0;
        while i < entries.len() {
            index[entries[i].token as usize] = i as u8;
            i += 1;
        }
        Page { number, namespace, entries, index }
    }

    /// The row of `token`, which may be any byte.
    pub fn entry(&self, token: u8) -> Option<&'static Entry> {
        let at = *self.index.get(usize::from(token))?;
        self.entries.get(usize::from(at))
    }
}

/// Declares one page: its `PAGE` and a constant for each tag.
macro_rules! code_page {
    ($number:literal, $namespace:literal; $($token:literal $konst:ident $name:literal $versions:literal;)*) => {
        /// The page.
        pub static PAGE: $crate::page::Page = $crate::page::Page::new($number, $namespace, &[
            $($crate::page::Entry {
                token: $token,
                name: $name,
                versions: $crate::version::Versions($versions),
            },)*
        ]);
        $(
            #[doc = concat!("`", $namespace, ":", $name, "`.")]
            pub const $konst: $crate::page::Tag = $crate::page::Tag { page: $number, token: $token };
        )*
    };
}
use code_page;

/// All pages, by number.
pub static ALL: [&Page; 27] = [
    &air_sync::PAGE,
    &contacts::PAGE,
    &email::PAGE,
    &air_notify::PAGE,
    &calendar::PAGE,
    &move_items::PAGE,
    &get_item_estimate::PAGE,
    &folder_hierarchy::PAGE,
    &meeting_response::PAGE,
    &tasks::PAGE,
    &resolve_recipients::PAGE,
    &validate_cert::PAGE,
    &contacts2::PAGE,
    &ping::PAGE,
    &provision::PAGE,
    &search::PAGE,
    &gal::PAGE,
    &air_sync_base::PAGE,
    &settings::PAGE,
    &document_library::PAGE,
    &item_operations::PAGE,
    &compose_mail::PAGE,
    &email2::PAGE,
    &notes::PAGE,
    &rights_management::PAGE,
    &find::PAGE,
    &windows_live::PAGE,
];

/// The page with this number.
pub fn page(number: u8) -> Option<&'static Page> {
    match number {
        0..=25 => Some(ALL[usize::from(number)]),
        254 => Some(ALL[26]),
        _ => None,
    }
}

/// The tag with this namespace (a trailing colon is tolerated) and name.
pub fn find(namespace: &str, name: &str) -> Option<Tag> {
    let namespace = namespace.trim_end_matches(':');
    let page = ALL.iter().find(|p| p.namespace == namespace)?;
    let entry = page.entries.iter().find(|e| e.name == name)?;
    Some(Tag { page: page.number, token: entry.token })
}
