//! Thresholds: how much a device may do before the server quarantines or blocks it by itself, for a while.
//! A phone whose program is broken, or that is no phone, is kept from wearing out its battery and the server.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{Action, Automatic};

/// One threshold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Threshold {
    /// More than so many, 1 to 1,000,000,
    #[serde(alias = "more-than")]
    pub more_than: u32,
    /// within so many minutes, 1 to 1440,
    pub minutes: u32,
    /// lead to this,
    pub action: Action,
    /// for so many minutes, 1 to 43,200 (30 days).
    #[serde(alias = "for-minutes")]
    pub for_minutes: u32,
}

/// The thresholds; those that are not given do nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Thresholds {
    /// Commands of any kind.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub commands: Option<Threshold>,
    /// Folders begun anew, with sync key 0: a phone that does so again and again is in a loop.
    #[serde(alias = "sync-restarts", skip_serializing_if = "Option::is_none")]
    pub sync_restarts: Option<Threshold>,
    /// Changes of the `User-Agent`: one device id on several phones.
    #[serde(alias = "user-agents", skip_serializing_if = "Option::is_none")]
    pub user_agents: Option<Threshold>,
}

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Counted {
    /// A command.
    Command,
    /// A folder begun anew.
    SyncRestart,
    /// Another `User-Agent` than before.
    UserAgent,
}

impl Thresholds {
    pub(super) fn check(&self) -> Result<(), &'static str> {
        for threshold in [self.commands, self.sync_restarts, self.user_agents].into_iter().flatten() {
            if threshold.action == Action::Allow {
                return Err("must lead to block or quarantine");
            }
            if !(1..=1_000_000).contains(&threshold.more_than) {
                return Err("is a number from 1 to 1000000");
            }
            if !(1..=1440).contains(&threshold.minutes) {
                return Err("counts within 1 to 1440 minutes");
            }
            if !(1..=43_200).contains(&threshold.for_minutes) {
                return Err("lasts 1 to 43200 minutes");
            }
        }
        Ok(())
    }

    /// The threshold for what is counted.
    pub fn of(&self, counted: Counted) -> Option<Threshold> {
        match counted {
            Counted::Command => self.commands,
            Counted::SyncRestart => self.sync_restarts,
            Counted::UserAgent => self.user_agents,
        }
    }
}

/// What one device did in the current span of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counter {
    since: Timestamp,
    count: u32,
}

impl Counter {
    /// Nothing yet.
    pub fn new(now: Timestamp) -> Counter {
        Counter { since: now, count: 0 }
    }

    /// Counts one more. What follows where that is too many; the counter begins anew then.
    pub fn add(&mut self, counted: Counted, threshold: Threshold, now: Timestamp) -> Option<Automatic> {
        let span = SignedDuration::from_mins(threshold.minutes.into());
        if now.duration_since(self.since) >= span || now < self.since {
            *self = Counter::new(now);
        }
        self.count = self.count.saturating_add(1);
        if self.count <= threshold.more_than {
            return None;
        }
        *self = Counter::new(now);
        let Threshold { more_than, minutes, action, for_minutes } = threshold;
        let reason = match counted {
            Counted::Command => format!("it sent more than {more_than} commands in {minutes} minutes"),
            Counted::SyncRestart => {
                format!("it began folders anew more than {more_than} times in {minutes} minutes")
            }
            Counted::UserAgent => {
                format!("its user agent changed more than {more_than} times in {minutes} minutes")
            }
        };
        let until =
            now.saturating_add(SignedDuration::from_mins(for_minutes.into())).unwrap_or(Timestamp::MAX);
        Some(Automatic { action, reason, since: now, until })
    }

    /// Whether it still counts at `now`: one that does not may be forgotten.
    pub fn is_current(&self, threshold: Threshold, now: Timestamp) -> bool {
        now.duration_since(self.since) < SignedDuration::from_mins(threshold.minutes.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn too_many_in_a_span_and_not_one_earlier() {
        let threshold = Threshold { more_than: 3, minutes: 10, action: Action::Block, for_minutes: 60 };
        let at = |minute: i64| Timestamp::from_second(minute * 60).unwrap();
        let mut counter = Counter::new(at(0));
        let mut add = |minute| counter.add(Counted::Command, threshold, at(minute));
        assert_eq!([add(0), add(1), add(9)], [None, None, None]);
        assert_eq!([add(10), add(11), add(12)], [None, None, None], "a new span");
        let automatic = add(13).unwrap();
        assert_eq!((automatic.action, automatic.until), (Action::Block, at(73)));
        assert_eq!(automatic.reason, "it sent more than 3 commands in 10 minutes");
        assert_eq!(add(13), None, "it begins anew");
    }

    #[test]
    fn bounds() {
        let threshold = Threshold { more_than: 3, minutes: 10, action: Action::Block, for_minutes: 60 };
        let check = |commands| Thresholds { commands: Some(commands), ..Thresholds::default() }.check();
        assert!(check(threshold).is_ok());
        assert!(check(Threshold { action: Action::Allow, ..threshold }).is_err());
        assert!(check(Threshold { more_than: 0, ..threshold }).is_err());
        assert!(check(Threshold { minutes: 1441, ..threshold }).is_err());
        assert!(check(Threshold { for_minutes: 0, ..threshold }).is_err());
    }
}
