//! What a device holds of one collection after one answer.

use std::collections::{BTreeMap, BTreeSet};

use roaring::RoaringBitmap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::options::Options;
use crate::id::{ItemId, Modseq, Position};
use crate::item::{ItemMeta, Shown};

/// A device's view of one collection. Two snapshots that differ in their key alone are the same view.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Snapshot {
    /// The sync key that stands for it.
    pub key: u64,
    /// Changes up to this one are dealt with.
    pub cursor: Modseq,
    /// Changes up to this one were dealt with when the device was last told all there was. An item
    /// whose bytes changed after it is sent whole, since an earlier change of it is not seen any more.
    pub synced: Modseq,
    /// The items that the device holds.
    #[serde(serialize_with = "write_bitmap", deserialize_with = "read_bitmap")]
    pub held: RoaringBitmap,
    /// Items that could not be converted: passed over until their bytes change.
    #[serde(serialize_with = "write_bitmap", deserialize_with = "read_bitmap")]
    pub skipped: RoaringBitmap,
    /// Items at or after this place were offered; those before it are still to come. The first sync,
    /// and a filter that was widened, moves it down, newest items first.
    pub floor: Position,
    /// Nothing that the device holds stands before this place. Below the floor only while a filter that
    /// was narrowed has not been told in full.
    pub bottom: Position,
    /// Where the filter stood when what stands before it was last looked through, with the conversations of what is
    /// within it whole; none: they are not kept whole.
    pub whole: Option<Position>,
    /// Which items the device was offered so far, mail or text messages.
    pub shown: Shown,
    /// Changes that the device made itself and that `cursor` has not passed yet: they are not told
    /// back to it. Item to counter value.
    pub echoes: BTreeMap<u32, u64>,
    /// All of the device's own changes in the request before this snapshot, whatever the cursor has
    /// passed: by them a request that is repeated finds its changes made.
    pub made: BTreeMap<u32, u64>,
    /// Items of which the device has a state that was refused (status 7): it is still to be told, in
    /// full, what they are.
    pub refused: BTreeSet<u32>,
    /// What the phone's adds in the request before this snapshot became: client id to item.
    pub added: Vec<(String, ItemId)>,
    /// The options in force.
    pub options: Options,
}

impl Snapshot {
    /// The view of a device that has just been given its first key: nothing, as of `now`.
    pub fn empty(key: u64, now: Modseq, options: Options) -> Snapshot {
        Snapshot {
            key,
            cursor: now,
            synced: now,
            held: RoaringBitmap::new(),
            skipped: RoaringBitmap::new(),
            floor: Position::NEWEST,
            bottom: Position::NEWEST,
            whole: None,
            shown: options.shown,
            echoes: BTreeMap::new(),
            made: BTreeMap::new(),
            refused: BTreeSet::new(),
            added: Vec::new(),
            options,
        }
    }

    /// Whether both are the same view, whatever their keys.
    pub fn same_view(&self, other: &Snapshot) -> bool {
        self.cursor == other.cursor
            && self.synced == other.synced
            && self.floor == other.floor
            && self.bottom == other.bottom
            && self.whole == other.whole
            && self.shown == other.shown
            && self.held == other.held
            && self.skipped == other.skipped
            && self.echoes == other.echoes
            && self.made == other.made
            && self.refused == other.refused
            && self.added == other.added
            && self.options == other.options
    }

    /// Whether the phone would see no difference between the two.
    pub fn same_items(&self, other: &Snapshot) -> bool {
        self.held == other.held && self.added == other.added
    }

    /// The device changed `item` itself, and the counter went from `before` to `after`. Its change is
    /// not told back to it, unless it did not know the state that it changed.
    pub fn note_own_change(&mut self, item: ItemId, before: Modseq, after: Modseq) {
        if before <= self.cursor || self.is_echo(item, before) {
            self.note_echo(item, after);
        }
    }

    /// A change of `item` that the device has made of its copy does not stand.
    pub fn note_refused(&mut self, item: ItemId) {
        self.refused.insert(item.0);
    }

    fn note_echo(&mut self, item: ItemId, modseq: Modseq) {
        self.echoes.insert(item.0, modseq.0);
        self.made.insert(item.0, modseq.0);
    }

    /// The device added an item itself. A request that is repeated may find the item changed since, which
    /// the device does not know.
    pub fn note_own_add(&mut self, client_id: String, meta: &ItemMeta) {
        self.hold(meta);
        let created = meta.content_modseq;
        let first = self.echoes.get(&meta.id.0).map_or(created, |modseq| Modseq(*modseq));
        self.note_echo(meta.id, first);
        self.added.push((client_id, meta.id));
    }

    /// The device changed `item` itself, and it stands at this place of the folder's order now.
    pub fn note_own_place(&mut self, item: ItemId, place: Position) {
        if self.held.contains(item.0) {
            self.bottom = self.bottom.min(place);
        }
    }

    /// The device removed `item` from the collection itself.
    pub fn note_own_delete(&mut self, item: ItemId) {
        self.held.remove(item.0);
        self.skipped.remove(item.0);
        self.echoes.remove(&item.0);
    }

    /// The device moved an item into the collection itself, and has its new id. Where it did not know
    /// the item's state as it was before the move (`known`), it is told that state.
    pub fn note_moved_in(&mut self, meta: &ItemMeta, known: bool) {
        self.hold(meta);
        if known {
            self.echoes.insert(meta.id.0, meta.modseq.0);
        }
    }

    /// Whether the device knows the item in the state that it had at this counter value.
    pub fn knows(&self, item: ItemId, modseq: Modseq) -> bool {
        self.held.contains(item.0) && (modseq <= self.cursor || self.is_echo(item, modseq))
    }

    fn hold(&mut self, meta: &ItemMeta) {
        self.held.insert(meta.id.0);
        self.bottom = self.bottom.min(meta.position());
    }

    /// An item that was planned for the device could not be given to it: it could not be converted,
    /// and is passed over until its bytes change.
    pub fn skip(&mut self, item: ItemId) {
        self.held.remove(item.0);
        self.skipped.insert(item.0);
    }

    /// An item that was planned for the device is gone already; its deletion need not be told.
    pub fn forget(&mut self, item: ItemId) {
        self.held.remove(item.0);
    }

    /// Whether the change of `item` with this value was the device's own.
    pub fn is_echo(&self, item: ItemId, modseq: Modseq) -> bool {
        self.echoes.get(&item.0) == Some(&modseq.0)
    }

    /// Drops what the cursor has passed.
    pub(super) fn prune(&mut self) {
        let cursor = self.cursor.0;
        self.echoes.retain(|_, modseq| *modseq > cursor);
    }
}

fn write_bitmap<S: Serializer>(bitmap: &RoaringBitmap, serializer: S) -> Result<S::Ok, S::Error> {
    let mut bitmap = bitmap.clone();
    bitmap.optimize();
    let mut bytes = Vec::with_capacity(bitmap.serialized_size());
    bitmap.serialize_into(&mut bytes).map_err(serde::ser::Error::custom)?;
    serializer.serialize_bytes(&bytes)
}

fn read_bitmap<'de, D: Deserializer<'de>>(deserializer: D) -> Result<RoaringBitmap, D::Error> {
    let bytes = Vec::<u8>::deserialize(deserializer)?;
    RoaringBitmap::deserialize_from(bytes.as_slice()).map_err(serde::de::Error::custom)
}
