//! How values are shown.

use jiff::{SignedDuration, Timestamp};

/// A time, to the minute, as everybody reads it the same way: `23 Nov 2026, 12:04 UTC`.
pub(crate) fn time(at: Timestamp) -> String {
    at.strftime("%-d %b %Y, %H:%M UTC").to_string()
}

/// A time to the second, where much happens within a minute: `23 Nov 2026, 12:04:09 UTC`.
pub(crate) fn exact_time(at: Timestamp) -> String {
    at.strftime("%-d %b %Y, %H:%M:%S UTC").to_string()
}

/// A day: `23 Nov 2026`.
pub(crate) fn day(at: Timestamp) -> String {
    at.strftime("%-d %b %Y").to_string()
}

/// A time for machines.
pub(crate) fn machine_time(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// How long ago, roughly: `3 min ago`.
pub(crate) fn ago(at: Timestamp, now: Timestamp) -> String {
    let since = now.duration_since(at);
    if since < SignedDuration::from_secs(60) {
        return "just now".to_owned();
    }
    format!("{} ago", span(since))
}

/// A length of time, roughly: `3 min`, `5 h`, `12 days`.
pub(crate) fn span(length: SignedDuration) -> String {
    let seconds = length.as_secs();
    match seconds {
        ..60 => format!("{} s", seconds.max(0)),
        60..3_600 => format!("{} min", seconds / 60),
        3_600..172_800 => format!("{} h", seconds / 3_600),
        _ => format!("{} days", seconds / 86_400),
    }
}

/// A count with its noun: `1 device`, `2 devices`.
pub(crate) fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// A size: `12 GB`.
pub(crate) fn size(bytes: u64) -> String {
    const UNITS: [&str; 5] = ["bytes", "kB", "MB", "GB", "TB"];
    let (mut value, mut unit) = (bytes, 0);
    while value >= 10_000 && unit + 1 < UNITS.len() {
        value /= 1000;
        unit += 1;
    }
    format!("{value} {}", UNITS.get(unit).copied().unwrap_or_default())
}

/// The query of an address, with a leading question mark, of the fields that are not empty; nothing where
/// all are.
pub(crate) fn query(fields: &[(&str, &str)]) -> String {
    let mut text = String::new();
    for (name, value) in fields.iter().filter(|(_, value)| !value.is_empty()) {
        text.push(if text.is_empty() { '?' } else { '&' });
        text.push_str(name);
        text.push('=');
        text.extend(percent_encoding::utf8_percent_encode(value, PART));
    }
    text
}

/// A text as one part of an address' path or query.
pub(crate) fn part(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, PART).to_string()
}

/// What stays as it is: letters, digits, and what means nothing in an address.
const PART: &percent_encoding::AsciiSet =
    &percent_encoding::NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~').remove(b'@');

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_read_well() {
        let at = Timestamp::from_second(1_795_435_440).unwrap();
        assert_eq!(time(at), "23 Nov 2026, 12:04 UTC");
        assert_eq!(machine_time(at), "2026-11-23T12:04:00Z");
        let after = |seconds| ago(at, at + SignedDuration::from_secs(seconds));
        assert_eq!(
            [after(5), after(200), after(7300), after(864_000)],
            ["just now", "3 min ago", "2 h ago", "10 days ago"]
        );
        assert_eq!([count(1, "device", "devices"), count(0, "device", "devices")], ["1 device", "0 devices"]);
        assert_eq!([size(999), size(12_345_678), size(999_000_000_000)], ["999 bytes", "12 MB", "999 GB"]);
    }
}
