//! The hub: from a committed change to the requests that wait for it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use fieldpost_domain::backend::{ChangeListener, Notice};
use fieldpost_domain::{AccountId, FolderId, MailboxId};
use fieldpost_net::tasks::Tasks;
use tokio::sync::Notify;

use super::crowd::{self, Crowd};

/// Locks over which mailboxes are spread, so that a busy mailbox holds up few others.
const SHARDS: usize = 64;

type Shard = Mutex<HashMap<MailboxId, Vec<Arc<Waiter>>>>;

/// Maps mailboxes to the requests that wait for their changes.
pub struct Hub {
    shards: Box<[Shard]>,
    /// Those who take turns. Who went away meanwhile is not there any more.
    crowd: Crowd<Weak<Waiter>>,
}

/// What happened to a mailbox since a request last looked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Wake {
    /// Watched folders in which something changed.
    pub changed: Vec<FolderId>,
    /// Those of them that got a new item.
    pub added: Vec<FolderId>,
    /// The folder hierarchy changed.
    pub hierarchy: bool,
    /// Something was decided about the device: whether it is still welcome is to be looked at again.
    pub device: bool,
}

impl Wake {
    fn is_empty(&self) -> bool {
        self.changed.is_empty() && !self.hierarchy && !self.device
    }
}

/// One waiting request.
struct Waiter {
    device_id: Box<str>,
    folders: Box<[FolderId]>,
    wake: Mutex<Wake>,
    notify: Notify,
}

/// A place in the hub, held while a request waits.
pub struct Subscription {
    hub: Weak<Hub>,
    mailbox: MailboxId,
    waiter: Arc<Waiter>,
}

impl Default for Hub {
    fn default() -> Self {
        Hub { shards: (0..SHARDS).map(|_| Mutex::default()).collect(), crowd: Crowd::default() }
    }
}

/// A poisoned lock guards plain lists that are never left half changed.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Wakes those of them who still wait.
fn look_again(waiters: &[Weak<Waiter>]) {
    waiters.iter().filter_map(Weak::upgrade).for_each(|waiter| waiter.look_again());
}

impl Hub {
    fn shard(&self, mailbox: MailboxId) -> &Shard {
        let at = usize::try_from(mailbox.0.unsigned_abs() % SHARDS as u64).unwrap_or_default();
        #[expect(clippy::indexing_slicing, reason = "there are SHARDS of them")]
        &self.shards[at]
    }

    /// From now on, changes of these folders and of the hierarchy of the mailbox are noticed, and what is
    /// decided about the device.
    pub fn subscribe(
        self: &Arc<Self>,
        mailbox: MailboxId,
        device_id: &str,
        folders: &[FolderId],
    ) -> Subscription {
        let waiter = Arc::new(Waiter {
            device_id: device_id.into(),
            folders: folders.into(),
            wake: Mutex::default(),
            notify: Notify::new(),
        });
        lock(self.shard(mailbox)).entry(mailbox).or_default().push(Arc::clone(&waiter));
        Subscription { hub: Arc::downgrade(self), mailbox, waiter }
    }

    /// Has the waiting request of a device look again whether the device is still welcome.
    pub fn wake_device(&self, account: AccountId, device_id: &str) {
        self.wake(account, |waiter| *waiter.device_id == *device_id);
    }

    /// The same for all devices of an account.
    pub fn wake_account(&self, account: AccountId) {
        self.wake(account, |_| true);
    }

    /// The same for all devices of these accounts. Where they are many they take turns.
    pub fn wake_accounts(&self, accounts: impl Iterator<Item = AccountId>) {
        let mut waiters = Vec::new();
        for account in accounts {
            let mailbox = MailboxId(account.0);
            waiters.extend(lock(self.shard(mailbox)).get(&mailbox).into_iter().flatten().map(Arc::downgrade));
        }
        look_again(&self.crowd.enter(waiters, false));
    }

    /// The same for all devices of all accounts. Where they are many they take turns.
    pub fn wake_all(&self) {
        let waiters = self.all().iter().map(Arc::downgrade).collect();
        look_again(&self.crowd.enter(waiters, true));
    }

    /// Everybody who waits, whatever for. Each lock is held for its list alone: there may be tens of thousands.
    fn all(&self) -> Vec<Arc<Waiter>> {
        let of = |shard: &Shard| lock(shard).values().flatten().cloned().collect::<Vec<_>>();
        self.shards.iter().flat_map(of).collect()
    }

    /// Changes were missed: everybody looks whether there is news, in turns where they are many.
    pub fn have_all_look(&self) {
        // Whoever is woken looks at this as well, so it is enough to wake them for the one.
        for waiter in self.all() {
            lock(&waiter.wake).hierarchy = true;
        }
        self.wake_all();
    }

    /// Wakes those who take turns, until the server stops.
    pub async fn take_turns(self: Arc<Self>, tasks: Tasks) {
        loop {
            let turn = async {
                self.crowd.gathered().await;
                tokio::time::sleep(crowd::TURN).await;
            };
            tokio::select! {
                () = tasks.draining().cancelled() => return,
                () = turn => look_again(&self.crowd.turn()),
            }
        }
    }

    fn wake(&self, account: AccountId, is_meant: impl Fn(&Waiter) -> bool) {
        let mailbox = MailboxId(account.0);
        if let Some(waiters) = lock(self.shard(mailbox)).get(&mailbox) {
            waiters.iter().filter(|waiter| is_meant(waiter)).for_each(|waiter| waiter.look_again());
        }
    }

    /// Requests that wait now.
    pub fn waiting(&self) -> usize {
        self.shards.iter().map(|s| lock(s).values().map(Vec::len).sum::<usize>()).sum()
    }

    fn leave(&self, mailbox: MailboxId, waiter: &Arc<Waiter>) {
        let mut shard = lock(self.shard(mailbox));
        let Some(waiters) = shard.get_mut(&mailbox) else {
            return;
        };
        waiters.retain(|w| !Arc::ptr_eq(w, waiter));
        if waiters.is_empty() {
            shard.remove(&mailbox);
        } else if waiters.capacity() > 4 * waiters.len() {
            waiters.shrink_to_fit();
        }
        if shard.capacity() > 64 && shard.capacity() > 4 * shard.len() {
            shard.shrink_to_fit();
        }
    }
}

impl ChangeListener for Hub {
    fn changed(&self, notice: Notice) {
        if let Some(waiters) = lock(self.shard(notice.mailbox)).get(&notice.mailbox) {
            for waiter in waiters {
                waiter.take_note(notice);
            }
        }
    }
}

impl Waiter {
    fn look_again(&self) {
        lock(&self.wake).device = true;
        self.notify.notify_one();
    }

    fn take_note(&self, notice: Notice) {
        let mut wake = lock(&self.wake);
        match notice.folder {
            None => wake.hierarchy = true,
            Some(folder) if !self.folders.contains(&folder) => return,
            Some(folder) => {
                if !wake.changed.contains(&folder) {
                    wake.changed.push(folder);
                }
                if notice.added && !wake.added.contains(&folder) {
                    wake.added.push(folder);
                }
            }
        }
        drop(wake);
        self.notify.notify_one();
    }
}

impl Subscription {
    /// Waits until something changed since the last call, and says what.
    pub async fn changed(&self) -> Wake {
        loop {
            let wake = std::mem::take(&mut *lock(&self.waiter.wake));
            if !wake.is_empty() {
                return wake;
            }
            self.waiter.notify.notified().await;
        }
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        if let Some(hub) = self.hub.upgrade() {
            hub.leave(self.mailbox, &self.waiter);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;
    use tokio::time::timeout;

    const BOX: MailboxId = MailboxId(7);

    fn notice(folder: u32, added: bool) -> Notice {
        Notice { mailbox: BOX, folder: Some(FolderId(folder)), added }
    }

    #[tokio::test]
    async fn a_change_between_subscribing_and_waiting_is_noticed() {
        let hub = Arc::new(Hub::default());
        let subscription = hub.subscribe(BOX, "A", &[FolderId(1), FolderId(2)]);
        hub.changed(notice(2, true));
        hub.changed(notice(2, false));
        hub.changed(notice(9, true));
        let wake = subscription.changed().await;
        let folder = vec![FolderId(2)];
        assert_eq!(wake, Wake { changed: folder.clone(), added: folder, ..Wake::default() });
    }

    #[tokio::test]
    async fn others_are_left_alone() {
        let hub = Arc::new(Hub::default());
        let subscription = hub.subscribe(BOX, "A", &[FolderId(1)]);
        hub.changed(notice(2, true));
        hub.changed(Notice { mailbox: MailboxId(8), ..notice(1, true) });
        assert!(timeout(Duration::from_millis(20), subscription.changed()).await.is_err());
        hub.changed(Notice { folder: None, ..notice(1, false) });
        assert!(subscription.changed().await.hierarchy);
    }

    #[tokio::test]
    async fn a_decision_about_a_device_wakes_that_device() {
        let hub = Arc::new(Hub::default());
        let a = hub.subscribe(BOX, "A", &[FolderId(1)]);
        let b = hub.subscribe(BOX, "B", &[FolderId(1)]);
        let account = AccountId(BOX.0);
        hub.wake_device(account, "A");
        hub.wake_device(AccountId(8), "B");
        let decided = Wake { device: true, ..Wake::default() };
        assert_eq!(a.changed().await, decided);
        assert!(timeout(Duration::from_millis(20), b.changed()).await.is_err());
        hub.wake_account(account);
        assert_eq!((a.changed().await, b.changed().await), (decided.clone(), decided.clone()));
        hub.wake_all();
        assert_eq!((a.changed().await, b.changed().await), (decided.clone(), decided));
    }

    #[tokio::test]
    async fn many_are_woken_in_turns() {
        let hub = Arc::new(Hub::default());
        let tasks = Tasks::new();
        tasks.spawn("turns", Arc::clone(&hub).take_turns(tasks.clone()));
        let all: Vec<_> = (0..250).map(|n| hub.subscribe(MailboxId(n), "A", &[FolderId(1)])).collect();
        let woken = || all.iter().filter(|one| lock(&one.waiter.wake).device).count();
        hub.wake_all();
        assert_eq!(woken(), 100);
        let begun = std::time::Instant::now();
        for one in &all {
            timeout(Duration::from_secs(5), one.changed()).await.unwrap();
        }
        assert!(begun.elapsed() >= 2 * crowd::TURN, "150 more are three turns");
        // Those whom a group's new policy concerns, and nobody else.
        hub.wake_accounts((0..120).map(AccountId));
        assert_eq!(woken(), 100);
        for one in &all[..120] {
            timeout(Duration::from_secs(5), one.changed()).await.unwrap();
        }
        assert!(timeout(Duration::from_millis(20), all[120].changed()).await.is_err());
        hub.have_all_look();
        let wake = all[0].changed().await;
        assert!(wake.hierarchy && wake.device);
        tasks.drain(Duration::from_secs(5)).await;
    }

    #[test]
    fn whoever_leaves_leaves_nothing() {
        let hub = Arc::new(Hub::default());
        let all: Vec<_> = (0..5000).map(|n| hub.subscribe(MailboxId(n % 700), "A", &[FolderId(1)])).collect();
        assert_eq!(hub.waiting(), 5000);
        drop(all);
        assert_eq!(hub.waiting(), 0);
        assert!(hub.shards.iter().all(|s| lock(s).is_empty()));
    }
}
