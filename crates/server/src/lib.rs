//! The application: an [`App`] holds the store, the push hub and everything else that a request needs,
//! and serves phones through [`activesync`] and [`autodiscover`].
//!
//! Start at [`activesync`] for the path of a request, at [`push`] for waiting, at [`auth`] for who it is, at
//! [`mail`] for messages that phones send.

pub mod activesync;
pub mod activity;
pub mod administration;
pub mod auth;
pub mod autodiscover;
pub mod automatic_reply;
pub mod clock;
pub mod directory;
pub mod documents;
pub mod elsewhere;
pub mod entropy;
pub mod exchanges;
pub mod locks;
pub mod mail;
pub mod meeting;
pub mod push;
pub mod recovery;
pub mod rulebook;
pub mod settings;
pub mod sign_in;
pub mod smtp;
pub mod up_to_date;

use std::sync::Arc;
use std::time::Duration;

use fieldpost_domain::Backend;
use fieldpost_domain::directory::Directory;
use fieldpost_net::admission::Admissions;
use fieldpost_net::http::{self, Forwarded, Handler, Peer, Reply, RequestBody};
use fieldpost_net::limits::Limits;
use fieldpost_net::listener::Listener;
use fieldpost_net::tasks::Tasks;
use fieldpost_net::tls::Tls;
use fieldpost_store::{Store, StoreError};
use hyper::Request;
use jiff::Timestamp;
use tokio::sync::Notify;

use crate::activesync::admission::Doorkeeper;
use crate::activesync::searches::Searches;
use crate::activity::Activity;
use crate::auth::Authenticator;
use crate::auth::password::PasswordError;
use crate::clock::{Clock, SystemClock};
use crate::directory::trust::Trust;
use crate::entropy::{Entropy, SystemEntropy};
use crate::exchanges::Exchanges;
use crate::locks::Locks;
use crate::push::{Hub, Pace, Seats};
use crate::recovery::{KeyError, Vault};
use crate::rulebook::Rulebook;
pub use crate::settings::Settings;
use crate::up_to_date::LastTold;

/// One server: shared by all its connections.
pub struct App {
    /// What it was told.
    pub settings: Settings,
    /// Accounts, devices, states, and mail on its way.
    pub store: Store,
    /// The mailboxes.
    pub backend: Arc<dyn Backend>,
    /// The address book.
    pub directory: Arc<dyn Directory>,
    /// Whose certificates are believed.
    pub trust: Trust,
    /// Who waits for changes.
    pub hub: Arc<Hub>,
    /// Which device's request waits.
    pub seats: Arc<Seats>,
    /// Which devices are in a hurry.
    pub pace: Pace,
    /// Which devices may come in.
    pub doorkeeper: Doorkeeper,
    /// Which searches are paged through.
    pub searches: Searches,
    /// What devices asked last, and what they were told.
    pub exchanges: Arc<Exchanges>,
    /// Policies and switches.
    pub rules: Arc<Rulebook>,
    /// Keeps recovery passwords and second factors secret.
    pub vault: Arc<Vault>,
    /// Who is who.
    pub auth: Authenticator,
    /// How busy it was.
    pub activity: Arc<Activity>,
    /// When it was started.
    pub started: Timestamp,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub entropy: Arc<dyn Entropy>,
    /// Turns of devices.
    pub locks: Locks,
    /// When phones were last told of news by mail.
    pub told: LastTold,
    /// Told when a message for elsewhere was queued.
    pub outbound: Arc<Notify>,
    /// Everything that runs on its own; it ends when the server stops.
    pub tasks: Tasks,
}

/// Why a server does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The store does not open.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The key of recovery passwords and second factors can't be had.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// Password hashing does not work.
    #[error(transparent)]
    Password(#[from] PasswordError),
}

impl App {
    /// Opens the store that the settings name, with the machine's clock and randomness.
    pub async fn open(settings: Settings) -> Result<Arc<App>, StartError> {
        App::new(settings, Arc::new(SystemClock), Arc::new(SystemEntropy)).await
    }

    /// Opens the store that the settings name.
    pub async fn new(
        settings: Settings,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
    ) -> Result<Arc<App>, StartError> {
        let hub = Arc::new(Hub::default());
        let options = fieldpost_store::Options {
            listener: Arc::clone(&hub) as _,
            max_connections: settings.database_connections,
            node: Some(u64::from_le_bytes(entropy::bytes(&*entropy))),
        };
        let store = Store::open(&settings.database, options).await?;
        let auth = Authenticator::new(
            store.clone(),
            Arc::clone(&clock),
            &*entropy,
            settings.domains.clone(),
            settings.remember_credentials,
        )?;
        let backend = Arc::new(store.clone());
        let tasks = Tasks::new();
        tasks.spawn("search backlog", catch_up_search(store.clone(), tasks.clone()));
        let directory = Arc::new(store.clone());
        // Before anything is read that others may change.
        let bell = store.listen().await?;
        let rules = Rulebook::open(store.clone(), Arc::clone(&hub), &settings).await?;
        let heed = elsewhere::heed(bell, Arc::clone(&hub), Arc::clone(&rules), tasks.clone());
        tasks.spawn("what others do", heed);
        tasks.spawn("turns of the crowd", Arc::clone(&hub).take_turns(tasks.clone()));
        let vault = Arc::new(Vault::open(settings.recovery_key.as_deref(), Arc::clone(&entropy))?);
        sign_in::second_factor::seal_all(&store, &vault).await?;
        let trust = Trust::new(settings.trust.clone());
        Ok(Arc::new(App {
            settings,
            store,
            backend,
            directory,
            trust,
            hub,
            seats: Arc::default(),
            pace: Pace::default(),
            doorkeeper: Doorkeeper::default(),
            searches: Searches::default(),
            activity: Arc::default(),
            started: clock.now(),
            exchanges: Arc::default(),
            rules,
            vault,
            auth,
            clock,
            entropy,
            locks: Locks::default(),
            told: LastTold::default(),
            outbound: Arc::default(),
            tasks,
        }))
    }

    /// Serves phones on a listener until [`App::tasks`] is drained. Without `tls` it speaks plain HTTP:
    /// for use behind a proxy that does TLS.
    pub fn serve(
        self: &Arc<Self>,
        listener: Listener,
        tls: Option<Tls>,
        forwarded: Forwarded,
        limits: &Limits,
    ) -> Arc<Admissions> {
        http::serve(listener, tls, forwarded, limits, &self.tasks, Arc::new(Endpoint(Arc::clone(self))))
    }
}

/// How long others go first between two turns of catching up, and after trouble.
const BREATH: Duration = Duration::from_millis(20);
const PAUSE: Duration = Duration::from_secs(60);

/// Keeps the words of items that came before there was a search index.
async fn catch_up_search(store: Store, tasks: Tasks) {
    loop {
        let pause = match store.catch_up_search().await {
            Ok(true) => BREATH,
            Ok(false) => return,
            Err(error) => {
                tracing::warn!(%error, "the search index can't catch up, it goes on later");
                PAUSE
            }
        };
        tokio::select! {
            () = tasks.draining().cancelled() => return,
            () = tokio::time::sleep(pause) => {}
        }
    }
}

/// What the listeners hand requests to.
struct Endpoint(Arc<App>);

impl Handler for Endpoint {
    async fn handle(&self, request: Request<RequestBody>, peer: Peer) -> Reply {
        if autodiscover::is_endpoint(request.uri().path()) {
            return autodiscover::serve(&self.0, request, peer).await.into();
        }
        activesync::serve(Arc::clone(&self.0), request, peer).await
    }
}
