//! Who acts, by which way, and why an act is refused.

use std::net::IpAddr;

use fieldpost_domain::audit::{Event, Outcome};
use fieldpost_domain::role::{Permission, Role};
use fieldpost_store::{StoreError, Transient};

/// By which way somebody acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Through {
    /// The web tool.
    Web,
    /// The REST API.
    Api,
    /// The command line.
    CommandLine,
    /// The users' own page.
    SelfService,
    /// Nobody: the server itself.
    Server,
}

impl Through {
    /// The name by which the transaction log has it.
    pub fn name(self) -> &'static str {
        match self {
            Through::Web => "web",
            Through::Api => "api",
            Through::CommandLine => "command-line",
            Through::SelfService => "self-service",
            Through::Server => "server",
        }
    }
}

/// Who acts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// An administrator's name, the account's address for self service, `local` for the command line.
    pub name: String,
    /// What they may do. Nothing of it counts for self service, where one's own devices are one's own.
    pub role: Role,
    /// Where they are, where that is known.
    pub address: Option<IpAddr>,
    /// By which way.
    pub through: Through,
}

impl Actor {
    /// Whoever has a shell on the server: they could change the database itself.
    pub fn local() -> Actor {
        Actor { name: "local".to_owned(), role: Role::Owner, address: None, through: Through::CommandLine }
    }

    /// The server itself, for what it decides alone.
    pub fn server() -> Actor {
        Actor { name: "server".to_owned(), role: Role::Owner, address: None, through: Through::Server }
    }

    /// What the log is to have of a deed of this actor.
    pub(crate) fn event(&self, deed: &Deed) -> Event {
        Event {
            actor: self.name.clone(),
            through: self.through.name().to_owned(),
            address: self.address.map(|address| address.to_string()).unwrap_or_default(),
            mailbox: deed.mailbox.clone(),
            device_id: deed.device_id.clone(),
            device_type: deed.device_type.clone(),
            action: deed.action.to_owned(),
            detail: deed.detail.clone(),
            outcome: Outcome::Done,
        }
    }
}

/// What is done, as the log tells it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Deed {
    /// A noun and a verb: `device.wipe`.
    pub action: &'static str,
    /// Whose mailbox, where it is about one.
    pub mailbox: String,
    /// Which device, where it is about one.
    pub device_id: String,
    /// Of which type, where that is known.
    pub device_type: String,
    /// What else there is to say. Never a secret.
    pub detail: String,
}

impl Deed {
    /// A deed about no mailbox.
    pub fn new(action: &'static str) -> Deed {
        Deed { action, ..Deed::default() }
    }

    /// A deed about a mailbox.
    pub fn about(action: &'static str, mailbox: &str) -> Deed {
        Deed { action, mailbox: mailbox.to_owned(), ..Deed::default() }
    }

    /// The same about a device.
    pub fn of_device(self, device_id: &str, device_type: &str) -> Deed {
        Deed { device_id: device_id.to_owned(), device_type: device_type.to_owned(), ..self }
    }

    /// The same with more to say.
    pub fn saying(self, detail: impl Into<String>) -> Deed {
        Deed { detail: detail.into(), ..self }
    }
}

/// Why an act was not carried out, in words for whoever wanted it. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum ActError {
    /// The role does not allow it.
    #[error("the role {role} does not allow this: it takes {least}")]
    Denied {
        /// The actor's.
        role: Role,
        /// The least that would do.
        least: Role,
    },
    /// Self service is for one's own devices.
    #[error("this is not yours to decide: ask an administrator")]
    NotYours,
    /// There is no such thing.
    #[error("there is no {what} {name}")]
    NotFound {
        /// `account`, `device`.
        what: &'static str,
        /// What was asked for.
        name: String,
    },
    /// What was given makes no sense.
    #[error("{0}")]
    Invalid(String),
    /// It does not go with how things stand.
    #[error("{0}")]
    Conflict(String),
    /// Our own trouble.
    #[error("the store can't be used just now, nothing was changed; try again: {0}")]
    Store(#[from] StoreError),
}

impl Transient for ActError {
    fn is_transient(&self) -> bool {
        matches!(self, ActError::Store(error) if error.is_transient())
    }
}

impl ActError {
    /// How the log has it.
    pub(super) fn outcome(&self) -> Outcome {
        match self {
            ActError::Denied { .. } | ActError::NotYours => Outcome::Denied,
            _ => Outcome::Failed,
        }
    }
}

/// Whether the actor's role has the permission.
pub(super) fn permit(actor: &Actor, permission: Permission) -> Result<(), ActError> {
    if actor.through == Through::SelfService {
        return Err(ActError::NotYours);
    }
    match actor.role.may(permission) {
        true => Ok(()),
        false => Err(ActError::Denied { role: actor.role, least: permission.least() }),
    }
}
