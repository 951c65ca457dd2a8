//! Turns for what must not be done twice at once for one device: read, change, write its record, or
//! the state of one of its collections. A fixed number of locks, chosen by hash, so that there is
//! nothing to clean up; two devices that share one wait for each other's microseconds.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

use fieldpost_domain::AccountId;
use tokio::sync::{Mutex, MutexGuard};

const STRIPES: usize = 1024;

/// The locks of one server. One node's requests take turns by them; between nodes the store's
/// transactions keep each write whole.
pub struct Locks {
    devices: Vec<Mutex<()>>,
    hierarchies: Vec<Mutex<()>>,
    syncs: Vec<Mutex<()>>,
}

impl Default for Locks {
    fn default() -> Locks {
        let stripes = || (0..STRIPES).map(|_| Mutex::new(())).collect();
        Locks { devices: stripes(), hierarchies: stripes(), syncs: stripes() }
    }
}

impl Locks {
    /// The turn to change a device's record. Nothing else is awaited for while it is held but the
    /// store, and no second turn is taken.
    pub async fn device(&self, account: AccountId, device_id: &str) -> MutexGuard<'_, ()> {
        turn(&self.devices, account, device_id).await
    }

    /// The turn to change a device's state of the folder hierarchy. The device's own turn may be
    /// taken while it is held, not the other way round.
    pub async fn hierarchy(&self, account: AccountId, device_id: &str) -> MutexGuard<'_, ()> {
        turn(&self.hierarchies, account, device_id).await
    }

    /// The turn to synchronise: to change the states of a device's collections. Held from reading a
    /// state until its successor is stored. No other turn is taken while it is held.
    pub async fn sync(&self, account: AccountId, device_id: &str) -> MutexGuard<'_, ()> {
        turn(&self.syncs, account, device_id).await
    }
}

async fn turn<'a>(stripes: &'a [Mutex<()>], account: AccountId, device_id: &str) -> MutexGuard<'a, ()> {
    let mut hasher = DefaultHasher::new();
    (account, device_id).hash(&mut hasher);
    let at = usize::try_from(hasher.finish() % STRIPES as u64).unwrap_or_default();
    #[expect(clippy::indexing_slicing, reason = "there are STRIPES of them")]
    stripes[at].lock().await
}
