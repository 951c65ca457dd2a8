//! The administration: the one set of rules behind the web tool, the REST API and the command line. Each act
//! is a method of [`Administration`], in the file of what it is about, and goes the same way: it asks whether
//! the actor's role allows it, checks what it was given, changes the store and appends the entry of the
//! transaction log in one transaction, and wakes the phones that it concerns. An act that is refused is
//! logged as well.
//!
//! [`act`] has the actor and the errors; [`administrators`] says who acts, [`accounts`] whose mail it is; [`devices`],
//! [`wipe`] and [`admission`] decide about devices, [`diagnosis`] says why one is stuck; [`policies`] and [`switches`]
//! are about what is asked of phones and what may be used; [`audit`] reads the log; [`health`] says how the server is.

pub mod accounts;
pub mod act;
pub mod administrators;
pub mod admission;
pub mod app_passwords;
pub mod audit;
pub mod devices;
pub mod diagnosis;
pub mod health;
pub mod policies;
pub mod switches;
pub mod tokens;
pub mod wipe;

use std::sync::Arc;

use fieldpost_domain::AccountId;
use fieldpost_domain::audit::Event;
use fieldpost_domain::role::Permission;
use fieldpost_net::tasks::Tasks;
use fieldpost_store::{Account, Store, StoreError};
use jiff::Timestamp;

pub use self::act::{ActError, Actor, Deed, Through};
use crate::App;
use crate::activity::Activity;
use crate::auth::refusals::Refusals;
use crate::clock::Clock;
use crate::exchanges::Exchanges;
use crate::push::{Hub, Seats};
use crate::recovery::Vault;
use crate::rulebook::Rulebook;

/// The acts of the administration.
#[derive(Clone)]
pub struct Administration {
    store: Store,
    clock: Arc<dyn Clock>,
    /// Who is woken; none where no server runs in this process.
    hub: Option<Arc<Hub>>,
    /// The policies and switches of a server in this process.
    rules: Option<Arc<Rulebook>>,
    /// Opens recovery passwords, where the key is at hand.
    vault: Option<Arc<Vault>>,
    /// What a server in this process sees of devices.
    live: Option<Live>,
}

/// What only a running server knows of its devices.
#[derive(Clone)]
struct Live {
    exchanges: Arc<Exchanges>,
    seats: Arc<Seats>,
    refusals: Arc<Refusals>,
    activity: Arc<Activity>,
    tasks: Tasks,
    /// When the server was started.
    started: Timestamp,
}

/// Carries an act of an [`Administration`] out: the block changes the store through the act, and ends with its
/// outcome and the deed as the log is to have it, both in one transaction ([`fieldpost_store::carry_out!`]). A
/// refusal is logged as `$deed`.
macro_rules! carry_out {
    ($administration:expr, $actor:expr, $deed:expr, |$act:ident| $work:block) => {{
        let outcome = fieldpost_store::carry_out!($administration.store.act(), |$act| {
            let done: Result<(_, Deed), ActError> = async { $work }.await;
            let (outcome, deed) = done?;
            $act.log($actor.event(&deed), $administration.clock.now()).await?;
            Ok::<_, ActError>(outcome)
        });
        match outcome {
            Ok(outcome) => Ok(outcome),
            Err(error) => Err($administration.refuse($actor, $deed, error).await),
        }
    }};
}
pub(crate) use carry_out;

/// A part of a list, and where the next part begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// The rows.
    pub rows: Vec<T>,
    /// What to ask with for the rows after these; none where these are the last.
    pub next: Option<String>,
}

impl Administration {
    /// The administration of a server that runs in this process.
    pub fn of(app: &App) -> Administration {
        Administration {
            store: app.store.clone(),
            clock: Arc::clone(&app.clock),
            hub: Some(Arc::clone(&app.hub)),
            rules: Some(Arc::clone(&app.rules)),
            vault: Some(Arc::clone(&app.vault)),
            live: Some(Live {
                exchanges: Arc::clone(&app.exchanges),
                seats: Arc::clone(&app.seats),
                refusals: Arc::clone(app.auth.refusals()),
                activity: Arc::clone(&app.activity),
                tasks: app.tasks.clone(),
                started: app.started,
            }),
        }
    }

    /// The administration of a store alone: the server, if one runs elsewhere, hears what is decided from the
    /// store ([`crate::elsewhere`]), and wakes phones that wait.
    pub fn of_store(store: Store, clock: Arc<dyn Clock>) -> Administration {
        Administration { store, clock, hub: None, rules: None, vault: None, live: None }
    }

    /// The same with the key of recovery passwords.
    pub fn with_vault(self, vault: Arc<Vault>) -> Administration {
        Administration { vault: Some(vault), ..self }
    }

    /// Has what was decided about policies and switches hold at once; a server in another process notices by
    /// itself. Where that fails, the server tries again within seconds.
    async fn rules_changed(&self) {
        if let Some(rules) = &self.rules
            && let Err(error) = rules.refresh().await
        {
            tracing::warn!(%error, "what was decided holds a little later");
        }
    }

    /// The store.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Checks that the actor may do the deed. A refusal is logged.
    ///
    /// # Errors
    /// [`ActError::Denied`], [`ActError::NotYours`].
    pub async fn permit(&self, actor: &Actor, permission: Permission, deed: &Deed) -> Result<(), ActError> {
        match act::permit(actor, permission) {
            Ok(()) => Ok(()),
            Err(error) => Err(self.refuse(actor, deed, error).await),
        }
    }

    /// Logs that a deed was refused, and gives the error back. Our own trouble is not the actor's, and is
    /// not logged: the log lies where the trouble is.
    pub async fn refuse(&self, actor: &Actor, deed: &Deed, error: ActError) -> ActError {
        if matches!(error, ActError::Store(_)) {
            return error;
        }
        let detail = match deed.detail.is_empty() {
            true => error.to_string(),
            false => format!("{}: {error}", deed.detail),
        };
        let event = Event { detail, outcome: error.outcome(), ..actor.event(deed) };
        let logged: Result<(), StoreError> = fieldpost_store::carry_out!(self.store.act(), |act| {
            act.log(event.clone(), self.clock.now()).await?;
            Ok(())
        });
        if let Err(trouble) = logged {
            tracing::warn!(error = %trouble, action = deed.action, "a refused act could not be logged");
        }
        error
    }

    /// The account with this address.
    ///
    /// # Errors
    /// [`ActError::NotFound`].
    pub async fn account(&self, address: &str) -> Result<Account, ActError> {
        let found = self.store.account_by_address(address).await?;
        found.ok_or_else(|| ActError::NotFound { what: "account", name: address.to_owned() })
    }

    /// Has a device's waiting request look again.
    pub fn wake(&self, account: AccountId, device_id: &str) {
        if let Some(hub) = &self.hub {
            hub.wake_device(account, device_id);
        }
    }

    /// The same for every device.
    pub fn wake_all(&self) {
        if let Some(hub) = &self.hub {
            hub.wake_all();
        }
    }
}
