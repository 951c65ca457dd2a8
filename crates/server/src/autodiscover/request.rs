//! The XML document that a phone posts ([MS-ASCMD] 2.2.1.1).
//!
//! It is read with bounds: its size is limited before, its depth and the length of values here, and a
//! document type is refused, so there are no entities to expand.

use quick_xml::NsReader;
use quick_xml::events::Event;
use quick_xml::name::ResolveResult;

/// Namespace of what phones post.
pub const REQUEST_SCHEMA: &str =
    "http://schemas.microsoft.com/exchange/autodiscover/mobilesync/requestschema/2006";
/// Namespace of what they want back.
pub const RESPONSE_SCHEMA: &str =
    "http://schemas.microsoft.com/exchange/autodiscover/mobilesync/responseschema/2006";

/// Deepest element that is looked at; a request has three levels.
const DEPTH_LIMIT: usize = 16;
/// Longest value, in bytes.
const VALUE_LIMIT: usize = 1024;

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The address whose server is looked for.
    pub address: String,
}

/// Why a document gets no answer but an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RequestError {
    /// It is not what the schema says it should be.
    #[error("the request is invalid")]
    Invalid,
    /// It asks for an answer of a schema that nobody here knows, such as Outlook's.
    #[error("there is no provider for the schema")]
    NoProvider,
}

impl RequestError {
    /// The number in `ErrorCode` ([MS-ASCMD] 2.2.3.64).
    pub fn code(self) -> u16 {
        match self {
            RequestError::Invalid => 600,
            RequestError::NoProvider => 601,
        }
    }
}

/// What was found on the way.
#[derive(Default)]
struct Found {
    root: Option<String>,
    requests: usize,
    address: Option<String>,
    schema: Option<String>,
}

impl Request {
    /// Reads a document. None where there is none: old Android phones post nothing and mean themselves.
    pub fn read(body: &[u8]) -> Result<Option<Request>, RequestError> {
        let body = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body);
        let text = std::str::from_utf8(body).map_err(|_| RequestError::Invalid)?;
        if text.trim_matches(|c: char| c.is_whitespace() || c == '\0').is_empty() {
            return Ok(None);
        }
        let found = Found::read(text)?;
        let root = found.root.ok_or(RequestError::Invalid)?;
        // Outlook's schemas differ from ours in the name alone; what it asks for is not here to be had.
        if found.schema.as_deref().unwrap_or(RESPONSE_SCHEMA) != RESPONSE_SCHEMA {
            return Err(RequestError::NoProvider);
        }
        if root != REQUEST_SCHEMA {
            return Err(if root.contains("/autodiscover/") && root.contains("requestschema") {
                RequestError::NoProvider
            } else {
                RequestError::Invalid
            });
        }
        // MS-ASCMD_R3799, MS-ASCMD_R703
        if found.requests != 1 || found.schema.is_none() {
            return Err(RequestError::Invalid);
        }
        match found.address {
            Some(address) if address.contains('@') => Ok(Some(Request { address })),
            _ => Err(RequestError::Invalid),
        }
    }
}

impl Found {
    fn read(text: &str) -> Result<Found, RequestError> {
        let mut reader = NsReader::from_str(text);
        let mut found = Found::default();
        let mut path: Vec<String> = Vec::new();
        let mut value = String::new();
        let mut ended = false;
        loop {
            let (namespace, event) = reader.read_resolved_event().map_err(|_| RequestError::Invalid)?;
            match event {
                Event::Start(start) => {
                    let name = start.local_name().as_ref().to_owned();
                    found.enter(&path, &name, &namespace, ended)?;
                    if path.len() >= DEPTH_LIMIT {
                        return Err(RequestError::Invalid);
                    }
                    path.push(name);
                    value.clear();
                }
                Event::Empty(start) => {
                    let name = start.local_name().as_ref().to_owned();
                    found.enter(&path, &name, &namespace, ended)?;
                    ended |= path.is_empty();
                }
                Event::End(_) => {
                    found.leave(&path, &value)?;
                    value.clear();
                    path.pop();
                    ended |= path.is_empty();
                }
                Event::Text(text) => value.push_str(&text.xml10_content()),
                Event::CData(text) => value.push_str(&text.xml10_content()),
                Event::GeneralRef(reference) => {
                    value.push(character(&reference).ok_or(RequestError::Invalid)?);
                }
                Event::DocType(_) => return Err(RequestError::Invalid),
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
                Event::Eof => break,
            }
            if value.len() > VALUE_LIMIT {
                return Err(RequestError::Invalid);
            }
        }
        if path.is_empty() { Ok(found) } else { Err(RequestError::Invalid) }
    }

    /// An element begins.
    fn enter(
        &mut self,
        path: &[String],
        name: &str,
        namespace: &ResolveResult<'_>,
        ended: bool,
    ) -> Result<(), RequestError> {
        match path {
            [] => {
                if ended || name != "Autodiscover" {
                    return Err(RequestError::Invalid);
                }
                let ResolveResult::Bound(namespace) = namespace else { return Err(RequestError::Invalid) };
                self.root = Some(namespace.as_ref().to_owned());
            }
            [_] if name == "Request" => self.requests += 1,
            _ => {}
        }
        Ok(())
    }

    /// An element ends that held `value`.
    fn leave(&mut self, path: &[String], value: &str) -> Result<(), RequestError> {
        let [_, request, name] = path else { return Ok(()) };
        if request != "Request" {
            return Ok(());
        }
        let slot = match name.as_str() {
            "EMailAddress" => &mut self.address,
            "AcceptableResponseSchema" => &mut self.schema,
            _ => return Ok(()),
        };
        if slot.replace(value.trim().to_owned()).is_some() {
            return Err(RequestError::Invalid);
        }
        Ok(())
    }
}

/// The character that a reference stands for: one of the five that XML knows, or a number.
fn character(reference: &quick_xml::events::BytesRef<'_>) -> Option<char> {
    match reference.xml10_content().as_ref() {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "apos" => Some('\''),
        "quot" => Some('"'),
        _ => reference.resolve_char_ref().ok().flatten(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn document(root: &str, inside: &str) -> String {
        format!(
            r#"<?xml version="1.0" encoding="utf-8"?><Autodiscover xmlns="{root}">{inside}</Autodiscover>"#
        )
    }

    fn request(address: &str, schema: &str) -> String {
        format!(
            "<Request><EMailAddress>{address}</EMailAddress>\
             <AcceptableResponseSchema>{schema}</AcceptableResponseSchema></Request>"
        )
    }

    #[test]
    fn an_address_is_read() {
        let good = document(REQUEST_SCHEMA, &request(" o&apos;hara&#64;example.org ", RESPONSE_SCHEMA));
        let expected = Ok(Some(Request { address: "o'hara@example.org".to_owned() }));
        assert_eq!(Request::read(good.as_bytes()), expected);
        assert_eq!(Request::read(format!("\u{FEFF}{good}").as_bytes()), expected);
        let prefixed = format!(
            r#"<a:Autodiscover xmlns:a="{REQUEST_SCHEMA}"><a:Request><a:AcceptableResponseSchema>{RESPONSE_SCHEMA}</a:AcceptableResponseSchema><a:EMailAddress><![CDATA[o'hara@example.org]]></a:EMailAddress></a:Request></a:Autodiscover>"#
        );
        assert_eq!(Request::read(prefixed.as_bytes()), expected);
    }

    #[test]
    fn nothing_is_no_request() {
        for empty in [&b""[..], b"  \r\n", b"\0"] {
            assert_eq!(Request::read(empty), Ok(None));
        }
    }

    #[test]
    fn what_the_schema_does_not_allow_is_invalid() {
        let one = request("mia@example.org", RESPONSE_SCHEMA);
        let without_schema = "<Request><EMailAddress>mia@example.org</EMailAddress></Request>";
        let without_address = request("", RESPONSE_SCHEMA);
        let twice = one.replace("</Request>", "<EMailAddress>ben@example.org</EMailAddress></Request>");
        for bad in [
            // MS-ASCMD_R3799
            document(REQUEST_SCHEMA, &format!("{one}{one}")),
            document(REQUEST_SCHEMA, ""),
            document(REQUEST_SCHEMA, without_schema),
            document(REQUEST_SCHEMA, &without_address),
            document(REQUEST_SCHEMA, &twice),
            document("urn:x", &one),
            document(REQUEST_SCHEMA, &one) + "<Autodiscover/>",
            document(REQUEST_SCHEMA, &one).replace("Autodiscover", "Discover"),
            document(REQUEST_SCHEMA, &one).replace("</Request>", ""),
            document(REQUEST_SCHEMA, &request("&me;@example.org", RESPONSE_SCHEMA)),
            document(REQUEST_SCHEMA, &request(&"a@".repeat(1000), RESPONSE_SCHEMA)),
            document(REQUEST_SCHEMA, &"<a>".repeat(1000)),
            format!("<!DOCTYPE a [<!ENTITY me 'x'>]>{}", document(REQUEST_SCHEMA, &one)),
            "mia@example.org".to_owned(),
        ] {
            assert_eq!(Request::read(bad.as_bytes()), Err(RequestError::Invalid), "{bad}");
        }
        assert_eq!(Request::read(b"\xFF\xFE<\0"), Err(RequestError::Invalid));
    }

    #[test]
    fn other_schemas_have_no_provider() {
        let outlook = "http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a";
        let root = "http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006";
        for asked in [
            document(root, &request("mia@example.org", outlook)),
            document(REQUEST_SCHEMA, &request("mia@example.org", outlook)),
            document(root, "<Request><EMailAddress>mia@example.org</EMailAddress></Request>"),
        ] {
            assert_eq!(Request::read(asked.as_bytes()), Err(RequestError::NoProvider));
        }
        assert_eq!((RequestError::Invalid.code(), RequestError::NoProvider.code()), (600, 601));
    }

    proptest! {
        #[test]
        fn nothing_makes_it_fail(body in proptest::collection::vec(any::<u8>(), 0..400)) {
            let _ = Request::read(&body);
        }

        #[test]
        fn nothing_like_xml_makes_it_fail(body in "(<[a-zA-Z/! \\[\\]]{0,12}>|&[a-z#0-9]{0,4};|[a-z ]){0,40}") {
            let _ = Request::read(document(REQUEST_SCHEMA, &body).as_bytes());
        }
    }
}
