//! Admission: may this device synchronise with this account? Ordered rules, a default, and before both what
//! was decided about the single device, by a person or by a threshold.
//!
//! The order of precedence, the first that applies: the account's personal lists ([`Personal`]), what a
//! threshold decided until it expires ([`Automatic`]), the first rule whose conditions all hold, the default.
//! [`pattern`] is how texts are compared, [`threshold`] what makes the server act by itself.
//!
//! Rules are kept and exchanged as JSON. Its keys once had hyphens (`device-type`): those are still read, so that
//! rules which were saved then hold on.

pub mod pattern;
pub mod threshold;

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use pattern::{BadPattern, Pattern};
pub use threshold::{Threshold, Thresholds};

/// Most rules.
pub const RULES_MAX: usize = 500;
/// Most characters of a rule's name.
pub const NAME_MAX: usize = 100;

/// What is done with a device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    /// It synchronises.
    #[default]
    Allow,
    /// It is refused.
    Block,
    /// It may come in and gets one message that explains, until somebody decides.
    Quarantine,
}

impl Action {
    /// The name by which it is stored, typed and shown.
    pub fn name(self) -> &'static str {
        match self {
            Action::Allow => "allow",
            Action::Block => "block",
            Action::Quarantine => "quarantine",
        }
    }

    /// The inverse of [`Action::name`].
    pub fn from_name(name: &str) -> Option<Action> {
        [Action::Allow, Action::Block, Action::Quarantine].into_iter().find(|action| action.name() == name)
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What must hold for a rule to apply: all that are given. None given: it always applies.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Conditions {
    /// The type that the device claims to be: `iPhone`.
    #[serde(alias = "device-type", skip_serializing_if = "Option::is_none")]
    pub device_type: Option<Pattern>,
    /// Its model: `SM-G99*`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<Pattern>,
    /// Its operating system: `iOS 1?.*`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub os: Option<Pattern>,
    /// Its `User-Agent`.
    #[serde(alias = "user-agent", skip_serializing_if = "Option::is_none")]
    pub user_agent: Option<Pattern>,
    /// Its id.
    #[serde(alias = "device-id", skip_serializing_if = "Option::is_none")]
    pub device_id: Option<Pattern>,
    /// Any address of its account: `*@sales.example.org`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<Pattern>,
    /// A group that the account belongs to, directly or through other groups, by its address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<Pattern>,
}

/// One rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// What people call it; shown as the reason of what it does.
    #[serde(default)]
    pub name: String,
    /// When it applies.
    #[serde(default)]
    pub when: Conditions,
    /// What it does.
    pub action: Action,
}

/// The organisation's rules.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Rules {
    /// The first that applies counts.
    pub rules: Vec<Rule>,
    /// What is done with a device that no rule applies to.
    pub default: Action,
    /// What makes the server act by itself.
    pub thresholds: Thresholds,
}

/// Why rules are not taken. For people.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadRules {
    /// There are too many.
    #[error("there are {0} rules, and {RULES_MAX} at most are taken")]
    TooMany(usize),
    /// A name is too long, or has characters that can't be shown.
    #[error("the name of rule {0} has more than {NAME_MAX} characters, or some that can't be shown")]
    Name(usize),
    /// A rule behind one that always applies is never reached.
    #[error("rule {0} has no conditions, so the rules after it are never reached: put it last")]
    Unreachable(usize),
    /// A threshold makes no sense.
    #[error("the threshold {0}")]
    Threshold(&'static str),
}

impl Rules {
    /// Whether they can be taken.
    ///
    /// # Errors
    /// What is wrong with them.
    pub fn check(&self) -> Result<(), BadRules> {
        if self.rules.len() > RULES_MAX {
            return Err(BadRules::TooMany(self.rules.len()));
        }
        for (rule, number) in self.rules.iter().zip(1..) {
            if rule.name.chars().count() > NAME_MAX || rule.name.chars().any(char::is_control) {
                return Err(BadRules::Name(number));
            }
            if rule.when == Conditions::default() && number < self.rules.len() {
                return Err(BadRules::Unreachable(number));
            }
        }
        self.thresholds.check().map_err(BadRules::Threshold)
    }

    /// Whether any rule asks for groups: whoever asks need not look them up otherwise.
    pub fn ask_for_groups(&self) -> bool {
        self.rules.iter().any(|rule| rule.when.group.is_some())
    }
}

/// What a person decided about a device of an account: its place on the account's lists.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Personal {
    /// Allow or block.
    pub action: Action,
    /// Who decided.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// What a threshold decided about a device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Automatic {
    /// Block or quarantine.
    pub action: Action,
    /// What the device did, in words.
    pub reason: String,
    /// Since when.
    pub since: Timestamp,
    /// Until when.
    pub until: Timestamp,
}

/// A device that asks to be let in.
#[derive(Debug, Clone, Copy, Default)]
pub struct Candidate<'a> {
    /// Its type.
    pub device_type: &'a str,
    /// Its model, where it said so.
    pub model: Option<&'a str>,
    /// Its operating system, where it said so.
    pub os: Option<&'a str>,
    /// Its `User-Agent`, where it has one.
    pub user_agent: Option<&'a str>,
    /// Its id.
    pub device_id: &'a str,
    /// The addresses of its account.
    pub addresses: &'a [String],
    /// The addresses of the groups that the account belongs to; looked at where the rules ask for them.
    pub groups: &'a [String],
    /// What a person decided about it.
    pub personal: Option<&'a Personal>,
    /// What a threshold decided about it.
    pub automatic: Option<&'a Automatic>,
}

/// Why a device is treated as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Because {
    /// A person decided so.
    Personal {
        /// Who.
        by: String,
    },
    /// A threshold was passed.
    Automatic {
        /// What the device did.
        reason: String,
    },
    /// A rule says so.
    Rule {
        /// Its place, from 1.
        number: usize,
        /// Its name.
        name: String,
    },
    /// No rule applies.
    Default,
}

impl fmt::Display for Because {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Because::Personal { by } => write!(f, "decided by {by}"),
            Because::Automatic { reason } => f.write_str(reason),
            Because::Rule { number, name } if name.is_empty() => write!(f, "rule {number}"),
            Because::Rule { number, name } => write!(f, "rule {number}: {name}"),
            Because::Default => f.write_str("the default for devices without a rule"),
        }
    }
}

/// What is done with a device, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// What.
    pub action: Action,
    /// Why.
    pub because: Because,
    /// When it expires by itself.
    pub until: Option<Timestamp>,
}

/// Judges a device at `now`.
pub fn judge(rules: &Rules, candidate: &Candidate<'_>, now: Timestamp) -> Verdict {
    if let Some(personal) = candidate.personal {
        let because = Because::Personal { by: personal.by.clone() };
        return Verdict { action: personal.action, because, until: None };
    }
    if let Some(automatic) = candidate.automatic.filter(|automatic| now < automatic.until) {
        let because = Because::Automatic { reason: automatic.reason.clone() };
        return Verdict { action: automatic.action, because, until: Some(automatic.until) };
    }
    for (rule, number) in rules.rules.iter().zip(1..) {
        if holds(&rule.when, candidate) {
            let because = Because::Rule { number, name: rule.name.clone() };
            return Verdict { action: rule.action, because, until: None };
        }
    }
    Verdict { action: rules.default, because: Because::Default, until: None }
}

fn holds(when: &Conditions, candidate: &Candidate<'_>) -> bool {
    let is = |pattern: &Option<Pattern>, text: Option<&str>| {
        pattern.as_ref().is_none_or(|pattern| text.is_some_and(|text| pattern.matches(text)))
    };
    let any = |pattern: &Option<Pattern>, texts: &[String]| {
        pattern.as_ref().is_none_or(|pattern| texts.iter().any(|text| pattern.matches(text)))
    };
    is(&when.device_type, Some(candidate.device_type))
        && is(&when.model, candidate.model)
        && is(&when.os, candidate.os)
        && is(&when.user_agent, candidate.user_agent)
        && is(&when.device_id, Some(candidate.device_id))
        && any(&when.account, candidate.addresses)
        && any(&when.group, candidate.groups)
}

/// Where a device stands, as it was last told; kept with the device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceAccess {
    /// What is done with it.
    pub state: Action,
    /// Why, for people.
    pub because: String,
    /// Since when.
    pub since: Timestamp,
    /// When it expires by itself.
    pub until: Option<Timestamp>,
}

impl DeviceAccess {
    /// What a verdict makes of what was: none where nothing changes.
    pub fn after(before: Option<&DeviceAccess>, verdict: &Verdict, now: Timestamp) -> Option<DeviceAccess> {
        let because = verdict.because.to_string();
        let since = match before {
            Some(before) if before.state == verdict.action => {
                if before.because == because && before.until == verdict.until {
                    return None;
                }
                before.since
            }
            _ => now,
        };
        Some(DeviceAccess { state: verdict.action, because, since, until: verdict.until })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(when: Conditions) -> Rule {
        Rule { name: String::new(), when, action: Action::Block }
    }

    #[test]
    fn rules_are_checked() {
        let some = Conditions { os: Pattern::new("iOS*").ok(), ..Conditions::default() };
        let good = Rules { rules: vec![rule(some.clone()), rule(Conditions::default())], ..Rules::default() };
        assert_eq!(good.check(), Ok(()));
        assert!(!good.ask_for_groups());
        let all_first = Rules { rules: vec![rule(Conditions::default()), rule(some)], ..Rules::default() };
        assert_eq!(all_first.check(), Err(BadRules::Unreachable(1)));
        let json = serde_json::to_string(&good).unwrap();
        assert_eq!(serde_json::from_str::<Rules>(&json).unwrap(), good);
        assert!(
            serde_json::from_str::<Rules>(r#"{"rules":[{"action":"allow","when":{"colour":"red"}}]}"#)
                .is_err()
        );
    }

    #[test]
    fn keys_have_underscores_and_those_with_hyphens_are_still_read() {
        const NOW: &str = r#"{
            "rules": [{
                "name": "A",
                "when": {"device_type": "iP*", "user_agent": "Mail*", "device_id": "A1"},
                "action": "allow"
            }],
            "default": "quarantine",
            "thresholds": {
                "commands": {"more_than": 9, "minutes": 1, "action": "block", "for_minutes": 5},
                "sync_restarts": {"more_than": 8, "minutes": 2, "action": "block", "for_minutes": 6},
                "user_agents": {"more_than": 7, "minutes": 3, "action": "quarantine", "for_minutes": 7}
            }
        }"#;
        let rules: Rules = serde_json::from_str(NOW).unwrap();
        let now: serde_json::Value = serde_json::from_str(NOW).unwrap();
        assert_eq!(serde_json::to_value(&rules).unwrap(), now);
        // All keys that have two words, as they were saved once.
        let then = NOW.replace('_', "-");
        assert_eq!(serde_json::from_str::<Rules>(&then).unwrap(), rules);
        let both = NOW.replace("\"more_than\": 9", "\"more_than\": 9, \"more-than\": 9");
        assert!(serde_json::from_str::<Rules>(&both).is_err(), "said twice");
    }

    #[test]
    fn access_changes_only_where_there_is_news() {
        let now = Timestamp::UNIX_EPOCH;
        let later = Timestamp::from_second(60).unwrap();
        let verdict = Verdict { action: Action::Block, because: Because::Default, until: None };
        let first = DeviceAccess::after(None, &verdict, now).unwrap();
        assert_eq!(DeviceAccess::after(Some(&first), &verdict, later), None);
        let other = Verdict { because: Because::Personal { by: "Anna".into() }, ..verdict };
        let second = DeviceAccess::after(Some(&first), &other, later).unwrap();
        assert_eq!((second.since, second.because.as_str()), (now, "decided by Anna"));
    }
}
