//! Components: what stands between `BEGIN` and `END`.

use super::{Line, ParseError, read};

/// A component with its lines and inner components, in their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Component {
    name: String,
    /// The bytes up to and with the line `BEGIN`.
    begin: Vec<u8>,
    /// What it consists of.
    pub(super) entries: Vec<Entry>,
    /// The line `END` and what follows it; empty where it was missing.
    end: Vec<u8>,
}

/// A line or an inner component.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// A content line.
    Line(Line),
    /// An inner component.
    Component(Component),
}

impl Component {
    /// Reads an object: one component or several.
    pub fn parse(bytes: &[u8]) -> Result<Vec<Component>, ParseError> {
        read::components(bytes)
    }

    /// Reads an object that must be one component, or takes the first of several that has that name.
    pub fn parse_one(bytes: &[u8], name: &str) -> Result<Component, ParseError> {
        let mut all = read::components(bytes)?;
        let at = all.iter().position(|c| c.is(name)).ok_or(ParseError::NoComponent)?;
        Ok(all.swap_remove(at))
    }

    /// A calendar of our own, with nothing in it yet (RFC 5545 3.6).
    pub fn calendar() -> Component {
        let mut calendar = Component::new("VCALENDAR");
        calendar.push(Line::new("PRODID", "-//Fieldpost//Fieldpost//EN"));
        calendar.push(Line::new("VERSION", "2.0"));
        calendar
    }

    /// An empty component.
    pub fn new(name: &str) -> Component {
        let mark = |word| Line::new(word, name).raw().to_vec();
        Component {
            name: name.to_ascii_uppercase(),
            begin: mark("BEGIN"),
            entries: Vec::new(),
            end: mark("END"),
        }
    }

    pub(super) fn opened(name: &str, begin: Vec<u8>) -> Component {
        let name = name.trim().to_ascii_uppercase();
        Component { name, begin, entries: Vec::new(), end: Vec::new() }
    }

    pub(super) fn set_end(&mut self, end: Vec<u8>) {
        self.end = end;
    }

    pub(super) fn append_to_end(&mut self, bytes: &[u8]) {
        self.end.extend_from_slice(bytes);
    }

    /// The name in upper case.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether it has that name, whatever the case.
    pub fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// Lines and inner components in their order.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The lines that are properties.
    pub fn lines(&self) -> impl DoubleEndedIterator<Item = &Line> {
        self.entries.iter().filter_map(Entry::as_line).filter(|line| !line.name().is_empty())
    }

    /// The lines that are properties, to be changed.
    pub fn lines_mut(&mut self) -> impl Iterator<Item = &mut Line> {
        let lines = self.entries.iter_mut().filter_map(|entry| match entry {
            Entry::Line(line) => Some(line),
            Entry::Component(_) => None,
        });
        lines.filter(|line| !line.name().is_empty())
    }

    /// The first line of that name, written in upper case.
    pub fn get(&self, name: &str) -> Option<&Line> {
        self.lines().find(|line| line.name() == name)
    }

    /// The first line of that name, to be changed.
    pub fn get_mut(&mut self, name: &str) -> Option<&mut Line> {
        self.lines_mut().find(|line| line.name() == name)
    }

    /// All lines of that name.
    pub fn get_all(&self, name: &str) -> impl DoubleEndedIterator<Item = &Line> {
        self.lines().filter(move |line| line.name() == name)
    }

    /// The text of the first line of that name.
    pub fn text(&self, name: &str) -> Option<String> {
        self.get(name).map(Line::text)
    }

    /// The inner components.
    pub fn children(&self) -> impl DoubleEndedIterator<Item = &Component> {
        self.entries.iter().filter_map(|entry| match entry {
            Entry::Component(component) => Some(component),
            Entry::Line(_) => None,
        })
    }

    /// The inner components, to be changed.
    pub fn children_mut(&mut self) -> impl Iterator<Item = &mut Component> {
        self.entries.iter_mut().filter_map(|entry| match entry {
            Entry::Component(component) => Some(component),
            Entry::Line(_) => None,
        })
    }

    /// The inner components of that name.
    pub fn children_named(&self, name: &str) -> impl DoubleEndedIterator<Item = &Component> {
        self.children().filter(move |component| component.is(name))
    }

    /// Puts a line in the place of the first one of its name and takes the others of that name away.
    /// A line that says the same stays as it is.
    pub fn set(&mut self, line: Line) {
        let name = line.name().to_owned();
        self.set_all(&name, vec![line]);
    }

    /// Puts lines in the place of all of that name, in order. Lines that say the same stay as they are,
    /// wherever they stand; new ones stand where old ones went, or behind the last line.
    pub fn set_all(&mut self, name: &str, lines: Vec<Line>) {
        let mut new: Vec<Option<Line>> = lines.into_iter().map(Some).collect();
        // First what stays, then what goes into the places that became free.
        let mut free = Vec::new();
        for (at, entry) in self.entries.iter().enumerate() {
            let Some(line) = entry.as_line().filter(|line| line.name() == name) else { continue };
            match new.iter_mut().find(|n| n.as_ref().is_some_and(|n| n.says_the_same(line))) {
                Some(same) => *same = None,
                None => free.push(at),
            }
        }
        let mut rest = new.into_iter().flatten();
        let mut gone = Vec::new();
        for at in free {
            match (self.entries.get_mut(at), rest.next()) {
                (Some(entry), Some(line)) => *entry = Entry::Line(line),
                _ => gone.push(at),
            }
        }
        for at in gone.into_iter().rev() {
            self.entries.remove(at);
        }
        for line in rest {
            self.push(line);
        }
    }

    /// Sets the text of the first line of that name, whose parameters stay, or adds such a line; `None`
    /// takes all of that name away.
    pub fn set_text(&mut self, name: &str, text: Option<&str>) {
        match (text, self.get_mut(name)) {
            (None, _) => self.remove(name),
            (Some(text), Some(line)) => line.set_text(text),
            (Some(text), None) => self.push(Line::text_line(name, text)),
        }
    }

    /// Adds a line behind the last one, before the inner components.
    pub fn push(&mut self, line: Line) {
        let at =
            self.entries.iter().position(|e| matches!(e, Entry::Component(_))).unwrap_or(self.entries.len());
        self.entries.insert(at, Entry::Line(line));
    }

    /// Adds an inner component behind all others.
    pub fn push_component(&mut self, component: Component) {
        self.entries.push(Entry::Component(component));
    }

    /// Adds an inner component before all others.
    pub fn push_component_first(&mut self, component: Component) {
        let at =
            self.entries.iter().position(|e| matches!(e, Entry::Component(_))).unwrap_or(self.entries.len());
        self.entries.insert(at, Entry::Component(component));
    }

    /// Takes all lines of that name away.
    pub fn remove(&mut self, name: &str) {
        self.retain_lines(|line| line.name() != name);
    }

    /// Keeps the lines for which `keep` is true; lines that are no properties stay.
    pub fn retain_lines(&mut self, mut keep: impl FnMut(&Line) -> bool) {
        self.entries.retain(|entry| match entry {
            Entry::Line(line) => line.name().is_empty() || keep(line),
            Entry::Component(_) => true,
        });
    }

    /// Keeps the inner components for which `keep` is true.
    pub fn retain_components(&mut self, mut keep: impl FnMut(&Component) -> bool) {
        self.entries.retain(|entry| match entry {
            Entry::Line(_) => true,
            Entry::Component(component) => keep(component),
        });
    }

    /// The object as it is to be stored: what was read and not changed is there byte for byte.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::new();
        self.write(&mut out);
        out
    }

    fn write(&self, out: &mut Vec<u8>) {
        append(out, &self.begin);
        for entry in &self.entries {
            match entry {
                Entry::Line(line) => append(out, line.raw()),
                Entry::Component(component) => component.write(out),
            }
        }
        append(out, &self.end);
    }
}

/// Appends a line. Only the last line of an object may lack its end; what was added after it begins
/// on a new one.
fn append(out: &mut Vec<u8>, line: &[u8]) {
    if !line.is_empty() && out.last().is_some_and(|b| !matches!(b, b'\n' | b'\r')) {
        out.extend_from_slice(b"\r\n");
    }
    out.extend_from_slice(line);
}

impl Entry {
    fn as_line(&self) -> Option<&Line> {
        match self {
            Entry::Line(line) => Some(line),
            Entry::Component(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::object::MAX_DEPTH;

    const EVENT: &str = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nsummary;LANGUAGE=de:a\n b\nX-KEEP;Y=1:\\,\nATTENDEE:mailto:a@b\n\
                         ATTENDEE:mailto:c@d\nBEGIN:VALARM\nEND:VALARM\nEND:VEVENT\nEND:VCALENDAR";

    fn event(calendar: &mut Component) -> &mut Component {
        calendar.children_mut().next().unwrap()
    }

    #[test]
    fn patching_touches_only_what_changes() {
        let mut calendar = Component::parse_one(EVENT.as_bytes(), "vcalendar").unwrap();
        let vevent = event(&mut calendar);
        vevent.set_text("SUMMARY", Some("ab"));
        vevent.set_all(
            "ATTENDEE",
            vec![Line::new("ATTENDEE", "mailto:c@d"), Line::new("ATTENDEE", "mailto:a@b")],
        );
        assert_eq!(calendar.to_bytes(), EVENT.as_bytes());

        let vevent = event(&mut calendar);
        vevent.set_text("SUMMARY", Some("new"));
        vevent.set_all(
            "ATTENDEE",
            vec![Line::new("ATTENDEE", "mailto:c@d"), Line::new("ATTENDEE", "mailto:e@f")],
        );
        vevent.set(Line::new("TRANSP", "OPAQUE"));
        let expected = EVENT
            .replace("summary;LANGUAGE=de:a\n b\n", "SUMMARY;LANGUAGE=de:new\r\n")
            .replace("ATTENDEE:mailto:a@b\n", "ATTENDEE:mailto:e@f\r\n")
            .replace("BEGIN:VALARM", "TRANSP:OPAQUE\r\nBEGIN:VALARM");
        assert_eq!(String::from_utf8(calendar.to_bytes()).unwrap(), expected);

        let vevent = event(&mut calendar);
        vevent.set_all("ATTENDEE", vec![]);
        vevent.set_text("SUMMARY", None);
        assert_eq!(vevent.lines().map(Line::name).collect::<Vec<_>>(), ["X-KEEP", "TRANSP"]);
    }

    #[test]
    fn what_is_not_closed_is_closed_by_what_is_around_it() {
        let text = b"junk\nBEGIN:A\nBEGIN:B\nX:1\nEND:C\nEND:A\n\nBEGIN:D\nY:2";
        let all = Component::parse(text).unwrap();
        assert_eq!(all.iter().map(Component::name).collect::<Vec<_>>(), ["A", "D"]);
        assert_eq!(all[0].children().next().unwrap().text("X").unwrap(), "1");
        let back: Vec<u8> = all.iter().flat_map(Component::to_bytes).collect();
        assert_eq!(back, text);
        // Where a line is added behind the last one, which had no end, it begins on its own.
        let mut last = all[1].clone();
        last.push(Line::new("Z", "3"));
        assert!(last.to_bytes().ends_with(b"Y:2\r\nZ:3\r\n"));
    }

    #[test]
    fn limits_hold() {
        assert_eq!(Component::parse(b""), Err(ParseError::NoComponent));
        let deep = "BEGIN:A\n".repeat(MAX_DEPTH + 1);
        assert_eq!(Component::parse(deep.as_bytes()), Err(ParseError::TooDeep));
        let long = "BEGIN:A\n".to_owned() + &"A:\n".repeat(crate::object::MAX_LINES);
        assert_eq!(Component::parse(long.as_bytes()), Err(ParseError::TooManyLines));
    }

    #[test]
    fn a_new_component_reads_back() {
        let mut card = Component::new("vcard");
        card.push(Line::texts_line("N", ';', &["a;b", "c,d", ""]));
        let back = Component::parse_one(&card.to_bytes(), "VCARD").unwrap();
        assert_eq!(back, card);
        assert_eq!(back.get("N").unwrap().fields(), ["a;b", "c,d", ""]);
    }
}
