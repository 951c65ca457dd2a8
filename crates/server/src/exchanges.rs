//! The last exchanges of each device, as an administrator may see them: what was asked, what was
//! answered, how long it took, and the outline of both documents without what is the user's.
//!
//! They are kept in memory alone, within a budget: the oldest of all devices go first, so that a device
//! that is stuck, and asks again and again, is seen best.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use fieldpost_domain::AccountId;
use fieldpost_domain::diagnosis::{Ended, Sign};
use fieldpost_eas::Version;
use fieldpost_eas::command::CommandName;
use fieldpost_eas::page::air_sync;
use fieldpost_eas::wbxml::{Limits, Node, xml};
use jiff::{SignedDuration, Timestamp};

/// Exchanges that are kept of one device.
pub const KEPT: usize = 50;
/// Bytes of all exchanges that are kept.
const BUDGET: usize = 32 * 1024 * 1024;
/// What an exchange takes besides its outlines, about.
const OVERHEAD: usize = 192;

/// One request of a device, and what came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exchange {
    /// When the request came.
    pub at: Timestamp,
    /// What it asked for.
    pub command: Option<CommandName>,
    /// In which version.
    pub version: Option<Version>,
    /// What came of it.
    pub outcome: Outcome,
    /// From the request to the answer, or until the phone was gone.
    pub took: Duration,
    /// Bytes of the request's body.
    pub bytes_in: usize,
    /// Bytes of the answer's body, before compression.
    pub bytes_out: usize,
    /// [`fieldpost_eas::wbxml::outline`] of the request; none where it was no WBXML.
    pub request: Option<Box<[u8]>>,
    /// The same of the answer.
    pub response: Option<Box<[u8]>>,
}

/// How an exchange ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// With this HTTP code, and the first `Status` in the answer.
    Answered {
        /// HTTP code.
        code: u16,
        /// Status of the protocol.
        status: Option<u16>,
    },
    /// The phone's connection was gone before there was an answer.
    Gone,
}

/// An outline as XML to look at.
pub fn readable(outline: &[u8]) -> Option<String> {
    Node::parse(outline, Limits::default()).ok().map(|node| xml::to_xml(&node))
}

impl Exchange {
    /// What it says to [`fieldpost_domain::diagnosis`].
    pub fn sign(&self) -> Sign {
        let ended = match self.outcome {
            Outcome::Answered { code, status } => Ended::Answered { code, status },
            Outcome::Gone => Ended::Gone,
        };
        let took = SignedDuration::try_from(self.took).unwrap_or(SignedDuration::MAX);
        Sign { at: self.at, command: self.command, ended, took, keys: self.keys() }
    }

    /// The collections of a Sync request, each with its key.
    fn keys(&self) -> Vec<(String, String)> {
        let request = match &self.request {
            Some(request) if self.command == Some(CommandName::Sync) => request,
            _ => return Vec::new(),
        };
        let Ok(root) = Node::parse(request, Limits::default()) else { return Vec::new() };
        let text = |of: &Node, tag| of.child(tag).and_then(|child| child.text.clone());
        let collections = root.child(air_sync::COLLECTIONS).map(|list| list.children.as_slice());
        let pair = |of: &Node| Some((text(of, air_sync::COLLECTION_ID)?, text(of, air_sync::SYNC_KEY)?));
        collections.unwrap_or_default().iter().filter_map(pair).collect()
    }

    fn size(&self) -> usize {
        let length = |outline: &Option<Box<[u8]>>| outline.as_ref().map_or(0, |bytes| bytes.len());
        OVERHEAD + length(&self.request) + length(&self.response)
    }
}

type Key = (AccountId, Arc<str>);

#[derive(Default)]
struct Kept {
    devices: HashMap<Key, VecDeque<Arc<Exchange>>>,
    /// Whose exchange is the oldest, the next oldest, and so on. A device that has let go of one by its own
    /// limit is in it once too often; its turn then costs it a newer one at worst.
    order: VecDeque<Key>,
    bytes: usize,
}

impl Kept {
    fn forget_oldest_of(&mut self, key: &Key) {
        let Some(ring) = self.devices.get_mut(key) else { return };
        if let Some(oldest) = ring.pop_front() {
            self.bytes = self.bytes.saturating_sub(oldest.size());
        }
        if ring.is_empty() {
            self.devices.remove(key);
        }
    }
}

/// The exchanges of all devices.
pub struct Exchanges {
    kept: Mutex<Kept>,
    budget: usize,
}

impl Default for Exchanges {
    fn default() -> Exchanges {
        Exchanges { kept: Mutex::default(), budget: BUDGET }
    }
}

impl Exchanges {
    /// A poisoned lock guards lists that are never left half changed.
    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps one.
    pub fn add(&self, account: AccountId, device_id: &str, exchange: Exchange) {
        let mut kept = self.kept();
        let kept = &mut *kept;
        let key = (account, Arc::from(device_id));
        kept.bytes += exchange.size();
        let ring = kept.devices.entry(key.clone()).or_default();
        ring.push_back(Arc::new(exchange));
        if ring.len() > KEPT {
            kept.forget_oldest_of(&key);
            return;
        }
        kept.order.push_back(key);
        while kept.bytes > self.budget {
            let Some(key) = kept.order.pop_front() else { return };
            kept.forget_oldest_of(&key);
        }
    }

    /// The last exchanges of a device, the newest first.
    pub fn of(&self, account: AccountId, device_id: &str) -> Vec<Arc<Exchange>> {
        let kept = self.kept();
        let ring = kept.devices.get(&(account, Arc::from(device_id)));
        ring.map(|ring| ring.iter().rev().cloned().collect()).unwrap_or_default()
    }

    /// Forgets a device.
    pub fn forget(&self, account: AccountId, device_id: &str) {
        let mut kept = self.kept();
        let key = (account, Arc::from(device_id));
        if let Some(ring) = kept.devices.remove(&key) {
            kept.bytes -= ring.iter().map(|exchange| exchange.size()).sum::<usize>();
            kept.order.retain(|of| *of != key);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANNA: AccountId = AccountId(1);

    fn exchange(n: usize, size: usize) -> Exchange {
        Exchange {
            at: Timestamp::UNIX_EPOCH,
            command: Some(CommandName::Sync),
            version: Some(Version::V16_1),
            outcome: Outcome::Answered { code: 200, status: Some(1) },
            took: Duration::ZERO,
            bytes_in: n,
            bytes_out: 0,
            request: Some(vec![0; size].into()),
            response: None,
        }
    }

    #[test]
    fn the_last_fifty_are_kept_newest_first() {
        let exchanges = Exchanges::default();
        for n in 0..120 {
            exchanges.add(ANNA, "phone", exchange(n, 10));
            exchanges.add(ANNA, "tablet", exchange(n, 10));
        }
        let phone: Vec<usize> = exchanges.of(ANNA, "phone").iter().map(|e| e.bytes_in).collect();
        assert_eq!(phone, (70..120).rev().collect::<Vec<_>>());
        assert!(exchanges.of(AccountId(2), "phone").is_empty());
        exchanges.forget(ANNA, "phone");
        assert!(exchanges.of(ANNA, "phone").is_empty());
        assert_eq!(exchanges.of(ANNA, "tablet").len(), KEPT);
        exchanges.forget(ANNA, "tablet");
        let kept = exchanges.kept();
        assert_eq!((kept.bytes, kept.order.len(), kept.devices.len()), (0, 0, 0));
    }

    #[test]
    fn the_oldest_of_all_go_where_there_is_no_room() {
        let exchanges = Exchanges { budget: 10_000, ..Exchanges::default() };
        exchanges.add(ANNA, "quiet", exchange(0, 1000));
        for n in 0..1000 {
            exchanges.add(AccountId(n % 7), "busy", exchange(1, 1000));
            let kept = exchanges.kept();
            assert!(kept.bytes <= 10_000);
            let counted: usize = kept.devices.values().flatten().map(|e| e.size()).sum();
            assert_eq!(kept.bytes, counted);
        }
        assert!(exchanges.of(ANNA, "quiet").is_empty());
        assert!(!exchanges.of(ANNA, "busy").is_empty());
        assert!(exchanges.kept().order.len() <= KEPT * 8);
    }
}
