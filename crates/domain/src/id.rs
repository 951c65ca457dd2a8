//! Identities and counters, each a type of its own.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

macro_rules! number {
    ($(#[$meta:meta])* $name:ident($inner:ty)) => {
        $(#[$meta])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize,
        )]
        pub struct $name(pub $inner);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

number!(
    /// An account: somebody or something that can sign in.
    AccountId(i64)
);
number!(
    /// A mailbox. An account's own mailbox has the account's number.
    MailboxId(i64)
);
number!(
    /// A folder within a mailbox. Phones see it as `CollectionId`; never used again after deletion.
    FolderId(u32)
);
number!(
    /// An item within a mailbox. It keeps its number when it moves to another folder, and a number
    /// is never used again: what makes a repeated MoveItems recognisable.
    ItemId(u32)
);
number!(
    /// The mailbox's change counter: each change of a folder or an item takes the next value. What
    /// the design calls a backend cursor is, for every backend, such a number; a connector to a
    /// server with cursors of another kind keeps the mapping itself.
    Modseq(u64)
);

impl FolderId {
    /// Reads a `CollectionId`: decimal, without signs or leading zeros, not 0.
    pub fn parse(text: &str) -> Option<FolderId> {
        parse_decimal(text).map(FolderId)
    }
}

/// The id of an item as phones have it: `<folder>:<item>` ([MS-ASCMD] 2.2.3.166.8). Some phones
/// split it at the colon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ServerId {
    /// The folder that held the item when the id was given out.
    pub folder: FolderId,
    /// The item.
    pub item: ItemId,
}

impl fmt::Display for ServerId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.folder, self.item)
    }
}

/// The text is not an id that this server gives out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an item id of this server")]
pub struct BadServerId;

impl FromStr for ServerId {
    type Err = BadServerId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (folder, item) = text.split_once(':').ok_or(BadServerId)?;
        let folder = FolderId::parse(folder).ok_or(BadServerId)?;
        let item = parse_decimal(item).map(ItemId).ok_or(BadServerId)?;
        Ok(ServerId { folder, item })
    }
}

fn parse_decimal(text: &str) -> Option<u32> {
    let plain = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()) && !text.starts_with('0');
    if plain { text.parse().ok() } else { None }
}

/// A place in a folder's order by time received, newest first: milliseconds since 1970 and, among
/// items of the same millisecond, the item's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Position {
    /// Time received, milliseconds since 1970 UTC.
    pub received: i64,
    /// The item, 0 for the very beginning of the millisecond.
    pub item: u32,
}

impl Position {
    /// After every item.
    pub const NEWEST: Position = Position { received: i64::MAX, item: u32::MAX };
    /// Before every item.
    pub const OLDEST: Position = Position { received: i64::MIN, item: 0 };

    /// The first place of a millisecond: items received at it or later stand at or after it.
    pub const fn at(received: i64) -> Position {
        Position { received, item: 0 }
    }
}
