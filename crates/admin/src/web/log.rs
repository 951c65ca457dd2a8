//! The transaction log: who did what to which device, with a filter, as CSV and JSON, and whether it is whole.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse as _, Response};
use fieldpost_domain::audit::export::{self, CSV_HEADER};
use fieldpost_domain::audit::{Entry, Outcome};
use fieldpost_server::administration::audit::{LogFilter, LogQuery};
use hyper::header;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};
use serde::Deserialize;

use super::failure::Failure;
use super::filters;
use super::layout::{LOG, Note, Page, bad, good, html};
use super::visitor::Administrator;
use crate::Site;

/// Entries of a page.
const PAGE: usize = 50;
/// Entries that are read at once for an export.
const PORTION: usize = 1000;
/// Most entries of an export. Whoever wants more narrows the filter to a span of days.
const EXPORT_MAX: usize = 100_000;

/// The filter as it stands in the address.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct LogFields {
    from: String,
    until: String,
    actor: String,
    mailbox: String,
    device: String,
    action: String,
    outcome: String,
    after: String,
}

impl LogFields {
    fn filter(&self) -> Result<LogFilter, Failure> {
        let text = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let from = day(&self.from)?.map(start_of).transpose()?;
        // The last day is meant as a whole.
        let until = day(&self.until)?.map(|day| start_of(day.saturating_add(1.day()))).transpose()?;
        Ok(LogFilter {
            from,
            until,
            actor: text(&self.actor),
            mailbox: text(&self.mailbox),
            device_id: text(&self.device),
            action: text(&self.action),
            outcome: Outcome::from_name(&self.outcome),
        })
    }

    /// The query of an address with this filter.
    fn query(&self, after: Option<&str>) -> String {
        let fields = [
            ("from", self.from.as_str()),
            ("until", &self.until),
            ("actor", &self.actor),
            ("mailbox", &self.mailbox),
            ("device", &self.device),
            ("action", &self.action),
            ("outcome", &self.outcome),
            ("after", after.unwrap_or_default()),
        ];
        filters::query(&fields)
    }
}

fn day(text: &str) -> Result<Option<Date>, Failure> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let day = text.trim().parse();
    day.map(Some).map_err(|_| Failure::Invalid(format!("“{text}” is no day; write 2026-11-23.")))
}

fn start_of(day: Date) -> Result<Timestamp, Failure> {
    let zoned = day.to_zoned(TimeZone::UTC);
    zoned.map(|zoned| zoned.timestamp()).map_err(|_| Failure::Invalid("The day is too far away.".to_owned()))
}

struct Row {
    number: i64,
    at: String,
    machine: String,
    actor: String,
    through: String,
    address: String,
    mailbox: String,
    device: String,
    kind: String,
    action: &'static str,
    name: String,
    detail: String,
    outcome: &'static str,
    mood: &'static str,
}

#[derive(Template)]
#[template(path = "log.html")]
struct Log {
    page: Page,
    fields: LogFields,
    actions: &'static [(&'static str, &'static str)],
    /// The action in the filter is one of those.
    known_action: bool,
    rows: Vec<Row>,
    first: bool,
    next: Option<String>,
    query: String,
}

/// What actions are called, done or refused. Those that are not here are shown by their name.
const ACTIONS: &[(&str, &str)] = &[
    ("account.disable", "Disable an account"),
    ("account.enable", "Enable an account"),
    ("administrator.add", "Make an administrator"),
    ("administrator.password", "Set a password"),
    ("administrator.remove", "Remove an administrator"),
    ("administrator.role", "Change a role"),
    ("administrator.second-factor", "Reset a second factor"),
    ("app-password.add", "Make an app password"),
    ("app-password.remove", "Take an app password away"),
    ("device.allow", "Allow a device"),
    ("device.block", "Block a device"),
    ("device.delete", "End a partnership"),
    ("device.recovery-password", "Look at a recovery password"),
    ("device.release", "Release a device"),
    ("device.resync", "Force a new sync"),
    ("device.unlist", "Let the rules decide about a device"),
    ("device.wipe", "Order a wipe"),
    ("device.wipe.approve", "Approve a wipe"),
    ("device.wipe.cancel", "Cancel a wipe"),
    ("policy.assign", "Assign a policy"),
    ("policy.default", "Choose the default policy"),
    ("policy.delete", "Remove a policy"),
    ("policy.end-exemption", "End an exception from policies"),
    ("policy.exempt", "Make an exception from policies"),
    ("policy.order", "Put groups in order"),
    ("policy.put", "Change a policy"),
    ("rules.put", "Change the admission rules"),
    ("switches.notify", "Choose where notifications go"),
    ("switches.put", "Change switches"),
    ("token.add", "Make a token of the API"),
    ("token.remove", "Take a token of the API away"),
    ("wipe-rules.put", "Change how wipes are ordered"),
];

fn action_text(action: &str) -> &'static str {
    ACTIONS.iter().find(|(name, _)| *name == action).map_or("", |(_, text)| text)
}

fn row(entry: Entry) -> Row {
    let event = entry.event;
    Row {
        number: entry.number,
        at: filters::time(entry.time),
        machine: filters::machine_time(entry.time),
        actor: event.actor,
        through: event.through,
        address: event.address,
        mailbox: event.mailbox,
        device: event.device_id,
        kind: event.device_type,
        action: action_text(&event.action),
        name: event.action,
        detail: event.detail,
        outcome: event.outcome.name(),
        mood: match event.outcome {
            Outcome::Done => "good",
            Outcome::Denied => "bad",
            Outcome::Failed => "warn",
        },
    }
}

async fn page(
    site: &Site,
    administrator: &Administrator,
    fields: LogFields,
    note: Option<Note>,
) -> Result<Response, Failure> {
    let after = Some(fields.after.clone()).filter(|after| !after.is_empty());
    let first = after.is_none();
    let query = LogQuery { filter: fields.filter()?, limit: PAGE, after };
    let found = site.administration.log(&administrator.actor(), &query).await?;
    html(&Log {
        page: Page::new("Transaction log", LOG, administrator).with(note),
        rows: found.rows.into_iter().map(row).collect(),
        first,
        next: found.next.map(|next| fields.query(Some(&next))),
        query: fields.query(None),
        actions: ACTIONS,
        known_action: fields.action.is_empty() || !action_text(&fields.action).is_empty(),
        fields,
    })
}

/// A page of it.
pub(crate) async fn show(
    State(site): State<Arc<Site>>,
    administrator: Administrator,
    Query(fields): Query<LogFields>,
) -> Result<Response, Failure> {
    page(&site, &administrator, fields, None).await
}

/// Whether it is whole.
pub(crate) async fn verify(
    State(site): State<Arc<Site>>,
    administrator: Administrator,
) -> Result<Response, Failure> {
    let note = match site.administration.verify_log(&administrator.actor(), None).await? {
        Ok(head) => good(format!(
            "The log is whole: {}, each chained to the one before. Hash of the newest: {}",
            filters::count(usize::try_from(head.number).unwrap_or_default(), "entry", "entries"),
            head.hash
        )),
        Err(damage) => bad(format!("The log was tampered with: {damage}")),
    };
    page(&site, &administrator, LogFields::default(), note).await
}

/// All that the filter finds, for other programs.
pub(crate) async fn show_export(
    State(site): State<Arc<Site>>,
    administrator: Administrator,
    Path(form): Path<String>,
    Query(fields): Query<LogFields>,
) -> Result<Response, Failure> {
    let actor = administrator.actor();
    let mut query = LogQuery { filter: fields.filter()?, limit: PORTION, after: None };
    let mut entries = Vec::new();
    loop {
        let found = site.administration.log(&actor, &query).await?;
        entries.extend(found.rows);
        query.after = found.next;
        if query.after.is_none() || entries.len() >= EXPORT_MAX {
            break;
        }
    }
    let (kind, body) = match form.as_str() {
        "log.csv" => {
            let lines = std::iter::once(CSV_HEADER.to_owned()).chain(entries.iter().map(export::csv));
            ("text/csv; charset=utf-8", lines.collect())
        }
        "log.json" => {
            let lines: Vec<String> = entries.iter().map(export::json).collect();
            ("application/json", format!("[{}]", lines.join(",")))
        }
        _ => return Err(Failure::NotFound("The log comes as log.csv and log.json.".to_owned())),
    };
    let name = format!("attachment; filename=\"fieldpost-{form}\"");
    Ok(([(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, name)], body).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_day_is_meant_as_a_whole() {
        let fields =
            LogFields { from: "2026-11-23".into(), until: "2026-11-23".into(), ..Default::default() };
        let filter = fields.filter().unwrap();
        assert_eq!(filter.until.unwrap().duration_since(filter.from.unwrap()).as_hours(), 24);
        assert_eq!(fields.query(Some("7")), "?from=2026-11-23&until=2026-11-23&after=7");
        assert!(LogFields { from: "yesterday".into(), ..Default::default() }.filter().is_err());
    }
}
