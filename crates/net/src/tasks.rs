//! The one home of started tasks, so that a stop can let them finish, and wait for them.
//!
//! A stop has two steps. First [`Tasks::draining`] is cancelled: listeners stop accepting, requests in
//! progress go on, parked ones are expected to answer soon. After the grace time all that is left is
//! dropped where it stands, which every task must survive: what was acknowledged is durable already.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use pin_project_lite::pin_project;
use tokio::sync::oneshot;
use tokio::task::AbortHandle;
use tokio_util::sync::{CancellationToken, WaitForCancellationFutureOwned};
use tokio_util::task::TaskTracker;

/// Starts tasks and waits for them. Cheap to clone; all clones are one.
#[derive(Debug, Clone, Default)]
pub struct Tasks {
    tracker: TaskTracker,
    draining: CancellationToken,
    ended: CancellationToken,
}

/// How a stop went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Drained {
    /// Every task came to its own end.
    All,
    /// So many were dropped when the grace time was over.
    Cut(usize),
}

impl Tasks {
    /// No tasks.
    pub fn new() -> Tasks {
        Tasks::default()
    }

    /// Starts a task. The name is for the log, where a panic of the task is told.
    pub fn spawn<F>(&self, name: &'static str, future: F) -> AbortHandle
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let task = Task { name, future, ended: self.ended.clone().cancelled_owned() };
        self.tracker.spawn(task).abort_handle()
    }

    /// Starts a task and waits for what it comes to. Where the caller is dropped meanwhile, the task goes on
    /// to its end. `None`: it failed, or was dropped at the end of a stop.
    pub async fn complete<F>(&self, name: &'static str, future: F) -> Option<F::Output>
    where
        F: Future<Output: Send + 'static> + Send + 'static,
    {
        let (tell, told) = oneshot::channel();
        self.spawn(name, async move {
            // Whoever asked may be gone.
            let _ = tell.send(future.await);
        });
        told.await.ok()
    }

    /// Cancelled when the server stops. Long waits end on it.
    pub fn draining(&self) -> &CancellationToken {
        &self.draining
    }

    /// How many tasks there are.
    pub fn count(&self) -> usize {
        self.tracker.len()
    }

    /// Stops: announces it, waits up to `grace`, drops the rest.
    pub async fn drain(&self, grace: Duration) -> Drained {
        self.draining.cancel();
        self.tracker.close();
        if tokio::time::timeout(grace, self.tracker.wait()).await.is_ok() {
            return Drained::All;
        }
        let left = self.tracker.len();
        self.ended.cancel();
        // Dropping needs each task to be polled once more; one that blocks its thread is not waited for.
        let _ = tokio::time::timeout(Duration::from_secs(5), self.tracker.wait()).await;
        Drained::Cut(left)
    }
}

pin_project! {
    /// A future with an end from outside. Written out because an `async` block around `future` would
    /// hold it twice, and there is one for every connection.
    struct Task<F> {
        name: &'static str,
        #[pin]
        future: F,
        #[pin]
        ended: WaitForCancellationFutureOwned,
    }

    impl<F> PinnedDrop for Task<F> {
        fn drop(this: Pin<&mut Self>) {
            if std::thread::panicking() {
                tracing::error!(task = this.name, "a task failed; this is a fault of the program, please report it");
            }
        }
    }
}

impl<F: Future<Output = ()>> Future for Task<F> {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let this = self.project();
        if this.ended.poll(cx).is_ready() {
            return Poll::Ready(());
        }
        this.future.poll(cx)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_drain_waits_for_what_ends_by_itself() {
        let tasks = Tasks::new();
        let token = tasks.draining().clone();
        tasks.spawn("polite", async move { token.cancelled().await });
        assert_eq!(tasks.drain(Duration::from_secs(30)).await, Drained::All);
        assert_eq!(tasks.count(), 0);
    }

    #[tokio::test]
    async fn what_is_completed_does_not_need_its_caller() {
        let tasks = Tasks::new();
        assert_eq!(tasks.complete("sum", async { 2 + 2 }).await, Some(4));
        let (go, gone) = oneshot::channel::<()>();
        let (tell, told) = oneshot::channel();
        let work = tasks.complete("work", async move {
            let _ = gone.await;
            let _ = tell.send(());
        });
        // The caller is dropped after the first poll.
        assert!(tokio::time::timeout(Duration::from_millis(1), work).await.is_err());
        go.send(()).unwrap();
        told.await.unwrap();
        let cut = tasks.complete("cut", std::future::pending::<()>());
        let (cut, drained) = tokio::join!(cut, tasks.drain(Duration::from_millis(10)));
        assert_eq!((cut, drained), (None, Drained::Cut(1)));
    }

    #[tokio::test]
    async fn a_drain_drops_what_does_not() {
        let tasks = Tasks::new();
        tasks.spawn("deaf", std::future::pending());
        assert_eq!(tasks.drain(Duration::from_millis(10)).await, Drained::Cut(1));
        assert_eq!(tasks.count(), 0);
    }
}
