//! Why a device is stuck, in plain words: what its last exchanges say to somebody who has seen many.
//!
//! Pure rules over [`Signs`]; who gathers the signs shows the [`Finding`]s, the most serious first.

use std::collections::HashMap;

use fieldpost_eas::command::CommandName;
use jiff::{SignedDuration, Timestamp};

/// How often the same has to happen before it is more than an accident.
const OFTEN: usize = 3;
/// A device that was silent for as long as this is worth a look, in hours.
const SILENT_HOURS: i64 = 72;
/// A waiting request that is cut sooner than this was cut by something on its way, in minutes.
const CUT_MINUTES: i64 = 30;
/// So many requests within [`HURRY_WITHIN`] are a hurry.
const HURRY: usize = 40;
const HURRY_WITHIN: SignedDuration = SignedDuration::from_secs(60);

/// One exchange, as far as it matters here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sign {
    /// When the request came.
    pub at: Timestamp,
    /// What it asked for.
    pub command: Option<CommandName>,
    /// How it ended.
    pub ended: Ended,
    /// How long it took.
    pub took: SignedDuration,
    /// The collections of a Sync, each with the key that the phone sent.
    pub keys: Vec<(String, String)>,
}

/// How an exchange ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// With an HTTP code, and the first status in the answer.
    Answered {
        /// HTTP code.
        code: u16,
        /// Status of the protocol.
        status: Option<u16>,
    },
    /// The connection was gone before there was an answer.
    Gone,
}

/// What keeps a device out on purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Barrier {
    /// It is to be wiped.
    Wipe,
    /// It is blocked.
    Blocked,
    /// It is in quarantine.
    Quarantined,
    /// Its account is disabled.
    AccountDisabled,
    /// Its account may not use ActiveSync.
    SwitchedOff,
}

/// All that is looked at.
#[derive(Debug, Clone)]
pub struct Signs<'a> {
    /// Now.
    pub now: Timestamp,
    /// When the device was last heard of.
    pub last_seen: Option<Timestamp>,
    /// What keeps it out on purpose.
    pub barrier: Option<Barrier>,
    /// Items of the mailbox that can't be shown to it.
    pub poison: usize,
    /// Its last exchanges, the newest first.
    pub exchanges: &'a [Sign],
}

/// How serious a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The device does not work.
    Stuck,
    /// It works, and worse than it could.
    Warning,
    /// Worth knowing.
    Note,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// How serious.
    pub severity: Severity,
    /// What was seen.
    pub what: String,
    /// What to do about it; empty where there is nothing to do.
    pub advice: &'static str,
}

fn finding(severity: Severity, what: impl Into<String>, advice: &'static str) -> Option<Finding> {
    Some(Finding { severity, what: what.into(), advice })
}

/// What the signs say, the most serious first; never empty.
pub fn diagnose(signs: &Signs<'_>) -> Vec<Finding> {
    let rules = [
        barrier,
        provisioning,
        starting_over,
        loop_of_keys,
        our_trouble,
        poison,
        cut,
        hurry,
        no_push,
        silent,
    ];
    let mut findings: Vec<Finding> = rules.into_iter().filter_map(|rule| rule(signs)).collect();
    findings.sort_by_key(|finding| finding.severity);
    if findings.is_empty() {
        let what = match signs.exchanges.first() {
            Some(_) => "Its last requests were answered as they should be.",
            None => "It has asked for nothing since the server was started.",
        };
        findings.extend(finding(Severity::Note, what, ""));
    }
    findings
}

fn barrier(signs: &Signs<'_>) -> Option<Finding> {
    let (what, advice) = match signs.barrier? {
        Barrier::Wipe => (
            "A remote wipe is in force: it gets nothing but the order to wipe.",
            "Cancel the wipe if it was found again.",
        ),
        Barrier::Blocked => ("It is blocked.", "Allow it, or change the rule that blocks it."),
        Barrier::Quarantined => (
            "It is in quarantine: it gets one explaining message and nothing else.",
            "Release it, or block it.",
        ),
        Barrier::AccountDisabled => ("Its account is disabled.", "Enable the account if that was not meant."),
        Barrier::SwitchedOff => (
            "ActiveSync is switched off for its account.",
            "Switch it on under Accounts if that was not meant.",
        ),
    };
    finding(Severity::Stuck, what, advice)
}

fn times(count: usize) -> String {
    match count {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        _ => format!("{count} times"),
    }
}

/// Told to take its policy, again and again.
fn provisioning(signs: &Signs<'_>) -> Option<Finding> {
    let told = |sign: &&Sign| {
        matches!(
            sign.ended,
            Ended::Answered { code: 449, .. } | Ended::Answered { status: Some(141..=144), .. }
        )
    };
    let settled = |sign: &&Sign| {
        sign.command != Some(CommandName::Provision)
            && matches!(sign.ended, Ended::Answered { code: 200, status } if !matches!(status, Some(139..=145)))
    };
    // What came before it was let in is past.
    let count = signs.exchanges.iter().take_while(|sign| !settled(sign)).filter(told).count();
    if count < OFTEN {
        return None;
    }
    let asked = signs.exchanges.iter().any(|sign| sign.command == Some(CommandName::Provision));
    let (what, advice) = if asked {
        (
            "it asks for the policy and does not take it",
            "Its user may have to set a longer password, or the device can't do what the policy asks: look at the \
             settings that it reports as not applied, or let such devices in.",
        )
    } else {
        (
            "it does not ask for it",
            "Old devices and simple programs know no policies: exempt the account, or let devices in that can't be \
             provisioned.",
        )
    };
    finding(Severity::Stuck, format!("It was told {} to take its policy, and {what}.", times(count)), advice)
}

/// Status 3 of Sync: the key is not known.
fn starting_over(signs: &Signs<'_>) -> Option<Finding> {
    let lost = |sign: &&Sign| {
        sign.command == Some(CommandName::Sync)
            && matches!(sign.ended, Ended::Answered { status: Some(3), .. })
    };
    let count = signs.exchanges.iter().filter(lost).count();
    if count < OFTEN {
        return None;
    }
    finding(
        Severity::Warning,
        format!("It had to begin a folder anew {}: it came with a key that is not known here.", times(count)),
        "Two devices may use the same device id, or the phone restores an old state. If it goes on, delete the \
         partnership and set the account up again on the phone.",
    )
}

/// The same folder with the same key, and never on.
fn loop_of_keys(signs: &Signs<'_>) -> Option<Finding> {
    let mut asked: HashMap<&(String, String), usize> = HashMap::new();
    for sign in signs.exchanges.iter().filter(|sign| sign.took < SignedDuration::from_secs(30)) {
        for of in sign.keys.iter().filter(|(_, key)| key != "0") {
            *asked.entry(of).or_default() += 1;
        }
    }
    let (folder, count) = asked
        .into_iter()
        .map(|((folder, _), count)| (folder, count))
        .max_by(|(a, m), (b, n)| m.cmp(n).then_with(|| b.cmp(a)))?;
    // A request that brings nothing new is answered with the same key: only haste makes it a loop.
    let newest = signs.exchanges.first()?.at;
    let oldest = signs.exchanges.last()?.at;
    let hasty = newest.duration_since(oldest) < SignedDuration::from_secs(60 * count as i64);
    if count <= 2 * OFTEN || !hasty {
        return None;
    }
    finding(
        Severity::Stuck,
        format!("It asks for folder {folder} from the same place again and again ({}).", times(count)),
        "Our answer gets lost on its way, or an item in it makes the phone give up. Force a new sync; if it comes \
         back, look at what the answers have in common.",
    )
}

fn our_trouble(signs: &Signs<'_>) -> Option<Finding> {
    let ours = |sign: &&Sign| matches!(sign.ended, Ended::Answered { code: 500..=599, .. });
    let count = signs.exchanges.iter().filter(ours).count();
    if count == 0 {
        return None;
    }
    finding(
        if count < OFTEN { Severity::Note } else { Severity::Stuck },
        format!("The server told it {} to try again later.", times(count)),
        "The reason is in the server's log at the time of those requests.",
    )
}

fn poison(signs: &Signs<'_>) -> Option<Finding> {
    if signs.poison == 0 {
        return None;
    }
    let (items, verb) = match signs.poison {
        1 => ("One item".to_owned(), "was"),
        count => (format!("{count} items"), "were"),
    };
    finding(
        Severity::Warning,
        format!(
            "{items} of the mailbox can't be shown to phones and {verb} passed over; all others are shown."
        ),
        "What is passed over is named below with the reason, and comes by itself when it is mended.",
    )
}

/// Waiting requests that end too soon.
fn cut(signs: &Signs<'_>) -> Option<Finding> {
    let waited = |sign: &&Sign| {
        matches!(sign.command, Some(CommandName::Ping | CommandName::Sync)) && sign.ended == Ended::Gone
    };
    let mut lengths: Vec<i64> = signs
        .exchanges
        .iter()
        .filter(waited)
        .map(|sign| sign.took.as_secs())
        .filter(|took| *took >= 20)
        .collect();
    lengths.sort_unstable();
    let middle = lengths.get(lengths.len() / 2).copied()?;
    if lengths.len() < OFTEN || middle >= CUT_MINUTES * 60 {
        return None;
    }
    let length = if middle < 120 { format!("{middle} seconds") } else { format!("{} minutes", middle / 60) };
    finding(
        Severity::Warning,
        format!("Its waiting connection is cut after about {length} ({}).", times(lengths.len())),
        "A firewall, proxy or mobile network closes idle connections. Let it keep them for an hour; until then new \
         mail is late and the battery drains.",
    )
}

fn hurry(signs: &Signs<'_>) -> Option<Finding> {
    let newest = signs.exchanges.first()?.at;
    let count = signs.exchanges.iter().filter(|sign| newest.duration_since(sign.at) < HURRY_WITHIN).count();
    if count < HURRY {
        return None;
    }
    finding(
        Severity::Warning,
        format!("It sent {count} requests within a minute."),
        "A program on the phone may be in a loop: restart the phone, or remove and add the account.",
    )
}

fn no_push(signs: &Signs<'_>) -> Option<Finding> {
    let syncs: Vec<&Sign> =
        signs.exchanges.iter().filter(|sign| sign.command == Some(CommandName::Sync)).collect();
    let waits =
        |sign: &Sign| sign.command == Some(CommandName::Ping) || sign.took >= SignedDuration::from_secs(30);
    let (first, last) = (syncs.first()?, syncs.last()?);
    let hours = first.at.duration_since(last.at).as_hours();
    if syncs.len() < 2 * OFTEN || hours < 2 || signs.exchanges.iter().any(waits) {
        return None;
    }
    finding(
        Severity::Note,
        "It fetches at intervals and never waits for a push.",
        "On the phone, choose push instead of fetch for this account.",
    )
}

fn silent(signs: &Signs<'_>) -> Option<Finding> {
    let hours = signs.now.duration_since(signs.last_seen?).as_hours();
    if hours < SILENT_HOURS {
        return None;
    }
    finding(
        Severity::Note,
        format!("It was not heard of for {} days.", hours / 24),
        "It may be switched off, without a network, or not in use any more. A partnership that nobody needs can be \
         deleted.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_795_000_000 + second).unwrap()
    }

    fn answered(command: CommandName, second: i64, code: u16, status: u16) -> Sign {
        Sign {
            at: at(second),
            command: Some(command),
            ended: Ended::Answered { code, status: Some(status) },
            took: SignedDuration::from_millis(20),
            keys: Vec::new(),
        }
    }

    /// The findings about these exchanges, given oldest first.
    fn about(mut exchanges: Vec<Sign>) -> Vec<Finding> {
        exchanges.reverse();
        let last_seen = exchanges.first().map(|sign| sign.at);
        diagnose(&Signs { now: at(100_000), last_seen, barrier: None, poison: 0, exchanges: &exchanges })
    }

    fn says(findings: &[Finding], words: &str) {
        assert!(findings.iter().any(|finding| finding.what.contains(words)), "{words}: {findings:?}");
    }

    #[test]
    fn a_healthy_phone_gets_no_advice() {
        let mut exchanges = Vec::new();
        for n in 0..10 {
            exchanges.push(Sign {
                took: SignedDuration::from_mins(9),
                ..answered(CommandName::Ping, n * 600, 200, 2)
            });
            exchanges.push(Sign {
                keys: vec![("5".into(), n.to_string())],
                ..answered(CommandName::Sync, n * 600 + 599, 200, 1)
            });
        }
        let findings = about(exchanges);
        assert_eq!(findings.len(), 1, "{findings:?}");
        assert_eq!((findings[0].severity, findings[0].advice), (Severity::Note, ""));
    }

    #[test]
    fn a_phone_that_does_not_take_its_policy() {
        let ask = |n| answered(CommandName::FolderSync, n * 10, 200, 142);
        says(&about((0..5).map(ask).collect()), "does not ask for it");
        let mut both: Vec<Sign> = Vec::new();
        for n in 0..5 {
            both.push(ask(n));
            both.push(answered(CommandName::Provision, n * 10 + 1, 200, 1));
        }
        says(&about(both.clone()), "does not take it");
        // It took it in the end.
        both.push(answered(CommandName::FolderSync, 100, 200, 1));
        assert_eq!(about(both)[0].severity, Severity::Note);
    }

    #[test]
    fn loops_and_new_beginnings() {
        let again =
            |n| Sign { keys: vec![("5".into(), "77".into())], ..answered(CommandName::Sync, n, 200, 1) };
        let findings = about((0..20).map(again).collect());
        says(&findings, "folder 5 from the same place");
        assert_eq!(findings[0].severity, Severity::Stuck);
        // Once in ten minutes, with nothing new, is no loop.
        let calm = about((0..20).map(|n| Sign { at: at(n * 600), ..again(n) }).collect());
        assert!(calm.iter().all(|finding| finding.severity > Severity::Stuck), "{calm:?}");
        says(&calm, "never waits for a push");
        let lost = |n: i64| answered(CommandName::Sync, n * 100, 200, 3);
        says(&about((0..4).map(lost).collect()), "begin a folder anew 4 times");
    }

    #[test]
    fn connections_that_are_cut() {
        let gone = |minutes: i64| {
            let took = SignedDuration::from_mins(minutes);
            move |n: i64| Sign { ended: Ended::Gone, took, ..answered(CommandName::Ping, n * 900, 200, 1) }
        };
        says(&about((0..4).map(gone(5)).collect()), "cut after about 5 minutes (4 times)");
        let long = about((0..4).map(gone(45)).collect());
        assert!(!long.iter().any(|finding| finding.what.contains("cut")), "{long:?}");
    }

    #[test]
    fn what_is_ours_and_what_was_decided() {
        let down = |n: i64| answered(CommandName::Sync, n * 700, 503, 1);
        says(&about((0..4).map(down).collect()), "try again later");
        let signs = Signs {
            now: at(9 * 86_400),
            last_seen: Some(at(0)),
            barrier: Some(Barrier::Quarantined),
            poison: 2,
            exchanges: &[],
        };
        let findings = diagnose(&signs);
        let order: Vec<Severity> = findings.iter().map(|finding| finding.severity).collect();
        assert_eq!(order, [Severity::Stuck, Severity::Warning, Severity::Note]);
        says(&findings, "quarantine");
        says(&findings, "2 items");
        says(&findings, "for 9 days");
    }
}
