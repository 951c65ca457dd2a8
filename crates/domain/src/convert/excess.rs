//! Tells, before anything is parsed, whether taking a message apart would cost more than any honest
//! message does. Such a message is shown as plain text.
//!
//! Each limit stands against one way to make a small message expensive; the counts are made with
//! fast searches, and short messages are let through uncounted.

use memchr::{memchr_iter, memmem};

/// Longest header section of the message itself, in bytes.
pub const MAX_HEADER: usize = 256 * 1024;
/// Most lines: each might be a header field of some part, and is kept as one.
const MAX_LINES: usize = 1_000_000;
/// Most lines that might be boundaries: each might begin a part.
const MAX_BOUNDARY_LINES: usize = 50_000;
/// Most mentions of `message/...` and of digests, since each may be a message within the one before.
const MAX_MESSAGES: usize = 2_000;
/// Most pieces of parameters that are cut in pieces (RFC 2231 3): they are put together one by one.
const MAX_CONTINUATIONS: usize = 10_000;
/// A boundary that is declared and comes late or never is looked for through what lies between: most
/// bytes looked at for all of them.
const MAX_SEARCH: usize = 1 << 28;

/// Where the header section ends, its blank line included.
pub fn header_end(raw: &[u8]) -> usize {
    let crlf = memmem::find(raw, b"\n\r\n").map(|at| at + 3);
    let before = raw.get(..crlf.unwrap_or(raw.len())).unwrap_or(raw);
    memmem::find(before, b"\n\n").map(|at| at + 2).or(crlf).unwrap_or(raw.len())
}

/// A message too short to reach any limit but that of the header: what counts is at least five bytes
/// long, or costs next to nothing at this length.
const SHORT: usize = 48 * 1024;

/// Whether the message is to be left in one piece.
pub fn is_excessive(raw: &[u8]) -> bool {
    if raw.len() <= SHORT {
        return false;
    }
    header_end(raw) > MAX_HEADER
        || memchr_iter(b'\n', raw).count() > MAX_LINES
        || memmem::find_iter(raw, b"\n--").count() > MAX_BOUNDARY_LINES
        || mentions_of_messages(raw) > MAX_MESSAGES
        || continuations(raw) > MAX_CONTINUATIONS
        || boundary_search(raw) > MAX_SEARCH
}

/// How often the bytes speak of attached messages: a bound of how deep they nest.
fn mentions_of_messages(raw: &[u8]) -> usize {
    let is_mention = |slash: &usize| {
        let (before, after) = raw.split_at(*slash);
        ends_with_word(before, b"message") || starts_with_word(after.get(1..).unwrap_or_default(), b"digest")
    };
    memchr_iter(b'/', raw).filter(is_mention).count()
}

fn ends_with_word(bytes: &[u8], word: &[u8]) -> bool {
    let from = bytes.len().checked_sub(word.len());
    from.and_then(|from| bytes.get(from..)).is_some_and(|end| end.eq_ignore_ascii_case(word))
}

fn starts_with_word(bytes: &[u8], word: &[u8]) -> bool {
    bytes.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
}

/// How often something like `name*12=` stands in the bytes.
fn continuations(raw: &[u8]) -> usize {
    let is_one = |at: &usize| {
        let after = raw.get(at + 1..).unwrap_or_default();
        after.first().is_some_and(u8::is_ascii_digit)
    };
    memchr_iter(b'*', raw).filter(is_one).count()
}

/// How many bytes lie between the declarations of boundaries and the parts that they begin, summed up.
/// One that never comes, or is written in an unusual way, counts as looked for to the end.
fn boundary_search(raw: &[u8]) -> usize {
    let mut searched: usize = 0;
    for at in memchr_iter(b'=', raw) {
        let (before, value) = raw.split_at(at);
        let name = before.trim_ascii_end();
        if ends_with_word(name, b"boundary") {
            let value = value.get(1..).unwrap_or_default().trim_ascii_start();
            searched += distance(value).unwrap_or(value.len());
        } else {
            // `boundary*0*=`: the value continues elsewhere.
            let end = name.iter().rposition(|b| !(b.is_ascii_digit() || *b == b'*'));
            if end.is_some_and(|end| name.get(..=end).is_some_and(|n| ends_with_word(n, b"boundary"))) {
                searched += value.len();
            }
        }
        if searched > MAX_SEARCH {
            break;
        }
    }
    searched
}

/// How far on the boundary that stands here begins a part.
fn distance(value: &[u8]) -> Option<usize> {
    /// RFC 2046 5.1.1.
    const MAX_BOUNDARY: usize = 70;
    let (value, quoted) = value.strip_prefix(b"\"").map_or((value, false), |v| (v, true));
    let is_end = |b: &u8| if quoted { *b == b'"' } else { b.is_ascii_whitespace() || *b == b';' };
    let end = value.iter().take(2 * MAX_BOUNDARY).position(is_end)?;
    let (boundary, rest) = value.split_at(end);
    let is_odd = |b: &u8| *b == b'\\' || *b == b'\n' || !b.is_ascii();
    if boundary.is_empty() || boundary.iter().any(is_odd) || memmem::find(boundary, b"=?").is_some() {
        return None;
    }
    memmem::find(rest, &[b"--", boundary].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_section_ends_at_the_first_blank_line() {
        assert_eq!(header_end(b"A: b\r\n\r\nC: d\n\nE"), 8);
        assert_eq!(header_end(b"A: b\n\nC: d\r\n\r\nE"), 6);
        assert_eq!(header_end(b"A: b\r\nC: d"), 10);
    }

    #[test]
    fn an_honest_boundary_is_near() {
        let message =
            b"Content-Type: multipart/mixed; boundary=\"a b\"\r\n\r\n--a b\r\n\r\nboundary layer\r\n--a b--";
        assert_eq!(boundary_search(message), 5);
        assert_eq!(boundary_search(b"boundary=abc;\r\n\r\n--abc\r\n"), 5);
    }

    #[test]
    fn a_boundary_that_never_comes_is_looked_for_to_the_end() {
        assert_eq!(boundary_search(b"boundary=abc\r\n\r\n--abd\r\n"), 14);
        assert_eq!(boundary_search(b"Boundary = \"a\\bc\"\r\n\r\n--a\\bc\r\n"), 18);
        assert_eq!(boundary_search(b"boundary*0=a\r\n boundary*1*=b"), 18 + 2);
    }

    #[test]
    fn every_limit_is_found() {
        let lines = |line: &str, n: usize| line.repeat(n).into_bytes();
        assert!(!is_excessive(&lines("hello\r\n", 1000)));
        assert!(is_excessive(&lines("hello\r\n", MAX_HEADER)));
        let body = |line: &str, n: usize| [b"A: b\r\n\r\n".to_vec(), lines(line, n)].concat();
        assert!(!is_excessive(&body("hello\r\n", MAX_HEADER)));
        assert!(is_excessive(&body("\n", MAX_LINES)));
        assert!(is_excessive(&body("--b\r\n", MAX_BOUNDARY_LINES + 1)));
        assert!(is_excessive(&body("Message/rfc822\r\n\r\n", 2 * MAX_MESSAGES)));
        assert!(is_excessive(&body("a*1=b;", MAX_CONTINUATIONS + 1)));
        assert!(is_excessive(&body("boundary=zzz\r\n", 7000)));
    }
}
