//! What can be asked of a mailbox.

use super::text::SearchText;
use crate::id::FolderId;
use crate::item::{ItemMeta, Shown};

/// A part of an item that is searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// Subject, title or name.
    Subject,
    /// Who wrote it; the organizer.
    From,
    /// Whom it was written to; those who are invited, addresses of a contact.
    To,
    /// Who got a copy.
    Cc,
    /// Text.
    Body,
    /// Names of attachments.
    Attachment,
}

impl Field {
    /// All of them, in the order in which stores keep them.
    pub const ALL: [Field; 6] =
        [Field::Subject, Field::From, Field::To, Field::Cc, Field::Attachment, Field::Body];
}

/// Words that follow each other. Never empty; each is as [`super::words`] makes it, so it holds letters and
/// digits alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    words: Vec<String>,
    /// The last word may be the beginning of a longer one.
    pub prefix: bool,
    /// Where it stands; empty: anywhere.
    pub fields: Vec<Field>,
}

impl Phrase {
    /// The phrase of a text; none where there is no word in it.
    pub fn new(text: &str, prefix: bool) -> Option<Phrase> {
        let words: Vec<String> = super::words::words(text).take(Phrase::MOST_WORDS).collect();
        (!words.is_empty()).then_some(Phrase { words, prefix, fields: Vec::new() })
    }

    /// Most words of one phrase; more are not compared.
    pub const MOST_WORDS: usize = 32;

    /// The same in these fields alone.
    pub fn within(mut self, fields: &[Field]) -> Phrase {
        self.fields = fields.to_vec();
        self
    }

    /// Its words.
    pub fn words(&self) -> &[String] {
        &self.words
    }
}

/// What must hold of an item's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expression {
    /// The phrase stands in it.
    Phrase(Phrase),
    /// It has attachments, or has none.
    HasAttachments(bool),
    /// All of these hold.
    All(Vec<Expression>),
    /// One of these holds.
    Any(Vec<Expression>),
    /// This does not hold.
    Not(Box<Expression>),
}

impl Expression {
    /// Whether it holds of a text whose parts are words already. What an index must find; no index looks
    /// so slowly.
    pub fn holds(&self, text: &SearchText) -> bool {
        match self {
            Expression::Phrase(phrase) => phrase.stands_in(text),
            Expression::HasAttachments(has) => text.has_attachments == *has,
            Expression::All(all) => all.iter().all(|one| one.holds(text)),
            Expression::Any(any) => any.iter().any(|one| one.holds(text)),
            Expression::Not(not) => !not.holds(text),
        }
    }
}

impl Phrase {
    fn stands_in(&self, text: &SearchText) -> bool {
        let fields = if self.fields.is_empty() { &Field::ALL[..] } else { &self.fields };
        fields.iter().any(|field| {
            let words: Vec<&str> = text.part(*field).split(' ').collect();
            words.windows(self.words.len()).any(|found| {
                let mut pairs = found.iter().zip(&self.words).rev();
                let last = pairs.next().is_some_and(|(found, word)| match self.prefix {
                    true => found.starts_with(word.as_str()),
                    false => found == word,
                });
                last && pairs.all(|(found, word)| found == word)
            })
        })
    }
}

/// A search.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    /// What must hold of the text; none: any item.
    pub text: Option<Expression>,
    /// The folders to look in; none are searched where this is empty.
    pub folders: Vec<FolderId>,
    /// The conversation that items belong to.
    pub conversation: Option<[u8; 16]>,
    /// Whether text messages count, and other items.
    pub shown: Shown,
    /// Received after this, milliseconds since 1970 UTC; the time itself does not count.
    pub after: Option<i64>,
    /// Received before this; the time itself does not count.
    pub before: Option<i64>,
    /// How many of the first results to pass over.
    pub skip: u32,
    /// Most results.
    pub limit: u32,
    /// How far to count them all.
    pub count_to: u32,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Found {
    /// The results, newest first by [`ItemMeta::received`].
    pub items: Vec<ItemMeta>,
    /// How many there are in all, or [`Query::count_to`] where there are more.
    pub total: u32,
}
