//! `/health`: how the server is.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use fieldpost_server::administration::health::{Running, ServerHealth};
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

/// What a running server is busy with.
#[derive(Debug, Serialize, ToSchema)]
pub struct RunningShown {
    /// For how long it has run.
    seconds: i64,
    /// Phones that wait for news now.
    waiting_phones: usize,
    /// Tasks under way.
    tasks: usize,
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
            syncs_last_hour: running.syncs,
            errors_last_hour: running.errors,
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
        HealthShown {
            version: env!("CARGO_PKG_VERSION"),
            database,
            devices: health.devices.into_iter().map(|(standing, count)| (standing.name(), count)).collect(),
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
