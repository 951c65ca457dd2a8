//! The parts of a message as bodies: which are the text, and what they say as text and as HTML.

use std::borrow::Cow;
use std::cell::OnceCell;

use mail_parser::{MessagePart, MimeHeaders, PartType};

use crate::convert::html;
use crate::convert::parser::Parsed;
use crate::convert::text::{cut, cut_units, decode_charset, presentable, single_line};
use crate::convert::transfer;

/// The form in which a message's body is kept ([MS-ASAIRS] 2.2.2.32).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Native {
    /// Plain text.
    Text = 1,
    /// HTML, perhaps with a plain text beside it.
    Html = 2,
}

/// A parsed message, looked at as bodies. Nothing is decoded before it is asked for, and no form twice.
#[derive(Debug)]
pub struct Parts<'p, 'x> {
    /// The message.
    pub parsed: &'p Parsed<'x>,
    /// Form of its body.
    pub native: Native,
    text: OnceCell<Cow<'x, str>>,
    html: OnceCell<Cow<'x, str>>,
}

impl<'p, 'x> Parts<'p, 'x> {
    /// Looks at the structure.
    pub fn new(parsed: &'p Parsed<'x>) -> Self {
        let mut parts = Parts { parsed, native: Native::Text, text: OnceCell::new(), html: OnceCell::new() };
        let is_html = |p: &MessagePart<'_>| matches!(p.body, PartType::Html(_));
        if parts.html_parts().any(is_html) {
            parts.native = Native::Html;
        }
        parts
    }

    fn listed(&self, ids: &'p [u32]) -> impl Iterator<Item = &'p MessagePart<'x>> + use<'p, 'x> {
        let parsed = self.parsed;
        ids.iter().filter_map(move |id| parsed.part(*id))
    }

    fn html_parts(&self) -> impl Iterator<Item = &'p MessagePart<'x>> + use<'p, 'x> {
        self.listed(&self.parsed.message.html_body)
    }

    fn text_parts(&self) -> impl Iterator<Item = &'p MessagePart<'x>> + use<'p, 'x> {
        self.listed(&self.parsed.message.text_body)
    }

    /// A text part's content.
    fn content(&self, part: &MessagePart<'_>) -> Cow<'x, str> {
        let bytes = transfer::decode(self.parsed.encoded(part), self.parsed.encoding(part));
        let mut charset = part.content_type().and_then(|t| t.attribute("charset")).map(Cow::Borrowed);
        if charset.is_none() && matches!(part.body, PartType::Html(_)) && std::str::from_utf8(&bytes).is_err()
        {
            charset = html::declared_charset(&bytes).map(Cow::Owned);
        }
        presentable(decode_charset(bytes, charset.as_deref()))
    }

    /// The whole body as plain text.
    pub fn text(&self) -> &str {
        self.text.get_or_init(|| self.make_text())
    }

    /// The whole body as HTML.
    pub fn html(&self) -> &str {
        self.html.get_or_init(|| self.make_html())
    }

    fn make_text(&self) -> Cow<'x, str> {
        let mut whole: Option<Cow<'x, str>> = None;
        for part in self.text_parts() {
            let piece = match part.body {
                PartType::Text(_) => self.content(part),
                PartType::Html(_) => presentable(Cow::Owned(html::to_text(&self.content(part)))),
                _ => continue,
            };
            whole = Some(match whole {
                None => piece,
                Some(before) => Cow::Owned(joined(before.into_owned(), &piece)),
            });
        }
        whole.unwrap_or_default()
    }

    fn make_html(&self) -> Cow<'x, str> {
        if self.native == Native::Text {
            return Cow::Owned(html::document(self.text()));
        }
        let mut whole: Option<Cow<'x, str>> = None;
        for part in self.html_parts() {
            let piece = match part.body {
                PartType::Html(_) => html::declare_utf8(self.content(part)),
                PartType::Text(_) => {
                    let mut escaped = String::from("<div>");
                    html::push_escaped(&mut escaped, &self.content(part));
                    escaped.push_str("</div>");
                    Cow::Owned(escaped)
                }
                _ => continue,
            };
            whole = Some(match whole {
                None => piece,
                Some(before) => {
                    let mut all = before.into_owned();
                    all.push_str(&piece);
                    Cow::Owned(all)
                }
            });
        }
        whole.unwrap_or_default()
    }

    /// The beginning of the text on one line, at most that many UTF-16 units.
    pub fn preview(&self, units: usize) -> String {
        let mut parts = self.text_parts();
        let has_text = parts.any(|part| matches!(part.body, PartType::Text(_)));
        if !has_text {
            return html::preview(self.html(), units);
        }
        // White space collapses, so more is looked at than is shown.
        let line = single_line(cut(self.text(), units.saturating_mul(16)));
        cut_units(&line, units).to_owned()
    }
}

fn joined(mut all: String, piece: &str) -> String {
    if !all.is_empty() && !all.ends_with('\n') {
        all.push_str("\r\n");
    }
    all.push_str(piece);
    all
}
