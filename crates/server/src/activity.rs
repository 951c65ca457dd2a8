//! How busy the server was over the last day: requests, syncs, errors and waiting phones, counted by spans of
//! five minutes. In memory, for the charts of the web tool.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use fieldpost_eas::command::CommandName;
use jiff::Timestamp;

/// Seconds of a span.
pub const SPAN: i64 = 300;
/// How many spans are kept: a day.
pub const SPANS: usize = 288;

/// What happened within one span.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Span {
    /// Number of the span since 1970: its beginning divided by [`SPAN`].
    number: i64,
    /// Requests of any kind.
    pub requests: u64,
    /// Of them, Syncs.
    pub syncs: u64,
    /// Of them, those that were answered with an error.
    pub errors: u64,
    /// Most phones that waited at once.
    pub waiting: u64,
}

impl Span {
    /// When it began.
    pub fn begin(&self) -> Timestamp {
        Timestamp::from_second(self.number.saturating_mul(SPAN)).unwrap_or_default()
    }
}

/// The counts of the last day.
#[derive(Debug, Default)]
pub struct Activity(Mutex<VecDeque<Span>>);

/// Whether an HTTP code tells of trouble. 401 asks for a password, 449 for a policy, 451 leads elsewhere: they
/// are part of the conversation.
fn is_error(code: u16) -> bool {
    code >= 400 && !matches!(code, 401 | 449 | 451)
}

impl Activity {
    /// A poisoned lock guards counts that are never left half changed.
    fn spans(&self) -> MutexGuard<'_, VecDeque<Span>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn count(&self, now: Timestamp, change: impl FnOnce(&mut Span)) {
        let number = now.as_second().div_euclid(SPAN);
        let mut spans = self.spans();
        if spans.back().is_none_or(|last| last.number < number) {
            spans.push_back(Span { number, ..Span::default() });
            while spans.len() > SPANS {
                spans.pop_front();
            }
        }
        // A clock that was set back counts into the newest span.
        if let Some(last) = spans.back_mut() {
            change(last);
        }
    }

    /// A request was answered with this HTTP code.
    pub fn answered(&self, command: Option<CommandName>, code: u16, now: Timestamp) {
        self.count(now, |span| {
            span.requests += 1;
            span.syncs += u64::from(command == Some(CommandName::Sync));
            span.errors += u64::from(is_error(code));
        });
    }

    /// So many phones wait.
    pub fn waiting(&self, phones: usize, now: Timestamp) {
        let phones = u64::try_from(phones).unwrap_or(u64::MAX);
        self.count(now, |span| span.waiting = span.waiting.max(phones));
    }

    /// The last day up to `now`, oldest first, [`SPANS`] of them; those without a request are empty.
    pub fn day(&self, now: Timestamp) -> Vec<Span> {
        let last = now.as_second().div_euclid(SPAN);
        let spans = self.spans();
        let count = i64::try_from(SPANS).unwrap_or(i64::MAX);
        (last - count + 1..=last)
            .map(|number| {
                let known = spans.binary_search_by_key(&number, |span| span.number).ok();
                known.and_then(|at| spans.get(at).copied()).unwrap_or(Span { number, ..Span::default() })
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + second).unwrap()
    }

    #[test]
    fn a_day_is_kept_and_gaps_are_empty() {
        let activity = Activity::default();
        activity.answered(Some(CommandName::Sync), 200, at(0));
        activity.answered(Some(CommandName::Ping), 503, at(10));
        activity.answered(None, 401, at(20));
        activity.waiting(7, at(30));
        activity.waiting(5, at(40));
        activity.answered(Some(CommandName::Sync), 200, at(3 * SPAN));
        let day = activity.day(at(3 * SPAN));
        assert_eq!(day.len(), SPANS);
        let last: Vec<_> =
            day[SPANS - 4..].iter().map(|s| (s.requests, s.syncs, s.errors, s.waiting)).collect();
        assert_eq!(last, [(3, 1, 1, 7), (0, 0, 0, 0), (0, 0, 0, 0), (1, 1, 0, 0)]);
        assert_eq!(day[SPANS - 1].begin(), at(3 * SPAN));
        for span in 4..1000 {
            activity.answered(None, 200, at(span * SPAN));
        }
        assert_eq!(activity.spans().len(), SPANS);
        assert!(activity.day(at(999 * SPAN)).iter().all(|span| span.requests == 1));
    }
}
