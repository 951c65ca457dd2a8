//! What the organisation and its accounts may use at all: the feature switches.
//!
//! Each is set for the organisation, and can be set otherwise for an account: what is said of the account goes
//! before what is said of the organisation.

use std::collections::BTreeSet;

use fieldpost_eas::Version;
use serde::{Deserialize, Serialize};

/// Shortest and longest time between two notifications, in minutes.
pub const NOTIFICATION_MINUTES: std::ops::RangeInclusive<u32> = 1..=1440;
/// Most devices that can be allowed to an account.
pub const DEVICES_LIMIT: u32 = 10_000;

/// What may be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Switches {
    /// Phones are served at all.
    pub active_sync: bool,
    /// Phones may fetch and change items. Without it they can look people up, send and search.
    pub user_initiated_sync: bool,
    /// Phones are told of news while they wait. Without it their Ping waits in vain.
    pub direct_push: bool,
    /// A mail is sent to a phone's own address when there is news, for phones that can't wait.
    pub notifications: bool,
    /// Users may choose the address for it; otherwise an administrator does.
    pub notifications_to_chosen_address: bool,
    /// Minutes between two such mails to one address, 1 to 1440.
    pub notification_minutes: u32,
    /// Most devices of an account, 0 to 10,000; none: as the configuration file says.
    pub max_devices: Option<u32>,
    /// The versions that phones may speak.
    pub versions: AllowedVersions,
    /// Phones come with app passwords; the account's own password does not open its mailbox to them.
    pub app_passwords_only: bool,
}

impl Default for Switches {
    fn default() -> Switches {
        Switches {
            active_sync: true,
            user_initiated_sync: true,
            direct_push: true,
            notifications: false,
            notifications_to_chosen_address: false,
            notification_minutes: 5,
            max_devices: None,
            versions: AllowedVersions::default(),
            app_passwords_only: false,
        }
    }
}

/// What is said of one account; what is not said is as the organisation has it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AccountSwitches {
    /// See [`Switches::active_sync`].
    pub active_sync: Option<bool>,
    /// See [`Switches::user_initiated_sync`].
    pub user_initiated_sync: Option<bool>,
    /// See [`Switches::direct_push`].
    pub direct_push: Option<bool>,
    /// See [`Switches::notifications`].
    pub notifications: Option<bool>,
    /// Where notifications go; without an address there are none.
    pub notification_address: Option<String>,
    /// See [`Switches::max_devices`].
    pub max_devices: Option<u32>,
    /// See [`Switches::versions`].
    pub versions: Option<AllowedVersions>,
    /// See [`Switches::app_passwords_only`].
    pub app_passwords_only: Option<bool>,
}

/// A set of versions of the protocol that is not empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<String>", into = "Vec<String>")]
pub struct AllowedVersions(BTreeSet<Version>);

/// Why a set of versions can't be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AllowedVersionsError {
    /// There is no such version.
    #[error("there is no version {0}: they are 2.5, 12.0, 12.1, 14.0, 14.1, 16.0 and 16.1")]
    Unknown(String),
    /// None is left.
    #[error("at least one version must be allowed")]
    Empty,
}

impl Default for AllowedVersions {
    fn default() -> AllowedVersions {
        AllowedVersions(Version::ALL.into_iter().collect())
    }
}

impl AllowedVersions {
    /// These versions.
    ///
    /// # Errors
    /// [`AllowedVersionsError::Empty`].
    pub fn new(versions: impl IntoIterator<Item = Version>) -> Result<AllowedVersions, AllowedVersionsError> {
        let versions: BTreeSet<Version> = versions.into_iter().collect();
        if versions.is_empty() { Err(AllowedVersionsError::Empty) } else { Ok(AllowedVersions(versions)) }
    }

    /// Whether a version is among them.
    pub fn has(&self, version: Version) -> bool {
        self.0.contains(&version)
    }

    /// They, the oldest first.
    pub fn iter(&self) -> impl Iterator<Item = Version> {
        self.0.iter().copied()
    }
}

impl TryFrom<Vec<String>> for AllowedVersions {
    type Error = AllowedVersionsError;

    fn try_from(names: Vec<String>) -> Result<AllowedVersions, AllowedVersionsError> {
        let read = |name: String| name.parse().map_err(|_| AllowedVersionsError::Unknown(name));
        AllowedVersions::new(names.into_iter().map(read).collect::<Result<Vec<Version>, _>>()?)
    }
}

impl From<AllowedVersions> for Vec<String> {
    fn from(versions: AllowedVersions) -> Vec<String> {
        versions.iter().map(|version| version.name().to_owned()).collect()
    }
}

impl Switches {
    /// What holds for an account.
    pub fn with(&self, account: &AccountSwitches) -> Switches {
        Switches {
            active_sync: account.active_sync.unwrap_or(self.active_sync),
            user_initiated_sync: account.user_initiated_sync.unwrap_or(self.user_initiated_sync),
            direct_push: account.direct_push.unwrap_or(self.direct_push),
            notifications: account.notifications.unwrap_or(self.notifications),
            notifications_to_chosen_address: self.notifications_to_chosen_address,
            notification_minutes: self.notification_minutes,
            max_devices: account.max_devices.or(self.max_devices),
            versions: account.versions.clone().unwrap_or_else(|| self.versions.clone()),
            app_passwords_only: account.app_passwords_only.unwrap_or(self.app_passwords_only),
        }
    }

    /// What is wrong with them, in words.
    pub fn problem(&self) -> Option<String> {
        if !NOTIFICATION_MINUTES.contains(&self.notification_minutes) {
            let asked = self.notification_minutes;
            return Some(format!(
                "{asked} minutes between two notifications are not possible; it is 1 to 1440"
            ));
        }
        too_many(self.max_devices)
    }
}

impl AccountSwitches {
    /// What is wrong with them, in words. Whether the address is one is not looked at.
    pub fn problem(&self) -> Option<String> {
        too_many(self.max_devices)
    }
}

fn too_many(devices: Option<u32>) -> Option<String> {
    let devices = devices.filter(|devices| *devices > DEVICES_LIMIT)?;
    Some(format!("{devices} devices for an account are not possible; it is 0 to {DEVICES_LIMIT}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_account_goes_before_the_organisation() {
        let organisation = Switches { direct_push: false, max_devices: Some(3), ..Switches::default() };
        assert_eq!(organisation.with(&AccountSwitches::default()), organisation);
        let account = AccountSwitches {
            direct_push: Some(true),
            active_sync: Some(false),
            versions: Some(AllowedVersions::new([Version::V16_1]).unwrap()),
            ..AccountSwitches::default()
        };
        let both = organisation.with(&account);
        assert!(both.direct_push && !both.active_sync && both.user_initiated_sync);
        assert_eq!(both.max_devices, Some(3));
        assert!(both.versions.has(Version::V16_1) && !both.versions.has(Version::V14_1));
    }

    #[test]
    fn what_is_kept_is_read_again_and_what_is_wrong_is_not() {
        let switches =
            Switches { versions: AllowedVersions::new([Version::V2_5]).unwrap(), ..Switches::default() };
        let text = serde_json::to_string(&switches).unwrap();
        assert!(text.contains("[\"2.5\"]"), "{text}");
        assert_eq!(serde_json::from_str::<Switches>(&text).unwrap(), switches);
        for bad in ["{\"versions\":[]}", "{\"versions\":[\"1.0\"]}", "{\"invented\":true}"] {
            assert!(serde_json::from_str::<Switches>(bad).is_err(), "{bad}");
        }
        assert!(Switches { notification_minutes: 0, ..Switches::default() }.problem().is_some());
        assert!(
            AccountSwitches { max_devices: Some(10_001), ..AccountSwitches::default() }.problem().is_some()
        );
        assert_eq!(Switches::default().problem(), None);
    }
}
