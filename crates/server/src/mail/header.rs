//! A message's header section, field by field, to be edited in place: what is not touched keeps its
//! bytes, and the body is never touched.

use std::borrow::Cow;

/// One field with its continuation lines and line endings.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Field<'a> {
    /// Its name; empty for a line that is no field.
    name: &'a [u8],
    raw: Cow<'a, [u8]>,
}

/// A message as its header fields and the rest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message<'a> {
    fields: Vec<Field<'a>>,
    /// From the empty line on.
    rest: &'a [u8],
}

impl<'a> Message<'a> {
    /// Takes the header section apart. None where there is no field in it: that is no message.
    pub fn parse(content: &'a [u8]) -> Option<Message<'a>> {
        let mut fields: Vec<Field<'a>> = Vec::new();
        let mut at = 0;
        let mut starts = None;
        while let Some(line) = line_at(content, at) {
            let is_end = line == b"\n" || line == b"\r\n";
            let is_more = line.starts_with(b" ") || line.starts_with(b"\t");
            match (starts, is_more) {
                (Some(_), true) if !is_end => {}
                _ => {
                    if let Some(start) = starts {
                        fields.push(field(content.get(start..at)?));
                    }
                    starts = Some(at);
                }
            }
            if is_end {
                starts = None;
                break;
            }
            at += line.len();
        }
        if let Some(start) = starts {
            fields.push(field(content.get(start..at)?));
        }
        let any = fields.iter().any(|field| !field.name.is_empty());
        any.then_some(Message { fields, rest: content.get(at..).unwrap_or_default() })
    }

    /// Whether there is a field of that name.
    pub fn has(&self, name: &str) -> bool {
        self.fields.iter().any(|field| field.name.eq_ignore_ascii_case(name.as_bytes()))
    }

    /// The value of the first field of that name, unfolded, not decoded.
    pub fn value(&self, name: &str) -> Option<String> {
        let field = self.fields.iter().find(|field| field.name.eq_ignore_ascii_case(name.as_bytes()))?;
        let value = field.raw.get(field.name.len() + 1..).unwrap_or_default();
        let text = String::from_utf8_lossy(value);
        Some(text.split(['\r', '\n']).collect::<String>().trim().to_owned())
    }

    /// Takes out all fields of that name.
    pub fn remove(&mut self, name: &str) {
        self.fields.retain(|field| !field.name.eq_ignore_ascii_case(name.as_bytes()));
    }

    /// Puts a field (`Name: value` with its line ending) in the place of the first of its name, and
    /// takes out the others; where there is none, before all others.
    pub fn set(&mut self, name: &'a str, raw: Vec<u8>) {
        let is_it = |field: &Field<'_>| field.name.eq_ignore_ascii_case(name.as_bytes());
        let at = self.fields.iter().position(is_it).unwrap_or(0);
        self.remove(name);
        self.fields.insert(at, Field { name: name.as_bytes(), raw: raw.into() });
    }

    /// The header section alone, without the empty line after it.
    pub fn header(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        for field in &self.fields {
            bytes.extend_from_slice(&field.raw);
            if !field.raw.ends_with(b"\n") {
                bytes.extend_from_slice(b"\r\n");
            }
        }
        bytes
    }

    /// The whole message.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = self.header();
        bytes.extend_from_slice(if self.rest.is_empty() { b"\r\n" } else { self.rest });
        bytes
    }
}

fn line_at(content: &[u8], at: usize) -> Option<&[u8]> {
    let rest = content.get(at..).filter(|rest| !rest.is_empty())?;
    let end = rest.iter().position(|&byte| byte == b'\n').map_or(rest.len(), |end| end + 1);
    rest.get(..end)
}

fn field(raw: &[u8]) -> Field<'_> {
    let is_name = |byte: &u8| byte.is_ascii_graphic() && *byte != b':';
    let length = raw.iter().take_while(|byte| is_name(byte)).count();
    let name = match raw.get(length) {
        Some(b':') => raw.get(..length).unwrap_or_default(),
        _ => &[],
    };
    Field { name, raw: raw.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MESSAGE: &[u8] = b"To: a@example.org\r\nSubject: =?utf-8?q?x?=\r\n\tfolded \xFF\r\nbcc: b@example.org,\r\n c@example.org\r\n\r\nBody\nwith\rodd \x00 bytes\xFF\r\n";

    #[test]
    fn what_is_not_touched_keeps_its_bytes() {
        assert_eq!(Message::parse(MESSAGE).unwrap().to_bytes(), MESSAGE);
        let mut message = Message::parse(MESSAGE).unwrap();
        message.remove("Bcc");
        message.set("From", b"From: me@example.org\r\n".to_vec());
        let expected = b"From: me@example.org\r\nTo: a@example.org\r\nSubject: =?utf-8?q?x?=\r\n\tfolded \xFF\r\n\r\nBody\nwith\rodd \x00 bytes\xFF\r\n";
        assert_eq!(message.to_bytes(), expected);
    }

    #[test]
    fn a_field_is_found_whatever_its_case() {
        let message = Message::parse(MESSAGE).unwrap();
        assert!(message.has("BCC") && !message.has("From"));
        assert_eq!(message.value("Bcc").unwrap(), "b@example.org, c@example.org");
    }

    #[test]
    fn odd_messages() {
        assert!(Message::parse(b"").is_none());
        assert!(Message::parse(b"\r\nno header").is_none());
        assert!(Message::parse(b"just text without a colon").is_none());
        let unix = b"To: a@example.org\n\nBody\n";
        assert_eq!(Message::parse(unix).unwrap().to_bytes(), unix);
        let bare = Message::parse(b"To: a@example.org").unwrap();
        assert_eq!(bare.to_bytes(), b"To: a@example.org\r\n\r\n");
    }

    proptest::proptest! {
        #[test]
        fn any_header_section_comes_back(content in proptest::collection::vec(
            proptest::sample::select(b"aB:\r\n\t -\xFF\x00".to_vec()), 0..200)
        ) {
            if let Some(message) = Message::parse(&content) {
                let bytes = message.to_bytes();
                proptest::prop_assert!(bytes == content || bytes.starts_with(&content));
            }
        }
    }
}
