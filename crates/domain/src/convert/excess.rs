//! Tells, before anything is parsed, whether taking a message apart would cost more than any honest
//! message does. Such a message is shown as plain text.
//!
//! Each limit stands against one way to make a small message expensive; the counts are made with
//! fast searches, and short messages are let through uncounted.

use memchr::{memchr_iter, memchr2_iter, memmem};

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
/// A boundary that is declared and never comes is looked for through the whole rest of the message:
/// most bytes looked at in vain.
const MAX_VAIN_SEARCH: usize = 1 << 28;

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
        || vain_boundaries(raw).saturating_mul(raw.len()) > MAX_VAIN_SEARCH
}

/// How often the bytes speak of attached messages: a bound of how deep they nest.
pub fn mentions_of_messages(raw: &[u8]) -> usize {
    words(raw, b"message/").count() + words(raw, b"digest").count()
}

/// Where an ASCII word stands in the bytes, in any case of letters.
fn words<'x>(raw: &'x [u8], word: &'static [u8]) -> impl Iterator<Item = usize> + 'x {
    let first = word.first().copied().unwrap_or_default();
    memchr2_iter(first.to_ascii_lowercase(), first.to_ascii_uppercase(), raw)
        .filter(move |at| raw.get(*at..at + word.len()).is_some_and(|w| w.eq_ignore_ascii_case(word)))
}

/// How often something like `name*12=` stands in the bytes.
fn continuations(raw: &[u8]) -> usize {
    let is_one = |at: &usize| {
        let after = raw.get(at + 1..).unwrap_or_default();
        after.first().is_some_and(u8::is_ascii_digit)
    };
    memchr_iter(b'*', raw).filter(is_one).count()
}

/// How many declared boundaries may never come. One that is written in an unusual way counts.
fn vain_boundaries(raw: &[u8]) -> usize {
    const WORD: &[u8] = b"boundary";
    let mut vain: usize = 0;
    for at in words(raw, WORD) {
        let after = raw.get(at + WORD.len()..).unwrap_or_default().trim_ascii_start();
        let is_plain = match after.split_first() {
            Some((b'*', _)) => false,
            Some((b'=', value)) => comes_again(value.trim_ascii_start()),
            // A word of the text.
            _ => continue,
        };
        vain += usize::from(!is_plain);
        if vain.saturating_mul(raw.len()) > MAX_VAIN_SEARCH {
            break;
        }
    }
    vain
}

/// Whether the boundary that stands here begins a part further on.
fn comes_again(value: &[u8]) -> bool {
    /// RFC 2046 5.1.1.
    const MAX_BOUNDARY: usize = 70;
    let (value, quoted) = value.strip_prefix(b"\"").map_or((value, false), |v| (v, true));
    let is_end = |b: &u8| if quoted { *b == b'"' } else { b.is_ascii_whitespace() || *b == b';' };
    let Some(end) = value.iter().take(2 * MAX_BOUNDARY).position(is_end) else { return false };
    let (boundary, rest) = value.split_at(end);
    let is_odd = |b: &u8| *b == b'\\' || *b == b'\n' || !b.is_ascii();
    if boundary.is_empty() || boundary.iter().any(is_odd) || memmem::find(boundary, b"=?").is_some() {
        return false;
    }
    let delimiter = [b"--", boundary].concat();
    memmem::find(rest, &delimiter).is_some()
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
    fn an_honest_boundary_is_not_counted() {
        let message =
            b"Content-Type: multipart/mixed; boundary=\"a b\"\r\n\r\n--a b\r\n\r\nboundary layer\r\n--a b--";
        assert_eq!(vain_boundaries(message), 0);
        assert_eq!(vain_boundaries(b"boundary=abc;\r\n\r\n--abc\r\n"), 0);
    }

    #[test]
    fn a_boundary_that_never_comes_is_counted() {
        assert_eq!(vain_boundaries(b"boundary=abc\r\n\r\n--abd\r\n"), 1);
        assert_eq!(vain_boundaries(b"Boundary=\"a\\bc\"\r\n\r\n--a\\bc\r\n"), 1);
        assert_eq!(vain_boundaries(b"boundary*0=a; boundary*1=b\r\n\r\n--ab\r\n"), 2);
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
        assert!(is_excessive(&body("boundary=zzz\r\n", 6000)));
    }
}
