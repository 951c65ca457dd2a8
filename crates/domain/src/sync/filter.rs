//! `FilterType`: how far back a phone wants to see ([MS-ASCMD] 2.2.3.68.2).

use serde::{Deserialize, Serialize};

use crate::folder::Class;
use crate::id::Position;
use crate::index::ENDLESS;

/// A filter of a collection, or none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Filter {
    /// Everything.
    #[default]
    All,
    /// What was received within this many days; events that end within them or later.
    Days(u16),
    /// Tasks that are not complete.
    Incomplete,
}

const DAY: i64 = 86_400_000;

impl Filter {
    /// Reads the number. `None` where the class does not have it, which is a protocol error
    /// (MS-ASCMD_R2960 and the table of [MS-ASCMD] 2.2.3.68.2). Contacts and notes ignore it.
    pub fn from_number(number: u8, class: Class) -> Option<Filter> {
        let filter = match number {
            0 => Filter::All,
            1 => Filter::Days(1),
            2 => Filter::Days(3),
            3 => Filter::Days(7),
            4 => Filter::Days(14),
            5 => Filter::Days(31),
            6 => Filter::Days(92),
            7 => Filter::Days(183),
            8 => Filter::Incomplete,
            _ => return None,
        };
        let allowed = match class {
            Class::Email => number <= 5,
            Class::Calendar => number == 0 || (4..=7).contains(&number),
            Class::Tasks => number == 0 || number == 8,
            Class::Contacts | Class::Notes | Class::Other => return Some(Filter::All),
        };
        allowed.then_some(filter)
    }

    /// The place in the folder's order ([`Index::sort`](crate::index::Index::sort)) before which the phone wants nothing. It moves once a day, at
    /// midnight UTC, so that an answer given again is the same answer and nothing drops out of view
    /// one by one; the phone sees up to a day more than it asked for, never less.
    pub fn floor(self, now_ms: i64) -> Position {
        match self {
            Filter::All => Position::OLDEST,
            Filter::Incomplete => Position::at(ENDLESS),
            Filter::Days(days) => Position::at((now_ms.div_euclid(DAY) - i64::from(days)) * DAY),
        }
    }
}
