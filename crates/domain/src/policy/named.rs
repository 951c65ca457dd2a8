//! A policy as it is kept: under a name, with how often phones come for it again, and which phones may come in
//! that do not obey all of it.

use serde::{Deserialize, Serialize};

use super::{Policy, Problem};

/// Longest name, in characters.
pub const NAME_LIMIT: usize = 64;
/// Longest time between two refreshes, in hours: a year.
pub const REFRESH_LIMIT: u32 = 8760;
/// The name under which the policy of the configuration file is shown. No other policy may have it.
pub const CONFIGURATION: &str = "Configuration file";

/// A policy with a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct NamedPolicy {
    /// Its name, 1 to 64 characters. Names are compared without regard to case.
    pub name: String,
    /// What is asked.
    pub policy: Policy,
    /// Hours after which a phone must come for it again, 1 to 8760; none: only when it changes.
    pub refresh_hours: Option<u32>,
    /// Phones that obey a part of it may come in.
    pub allow_partial: bool,
    /// Phones that know no policies, or obey nothing of it, may come in.
    pub allow_non_provisionable: bool,
    /// Phones that somebody else manages may come in.
    pub allow_externally_managed: bool,
}

impl Default for NamedPolicy {
    /// A policy that asks for nothing but that phones come for it once a day.
    fn default() -> NamedPolicy {
        NamedPolicy {
            name: String::new(),
            policy: Policy::NOTHING,
            refresh_hours: Some(24),
            allow_partial: false,
            allow_non_provisionable: false,
            allow_externally_managed: false,
        }
    }
}

impl NamedPolicy {
    /// What the form for a new policy proposes: a password of four characters, a lock after five minutes,
    /// erasure after eight wrong passwords, a refresh once a day.
    pub fn proposed(name: &str) -> NamedPolicy {
        let mut policy = Policy::NOTHING;
        for setting in super::catalogue::all() {
            if let Some(value) = setting.proposed.and_then(super::catalogue::Assumed::value) {
                policy.set(setting.field, Some(value));
            }
        }
        NamedPolicy { name: name.to_owned(), policy, ..NamedPolicy::default() }
    }

    /// What names are compared by.
    pub fn folded(name: &str) -> String {
        name.trim().to_lowercase()
    }

    /// All that is wrong with it; nothing: it can be kept.
    pub fn problems(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        let name = self.name.trim();
        let mut say = |field, what: &str| problems.push(Problem { field, what: what.to_owned() });
        if name.is_empty() || name.chars().count() > NAME_LIMIT || name.chars().any(char::is_control) {
            say("name", "a name has 1 to 64 characters, in one line");
        } else if NamedPolicy::folded(name) == NamedPolicy::folded(CONFIGURATION) {
            say("name", "that is what the policy of the configuration file is called; choose another name");
        }
        if self.refresh_hours.is_some_and(|hours| !(1..=REFRESH_LIMIT).contains(&hours)) {
            say("refresh_hours", "it is 1 to 8760 hours; leave it out to have phones come only for changes");
        }
        problems.extend(self.policy.problems());
        problems
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_proposed_is_the_set_of_2003() {
        let proposed = NamedPolicy::proposed("Everybody");
        assert_eq!(proposed.problems(), []);
        let policy = &proposed.policy;
        assert_eq!(policy.device_password_enabled, Some(true));
        assert_eq!(policy.min_device_password_length, Some(4));
        assert_eq!(policy.max_inactivity_time_device_lock, Some(300));
        assert_eq!(policy.max_device_password_failed_attempts, Some(8));
        assert_eq!(proposed.refresh_hours, Some(24));
        assert!(!proposed.allow_partial);
    }

    #[test]
    fn names_and_hours_are_looked_at() {
        let named = |name: &str| NamedPolicy { name: name.to_owned(), ..NamedPolicy::default() };
        for bad in ["", "  ", "a\nb", "configuration FILE", &"a".repeat(65)] {
            assert_eq!(named(bad).problems().first().map(|p| p.field), Some("name"), "{bad}");
        }
        for hours in [0, 8761] {
            let policy = NamedPolicy { refresh_hours: Some(hours), ..named("x") };
            assert_eq!(policy.problems().first().map(|p| p.field), Some("refresh_hours"));
        }
        assert_eq!(NamedPolicy { refresh_hours: None, ..named("Führung") }.problems(), []);
    }

    #[test]
    fn what_is_kept_is_read_again() {
        let proposed = NamedPolicy::proposed("Everybody");
        let text = serde_json::to_string(&proposed).unwrap();
        assert_eq!(serde_json::from_str::<NamedPolicy>(&text).unwrap(), proposed);
    }
}
