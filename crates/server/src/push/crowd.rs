//! A change that concerns everybody wakes everybody, and each one that is woken asks for its policy at once. The
//! first hundred are woken at once, which is all of a small site; the others take turns, some hundreds in a second,
//! so that ten thousand phones take a quarter of a minute and the server goes on serving them.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;

/// How many are woken at once.
const AT_ONCE: usize = 100;
/// How many take their turn together.
const TOGETHER: usize = 70;
/// The time between two turns.
pub(super) const TURN: Duration = Duration::from_millis(100);

/// Those whose turn is still to come.
pub(super) struct Crowd<T> {
    waiting: Mutex<VecDeque<T>>,
    more: Notify,
}

impl<T> Default for Crowd<T> {
    fn default() -> Self {
        Crowd { waiting: Mutex::default(), more: Notify::new() }
    }
}

impl<T> Crowd<T> {
    fn lock(&self) -> MutexGuard<'_, VecDeque<T>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// These are to be woken. Gives those who are at once: none while others take their turns. With `instead`
    /// those who still had to wait are among them.
    pub(super) fn enter(&self, mut all: Vec<T>, instead: bool) -> Vec<T> {
        let mut waiting = self.lock();
        let rest =
            if waiting.is_empty() { all.split_off(all.len().min(AT_ONCE)) } else { std::mem::take(&mut all) };
        if instead {
            waiting.clear();
        }
        waiting.extend(rest);
        if !waiting.is_empty() {
            self.more.notify_one();
        }
        all
    }

    /// Waits until there is somebody whose turn is to come.
    pub(super) async fn gathered(&self) {
        while self.lock().is_empty() {
            self.more.notified().await;
        }
    }

    /// Those whose turn it is.
    pub(super) fn turn(&self) -> Vec<T> {
        let mut waiting = self.lock();
        let count = waiting.len().min(TOGETHER);
        let turn = waiting.drain(..count).collect();
        if waiting.is_empty() {
            waiting.shrink_to_fit();
        }
        turn
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// In what time all are woken, by turns of [`TURN`], and how many there are at once.
    fn all(count: usize) -> (usize, Duration) {
        let crowd = Crowd::default();
        let at_once = crowd.enter((0..count).collect(), true).len();
        let (mut woken, mut turns) = (at_once, 0);
        loop {
            let turn = crowd.turn();
            if turn.is_empty() {
                break;
            }
            assert_eq!(turn[0], woken, "in their order");
            assert!(turn.len() <= TOGETHER);
            (woken, turns) = (woken + turn.len(), turns + 1);
        }
        assert_eq!(woken, count);
        (at_once, TURN * turns)
    }

    #[test]
    fn a_small_site_is_woken_at_once_and_a_large_one_in_turns() {
        assert_eq!(all(0), (0, Duration::ZERO));
        assert_eq!(all(100), (100, Duration::ZERO));
        assert_eq!(all(101), (100, TURN));
        let (at_once, last) = all(10_000);
        assert_eq!(at_once, 100);
        assert!((Duration::from_secs(10)..Duration::from_secs(20)).contains(&last), "{last:?}");
    }

    #[test]
    fn changes_in_a_row_do_not_add_up() {
        let crowd = Crowd::default();
        crowd.enter((0..1000).collect(), true);
        for _ in 0..10 {
            assert!(
                crowd.enter((0..1000).collect(), true).is_empty(),
                "the first hundred are through already"
            );
        }
        assert_eq!(crowd.lock().len(), 1000);
        assert!(crowd.enter(vec![1000], false).is_empty());
        assert_eq!(crowd.lock().len(), 1001);
    }

    #[tokio::test]
    async fn it_is_waited_for() {
        let crowd = Crowd::default();
        let gathered = crowd.gathered();
        tokio::pin!(gathered);
        let soon = Duration::from_millis(20);
        assert!(tokio::time::timeout(soon, &mut gathered).await.is_err());
        crowd.enter((0..101).collect(), false);
        tokio::time::timeout(Duration::from_secs(5), gathered).await.unwrap();
        assert_eq!(crowd.turn(), [100]);
    }
}
