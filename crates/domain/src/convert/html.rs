//! HTML and plain text, one from the other.
//!
//! [`to_text`] is the full conversion, with lists and tables, through `html2text`. It builds a tree,
//! so [`is_tame`] looks first whether the document is one that a tree can be built of; what is not
//! goes through [`strip`], which reads once and keeps nothing but the output. Previews need a line
//! of text from the beginning and always use [`strip`].

use std::borrow::Cow;

use mail_parser::decoders::html::add_html_token;

use super::parser::guarded;
use super::text::{cut, cut_units};

/// Longest document that a tree is built of, in bytes.
const MAX_TREE_INPUT: usize = 512 * 1024;
/// Most tags, opening and closing, of a tree.
const MAX_TREE_TAGS: usize = 40_000;
/// Deepest nesting of a tree: Word and newsletters stay below 60.
const MAX_TREE_DEPTH: usize = 100;
/// Elements like `<b>` that were not closed are opened again in every block: most of these openings.
const MAX_REOPENED: usize = 50_000;
/// Most attributes of an element: each is compared with those before it.
const MAX_ATTRIBUTES: usize = 200;
/// Most cells that span rows: each is carried through the rows that follow.
const MAX_SPANS: usize = 50;
/// Longest document that is looked at for text.
const MAX_STRIP_INPUT: usize = 16 * 1024 * 1024;
/// What of a document is looked at for a preview: styles often fill the first 50 KB.
const MAX_PREVIEW_INPUT: usize = 256 * 1024;
/// Column at which nothing is wrapped: phones wrap lines themselves.
const NO_WRAP: usize = 1_000_000;

/// Plain text of an HTML document.
pub fn to_text(html: &str) -> String {
    if is_tame(html) {
        let config = html2text::config::plain_no_decorate()
            .raw_mode(true)
            .no_link_wrapping()
            .unicode_strikeout(false)
            .allow_width_overflow();
        let rendered = guarded("HTML", || config.string_from_read(html.as_bytes(), NO_WRAP));
        if let Ok(Ok(text)) = rendered {
            return text;
        }
    }
    strip(html, usize::MAX)
}

/// The first `units` UTF-16 units of a document's text, on one line.
pub fn preview(html: &str, units: usize) -> String {
    // White space collapses, so twice the length gives enough.
    let text = strip(cut(html, MAX_PREVIEW_INPUT), units.saturating_mul(8));
    cut_units(&super::text::single_line(&text), units).to_owned()
}

/// Elements without content, which open nothing.
const VOID: [&str; 14] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr",
];
/// Elements that browsers close by themselves where the author did not.
const SELF_CLOSING: [&str; 8] = ["p", "li", "dt", "dd", "option", "tr", "td", "th"];
/// Elements that go on through the blocks after them until they are closed.
const FORMATTING: [&str; 14] =
    ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];
/// Elements that begin a new line of text.
const BLOCK: [&str; 30] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "br",
    "center",
    "dd",
    "div",
    "dl",
    "dt",
    "fieldset",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "tr",
    "ul",
];
/// Elements whose content is not text.
const HIDDEN: [&str; 5] = ["head", "script", "style", "template", "title"];

fn is_one_of(name: &str, names: &[&str]) -> bool {
    names.iter().any(|n| n.eq_ignore_ascii_case(name))
}

/// A stretch of text, a start tag with the rest of it, an end tag.
enum Token<'x> {
    Text(&'x str),
    Open(&'x str, &'x str),
    Close(&'x str),
}

/// Splits HTML into tags and text, well enough to find text; comments are passed over.
struct Tokens<'x> {
    rest: &'x str,
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
fn tag_end(attributes: &str) -> usize {
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

/// Whether a tree can be built of the document at a price in proportion to its length, and rendered
/// on any stack.
fn is_tame(html: &str) -> bool {
    if html.len() > MAX_TREE_INPUT {
        return false;
    }
    let (mut depth, mut formatting) = (0usize, 0usize);
    let (mut tags, mut reopened, mut spans) = (0usize, 0usize, 0usize);
    for token in (Tokens { rest: html }) {
        match token {
            Token::Open(name, attributes) => {
                tags += 1;
                reopened += formatting;
                if attributes.len() > 2 * MAX_ATTRIBUTES && attribute_count(attributes) > MAX_ATTRIBUTES {
                    return false;
                }
                if find_ignore_case(attributes, "rowspan", 0).is_some() {
                    spans += 1;
                }
                if is_one_of(name, &FORMATTING) {
                    formatting += 1;
                }
                if !is_one_of(name, &VOID) && !is_one_of(name, &SELF_CLOSING) {
                    depth += 1;
                }
            }
            Token::Close(name) => {
                tags += 1;
                if is_one_of(name, &FORMATTING) {
                    formatting = formatting.saturating_sub(1);
                }
                if !is_one_of(name, &SELF_CLOSING) {
                    depth = depth.saturating_sub(1);
                }
            }
            Token::Text(_) => {}
        }
        let excess = depth > MAX_TREE_DEPTH || tags > MAX_TREE_TAGS || spans > MAX_SPANS;
        if excess || reopened > MAX_REOPENED {
            return false;
        }
    }
    true
}

/// About how many attributes stand in the rest of a tag, quotes or not.
fn attribute_count(attributes: &str) -> usize {
    let mut quote = None;
    let mut count = 0;
    for b in attributes.bytes() {
        match (quote, b) {
            (None, b'"' | b'\'') => quote = Some(b),
            (None, b' ' | b'\t' | b'\r' | b'\n' | b'/' | b'=') => count += 1,
            (Some(q), _) if q == b => quote = None,
            _ => {}
        }
    }
    count / 2
}

/// The text of a document, read once, blocks on lines of their own; stops after about `limit` bytes.
pub fn strip(html: &str, limit: usize) -> String {
    let html = cut(html, MAX_STRIP_INPUT);
    let mut out = String::with_capacity(limit.min(html.len() / 2));
    let mut hidden: Option<&str> = None;
    let mut gap = false;
    for token in (Tokens { rest: html }) {
        if out.len() >= limit {
            break;
        }
        match token {
            Token::Open(name, _) if hidden.is_none() && is_one_of(name, &HIDDEN) => hidden = Some(name),
            Token::Close(name) if hidden.is_some_and(|h| h.eq_ignore_ascii_case(name)) => hidden = None,
            // A head that was never closed ends where the body begins.
            Token::Open(name, _) if name.eq_ignore_ascii_case("body") => hidden = None,
            Token::Open(name, _) | Token::Close(name) if hidden.is_none() => {
                if is_one_of(name, &BLOCK) {
                    let end = out.trim_end_matches(' ').len();
                    out.truncate(end);
                    if !out.is_empty()
                        && !out.ends_with("\n\n")
                        && (!out.ends_with('\n') || name.eq_ignore_ascii_case("p"))
                    {
                        out.push('\n');
                    }
                    gap = false;
                } else if name.eq_ignore_ascii_case("td") || name.eq_ignore_ascii_case("th") {
                    gap = true;
                }
            }
            Token::Text(text) if hidden.is_none() => {
                for (at, word) in text.split(|c: char| c.is_ascii_whitespace()).enumerate() {
                    gap |= at > 0;
                    if word.is_empty() {
                        continue;
                    }
                    if gap && !out.is_empty() && !out.ends_with('\n') {
                        out.push(' ');
                    }
                    gap = false;
                    push_unescaped(&mut out, word);
                }
            }
            _ => {}
        }
    }
    let end = out.trim_end().len();
    out.truncate(end);
    out
}

/// Appends a word with its entities resolved.
fn push_unescaped(out: &mut String, word: &str) {
    let mut rest = word;
    while let Some(at) = rest.find('&') {
        let (before, entity_on) = rest.split_at(at);
        out.push_str(before);
        // The longest entity has 33 characters.
        match entity_on.bytes().take(34).position(|b| b == b';') {
            Some(end) => {
                let (entity, after) = entity_on.split_at(end + 1);
                add_html_token(out, entity.as_bytes(), false);
                rest = after;
            }
            None => {
                out.push('&');
                rest = entity_on.get(1..).unwrap_or_default();
            }
        }
    }
    out.push_str(rest);
}

const HEAD: &str =
    "<html><head><meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\"></head><body>";
const FOOT: &str = "</body></html>";

/// An HTML document that shows plain text as it is.
pub fn document(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 16 + HEAD.len() + FOOT.len());
    out.push_str(HEAD);
    push_escaped(&mut out, text);
    out.push_str(FOOT);
    out
}

/// Appends plain text as HTML: line ends become `<br>`, runs of spaces keep their width.
pub fn push_escaped(out: &mut String, text: &str) {
    let mut kept = 0;
    let mut after_space = true;
    let bytes = text.as_bytes();
    for (at, b) in bytes.iter().enumerate() {
        let replacement = match b {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'\r' if bytes.get(at + 1) == Some(&b'\n') => "",
            b'\n' | b'\r' => "<br>\r\n",
            b' ' if after_space => "&nbsp;",
            _ => {
                after_space = *b == b' ';
                continue;
            }
        };
        after_space = matches!(b, b'\n' | b'\r' | b' ');
        out.push_str(text.get(kept..at).unwrap_or_default());
        out.push_str(replacement);
        kept = at + 1;
    }
    out.push_str(text.get(kept..).unwrap_or_default());
}

/// Where a `<meta>` names a character set other than UTF-8, it names UTF-8 now: the document has been
/// converted, and a phone that believed the old name would show garbage.
pub fn declare_utf8(html: Cow<'_, str>) -> Cow<'_, str> {
    const LOOK_IN: usize = 4096;
    let head = cut(&html, LOOK_IN);
    let mut from = 0;
    while let Some(at) = find_ignore_case(head, "<meta", from) {
        let tag = head.get(at..).unwrap_or_default();
        let tag = tag.get(..tag_end(tag)).unwrap_or_default();
        if let Some(name) = find_ignore_case(tag, "charset=", 0).map(|c| c + "charset=".len()) {
            let value = tag.get(name..).unwrap_or_default().trim_start_matches(['"', '\'', ' ']);
            let start = at + tag.len() - value.len();
            let length = value
                .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':' | '.' | '+')))
                .unwrap_or(value.len());
            let label = value.get(..length).unwrap_or_default();
            if label.is_empty() || label.eq_ignore_ascii_case("utf-8") || label.eq_ignore_ascii_case("utf8") {
                return html;
            }
            let mut fixed = html.into_owned();
            fixed.replace_range(start..start + length, "utf-8");
            return Cow::Owned(fixed);
        }
        from = at + 1;
    }
    html
}

/// The name of the character set that a document gives itself (HTML 4.01 5.2.2).
pub fn declared_charset(html: &[u8]) -> Option<String> {
    let head: String =
        html.iter().take(4096).map(|b| if b.is_ascii() { char::from(*b) } else { '?' }).collect();
    let meta = find_ignore_case(&head, "<meta", 0)?;
    let at = find_ignore_case(&head, "charset=", meta)? + "charset=".len();
    let value = head.get(at..)?.trim_start_matches(['"', '\'', ' ']);
    let end = value.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':' | '.')))?;
    Some(value.get(..end)?.to_owned()).filter(|label| !label.is_empty())
}

fn find_ignore_case(text: &str, needle: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let found =
        bytes.get(from..)?.windows(needle.len()).position(|w| w.eq_ignore_ascii_case(needle.as_bytes()))?;
    Some(from + found)
}
