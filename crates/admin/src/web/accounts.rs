//! Accounts: found by name or address, disabled and enabled, and what each may use.

use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use fieldpost_domain::role::Permission;
use fieldpost_domain::switches::AccountSwitches;
use fieldpost_server::administration::accounts::AccountQuery;
use fieldpost_server::administration::devices::DeviceQuery;
use fieldpost_server::administration::policies::Because;
use serde::Deserialize;

use super::app_passwords;
use super::devices::{Row as DeviceRow, row as device_row};
use super::failure::Failure;
use super::filters;
use super::layout::{ACCOUNTS, Page, good, html};
use super::rules::action_text;
use super::switches::{Fields, Flag, VersionChoice, choices, flags, number, text, versions};
use super::visitor::Administrator;
use crate::Site;

/// Accounts of a page.
const PAGE: usize = 50;

struct Row {
    href: String,
    address: String,
    name: String,
    aliases: String,
    disabled: bool,
}

/// A device that somebody decided about.
struct Listed {
    id: String,
    action: &'static str,
    mood: &'static str,
    by: String,
    at: String,
}

#[derive(Template)]
#[template(path = "accounts.html")]
struct AccountsPage {
    page: Page,
    search: Search,
    rows: Vec<Row>,
    first: bool,
    next: Option<String>,
    found: String,
}

#[derive(Template)]
#[template(path = "account.html")]
struct AccountPage {
    page: Page,
    address: String,
    aliases: Vec<String>,
    created: String,
    time_zone: String,
    href: String,
    disabled: bool,
    may_disable: bool,
    policy: String,
    policy_why: String,
    rows: Vec<DeviceRow>,
    listed: Vec<Listed>,
    app_passwords: Vec<app_passwords::Row>,
    app_passwords_href: String,
    removable: bool,
    flags: Vec<Flag>,
    notification_address: String,
    max_devices: String,
    own_versions: bool,
    versions: Vec<VersionChoice>,
    may: bool,
}

/// The search as it stands in the address.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Search {
    q: String,
    state: String,
    after: String,
}

impl Search {
    fn query(&self, after: Option<&str>) -> String {
        filters::query(&[
            ("q", self.q.as_str()),
            ("state", &self.state),
            ("after", after.unwrap_or_default()),
        ])
    }
}

/// What is decided about a device by its id.
#[derive(Deserialize)]
pub(crate) struct ListForm {
    device_id: String,
    action: String,
}

/// What was done just before, as the address says.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(crate) struct Done {
    done: String,
}

fn href(address: &str) -> String {
    format!("/MobileAdmin/accounts/{}", filters::part(address))
}

/// The list.
pub(crate) async fn show(
    State(site): State<Arc<Site>>,
    administrator: Administrator,
    Query(search): Query<Search>,
) -> Result<Response, Failure> {
    let given = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let query = AccountQuery {
        text: given(&search.q),
        disabled: match search.state.as_str() {
            "active" => Some(false),
            "disabled" => Some(true),
            _ => None,
        },
        limit: PAGE,
        after: given(&search.after),
    };
    let first = query.after.is_none();
    let found = site.administration.accounts(&administrator.actor(), &query).await?;
    let more = if found.next.is_some() { ", and there are more" } else { "" };
    let count = filters::count(found.rows.len(), "account", "accounts");
    html(&AccountsPage {
        page: Page::new("Accounts", ACCOUNTS, &administrator),
        found: format!("{count} on this page{more}"),
        rows: found
            .rows
            .into_iter()
            .map(|account| Row {
                href: href(&account.address),
                address: account.address,
                name: account.display_name,
                aliases: account.aliases.join(", "),
                disabled: account.disabled,
            })
            .collect(),
        first,
        next: found.next.map(|next| search.query(Some(&next))),
        search,
    })
}

/// One account.
pub(crate) async fn show_one(
    State(site): State<Arc<Site>>,
    administrator: Administrator,
    Path(address): Path<String>,
    Query(done): Query<Done>,
) -> Result<Response, Failure> {
    let (administration, actor) = (&site.administration, administrator.actor());
    let account = administration.show_account(&actor, &address).await?;
    let switches = administration.account_switches(&actor, &address).await?;
    let policy = administration.policy_in_force(&actor, &address).await?;
    let query = DeviceQuery { account: Some(address.clone()), limit: 100, ..DeviceQuery::default() };
    let devices = administration.devices(&actor, &query).await?;
    let listed = administration.listed_devices(&actor, &address).await?;
    let passwords = administration.app_passwords(&actor, &address).await?;
    let now = site.app.clock.now();
    let own = switches.own;
    let note = match done.done.as_str() {
        "app-password" => good("The app password is taken away; its device is out at its next request."),
        "switches" => {
            good("What the account may use is changed; it holds from each device’s next request on.")
        }
        "list" => good("The account’s list of devices is changed; it goes before all admission rules."),
        "disable" => good("The account is disabled: nobody signs in to it, and its devices are refused."),
        "enable" => good("The account is enabled; its devices synchronise again by themselves."),
        _ => None,
    };
    html(&AccountPage {
        page: Page::new(account.display_name, ACCOUNTS, &administrator).with(note),
        href: href(&account.address),
        address: account.address,
        aliases: account.aliases,
        created: filters::day(account.created),
        time_zone: account.time_zone.unwrap_or_else(|| "that of the server".to_owned()),
        disabled: account.disabled,
        may_disable: administrator.may(Permission::Accounts),
        policy: policy.policy.map_or_else(|| "none".to_owned(), |policy| policy.name),
        policy_why: match policy.because {
            Because::Exempt => "the account is exempt".to_owned(),
            Because::Account => "assigned to the account".to_owned(),
            Because::Group(group) => format!("by the group {group}"),
            Because::Default => "the default".to_owned(),
            Because::Configuration => "nothing else was decided".to_owned(),
        },
        listed: listed
            .into_iter()
            .map(|(id, personal)| {
                let (action, mood) = action_text(personal.action);
                Listed { id, action, mood, by: personal.by, at: filters::time(personal.at) }
            })
            .collect(),
        app_passwords: passwords.into_iter().map(|found| app_passwords::row(found, now)).collect(),
        app_passwords_href: format!("{}/app-passwords", href(&address)),
        removable: administrator.may(Permission::Release),
        rows: devices.rows.into_iter().map(|found| device_row(found, now)).collect(),
        flags: flags(&switches.in_force, &own),
        notification_address: own.notification_address.clone().unwrap_or_default(),
        max_devices: own.max_devices.map(|count| count.to_string()).unwrap_or_default(),
        own_versions: own.versions.is_some(),
        versions: choices(&switches.in_force.versions),
        may: administrator.may(Permission::Switches),
    })
}

/// Sets what an account may use.
pub(crate) async fn put_account_switches(
    State(site): State<Arc<Site>>,
    administrator: Administrator,
    Path(address): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response, Failure> {
    let said = |name: &str| match text(&fields, name) {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    };
    let own_versions = text(&fields, "own_versions") == "yes";
    let switches = AccountSwitches {
        active_sync: said("active_sync"),
        user_initiated_sync: said("user_initiated_sync"),
        direct_push: said("direct_push"),
        notifications: said("notifications"),
        app_passwords_only: said("app_passwords_only"),
        notification_address: Some(text(&fields, "notification_address").to_owned())
            .filter(|address| !address.is_empty()),
        max_devices: number(&fields, "max_devices", "devices")?,
        versions: if own_versions { Some(versions(&fields)?) } else { None },
    };
    site.administration.put_account_switches(&administrator.actor(), &address, &switches).await?;
    Ok(Redirect::to(&format!("{}?done=switches", href(&address))).into_response())
}

/// Disables or enables an account.
pub(crate) async fn act(
    State(site): State<Arc<Site>>,
    administrator: Administrator,
    Path((address, what)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let disabled = match what.as_str() {
        "disable" => true,
        "enable" => false,
        _ => return Err(Failure::NotFound("There is no such action.".to_owned())),
    };
    site.administration.set_account_disabled(&administrator.actor(), &address, disabled).await?;
    Ok(Redirect::to(&format!("{}?done={what}", href(&address))).into_response())
}

/// Puts a device on the account's list, or takes it off. It may be one that never came.
pub(crate) async fn list_device(
    State(site): State<Arc<Site>>,
    administrator: Administrator,
    Path(address): Path<String>,
    Form(form): Form<ListForm>,
) -> Result<Response, Failure> {
    let (administration, actor) = (&site.administration, administrator.actor());
    let id = form.device_id.trim();
    match form.action.as_str() {
        "allow" => administration.allow_device(&actor, &address, id).await?,
        "block" => administration.block_device(&actor, &address, id).await?,
        "rules" => administration.unlist_device(&actor, &address, id).await?,
        _ => return Err(Failure::Invalid("Choose allow or block.".to_owned())),
    }
    Ok(Redirect::to(&format!("{}?done=list", href(&address))).into_response())
}
