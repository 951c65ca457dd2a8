//! The text of a document by leaving out the tags.

use mail_parser::decoders::html::add_html_token;

use super::tokens::{Token, Tokens, is_one_of};
use crate::convert::text::{cut, cut_units, single_line};

/// Longest document that is looked at for text.
const MAX_STRIP_INPUT: usize = 16 * 1024 * 1024;
/// What of a document is looked at for a preview: styles often fill the first 50 KB.
const MAX_PREVIEW_INPUT: usize = 256 * 1024;
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

/// The first `units` UTF-16 units of a document's text, on one line.
pub fn preview(html: &str, units: usize) -> String {
    // White space collapses, so twice the length gives enough.
    let text = strip(cut(html, MAX_PREVIEW_INPUT), units.saturating_mul(8));
    cut_units(&single_line(&text), units).to_owned()
}

/// The text of a document, read once, blocks on lines of their own; stops after about `limit` bytes.
pub fn strip(html: &str, limit: usize) -> String {
    let html = cut(html, MAX_STRIP_INPUT);
    let mut out = String::with_capacity(limit.min(html.len() / 2));
    let mut hidden: Option<&str> = None;
    let mut gap = false;
    for token in Tokens::new(html) {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stripping_leaves_only_text() {
        assert_eq!(
            strip("a<br>b &lt;c&gt; &amp;&nbsp;&#252;&#xfc; &unknown; &", 100),
            "a\nb <c> &\u{a0}üü &unknown; &"
        );
        assert_eq!(strip("<style>x</style>y<script>'</p>'</script>z<!-- - -- > -->!", 100), "yz!");
        assert_eq!(strip("<a title='1 > 0' href=\"x>y\">link</a> 1 < 2 <3", 100), "link 1 < 2 <3");
        assert_eq!(strip("<head><title>T</title><body>text", 100), "text");
        assert_eq!(strip("<a title=\"open>rest", 100), "rest");
    }
}
