//! How the server is: store, mail on its way, waiting phones, requests.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use fieldpost_server::administration::health::{Backlog, Running, ServerHealth};
use jiff::{SignedDuration, Timestamp};

use super::failure::Failure;
use super::filters;
use super::layout::{HEALTH, Page, html};
use super::visitor::Administrator;
use crate::Site;

/// One fact, and whether it is well.
struct Fact {
    name: &'static str,
    value: String,
    /// `good`, `warn`, `bad`, or nothing where there is no judging it.
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
/// Mail that no other server took for so long needs somebody's eye.
const MAIL_HOURS: i64 = 4;

impl Fact {
    fn plain(name: &'static str, value: impl Into<String>) -> Fact {
        Fact { name, value: value.into(), mood: "", judgement: "" }
    }

    fn judged(self, mood: &'static str, judgement: &'static str) -> Fact {
        Fact { mood, judgement, ..self }
    }
}

fn number(count: u64) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}

/// The oldest mail that waits for another server, where it waits for too long.
fn stuck(oldest: Option<Timestamp>, now: Timestamp) -> Option<Timestamp> {
    oldest.filter(|oldest| now.duration_since(*oldest) >= SignedDuration::from_hours(MAIL_HOURS))
}

/// What an administrator has to see to.
pub(super) fn matters(health: &ServerHealth, now: Timestamp) -> Vec<String> {
    let mut matters = Vec::new();
    match &health.database {
        Ok(database) => matters.extend(database.free_bytes.filter(|free| *free < ROOM).map(|free| {
            let free = filters::size(free);
            format!("The disk of the database has {free} left: mail is refused once it is full.")
        })),
        Err(problem) => matters.push(format!("The database can’t be written: {problem}.")),
    }
    if let Some(backlog) = health.backlog
        && let Some(oldest) = stuck(backlog.oldest, now)
    {
        matters.push(format!(
            "{} for other servers, the oldest since {}: the server’s log says why.",
            filters::count(number(backlog.outgoing), "message waits", "messages wait"),
            filters::time(oldest)
        ));
    }
    matters
}

fn database(database: Result<fieldpost_store::Health, String>) -> Vec<Fact> {
    match database {
        Ok(found) => {
            let database = format!("{}, schema {}", found.dialect, found.schema);
            let room = found.free_bytes.map(|free| {
                let fact = Fact::plain("Free room on its disk", filters::size(free));
                if free >= ROOM {
                    fact.judged("good", "enough")
                } else {
                    fact.judged("bad", "free some space soon")
                }
            });
            let written = Fact::plain("Database", database).judged("good", "can be written");
            std::iter::once(written).chain(room).collect()
        }
        Err(problem) => vec![Fact::plain("Database", problem).judged("bad", "can’t be written")],
    }
}

fn backlog(backlog: Backlog, now: Timestamp) -> [Fact; 2] {
    let mail = match backlog.oldest {
        None => Fact::plain("Mail for other servers", "none waits"),
        Some(oldest) => {
            let waits = filters::count(number(backlog.outgoing), "message waits", "messages wait");
            let since = filters::span(now.duration_since(oldest));
            let fact = Fact::plain("Mail for other servers", format!("{waits}, the oldest for {since}"));
            match stuck(Some(oldest), now) {
                Some(_) => fact.judged("bad", "the server’s log says why"),
                None => fact,
            }
        }
    };
    let unshown = Fact::plain("Items that can’t be shown to phones", backlog.unshown.to_string());
    let unshown = match backlog.unshown {
        0 => unshown,
        _ => unshown.judged("warn", "named on the pages of their devices"),
    };
    [mail, unshown]
}

fn running(running: Running) -> [Fact; 4] {
    let errors = Fact::plain("Of them answered with an error", running.errors.to_string());
    [
        Fact::plain("Running for", filters::span(running.since)),
        Fact::plain("Phones waiting for news", running.waiting.to_string()),
        Fact::plain("Requests in the last hour", running.requests.to_string()),
        if running.errors == 0 { errors } else { errors.judged("warn", "the server’s log says why") },
    ]
}

/// The page.
pub(crate) async fn show(
    State(site): State<Arc<Site>>,
    administrator: Administrator,
) -> Result<Response, Failure> {
    let health = site.administration.health(&administrator.actor()).await?;
    let mut facts = database(health.database);
    facts.extend(health.backlog.into_iter().flat_map(|held| backlog(held, site.app.clock.now())));
    facts.extend(health.running.into_iter().flat_map(running));
    facts.push(Fact::plain("Version", env!("CARGO_PKG_VERSION")));
    html(&Health { page: Page::new("Server health", HEALTH, &administrator), facts })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mail_that_waits_is_a_matter_after_hours() {
        let now = Timestamp::from_second(1_800_000_000).unwrap();
        let ago = |minutes| Some(now - SignedDuration::from_mins(minutes));
        assert_eq!(stuck(None, now), None);
        assert_eq!(stuck(ago(60 * MAIL_HOURS - 1), now), None);
        assert_eq!(stuck(ago(60 * MAIL_HOURS), now), ago(60 * MAIL_HOURS));
    }
}
