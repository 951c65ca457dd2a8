//! The address book of the organisation, which phones call the global address list: accounts, groups and
//! shared contacts, and who of them can be found.
//!
//! [`Directory`] is what a store or a connector implements. [`query`] says what matches a search; [`expand`]
//! who belongs to a group in the end.

pub mod expand;
pub mod query;

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

pub use expand::{Expansion, expand};
pub use query::{Query, fold};

use crate::id::AccountId;

/// Most certificates of one entry: the `MaxCertificates` of a request has no greater bound
/// ([MS-ASCMD] 2.2.3.109).
pub const CERTIFICATES_MAX: usize = 100;
/// Most bytes of a photo: 100 KiB, the greatest `MaxSize` that phones ask for.
pub const PHOTO_MAX: usize = 100 * 1024;
/// How many of the entries that match a search can be looked at. `Total` is an estimate
/// ([MS-ASCMD] 2.2.3.184.2), and nobody reads further: they type another letter.
pub const MATCHES_MAX: usize = 1000;

/// The number of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EntryId(pub i64);

/// What an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryKind {
    /// Somebody with a mailbox here.
    Account(AccountId),
    /// Several addresses under one.
    Group,
    /// Somebody elsewhere whom all here know.
    Contact,
}

/// What the address book says of somebody: the elements of [MS-ASCMD] namespace GAL (2.2.3), each empty
/// where it isn't known.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Profile {
    /// The name as others see it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub display_name: String,
    /// Given name.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub first_name: String,
    /// Family name.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub last_name: String,
    /// A short name, unique by habit only.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub alias: String,
    /// Job title.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// Company.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub company: String,
    /// Office: a place in a building.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub office: String,
    /// Phone at work.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub phone: String,
    /// Phone at home.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub home_phone: String,
    /// Mobile phone.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub mobile_phone: String,
}

/// An entry of the address book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its number.
    pub id: EntryId,
    /// What it is.
    pub kind: EntryKind,
    /// Its addresses, the primary one first. A shared contact may have none.
    pub addresses: Vec<String>,
    /// What is known of it.
    pub profile: Profile,
    /// It is not shown and can't be found, though mail reaches it.
    pub hidden: bool,
    /// Bytes of its photo; none where it has none.
    pub photo_size: Option<u32>,
}

impl Entry {
    /// The primary address; empty where there is none.
    pub fn address(&self) -> &str {
        self.addresses.first().map_or("", String::as_str)
    }

    /// The name to show: the display name, else the address.
    pub fn name(&self) -> &str {
        if self.profile.display_name.is_empty() { self.address() } else { &self.profile.display_name }
    }
}

/// A part of what matches a search.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    /// Entries, in the order of the whole.
    pub entries: Vec<Entry>,
    /// How many match in all, counted up to [`MATCHES_MAX`]. Before the last page it may be too few.
    pub total: usize,
}

/// A member of a group: its address, and the entry that it stands for, where there is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// As it was entered.
    pub address: String,
    /// Whom it means.
    pub entry: Option<Entry>,
}

/// Why the address book gave no answer. Never told as "there is nobody".
#[derive(Debug, thiserror::Error)]
#[error("the address book can't be reached: {0}")]
pub struct DirectoryError(#[source] pub Box<dyn std::error::Error + Send + Sync>);

/// An address book. Hidden entries are found by [`Directory::by_address`] and as members of groups, for
/// delivery; whoever shows entries to people passes over them.
#[async_trait]
pub trait Directory: Send + Sync {
    /// The visible entries that match, by display name (MS-ASCMD_R426), [`MATCHES_MAX`] at most. `first`
    /// counts from 0. Where one page can't hold them all, those in which every word of the query begins a
    /// word go before the others.
    async fn search(&self, query: &Query, first: usize, count: usize) -> Result<Page, DirectoryError>;

    /// The entry with this address, without regard to case: the account or group that has it, else a shared
    /// contact.
    async fn by_address(&self, address: &str) -> Result<Option<Entry>, DirectoryError>;

    /// The members of a group as entered, in the order of their addresses; none of anything else.
    async fn members(&self, group: EntryId) -> Result<Vec<Member>, DirectoryError>;

    /// The photo: JPEG, PNG or whatever was entered.
    async fn photo(&self, entry: EntryId) -> Result<Option<Vec<u8>>, DirectoryError>;

    /// The certificates for encryption, DER, at most [`CERTIFICATES_MAX`].
    async fn certificates(&self, entry: EntryId) -> Result<Vec<Vec<u8>>, DirectoryError>;
}
