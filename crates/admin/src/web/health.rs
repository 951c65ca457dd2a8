//! How the server is: store, connections, waiting phones, mail on its way.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;

use super::failure::Failure;
use super::filters;
use super::layout::{HEALTH, Page, html};
use super::visitor::Administrator;
use crate::Site;

/// One fact, and whether it is well.
struct Fact {
    name: &'static str,
    value: String,
    /// `good`, `bad`, or nothing where there is no judging it.
    mood: &'static str,
    judgement: &'static str,
}

#[derive(Template)]
#[template(path = "health.html")]
struct Health {
    page: Page,
    facts: Vec<Fact>,
}

/// Least free room on the disk of the database that is well.
const ROOM: u64 = 1_000_000_000;

/// What an administrator has to see to, if anything.
pub(super) async fn trouble(site: &Site) -> Option<String> {
    match site.app.store.check().await {
        Ok(health) => health.free_bytes.filter(|free| *free < ROOM).map(|free| {
            format!(
                "The disk of the database has {} left: mail is refused once it is full.",
                filters::size(free)
            )
        }),
        Err(error) => Some(format!("The database can’t be written: {error}.")),
    }
}

/// The page.
pub(crate) async fn show(
    State(site): State<Arc<Site>>,
    administrator: Administrator,
) -> Result<Response, Failure> {
    let health = site.administration.health(&administrator.actor()).await?;
    let plain = |name, value| Fact { name, value, mood: "", judgement: "" };
    let mut facts = Vec::new();
    match health.database {
        Ok(database) => {
            facts.push(Fact {
                name: "Database",
                value: format!("{}, schema {}", database.dialect, database.schema),
                mood: "good",
                judgement: "can be written",
            });
            if let Some(free) = database.free_bytes {
                let well = free >= ROOM;
                facts.push(Fact {
                    name: "Free room on its disk",
                    value: filters::size(free),
                    mood: if well { "good" } else { "bad" },
                    judgement: if well { "enough" } else { "free some space soon" },
                });
            }
        }
        Err(problem) => {
            facts.push(Fact {
                name: "Database", value: problem, mood: "bad", judgement: "can’t be written"
            });
        }
    }
    facts.push(plain("Version", env!("CARGO_PKG_VERSION").to_owned()));
    if let Some(running) = health.running {
        facts.push(plain("Running for", filters::span(running.since)));
        facts.push(plain("Phones waiting for news", running.waiting.to_string()));
        facts.push(plain("Tasks under way", running.tasks.to_string()));
    }
    html(&Health { page: Page::new("Server health", HEALTH, &administrator), facts })
}
