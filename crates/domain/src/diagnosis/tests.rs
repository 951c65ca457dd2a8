//! What the findings say about exchanges and decisions of all kinds.

use super::*;
use crate::policy::NamedPolicy;

/// Nothing is the matter, and nothing was asked.
const WELL: Signs<'static> = Signs {
    now: Timestamp::UNIX_EPOCH,
    last_seen: None,
    refused: None,
    barriers: &[],
    no_push: None,
    policy: PolicySign::Taken,
    poison: 0,
    exchanges: Some(&[]),
};

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
    diagnose(&Signs { now: at(100_000), last_seen, exchanges: Some(&exchanges), ..WELL })
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
    let again = |n| Sign { keys: vec![("5".into(), "77".into())], ..answered(CommandName::Sync, n, 200, 1) };
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
        barriers: &[Barrier::Quarantined],
        poison: 2,
        ..WELL
    };
    let findings = diagnose(&signs);
    let order: Vec<Severity> = findings.iter().map(|finding| finding.severity).collect();
    assert_eq!(order, [Severity::Stuck, Severity::Warning, Severity::Note, Severity::Note]);
    says(&findings, "quarantine");
    says(&findings, "2 items");
    says(&findings, "for 9 days");
}

#[test]
fn what_is_switched_off_is_said_with_for_whom() {
    for (barrier, words) in [
        (
            Barrier::SwitchedOff(Extent::Account),
            ["ActiveSync is switched off for its account", "ActiveSync on"],
        ),
        (Barrier::SwitchedOff(Extent::Organisation), ["for the whole organisation", "ActiveSync on"]),
        (Barrier::SyncSwitchedOff(Extent::Account), ["fetches nothing", "user-initiated"]),
        (
            Barrier::Version { spoken: "12.1".into(), allowed: "16.1".into(), extent: Extent::Organisation },
            [
                "version 12.1 of the protocol, which is not allowed for the whole organisation: 16.1 is",
                "allow",
            ],
        ),
        (Barrier::NoAppPassword(Extent::Account), ["it has none", "Make an app password"]),
        (Barrier::AccountDisabled, ["disabled", "Enable"]),
        (Barrier::Wipe, ["wipe is in force", "Cancel"]),
        (Barrier::Blocked, ["blocked", "Allow"]),
    ] {
        let findings = diagnose(&Signs { barriers: std::slice::from_ref(&barrier), ..WELL });
        assert_eq!(findings[0].severity, Severity::Stuck, "{barrier:?}");
        says(&findings, words[0]);
        assert!(findings[0].advice.contains(words[1]), "{findings:?}");
    }
    let two = [Barrier::AccountDisabled, Barrier::Blocked];
    let findings = diagnose(&Signs { barriers: &two, ..WELL });
    assert_eq!(findings.iter().filter(|one| one.severity == Severity::Stuck).count(), 2, "{findings:?}");
}

#[test]
fn without_direct_push_nobody_is_told_to_choose_it_on_the_phone() {
    let fetch = |n: i64| answered(CommandName::Sync, n * 900, 200, 1);
    let mut exchanges: Vec<Sign> = (0..20).map(fetch).collect();
    exchanges.reverse();
    let signs = Signs { exchanges: Some(&exchanges), ..WELL };
    says(&diagnose(&signs), "never waits for a push");
    let off = diagnose(&Signs { no_push: Some(Extent::Account), ..signs });
    assert_eq!(off.len(), 1, "{off:?}");
    assert_eq!(off[0].severity, Severity::Warning);
    says(&off, "Direct Push is switched off for its account");
}

#[test]
fn a_wrong_password_is_past_once_it_was_let_in() {
    let exchanges = [answered(CommandName::Sync, 100, 200, 1)];
    let signs = |second| Signs { refused: Some(at(second)), exchanges: Some(&exchanges), ..WELL };
    let findings = diagnose(&signs(101));
    assert_eq!(findings[0].severity, Severity::Stuck);
    says(&findings, "password on it is wrong");
    assert!(diagnose(&signs(99)).iter().all(|found| found.severity == Severity::Note));
    let seen = Signs { last_seen: Some(at(200)), ..signs(101) };
    assert!(diagnose(&seen).iter().all(|found| found.severity == Severity::Note));
}

#[test]
fn where_it_stands_with_its_policy() {
    let strict = NamedPolicy { refresh_hours: Some(24), ..NamedPolicy::default() };
    let lenient = NamedPolicy {
        allow_partial: true,
        allow_non_provisionable: true,
        allow_externally_managed: true,
        ..strict.clone()
    };
    let state = |key: Option<u32>, pending: Option<u32>, applied: Option<u8>| PolicyState {
        key,
        pending,
        applied,
        digest: key.map(|_| "d".to_owned()),
        taken: at(0).as_millisecond(),
        ..PolicyState::default()
    };
    let asked = PolicyState { asked: PATIENCE, ..PolicyState::default() };
    let (day, key, pending) = (86_400, Some(1), Some(2));
    use PolicySign::*;
    for (state, named, digest, second, expected, severity) in [
        (state(key, None, Some(1)), &strict, "d", 0, Taken, None),
        (state(key, None, Some(2)), &lenient, "d", 0, InPart, Some(Severity::Warning)),
        (state(key, None, Some(3)), &lenient, "d", 0, NotApplied, Some(Severity::Warning)),
        (state(key, None, Some(4)), &lenient, "d", 0, ManagedElsewhere, Some(Severity::Note)),
        (state(None, pending, Some(2)), &strict, "d", 0, PartRefused, Some(Severity::Stuck)),
        (state(None, pending, Some(3)), &strict, "d", 0, NotAppliedRefused, Some(Severity::Stuck)),
        (state(None, pending, Some(4)), &strict, "d", 0, ManagedElsewhereRefused, Some(Severity::Stuck)),
        (asked.clone(), &strict, "d", 0, Incapable, Some(Severity::Stuck)),
        (asked, &lenient, "d", 0, Nothing, None),
        (state(None, pending, None), &strict, "d", 0, Offered, Some(Severity::Warning)),
        (state(None, None, None), &strict, "d", 0, NotTaken, Some(Severity::Note)),
        (state(key, None, Some(1)), &strict, "e", 0, Changed, Some(Severity::Note)),
        (state(key, pending, Some(1)), &strict, "e", 0, Offered, Some(Severity::Warning)),
        (state(key, None, Some(1)), &strict, "d", day, RefreshDue, Some(Severity::Note)),
    ] {
        let sign = PolicySign::of(&state, Some(Wanted { named, digest }), at(second));
        assert_eq!(sign, expected, "{state:?}");
        let found = policy(&Signs { policy: sign, ..WELL });
        assert_eq!(found.map(|found| found.severity), severity, "{sign:?}");
    }
    assert_eq!(PolicySign::of(&PolicyState::default(), None, at(0)), Nothing);
}

#[test]
fn what_can_not_be_understood_and_what_is_not_known_here() {
    says(&about((0..4).map(|n| answered(CommandName::Sync, n * 700, 400, 1)).collect()), "make sense");
    says(
        &about((0..4).map(|n| answered(CommandName::FolderSync, n * 700, 200, 102)).collect()),
        "make sense",
    );
    // Status 4 of Ping: it must say its folders anew. That is part of the conversation.
    let ping = about((0..4).map(|n| answered(CommandName::Ping, n * 700, 200, 4)).collect());
    assert!(!ping.iter().any(|found| found.what.contains("make sense")), "{ping:?}");
    says(&diagnose(&WELL), "nothing since the server was started");
    says(&diagnose(&Signs { exchanges: None, ..WELL }), "known to the running server alone");
}
