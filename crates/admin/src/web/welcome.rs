//! The first page: what needs attention, how the devices are, and how busy the server is.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use fieldpost_domain::device::Standing;
use fieldpost_server::activity::Span;
use fieldpost_server::administration::devices::DeviceQuery;

use super::chart::{self, Bar, Plot};
use super::devices::{self, SILENT_DAYS, silent_since, standing_text};
use super::failure::Failure;
use super::filters;
use super::health;
use super::layout::{Page, WELCOME, html};
use super::visitor::Administrator;
use crate::Site;

/// Something that needs attention.
struct Matter {
    text: String,
    href: String,
    action: &'static str,
    mood: &'static str,
}

/// A number with its name.
struct Figure {
    value: u64,
    name: &'static str,
}

#[derive(Template)]
#[template(path = "welcome.html")]
struct Welcome {
    page: Page,
    matters: Vec<Matter>,
    figures: Vec<Figure>,
    states: Vec<Bar>,
    versions: Vec<Bar>,
    plots: Vec<Plot>,
}

impl Matter {
    fn new(
        mood: &'static str,
        text: impl Into<String>,
        action: &'static str,
        href: impl Into<String>,
    ) -> Matter {
        Matter { text: text.into(), href: href.into(), action, mood }
    }
}

async fn matters(
    site: &Site,
    administrator: &Administrator,
    counts: &[(Standing, u64)],
) -> Result<Vec<Matter>, Failure> {
    let count = |wanted: Standing| {
        let found = counts.iter().find(|(standing, count)| *standing == wanted && *count > 0);
        found.map(|(_, count)| usize::try_from(*count).unwrap_or(usize::MAX))
    };
    let number = |count: usize| filters::count(count, "device", "devices");
    let mut matters = Vec::new();
    let health = site.administration.health(&administrator.actor()).await?;
    let server = health::matters(&health, site.app.clock.now());
    matters.extend(
        server.into_iter().map(|text| Matter::new("bad", text, "Server health", "/MobileAdmin/health")),
    );
    for (account, device_id) in site.app.store.proposed_wipes().await? {
        let Some(account) = site.app.store.account(account).await? else { continue };
        let text = format!("A wipe of a device of {} waits for a second administrator.", account.address);
        matters.push(Matter::new("bad", text, "Look at it", devices::href(&account.address, &device_id)));
    }
    if let Some(wiping) = count(Standing::Wiping) {
        let verb = if wiping == 1 { "is" } else { "are" };
        let text = format!("{} {verb} to be wiped, and did not confirm it yet.", number(wiping));
        matters.push(Matter::new("bad", text, "Show", "/MobileAdmin/devices?state=wiping"));
    }
    if let Some(waiting) = count(Standing::Quarantined) {
        let text = format!("{} in quarantine: somebody has to decide.", number(waiting));
        matters.push(Matter::new("", text, "Decide", "/MobileAdmin/quarantine"));
    }
    let query = DeviceQuery { not_since: Some(silent_since(site)), limit: 1, ..DeviceQuery::default() };
    let silent = site.administration.devices(&administrator.actor(), &query).await?;
    if let Some(device) = silent.rows.first() {
        let owner = &device.owner;
        let text =
            format!("There are devices that did not come for {SILENT_DAYS} days, such as one of {owner}.");
        matters.push(Matter::new("", text, "Show", "/MobileAdmin/devices?order=silent"));
    }
    if !administrator.who.second_factor {
        let text = "You sign in with a password alone. A second factor keeps others out who learn it.";
        matters.push(Matter::new("", text, "Set up a second factor", "/MobileAdmin/me/second-factor"));
    }
    Ok(matters)
}

/// The charts of the last day.
fn plots(day: &[Span]) -> Vec<Plot> {
    let times: Vec<String> = day.iter().map(|span| span.begin().strftime("%H:%M").to_string()).collect();
    let plot = |title, name, mood, value: fn(&Span) -> u64| {
        let values: Vec<u64> = day.iter().map(value).collect();
        chart::plot(title, name, mood, &values, &times)
    };
    vec![
        plot("Phones waiting for news", "phones", "", |span| span.waiting),
        plot("Syncs in five minutes", "syncs", "", |span| span.syncs),
        plot("Errors in five minutes", "errors", "bad", |span| span.errors),
    ]
}

/// The page.
pub(crate) async fn show(
    State(site): State<Arc<Site>>,
    administrator: Administrator,
) -> Result<Response, Failure> {
    let app = &site.app;
    let counts = app.store.count_devices().await?;
    let all = counts.iter().map(|(_, count)| count).sum();
    let states = counts.iter().map(|(standing, count)| {
        let (text, mood) = standing_text(*standing);
        (text.to_owned(), *count, mood)
    });
    let versions = site.versions().await?;
    let day = app.activity.day(app.clock.now());
    let hour: Vec<&Span> = day.iter().rev().take(12).collect();
    // In a chart the span that has just begun would look like a fall.
    let whole = day.split_last().map_or(&[][..], |(_, whole)| whole);
    html(&Welcome {
        matters: matters(&site, &administrator, &counts).await?,
        page: Page::new("Overview", WELCOME, &administrator),
        states: chart::bars(states),
        versions: chart::bars(versions.into_iter().map(|(version, count)| (version, count, ""))),
        figures: vec![
            Figure { value: all, name: "devices" },
            Figure {
                value: u64::try_from(app.seats.taken()).unwrap_or(u64::MAX),
                name: "phones waiting for news",
            },
            Figure { value: hour.iter().map(|span| span.syncs).sum(), name: "syncs in the last hour" },
            Figure { value: hour.iter().map(|span| span.errors).sum(), name: "errors in the last hour" },
        ],
        plots: plots(whole),
    })
}
