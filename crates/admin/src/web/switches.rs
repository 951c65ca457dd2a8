//! Feature switches: what the organisation may use. What is said otherwise of an account stands on its page.

use std::collections::BTreeSet;
use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use fieldpost_domain::role::Permission;
use fieldpost_domain::switches::{AccountSwitches, AllowedVersions, Switches};
use fieldpost_eas::Version;
use serde::Deserialize;

use super::failure::Failure;
use super::layout::{Page, SWITCHES, good, html};
use super::visitor::Administrator;
use crate::Site;

/// A switch that is on or off.
pub(super) struct Flag {
    pub(super) name: &'static str,
    pub(super) title: &'static str,
    pub(super) about: &'static str,
    pub(super) on: bool,
    /// `yes`, `no`, or empty for what the organisation says.
    pub(super) own: &'static str,
}

pub(super) struct VersionChoice {
    pub(super) name: &'static str,
    pub(super) allowed: bool,
}

#[derive(Template)]
#[template(path = "switches.html")]
struct SwitchesPage {
    page: Page,
    flags: Vec<Flag>,
    chosen_address: bool,
    minutes: u32,
    max_devices: String,
    versions: Vec<VersionChoice>,
    may: bool,
}

/// What was done just before, as the address says.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(crate) struct Done {
    done: String,
}

/// The fields of a form by name, in their order; a name may come again.
pub(super) type Fields = Vec<(String, String)>;

pub(super) fn text<'a>(fields: &'a Fields, name: &str) -> &'a str {
    fields.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value.trim())
}

pub(super) fn number(fields: &Fields, name: &str, what: &str) -> Result<Option<u32>, Failure> {
    let typed = text(fields, name);
    if typed.is_empty() {
        return Ok(None);
    }
    let number = typed.parse();
    number.map(Some).map_err(|_| Failure::Invalid(format!("“{typed}” is no number of {what}.")))
}

pub(super) fn versions(fields: &Fields) -> Result<AllowedVersions, Failure> {
    let named = fields.iter().filter(|(name, _)| name == "version");
    let read: Result<BTreeSet<Version>, _> = named.map(|(_, value)| value.parse::<Version>()).collect();
    let read = read.map_err(|_| Failure::Invalid("There is no such version.".to_owned()))?;
    AllowedVersions::new(read).map_err(|error| Failure::Invalid(format!("{error}.")))
}

pub(super) fn choices(allowed: &AllowedVersions) -> Vec<VersionChoice> {
    let choice = |version: Version| VersionChoice { name: version.name(), allowed: allowed.has(version) };
    Version::ALL.into_iter().rev().map(choice).collect()
}

pub(super) fn flags(switches: &Switches, own: &AccountSwitches) -> Vec<Flag> {
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

/// The switches.
pub(crate) async fn show(
    State(site): State<Arc<Site>>,
    administrator: Administrator,
    Query(done): Query<Done>,
) -> Result<Response, Failure> {
    let switches = site.administration.switches(&administrator.actor()).await?;
    let note = match done.done.as_str() {
        "put" => good("The switches are changed; they hold from each device’s next request on."),
        _ => None,
    };
    html(&SwitchesPage {
        page: Page::new("Feature switches", SWITCHES, &administrator).with(note),
        flags: flags(&switches, &AccountSwitches::default()),
        chosen_address: switches.notifications_to_chosen_address,
        minutes: switches.notification_minutes,
        max_devices: switches.max_devices.map(|count| count.to_string()).unwrap_or_default(),
        versions: choices(&switches.versions),
        may: administrator.may(Permission::Switches),
    })
}

/// Sets what holds for all.
pub(crate) async fn put(
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
    Ok(Redirect::to("/MobileAdmin/switches?done=put").into_response())
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
