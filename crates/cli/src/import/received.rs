//! When a message was received, as far as it can be known: the first of these that is a time at which
//! there was mail: the mbox file's `From ` line, the newest `Received` field, the `Date` field, the time
//! of the file, now.

use std::time::UNIX_EPOCH;

use jiff::Timestamp;
use mail_parser::{DateTime, Message};

/// Before this nobody sent mail: a clock was wrong. 1970-01-02.
const EARLIEST: i64 = 86_400;
/// How far a clock may be ahead, in seconds.
const AHEAD: i64 = 86_400;

/// Chooses the time.
pub fn received(
    from_line: Option<Timestamp>,
    message: Option<&Message<'_>>,
    modified: Option<std::time::SystemTime>,
    now: Timestamp,
) -> Timestamp {
    let seconds = |date: &DateTime| Some(date.to_timestamp());
    let candidates = [
        from_line.map(Timestamp::as_second),
        message.and_then(|message| message.received()?.date()).as_ref().and_then(seconds),
        message.and_then(|message| message.date()).and_then(seconds),
        modified.and_then(|time| i64::try_from(time.duration_since(UNIX_EPOCH).ok()?.as_secs()).ok()),
    ];
    candidates
        .into_iter()
        .flatten()
        .filter(|seconds| (EARLIEST..=now.as_second() + AHEAD).contains(seconds))
        .find_map(|seconds| Timestamp::from_second(seconds).ok())
        .unwrap_or(now)
}

#[cfg(test)]
mod tests {
    use mail_parser::MessageParser;

    use super::*;

    fn of(text: &str, from_line: Option<&str>) -> String {
        let message = MessageParser::default().parse_headers(text.as_bytes());
        let now = "2026-11-23T12:00:00Z".parse().unwrap();
        received(from_line.map(|time| time.parse().unwrap()), message.as_ref(), Some(UNIX_EPOCH), now)
            .to_string()
    }

    #[test]
    fn the_best_witness_is_believed_unless_it_lies() {
        let date = "Date: Fri, 19 May 2000 09:55:48 -0400\n";
        let hop = "Received: from a by b with SMTP; Fri, 19 May 2000 14:00:00 +0000\n";
        let future = "Received: from a by b with SMTP; Fri, 19 May 2090 14:00:00 +0000\n";
        assert_eq!(of(&format!("{hop}{date}\n"), Some("1999-01-01T00:00:00Z")), "1999-01-01T00:00:00Z");
        assert_eq!(of(&format!("{hop}{date}\n"), None), "2000-05-19T14:00:00Z");
        assert_eq!(of(&format!("{future}{date}\n"), None), "2000-05-19T13:55:48Z");
        assert_eq!(of("Date: yesterday\n\n", None), "2026-11-23T12:00:00Z");
    }
}
