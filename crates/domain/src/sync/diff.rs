//! From a snapshot and the mailbox to what the phone must be told, and the snapshot after that.
//!
//! Three sources, in this order: items that fell out of the filter, or are of a class that is not wanted any more; changes since the cursor, oldest
//! first; items that were never offered, newest first. Each is read by index in portions, so that the
//! cost grows with the answer and not with the mailbox.

mod classes;
mod conversations;

use std::collections::HashSet;

use super::snapshot::Snapshot;
use crate::backend::{Backend, BackendError, Change};
use crate::id::{FolderId, ItemId, MailboxId, Position};
use crate::item::{ItemMeta, Marked};

/// Changes read at once beyond what the window asks for.
const PORTION: usize = 128;

/// One thing to tell the phone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Command {
    /// The phone does not hold the item: send it whole.
    Add(ItemId),
    /// The phone holds it.
    Change {
        /// Which.
        item: ItemId,
        /// What of it.
        changed: Changed,
    },
    /// It is gone.
    Delete(ItemId),
    /// It is there, but out of the phone's view.
    SoftDelete(ItemId),
}

/// What changed of an item that a phone holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Changed {
    /// Its bytes, or what the phone has made of its copy does not stand: send it whole.
    Whole,
    /// These marks alone, and by somebody else.
    Marks(Marked),
}

impl Command {
    /// The item.
    pub fn item(self) -> ItemId {
        match self {
            Command::Add(item)
            | Command::Change { item, .. }
            | Command::Delete(item)
            | Command::SoftDelete(item) => item,
        }
    }
}

/// A command, and what it costs to carry out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Planned {
    /// What to tell.
    pub command: Command,
    /// Bytes to be read for it: the item's size where it is sent whole, else 0.
    pub size: u32,
}

/// An answer to be given.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// What to tell, in order.
    pub commands: Vec<Planned>,
    /// The phone's view after that; its key is that of the snapshot before.
    pub next: Snapshot,
    /// There is more to tell than the window holds.
    pub more: bool,
}

/// How much an answer may hold.
#[derive(Debug, Clone, Copy)]
pub struct Window {
    /// Commands, 1 to 512.
    pub commands: usize,
    /// Bytes of items as stored, cut to what the phone takes of each; one item always fits.
    pub bytes: u64,
    /// Most bytes that the phone takes of one item.
    pub bytes_per_item: u64,
}

struct Planner<'a> {
    backend: &'a dyn Backend,
    mailbox: MailboxId,
    folder: FolderId,
    window: Window,
    bytes: u64,
    /// Before this place the phone wants nothing.
    cutoff: Position,
    plan: Plan,
    /// Conversations that the phone has the whole of, looked at for this plan.
    complete: HashSet<[u8; 16]>,
}

/// Computes what a phone that holds `base` of the folder must be told. `now_ms` moves the filter.
pub async fn plan(
    backend: &dyn Backend,
    mailbox: MailboxId,
    folder: FolderId,
    base: Snapshot,
    window: Window,
    now_ms: i64,
) -> Result<Plan, BackendError> {
    let cutoff = cutoff(backend, mailbox, folder, &base, now_ms).await?;
    let plan = Plan { commands: Vec::new(), next: base, more: false };
    let complete = HashSet::new();
    let mut planner = Planner { backend, mailbox, folder, window, bytes: 0, cutoff, plan, complete };
    planner.narrow_to_classes().await?;
    planner.narrow().await?;
    planner.changes().await?;
    planner.backfill().await?;
    planner.plan.next.prune();
    Ok(planner.plan)
}

/// How many commands a phone that holds `base` is still to be told, for GetItemEstimate.
pub async fn estimate(
    backend: &dyn Backend,
    mailbox: MailboxId,
    folder: FolderId,
    base: Snapshot,
    now_ms: i64,
) -> Result<u64, BackendError> {
    let cutoff = cutoff(backend, mailbox, folder, &base, now_ms).await?;
    let shown = base.options.shown;
    let unseen = if base.floor > cutoff {
        backend.count(mailbox, folder, base.floor, cutoff, shown).await?
    } else {
        0
    };
    let is_reclassified = base.shown != shown;
    let window = Window { commands: usize::MAX, bytes: u64::MAX, bytes_per_item: 0 };
    let plan = Plan { commands: Vec::new(), next: base, more: false };
    let complete = HashSet::new();
    let mut planner = Planner { backend, mailbox, folder, window, bytes: 0, cutoff, plan, complete };
    planner.narrow_to_classes().await?;
    planner.narrow().await?;
    planner.changes().await?;
    if planner.keeps_whole() || is_reclassified {
        // What comes with what is unseen, or was passed over, can't be counted without looking at it.
        planner.backfill().await?;
        return Ok(planner.plan.commands.len() as u64);
    }
    Ok(unseen + planner.plan.commands.len() as u64)
}

/// Most items that [`Options::max_items`](super::options::Options::max_items) is looked at for.
const MAX_ITEMS: usize = 1000;

/// The place before which the phone wants nothing: by time, or by number of items.
async fn cutoff(
    backend: &dyn Backend,
    mailbox: MailboxId,
    folder: FolderId,
    base: &Snapshot,
    now_ms: i64,
) -> Result<Position, BackendError> {
    let floor = base.options.filter.floor(now_ms);
    let Some(most) = base.options.max_items.map(|most| most as usize).filter(|most| *most < MAX_ITEMS) else {
        return Ok(floor);
    };
    let page = backend.older(mailbox, folder, Position::NEWEST, floor, most + 1).await?;
    let last = page.get(most).and_then(|_| page.get(most.checked_sub(1)?));
    Ok(last.map_or(floor, ItemMeta::position))
}

impl Planner<'_> {
    fn is_full(&self) -> bool {
        self.plan.commands.len() >= self.window.commands
            || (self.bytes >= self.window.bytes && !self.plan.commands.is_empty())
    }

    fn room(&self) -> usize {
        self.window.commands.saturating_sub(self.plan.commands.len())
    }

    fn portion(&self) -> usize {
        self.room().min(PORTION) + 1
    }

    fn tell(&mut self, command: Command, size: u32) {
        self.bytes += u64::from(size).min(self.window.bytes_per_item);
        self.plan.commands.push(Planned { command, size });
    }

    /// Items before a cutoff that has moved up: out of view, not deleted.
    async fn narrow(&mut self) -> Result<(), BackendError> {
        if self.plan.more {
            return Ok(());
        }
        if self.keeps_whole() {
            return self.narrow_to_conversations().await;
        }
        self.plan.next.whole = None;
        self.plan.next.floor = self.plan.next.floor.max(self.cutoff);
        let mut before = self.cutoff;
        while self.plan.next.bottom < self.cutoff {
            let bottom = self.plan.next.bottom;
            let page = self.backend.older(self.mailbox, self.folder, before, bottom, PORTION).await?;
            for meta in &page {
                self.plan.next.skipped.remove(meta.id.0);
                if self.plan.next.held.contains(meta.id.0) {
                    if self.is_full() {
                        self.plan.more = true;
                        return Ok(());
                    }
                    self.plan.next.held.remove(meta.id.0);
                    self.tell(Command::SoftDelete(meta.id), 0);
                }
                before = meta.position();
            }
            if page.len() < PORTION {
                self.plan.next.bottom = self.cutoff;
            }
        }
        Ok(())
    }

    async fn changes(&mut self) -> Result<(), BackendError> {
        if self.plan.more {
            return Ok(());
        }
        loop {
            let limit = self.portion();
            let since = self.plan.next.cursor;
            let page = self.backend.changes(self.mailbox, self.folder, since, limit).await?;
            for change in &page {
                let in_view = match change {
                    Change::Live(meta) => {
                        let offered = meta.position() >= self.plan.next.floor;
                        if offered && !self.complete(meta).await? {
                            return Ok(());
                        }
                        self.is_in_view(meta).await?
                    }
                    Change::Gone { .. } => false,
                };
                if let Some((command, size)) = self.judge(change, in_view) {
                    if self.is_full() {
                        self.plan.more = true;
                        return Ok(());
                    }
                    self.apply(command);
                    self.tell(command, size);
                }
                self.note_place(change);
                if let Change::Gone { id, .. } = change {
                    self.plan.next.skipped.remove(id.0);
                }
                self.plan.next.cursor = change.modseq();
            }
            if page.len() < limit {
                self.plan.next.synced = self.plan.next.cursor;
                return Ok(());
            }
        }
    }

    /// An item that the phone holds may have moved down in the folder's order.
    fn note_place(&mut self, change: &Change) {
        if let Change::Live(meta) = change
            && self.plan.next.held.contains(meta.id.0)
        {
            self.plan.next.bottom = self.plan.next.bottom.min(meta.position());
        }
    }

    /// What the phone must be told of a change, if anything.
    fn judge(&self, change: &Change, in_view: bool) -> Option<(Command, u32)> {
        let view = &self.plan.next;
        let held = view.held.contains(change.id().0);
        let meta = match change {
            Change::Gone { id, .. } => return held.then_some((Command::Delete(*id), 0)),
            Change::Live(meta) => meta,
        };
        if held && !in_view {
            return Some((Command::SoftDelete(meta.id), 0));
        }
        if view.is_echo(meta.id, meta.modseq) {
            return None;
        }
        if held {
            let refused = view.refused.contains(&meta.id.0);
            let (changed, size) = if refused || meta.content_modseq > view.synced {
                (Changed::Whole, meta.size)
            } else {
                let is_news = |modseq| modseq > view.synced && !view.is_echo(meta.id, modseq);
                (Changed::Marks(meta.marks.which(is_news)), 0)
            };
            return Some((Command::Change { item: meta.id, changed }, size));
        }
        // An item that could not be converted is tried again when its bytes change; one that has not
        // been offered yet comes with its neighbours.
        let poisoned = view.skipped.contains(meta.id.0) && meta.content_modseq <= view.synced;
        let offered = meta.position() >= view.floor || meta.position() < self.cutoff;
        (in_view && offered && !poisoned).then_some((Command::Add(meta.id), meta.size))
    }

    fn apply(&mut self, command: Command) {
        let view = &mut self.plan.next;
        let item = command.item().0;
        view.refused.remove(&item);
        match command {
            Command::Add(_) => {
                view.held.insert(item);
                view.skipped.remove(item);
            }
            Command::Change { .. } => {}
            Command::Delete(_) | Command::SoftDelete(_) => {
                view.held.remove(item);
            }
        }
    }

    /// Items before the floor that the filter lets through: newest first, so that a first sync begins
    /// with what its user wants to see.
    async fn backfill(&mut self) -> Result<(), BackendError> {
        while !self.plan.more && self.plan.next.floor > self.cutoff {
            let limit = self.portion();
            let floor = self.plan.next.floor;
            let page = self.backend.older(self.mailbox, self.folder, floor, self.cutoff, limit).await?;
            for meta in &page {
                if self.is_full() {
                    self.plan.more = true;
                    return Ok(());
                }
                if !self.complete(meta).await? {
                    return Ok(());
                }
                if self.is_full() {
                    self.plan.more = true;
                    return Ok(());
                }
                self.offer(meta);
            }
            if page.len() < limit {
                self.reach(self.cutoff);
            }
        }
        Ok(())
    }

    fn reach(&mut self, place: Position) {
        self.plan.next.floor = place;
        self.plan.next.bottom = self.plan.next.bottom.min(place);
    }

    fn offer(&mut self, meta: &ItemMeta) {
        self.reach(meta.position());
        if !self.is_wanted(meta) {
            return;
        }
        let known = self.plan.next.held.contains(meta.id.0) || self.plan.next.skipped.contains(meta.id.0);
        if !known {
            self.apply(Command::Add(meta.id));
            self.tell(Command::Add(meta.id), meta.size);
        }
    }
}
