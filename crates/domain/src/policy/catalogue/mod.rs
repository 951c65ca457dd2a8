//! Every setting of a policy: its names, its range, what phones assume without it, since which version it can
//! be told, and what each kind of phone makes of it. The web tool, the command line, the documentation and
//! validation all read this table, so that they can't disagree.
//!
//! What phones make of a setting is said as it is generally known of their programs, not from tests of every
//! model. "Not known" means that.

mod applications;
mod device;
mod mail;
mod password;
mod security;
mod smime;

use fieldpost_eas::Version;

use super::Value;

/// One setting.
#[derive(Debug, Clone, Copy)]
pub struct Setting {
    /// Its name here: in the API, on the command line, in [`super::Policy`].
    pub field: &'static str,
    /// Its name in the protocol.
    pub element: &'static str,
    /// A few words for a form.
    pub title: &'static str,
    /// What it does, in one or two sentences for an administrator.
    pub explanation: &'static str,
    /// What it is about.
    pub group: Group,
    /// What it can hold.
    pub kind: Kind,
    /// What a phone assumes where it is told nothing.
    pub assumed: Assumed,
    /// What the form for a new policy proposes; none: to say nothing.
    pub proposed: Option<Assumed>,
    /// The first version whose phones can be told.
    pub since: Version,
    /// What phones make of it.
    pub effects: Effects,
}

/// What a setting is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// The password of the device.
    Password,
    /// Encryption and storage.
    Security,
    /// Hardware and connections.
    Device,
    /// Applications.
    Applications,
    /// What is synchronised, and how much of it.
    Mail,
    /// Signed and encrypted mail.
    Smime,
}

/// What a setting can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Yes or no.
    Flag,
    /// A number.
    Number {
        /// The least.
        least: i64,
        /// The greatest.
        most: i64,
        /// What is counted: `seconds`.
        unit: &'static str,
    },
    /// One of these numbers, and what it means.
    Choice(&'static [(i64, &'static str)]),
    /// Names of applications.
    Names,
    /// SHA-1 hashes of applications, in base64.
    Hashes,
}

/// A value that stands in the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Assumed {
    /// Yes or no.
    Flag(bool),
    /// A number.
    Number(i64),
    /// No limit, for which the protocol has an empty element.
    NoLimit,
    /// An empty list.
    NoList,
}

/// How far a kind of phone obeys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Honours {
    /// It does.
    Yes,
    /// Not always, or not all of it; the note says when.
    Partly,
    /// It does not.
    No,
    /// Not known.
    Unknown,
}

/// What a kind of phone makes of a setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Effect {
    /// Whether it obeys.
    pub honours: Honours,
    /// What else there is to say; empty: nothing.
    pub note: &'static str,
}

/// What the usual phones make of a setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Effects {
    /// Apple's Mail and Calendar on iPhone and iPad.
    pub ios: Effect,
    /// Gmail on Android, and Android's own client before it.
    pub android: Effect,
    /// Samsung Email.
    pub samsung: Effect,
    /// Outlook for iOS and Android.
    pub outlook: Effect,
}

impl Effect {
    const YES: Effect = Effect::yes("");
    const NO: Effect = Effect::no("");
    const UNKNOWN: Effect = Effect { honours: Honours::Unknown, note: "" };
    /// Android's own client says so of what it can't enforce.
    const SAYS_PARTLY: Effect = Effect::no(
        "It tells the server that it obeys in part only, and comes in where the policy allows that.",
    );
    /// Password rules on recent Androids.
    const AS_COMPLEXITY: Effect = Effect::partly(
        "Since Android 10 only as the nearest of three grades of the screen lock; before, as it stands.",
    );
    /// Samsung's own management of devices.
    const OLDER_SAMSUNG: Effect =
        Effect::partly("Devices up to about 2018 obey; of newer ones it is not known.");

    const fn yes(note: &'static str) -> Effect {
        Effect { honours: Honours::Yes, note }
    }

    const fn no(note: &'static str) -> Effect {
        Effect { honours: Honours::No, note }
    }

    const fn partly(note: &'static str) -> Effect {
        Effect { honours: Honours::Partly, note }
    }
}

impl Effects {
    /// In the order of [`Effects::all`].
    const fn new(ios: Effect, android: Effect, samsung: Effect, outlook: Effect) -> Effects {
        Effects { ios, android, samsung, outlook }
    }

    /// Each with the name of the phone.
    pub fn all(&self) -> [(&'static str, Effect); 4] {
        [
            ("iPhone and iPad", self.ios),
            ("Android (Gmail)", self.android),
            ("Samsung Email", self.samsung),
            ("Outlook for iOS and Android", self.outlook),
        ]
    }
}

impl Honours {
    /// In a word.
    pub fn name(self) -> &'static str {
        match self {
            Honours::Yes => "yes",
            Honours::Partly => "partly",
            Honours::No => "no",
            Honours::Unknown => "not known",
        }
    }
}

impl Group {
    /// In the order of a form.
    pub const ALL: [Group; 6] =
        [Group::Password, Group::Security, Group::Device, Group::Applications, Group::Mail, Group::Smime];

    /// Its heading.
    pub fn title(self) -> &'static str {
        match self {
            Group::Password => "Password",
            Group::Security => "Encryption and storage",
            Group::Device => "Device and connections",
            Group::Applications => "Applications",
            Group::Mail => "Mail and synchronisation",
            Group::Smime => "Signed and encrypted mail",
        }
    }

    /// Its settings, in the order of a form.
    pub fn settings(self) -> &'static [Setting] {
        match self {
            Group::Password => password::SETTINGS,
            Group::Security => security::SETTINGS,
            Group::Device => device::SETTINGS,
            Group::Applications => applications::SETTINGS,
            Group::Mail => mail::SETTINGS,
            Group::Smime => smime::SETTINGS,
        }
    }
}

impl Assumed {
    /// As a value; none for no limit, which the absence of a value says.
    pub fn value(self) -> Option<Value> {
        match self {
            Assumed::Flag(flag) => Some(Value::Flag(flag)),
            Assumed::Number(number) => Some(Value::Number(number)),
            Assumed::NoLimit => None,
            Assumed::NoList => Some(Value::List(Vec::new())),
        }
    }
}

impl Setting {
    /// A value in the words of a form: `yes`, `300 seconds`.
    pub fn show(&self, value: &Value) -> String {
        match (value, self.kind) {
            (Value::Flag(flag), _) => if *flag { "yes" } else { "no" }.to_owned(),
            (Value::Number(number), Kind::Choice(choices)) => choices
                .iter()
                .find(|(choice, _)| choice == number)
                .map_or_else(|| number.to_string(), |(_, meaning)| (*meaning).to_owned()),
            (Value::Number(number), Kind::Number { unit, .. }) => format!("{number} {unit}"),
            (Value::Number(number), _) => number.to_string(),
            (Value::List(list), _) => list.join(", "),
        }
    }

    /// The range in words.
    pub fn range(&self) -> String {
        match self.kind {
            Kind::Flag => "yes or no".to_owned(),
            Kind::Number { least, most, unit } if most >= i64::from(i32::MAX) => {
                format!("{least} or more {unit}")
            }
            Kind::Number { least, most, unit } => format!("{least} to {most} {unit}"),
            Kind::Choice(choices) => {
                let meanings: Vec<String> =
                    choices.iter().map(|(number, meaning)| format!("{number}: {meaning}")).collect();
                meanings.join("; ")
            }
            Kind::Names => "names of applications".to_owned(),
            Kind::Hashes => "SHA-1 hashes of applications in base64".to_owned(),
        }
    }

    /// What phones assume without it, in words.
    pub fn assumed_in_words(&self) -> String {
        match self.assumed {
            Assumed::NoLimit => "no limit".to_owned(),
            Assumed::NoList => "no list".to_owned(),
            other => other.value().map(|value| self.show(&value)).unwrap_or_default(),
        }
    }
}

/// All settings in the order of the schema.
pub fn all() -> impl Iterator<Item = &'static Setting> {
    super::FIELDS.iter().filter_map(|field| setting(field))
}

/// The setting of this name.
pub fn setting(field: &str) -> Option<&'static Setting> {
    Group::ALL.into_iter().flat_map(Group::settings).find(|setting| setting.field == field)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::policy::{FIELDS, Policy};

    #[test]
    fn every_setting_is_here_once_and_holds_what_it_says() {
        let listed: Vec<&Setting> = Group::ALL.into_iter().flat_map(Group::settings).collect();
        assert_eq!(listed.len(), FIELDS.len());
        let fields: BTreeSet<&str> = listed.iter().map(|setting| setting.field).collect();
        assert_eq!(fields, FIELDS.iter().copied().collect());
        assert_eq!(listed.iter().map(|setting| setting.element).collect::<BTreeSet<_>>().len(), FIELDS.len());
        for group in Group::ALL {
            for setting in group.settings() {
                assert_eq!(setting.group, group, "{}", setting.field);
                for value in [Some(setting.assumed), setting.proposed].into_iter().flatten() {
                    let mut policy = Policy::NOTHING;
                    assert!(policy.set(setting.field, value.value()), "{}", setting.field);
                }
                assert!(setting.explanation.ends_with('.'), "{}", setting.field);
                assert!(!setting.title.ends_with('.'), "{}", setting.field);
            }
        }
    }

    /// What a version knows is said in the code page as well.
    #[test]
    fn the_versions_are_those_of_the_tokens() {
        for setting in all() {
            let tag = fieldpost_eas::page::find("Provision", setting.element).unwrap();
            let versions = tag.entry().unwrap().versions;
            for version in Version::ALL {
                let knows =
                    versions.contains(version) || (version == Version::V2_5 && setting.since == version);
                assert_eq!(knows, version >= setting.since, "{} in {version}", setting.element);
            }
        }
    }
}
