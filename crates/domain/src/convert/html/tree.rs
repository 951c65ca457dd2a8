//! The text of a document by way of its tree, through `html2text`: lists, quotes and tables as people
//! write them in plain text.
//!
//! A tree costs memory and, where it is deep or wide in certain ways, the square of that in time; what
//! overflows the stack can't be caught. So [`is_tame`] looks first, and what is not tame goes through
//! [`strip`].

use html2text::RcDom;
use html2text::render::TextDecorator;

use super::strip::strip;
use super::tokens::{Token, Tokens, find_ignore_case, is_one_of};
use crate::convert::parser::guarded;

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
/// Deepest tree that is rendered; a table alone makes four levels.
const MAX_NODE_DEPTH: usize = 500;
/// Largest tree that is rendered.
const MAX_NODES: usize = 200_000;
/// Column at which nothing is wrapped: phones wrap lines themselves.
const NO_WRAP: usize = 1_000_000;

/// Elements without content, which open nothing.
const VOID: [&str; 14] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr",
];
/// Elements that browsers close by themselves where the author did not; for `p`, an end tag alone
/// makes an empty one.
const SELF_CLOSING: [&str; 13] =
    ["p", "li", "dt", "dd", "option", "tr", "td", "th", "tbody", "thead", "tfoot", "body", "html"];
/// Elements of other languages, whose content is read by other rules.
const FOREIGN: [&str; 2] = ["svg", "math"];
/// Elements that end tags of inline elements don't reach through.
const SPECIAL: [&str; 41] = [
    "address",
    "applet",
    "article",
    "aside",
    "blockquote",
    "button",
    "caption",
    "center",
    "details",
    "dir",
    "div",
    "dl",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "listing",
    "main",
    "marquee",
    "menu",
    "nav",
    "noscript",
    "object",
    "ol",
    "pre",
    "search",
    "section",
    "select",
    "summary",
    "table",
    "template",
    "ul",
];
/// Elements that no end tag reaches through but their own.
const SCOPES: [&str; 8] = ["applet", "button", "caption", "marquee", "object", "select", "table", "template"];
/// Elements that go on through the blocks after them until they are closed.
const FORMATTING: [&str; 14] =
    ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];
/// Longest address of a link that is shown behind it: the long ones are for counting clicks.
const MAX_LINK: usize = 120;

/// Plain text of an HTML document.
pub fn to_text(html: &str) -> String {
    let rendered = if is_tame(html) { guarded("HTML", || render(html)).ok().flatten() } else { None };
    rendered.map_or_else(|| strip(html, usize::MAX), |text| without_double_links(&text))
}

/// Whether a tree can be built of the document at a price in proportion to its length. Errs on the
/// side of no.
fn is_tame(html: &str) -> bool {
    if html.len() > MAX_TREE_INPUT {
        return false;
    }
    let mut open: Vec<&str> = Vec::new();
    let (mut tags, mut formatting, mut reopened, mut spans) = (0usize, 0usize, 0usize, 0usize);
    for token in Tokens::new(html) {
        tags += usize::from(!matches!(token, Token::Text(_)));
        match token {
            Token::Open(name, attributes) => {
                reopened += formatting;
                if attributes.len() > 2 * MAX_ATTRIBUTES && attribute_count(attributes) > MAX_ATTRIBUTES {
                    return false;
                }
                if is_one_of(name, &FOREIGN) {
                    return false;
                }
                spans += usize::from(find_ignore_case(attributes, "rowspan", 0).is_some());
                if !is_one_of(name, &VOID) && !is_one_of(name, &SELF_CLOSING) {
                    formatting += usize::from(is_one_of(name, &FORMATTING));
                    open.push(name);
                }
            }
            Token::Close(name) => {
                if let Some(closed) = closed_by(name, &open) {
                    open.remove(closed);
                    formatting = formatting.saturating_sub(usize::from(is_one_of(name, &FORMATTING)));
                }
            }
            Token::Text(_) => {}
        }
        let excess = open.len() > MAX_TREE_DEPTH || tags > MAX_TREE_TAGS || spans > MAX_SPANS;
        if excess || reopened > MAX_REOPENED {
            return false;
        }
    }
    true
}

/// Which open element an end tag closes, if any (HTML standard, 13.2.6.4.7). A tag that a browser
/// passes over must close nothing here, or a document could nest without being counted.
fn closed_by(name: &str, open: &[&str]) -> Option<usize> {
    let is_plain = !is_one_of(name, &SPECIAL) && !is_one_of(name, &FORMATTING);
    for (at, candidate) in open.iter().enumerate().rev() {
        if candidate.eq_ignore_ascii_case(name) {
            return Some(at);
        }
        if is_one_of(candidate, &SCOPES) || (is_plain && is_one_of(candidate, &SPECIAL)) {
            return None;
        }
    }
    None
}

/// Whether the tree, as it came out, can be rendered on any stack.
fn is_shallow(dom: &RcDom) -> bool {
    let mut pending = vec![(dom.document.clone(), 1usize)];
    let mut nodes = 0usize;
    while let Some((node, depth)) = pending.pop() {
        nodes += 1;
        if depth > MAX_NODE_DEPTH || nodes > MAX_NODES {
            return false;
        }
        pending.extend(node.children.borrow().iter().map(|child| (child.clone(), depth + 1)));
    }
    true
}

/// The text of a tree that was found to be tame.
fn render(html: &str) -> Option<String> {
    let config = html2text::config::with_decorator(PlainMail::default())
        .raw_mode(true)
        .no_link_wrapping()
        .unicode_strikeout(false)
        .allow_width_overflow();
    let dom = config.parse_html(html.as_bytes()).ok()?;
    if !is_shallow(&dom) {
        return None;
    }
    let tree = config.dom_to_render_tree(&dom).ok()?;
    config.render_to_string(tree, NO_WRAP).ok()
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

/// How `html2text` writes plain text: nothing but what a person would type.
#[derive(Debug, Clone, Default)]
struct PlainMail {
    link: Option<String>,
}

impl TextDecorator for PlainMail {
    type Annotation = ();

    fn decorate_link_start(&mut self, url: &str) -> (String, ()) {
        let is_web = url.starts_with("http://") || url.starts_with("https://");
        self.link = Some(url.to_owned()).filter(|_| is_web && url.len() <= MAX_LINK);
        (String::new(), ())
    }

    fn decorate_link_end(&mut self) -> String {
        self.link.take().map_or_else(String::new, |url| format!(" <{url}>"))
    }

    fn decorate_em_start(&self) -> (String, ()) {
        (String::new(), ())
    }

    fn decorate_em_end(&self) -> String {
        String::new()
    }

    fn decorate_strong_start(&self) -> (String, ()) {
        (String::new(), ())
    }

    fn decorate_strong_end(&self) -> String {
        String::new()
    }

    fn decorate_strikeout_start(&self) -> (String, ()) {
        (String::new(), ())
    }

    fn decorate_strikeout_end(&self) -> String {
        String::new()
    }

    fn decorate_code_start(&self) -> (String, ()) {
        (String::new(), ())
    }

    fn decorate_code_end(&self) -> String {
        String::new()
    }

    fn decorate_preformat_first(&self) {}

    fn decorate_preformat_cont(&self) {}

    fn decorate_image(&mut self, _: &str, title: &str) -> (String, ()) {
        (title.to_owned(), ())
    }

    fn header_prefix(&self, _: usize) -> String {
        String::new()
    }

    fn quote_prefix(&self) -> String {
        "> ".to_owned()
    }

    fn unordered_item_prefix(&self) -> String {
        "* ".to_owned()
    }

    fn ordered_item_prefix(&self, number: i64) -> String {
        format!("{number}. ")
    }

    fn decorate_superscript_start(&self) -> (String, ()) {
        (String::new(), ())
    }

    fn decorate_superscript_end(&self) -> String {
        String::new()
    }

    fn make_subblock_decorator(&self) -> Self {
        self.clone()
    }
}

/// A link whose text is its address says it once.
fn without_double_links(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut pieces = text.split(" <http");
    out.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        let said = piece.split_once('>').filter(|(rest, _)| {
            let address = format!("http{rest}");
            let bare = address.trim_end_matches('/');
            let bare = bare.split_once("://").map_or(bare, |(_, host)| host);
            out.trim_end_matches('/').ends_with(bare)
        });
        match said {
            Some((_, after)) => out.push_str(after),
            None => {
                out.push_str(" <http");
                out.push_str(piece);
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_and_tables_become_lines() {
        let html = "<h1>Title</h1><ul><li>one<li>two</ul><table><tr><td>a</td><td>b</td></tr></table>";
        let text = to_text(html);
        let lines: Vec<_> = text.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
        assert_eq!(lines, ["Title", "* one", "* two", "a", "b"]);
        assert_eq!(strip(html, usize::MAX), "Title\none\ntwo\na b");
        assert_eq!(to_text("<ol start=3><li>x</ol><blockquote>said</blockquote>").trim(), "3. x\n\n> said");
    }

    #[test]
    fn links_are_written_behind_their_text() {
        let text = |html: &str| to_text(html).trim().to_owned();
        assert_eq!(text("<a href='https://example.com/a'>Read</a> on"), "Read <https://example.com/a> on");
        assert_eq!(text("<a href='https://example.com/'>https://example.com</a>!"), "https://example.com!");
        assert_eq!(text("<a href='http://example.com'>example.com</a>"), "example.com");
        assert_eq!(text("<a href='mailto:a@example.com'>Ann</a>"), "Ann");
        assert_eq!(text(&format!("<a href='https://example.com/{}'>x</a>", "y".repeat(200))), "x");
    }

    #[test]
    fn what_a_tree_would_choke_on_is_not_tame() {
        assert!(is_tame(&"<div><p>x</p></div>".repeat(1_000)));
        assert!(is_tame(&format!("<img src=\"data:image/png;base64,{}\">", "A=B ".repeat(50_000))));
        assert!(!is_tame(&"<div>".repeat(MAX_TREE_DEPTH + 1)));
        assert!(!is_tame(&"<i>x</i>".repeat(MAX_TREE_TAGS)));
        assert!(!is_tame(&"x".repeat(MAX_TREE_INPUT + 1)));
        assert!(!is_tame(&"<tr><td RowSpan=2>x</td></tr>".repeat(MAX_SPANS + 1)));
        assert!(!is_tame(&format!("<p {}>", "a=b ".repeat(MAX_ATTRIBUTES + 10))));
        assert!(!is_tame(&("<b>".repeat(90) + &"<p>x".repeat(1_000))));
        assert!(!is_tame("<svg><title>x</title></svg>"));
    }

    #[test]
    fn nesting_is_not_hidden_by_end_tags_that_close_nothing() {
        for unit in [
            "<div></x>",
            "<div></b>",
            "<span><div></span>",
            "<div><table></div>",
            "<div a=\"</div>\">",
            "<div><!-- </div> -->",
            "<div><textarea></div></textarea>",
            "<div><a \"></div \">",
        ] {
            let html = unit.repeat(500);
            assert!(!is_tame(&html), "{unit}");
        }
        // Sloppy, and closed all the same.
        assert!(is_tame(
            &"<div><b><i>x</b></i></div><ul><li>y</ul><table><tr><td><font>z</table></font>".repeat(500)
        ));
    }

    #[test]
    fn the_deepest_tame_document_is_rendered() {
        for unit in ["<table><tr><td>", "<blockquote>", "<ul><li>", "<div><p>"] {
            let html = unit.repeat(MAX_TREE_DEPTH) + "deep";
            assert!(is_tame(&html));
            assert!(render(&html).is_some_and(|text| text.contains("deep")), "{unit}");
        }
    }
}
