//! Whole conversations within a filter ([MS-ASCON] 3.1.4.9): where a message stands within the filter, the
//! others of its conversation in the folder are told too, however old they are.
//!
//! They come with the message that brings them in. They go when the filter moves, which is once a day, and
//! leaves none of the conversation within it.

use std::collections::HashSet;

use super::{Command, PORTION, Planner};
use crate::backend::BackendError;
use crate::id::{ItemId, Position};
use crate::item::ItemMeta;
use crate::search::Query;

/// Messages of a conversation that are looked at, the newest ones.
const MAX_MESSAGES: u32 = 1000;

impl Planner<'_> {
    /// Whether the phone wants conversations whole, and the filter leaves something out of them.
    pub(super) fn keeps_whole(&self) -> bool {
        self.plan.next.options.conversations && self.cutoff > Position::OLDEST
    }

    async fn conversation(&self, meta: &ItemMeta) -> Result<Vec<ItemMeta>, BackendError> {
        let query = Query {
            folders: vec![self.folder],
            conversation: Some(meta.conversation.id),
            shown: self.plan.next.options.shown,
            limit: MAX_MESSAGES,
            count_to: MAX_MESSAGES,
            ..Query::default()
        };
        Ok(self.backend.search(self.mailbox, &query).await?.items)
    }

    /// Whether an item is for the phone: within the filter, or with one that is, and was offered before.
    pub(super) async fn is_in_view(&self, meta: &ItemMeta) -> Result<bool, BackendError> {
        if !self.is_wanted(meta) {
            return Ok(false);
        }
        if meta.position() >= self.cutoff {
            return Ok(true);
        }
        if !self.keeps_whole() {
            return Ok(false);
        }
        let held = self.plan.next.held.contains(meta.id.0);
        let from = if held { self.cutoff } else { self.cutoff.max(self.plan.next.floor) };
        Ok(self.conversation(meta).await?.iter().any(|other| other.position() >= from))
    }

    /// Adds what the phone lacks of the conversation of an item within the filter. False: the answer is full
    /// before that is done.
    pub(super) async fn complete(&mut self, meta: &ItemMeta) -> Result<bool, BackendError> {
        let conversation = meta.conversation.id;
        if !self.is_wanted(meta)
            || !self.keeps_whole()
            || meta.position() < self.cutoff
            || self.complete.contains(&conversation)
        {
            return Ok(true);
        }
        for other in self.conversation(meta).await? {
            let view = &self.plan.next;
            let known = view.held.contains(other.id.0) || view.skipped.contains(other.id.0);
            if known || other.position() >= self.cutoff {
                continue;
            }
            if self.is_full() {
                self.plan.more = true;
                return Ok(false);
            }
            self.plan.next.bottom = self.plan.next.bottom.min(other.position());
            self.apply(Command::Add(other.id));
            self.tell(Command::Add(other.id), other.size);
        }
        self.complete.insert(conversation);
        Ok(true)
    }

    /// As [`Planner::narrow`](super::Planner), for what stands before the filter in conversations of which
    /// nothing is within it any more.
    pub(super) async fn narrow_to_conversations(&mut self) -> Result<(), BackendError> {
        // All that is within the filter is offered again, where conversations were not kept whole before, or the
        // filter moved on before all of it was offered: what the phone has is not told again, but brings in the
        // rest of its conversation.
        let was_offered = self.plan.next.whole.is_some_and(|whole| self.plan.next.floor <= whole);
        if !was_offered && self.plan.next.whole != Some(self.cutoff) {
            self.plan.next.floor = Position::NEWEST;
        }
        self.plan.next.floor = self.plan.next.floor.max(self.cutoff);
        if self.plan.next.whole == Some(self.cutoff) {
            return Ok(());
        }
        let held: Vec<ItemId> = self.plan.next.held.iter().map(ItemId).collect();
        let (mut before, mut within) = (Vec::new(), HashSet::new());
        for portion in held.chunks(PORTION) {
            for meta in self.backend.metas(self.mailbox, portion).await? {
                if meta.folder == self.folder && meta.position() >= self.cutoff {
                    within.insert(meta.conversation.id);
                } else if meta.folder == self.folder {
                    before.push((meta.id, meta.conversation.id));
                }
            }
        }
        for (item, _) in before.into_iter().filter(|(_, conversation)| !within.contains(conversation)) {
            if self.is_full() {
                self.plan.more = true;
                return Ok(());
            }
            self.plan.next.held.remove(item.0);
            self.tell(Command::SoftDelete(item), 0);
        }
        self.plan.next.whole = Some(self.cutoff);
        Ok(())
    }
}
