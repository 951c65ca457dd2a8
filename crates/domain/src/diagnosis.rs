//! Why a device is stuck, in plain words: what its last exchanges say to somebody who has seen many.
//!
//! Pure rules over [`Signs`]; who gathers the signs shows the [`Finding`]s, the most serious first.

use std::collections::HashMap;

use fieldpost_eas::command::CommandName;
use jiff::{SignedDuration, Timestamp};

use crate::device::PolicyState;
use crate::policy::standing::{PATIENCE, Wanted};

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

/// For whom something was decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// For its account.
    Account,
    /// For the organisation.
    Organisation,
}

/// What keeps a device out, or from its mail, on purpose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Barrier {
    /// It is to be wiped.
    Wipe,
    /// It is blocked.
    Blocked,
    /// It is in quarantine.
    Quarantined,
    /// Its account is disabled.
    AccountDisabled,
    /// ActiveSync is switched off.
    SwitchedOff(Extent),
    /// Phones may not fetch and change items.
    SyncSwitchedOff(Extent),
    /// The version that it speaks is not allowed.
    Version {
        /// Which it speaks: `16.1`.
        spoken: String,
        /// Which are allowed, in words.
        allowed: String,
        /// For whom.
        extent: Extent,
    },
    /// Only app passwords are taken from phones, and none is bound to it.
    NoAppPassword(Extent),
}

/// Where it stands with its policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PolicySign {
    /// Nothing is asked of it, or what is asked is not known here.
    Nothing,
    /// It has taken what is in force.
    Taken,
    /// The same, and it obeys in part; it is let in all the same.
    InPart,
    /// The same, and it obeys nothing of it; it is let in all the same.
    NotApplied,
    /// The same, and somebody else manages it; it is let in all the same.
    ManagedElsewhere,
    /// It said that it obeys in part, and is not let in.
    PartRefused,
    /// It said that it obeys nothing, and is not let in.
    NotAppliedRefused,
    /// It said that somebody else manages it, and is not let in.
    ManagedElsewhereRefused,
    /// It knows nothing of policies, and such devices are not let in.
    Incapable,
    /// It was given the policy and has not said what it made of it.
    Offered,
    /// It has not asked for it.
    NotTaken,
    /// It has taken another than the one that is in force.
    Changed,
    /// It has taken it longer ago than the policy allows.
    RefreshDue,
}

impl PolicySign {
    /// What a device's state says; `wanted` is what is asked of it, if anything is.
    pub fn of(state: &PolicyState, wanted: Option<Wanted<'_>>, now: Timestamp) -> PolicySign {
        let Some(wanted) = wanted else { return PolicySign::Nothing };
        if state.key.is_some() && state.is_current(wanted, now) {
            return match state.applied {
                Some(2) => PolicySign::InPart,
                Some(3) => PolicySign::NotApplied,
                Some(4) => PolicySign::ManagedElsewhere,
                _ => PolicySign::Taken,
            };
        }
        let named = wanted.named;
        match state.applied {
            Some(2) if !named.allow_partial => return PolicySign::PartRefused,
            Some(3) if !named.allow_non_provisionable => return PolicySign::NotAppliedRefused,
            Some(4) if !named.allow_externally_managed => return PolicySign::ManagedElsewhereRefused,
            _ => {}
        }
        match state.key {
            None if named.allow_non_provisionable && state.pending.is_none() => PolicySign::Nothing,
            None if state.asked >= PATIENCE => PolicySign::Incapable,
            _ if state.pending.is_some() => PolicySign::Offered,
            None => PolicySign::NotTaken,
            Some(_) if state.digest.as_deref() != Some(wanted.digest) => PolicySign::Changed,
            Some(_) => PolicySign::RefreshDue,
        }
    }

    /// The name by which programs know it.
    pub fn name(self) -> &'static str {
        match self {
            PolicySign::Nothing => "nothing-asked",
            PolicySign::Taken => "taken",
            PolicySign::InPart => "in-part",
            PolicySign::NotApplied => "not-applied",
            PolicySign::ManagedElsewhere => "managed-elsewhere",
            PolicySign::PartRefused => "in-part-refused",
            PolicySign::NotAppliedRefused => "not-applied-refused",
            PolicySign::ManagedElsewhereRefused => "managed-elsewhere-refused",
            PolicySign::Incapable => "incapable",
            PolicySign::Offered => "offered",
            PolicySign::NotTaken => "not-taken",
            PolicySign::Changed => "changed",
            PolicySign::RefreshDue => "refresh-due",
        }
    }
}

/// All that is looked at.
#[derive(Debug, Clone)]
pub struct Signs<'a> {
    /// Now.
    pub now: Timestamp,
    /// When the device was last heard of.
    pub last_seen: Option<Timestamp>,
    /// When it last came with a wrong password.
    pub refused: Option<Timestamp>,
    /// What keeps it out on purpose.
    pub barriers: &'a [Barrier],
    /// For whom Direct Push is switched off, where it is.
    pub no_push: Option<Extent>,
    /// Where it stands with its policy.
    pub policy: PolicySign,
    /// Items of the mailbox that can't be shown to it.
    pub poison: usize,
    /// Its last exchanges, the newest first; none where no server is at hand that knows them.
    pub exchanges: Option<&'a [Sign]>,
}

impl Signs<'_> {
    fn exchanges(&self) -> &[Sign] {
        self.exchanges.unwrap_or_default()
    }
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

impl Severity {
    /// The name by which programs know it.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Stuck => "stuck",
            Severity::Warning => "warning",
            Severity::Note => "note",
        }
    }
}

/// What the signs say, the most serious first; never empty.
pub fn diagnose(signs: &Signs<'_>) -> Vec<Finding> {
    let rules = [
        wrong_password,
        provisioning,
        policy,
        starting_over,
        loop_of_keys,
        our_trouble,
        not_understood,
        poison,
        cut,
        hurry,
        push_off,
        no_push,
        silent,
        quiet,
    ];
    let mut findings: Vec<Finding> = signs.barriers.iter().filter_map(barrier).collect();
    findings.extend(rules.into_iter().filter_map(|rule| rule(signs)));
    findings.sort_by_key(|finding| finding.severity);
    if findings.is_empty() {
        findings.extend(finding(Severity::Note, "Its last requests were answered as they should be.", ""));
    }
    findings
}

fn whose(extent: Extent) -> &'static str {
    match extent {
        Extent::Account => "for its account",
        Extent::Organisation => "for the whole organisation",
    }
}

fn barrier(barrier: &Barrier) -> Option<Finding> {
    let (what, advice) = match barrier {
        Barrier::Wipe => (
            "A remote wipe is in force: it gets nothing but the order to wipe.".to_owned(),
            "Cancel the wipe if it was found again.",
        ),
        Barrier::Blocked => ("It is blocked.".to_owned(), "Allow it, or change the rule that blocks it."),
        Barrier::Quarantined => (
            "It is in quarantine: it gets one explaining message and nothing else.".to_owned(),
            "Release it, or block it.",
        ),
        Barrier::AccountDisabled => {
            ("Its account is disabled.".to_owned(), "Enable the account if that was not meant.")
        }
        Barrier::SwitchedOff(extent) => (
            format!("ActiveSync is switched off {}: it gets nothing.", whose(*extent)),
            "Switch ActiveSync on, for the account or for all, if that was not meant.",
        ),
        Barrier::SyncSwitchedOff(extent) => (
            format!(
                "Synchronising is switched off {}: it can look people up and send, and fetches nothing.",
                whose(*extent)
            ),
            "Switch user-initiated synchronisation on, for the account or for all, if that was not meant.",
        ),
        Barrier::Version { spoken, allowed, extent } => (
            format!(
                "It speaks version {spoken} of the protocol, which is not allowed {}: {allowed} is.",
                whose(*extent)
            ),
            "Most phones agree on another version by themselves within a day; where one does not, remove the \
             account on the phone and add it again, or allow its version.",
        ),
        Barrier::NoAppPassword(extent) => (
            format!("Only app passwords are taken from phones {}, and it has none.", whose(*extent)),
            "Make an app password for it and type that in on the phone.",
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

/// Refused after it was last let in.
fn wrong_password(signs: &Signs<'_>) -> Option<Finding> {
    let refused = signs.refused?;
    let let_in = signs.exchanges().first().map(|sign| sign.at).max(signs.last_seen);
    if let_in.is_some_and(|let_in| let_in >= refused) {
        return None;
    }
    finding(
        Severity::Stuck,
        "It was refused when it came last: the password on it is wrong.",
        "Its user types the password of the account, or the device's app password, in on the phone again.",
    )
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
    let count = signs.exchanges().iter().take_while(|sign| !settled(sign)).filter(told).count();
    if count < OFTEN {
        return None;
    }
    let asked = signs.exchanges().iter().any(|sign| sign.command == Some(CommandName::Provision));
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

/// Where it stands with its policy, where that says more than [`provisioning`].
fn policy(signs: &Signs<'_>) -> Option<Finding> {
    let let_in = "Let such devices in, by the policy, or ask less of it: its settings say what each kind of phone can't do.";
    let (severity, what, advice) = match signs.policy {
        PolicySign::Nothing | PolicySign::Taken => return None,
        PolicySign::PartRefused => {
            (Severity::Stuck, "It obeys its policy only in part, and such devices are not let in.", let_in)
        }
        PolicySign::NotAppliedRefused => (
            Severity::Stuck,
            "It said that it does not obey its policy, and such devices are not let in.",
            let_in,
        ),
        PolicySign::ManagedElsewhereRefused => (
            Severity::Stuck,
            "It said that somebody else manages it, and such devices are not let in.",
            "Let such devices in, by the policy, or take it out of the other management.",
        ),
        PolicySign::Incapable => (
            Severity::Stuck,
            "It knows nothing of policies, and such devices are not let in.",
            "Exempt the account, or let devices in that can't be provisioned.",
        ),
        PolicySign::InPart => {
            (Severity::Warning, "It obeys its policy in part, and is let in all the same.", "")
        }
        PolicySign::NotApplied => {
            (Severity::Warning, "It does not obey its policy, and is let in all the same.", "")
        }
        PolicySign::ManagedElsewhere => {
            (Severity::Note, "Somebody else manages it, and it is let in all the same.", "")
        }
        _ if provisioning(signs).is_some() => return None,
        PolicySign::Offered => (
            Severity::Warning,
            "It was given its policy and has not said that it took it; until then it gets nothing.",
            "Its user may have to answer a question on the phone, or set a longer password.",
        ),
        PolicySign::NotTaken => {
            (Severity::Note, "It has not taken its policy yet; until then it gets nothing.", "")
        }
        PolicySign::Changed => {
            (Severity::Note, "Its policy has changed; it takes it when it comes next.", "")
        }
        PolicySign::RefreshDue => {
            (Severity::Note, "It is time for it to take its policy again, when it comes next.", "")
        }
    };
    finding(severity, what, advice)
}

/// Status 3 of Sync: the key is not known.
fn starting_over(signs: &Signs<'_>) -> Option<Finding> {
    let lost = |sign: &&Sign| {
        sign.command == Some(CommandName::Sync)
            && matches!(sign.ended, Ended::Answered { status: Some(3), .. })
    };
    let count = signs.exchanges().iter().filter(lost).count();
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
    for sign in signs.exchanges().iter().filter(|sign| sign.took < SignedDuration::from_secs(30)) {
        for of in sign.keys.iter().filter(|(_, key)| key != "0") {
            *asked.entry(of).or_default() += 1;
        }
    }
    let (folder, count) = asked
        .into_iter()
        .map(|((folder, _), count)| (folder, count))
        .max_by(|(a, m), (b, n)| m.cmp(n).then_with(|| b.cmp(a)))?;
    // A request that brings nothing new is answered with the same key: only haste makes it a loop.
    let newest = signs.exchanges().first()?.at;
    let oldest = signs.exchanges().last()?.at;
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
    let count = signs.exchanges().iter().filter(ours).count();
    if count == 0 {
        return None;
    }
    finding(
        if count < OFTEN { Severity::Note } else { Severity::Stuck },
        format!("The server told it {} to try again later.", times(count)),
        "The reason is in the server's log at the time of those requests.",
    )
}

/// Requests that make no sense here, as the HTTP code says, or a status: 101 to 104 of any command, 4 of Sync.
fn not_understood(signs: &Signs<'_>) -> Option<Finding> {
    let odd = |sign: &&Sign| match sign.ended {
        Ended::Answered { code: 400 | 405 | 411 | 413 | 415 | 501, .. }
        | Ended::Answered { code: 200, status: Some(101..=104) } => true,
        Ended::Answered { code: 200, status: Some(4) } => sign.command == Some(CommandName::Sync),
        _ => false,
    };
    let count = signs.exchanges().iter().filter(odd).count();
    if count < OFTEN {
        return None;
    }
    finding(
        Severity::Warning,
        format!("The server could not make sense of what it asked ({}).", times(count)),
        "Look at those exchanges. A proxy in between may change requests; or its program does something that \
         this server does not know: tell us.",
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
        .exchanges()
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
    let newest = signs.exchanges().first()?.at;
    let count = signs.exchanges().iter().filter(|sign| newest.duration_since(sign.at) < HURRY_WITHIN).count();
    if count < HURRY {
        return None;
    }
    finding(
        Severity::Warning,
        format!("It sent {count} requests within a minute."),
        "A program on the phone may be in a loop: restart the phone, or remove and add the account.",
    )
}

fn push_off(signs: &Signs<'_>) -> Option<Finding> {
    finding(
        Severity::Warning,
        format!(
            "Direct Push is switched off {}: it hears of news only when it fetches.",
            whose(signs.no_push?)
        ),
        "Switch Direct Push on, for the account or for all, if that was not meant.",
    )
}

fn no_push(signs: &Signs<'_>) -> Option<Finding> {
    if signs.no_push.is_some() {
        return None;
    }
    let syncs: Vec<&Sign> =
        signs.exchanges().iter().filter(|sign| sign.command == Some(CommandName::Sync)).collect();
    let waits =
        |sign: &Sign| sign.command == Some(CommandName::Ping) || sign.took >= SignedDuration::from_secs(30);
    let (first, last) = (syncs.first()?, syncs.last()?);
    let hours = first.at.duration_since(last.at).as_hours();
    if syncs.len() < 2 * OFTEN || hours < 2 || signs.exchanges().iter().any(waits) {
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

/// Nothing was asked that could be looked at.
fn quiet(signs: &Signs<'_>) -> Option<Finding> {
    match signs.exchanges {
        Some([]) => finding(Severity::Note, "It has asked for nothing since the server was started.", ""),
        Some(_) => None,
        None => finding(
            Severity::Note,
            "What it asked last is known to the running server alone.",
            "Ask the server, not the database: its web tool, its API, or a command with --server.",
        ),
    }
}

#[cfg(test)]
mod tests;
