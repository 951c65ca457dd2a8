//! Who is closed when a listener holds as many connections as it may.
//!
//! A limit that refuses the newest lets whoever comes first shut the others out: ten thousand
//! connections that never send a word would do. So the newest is let in, and the cost falls on the one
//! that has shown least: the oldest that has not yet sent a complete request ("unproven"), then the one
//! that has waited longest between two requests ("idle"), whose client loses nothing but a handshake.
//! Only where every connection has a request in progress is the newest refused. A request in progress,
//! and with it every parked phone, is never closed for another.
//!
//! The same holds within one source address, for unproven connections alone: proven ones may be
//! thousands of phones behind one address translator.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::task::AbortHandle;

/// The connections of one listener.
#[derive(Debug)]
pub struct Admissions {
    connections: usize,
    unproven_per_source: usize,
    table: Mutex<Table>,
}

#[derive(Debug, Default)]
struct Table {
    next: u64,
    total: usize,
    unproven: BTreeMap<u64, Unproven>,
    sources: HashMap<IpAddr, BTreeSet<u64>>,
    idle: BTreeMap<u64, AbortHandle>,
    /// Closed for another, but their tasks have not ended yet; they no longer count.
    evicted: HashSet<u64>,
}

#[derive(Debug)]
struct Unproven {
    source: IpAddr,
    task: Option<AbortHandle>,
}

/// What a listener holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    /// Connections.
    pub total: usize,
    /// Of these, such as have not yet sent a complete request.
    pub unproven: usize,
    /// Of these, such as wait between two requests.
    pub idle: usize,
}

impl Admissions {
    /// A table for so many connections, and so many unproven of one source; both at least 1.
    pub fn new(connections: usize, unproven_per_source: usize) -> Arc<Admissions> {
        Arc::new(Admissions {
            connections: connections.max(1),
            unproven_per_source: unproven_per_source.max(1),
            table: Mutex::default(),
        })
    }

    /// Lets a connection in, closing another where needed; `None` where all are busy.
    pub fn admit(self: &Arc<Self>, address: IpAddr) -> Option<Admission> {
        let source = source_of(address);
        let mut table = self.table();
        if table.sources.get(&source).is_some_and(|numbers| numbers.len() >= self.unproven_per_source) {
            table.evict_unproven_of(source);
        }
        if table.total >= self.connections && !table.evict_oldest() {
            return None;
        }
        table.next += 1;
        table.total += 1;
        let number = table.next;
        table.unproven.insert(number, Unproven { source, task: None });
        table.sources.entry(source).or_default().insert(number);
        Some(Admission { admissions: Arc::clone(self), number, task: None })
    }

    /// Says which task serves the connection. Until then it is not closed for another.
    pub fn attach(&self, number: u64, task: AbortHandle) {
        if let Some(unproven) = self.table().unproven.get_mut(&number) {
            unproven.task = Some(task);
        }
    }

    /// Closes one for want of files or memory, as if the listener were full. Tells whether it could.
    pub fn evict_one(&self) -> bool {
        self.table().evict_oldest()
    }

    /// What the listener holds now.
    pub fn held(&self) -> Held {
        let table = self.table();
        Held { total: table.total, unproven: table.unproven.len(), idle: table.idle.len() }
    }

    fn table(&self) -> MutexGuard<'_, Table> {
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Table {
    fn remove_unproven(&mut self, number: u64) -> Option<Unproven> {
        let unproven = self.unproven.remove(&number)?;
        if let Some(numbers) = self.sources.get_mut(&unproven.source) {
            numbers.remove(&number);
            if numbers.is_empty() {
                self.sources.remove(&unproven.source);
            }
        }
        Some(unproven)
    }

    fn evict_unproven(&mut self, number: u64) -> bool {
        match self.remove_unproven(number) {
            Some(Unproven { task: Some(task), .. }) => {
                self.evicted.insert(number);
                self.total = self.total.saturating_sub(1);
                task.abort();
                true
            }
            _ => false,
        }
    }

    fn evict_unproven_of(&mut self, source: IpAddr) -> bool {
        let oldest = self
            .sources
            .get(&source)
            .and_then(|numbers| numbers.iter().copied().find(|number| self.has_task(*number)));
        oldest.is_some_and(|number| self.evict_unproven(number))
    }

    fn has_task(&self, number: u64) -> bool {
        self.unproven.get(&number).is_some_and(|unproven| unproven.task.is_some())
    }

    fn evict_oldest(&mut self) -> bool {
        let oldest = self.unproven.iter().find(|(_, unproven)| unproven.task.is_some());
        if let Some(number) = oldest.map(|(number, _)| *number) {
            return self.evict_unproven(number);
        }
        if let Some((number, task)) = self.idle.pop_first() {
            self.evicted.insert(number);
            self.total = self.total.saturating_sub(1);
            task.abort();
            return true;
        }
        false
    }
}

/// A connection's place; dropped with the connection.
#[derive(Debug)]
pub struct Admission {
    admissions: Arc<Admissions>,
    number: u64,
    task: Option<AbortHandle>,
}

impl Admission {
    /// Its number, for [`Admissions::attach`].
    pub fn number(&self) -> u64 {
        self.number
    }

    /// A complete request is in progress: the connection stays.
    pub fn busy(&mut self) {
        let mut table = self.admissions.table();
        if let Some(unproven) = table.remove_unproven(self.number) {
            self.task = unproven.task;
        } else if let Some(task) = table.idle.remove(&self.number) {
            self.task = Some(task);
        }
    }

    /// The request was answered, another may come.
    pub fn idle(&mut self) {
        if let Some(task) = self.task.take() {
            // In order of when the waiting began, not of when the connection came.
            let mut table = self.admissions.table();
            table.next += 1;
            self.number = table.next;
            table.idle.insert(self.number, task);
        }
    }
}

impl Drop for Admission {
    fn drop(&mut self) {
        let mut table = self.admissions.table();
        if table.evicted.remove(&self.number) {
            return;
        }
        table.remove_unproven(self.number);
        table.idle.remove(&self.number);
        table.total = table.total.saturating_sub(1);
    }
}

/// Whose connection it is: an IPv4 address, or an IPv6 network of 64 bits, within which anybody has as
/// many addresses as they like.
fn source_of(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
        v4 => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tasks::Tasks;

    const HERE: &str = "192.0.2.1";

    fn enter(admissions: &Arc<Admissions>, tasks: &Tasks, address: &str) -> Option<(Admission, AbortHandle)> {
        let admission = admissions.admit(address.parse().unwrap())?;
        let task = tasks.spawn("test", std::future::pending());
        admissions.attach(admission.number(), task.clone());
        Some((admission, task))
    }

    async fn closed(task: &AbortHandle) -> bool {
        for _ in 0..20 {
            tokio::task::yield_now().await;
        }
        task.is_finished()
    }

    #[tokio::test]
    async fn the_oldest_that_said_nothing_makes_room() {
        let (admissions, tasks) = (Admissions::new(3, 10), Tasks::new());
        let (mut first, first_task) = enter(&admissions, &tasks, HERE).unwrap();
        first.busy();
        let (second, second_task) = enter(&admissions, &tasks, HERE).unwrap();
        let (_third, third_task) = enter(&admissions, &tasks, HERE).unwrap();
        let _fourth = enter(&admissions, &tasks, HERE).unwrap();
        assert!(closed(&second_task).await);
        assert!(!closed(&first_task).await && !closed(&third_task).await);
        assert_eq!(admissions.held(), Held { total: 3, unproven: 2, idle: 0 });
        drop(second);
        assert_eq!(admissions.held().total, 3);
    }

    #[tokio::test]
    async fn then_the_one_that_is_idle_longest_and_never_a_busy_one() {
        let (admissions, tasks) = (Admissions::new(2, 10), Tasks::new());
        let (mut first, first_task) = enter(&admissions, &tasks, HERE).unwrap();
        let (mut second, second_task) = enter(&admissions, &tasks, HERE).unwrap();
        first.busy();
        second.busy();
        assert!(enter(&admissions, &tasks, HERE).is_none());
        second.idle();
        first.idle();
        let (mut third, _) = enter(&admissions, &tasks, HERE).unwrap();
        assert!(closed(&second_task).await && !closed(&first_task).await);
        third.busy();
        first.busy();
        assert!(enter(&admissions, &tasks, HERE).is_none());
        drop((first, second, third));
        assert_eq!(admissions.held(), Held { total: 0, unproven: 0, idle: 0 });
    }

    #[tokio::test]
    async fn one_source_displaces_only_itself() {
        let (admissions, tasks) = (Admissions::new(100, 2), Tasks::new());
        let (_other, other_task) = enter(&admissions, &tasks, "2001:db8:1::1").unwrap();
        let (_first, first_task) = enter(&admissions, &tasks, "2001:db8::1").unwrap();
        let _second = enter(&admissions, &tasks, "2001:db8::2").unwrap();
        let _third = enter(&admissions, &tasks, "2001:db8::3").unwrap();
        assert!(closed(&first_task).await && !closed(&other_task).await);
        assert_eq!(admissions.held().total, 3);
    }

    #[tokio::test]
    async fn nothing_is_left_of_five_thousand() {
        let (admissions, tasks) = (Admissions::new(10_000, 10_000), Tasks::new());
        let all: Vec<_> = (0..5_000).map(|_| enter(&admissions, &tasks, HERE).unwrap()).collect();
        assert_eq!(admissions.held().unproven, 5_000);
        drop(all);
        let table = admissions.table();
        assert_eq!((table.total, table.unproven.len(), table.sources.len()), (0, 0, 0));
        assert_eq!((table.idle.len(), table.evicted.len()), (0, 0));
    }
}
