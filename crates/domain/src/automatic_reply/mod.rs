//! Automatic replies of users who are out of office: what they say to whom, and when
//! ([MS-ASCMD] 2.2.3.122).
//!
//! [`AutomaticReply`] is what a user has set; [`change`](AutomaticReply::change) judges what a phone asks
//! for. [`rules`] decides which messages must not be answered, which is most of them.

pub mod rules;
pub mod text;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use text::Form;

/// Longest reply, in bytes.
pub const TEXT_LIMIT: usize = 64 * 1024;

/// When replies are sent ([MS-ASCMD] 2.2.3.124).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Schedule {
    /// Never.
    #[default]
    Off,
    /// From now on.
    On,
    /// Between two times.
    Between {
        /// The first moment.
        start: Timestamp,
        /// The first moment after it.
        end: Timestamp,
    },
}

/// Who a reply is for ([MS-ASCMD] 2.2.3.123).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Audience {
    /// Who has an address of this server's domains.
    Internal,
    /// Others, who are among the user's contacts.
    ExternalKnown,
    /// All the rest.
    ExternalUnknown,
}

impl Audience {
    /// All three, in the order in which they are told.
    pub const ALL: [Audience; 3] = [Audience::Internal, Audience::ExternalKnown, Audience::ExternalUnknown];
}

/// What is said to one audience.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Message {
    /// Whether it is said.
    pub enabled: bool,
    /// What is said; empty: nothing, so that nothing is sent.
    pub text: String,
    /// How it is written.
    pub form: Form,
}

/// What a user has set.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct AutomaticReply {
    /// When replies are sent.
    pub schedule: Schedule,
    /// Counts how often the schedule was set: a sender gets one reply in each period.
    pub period: u32,
    internal: Message,
    external_known: Message,
    external_unknown: Message,
}

/// A change of one audience's message. What is `None` stays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageChange {
    /// Whose.
    pub audience: Audience,
    /// Whether it is said.
    pub enabled: Option<bool>,
    /// What is said, and how it is written.
    pub text: Option<(String, Form)>,
}

/// A change of it all. What is `None` stays.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Change {
    /// When replies are sent.
    pub schedule: Option<Schedule>,
    /// What is said.
    pub messages: Vec<MessageChange>,
}

/// Why a change is not made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadChange {
    /// The time of absence ends before it begins.
    #[error("the absence ends before it begins")]
    EndsBeforeItBegins,
    /// One audience is spoken to twice.
    #[error("an audience has two messages")]
    SameAudienceTwice,
    /// A message is longer than [`TEXT_LIMIT`].
    #[error("a message is too long")]
    TooLong,
}

impl AutomaticReply {
    /// What is said to an audience.
    pub fn message(&self, audience: Audience) -> &Message {
        match audience {
            Audience::Internal => &self.internal,
            Audience::ExternalKnown => &self.external_known,
            Audience::ExternalUnknown => &self.external_unknown,
        }
    }

    fn message_mut(&mut self, audience: Audience) -> &mut Message {
        match audience {
            Audience::Internal => &mut self.internal,
            Audience::ExternalKnown => &mut self.external_known,
            Audience::ExternalUnknown => &mut self.external_unknown,
        }
    }

    /// Whether replies are sent at that time.
    pub fn is_active(&self, now: Timestamp) -> bool {
        match self.schedule {
            Schedule::Off => false,
            Schedule::On => true,
            Schedule::Between { start, end } => start <= now && now < end,
        }
    }

    /// Whether anybody gets a reply at that time.
    pub fn says_anything(&self, now: Timestamp) -> bool {
        self.is_active(now) && Audience::ALL.iter().any(|audience| self.said_to(*audience).is_some())
    }

    /// What is said to an audience, if anything.
    pub fn said_to(&self, audience: Audience) -> Option<&Message> {
        Some(self.message(audience)).filter(|message| message.enabled && !message.text.trim().is_empty())
    }

    /// With a change made. A new period begins where the schedule changes, other than by being turned off.
    ///
    /// # Errors
    /// What is wrong with the change; nothing of it is made then.
    pub fn change(&self, change: Change) -> Result<AutomaticReply, BadChange> {
        let mut next = self.clone();
        if let Some(schedule) = change.schedule {
            if let Schedule::Between { start, end } = schedule
                && end <= start
            {
                return Err(BadChange::EndsBeforeItBegins);
            }
            if schedule != self.schedule && schedule != Schedule::Off {
                next.period = self.period.wrapping_add(1);
            }
            next.schedule = schedule;
        }
        let mut seen = Vec::new();
        for change in change.messages {
            if seen.contains(&change.audience) {
                return Err(BadChange::SameAudienceTwice);
            }
            seen.push(change.audience);
            let message = next.message_mut(change.audience);
            if let Some(enabled) = change.enabled {
                message.enabled = enabled;
            }
            if let Some((text, form)) = change.text {
                if text.len() > TEXT_LIMIT {
                    return Err(BadChange::TooLong);
                }
                message.text = text;
                message.form = form;
            }
        }
        Ok(next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn on(schedule: Schedule) -> Change {
        Change { schedule: Some(schedule), messages: Vec::new() }
    }

    fn says(audience: Audience, text: &str) -> MessageChange {
        MessageChange { audience, enabled: Some(true), text: Some((text.to_owned(), Form::Text)) }
    }

    #[test]
    fn the_schedule_is_kept_to_the_moment() {
        let (start, end) = (at("2026-12-24T12:00:00Z"), at("2027-01-02T00:00:00Z"));
        let set = AutomaticReply::default().change(on(Schedule::Between { start, end })).unwrap();
        let just_before = at("2026-12-24T11:59:59.999Z");
        assert!(!set.is_active(just_before) && set.is_active(start));
        assert!(!set.is_active(end) && set.is_active(at("2027-01-01T23:59:59.999Z")));
        assert!(!AutomaticReply::default().is_active(start));
        let wrong = on(Schedule::Between { start: end, end: start });
        assert_eq!(set.change(wrong), Err(BadChange::EndsBeforeItBegins));
    }

    #[test]
    fn a_period_begins_with_each_new_schedule() {
        let first = AutomaticReply::default().change(on(Schedule::On)).unwrap();
        let same = first.change(on(Schedule::On)).unwrap();
        assert_eq!(same.period, first.period);
        let off = same.change(on(Schedule::Off)).unwrap();
        assert_eq!(off.period, first.period);
        assert_ne!(off.change(on(Schedule::On)).unwrap().period, first.period);
    }

    #[test]
    fn what_is_not_mentioned_stays() {
        let mut set = AutomaticReply::default();
        set =
            set.change(Change { schedule: None, messages: vec![says(Audience::Internal, "away")] }).unwrap();
        set = set.change(on(Schedule::On)).unwrap();
        assert_eq!(set.said_to(Audience::Internal).unwrap().text, "away");
        assert!(set.said_to(Audience::ExternalKnown).is_none());
        let off = MessageChange { audience: Audience::Internal, enabled: Some(false), text: None };
        set = set.change(Change { schedule: None, messages: vec![off] }).unwrap();
        assert_eq!(set.message(Audience::Internal).text, "away");
        assert!(!set.says_anything(at("2026-12-24T12:00:00Z")));
    }

    #[test]
    fn an_audience_has_one_message_of_moderate_length() {
        let twice = vec![says(Audience::Internal, "a"), says(Audience::Internal, "b")];
        let set = AutomaticReply::default();
        assert_eq!(set.change(Change { schedule: None, messages: twice }), Err(BadChange::SameAudienceTwice));
        let long = vec![says(Audience::Internal, &"x".repeat(TEXT_LIMIT + 1))];
        assert_eq!(set.change(Change { schedule: None, messages: long }), Err(BadChange::TooLong));
    }
}
