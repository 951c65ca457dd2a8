//! Sync: items and their changes in both directions ([MS-ASCMD] 2.2.1.21), in the form of each
//! version.
//!
//! The request is kept until its answer has come. If that was lost, the next Sync first sends the
//! same bytes again: same keys, same commands, same client ids.

mod items;
mod request;

use std::collections::BTreeMap;

use bytes::Bytes;
use serde::Serialize;

use fieldpost_eas::command::CommandName;
use fieldpost_eas::command::sync::{Response, response};
use fieldpost_eas::version::Version;

use crate::error::PhoneError;
use crate::identity::Call;
use crate::phone::{Phone, decode};
use crate::state::{Progress, State};

pub use items::Added;

/// Most requests that [`Phone::sync_all`] makes for one collection.
const MAX_ROUNDS: usize = 10_000;

/// What a Sync asks.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SyncPlan {
    /// The collections, in the order in which they are to be served.
    pub collections: Vec<String>,
    /// How long the server may wait for changes.
    pub hang: Hang,
    /// Most changes in the whole answer.
    pub window: Option<u32>,
    /// How much of the request is written out.
    pub form: Form,
    /// `GetChanges` is written as "no": the phone only says what the user did.
    pub no_changes: bool,
    /// The options are left out: the server has those of last time.
    pub without_options: bool,
}

/// How long the server may wait for changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Hang {
    /// Not at all.
    #[default]
    No,
    /// Minutes (12.1).
    Wait(u32),
    /// Seconds (14.0).
    Heartbeat(u32),
}

impl Hang {
    fn longest(self) -> std::time::Duration {
        let seconds = match self {
            Hang::No => 0,
            Hang::Wait(minutes) => u64::from(minutes) * 60,
            Hang::Heartbeat(seconds) => u64::from(seconds),
        };
        std::time::Duration::from_secs(seconds)
    }
}

/// How much of a request is written out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Form {
    /// All of it.
    #[default]
    Full,
    /// The collections named, the rest as last time (12.1).
    Partial,
    /// Nothing: all as last time (12.1). User's changes wait.
    Empty,
}

impl SyncPlan {
    /// A full request for these collections that does not wait.
    pub fn of(collections: &[&str]) -> SyncPlan {
        SyncPlan { collections: collections.iter().map(|c| (*c).to_owned()).collect(), ..SyncPlan::default() }
    }
}

/// A request that has no answer yet.
#[derive(Debug, Clone)]
pub(crate) struct Pending {
    plan: SyncPlan,
    body: Bytes,
    version: Version,
    /// Whether it carries what the user did, and so must not be made anew.
    carries_edits: bool,
}

/// What a Sync did.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct SyncOutcome {
    /// What happened in each collection that the answer names.
    pub collections: BTreeMap<String, Progress>,
    /// Collections whose key was refused (3): they are empty now, and begin again with the next Sync.
    pub restarted: Vec<String>,
    /// Collections that failed with another status, each with it. Their key stays.
    pub failed: Vec<(String, u8)>,
    /// The folders changed, or one is gone (8, 12): FolderSync comes first.
    pub hierarchy_changed: bool,
    /// The server's bound on waiting time (14) or number of collections (15): status and bound.
    pub limit: Option<(u8, Option<u32>)>,
    /// The server lacks what a partial or empty request leaves out (13): ask in full.
    pub incomplete: bool,
    /// The answer had no body: no news.
    pub no_news: bool,
}

impl SyncOutcome {
    /// Whether another Sync would bring more.
    pub fn more(&self) -> bool {
        !self.restarted.is_empty() || self.collections.values().any(|p| p.more_available)
    }

    pub(crate) fn extend(&mut self, later: SyncOutcome) {
        for (id, progress) in later.collections {
            self.collections.entry(id).or_default().extend(progress);
        }
        self.restarted.extend(later.restarted);
        self.failed.extend(later.failed);
        self.hierarchy_changed |= later.hierarchy_changed;
        self.limit = later.limit.or(self.limit);
        self.incomplete = later.incomplete;
        self.no_news = later.no_news;
    }
}

impl Phone {
    /// One Sync of these collections: what the user did goes up, what changed comes down, at most a
    /// window of it. A collection that the phone never synchronised only gets its first key.
    pub async fn sync(&mut self, collections: &[&str]) -> Result<SyncOutcome, PhoneError> {
        self.sync_with(&SyncPlan::of(collections)).await
    }

    /// One Sync as planned. If the answer to an earlier one was lost and that one carried what the
    /// user did, it is repeated first, byte for byte; the outcome is that of both.
    pub async fn sync_with(&mut self, plan: &SyncPlan) -> Result<SyncOutcome, PhoneError> {
        let mut outcome = match &self.pending {
            Some(pending) if pending.carries_edits && pending.version == self.version() => {
                self.repeat_sync().await?
            }
            _ => {
                self.drop_pending_sync();
                SyncOutcome::default()
            }
        };
        self.pending = Some(self.prepare(plan)?);
        outcome.extend(self.repeat_sync().await?);
        Ok(outcome)
    }

    /// Whether a Sync was sent whose answer has not come.
    pub fn has_pending_sync(&self) -> bool {
        self.pending.is_some()
    }

    /// Sends the pending Sync, byte for byte as it was sent before, and takes its answer. Nothing
    /// happens without one.
    pub async fn repeat_sync(&mut self) -> Result<SyncOutcome, PhoneError> {
        let Some(pending) = self.pending.clone() else {
            return Ok(SyncOutcome::default());
        };
        let mut call = Call::wbxml(CommandName::Sync, pending.body);
        call.longer = pending.plan.hang.longest();
        let answer = self.exchange(&call).await?;
        let outcome = match answer.body.is_empty() {
            true => self.take_silence(&pending.plan),
            false => {
                let response: Response = decode(CommandName::Sync, &answer)?;
                self.take_answer(&pending.plan, response)?
            }
        };
        self.pending = None;
        Ok(outcome)
    }

    /// Forgets the pending Sync: its edits will be sent by another one.
    pub fn drop_pending_sync(&mut self) {
        if self.pending.take().is_some() {
            for collection in self.state.collections.values_mut() {
                collection.recall();
            }
        }
    }

    /// Syncs these collections until the server has no more and nothing waits on the phone. After
    /// each answer `after` is told what the phone has now and what the answer did. A refused key is followed by a fresh start; changed
    /// folders end it, and the outcome says so.
    pub async fn sync_all(
        &mut self,
        collections: &[&str],
        mut after: impl FnMut(&State, &SyncOutcome),
    ) -> Result<SyncOutcome, PhoneError> {
        let mut whole = SyncOutcome::default();
        let mut wanted: Vec<String> = collections.iter().map(|c| (*c).to_owned()).collect();
        for _ in 0..MAX_ROUNDS {
            let plan = SyncPlan { collections: wanted.clone(), ..SyncPlan::default() };
            let outcome = self.sync_with(&plan).await?;
            after(&self.state, &outcome);
            let stop = outcome.hierarchy_changed || outcome.limit.is_some();
            let failed: Vec<String> = outcome.failed.iter().map(|(id, _)| id.clone()).collect();
            whole.extend(outcome);
            let state = &self.state;
            wanted.retain(|id| {
                !failed.contains(id)
                    && state.collections.get(id).is_some_and(|c| {
                        c.is_first() || c.more_available || c.pending_edits().next().is_some()
                    })
            });
            if stop || wanted.is_empty() {
                break;
            }
        }
        Ok(whole)
    }

    /// No body: no news in any collection of the plan, and no objection to what the user did.
    fn take_silence(&mut self, plan: &SyncPlan) -> SyncOutcome {
        let mut outcome = SyncOutcome { no_news: true, ..SyncOutcome::default() };
        for id in &plan.collections {
            let collection = self.state.collection_mut(id);
            let silent = response::Collection {
                sync_key: collection.sync_key.clone(),
                collection_id: id.clone(),
                status: 1,
                ..response::Collection::default()
            };
            if !collection.is_first() {
                let progress = collection.apply(silent);
                outcome.collections.insert(id.clone(), progress);
            }
        }
        outcome
    }

    fn take_answer(&mut self, plan: &SyncPlan, answer: Response) -> Result<SyncOutcome, PhoneError> {
        let mut outcome = SyncOutcome::default();
        match answer.status {
            None | Some(1) => {}
            Some(3) => {
                for id in &plan.collections {
                    self.state.collection_mut(id).restart();
                    outcome.restarted.push(id.clone());
                }
            }
            Some(8 | 12) => outcome.hierarchy_changed = true,
            Some(13) => outcome.incomplete = true,
            Some(status @ (14 | 15)) => outcome.limit = Some((status, answer.limit)),
            Some(status) => {
                self.drop_pending_sync();
                return Err(PhoneError::Status { command: CommandName::Sync, status });
            }
        }
        for one in answer.collections {
            self.take_collection(one, &mut outcome);
        }
        // What the answer does not name was not done, or had no news: either way it may be said again.
        for id in &plan.collections {
            if !outcome.collections.contains_key(id) {
                self.state.collection_mut(id).recall();
            }
        }
        Ok(outcome)
    }

    fn take_collection(&mut self, answer: response::Collection, outcome: &mut SyncOutcome) {
        let id = answer.collection_id.clone();
        let collection = self.state.collection_mut(&id);
        match answer.status {
            1 => {
                let progress = collection.apply(answer);
                outcome.collections.insert(id, progress);
            }
            3 => {
                collection.restart();
                outcome.restarted.push(id);
            }
            8 | 12 => {
                collection.recall();
                outcome.hierarchy_changed = true;
            }
            status => {
                collection.recall();
                outcome.failed.push((id, status));
            }
        }
    }

    /// The class of a collection's items, as 2.5 and 12.x name it.
    pub(crate) fn class_of(&self, collection: &str) -> Option<&'static str> {
        self.state.folders.get(collection).and_then(|f| f.r#type.class())
    }
}
