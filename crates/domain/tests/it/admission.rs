//! The table of admission cases, `admission/cases.txt`: rules, devices that ask, and what becomes of them.
//!
//! Lines of the file: `rules NAME` begins a set; `rule ACTION [name=...] [condition=pattern ...]` and `default
//! ACTION` make it up; `case condition=text ... => ACTION: reason` is a device and its verdict. Values with
//! blanks stand in quotes. `personal=ACTION` and `automatic=ACTION` are what was decided about the device,
//! `expired=ACTION` what a threshold decided once.

use fieldpost_domain::admission::{
    Action, Automatic, Candidate, Conditions, Pattern, Personal, Rule, Rules, judge,
};
use jiff::{SignedDuration, Timestamp};

const CASES: &str = include_str!("admission/cases.txt");

/// `key=value` and plain words, in order.
fn words(line: &str) -> Vec<(String, String)> {
    let mut words = Vec::new();
    let mut rest = line.trim_start();
    while !rest.is_empty() {
        let end = rest.find([' ', '=']).unwrap_or(rest.len());
        let (key, after) = rest.split_at(end);
        let (value, after) = match after.strip_prefix('=') {
            None => ("", after),
            Some(quoted) if quoted.starts_with('"') => quoted[1..].split_once('"').unwrap(),
            Some(plain) => plain.split_at(plain.find(' ').unwrap_or(plain.len())),
        };
        words.push((key.to_owned(), value.to_owned()));
        rest = after.trim_start();
    }
    words
}

fn rule(words: &[(String, String)]) -> Rule {
    let action = Action::from_name(&words[0].0).unwrap();
    let mut rule = Rule { name: String::new(), when: Conditions::default(), action };
    for (key, value) in &words[1..] {
        let pattern = || Some(Pattern::new(value).unwrap());
        match key.as_str() {
            "name" => rule.name.clone_from(value),
            "type" => rule.when.device_type = pattern(),
            "model" => rule.when.model = pattern(),
            "os" => rule.when.os = pattern(),
            "agent" => rule.when.user_agent = pattern(),
            "id" => rule.when.device_id = pattern(),
            "account" => rule.when.account = pattern(),
            "group" => rule.when.group = pattern(),
            other => panic!("{other}"),
        }
    }
    rule
}

fn verdict(rules: &Rules, words: &[(String, String)]) -> String {
    let now = Timestamp::UNIX_EPOCH;
    let get = |wanted: &str| words.iter().find(|(key, _)| key == wanted).map(|(_, value)| value.as_str());
    let all = |wanted: &str| -> Vec<String> {
        words.iter().filter(|(key, _)| key == wanted).map(|(_, value)| value.clone()).collect()
    };
    let (addresses, groups) = (all("account"), all("group"));
    let action = |key| get(key).map(|name| Action::from_name(name).unwrap());
    let personal = action("personal").map(|action| Personal { action, by: "Anna".into(), at: now });
    let automatic = |hours| {
        move |action| Automatic {
            action,
            reason: "too many commands".into(),
            since: now,
            until: now + SignedDuration::from_hours(hours),
        }
    };
    let automatic = action("automatic").map(automatic(1)).or(action("expired").map(automatic(0)));
    let candidate = Candidate {
        device_type: get("type").unwrap_or("SmartPhone"),
        model: get("model"),
        os: get("os"),
        user_agent: get("agent"),
        device_id: get("id").unwrap_or("ID1"),
        addresses: &addresses,
        groups: &groups,
        personal: personal.as_ref(),
        automatic: automatic.as_ref(),
    };
    let verdict = judge(rules, &candidate, now);
    format!("{}: {}", verdict.action, verdict.because)
}

#[test]
fn the_table_of_cases() {
    let mut rules = Rules::default();
    let mut cases = 0;
    for (line, number) in CASES.lines().zip(1..) {
        let (kind, rest) = line.split_once(' ').unwrap_or((line, ""));
        match kind {
            "" | "#" => {}
            "rules" => rules = Rules::default(),
            "rule" => {
                rules.rules.push(rule(&words(rest)));
                rules.check().unwrap();
            }
            "default" => rules.default = Action::from_name(rest).unwrap(),
            "case" => {
                let (device, expected) = rest.split_once(" => ").unwrap();
                assert_eq!(verdict(&rules, &words(device)), expected, "line {number}: {line}");
                cases += 1;
            }
            other => panic!("line {number}: {other}"),
        }
    }
    assert!(cases >= 40, "{cases} cases");
}
