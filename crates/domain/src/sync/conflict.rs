//! Whether a phone's change of an item stands ([MS-ASCMD] 2.2.3.34).

use super::options::Conflict;
use super::snapshot::Snapshot;
use crate::item::ItemMeta;

/// What to do with a phone's change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Make it.
    Apply,
    /// The server's state stays; status 7, and the phone is told that state.
    ServerWins,
}

/// Judges a change of an item that is now `current`, by a phone that had `view` of the collection;
/// `alters`: the change would make another item of it.
///
/// There is a conflict only where the item was changed here since the phone last heard of it, not by
/// the phone itself, and the change asked for would alter what it has now: a phone that marks a
/// message as read which somebody else has marked as read too is in conflict with nobody.
pub fn judge(view: &Snapshot, current: &ItemMeta, alters: bool) -> Verdict {
    let known = current.modseq <= view.cursor || view.is_echo(current.id, current.modseq);
    if known || !alters || view.options.conflict == Conflict::Client {
        Verdict::Apply
    } else {
        Verdict::ServerWins
    }
}
