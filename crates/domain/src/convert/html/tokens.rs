//! Tags and text of an HTML document, well enough told apart to find the text. What browsers make of
//! broken markup is the business of the tree.

use memchr::memchr2_iter;

/// Whether it is one of these element names, in any case of letters.
pub fn is_one_of(name: &str, names: &[&str]) -> bool {
    names.iter().any(|n| n.eq_ignore_ascii_case(name))
}

/// A stretch of text, a start tag with the rest of it, an end tag.
pub enum Token<'x> {
    Text(&'x str),
    Open(&'x str, &'x str),
    Close(&'x str),
}

/// Splits HTML into tags and text, well enough to find text; comments are passed over.
pub struct Tokens<'x> {
    /// What is still to be read.
    pub rest: &'x str,
}

impl<'x> Iterator for Tokens<'x> {
    type Item = Token<'x>;

    fn next(&mut self) -> Option<Token<'x>> {
        loop {
            if self.rest.is_empty() {
                return None;
            }
            let Some(after) = self.rest.strip_prefix('<') else {
                let end = self.rest.find('<').unwrap_or(self.rest.len());
                let (text, rest) = self.rest.split_at(end);
                self.rest = rest;
                return Some(Token::Text(text));
            };
            if let Some(comment) = after.strip_prefix("!--") {
                self.rest = comment.split_once("-->").map_or("", |(_, rest)| rest);
                continue;
            }
            let (closing, name_on) = after.strip_prefix('/').map_or((false, after), |n| (true, n));
            if !name_on.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '!' | '?')) {
                // "a < b": a tag begins with a letter.
                let end = after.find('<').map_or(self.rest.len(), |at| at + 1);
                let (text, rest) = self.rest.split_at(end);
                self.rest = rest;
                return Some(Token::Text(text));
            }
            let name_end = name_on
                .find(|c: char| c.is_ascii_whitespace() || matches!(c, '>' | '/'))
                .unwrap_or(name_on.len());
            let (name, rest) = name_on.split_at(name_end);
            let (attributes, rest) = rest.split_at(tag_end(rest));
            self.rest = rest;
            return Some(if closing { Token::Close(name) } else { Token::Open(name, attributes) });
        }
    }
}

/// Length of the rest of a tag, with its `>`; one within quotes does not end it.
pub fn tag_end(attributes: &str) -> usize {
    let mut quote = None;
    for (at, b) in attributes.bytes().enumerate() {
        match (quote, b) {
            (None, b'>') => return at + 1,
            (None, b'"' | b'\'') => quote = Some(b),
            (Some(q), _) if q == b => quote = None,
            _ => {}
        }
    }
    // Unbalanced quotes: the first `>` after all.
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
