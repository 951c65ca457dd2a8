//! Devices: searched by user, model or state, page by page.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use fieldpost_domain::device::{Device, Standing};
use fieldpost_domain::role::Permission;
use fieldpost_domain::wipe::WipeState;
use fieldpost_server::administration::devices::{DeviceQuery, DeviceRow};
use fieldpost_store::DeviceOrder;
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;

use super::failure::Failure;
use super::filters;
use super::layout::{DEVICES, Page, QUARANTINE, html};
use super::visitor::Administrator;
use crate::Site;

/// Devices of a page.
const PAGE: usize = 50;
/// A device that was silent for so long is perhaps lost, or its user gone.
pub(crate) const SILENT_DAYS: i64 = 30;

/// The search as it stands in the address.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Search {
    q: String,
    state: String,
    order: String,
    after: String,
}

impl Search {
    fn query(&self, after: Option<&str>) -> String {
        filters::query(&[
            ("q", self.q.as_str()),
            ("state", &self.state),
            ("order", &self.order),
            ("after", after.unwrap_or_default()),
        ])
    }
}

/// A device in a list.
pub(crate) struct Row {
    pub(crate) href: String,
    pub(crate) name: String,
    pub(crate) owner: String,
    pub(crate) id: String,
    pub(crate) system: String,
    pub(crate) version: String,
    pub(crate) standing: &'static str,
    pub(crate) mood: &'static str,
    pub(crate) because: String,
    pub(crate) seen: String,
    pub(crate) seen_at: String,
    /// No wipe of it is ordered.
    pub(crate) wipeable: bool,
}

/// A state to choose.
pub(crate) struct Choice {
    name: &'static str,
    text: &'static str,
}

#[derive(Template)]
#[template(path = "devices.html")]
struct Devices {
    page: Page,
    search: Search,
    states: Vec<Choice>,
    rows: Vec<Row>,
    first: bool,
    next: Option<String>,
    found: String,
}

#[derive(Template)]
#[template(path = "quarantine.html")]
struct Quarantine {
    page: Page,
    rows: Vec<Row>,
    first: bool,
    next: Option<String>,
    may: bool,
}

/// What a device is called: by its user, else by its model, else by its kind.
pub(crate) fn name_of(device: &Device) -> String {
    let information = &device.information;
    let said = [&information.friendly_name, &information.model].into_iter().flatten();
    said.map(|name| name.trim()).find(|name| !name.is_empty()).unwrap_or(&device.device_type).to_owned()
}

/// Where a device stands, in words, and the class that colours them.
pub(crate) fn standing_text(standing: Standing) -> (&'static str, &'static str) {
    match standing {
        Standing::Allowed => ("Allowed", "good"),
        Standing::Quarantined => ("In quarantine", "warn"),
        Standing::Blocked => ("Blocked", "bad"),
        Standing::Wiping => ("Wipe under way", "bad"),
        Standing::Wiped => ("Wiped", "bad"),
    }
}

/// The address of a device's page.
pub(crate) fn href(owner: &str, device_id: &str) -> String {
    format!("/MobileAdmin/devices/{}/{}", filters::part(owner), filters::part(device_id))
}

/// A row of a list.
pub(crate) fn row(found: DeviceRow, now: Timestamp) -> Row {
    let (standing, mood) = standing_text(found.standing);
    let seen = Timestamp::from_millisecond(found.device.last_seen).unwrap_or_default();
    let because = found.control.access.as_ref().map(|access| access.because.clone());
    Row {
        href: href(&found.owner, &found.device.device_id),
        name: name_of(&found.device),
        owner: found.owner,
        system: found.device.information.os.clone().unwrap_or_else(|| found.device.device_type.clone()),
        version: found.device.version.clone().unwrap_or_default(),
        id: found.device.device_id,
        standing,
        mood,
        because: because.unwrap_or_default(),
        seen: filters::ago(seen, now),
        seen_at: filters::machine_time(seen),
        wipeable: found.control.wipe.is_none_or(|wipe| wipe.state == WipeState::Cancelled),
    }
}

/// Since when a silent device was not seen, milliseconds since 1970 UTC.
pub(crate) fn silent_since(site: &Site) -> i64 {
    (site.app.clock.now() - SignedDuration::from_hours(24 * SILENT_DAYS)).as_millisecond()
}

/// The list.
pub(crate) async fn show(
    State(site): State<Arc<Site>>,
    administrator: Administrator,
    Query(search): Query<Search>,
) -> Result<Response, Failure> {
    let given = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let query = DeviceQuery {
        text: given(&search.q),
        standing: Standing::from_name(&search.state),
        order: if search.order.is_empty() { DeviceOrder::Owner } else { DeviceOrder::LastSeen },
        not_since: (search.order == "silent").then(|| silent_since(&site)),
        limit: PAGE,
        after: given(&search.after),
        ..DeviceQuery::default()
    };
    let first = query.after.is_none();
    let found = site.administration.devices(&administrator.actor(), &query).await?;
    let now = site.app.clock.now();
    let more = if found.next.is_some() { ", and there are more" } else { "" };
    let count = filters::count(found.rows.len(), "device", "devices");
    html(&Devices {
        page: Page::new("Devices", DEVICES, &administrator),
        states: Standing::ALL
            .into_iter()
            .map(|standing| Choice { name: standing.name(), text: standing_text(standing).0 })
            .collect(),
        found: format!("{count} on this page{more}"),
        rows: found.rows.into_iter().map(|found| row(found, now)).collect(),
        first,
        next: found.next.map(|next| search.query(Some(&next))),
        search,
    })
}

/// Those that wait for a decision.
pub(crate) async fn quarantine(
    State(site): State<Arc<Site>>,
    administrator: Administrator,
    Query(search): Query<Search>,
) -> Result<Response, Failure> {
    let query = DeviceQuery {
        standing: Some(Standing::Quarantined),
        limit: PAGE,
        after: Some(search.after.clone()).filter(|after| !after.is_empty()),
        ..DeviceQuery::default()
    };
    let found = site.administration.devices(&administrator.actor(), &query).await?;
    let now = site.app.clock.now();
    html(&Quarantine {
        page: Page::new("Quarantine", QUARANTINE, &administrator),
        first: search.after.is_empty(),
        rows: found.rows.into_iter().map(|found| row(found, now)).collect(),
        next: found.next.map(|next| search.query(Some(&next))),
        may: administrator.may(Permission::Release),
    })
}
