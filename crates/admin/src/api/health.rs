//! `/health` and `/activity`: how the server is, and how busy it was.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use fieldpost_server::activity::Span;
use fieldpost_server::administration::health::{Backlog, Running, ServerHealth};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use super::Api;
use super::caller::Caller;
use super::problem::Problem;

/// How the server is.
#[derive(Debug, Serialize, ToSchema)]
pub struct HealthShown {
    /// The program's version.
    version: &'static str,
    /// Its database.
    database: DatabaseShown,
    /// How many devices are `allowed`, `quarantined`, `blocked`, `wiping` and `wiped`.
    devices: BTreeMap<&'static str, u64>,
    /// How many devices speak which version of the protocol.
    versions: BTreeMap<String, u64>,
    /// What waits in the database; null where it gives no answer.
    backlog: Option<BacklogShown>,
    /// What a running server is busy with; null where the store was asked itself.
    running: Option<RunningShown>,
}

/// The database.
#[derive(Debug, Serialize, ToSchema)]
pub struct DatabaseShown {
    /// It can be written: it was tried.
    writable: bool,
    /// `SQLite` or `PostgreSQL`.
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<String>,
    /// Version of its schema.
    #[serde(skip_serializing_if = "Option::is_none")]
    schema: Option<i64>,
    /// Free bytes on the disk of its file; absent for a database server.
    #[serde(skip_serializing_if = "Option::is_none")]
    free_bytes: Option<u64>,
    /// Why it can't be written.
    #[serde(skip_serializing_if = "Option::is_none")]
    problem: Option<String>,
}

/// What waits in the database.
#[derive(Debug, Serialize, ToSchema)]
pub struct BacklogShown {
    /// Messages for other servers.
    outgoing_messages: u64,
    /// When the oldest of them was queued.
    #[schema(value_type = Option<String>, format = DateTime)]
    #[serde(skip_serializing_if = "Option::is_none")]
    oldest_outgoing: Option<Timestamp>,
    /// Items that can't be shown to phones.
    unshown_items: u64,
}

/// What a running server is busy with.
#[derive(Debug, Serialize, ToSchema)]
pub struct RunningShown {
    /// For how long it has run.
    seconds: i64,
    /// Phones that wait for news now.
    waiting_phones: usize,
    /// Tasks under way.
    tasks: usize,
    /// Requests of any kind in the last hour.
    requests_last_hour: u64,
    /// Syncs in the last hour.
    syncs_last_hour: u64,
    /// Requests in the last hour that were answered with an error.
    errors_last_hour: u64,
}

impl From<Running> for RunningShown {
    fn from(running: Running) -> RunningShown {
        RunningShown {
            seconds: running.since.as_secs(),
            waiting_phones: running.waiting,
            tasks: running.tasks,
            requests_last_hour: running.requests,
            syncs_last_hour: running.syncs,
            errors_last_hour: running.errors,
        }
    }
}

impl From<Backlog> for BacklogShown {
    fn from(backlog: Backlog) -> BacklogShown {
        BacklogShown {
            outgoing_messages: backlog.outgoing,
            oldest_outgoing: backlog.oldest,
            unshown_items: backlog.unshown,
        }
    }
}

impl From<ServerHealth> for HealthShown {
    fn from(health: ServerHealth) -> HealthShown {
        let database = match health.database {
            Ok(database) => DatabaseShown {
                writable: true,
                kind: Some(database.dialect.to_string()),
                schema: Some(database.schema),
                free_bytes: database.free_bytes,
                problem: None,
            },
            Err(problem) => DatabaseShown {
                writable: false,
                kind: None,
                schema: None,
                free_bytes: None,
                problem: Some(problem),
            },
        };
        let (mut devices, mut versions) = (BTreeMap::new(), BTreeMap::new());
        for count in health.devices {
            *devices.entry(count.standing.name()).or_default() += count.devices;
            let version = count.version.unwrap_or_else(|| "unknown".to_owned());
            *versions.entry(version).or_default() += count.devices;
        }
        HealthShown {
            version: env!("CARGO_PKG_VERSION"),
            database,
            devices,
            versions,
            backlog: health.backlog.map(BacklogShown::from),
            running: health.running.map(RunningShown::from),
        }
    }
}

/// How the server is
///
/// Answered with 200 also where the database can't be written: look at `database.writable`.
#[utoipa::path(
    get,
    path = "/api/v1/health",
    tag = "server",
    responses(
        (status = 200, body = HealthShown),
        (status = "default", body = Problem, content_type = "application/problem+json")
    )
)]
pub(super) async fn show(
    State(api): State<Arc<Api>>,
    Caller(actor): Caller,
) -> Result<Json<HealthShown>, Problem> {
    Ok(Json(api.administration.health(&actor).await?.into()))
}

/// Five minutes of the server.
#[derive(Debug, Serialize, ToSchema)]
pub struct SpanShown {
    /// When they began.
    #[schema(value_type = String, format = DateTime)]
    begin: Timestamp,
    /// Requests of any kind.
    requests: u64,
    /// Of them, Syncs.
    syncs: u64,
    /// Of them, those that were answered with an error.
    errors: u64,
    /// Most phones that waited at once.
    waiting_phones: u64,
}

impl From<Span> for SpanShown {
    fn from(span: Span) -> SpanShown {
        SpanShown {
            begin: span.begin(),
            requests: span.requests,
            syncs: span.syncs,
            errors: span.errors,
            waiting_phones: span.waiting,
        }
    }
}

/// How busy the server was over the last day
///
/// In spans of five minutes, the oldest first; empty where the store was asked itself.
#[utoipa::path(
    get,
    path = "/api/v1/activity",
    tag = "server",
    responses(
        (status = 200, body = Vec<SpanShown>),
        (status = "default", body = Problem, content_type = "application/problem+json")
    )
)]
pub(super) async fn activity(
    State(api): State<Arc<Api>>,
    Caller(actor): Caller,
) -> Result<Json<Vec<SpanShown>>, Problem> {
    let day = api.administration.activity(&actor).await?;
    Ok(Json(day.into_iter().flatten().map(SpanShown::from).collect()))
}
