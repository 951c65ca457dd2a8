//! Tags and text of an HTML document, told apart by the rules of the HTML standard (13.2.5). What
//! browsers make of tags in wrong places is the business of the tree.

use memchr::memchr2_iter;

/// Elements whose content is text whatever stands in it, up to their own end tag.
const RAW: [&str; 8] = ["iframe", "noembed", "noframes", "script", "style", "textarea", "title", "xmp"];

/// Whether it is one of these element names, in any case of letters.
pub fn is_one_of(name: &str, names: &[&str]) -> bool {
    names.iter().any(|n| n.eq_ignore_ascii_case(name))
}

/// A stretch of text, a start tag with the rest of it, an end tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Token<'x> {
    /// Text, entities unresolved.
    Text(&'x str),
    /// Name and all that follows up to the `>`, with it.
    Open(&'x str, &'x str),
    /// Name.
    Close(&'x str),
}

/// Splits a document; comments are passed over.
#[derive(Debug)]
pub struct Tokens<'x> {
    rest: &'x str,
    /// The element whose end tag is looked for, its content being text.
    raw: Option<&'x str>,
}

impl<'x> Tokens<'x> {
    /// The tokens of this document.
    pub fn new(html: &'x str) -> Self {
        Tokens { rest: html, raw: None }
    }

    /// Takes the next `length` bytes.
    fn take(&mut self, length: usize) -> &'x str {
        let (taken, rest) = self.rest.split_at_checked(length).unwrap_or((self.rest, ""));
        self.rest = rest;
        taken
    }

    /// The content of an element that holds only text.
    fn raw_text(&mut self, name: &str) -> &'x str {
        let mut from = 0;
        while let Some(at) = find_ignore_case(self.rest, "</", from) {
            let after = self.rest.as_bytes().get(at + 2..).unwrap_or_default();
            let is_end = after.get(..name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name.as_bytes()))
                && after.get(name.len()).is_none_or(|b| b.is_ascii_whitespace() || matches!(b, b'/' | b'>'));
            if is_end {
                return self.take(at);
            }
            from = at + 2;
        }
        self.take(self.rest.len())
    }
}

impl<'x> Iterator for Tokens<'x> {
    type Item = Token<'x>;

    fn next(&mut self) -> Option<Token<'x>> {
        loop {
            if self.rest.is_empty() {
                return None;
            }
            if let Some(name) = self.raw.take() {
                let text = self.raw_text(name);
                if !text.is_empty() {
                    return Some(Token::Text(text));
                }
                continue;
            }
            let Some(after) = self.rest.strip_prefix('<') else {
                let end = self.rest.find('<').unwrap_or(self.rest.len());
                return Some(Token::Text(self.take(end)));
            };
            if let Some(comment) = after.strip_prefix("!--") {
                let length = "<!--".len() + comment_end(comment);
                self.take(length);
                continue;
            }
            let (closing, name) = after.strip_prefix('/').map_or((false, after), |name| (true, name));
            if name.starts_with(|c: char| c.is_ascii_alphabetic()) {
                self.take(1 + usize::from(closing));
                let is_end = |c: char| c.is_ascii_whitespace() || matches!(c, '>' | '/');
                let name = self.take(self.rest.find(is_end).unwrap_or(self.rest.len()));
                let attributes = self.take(tag_end(self.rest));
                if closing {
                    return Some(Token::Close(name));
                }
                self.raw = Some(name).filter(|n| is_one_of(n, &RAW));
                return Some(Token::Open(name, attributes));
            }
            if closing || name.starts_with(['!', '?']) {
                // No tag and no comment, but treated as one: up to the first `>`.
                self.take(self.rest.find('>').map_or(self.rest.len(), |at| at + 1));
                continue;
            }
            // "a < b": a tag begins with a letter.
            let end = after.find('<').map_or(self.rest.len(), |at| at + 1);
            return Some(Token::Text(self.take(end)));
        }
    }
}

/// Length of the rest of a comment, with its end.
fn comment_end(comment: &str) -> usize {
    for at_once in [">", "->"] {
        if comment.starts_with(at_once) {
            return at_once.len();
        }
    }
    let ends = ["-->", "--!>"].map(|end| comment.find(end).map(|at| at + end.len()));
    ends.into_iter().flatten().min().unwrap_or(comment.len())
}

/// Where in a tag a byte stands.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    Name,
    BeforeValue,
    Value,
    Quoted(u8),
}

/// Length of the rest of a tag, with its `>`; one within a quoted value does not end it.
pub fn tag_end(attributes: &str) -> usize {
    let mut place = Place::Name;
    for (at, b) in attributes.bytes().enumerate() {
        place = match (place, b) {
            (Place::Quoted(quote), _) if b == quote => Place::Name,
            (Place::Quoted(_), _) => place,
            (_, b'>') => return at + 1,
            (Place::Name, b'=') => Place::BeforeValue,
            (Place::BeforeValue, b'"' | b'\'') => Place::Quoted(b),
            (Place::BeforeValue, _) if b.is_ascii_whitespace() => place,
            (Place::BeforeValue, _) => Place::Value,
            (Place::Value, _) if b.is_ascii_whitespace() => Place::Name,
            _ => place,
        };
    }
    // A quote that never closes: the first `>` after all, so that the text behind it is seen.
    attributes.find('>').map_or(attributes.len(), |at| at + 1)
}

/// Where `needle`, ASCII, stands in `text` at or after `from`, in any case of letters.
pub fn find_ignore_case(text: &str, needle: &str, from: usize) -> Option<usize> {
    let rest = text.as_bytes().get(from..)?;
    let needle = needle.as_bytes();
    let first = needle.first()?;
    memchr2_iter(first.to_ascii_lowercase(), first.to_ascii_uppercase(), rest)
        .find(|at| rest.get(*at..*at + needle.len()).is_some_and(|w| w.eq_ignore_ascii_case(needle)))
        .map(|at| from + at)
}

#[cfg(test)]
mod tests {
    use super::Token::{Close, Open, Text};
    use super::*;

    fn tokens(html: &str) -> Vec<Token<'_>> {
        Tokens::new(html).collect()
    }

    #[test]
    fn tags_and_text() {
        assert_eq!(
            tokens("a<b c='>'>d</b >e"),
            [Text("a"), Open("b", " c='>'>"), Text("d"), Close("b"), Text("e")]
        );
        assert_eq!(tokens("1 < 2"), [Text("1 "), Text("< 2")]);
        assert_eq!(tokens("<br/>x<"), [Open("br", "/>"), Text("x"), Text("<")]);
    }

    #[test]
    fn a_quote_quotes_only_behind_an_equals_sign() {
        assert_eq!(tokens("<a \">x"), [Open("a", " \">"), Text("x")]);
        assert_eq!(tokens("<a b=c\">x"), [Open("a", " b=c\">"), Text("x")]);
        assert_eq!(tokens("<a b = \">\">x"), [Open("a", " b = \">\">"), Text("x")]);
        assert_eq!(tokens("<a b=\">x"), [Open("a", " b=\">"), Text("x")]);
    }

    #[test]
    fn comments_end_as_browsers_end_them() {
        assert_eq!(tokens("<!-->a<!--->b<!-- <p> --!>c<!-- --- -->d<!-- e"), ["a", "b", "c", "d"].map(Text));
        assert_eq!(tokens("<!doctype \">a<?xml \">b</ \">c"), ["a", "b", "c"].map(Text));
    }

    #[test]
    fn scripts_and_their_kin_hold_text() {
        assert_eq!(
            tokens("<style>a<b></styles></STYLE >c"),
            [Open("style", ">"), Text("a<b></styles>"), Close("STYLE"), Text("c")]
        );
        assert_eq!(tokens("<script></script>"), [Open("script", ">"), Close("script")]);
        assert_eq!(tokens("<title>x<p>"), [Open("title", ">"), Text("x<p>")]);
    }
}
