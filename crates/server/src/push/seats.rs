//! One seat for each device that waits: when it comes again, because it gave the first request up,
//! the older request is told to go. Phones time out before servers do.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use fieldpost_domain::AccountId;
use tokio::sync::Notify;

type Key = (AccountId, Box<str>);

/// The seats of one server.
#[derive(Default)]
pub struct Seats(Mutex<HashMap<Key, Arc<Notify>>>);

/// A device's seat, held while its request waits.
pub struct Seat {
    seats: Weak<Seats>,
    key: Key,
    told: Arc<Notify>,
}

impl Seats {
    fn lock(&self) -> MutexGuard<'_, HashMap<Key, Arc<Notify>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes the device's seat; whoever sat there is told to go.
    pub fn take(self: &Arc<Self>, account: AccountId, device_id: &str) -> Seat {
        let key: Key = (account, device_id.into());
        let told = Arc::new(Notify::new());
        if let Some(older) = self.lock().insert(key.clone(), Arc::clone(&told)) {
            older.notify_one();
        }
        Seat { seats: Arc::downgrade(self), key, told }
    }

    /// Whether a request of this device waits.
    pub fn is_taken(&self, account: AccountId, device_id: &str) -> bool {
        self.lock().contains_key(&(account, Box::from(device_id)))
    }

    /// Devices that wait now.
    pub fn taken(&self) -> usize {
        self.lock().len()
    }
}

impl Seat {
    /// Waits until a newer request of the same device takes the seat.
    pub async fn taken_over(&self) {
        self.told.notified().await;
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let Some(seats) = self.seats.upgrade() else {
            return;
        };
        let mut all = seats.lock();
        if all.get(&self.key).is_some_and(|told| Arc::ptr_eq(told, &self.told)) {
            all.remove(&self.key);
        }
        if all.capacity() > 1024 && all.capacity() > 4 * all.len() {
            all.shrink_to_fit();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_newer_request_ends_the_older() {
        let seats = Arc::new(Seats::default());
        let older = seats.take(AccountId(1), "A");
        let other = seats.take(AccountId(1), "B");
        let newer = seats.take(AccountId(1), "A");
        older.taken_over().await;
        drop(older);
        assert_eq!(seats.taken(), 2, "the newer one keeps its seat");
        drop((newer, other));
        assert_eq!(seats.taken(), 0);
    }
}
