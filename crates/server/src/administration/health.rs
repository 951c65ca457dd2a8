//! How the server is: its database, what waits in it, and what a running one is busy with.

use fieldpost_domain::role::Permission;
use fieldpost_store::{DeviceCount, Health, StoreError};
use jiff::{SignedDuration, Timestamp};

use super::{ActError, Actor, Administration, Deed};
use crate::activity::Span;

/// Spans of [`crate::activity`] in an hour.
const HOUR: usize = 12;

/// How the server is.
#[derive(Debug, Clone)]
pub struct ServerHealth {
    /// The database, or in words why it can't be written.
    pub database: Result<Health, String>,
    /// How many devices stand where, and which version of the protocol they speak.
    pub devices: Vec<DeviceCount>,
    /// What waits in the database; none where it gives no answer.
    pub backlog: Option<Backlog>,
    /// What a running server is busy with; none where none runs in this process.
    pub running: Option<Running>,
}

/// What waits in the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backlog {
    /// Messages for other servers.
    pub outgoing: u64,
    /// When the oldest of them was queued.
    pub oldest: Option<Timestamp>,
    /// Items that can't be shown to phones.
    pub unshown: u64,
}

/// What a running server is busy with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Running {
    /// For how long it has run.
    pub since: SignedDuration,
    /// Phones that wait for news.
    pub waiting: usize,
    /// Tasks under way.
    pub tasks: usize,
    /// Requests of any kind in the last hour.
    pub requests: u64,
    /// Syncs in the last hour.
    pub syncs: u64,
    /// Requests in the last hour that were answered with an error.
    pub errors: u64,
}

impl Administration {
    /// How the server is. The database is tried by writing to it.
    ///
    /// # Errors
    /// [`ActError::Denied`].
    pub async fn health(&self, actor: &Actor) -> Result<ServerHealth, ActError> {
        self.permit(actor, Permission::See, &Deed::new("server.health")).await?;
        let now = self.clock.now();
        let running = self.live.as_ref().map(|live| {
            let day = live.activity.day(now);
            let hour = || day.iter().rev().take(HOUR);
            Running {
                since: now.duration_since(live.started),
                waiting: live.seats.taken(),
                tasks: live.tasks.count(),
                requests: hour().map(|span| span.requests).sum(),
                syncs: hour().map(|span| span.syncs).sum(),
                errors: hour().map(|span| span.errors).sum(),
            }
        });
        Ok(ServerHealth {
            database: self.store.check().await.map_err(|error| error.to_string()),
            // Where the database is out of order, this is what can't be said.
            devices: self.store.device_versions().await.unwrap_or_default(),
            backlog: self.backlog().await.ok(),
            running,
        })
    }

    /// How busy the server was over the last day, the oldest span first; none where none runs in this process.
    ///
    /// # Errors
    /// [`ActError::Denied`].
    pub async fn activity(&self, actor: &Actor) -> Result<Option<Vec<Span>>, ActError> {
        self.permit(actor, Permission::See, &Deed::new("server.activity")).await?;
        Ok(self.live.as_ref().map(|live| live.activity.day(self.clock.now())))
    }

    async fn backlog(&self) -> Result<Backlog, StoreError> {
        let (outgoing, oldest) = self.store.outgoing_waiting().await?;
        Ok(Backlog { outgoing, oldest, unshown: self.store.count_poison().await? })
    }
}
