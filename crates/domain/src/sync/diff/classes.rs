//! Mail and text messages in one folder ([MS-ASCMD] 2.2.3.27.6): a phone is told of those that it asks for.

use super::{Command, PORTION, Planner};
use crate::backend::BackendError;
use crate::id::{ItemId, Position};
use crate::item::ItemMeta;

impl Planner<'_> {
    /// Whether an item is of a class that the phone asks for.
    pub(super) fn is_wanted(&self, meta: &ItemMeta) -> bool {
        let held = self.plan.next.held.contains(meta.id.0);
        self.plan.next.options.shown.includes(&meta.state, held)
    }

    /// Where the phone asks for other classes than before, what it does not want any more is out of its view,
    /// and what was passed over is offered.
    pub(super) async fn narrow_to_classes(&mut self) -> Result<(), BackendError> {
        if self.plan.next.shown == self.plan.next.options.shown {
            return Ok(());
        }
        let held: Vec<ItemId> = self.plan.next.held.iter().map(ItemId).collect();
        for portion in held.chunks(PORTION) {
            for meta in self.backend.metas(self.mailbox, portion).await? {
                // What lies elsewhere by now is told as any deletion.
                if meta.folder != self.folder || self.is_wanted(&meta) {
                    continue;
                }
                if self.is_full() {
                    self.plan.more = true;
                    return Ok(());
                }
                self.plan.next.held.remove(meta.id.0);
                self.tell(Command::SoftDelete(meta.id), 0);
            }
        }
        self.plan.next.floor = Position::NEWEST;
        self.plan.next.shown = self.plan.next.options.shown;
        Ok(())
    }
}
