//! Splits bytes into logical lines and lines into components.

use std::borrow::Cow;

use memchr::memchr;

use super::{Component, Entry, Line, MAX_BYTES, MAX_DEPTH, MAX_LINES, ParseError};

/// Reads all components that stand at the top. What stands between them belongs to the next, what
/// follows the last one to that, so that nothing is lost.
pub fn components(bytes: &[u8]) -> Result<Vec<Component>, ParseError> {
    if bytes.len() > MAX_BYTES {
        return Err(ParseError::TooLarge);
    }
    let mut done: Vec<Component> = Vec::new();
    let mut open: Vec<Component> = Vec::new();
    // Bytes outside of every component.
    let mut outside: Vec<u8> = Vec::new();
    for (count, raw) in LogicalLines::new(bytes).enumerate() {
        if count >= MAX_LINES {
            return Err(ParseError::TooManyLines);
        }
        let line = Line::read(raw);
        match line.name() {
            "BEGIN" => {
                if open.len() >= MAX_DEPTH {
                    return Err(ParseError::TooDeep);
                }
                let mut begin = std::mem::take(&mut outside);
                begin.extend_from_slice(raw);
                open.push(Component::opened(&line.value(), begin));
            }
            "END" if closes(&open, &line) => {
                // Components that were not closed end where the one around them does.
                while let Some(mut component) = open.pop() {
                    let is_named = component.is(line.value().trim());
                    if is_named {
                        component.set_end(raw.to_vec());
                    }
                    put(component, &mut open, &mut done);
                    if is_named {
                        break;
                    }
                }
            }
            _ => match open.last_mut() {
                Some(component) => component.entries.push(Entry::Line(line)),
                None => outside.extend_from_slice(raw),
            },
        }
    }
    while let Some(component) = open.pop() {
        put(component, &mut open, &mut done);
    }
    done.last_mut().ok_or(ParseError::NoComponent)?.append_to_end(&outside);
    Ok(done)
}

fn closes(open: &[Component], end: &Line) -> bool {
    open.iter().any(|component| component.is(end.value().trim()))
}

fn put(component: Component, open: &mut [Component], done: &mut Vec<Component>) {
    match open.last_mut() {
        Some(parent) => parent.entries.push(Entry::Component(component)),
        None => done.push(component),
    }
}

/// The byte that ends lines: a line feed, or in files of old a carriage return alone.
fn line_end(bytes: &[u8]) -> u8 {
    if memchr(b'\n', bytes).is_some() { b'\n' } else { b'\r' }
}

/// One physical line with its end, and the rest.
fn physical(bytes: &[u8], end: u8) -> (&[u8], &[u8]) {
    bytes.split_at(memchr(end, bytes).map_or(bytes.len(), |at| at + 1))
}

/// A physical line without its end.
fn content(line: &[u8]) -> &[u8] {
    let mut line = line.strip_suffix(b"\n").unwrap_or(line);
    while let Some(shorter) = line.strip_suffix(b"\r") {
        line = shorter;
    }
    line
}

/// Whether the head of a line announces quoted-printable, whose lines go on after `=`.
fn is_quoted_printable(line: &[u8]) -> bool {
    let head = line.get(..memchr(b':', line).unwrap_or(0)).unwrap_or_default();
    const NAME: &[u8] = b"QUOTED-PRINTABLE";
    head.windows(NAME.len()).any(|window| window.eq_ignore_ascii_case(NAME))
}

/// The logical lines of an object, as they stand in it.
struct LogicalLines<'a> {
    rest: &'a [u8],
    end: u8,
}

impl<'a> LogicalLines<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        LogicalLines { rest: bytes, end: line_end(bytes) }
    }
}

impl<'a> Iterator for LogicalLines<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        if self.rest.is_empty() {
            return None;
        }
        let whole = self.rest;
        let (first, mut rest) = physical(whole, self.end);
        let is_encoded = is_quoted_printable(first);
        let mut last = first;
        while !rest.is_empty() {
            let goes_on =
                matches!(rest.first(), Some(b' ' | b'\t')) || (is_encoded && content(last).ends_with(b"="));
            if !goes_on {
                break;
            }
            (last, rest) = physical(rest, self.end);
        }
        self.rest = rest;
        whole.get(..whole.len() - rest.len())
    }
}

/// A logical line in one piece, without its end. Soft line breaks of quoted-printable are undone too.
pub fn unfold(raw: &[u8]) -> Cow<'_, [u8]> {
    let end = line_end(raw);
    let (first, mut rest) = physical(raw, end);
    if rest.is_empty() {
        return Cow::Borrowed(content(first));
    }
    let is_encoded = is_quoted_printable(first);
    let mut out = Vec::with_capacity(raw.len());
    out.extend_from_slice(content(first));
    while !rest.is_empty() {
        let line;
        (line, rest) = physical(rest, end);
        if is_encoded && out.last() == Some(&b'=') {
            out.pop();
            out.extend_from_slice(content(line));
        } else {
            let line = content(line);
            out.extend_from_slice(line.strip_prefix(b" ").or(line.strip_prefix(b"\t")).unwrap_or(line));
        }
    }
    Cow::Owned(out)
}
