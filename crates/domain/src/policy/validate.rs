//! What is wrong with a policy: values out of range, and settings that contradict each other.

use std::fmt;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

use super::catalogue::{self, Kind, Setting};
use super::{Policy, Value};

/// Most entries of a list of applications: each phone gets it whole.
const LIST_LIMIT: usize = 256;
/// Longest name of an application, in characters.
const APPLICATION_LIMIT: usize = 260;
/// Bytes of a SHA-1 hash.
const SHA1: usize = 20;

/// What is wrong with one setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Its name in [`Policy`], or `name` or `refresh_hours`.
    pub field: &'static str,
    /// A sentence without a full stop.
    pub what: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match catalogue::setting(self.field) {
            Some(setting) => write!(f, "{} ({}): {}", setting.title, self.field, self.what),
            None => write!(f, "{}: {}", self.field, self.what),
        }
    }
}

impl Policy {
    /// All that is wrong with it, in the order of the schema.
    pub fn problems(&self) -> Vec<Problem> {
        let in_range = catalogue::all().filter_map(|setting| {
            let what = out_of_range(setting, &self.get(setting.field)?)?;
            Some(Problem { field: setting.field, what })
        });
        in_range.chain(self.contradictions()).collect()
    }

    fn contradictions(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        let mut say = |field, what: &str| problems.push(Problem { field, what: what.to_owned() });
        let no = |flag: Option<bool>| flag == Some(false);
        let yes = |flag: Option<bool>| flag == Some(true);
        if !yes(self.device_password_enabled) {
            let needs = [
                ("alphanumeric_device_password_required", yes(self.alphanumeric_device_password_required)),
                ("password_recovery_enabled", yes(self.password_recovery_enabled)),
                ("min_device_password_length", self.min_device_password_length.is_some()),
                ("max_inactivity_time_device_lock", self.max_inactivity_time_device_lock.is_some()),
                ("max_device_password_failed_attempts", self.max_device_password_failed_attempts.is_some()),
                ("allow_simple_device_password", no(self.allow_simple_device_password)),
                ("device_password_expiration", self.device_password_expiration.is_some_and(|days| days > 0)),
                ("device_password_history", self.device_password_history.is_some_and(|count| count > 0)),
                (
                    "min_device_password_complex_characters",
                    self.min_device_password_complex_characters.is_some_and(|kinds| kinds > 1),
                ),
            ];
            for (field, _) in needs.into_iter().filter(|(_, asked)| *asked) {
                say(
                    field,
                    "it has no effect unless a password is required (device_password_enabled); require one, \
                     or leave this out",
                );
            }
        } else if self.min_device_password_complex_characters.is_some_and(|kinds| kinds > 1)
            && !yes(self.alphanumeric_device_password_required)
        {
            say(
                "min_device_password_complex_characters",
                "more than one kind needs letters and digits to be required \
                 (alphanumeric_device_password_required)",
            );
        }
        if no(self.attachments_enabled) && self.max_attachment_size.is_some() {
            say("max_attachment_size", "it has no effect where attachments may not be fetched at all");
        }
        if no(self.allow_storage_card) && yes(self.require_storage_card_encryption) {
            say("require_storage_card_encryption", "it has no effect where storage cards may not be used");
        }
        if no(self.allow_html_email) && self.max_email_html_body_truncation_size.is_some() {
            say("max_email_html_body_truncation_size", "it has no effect where mail may not be HTML");
        }
        if let (Some(length), Some(kinds)) =
            (self.min_device_password_length, self.min_device_password_complex_characters)
            && length < kinds
        {
            say(
                "min_device_password_length",
                "a password needs at least as many characters as it needs kinds of them",
            );
        }
        problems
    }
}

/// What is wrong with the value of one setting, seen alone.
fn out_of_range(setting: &Setting, value: &Value) -> Option<String> {
    match (setting.kind, value) {
        (Kind::Number { least, most, .. }, Value::Number(number)) if !(least..=most).contains(number) => {
            Some(format!("{number} is not possible; it is {}", setting.range()))
        }
        (Kind::Choice(choices), Value::Number(number)) => {
            let known = choices.iter().any(|(choice, _)| choice == number);
            (!known).then(|| format!("{number} is not possible; it is one of {}", setting.range()))
        }
        (Kind::Names, Value::List(names)) => bad_list(names, "the name of an application", |name| {
            let fits = !name.trim().is_empty() && name.chars().count() <= APPLICATION_LIMIT;
            fits && !name.chars().any(char::is_control)
        }),
        (Kind::Hashes, Value::List(hashes)) => bad_list(hashes, "a SHA-1 hash in base64", |hash| {
            BASE64_STANDARD.decode(hash).is_ok_and(|bytes| bytes.len() == SHA1)
        }),
        _ => None,
    }
}

fn bad_list(list: &[String], what: &str, fits: impl Fn(&str) -> bool) -> Option<String> {
    if list.len() > LIST_LIMIT {
        return Some(format!("the list has {} entries; {LIST_LIMIT} are possible", list.len()));
    }
    let bad = list.iter().find(|entry| !fits(entry))?;
    let shown: String = bad.chars().filter(|c| !c.is_control()).take(40).collect();
    Some(format!("\"{shown}\" is not {what}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(policy: &Policy) -> Vec<&'static str> {
        policy.problems().into_iter().map(|problem| problem.field).collect()
    }

    fn with_password() -> Policy {
        Policy { device_password_enabled: Some(true), ..Policy::NOTHING }
    }

    #[test]
    fn the_default_and_nothing_are_fine() {
        for policy in [Policy::NOTHING, Policy::default(), with_password()] {
            assert_eq!(policy.problems(), []);
        }
    }

    /// The ends of each range are possible, and what lies beside them is not.
    #[test]
    fn every_range_is_kept() {
        for setting in catalogue::all() {
            let (good, bad): (Vec<i64>, Vec<i64>) = match setting.kind {
                Kind::Number { least, most, .. } => (vec![least, most], vec![least - 1, most + 1]),
                Kind::Choice(choices) => (choices.iter().map(|(choice, _)| *choice).collect(), vec![-2, 99]),
                _ => continue,
            };
            let judged = |number: i64| out_of_range(setting, &Value::Number(number));
            for number in good {
                let mut policy = Policy::NOTHING;
                assert!(policy.set(setting.field, Some(Value::Number(number))), "{}", setting.field);
                assert_eq!(judged(number), None, "{} {number}", setting.field);
            }
            for number in bad {
                assert!(judged(number).is_some(), "{} {number}", setting.field);
            }
        }
    }

    #[test]
    fn an_error_says_what_and_how() {
        let policy = Policy { min_device_password_length: Some(19), ..with_password() };
        let problem = policy.problems().pop().unwrap();
        assert_eq!(
            problem.to_string(),
            "Least length of the password (min_device_password_length): 19 is not possible; it is 1 to 18 \
             characters"
        );
    }

    #[test]
    fn contradictions_are_found() {
        let cases = [
            (
                Policy { max_device_password_failed_attempts: Some(8), ..Policy::NOTHING },
                vec!["max_device_password_failed_attempts"],
            ),
            (
                Policy { allow_simple_device_password: Some(false), ..Policy::default() },
                vec!["allow_simple_device_password"],
            ),
            (
                Policy { min_device_password_complex_characters: Some(3), ..with_password() },
                vec!["min_device_password_complex_characters"],
            ),
            (
                Policy {
                    min_device_password_complex_characters: Some(3),
                    min_device_password_length: Some(2),
                    alphanumeric_device_password_required: Some(true),
                    ..with_password()
                },
                vec!["min_device_password_length"],
            ),
            (
                Policy {
                    attachments_enabled: Some(false),
                    max_attachment_size: Some(1),
                    allow_storage_card: Some(false),
                    require_storage_card_encryption: Some(true),
                    allow_html_email: Some(false),
                    max_email_html_body_truncation_size: Some(5),
                    ..Policy::NOTHING
                },
                vec![
                    "max_attachment_size",
                    "require_storage_card_encryption",
                    "max_email_html_body_truncation_size",
                ],
            ),
        ];
        for (policy, expected) in cases {
            assert_eq!(fields(&policy), expected);
        }
    }

    #[test]
    fn lists_hold_names_and_hashes() {
        let list = |names: &[&str], hashes: &[&str]| Policy {
            unapproved_in_rom_application_list: Some(names.iter().map(|name| (*name).to_owned()).collect()),
            approved_application_list: Some(hashes.iter().map(|hash| (*hash).to_owned()).collect()),
            ..Policy::NOTHING
        };
        assert_eq!(fields(&list(&["game.exe"], &["2jmj7l5rSw0yVb/vlWAYkK/YBwk="])), [""; 0]);
        assert_eq!(fields(&list(&[" "], &["2jmj"])).len(), 2);
        assert_eq!(fields(&list(&["a\u{1}"], &["not base64"])).len(), 2);
        let many: Vec<&str> = vec!["a"; LIST_LIMIT + 1];
        assert_eq!(fields(&list(&many, &[])), ["unapproved_in_rom_application_list"]);
    }
}
