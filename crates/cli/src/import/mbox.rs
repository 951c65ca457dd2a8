//! Takes an mbox file apart (RFC 4155; `>From ` quoting of mboxrd, which undoes mboxo's as well).
//!
//! The reader in mail-parser takes each line that begins with `From ` for a new message, which cuts
//! messages of programs that quote nothing in two, keeps the empty line that ends a message, and has no
//! bound. Here such a line begins a message only after an empty line and with a date in it.

use std::io::{self, BufRead};

use jiff::Timestamp;
use jiff::civil::DateTime;

/// A message of an mbox file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Which it is, from 1.
    pub number: u64,
    /// Its bytes; none: it is greater than the limit.
    pub content: Option<Vec<u8>>,
    /// The time of its `From ` line, which has no time zone: taken as UTC.
    pub received: Option<Timestamp>,
}

/// Reads messages one by one.
pub struct Messages<R> {
    reader: R,
    limit: usize,
    number: u64,
    /// The time of the `From ` line that was read last; none: none was read.
    next: Option<Option<Timestamp>>,
}

impl<R: BufRead> Messages<R> {
    /// Reads from the beginning of a file; messages of more than `limit` bytes are skipped over.
    pub fn new(reader: R, limit: usize) -> Messages<R> {
        Messages { reader, limit, number: 0, next: None }
    }

    fn read(&mut self) -> io::Result<Option<Message>> {
        let mut line = Vec::new();
        let mut content = Some(Vec::new());
        // An empty line is held back: before a `From ` line it is none of the message's.
        let mut empty_line: Vec<u8> = Vec::new();
        let mut after_empty = self.number == 0;
        loop {
            line.clear();
            let end = self.read_line(&mut line)? == 0;
            let separator = if after_empty { separator(&line) } else { None };
            if end || separator.is_some() {
                let received = self.next.take();
                self.next = separator;
                match received {
                    Some(received) => {
                        self.number += 1;
                        return Ok(Some(Message { number: self.number, content, received }));
                    }
                    None if end => return Ok(None),
                    None => {
                        content = Some(Vec::new());
                        empty_line.clear();
                        after_empty = false;
                        continue;
                    }
                }
            }
            let is_empty = line == b"\n" || line == b"\r\n";
            if let Some(bytes) = &mut content {
                bytes.append(&mut empty_line);
                if is_empty {
                    empty_line.extend_from_slice(&line);
                } else {
                    bytes.extend_from_slice(unquoted(&line));
                }
                if bytes.len() > self.limit {
                    content = None;
                }
            }
            after_empty = is_empty;
        }
    }

    /// Reads a line, or as much of it as may be kept: what follows is read as a line of its own, which
    /// can't be taken for a separator since no empty line is before it.
    fn read_line(&mut self, line: &mut Vec<u8>) -> io::Result<usize> {
        let most = self.limit.saturating_add(1);
        io::Read::take(&mut self.reader, most as u64).read_until(b'\n', line)
    }
}

impl<R: BufRead> Iterator for Messages<R> {
    type Item = io::Result<Message>;

    fn next(&mut self) -> Option<Self::Item> {
        self.read().transpose()
    }
}

/// Removes one `>` from `>From `, `>>From ` and so on.
fn unquoted(line: &[u8]) -> &[u8] {
    match line.iter().position(|byte| *byte != b'>') {
        Some(signs) if signs > 0 && line.get(signs..).is_some_and(|rest| rest.starts_with(b"From ")) => {
            line.get(1..).unwrap_or(line)
        }
        _ => line,
    }
}

/// The time of a `From ` line, as C's `asctime` writes it; inner none: it has one that can't be.
/// A line without anything like a time separates nothing.
fn separator(line: &[u8]) -> Option<Option<Timestamp>> {
    let line = std::str::from_utf8(line.strip_prefix(b"From ")?).ok()?;
    let words: Vec<&str> = line.split_whitespace().collect();
    let clock = words.iter().position(|word| {
        let parts: Vec<&str> = word.split(':').collect();
        matches!(parts.len(), 2 | 3) && parts.iter().all(|part| is_number(part, 1, 2))
    })?;
    Some(time(&words, clock))
}

fn is_number(text: &str, least: usize, most: usize) -> bool {
    (least..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// `Sat Jan  3 01:05:34 1996`, perhaps with a zone before or after the year.
fn time(words: &[&str], clock: usize) -> Option<Timestamp> {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let month = words.get(clock.checked_sub(2)?)?.to_ascii_lowercase();
    let month = MONTHS.iter().position(|name| *name == month)? + 1;
    let day = words.get(clock.checked_sub(1)?)?.parse().ok()?;
    let year = words.get(clock + 1..)?.iter().find(|word| is_number(word, 4, 4))?.parse().ok()?;
    let mut parts = words.get(clock)?.split(':').map(|part| part.parse::<i8>().ok());
    let (hour, minute) = (parts.next()??, parts.next()??);
    let second = parts.next().unwrap_or(Some(0))?;
    let time = DateTime::new(year, i8::try_from(month).ok()?, day, hour, minute, second.min(59), 0).ok()?;
    time.to_zoned(jiff::tz::TimeZone::UTC).ok().map(|zoned| zoned.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(String, Option<String>)> {
        Messages::new(text.as_bytes(), 1000)
            .map(|message| {
                let message = message.unwrap();
                let content = String::from_utf8(message.content.unwrap()).unwrap();
                (content, message.received.map(|time| time.to_string()))
            })
            .collect()
    }

    #[test]
    fn messages_are_taken_apart_at_from_lines() {
        let text = "From god@heaven.af.mil Sat Jan  3 01:05:34 1996\nSubject: 1\n\nOne\n\n\
                    From - Tue Jul 23 19:39 2002\nSubject: 2\n\nTwo\n\n\n\
                    From a b c Mon Jan 15  15:30:00 +0100 2018\nSubject: 3\n\nThree";
        let expected = [
            ("Subject: 1\n\nOne\n", "1996-01-03T01:05:34Z"),
            ("Subject: 2\n\nTwo\n\n", "2002-07-23T19:39:00Z"),
            ("Subject: 3\n\nThree", "2018-01-15T15:30:00Z"),
        ];
        let expected: Vec<_> =
            expected.iter().map(|(text, time)| ((*text).to_owned(), Some((*time).to_owned()))).collect();
        assert_eq!(read(text), expected);
    }

    #[test]
    fn quoted_lines_lose_one_sign_and_unquoted_ones_cut_nothing() {
        let text = "From a Sat Jan  3 01:05:34 1996\nSubject: 1\n\n>From here\n>>From there\n> From\n\
                    From the beginning\n\nFrom now on, at noon\n";
        let messages = read(text);
        assert_eq!(messages.len(), 1);
        assert_eq!(
            messages[0].0,
            "Subject: 1\n\nFrom here\n>From there\n> From\nFrom the beginning\n\nFrom now on, at noon\n"
        );
    }

    #[test]
    fn a_file_of_carriage_returns_and_line_feeds() {
        let text = "From a Sat Jan  3 01:05:34 1996\r\nA: 1\r\n\r\nx\r\n\r\nFrom b Sat Jan  3 01:05:35 1996\r\nB: 2\r\n\r\n";
        let messages = read(text);
        assert_eq!(messages[0].0, "A: 1\r\n\r\nx\r\n");
        assert_eq!(messages[1].0, "B: 2\r\n");
    }

    #[test]
    fn a_message_that_is_too_great_is_skipped_and_the_next_is_read() {
        let great = "x".repeat(600);
        let text = format!(
            "From a Sat Jan  3 01:05:34 1996\nA: 1\n\n{great}\n{great}\n{}\n\nFrom b Sat Jan  3 01:05:35 1996\nB: 2\n\n",
            "y".repeat(5000)
        );
        let messages: Vec<Message> = Messages::new(text.as_bytes(), 1000).map(Result::unwrap).collect();
        assert_eq!(messages.len(), 2);
        assert_eq!(messages[0].content, None);
        assert_eq!(messages[1].content.as_deref(), Some(&b"B: 2\n"[..]));
    }

    #[test]
    fn what_is_no_mbox_file_holds_nothing() {
        assert_eq!(read(""), []);
        assert_eq!(read("Subject: x\n\nFrom me to you"), []);
    }
}
