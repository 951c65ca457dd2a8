//! Documents made of plain text, and the character set that a document says it is in.

use std::borrow::Cow;

use super::tokens::{find_ignore_case, tag_end};
use crate::convert::text::cut;

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::convert::html::strip::strip;

    #[test]
    fn text_is_escaped() {
        let mut out = String::new();
        push_escaped(&mut out, "a  b\r\n <x> & \"y\"\n\rz");
        assert_eq!(out, "a &nbsp;b<br>\r\n&nbsp;&lt;x&gt; &amp; &quot;y&quot;<br>\r\n<br>\r\nz");
        assert_eq!(strip(&document("x < y & z"), 100), "x < y & z");
    }

    #[test]
    fn only_a_wrong_label_is_replaced() {
        let relabelled = |html: &'static str| declare_utf8(Cow::Borrowed(html)).into_owned();
        assert_eq!(relabelled("<META charset=\"Windows-1252\">"), "<META charset=\"utf-8\">");
        for kept in
            ["<meta charset=UTF-8>", "<meta name=x content=charset>", "<p>charset=latin1</p>", "<meta"]
        {
            assert_eq!(relabelled(kept), kept);
        }
        assert_eq!(declared_charset(b"\xe4<meta charset='koi8-r'>").as_deref(), Some("koi8-r"));
        assert_eq!(declared_charset(b"<p>charset=koi8-r</p>"), None);
    }
}
