//! Claims about the shape of answers, checked on everything that a server has answered.
//!
//! The protocol documents say of each element where it stands, what it holds and how often it may be there.
//! A test lets phones do all that they can and records the answers ([`Answers`]); tables of [`Element`]s say
//! what the documents say, each claim under the id of its requirement; [`check`] holds every occurrence of an
//! element in any answer against every claim about it. An element that was never seen has not been checked,
//! and fails.
//!
//! [`claim`] has what can be claimed, [`answers`] finds elements, [`notation`] writes requests down briefly.

pub mod answers;
pub mod claim;
mod judge;
mod kind;
pub mod notation;

pub use answers::Answers;
pub use claim::{Claim, Element, MANY};
pub use kind::Kind;

/// Holds a table against the answers.
///
/// # Panics
/// A claim is not met: with the ids and the first place of each.
pub fn check(table: &[Element], answers: &Answers) {
    let mut troubles = Vec::new();
    for element in table {
        for (id, claim) in element.claims {
            if let Err(trouble) = judge::judge(element, *claim, answers) {
                troubles.push(format!("{id}: {}: {claim:?}: {trouble}", element.path));
            }
        }
    }
    assert!(troubles.is_empty(), "{} claims are not met:\n{}", troubles.len(), troubles.join("\n"));
}
