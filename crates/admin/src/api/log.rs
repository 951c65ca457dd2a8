//! `/log`: the transaction log.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::HeaderValue;
use axum::http::header::{CONTENT_TYPE, LINK};
use axum::response::{IntoResponse as _, Response};
use fieldpost_domain::audit::{Entry, Head, Outcome, export};
use fieldpost_server::administration::audit::{LogFilter, LogQuery};
use fieldpost_store::LOG_PAGE_MAX;
use jiff::Timestamp;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::caller::Caller;
use super::input::Asked;
use super::problem::Problem;
use super::{Api, BASE};

/// Most entries of an export, up to a page more.
const EXPORT_MAX: usize = 100_000;

/// Which entries. What is not given does not matter.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Which {
    /// From then on.
    #[param(value_type = Option<String>, format = DateTime)]
    from: Option<Timestamp>,
    /// Until before then.
    #[param(value_type = Option<String>, format = DateTime)]
    until: Option<Timestamp>,
    /// By whom.
    actor: Option<String>,
    /// About whose mailbox.
    mailbox: Option<String>,
    /// About which device.
    device_id: Option<String>,
    /// What: `device.wipe`.
    action: Option<String>,
    /// `done`, `denied` or `failed`.
    outcome: Option<String>,
    /// Most entries, 1 to 1000; 50 where it is absent.
    limit: Option<usize>,
    /// `next` of the page before.
    after: Option<String>,
}

/// An entry. Texts that do not apply are empty.
#[derive(Debug, Serialize, ToSchema)]
pub struct LogEntry {
    /// 1, 2, 3, without a gap.
    number: i64,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    time: Timestamp,
    /// Who.
    actor: String,
    /// By which way: `web`, `api`, `command-line`, `self-service`, `server`.
    through: String,
    /// From which address.
    address: String,
    /// Whose mailbox.
    mailbox: String,
    /// Which device.
    device_id: String,
    /// Of which type.
    device_type: String,
    /// What.
    action: String,
    /// What else there is to say.
    detail: String,
    /// `done`, `denied` or `failed`.
    outcome: &'static str,
}

/// A part of the log, newest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct LogPage {
    entries: Vec<LogEntry>,
    /// What to ask with for older ones; absent where there are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

/// What the log is held against.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Against {
    /// `head` of an earlier verification, which was noted elsewhere.
    noted: Option<String>,
}

/// What came of a verification.
#[derive(Debug, Serialize, ToSchema)]
pub struct Verification {
    /// Nothing was altered, removed or reordered.
    intact: bool,
    /// How many entries there are, where it is intact.
    #[serde(skip_serializing_if = "Option::is_none")]
    entries: Option<i64>,
    /// Number and hash of the newest entry, with a colon in between: to be noted elsewhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    head: Option<String>,
    /// What is wrong, and with which entry.
    #[serde(skip_serializing_if = "Option::is_none")]
    damage: Option<String>,
}

impl From<Entry> for LogEntry {
    fn from(entry: Entry) -> LogEntry {
        let event = entry.event;
        LogEntry {
            number: entry.number,
            time: entry.time,
            actor: event.actor,
            through: event.through,
            address: event.address,
            mailbox: event.mailbox,
            device_id: event.device_id,
            device_type: event.device_type,
            action: event.action,
            detail: event.detail,
            outcome: event.outcome.name(),
        }
    }
}

/// How an export is written, and which entries it has. What is not given does not matter.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Export {
    /// `csv`: a header, then a line for each entry. `json`: an object on each line.
    form: String,
    /// From then on.
    #[param(value_type = Option<String>, format = DateTime)]
    from: Option<Timestamp>,
    /// Until before then.
    #[param(value_type = Option<String>, format = DateTime)]
    until: Option<Timestamp>,
    /// By whom.
    actor: Option<String>,
    /// About whose mailbox.
    mailbox: Option<String>,
    /// About which device.
    device_id: Option<String>,
    /// What: `device.wipe`.
    action: Option<String>,
    /// `done`, `denied` or `failed`.
    outcome: Option<String>,
    /// What the `Link` of the export before has.
    after: Option<String>,
}

fn outcome(name: Option<String>) -> Result<Option<Outcome>, Problem> {
    let Some(name) = name else { return Ok(None) };
    Outcome::from_name(&name).map(Some).ok_or_else(|| {
        Problem::unreadable(format!("outcome: there is no {name}: it is done, denied or failed"))
    })
}

/// A part of the transaction log
#[utoipa::path(
    get,
    path = "/api/v1/log",
    tag = "log",
    params(Which),
    responses(
        (status = 200, body = LogPage),
        (status = "default", body = Problem, content_type = "application/problem+json")
    )
)]
pub(super) async fn list(
    State(api): State<Arc<Api>>,
    Caller(actor): Caller,
    Asked(which): Asked<Which>,
) -> Result<Json<LogPage>, Problem> {
    let filter = LogFilter {
        from: which.from,
        until: which.until,
        actor: which.actor,
        mailbox: which.mailbox,
        device_id: which.device_id,
        action: which.action,
        outcome: outcome(which.outcome)?,
    };
    let query = LogQuery { filter, limit: which.limit.unwrap_or_default(), after: which.after };
    let page = api.administration.log(&actor, &query).await?;
    Ok(Json(LogPage { entries: page.rows.into_iter().map(LogEntry::from).collect(), next: page.next }))
}

/// Export the transaction log
///
/// Newest first, 100,000 entries at most; where there are more, the answer has a `Link` with `rel="next"`.
#[utoipa::path(
    get,
    path = "/api/v1/log/export",
    tag = "log",
    params(Export),
    responses(
        (status = 200, body = String, content_type = "text/csv"),
        (status = 200, body = String, content_type = "application/x-ndjson"),
        (status = "default", body = Problem, content_type = "application/problem+json")
    )
)]
pub(super) async fn export(
    State(api): State<Arc<Api>>,
    Caller(actor): Caller,
    Asked(asked): Asked<Export>,
) -> Result<Response, Problem> {
    let (media_type, header, line): (_, _, fn(&Entry) -> String) = match asked.form.as_str() {
        "csv" => ("text/csv; charset=utf-8", export::CSV_HEADER, export::csv),
        "json" => ("application/x-ndjson", "", export::json),
        other => return Err(Problem::unreadable(format!("form: there is no {other}: it is csv or json"))),
    };
    let mut again = vec![("form", Some(asked.form))];
    again.extend([
        ("from", asked.from.map(|time| time.to_string())),
        ("until", asked.until.map(|time| time.to_string())),
        ("actor", asked.actor.clone()),
        ("mailbox", asked.mailbox.clone()),
        ("device_id", asked.device_id.clone()),
        ("action", asked.action.clone()),
        ("outcome", asked.outcome.clone()),
    ]);
    let filter = LogFilter {
        from: asked.from,
        until: asked.until,
        actor: asked.actor,
        mailbox: asked.mailbox,
        device_id: asked.device_id,
        action: asked.action,
        outcome: outcome(asked.outcome)?,
    };
    let mut query = LogQuery { filter, limit: LOG_PAGE_MAX, after: asked.after };
    let (mut text, mut count) = (header.to_owned(), 0);
    loop {
        let page = api.administration.log(&actor, &query).await?;
        count += page.rows.len();
        text.extend(page.rows.iter().map(line));
        query.after = page.next;
        if query.after.is_none() || count >= EXPORT_MAX {
            break;
        }
    }
    let mut response = ([(CONTENT_TYPE, media_type)], text).into_response();
    if query.after.is_some() {
        again.push(("after", query.after));
        let part = |(name, value): (&str, Option<String>)| {
            Some(format!("{name}={}", utf8_percent_encode(&value?, NON_ALPHANUMERIC)))
        };
        let next: Vec<String> = again.into_iter().filter_map(part).collect();
        let link = format!("<{BASE}/log/export?{}>; rel=\"next\"", next.join("&"));
        response.headers_mut().extend(HeaderValue::try_from(link).map(|link| (LINK, link)));
    }
    Ok(response)
}

/// Verify the transaction log
///
/// It walks the whole log: for one of a million entries that takes seconds.
#[utoipa::path(
    get,
    path = "/api/v1/log/verification",
    tag = "log",
    params(Against),
    responses(
        (status = 200, body = Verification),
        (status = "default", body = Problem, content_type = "application/problem+json")
    )
)]
pub(super) async fn verify(
    State(api): State<Arc<Api>>,
    Caller(actor): Caller,
    Asked(against): Asked<Against>,
) -> Result<Json<Verification>, Problem> {
    let noted = match against.noted {
        None => None,
        Some(noted) => Some(Head::parse(&noted).ok_or_else(|| {
            Problem::unreadable("noted: it is a number, a colon, and 64 hexadecimal digits")
        })?),
    };
    Ok(Json(match api.administration.verify_log(&actor, noted).await? {
        Ok(head) => {
            let (entries, head) = (Some(head.number), Some(head.to_string()));
            Verification { intact: true, entries, head, damage: None }
        }
        Err(damage) => {
            Verification { intact: false, entries: None, head: None, damage: Some(damage.to_string()) }
        }
    }))
}
