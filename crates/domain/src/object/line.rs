//! One content line: a property with its parameters and value.

use std::borrow::Cow;

use super::encoding;
use super::escape;
use super::time::{Duration, When};
use super::{MAX_HEAD, read};

/// Bytes after which a written line is folded (RFC 5545 3.1).
const FOLD: usize = 75;

/// A content line. What was read keeps its bytes until it is set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// As it stands in the object, with folds and the line end.
    raw: Vec<u8>,
    /// Where the value begins in the unfolded line.
    value_at: usize,
    group: Option<String>,
    name: String,
    params: Vec<(String, Vec<String>)>,
}

impl Line {
    /// A line with a value as it is to be written: already escaped, or of a kind that is not. Line ends
    /// in it are escaped, so that one line stays one.
    pub fn new(name: &str, value: &str) -> Line {
        let mut line =
            Line { raw: Vec::new(), value_at: 0, group: None, name: keep_name(name), params: Vec::new() };
        line.rebuild(value);
        line
    }

    /// A line with a text for its value.
    pub fn text_line(name: &str, text: &str) -> Line {
        Line::new(name, &escape::escape(text))
    }

    /// A line with several texts, separated by `separator`: `,` for lists (`CATEGORIES`), `;` for
    /// structured values (`N`, `ADR`).
    pub fn texts_line<T: AsRef<str>>(name: &str, separator: char, texts: &[T]) -> Line {
        Line::new(name, &join(separator, texts))
    }

    /// A line with bytes in base64, whose `ENCODING` is called `BASE64` in iCalendar and vCard 2.1 and
    /// `b` in vCard 3.0. (vCard 4.0 has `data:` addresses instead.)
    pub fn base64_line(name: &str, encoding: &str, bytes: &[u8]) -> Line {
        Line::new(name, &encoding::to_base64(bytes)).with("ENCODING", encoding)
    }

    /// The same line with one more parameter.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Line {
        let all = self.value().into_owned();
        self.params.push((keep_name(name), vec![value.to_owned()]));
        self.rebuild(&all);
        self
    }

    /// The same line in a group of a vCard.
    #[must_use]
    pub fn in_group(mut self, group: &str) -> Line {
        let all = self.value().into_owned();
        self.group = Some(keep_name(group)).filter(|g| !g.is_empty());
        self.rebuild(&all);
        self
    }

    /// Reads one logical line. What is no property gets an empty name and stays as it is.
    pub(super) fn read(raw: &[u8]) -> Line {
        let unfolded = read::unfold(raw);
        match Head::read(&unfolded) {
            Some(head) => Line {
                raw: raw.to_vec(),
                value_at: head.length,
                group: head.group,
                name: head.name,
                params: head.params,
            },
            None => {
                Line { raw: raw.to_vec(), value_at: 0, group: None, name: String::new(), params: Vec::new() }
            }
        }
    }

    /// The property's name in upper case; empty for a line that is no property.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The group that stands before the name in a vCard (`item1.TEL`), as written.
    pub fn group(&self) -> Option<&str> {
        self.group.as_deref()
    }

    /// The bytes of the line, with folds and line end.
    pub fn raw(&self) -> &[u8] {
        &self.raw
    }

    /// All parameters with their values. A bare parameter of vCard 2.1 counts as `TYPE` or `ENCODING`.
    pub fn params(&self) -> &[(String, Vec<String>)] {
        &self.params
    }

    /// The first value of a parameter.
    pub fn param(&self, name: &str) -> Option<&str> {
        let (_, values) = self.params.iter().find(|(n, _)| n.eq_ignore_ascii_case(name))?;
        values.first().map(String::as_str)
    }

    /// Whether a parameter has that value, whatever its case: `has("TYPE", "WORK")`. A parameter that
    /// stands several times counts with all its values.
    pub fn has(&self, name: &str, value: &str) -> bool {
        let values = self.params.iter().filter(|(n, _)| n.eq_ignore_ascii_case(name)).flat_map(|(_, v)| v);
        values.flat_map(|v| v.split(',')).any(|v| v.trim().eq_ignore_ascii_case(value))
    }

    /// The value as it is written, unfolded and still escaped.
    pub fn value(&self) -> Cow<'_, str> {
        let charset = self.param("CHARSET");
        match read::unfold(&self.raw) {
            Cow::Borrowed(line) => encoding::to_text(line.get(self.value_at..).unwrap_or_default(), charset),
            Cow::Owned(line) => {
                let value = line.get(self.value_at..).unwrap_or_default();
                Cow::Owned(encoding::to_text(value, charset).into_owned())
            }
        }
    }

    /// The value with quoted-printable undone, still escaped.
    fn decoded(&self) -> Cow<'_, str> {
        if !self.is_quoted_printable() {
            return self.value();
        }
        let line = read::unfold(&self.raw);
        let bytes = encoding::quoted_printable(line.get(self.value_at..).unwrap_or_default());
        let text = encoding::to_text(&bytes, self.param("CHARSET")).replace("\r\n", "\n");
        Cow::Owned(text)
    }

    fn is_quoted_printable(&self) -> bool {
        self.has("ENCODING", "QUOTED-PRINTABLE")
    }

    /// The value as text: decoded and unescaped, line ends as `\n`.
    pub fn text(&self) -> String {
        escape::unescape(&self.decoded())
    }

    /// The texts of a list (`CATEGORIES`).
    pub fn list(&self) -> Vec<String> {
        escape::split(&self.decoded(), ',').into_iter().map(escape::unescape).collect()
    }

    /// The texts of a structured value (`N`, `ADR`, `ORG`).
    pub fn fields(&self) -> Vec<String> {
        escape::split(&self.decoded(), ';').into_iter().map(escape::unescape).collect()
    }

    /// The bytes of a value in base64, be it by `ENCODING` or as a `data:` address.
    pub fn binary(&self) -> Option<Vec<u8>> {
        if self.has("ENCODING", "BASE64") || self.has("ENCODING", "B") {
            return encoding::base64(&self.value());
        }
        encoding::data_uri(&self.value()).map(|(_, bytes)| bytes)
    }

    /// The content type of a `data:` address, else that of `FMTTYPE` or `MEDIATYPE`.
    pub fn media_type(&self) -> Option<String> {
        let value = self.value();
        let named = self.param("FMTTYPE").or_else(|| self.param("MEDIATYPE")).map(str::to_owned);
        named.or_else(|| {
            let (scheme, rest) = value.split_once(':')?;
            let media = rest.split([',', ';']).next().filter(|m| m.contains('/'))?;
            scheme.eq_ignore_ascii_case("data").then(|| media.to_owned())
        })
    }

    /// The date or time that is the value.
    pub fn when(&self) -> Option<When> {
        When::parse(&self.value())
    }

    /// The dates or times that are the values (`EXDATE`, `RDATE`); of periods the beginnings. What is
    /// none is passed over.
    pub fn whens(&self) -> Vec<When> {
        let value = self.value();
        value.split(',').filter_map(|v| When::parse(v.split('/').next().unwrap_or_default())).collect()
    }

    /// The duration that is the value.
    pub fn duration(&self) -> Option<Duration> {
        Duration::parse(&self.value())
    }

    /// Sets the value as it is to be written; parameters stay.
    pub fn set_value(&mut self, value: &str) {
        if self.value() != value {
            self.rebuild(value);
        }
    }

    /// Sets the value to a text; parameters stay, so that a quoted-printable value stays one.
    pub fn set_text(&mut self, text: &str) {
        if self.text() == text {
            return;
        }
        if self.is_quoted_printable() {
            // The unescaped form: vCard 2.1 escapes nothing but semicolons of structured values.
            let value =
                encoding::to_quoted_printable(&escape::escape(text).replace("\\n", "\n").replace("\\,", ","));
            self.params.retain(|(n, _)| n != "CHARSET");
            self.params.push(("CHARSET".to_owned(), vec!["UTF-8".to_owned()]));
            self.rebuild(&value);
        } else {
            self.rebuild(&escape::escape(text));
        }
    }

    /// Sets the value to several texts, separated by `separator`; an encoding goes.
    pub fn set_texts<T: AsRef<str>>(&mut self, separator: char, texts: &[T]) {
        let old: Vec<String> =
            escape::split(&self.decoded(), separator).into_iter().map(escape::unescape).collect();
        if old.iter().map(String::as_str).eq(texts.iter().map(AsRef::as_ref)) {
            return;
        }
        self.params.retain(|(n, _)| n != "CHARSET" && n != "ENCODING");
        self.rebuild(&join(separator, texts));
    }

    /// Sets a parameter to one value, or takes it away.
    pub fn set_param(&mut self, name: &str, value: Option<&str>) {
        let is_so = match value {
            Some(value) => self.param(name) == Some(value),
            None => self.param(name).is_none(),
        };
        if is_so {
            return;
        }
        let all = self.value().into_owned();
        match (self.params.iter_mut().find(|(n, _)| n.eq_ignore_ascii_case(name)), value) {
            (Some((_, values)), Some(value)) => *values = vec![value.to_owned()],
            (None, Some(value)) => self.params.push((keep_name(name), vec![value.to_owned()])),
            (_, None) => self.params.retain(|(n, _)| !n.eq_ignore_ascii_case(name)),
        }
        self.rebuild(&all);
    }

    /// Whether both say the same, however they are folded.
    pub fn says_the_same(&self, other: &Line) -> bool {
        self.name == other.name
            && self.group == other.group
            && self.params == other.params
            && self.value() == other.value()
    }

    /// Writes the line anew.
    fn rebuild(&mut self, value: &str) {
        let mut head = String::new();
        if let Some(group) = &self.group {
            head.push_str(group);
            head.push('.');
        }
        head.push_str(&self.name);
        for (name, values) in &self.params {
            head.push(';');
            head.push_str(name);
            head.push('=');
            let values: Vec<_> = values.iter().map(|v| escape::parameter(v)).collect();
            head.push_str(&values.join(","));
        }
        head.push(':');
        self.value_at = head.len();
        for c in value.chars() {
            match c {
                '\n' => head.push_str("\\n"),
                '\t' => head.push('\t'),
                c if c.is_control() => {}
                c => head.push(c),
            }
        }
        self.raw = fold(&head);
    }
}

fn join<T: AsRef<str>>(separator: char, texts: &[T]) -> String {
    let escaped: Vec<_> = texts.iter().map(|t| escape::escape(t.as_ref())).collect();
    escaped.join(separator.encode_utf8(&mut [0; 4]))
}

/// A name of letters, digits and dashes, in upper case.
fn keep_name(name: &str) -> String {
    name.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect::<String>().to_ascii_uppercase()
}

/// Folds a line and ends it. Characters stay whole.
fn fold(line: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(line.len() + line.len() / FOLD * 3 + 2);
    let mut width = 0;
    for c in line.chars() {
        if width + c.len_utf8() > FOLD {
            out.extend_from_slice(b"\r\n ");
            width = 1;
        }
        width += c.len_utf8();
        out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
    }
    out.extend_from_slice(b"\r\n");
    out
}

/// What stands before the value.
struct Head {
    group: Option<String>,
    name: String,
    params: Vec<(String, Vec<String>)>,
    /// In bytes, with the colon.
    length: usize,
}

impl Head {
    fn read(line: &[u8]) -> Option<Head> {
        Head::read_with(line, true).or_else(|| Head::read_with(line, false))
    }

    /// Reads the head; quotes are taken for nothing special where one is not closed.
    fn read_with(line: &[u8], quotes: bool) -> Option<Head> {
        let line_head = line.get(..MAX_HEAD).unwrap_or(line);
        let mut is_quoted = false;
        let mut ends = Vec::new();
        let colon = line_head.iter().enumerate().find_map(|(at, b)| {
            match b {
                b'"' if quotes => is_quoted = !is_quoted,
                b';' if !is_quoted => ends.push(at),
                b':' if !is_quoted => return Some(at),
                _ => {}
            }
            None
        })?;
        ends.push(colon);
        let mut from = 0;
        let mut pieces = ends.into_iter().map(|end| {
            let piece = line.get(from..end).unwrap_or_default();
            from = end + 1;
            encoding::to_text(piece, None).into_owned()
        });
        let full_name = pieces.next()?;
        let full_name = full_name.trim_start_matches('\u{FEFF}').trim();
        let (group, name) = match full_name.rsplit_once('.') {
            Some((group, name)) => (Some(group.to_owned()), name),
            None => (None, full_name),
        };
        let is_name = |s: &str| {
            !s.is_empty() && s.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
        };
        if !is_name(name) || !group.as_deref().is_none_or(is_name) {
            return None;
        }
        let params = pieces.map(|piece| parameter(&piece, quotes)).collect();
        Some(Head { group, name: name.to_ascii_uppercase(), params, length: colon + 1 })
    }
}

/// Reads `NAME=value,"value"`, or a bare value of vCard 2.1.
fn parameter(piece: &str, quotes: bool) -> (String, Vec<String>) {
    let Some((name, written)) = piece.split_once('=') else {
        let bare = piece.trim();
        let is_encoding =
            ["QUOTED-PRINTABLE", "BASE64", "B", "8BIT", "7BIT"].iter().any(|e| e.eq_ignore_ascii_case(bare));
        let name = if is_encoding { "ENCODING" } else { "TYPE" };
        return (name.to_owned(), vec![bare.to_owned()]);
    };
    let mut values = Vec::new();
    let mut value = String::new();
    let mut is_quoted = false;
    for c in written.chars() {
        match c {
            '"' if quotes => is_quoted = !is_quoted,
            ',' if !is_quoted => values.push(escape::parameter_text(&std::mem::take(&mut value))),
            c => value.push(c),
        }
    }
    values.push(escape::parameter_text(&value));
    (name.trim().to_ascii_uppercase(), values)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(raw: &str) -> Line {
        Line::read(raw.as_bytes())
    }

    #[test]
    fn heads_are_read() {
        let l = line("item1.tel;type=\"WORK,VOICE\";TYPE=pref;X-A=a^nb^^c^'d:+1 2\r\n");
        assert_eq!((l.group(), l.name()), (Some("item1"), "TEL"));
        assert!(
            l.has("TYPE", "work")
                && l.has("type", "VOICE")
                && l.has("TYPE", "PREF")
                && !l.has("TYPE", "HOME")
        );
        assert_eq!(l.param("X-A"), Some("a\nb^c\"d"));
        assert_eq!(l.value(), "+1 2");

        let l = line("ATTENDEE;CN=\"Doe; John: Jr.\";PARTSTAT=ACCEPTED:mailto:john@example.com\n");
        assert_eq!((l.param("CN"), &*l.value()), (Some("Doe; John: Jr."), "mailto:john@example.com"));

        let l = line("ATTENDEE;CN=\"Doe:mailto:john@example.com");
        assert_eq!((l.name(), &*l.value()), ("ATTENDEE", "mailto:john@example.com"));
    }

    #[test]
    fn what_is_no_property_has_no_name() {
        for raw in ["\r\n", "hello", ":value", "a b:c", "\u{e4}:x", ""] {
            assert_eq!(line(raw).name(), "", "{raw}");
        }
    }

    #[test]
    fn values_of_every_kind() {
        assert_eq!(line("SUMMARY:a\\, b\\nc\r\n  d\r\n").text(), "a, b\nc d");
        assert_eq!(line("CATEGORIES:a\\,b,c").list(), ["a,b", "c"]);
        assert_eq!(line("N:Doe;John;;Dr.;").fields(), ["Doe", "John", "", "Dr.", ""]);
        assert_eq!(
            line("NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:a=C3=A4=\r\nb=0D=0Ac").text(),
            "a\u{e4}b\nc"
        );
        assert_eq!(line("NOTE;QUOTED-PRINTABLE:a=3Db").text(), "a=b");
        assert_eq!(line("NOTE;CHARSET=ISO-8859-15:x").text(), "x");
        assert_eq!(line("PHOTO;ENCODING=b;TYPE=JPEG:AAEC\r\n Aw==\r\n").binary().unwrap(), [0, 1, 2, 3]);
        assert_eq!(Line::base64_line("PHOTO", "b", &[0, 1]).binary().unwrap(), [0, 1]);
        let photo = line("PHOTO:data:image/jpeg;base64,AAECAw==");
        assert_eq!(
            (photo.binary().unwrap(), photo.media_type().unwrap()),
            (vec![0, 1, 2, 3], "image/jpeg".into())
        );
        assert_eq!(line("EXDATE;TZID=x:20260301T083000,20260302T083000,rubbish").whens().len(), 2);
        assert_eq!(line("DTSTART;VALUE=DATE:20260301").when().unwrap().to_value(), "20260301");
    }

    // RFC 5545 3.1: folds may stand in the middle of a character.
    #[test]
    fn a_fold_within_a_character() {
        assert_eq!(Line::read(b"SUMMARY:\xC3\r\n \xA4").text(), "\u{e4}");
    }

    #[test]
    fn a_line_that_is_set_says_the_new_and_keeps_its_parameters() {
        let mut l = line("item1.SUMMARY;LANGUAGE=de;X-Y=\"a:b\":Alt\r\n");
        l.set_text("Neu; \u{e4}\u{1F600} und sehr, sehr lang, so dass die Zeile gefaltet werden muss, ja wirklich\nEnde");
        let back = Line::read(l.raw());
        assert_eq!(back, l);
        assert!(l.text().ends_with("wirklich\nEnde"));
        assert_eq!(
            (l.param("LANGUAGE"), l.param("X-Y"), l.group()),
            (Some("de"), Some("a:b"), Some("item1"))
        );
        assert!(l.raw().split(|b| *b == b'\n').all(|physical| physical.len() <= FOLD + 1));
    }

    #[test]
    fn setting_the_same_changes_no_byte() {
        let raw = "summary;LANGUAGE=de:a\\Nb \n c\n";
        let mut l = line(raw);
        l.set_text("a\nb c");
        l.set_param("LANGUAGE", Some("de"));
        assert_eq!(l.raw(), raw.as_bytes());
    }

    #[test]
    fn a_quoted_printable_line_stays_one() {
        let mut l = line("NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=ISO-8859-1:a=E4\r\n");
        assert_eq!(l.text(), "a\u{e4}");
        l.set_text("\u{20ac}=\nb, c");
        assert_eq!(Line::read(l.raw()).text(), "\u{20ac}=\nb, c");
        assert!(l.raw().is_ascii());
    }

    // Nothing that is put into a value or a parameter becomes a line of its own.
    #[test]
    fn no_line_can_be_smuggled_in() {
        let l =
            Line::new("X\r\nA:b", "v\r\nATTENDEE:mailto:x").with("P", "q\r\nBEGIN:VEVENT").in_group("g\r\n");
        assert_eq!(l.raw().iter().filter(|b| **b == b'\n').count(), 1);
        assert_eq!(Line::read(l.raw()).name(), "XAB");
    }
}
