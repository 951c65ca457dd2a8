//! Items: what the store keeps of a message beside its bytes.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::id::{FolderId, ItemId, Modseq, Position};
use crate::index::Index;

/// What was last done with a message ([MS-ASEMAIL] 2.2.2.44); the numbers are those of the protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Verb {
    /// Answered to the sender.
    ReplyToSender = 1,
    /// Answered to all.
    ReplyToAll = 2,
    /// Forwarded.
    Forward = 3,
}

/// A follow-up flag that is set ([MS-ASEMAIL] 2.2.2.34). Times are kept as the phone gave them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Flag {
    /// Done: 1; to be followed up: 2.
    pub status: u8,
    /// What it is about.
    pub subject: Option<String>,
    /// Text of the flag.
    pub flag_type: Option<String>,
    /// When it was completed.
    pub complete_time: Option<Timestamp>,
    /// When it was completed, as a task has it.
    pub date_completed: Option<Timestamp>,
    /// Start, local time as if UTC.
    pub start_date: Option<Timestamp>,
    /// Due, local time as if UTC.
    pub due_date: Option<Timestamp>,
    /// Start.
    pub utc_start_date: Option<Timestamp>,
    /// Due.
    pub utc_due_date: Option<Timestamp>,
    /// Whether a reminder is set.
    pub reminder_set: Option<bool>,
    /// When to remind.
    pub reminder_time: Option<Timestamp>,
    /// Sorting hint.
    pub ordinal_date: Option<Timestamp>,
    /// Sorting hint within one ordinal date.
    pub sub_ordinal_date: Option<String>,
}

/// What a user has done with a message: all that can change without its bytes changing.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct MailState {
    /// It was read.
    pub read: bool,
    /// Its follow-up flag.
    pub flag: Option<Flag>,
    /// Its categories, in the user's order.
    pub categories: Vec<String>,
    /// The last answer or forward, and when.
    pub last_verb: Option<(Verb, Timestamp)>,
    /// Being written: not yet sent.
    pub draft: bool,
    /// The user is not among the visible recipients.
    pub received_as_bcc: bool,
    /// A text message of a phone's, which lies among the mail (class `SMS`, [`Shown`]).
    pub text_message: bool,
}

/// Which items of a folder are of interest, where text messages lie among the mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// What is of the folder's own class.
    pub own: bool,
    /// The text messages.
    pub texts: Texts,
}

/// Which text messages a phone is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Texts {
    /// None.
    #[default]
    None,
    /// Those alone that it has put there itself.
    Held,
    /// All.
    All,
}

impl Shown {
    /// Everything.
    pub const ALL: Shown = Shown { own: true, texts: Texts::All };

    /// Whether an item is of interest to a phone that holds it, or does not.
    pub fn includes(self, state: &MailState, held: bool) -> bool {
        match (state.text_message, self.texts) {
            (false, _) => self.own,
            (true, Texts::None) => false,
            (true, Texts::Held) => held,
            (true, Texts::All) => true,
        }
    }
}

impl Default for Shown {
    /// What is of the folder's own class: only from 14.0 on does a phone ask for text messages.
    fn default() -> Shown {
        Shown { own: true, texts: Texts::None }
    }
}

/// Where a message stands in its conversation ([MS-ASEMAIL] 2.2.2.21).
#[derive(Debug, Clone, PartialEq, Eq, Default, Hash)]
pub struct Conversation {
    /// 16 bytes, the same for every message of the conversation.
    pub id: [u8; 16],
    /// 5 bytes, and 5 more for each reply before it.
    pub index: Vec<u8>,
}

/// An item without its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemMeta {
    /// Its number.
    pub id: ItemId,
    /// Where it lies.
    pub folder: FolderId,
    /// Value of the mailbox's counter at its last change of any kind.
    pub modseq: Modseq,
    /// Value of the counter when its bytes last changed, or when it came into this folder.
    pub content_modseq: Modseq,
    /// Its place in the folder's order, milliseconds since 1970 UTC. Of a message when the mailbox
    /// received it; of other items what [`Index::sort`] says.
    pub received: i64,
    /// Size of its bytes.
    pub size: u32,
    /// What the user did with it.
    pub state: MailState,
    /// When each of that last changed.
    pub marks: Marks,
    /// Its conversation.
    pub conversation: Conversation,
}

/// Values of the mailbox's counter when a message's marks last changed, each by itself, so that a phone
/// is told of those that did and of no other ([MS-ASEMAIL] 3.2.5.4.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Marks {
    /// [`MailState::read`].
    pub read: Modseq,
    /// [`MailState::flag`].
    pub flag: Modseq,
    /// [`MailState::categories`].
    pub categories: Modseq,
    /// [`MailState::last_verb`].
    pub last_verb: Modseq,
}

impl Marks {
    /// All at once, as those of an item that has just come.
    pub fn all(modseq: Modseq) -> Marks {
        Marks { read: modseq, flag: modseq, categories: modseq, last_verb: modseq }
    }

    /// After a change from one state to another, which took the counter to `modseq`.
    #[must_use]
    pub fn after(self, before: &MailState, next: &MailState, modseq: Modseq) -> Marks {
        let moved = |differs: bool, last: Modseq| if differs { modseq } else { last };
        Marks {
            read: moved(before.read != next.read, self.read),
            flag: moved(before.flag != next.flag, self.flag),
            categories: moved(before.categories != next.categories, self.categories),
            last_verb: moved(before.last_verb != next.last_verb, self.last_verb),
        }
    }

    /// Those whose last change is news to a phone.
    pub fn which(self, is_news: impl Fn(Modseq) -> bool) -> Marked {
        Marked {
            read: is_news(self.read),
            flag: is_news(self.flag),
            categories: is_news(self.categories),
            last_verb: is_news(self.last_verb),
        }
    }
}

/// Some of a message's marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "any of the marks may be among them")]
pub struct Marked {
    /// [`MailState::read`].
    pub read: bool,
    /// [`MailState::flag`].
    pub flag: bool,
    /// [`MailState::categories`].
    pub categories: bool,
    /// [`MailState::last_verb`].
    pub last_verb: bool,
}

impl Marked {
    /// Every one.
    pub const ALL: Marked = Marked { read: true, flag: true, categories: true, last_verb: true };
}

impl ItemMeta {
    /// Its place in its folder.
    pub fn position(&self) -> Position {
        Position { received: self.received, item: self.id.0 }
    }
}

/// An item with its bytes, exactly as they came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// All but the bytes.
    pub meta: ItemMeta,
    /// RFC 5322 message, iCalendar object (event, task, note) or vCard.
    pub content: Vec<u8>,
}

/// An item to be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewItem {
    /// Its bytes.
    pub content: Vec<u8>,
    /// What it is found by: [`crate::index::of`] its bytes.
    pub index: Index,
    /// What the user did with it.
    pub state: MailState,
    /// Its conversation.
    pub conversation: Conversation,
    /// Who adds it, so that adding it again finds it instead: `<device id>/<client id>` for a
    /// phone's add, `import/<digest>` for an import. At most 200 characters.
    pub origin: Option<String>,
}

/// Other bytes for an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replacement {
    /// The bytes.
    pub content: Vec<u8>,
    /// What it is found by: [`crate::index::of`] these bytes.
    pub index: Index,
    /// [`ItemMeta::content_modseq`] of the bytes that these were made from. Where it is another by now,
    /// the change is refused, so that two changes at once don't undo each other.
    pub expected: Option<Modseq>,
}

/// A change of a message's state. What is `None` stays.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Edit {
    /// Read or not.
    pub read: Option<bool>,
    /// Set (`Some(Some)`) or remove (`Some(None)`) the flag.
    pub flag: Option<Option<Flag>>,
    /// All categories, replacing those before.
    pub categories: Option<Vec<String>>,
    /// Answered or forwarded.
    pub last_verb: Option<(Verb, Timestamp)>,
}

impl Edit {
    /// The state with the change made.
    pub fn apply(&self, state: &MailState) -> MailState {
        let mut next = state.clone();
        if let Some(read) = self.read {
            next.read = read;
        }
        if let Some(flag) = &self.flag {
            next.flag.clone_from(flag);
        }
        if let Some(categories) = &self.categories {
            next.categories.clone_from(categories);
        }
        if let Some(verb) = self.last_verb {
            next.last_verb = Some(verb);
        }
        next
    }
}
