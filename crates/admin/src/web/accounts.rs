//! Accounts, and what they may use: the feature switches of the organisation, and of each account.

use std::collections::BTreeSet;
use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use fieldpost_domain::role::Permission;
use fieldpost_domain::switches::{AccountSwitches, AllowedVersions, Switches};
use fieldpost_eas::Version;
use fieldpost_server::administration::devices::DeviceQuery;
use fieldpost_server::administration::policies::Because;
use serde::Deserialize;

use super::app_passwords;
use super::devices::{Row as DeviceRow, row as device_row};
use super::failure::Failure;
use super::filters;
use super::layout::{ACCOUNTS, Page, good, html};
use super::visitor::Administrator;
use crate::Site;

/// Accounts of a page.
const PAGE: usize = 50;

struct Row {
    href: String,
    address: String,
    name: String,
    disabled: bool,
}

/// A switch that is on or off.
struct Flag {
    name: &'static str,
    title: &'static str,
    about: &'static str,
    on: bool,
    /// `yes`, `no`, or empty for what the organisation says.
    own: &'static str,
}

struct VersionChoice {
    name: &'static str,
    allowed: bool,
}

#[derive(Template)]
#[template(path = "accounts.html")]
struct AccountsPage {
    page: Page,
    q: String,
    rows: Vec<Row>,
    found: String,
    flags: Vec<Flag>,
    chosen_address: bool,
    minutes: u32,
    max_devices: String,
    versions: Vec<VersionChoice>,
    may: bool,
}

#[derive(Template)]
#[template(path = "account.html")]
struct AccountPage {
    page: Page,
    address: String,
    href: String,
    disabled: bool,
    policy: String,
    policy_why: String,
    rows: Vec<DeviceRow>,
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

/// The search as it stands in the address, and what was done just before.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Search {
    q: String,
    done: String,
}

/// The fields of a form by name, in their order; a name may come again.
type Fields = Vec<(String, String)>;

fn text<'a>(fields: &'a Fields, name: &str) -> &'a str {
    fields.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value.trim())
}

fn number(fields: &Fields, name: &str, what: &str) -> Result<Option<u32>, Failure> {
    let typed = text(fields, name);
    if typed.is_empty() {
        return Ok(None);
    }
    let number = typed.parse();
    number.map(Some).map_err(|_| Failure::Invalid(format!("“{typed}” is no number of {what}.")))
}

fn versions(fields: &Fields) -> Result<AllowedVersions, Failure> {
    let named = fields.iter().filter(|(name, _)| name == "version");
    let read: Result<BTreeSet<Version>, _> = named.map(|(_, value)| value.parse::<Version>()).collect();
    let read = read.map_err(|_| Failure::Invalid("There is no such version.".to_owned()))?;
    AllowedVersions::new(read).map_err(|error| Failure::Invalid(format!("{error}.")))
}

fn choices(allowed: &AllowedVersions) -> Vec<VersionChoice> {
    let choice = |version: Version| VersionChoice { name: version.name(), allowed: allowed.has(version) };
    Version::ALL.into_iter().rev().map(choice).collect()
}

fn flags(switches: &Switches, own: &AccountSwitches) -> Vec<Flag> {
    let flag = |name, title, about, on, own: Option<bool>| Flag {
        name,
        title,
        about,
        on,
        own: match own {
            None => "",
            Some(true) => "yes",
            Some(false) => "no",
        },
    };
    vec![
        flag("active_sync", "ActiveSync", "Phones are served at all.", switches.active_sync, own.active_sync),
        flag(
            "user_initiated_sync",
            "Synchronisation by users",
            "Phones fetch and change items. Without it they can look people up, send and search.",
            switches.user_initiated_sync,
            own.user_initiated_sync,
        ),
        flag(
            "direct_push",
            "Direct Push",
            "Phones that wait are told of news at once.",
            switches.direct_push,
            own.direct_push,
        ),
        flag(
            "notifications",
            "Notifications by mail",
            "For phones without Direct Push: a mail to the phone’s own address when there is news.",
            switches.notifications,
            own.notifications,
        ),
        flag(
            "app_passwords_only",
            "App passwords only",
            "Phones come with app passwords; the account’s own password does not open its mailbox to them.",
            switches.app_passwords_only,
            own.app_passwords_only,
        ),
    ]
}

fn href(address: &str) -> String {
    format!("/MobileAdmin/accounts/{}", filters::part(address))
}

/// The list, and what holds for all.
pub(crate) async fn show(
    State(site): State<Arc<Site>>,
    administrator: Administrator,
    Query(search): Query<Search>,
) -> Result<Response, Failure> {
    let switches = site.administration.switches(&administrator.actor()).await?;
    let wanted = search.q.trim().to_lowercase();
    let all = site.app.store.accounts().await?;
    let matches: Vec<_> = all
        .into_iter()
        .filter(|account| {
            let names = std::iter::once(&account.address).chain(&account.aliases);
            wanted.is_empty()
                || account.display_name.to_lowercase().contains(&wanted)
                || names.into_iter().any(|name| name.to_lowercase().contains(&wanted))
        })
        .collect();
    let count = filters::count(matches.len(), "account", "accounts");
    let more = if matches.len() > PAGE { format!("; the first {PAGE} are shown") } else { String::new() };
    let note = match search.done.as_str() {
        "switches" => good("The switches are changed; they hold from each device’s next request on."),
        _ => None,
    };
    html(&AccountsPage {
        page: Page::new("Accounts and switches", ACCOUNTS, &administrator).with(note),
        q: search.q,
        rows: matches
            .into_iter()
            .take(PAGE)
            .map(|account| Row {
                href: href(&account.address),
                address: account.address,
                name: account.display_name,
                disabled: account.disabled,
            })
            .collect(),
        found: format!("{count}{more}"),
        flags: flags(&switches, &AccountSwitches::default()),
        chosen_address: switches.notifications_to_chosen_address,
        minutes: switches.notification_minutes,
        max_devices: switches.max_devices.map(|count| count.to_string()).unwrap_or_default(),
        versions: choices(&switches.versions),
        may: administrator.may(Permission::Switches),
    })
}

/// Sets what holds for all.
pub(crate) async fn put_switches(
    State(site): State<Arc<Site>>,
    administrator: Administrator,
    Form(fields): Form<Fields>,
) -> Result<Response, Failure> {
    let on = |name: &str| text(&fields, name) == "yes";
    let switches = Switches {
        active_sync: on("active_sync"),
        user_initiated_sync: on("user_initiated_sync"),
        direct_push: on("direct_push"),
        notifications: on("notifications"),
        app_passwords_only: on("app_passwords_only"),
        notifications_to_chosen_address: on("notifications_to_chosen_address"),
        notification_minutes: number(&fields, "notification_minutes", "minutes")?.unwrap_or(0),
        max_devices: number(&fields, "max_devices", "devices")?,
        versions: versions(&fields)?,
    };
    site.administration.put_switches(&administrator.actor(), &switches).await?;
    Ok(Redirect::to("/MobileAdmin/accounts?done=switches").into_response())
}

/// One account.
pub(crate) async fn show_one(
    State(site): State<Arc<Site>>,
    administrator: Administrator,
    Path(address): Path<String>,
    Query(search): Query<Search>,
) -> Result<Response, Failure> {
    let (administration, actor) = (&site.administration, administrator.actor());
    let account = administration.account(&address).await?;
    let switches = administration.account_switches(&actor, &address).await?;
    let policy = administration.policy_in_force(&actor, &address).await?;
    let query = DeviceQuery { account: Some(address.clone()), limit: 100, ..DeviceQuery::default() };
    let devices = administration.devices(&actor, &query).await?;
    let passwords = administration.app_passwords(&actor, &address).await?;
    let now = site.app.clock.now();
    let own = switches.own;
    let note = match search.done.as_str() {
        "app-password" => good("The app password is taken away; its device is out at its next request."),
        "switches" => {
            good("What the account may use is changed; it holds from each device’s next request on.")
        }
        _ => None,
    };
    html(&AccountPage {
        page: Page::new(account.display_name, ACCOUNTS, &administrator).with(note),
        href: href(&account.address),
        address: account.address,
        disabled: account.disabled,
        policy: policy.policy.map_or_else(|| "none".to_owned(), |policy| policy.name),
        policy_why: match policy.because {
            Because::Exempt => "the account is exempt".to_owned(),
            Because::Account => "assigned to the account".to_owned(),
            Because::Group(group) => format!("by the group {group}"),
            Because::Default => "the default".to_owned(),
            Because::Configuration => "nothing else was decided".to_owned(),
        },
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_come_as_often_as_they_are_chosen() {
        let fields = |versions: &[&str]| -> Fields {
            versions.iter().map(|version| ("version".to_owned(), (*version).to_owned())).collect()
        };
        let read = versions(&fields(&["16.1", "14.1"])).unwrap();
        assert_eq!(read.iter().map(Version::name).collect::<Vec<_>>(), ["14.1", "16.1"]);
        assert!(versions(&fields(&[])).is_err());
        assert!(versions(&fields(&["17.0"])).is_err());
        assert!(number(&vec![("n".to_owned(), "x".to_owned())], "n", "things").is_err());
    }
}
