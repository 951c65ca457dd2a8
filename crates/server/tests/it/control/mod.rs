//! Devices under control, through the acts of the administration.

mod acts;
mod quarantine;
mod wipe;

use fieldpost_domain::audit::{Entry, Outcome};
use fieldpost_domain::role::Role;
use fieldpost_server::administration::audit::LogQuery;
use fieldpost_server::administration::{Actor, Administration, Through};

use crate::server::Server;

pub const MIA: &str = "mia@example.org";

pub fn administrator(name: &str, role: Role) -> Actor {
    Actor { name: name.to_owned(), role, address: "192.0.2.7".parse().ok(), through: Through::Web }
}

pub fn owner() -> Actor {
    administrator("anna@example.org", Role::Owner)
}

pub fn administration(server: &Server) -> Administration {
    Administration::of(&server.app)
}

/// The log, oldest first.
pub async fn log(server: &Server) -> Vec<Entry> {
    let query = LogQuery { limit: 1000, ..LogQuery::default() };
    let mut rows = administration(server).log(&owner(), &query).await.unwrap().rows;
    rows.reverse();
    rows
}

/// What was done, by whom and how it ended.
pub async fn deeds(server: &Server) -> Vec<(String, String, Outcome)> {
    let log = log(server).await;
    log.into_iter().map(|entry| (entry.event.actor, entry.event.action, entry.event.outcome)).collect()
}

/// The actions of the log.
pub async fn actions(server: &Server) -> Vec<String> {
    log(server).await.into_iter().map(|entry| entry.event.action).collect()
}
