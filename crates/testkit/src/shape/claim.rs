//! What can be claimed of an element.

use fieldpost_eas::Version;
use fieldpost_eas::command::CommandName;

use super::Kind;

/// No upper bound of [`Claim::Number`].
pub const MANY: usize = usize::MAX;

/// An element and what is claimed of it.
#[derive(Debug)]
pub struct Element {
    /// The commands whose answers count; empty: all.
    pub of: &'static [CommandName],
    /// The element, as the end of a path: `Search:Store/Search:Status`, or `Search:Status` wherever it stands.
    pub path: &'static str,
    /// Each claim with the id of its requirement.
    pub claims: &'static [(&'static str, Claim)],
}

impl Element {
    /// An element in the answers to these commands; none named: in all answers.
    pub const fn new(
        of: &'static [CommandName],
        path: &'static str,
        claims: &'static [(&'static str, Claim)],
    ) -> Element {
        Element { of, path, claims }
    }
}

/// One claim. Paths are written like [`Element::path`].
#[derive(Debug, Clone, Copy)]
pub enum Claim {
    /// It is there, in a document that could be read.
    Seen,
    /// It is the root of each answer that has a document, and nothing else is.
    Identifies,
    /// It is a root.
    Root,
    /// Its parent is one of these.
    Parent(&'static [&'static str]),
    /// It was seen with this parent, perhaps besides others.
    ParentIn(&'static str),
    /// It has this ancestor.
    Within(&'static str),
    /// It has children, and they are of these.
    Children(&'static [&'static str]),
    /// It has no child elements.
    Childless,
    /// It is never without children.
    NotEmpty,
    /// If it has children, this is the first.
    First(&'static str),
    /// Children among these stand in this order.
    Order(&'static [&'static str]),
    /// What it holds.
    Holds(Kind),
    /// It is empty or of this kind.
    HoldsOrEmpty(Kind),
    /// It is empty at least once, and otherwise of this kind.
    EmptyOr(Kind),
    /// It has a text that is not empty.
    Filled,
    /// Each of these parents has so many of it.
    Number(&'static [&'static str], usize, usize),
    /// The same, in this version and later ones.
    NumberFrom(Version, &'static str, usize, usize),
    /// The same, in older versions.
    NumberBefore(Version, &'static str, usize, usize),
    /// Each of these parents that has this sibling has it too.
    With(&'static str, &'static str),
    /// The same, where the sibling has one of these values.
    When(&'static str, &'static str, &'static [&'static str]),
    /// The same, in this version and later ones.
    WhenFrom(Version, &'static str, &'static str, &'static [&'static str]),
    /// Its value is one of these.
    Values(&'static [&'static str]),
    /// Its value is one of these, or a status that all commands have in common (101 and above).
    Status(&'static [&'static str]),
    /// Its value is a number from here to there.
    Between(i64, i64),
    /// It has at most so many characters.
    Longest(usize),
    /// It is in answers of this version.
    In(Version),
    /// It is in answers of other versions, and in none of these.
    NotIn(&'static [Version]),
    /// It is in no answer.
    Never,
}
