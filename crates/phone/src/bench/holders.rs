//! Phones that wait, thousands at once: each is a task with one connection, and says when it was
//! pushed.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use tokio::sync::mpsc;
use tokio::task::JoinSet;

use super::fleet::{Member, forget_items};
use super::{BenchError, process};
use crate::command::ping::PingOutcome;
use crate::error::PhoneError;

/// How phones are made to wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ramp {
    /// Connections opened in a second, at most.
    pub per_second: u32,
    /// Seconds that a Ping waits.
    pub heartbeat: u32,
    /// After the last connection was opened, how long to wait before anything is measured.
    pub settle: Duration,
}

impl Default for Ramp {
    fn default() -> Self {
        Ramp { per_second: 300, heartbeat: 1800, settle: Duration::from_secs(3) }
    }
}

/// A phone was pushed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pushed {
    pub number: usize,
    pub at: Instant,
}

/// Waiting phones.
pub(super) struct Holders {
    tasks: JoinSet<()>,
    pushed: mpsc::UnboundedReceiver<Pushed>,
    counts: Arc<Counts>,
    /// Seconds from the first connection to the last.
    pub seconds: f64,
}

#[derive(Debug, Default)]
struct Counts {
    connected: AtomicUsize,
    waiting: AtomicUsize,
    pushes: AtomicUsize,
    failed: AtomicUsize,
    first_failure: std::sync::OnceLock<String>,
}

impl Holders {
    /// Lets all members wait. `progress` is told how many have a connection.
    pub(super) async fn start(
        members: Vec<Member>,
        ramp: Ramp,
        progress: &(dyn Fn(usize) + Send + Sync),
    ) -> Result<Holders, BenchError> {
        let wanted = members.len();
        if let Some(allowed) = process::open_files_allowed()
            && allowed < wanted as u64 + 100
        {
            return Err(BenchError::OpenFiles { wanted, allowed });
        }
        let counts = Arc::new(Counts::default());
        let (tell, pushed) = mpsc::unbounded_channel();
        let mut tasks = JoinSet::new();
        let start = Instant::now();
        let mut tick = tokio::time::interval(Duration::from_secs(1) / ramp.per_second.max(1));
        tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        for member in members {
            tick.tick().await;
            tasks.spawn(hold(member, ramp.heartbeat, Arc::clone(&counts), tell.clone()));
            progress(counts.connected.load(Ordering::Relaxed));
        }
        let settled =
            || counts.connected.load(Ordering::Relaxed) + counts.failed.load(Ordering::Relaxed) >= wanted;
        for _ in 0..600 {
            if settled() {
                break;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
            progress(counts.connected.load(Ordering::Relaxed));
        }
        let seconds = start.elapsed().as_secs_f64();
        tokio::time::sleep(ramp.settle).await;
        Ok(Holders { tasks, pushed, counts, seconds })
    }

    /// Phones that wait right now, as far as they know.
    pub(super) fn waiting(&self) -> usize {
        self.counts.waiting.load(Ordering::Relaxed)
    }

    /// Pings that were answered because something changed.
    pub(super) fn pushes(&self) -> usize {
        self.counts.pushes.load(Ordering::Relaxed)
    }

    /// Phones that gave up, and why the first one did.
    pub(super) fn failed(&self) -> (usize, Option<String>) {
        (self.counts.failed.load(Ordering::Relaxed), self.counts.first_failure.get().cloned())
    }

    /// The next push, `within` so much time.
    pub(super) async fn next_push(&mut self, within: Duration) -> Option<Pushed> {
        tokio::time::timeout(within, self.pushed.recv()).await.ok().flatten()
    }

    /// Forgets pushes that nobody asked for.
    pub(super) fn drain(&mut self) -> usize {
        let mut dropped = 0;
        while self.pushed.try_recv().is_ok() {
            dropped += 1;
        }
        dropped
    }

    /// Cuts all connections at once.
    pub(super) async fn vanish(&mut self) {
        self.tasks.shutdown().await;
    }
}

/// Waits, fetches what was announced, and waits again, until something fails.
async fn hold(mut member: Member, heartbeat: u32, counts: Arc<Counts>, tell: mpsc::UnboundedSender<Pushed>) {
    if let Err(error) = hold_on(&mut member, heartbeat, &counts, &tell).await {
        counts.failed.fetch_add(1, Ordering::Relaxed);
        let _ = counts.first_failure.set(format!("phone {}: {error}", member.number));
    }
}

async fn hold_on(
    member: &mut Member,
    mut heartbeat: u32,
    counts: &Counts,
    tell: &mpsc::UnboundedSender<Pushed>,
) -> Result<(), PhoneError> {
    let Member { number, phone, inbox } = member;
    phone.parked_line.connect().await?;
    counts.connected.fetch_add(1, Ordering::Relaxed);
    loop {
        counts.waiting.fetch_add(1, Ordering::Relaxed);
        let outcome = phone.ping(heartbeat, &[inbox]).await;
        let at = Instant::now();
        counts.waiting.fetch_sub(1, Ordering::Relaxed);
        match outcome? {
            PingOutcome::Changed(_) => {
                counts.pushes.fetch_add(1, Ordering::Relaxed);
                let _ = tell.send(Pushed { number: *number, at });
                // Fetched on the same connection: a second one would be measured too.
                phone.exchange_lines();
                phone.sync_all(&[inbox], |_, _| ()).await?;
                phone.exchange_lines();
                forget_items(phone, inbox);
            }
            PingOutcome::Interval(bound) => heartbeat = bound,
            PingOutcome::Quiet | PingOutcome::Incomplete => {}
            PingOutcome::HierarchyChanged => {
                phone.folder_sync().await?;
            }
            PingOutcome::TooManyFolders(_) => {
                return Err(PhoneError::Status {
                    command: fieldpost_eas::command::CommandName::Ping,
                    status: 6,
                });
            }
        }
    }
}
