//! What a conversion of an event, task, contact or note needs to know beside the object, and the ways
//! in which it fails.

use fieldpost_eas::Version;
use fieldpost_eas::page::Tag;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::mail::BodyOptions;
use crate::id::ItemId;
use crate::object::ParseError;

/// The owner of the mailbox.
#[derive(Debug, Clone)]
pub struct User {
    /// Their addresses, the first one being that under which they appear.
    pub addresses: Vec<String>,
    /// Their name as others see it.
    pub name: String,
    /// The zone in which they live, for times that name none.
    pub zone: TimeZone,
}

impl User {
    /// The address under which they appear; empty where they have none.
    pub fn address(&self) -> &str {
        self.addresses.first().map_or("", String::as_str)
    }

    /// Whether an address is theirs. Case does not matter.
    pub fn has_address(&self, address: &str) -> bool {
        self.addresses.iter().any(|own| own.eq_ignore_ascii_case(address.trim()))
    }
}

/// For showing an item to a phone.
#[derive(Debug, Clone, Copy)]
pub struct ItemContext<'a> {
    /// The request's version and what it wants of the body.
    pub body: &'a BodyOptions,
    /// Whose mailbox it is.
    pub user: &'a User,
    /// The item, for references to its attachments.
    pub item: ItemId,
    /// Now.
    pub now: Timestamp,
}

impl ItemContext<'_> {
    /// The request's version.
    pub fn version(&self) -> Version {
        self.body.version
    }
}

/// For making an item that a phone adds.
#[derive(Debug, Clone, Copy)]
pub struct CreateContext<'a> {
    /// The request's version.
    pub version: Version,
    /// Whose mailbox it is.
    pub user: &'a User,
    /// The UID to give it, where the phone names none.
    pub uid: &'a str,
    /// Now.
    pub now: Timestamp,
}

/// For patching an item that a phone changes.
#[derive(Debug, Clone, Copy)]
pub struct PatchContext<'a> {
    /// The request's version.
    pub version: Version,
    /// Whose mailbox it is.
    pub user: &'a User,
    /// The item, whose attachments may be taken away by their references.
    pub item: ItemId,
    /// What elements mean that are not there.
    pub ghosting: &'a Ghosting,
    /// Now.
    pub now: Timestamp,
}

/// What it means that an element is missing in a Change ([MS-ASCMD] 2.2.3.179): that the property goes,
/// or, where the phone left the element out of `Supported`, that it stays.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Ghosting {
    /// The first Sync had no `Supported`: what is missing goes.
    #[default]
    None,
    /// What is listed goes when it is missing, everything else stays.
    Supported(Vec<Tag>),
    /// What is missing stays: events in 16.x.
    All,
}

impl Ghosting {
    /// Whether a property stays whose element is missing. Elements that can't be ghosted are not asked
    /// about.
    pub fn keeps(&self, tag: Tag) -> bool {
        match self {
            Ghosting::None => false,
            Ghosting::Supported(listed) => !listed.contains(&tag),
            Ghosting::All => true,
        }
    }
}

/// A stored object could not be converted; it is to be passed over and reported, the others go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ConvertError {
    /// It is not even made of content lines.
    #[error(transparent)]
    Object(#[from] ParseError),
    /// A component or property is missing without which it is nothing.
    #[error("{0} is missing")]
    Missing(&'static str),
    /// A property makes no sense.
    #[error("{0} makes no sense")]
    Broken(&'static str),
}

/// What a phone sent can't be stored: Sync status 6 ([MS-ASCMD] 2.2.3.177.17). Nothing was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidItem {
    /// An element is missing that must be there.
    #[error("{0} is missing")]
    Missing(&'static str),
    /// An element stands where it must not.
    #[error("{0} does not belong there")]
    Misplaced(&'static str),
    /// An element says what makes no sense.
    #[error("{element}: {reason}")]
    Wrong {
        /// The element.
        element: &'static str,
        /// Why.
        reason: &'static str,
    },
    /// There are more of an element than an item may have.
    #[error("more than {most} of {element}")]
    TooMany {
        /// The element.
        element: &'static str,
        /// The most.
        most: usize,
    },
    /// The series has no such occurrence.
    #[error("no such occurrence")]
    NoSuchInstance,
    /// The item has no such attachment.
    #[error("no such attachment")]
    NoSuchAttachment,
    /// The stored object can't be read, so that it can't be changed either.
    #[error("the stored object: {0}")]
    Stored(#[from] ConvertError),
}

impl From<ParseError> for InvalidItem {
    fn from(error: ParseError) -> Self {
        InvalidItem::Stored(error.into())
    }
}
