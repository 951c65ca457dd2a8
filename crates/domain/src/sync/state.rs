//! The snapshots of one collection, and what a sync key means ([MS-ASCMD] 3.1.5.9, MS-ASCMD_R5106 to
//! R5121).
//!
//! A key that was answered may be asked for again, because its answer was lost; the server can't know
//! until the phone uses the key of that answer. So the snapshot that the phone last confirmed stays,
//! beside every answer that was made from it. An answer made again is the same answer, with the same
//! key, unless something came in between; then it has a key of its own, and the phone may go on from
//! either.

use fieldpost_eas::page::Tag;
use serde::{Deserialize, Serialize};

use super::options::Options;
use super::snapshot::Snapshot;
use crate::convert::Ghosting;
use crate::id::Modseq;

/// Answers from one snapshot that are remembered.
const ANSWERS: usize = 3;

/// Format of [`CollectionState::to_bytes`].
const FORMAT: u8 = 5;

/// Most properties that are remembered; no class has as many.
const MAX_SUPPORTED: usize = 200;

/// All that is kept of one collection of one device.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CollectionState {
    next_key: u64,
    /// What the phone last confirmed by using its key.
    confirmed: Option<Snapshot>,
    /// Answers made from it, oldest first; the phone has one of them or none.
    answers: Vec<Snapshot>,
    /// The properties that the phone manages, page and token of each; none: it did not say.
    supported: Option<Vec<(u8, u8)>>,
}

/// What a request's key means.
#[derive(Debug, Clone, PartialEq)]
pub enum Base {
    /// The newest: the phone got the last answer, and goes on from this snapshot.
    Next(Snapshot),
    /// The one before: the last answer was lost, and is to be given again from this snapshot.
    Again(Snapshot),
    /// None that is known: status 3.
    Unknown,
}

impl CollectionState {
    /// A new state, for sync key 0. `start` is random, so that a key of an earlier life of this
    /// collection is not taken for one of this one.
    pub fn start(start: u32, now: Modseq, options: Options) -> (CollectionState, u64) {
        let key = (u64::from(start) << 16) + 1;
        let first = Snapshot::empty(key, now, options);
        (CollectionState { next_key: key + 1, confirmed: None, answers: vec![first], supported: None }, key)
    }

    /// Remembers for the life of the state what the phone said in `Supported`, with key 0.
    pub fn set_supported(&mut self, tags: &[Tag]) {
        self.supported = Some(tags.iter().take(MAX_SUPPORTED).map(|tag| (tag.page, tag.token)).collect());
    }

    /// What it means that an element is missing in a Change (MS-ASCMD_R5906, R5907, R5909).
    pub fn ghosting(&self) -> Ghosting {
        let tag = |(page, token): &(u8, u8)| Tag { page: *page, token: *token };
        match &self.supported {
            None => Ghosting::None,
            Some(listed) if listed.is_empty() => Ghosting::All,
            Some(listed) => Ghosting::Supported(listed.iter().map(tag).collect()),
        }
    }

    /// What `key` means.
    pub fn base(&self, key: &str) -> Base {
        let Ok(key) = key.parse::<u64>() else {
            return Base::Unknown;
        };
        if let Some(answer) = self.answers.iter().find(|s| s.key == key) {
            return Base::Next(answer.clone());
        }
        match &self.confirmed {
            Some(snapshot) if snapshot.key == key => Base::Again(snapshot.clone()),
            _ => Base::Unknown,
        }
    }

    /// The view of the last answer, whether the phone got it or not: what Ping and GetItemEstimate
    /// look at (MS-ASCMD_R5636).
    pub fn newest(&self) -> Option<&Snapshot> {
        self.answers.last().or(self.confirmed.as_ref())
    }

    /// Changes of the phone's that were made with the key of `base` before: to be recognised as made.
    pub fn echoes_of_answers(&self, base: &Snapshot) -> Vec<(u32, u64)> {
        if self.confirmed.as_ref().is_none_or(|c| c.key != base.key) {
            return Vec::new();
        }
        self.answers.iter().flat_map(|a| a.made.iter().map(|(k, v)| (*k, *v))).collect()
    }

    /// Records the answer that leads from `base` to `next`, and gives the key that stands for it.
    ///
    /// `next.key` is not looked at. Where the phone would see nothing new and sent nothing that
    /// changed its view, the key stays and only the place in the change counter moves on.
    pub fn answer(&mut self, base: &Snapshot, mut next: Snapshot, unchanged: bool) -> u64 {
        let again = self.confirmed.as_ref().is_some_and(|c| c.key == base.key);
        if !again {
            let answers = std::mem::take(&mut self.answers);
            self.confirmed = answers.into_iter().find(|s| s.key == base.key);
        }
        if unchanged && self.answers.is_empty() {
            next.key = base.key;
            self.confirmed = Some(next);
            return base.key;
        }
        if let Some(same) = self.answers.iter().find(|a| a.same_view(&next)) {
            return same.key;
        }
        let key = self.next_key;
        self.next_key += 1;
        next.key = key;
        if self.answers.len() == ANSWERS {
            self.answers.remove(0);
        }
        self.answers.push(next);
        key
    }

    /// Every snapshot, for changes that a phone makes outside Sync (MoveItems).
    pub fn snapshots_mut(&mut self) -> impl Iterator<Item = &mut Snapshot> {
        self.confirmed.iter_mut().chain(self.answers.iter_mut())
    }

    /// For the store.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = vec![FORMAT];
        // Writing to a Vec does not fail; an empty state would only make the phone start again.
        if let Ok(body) = postcard::to_stdvec(self) {
            bytes.extend_from_slice(&body);
        }
        bytes
    }

    /// From the store. `None` where the bytes are of another format: the phone starts again, with
    /// status 3.
    pub fn from_bytes(bytes: &[u8]) -> Option<CollectionState> {
        let (format, body) = bytes.split_first()?;
        if *format != FORMAT {
            return None;
        }
        postcard::from_bytes(body).ok()
    }
}
