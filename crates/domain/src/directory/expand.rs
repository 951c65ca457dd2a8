//! Who belongs to a group in the end, through all groups within it.

use std::collections::HashSet;

use super::{Directory, DirectoryError, Entry, EntryId, EntryKind, Member};

/// Most members of a group, counted through all groups within it.
pub const MEMBERS_MAX: usize = 10_000;
/// How deep groups may lie in each other; what lies deeper is left out.
pub const DEPTH_MAX: usize = 16;

/// The members of a group that are no groups themselves, each once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Expansion {
    /// They, in the order in which they are met.
    pub members: Vec<Member>,
    /// There are more: [`MEMBERS_MAX`] or [`DEPTH_MAX`] was reached.
    pub cut_off: bool,
}

/// Expands a group. A group that contains itself, over however many others, adds nothing by that.
///
/// # Errors
/// The directory's own trouble.
pub async fn expand(directory: &dyn Directory, group: EntryId) -> Result<Expansion, DirectoryError> {
    let mut expansion = Expansion::default();
    let mut groups: HashSet<EntryId> = HashSet::from([group]);
    let mut known: HashSet<String> = HashSet::new();
    let mut level = vec![group];
    for _ in 0..DEPTH_MAX {
        let mut below = Vec::new();
        for group in std::mem::take(&mut level) {
            for member in directory.members(group).await? {
                match &member.entry {
                    Some(Entry { id, kind: EntryKind::Group, .. }) => {
                        if groups.insert(*id) {
                            below.push(*id);
                        }
                    }
                    // Two addresses of one account are one member.
                    Some(entry) => {
                        let key = entry.address().to_lowercase();
                        add(&mut expansion, &mut known, key, member);
                    }
                    None => {
                        let key = member.address.to_lowercase();
                        add(&mut expansion, &mut known, key, member);
                    }
                }
                if expansion.cut_off {
                    return Ok(expansion);
                }
            }
        }
        if below.is_empty() {
            return Ok(expansion);
        }
        level = below;
    }
    expansion.cut_off = true;
    Ok(expansion)
}

fn add(expansion: &mut Expansion, known: &mut HashSet<String>, key: String, member: Member) {
    if !known.insert(key) {
        return;
    }
    if expansion.members.len() == MEMBERS_MAX {
        expansion.cut_off = true;
    } else {
        expansion.members.push(member);
    }
}
