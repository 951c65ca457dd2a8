//! The transaction log: what was decided about devices, by whom, from where and with what outcome. It is
//! only added to, and each entry is chained to the one before it by a hash, so that whoever alters, removes
//! or reorders entries has to write every later one anew, and the [`Head`], which may be kept elsewhere.
//!
//! [`export`] writes entries for other programs. Here are the entry, the bytes that its hash covers, and the walk
//! that verifies a chain. The store keeps them (`store/src/audit.rs`); `fieldpost audit verify` walks.

pub mod export;

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// Form of [`Entry::canonical`]. Part of the bytes, so that a later form is never taken for this one.
const FORM: u8 = 1;

/// Most characters of each text of an entry; what is longer is cut, and ends with an ellipsis.
pub const TEXT_MAX: usize = 1000;

/// How an act ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// It was done.
    #[default]
    Done,
    /// Whoever asked for it may not.
    Denied,
    /// It could not be done, and nothing was changed.
    Failed,
}

impl Outcome {
    /// The name by which it is stored and shown.
    pub fn name(self) -> &'static str {
        match self {
            Outcome::Done => "done",
            Outcome::Denied => "denied",
            Outcome::Failed => "failed",
        }
    }

    /// The inverse of [`Outcome::name`].
    pub fn from_name(name: &str) -> Option<Outcome> {
        [Outcome::Done, Outcome::Denied, Outcome::Failed].into_iter().find(|outcome| outcome.name() == name)
    }
}

/// What is logged. Texts that do not apply are empty.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Event {
    /// Who: an administrator's name, an account's address, `local` for the command line, or the server.
    pub actor: String,
    /// By which way: `web`, `api`, `command-line`, `self-service`, `server`.
    pub through: String,
    /// From which address.
    pub address: String,
    /// Whose mailbox: the primary address.
    pub mailbox: String,
    /// Which device.
    pub device_id: String,
    /// Of which type.
    pub device_type: String,
    /// What: `device.wipe`, `policy.put`; a noun and a verb.
    pub action: String,
    /// What else there is to say, for people. Never a secret, never content of mail.
    pub detail: String,
    /// How it ended.
    pub outcome: Outcome,
}

impl Event {
    /// The same with each text as `change` makes it.
    #[must_use]
    pub fn map(self, change: impl Fn(String) -> String) -> Event {
        Event {
            actor: change(self.actor),
            through: change(self.through),
            address: change(self.address),
            mailbox: change(self.mailbox),
            device_id: change(self.device_id),
            device_type: change(self.device_type),
            action: change(self.action),
            detail: change(self.detail),
            outcome: self.outcome,
        }
    }

    /// Its texts, in the order of their bytes and columns.
    pub fn texts(&self) -> [&str; 8] {
        [
            &self.actor,
            &self.through,
            &self.address,
            &self.mailbox,
            &self.device_id,
            &self.device_type,
            &self.action,
            &self.detail,
        ]
    }
}

/// An entry of the log: an event with its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// 1, 2, 3, without a gap.
    pub number: i64,
    /// When; never before the entry before it.
    pub time: Timestamp,
    /// What.
    #[serde(flatten)]
    pub event: Event,
}

/// The hash of an entry, over that of the entry before it and its own bytes.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Hash(pub [u8; 32]);

impl Hash {
    /// What the first entry is chained to.
    pub const NONE: Hash = Hash([0; 32]);

    /// Reads what [`Hash`] shows: 64 hexadecimal digits.
    pub fn parse(text: &str) -> Option<Hash> {
        let text = text.as_bytes();
        if text.len() != 64 {
            return None;
        }
        let mut bytes = [0; 32];
        for (byte, pair) in bytes.iter_mut().zip(text.chunks(2)) {
            let digit = |at: usize| char::from(*pair.get(at)?).to_digit(16);
            *byte = u8::try_from(digit(0)? * 16 + digit(1)?).ok()?;
        }
        Some(Hash(bytes))
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The newest entry's number and hash: what the next one is chained to. Kept apart from the entries, so that
/// cutting off the end of the log is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// Its number; 0 for an empty log.
    pub number: i64,
    /// Its hash.
    pub hash: Hash,
}

impl Head {
    /// The head of an empty log.
    pub const EMPTY: Head = Head { number: 0, hash: Hash::NONE };

    /// Reads what [`Head`] shows: the number, a colon, and the hash.
    pub fn parse(text: &str) -> Option<Head> {
        let (number, hash) = text.split_once(':')?;
        Some(Head { number: number.parse().ok()?, hash: Hash::parse(hash)? })
    }
}

impl fmt::Display for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.number, self.hash)
    }
}

fn bounded(text: String) -> String {
    if text.chars().count() <= TEXT_MAX {
        return text;
    }
    text.chars().take(TEXT_MAX - 1).chain(['…']).collect()
}

impl Entry {
    /// The entry that follows `head`, at `now` or, where the clock went back, at the time of the last entry:
    /// so a span of time is always a span of numbers. Its time has whole milliseconds.
    pub fn after(head: Head, last: Timestamp, event: Event, now: Timestamp) -> Entry {
        let time = Timestamp::from_millisecond(now.max(last).as_millisecond()).unwrap_or(last);
        Entry { number: head.number + 1, time, event: event.map(bounded) }
    }

    /// The bytes that the hash covers: each part with its length before it, so that no two entries have the
    /// same.
    pub fn canonical(&self) -> Vec<u8> {
        let mut bytes = vec![FORM];
        bytes.extend_from_slice(&self.number.to_be_bytes());
        bytes.extend_from_slice(&self.time.as_millisecond().to_be_bytes());
        for text in self.event.texts() {
            put(&mut bytes, text);
        }
        put(&mut bytes, self.event.outcome.name());
        bytes
    }

    /// Its hash, where the entry before it has `previous`.
    pub fn hash(&self, previous: Hash) -> Hash {
        let mut digest = Sha256::new();
        digest.update(previous.0);
        digest.update(self.canonical());
        Hash(digest.finalize().into())
    }
}

fn put(bytes: &mut Vec<u8>, text: &str) {
    bytes.extend_from_slice(&(text.len() as u64).to_be_bytes());
    bytes.extend_from_slice(text.as_bytes());
}

/// Why a log is not the one that was written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Damage {
    /// There is a gap, or an entry out of its place.
    #[error("entry {expected} is missing: entry {found} stands in its place")]
    Missing {
        /// The number that should have come.
        expected: i64,
        /// The number that came.
        found: i64,
    },
    /// The entry, or one before it, is not as it was written.
    #[error("entry {0} was altered, or what it is chained to was")]
    Altered(i64),
    /// The newest entries are gone.
    #[error("the log ends with entry {found}, and should end with entry {expected}: the end was cut off")]
    Truncated {
        /// The last number that there is.
        found: i64,
        /// The number of the head.
        expected: i64,
    },
    /// There are entries that the head does not know.
    #[error("entry {0} was added past the end that is remembered")]
    Added(i64),
    /// The last entry is not the one that is remembered.
    #[error("entry {0} is not the one that is remembered as the newest: entries were written anew")]
    Rewritten(i64),
}

/// Walks a log from its first entry, in portions of any size, and remembers no more than the last hash.
#[derive(Debug, Clone)]
pub struct Walk {
    at: Head,
    noted: Option<Head>,
}

impl Default for Walk {
    fn default() -> Walk {
        Walk { at: Head::EMPTY, noted: None }
    }
}

impl Walk {
    /// A walk that also looks whether the log still has an entry that was noted elsewhere: the only thing
    /// that shows a log that was written anew as a whole, head and all.
    pub fn noting(noted: Head) -> Walk {
        Walk { noted: Some(noted), ..Walk::default() }
    }

    /// The next entry with the hash that is stored for it.
    ///
    /// # Errors
    /// It is not what was written.
    pub fn step(&mut self, entry: &Entry, stored: Hash) -> Result<(), Damage> {
        let expected = self.at.number + 1;
        if entry.number != expected {
            return Err(Damage::Missing { expected, found: entry.number });
        }
        if entry.hash(self.at.hash) != stored {
            return Err(Damage::Altered(entry.number));
        }
        self.at = Head { number: entry.number, hash: stored };
        if self.noted.is_some_and(|noted| noted.number == entry.number && noted.hash != stored) {
            return Err(Damage::Rewritten(entry.number));
        }
        Ok(())
    }

    /// There are no more entries: compares the last with the head that is remembered.
    ///
    /// # Errors
    /// The end is not the one that was written.
    pub fn end(self, head: Head) -> Result<Head, Damage> {
        for known in std::iter::once(head).chain(self.noted) {
            if self.at.number < known.number {
                return Err(Damage::Truncated { found: self.at.number, expected: known.number });
            }
        }
        if self.at.number > head.number {
            return Err(Damage::Added(head.number + 1));
        }
        if self.at.hash != head.hash {
            return Err(Damage::Rewritten(self.at.number));
        }
        Ok(self.at)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(milliseconds: i64) -> Timestamp {
        Timestamp::from_millisecond(milliseconds).unwrap()
    }

    fn event(actor: &str, detail: &str) -> Event {
        Event { actor: actor.into(), detail: detail.into(), action: "x".into(), ..Event::default() }
    }

    /// A log with these details, and its head.
    fn log(details: &[String]) -> (Vec<(Entry, Hash)>, Head) {
        let (mut head, mut log) = (Head::EMPTY, Vec::new());
        for (detail, time) in details.iter().zip(1_000..) {
            let entry = Entry::after(head, at(0), event("anna", detail), at(time));
            let hash = entry.hash(head.hash);
            head = Head { number: entry.number, hash };
            log.push((entry, hash));
        }
        (log, head)
    }

    fn verify(log: &[(Entry, Hash)], head: Head, mut walk: Walk) -> Result<Head, Damage> {
        log.iter().try_for_each(|(entry, hash)| walk.step(entry, *hash))?;
        walk.end(head)
    }

    #[test]
    fn time_does_not_go_back() {
        let entry = Entry::after(Head::EMPTY, at(500), event("a", ""), at(400));
        assert_eq!((entry.number, entry.time), (1, at(500)));
        let cut = Entry::after(Head::EMPTY, at(0), event("a", &"ü".repeat(5000)), at(1)).event.detail;
        assert_eq!((cut.chars().count(), cut.ends_with("ü…")), (TEXT_MAX, true));
    }

    #[test]
    fn texts_do_not_run_into_each_other() {
        let entry = |actor: &str, through: &str| {
            let new = Event { through: through.into(), ..event(actor, "") };
            Entry::after(Head::EMPTY, at(0), new, at(1)).hash(Hash::NONE)
        };
        assert_ne!(entry("ab", "c"), entry("a", "bc"));
        let hash = entry("a", "b");
        assert_eq!(Hash::parse(&hash.to_string()), Some(hash));
        assert_eq!(Hash::parse("0g"), None);
    }

    #[test]
    fn a_log_that_was_written_anew_is_seen_by_what_was_noted() {
        let (_, noted) = log(&["a".into(), "b".into()]);
        let (forged, head) = log(&["a".into(), "z".into(), "c".into()]);
        assert!(verify(&forged, head, Walk::default()).is_ok());
        assert_eq!(verify(&forged, head, Walk::noting(noted)), Err(Damage::Rewritten(2)));
        let (short, head) = log(&["a".into()]);
        let truncated = Damage::Truncated { found: 1, expected: 2 };
        assert_eq!(verify(&short, head, Walk::noting(noted)), Err(truncated));
    }

    proptest! {
        #[test]
        fn every_tampering_is_seen(
            details in proptest::collection::vec("[a-c]{0,3}", 2..8), at in 0usize..100, what in 0u8..6,
        ) {
            let (whole, head) = log(&details);
            prop_assert_eq!(verify(&whole, head, Walk::default()), Ok(head));
            let (mut bad, at) = (whole.clone(), at % whole.len());
            match what {
                0 => bad[at].0.event.detail.push('!'),
                1 => bad[at].0.event.outcome = Outcome::Denied,
                2 => { bad.remove(at); }
                3 => { let other = (at + 1) % bad.len(); bad.swap(at, other); }
                4 => bad.truncate(at),
                _ => { let entry = bad[at].clone(); bad.insert(at, entry); }
            }
            prop_assert!(verify(&bad, head, Walk::default()).is_err());
        }
    }
}
